import type { FastifyInstance } from "fastify";
import { afterEach, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { spenderName, type ClientsConfig } from "../../src/http/limit/clients.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer, type ServerConfig } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { readingPool } from "../support/pool.js";
import { acceptAll, constantOf, listen } from "./stand.in.js";

const schema = buildExecutableSchema();
const behindProxy = { trustedProxies: ["loopback"] };
/** Costs 212 points: a root field, a search, a list and 20 results with an object each. */
const search = '{ search(query: "x", first: 20) { nodes { snippet match { __typename } } } }';
const meeting = '{ meeting(slug: "x") { title } }';

interface Answer {
  readonly status: number;
  readonly headers: Headers;
  readonly data: Readonly<Record<string, unknown>> | null | undefined;
  readonly error: { readonly message: string; readonly extensions: Readonly<Record<string, unknown>> } | undefined;
  /** Points left, by the header. */
  readonly left: number | undefined;
  readonly sent: number;
}

type Ask = (query: string, headers?: Readonly<Record<string, string>>) => Promise<Answer>;

interface Service {
  readonly ask: Ask;
  readonly get: (path: string, headers?: Readonly<Record<string, string>>) => Promise<Response>;
}

const apps: FastifyInstance[] = [];
afterEach(async () => void (await Promise.all(apps.splice(0).map((app) => app.close()))));

/** The service over a database that counts what it is sent and finds nothing. */
async function serviceWith(
  limits: Partial<ServerConfig["limits"]>,
  http: ClientsConfig = behindProxy,
  parts: Partial<ServerConfig> = {},
  held?: Promise<void>,
): Promise<Service> {
  let sent = 0;
  const pool = readingPool(
    (text) => (
      (sent += 1),
      constantOf(text) ?? (/^select "bounded"\(\(concat\('{"rows"/.test(text) ? '{"rows":[]}' : "null")
    ),
    held,
  );
  const all = { ...usual, maxEventLoopDelayMs: 0, ...limits };
  const app = await buildServer({
    config: { playground: false, http, limits: all, ...parts },
    schema,
    createContext: createContextFactory({
      database: { pool, namedStatements: true },
      limits: all,
      version: "0.0.0-test",
    }),
    answersFrom: (context) => context,
    exportsFrom: (context) => context,
    recordVersion: () => 1,
    ready: async () => true,
    authenticate: acceptAll,
    log: createLogger({ level: "silent" }),
  });
  apps.push(app);
  const url = await listen(app);
  return {
    get: (path, headers = {}) => fetch(`${url}${path}`, { headers }),
    async ask(query, headers = {}) {
      const before = sent;
      const response = await fetch(`${url}/graphql`, {
        method: "POST",
        body: JSON.stringify({ query }),
        headers: { "content-type": "application/json", "x-forwarded-for": "192.0.2.1", ...headers },
      });
      const { data, errors } = (await response.json()) as {
        data?: Answer["data"];
        errors?: NonNullable<Answer["error"]>[];
      };
      const left = /;r=(\d+);/.exec(response.headers.get("ratelimit") ?? "")?.[1];
      return {
        status: response.status,
        headers: response.headers,
        data,
        error: errors?.[0],
        left: left === undefined ? undefined : Number(left),
        sent: sent - before,
      };
    },
  };
}

describe("points an hour", () => {
  it("are charged by cost, and requests are rejected before any read", async () => {
    const { ask } = await serviceWith({ pointsPerHour: 428, cacheBytes: 0 });
    // By Apollo, then by the fast path.
    expect(await ask(search)).toMatchObject({ status: 200, left: 216, sent: 1 });
    expect(await ask(search)).toMatchObject({ status: 200, left: 4, sent: 1 });
    for (let turn = 0; turn < 3; turn += 1) {
      const refused = await ask(search);
      expect(refused).toMatchObject({
        status: 429,
        sent: 0,
        error: { extensions: { code: "RATE_LIMITED", limit: "pointsPerHour", allowed: 428, cost: 212, remaining: 4 } },
      });
      expect(refused.error?.message).toContain("(service.limits.pointsPerHour)");
      // 208 points at 428 an hour.
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(1_700);
      expect(refused.headers.get("ratelimit-policy")).toBe('"anonymous";q=428;w=3600');
    }
    // A request without a cost takes one point, and a cheaper one still passes.
    expect(await ask(meeting)).toMatchObject({ status: 200, left: 2, sent: 1 });
    expect(await ask("{ nothing }")).toMatchObject({ status: 200, left: 1 });
    expect(await ask("{")).toMatchObject({ status: 200, left: 0 });
    expect(await ask("{")).toMatchObject({ status: 429, error: { extensions: { code: "RATE_LIMITED", cost: 1 } } });
  });

  it("are a point for an answer that is kept, in the fast path and by GET with its etag", async () => {
    const { ask, get } = await serviceWith({ pointsPerHour: 350 });
    expect(await ask(search)).toMatchObject({ left: 138, sent: 1 });
    expect(await ask(search)).toMatchObject({ status: 200, left: 137, sent: 0 });
    const path = `/graphql?query=${encodeURIComponent(meeting)}`;
    const headers = { "x-forwarded-for": "192.0.2.1" };
    const first = await get(path, headers);
    expect(first.headers.get("ratelimit")).toMatch(/;r=135;/);
    const second = await get(path, { ...headers, "if-none-match": first.headers.get("etag") ?? "" });
    expect(second.status).toBe(304);
    expect(second.headers.get("ratelimit")).toMatch(/;r=134;/);
    for (let left = 133; left >= 0; left -= 1) expect(await ask(search)).toMatchObject({ status: 200, left });
    expect(await ask(search)).toMatchObject({ status: 429, sent: 0 });
    expect((await get(path, headers)).status).toBe(429);
  });

  it("are reported to the client in a response that is not cached", async () => {
    const { ask } = await serviceWith({ pointsPerHour: 1_000, keyPointsPerHour: 7_000 });
    const question = "{ rateLimit { limit cost remaining resetAt } }";
    const before = Date.now();
    for (const remaining of [998, 996, 994]) {
      const { data, left } = await ask(question);
      expect(data).toMatchObject({ rateLimit: { limit: 1_000, cost: 2, remaining } });
      expect(left).toBe(remaining);
      const { resetAt } = data?.["rateLimit"] as { resetAt: string };
      expect(Date.parse(resetAt)).toBeGreaterThan(before);
    }
    expect((await ask("query { ...f } fragment f on Query { mine: rateLimit { remaining } }")).data).toEqual({
      mine: { remaining: 992 },
    });
    expect((await ask(question, { authorization: "Bearer somebody" })).data).toMatchObject({
      rateLimit: { limit: 7_000, cost: 2, remaining: 6_998 },
    });
    expect((await ask("{ service { limits { pointsPerHour keyPointsPerHour } } }")).data).toEqual({
      service: { limits: { pointsPerHour: 1_000, keyPointsPerHour: 7_000 } },
    });
  });

  it("are not counted where they are 0", async () => {
    const { ask } = await serviceWith({ pointsPerHour: 0, keyPointsPerHour: 0, cacheBytes: 0 });
    for (let turn = 0; turn < 3; turn += 1)
      expect(
        await ask("{ rateLimit { remaining } service { limits { pointsPerHour keyPointsPerHour } } }"),
      ).toMatchObject({
        status: 200,
        left: undefined,
        data: { rateLimit: null, service: { limits: { pointsPerHour: null, keyPointsPerHour: null } } },
      });
  });

  it("are charged for exports, page by page, and for pages with operations", async () => {
    const { ask, get } = await serviceWith({ pointsPerHour: 1_000 });
    const headers = { "x-forwarded-for": "192.0.2.1" };
    const spent = async (path: string): Promise<number> => {
      const before = (await ask("{ __typename }")).left ?? 0;
      const response = await get(path, headers);
      const after = Number(/;r=(\d+);/.exec(response.headers.get("ratelimit") ?? "")?.[1]);
      await response.text();
      return before - after;
    };
    // One to come in, and one for a page that holds nothing.
    expect(await spent("/meetings.csv")).toBe(2);
    expect(await spent("/")).toBe(1);
    expect(await spent("/corrections")).toBeGreaterThan(1);
    while ((await ask(search)).status === 200);
    while ((await ask("{")).status === 200);
    for (const path of ["/meetings.csv", "/corrections", "/", "/meetings/x.jsonld"]) {
      const refused = await get(path, headers);
      expect([path, refused.status]).toEqual([path, 429]);
      expect(Number(refused.headers.get("retry-after"))).toBeGreaterThan(0);
      expect(await refused.text()).toContain("service.limits.pointsPerHour");
    }
    for (const path of ["/livez", "/readyz", "/schema.graphql"]) {
      const response = await get(path, headers);
      expect(response.status).toBe(200);
      await response.text();
    }
  });
});

describe("concurrent requests of a client", () => {
  it("count operations and pages together, and do not affect other clients", async () => {
    let letGo: () => void = () => undefined;
    const held = new Promise<void>((resolve) => (letGo = resolve));
    const { ask, get } = await serviceWith({ maxConcurrentOperationsPerClient: 2 }, behindProxy, {}, held);
    const [his, another] = ["192.0.2.1", "192.0.2.2"].map((address) => ({ "x-forwarded-for": address }));
    const slow = [get("/persons/somebody", his), ask(meeting, his)];
    const refusals = ["/persons/somebody-else", "/statistics", `/corrections?of=mtg_${"a".repeat(16)}`];
    // Reads nothing, and so is not held.
    await expect.poll(async () => (await ask("{ __typename }", his)).status).toBe(429);
    for (const path of refusals) {
      const refused = await get(path, his);
      expect([path, refused.status, refused.headers.get("retry-after"), refused.headers.get("cache-control")]).toEqual([
        path,
        429,
        "1",
        "no-store",
      ]);
      expect(await refused.text()).toContain(
        "2 operations of this client are executed already, the most at once (service.limits.maxConcurrentOperationsPerClient).",
      );
    }
    expect(await ask(meeting, his)).toMatchObject({
      status: 429,
      error: { extensions: { limit: "maxConcurrentOperationsPerClient" } },
    });
    expect((await ask("{ __typename }", another)).status).toBe(200);
    letGo();
    // Queries against an empty record may fail for other reasons.
    expect((await Promise.all(slow)).map(({ status }) => status)).not.toContain(429);
    // Each has left: as many are let in as before.
    for (let turn = 0; turn < 4; turn += 1)
      expect(
        (await Promise.all(["/persons/a", "/persons/b"].map((path) => get(path, his)))).map(({ status }) => status),
      ).not.toContain(429);
  });

  it("do not count a page that is the same for all", async () => {
    const { get } = await serviceWith({ maxConcurrentOperationsPerClient: 1 });
    const answers = await Promise.all(
      Array.from({ length: 6 }, () => get("/corrections", { "x-forwarded-for": "192.0.2.1" })),
    );
    expect(answers.map(({ status }) => status)).not.toContain(429);
  });
});

describe("the client that is charged", () => {
  const leftFor = async ({ ask }: Service, headers: Readonly<Record<string, string>>): Promise<number | undefined> =>
    (await ask(meeting, headers)).left;

  it("is the address that a trusted proxy gives, and no other", async () => {
    const service = await serviceWith({ pointsPerHour: 100, cacheBytes: 0 });
    expect(await leftFor(service, { "x-forwarded-for": "198.51.100.1" })).toBe(98);
    expect(await leftFor(service, { "x-forwarded-for": "198.51.100.2" })).toBe(98);
    // The client's own entry precedes the one that the proxy added.
    expect(await leftFor(service, { "x-forwarded-for": "203.0.113.9, 198.51.100.1" })).toBe(96);
    expect(await leftFor(service, { "x-forwarded-for": "127.0.0.1, 198.51.100.1" })).toBe(94);

    const distrustful = await serviceWith({ pointsPerHour: 100, cacheBytes: 0 }, {});
    expect(await leftFor(distrustful, { "x-forwarded-for": "198.51.100.1" })).toBe(98);
    expect(await leftFor(distrustful, { "x-forwarded-for": "198.51.100.2" })).toBe(96);
  });

  it("is the owner of a credential, from any address", async () => {
    const service = await serviceWith({ pointsPerHour: 100, keyPointsPerHour: 1_000, cacheBytes: 0 });
    expect(await leftFor(service, { authorization: "Bearer one", "x-forwarded-for": "198.51.100.1" })).toBe(998);
    expect(await leftFor(service, { authorization: "Bearer one", "x-forwarded-for": "198.51.100.2" })).toBe(996);
    expect(await leftFor(service, { "x-forwarded-for": "198.51.100.2" })).toBe(98);
  });

  it.each([
    ["via", "1.1 proxy"],
    ["forwarded", "for=198.51.100.1"],
    ["x-real-ip", "198.51.100.1"],
    ["cf-connecting-ip", "198.51.100.1"],
    ["x-forwarded-host", "sidelines.example"],
    ["x-forwarded-proto", "https"],
    ["true-client-ip", "198.51.100.1"],
    ["x-envoy-external-address", "198.51.100.1"],
    ["cdn-loop", "cloudflare"],
  ])("the proxy's where it forwards with %s alone: what that says is not believed", async (name, value) => {
    for (const http of [{}, behindProxy]) {
      const { get } = await serviceWith({ pointsPerHour: 100, cacheBytes: 0 }, http);
      const path = `/graphql?query=${encodeURIComponent(meeting)}`;
      const left = async (text: string): Promise<string | null> => {
        const { headers } = await get(path, { [name]: text });
        return headers.get("ratelimit");
      };
      expect(await left(value)).toMatch(/;r=98;/);
      // Another value is no other client.
      expect(await left(value.replace(/1$/, "2"))).toMatch(/;r=96;/);
    }
  });

  it("is none on this machine, unless it is configured", async () => {
    const { get } = await serviceWith({ pointsPerHour: 10 }, {});
    const path = `/graphql?query=${encodeURIComponent(meeting)}`;
    for (let turn = 0; turn < 20; turn += 1) expect((await get(path)).status).toBe(200);
    const counting = await serviceWith({ pointsPerHour: 10 }, { uncounted: [] });
    expect((await counting.get(path)).headers.get("ratelimit")).toMatch(/;r=8;/);
  });

  it.each([
    ["192.0.2.1", "192.0.2.1"],
    ["::ffff:192.0.2.1", "192.0.2.1"],
    ["2001:db8:1:2:3:4:5:6", "2001:db8:1:2::/64"],
    ["2001:0db8:0001:0002::1", "2001:db8:1:2::/64"],
    ["2001:db8::7", "2001:db8:0:0::/64"],
    ["::1", "0:0:0:0::/64"],
    ["fe80::1%eth0", "fe80:0:0:0::/64"],
    ["1:2:3:4:5:6:7::", "1:2:3:4::/64"],
    ["", ""],
  ])("%s spends as %s", (address, name) => expect(spenderName(address)).toBe(name));
});

describe("the cost of operations", () => {
  it("is in every response, from the cache as well", async () => {
    const { ask, get } = await serviceWith({}, {}, { showCost: true });
    const raw = async (headers: Readonly<Record<string, string>> = {}): Promise<string> => {
      const path = `/graphql?query=${encodeURIComponent(meeting)}`;
      return (await get(path, headers)).text();
    };
    const told = '{"data":{"meeting":null},"extensions":{"cost":{"requested":2,"limit":1000,"nodes":1}}}\n';
    expect([await raw(), await raw(), await raw({ authorization: "Bearer x" })]).toEqual([told, told, told]);
    expect(await ask(meeting)).toMatchObject({ status: 200, data: { meeting: null } });
  });

  it("is the same text from Apollo, the fast path and what is kept", async () => {
    for (const cacheBytes of [0, 1_000_000]) {
      await serviceWith({ cacheBytes }, {}, { showCost: true });
      const url = `http://127.0.0.1:${(apps.at(-1)?.server.address() as { port: number }).port}/graphql`;
      const texts = new Set<string>();
      for (let turn = 0; turn < 3; turn += 1) {
        const response = await fetch(url, {
          method: "POST",
          body: JSON.stringify({ query: search }),
          headers: { "content-type": "application/json" },
        });
        texts.add(await response.text());
      }
      expect([...texts]).toEqual([
        '{"data":{"search":null},"extensions":{"cost":{"requested":212,"limit":1000,"nodes":40}}}\n',
      ]);
    }
  });
});
