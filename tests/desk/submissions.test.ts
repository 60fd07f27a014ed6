import { afterAll, beforeAll, describe, expect, it } from "vitest";
import {
  newReport,
  openDesk,
  seedReport,
  type Answer,
  type Browser,
  type Desk,
  type FoundSubmission,
} from "./service.js";

const report = `id title publisher publishedOn state version pendingCount acceptedCount parties
  proposals { number kind key about quote start tier rule decision decidedBy version
    values { parties party person office value sameAs city name ordinal } likelyDuplicates { slug } }
  notUnderstood { start text } likelyDuplicates { key } records { __typename id ... on Meeting { slug title status } }`;
const errors = "userErrors { code message path }";
const submitting = `mutation ($input: SubmitReportInput!) { submitReport(input: $input) { submission { ${report} } ${errors} } }`;
const deciding = `mutation ($input: DecideProposalsInput!) { decideProposals(input: $input) { submission { ${report} } ${errors} } }`;
const adding = `mutation ($input: AddProposalInput!) { addProposal(input: $input) { submission { ${report} } ${errors} } }`;
const publishing = `mutation ($input: PublishSubmissionInput!) { publishSubmission(input: $input) { submission { ${report} } ${errors} } }`;
const deleting = `mutation ($input: DeleteSubmissionInput!) { deleteSubmission(input: $input) { deletedId ${errors} } }`;

describe("reports at the desk", () => {
  let desk: Desk;
  let browser: Browser;

  beforeAll(async () => {
    desk = await openDesk();
    browser = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
  });
  afterAll(() => desk.close());

  async function submit(text: string, more: object = {}): Promise<FoundSubmission> {
    const { data, errors: failed } = await browser.ask(submitting, { input: { text, publisher: "MENAFN", ...more } });
    expect(failed).toBeUndefined();
    expect(data.submitReport.userErrors).toEqual([]);
    return data.submitReport.submission;
  }

  async function acceptAll(from: FoundSubmission): Promise<FoundSubmission> {
    let submission = from;
    for (let start = 0; start < from.proposals.length; start += 100) {
      const decisions = from.proposals
        .slice(start, start + 100)
        .map(({ number, version }) => ({ number, expectedVersion: version, decision: "ACCEPTED" }));
      const { data, errors: failed } = await browser.ask(deciding, { input: { submission: from.id, decisions } });
      expect(failed).toBeUndefined();
      expect(data.decideProposals.userErrors).toEqual([]);
      submission = data.decideProposals.submission;
    }
    return submission;
  }

  const publish = async (
    submission: FoundSubmission,
    more: object = {},
  ): Promise<Answer["data"]["publishSubmission"]> => {
    const input = { submission: submission.id, expectedVersion: submission.version, ...more };
    const { data, errors: failed } = await browser.ask(publishing, { input });
    expect(failed).toBeUndefined();
    return data.publishSubmission;
  };

  it("propose what the seed report says, each fact with its words, and know the meetings of the record", async () => {
    const submission = await submit(seedReport);
    expect(submission).toMatchObject({ state: "OPEN", publishedOn: "2024-11-20", acceptedCount: 0 });
    const characters = [...seedReport];
    for (const { quote, start } of submission.proposals)
      expect(characters.slice(start, start + [...quote].length).join("")).toBe(quote);
    const bilateral = submission.proposals.find(
      ({ kind, values }) => kind === "MEETING" && values.sameAs === "2024-11-20-ind-chn-vientiane",
    );
    expect(bilateral).toMatchObject({ values: { parties: ["CHN", "IND"] }, decision: "PENDING", decidedBy: null });
    expect(submission.likelyDuplicates).toEqual([{ key: "menafn-ians-2024-11-20-rajnath-dong-vientiane" }]);
    const all = await browser.ask(`{ submissions(filter: { state: OPEN }) { totalCount nodes { id submittedBy } } }`);
    expect(all.data.submissions.nodes[0]).toEqual({ id: submission.id, submittedBy: "Ann" });
  });

  it("are published in one transaction, as records with pages", async () => {
    const submission = await submit(newReport, { publisher: "Example agency" });
    const accepted = await acceptAll(submission);
    expect(accepted.acceptedCount).toBe(submission.proposals.length);
    const checked = await publish(accepted, { dryRun: true });
    expect(checked.userErrors).toEqual([]);
    expect(checked.submission.state).toBe("OPEN");
    const { userErrors, submission: published } = await publish(accepted);
    expect(userErrors).toEqual([]);
    expect(published).toMatchObject({ state: "PUBLISHED" });
    const meeting = published.records.find(({ __typename }) => __typename === "Meeting");
    expect(meeting).toMatchObject({ title: "Denmark and Norway defence ministers meet in Oslo", status: "HELD" });
    const page = await desk.app.inject({ url: `/meetings/${String(meeting?.slug)}`, headers: { accept: "text/html" } });
    expect(page.statusCode).toBe(200);
    expect(page.body).toContain("Troels Lund Poulsen");
    // And not a second time.
    expect((await publish(published)).userErrors).toMatchObject([{ code: "CONFLICT" }]);
  });

  it("confirm what the record holds already when the seed report is published again", async () => {
    const accepted = await acceptAll(await submit(seedReport));
    const { userErrors, submission } = await publish(accepted);
    expect(userErrors).toEqual([]);
    expect(submission.state).toBe("PUBLISHED");
  });

  it("are not published with a likely duplicate of the record, unless that is acknowledged", async () => {
    const text = newReport.replace("4 March", "5 March").replace("Monday", "Tuesday");
    const accepted = await acceptAll(await submit(text, { publisher: "Another agency" }));
    const { userErrors, submission } = await publish(accepted);
    const expected = {
      code: "LIKELY_DUPLICATE",
      message: expect.stringContaining("Days next to each other") as unknown,
    };
    expect(userErrors).toContainEqual(expect.objectContaining(expected));
    expect(submission.state).toBe("OPEN");
    expect((await publish(accepted, { dryRun: true })).userErrors).toEqual(userErrors);
    const both = await publish(accepted, { acknowledge: ["LIKELY_DUPLICATE"] });
    expect(both.userErrors).toEqual([]);
    expect(both.submission.state).toBe("PUBLISHED");
  });

  it("are stored as drafts, listed for editors alone, and published later", async () => {
    const text = newReport.replace("4 March", "5 April").replace("Monday", "Friday");
    const accepted = await acceptAll(await submit(text, { publisher: "Example agency" }));
    const drafted = await publish(accepted, { draft: true });
    expect(drafted.userErrors).toEqual([]);
    expect(drafted.submission.state).toBe("DRAFTED");
    const listing = `query ($filter: DraftFilter) { drafts(first: 50, filter: $filter) { totalCount nodes { id recordType title actor at record { id isDraft } } } }`;
    const { data } = await browser.ask(listing, { filter: { recordType: "Meeting" } });
    expect(data.drafts.nodes).toMatchObject([{ recordType: "Meeting", actor: "Ann", record: { isDraft: true } }]);
    expect((await browser.ask(listing, { filter: { since: "2100-01-01T00:00:00Z" } })).data.drafts.totalCount).toBe(0);
    expect((await browser.ask(listing, { filter: { actor: "key:nobody" } })).data.drafts.totalCount).toBe(0);
    const reader = await desk.app.inject({
      method: "POST",
      url: "/graphql",
      payload: { query: "{ drafts { totalCount } }" },
    });
    expect(reader.json<Answer>().errors?.[0]?.extensions.code).toBe("UNAUTHENTICATED");
    const { userErrors, submission } = await publish(drafted.submission);
    expect(userErrors).toEqual([]);
    expect(submission.state).toBe("PUBLISHED");
    expect((await browser.ask(listing, {})).data.drafts.totalCount).toBe(0);
  });

  it("name the proposal whose fact contradicts the record, and write nothing", async () => {
    const submission = await acceptAll(
      await submit(newReport.replace("4 March", "6 May"), { publisher: "Example agency" }),
    );
    const meeting = submission.proposals.find(({ kind }) => kind === "MEETING");
    const decisions = [
      {
        number: meeting?.number,
        expectedVersion: meeting?.version,
        decision: "ACCEPTED",
        values: { parties: ["DNK", "ZZZ"] },
      },
    ];
    const { data } = await browser.ask(deciding, { input: { submission: submission.id, decisions } });
    const { userErrors, submission: still } = await publish(data.decideProposals.submission);
    expect(userErrors).toContainEqual(
      expect.objectContaining({ code: "NOT_FOUND", path: ["input", "proposals", String(meeting?.number)] }),
    );
    expect(still.state).toBe("OPEN");
  });

  it("refuse a decision on a proposal that another editor has decided, and say by whom", async () => {
    const submission = await submit(newReport);
    const other = await desk.signIn(await desk.makeKey("EDIT", "Bob"));
    const decision = (number: number, decided: string) => ({
      input: { submission: submission.id, decisions: [{ number, expectedVersion: 1, decision: decided }] },
    });
    await other.ask(deciding, decision(1, "REJECTED"));
    const { data } = await browser.ask(deciding, decision(1, "ACCEPTED"));
    expect(data.decideProposals.userErrors).toMatchObject([
      {
        code: "CONFLICT",
        message: expect.stringContaining("rejected by Bob") as unknown,
        path: ["input", "decisions", "0", "expectedVersion"],
      },
    ]);
    expect(data.decideProposals.submission.proposals[0]).toMatchObject({
      decision: "REJECTED",
      decidedBy: "Bob",
      version: 2,
    });
    // Another proposal is theirs to decide.
    expect((await browser.ask(deciding, decision(2, "ACCEPTED"))).data.decideProposals.userErrors).toEqual([]);
    const stale = await browser.ask(publishing, { input: { submission: submission.id, expectedVersion: 1 } });
    expect(stale.data.publishSubmission.userErrors).toMatchObject([
      { code: "CONFLICT", path: ["input", "expectedVersion"] },
    ]);
  });

  it("take what the reader missed, if the words stand in the text", async () => {
    const submission = await submit(newReport);
    const quote = "letter of intent on maritime patrols";
    const input = {
      submission: submission.id,
      kind: "AGREEMENT",
      values: { parties: ["DNK", "NOR"], name: quote, status: "SIGNED" },
      quote,
    };
    const wrong = await browser.ask(adding, { input: { ...input, start: 3 } });
    expect(wrong.data.addProposal.userErrors).toMatchObject([{ code: "MISQUOTED", path: ["input", "quote"] }]);
    const start = newReport.indexOf(quote);
    const { data } = await browser.ask(adding, { input: { ...input, start } });
    expect(data.addProposal.userErrors).toEqual([]);
    expect(data.addProposal.submission.proposals.at(-1)).toMatchObject({
      kind: "AGREEMENT",
      decision: "ACCEPTED",
      rule: "editor",
      tier: null,
      start,
    });
    const seat = { submission: submission.id, kind: "SEAT", values: { party: "DNK" }, quote, start };
    expect((await browser.ask(adding, { input: seat })).data.addProposal.userErrors).toMatchObject([
      { code: "MISSING", path: ["input", "about"] },
    ]);
    const removed = await browser.ask(deleting, { input: { submission: submission.id } });
    expect(removed.data.deleteSubmission).toEqual({ deletedId: submission.id, userErrors: [] });
    const gone = await browser.ask(`query ($id: ID!) { submission(id: $id) { id } }`, { id: submission.id });
    expect(gone.data.submission).toBeNull();
  });

  it.each(['\'; drop table "Submission"; --', "%_\\%", "$1", "a\0b", "\ud800", "👩‍👩‍👧‍👦", "x".repeat(10_000)])(
    "are not found by texts that mean harm, case %#",
    async (text) => {
      const query = `query ($id: ID!, $text: String!) { submission(id: $id) { id }
        kinds: drafts(filter: { recordType: $text }) { nodes { id } } actors: drafts(filter: { actor: $text }) { nodes { id } } }`;
      const { data, errors: failed = [] } = await browser.ask(query, { id: text, text });
      for (const { extensions } of failed) expect(extensions.code).toBe("BAD_USER_INPUT");
      if (failed.length === 0) expect(data).toEqual({ submission: null, kinds: { nodes: [] }, actors: { nodes: [] } });
    },
  );

  it("are no part of the record", async () => {
    const submission = await submit(newReport);
    const before = await browser.ask("{ service { recordVersion } }");
    await acceptAll(submission);
    const after = await browser.ask("{ service { recordVersion } }");
    expect(after.data).toEqual(before.data);
    const node = await browser.ask(`query ($id: ID!) { node(id: $id) { id } }`, { id: submission.id });
    expect(node.data.node).toBeNull();
  });
});
