import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { exportPack } from "../../src/packs/export.js";
import { importPacks } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { faultsOf as packFaults, removeFolders, soundPack, writePack } from "../support/packs.js";
import { wholeRecord } from "../support/record.js";

// Two editions of an exercise under a treaty, of which the second was planned, postponed and held; a patrol without a name,
// which was called off; a port call of which only the last day is known; and staff talks of a forum.
const pack = `states: [{code: CCC, name: Gamma, cite: [page]}]
agreements: [{key: treaty, name: Treaty, kind: TREATY, parties: [AAA, BBB], cite: [page]}]
activities:
  - {key: iron-1, name: Iron Friend 2023, kind: EXERCISE, parties: [AAA, BBB], series: Iron Friend, ordinal: 1, edition: "2023", from: 2023-05-01, to: 2023-05-20, place: AAA/alpha-city, units: Two frigates and 300 soldiers, agreement: treaty, topics: [exercises, maritime-security], cite: [page], reports: [{status: HELD, reportedOn: 2023-05-20, cite: [page]}]}
  - key: iron-2
    name: Iron Friend 2024
    kind: EXERCISE
    parties: [AAA, BBB, CCC]
    series: Iron Friend
    ordinal: 2
    from: 2024-06
    agreement: treaty
    cite: [page]
    reports:
      - {status: PLANNED, reportedOn: 2024-01-10, cite: [page]}
      - {status: POSTPONED, reportedOn: 2024-05-02, cite: [page]}
      - {status: UNDER_WAY, reportedOn: 2024-06-15, cite: [page]}
      - {status: HELD, reportedOn: 2024-07-01, cite: [page]}
  - {key: patrol, kind: PATROL, parties: [BBB, CCC], from: 2024-09, cite: [page], reports: [{status: PLANNED, reportedOn: 2024-08-01, cite: [page]}, {status: CANCELLED, reportedOn: 2024-08-01, cite: [{document: report, quote: We agree.}]}]}
  - {key: call, name: Visit of a frigate, kind: PORT_CALL, parties: [AAA, CCC], to: 2022-03-04, place: AAA/alpha-city, cite: [page]}
  - {key: talks, name: Talks of the staffs, kind: STAFF_TALKS, parties: [AAA, BBB], forum: the-forum, ordinal: 7, from: 2024-11-19, cite: [page]}
`;

const cite = [{ document: "page" }];

let database: Database;
let editor: Editor;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "activities.yaml": pack })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function keys(filter: string): Promise<string[]> {
  const { activities } = await editor.ask<{ activities: { nodes: { key: string }[] } }>(
    `{ activities(filter: { ${filter} }, orderBy: { field: NAME, direction: ASC }) { nodes { key } } }`,
  );
  return activities.nodes.map(({ key }) => key);
}

describe("activities", () => {
  it("have parties, a series, days, a place, units, an agreement and topics", async () => {
    expect(
      await editor.ask(`{ activity(key: "iron-1") {
        name kind status series ordinal edition from to units topics parties { code } place { city } agreement { key }
        reports { status reportedOn }
      } }`),
    ).toEqual({
      activity: {
        name: "Iron Friend 2023",
        kind: "EXERCISE",
        status: "HELD",
        series: "Iron Friend",
        ordinal: 1,
        edition: "2023",
        from: "2023-05-01",
        to: "2023-05-20",
        units: "Two frigates and 300 soldiers",
        topics: ["exercises", "maritime-security"],
        parties: [{ code: "AAA" }, { code: "BBB" }],
        place: { city: "Alpha City" },
        agreement: { key: "treaty" },
        reports: [{ status: "HELD", reportedOn: "2023-05-20" }],
      },
    });
  });

  // Worked out by hand from the pack above.
  it.each([
    ["iron-2", undefined, "HELD"],
    ["iron-2", "2024-01-09", "UNKNOWN"],
    ["iron-2", "2024-01-10", "PLANNED"],
    ["iron-2", "2024-05-02", "POSTPONED"],
    ["iron-2", "2024-06-30", "UNDER_WAY"],
    ["iron-2", "2024-07-01", "HELD"],
    ["patrol", undefined, "CANCELLED"],
    ["call", undefined, "UNKNOWN"],
  ])("the status of %s as of %s is %s", async (key, asOf, status) => {
    const argument = asOf === undefined ? "" : `(asOf: "${asOf}")`;
    expect(await editor.ask(`{ activity(key: "${key}") { status${argument} } }`)).toEqual({ activity: { status } });
  });

  it("are filtered by parties, kind, status, series, forum, agreement, place, days and topic", async () => {
    expect(await keys(`parties: ["AAA", "BBB"]`)).toEqual(["iron-1", "iron-2", "talks"]);
    expect(await keys(`parties: ["CCC"], kind: EXERCISE`)).toEqual(["iron-2"]);
    expect(await keys(`status: CANCELLED`)).toEqual(["patrol"]);
    expect(await keys(`series: "IRON friend"`)).toEqual(["iron-1", "iron-2"]);
    expect(await keys(`forum: "the-forum"`)).toEqual(["talks"]);
    expect(await keys(`agreement: "treaty", during: { from: "2024-01-01" }`)).toEqual(["iron-2"]);
    expect(await keys(`country: "AAA"`)).toEqual(["iron-1", "call"]);
    expect(await keys(`during: { from: "2023-05-20", to: "2024-06-01" }`)).toEqual(["iron-1", "iron-2"]);
    expect(await keys(`during: { to: "2023-04-30" }`)).toEqual(["call"]);
    expect(await keys(`topics: ["maritime-security"]`)).toEqual(["iron-1"]);
  });

  it("are found by name, series and units", async () => {
    const found = async (query: string): Promise<string[]> => {
      const { search } = await editor.ask<{ search: { nodes: { match: { key: string } }[] } }>(
        `{ search(query: "${query}", kinds: [ACTIVITY]) { nodes { match { ... on Activity { key } } } } }`,
      );
      return search.nodes.map(({ match }) => match.key).sort();
    };
    expect(await found("iron friend 2024")).toEqual(["iron-2"]);
    expect(await found("frigates")).toEqual(["call", "iron-1"]);
  });

  it("are listed latest first, and stand with parties, forums, agreements and on timelines", async () => {
    const node = "activities { nodes { key } }";
    expect(
      await editor.ask(
        `{ state(code: "AAA") { ${node} } forum(slug: "the-forum") { ${node} } agreement(key: "treaty") { ${node} } }`,
      ),
    ).toEqual({
      state: { activities: { nodes: [{ key: "talks" }, { key: "iron-2" }, { key: "iron-1" }, { key: "call" }] } },
      forum: { activities: { nodes: [{ key: "talks" }] } },
      agreement: { activities: { nodes: [{ key: "iron-2" }, { key: "iron-1" }] } },
    });
    const { one, other } = await editor.ask<Record<string, { id: string }>>(
      `{ one: state(code: "BBB") { id } other: state(code: "CCC") { id } }`,
    );
    expect(
      await editor.ask(
        `{ timeline(of: "${one?.id ?? ""}", with: "${other?.id ?? ""}") { nodes { kind on endsOn summary entry { ... on Activity { key } } } } }`,
      ),
    ).toEqual({
      timeline: {
        nodes: [
          {
            kind: "ACTIVITY",
            on: "2024-06",
            endsOn: null,
            summary: "Iron Friend 2024 (held)",
            entry: { key: "iron-2" },
          },
          {
            kind: "ACTIVITY",
            on: "2024-09",
            endsOn: null,
            summary: "Patrol of Beta and Gamma (cancelled)",
            entry: { key: "patrol" },
          },
        ],
      },
    });
  });

  it("are recorded, reported, corrected, merged and withdrawn by mutations", async () => {
    const input = { kind: "TRAINING", parties: ["AAA", "CCC"], from: "2025-02-01", cite };
    const recorded = await editor.act<{ activity: { id: string } }>(
      "recordActivity",
      { key: "course", name: "Course", ...input, reports: [{ status: "PLANNED", reportedOn: "2025-01-01", cite }] },
      "activity { id status }",
    );
    expect(recorded).toMatchObject({ userErrors: [], activity: { status: "PLANNED" } });
    const { id } = recorded.activity;
    expect(
      await editor.act(
        "reportActivity",
        { activity: id, status: "HELD", reportedOn: "2025-02-03", expectedVersion: 1, cite },
        "activity { status reports { status } }",
      ),
    ).toEqual({ userErrors: [], activity: { status: "HELD", reports: [{ status: "PLANNED" }, { status: "HELD" }] } });
    const corrections = [{ field: "units", value: "20 officers" }];
    expect(faultsOf(await editor.act("correctRecord", { id, corrections, reason: "It was left out." }))).toEqual([]);
    await editor.act("recordActivity", { key: "course-again", ...input });
    const { again } = await editor.ask<{ again: { id: string } }>(`{ again: activity(key: "course-again") { id } }`);
    expect(faultsOf(await editor.act("mergeRecords", { id: again.id, into: id, reason: "The same." }))).toEqual([]);
    expect(await editor.ask(`{ activity(key: "course-again") { key units } }`)).toEqual({
      activity: { key: "course", units: "20 officers" },
    });
    expect(faultsOf(await editor.act("withdrawRecord", { id, reason: "A rumour." }))).toEqual([]);
    expect(await editor.ask(`{ activity(key: "course") { id } }`)).toEqual({ activity: null });
  });

  it("name faults with their place and the way out", async () => {
    const bad = `activities:
  - {key: a, kind: EXERCISE, parties: [AAA], ordinal: 3, cite: [page]}
  - {key: b, kind: EXERCISE, parties: [AAA], series: S, forum: the-forum, cite: [page]}
  - {key: c, kind: EXERCISE, from: 2024-05-10, to: 2024-05-01, topics: [cheese], cite: [page]}
  - {key: d, kind: EXERCISE, from: 2024-05-10, cite: [page], reports: [{status: HELD, reportedOn: 2024-05-01, cite: [page]}]}
  - {key: e, kind: EXERCISE}
`;
    const faults = await packFaults(importPacks(database, [await writePack({ "p.yaml": bad })]));
    expect(faults.map((fault) => fault.replace(/^p\.yaml:\d+:\d+: /, "").slice(0, 130))).toEqual([
      "activities[0].ordinal: an ordinal counts in a series; give the name of the series, or its forum",
      'activities[1].series: "b" belongs to one series; give its name in series, or its forum',
      expect.stringMatching(/^activities\[2\]\.topics\[0\]: "cheese" is no topic; known are maritime-security, /),
      expect.stringMatching(
        /^activities\[3\]\.reports\[0\]\.reportedOn: a report of 2024-05-01 cannot say that an activity of 2024-05-10 was held; give/,
      ),
      'activities[4]: an activity needs at least one source in cite, and "e" has none',
    ]);
  });

  it("and agreements are the same in a new database after an import of their export", async () => {
    const folder = `${await writePack({})}/pack`;
    await exportPack(database, folder);
    const other = await anyDatabase();
    try {
      await importPacks(other, [folder]);
      const ids = /"[a-z]{3}_[a-z2-7]{16}"/g;
      const plain = async (of: Database): Promise<string[]> => {
        const { Activity, ActivityReport, Agreement } = await wholeRecord(of);
        return [Activity, ActivityReport, Agreement].map((rows) => JSON.stringify(rows).replaceAll(ids, '"id"'));
      };
      const sorted = (texts: string[]): string[][] =>
        texts.map((text) => (JSON.parse(text) as object[]).map((row) => JSON.stringify(row)).sort());
      expect(sorted(await plain(other))).toEqual(sorted(await plain(database)));
    } finally {
      await other.close();
    }
  });
});
