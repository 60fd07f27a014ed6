import path from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { exportPack } from "../../src/packs/export.js";
import { importPack } from "../../src/packs/import.js";
import { createAsker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { emptyRecord, removeFolders, temporaryFolder, writePack } from "../support/packs.js";
import { wholeRecord } from "../support/record.js";

const pack = {
  "documents.yaml": `documents:
  - {key: page, kind: OFFICIAL_PAGE, title: Page, publisher: P, language: en, publishedOn: 2024-03-05, url: "https://example.org/"}
`,
  "records.yaml": `states:
  - {code: AAA, name: Alpha, cite: [page]}
  - {code: BBB, name: Beta, cite: [page]}
  - {code: CCC, name: Gamma, cite: [page]}
  - {code: DDD, name: Delta, cite: [page]}
persons:
  - {slug: ada-able, name: Ada Able, state: AAA, cite: [page]}
  - {slug: bo-baker, name: Bo Baker, state: BBB, cite: [page]}
offices:
  - {key: AAA/deputy-prime-minister, party: AAA, title: Deputy Prime Minister, kind: OTHER_MINISTER, cite: [page]}
  - {key: AAA/defence-minister, party: AAA, title: Defence Minister, kind: DEFENCE_MINISTER, cite: [page]}
  - {key: BBB/defence-minister, party: BBB, title: Defence Minister, kind: DEFENCE_MINISTER, cite: [page]}
  - {key: BBB/deputy-defence-minister, party: BBB, title: Deputy Defence Minister, kind: DEPUTY_DEFENCE_MINISTER, cite: [page]}
tenures:
  - {person: bo-baker, office: BBB/defence-minister, acting: true, since: 2024, cite: [page]}
`,
};

const meeting = {
  slug: "talks",
  title: "Talks",
  kind: "MULTILATERAL",
  on: "2024-03-04",
  cite: [{ document: "page" }],
  statusReports: [{ status: "HELD", cite: [{ document: "page" }] }],
  participants: [
    {
      party: "AAA",
      person: "ada-able",
      honorific: "General",
      office: "AAA/deputy-prime-minister",
      otherOffices: ["AAA/defence-minister"],
      role: "HOST",
      cite: [{ document: "page" }],
    },
    {
      party: "BBB",
      person: "bo-baker",
      office: "BBB/deputy-defence-minister",
      acting: true,
      representedOffice: "BBB/defence-minister",
      role: "REPRESENTATIVE",
      cite: [{ document: "page" }],
    },
    { party: "BBB", group: "other ministers", groupSize: 3, role: "DELEGATE", cite: [{ document: "page" }] },
    { party: "CCC", attendance: "ABSENT", role: "PRINCIPAL", cite: [{ document: "page" }] },
    { party: "DDD", attendance: "INVITED", role: "OBSERVER", cite: [{ document: "page" }] },
  ],
};

const seats = `participants { nodes { party { code } person { slug } honorific office { key } otherOffices { key } acting
  representedOffice { key } representedPerson { slug } group groupSize attendance } }`;

describe("seats as reports have them", () => {
  let database: Database;
  let editor: Editor;
  beforeAll(async () => {
    database = await anyDatabase();
    editor = editorOf(database);
    await importPack(database, await writePack(pack));
    expect((await editor.act("recordMeeting", meeting)).userErrors).toEqual([]);
  });
  afterAll(async () => {
    await removeFolders();
    await database.close();
  });

  const last = async (between: string[], more: string) => {
    const { lastMet } = await editor.ask<{ lastMet: { meeting: { slug: string } | null } }>(
      `{ lastMet(between: ${JSON.stringify(between)}, ${more}) { meeting { slug } } }`,
    );
    return lastMet.meeting?.slug ?? null;
  };

  it("say acting, further offices, stand-ins, groups, titles of the day and attendance", async () => {
    const found = await editor.ask<{ meeting: { participants: { nodes: unknown[] } } }>(
      `{ meeting(slug: "talks") { ${seats} } }`,
    );
    const plain = {
      person: null,
      honorific: null,
      office: null,
      otherOffices: [],
      acting: false,
      representedOffice: null,
      representedPerson: null,
      group: null,
      groupSize: null,
      attendance: null,
    };
    expect(found.meeting.participants.nodes).toEqual([
      {
        ...plain,
        party: { code: "AAA" },
        person: { slug: "ada-able" },
        honorific: "General",
        office: { key: "AAA/deputy-prime-minister" },
        otherOffices: [{ key: "AAA/defence-minister" }],
      },
      {
        ...plain,
        party: { code: "BBB" },
        person: { slug: "bo-baker" },
        office: { key: "BBB/deputy-defence-minister" },
        acting: true,
        representedOffice: { key: "BBB/defence-minister" },
      },
      { ...plain, party: { code: "BBB" }, group: "other ministers", groupSize: 3 },
      { ...plain, party: { code: "CCC" }, attendance: "ABSENT" },
      { ...plain, party: { code: "DDD" }, attendance: "INVITED" },
    ]);
    const { person } = await editor.ask<{ person: { tenures: unknown[] } }>(
      `{ person(slug: "bo-baker") { tenures { acting } } }`,
    );
    expect(person.tenures).toEqual([{ acting: true }]);
  });

  it("count once, with all their offices; a stand-in does not hold the office stood in for", async () => {
    expect(await last(["AAA", "BBB"], "level: PARTIES")).toBe("talks");
    const offices = (office: string, otherOffice: string) =>
      last(["AAA", "BBB"], `level: OFFICES, office: ${office}, otherOffice: ${otherOffice}`);
    expect(await offices("DEFENCE_MINISTER", "DEPUTY_DEFENCE_MINISTER")).toBe("talks");
    expect(await offices("OTHER_MINISTER", "DEPUTY_DEFENCE_MINISTER")).toBe("talks");
    expect(await offices("DEFENCE_MINISTER", "DEFENCE_MINISTER")).toBeNull();
    const { meeting: found, meetings } = await editor.ask<{
      meeting: { representation: object };
      meetings: { totalCount: number };
    }>(`{
      meeting(slug: "talks") { representation { seats heads ministers deputies others unknown expected } }
      meetings(filter: { parties: ["AAA"], office: DEFENCE_MINISTER }) { totalCount }
    }`);
    // One minister, one deputy, and a group of three whose offices are not known.
    expect(found.representation).toEqual({
      seats: 5,
      heads: 0,
      ministers: 1,
      deputies: 1,
      others: 0,
      unknown: 3,
      expected: 0,
    });
    expect(meetings.totalCount).toBe(1);
  });

  it("have titles of the day, which a search ignores", async () => {
    const found = async (query: string) => {
      const { search } = await editor.ask<{ search: { nodes: { match: { slug?: string } }[] } }>(
        `query Search($query: String!) { search(query: $query, kinds: [PERSON]) { nodes { match { ... on Person { slug } } } } }`,
        { query },
      );
      return search.nodes.map(({ match }) => match.slug);
    };
    expect(await found("General Ada Able")).toEqual(["ada-able"]);
    expect(await found("Vice Admiral Dr. Baker")).toEqual(["bo-baker"]);
    expect(await found("General Nobody")).toEqual([]);
  });

  it("do not make a meeting of those who were absent or only invited", async () => {
    expect(await last(["AAA", "CCC"], "level: PARTIES")).toBeNull();
    expect(await last(["AAA", "DDD"], "level: PARTIES")).toBeNull();
    expect(await last(["AAA", "CCC"], "level: PARTIES, kinds: [MULTILATERAL]")).toBeNull();
    const { meetingCounts } = await editor.ask<{ meetingCounts: { nodes: { parties: { code: string }[] }[] } }>(
      `{ meetingCounts(by: [PARTY]) { nodes { parties { code } } } }`,
    );
    expect(meetingCounts.nodes.map(({ parties }) => parties[0]?.code).sort()).toEqual(["AAA", "BBB"]);
    // A source that reports the party there after all settles it.
    await database.pool.query(`update "Participant" set "attendance" = null where "attendance" = 'INVITED'`);
    expect(await last(["AAA", "DDD"], "level: PARTIES")).toBe("talks");
    await database.pool.query(
      `update "Participant" set "attendance" = 'INVITED' from "Party" y where y."id" = "partyId" and y."code" = 'DDD'`,
    );
    expect(await last(["AAA", "DDD"], "level: PARTIES")).toBeNull();
  });

  it("are faults where they contradict themselves", async () => {
    const faults = async (seat: object) =>
      faultsOf(
        await editor.act("addParticipant", {
          meeting: "talks",
          party: "CCC",
          role: "PRINCIPAL",
          cite: [{ document: "page" }],
          ...seat,
        }),
      );
    expect(await faults({ person: "ada-able", group: "others" })).toEqual(["INVALID input.group"]);
    expect(await faults({ person: "ada-able", groupSize: 3 })).toEqual(["INVALID input.groupSize"]);
    expect(await faults({ person: "ada-able", acting: true })).toEqual(["INVALID input.acting"]);
    expect(await faults({ group: "others", honorific: "Dr" })).toEqual(["INVALID input.honorific"]);
  });

  it("of parties that were invited or absent are not counted, as of a moment and for editors neither", async () => {
    const counts = (more: string) =>
      `{ meetingCounts(by: [PARTY], first: 10${more}) { nodes { count parties { code } } }
        onDays: meetingCounts(by: [PARTY], filter: { during: { from: "2024-01-01", to: "2024-12-31" } }${more}) { nodes { count parties { code } } }
        one: meetingCounts(by: [PARTY], filter: { parties: ["CCC"], during: { from: "2024-01-01", to: "2024-12-31" } }${more}) { nodes { count } } }`;
    const nodes = ["AAA", "BBB"].map((code) => ({ count: 1, parties: [{ code }] }));
    const expected = { meetingCounts: { nodes }, onDays: { nodes }, one: { nodes: [] } };
    const readers = createAsker(database);
    const { meeting: known } = await readers.ask<{ meeting: { history: { nodes: { act: { at: string } }[] } } }>(
      `{ meeting(slug: "talks") { history(first: 1) { nodes { act { at } } } } }`,
    );
    const asOf = `, knownAt: "${known.history.nodes[0]?.act.at ?? ""}"`;
    expect(await readers.ask(counts(""))).toEqual(expected);
    expect(await readers.ask(counts(asOf))).toEqual(expected);
    expect(await editor.ask(counts(""))).toEqual(expected);
  });

  it("are in packs and in the history", async () => {
    const record = await wholeRecord(database);
    const folder = path.join(await temporaryFolder(), "pack");
    await exportPack(database, folder);
    await emptyRecord(database);
    await importPack(database, folder);
    expect(await wholeRecord(database)).toEqual(record);
    const { rows } = await database.pool.query(
      `select "honorific", "attendance"::text, "group" from past."Participant" where "honorific" is not null or "group" is not null or "attendance" is not null order by 1, 2, 3`,
    );
    expect(rows).toContainEqual({ honorific: "General", attendance: null, group: null });
    expect(rows).toContainEqual({ honorific: null, attendance: "ABSENT", group: null });
  });
});
