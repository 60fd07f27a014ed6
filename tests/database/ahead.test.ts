import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli.js";
import { examine } from "../../src/commands/doctor.js";
import { audit } from "../../src/database/audit.js";
import type { Database } from "../../src/database/open.js";
import { exitCodes } from "../../src/lib/exit-codes.js";
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
      database.pool.query(
        `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "url") VALUES ($1, $1, 'NEWS_REPORT', $1, 'Wire', 'en', 'https://example.org/' || $1)`,
        [id],
      );
    // As an act of a clock that ran ahead stands in the history.
    await database.pool.query(
      `INSERT INTO "Act" ("id", "kind", "actor", "at") VALUES ('act_ahead', 'test', 'test', date_trunc('milliseconds', now() + interval '1 day'))`,
    );
    await add("doc_later");
  });
  afterAll(() => database.close());

  it("is read as of each of its changes, and a moment after the last one is still in the future", async () => {
    const { rows } = await database.pool.query<{ at: string }>(
      `SELECT to_char("at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at FROM "Act" ORDER BY "number"`,
    );
    const last = rows.at(-1)?.at as string;
    const asOf = "query ($at: DateTime!) { meetings(first: 1, knownAt: $at) { totalCount } }";
    for (const at of [rows.at(-2)?.at, last]) expect((await asker.answer(asOf, { at })).errors).toEqual([]);
    const ahead = new Date(Date.parse(last) + 60_000).toISOString();
    expect((await asker.answer(asOf, { at: ahead })).errors).toMatchObject([{ code: "BAD_USER_INPUT" }]);
  });

  it("is reported by doctor, with advice", async () => {
    const findings = await examine({ environment: { DATABASE_URL: database.url }, overrides: {}, log: quiet });
    expect(findings).toContainEqual({
      about: "record",
      state: "warning",
      says: expect.stringMatching(
        /the last change is dated .* ahead of the database's clock: set the clock .*sidelines clock --redate/,
      ) as string,
    });
  });

  it("is dated again by the command, once, and then a moment before it leaves nothing out", async () => {
    const run = async (...args: string[]) => {
      const lines: string[] = [];
      const output = {
        out: (text: string) => void lines.push(text),
        err: (text: string) => void lines.push(text),
        isWatched: false,
        environment: {},
      };
      return {
        code: await runCommand(["clock", "--json", "--database-url", database.url, ...args], output),
        report: JSON.parse(lines.join("")) as object,
      };
    };
    const version = async () =>
      (await database.pool.query<{ version: string }>(`SELECT "version" FROM "RecordVersion"`)).rows[0]?.version;
    const before = await version();
    expect(await run()).toMatchObject({ code: 0, report: { acts: 2, areRedated: false } });
    expect(await run("--redate")).toMatchObject({ code: 0, report: { acts: 2, areRedated: true } });
    expect(await run("--redate")).toMatchObject({ code: 0, report: { acts: 0, areRedated: false } });
    expect(await version()).not.toBe(before);
    expect(await audit(database.url)).toEqual([]);
    const { rows } = await database.pool.query<{ ordered: boolean; past: boolean }>(
      `SELECT bool_and("at" > "earlier") AS "ordered", max("at") <= clock_timestamp() AS "past" FROM (SELECT "at", lag("at", 1, '-infinity') OVER (ORDER BY "number") AS "earlier" FROM "Act") AS acts`,
    );
    expect(rows).toEqual([{ ordered: true, past: true }]);
    const asOf = await asker.ask<{ documents: { totalCount: number } }>(
      "query ($at: DateTime!) { documents(first: 1, knownAt: $at) { totalCount } }",
      { at: new Date().toISOString() },
    );
    expect(asOf.documents.totalCount).toBe(1);
  });
});

it.skipIf(!postgres)("a database without tables makes the command ask for a migration", async () => {
  const url = await postgres?.createDatabase({ empty: true });
  const lines: string[] = [];
  const output = {
    out: () => undefined,
    err: (text: string) => void lines.push(text),
    isWatched: false,
    environment: {},
  };
  expect(await runCommand(["clock", "--database-url", url ?? ""], output)).toBe(exitCodes.database);
  expect(lines.join("")).toBe(
    "sidelines: the tables of the database are not up to date; run `sidelines migrate` first\n",
  );
});
