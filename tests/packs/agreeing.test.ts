import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { importPack } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { emptyRecord, faultsOf, removeFolders, soundPack, writePack } from "../support/packs.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

const load = (text: string) => writePack({ "p.yaml": text }).then((folder) => importPack(database, folder));
const loadSound = () => writePack(soundPack).then((folder) => importPack(database, folder));
const rows = async (statement: string): Promise<unknown[]> => (await database.pool.query(statement)).rows as unknown[];

describe("dates that contain each other", () => {
  it("the more precise one stands, whichever comes first, and both sources are cited", async () => {
    await loadSound();
    await load(`documents: [{key: other, kind: NEWS_REPORT, title: Other, publisher: Other, language: en, publishedOn: 2024-11-20, url: https://example.org/o}]
tenures:
  - {person: ada-able, office: AAA/defence-minister, since: 2019-05-03, cite: [other]}
meetings:
  - {slug: 2024-11-18-aaa-bbb, on: 2024-11, cite: [other]}`);
    expect(await rows(`SELECT "since", "sinceEarliest"::text FROM "Tenure"`)).toEqual([
      { since: "2019-05-03", sinceEarliest: "2019-05-03" },
    ]);
    expect(await rows(`SELECT "on" FROM "Meeting" WHERE "slug" = '2024-11-18-aaa-bbb'`)).toEqual([
      { on: "2024-11-18" },
    ]);
    expect(
      await rows(
        `SELECT d."key" FROM "Citation" c JOIN "Document" d ON d."id" = c."documentId" WHERE "tenureId" IS NOT NULL ORDER BY 1`,
      ),
    ).toEqual([{ key: "other" }, { key: "page" }]);
    // The pack that came first says nothing new.
    const again = await loadSound();
    expect(again).toMatchObject({ created: 0, updated: 0 });
  });

  it("holds of every date of every record", async () => {
    const coarse = `documents: [{key: d, kind: NEWS_REPORT, title: D, publisher: D, language: en, publishedOn: 2020, url: https://example.org/d}]
forums: [{slug: f, name: F, foundedOn: 1990, cite: [d]}]
milestones: [{key: m, label: M, on: 2001, cite: [d]}]
memberships: [{forum: f, party: AAA, role: MEMBER, since: 1991, until: 2010, hasEnded: true, attestedOn: 2000, cite: [d]}]
states: [{code: AAA, name: Alpha, cite: [d]}]
persons: [{slug: p, name: P, cite: [d]}]
visits: [{key: v, person: p, from: 2011, to: 2012, cite: [d]}]
meetings:
  - {slug: x, title: X, kind: MULTILATERAL, on: 2013, endsOn: 2014, cite: [d],
     statusReports: [{status: HELD, reportedOn: 2015, cite: [d]}],
     statements: [{key: s, party: AAA, text: S., isVerbatim: false, on: 2016, cite: [d]}],
     commitments: [{key: c, summary: C., kind: DIALOGUE, status: AGREED, dueOn: 2017, cite: [d]}]}`;
    const years = /: ((?:19|20)\d\d)\b/g;
    const fine = coarse.replace(years, ": $1-07-05");
    expect(fine.match(/-07-05/g)).toHaveLength(13);
    await load(coarse);
    expect(await load(fine)).toMatchObject({ created: 0, updated: 9 });
    expect(await load(coarse)).toMatchObject({ created: 0, updated: 0 });
    expect(await load(fine)).toMatchObject({ created: 0, updated: 0 });
  });

  it("a date of another year is a conflict, and a finer one that breaks an order is a fault", async () => {
    await loadSound();
    expect(await faultsOf(load("meetings: [{slug: 2024-11-18-aaa-bbb, on: 2023, cite: [page]}]"))).toEqual([
      'p.yaml:1:39: meetings[0].on: on of the meeting "2024-11-18-aaa-bbb" is "2024-11-18" in the record and "2023" here; correcting it is an act of its own (correctRecord)',
    ]);
  });

  it("finds the one of several periods that is meant by a coarser start", async () => {
    await loadSound();
    await load(`memberships:
  - {forum: the-forum, party: BBB, role: OBSERVER, since: 1990-01-01, until: 1995-01-01, hasEnded: true, cite: [page]}
  - {forum: the-forum, party: BBB, role: OBSERVER, since: 2005-03-01, cite: [page]}`);
    await load(
      "memberships: [{forum: the-forum, party: BBB, role: OBSERVER, since: 2005, hasEnded: false, cite: [page]}]",
    );
    expect(
      await rows(`SELECT "since", "hasEnded" FROM "ForumMembership" WHERE "role" = 'OBSERVER' ORDER BY 1`),
    ).toEqual([
      { since: "1990-01-01", hasEnded: true },
      { since: "2005-03-01", hasEnded: false },
    ]);
  });
});

describe("a value of one record only", () => {
  const states = (one: string, other: string) =>
    `states:\n  - {code: XAA, name: State A, ${one}, cite: [page]}\n  - {code: XAB, name: State B, ${other}, cite: [page]}`;

  it("an identifier of another record is a fault that names the record and the place", async () => {
    await loadSound();
    await load("states: [{code: CCC, name: Gamma, identifiers: {WIKIDATA: Q668}, cite: [page]}]");
    expect(
      await faultsOf(
        load(
          `states:\n  - code: XAA\n    name: State A\n    identifiers:\n      COW: 1\n      WIKIDATA: Q668\n    cite: [page]`,
        ),
      ),
    ).toEqual([
      'p.yaml:6:7: states[0].identifiers.WIKIDATA: the WIKIDATA identifier "Q668" belongs to "CCC" (Gamma) already',
    ]);
    expect(
      await faultsOf(load(`organizations: [{code: ORG, name: O, identifiers: {WIKIDATA: Q668}, cite: [page]}]`)),
    ).toEqual([
      'p.yaml:1:52: organizations[0].identifiers.WIKIDATA: the WIKIDATA identifier "Q668" belongs to "CCC" (Gamma) already',
    ]);
  });

  it("two records of one pack cannot share one", async () => {
    await loadSound();
    expect(await faultsOf(load(states("identifiers: {COW: 7}", "identifiers: {COW: 7}")))).toEqual([
      expect.stringMatching(
        /^p\.yaml:3:46: states\[1\]\.identifiers\.COW: the COW identifier "7" belongs to "XAA" \(State A\) already \(first at .*p\.yaml:2:46\)$/,
      ),
    ]);
    expect(await faultsOf(load(states("alpha2: AA", "alpha2: XB")))).toEqual([
      expect.stringMatching(
        /^p\.yaml:2:\d+: states\[0\]\.alpha2: the alpha-2 code "AA" belongs to "AAA" \(Alpha\) already$/,
      ),
    ]);
  });
});
