/** A span of a trace. */
export interface Span {
  /** Starts a child span. */
  begin(name: string, attributes?: Readonly<Record<string, string | number | undefined>>): Span;
  /** Adds attributes. */
  describe(attributes: Readonly<Record<string, string | number | undefined>>): void;
  rename(name: string): void;
  /** @param error The error, if it failed. */
  end(error?: unknown): void;
}

/** Starts spans, optionally within a span of the client. */
export interface Tracer {
  /** @param headers The request's headers, which may have a W3C `traceparent`. */
  begin(name: string, headers: Readonly<Record<string, string | string[] | undefined>>): Span;
  /** Flushes pending spans. */
  close(): Promise<void>;
}
