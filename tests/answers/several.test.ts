import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { exportPack } from "../../src/packs/export.js";
import { importPack } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { emptyRecord, removeFolders, temporaryFolder, writePack } from "../support/packs.js";
import { wholeRecord } from "../support/record.js";

const meeting = (slug: string, on: string, more = "") => `  - slug: ${slug}
    title: ${slug}
    kind: BILATERAL
    on: ${on}
    cite: [page]
    participants: [{party: AAA, role: PRINCIPAL, cite: [page]}, {party: BBB, role: PRINCIPAL, cite: [page]}]
    statusReports: [{status: HELD, cite: [page]}]
${more}`;

const pack = {
  "x.yaml": `documents:
  - {key: page, kind: OFFICIAL_PAGE, title: Page, publisher: P, language: en, url: "https://example.org/"}
states:
  - code: AAA
    name: Alpha
    names: [{text: Old Alpha, kind: ALIAS, until: 2018-04-19}, {text: Alphaland, kind: ALIAS, since: 1968, until: 2018}]
    cite: [page]
  - {code: BBB, name: Beta, cite: [page]}
persons:
  - {slug: ada-able, name: Ada Able, state: AAA, cite: [page]}
  - {slug: bo-baker, name: Bo Baker, state: BBB, cite: [page]}
forums:
  - {slug: old-forum, name: Old Forum, foundedOn: 1954, endedOn: 1977-06-30, aliases: [Treaty, {text: Pact, since: 1954, until: 1967}], cite: [page]}
meetings:
${meeting("early", "2003-05-01")}${meeting("late", "2010-05-01", "    relations: [{meeting: early, kind: FOLLOW_UP}]\n")}${meeting(
    "last",
    "2024-05-01",
    `    firstSinceClaims:
      - {key: ever, level: PARTIES, cite: [page]}
      - {key: since-2003, level: PARTIES, since: {on: 2003}, cite: [page]}
      - {key: since-2010, level: PARTIES, since: {on: 2010-06}, cite: [page]}
    statements:
      - key: joint
        speaker: ada-able
        party: AAA
        otherSpeakers: [bo-baker]
        otherParties: [BBB]
        text: We condemn it.
        isVerbatim: true
        cite: [page]
      - {key: navy, party: AAA, institution: the Navy, text: Ships sailed., isVerbatim: false, cite: [page]}
`,
  )}${meeting(
    "first",
    "1990-05-01",
    `    relations: [{meeting: early, kind: PREPARATORY}]
    firstSinceClaims: [{key: ever, level: PARTIES, cite: [page]}]
`,
  )}visits:
  - key: visit
    person: ada-able
    from: 2024-05-01
    cite: [page]
    claims:
      - {key: since, level: OFFICES, since: 2003, words: in two decades, cite: [page]}
      - {key: ever, level: PARTIES, cite: [page]}
`,
};

describe("a joint statement, claim or relation", () => {
  let database: Database;
  let editor: Editor;
  beforeAll(async () => {
    database = await anyDatabase();
    editor = editorOf(database);
    await importPack(database, await writePack(pack));
  });
  afterAll(async () => {
    await removeFolders();
    await database.close();
  });

  it("is one statement of several speakers and parties, or of an institution", async () => {
    const { meeting: found, person } = await editor.ask<{
      meeting: { statements: { nodes: object[] } };
      person: { id: string; statements: { nodes: object[] } };
    }>(`{
      meeting(slug: "last") { statements { nodes { key speaker { slug } party { code } otherSpeakers { slug } otherParties { code } institution } } }
      person(slug: "bo-baker") { id statements { nodes { key } } }
    }`);
    expect(found.statements.nodes).toEqual([
      {
        key: "last/statements/joint",
        speaker: { slug: "ada-able" },
        party: { code: "AAA" },
        otherSpeakers: [{ slug: "bo-baker" }],
        otherParties: [{ code: "BBB" }],
        institution: null,
      },
      {
        key: "last/statements/navy",
        speaker: null,
        party: { code: "AAA" },
        otherSpeakers: [],
        otherParties: [],
        institution: "the Navy",
      },
    ]);
    expect(person.statements.nodes).toEqual([{ key: "last/statements/joint" }]);
    const { timeline } = await editor.ask<{ timeline: { nodes: object[] } }>(
      `query Timeline($of: ID!) { timeline(of: $of, kinds: [STATEMENT]) { nodes { entry { ... on Statement { key } } } } }`,
      { of: person.id },
    );
    expect(timeline.nodes).toEqual([{ entry: { key: "last/statements/joint" } }]);
    const alone = await editor.act("recordStatement", {
      key: "alone",
      speaker: "ada-able",
      institution: "the Navy",
      text: "No.",
      isVerbatim: true,
      cite: [{ document: "page" }],
    });
    expect(faultsOf(alone)).toEqual(["MISSING input.institution"]);
  });

  it("is judged by the record: the first meeting since a year, or ever", async () => {
    const { firstSinceClaims } = await editor.ask<{
      firstSinceClaims: {
        nodes: { key: string; verdict: string; since: null; counterexamples: { slug: string }[] }[];
      };
    }>(
      `{ firstSinceClaims { nodes { key since { __typename } sinceOn isFirstEver verdict counterexamples { slug } } } }`,
    );
    const byKey = Object.fromEntries(firstSinceClaims.nodes.map(({ key, ...claim }) => [key, claim]));
    expect(byKey).toEqual({
      "first/first-since/ever": {
        since: null,
        sinceOn: null,
        isFirstEver: true,
        verdict: "SUPPORTED",
        counterexamples: [],
      },
      "last/first-since/ever": {
        since: null,
        sinceOn: null,
        isFirstEver: true,
        verdict: "CONTRADICTED",
        counterexamples: [{ slug: "first" }, { slug: "early" }, { slug: "late" }],
      },
      "last/first-since/since-2003": {
        since: null,
        sinceOn: "2003",
        isFirstEver: false,
        verdict: "CONTRADICTED",
        counterexamples: [{ slug: "late" }],
      },
      "last/first-since/since-2010": {
        since: null,
        sinceOn: "2010-06",
        isFirstEver: false,
        verdict: "SUPPORTED",
        counterexamples: [],
      },
    });
  });

  it("is claimed of visits", async () => {
    const { person } = await editor.ask<{ person: { visits: { nodes: object[] } } }>(
      `{ person(slug: "ada-able") { visits { nodes { claims { key level since words citation { document { key } } } } } } }`,
    );
    const citation = { document: { key: "page" } };
    expect(person.visits.nodes).toEqual([
      {
        claims: [
          { key: "visit/claims/ever", level: "PARTIES", since: null, words: null, citation },
          { key: "visit/claims/since", level: "OFFICES", since: "2003", words: "in two decades", citation },
        ],
      },
    ]);
    const done = await editor.act<{ visitClaim: object }>(
      "recordVisitClaim",
      { visit: "visit", key: "more", level: "PERSONS", cite: [{ document: "page" }] },
      "visitClaim { key visit { key } }",
    );
    expect(done).toEqual({ visitClaim: { key: "visit/claims/more", visit: { key: "visit" } }, userErrors: [] });
  });

  it("relates meetings that prepare or follow up others", async () => {
    const { meeting: found } = await editor.ask<{ meeting: object }>(
      `{ meeting(slug: "early") { relations { kind } relatedFrom { kind meeting { slug } other { slug } } } }`,
    );
    expect(found).toEqual({
      relations: [],
      relatedFrom: [
        { kind: "PREPARATORY", meeting: { slug: "first" }, other: { slug: "early" } },
        { kind: "FOLLOW_UP", meeting: { slug: "late" }, other: { slug: "early" } },
      ],
    });
  });

  it("gives names and forums their periods", async () => {
    const { state, forum } = await editor.ask<{ state: object; forum: object }>(`{
      state(code: "AAA") { names { text since until } }
      forum(slug: "old-forum") { foundedOn endedOn names { text since until } aliases }
    }`);
    expect(state).toEqual({
      names: [
        { text: "Alphaland", since: "1968", until: "2018" },
        { text: "Old Alpha", since: null, until: "2018-04-19" },
      ],
    });
    expect(forum).toEqual({
      foundedOn: "1954",
      endedOn: "1977-06-30",
      names: [
        { text: "Pact", since: "1954", until: "1967" },
        { text: "Treaty", since: null, until: null },
      ],
      aliases: ["Pact", "Treaty"],
    });
  });

  it("is in packs", async () => {
    const record = await wholeRecord(database);
    expect(record["StatementPerson"]).toHaveLength(1);
    expect(record["MeetingRelation"]).toHaveLength(2);
    expect(record["VisitClaim"]).toHaveLength(3);
    const folder = path.join(await temporaryFolder(), "pack");
    await exportPack(database, folder);
    await emptyRecord(database);
    await importPack(database, folder);
    expect(await wholeRecord(database)).toEqual(record);
  });
});
