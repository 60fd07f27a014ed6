import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { startTracing } from "../../src/lib/tracing.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits } from "../support/ask.js";
import { readingPool } from "../support/pool.js";
import { listen } from "./stand.in.js";

interface SentSpan {
  readonly name: string;
  readonly traceId: string;
  readonly spanId: string;
  readonly parentSpanId?: string;
  readonly status: { readonly code?: number };
  readonly attributes: readonly { readonly key: string; readonly value: { readonly stringValue?: string } }[];
}

/** Takes traces as a collector does. */
describe("traces", () => {
  let collector: Server;
  const spans: SentSpan[] = [];
  const bodies: string[] = [];

  beforeAll(async () => {
    collector = createServer((request, response) => {
      let body = "";
      request.setEncoding("utf8").on("data", (chunk: string) => (body += chunk));
      request.on("end", () => {
        bodies.push(body);
        const { resourceSpans } = JSON.parse(body) as { resourceSpans: { scopeSpans: { spans: SentSpan[] }[] }[] };
        spans.push(...resourceSpans.flatMap(({ scopeSpans }) => scopeSpans.flatMap((scope) => scope.spans)));
        response.setHeader("content-type", "application/json").end("{}");
      });
    });
    await new Promise<void>((resolve) => collector.listen(0, "127.0.0.1", resolve));
  });
  afterAll(() => void collector.close());

  it("lead from the operation to its plan and its statements, within the client's trace", async () => {
    const { port } = collector.address() as AddressInfo;
    const tracer = await startTracing({
      url: `http://127.0.0.1:${port}/v1/traces`,
      serviceName: "sidelines",
      serviceVersion: "0.0.0-test",
    });
    const pool = readingPool((text) => {
      if (text.includes('"Forum"')) throw new Error("a secret in a message");
      return "null";
    });
    const database = { pool, namedStatements: true };
    const all = { ...limits, maxEventLoopDelayMs: 0, cacheBytes: 0 };
    const app = await buildServer({
      config: { playground: false, limits: all },
      schema: buildExecutableSchema(),
      tracer,
      createContext: createContextFactory({ database, limits: all, version: "0.0.0-test" }),
      answersFrom: (context) => context,
      ready: async () => true,
      log: createLogger({ level: "silent" }),
    });
    const url = await listen(app);
    const traceId = "0af7651916cd43dd8448eb211c80319c";
    const ask = (text: string, variables = {}) =>
      fetch(`${url}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json", traceparent: `00-${traceId}-b7ad6b7169203331-01` },
        body: JSON.stringify({ query: text, variables }),
      });
    const question = "query Find($slug: String!) { meeting(slug: $slug) { title } }";
    for (let turn = 0; turn < 2; turn += 1) await (await ask(question, { slug: "a-secret-of-the-client" })).text(); // Apollo, then the fast path
    await (await ask("{ forums { totalCount } }")).text();
    await app.close();
    await tracer.close();

    const named = (name: string): readonly SentSpan[] => spans.filter((span) => span.name === name);
    const [first, second] = named("query Find");
    expect(named("query Find")).toHaveLength(2);
    for (const operation of [first, second]) {
      expect(operation).toMatchObject({ traceId, parentSpanId: "b7ad6b7169203331" });
      const below = spans.filter(({ parentSpanId }) => parentSpanId === operation?.spanId).map(({ name }) => name);
      expect(below).toEqual(["plan", "statement"]);
    }
    const attribute = (span: SentSpan | undefined, key: string) =>
      span?.attributes.find((one) => one.key === key)?.value.stringValue;
    expect([attribute(first, "sidelines.source"), attribute(second, "sidelines.source")]).toEqual([
      "executor",
      "fast_path",
    ]);
    expect(attribute(named("statement")[0], "db.query.text")).toContain("$1");
    const [failed] = named("query");
    expect(failed?.status.code).toBe(2);
    expect(attribute(failed, "sidelines.error_codes")).toBe("INTERNAL_SERVER_ERROR");
    expect(bodies.join()).not.toContain("secret");
  });
});
