import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker, type Asker } from "../support/ask.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { seededServers, type Seeded } from "../support/seeded.js";
import { citing, document, meeting, quote, text } from "../support/wire.js";

describe.each((await seededServers(["report"])).filter(({ skip }) => !skip))("recording on $name", ({ open }) => {
  let seeded: Seeded;
  let editor: Editor;
  let reader: Asker;
  beforeAll(async () => {
    seeded = await open();
    editor = editorOf(seeded.database);
    reader = createAsker(seeded.database);
  });
  afterAll(() => seeded.close());

  it("adds a document, and answers with it as the record holds it", async () => {
    const { document: added, userErrors } = await editor.act<{ document: { id: string; text: string } }>(
      "addDocument",
      document,
      "document { id title text sha256 publishedOn citations { totalCount } }",
    );
    expect(userErrors).toEqual([]);
    expect(added).toMatchObject({
      title: document.title,
      text,
      publishedOn: "2024-11-22",
      citations: { totalCount: 0 },
    });
    await expect(reader.ask("query ($id: ID!) { document(id: $id) { title } }", { id: added.id })).resolves.toEqual({
      document: { title: document.title },
    });
  });

  it("records a meeting with all that belongs to it, each fact with its passage", async () => {
    const recorded = await editor.act<{ meeting: { id: string } }>("recordMeeting", meeting, "meeting { id }");
    expect(recorded.userErrors).toEqual([]);
    expect(recorded.meeting.id).toMatch(/^mtg_/);
    const answer = await reader.ask(
      `query ($slug: String!) { meeting(slug: $slug) { id status
        citations { nodes { passage { quote start end } document { title } } }
        participants { nodes { party { code } citations { totalCount } } }
        commitments { nodes { summary dueOn parties { code } citations { nodes { passage { start } } } } } } }`,
      { slug: meeting.slug },
    );
    const start = text.indexOf(quote);
    expect(answer).toEqual({
      meeting: {
        id: recorded.meeting.id,
        status: "HELD",
        citations: {
          nodes: [{ passage: { quote, start, end: start + quote.length }, document: { title: document.title } }],
        },
        participants: { nodes: ["LAO", "VNM"].map((code) => ({ party: { code }, citations: { totalCount: 1 } })) },
        commitments: {
          nodes: [
            {
              summary: "Meet again in Hanoi in 2025",
              dueOn: "2025",
              parties: [{ code: "LAO" }, { code: "VNM" }],
              citations: { nodes: [{ passage: { start: text.indexOf("They agreed") } }] },
            },
          ],
        },
      },
    });
  });

  it("does not record the same meeting or document twice", async () => {
    expect(faultsOf(await editor.act("recordMeeting", meeting))).toContain("DUPLICATE input.slug");
    const again = await editor.act("addDocument", document, "document { id }");
    expect(again).toMatchObject({ document: null, userErrors: [{ code: "DUPLICATE", path: ["input", "key"] }] });
  });

  it("names all faults at once, each where it is, and writes nothing", async () => {
    const before = await reader.ask("{ service { recordVersion counts { meetings } } }");
    const faulty = {
      ...meeting,
      slug: "2024-11-23-lao-vnm",
      on: "2024-11-23",
      place: "nowhere/at-all",
      purpose: "  ",
      cite: [{ document: document.key, quote: "The defence ministers of Laos and Vietnam met on Monday" }],
      participants: [
        { party: "LAO", person: "nobody-known", role: "PRINCIPAL", cite: citing() },
        { party: "VNM", role: "PRINCIPAL", cite: [] },
        { party: "per_aaaaaaaaaaaaaaaa", role: "PRINCIPAL", cite: citing() },
      ],
      statusReports: [{ status: "UNKNOWN", cite: citing() }],
    };
    const {
      meeting: none,
      userErrors,
      ...rest
    } = await editor.act<{ meeting: unknown }>("recordMeeting", faulty, "meeting { id }");
    expect(none).toBeNull();
    expect(faultsOf({ ...rest, userErrors })).toEqual([
      "MISQUOTED input.cite.0.quote",
      "NOT_FOUND input.participants.0.person",
      "UNCITED input.participants.1",
      "INVALID input.participants.2.party",
      "NOT_FOUND input.place",
      "INVALID input.purpose",
      "INVALID input.statusReports.0.status",
    ]);
    expect(userErrors[0]?.message).toContain(
      `the nearest passage, at ${String(text.indexOf("The defence"))}, is "The defence ministers of Laos and Vietnam met on Friday`,
    );
    expect(await reader.ask("{ service { recordVersion counts { meetings } } }")).toEqual(before);
  });

  it("takes ids wherever it takes keys", async () => {
    const found = await reader.ask<{
      party: { id: string };
      other: { id: string };
      meeting: { id: string; citations: { nodes: { document: { id: string } }[] } };
    }>(
      `query ($slug: String!) { party(code: "LAO") { id } other: party(code: "VNM") { id }
        meeting(slug: $slug) { id citations { nodes { document { id } } } } }`,
      { slug: meeting.slug },
    );
    const byIds = [{ document: found.meeting.citations.nodes[0]?.document.id, quote }];
    const { userErrors } = await editor.act("recordMeeting", {
      slug: "2024-11-22-lao-vnm-call",
      title: "Laos and Vietnam defence ministers call each other",
      kind: "BILATERAL",
      sidelinesOf: found.meeting.id,
      cite: byIds,
      participants: [found.party.id, found.other.id].map((party) => ({ party, role: "PRINCIPAL", cite: byIds })),
    });
    expect(userErrors).toEqual([]);
    await expect(
      reader.ask(
        '{ meeting(slug: "2024-11-22-lao-vnm-call") { sidelinesOf { slug } participants { nodes { party { code } } } } }',
      ),
    ).resolves.toEqual({
      meeting: {
        sidelinesOf: { slug: meeting.slug },
        participants: { nodes: [{ party: { code: "LAO" } }, { party: { code: "VNM" } }] },
      },
    });
  });
});
