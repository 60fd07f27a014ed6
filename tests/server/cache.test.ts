import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { watchVersion, type VersionWatch } from "../../src/database/version.js";
import { weakTag } from "../../src/http/cache/etags.js";
import { createResponseCache } from "../../src/http/cache/response.cache.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { acceptAll } from "./stand.in.js";
import { SOON } from "../support/time.js";

const log = createLogger({ level: "silent" });

/** A busy machine is late for everything; that is not what is tried here. */
const limits = { ...usual, maxEventLoopDelayMs: 0 };

interface Answered {
  readonly data: { readonly meetings: { readonly totalCount: number } };
  readonly errors: readonly [{ readonly extensions: { readonly code: string } }];
}

const question = { query: '{ meetings(filter: { parties: ["IND", "CHN"] }) { totalCount nodes { title } } }' };
const seeds = (name: string) => join(packageRoot(), "seeds", name);

describe("answers of the service", () => {
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let versions: VersionWatch;
  let app: FastifyInstance;
  let statements = 0;

  beforeAll(async () => {
    database = await anyDatabase();
    await importPacks(database, [seeds("report")]);
    versions = await watchVersion(database.url, log);
    const counted = {
      namedStatements: database.namedStatements,
      pool: countQueries(database.pool, () => (statements += 1)),
    };
    app = await buildServer({
      config: { limits },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database: counted, limits, version: "0.0.0-test" }),
      ready: async () => true,
      authenticate: acceptAll,
      log,
      answersFrom: (context) => context,
      recordVersion: () => versions.current(),
    });
  });

  afterAll(async () => {
    await app.close();
    await versions.close();
    await database.close();
  });

  const post = (payload: object, headers: Record<string, string> = {}) =>
    app.inject({
      method: "POST",
      url: "/graphql",
      payload,
      headers: { "content-type": "application/json", ...headers },
    });
  const get = (headers: Record<string, string> = {}) =>
    app.inject({ method: "GET", url: `/graphql?query=${encodeURIComponent(question.query)}`, headers });

  it("are read once and given again", async () => {
    const first = await post(question);
    const before = statements;
    const second = await post(question);
    expect(second.json()).toEqual(first.json());
    expect(statements).toBe(before);
    expect(first.json<Answered>().data.meetings.totalCount).toBe(2);
  });

  it("are read again for each client with a credential", async () => {
    const before = statements;
    await post(question, { authorization: "Bearer x" });
    expect(statements).toBe(before + 1);
  });

  it("are not kept where something went wrong", async () => {
    const faulty = { query: "{ meetings(first: 0) { totalCount } }" };
    expect((await post(faulty)).json<Answered>().errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect((await post(faulty)).json<Answered>().errors[0].extensions.code).toBe("BAD_USER_INPUT");
    expect((await post(faulty)).headers["etag"]).toBeUndefined();
  });

  it("have no ETag for a client with a credential, and must not be stored", async () => {
    const tag = String((await get()).headers["etag"]);
    const answer = await get({ authorization: "Bearer x", "if-none-match": tag });
    expect({ status: answer.statusCode, etag: answer.headers["etag"], kept: answer.headers["cache-control"] }).toEqual({
      status: 200,
      etag: undefined,
      kept: "no-store",
    });
    expect((await get()).headers["vary"]).toContain("Authorization");
  });

  it("have an ETag for revalidation by GET", async () => {
    const first = await get();
    expect(first.headers["cache-control"]).toBe("public, no-cache");
    const again = await get({ "if-none-match": String(first.headers["etag"]) });
    expect([again.statusCode, again.body]).toEqual([304, ""]);
    expect((await get({ "if-none-match": 'W/"other"' })).statusCode).toBe(200);
  });

  it("are shared by requests by GET whatever their other headers are", async () => {
    await get();
    const before = statements;
    const answer = await get({
      traceparent: "00-0af7651916cd43dd8448eb211c80319c-b7ad6b7169203331-01",
      "x-purpose": "test",
    });
    expect([answer.statusCode, statements]).toEqual([200, before]);
  });

  it("are read again after a write on any connection", async () => {
    const before = await get();
    await importPacks(database, [seeds("facts")]);
    await vi.waitFor(async () => {
      const after = await get({ "if-none-match": String(before.headers["etag"]) });
      expect(after.statusCode).toBe(200);
      expect(after.json<Answered>().data.meetings.totalCount).toBe(8);
    }, SOON);
    expect((await post(question)).json<Answered>().data.meetings.totalCount).toBe(8);
  });
});

describe("kept answers", () => {
  const answer = (body: string) => ({ body, contentType: "application/json", etag: weakTag(body) });

  it("are forgotten when the version moves, and not kept where it moved while they were read", () => {
    let version: number | undefined = 1;
    const cache = createResponseCache({ version: () => version, maxBytes: 100_000 });
    cache.put("a", answer("1"), 1);
    expect(cache.find("a")?.body).toBe("1");
    version = 2;
    expect(cache.find("a")).toBeUndefined();
    cache.put("a", answer("1"), 1);
    expect(cache.find("a")).toBeUndefined();
    version = undefined;
    cache.put("b", answer("2"), 2);
    expect(cache.find("b")).toBeUndefined();
  });

  it("take no more memory than they may, however many there are", () => {
    const cache = createResponseCache({ version: () => 1, maxBytes: 100_000 });
    for (let index = 0; index < 1_000; index += 1) cache.put(`request ${String(index)}`, answer("x".repeat(1_000)), 1);
    expect(cache.size().bytes).toBeLessThanOrEqual(100_000);
    expect(cache.find("request 999")).toBeDefined();
    expect(cache.find("request 0")).toBeUndefined();
    cache.put("large", answer("x".repeat(50_000)), 1);
    expect(cache.find("large")).toBeUndefined();
  });

  it("are none where none may be", () => {
    const cache = createResponseCache({ version: () => 1, maxBytes: 0 });
    cache.put("a", answer(""), 1);
    expect(cache.find("a")).toBeUndefined();
  });
});

function countQueries<P extends object>(pool: P, count: () => void): P {
  return new Proxy(pool, {
    get(target, property) {
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      return (...given: unknown[]): unknown => {
        if (property === "query") count();
        return (value as (...given: unknown[]) => unknown).apply(target, given);
      };
    },
  });
}
