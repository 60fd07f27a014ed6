import { readdirSync, readFileSync } from "node:fs";
import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { buildSchema, findBreakingChanges } from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { listKeys } from "../../src/access/keys.js";
import { restore, type RestoreReport } from "../../src/backup/restore.js";
import { withClient } from "../../src/database/client.js";
import { diagnose } from "../../src/database/diagnose.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { catalogOf } from "../support/catalog.js";
import { createAsker } from "../support/ask.js";
import { quiet, startPostgres, testDatabase, type TestPostgres } from "../support/database.js";
import { editorOf } from "../support/editors.js";

// Of every release its contract, and a backup of a database that was worked with: seeds, a correction, a withdrawal, a draft, keys.
const here = new URL("./", import.meta.url);
const releases = readdirSync(here, { withFileTypes: true }).filter((entry) => entry.isDirectory()).map(({ name }) => name);
const fileOf = (release: string, name: string): string => new URL(`${release}/${name}`, here).pathname;
const now = readFileSync(new URL("../../schema.graphql", import.meta.url), "utf8");

/** Changes that a design asked for before 1.0; CHANGELOG.md says how to move. */
const intended = [
  "RecordForumInput.aliases changed type from [OtherNameInput!] to [ForumNameInput!].",
  "FirstSinceClaim.since changed type from SinceEvent! to SinceEvent.",
  "Commitment.meeting changed type from Meeting! to Meeting.",
  "Query.node arg knownAt was removed.",
  "Record was removed.",
  "PartyIdentifier was removed.",
  "PartyIdentifierInput was removed.",
];
/** Renamed types. */
const renamed = [
  / changed type from (\W*)PartyIdentifier(Input)?(\W*) to \1Identifier\2\3\.$/,
 / no longer implements interface Record\.$/, / changed type from (\W*)Record(\W*) to \1VersionedRecord\2\.$/];
const isIntended = (change: string): boolean => intended.includes(change) || renamed.some((form) => form.test(change));

it("finds the releases", () => {
  expect(releases).toEqual(expect.arrayContaining(["0.1.0", "0.2.0", "0.3.0"]));
});

describe.each(releases)("the contract of %s", (release) => {
  const then = readFileSync(fileOf(release, "schema.graphql"), "utf8");

  it("is kept: whatever was asked then can be asked now", () => {
    const broken = findBreakingChanges(buildSchema(then), buildSchema(now)).map(({ description }) => description);
    expect(broken.filter((change) => !isIntended(change))).toEqual([]);
  });

  it("would be seen to be broken", () => {
    const broken = now.replace(/^ {2}sidelinesOf: Meeting$/m, "  besides: Meeting");
    expect(broken).not.toBe(now);
    expect(findBreakingChanges(buildSchema(then), buildSchema(broken)).map(({ description }) => description)).toContain("Meeting.sidelinesOf was removed.");
  });
});

const kinds = ["embedded", "postgres"] as const;
describe.each(releases.flatMap((release) => kinds.map((kind) => [release, kind] as const)))("a database of %s, brought up to date, %s", (release, kind) => {
  let postgres: TestPostgres | undefined;
  let folder: string | undefined;
  let database: Database | undefined;
  let report: RestoreReport | undefined;
  beforeAll(async () => {
    const common = { poolSize: 4, statementTimeoutMs: 8_000 };
    if (kind === "embedded") {
      folder = await mkdtemp(join(tmpdir(), "sidelines-release-"));
      database = await openDatabase({ mode: "embedded", dataDir: folder, ...common }, quiet);
    } else {
      postgres = await startPostgres();
      if (postgres) database = await openDatabase({ mode: "postgres", url: await postgres.createDatabase({ empty: true }), ...common }, quiet);
    }
    if (database) report = await restore(database.url, fileOf(release, "record.backup"), declaredRecords);
  });
  afterAll(async () => {
    await database?.close();
    await postgres?.stop();
    if (folder !== undefined) await rm(folder, { recursive: true, force: true });
  });

  it("has the tables, functions, triggers and views of a new database, and has lost nothing", async ({ skip }) => {
    if (!database) return skip("this machine has no Postgres server");
    const rows = report?.rows ?? {};
    expect(rows).toMatchObject({ 'drafts."Meeting"': 1, 'public."ApiKey"': 2 });
    // The upgrade makes derived tables again, without former pairs that stand again.
    for (const [table, count] of Object.entries(rows).filter(([name]) => !name.startsWith("derived."))) {
      const { rows: found } = await database.pool.query<{ count: number }>(`SELECT count(*)::int AS count FROM ${table}`);
      expect(found[0]?.count, table).toBeGreaterThanOrEqual(count);
    }
    expect(await diagnose(database.url, declaredRecords)).toMatchObject({ pending: [], unknown: [], edited: [], drift: null, underived: [] });
    const fresh = await testDatabase(postgres ? { postgres } : {});
    const [upgraded, made] = await Promise.all([database, fresh].map(({ url }) => withClient(url, "test", catalogOf)));
    await fresh.close();
    expect(upgraded).toEqual(made);
    expect((await listKeys(database.prisma)).map(({ name }) => name).sort()).toEqual(["Release desk", "Release desk 2"]);
    const { service } = await createAsker(database).ask<{ service: { counts: object } }>("{ service { counts { meetings documents } } }");
    expect(service.counts).toEqual({ meetings: rows['public."Meeting"'], documents: rows['public."Document"'] });
  });

  it("tells what was corrected and withdrawn before, and shows drafts to editors only", async ({ skip }) => {
    if (!database) return skip("this machine has no Postgres server");
    const asker = createAsker(database);
    interface Told { readonly meeting: object; readonly corrections: { readonly nodes: readonly { readonly kind: string }[] } }
    const told = await asker.ask<Told>(`{
      meeting(slug: "2024-11-20-ind-chn-vientiane") { title version history(first: 5) { nodes { kind act { kind actor reason } } } }
      corrections { nodes { kind reason changes { nodes { kind title } } } }
    }`);
    const corrections = { nodes: told.corrections.nodes.filter(({ kind: act }) => act !== "mergeRecords") };
    expect({ ...told, corrections }).toEqual({
      meeting: {
        title: "The defence ministers of India and China meet in Vientiane",
        version: 2,
        history: {
          nodes: [
            { kind: "CHANGED", act: { kind: "correctRecord", actor: "Release desk", reason: "Say who is meant." } },
            { kind: "CREATED", act: { kind: "import", actor: "import", reason: null } },
          ],
        },
      },
      corrections: {
        nodes: [
          { kind: "withdrawRecord", reason: "Entered in error.", changes: { nodes: expect.arrayContaining([{ kind: "WITHDRAWN", title: "Entered in error" }]) as unknown[] } },
          { kind: "correctRecord", reason: "Say who is meant.", changes: { nodes: expect.arrayContaining([{ kind: "CHANGED", title: "The defence ministers of India and China meet in Vientiane" }]) as unknown[] } },
        ],
      },
    });
    const drafted = `{ meeting(slug: "2024-11-22-draft") { title } }`;
    expect(await asker.ask(drafted)).toEqual({ meeting: null });
    expect(await editorOf(database).ask(drafted)).toEqual({ meeting: { title: "A meeting that is only drafted" } });
  });

  it("answers with what was known before", async ({ skip }) => {
    if (!database) return skip("this machine has no Postgres server");
    const asker = createAsker(database);
    const { meeting } = await asker.ask<{ meeting: { history: { nodes: { act: { at: string } }[] } } }>(`{ meeting(slug: "2024-11-20-ind-chn-vientiane") { history(last: 1) { nodes { act { at } } } } }`);
    const at = meeting.history.nodes[0]?.act.at;
    expect(await asker.ask(`query ($at: DateTime!) { meeting(slug: "2024-11-20-ind-chn-vientiane", knownAt: $at) { title version } }`, { at })).toEqual({
      meeting: { title: "India and China defence ministers meet in Vientiane", version: 1 },
    });
  });

  it("follows former names", async ({ skip }) => {
    if (!database) return skip("this machine has no Postgres server");
    const { rows } = await database.pool.query<{ key: string; survivor: string }>(`SELECT "key", "survivorKey" AS survivor FROM "MergedRecord" WHERE "table" = 'Person'`);
    if (rows.length === 0) return skip(`no record was merged in ${release}`);
    for (const { key, survivor } of rows) expect(await createAsker(database).ask(`{ person(slug: "${key}") { slug } }`)).toEqual({ person: { slug: survivor } });
  });

  it("goes on being kept", async ({ skip }) => {
    if (!database) return skip("this machine has no Postgres server");
    const published = await editorOf(database).act("publishDrafts", { ids: [(await editorOf(database).ask<{ meeting: { id: string } }>(`{ meeting(slug: "2024-11-22-draft") { id } }`)).meeting.id] });
    expect(published.userErrors).toEqual([]);
    expect(await createAsker(database).ask(`{ meeting(slug: "2024-11-22-draft") { status } }`)).toEqual({ meeting: { status: "HELD" } });
  });
});
