import { createHash } from "node:crypto";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { watchVersion, type VersionWatch } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { SOON } from "../support/time.js";

const log = createLogger({ level: "silent" });
const limits = { ...usual, maxEventLoopDelayMs: 0 };
const seeds = (name: string) => join(packageRoot(), "seeds", name);

const query = "query Met($parties: [String!]) { meetings(filter: { parties: $parties }) { totalCount } }";
const hashOf = (text: string) => createHash("sha256").update(text).digest("hex");

describe("a query that is named by its hash", () => {
  let database: Awaited<ReturnType<typeof anyDatabase>>;
  let versions: VersionWatch;
  let app: FastifyInstance;
  let statements = 0;

  beforeAll(async () => {
    database = await anyDatabase();
    await importPacks(database, [seeds("report")]);
    versions = await watchVersion(database.url, log);
    const createContext = createContextFactory({
      database: { namedStatements: database.namedStatements, pool: database.pool },
      limits,
      version: "0.0.0-test",
      onStatement: () => (statements += 1),
    });
    const schema = buildExecutableSchema();
    app = await buildServer({
      config: { limits },
      schema,
      createContext,
      ready: async () => true,
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

  const ask = (parts: Readonly<Record<string, string | object>>, headers: Record<string, string> = {}) => {
    const search = new URLSearchParams(
      Object.entries(parts).map(
        ([name, value]) => [name, typeof value === "string" ? value : JSON.stringify(value)] as [string, string],
      ),
    );
    return app.inject({ method: "GET", url: `/graphql?${search.toString()}`, headers });
  };
  const named = (text: string) => ({ persistedQuery: { version: 1, sha256Hash: hashOf(text) } });
  const variables = { parties: ["IND", "CHN"] };

  it("needs its text until it is registered, and cannot be overwritten", async () => {
    const unknown = await ask({ extensions: named(query), variables });
    expect(unknown.json()).toMatchObject({
      errors: [{ message: "PersistedQueryNotFound", extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
    });
    expect(unknown.headers["cache-control"]).toBe("private, no-cache, must-revalidate");
    expect(unknown.headers["etag"]).toBeUndefined();
    // A miss is not cached.
    expect((await ask({ query, extensions: named(query), variables })).json()).toEqual({
      data: { meetings: { totalCount: 2 } },
    });
  });

  it("is answered by its hash alone, with a tag, and for other variables as well", async () => {
    await ask({ query, extensions: named(query), variables });
    const first = await ask({ extensions: named(query), variables });
    expect(first.json()).toEqual({ data: { meetings: { totalCount: 2 } } });
    expect(first.headers["cache-control"]).toBe("public, no-cache");
    const before = statements;
    const again = await ask(
      { extensions: named(query), variables },
      { "if-none-match": String(first.headers["etag"]) },
    );
    expect([again.statusCode, again.body, statements]).toEqual([304, "", before]);
    expect((await ask({ extensions: named(query), variables: { parties: ["ATG"] } })).json()).toEqual({
      data: { meetings: { totalCount: 0 } },
    });
  });

  it("is refused with a text that has another hash, and that text is not kept under it", async () => {
    const other = "{ meetings { totalCount } }";
    const mixed = await ask({ query: "{ forums { totalCount } }", extensions: named(other) });
    expect([
      mixed.statusCode,
      mixed.json<{ errors: { extensions: { code: string } }[] }>().errors[0]?.extensions.code,
    ]).toEqual([400, "BAD_REQUEST"]);
    expect((await ask({ extensions: named(other) })).json()).toMatchObject({
      errors: [{ extensions: { code: "PERSISTED_QUERY_NOT_FOUND" } }],
    });
  });

  it("may not write by GET, whatever its hash", async () => {
    const mutation =
      "mutation Withdraw($input: WithdrawRecordInput!) { withdrawRecord(input: $input) { userErrors { code } } }";
    const refused = await ask({
      query: mutation,
      extensions: named(mutation),
      variables: { input: { id: "mtg_1", reason: "none" } },
    });
    expect([refused.statusCode, refused.headers["etag"]]).toEqual([405, undefined]);
    expect(refused.json()).toEqual({
      errors: [
        {
          message: "GET requests only support query operations, not mutation operations",
          extensions: { code: "BAD_REQUEST" },
        },
      ],
    });
  });

  it("is executed again, with another ETag, after a write", async () => {
    await ask({ query, extensions: named(query), variables });
    const before = await ask({ extensions: named(query), variables });
    await importPacks(database, [seeds("facts")]);
    await vi.waitFor(async () => {
      const after = await ask(
        { extensions: named(query), variables },
        { "if-none-match": String(before.headers["etag"]) },
      );
      expect(after.statusCode).toBe(200);
      expect(after.headers["etag"]).not.toBe(before.headers["etag"]);
      expect(after.json<{ data: { meetings: { totalCount: number } } }>().data.meetings.totalCount).toBeGreaterThan(2);
    }, SOON);
  });
});
