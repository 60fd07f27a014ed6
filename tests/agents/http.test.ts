import type { FastifyInstance } from "fastify";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { faultySchema, listen, startStandIn, type StandIn } from "../server/stand.in.js";
import { call, closeClients, overHttp } from "./clients.js";

const apps: FastifyInstance[] = [];
afterEach(closeClients);
afterAll(async () => {
  await Promise.all(apps.map((app) => app.close()));
});

async function start(parts: Parameters<typeof startStandIn>[0] = {}): Promise<StandIn & { readonly url: string }> {
  const standIn = await startStandIn(parts);
  apps.push(standIn.app);
  return { ...standIn, url: await listen(standIn.app) };
}

const HEADERS = { "content-type": "application/json", accept: "application/json, text/event-stream" };

function post(url: string, body: unknown, headers: Record<string, string> = {}): Promise<Response> {
  const text = typeof body === "string" ? body : JSON.stringify(body);
  return fetch(`${url}/mcp`, { method: "POST", headers: { ...HEADERS, ...headers }, body: text });
}

const list = { jsonrpc: "2.0", id: 7, method: "tools/list", params: {} };

describe("/mcp", () => {
  it.each<[what: string, ask: (url: string) => Promise<Response>, status: number, words: string]>([
    ["a GET", (url) => fetch(`${url}/mcp`), 405, "POST only"],
    ["a DELETE", (url) => fetch(`${url}/mcp`, { method: "DELETE" }), 405, "POST only"],
    ["a page of another origin", (url) => post(url, list, { origin: "https://evil.example" }), 403, "another site"],
    ["a batch", (url) => post(url, [list, list]), 400, "one message in each request"],
    ["a body that is no JSON", (url) => post(url, "{"), 400, "not acceptable JSON"],
    ["another media type", (url) => post(url, "a=b", { "content-type": "text/plain" }), 415, "JSON"],
    ["a body that is too large", (url) => post(url, { ...list, more: "x".repeat(5_000) }), 413, "maxBodyBytes"],
    ["a subscription", (url) => post(url, { ...list, method: "subscriptions/listen" }), 400, "nothing to listen to"],
  ])("refuses %s as an error of JSON-RPC", async (_what, ask, status, words) => {
    const { url } = await start();
    const response = await ask(url);
    const body = (await response.json()) as { jsonrpc: string; error: { message: string } };
    expect([response.status, body.jsonrpc]).toEqual([status, "2.0"]);
    expect(body.error.message).toContain(words);
    expect(response.headers.get("cache-control")).toBe("no-store");
  });

  it("answers a page of its own origin, and programs, which send none", async () => {
    const { url } = await start();
    const { host } = new URL(url);
    expect((await post(url, list, { origin: `http://${host}` })).status).toBe(200);
    expect((await post(url, list)).status).toBe(200);
  });

  it("refuses a credential that is not accepted", async () => {
    const { url } = await start({ authenticate: undefined as never });
    const response = await post(url, list, { authorization: "Bearer sdl_x" });
    expect([response.status, response.headers.get("www-authenticate")]).toEqual([
      401,
      expect.stringContaining("Bearer"),
    ]);
  });

  it("charges each message and each operation, and refuses clients without points", async () => {
    const limits = { maxBodyBytes: 4096, maxTokens: 200, pointsPerHour: 5 };
    const { url } = await start({ config: { limits, http: { uncounted: [] } } });
    const left: (string | null)[] = [];
    for (let count = 0; count < 5; count += 1) left.push((await post(url, list)).headers.get("ratelimit"));
    expect(left.map((each) => /r=(\d+)/.exec(each ?? "")?.[1])).toEqual(["4", "3", "2", "1", "0"]);
    const refused = await post(url, list);
    expect(refused.status).toBe(429);
    expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
    expect(await refused.json()).toMatchObject({
      id: 7,
      error: { data: { code: "RATE_LIMITED", limit: "pointsPerHour" } },
    });
  });

  it("reports missing points for an operation as the failure of its tool", async () => {
    const limits = { maxBodyBytes: 4096, maxTokens: 200, pointsPerHour: 5 };
    const { url } = await start({ config: { limits, http: { uncounted: [] } } });
    const calling = (query: string) => ({
      ...list,
      method: "tools/call",
      params: { name: "graphql", arguments: { query } },
    });
    const answers: string[] = [];
    for (let count = 0; count < 3; count += 1) answers.push(await (await post(url, calling("{ hello }"))).text());
    expect(answers[0]).toContain("world");
    expect(answers.at(-1)).toContain("RATE_LIMITED");
  });

  it("cancels an operation when its client gives up", async () => {
    const { url, contexts } = await start();
    const client = await overHttp(url);
    const giveUp = new AbortController();
    const call = client.callTool({ name: "graphql", arguments: { query: "{ never }" } }, { signal: giveUp.signal });
    await expect.poll(() => contexts.length).toBe(1);
    giveUp.abort();
    await expect(call).rejects.toThrow();
    await expect.poll(() => contexts[0]?.signal.aborted).toBe(true);
    expect((await post(url, list)).status).toBe(200);
  });

  it("ends an operation that takes too long", async () => {
    const { url } = await start({ config: { limits: { maxBodyBytes: 4096, maxTokens: 200, queryTimeoutMs: 100 } } });
    const { isError, text } = await call(await overHttp(url), "graphql", { query: "{ never }" });
    expect([isError, text]).toEqual([
      true,
      expect.stringContaining("TIMEOUT: The operation was given up after 0.1 seconds"),
    ]);
  });

  it("counts each operation as one of its client", async () => {
    const limits = { maxBodyBytes: 4096, maxTokens: 200, maxConcurrentOperations: 1, queryTimeoutMs: 3_000 };
    const { url, contexts } = await start({ config: { limits } });
    const client = await overHttp(url);
    const waiting = call(client, "graphql", { query: "{ wait(milliseconds: 1000) }" });
    await expect.poll(() => contexts.length).toBe(1);
    const { isError, text } = await call(await overHttp(url), "graphql", { query: "{ hello }" });
    expect([isError, text]).toEqual([
      true,
      expect.stringContaining("SERVICE_UNAVAILABLE: The service executes 1 operations already"),
    ]);
    expect((await waiting).isError).toBe(false);
  });

  it("hides internal errors", async () => {
    const { url } = await start({ schema: faultySchema() });
    const { text } = await call(await overHttp(url), "graphql", { query: "{ hello path }" });
    expect(text).toContain("world");
    expect(text).not.toContain("secret");
  });

  it("needs the scope of a field for it", async () => {
    const { url } = await start();
    const { text, isError } = await call(await overHttp(url), "graphql", { query: "mutation { touch }" });
    expect([isError, text]).toEqual([true, expect.stringContaining("read-only")]);
  });
});

describe("/llms.txt", () => {
  it("has the form of llmstxt.org, and lists the tools, the API and the pages with links", async () => {
    const { url } = await start();
    const response = await fetch(`${url}/llms.txt`);
    expect(response.headers.get("content-type")).toBe("text/plain; charset=utf-8");
    const lines = (await response.text()).split("\n");
    expect(lines.slice(0, 3)).toEqual(["# Sidelines", "", expect.stringMatching(/^> .{40,}/)]);
    const entries = lines.filter((line) => line.startsWith("- "));
    expect(entries.filter((line) => !/^- \[[^\]]+\]\(http[^)]+\): .+/.test(line))).toEqual([]);
    for (const name of ["last_met", "graphql", "Schema", "gaps"]) {
      expect(entries.some((line) => line.startsWith(`- [${name}]`))).toBe(true);
    }
    expect(lines.filter((line) => /^#+ /.test(line)).map((line) => /^#+/.exec(line)?.[0].length)).toEqual([
      1, 2, 2, 2, 2,
    ]);
  });
});
