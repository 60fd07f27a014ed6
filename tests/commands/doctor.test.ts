import { chmod, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../src/access/keys.js";
import { runCommand } from "../../src/cli.js";
import { examine, type Finding } from "../../src/commands/doctor.js";
import type { Database } from "../../src/database/open.js";
import { exitCodes } from "../../src/lib/exit-codes.js";
import { quiet } from "../support/database.js";
import { openSeeded } from "../support/seeded.js";

let database: Database;
let close: () => Promise<void>;
beforeAll(async () => {
  ({ database, close } = await openSeeded(["report"], "embedded"));
});
afterAll(() => close());

function look(environment: NodeJS.ProcessEnv = {}): Promise<Finding[]> {
  return examine({ environment, overrides: { databaseUrl: database.url, dataDir: undefined }, log: quiet });
}

// The embedded database has it off; asked for by its address it is a server like any other.
const fsync = (says: string): boolean => says.startsWith("fsync is off");

/** Warnings and faults, in short. */
async function problems(environment?: NodeJS.ProcessEnv): Promise<string[]> {
  return (await look(environment))
    .filter(({ state, says }) => state !== "ok" && !fsync(says))
    .map(({ about, state, says }) => `${state} ${about}: ${says}`);
}

/** Runs doctor after damage to the database, and undoes it. */
async function findingsAfter(harm: string, undo: string): Promise<string[]> {
  await database.pool.query(harm);
  return problems().finally(() => database.pool.query(undo));
}

describe("the doctor", () => {
  it("finds no problem in a sound database", async () => {
    expect(await problems()).toEqual([]);
    expect((await look()).filter(({ says }) => !fsync(says)).map(({ about }) => about)).toEqual([
      "node",
      "settings",
      "database",
      "tables",
      "record",
      "keys",
    ]);
  });

  it("lists what is wrong with the settings, and goes no further", async () => {
    expect(await problems({ SIDELINES_PLAYGRUND: "1", PORT: "many" })).toEqual([
      expect.stringMatching(/^fault settings: SIDELINES_PLAYGRUND is not a setting/) as string,
      expect.stringMatching(/^fault settings: PORT /) as string,
    ]);
  });

  it("warns of a server that a power failure may destroy", async () => {
    expect(await look()).toContainEqual({
      about: "database",
      state: "warning",
      says: "fsync is off: a power failure may corrupt it",
    });
  });

  it("notices that what keeps the history sleeps", async () => {
    expect(
      await findingsAfter(`ALTER TABLE "Meeting" DISABLE TRIGGER USER`, `ALTER TABLE "Meeting" ENABLE TRIGGER USER`),
    ).toEqual([
      expect.stringMatching(
        /^fault record: rule broken: every trigger is awake: \d+ times, in public\."Meeting": /,
      ) as string,
    ]);
  });

  it("notices a change that bypassed the history, and an unknown table", async () => {
    const sleeping = (table: string, work: string) =>
      `BEGIN; ALTER TABLE "${table}" DISABLE TRIGGER USER; ${work}; ALTER TABLE "${table}" ENABLE TRIGGER USER; COMMIT`;
    const other = sleeping("Person", `UPDATE "Person" SET "name" = "name" || ' II' WHERE "slug" = 'dong-jun'`);
    const { rows } = await database.pool.query<{ id: string }>(`SELECT "id" FROM "Person" WHERE "slug" = 'dong-jun'`);
    expect(
      await findingsAfter(
        other,
        other.replace("|| ' II'", "|| ''").replace(`"name" = "name" || ''`, `"name" = replace("name", ' II', '')`),
      ),
    ).toEqual([
      `fault record: rule broken: the history of Person ends with what stands: 1 times, in ${String(rows[0]?.id)}`,
    ]);
    const robbed = sleeping(
      "Citation",
      `CREATE TABLE "Robbed" AS SELECT * FROM "Citation" WHERE "milestoneId" IS NOT NULL; DELETE FROM "Citation" WHERE "milestoneId" IS NOT NULL`,
    );
    const given = sleeping("Citation", `INSERT INTO "Citation" SELECT * FROM "Robbed"; DROP TABLE "Robbed"`);
    // The additional table is reported before the record is checked.
    expect(await findingsAfter(robbed, given)).toEqual([
      expect.stringMatching(/^fault tables: they differ from the schema/) as string,
    ]);
    expect(await problems()).toEqual([]);
  });

  it("notices a fact without a source", async () => {
    const bare = `INSERT INTO "Milestone" ("id", "key", "label", "on", "onEarliest", "onLatest") VALUES ('mls_bare', 'bare', 'Said by nobody', '2024', '2024-01-01', '2024-12-31')`;
    expect(await findingsAfter(bare, `DELETE FROM "Milestone" WHERE "id" = 'mls_bare'`)).toEqual([
      "fault record: rule broken: every fact has a source: 1 times, in Milestone mls_bare",
    ]);
    expect(await problems()).toEqual([]);
  });

  it("notices a migration that is to be applied", async () => {
    const harm = `CREATE TEMP TABLE kept AS SELECT * FROM "_prisma_migrations"`;
    const client = await database.pool.connect();
    try {
      await client.query(harm);
      await client.query(`DELETE FROM "_prisma_migrations" WHERE "migration_name" LIKE '%_baseline'`);
      expect(await problems()).toEqual([
        expect.stringMatching(/^fault tables: \d+_baseline is to be applied/) as string,
      ]);
    } finally {
      await client.query(`INSERT INTO "_prisma_migrations" SELECT * FROM kept ON CONFLICT DO NOTHING`);
      await client.query(`DROP TABLE kept`);
      client.release();
    }
  });

  it("warns of keys that write for ever", async () => {
    await createKey(database.prisma, { name: "Lasting", scope: "EDIT", expiresAt: null });
    await createKey(database.prisma, { name: "Reader", scope: "READ", expiresAt: null });
    expect(await problems()).toEqual([
      expect.stringMatching(/^warning keys: 2 active; 1 of them can write without an expiry date/) as string,
    ]);
  });
});

describe("sidelines doctor", () => {
  it("ends with 3 where something has to be mended, and says so to programs too", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sidelines-doctor-"));
    await chmod(folder, 0o700);
    try {
      let out = "";
      const write = {
        out: (text: string) => {
          out += text;
        },
        err: () => undefined,
        isWatched: false,
      };
      // A folder that is there, of which no service has made a database yet: it gets one, without tables.
      expect(await runCommand(["doctor", "--data-dir", folder, "--json"], { ...write, environment: {} })).toBe(
        exitCodes.database,
      );
      const findings = JSON.parse(out) as Finding[];
      expect(findings.find(({ about, state }) => about === "tables" && state === "fault")?.says).toMatch(
        /^\d+_baseline\b.* (is|are) to be applied/,
      );
      out = "";
      expect(await runCommand(["doctor", "--database-url", database.url], { ...write, environment: {} })).toBe(
        exitCodes.done,
      );
      expect(out).toMatch(/^ok +node +Node /);
    } finally {
      await rm(folder, { recursive: true, force: true });
    }
  });
});
