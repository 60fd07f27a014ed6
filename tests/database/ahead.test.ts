import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../src/commands/doctor.js";
import type { Database } from "../../src/database/open.js";
import { createAsker, type Asker } from "../support/ask.js";
import { quiet, startPostgres, testDatabase } from "../support/database.js";

const postgres = await startPostgres();
afterAll(async () => postgres?.stop());

describe.skipIf(!postgres)("a record whose last change is dated ahead of the clock", () => {
  let database: Database;
  let asker: Asker;
  beforeAll(async () => {
    database = await testDatabase(postgres ? { postgres } : {});
    asker = createAsker(database);
    const add = (id: string) =>
      database.pool.query(`INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "url") VALUES ($1, $1, 'NEWS_REPORT', $1, 'Wire', 'en', 'https://example.org/' || $1)`, [id]);
    // As an act of a clock that ran ahead stands in the history.
    await database.pool.query(`INSERT INTO "Act" ("id", "kind", "actor", "at") VALUES ('act_ahead', 'test', 'test', date_trunc('milliseconds', now() + interval '1 day'))`);
    await add("doc_later");
  });
  afterAll(() => database.close());

  it("is read as of each of its changes, and a moment after the last one is still in the future", async () => {
    const { rows } = await database.pool.query<{ at: string }>(`SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM "Act" ORDER BY "number"`);
    const last = rows.at(-1)?.at as string;
    const asOf = "query ($at: DateTime!) { meetings(first: 1, knownAt: $at) { totalCount } }";
    for (const at of [rows.at(-2)?.at, last]) expect((await asker.answer(asOf, { at })).errors).toEqual([]);
    const ahead = new Date(Date.parse(last) + 60_000).toISOString();
    expect((await asker.answer(asOf, { at: ahead })).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
  });

  it("is reported by doctor, with advice", async () => {
    const findings = await examine({ environment: { DATABASE_URL: database.url }, overrides: {}, log: quiet });
    expect(findings).toContainEqual({ about: "record", state: "warning", says: expect.stringMatching(/the last change is dated .* ahead of the database's clock: set the clock/) as string });
  });
});
