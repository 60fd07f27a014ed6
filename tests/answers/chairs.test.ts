import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { importPacks } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { faultsOf as packFaults, removeFolders, soundPack, writePack } from "../support/packs.js";

// Alpha chairs from 2020 to the end of June 2021, and a report of May 2023 says that Beta chairs in 2023 and Alpha will in
// 2024. The forum's first session had two seats; one of them chaired.
const more = `chairTerms:
  - {forum: the-forum, party: AAA, since: 2020-01-01, until: 2021-07-01, hasEnded: true, cite: [page]}
  - {forum: the-forum, party: BBB, term: 2023, attestedOn: 2023-05-02, cite: [page]}
  - {forum: the-forum, party: AAA, person: ada-able, term: 2024, isExpected: true, cite: [page]}
`;

const cite = [{ document: "page" }];

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "more.yaml": more })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

type Terms = readonly { readonly party: { readonly code: string }; readonly isExpected: boolean }[];

async function chairOn(day: string): Promise<{ holders: Terms; possibleHolders: Terms; seats: object[] }> {
  const term = "{ party { code } isExpected }";
  const { forum } = await editor.ask<{ forum: { chair: { holders: Terms; possibleHolders: Terms; seats: object[] } } }>(
    `{ forum(slug: "the-forum") { chair(on: "${day}") { holders ${term} possibleHolders ${term} seats { party { code } } } } }`,
  );
  return forum.chair;
}

describe("the chair of a forum", () => {
  it.each([
    ["2019-12-31", [], []],
    ["2020-01-01", ["AAA"], []],
    ["2021-06-30", ["AAA"], []],
    ["2021-07-01", [], []],
    ["2023-05-02", ["BBB"], []],
    ["2023-10-01", [], ["BBB"]],
    ["2024-02-01", [], ["AAA"]],
    ["2025-01-01", [], []],
  ])("on %s is %j for certain, and perhaps %j", async (day, holders, possible) => {
    const chair = await chairOn(day);
    expect(chair.holders.map(({ party }) => party.code)).toEqual(holders);
    expect(chair.possibleHolders.map(({ party }) => party.code)).toEqual(possible);
  });

  it("is listed by forum, party and person, latest first", async () => {
    expect(
      await editor.ask(`{
        forum(slug: "the-forum") { chairs { party { code } term since isExpected } }
        state(code: "BBB") { chairs { forum { slug } term } }
        person(slug: "ada-able") { chairs { forum { slug } party { code } } }
      }`),
    ).toEqual({
      forum: {
        chairs: [
          { party: { code: "AAA" }, term: "2024", since: null, isExpected: true },
          { party: { code: "BBB" }, term: "2023", since: null, isExpected: false },
          { party: { code: "AAA" }, term: null, since: "2020-01-01", isExpected: false },
        ],
      },
      state: { chairs: [{ forum: { slug: "the-forum" }, term: "2023" }] },
      person: { chairs: [{ forum: { slug: "the-forum" }, party: { code: "AAA" } }] },
    });
  });

  it("at a sitting is the seat that chaired it", async () => {
    await editor.act("recordMeeting", {
      slug: "sitting",
      title: "Sitting",
      kind: "SESSION",
      forum: "the-forum",
      ordinal: 7,
      on: "2022-03-03",
      cite,
      participants: [
        { party: "AAA", role: "CHAIR", cite },
        { party: "BBB", role: "HOST", cite },
      ],
    });
    expect((await chairOn("2022-03-03")).seats).toEqual([{ party: { code: "AAA" } }]);
    expect(
      await editor.ask(`{ meeting(slug: "sitting") { chairs { party { code } } hosts { party { code } } } }`),
    ).toEqual({ meeting: { chairs: [{ party: { code: "AAA" } }], hosts: [{ party: { code: "BBB" } }] } });
  });
});

describe("chair terms", () => {
  it("that were announced are confirmed by a later report, and told apart by their years", async () => {
    const confirming = `chairTerms: [{forum: the-forum, party: AAA, term: 2024, attestedOn: 2024-03-03, isExpected: false, cite: [page]}]`;
    await importPacks(database, [await writePack({ "p.yaml": confirming })]);
    expect((await chairOn("2024-03-03")).holders).toMatchObject([{ party: { code: "AAA" }, isExpected: false }]);
    const { rows } = await database.pool.query(`SELECT count(*)::int AS "count" FROM "ChairTerm"`);
    expect(rows).toEqual([{ count: 3 }]);
  });

  it("are recorded and ended by mutations", async () => {
    const recorded = await editor.act<{ chairTerm: { key: string } }>(
      "recordChairTerm",
      { forum: "the-forum", person: "bo-baker", since: "2026-01-01", cite },
      "chairTerm { key }",
    );
    expect(recorded).toMatchObject({ chairTerm: { key: "the-forum/chairs/bo-baker" }, userErrors: [] });
    expect(
      await editor.act(
        "endChairTerm",
        { chairTerm: recorded.chairTerm.key, until: "2026-02-01", cite },
        "chairTerm { until hasEnded }",
      ),
    ).toMatchObject({ chairTerm: { until: "2026-02-01", hasEnded: true } });
  });

  it("need a party or a person", async () => {
    expect(faultsOf(await editor.act("recordChairTerm", { forum: "the-forum", term: "2030", cite }))).toEqual([
      "MISSING input",
    ]);
    const overlapping = `chairTerms: [{forum: the-forum, party: BBB, since: 2030, until: 2029, hasEnded: true, cite: [page]}]`;
    expect(await packFaults(importPacks(database, [await writePack({ "p.yaml": overlapping })]))).toEqual([
      expect.stringMatching(/until is 2029, which is before since, 2030/),
    ]);
  });
});
