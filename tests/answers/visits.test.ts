import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { exportPack } from "../../src/packs/export.js";
import { importPack } from "../../src/packs/import.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { emptyRecord, removeFolders, temporaryFolder, writePack } from "../support/packs.js";
import { wholeRecord } from "../support/record.js";

const document = (key: string, publishedOn: string) =>
  `  - {key: ${key}, kind: NEWS_REPORT, title: ${key}, publisher: The ${key}, language: en, publishedOn: ${publishedOn}, url: "https://example.org/${key}"}\n`;

const pack = {
  "documents.yaml": `documents:\n${document("early", "2024-05-01")}${document("late", "2024-05-20")}${document("other", "2024-05-08")}`,
  "records.yaml": `states:
  - {code: AAA, name: Alpha, cite: [early]}
  - {code: BBB, name: Beta, cite: [early]}
persons:
  - {slug: ada-able, name: Ada Able, state: AAA, cite: [early]}
places:
  - {key: BBB/beta-city, city: Beta City, state: BBB}
visits:
  - key: made
    person: ada-able
    place: BBB/beta-city
    from: 2024-05-12
    cite: [early]
    reports:
      - {status: PLANNED, cite: [early]}
      - {status: MADE, reportedOn: 2024-05-14, cite: [late]}
  - key: cancelled
    person: ada-able
    place: BBB/beta-city
    from: 2024-06
    cite: [early]
    reports:
      - {status: PLANNED, cite: [early]}
      - {status: CANCELLED, cite: [late]}
  - {key: unsaid, person: ada-able, place: BBB/beta-city, from: 2023, cite: [early]}
meetings:
  - slug: put-off
    title: Put off
    kind: BILATERAL
    on: 2024-05-10
    cite: [early]
    statusReports:
      - {status: EXPECTED, reportedOn: 2024-05-01, cite: [early]}
      - {status: POSTPONED, reportedOn: 2024-05-08, cite: [other]}
      - {status: CANCELLED, reportedOn: 2024-05-09, cite: [late]}
  - slug: unclear
    title: Unclear
    kind: BILATERAL
    on: 2024-05-11
    cite: [early]
    participants: [{party: AAA, role: PRINCIPAL, cite: [early]}, {party: BBB, role: PRINCIPAL, cite: [early]}]
    statusReports:
      - {status: EXPECTED, reportedOn: 2024-05-01, cite: [early]}
      - {status: CALLED_OFF, reportedOn: 2024-05-10, cite: [late]}
`,
};

describe("visits and meetings that do not take place", () => {
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

  const statuses = async (more = "") => {
    const { person } = await editor.ask<{ person: { visits: { nodes: { key: string; status: string }[] } } }>(
      `{ person(slug: "ada-able") { visits { nodes { key status${more} } } } }`,
    );
    return Object.fromEntries(person.visits.nodes.map(({ key, status }) => [key, status]));
  };

  it("have the status of their reports, also as of a day", async () => {
    expect(await statuses()).toEqual({ made: "MADE", cancelled: "CANCELLED", unsaid: "UNKNOWN" });
    expect(await statuses('(asOf: "2024-05-13")')).toEqual({
      made: "PLANNED",
      cancelled: "PLANNED",
      unsaid: "UNKNOWN",
    });
    expect(await statuses('(asOf: "2024-05-14")')).toMatchObject({ made: "MADE", cancelled: "PLANNED" });
    expect(await statuses('(asOf: "2024-04-30")')).toMatchObject({ made: "UNKNOWN", cancelled: "UNKNOWN" });
  });

  it("never read as made in a timeline", async () => {
    const { person } = await editor.ask<{ person: { id: string } }>(`{ person(slug: "ada-able") { id } }`);
    const { timeline } = await editor.ask<{ timeline: { nodes: { summary: string }[] } }>(
      `query Timeline($of: ID!) { timeline(of: $of, kinds: [VISIT]) { nodes { summary } } }`,
      { of: person.id },
    );
    expect(timeline.nodes.map(({ summary }) => summary)).toEqual([
      "Ada Able visits Beta City",
      "Ada Able visits Beta City",
      "Ada Able visits Beta City (cancelled)",
    ]);
  });

  const linked = `meetings:
  - {slug: held, title: Held, kind: BILATERAL, on: 2025-03-04, cite: [late], statusReports: [{status: HELD, reportedOn: 2025-03-05, cite: [late]}]}
  - {slug: off, title: Off, kind: BILATERAL, on: 2025-03-05, cite: [late], statusReports: [{status: CANCELLED, reportedOn: 2025-03-03, cite: [late]}]}
  - {slug: refused, title: Refused, kind: BILATERAL, on: 2025-03-06, cite: [late], statusReports: [{status: DECLINED, reportedOn: 2025-03-02, cite: [late]}]}
  - {slug: ahead, title: Ahead, kind: BILATERAL, on: 2025-03-07, cite: [late], statusReports: [{status: EXPECTED, reportedOn: 2025-03-01, cite: [late]}]}
  - {slug: unreported, title: Unreported, kind: BILATERAL, on: 2025-03-08, cite: [late]}
visits:
  - {key: all-off, person: cal-case, from: 2025-03-05, meetings: [off, refused], cite: [late]}
  - {key: one-held, person: cal-case, from: 2025-01-04, meetings: [off, held], cite: [late]}
  - {key: one-ahead, person: cal-case, from: 2025-05-06, meetings: [refused, ahead], cite: [late]}
  - {key: one-unreported, person: cal-case, from: 2025-07-07, meetings: [off, unreported], cite: [late]}
  - {key: reported, person: cal-case, from: 2025-09-03, meetings: [held], cite: [late], reports: [{status: POSTPONED, cite: [late]}]}
persons: [{slug: cal-case, name: Cal Case, state: AAA, cite: [early]}]
`;

  it("without reports have the status that follows from their meetings", async () => {
    const other = await anyDatabase();
    try {
      await importPack(other, await writePack({ ...pack, "linked.yaml": linked }));
      const reader = editorOf(other);
      const of = async (more = "") => {
        const { person } = await reader.ask<{
          person: { visits: { nodes: { key: string; status: string }[] } };
        }>(`{ person(slug: "cal-case") { visits { nodes { key status${more} } } } }`);
        return Object.fromEntries(person.visits.nodes.map(({ key, status }) => [key, status]));
      };
      expect(await of()).toEqual({
        "all-off": "CANCELLED",
        "one-held": "MADE",
        "one-ahead": "PLANNED",
        "one-unreported": "UNKNOWN",
        reported: "POSTPONED",
      });
      expect(await of('(asOf: "2025-03-02")')).toEqual({
        "all-off": "UNKNOWN",
        "one-held": "UNKNOWN",
        "one-ahead": "PLANNED",
        "one-unreported": "UNKNOWN",
        reported: "POSTPONED",
      });
      const { visits } = await reader.ask<{ visits: { nodes: { key: string }[] } }>(
        `{ visits(filter: { person: "cal-case", status: CANCELLED }) { nodes { key } } }`,
      );
      expect(visits.nodes).toEqual([{ key: "all-off" }]);
      const { person } = await reader.ask<{ person: { id: string } }>(`{ person(slug: "cal-case") { id } }`);
      const { timeline } = await reader.ask<{ timeline: { nodes: { on: string; summary: string }[] } }>(
        `query Timeline($of: ID!) { timeline(of: $of, kinds: [VISIT]) { nodes { on summary } } }`,
        { of: person.id },
      );
      expect(timeline.nodes).toContainEqual({
        on: "2025-03-05",
        summary: "Cal Case visits an unnamed place (cancelled)",
      });
    } finally {
      await other.close();
    }
  });

  it("are reported by mutation, and a visit is not made before it begins", async () => {
    const report = (input: object) => editor.act("reportVisit", { cite: [{ document: "other" }], ...input });
    expect(faultsOf(await report({ visit: "made", status: "MADE", reportedOn: "2024-05-08" }))).toEqual([
      "INVALID input.reportedOn",
    ]);
    expect(faultsOf(await report({ visit: "no-such", status: "MADE" }))).toEqual(["NOT_FOUND input.visit"]);
    const done = await editor.act<{ visit: { status: string; reports: { status: string; citation: object }[] } }>(
      "reportVisit",
      { visit: "unsaid", status: "POSTPONED", cite: [{ document: "other" }] },
      "visit { status reports { status reportedOn citation { document { key } } } }",
    );
    expect(done).toEqual({
      visit: {
        status: "POSTPONED",
        reports: [{ status: "POSTPONED", reportedOn: null, citation: { document: { key: "other" } } }],
      },
      userErrors: [],
    });
  });

  it("contradict each other where one source says deferred and another cancelled, whatever the days", async () => {
    const { contradictions, meeting, state } = await editor.ask<{
      contradictions: { nodes: object[] };
      meeting: object;
      state: { ledger: object };
    }>(`{
      contradictions { nodes { kind subject { ... on Meeting { slug } } supporting { document { key } } disputing { document { key } } } }
      meeting(slug: "unclear") { status }
      state(code: "AAA") { ledger { total announced open cancelled postponed calledOff fulfilment { period announced calledOff open } } }
    }`);
    expect(contradictions.nodes).toEqual([
      {
        kind: "STATUS_REPORTS",
        subject: { slug: "put-off" },
        supporting: [{ document: { key: "other" } }],
        disputing: [{ document: { key: "late" } }],
      },
    ]);
    expect(meeting).toEqual({ status: "CALLED_OFF" });
    expect(state.ledger).toEqual({
      total: 1,
      announced: 1,
      open: 0,
      cancelled: 0,
      postponed: 0,
      calledOff: 1,
      fulfilment: [{ period: "2024", announced: 1, calledOff: 1, open: 0 }],
    });
  });

  it("are in packs", async () => {
    const record = await wholeRecord(database);
    expect(record["VisitReport"]).toHaveLength(5);
    const folder = path.join(await temporaryFolder(), "pack");
    await exportPack(database, folder);
    await emptyRecord(database);
    await importPack(database, folder);
    expect(await wholeRecord(database)).toEqual(record);
  });
});
