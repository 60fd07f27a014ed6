import { existsSync, readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { FastifyInstance } from "fastify";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { scopesUpTo } from "../../src/access/principal.js";
import { createContextFactory, type ResolverContext } from "../../src/context.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { watchVersion, type VersionWatch } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer } from "../../src/server.js";
import { limits as usual } from "../support/ask.js";
import { copyEmbedded } from "../support/templates.js";
import { document } from "../support/wire.js";
import { listen } from "./stand.in.js";

const log = createLogger({ level: "silent" });
const limits = { ...usual, maxEventLoopDelayMs: 0, cacheBytes: 0 };

describe("an embedded database that fails", () => {
  let folder: string;
  let database: Database;
  let versions: VersionWatch;
  let app: FastifyInstance;
  let url: string;
  const said: string[] = [];

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), "sidelines-hung-"));
    await copyEmbedded(folder);
    const note = (message: string): void => void said.push(message);
    database = await openDatabase(
      { mode: "embedded", dataDir: folder, poolSize: 4, statementTimeoutMs: 2_500 },
      { info: note, warn: note, error: note },
    );
    versions = await watchVersion(database.url, log);
    app = await buildServer<ResolverContext>({
      config: { playground: false, limits },
      schema: buildExecutableSchema(),
      createContext: createContextFactory({ database, limits, version: "0.0.0-test" }),
      answersFrom: (context) => context,
      authenticate: async () => ({ actor: "key:editor", name: "editor", scopes: scopesUpTo("EDIT") }),
      recordVersion: () => versions.current(),
      ready: async () => (await database.pool.query("SELECT 1")).rowCount === 1,
      log,
    });
    url = await listen(app);
  });

  afterAll(async () => {
    await app.close();
    await versions.close();
    await database.close();
    await rm(folder, { recursive: true, force: true });
  });

  interface Answer {
    readonly data?: Readonly<Record<string, unknown>> | null;
    readonly errors?: readonly { readonly extensions: { readonly code: string } }[];
  }

  async function ask(query: string, variables: object = {}, headers: Record<string, string> = {}): Promise<Answer> {
    const response = await fetch(`${url}/graphql`, {
      method: "POST",
      headers: { "content-type": "application/json", ...headers },
      body: JSON.stringify({ query, variables }),
    });
    return (await response.json()) as Answer;
  }

  const addDocument = (key: string): Promise<Answer> =>
    ask(
      "mutation Add($input: AddDocumentInput!) { addDocument(input: $input) { document { key } userErrors { message } } }",
      { input: { ...document, key, acknowledge: ["LIKELY_DUPLICATE"] } },
      { authorization: "Bearer x" },
    );
  const counted = async (): Promise<unknown> => (await ask("{ documents { totalCount } }")).data?.["documents"];
  const health = async (path: string): Promise<number> => (await fetch(`${url}${path}`)).status;

  function childPid(): number {
    const [file] = readdirSync(folder).filter((name) => /^owner\.\d+\.json$/.test(name));
    return (JSON.parse(readFileSync(join(folder, file ?? ""), "utf8")) as { pid: number }).pid;
  }

  it("is ended when it hangs and started again; what was acknowledged is there, and the service goes on", async () => {
    expect(await addDocument("before-it-hung")).toMatchObject({
      data: { addDocument: { document: { key: "before-it-hung" }, userErrors: [] } },
    });
    const before = versions.current();
    const hung = database.pool.query("SELECT count(*) FROM generate_series(1, 1000000000000)").then(
      () => "answered",
      (error: Error) => error.message,
    );
    // Requests in the meantime fail or wait for the new process. The service is alive, and reports at once that it is
    // not ready.
    const meanwhile = ask("{ documents { totalCount } service { version } }");
    expect(await health("/livez")).toBe(200);
    expect(await health("/readyz")).toBe(503);
    expect(await hung).toMatch(/Connection terminated|ECONNRESET/);
    expect((await meanwhile).errors?.map(({ extensions }) => extensions.code) ?? []).toEqual(["SERVICE_UNAVAILABLE"]);
    await expect.poll(async () => health("/readyz"), { timeout: 30_000 }).toBe(200);
    expect(said.join("\n")).toMatch(/has not answered for 2500 ms/);
    expect(await counted()).toEqual({ totalCount: 1 });
    // It hears of writes again.
    await expect.poll(() => versions.current(), { timeout: 30_000 }).toBe(before);
    expect((await addDocument("after-it-hung")).errors).toBeUndefined();
    await expect.poll(() => (versions.current() ?? 0) > (before ?? 0)).toBe(true);
    expect(await counted()).toEqual({ totalCount: 2 });
  });

  it("is started again when it is killed from outside, in the middle of writes, and none that was acknowledged is lost", async () => {
    for (let round = 0; round < 2; round += 1) {
      const acknowledged: string[] = [];
      const pid = childPid();
      const writes = (async () => {
        for (let number = 0; number < 200; number += 1) {
          const key = `round-${round}-${number}`;
          const { data, errors } = await addDocument(key).catch((): Answer => ({ errors: [] }));
          if (errors || !data) break;
          acknowledged.push(key);
        }
      })();
      await expect.poll(() => acknowledged.length, { timeout: 20_000 }).toBeGreaterThan(3);
      process.kill(pid, "SIGKILL");
      await writes;
      await expect.poll(async () => health("/readyz"), { timeout: 30_000 }).toBe(200);
      expect(childPid()).not.toBe(pid);
      const { rows } = await database.pool.query<{ key: string }>(`SELECT "key" FROM "Document"`);
      const kept = new Set(rows.map(({ key }) => key));
      expect(acknowledged.filter((key) => !kept.has(key))).toEqual([]);
    }
  });

  it("gives a transaction of its own the time that it asks for", async () => {
    const pid = childPid();
    const client = await database.pool.connect();
    try {
      await client.query("BEGIN");
      await client.query("SET LOCAL statement_timeout = 20000");
      // Works for some seconds, longer than statements may take by themselves.
      await client.query(
        "DO $$ DECLARE until timestamptz := clock_timestamp() + interval '5 seconds'; BEGIN WHILE clock_timestamp() < until LOOP NULL; END LOOP; END $$",
      );
      await client.query("COMMIT");
    } finally {
      client.release();
    }
    expect(childPid()).toBe(pid);
    expect(existsSync(folder)).toBe(true);
  });
});
