import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { makeId } from "../../src/lib/ids.js";
import { createAsker, type Asker } from "../support/ask.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { seededServers, type Seeded } from "../support/seeded.js";
import { citing, document, meeting } from "../support/wire.js";

const drafted = { ...meeting, draft: true };
const laos = makeId("sta", "LAO");
// Every way in which a meeting is asked for, found or counted.
const everywhere = `query ($slug: String!, $id: ID!, $document: ID!) {
  meeting(slug: $slug) { id }
  node(id: $id) { id }
  document(id: $document) { id }
  meetings(filter: { parties: ["LAO", "VNM"] }) { totalCount nodes { id } edges { node { id } } }
  search(query: "Laos and Vietnam") { nodes { snippet } }
  lastMet(between: ["LAO", "VNM"], level: PARTIES) { isCertain meeting { id } contenderCount }
  firstMeetingSince(between: ["LAO", "VNM"], level: PARTIES, day: "2024-11-01") { meeting { id } }
  ledger(between: ["LAO", "VNM"]) { total held entries(first: 5) { nodes { meeting { id } } } }
  meetingCounts(by: [STATUS], filter: { parties: ["LAO", "VNM"] }) { totalCount nodes { count } }
  timeline(of: "${laos}", first: 50) { totalCount nodes { on summary } }
  coverage(of: "${laos}", asOf: "2024-12-31") { kind count }
  gaps(of: "${laos}", asOf: "2024-12-31", first: 50) { totalCount nodes { sentence } }
  service { recordVersion counts { meetings documents participants citations } }
}`;
// Everything that is computed from memberships, tenures, claims and conflicts.
const computed = `{
  jointMemberships(parties: ["IND", "LAO"], asOf: "2024-12-01", rule: ANY_ROLE) { forum { slug } }
  jointMembershipChanges(parties: ["IND", "LAO"], from: "2024-11-21", to: "2024-12-01", rule: ANY_ROLE) { forum { slug } kind }
  jointMembershipMatrix(asOf: "2024-12-01", rule: ANY_ROLE, first: 100) { totalCount nodes { parties { code } count forums { slug } } }
  jointMembershipMatrixChanges(from: "2024-11-21", to: "2024-12-01", rule: ANY_ROLE, parties: ["IND", "LAO"], first: 100) { totalCount nodes { parties { code } gained { slug } } }
  forum(slug: "brics") { memberships(first: 50) { totalCount nodes { party { code } } } }
  officeHolders(asOf: "2024-12-01", kind: DEFENCE_MINISTER, first: 50) { totalCount nodes { office { key vacancies { from } } occupancy holders { person { slug } } possibleHolders { person { slug } } } }
  person(slug: "narendra-modi") { tenures { office { key } } }
  firstSinceClaims(parties: ["IND", "CHN"], first: 50) { totalCount nodes { key verdict explanation counterexamples { slug } possibleCounterexamples { slug } } }
  meeting(slug: "2024-11-20-ind-chn-vientiane") { firstSinceClaims { key } conflicts { key } }
  conflicts(first: 50) { totalCount nodes { key claims { value } follows { value } } }
  contradictions(first: 50) { totalCount nodes { kind disputing { stance } } }
}`;

describe.each((await seededServers(["report"])).filter(({ skip }) => !skip))("drafts on $name", ({ open }) => {
  let seeded: Seeded;
  let editor: Editor;
  let reader: Asker;
  beforeAll(async () => {
    seeded = await open();
    editor = editorOf(seeded.database);
    reader = createAsker(seeded.database);
  });
  afterAll(() => seeded.close());

  it("are seen by editors, and nowhere by anybody else", async () => {
    const nothing = { slug: meeting.slug, id: "mtg_aaaaaaaaaaaaaaaa", document: "doc_aaaaaaaaaaaaaaaa" };
    const before = await reader.ask<Record<string, unknown>>(everywhere, nothing);
    const added = await editor.act<{ document: { id: string } }>(
      "addDocument",
      { ...document, draft: true },
      "document { id }",
    );
    const recorded = await editor.act<{ meeting: { id: string; status: string } }>(
      "recordMeeting",
      drafted,
      "meeting { id status participants { totalCount } }",
    );
    expect(recorded).toMatchObject({ meeting: { status: "HELD", participants: { totalCount: 2 } }, userErrors: [] });
    const these = { slug: meeting.slug, id: recorded.meeting.id, document: added.document.id };
    expect(await reader.ask(everywhere, these)).toEqual(before);
    const seen = await editor.ask<{
      meeting: object;
      node: object;
      document: object;
      meetings: { totalCount: number };
    }>(everywhere, these);
    expect(seen).toMatchObject({
      meeting: { id: these.id },
      node: { id: these.id },
      document: { id: these.document },
      meetings: { totalCount: 1 },
    });
    expect(seen).toMatchObject({
      lastMet: { meeting: { id: these.id } },
      firstMeetingSince: { meeting: { id: these.id } },
      ledger: { total: 1, held: 1 },
      meetingCounts: { nodes: [{ count: 1 }] },
    });
    const { service: _ofPublished, ...told } = before;
    for (const field of Object.keys(told)) expect(seen, field).not.toHaveProperty(field, before[field]);
  });

  it("make a meeting announced in ledgers, for editors", async () => {
    const ledger =
      '{ ledger(between: ["IND", "CHN"], during: { from: "2024-11-20", to: "2024-11-20" }) { total announced held fulfilment { period announced held } } }';
    const before = { ledger: { total: 1, announced: 0, held: 1, fulfilment: [] } };
    expect(await editor.ask(ledger)).toEqual(before);
    const report = {
      meeting: "2024-11-20-ind-chn-vientiane",
      status: "EXPECTED",
      reportedOn: "2024-11-19",
      cite: citing("India heard about it."),
      draft: true,
    };
    expect(faultsOf(await editor.act("reportStatus", report))).toEqual([]);
    expect(await reader.ask(ledger)).toEqual(before);
    expect(await editor.ask(ledger)).toEqual({
      ledger: { total: 1, announced: 1, held: 1, fulfilment: [{ period: "2024", announced: 1, held: 1 }] },
    });
  });

  it("change nothing that is computed, but for editors", async () => {
    const before = await reader.ask<Record<string, unknown>>(computed);
    const cite = citing("India heard about it.");
    const act = async (name: string, input: Record<string, unknown>) =>
      expect(faultsOf(await editor.act(name, { ...input, draft: true })), name).toEqual([]);
    for (const party of ["IND", "LAO"])
      await act("recordMembership", {
        forum: "brics",
        party,
        role: "OBSERVER",
        since: "2024-11-22",
        hasEnded: false,
        cite,
      });
    await act("recordTenure", {
      person: "narendra-modi",
      office: "IND/defence-minister",
      since: "2024-11-22",
      hasEnded: false,
      cite,
    });
    // Between the two ends of what the report claims, unless the days that it does not know were later.
    await act("recordMeeting", {
      ...meeting,
      slug: "2024-11-01-ind-chn-vientiane",
      on: "2024-11-01",
      participants: ["IND", "CHN"].map((party) => ({
        party,
        office: `${party}/defence-minister`,
        role: "PRINCIPAL",
        cite,
      })),
      statusReports: [
        { status: "HELD", reportedOn: "2024-11-22", cite },
        { status: "DECLINED", reportedOn: "2024-11-22", cite },
      ],
      commitments: [],
    });
    await act("recordFirstSinceClaim", {
      meeting: "2024-11-20-ind-chn-vientiane",
      key: "drafted",
      level: "PARTIES",
      since: { milestone: "border-clashes-2020" },
      cite,
    });
    await act("recordConflict", {
      key: "drafted",
      field: "place",
      about: { meeting: "2024-11-20-ind-chn-vientiane" },
      claims: [
        { value: "Vientiane", cite },
        { value: "Luang Prabang", cite },
      ],
    });
    expect(await reader.ask(computed)).toEqual(before);
    const seen = await editor.ask<Record<string, unknown>>(computed);
    for (const field of Object.keys(before)) expect(seen[field], field).not.toEqual(before[field]);
    expect(seen).toMatchObject({
      jointMembershipChanges: [{ forum: { slug: "brics" }, kind: "GAINED" }],
      firstSinceClaims: {
        nodes: expect.arrayContaining([
          expect.objectContaining({
            verdict: "CONTRADICTED",
            counterexamples: [{ slug: "2024-11-01-ind-chn-vientiane" }],
          }),
        ]) as unknown,
      },
      meeting: {
        firstSinceClaims: expect.arrayContaining([
          { key: "2024-11-20-ind-chn-vientiane/first-since/drafted" },
        ]) as unknown,
        conflicts: [{ key: "drafted" }],
      },
      contradictions: { nodes: [{ kind: "STATUS_REPORTS" }] },
    });
  });

  it("are not what is published, so that nothing published can rest on them", async () => {
    const published = await editor.act("recordMilestone", { key: "resting", label: "Resting", cite: citing() });
    expect(faultsOf(published)).toEqual(["NOT_FOUND input.cite.0.document"]);
  });

  it("can be added to, and are not made twice", async () => {
    expect(faultsOf(await editor.act("recordMeeting", drafted))).toContain("DUPLICATE input.slug");
    const seat = {
      meeting: meeting.slug,
      party: "IND",
      role: "OBSERVER",
      cite: citing("India heard about it."),
      draft: true,
    };
    expect(faultsOf(await editor.act("addParticipant", seat))).toEqual(["INVALID input"]);
    const statement = {
      meeting: meeting.slug,
      key: "told",
      party: "LAO",
      text: "We met.",
      isVerbatim: true,
      cite: citing(),
      draft: true,
    };
    const said = await editor.act<{ statement: object }>(
      "recordStatement",
      statement,
      "statement { meeting { slug } citations { totalCount } }",
    );
    expect(said).toEqual({
      statement: { meeting: { slug: meeting.slug }, citations: { totalCount: 1 } },
      userErrors: [],
    });
  });
});
