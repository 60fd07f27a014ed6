import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import type { Place } from "../../src/lib/faults.js";
import { addCitations, everyFactIsCited } from "../../src/modules/documents/documents.commands.js";
import { importPack, importPacks } from "../../src/packs/import.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { packSections } from "../../src/packs/sections.js";
import { addCorrection, placeInCorrections, type CorrectedField } from "../../src/writing/corrections.js";
import { newChangeSet } from "../../src/writing/change.set.js";
import { planChanges } from "../../src/writing/planning/planner.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { writePlan } from "../../src/writing/write.js";
import { emptyRecord, removeFolders, soundPack, writePack } from "../support/packs.js";
import { anyDatabase } from "../support/database.js";
import { citationShape, citationsInput } from "../../src/modules/citations.js";

const more = `states:
  - {code: AAA, names: [{text: Alphaland, kind: ALIAS}], identifiers: {COW: "10", WIKIDATA: Q10}}
persons:
  - {slug: ada-able, names: [{text: A. Able}]}
milestones:
  - {key: clash, label: Clash, on: 2020, parties: [AAA, BBB], cite: [page]}
conflicts:
  - key: day
    field: on
    about: {meeting: 2024-11-18-aaa-bbb}
    claims:
      - {value: "18", cite: [page]}
`;

const place: Place = { file: null, path: ["input", "corrections"] };

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
async function load(): Promise<void> {
  await emptyRecord(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "more.yaml": more })]);
}
afterAll(async () => {
  await removeFolders();
  await database.close();
});

/** Corrects the record with this key; gives the faults as lines, none if it was written. */
async function correct(
  table: string,
  key: string,
  corrections: Readonly<Record<string, unknown>>,
  cite?: readonly string[],
): Promise<string[]> {
  const list: CorrectedField[] = Object.entries(corrections).map(([field, value]) => ({ field, value }));
  const sections = packSections.flatMap((section) => [section, ...(section.parts ?? [])]);
  return inOneWrite(database, async (statements) => {
    const kinds = recordKinds.filter((kind) => kind.table === table);
    const column = kinds[0]?.keyColumn ?? "key";
    const [row] = await statements.$queryRawUnsafe<{ id: string; kind?: string }[]>(
      `SELECT * FROM "${table}" WHERE "${column}" = $1`,
      key,
    );
    const kind = kinds.find(({ fixed }) => fixed === undefined || fixed["kind"] === row?.kind);
    const shape = table === "Citation" ? citationShape : sections.find((section) => section.kind === kind)?.shape;
    if (row === undefined || kind === undefined || shape === undefined) throw new Error(`there is no ${table} ${key}`);
    const changeSet = newChangeSet();
    const desired = addCorrection(changeSet, { kind, shape, id: row.id, key }, list, place);
    if (desired !== undefined) addCitations(changeSet, desired, citationsInput.parse(cite));
    const plan = await planChanges(statements, recordKinds, changeSet, [everyFactIsCited]);
    if (plan.faults.length === 0) await writePlan(statements, plan);
    return plan.faults.map(
      (fault) =>
        `${fault.code} ${placeInCorrections(fault.place, place, list).path.slice(1).join(".")}: ${fault.message}`,
    );
  });
}

async function rows(statement: string): Promise<unknown[]> {
  return (await database.pool.query(statement)).rows as unknown[];
}

describe("a correction", () => {
  beforeEach(load);

  it("puts what is given in the place of what the record says, and leaves everything else", async () => {
    expect(await correct("Meeting", "2024-11-18-aaa-bbb", { title: "They meet", on: "2024-11", place: null })).toEqual(
      [],
    );
    expect(
      await rows(
        `SELECT "title", "on", "onEarliest"::text, "onLatest"::text, "placeId", "kind" FROM "Meeting" WHERE "slug" = '2024-11-18-aaa-bbb'`,
      ),
    ).toEqual([
      {
        title: "They meet",
        on: "2024-11",
        onEarliest: "2024-11-01",
        onLatest: "2024-11-30",
        placeId: null,
        kind: "BILATERAL",
      },
    ]);
    expect(await rows(`SELECT DISTINCT "meetingLatest"::text FROM "Participant"`)).toEqual([
      { meetingLatest: "2024-11-30" },
    ]);
  });

  it("turns back what time would not, and replaces words", async () => {
    expect(
      await correct("Participant", "2024-11-18-aaa-bbb/AAA", { isExpected: true, person: null, office: null }),
    ).toEqual([]);
    expect(
      await rows(
        `SELECT "isExpected", "personId", "officeId" FROM "Participant" WHERE "key" = '2024-11-18-aaa-bbb/AAA'`,
      ),
    ).toEqual([{ isExpected: true, personId: null, officeId: null }]);
    expect(await correct("Statement", "2024-11-18-aaa-bbb/statements/agree", { topics: ["trade", "peace"] })).toEqual(
      [],
    );
    expect(
      await correct("Statement", "2024-11-18-aaa-bbb/statements/agree", { topics: ["peace"], speaker: "bo-baker" }),
    ).toEqual([]);
    expect(await rows(`SELECT "topics", p."slug" FROM "Statement" s JOIN "Person" p ON p."id" = s."personId"`)).toEqual(
      [{ topics: ["peace"], slug: "bo-baker" }],
    );
  });

  it("reaches names, identifiers and parties", async () => {
    expect(await correct("Person", "ada-able", { name: "Ada Abel" })).toEqual([]);
    expect(
      await rows(
        `SELECT "text", "kind" FROM "PersonName" JOIN "Person" p ON p."id" = "personId" WHERE "slug" = 'ada-able' ORDER BY 1`,
      ),
    ).toEqual([
      { text: "A. Able", kind: "ALIAS" },
      { text: "Ada Abel", kind: "PRIMARY" },
    ]);
    expect(await correct("Person", "ada-able", { names: [{ text: "Ada", language: "en" }] })).toEqual([]);
    expect(
      await rows(
        `SELECT "text", "kind", "language" FROM "PersonName" JOIN "Person" p ON p."id" = "personId" WHERE "slug" = 'ada-able' ORDER BY 1`,
      ),
    ).toEqual([
      { text: "Ada", kind: "ALIAS", language: "en" },
      { text: "Ada Abel", kind: "PRIMARY", language: null },
    ]);
    expect(await correct("Party", "AAA", { "identifiers.COW": "11", names: null })).toEqual([]);
    expect(await rows(`SELECT "scheme", "value" FROM "PartyIdentifier" ORDER BY 1`)).toEqual([
      { scheme: "COW", value: "11" },
      { scheme: "WIKIDATA", value: "Q10" },
    ]);
    expect(await rows(`SELECT * FROM "PartyName"`)).toEqual([]);
    expect(await correct("Milestone", "clash", { parties: ["BBB"] })).toEqual([]);
    expect(await rows(`SELECT "code" FROM "MilestoneParty" JOIN "Party" p ON p."id" = "partyId"`)).toEqual([
      { code: "BBB" },
    ]);
  });

  it("gives a record the key that says what it is now, under the id it has", async () => {
    const [before] = await rows(`SELECT "id" FROM "ForumMembership"`);
    expect(await correct("ForumMembership", "the-forum/AAA/MEMBER", { role: "OBSERVER", party: "BBB" })).toEqual([]);
    expect(await rows(`SELECT "id", "key", "role" FROM "ForumMembership"`)).toEqual([
      { ...(before as object), key: "the-forum/BBB/OBSERVER", role: "OBSERVER" },
    ]);
    // The key is free again, and what gets it is another record.
    await importPack(
      database,
      await writePack({ "z.yaml": "memberships: [{forum: the-forum, party: AAA, role: MEMBER, cite: [page]}]" }),
    );
    expect(await rows(`SELECT "key" FROM "ForumMembership" ORDER BY 1`)).toEqual([
      { key: "the-forum/AAA/MEMBER" },
      { key: "the-forum/BBB/OBSERVER" },
    ]);
  });

  it("moves the passage of a citation, checked as ever", async () => {
    const [{ key }] = (await rows(`SELECT "key" FROM "Citation" WHERE "statementId" IS NOT NULL`)) as [{ key: string }];
    expect(
      await correct("Citation", key, { quote: "The ministers met again on Tuesday 🤝", attributedTo: null }),
    ).toEqual([]);
    expect(
      await rows(
        `SELECT "quote", "start", "end", "attributedTo", "key" FROM "Citation" WHERE "statementId" IS NOT NULL`,
      ),
    ).toEqual([
      {
        quote: "The ministers met again on Tuesday 🤝",
        start: 52,
        end: 88,
        attributedTo: null,
        key: "Statement:2024-11-18-aaa-bbb/statements/agree@report#52-88",
      },
    ]);
    const key2 = "Statement:2024-11-18-aaa-bbb/statements/agree@report#52-88";
    expect(await correct("Citation", key2, { quote: "The ministers met again on Wednesday" })).toEqual([
      expect.stringMatching(
        /^MISQUOTED corrections\.0\.value: the quote is not in "report" letter by letter; the nearest passage, at 52, is "The ministers met again on Tuesday/,
      ),
    ]);
    expect(await correct("Citation", key2, { document: "page", quote: null, locator: "p. 3" })).toEqual([]);
    expect(await rows(`SELECT "quote", "start", "locator" FROM "Citation" WHERE "statementId" IS NOT NULL`)).toEqual([
      { quote: null, start: null, locator: "p. 3" },
    ]);
  });

  it("takes sources along", async () => {
    expect(await correct("Meeting", "2024-11-18-aaa-bbb", { note: "So it was." }, ["page"])).toEqual([]);
    expect(
      await rows(
        `SELECT count(*)::int AS n FROM "Citation" c JOIN "Meeting" m ON m."id" = c."meetingId" WHERE m."slug" = '2024-11-18-aaa-bbb'`,
      ),
    ).toEqual([{ n: 2 }]);
  });

  it("chooses another thing that a conflict is about", async () => {
    expect(await correct("Conflict", "day", { about: { forum: "the-forum" } })).toEqual([]);
    expect(await rows(`SELECT "meetingId", "forumId" IS NOT NULL AS "isForum" FROM "Conflict"`)).toEqual([
      { meetingId: null, isForum: true },
    ]);
    expect(
      await correct("Conflict", "day", {
        "about.forum": null,
        "about.membership": { forum: "the-forum", party: "AAA", role: "MEMBER" },
      }),
    ).toEqual([]);
    expect(await rows(`SELECT "forumId", "membershipId" IS NOT NULL AS "isMembership" FROM "Conflict"`)).toEqual([
      { forumId: null, isMembership: true },
    ]);
  });
});

describe("a correction", () => {
  beforeAll(load);

  it.each<[what: string, table: string, key: string, corrections: Readonly<Record<string, unknown>>, faults: string[]]>(
    [
      [
        "clears what is needed",
        "Meeting",
        "the-forum-1",
        { title: null },
        ['MISSING corrections.0.value: a meeting needs title, so "the-forum-1" cannot be without it'],
      ],
      [
        "names nothing",
        "Meeting",
        "the-forum-1",
        {},
        ["MISSING corrections: corrections names no field; say what is to be corrected"],
      ],
      [
        "names what is not known",
        "Meeting",
        "the-forum-1",
        { titel: "X", ordnial: null },
        [
          'INVALID corrections.0.value: "titel" is not known here; did you mean "title"?',
          'INVALID corrections.1.value: "ordnial" is not known here; did you mean "ordinal"?',
        ],
      ],
      [
        "renames",
        "Meeting",
        "the-forum-1",
        { slug: "x" },
        [
          'INVALID corrections.0.field: slug is the name of the meeting "the-forum-1", under which everybody knows it, and stays',
        ],
      ],
      [
        "reaches into other records",
        "Meeting",
        "the-forum-1",
        { participants: [] },
        ["INVALID corrections.0.field: participants are records of their own; correct the one that is meant"],
      ],
      [
        "takes sources away",
        "Meeting",
        "the-forum-1",
        { cite: null },
        [
          "INVALID corrections.0.field: sources are not corrected as a field: cite adds one, and a citation is withdrawn or corrected on its own",
        ],
      ],
      [
        "corrects a thing twice",
        "Conflict",
        "day",
        { about: { forum: "the-forum" }, "about.meeting": null },
        ["DUPLICATE corrections.1.field: about.meeting is corrected twice"],
      ],
      [
        "breaks several rules at once",
        "Meeting",
        "the-forum-1",
        { on: "2024-13", forum: "the-from", kind: "TEA" },
        [
          'INVALID corrections.2.value: "TEA" is none of SESSION, MULTILATERAL, TRILATERAL, BILATERAL',
          'INVALID corrections.0.value: "2024-13" is no date: there is no month 13',
          'NOT_FOUND corrections.1.value: there is no forum "the-from", neither given here nor in the record; did you mean "the-forum"?',
        ],
      ],
      [
        "refers to nothing",
        "Meeting",
        "the-forum-1",
        { forum: "the-from" },
        [
          'NOT_FOUND corrections.0.value: there is no forum "the-from", neither given here nor in the record; did you mean "the-forum"?',
        ],
      ],
      [
        "breaks a rule of the record",
        "Meeting",
        "the-forum-1",
        { forum: null },
        [
          'MISSING corrections: the session "the-forum-1" needs the forum whose session it is',
          "INVALID corrections: only a sitting of a forum or series is counted; give its forum",
        ],
      ],
      [
        "leads back to itself",
        "Meeting",
        "the-forum-1",
        { sidelinesOf: "2024-11-18-aaa-bbb" },
        ['INVALID corrections.0.value: sidelinesOf of "the-forum-1" leads back to it'],
      ],
      [
        "breaks a rule of siblings",
        "Participant",
        "2024-11-18-aaa-bbb/BBB",
        { office: "AAA/defence-minister" },
        ['INVALID corrections.0.value: the office "AAA/defence-minister" does not belong to BBB'],
      ],
      [
        "takes what is another's",
        "Party",
        "BBB",
        { alpha2: "AA" },
        ['CONFLICT corrections.0.value: the alpha-2 code "AA" belongs to "AAA" (Alpha) already'],
      ],
      [
        "gives an office away",
        "Office",
        "AAA/defence-minister",
        { party: "BBB" },
        [
          'INVALID corrections.0.value: party says which office "AAA/defence-minister" is, so it is not corrected; withdraw it and record the right one',
        ],
      ],
      [
        "ends before it began",
        "Tenure",
        "AAA/defence-minister/ada-able",
        { until: "2018" },
        [
          "INVALID corrections.0.value: until is 2018, but hasEnded does not say so; give hasEnded: true",
          "INVALID corrections.0.value: until is 2018, which is before since, 2019",
        ],
      ],
    ],
  )("that %s is refused and changes nothing", async (_what, table, key, corrections, faults) => {
    const before = await rows(`SELECT "version" FROM "RecordVersion"`);
    expect(await correct(table, key, corrections)).toEqual(faults);
    expect(await rows(`SELECT "version" FROM "RecordVersion"`)).toEqual(before);
  });
});
