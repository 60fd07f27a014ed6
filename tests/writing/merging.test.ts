import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { everyFactIsCited } from "../../src/modules/documents/documents.commands.js";
import { importPacks } from "../../src/packs/import.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { partKinds } from "../../src/packs/sections.js";
import { kindOf, linksBetween } from "../../src/writing/links.js";
import { planMerging, writeMerging } from "../../src/writing/merging.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { emptyRecord, removeFolders, soundPack, writePack } from "../support/packs.js";
import { anyDatabase } from "../support/database.js";

const doubles = `persons:
  - {slug: able-ada, name: Able Ada, nameOrder: FAMILY_FIRST, names: [{text: A. Able, language: en}], cite: [{document: page, locator: p. 9}]}
tenures:
  - {person: able-ada, office: AAA/defence-minister, since: 2019, until: 2024, hasEnded: true, note: In office., cite: [{document: page, locator: p. 9}]}
  - {person: able-ada, office: BBB/defence-minister, since: 2010, cite: [page]}
documents:
  - {key: report-again, kind: NEWS_REPORT, title: Ministers meet, publisher: The Paper, language: en, url: "https://example.org/report"}
forums:
  - {slug: forum-the, name: Forum The, acronym: TF, kind: DIALOGUE, cite: [page]}
memberships:
  - {forum: forum-the, party: AAA, role: MEMBER, since: 1995, cite: [{document: page, locator: p. 9}]}
  - {forum: forum-the, party: BBB, role: OBSERVER, cite: [page]}
milestones:
  - {key: clash, label: Clash, on: 2020, cite: [page]}
meetings:
  - slug: aaa-bbb
    title: Alpha and Beta meet
    kind: BILATERAL
    on: 2024-11-18
    format: IN_PERSON
    cite: [page]
    participants:
      - {party: AAA, person: ada-able, role: PRINCIPAL, cite: [{document: page, locator: p. 9}]}
      - {party: BBB, person: bo-baker, role: PRINCIPAL, cite: [page]}
    statusReports:
      - {status: HELD, reportedOn: 2024-11-21, cite: [page]}
    statements:
      - {key: more, speaker: bo-baker, text: More., isVerbatim: false, cite: [page]}
    commitments:
      - {key: talk, summary: They will talk., kind: DIALOGUE, status: AGREED, parties: [AAA, BBB], cite: [page]}
    firstSinceClaims:
      - {key: first, level: OFFICES, since: {milestone: clash}, cite: [page]}
  - slug: the-forum-2
    title: 2nd Forum
    kind: SESSION
    forum: forum-the
    ordinal: 2
    cite: [page]
visits:
  - {key: both, person: ada-able, meetings: [aaa-bbb, 2024-11-18-aaa-bbb], cite: [page]}
  - {key: one, person: ada-able, meetings: [aaa-bbb], cite: [page]}
states:
  - {code: BEE, name: Bee, officialName: Republic of Bee, names: [{text: Beeland, kind: ALIAS}], identifiers: {WIKIDATA: Q22}, cite: [page]}
offices:
  - {key: BEE/defence-minister, title: Defence Minister, kind: DEFENCE_MINISTER, cite: [page]}
  - {key: BEE/president, title: President, kind: HEAD_OF_STATE, cite: [page]}
`;
const later = `tenures:
  - {person: bo-baker, office: BEE/defence-minister, since: 2020, cite: [page]}
  - {person: bo-baker, office: BEE/president, since: 2022, cite: [page]}
memberships:
  - {forum: the-forum, party: BEE, role: OBSERVER, cite: [page]}
places:
  - {key: BEE/x, city: X, state: BEE}
`;

const links = linksBetween(recordKinds, partKinds);

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
beforeEach(async () => {
  await emptyRecord(database);
  await importPacks(
    database,
    [await writePack(soundPack), await writePack({ "more.yaml": doubles }), await writePack({ "later.yaml": later })],
    { acknowledge: ["LIKELY_DUPLICATE"] },
  );
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

/** Merges one record into another; gives the faults as lines, none if it is done. */
async function merge(table: string, gone: string, stays: string, { yields = false } = {}): Promise<string[]> {
  return inOneWrite(database, async (statements) => {
    const column = recordKinds.find((kind) => kind.table === table)?.keyColumn ?? "key";
    const idOf = async (key: string): Promise<{ id: string; kind: string }> => {
      const [row] = await statements.$queryRawUnsafe<{ id: string; kind: string }[]>(
        `SELECT * FROM "${table}" WHERE "${column}" = $1`,
        key,
      );
      if (row === undefined) throw new Error(`there is no ${table} ${key}`);
      return row;
    };
    const row = await idOf(gone);
    const records = { kind: kindOf(recordKinds, table, row), source: row.id, target: (await idOf(stays)).id, yields };
    const merging = await planMerging(statements, recordKinds, links, records, { file: null, path: ["input"] }, [
      everyFactIsCited,
    ]);
    if (merging.faults.length === 0) await writeMerging(statements, merging);
    return merging.faults.map(({ code, message }) => `${code}: ${message}`);
  });
}

async function rows(statement: string): Promise<unknown[]> {
  return (await database.pool.query(statement)).rows as unknown[];
}

describe("merging", () => {
  it("unites two persons: names, sources, what only one of them says, and all that refers to either", async () => {
    const [tenure] = (await rows(`SELECT "id" FROM "Tenure" WHERE "key" = 'AAA/defence-minister/able-ada'`)) as {
      id: string;
    }[];
    const [person] = (await rows(`SELECT "id" FROM "Person" WHERE "slug" = 'able-ada'`)) as { id: string }[];
    expect(await merge("Person", "able-ada", "ada-able")).toEqual([]);
    expect(await rows(`SELECT "name", "nameOrder" FROM "Person" ORDER BY 1`)).toEqual([
      { name: "Ada Able", nameOrder: "FAMILY_FIRST" },
      { name: "Bo Baker", nameOrder: null },
    ]);
    expect(
      await rows(
        `SELECT "text", "kind", "language" FROM "PersonName" n JOIN "Person" p ON p."id" = "personId" WHERE "slug" = 'ada-able' ORDER BY 1`,
      ),
    ).toEqual([
      { text: "A. Able", kind: "ALIAS", language: "en" },
      { text: "Able Ada", kind: "ALIAS", language: null },
      { text: "Ada Able", kind: "PRIMARY", language: null },
    ]);
    // The same tenure twice has become one; the other one has its key from the person who stays, and its own id.
    expect(
      await rows(
        `SELECT "key", "since", "until", "hasEnded", "note" FROM "Tenure" WHERE "key" LIKE '%ada%' ORDER BY 1`,
      ),
    ).toEqual([
      { key: "AAA/defence-minister/ada-able", since: "2019", until: "2024", hasEnded: true, note: "In office." },
      { key: "BBB/defence-minister/ada-able", since: "2010", until: null, hasEnded: null, note: null },
    ]);
    expect(
      await rows(
        `SELECT "locator" FROM "Citation" c JOIN "Tenure" t ON t."id" = c."tenureId" WHERE t."key" = 'AAA/defence-minister/ada-able' ORDER BY 1`,
      ),
    ).toEqual([{ locator: "p. 9" }, { locator: null }]);
    expect(await rows(`SELECT "id", "table", "key", "survivorKey" FROM "MergedRecord" ORDER BY "table"`)).toEqual([
      { ...person, table: "Person", key: "able-ada", survivorKey: "ada-able" },
      {
        ...tenure,
        table: "Tenure",
        key: "AAA/defence-minister/able-ada",
        survivorKey: "AAA/defence-minister/ada-able",
      },
    ]);
    expect(
      await rows(
        `SELECT "table", "kind" FROM "Change" WHERE "actNumber" = (SELECT max("number") FROM "Act") ORDER BY 1, 2`,
      ),
    ).toEqual([
      { table: "Citation", kind: "CHANGED" },
      { table: "Citation", kind: "CHANGED" },
      { table: "Person", kind: "CHANGED" },
      { table: "Person", kind: "MERGED" },
      { table: "Tenure", kind: "CHANGED" },
      { table: "Tenure", kind: "CHANGED" },
      { table: "Tenure", kind: "MERGED" },
    ]);
  });

  it("unites two meetings part by part, and leaves apart what is not the same", async () => {
    expect(await merge("Meeting", "aaa-bbb", "2024-11-18-aaa-bbb")).toEqual([]);
    expect(await rows(`SELECT "format", "status" FROM "Meeting" WHERE "slug" = '2024-11-18-aaa-bbb'`)).toEqual([
      { format: "IN_PERSON", status: "HELD" },
    ]);
    expect(
      await rows(
        `SELECT s."key", p."slug", s."isExpected", s."position" FROM "Participant" s LEFT JOIN "Person" p ON p."id" = s."personId" ORDER BY 1`,
      ),
    ).toEqual([
      { key: "2024-11-18-aaa-bbb/AAA", slug: "ada-able", isExpected: false, position: 0 },
      { key: "2024-11-18-aaa-bbb/BBB", slug: "bo-baker", isExpected: false, position: 1 },
    ]);
    expect(await rows(`SELECT "key" FROM "StatusReport" ORDER BY 1`)).toEqual([
      { key: "2024-11-18-aaa-bbb/reports/page/HELD" },
      { key: "2024-11-18-aaa-bbb/reports/report/HELD" },
    ]);
    expect(await rows(`SELECT "key", "position" FROM "Statement" ORDER BY 1`)).toEqual([
      { key: "2024-11-18-aaa-bbb/statements/agree", position: 0 },
      { key: "2024-11-18-aaa-bbb/statements/more", position: 1 },
    ]);
    expect(
      await rows(`SELECT "key" FROM "Commitment" UNION ALL SELECT "key" FROM "FirstSinceClaim" ORDER BY 1`),
    ).toEqual([{ key: "2024-11-18-aaa-bbb/commitments/talk" }, { key: "2024-11-18-aaa-bbb/first-since/first" }]);
    expect(
      await rows(
        `SELECT v."key", m."slug" FROM "VisitMeeting" x JOIN "Visit" v ON v."id" = x."visitId" JOIN "Meeting" m ON m."id" = x."meetingId" ORDER BY 1, 2`,
      ),
    ).toEqual([
      { key: "both", slug: "2024-11-18-aaa-bbb" },
      { key: "one", slug: "2024-11-18-aaa-bbb" },
    ]);
    expect(
      await rows(
        `SELECT count(*)::int AS n FROM "Citation" c JOIN "Participant" p ON p."id" = c."participantId" WHERE p."key" LIKE '%/AAA'`,
      ),
    ).toEqual([{ n: 2 }]);
  });

  it("gives what moves the key that follows, down to the tenures of an office", async () => {
    expect(await merge("Party", "BEE", "BBB")).toEqual([]);
    expect(await rows(`SELECT "name", "officialName" FROM "Party" WHERE "code" = 'BBB'`)).toEqual([
      { name: "Beta", officialName: "Republic of Bee" },
    ]);
    expect(await rows(`SELECT "text", "kind" FROM "PartyName" ORDER BY 1`)).toEqual([
      { text: "Bee", kind: "ALIAS" },
      { text: "Beeland", kind: "ALIAS" },
    ]);
    expect(await rows(`SELECT "value" FROM "PartyIdentifier"`)).toEqual([{ value: "Q22" }]);
    expect(await rows(`SELECT "key", "title" FROM "Office" WHERE "key" LIKE 'B%' ORDER BY 1`)).toEqual([
      { key: "BBB/defence-minister", title: "Defence Minister" },
      { key: "BBB/president", title: "President" },
    ]);
    expect(await rows(`SELECT "key" FROM "Tenure" WHERE "key" LIKE '%bo-baker' ORDER BY 1`)).toEqual([
      { key: "BBB/defence-minister/bo-baker" },
      { key: "BBB/president/bo-baker" },
    ]);
    expect(await rows(`SELECT "key" FROM "ForumMembership" WHERE "key" LIKE 'the-forum/%' ORDER BY 1`)).toEqual([
      { key: "the-forum/AAA/MEMBER" },
      { key: "the-forum/BBB/OBSERVER" },
    ]);
    expect(
      await rows(`SELECT s."code" FROM "Place" p JOIN "Party" s ON s."id" = p."stateId" WHERE p."key" = 'BEE/x'`),
    ).toEqual([{ code: "BBB" }]);
  });

  it("unites forums with their memberships, and moves their sessions", async () => {
    expect(await merge("Forum", "forum-the", "the-forum")).toEqual([]);
    expect(await rows(`SELECT "acronym", n."text" FROM "Forum" f JOIN "ForumName" n ON n."forumId" = f."id"`)).toEqual([
      { acronym: "TF", text: "Forum The" },
    ]);
    expect(await rows(`SELECT "key", "since" FROM "ForumMembership" ORDER BY 1`)).toEqual([
      { key: "the-forum/AAA/MEMBER", since: "1995" },
      { key: "the-forum/BBB/OBSERVER", since: null },
      { key: "the-forum/BEE/OBSERVER", since: null },
    ]);
    expect(
      await rows(
        `SELECT "ordinal" FROM "Meeting" m JOIN "Forum" f ON f."id" = m."forumId" WHERE f."slug" = 'the-forum' ORDER BY 1`,
      ),
    ).toEqual([{ ordinal: 1 }, { ordinal: 2 }]);
  });

  it("leads what went before to what stays in the end", async () => {
    expect(await merge("Place", "AAA/alpha-city", "BEE/x", { yields: true })).toEqual([]);
    await importPacks(database, [
      await writePack({ "p.yaml": "places: [{key: y, city: X, state: BEE, timeZone: Asia/Vientiane}]" }),
    ]);
    expect(await merge("Place", "BEE/x", "y")).toEqual([]);
    expect(await rows(`SELECT "key", "survivorKey" FROM "MergedRecord" ORDER BY 1`)).toEqual([
      { key: "AAA/alpha-city", survivorKey: "y" },
      { key: "BEE/x", survivorKey: "y" },
    ]);
  });

  it("moves the passages of a document with its text, checked as ever", async () => {
    expect(await merge("Document", "report", "report-again")).toEqual([]);
    expect(
      await rows(
        `SELECT "key", "url", "publishedOn", "text" IS NOT NULL AS "hasText", "sha256" IS NOT NULL AS "hasHash" FROM "Document" WHERE "key" LIKE 'report%'`,
      ),
    ).toEqual([
      {
        key: "report-again",
        url: "https://example.org/report",
        publishedOn: "2024-11-20",
        hasText: true,
        hasHash: true,
      },
    ]);
    expect(
      await rows(
        `SELECT DISTINCT d."key", count(*)::int AS n FROM "Citation" c JOIN "Document" d ON d."id" = c."documentId" WHERE "quote" IS NOT NULL GROUP BY 1`,
      ),
    ).toEqual([{ key: "report-again", n: 4 }]);
  });

  it("names what contradicts, with both values, and does nothing then", async () => {
    const before = await rows(`SELECT count(*)::int AS n FROM "Change"`);
    expect(await merge("Meeting", "the-forum-2", "the-forum-1")).toEqual([
      'CONFLICT: title of the meeting "the-forum-1" is "1st Forum" and that of "the-forum-2" is "2nd Forum"; correct one of the two first, or prefer what stays',
      'CONFLICT: forum of the meeting "the-forum-1" is "the-forum" and that of "the-forum-2" is "forum-the"; correct one of the two first, or prefer what stays',
      'CONFLICT: ordinal of the meeting "the-forum-1" is 1 and that of "the-forum-2" is 2; correct one of the two first, or prefer what stays',
    ]);
    expect(await merge("Place", "AAA/alpha-city", "BEE/x")).toEqual([
      'CONFLICT: city of the place "BEE/x" is "X" and that of "AAA/alpha-city" is "Alpha City"; correct one of the two first, or prefer what stays',
      'CONFLICT: state of the place "BEE/x" is "BEE" and that of "AAA/alpha-city" is "AAA"; correct one of the two first, or prefer what stays',
    ]);
    expect(await merge("Meeting", "2024-11-18-aaa-bbb", "the-forum-1", { yields: true })).toContain(
      'INVALID: sidelinesOf of "the-forum-1" leads back to it',
    );
    expect(await rows(`SELECT count(*)::int AS n FROM "Change"`)).toEqual(before);
  });

  it("lets what stays be right where that is wanted", async () => {
    expect(await merge("Meeting", "the-forum-2", "the-forum-1", { yields: true })).toEqual([]);
    expect(await rows(`SELECT "slug", "title", "ordinal" FROM "Meeting" WHERE "slug" LIKE 'the%'`)).toEqual([
      { slug: "the-forum-1", title: "1st Forum", ordinal: 1 },
    ]);
  });
});
