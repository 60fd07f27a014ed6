import { cp, mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { examine } from "../../src/commands/doctor.js";
import { withClient } from "../../src/database/client.js";
import { differences } from "../../src/database/derive.js";
import { undeclared } from "../../src/database/diagnose.js";
import { migrate } from "../../src/database/migrate.js";
import { prismaFolder, readDatamodel, readMigrations } from "../../src/database/migrations.js";
import type { DeclaredRecord } from "../../src/database/registry.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { quiet, startPostgres } from "../support/database.js";

type Row = Record<string, unknown>;

const server = await startPostgres();
let folder: string;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-migrations-"));
  await cp(join(prismaFolder, "migrations"), folder, { recursive: true });
});
afterAll(async () => {
  await server?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function addMigration(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name));
  await writeFile(join(folder, name, "migration.sql"), script);
}

const differencesAt = (url: string, records = declaredRecords): Promise<string[]> =>
  withClient(url, "test", (client) => differences(client, records));

/** Carries out statements one after the other, each in a transaction of its own. */
async function run(url: string, ...statements: string[]): Promise<Row[]> {
  return withClient(url, "test", async (client) => {
    let rows: Row[] = [];
    for (const statement of statements) {
      const results = (await client.query<Row>(statement)) as { rows: Row[] } | { rows: Row[] }[];
      rows = Array.isArray(results) ? (results.at(-1)?.rows ?? []) : results.rows;
    }
    return rows;
  });
}

const meeting = `INSERT INTO "Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest") VALUES ('mtg_a', 'a', 'A', 'BILATERAL', '2024', '2024-01-01', '2024-12-31')`;
const document = `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "url") VALUES ('doc_a', 'a', 'NEWS_REPORT', 'T', 'P', 'en', 'https://example.org/')`;

describe.skipIf(!server)("a column that a migration adds", () => {
  it("gets into history, drafts and read views by the same command", async () => {
    const url = (await server?.createDatabase()) ?? "";
    await run(url, meeting);
    await addMigration("29990101000000_livestreams", `ALTER TABLE "Meeting" ADD COLUMN "livestreamUrl" text;`);
    expect(await migrate(url, declaredRecords, { folder })).toEqual(["29990101000000_livestreams"]);
    expect(await differencesAt(url)).toEqual([]);
    await run(url, `UPDATE "Meeting" SET "livestreamUrl" = 'https://example.org/live'`);
    expect(
      await run(url, `SELECT "kind", "after" FROM "Change" WHERE "recordId" = 'mtg_a' ORDER BY "number" DESC LIMIT 1`),
    ).toEqual([{ kind: "CHANGED", after: { livestreamUrl: "https://example.org/live" } }]);
    const read = `SELECT "livestreamUrl" FROM "Meeting"`;
    for (const view of [
      "SET search_path = editing, public",
      `SET search_path = known, public; SET sidelines.known_at = 'infinity'`,
    ]) {
      expect(await run(url, view.replace("'infinity'", "'2999-01-01'"), read), view).toEqual([
        { livestreamUrl: "https://example.org/live" },
      ]);
    }
    await rm(join(folder, "29990101000000_livestreams"), { recursive: true });
  });

  it("is named by the check and by the doctor if it was added by other means, and derived by the next run", async () => {
    const url = (await server?.createDatabase()) ?? "";
    await run(url, `ALTER TABLE "Meeting" ADD COLUMN "livestreamUrl" text`);
    const sentence = `The column "Meeting"."livestreamUrl" is missing in past, drafts, known, editing.`;
    expect(await differencesAt(url)).toEqual([sentence]);
    const findings = await examine({ environment: { DATABASE_URL: url }, overrides: {}, log: quiet });
    expect(
      findings.filter(({ about, state }) => about === "tables" && state === "fault").map(({ says }) => says),
    ).toContainEqual(expect.stringContaining(sentence));
    const log: string[] = [];
    const hear = { info: (line: string) => log.push(line), warn: () => undefined };
    expect(await migrate(url, declaredRecords, { log: hear })).toEqual([]);
    expect(log).toContain("derived history of Meeting");
    expect(await differencesAt(url)).toEqual([]);
    log.length = 0;
    await migrate(url, declaredRecords, { log: hear });
    expect(log).toEqual(["the database is up to date"]);
  });
});

const exercise: DeclaredRecord = {
  table: "Exercise",
  prefixes: ["exc"],
  key: "key",
  title: "name",
  details: [],
  partOf: [],
  follows: {},
  cited: { column: "exerciseId", isRequired: true },
  search: [
    {
      kind: "EXERCISE",
      place: 18,
      prefix: "exc",
      names: { columns: ["name"], rows: [] },
      title: null,
      day: null,
      last: [],
      ordinal: null,
      texts: [],
      about: ["hostId"],
      rows: [],
      borrows: null,
      needs: null,
      sameBy: [],
    },
  ],
  topics: { isTopic: false, ids: ["hostId"], around: [], rows: [] },
};
const citation = declaredRecords.find(({ table }) => table === "Citation");
const withExercises: readonly DeclaredRecord[] = [
  ...declaredRecords.filter(({ table }) => table !== "Citation"),
  exercise,
  ...(citation
    ? [
        {
          ...citation,
          topics: {
            ...citation.topics,
            around: [...citation.topics.around, { column: "exerciseId", table: "Exercise" }],
          },
        },
      ]
    : []),
];

const exercises = `
  CREATE TABLE "Exercise" ("id" text PRIMARY KEY, "key" text NOT NULL UNIQUE, "name" text NOT NULL, "hostId" text NOT NULL REFERENCES "Party" ("id"));
  ALTER TABLE "Citation" ADD COLUMN "exerciseId" text REFERENCES "Exercise" ("id") ON DELETE CASCADE;
`;

describe.skipIf(!server)("a type that is new", () => {
  it("is named by the check in each part that it lacks, until it is derived", async () => {
    const url = (await server?.createDatabase()) ?? "";
    expect(await differencesAt(url, withExercises)).toEqual([
      `The table "Exercise" is declared as a record and does not exist: write its migration.`,
    ]);
    await run(url, exercises);
    expect(await differencesAt(url, withExercises)).toEqual([
      `The table "Exercise" has no history.`,
      `The column "Citation"."exerciseId" is missing in past, drafts, known, editing.`,
      "Out of date: subjects of citations.",
      "Out of date: names of records.",
      "Out of date: guards of former names.",
      "Out of date: topics of the change feed.",
      "Out of date: source rule.",
      "Out of date: search entries.",
    ]);
    await migrate(url, withExercises);
    expect(await differencesAt(url, withExercises)).toEqual([]);
  });

  it("has history, names, topics, the source rule and search once it is declared", async () => {
    const url = (await server?.createDatabase()) ?? "";
    await run(url, exercises);
    await migrate(url, withExercises);
    await run(
      url,
      document,
      `INSERT INTO "Party" ("id", "kind", "code", "name") VALUES ('sta_a', 'STATE', 'IND', 'India')`,
      `BEGIN; INSERT INTO "Exercise" VALUES ('exc_a', 'malabar', 'Malabar', 'sta_a'); INSERT INTO "Citation" ("id", "key", "documentId", "exerciseId", "locator") VALUES ('cit_a', 'a', 'doc_a', 'exc_a', 'p. 1'); COMMIT`,
    );
    expect(
      await run(
        url,
        `SELECT "kind", past."titleOf"("recordId", "version") AS title FROM "Change" WHERE "table" = 'Exercise'`,
      ),
    ).toEqual([{ kind: "CREATED", title: "Malabar" }]);
    expect(await run(url, `SELECT past."keyOf"('exc_a') AS key`)).toEqual([{ key: "malabar" }]);
    for (const [table, id] of [
      ["Exercise", "exc_a"],
      ["Citation", "cit_a"],
    ]) {
      expect(await run(url, `SELECT past."concerned"('${table}', '${id}', now()) AS id`), table).toEqual([
        { id: "sta_a" },
      ]);
    }
    await expect(run(url, `DELETE FROM "Citation"`)).rejects.toThrow("Exercise exc_a would be left without a source");
    expect(await run(url, `SELECT "word" FROM search."Word" WHERE "word" = 'malabar'`)).toEqual([{ word: "malabar" }]);
    for (const [query, quality] of [
      ["malabar", 0],
      ["malaba", 1],
      ["malebar", 4],
    ])
      expect(
        await run(url, `SELECT "id", "kind", "quality" FROM search."found"('${String(query)}', '{EXERCISE,MEETING}')`),
        String(query),
      ).toEqual([{ id: "exc_a", kind: "EXERCISE", quality }]);
    expect(await run(url, `SELECT "version" FROM "RecordVersion"`)).toEqual([{ version: "3" }]);
  });

  it("is named if it is declared nowhere", async () => {
    const datamodel = await readDatamodel();
    expect(undeclared(datamodel, declaredRecords)).toEqual([]);
    expect(undeclared(`${datamodel}\nmodel Exercise {\n  id String @id\n}\n`, declaredRecords)).toEqual([
      expect.stringMatching(/^The model Exercise in prisma\/schema\.prisma is declared nowhere: .*\.record\.ts/),
    ]);
  });
});

describe("a function, view or trigger of the database", () => {
  const statement = /^CREATE (?:OR REPLACE )?(?:CONSTRAINT )?(?:FUNCTION|VIEW|TRIGGER) (\S+?"?)[( ]/gm;

  it("has its current text in prisma/sql, and not in a migration", async () => {
    const [baseline, ...later] = await readMigrations();
    for (const { name, script } of later) expect(script, name).not.toMatch(statement);
    // These are part of checks and indexes, or called by migrations.
    expect([...(baseline?.script ?? "").matchAll(statement)].map(([, name]) => name)).toEqual([
      '"currentAct"',
      '"firstDayOf"',
      '"lastDayOf"',
      '"earliestDay"',
      '"latestDay"',
      '"isPartialDate"',
      'search."parted"',
      '"fold"',
      '"wordsOf"',
      '"wordsOf"',
      '"dropStandpoints"',
    ]);
  });
});
