import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { atOneMoment, withClient } from "../../src/database/client.js";
import { ownerOf } from "../../src/database/embedded/lock.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { watchSlowStatements } from "../../src/database/slow.js";
import { watchVersion } from "../../src/database/version.js";
import { lend } from "../../src/lib/connections.js";
import { createLogger } from "../../src/lib/log.js";
import { createFeed } from "../../src/live/feed.js";
import { sendFrom } from "../../src/reading/sending.js";
import { editing, publicly } from "../../src/reading/standpoint.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { openService, type ExportService } from "../exports/service.js";
import { quiet, startPostgres } from "../support/database.js";
import { copyEmbedded } from "../support/templates.js";

const postgres = await startPostgres();
const log = createLogger({ level: "silent" });

/** A database whose connections can all be broken at once. */
interface Breakable {
  readonly database: Database;
  /** Ends every session of the database, as a crash does. */
  sever(): Promise<void>;
  close(): Promise<void>;
}

async function onServer(): Promise<Breakable> {
  const url = (await postgres?.createDatabase()) as string;
  const database = await openDatabase({ mode: "postgres", url, poolSize: 6, statementTimeoutMs: 60_000 }, quiet);
  const name = new URL(url).pathname.slice(1);
  return {
    database,
    sever: () =>
      withClient(postgres?.url as string, "sidelines test", async (client) => {
        await client.query("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = $1", [name]);
      }),
    close: () => database.close(),
  };
}

async function embedded(): Promise<Breakable> {
  const folder = await mkdtemp(join(tmpdir(), "sidelines-severed-"));
  await copyEmbedded(folder);
  const database = await openDatabase(
    { mode: "embedded", dataDir: folder, poolSize: 4, statementTimeoutMs: 60_000 },
    quiet,
  );
  return {
    database,
    async sever() {
      process.kill((await ownerOf(folder))?.pid as number, "SIGKILL");
    },
    async close() {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const unheard: unknown[] = [];
const hear = (error: unknown): void => void unheard.push(error);
beforeAll(() => void process.on("uncaughtException", hear).on("unhandledRejection", hear));
afterAll(async () => {
  process.off("uncaughtException", hear).off("unhandledRejection", hear);
  await postgres?.stop();
});

// A second of work in both databases, during which a connection is held. The embedded one cannot sleep.
const slow = `SELECT count(*)::text AS "value" FROM generate_series(1, 3000000) AS n(i) WHERE i % 7 = 3`;
const known = { kind: "known", at: "2026-01-01T00:00:00.000000Z" } as const;

/** Places in the code that hold a connection; each keeps one busy or idle for a while. */
const points: readonly [point: string, hold: (database: Database, service: ExportService) => Promise<unknown>][] = [
  ["reading what is published", ({ pool }) => sendFrom({ pool }, publicly, { text: slow, values: [] })],
  ["reading drafts", ({ pool }) => sendFrom({ pool }, editing, { text: slow, values: [] })],
  ["reading as of a moment", ({ pool }) => sendFrom({ pool }, known, { text: slow, values: [] })],
  ["writing", (database) => inOneWrite(database, (statements) => statements.$queryRawUnsafe(slow))],
  [
    "writing, between two statements",
    (database) =>
      inOneWrite(database, async (statements) => {
        await wait(1_000);
        return statements.$queryRawUnsafe("SELECT 1");
      }),
  ],
  [
    "explaining a slow statement",
    async ({ pool }) => {
      const told = new Promise((resolve) => {
        const tell = watchSlowStatements({ pool, log: { warn: (facts) => resolve(facts) }, slowMs: 1, everyMs: 0 });
        tell({ text: slow, durationMs: 5_000, operation: "Slow", requestId: "one" });
      });
      return told;
    },
  ],
  ["exporting", (_database, { app }) => app.inject({ url: "/meetings.csv" })],
  [
    "backing up",
    ({ url }) =>
      atOneMoment(url, "sidelines test", async (client) => {
        await client.query(slow);
        await wait(500);
        return client.query("SELECT 1");
      }),
  ],
  [
    "streaming",
    async ({ pool }) => {
      const feed = createFeed(pool, { onMove: () => () => undefined });
      for (let time = 0; time < 100; time += 1) await Promise.all([feed.latest(), feed.after(time), wait(10)]);
    },
  ],
  [
    "checking health",
    async ({ pool }, { app }) => {
      for (let time = 0; time < 100; time += 1)
        await Promise.all([pool.query("SELECT 1"), app.inject({ url: "/readyz" }), wait(10)]);
    },
  ],
  [
    "lending, while nothing is asked",
    ({ pool }) =>
      lend(pool, async ({ client }) => {
        await wait(1_000);
        return client.query("SELECT 1");
      }),
  ],
];

describe.each([
  ["the embedded database", embedded, false],
  ["a Postgres server", onServer, postgres === undefined],
] as const)("a connection of %s that breaks", (name, open, skip) => {
  if (skip) return void it.skip("no Postgres binaries on this machine", () => undefined);
  let breakable: Breakable;
  let service: ExportService;
  beforeAll(async () => {
    breakable = await open();
    service = await openService(breakable.database, {
      ready: async () => (await breakable.database.pool.query("SELECT 1")).rowCount === 1,
    });
  });
  afterAll(async () => {
    await service.close();
    await breakable.close();
  });

  const answersAgain = () =>
    expect
      .poll(
        () =>
          breakable.database.pool.query("SELECT 1").then(
            ({ rowCount }) => rowCount,
            () => 0,
          ),
        { timeout: 30_000 },
      )
      .toBe(1);
  const isServer = name !== "the embedded database";

  const held: readonly (readonly [string, typeof points])[] = points.map((point) => [point[0], [point]]);
  // The embedded database has one process for all; it is ended once for all points at once.
  const together: typeof held = [["at all points together", points]];
  it.each(isServer ? held : together)("fails the work under way and nothing else: %s", async (_point, holding) => {
    const { database, sever } = breakable;
    const all = Promise.allSettled(holding.map(([, hold]) => hold(database, service)));
    await wait(300);
    await sever();
    const outcomes = await all;
    for (const outcome of outcomes) if (outcome.status === "rejected") expect(outcome.reason).toBeInstanceOf(Error);
    await answersAgain();
    expect(unheard).toEqual([]);
    expect((await service.app.inject({ url: "/livez" })).statusCode).toBe(200);
  });

  it("is replaced where it listens for writes", async () => {
    const versions = await watchVersion(() => breakable.database.url, log);
    const lost = new Promise<void>((resolve) => void versions.onMove((version) => version === undefined && resolve()));
    await breakable.sever();
    await lost;
    await expect.poll(() => versions.current(), { timeout: 30_000 }).toBeTypeOf("number");
    await versions.close();
    expect(unheard).toEqual([]);
  });

  it("breaks a connection that is idle without a word while another one is used", async () => {
    const { pool } = breakable.database;
    const [lent, ...idle] = await Promise.all([pool.connect(), pool.connect(), pool.connect()]);
    idle.forEach((client) => client.release());
    const ended = new Promise((resolve) => lent.once("end", resolve as () => void));
    await breakable.sever();
    await ended;
    await expect(lent.query("SELECT 1")).rejects.toThrow(/connection/i);
    lent.release();
    await answersAgain();
    expect(unheard).toEqual([]);
  });
});
