import { cp, mkdir, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import pg from "pg";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createMigration, diagnose } from "../../src/database/diagnose.js";
import { withSchemaEngine } from "../../src/database/engine.js";
import { openEmbedded, type Embedded } from "../../src/database/embedded/open.js";
import { migrate, MigrationError, migrationState } from "../../src/database/migrate.js";
import { prismaFolder, readDatamodel, readMigrations, readUpgrades } from "../../src/database/migrations.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { catalogOf } from "../support/catalog.js";
import { quiet, startPostgres, type TestPostgres } from "../support/database.js";

const postgres = await startPostgres();
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-migrations-"));
  await cp(join(prismaFolder, "migrations"), folder, { recursive: true });
});
afterAll(async () => {
  await postgres?.stop();
  await rm(folder, { recursive: true, force: true });
});

async function addMigration(name: string, script: string): Promise<void> {
  await mkdir(join(folder, name), { recursive: true });
  await writeFile(join(folder, name, "migration.sql"), script);
}

async function withClient<T>(url: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

describe.skipIf(!postgres)("on a Postgres server", () => {
  const server = postgres as TestPostgres;

  it("brings an empty database to the schema, once", async () => {
    const url = await server.createDatabase({ empty: true });
    const names = (await readMigrations()).map(({ name }) => name);
    expect(await migrate(url, declaredRecords)).toEqual(names);
    expect(await migrate(url, declaredRecords)).toEqual([]);
    expect(await diagnose(url, declaredRecords)).toEqual({
      applied: names,
      pending: [],
      unknown: [],
      edited: [],
      failed: [],
      drift: null,
      underived: [],
    });
  });

  it("lets several processes migrate at once", async () => {
    const url = await server.createDatabase({ empty: true });
    const applied = await Promise.all(Array.from({ length: 5 }, () => migrate(url, declaredRecords)));
    expect(applied.flat().sort()).toEqual((await readMigrations()).map(({ name }) => name));
  });

  it("keeps its history as Prisma's engine does, both ways", async () => {
    const migrations = await readMigrations();
    const filters = { externalTables: [], externalEnums: [] };
    const migrationsList = {
      baseDir: join(prismaFolder, "migrations"),
      lockfile: {
        path: "migration_lock.toml",
        content: await readFile(join(prismaFolder, "migrations", "migration_lock.toml"), "utf8"),
      },
      shadowDbInitScript: "",
      migrationDirectories: migrations.map(({ name, script }) => ({
        path: name,
        migrationFile: { path: "migration.sql", content: { tag: "ok" as const, value: script } },
      })),
    };
    const ours = await server.createDatabase();
    await withSchemaEngine(ours, await readDatamodel(), async (engine) => {
      expect(await engine.diagnoseMigrationHistory({ migrationsList, optInToShadowDatabase: false, filters })).toEqual({
        editedMigrationNames: [],
        failedMigrationNames: [],
        hasMigrationsTable: true,
        history: null,
      });
      expect(await engine.applyMigrations({ migrationsList, filters })).toEqual({ appliedMigrationNames: [] });
    });

    const theirs = await server.createDatabase({ empty: true });
    await withSchemaEngine(theirs, await readDatamodel(), (engine) =>
      engine.applyMigrations({ migrationsList, filters }),
    );
    expect(await migrate(theirs, declaredRecords)).toEqual([]);
    expect(await diagnose(theirs, declaredRecords)).toMatchObject({
      applied: migrations.map(({ name }) => name),
      edited: [],
      drift: null,
    });
  });

  it("reports tables that are no longer those of the schema", async () => {
    const url = await server.createDatabase();
    await withClient(url, (client) =>
      client.query(`SELECT "dropStandpoints"(); ALTER TABLE "Person" DROP COLUMN "name", ADD COLUMN "nick" text`),
    );
    const { drift } = await diagnose(url, declaredRecords);
    expect(drift).toContain("Person");
    expect(drift).toContain("nick");
  });

  it("says which part of history does not agree", async () => {
    const url = await server.createDatabase();
    const [first] = await readMigrations();
    await withClient(url, async (client) => {
      await client.query(`UPDATE "_prisma_migrations" SET "checksum" = 'another' WHERE "migration_name" = $1`, [
        first?.name,
      ]);
      await client.query(`INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at")
        VALUES ('1', 'x', '29990101000000_from_the_future', now())`);
    });
    const state = await migrationState(url);
    expect(state.edited).toEqual([first?.name]);
    expect(state.unknown).toEqual(["29990101000000_from_the_future"]);
    await expect(migrate(url, declaredRecords)).rejects.toThrow(/does not know \(29990101000000_from_the_future\)/);
  });

  it("keeps nothing of a migration that fails half-way, and goes on once it is mended", async () => {
    const url = await server.createDatabase();
    await addMigration(
      "29990101000000_broken",
      `CREATE TABLE "Half" ("id" text);\n\nALTER TABLE "Absent" ADD "x" text;\n`,
    );
    const failure = migrate(url, declaredRecords, { folder });
    await expect(failure).rejects.toThrow(MigrationError);
    await expect(failure).rejects.toThrow(
      /29990101000000_broken failed .*relation "Absent" does not exist.*the migration was rolled back, and the database is unchanged/,
    );
    await withClient(url, async (client) => {
      const { rows } = await client.query(
        `SELECT to_regclass('"Half"') AS half, (SELECT count(*)::int FROM "Party") AS parties`,
      );
      expect(rows).toEqual([{ half: null, parties: 0 }]);
    });
    expect((await migrationState(url, folder)).pending).toEqual(["29990101000000_broken"]);

    await addMigration("29990101000000_broken", `CREATE TABLE "Half" ("id" text);\n`);
    expect(await migrate(url, declaredRecords, { folder })).toEqual(["29990101000000_broken"]);
    await rm(join(folder, "29990101000000_broken"), { recursive: true });
  });

  it("names the line where a script is wrong", async () => {
    const url = await server.createDatabase();
    await addMigration("29990101000000_typo", `SELECT 1;\nSELECT 2;\nCREATE TABEL "Wrong" ();\n`);
    await expect(migrate(url, declaredRecords, { folder })).rejects.toThrow(
      /migration\.sql:3: syntax error at or near "TABEL"/,
    );
    await rm(join(folder, "29990101000000_typo"), { recursive: true });
  });

  it("does not go over a migration that another tool left unfinished", async () => {
    const url = await server.createDatabase({ empty: true });
    await migrate(url, declaredRecords);
    await withClient(url, (client) => client.query(`UPDATE "_prisma_migrations" SET "finished_at" = NULL`));
    await expect(migrate(url, declaredRecords)).rejects.toThrow(/did not finish.*prisma migrate resolve/);
  });

  it("refuses a database that is not in UTF8", async () => {
    const url = await server.createDatabase({ empty: true });
    const other = new URL(url);
    other.pathname = "/latin";
    await withClient(url, (client) =>
      client.query(`CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE 'C'`),
    );
    await expect(migrate(other.href, declaredRecords)).rejects.toThrow(/encoded in LATIN1/);
  });

  it("works in a schema that is not public, also after the search path is gone", async () => {
    const url = await server.createDatabase({ empty: true });
    await withClient(url, (client) => client.query("CREATE SCHEMA record"));
    const inRecord = `${url}?options=-c%20search_path%3Drecord`;
    await migrate(inRecord, declaredRecords);
    await withClient(url, async (client) => {
      await client.query(
        `INSERT INTO record."Party" ("id", "kind", "code", "name") VALUES ('sta_1', 'STATE', 'IND', 'India')`,
      );
      await client.query(`INSERT INTO record."Meeting" ("id", "slug", "title", "kind", "on", "onEarliest", "onLatest")
        VALUES ('mtg_1', 'm', 'M', 'BILATERAL', '2024', '2024-01-01', '2024-12-31')`);
      await client.query(
        `INSERT INTO record."StatusReport" ("id", "key", "meetingId", "status") VALUES ('rep_1', 'r', 'mtg_1', 'HELD')`,
      );
      const { rows } = await client.query(
        `SELECT "status", (SELECT "version"::int FROM record."RecordVersion") AS version FROM record."Meeting"`,
      );
      expect(rows).toEqual([{ status: "HELD", version: 3 }]);
    });
  });
});

describe("in the embedded database", () => {
  let embedded: Embedded;
  beforeAll(async () => {
    embedded = await openEmbedded({ dataDir: undefined, log: quiet });
  });
  afterAll(() => embedded.close());

  it("lets several processes migrate at once, and schema and migrations agree", async () => {
    const applied = await Promise.all(Array.from({ length: 3 }, () => migrate(embedded.url, declaredRecords)));
    expect(applied.flat().sort()).toEqual((await readMigrations()).map(({ name }) => name));
    expect((await diagnose(embedded.url, declaredRecords)).drift).toBeNull();
  });

  it("keeps nothing of a migration that fails half-way", async () => {
    await addMigration(
      "29990101000000_broken",
      `CREATE TABLE "Half" ("id" text);\nALTER TABLE "Absent" ADD "x" text;\n`,
    );
    await expect(migrate(embedded.url, declaredRecords, { folder })).rejects.toThrow(/29990101000000_broken failed/);
    await withClient(embedded.url, async (client) => {
      const { rows } = await client.query(`SELECT to_regclass('"Half"') AS half`);
      expect(rows).toEqual([{ half: null }]);
    });
    await rm(join(folder, "29990101000000_broken"), { recursive: true });
  });
});

describe.skipIf(!postgres)("a database of an earlier version", () => {
  const server = postgres as TestPostgres;

  // Every commit since the first release may have been a database's version.
  it("comes to the same tables, functions, triggers and views from each step", async () => {
    const fresh = await withClient(await server.createDatabase(), catalogOf);
    expect(fresh.length).toBeGreaterThan(4_000);
    const upgrades = (await readUpgrades()).map(({ name }) => name);
    const baseline = (await readMigrations()).map(({ name }) => name);
    for (const length of [1, 8, 16, 24, 29, 30, 32, 34, 36, 38, 40, upgrades.length]) {
      const url = await server.createDatabase({ empty: true });
      const names = upgrades.slice(0, length);
      await migrate(url, declaredRecords, { only: new Set(names) });
      expect((await migrationState(url)).pending).toEqual([...upgrades.slice(length), ...baseline]);
      expect(await migrate(url, declaredRecords)).toEqual([...upgrades.slice(length), ...baseline]);
      expect(await withClient(url, catalogOf), names.at(-1)).toEqual(fresh);
      // The steps that led there are no longer listed.
      expect(await migrationState(url)).toMatchObject({ applied: baseline, pending: [], unknown: [], edited: [] });
    }
  });
});

describe("a data folder from before a migration", () => {
  it("is found through by search, in what it held before as well", async () => {
    const dataDir = await mkdtemp(join(tmpdir(), "sidelines-old-"));
    const names = (await readUpgrades()).map(({ name }) => name).filter((name) => name < "20261125050000");
    const open = () => openEmbedded({ dataDir, log: quiet });
    const before = await open();
    await migrate(before.url, declaredRecords, { only: new Set(names) });
    await withClient(before.url, (client) =>
      client.query(`INSERT INTO "Person" ("id", "slug", "name") VALUES ('per_1', 'p', 'Gen Nakatani')`),
    );
    await before.close();
    const after = await open();
    await migrate(after.url, declaredRecords);
    await withClient(after.url, async (client) => {
      for (const asked of ["nakatani", "nakatnai"]) {
        const { rows } = await client.query(`SELECT "id" FROM search."found"($1, '{PERSON}')`, [asked]);
        expect(rows, asked).toEqual([{ id: "per_1" }]);
      }
    });
    await after.close();
    await rm(dataDir, { recursive: true });
  });
});

describe("a new migration", () => {
  it("is not written when the migrations lead to the schema", async () => {
    expect(await createMigration("nothing", { log: quiet, folder })).toBeNull();
  });

  it("holds what the schema has beyond the migrations", async () => {
    const datamodel = `${await readDatamodel()}\nmodel Extra {\n  id String @id\n}\n`;
    const now = new Date("2999-01-02T03:04:05Z");
    const path = await createMigration("Add extra things!", { log: quiet, folder, datamodel, now });
    expect(path).toBe(join(folder, "29990102030405_add_extra_things", "migration.sql"));
    const script = await readFile(path as string, "utf8");
    expect(script).toMatch(/CREATE TABLE "Extra"/);
    expect(script).not.toMatch(/DROP|ALTER/);
    expect(await readdir(folder)).toContain("29990102030405_add_extra_things");
    await rm(join(folder, "29990102030405_add_extra_things"), { recursive: true });
  });

  it("needs a name", async () => {
    await expect(createMigration("--", { log: quiet, folder })).rejects.toThrow(/needs a name/);
  });

  it("needs a checkout of the sources that can be written to", async () => {
    const fault = createMigration("x", { log: quiet, folder: join(folder, "none") });
    await expect(fault).rejects.toMatchObject({
      name: "CreateMigrationError",
      message: expect.stringMatching(/none is not there to be written to: .*checkout/) as string,
    });
  });
});
