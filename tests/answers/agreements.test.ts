import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPacks } from "../../src/packs/import.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { anyDatabase } from "../support/database.js";
import { faultsOf as packFaults, removeFolders, soundPack, writePack } from "../support/packs.js";
import type { Database } from "../../src/database/open.js";

// A treaty of 2010 that is renewed in 2015, suspended in 2020 and in force again in 2022; an arrangement under it, signed
// at the meeting of the two; a memorandum without a title; and an alliance with a third state that ends in 2030.
const papers = `states: [{code: CCC, name: Gamma, cite: [page]}]
agreements:
  - key: treaty
    name: Treaty of Alpha City
    kind: TREATY
    parties: [AAA, BBB]
    signedOn: 2010-03
    topics: [logistics]
    cite: [page]
    signatories:
      - {party: AAA, person: ada-able, office: AAA/defence-minister, cite: [page]}
      - {party: AAA, person: al-aide, role: WITNESSED, cite: [page]}
      - {party: BBB, cite: [page]}
    reports:
      - {status: IN_FORCE, on: 2011-01-01, cite: [page]}
      - {status: RENEWED, on: 2015, cite: [page]}
      - {status: SUSPENDED, on: 2020-06-01, cite: [page]}
      - {status: IN_FORCE, reportedOn: 2022-02-02, cite: [{document: report, quote: We agree.}]}
      - {status: SIGNED, reportedOn: 2024-11-20, cite: [{document: report, quote: The ministers met again on Tuesday}]}
  - {key: arrangement, name: Arrangement on fuel, kind: ARRANGEMENT, parties: [AAA, BBB], signedOn: 2024-11-18, meeting: 2024-11-18-aaa-bbb, parent: treaty, cite: [page]}
  - {key: memorandum, kind: MEMORANDUM, parties: [BBB, CCC], cite: [page], reports: [{status: ANNOUNCED, cite: [page]}]}
  - {key: alliance, name: Alliance, kind: ALLIANCE, parties: [AAA, BBB, CCC], since: 2000-01-01, until: 2030-01-01, hasEnded: true, cite: [page]}
persons: [{slug: al-aide, name: Al Aide, state: AAA, cite: [page]}]
`;

const cite = [{ document: "page" }];

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "papers.yaml": papers })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function keys(filter: string): Promise<string[]> {
  const { agreements } = await editor.ask<{ agreements: { nodes: { key: string }[] } }>(
    `{ agreements(filter: { ${filter} }, orderBy: { field: NAME, direction: ASC }) { nodes { key } } }`,
  );
  return agreements.nodes.map(({ key }) => key);
}

async function idOf(key: string, of = "agreement"): Promise<string> {
  const answer = await editor.ask<Record<string, { id: string }>>(
    `{ ${of}(${of === "person" ? "slug" : "key"}: "${key}") { id } }`,
  );
  return answer[of]?.id ?? "";
}

describe("agreements", () => {
  it("are found by their titles, and go by kind and parties without one", async () => {
    expect(
      await editor.ask(
        `{ agreement(key: "memorandum") { title name } search(query: "treaty alpha city", kinds: [AGREEMENT]) { nodes { kind match { ... on Agreement { title } } } } }`,
      ),
    ).toEqual({
      agreement: { title: "Memorandum of Beta and Gamma", name: null },
      search: { nodes: [{ kind: "AGREEMENT", match: { title: "Treaty of Alpha City" } }] },
    });
  });

  it("have parties, signatories, witnesses, reports and agreements under them", async () => {
    expect(
      await editor.ask(`{ agreement(key: "treaty") {
        name kind signedOn topics parties { code }
        signatories { nodes { role party { code } person { slug } office { key } } }
        reports { status on reportedOn }
        children { nodes { key parent { key } meeting { slug } } }
      } }`),
    ).toEqual({
      agreement: {
        name: "Treaty of Alpha City",
        kind: "TREATY",
        signedOn: "2010-03",
        topics: ["logistics"],
        parties: [{ code: "AAA" }, { code: "BBB" }],
        signatories: {
          nodes: [
            {
              role: "SIGNED",
              party: { code: "AAA" },
              person: { slug: "ada-able" },
              office: { key: "AAA/defence-minister" },
            },
            { role: "WITNESSED", party: { code: "AAA" }, person: { slug: "al-aide" }, office: null },
            { role: "SIGNED", party: { code: "BBB" }, person: null, office: null },
          ],
        },
        reports: [
          { status: "IN_FORCE", on: "2011-01-01", reportedOn: null },
          { status: "RENEWED", on: "2015", reportedOn: null },
          { status: "SUSPENDED", on: "2020-06-01", reportedOn: null },
          { status: "IN_FORCE", on: null, reportedOn: "2022-02-02" },
          { status: "SIGNED", on: null, reportedOn: "2024-11-20" },
        ],
        children: {
          nodes: [{ key: "arrangement", parent: { key: "treaty" }, meeting: { slug: "2024-11-18-aaa-bbb" } }],
        },
      },
    });
  });

  // Worked out by hand from the pack above.
  it.each([
    ["treaty", undefined, "IN_FORCE"],
    ["treaty", "2009-12-31", "UNKNOWN"],
    ["treaty", "2010-03-30", "UNKNOWN"],
    ["treaty", "2010-03-31", "SIGNED"],
    ["treaty", "2011-01-01", "IN_FORCE"],
    ["treaty", "2015-12-30", "IN_FORCE"],
    ["treaty", "2015-12-31", "RENEWED"],
    ["treaty", "2020-06-01", "SUSPENDED"],
    ["treaty", "2022-02-02", "IN_FORCE"],
    ["arrangement", undefined, "SIGNED"],
    ["memorandum", undefined, "ANNOUNCED"],
    ["alliance", undefined, "IN_FORCE"],
    ["alliance", "2029-12-31", "IN_FORCE"],
    ["alliance", "2030-01-01", "ENDED"],
  ])("the status of the %s as of %s is %s", async (key, asOf, status) => {
    const argument = asOf === undefined ? "" : `(asOf: "${asOf}")`;
    expect(await editor.ask(`{ agreement(key: "${key}") { status${argument} } }`)).toEqual({ agreement: { status } });
  });

  it("are filtered by parties, kind, status, meeting, person, topic, days of signing and name", async () => {
    expect(await keys(`parties: ["AAA", "BBB"]`)).toEqual(["alliance", "arrangement", "treaty"]);
    expect(await keys(`parties: ["AAA", "CCC"]`)).toEqual(["alliance"]);
    expect(await keys(`parties: ["BBB"], kind: MEMORANDUM`)).toEqual(["memorandum"]);
    expect(await keys(`status: IN_FORCE`)).toEqual(["alliance", "treaty"]);
    expect(await keys(`meeting: "2024-11-18-aaa-bbb"`)).toEqual(["arrangement"]);
    expect(await keys(`person: "al-aide"`)).toEqual(["treaty"]);
    expect(await keys(`topics: ["logistics"]`)).toEqual(["treaty"]);
    expect(await keys(`signedDuring: { from: "2010-03-31", to: "2024-11-17" }`)).toEqual(["treaty"]);
    expect(await keys(`name: "ALPHA city"`)).toEqual(["treaty"]);
    await expect(keys(`topics: ["cheese"]`)).rejects.toThrow("is none. Topics: maritime-security, ");
  });

  it("are in force from the first day of a period or a report to the day before the end or a suspension", async () => {
    expect(await keys(`inForceOn: "1999-12-31"`)).toEqual([]);
    expect(await keys(`inForceOn: "2000-01-01"`)).toEqual(["alliance"]);
    expect(await keys(`inForceOn: "2011-01-01"`)).toEqual(["alliance", "treaty"]);
    expect(await keys(`inForceOn: "2020-05-31"`)).toEqual(["alliance", "treaty"]);
    expect(await keys(`inForceOn: "2021-01-01"`)).toEqual(["alliance"]);
    expect(await keys(`inForceOn: "2029-12-31"`)).toEqual(["alliance", "treaty"]);
    expect(await keys(`inForceOn: "2030-01-01"`)).toEqual(["treaty"]);
  });

  it("stand with parties, persons and meetings, and on the timeline of two", async () => {
    const node = "agreements(orderBy: { field: NAME, direction: ASC }) { nodes { key } }";
    expect(
      await editor.ask(
        `{ state(code: "CCC") { ${node} } person(slug: "ada-able") { ${node} } meeting(slug: "2024-11-18-aaa-bbb") { ${node} } }`,
      ),
    ).toEqual({
      state: { agreements: { nodes: [{ key: "alliance" }, { key: "memorandum" }] } },
      person: { agreements: { nodes: [{ key: "treaty" }] } },
      meeting: { agreements: { nodes: [{ key: "arrangement" }] } },
    });
    const { one, other } = await editor.ask<Record<string, { id: string }>>(
      `{ one: state(code: "AAA") { id } other: state(code: "BBB") { id } }`,
    );
    const { timeline } = await editor.ask<{ timeline: unknown }>(
      `{ timeline(of: "${one?.id ?? ""}", with: "${other?.id ?? ""}", kinds: [MEETING, AGREEMENT]) { nodes { kind on summary entry { __typename } } } }`,
    );
    expect(timeline).toEqual({
      nodes: [
        {
          kind: "AGREEMENT",
          on: "2010-03",
          summary: "Treaty of Alpha City (in force)",
          entry: { __typename: "Agreement" },
        },
        { kind: "MEETING", on: "2024-11-18", summary: "Alpha and Beta meet (held)", entry: { __typename: "Meeting" } },
        {
          kind: "AGREEMENT",
          on: "2024-11-18",
          summary: "Arrangement on fuel (signed)",
          entry: { __typename: "Agreement" },
        },
        { kind: "AGREEMENT", on: null, summary: "Alliance (in force)", entry: { __typename: "Agreement" } },
      ],
    });
  });

  it("are recorded, reported, ended, corrected and withdrawn by mutations", async () => {
    const recorded = await editor.act<{ agreement: { id: string } }>(
      "recordAgreement",
      {
        key: "roadmap",
        kind: "ROADMAP",
        parties: ["AAA", "CCC"],
        signedOn: "2023-05-05",
        signatories: [{ party: "AAA", person: "ada-able", cite }],
        cite,
      },
      "agreement { id status signatories { nodes { person { slug } } } }",
    );
    expect(recorded).toMatchObject({
      userErrors: [],
      agreement: { status: "SIGNED", signatories: { nodes: [{ person: { slug: "ada-able" } }] } },
    });
    const { id } = recorded.agreement;
    expect(
      await editor.act(
        "addSignatory",
        { agreement: id, party: "CCC", role: "WITNESSED", cite },
        "signatory { key role agreement { key } }",
      ),
    ).toEqual({ userErrors: [], signatory: { key: "roadmap/CCC", role: "WITNESSED", agreement: { key: "roadmap" } } });
    expect(
      await editor.act(
        "reportAgreement",
        { agreement: id, status: "IN_FORCE", on: "2023-06-01", cite },
        "agreement { status }",
      ),
    ).toEqual({ userErrors: [], agreement: { status: "IN_FORCE" } });
    expect(
      await editor.act(
        "endAgreement",
        { agreement: id, until: "2024-06-01", cite: [{ document: "page", locator: "p. 2" }] },
        "agreement { until hasEnded }",
      ),
    ).toEqual({ userErrors: [], agreement: { until: "2024-06-01", hasEnded: true } });
    const corrections = [{ field: "signedOn", value: "2023-05-06" }];
    expect(faultsOf(await editor.act("correctRecord", { id, corrections, reason: "A slip." }))).toEqual([]);
    expect(
      await editor.ask(
        `{ agreement(key: "roadmap") { signedOn version history { nodes { kind title fields { field before after } } } } }`,
      ),
    ).toMatchObject({
      agreement: {
        signedOn: "2023-05-06",
        history: {
          nodes: [
            { title: "roadmap", fields: [{ field: "signedOn", before: "2023-05-05", after: "2023-05-06" }] },
            {},
            {},
            {},
          ],
        },
      },
    });
    expect(faultsOf(await editor.act("withdrawRecord", { id, reason: "Never signed." }))).toEqual([]);
    expect(await editor.ask(`{ agreement(key: "roadmap") { id } }`)).toEqual({ agreement: null });
  });

  it("name faults with their path", async () => {
    const bad = {
      key: "bad",
      kind: "TREATY",
      parties: ["AAA", "ZZZ"],
      signedOn: "2024-05",
      until: "2024-01",
      hasEnded: true,
      topics: ["cheese"],
      cite,
      signatories: [{ party: "BBB", office: "AAA/defence-minister", cite: [] }],
    };
    expect(faultsOf(await editor.act("recordAgreement", bad))).toEqual([
      "NOT_FOUND input.parties.1",
      "UNCITED input.signatories.0",
      "INVALID input.signatories.0.office",
      "INVALID input.topics.0",
    ]);
    const { userErrors } = await editor.act("recordAgreement", {
      ...bad,
      parties: ["AAA"],
      topics: [],
      signatories: [],
    });
    expect(userErrors).toEqual([
      { code: "INVALID", path: ["input", "until"], message: "Until is 2024-01, which is before signedOn, 2024-05." },
    ]);
    const pack = {
      "p.yaml": `agreements: [{key: early, kind: TREATY, cite: [page], reports: [{status: IN_FORCE, on: 2025, reportedOn: 2024, cite: [page]}]}]`,
    };
    expect(await packFaults(importPacks(database, [await writePack(pack)]))).toEqual([
      "p.yaml:1:94: agreements[0].reports[0].reportedOn: reportedOn is 2024, which is before on, 2025",
    ]);
  });

  it("follow a merged party, person and agreement", async () => {
    await editor.act("recordPerson", { slug: "ada-a", name: "Ada A.", state: "AAA", cite });
    await editor.act("recordAgreement", {
      key: "treaty-again",
      kind: "TREATY",
      parties: ["AAA", "BBB"],
      cite,
      signatories: [{ party: "AAA", person: "ada-a", cite }],
    });
    const merges: [string, string][] = [
      [await idOf("ada-a", "person"), await idOf("ada-able", "person")],
      [await idOf("treaty-again"), await idOf("treaty")],
    ];
    for (const [id, into] of merges)
      expect(faultsOf(await editor.act("mergeRecords", { id, into, reason: "The same." }))).toEqual([]);
    expect(
      await editor.ask(
        `{ agreement(key: "treaty-again") { key signatories { totalCount } } agreements(filter: { person: "ada-a" }) { nodes { key } } }`,
      ),
    ).toEqual({
      agreement: { key: "treaty", signatories: { totalCount: 3 } },
      agreements: { nodes: [{ key: "treaty" }] },
    });
  });

  it("are the same after an import of their export", async () => {
    const { rows: before } = await database.pool.query(`SELECT a."key", a."status" FROM "Agreement" a ORDER BY 1`);
    const { exportPack } = await import("../../src/packs/export.js");
    const folder = `${await writePack({})}/pack`;
    await exportPack(database, folder);
    const counts = await importPacks(database, [folder]);
    expect(counts).toBeDefined();
    const { rows: after } = await database.pool.query(`SELECT a."key", a."status" FROM "Agreement" a ORDER BY 1`);
    expect(after).toEqual(before);
  });
});
