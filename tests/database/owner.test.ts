import { createHash } from "node:crypto";
import { cp, mkdtemp, readdir, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { restore } from "../../src/backup/restore.js";
import { withClient } from "../../src/database/client.js";
import { diagnose } from "../../src/database/diagnose.js";
import { migrate } from "../../src/database/migrate.js";
import { prismaFolder, readUpgrades } from "../../src/database/migrations.js";
import { readVersion } from "../../src/lib/root.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { startPostgres } from "../support/database.js";

const postgres = await startPostgres();
const owner = "record_owner";
const releases = new URL("../releases/", import.meta.url);
afterAll(async () => postgres?.stop());

const run = <T extends object>(url: string, statement: string): Promise<T[]> =>
  withClient(url, "sidelines test", async (client) => {
    const results: unknown = await client.query<T>(statement);
    return [results].flat().flatMap((result) => (result as { rows: T[] }).rows);
  });

/** An empty database of a role that is no superuser. */
async function ownedDatabase(name: string): Promise<string> {
  const admin = postgres?.url as string;
  await run(admin, `CREATE DATABASE ${name} OWNER ${owner} TEMPLATE template0`);
  return Object.assign(new URL(admin), { username: owner, pathname: `/${name}` }).href;
}

/** A record is created, its history is kept, and nothing of that can be rewritten. */
async function keepsHistory(url: string): Promise<void> {
  await run(url, `INSERT INTO "Place" ("id", "key", "city") VALUES ('plc_owned', 'owned', 'Owned')`);
  await run(url, `UPDATE "Place" SET "city" = 'Owned again' WHERE "id" = 'plc_owned'`);
  expect(await run(url, `SELECT "city" FROM past."Place" WHERE "id" = 'plc_owned' ORDER BY "recordedFrom"`)).toEqual([
    { city: "Owned" },
    { city: "Owned again" },
  ]);
  await expect(run(url, `DELETE FROM past."Place"`)).rejects.toThrow(/the history of the record is kept/);
  await expect(run(url, `UPDATE "Act" SET "actor" = 'another'`)).rejects.toThrow(/the history of the record is kept/);
}

describe.skipIf(!postgres)("an owner of a database that is no superuser", () => {
  beforeAll(() => run(postgres?.url as string, `CREATE ROLE ${owner} LOGIN NOSUPERUSER`));

  it("migrates it from empty", async () => {
    const url = await ownedDatabase("owned_empty");
    expect((await migrate(url, declaredRecords)).length).toBeGreaterThan(0);
    expect(await diagnose(url, declaredRecords)).toMatchObject({ pending: [], edited: [], drift: null, underived: [] });
    await keepsHistory(url);
  });

  it("migrates it from each release", async () => {
    const names = (await readdir(releases, { withFileTypes: true }))
      .filter((entry) => entry.isDirectory())
      .map((entry) => entry.name);
    expect(names).toContain("0.1.0");
    for (const name of names) {
      const url = await ownedDatabase(`owned_${name.replaceAll(".", "_")}`);
      const { migrated } = await restore(url, new URL(`${name}/record.backup`, releases).pathname, declaredRecords);
      // The latest release has no migrations after it until the first one is added.
      if (name !== readVersion()) expect(migrated.length).toBeGreaterThan(0);
      expect(await diagnose(url, declaredRecords)).toMatchObject({
        pending: [],
        edited: [],
        drift: null,
        underived: [],
      });
      await keepsHistory(url);
    }
  });

  it("goes on with one that a superuser migrated before by the released texts", async () => {
    const folder = await mkdtemp(join(tmpdir(), "sidelines-released-"));
    await cp(join(prismaFolder, "upgrades"), folder, { recursive: true });
    const file = join(folder, "20261124000000_history", "migration.sql");
    const released = (await readFile(file, "utf8"))
      .replaceAll(
        `SET search_path = {record}, "sidelines.keeping"`,
        `SET search_path = {record} SET sidelines.keeping = 'on'`,
      )
      .replace(
        `NOT current_setting('search_path') LIKE '%, "sidelines.keeping"'`,
        `current_setting('sidelines.keeping', true) IS DISTINCT FROM 'on'`,
      )
      .replace(
        /-- What was kept is not rewritten[^]*?under way\.\n/,
        "-- What was kept is not rewritten. The functions that keep it carry the setting; what an act changed is worked out anew\n-- only while that act is under way.\n",
      );
    await writeFile(file, released);
    const history = (await readUpgrades()).find(({ name }) => name === "20261124000000_history");
    expect(history?.formerChecksums).toContain(createHash("sha256").update(released).digest("hex"));
    const before = new Set((await readUpgrades(folder)).map(({ name }) => name).filter((name) => name < "20261130"));
    const url = await ownedDatabase("owned_upgraded");
    const bySuperuser = Object.assign(new URL(url), { username: "postgres" }).href;
    await migrate(bySuperuser, declaredRecords, { upgrades: folder, only: before });
    await rm(folder, { recursive: true, force: true });
    // The tables change hands, as they do where a provider takes a database over.
    await run(
      bySuperuser,
      `DO $$ DECLARE thing text; BEGIN
      FOR thing IN SELECT format('ALTER %s %s OWNER TO ${owner}', CASE c.relkind WHEN 'v' THEN 'VIEW' WHEN 'S' THEN 'SEQUENCE' ELSE 'TABLE' END, c.oid::regclass)
        FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace WHERE n.nspname IN ('public', 'past', 'known', 'drafts', 'editing', 'derived', 'search')
        AND c.relkind IN ('r', 'v', 'S', 'p') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = c.oid AND d.deptype IN ('e', 'i', 'a') AND d.classid = 'pg_class'::regclass)
      LOOP EXECUTE thing; END LOOP;
      FOR thing IN SELECT format('ALTER FUNCTION %s OWNER TO ${owner}', p.oid::regprocedure) FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace
        WHERE n.nspname IN ('public', 'past', 'known', 'drafts', 'editing', 'derived', 'search') AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.objid = p.oid AND d.deptype = 'e')
      LOOP EXECUTE thing; END LOOP;
      FOR thing IN SELECT format('ALTER SCHEMA %I OWNER TO ${owner}', n.nspname) FROM pg_namespace n WHERE n.nspname IN ('past', 'known', 'drafts', 'editing', 'derived', 'search')
      LOOP EXECUTE thing; END LOOP;
      FOR thing IN SELECT format('ALTER TYPE %s OWNER TO ${owner}', t.oid::regtype) FROM pg_type t WHERE t.typnamespace = 'public'::regnamespace AND t.typtype = 'e'
      LOOP EXECUTE thing; END LOOP;
    END $$`,
    );
    expect(await migrate(url, declaredRecords)).toContain("20261130020000_keeping");
    expect(await diagnose(url, declaredRecords)).toMatchObject({ pending: [], edited: [], drift: null, underived: [] });
    expect(await run(url, `SELECT FROM pg_proc WHERE proconfig::text LIKE '%keeping=%'`)).toEqual([]);
    await keepsHistory(url);
  });
});
