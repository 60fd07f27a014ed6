import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import path from "node:path";
import type { Database } from "../../src/database/open.js";
import { importPacks, type ImportOptions, type ImportReport } from "../../src/packs/import.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { storedFaults } from "../../src/packs/stored.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { faultsOf, removeFolders, soundPack, writePack } from "../support/packs.js";

let database: Database;
let editor: Editor;
let sound: string;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  sound = await writePack(soundPack);
  await importPacks(database, [sound]);
});
// The history keeps decisions, so each test has its own names.
let number = 0;
beforeEach(() => {
  number += 1;
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

const second = (): string => `persons:
  - {slug: p-b${number}, name: Ada Abel, state: AAA, names: [{text: A. Abel}], cite: [page]}
tenures:
  - {person: p-b${number}, office: AAA/defence-minister, since: 2019, cite: [page]}
meetings:
  - {slug: m-b${number}, title: A meeting, kind: MULTILATERAL, on: 2024-08-01, cite: [page], participants: [{party: AAA, person: p-b${number}, office: AAA/defence-minister, role: PRINCIPAL, cite: [page]}]}
visits:
  - {key: v-b${number}, person: p-b${number}, cite: [page]}
`;

// The records that are merged later are alike on purpose.
const load = async (text: string, { acknowledge = [], ...options }: ImportOptions = {}): Promise<ImportReport> =>
  importPacks(database, [await writePack({ "p.yaml": text })], {
    acknowledge: ["LIKELY_DUPLICATE", ...acknowledge],
    ...options,
  });
const rows = async (statement: string): Promise<unknown[]> => (await database.pool.query(statement)).rows as unknown[];
const notesOf = ({ notes }: ImportReport): string[] =>
  notes.map(
    ({ kind, file, line, message }) =>
      `${kind} ${path.basename(file ?? "")}:${String(line)} ${message.replace(/ on \d{4}-\d\d-\d\d by /g, " on DAY by ")}`,
  );

async function idOf(table: string, column: string, key: string): Promise<string> {
  const [row] = (await rows(`SELECT "id" FROM "${table}" WHERE "${column}" = '${key}'`)) as { id: string }[];
  if (row === undefined) throw new Error(`there is no ${table} ${key}`);
  return row.id;
}

async function done(act: string, input: object): Promise<void> {
  expect((await editor.act(act, input)).userErrors).toEqual([]);
}

const merge = async (table: string, column: string, gone: string, into: string): Promise<void> =>
  done("mergeRecords", {
    id: await idOf(table, column, gone),
    into: await idOf(table, column, into),
    prefer: "SURVIVOR",
    reason: "the same",
  });
const withdraw = async (table: string, column: string, key: string): Promise<void> =>
  done("withdrawRecord", { id: await idOf(table, column, key), reason: "entered in error" });
const correct = async (table: string, column: string, key: string, corrections: object[]): Promise<void> =>
  done("correctRecord", { id: await idOf(table, column, key), corrections, reason: "the source errs" });

describe("an import after a merge", () => {
  it("changes nothing, and follows former names", async () => {
    await load(second());
    await merge("Person", "slug", `p-b${number}`, "ada-able");
    const dry = await load(second(), { dryRun: true });
    const again = await load(second());
    expect(again).toMatchObject({ created: 0, updated: 0 });
    expect(dry.notes.map(({ message }) => message)).toEqual(again.notes.map(({ message }) => message));
    expect(notesOf(again)).toContain(
      `FORMER_NAME p.yaml:2 "p-b${number}" is a former name of the person "ada-able", merged into it on DAY by editor: "the same"; it was followed`,
    );
    expect(notesOf(again)).toContain(
      'DECIDED p.yaml:2 name of the person "ada-able" stays "Ada Able": "Ada Abel" was replaced on DAY by editor: "the same"',
    );
    // Both at once, as one pack that knows the person under both names.
    expect(
      await importPacks(database, [sound, await writePack({ "p.yaml": second() })], {
        acknowledge: ["LIKELY_DUPLICATE"],
      }),
    ).toMatchObject({
      created: 0,
      updated: 0,
    });
  });

  it("lets another pack name the former slug, in every kind of reference", async () => {
    await load(second());
    await merge("Person", "slug", `p-b${number}`, "ada-able");
    const other = await load(
      second()
        .replaceAll("m-b", "m-c")
        .replaceAll("v-b", "v-c")
        .replace(/persons:\n.*\n/, ""),
    );
    expect(other.created).toBeGreaterThan(0);
    expect(
      await rows(
        `SELECT p."slug" FROM "Participant" s JOIN "Person" p ON p."id" = s."personId" JOIN "Meeting" m ON m."id" = s."meetingId" WHERE m."slug" = 'm-c${number}'`,
      ),
    ).toEqual([{ slug: "ada-able" }]);
    expect(
      await rows(
        `SELECT p."slug" FROM "Visit" v JOIN "Person" p ON p."id" = v."personId" WHERE v."key" = 'v-c${number}'`,
      ),
    ).toEqual([{ slug: "ada-able" }]);
    expect(other.notes.map(({ kind }) => kind)).toContain("FORMER_NAME");
    expect(await rows(`SELECT count(*)::int AS n FROM "Person" WHERE "slug" = 'p-b${number}'`)).toEqual([{ n: 0 }]);
  });

  it("follows a state down to its offices, tenures, memberships and seats", async () => {
    const state = `states: [{code: BEE, name: Bee, cite: [page]}]
offices: [{key: BEE/president, title: President, kind: HEAD_OF_STATE, cite: [page]}]
persons: [{slug: bea-bee, name: Bea Bee, state: BEE, cite: [page]}]
tenures: [{person: bea-bee, office: BEE/president, since: 2020, cite: [page]}]
memberships: [{forum: the-forum, party: BEE, role: OBSERVER, cite: [page]}]
places: [{key: BEE/x, city: X, state: BEE}]
milestones: [{key: ms, label: MS, parties: [BEE], cite: [page]}]
meetings: [{slug: m-bee, title: M, kind: MULTILATERAL, on: 2024-08-01, place: BEE/x, cite: [page], participants: [{party: BEE, person: bea-bee, office: BEE/president, role: PRINCIPAL, cite: [page]}],
  statements: [{key: s, party: BEE, text: S., isVerbatim: false, cite: [page]}], commitments: [{key: c, summary: C., kind: DIALOGUE, status: AGREED, parties: [BEE, AAA], cite: [page]}]}]
conflicts: [{key: c, field: since, about: {membership: {forum: the-forum, party: BEE, role: OBSERVER}}, claims: [{value: x, cite: [page]}]}]
`;
    await load(state);
    await merge("Party", "code", "BEE", "BBB");
    const again = await load(state);
    expect(again).toMatchObject({ created: 0, updated: 0 });
    await withdraw("Conflict", "key", "c");
    await withdraw("Milestone", "key", "ms");
    expect(await load(state)).toMatchObject({ created: 0, updated: 0 });
  });
});

describe("an import after a withdrawal", () => {
  it("leaves the record withdrawn and says by whom, when and why, in a dry run too", async () => {
    const text = "persons:\n  - {slug: p-c, name: Person C, state: AAA, cite: [page]}";
    await load(text);
    await withdraw("Person", "slug", "p-c");
    for (const dryRun of [true, false]) {
      const again = await load(text, { dryRun });
      expect(again).toMatchObject({ created: 0, updated: 0 });
      expect(notesOf(again)).toEqual([
        'WITHDRAWN p.yaml:2 the person "p-c" was withdrawn on DAY by editor: "entered in error"; it stays so, unless WITHDRAWN is acknowledged',
      ]);
    }
    expect(await faultsOf(load("visits: [{key: v, person: p-c, cite: [page]}]"))).toEqual([
      expect.stringMatching(
        /^p\.yaml:1:19: visits\[0\]\.person: the person "p-c" was withdrawn on \S+ by editor: "entered in error"; nothing can refer to it unless it is recorded again$/,
      ),
    ]);
    expect(await load(text, { acknowledge: ["WITHDRAWN"] })).toMatchObject({ created: 2 });
    expect(await load(text)).toMatchObject({ created: 0, notes: [] });
    await withdraw("Person", "slug", "p-c");
    expect(await load(`pack: {name: p, acknowledge: [WITHDRAWN]}\n${text}`)).toMatchObject({ created: 2 });
  });

  it("leaves whole meetings, seats and citations withdrawn", async () => {
    await withdraw("Participant", "key", "2024-11-18-aaa-bbb/BBB");
    expect(await importPacks(database, [sound])).toMatchObject({ created: 0, updated: 0 });
    await load(second());
    await withdraw("Meeting", "slug", `m-b${number}`);
    expect(await load(second())).toMatchObject({ created: 0, updated: 0 });
  });
});

describe("an import after a correction", () => {
  it("leaves what an editor corrected, cleared and took away", async () => {
    await load(second());
    await correct("Person", "slug", `p-b${number}`, [
      { field: "name", value: "Ada A. Abel" },
      { field: "state", value: null },
      { field: "names", value: [] },
    ]);
    await correct("Tenure", "key", `AAA/defence-minister/p-b${number}`, [{ field: "since", value: "2018" }]);
    const again = await load(second());
    expect(again).toMatchObject({ created: 0, updated: 0 });
    expect(notesOf(again)).toContain(
      `DECIDED p.yaml:2 state of the person "p-b${number}" stays empty: "AAA" was replaced on DAY by editor: "the source errs"`,
    );
    expect(notesOf(again)).toContain(
      `DECIDED p.yaml:4 since of the tenure "AAA/defence-minister/p-b${number}" stays "2018": "2019" was replaced on DAY by editor: "the source errs"`,
    );
    expect(await faultsOf(load(`persons: [{slug: p-b${number}, name: Somebody Else, cite: [page]}]`))).toEqual([
      expect.stringContaining("Somebody Else"),
    ]);
  });
});

describe("names in mutations", () => {
  const person = { name: "Ada Abel", cite: [{ document: "page" }] };

  it("a former name is never given again, and the message names the survivor", async () => {
    await load(second());
    await merge("Person", "slug", `p-b${number}`, "ada-able");
    const again = await editor.act("recordPerson", { slug: `p-b${number}`, ...person });
    expect(again.userErrors).toEqual([
      {
        code: "DUPLICATE",
        path: ["input", "slug"],
        message: expect.stringMatching(
          /^"p-b\d+" is a former name of the person "ada-able", merged into it on \S+ by editor: "the same"; a former name is never given again: choose another one, or add to "ada-able"\.$/,
        ) as string,
      },
    ]);
    const read = await editor.ask<{ person: object; persons: { nodes: object[] } }>(
      `{ person(slug: "p-b${number}") { slug } persons(first: 20) { nodes { slug } } }`,
    );
    expect(read.person).toEqual({ slug: "ada-able" });
    expect(read.persons.nodes).not.toContainEqual({ slug: `p-b${number}` });
    await done("recordVisit", { key: `v${number}`, person: `p-b${number}`, cite: [{ document: "page" }] });
  });

  it("a withdrawn name is given again only if that is acknowledged", async () => {
    await load(second().replace(/tenures[\s\S]*/, ""));
    await withdraw("Person", "slug", `p-b${number}`);
    const again = await editor.act("recordPerson", { slug: `p-b${number}`, ...person });
    expect(again.userErrors).toEqual([
      {
        code: "WITHDRAWN",
        path: ["input", "slug"],
        message: expect.stringMatching(
          /^The person "p-b\d+" was withdrawn on \S+ by editor: "entered in error"; acknowledge WITHDRAWN to record it again\.$/,
        ) as string,
      },
    ]);
    await done("recordPerson", { slug: `p-b${number}`, ...person, acknowledge: ["WITHDRAWN"] });
  });

  it("a withdrawn citation is cited again only if that is acknowledged", async () => {
    await load(second().replace(/tenures[\s\S]*/, ""));
    const quote = "On Monday the ministers met.";
    const again = { record: await idOf("Person", "slug", `p-b${number}`), cite: [{ document: "report", quote }] };
    await done("citePassage", again);
    await withdraw("Citation", "key", `Person:p-b${number}@report#0-28`);
    const refused = await editor.act("citePassage", again);
    expect(refused.userErrors).toEqual([
      {
        code: "WITHDRAWN",
        path: ["input", "cite", "0"],
        message: expect.stringMatching(
          /^The citation ".*" was withdrawn on .* acknowledge WITHDRAWN to record it again\.$/,
        ) as string,
      },
    ]);
    await done("citePassage", { ...again, acknowledge: ["WITHDRAWN"] });
  });

  it("a second seat of a party may follow one that was merged away", async () => {
    const seats = `participants: [{party: AAA, person: ada-able, role: PRINCIPAL, cite: [page]}, {party: AAA, person: p-b${number}, role: PRINCIPAL, cite: [page]}]`;
    await load(
      second()
        .replace(/tenures[\s\S]*/, "")
        .replace(
          /\n$/,
          `\nmeetings: [{slug: m-s${number}, title: M, kind: MULTILATERAL, on: 2024-08-01, cite: [page], ${seats}}]\n`,
        ),
    );
    await merge("Participant", "key", `m-s${number}/AAA/2`, `m-s${number}/AAA`);
    await done("addParticipant", {
      meeting: `m-s${number}`,
      party: "AAA",
      person: "bo-baker",
      role: "PRINCIPAL",
      cite: [{ document: "page" }],
    });
    expect(await rows(`SELECT "key" FROM "Participant" WHERE "key" LIKE 'm-s${number}/%' ORDER BY 1`)).toEqual([
      { key: `m-s${number}/AAA` },
      { key: `m-s${number}/AAA/2/2` },
    ]);
  });

  it("an identifier of another record is refused with its name", async () => {
    await load("states: [{code: CCC, name: Gamma, identifiers: {WIKIDATA: Q777}, cite: [page]}]");
    const input = {
      code: "XAA",
      name: "State A",
      identifiers: [{ scheme: "WIKIDATA", value: "Q777" }],
      cite: [{ document: "page" }],
    };
    expect((await editor.act("recordState", input)).userErrors).toMatchObject([
      { code: "CONFLICT", message: 'The WIKIDATA identifier "Q777" belongs to "CCC" (Gamma) already.' },
    ]);
  });
});

describe("names in SQL that bypasses the service", () => {
  const insert = async (table: string, row: object): Promise<unknown> =>
    database.pool.query(`INSERT INTO "${table}" SELECT * FROM jsonb_populate_record(NULL::"${table}", $1)`, [
      JSON.stringify({ ...row }),
    ]);
  const copyOf = async (table: string, key: string, row: object): Promise<object> => ({
    ...((await rows(`SELECT * FROM "${table}" WHERE "${key}" IS NOT NULL LIMIT 1`))[0] as object),
    ...row,
  });

  it("a name that was merged away is refused, for a new row and for one that changes", async () => {
    await load(second());
    const id = await idOf("Person", "slug", `p-b${number}`);
    await merge("Person", "slug", `p-b${number}`, "ada-able");
    const message = `"p-b${number}" is a former name of "ada-able"; a former name is never given again`;
    const person = await copyOf("Person", "slug", { slug: `p-b${number}` });
    await expect(insert("Person", { ...person, id: "per_aaaaaaaaaaaaaaaa" })).rejects.toThrow(message);
    await expect(insert("Person", { ...person, id })).rejects.toThrow(message);
    await expect(
      database.pool.query(`UPDATE "Person" SET "slug" = 'p-b${number}' WHERE "slug" = 'bo-baker'`),
    ).rejects.toThrow(message);
  });

  it("a name that was withdrawn is refused for another record, and may return to its own", async () => {
    await load(second().replace(/tenures[\s\S]*/, ""));
    const id = await idOf("Person", "slug", `p-b${number}`);
    await withdraw("Person", "slug", `p-b${number}`);
    const person = await copyOf("Person", "slug", { slug: `p-b${number}` });
    await expect(insert("Person", { ...person, id: "per_aaaaaaaaaaaaaaaa" })).rejects.toThrow(
      `"p-b${number}" is the name of a record that was withdrawn`,
    );
    await insert("Person", { ...person, id });
  });

  it("every table of records is guarded, and one that has a former name is listed", async () => {
    const guarded = await rows(
      `SELECT DISTINCT t.tgrelid::regclass::text AS "table" FROM pg_trigger t WHERE t.tgname = 'refuses_former_names'`,
    );
    expect(guarded).toHaveLength(new Set(recordKinds.map(({ table }) => table)).size);
    await load(second());
    await merge("Person", "slug", `p-b${number}`, "ada-able");
    const person = await copyOf("Person", "slug", { slug: `p-b${number}`, id: "per_bbbbbbbbbbbbbbbb" });
    await database.pool.query(`ALTER TABLE "Person" DISABLE TRIGGER "refuses_former_names_of_new"`);
    await insert("Person", person);
    await database.pool.query(`ALTER TABLE "Person" ENABLE TRIGGER "refuses_former_names_of_new"`);
    const faults = await storedFaults(database);
    expect(faults.map(({ message }) => message)).toEqual([
      `the person "p-b${number}" has a name that is a former name of "ada-able"; merge the two, or withdraw it`,
    ]);
    await database.pool.query(`DELETE FROM "Person" WHERE "id" = 'per_bbbbbbbbbbbbbbbb'`);
  });
});

describe("other names of parties", () => {
  const seat = (party: string) =>
    `meetings: [{slug: m${number}, title: M, kind: MULTILATERAL, on: 2024-02-01, cite: [page], participants: [{party: "${party}", role: PRINCIPAL, cite: [page]}]}]`;
  beforeEach(async () => {
    await load(
      "states: [{code: AAA, names: [{text: Land of Alpha, kind: ALIAS}], identifiers: {COW: 750, WIKIDATA: Q668}, cite: [page]}]",
    );
  });

  it.each(["AA", "aa", "aaa", "750", "q668", "Alpha", "land of alpha"])(
    "%s is resolved, and the report says to what",
    async (name) => {
      const report = await load(seat(name));
      expect(notesOf(report)).toEqual([`OTHER_NAME p.yaml:1 ${JSON.stringify(name)} means the state "AAA" (Alpha)`]);
      expect(await rows(`SELECT "key" FROM "Participant" WHERE "key" LIKE 'm${number}/%'`)).toEqual([
        { key: `m${number}/AAA` },
      ]);
      await done("addParticipant", {
        meeting: `m${number}`,
        party: "Beta",
        role: "PRINCIPAL",
        cite: [{ document: "page" }],
      });
    },
  );

  it("one that can mean several records is a fault with the candidates", async () => {
    await load("states: [{code: CCC, name: Gamma, names: [{text: Land of Alpha, kind: ALIAS}], cite: [page]}]");
    expect(await faultsOf(load(seat("Land of Alpha")))).toEqual([
      'p.yaml:1:100: meetings[0].participants[0].party: "Land of Alpha" can mean "AAA" (Alpha) or "CCC" (Gamma); write the code of the one that is meant',
    ]);
  });

  it("another name of a record is no conflict with the one that it uses", async () => {
    const report = await load("states: [{code: AAA, name: Land of Alpha, cite: [page]}]");
    expect(report).toMatchObject({ created: 0, updated: 0, notes: [{ kind: "OTHER_NAME" }] });
    expect(await faultsOf(load("states: [{code: AAA, name: Omega, cite: [page]}]"))).toHaveLength(1);
  });
});
