import pg from "pg";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { openDatabase, type Database } from "../../src/database/open.js";
import { importPack } from "../../src/packs/import.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { quiet, startPostgres } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { removeFolders, writePack } from "../support/packs.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { document, meeting, quote, recordWire } from "../support/wire.js";

// Postgres checks for deadlocks once, this long after a transaction begins to wait. Therefore the first to wait, which
// is ours, is always the one that is cancelled.
const postgres = await startPostgres({ settings: ["deadlock_timeout=2s"], packs: ["report"] });
afterAll(async () => {
  await removeFolders();
  await postgres?.stop();
});

// The embedded database has a single session, so writes cannot conflict there.
describe.skipIf(!postgres)("a write that conflicts with another client's SQL", () => {
  let seeded: Seeded;
  let database: Database;
  let stranger: pg.Client;
  beforeAll(async () => {
    seeded = await openSeeded(["report"], postgres);
    ({ database } = seeded);
    await recordWire(editorOf(database));
    stranger = new pg.Client({ connectionString: database.url });
    await stranger.connect();
    await stranger.query("SET deadlock_timeout = '1min'");
  });
  afterEach(() => stranger.query("ROLLBACK"));
  afterAll(async () => {
    await stranger.end();
    await seeded.close();
  });

  const count = async (condition: string): Promise<number> =>
    (
      await database.pool.query<{ count: number }>(
        `SELECT count(*)::int AS "count" FROM pg_stat_activity a WHERE a.datname = current_database() AND ${condition}`,
      )
    ).rows[0]?.count ?? 0;
  const waiting = (): Promise<number> => count("cardinality(pg_blocking_pids(a.pid)) > 0");
  const inEachOthersWay = (): Promise<number> =>
    count(
      "EXISTS (SELECT FROM pg_stat_activity b WHERE b.pid = ANY (pg_blocking_pids(a.pid)) AND a.pid = ANY (pg_blocking_pids(b.pid)))",
    );

  /** Writes while another client takes the counts and the version in another order. @returns The result. */
  async function deadlock<T>(write: () => Promise<T>): Promise<T> {
    await stranger.query("BEGIN");
    await stranger.query('SELECT FROM derived."Tally" FOR UPDATE');
    const written = write();
    // It has taken the version, and waits to count its meeting.
    await expect.poll(waiting, { interval: 20 }).toBe(1);
    const moved = stranger.query('UPDATE "RecordVersion" SET "version" = "version"');
    await expect.poll(inEachOthersWay, { interval: 20 }).toBe(2);
    await moved;
    await stranger.query("ROLLBACK");
    return written;
  }

  /** The stored counts, and a rebuild of them. */
  async function tallies(): Promise<readonly [unknown, unknown]> {
    const told = async (client: Pick<pg.Client, "query">): Promise<unknown> =>
      (
        await client.query(
          `SELECT * FROM derived."Tally" ORDER BY "grain", "firstId", "secondId", "year", "kind", "format", "status", "forumId"`,
        )
      ).rows;
    const kept = await told(stranger);
    await stranger.query('BEGIN; SELECT derived."countAllAnew"()');
    const anew = await told(stranger);
    await stranger.query("ROLLBACK");
    return [kept, anew];
  }

  it("is done again after a deadlock, if it is an act", async () => {
    const slug = "2024-11-23-lao-vnm-vientiane";
    const { commitments: _commitments, ...again } = meeting;
    const outcome = await deadlock(() =>
      editorOf(database).act<{ meeting: { slug: string } | null }>(
        "recordMeeting",
        { ...again, slug, on: "2024-11-23", idempotencyKey: "k-deadlock" },
        "meeting { slug }",
      ),
    );
    expect(outcome).toEqual({ meeting: { slug }, userErrors: [] });
    const [kept, anew] = await tallies();
    expect(kept).toEqual(anew);
  });

  it("is done again after a deadlock, if packs are loaded", async () => {
    const pack = await writePack({
      "wire.yaml": `meetings:
  - slug: 2024-10-24-lao-vnm-vientiane
    title: Laos and Vietnam defence ministers meet again
    kind: BILATERAL
    on: 2024-10-24
    cite: [{ document: ${document.key}, quote: "${quote}" }]
    participants:
      - { party: LAO, role: PRINCIPAL, cite: [{ document: ${document.key}, quote: "${quote}" }] }
      - { party: VNM, role: PRINCIPAL, cite: [{ document: ${document.key}, quote: "${quote}" }] }
    statusReports:
      - { status: HELD, cite: [{ document: ${document.key}, quote: "${quote}" }] }
`,
    });
    const report = await deadlock(() => importPack(database, pack));
    expect(report.rows).toMatchObject({
      Meeting: { created: 1 },
      Participant: { created: 2 },
      Citation: { created: 4 },
    });
    const [kept, anew] = await tallies();
    expect(kept).toEqual(anew);
  });

  it("is done again where it could not be put in one order with what others did", async () => {
    await database.pool.query(
      `ALTER DATABASE ${new URL(database.url).pathname.slice(1)} SET default_transaction_isolation = 'repeatable read'`,
    );
    const strict = await openDatabase(
      { mode: "postgres", url: database.url, poolSize: 2, statementTimeoutMs: 60_000 },
      quiet,
    );
    try {
      await stranger.query("BEGIN");
      await stranger.query('UPDATE "RecordVersion" SET "version" = "version" + 1');
      const written = editorOf(strict).act("addDocument", { ...document, key: "strictly-in-order", url: null });
      await expect.poll(waiting, { interval: 20 }).toBe(1);
      await stranger.query("COMMIT");
      expect(await written).toEqual({ userErrors: [] });
    } finally {
      await strict.close();
    }
  });

  it("fails after five attempts without a trace", async () => {
    let tried = 0;
    const write = inOneWrite(database, async (statements) => {
      tried += 1;
      await statements.$executeRawUnsafe(`UPDATE "Document" SET "title" = 'Never' WHERE "key" = $1`, document.key);
      await statements.$executeRawUnsafe(
        `DO $$ BEGIN RAISE EXCEPTION 'deadlock detected' USING ERRCODE = 'deadlock_detected'; END $$`,
      );
    });
    await expect(write).rejects.toMatchObject({
      name: "DatabaseError",
      message: "the database failed: deadlock detected",
      cause: { code: "40P01" },
    });
    expect(tried).toBe(5);
    const { rows } = await database.pool.query(`SELECT "title" FROM "Document" WHERE "key" = $1`, [document.key]);
    expect(rows).toEqual([{ title: document.title }]);
  });

  it("is not retried once the client has gone", async () => {
    let tried = 0;
    const failing = (options: Parameters<typeof inOneWrite>[2]): Promise<void> => {
      tried = 0;
      return inOneWrite(
        database,
        async (statements) => {
          tried += 1;
          await statements.$executeRawUnsafe(
            `DO $$ BEGIN RAISE EXCEPTION 'no order' USING ERRCODE = 'serialization_failure'; END $$`,
          );
        },
        options,
      );
    };
    const leaving = new AbortController();
    const left = failing({ signal: leaving.signal });
    await expect.poll(() => tried, { interval: 1 }).toBeGreaterThan(0);
    leaving.abort(new Error("gone"));
    await expect(left).rejects.toThrow("gone");
    expect(tried).toBeLessThan(5);
  });
});
