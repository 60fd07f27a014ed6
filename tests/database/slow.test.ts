import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { watchSlowStatements, type SlowStatement } from "../../src/database/slow.js";
import { startPostgres, testDatabase } from "../support/database.js";

const postgres = await startPostgres();

interface Line extends Record<string, unknown> {
  readonly plan?: readonly string[];
}

describe.each([
  ["the embedded database", false],
  ["a Postgres server", true],
])("slow statements in %s", (_name, isServer) => {
  if (isServer && !postgres) return void it.skip("no server", () => undefined);
  let database: Database;
  beforeAll(async () => {
    database = await testDatabase(isServer && postgres ? { postgres } : {});
  });
  afterAll(async () => {
    await database.close();
    if (isServer) await postgres?.stop();
  });

  const text = 'select "title" as "value" from "Meeting" where "slug" = $1::text and "title" <> $2::text limit 5';
  const statement = (durationMs: number, own: Partial<SlowStatement> = {}): SlowStatement => ({
    text,
    durationMs,
    operation: "Meetings",
    requestId: "one",
    ...own,
  });

  function watch(everyMs: number) {
    const lines: Line[] = [];
    const log = { warn: (facts: object, message: string) => void lines.push({ ...facts, message }) };
    return { lines, tell: watchSlowStatements({ pool: database.pool, log, slowMs: 1_000, everyMs }) };
  }

  it("are logged with their plan, without what was bound", async () => {
    const { lines, tell } = watch(0);
    tell(statement(999));
    tell(statement(1_234.5));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
    expect(lines[0]).toMatchObject({
      message: "slow statement",
      requestId: "one",
      operation: "Meetings",
      durationMs: 1_235,
      statement: text,
    });
    const plan = lines[0]?.plan?.join("\n") ?? "";
    expect(plan).toMatch(/Scan/);
    expect(plan).toMatch(/\$1/);
    // The connection is intact, and the next plan is logged as well.
    tell(statement(2_000));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(2);
    expect(lines[1]?.plan).toEqual(lines[0]?.plan);
    const { rows } = await database.pool.query<{ mode: string }>("SELECT current_setting('plan_cache_mode') AS mode");
    expect(rows[0]?.mode).toBe("auto");
  });

  it("are looked into seldom, and the others counted", async () => {
    const { lines, tell } = watch(60_000);
    for (let turn = 0; turn < 20; turn += 1) tell(statement(5_000));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
    const next = watch(0);
    next.tell(statement(5_000));
    next.tell(statement(5_000));
    await expect.poll(() => next.lines.length, { timeout: 10_000 }).toBe(2);
    expect(lines).toHaveLength(1);
  });

  it("of writes are logged with their plans as well, and those that have none without", async () => {
    const { lines, tell } = watch(0);
    const insert =
      'INSERT INTO "Document" ("id") SELECT "id" FROM jsonb_populate_recordset(NULL::"Document", $1::jsonb)';
    tell(statement(5_000, { text: insert }));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
    expect(lines[0]).toMatchObject({ message: "slow statement", statement: insert });
    expect(lines[0]?.plan?.join("\n")).toMatch(/^Insert on "?Document/);
    tell(statement(5_000, { text: "COMMIT", operation: "import", requestId: undefined }));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(2);
    expect(lines[1]).toEqual({
      message: "slow statement",
      operation: "import",
      durationMs: 5_000,
      statement: "COMMIT",
    });
    expect((await database.pool.query('SELECT count(*)::int AS "count" FROM "Document"')).rows).toEqual([{ count: 0 }]);
  });

  it("without a plan are logged as well", async () => {
    const { lines, tell } = watch(0);
    tell(statement(5_000, { text: "select nonsense from nowhere" }));
    await expect.poll(() => lines.length, { timeout: 10_000 }).toBe(1);
    expect(lines[0]).toMatchObject({
      message: "slow statement without a plan",
      statement: "select nonsense from nowhere",
    });
    expect((await database.pool.query("SELECT 1")).rowCount).toBe(1);
  });
});
