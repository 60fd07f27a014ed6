import { afterAll, beforeAll, describe, expect, it, vi } from "vitest";
import { watchVersion } from "../../src/database/version.js";
import { createLogger } from "../../src/lib/log.js";
import { startPostgres, testDatabase, type TestPostgres } from "../support/database.js";
import { SOON } from "../support/time.js";

const log = createLogger({ level: "silent" });

async function write(database: Awaited<ReturnType<typeof testDatabase>>, key: string): Promise<void> {
  await database.pool.query('INSERT INTO "Place"("id", "key", "city") VALUES ($1, $2, $3)', [`plc_${key}`, key, key]);
}

const postgres: TestPostgres | undefined = await startPostgres();
if (!postgres) console.warn("skipped on a Postgres server: no Postgres binaries on this machine");
const modes = [
  { name: "the embedded database", open: () => testDatabase(), skip: false },
  { name: "a Postgres server", open: () => testDatabase(postgres ? { postgres } : {}), skip: !postgres },
];
afterAll(() => postgres?.stop());

describe.each(modes.filter(({ skip }) => !skip))("the version of the record on $name", ({ open, name }) => {
  let database: Awaited<ReturnType<typeof testDatabase>>;
  beforeAll(async () => {
    database = await open();
  });
  afterAll(() => database.close());

  it("moves with every committed write, and tells who listens", async () => {
    const watch = await watchVersion(database.url, log);
    const told: (number | undefined)[] = [];
    const end = watch.onMove((version) => told.push(version));
    const before = watch.current() as number;
    await write(database, "one");
    await vi.waitFor(() => expect(watch.current()).toBe(before + 1), SOON);
    await write(database, "two");
    await vi.waitFor(() => expect(told).toEqual([before + 1, before + 2]), SOON);
    end();
    await watch.close();
  });

  it("does not move with a write that is taken back", async () => {
    const watch = await watchVersion(database.url, log);
    const before = watch.current() as number;
    const client = await database.pool.connect();
    await client.query("BEGIN");
    await client.query('INSERT INTO "Place"("id", "key", "city") VALUES (\'plc_x\', \'x\', \'x\')');
    await client.query("ROLLBACK");
    client.release();
    await write(database, "three");
    await vi.waitFor(() => expect(watch.current()).toBe(before + 1), SOON);
    await watch.close();
  });

  it.runIf(name === "a Postgres server")(
    "is unknown while nothing can be heard, and caught up with afterwards",
    async () => {
      const watch = await watchVersion(database.url, log);
      const before = watch.current() as number;
      const told: (number | undefined)[] = [];
      watch.onMove((version) => told.push(version));
      await database.pool.query(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sidelines version'",
      );
      await vi.waitFor(() => expect(told).toContain(undefined), SOON);
      await write(database, "four");
      await vi.waitFor(() => expect(watch.current()).toBe(before + 1), { timeout: 5_000 });
      await watch.close();
    },
  );

  it.runIf(name === "a Postgres server")("is logged if the database went back in time", async () => {
    const warn = vi.fn();
    const watch = await watchVersion(database.url, Object.assign(createLogger({ level: "silent" }), { warn }));
    const before = watch.current() as number;
    // A restored backup, or a server that lacked the last writes.
    await database.pool.query('UPDATE "RecordVersion" SET "version" = $1', [before - 1]);
    await database.pool.query(
      "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'sidelines version'",
    );
    await vi.waitFor(
      () =>
        expect(warn.mock.calls).toContainEqual([
          { from: before, to: before - 1 },
          expect.stringContaining("the record went back to an earlier version"),
        ]),
      { timeout: 5_000 },
    );
    expect(watch.current()).toBe(before - 1);
    await watch.close();
  });
});
