import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker, type Asker } from "../support/ask.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { seededServers, type Seeded } from "../support/seeded.js";
import { citing, document, meeting, quote, recordWire, type Recorded } from "../support/wire.js";

const passages = "citations { nodes { document { key } passage { quote } } }";
const cited = (words = quote) => ({
  citations: { nodes: [{ document: { key: document.key }, passage: { quote: words } }] },
});

describe.each((await seededServers(["report"])).filter(({ skip }) => !skip))(
  "acts on meetings on $name",
  ({ open }) => {
    let seeded: Seeded;
    let editor: Editor;
    let reader: Asker;
    let recorded: Recorded;
    beforeAll(async () => {
      seeded = await open();
      editor = editorOf(seeded.database);
      reader = createAsker(seeded.database);
      recorded = await recordWire(editor);
    });
    afterAll(() => seeded.close());

    /** The record with this id, as an anonymous client sees it. */
    const readBack = (id: string, type: string, selection: string) =>
      reader
        .ask<{ node: unknown }>(`query ($id: ID!) { node(id: $id) { ... on ${type} { ${selection} } } }`, { id })
        .then(({ node }) => node);

    it("reports a status of a meeting, which changes its current status", async () => {
      const expected = {
        ...meeting,
        slug: "2025-lao-vnm-hanoi",
        on: "2025",
        participants: [],
        commitments: [],
        statusReports: [{ status: "EXPECTED", reportedOn: "2024-11-22", cite: citing() }],
      };
      await editor.act("recordMeeting", expected);
      const report = {
        meeting: expected.slug,
        status: "POSTPONED",
        reportedOn: "2024-12-01",
        cite: citing("India heard about it."),
      };
      const { userErrors, meeting: after } = await editor.act<{ meeting: object }>(
        "reportStatus",
        report,
        "meeting { status }",
      );
      expect({ userErrors, after }).toEqual({ userErrors: [], after: { status: "POSTPONED" } });
      await expect(
        reader.ask(
          "query ($slug: String!) { meeting(slug: $slug) { status statusReports { status reportedOn citation { passage { quote } } } } }",
          { slug: expected.slug },
        ),
      ).resolves.toEqual({
        meeting: {
          status: "POSTPONED",
          statusReports: [
            { status: "EXPECTED", reportedOn: "2024-11-22", citation: { passage: { quote } } },
            {
              status: "POSTPONED",
              reportedOn: "2024-12-01",
              citation: { passage: { quote: "India heard about it." } },
            },
          ],
        },
      });
      expect(faultsOf(await editor.act("reportStatus", { ...report, meeting: "2025-lao-vnm-hanoy" }))).toEqual([
        "NOT_FOUND input.meeting",
      ]);
      expect(faultsOf(await editor.act("reportStatus", { ...report, cite: [] }))).toContain("UNCITED input");
    });

    it("adds a participant, once", async () => {
      const call = {
        ...meeting,
        slug: "2024-11-22-call",
        kind: "MULTILATERAL",
        participants: [],
        statusReports: [],
        commitments: [],
      };
      await editor.act("recordMeeting", call);
      const seat = {
        meeting: call.slug,
        party: "IND",
        person: "rajnath-singh",
        office: "IND/defence-minister",
        role: "DELEGATE",
        cite: citing(),
      };
      const selection = `id party { code } person { slug } office { key } isExpected isOfficeDoubtful ${passages}`;
      const { userErrors, participant } = await editor.act<{ participant: { id: string } }>(
        "addParticipant",
        seat,
        `participant { ${selection} }`,
      );
      expect(userErrors).toEqual([]);
      expect(participant).toMatchObject({
        party: { code: "IND" },
        person: { slug: "rajnath-singh" },
        office: { key: "IND/defence-minister" },
        isExpected: false,
        isOfficeDoubtful: false,
        ...cited(),
      });
      await expect(readBack(participant.id, "Participant", selection)).resolves.toEqual(participant);
      expect(faultsOf(await editor.act("addParticipant", seat))).toEqual(["DUPLICATE input"]);
      // Another participant of the same party gets a separate seat, even if both are unnamed.
      for (let count = 0; count < 2; count += 1) {
        const { person: _person, office: _office, ...unnamed } = seat;
        expect((await editor.act("addParticipant", unnamed)).userErrors).toEqual([]);
      }
      await expect(
        reader.ask("query ($slug: String!) { meeting(slug: $slug) { participants { totalCount } } }", {
          slug: call.slug,
        }),
      ).resolves.toEqual({ meeting: { participants: { totalCount: 3 } } });
    });

    it("names a participant who was unknown, and does not rename one", async () => {
      const [seat] = recorded.participants.nodes;
      const naming = { participant: seat?.id, person: "narendra-modi", cite: citing("India heard about it.") };
      const { userErrors, participant } = await editor.act<{ participant: object }>(
        "nameParticipant",
        naming,
        `participant { person { slug } party { code } citations { totalCount } }`,
      );
      expect(userErrors).toEqual([]);
      expect(participant).toEqual({
        person: { slug: "narendra-modi" },
        party: { code: "LAO" },
        citations: { totalCount: 2 },
      });
      expect(faultsOf(await editor.act("nameParticipant", { ...naming, person: "xi-jinping" }))).toEqual([
        "CONFLICT input.person",
      ]);
      expect(faultsOf(await editor.act("nameParticipant", { ...naming, participant: "par_aaaaaaaaaaaaaaaa" }))).toEqual(
        ["NOT_FOUND input.participant"],
      );
      expect(faultsOf(await editor.act("nameParticipant", { ...naming, participant: recorded.id }))).toEqual([
        "INVALID input.participant",
      ]);
    });

    it("rejects an office that the person did not hold on the day, unless it is acknowledged, and marks the seat", async () => {
      const day = {
        ...meeting,
        slug: "2024-11-20-somebody-else",
        kind: "MULTILATERAL",
        on: "2024-11-20",
        statusReports: [],
        commitments: [],
      };
      const participants = [
        { party: "IND", person: "narendra-modi", office: "IND/defence-minister", role: "PRINCIPAL", cite: citing() },
      ];
      const refused = await editor.act("recordMeeting", { ...day, participants }, "meeting { id }");
      expect(refused).toMatchObject({
        meeting: null,
        userErrors: [{ code: "OFFICE_NOT_HELD", path: ["input", "participants", "0", "office"] }],
      });
      expect(refused.userErrors[0]?.message).toContain('"Rajnath Singh" held it then');
      const done = await editor.act(
        "recordMeeting",
        { ...day, participants, acknowledge: ["OFFICE_NOT_HELD"] },
        "meeting { participants { nodes { isOfficeDoubtful } } }",
      );
      expect(done).toEqual({ meeting: { participants: { nodes: [{ isOfficeDoubtful: true }] } }, userErrors: [] });
      // Acknowledging what need not be does nothing, and where the day is not known nothing can be said.
      const sound = await editor.act(
        "recordMeeting",
        {
          ...day,
          slug: "a",
          participants: [{ ...participants[0], person: "rajnath-singh" }],
          acknowledge: ["OFFICE_NOT_HELD"],
        },
        "meeting { participants { nodes { isOfficeDoubtful } } }",
      );
      expect(sound).toMatchObject({
        meeting: { participants: { nodes: [{ isOfficeDoubtful: false }] } },
        userErrors: [],
      });
      expect((await editor.act("recordMeeting", { ...day, slug: "b", on: null, participants })).userErrors).toEqual([]);
    });

    it("records a statement, at a meeting and outside of any", async () => {
      const statement = {
        key: "told",
        speaker: "rajnath-singh",
        party: "IND",
        text: "India heard.",
        isVerbatim: false,
        topics: ["Laos"],
        on: "2024-11-23",
        cite: citing("India heard about it."),
      };
      const selection = `id key speaker { slug } party { code } meeting { slug } text isVerbatim topics on ${passages}`;
      for (const where of [{ meeting: meeting.slug }, {}]) {
        const { userErrors, statement: said } = await editor.act<{ statement: { id: string } }>(
          "recordStatement",
          { ...statement, ...where },
          `statement { ${selection} }`,
        );
        expect(userErrors).toEqual([]);
        expect(said).toMatchObject({
          speaker: { slug: "rajnath-singh" },
          meeting: "meeting" in where ? { slug: meeting.slug } : null,
          on: "2024-11-23",
          ...cited("India heard about it."),
        });
        await expect(readBack(said.id, "Statement", selection)).resolves.toEqual(said);
      }
      expect(faultsOf(await editor.act("recordStatement", statement))).toEqual(["DUPLICATE input.key"]);
    });

    it("records a commitment and its outcome", async () => {
      const commitment = {
        meeting: recorded.id,
        key: "arrangement",
        summary: "Sign an arrangement",
        kind: "ARRANGEMENT",
        status: "SOUGHT",
        parties: ["LAO", "VNM"],
        cite: citing(),
      };
      const selection = `id summary status dueOn parties { code } ${passages}`;
      const made = await editor.act<{ commitment: { id: string } }>(
        "recordCommitment",
        commitment,
        `commitment { ${selection} }`,
      );
      expect(made).toMatchObject({
        commitment: { status: "SOUGHT", dueOn: null, parties: [{ code: "LAO" }, { code: "VNM" }], ...cited() },
        userErrors: [],
      });
      const outcome = {
        commitment: made.commitment.id,
        status: "SIGNED",
        dueOn: "2025-01",
        cite: citing("India heard about it."),
      };
      const signed = await editor.act<{ commitment: object }>(
        "reportCommitment",
        outcome,
        `commitment { ${selection} }`,
      );
      expect(signed.userErrors).toEqual([]);
      expect(signed.commitment).toMatchObject({
        summary: commitment.summary,
        status: "SIGNED",
        dueOn: "2025-01",
        citations: { nodes: [{}, {}] },
      });
      await expect(readBack(made.commitment.id, "Commitment", selection)).resolves.toEqual(signed.commitment);
    });

    it("records a visit and a milestone", async () => {
      const visit = {
        key: "laos-2024",
        person: "xi-jinping",
        place: "LAO/vientiane",
        from: "2024-11-21",
        to: "2024-11-23",
        days: 3,
        meetings: [meeting.slug],
        cite: citing(),
      };
      const ofVisit = `id key person { slug } place { key } from to days meetings { nodes { slug } } ${passages}`;
      const went = await editor.act<{ visit: { id: string } }>("recordVisit", visit, `visit { ${ofVisit} }`);
      expect(went).toMatchObject({
        visit: {
          key: visit.key,
          place: { key: visit.place },
          days: 3,
          meetings: { nodes: [{ slug: meeting.slug }] },
          ...cited(),
        },
        userErrors: [],
      });
      await expect(readBack(went.visit.id, "Visit", ofVisit)).resolves.toEqual(went.visit);

      const milestone = {
        key: "vientiane-accord",
        label: "The Vientiane accord",
        on: "2024-11",
        parties: ["LAO"],
        cite: citing(),
      };
      const ofMilestone = `id key label on parties { code } ${passages}`;
      const reached = await editor.act<{ milestone: { id: string } }>(
        "recordMilestone",
        milestone,
        `milestone { ${ofMilestone} }`,
      );
      expect(reached).toMatchObject({
        milestone: {
          key: milestone.key,
          label: milestone.label,
          on: "2024-11",
          parties: [{ code: "LAO" }],
          ...cited(),
        },
        userErrors: [],
      });
      await expect(readBack(reached.milestone.id, "Milestone", ofMilestone)).resolves.toEqual(reached.milestone);
      expect(faultsOf(await editor.act("recordVisit", { ...visit, key: "backwards", to: "2024-11-01" }))).toEqual([
        "INVALID input.to",
      ]);
    });

    it("cites a passage for any record that rests on sources", async () => {
      const { forum } = await reader.ask<{ forum: { id: string; citations: { totalCount: number } } }>(
        '{ forum(slug: "admm-plus") { id citations { totalCount } } }',
      );
      const passage = {
        record: forum.id,
        cite: [{ ...citing("India heard about it.")[0], stance: "DISPUTES", attributedTo: "the ministry" }],
      };
      const selection =
        "record { id ... on Forum { citations { totalCount } } } citations { id stance attributedTo passage { quote } subject { ... on Forum { id } } }";
      const done = await editor.act<{ citations: { id: string }[] }>("citePassage", passage, selection);
      expect(done).toMatchObject({
        record: { id: forum.id, citations: { totalCount: forum.citations.totalCount + 1 } },
        citations: [
          {
            stance: "DISPUTES",
            attributedTo: "the ministry",
            passage: { quote: "India heard about it." },
            subject: { id: forum.id },
          },
        ],
        userErrors: [],
      });
      await expect(readBack(done.citations[0]?.id ?? "", "Citation", "stance document { key }")).resolves.toEqual({
        stance: "DISPUTES",
        document: { key: document.key },
      });
      await expect(editor.act("citePassage", passage, selection)).resolves.toEqual(done);

      const misquoted = await editor.act("citePassage", { record: forum.id, cite: citing("India heard of it.") });
      expect(faultsOf(misquoted)).toEqual(["MISQUOTED input.cite.0.quote"]);
      expect(misquoted.userErrors[0]?.message).toContain('is "India heard about it"');
      expect(faultsOf(await editor.act("citePassage", { record: forum.id, cite: [] }))).toEqual(["INVALID input.cite"]);
      expect(faultsOf(await editor.act("citePassage", { record: "frm_aaaaaaaaaaaaaaaa", cite: citing() }))).toEqual([
        "NOT_FOUND input.record",
      ]);
      const { meeting: held } = await reader.ask<{ meeting: { statusReports: { id: string }[] } }>(
        "query ($slug: String!) { meeting(slug: $slug) { statusReports { id } } }",
        { slug: meeting.slug },
      );
      expect(faultsOf(await editor.act("citePassage", { record: held.statusReports[0]?.id, cite: citing() }))).toEqual([
        "UNCITED input.record",
      ]);
    });

    it("carries out the acts of one operation one after the other, each for itself", async () => {
      const mutation = `mutation ($first: RecordMilestoneInput!, $second: RecordMilestoneInput!) {
      first: recordMilestone(input: $first) { milestone { key } userErrors { code } }
      again: recordMilestone(input: $first) { milestone { key } userErrors { wrong: code where: path } }
      second: recordMilestone(input: $second) { milestone { key } userErrors { code } } }`;
      const of = (key: string) => ({ key, label: key, cite: citing() });
      await expect(editor.ask(mutation, { first: of("first"), second: of("second") })).resolves.toEqual({
        first: { milestone: { key: "first" }, userErrors: [] },
        again: { milestone: null, userErrors: [{ wrong: "DUPLICATE", where: ["input", "key"] }] },
        second: { milestone: { key: "second" }, userErrors: [] },
      });
    });
  },
);
