import type { FastifyInstance } from "fastify";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scopesUpTo } from "../../src/access/principal.js";
import { createContextFactory, type ResolverContext } from "../../src/context.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { quiet, startPostgres } from "../support/database.js";
import { document } from "../support/wire.js";
import { listen } from "./stand.in.js";

const postgres = await startPostgres();
const limits = { ...usual, maxEventLoopDelayMs: 0, cacheBytes: 0 };
const log = createLogger({ level: "silent" });

/** A query that waits until the table is unlocked, which takes longer than any test. */
const blocked = "{ meetings { totalCount nodes { title } } }";

describe.skipIf(!postgres)("a statement whose client has gone", () => {
  let database: Database;
  let locker: pg.Client;
  // Within a transaction, as that of the locker, activity is looked at once.
  let watcher: pg.Client;
  let url: string;
  const apps: FastifyInstance[] = [];

  beforeAll(async () => {
    const server = await postgres?.createDatabase();
    database = await openDatabase(
      { mode: "postgres", url: server ?? "", poolSize: 4, statementTimeoutMs: 60_000 },
      quiet,
    );
    locker = new pg.Client({ connectionString: server });
    watcher = new pg.Client({ connectionString: server });
    await Promise.all([locker.connect(), watcher.connect()]);
    url = await serve({});
  });
  afterAll(async () => {
    await Promise.all([locker.end(), watcher.end()]);
    await Promise.all(apps.map((app) => app.close()));
    await database.close();
    await postgres?.stop();
  });

  async function serve(own: Partial<typeof limits>): Promise<string> {
    const all = { ...limits, ...own };
    const app = await buildServer<ResolverContext>({
      config: { playground: false, limits: all },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database, limits: all, version: "0.0.0-test" }),
      answersFrom: (context) => context,
      exportsFrom: (context) => context,
      authenticate: async () => ({ actor: "key:editor", name: "editor", scopes: scopesUpTo("EDIT") }),
      ready: async () => true,
      log,
    });
    apps.push(app);
    return listen(app);
  }

  /** Statements of the service that are at work or wait for a lock. */
  async function atWork(): Promise<number> {
    const { rows } = await watcher.query<{ count: number }>(
      "SELECT count(*)::int AS count FROM pg_stat_activity WHERE application_name = 'sidelines' AND state = 'active'",
    );
    return rows[0]?.count ?? 0;
  }

  async function whileLocked(table: string, work: () => Promise<void>): Promise<void> {
    await locker.query(`BEGIN; LOCK TABLE "${table}" IN ACCESS EXCLUSIVE MODE`);
    try {
      await work();
    } finally {
      await locker.query("ROLLBACK");
    }
  }

  const ask = (
    query: string,
    signal?: AbortSignal,
    options: { readonly at?: string; readonly headers?: Record<string, string>; readonly variables?: object } = {},
  ) =>
    fetch(`${options.at ?? url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...options.headers },
      body: JSON.stringify({ query, variables: options.variables }),
      ...(signal && { signal }),
    });

  /** Sends a request, waits until the database executes it, and disconnects. */
  async function leaveMeanwhile(begin: (signal: AbortSignal) => Promise<unknown>): Promise<void> {
    const client = new AbortController();
    const answer = begin(client.signal).catch(() => "left");
    await expect.poll(atWork, { timeout: 10_000 }).toBe(1);
    client.abort();
    expect(await answer).toBe("left");
    await expect.poll(atWork, { timeout: 10_000 }).toBe(0);
  }

  it.each([
    ["a query that Apollo has not seen", `${blocked} # new`, {}],
    ["a query that the fast path knows", "{ forums { totalCount } }", {}],
    ["an editor's query, which reads drafts", blocked, { authorization: "Bearer x" }],
    ["a query of what was known", '{ meetings(knownAt: "2001-01-01T00:00:00Z") { totalCount } }', {}],
  ])("is ended in the database: %s", async (_what, query, headers) => {
    const table = query.includes("forums") ? "Forum" : "Meeting";
    if (table === "Forum") for (let turn = 0; turn < 2; turn += 1) await (await ask(query)).text();
    const schema = query.includes("knownAt") ? "past" : "public";
    await locker.query(`SET search_path = ${schema}, public`);
    await whileLocked(table, () => leaveMeanwhile((signal) => ask(query, signal, { headers })));
    expect(await (await ask("{ forums { totalCount } }")).json()).toEqual({ data: { forums: { totalCount: 0 } } });
  });

  it("is ended in the database: an export", async () => {
    await locker.query("SET search_path = public");
    await whileLocked("Meeting", () => leaveMeanwhile((signal) => fetch(`${url}/meetings.csv`, { signal })));
  });

  it("is ended in the database: a mutation, of which nothing is left", async () => {
    await locker.query("SET search_path = public");
    const act =
      "mutation Add($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { message } } }";
    const options = { headers: { authorization: "Bearer x" }, variables: { input: document } };
    await whileLocked("Document", () => leaveMeanwhile((signal) => ask(act, signal, options)));
    const { data } = (await (await ask("{ documents { totalCount } }")).json()) as { data: unknown };
    expect(data).toEqual({ documents: { totalCount: 0 } });
    // The next writer can proceed.
    const added = (await (await ask(act, undefined, options)).json()) as {
      data: { addDocument: { userErrors: unknown[] } };
    };
    expect(added.data.addDocument.userErrors).toEqual([]);
  });

  it("is ended in the database when its time is up, and answered with TIMEOUT", async () => {
    const hasty = await serve({ queryTimeoutMs: 400 });
    await whileLocked("Meeting", async () => {
      const answer = (await (await ask(blocked, undefined, { at: hasty })).json()) as {
        errors: { message: string; extensions: object }[];
      };
      expect(answer.errors[0]).toMatchObject({
        extensions: { code: "TIMEOUT", limit: "queryTimeoutMs", allowed: 400 },
      });
      expect(answer.errors[0]?.message).toContain("(service.limits.queryTimeoutMs)");
      await expect.poll(atWork, { timeout: 10_000 }).toBe(0);
    });
  });

  it("never cancels a statement of another client", async () => {
    const query = (limit: number): string =>
      `{ forums(first: ${limit}) { totalCount nodes { name } } service { counts { forums meetings } } }`;
    let answered = 0;
    for (let round = 0; round < 10; round += 1) {
      const all = Array.from({ length: 20 }, async (_, index) => {
        const leaver = new AbortController();
        const isLeaving = index % 2 === 0;
        if (isLeaving) setTimeout(() => leaver.abort(), index % 8);
        const response = await ask(query(1 + (index % 7)), leaver.signal).catch(() => undefined);
        const text = await response?.text().catch(() => undefined);
        if (isLeaving) return;
        expect(JSON.parse(text ?? "")).toEqual({
          data: { forums: { totalCount: 0, nodes: [] }, service: { counts: { forums: 0, meetings: 0 } } },
        });
        answered += 1;
      });
      await Promise.all(all);
    }
    expect(answered).toBe(100);
  });
});
