import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { newReport, openDesk, type Browser, type Desk } from "./service.js";

/** A report under review, as these tests look into it. */
interface Found {
  readonly id: string;
  readonly version: number;
  readonly state: string;
  readonly proposals: readonly { readonly number: number; readonly version: number }[];
  readonly records: readonly { readonly id: string; readonly __typename: string }[];
}

interface UserError {
  readonly code: string;
  readonly message: string;
  readonly path: readonly string[];
}

const fields = "id version state proposals { number version } records { id: __typename ... on Node { id } }";
const selection = `submission { ${fields.replace("id: __typename ... on Node { id }", "__typename id")} } userErrors { code message path }`;

describe("two pairs of eyes", () => {
  let desk: Desk;
  let ann: Browser;
  let bob: Browser;
  let cleo: Browser;

  beforeAll(async () => {
    desk = await openDesk(["reference"], { fourEyes: true });
    ann = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
    bob = await desk.signIn(await desk.makeKey("PUBLISH", "Bob"));
    cleo = await desk.signIn(await desk.makeKey("PUBLISH", "Cleo"));
  });
  afterAll(() => desk.close());

  /** Executes one mutation; its payload. */
  async function act<T = { submission: Found; userErrors: readonly UserError[] }>(
    browser: Browser,
    name: string,
    input: object,
    chosen = selection,
  ): Promise<T> {
    const type = `${name.charAt(0).toUpperCase()}${name.slice(1)}Input`;
    const answer = await browser.ask(`mutation ($input: ${type}!) { ${name}(input: $input) { ${chosen} } }`, { input });
    expect(answer.errors).toBeUndefined();
    return (answer.data as unknown as Record<string, T>)[name] as T;
  }

  const codes = ({ userErrors }: { readonly userErrors: readonly UserError[] }): string[] =>
    userErrors.map(({ code, path }) => `${code} ${path.join(".")}`);

  async function accepted(by: Browser, day: string): Promise<Found> {
    const text = newReport.replace("4 March", day).replace(" on Monday", "");
    const { submission } = await act(by, "submitReport", { text, publisher: "Example agency", access: "PUBLIC" });
    const decisions = submission.proposals.map(({ number, version }) => ({
      number,
      expectedVersion: version,
      decision: "ACCEPTED",
    }));
    return (await act(by, "decideProposals", { submission: submission.id, decisions })).submission;
  }

  const history = async (id: string): Promise<unknown> => {
    const { data } = await ann.ask(
      "query ($id: ID!) { node(id: $id) { ... on Meeting { history { nodes { act { kind actor proposedBy } } } } } }",
      { id },
    );
    return (data as unknown as { node: { history: { nodes: readonly { act: unknown }[] } } }).node.history.nodes.map(
      (change) => change.act,
    );
  };

  it("publish a report: who accepted its facts is not who publishes it, and the history names both", async () => {
    const submission = await accepted(ann, "11 March");
    const input = {
      submission: submission.id,
      expectedVersion: submission.version,
      acknowledge: ["LIKELY_DUPLICATE"],
    };
    const rehearsed = await act(ann, "publishSubmission", { ...input, dryRun: true });
    expect(rehearsed.userErrors).toEqual([]);
    const own = await act(ann, "publishSubmission", input);
    expect(codes(own)).toEqual(["REVIEW_REQUIRED input.submission"]);
    expect(own.userErrors[0]?.message).toContain("needs the scope PUBLISH");
    const published = await act(bob, "publishSubmission", input);
    expect(published.userErrors).toEqual([]);
    const meeting = published.submission.records.find(({ __typename }) => __typename === "Meeting");
    expect(await history(String(meeting?.id))).toEqual([
      { kind: "publishSubmission", actor: "Bob", proposedBy: ["Ann"] },
    ]);
  });

  it("count the editor who changed a fact, whatever scope that editor has", async () => {
    const submission = await accepted(cleo, "12 March");
    const input = {
      submission: submission.id,
      expectedVersion: submission.version,
      acknowledge: ["LIKELY_DUPLICATE"],
    };
    const own = await act(cleo, "publishSubmission", input);
    expect(own.userErrors[0]?.message).toContain("another editor with the scope PUBLISH publishes it");
    expect((await act(bob, "publishSubmission", input)).userErrors).toEqual([]);
  });

  it("publish drafts, which can be found by report, editor, type and moment", async () => {
    const submission = await accepted(bob, "13 March");
    const input = {
      submission: submission.id,
      expectedVersion: submission.version,
      acknowledge: ["LIKELY_DUPLICATE"],
    };
    const drafted = await act(bob, "publishSubmission", { ...input, draft: true });
    expect([drafted.userErrors, drafted.submission.state]).toEqual([[], "DRAFTED"]);
    const listing =
      "query ($filter: DraftFilter) { drafts(first: 50, filter: $filter) { totalCount nodes { recordType } } }";
    const count = async (filter: object): Promise<number> =>
      (await ann.ask(listing, { filter })).data.drafts.totalCount;
    const all = await count({ submission: submission.id });
    expect(all).toBeGreaterThan(0);
    expect(await count({ submission: submission.id, recordType: "Meeting" })).toBe(1);
    expect(await count({ submission: "sub_aaaaaaaaaaaaaaaa" })).toBe(0);
    expect(await count({ before: "2020-01-01T00:00:00Z" })).toBe(0);
    expect(await count({ since: "2020-01-01T00:00:00Z", before: "2100-01-01T00:00:00Z" })).toBe(all);
    const now = {
      submission: submission.id,
      expectedVersion: drafted.submission.version,
      acknowledge: ["LIKELY_DUPLICATE"],
    };
    expect(codes(await act(bob, "publishSubmission", now))).toEqual(["REVIEW_REQUIRED input.ids"]);
    const published = await act(cleo, "publishSubmission", now);
    expect([published.userErrors, published.submission.state]).toEqual([[], "PUBLISHED"]);
    const meeting = published.submission.records.find(({ __typename }) => __typename === "Meeting");
    expect(await history(String(meeting?.id))).toEqual([
      { kind: "publishSubmission", actor: "Cleo", proposedBy: ["Bob"] },
    ]);
  });

  it("look at a draft again after another editor has changed it", async () => {
    const { data } = await bob.ask("{ documents(first: 100) { nodes { id isDraft text } } }");
    interface Held {
      readonly id: string;
      readonly isDraft: boolean;
      readonly text: string | null;
    }
    const { nodes } = (data as unknown as { documents: { nodes: readonly Held[] } }).documents;
    const document = nodes.find(({ isDraft, text }) => !isDraft && text?.includes("maritime patrols") === true);
    const cite = [{ document: document?.id, quote: "maritime patrols" }];
    const created = await act<{ forum: { id: string } | null; userErrors: readonly UserError[] }>(
      bob,
      "recordForum",
      { slug: "test-forum", name: "Test forum", kind: "DIALOGUE", cite, draft: true },
      "forum { id } userErrors { code message path }",
    );
    expect(created.userErrors).toEqual([]);
    const id = String(created.forum?.id);
    const errors = "userErrors { code message path }";
    expect(codes(await act(bob, "publishDrafts", { ids: [id] }, errors))).toEqual(["REVIEW_REQUIRED input.ids"]);
    expect(codes(await act(ann, "publishDrafts", { ids: [id] }, errors))).toEqual(["REVIEW_REQUIRED input.ids"]);
    const corrections = [{ field: "name", value: "Tested forum" }];
    expect(codes(await act(cleo, "correctRecord", { id, corrections, reason: "a slip", draft: true }, errors))).toEqual(
      [],
    );
    // Bob cited its source and Cleo changed its name, so that a third editor publishes it.
    expect(codes(await act(cleo, "publishDrafts", { ids: [id] }, errors))).toEqual(["REVIEW_REQUIRED input.ids"]);
    const dan = await desk.signIn(await desk.makeKey("ADMIN", "Dan"));
    expect(codes(await act(dan, "publishDrafts", { ids: [id] }, errors))).toEqual([]);
  });

  it("refuse what one editor alone would publish", async () => {
    const errors = "userErrors { code message path }";
    const forum = { slug: "alone-forum", name: "Alone", kind: "DIALOGUE", cite: [] };
    for (const browser of [ann, bob])
      expect(codes(await act(browser, "recordForum", forum, errors))).toEqual(["REVIEW_REQUIRED input.draft"]);
    const { data } = await ann.ask("{ meetings(first: 1) { nodes { id } } }");
    const [meeting] = (data as unknown as { meetings: { nodes: readonly { id: string }[] } }).meetings.nodes;
    const withdrawal = { id: meeting?.id, reason: "wrong" };
    expect(codes(await act(ann, "withdrawRecord", withdrawal, errors))).toEqual(["REVIEW_REQUIRED input"]);
    const { data: said } = await ann.ask("{ service { requiresReview } }");
    expect(said).toEqual({ service: { requiresReview: true } });
  });
});

describe("access to the text of a report", () => {
  let desk: Desk;
  let browser: Browser;

  beforeAll(async () => {
    desk = await openDesk(["reference"]);
    browser = await desk.signIn(await desk.makeKey("EDIT", "Ann"));
  });
  afterAll(() => desk.close());

  const secret = "This paragraph is the work of its author.";

  async function publish(
    day: string,
    given: object,
    chosen: object = {},
  ): Promise<{ text: string | null; access: string; quotes: string[] }> {
    const text = `${newReport.replace("4 March", day).replace(" on Monday", "")}\n${secret}\n\nThe end.\n`;
    const submit = `mutation ($input: SubmitReportInput!) { submitReport(input: $input) { submission { id access proposals { number version } } userErrors { message } } }`;
    const { data } = await browser.ask(submit, { input: { text, publisher: "Example agency", title: day, ...given } });
    const { submission } = data.submitReport;
    const decisions = submission.proposals.map(({ number, version }) => ({
      number,
      expectedVersion: version,
      decision: "ACCEPTED",
    }));
    const decide = `mutation ($input: DecideProposalsInput!) { decideProposals(input: $input) { submission { version } userErrors { message } } }`;
    const decided = await browser.ask(decide, { input: { submission: submission.id, decisions } });
    const input = {
      submission: submission.id,
      expectedVersion: decided.data.decideProposals.submission.version,
      acknowledge: ["LIKELY_DUPLICATE"],
      ...chosen,
    };
    const done = await browser.ask(
      `mutation ($input: PublishSubmissionInput!) { publishSubmission(input: $input) { submission { access } userErrors { code message } } }`,
      { input },
    );
    expect(done.data.publishSubmission.userErrors).toEqual([]);
    const stranger = await desk.app.inject({
      method: "POST",
      url: "/graphql",
      payload: {
        query: "{ documents(first: 100) { nodes { title access text citations { nodes { passage { quote } } } } } }",
      },
    });
    interface Seen {
      readonly title: string;
      readonly access: string;
      readonly text: string | null;
      readonly citations: { readonly nodes: readonly { readonly passage: { readonly quote: string } | null }[] };
    }
    const { documents } = stranger.json<{ data: { documents: { nodes: readonly Seen[] } } }>().data;
    const found = documents.nodes.find(({ title }) => title === day) as Seen;
    const quotes = found.citations.nodes.flatMap(({ passage }) => passage?.quote ?? []);
    expect(quotes.length).toBeGreaterThan(0);
    for (const quote of quotes) expect(text).toContain(quote);
    return { text: found.text, access: found.access, quotes };
  }

  it("is private unless something else is chosen: strangers see the cited passages alone", async () => {
    const { text, access } = await publish("4 April", {});
    expect([text, access]).toEqual([null, "PRIVATE"]);
  });

  it("can be an excerpt of the paragraphs with accepted facts, with marks where others are left out", async () => {
    const { text, access, quotes } = await publish("15 May", { access: "EXCERPT" });
    expect(access).toBe("EXCERPT");
    expect(text).toMatch(/^OSLO, 15 May 2024[^]*\n\n\[…\]\n$/);
    expect(text).not.toContain(secret);
    for (const quote of quotes) expect(text).toContain(quote);
  });

  it("can be chosen again when the report is published", async () => {
    const { text, access } = await publish("18 June", { access: "PRIVATE" }, { access: "PUBLIC" });
    expect(access).toBe("PUBLIC");
    expect(text).toContain(secret);
  });
});
