import type { Attributes, Context, Span as OtelSpan, Tracer as OtelTracer } from "@opentelemetry/api";
import type { Span, Tracer } from "./spans.js";

/** The target of traces. */
export interface TracingConfig {
  /** Address that takes OTLP over HTTP, path included. */
  readonly url: string;
  readonly serviceName: string;
  readonly serviceVersion: string;
}

/**
 * Traces by OpenTelemetry, sent in batches as OTLP over HTTP. Its packages are imported lazily, so that they cost
 * nothing if tracing is off.
 */
export async function startTracing({ url, serviceName, serviceVersion }: TracingConfig): Promise<Tracer> {
  const [
    api,
    { BasicTracerProvider, BatchSpanProcessor },
    { OTLPTraceExporter },
    { resourceFromAttributes },
    { W3CTraceContextPropagator },
  ] = await Promise.all([
    import("@opentelemetry/api"),
    import("@opentelemetry/sdk-trace-base"),
    import("@opentelemetry/exporter-trace-otlp-http"),
    import("@opentelemetry/resources"),
    import("@opentelemetry/core"),
  ]);
  const provider = new BasicTracerProvider({
    resource: resourceFromAttributes({ "service.name": serviceName, "service.version": serviceVersion }),
    spanProcessors: [new BatchSpanProcessor(new OTLPTraceExporter({ url }))],
  });
  const tracer = provider.getTracer("sidelines", serviceVersion);
  const propagator = new W3CTraceContextPropagator();

  function spanOf(span: OtelSpan, within: Context): Span {
    const own = api.trace.setSpan(within, span);
    return {
      begin: (name, attributes = {}) =>
        spanOf(begin(tracer, name, { kind: api.SpanKind.INTERNAL, attributes: { ...attributes } }, own), own),
      describe: (attributes) => void span.setAttributes({ ...attributes }),
      rename: (name) => void span.updateName(name),
      end(error) {
        // The message may hold values; what kind of failure it is does not.
        if (error !== undefined)
          span.setStatus({ code: api.SpanStatusCode.ERROR, message: error instanceof Error ? error.name : "Error" });
        span.end();
      },
    };
  }

  return {
    begin(name, headers) {
      const within = propagator.extract(api.ROOT_CONTEXT, headers, api.defaultTextMapGetter);
      return spanOf(begin(tracer, name, { kind: api.SpanKind.SERVER }, within), within);
    },
    close: () => provider.shutdown(),
  };
}

function begin(
  tracer: OtelTracer,
  name: string,
  options: { readonly kind: number; readonly attributes?: Attributes },
  within: Context,
): OtelSpan {
  return tracer.startSpan(name, options, within);
}
