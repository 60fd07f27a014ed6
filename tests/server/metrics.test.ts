import { get } from "node:http";
import type { FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { createMetrics } from "../../src/http/metrics.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer, type ServerConfig } from "../../src/server.js";
import { limits } from "../support/ask.js";
import { readingPool } from "../support/pool.js";
import { listen } from "./stand.in.js";

const schema = buildExecutableSchema();
const apps: FastifyInstance[] = [];
afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

/** The service with its metrics over a database that finds nothing, and fails at forums. */
async function serviceWith(config: Partial<ServerConfig> = {}, own: Partial<ServerConfig["limits"]> = {}) {
  const pool = readingPool((text) => {
    if (text.includes('"Forum"')) throw Object.assign(new Error("down"), { code: "08006" });
    return "null";
  });
  const metrics = createMetrics(new Set(["Meetings"]), () => ({ total: 3, idle: 2, waiting: 1 }));
  const all = { ...limits, maxEventLoopDelayMs: 0, ...own };
  const database = { pool, namedStatements: true };
  const app = await buildServer({
    config: { playground: false, limits: all, ...config },
    schema,
    metrics,
    createContext: createContextFactory({
      database,
      limits: all,
      version: "0.0.0-test",
      onStatement: metrics.statement,
    }),
    answersFrom: (context) => context,
    recordVersion: () => 1,
    ready: async () => true,
    log: createLogger({ level: "silent" }),
  });
  apps.push(app);
  const url = await listen(app);
  return {
    port: new URL(url).port,
    ask: async (body: object, headers: Record<string, string> = {}) =>
      (
        await fetch(`${url}/graphql`, {
          method: "POST",
          headers: { "content-type": "application/json", ...headers },
          body: JSON.stringify(body),
        })
      ).text(),
    look: (headers: Record<string, string> = {}) => fetch(`${url}/metrics`, { headers }),
  };
}

/** The samples of metrics by name and labels, those of histograms by their counts. */
async function samplesOf(response: Response): Promise<ReadonlyMap<string, number>> {
  const lines = (await response.text())
    .split("\n")
    .filter((line) => /^sidelines_/.test(line) && !line.includes("_bucket") && !line.includes("_sum"));
  return new Map(
    lines.map((line) => [line.slice(0, line.lastIndexOf(" ")), Number(line.slice(line.lastIndexOf(" ") + 1))]),
  );
}

describe("/metrics", () => {
  it("counts operations by their names, sources and errors, and statements", async () => {
    const { ask, look } = await serviceWith();
    const meetings = { query: 'query Meetings { meeting(slug: "x") { title } }' };
    for (let turn = 0; turn < 3; turn += 1) await ask(meetings); // by Apollo, then what was kept
    await ask({ query: 'query Meetings { meeting(slug: "x") { title } } ' }); // another text
    for (let index = 0; index < 50; index += 1)
      await ask({ query: `query Own${index} { meeting(slug: "x") { slug } }` });
    await ask({ query: "{ forums { totalCount } }" });
    await ask({ query: "{ nothing }" });
    const samples = await samplesOf(await look());
    expect(Object.fromEntries([...samples].filter(([name]) => name.startsWith("sidelines_operations_total")))).toEqual({
      'sidelines_operations_total{operation="Meetings",kind="query",source="executor"}': 2,
      'sidelines_operations_total{operation="Meetings",kind="query",source="cache"}': 2,
      'sidelines_operations_total{operation="other",kind="query",source="executor"}': 50,
      'sidelines_operations_total{operation="unnamed",kind="query",source="executor"}': 1,
      'sidelines_operations_total{operation="unnamed",kind="none",source="executor"}': 1,
    });
    expect(samples.get('sidelines_operation_errors_total{code="SERVICE_UNAVAILABLE"}')).toBe(1);
    expect(samples.get('sidelines_operation_errors_total{code="GRAPHQL_VALIDATION_FAILED"}')).toBe(1);
    expect(samples.get('sidelines_operation_duration_seconds_count{operation="Meetings"}')).toBe(4);
    expect(samples.get('sidelines_statement_failures_total{kind="read"}')).toBe(1);
    expect(samples.get('sidelines_statement_failures_total{kind="write"}')).toBe(0);
    expect(samples.get('sidelines_statement_duration_seconds_count{kind="read"}')).toBe(53);
    expect(samples.get("sidelines_cached_responses")).toBe(52);
    expect(samples.get("sidelines_database_connections_idle")).toBe(2);
    expect(samples.get("sidelines_operations_in_progress")).toBe(0);
  });

  it("counts what the fast path answers, and what is refused", async () => {
    const { ask, look } = await serviceWith(
      { http: { trustedProxies: ["loopback"] } },
      { cacheBytes: 0, pointsPerHour: 7 },
    );
    const meetings = { query: 'query Meetings { meeting(slug: "x") { title } }' };
    for (let turn = 0; turn < 5; turn += 1) await ask(meetings, { "x-forwarded-for": "192.0.2.1" });
    const samples = await samplesOf(await look());
    expect(samples.get('sidelines_operations_total{operation="Meetings",kind="query",source="fast_path"}')).toBe(2);
    expect(samples.get('sidelines_refused_total{reason="rate"}')).toBe(2);
    expect(samples.get('sidelines_refused_total{reason="load"}')).toBe(0);
    expect(samples.get('sidelines_http_responses_total{route="/graphql",status="429"}')).toBe(2);
    expect(samples.get("sidelines_rate_spenders")).toBe(1);
  });

  it("says how the process is", async () => {
    const { look } = await serviceWith();
    const text = await (await look()).text();
    expect(text).toContain("nodejs_eventloop_lag_p99_seconds");
    expect(text).toContain("process_resident_memory_bytes");
  });

  /** Of nginx, Apache, HAProxy, Caddy, Envoy, and of what stands before them. */
  const proxyHeaders = [
    "Forwarded",
    "Via",
    "X-Forwarded",
    "X-Forwarded-Host",
    "X-Forwarded-Proto",
    "X-Forwarded-Port",
    "X-Forwarded-Server",
    "X-Real-IP",
    "X-Client-IP",
    "X-Cluster-Client-IP",
    "X-Original-Forwarded-For",
    "X-Original-URL",
    "X-Originating-IP",
    "X-Envoy-External-Address",
    "X-Varnish",
    "CDN-Loop",
    "CF-Connecting-IP",
    "CF-Ray",
    "True-Client-IP",
    "Fastly-Client-IP",
    "Fly-Client-IP",
    "X-Azure-ClientIP",
    "X-ARR-LOG-ID",
    "X-Amzn-Trace-Id",
    "X-Amz-Cf-Id",
    "X-AppEngine-User-IP",
  ];

  it.each([
    ["localhost", 200],
    ["127.0.0.1:4000", 200],
    ["[::1]:4000", 200],
    ["sidelines.localhost:4000", 200],
    ["sidelines.example", 404],
    ["203.0.113.7", 404],
  ])("for the host %s, which a proxy on this machine may pass on, answers %i", async (host, status) => {
    const { look, port } = await serviceWith();
    expect((await look()).status).toBe(200);
    const given = await new Promise<number | undefined>((resolve, reject) => {
      get({ port, path: "/metrics", headers: { host } }, (response) => resolve(response.resume().statusCode)).on(
        "error",
        reject,
      );
    });
    expect(given).toBe(status);
  });

  it("is there for this machine alone, unless it is opened, or not at all", async () => {
    const local = await serviceWith();
    expect((await local.look()).status).toBe(200);
    expect((await local.look({ "x-forwarded-for": "192.0.2.1" })).status).toBe(404);
    for (const name of proxyHeaders) expect((await local.look({ [name]: "192.0.2.1" })).status, name).toBe(404);
    const open = await serviceWith({ metrics: "all" });
    expect((await open.look({ "x-forwarded-for": "192.0.2.1" })).status).toBe(200);
    const closed = await serviceWith({ metrics: "off" });
    expect((await closed.look()).status).toBe(404);
  });
});
