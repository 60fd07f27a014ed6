import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Answer } from "../support/ask.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { shortestDuration } from "../support/time.js";

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
});
afterAll(() => seeded.close());

/** Insists on an input error that names its argument. */
function expectBadInput({ data, errors }: Answer<unknown>, argument: RegExp | string): void {
  expect(data === null || Object.values(data as object).every((value) => value === null), JSON.stringify(data)).toBe(
    true,
  );
  expect(errors).toHaveLength(1);
  expect(errors[0]).toMatchObject({ code: "BAD_USER_INPUT", isOurs: false });
  expect(errors[0]?.message).toMatch(
    typeof argument === "string" ? new RegExp(`"\\$?${argument}"|${argument}`) : argument,
  );
}

/** Insists that an answer is empty or an input error, and never a fault of ours. */
function expectHarmless({ errors }: Answer<unknown>, what: string): void {
  for (const error of errors) expect(error, what).toMatchObject({ code: "BAD_USER_INPUT", isOurs: false });
}

/** Forms in which a value reaches an argument. */
const forms = (type: string, field: (value: string) => string, value: unknown, literal = JSON.stringify(value)) =>
  [
    ["a literal", `{ ${field(literal)} }`, {}],
    ["a variable", `query Q($value: ${type}) { ${field("$value")} }`, { value }],
  ] as const;

describe("dates", () => {
  const fields: Record<string, (value: string) => string> = {
    asOf: (value) => `forum(slug: "asean") { memberships(asOf: ${value}) { totalCount } }`,
    from: (value) => `meetings(filter: { during: { from: ${value} } }) { totalCount }`,
    before: (value) => `lastMeeting(between: ["IND", "CHN"], level: PARTIES, before: ${value}) { id }`,
    on: (value) => `forum(slug: "asean") { session(on: ${value}) { id } }`,
  };
  const wrong = [
    "2024-02-30",
    "2023-02-29",
    "2024-13-01",
    "2024-00-10",
    "2024-11-31",
    "20-11-2024",
    "2024-11",
    "2024",
    "yesterday",
    "",
    "2024-11-20T00:00:00Z",
    "+2024-11-20",
    "0000-01-01",
    "99999-01-01",
    "2024-11-20 ",
    "2024‑11‑20",
    "'; --",
  ];

  describe.each(Object.entries(fields))("of the argument %s", (argument, field) => {
    it.each(wrong)("%j is refused, as a literal and as a variable", async (value) => {
      for (const [, document, variables] of forms("Date", field, value)) {
        expectBadInput(await seeded.answer(document, variables), new RegExp(`${argument}|\\$value`));
      }
    });
  });

  it.each([[20241120], [true], [["2024-11-20", "2024-11-21"]], [{ day: 1 }]])("%j is no day", async (value) => {
    const document = `query Q($value: Date) { ${fields["asOf"]?.("$value") ?? ""} }`;
    expectBadInput(await seeded.answer(document, { value }), "value");
  });

  it.each(["2024-02-29", "0001-01-01", "9999-12-31", "2000-02-29"])("%j is a day", async (value) => {
    for (const field of Object.values(fields)) {
      for (const [, document, variables] of forms("Date", field, value)) await seeded.ask(document, variables);
    }
  });

  it("a wrong day inside a list of variables or an input object is named with its place", async () => {
    const inObject = await seeded.answer(
      "query Q($filter: MeetingFilter) { meetings(filter: $filter) { totalCount } }",
      { filter: { during: { to: "2024-02-30" } } },
    );
    expectBadInput(inObject, /\$filter.*during\.to/s);
    const inDefault = await seeded.answer(
      `query Q($to: Date = "2024-02-30") { meetings(filter: { during: { to: $to } }) { totalCount } }`,
      {},
    );
    expectBadInput(inDefault, `Argument "filter.during.to"`);
  });

  it("a period that ends before it begins holds nothing", async () => {
    expect(
      await seeded.ask(`{ meetings(filter: { during: { from: "2025-01-01", to: "2020-01-01" } }) { totalCount } }`),
    ).toEqual({ meetings: { totalCount: 0 } });
  });
});

describe("page sizes", () => {
  const lists: Record<string, (args: string) => string> = {
    "of a root list": (args) => `meetings(${args}) { totalCount nodes { id } }`,
    "of a list within an object": (args) => `forum(slug: "asean") { memberships(${args}) { nodes { id } } }`,
    "of a list within a list": (args) => `meetings(first: 1) { nodes { participants(${args}) { nodes { id } } } }`,
    "of a computed list": (args) => `search(query: "india", ${args}) { nodes { snippet } }`,
  };

  describe.each(Object.entries(lists))("%s", (_what, field) => {
    it.each([
      ["first", 0],
      ["first", -1],
      ["first", 101],
      ["last", 0],
      ["last", -5],
      ["last", 101],
      ["first", -2147483648],
      ["first", 2147483647],
    ] as const)("%s: %d is refused by its name", async (argument, value) => {
      for (const [, document, variables] of forms("Int", (given) => field(`${argument}: ${given}`), value)) {
        const answer = await seeded.answer(document, variables);
        expectBadInput(answer, `Argument "${argument}"`);
        expect(answer.errors[0]?.argument).toBe(argument);
        expect(answer.errors[0]?.message).toContain("from 1 to 100");
      }
    });

    it.each([2147483648, 1.5, "10", true])("%j is no page size at all", async (value) => {
      const [[, literal], [, variable, variables]] = forms("Int", (given) => field(`first: ${given}`), value);
      expect((await seeded.answer(literal)).errors[0]).toMatchObject({ isOurs: false });
      expectBadInput(await seeded.answer(variable, variables), "value");
    });

    it.each([
      ["first: 2, last: 2", "last"],
      ['last: 2, after: "x"', "after"],
      ['first: 2, before: "x"', "before"],
      ['before: "x"', "before"],
    ])("%s contradicts itself", async (args, argument) => {
      expectBadInput(await seeded.answer(`{ ${field(args)} }`), `Argument "${argument}"`);
    });

    it("a default of a variable is held to the same", async () => {
      expectBadInput(
        await seeded.answer(`query Q($first: Int = 1000) { ${field("first: $first")} }`),
        `Argument "first"`,
      );
    });

    it.each([1, 100])("%d is accepted", async (value) => {
      for (const [, document, variables] of forms("Int", (given) => field(`first: ${given}`), value))
        await seeded.ask(document, variables);
    });
  });
});

describe("cursors", () => {
  const field = (args: string) =>
    `meetings(first: 2, ${args}) { nodes { id } pageInfo { endCursor hasNextPage hasPreviousPage } edges { cursor } }`;
  const encoded = (value: unknown) =>
    Buffer.from(typeof value === "string" ? value : JSON.stringify(value)).toString("base64url");

  it.each([
    ["garbage", "garbage"],
    ["nothing", ""],
    ["no JSON", encoded("date DESC")],
    ["no array", encoded({ order: "date DESC" })],
    ["nothing within", encoded([])],
    ["another order", encoded(["date ASC", "2024-11-20", "mtg_x"])],
    ["too few values", encoded(["date DESC", "2024-11-20"])],
    ["too many values", encoded(["date DESC", "2024-11-20", "mtg_x", 1])],
    ["objects", encoded(["date DESC", {}, "mtg_x"])],
    ["NUL", encoded(["date DESC", "2024-11-20", "a\0b"])],
    ["no date", encoded(["date DESC", "yesterday", "mtg_x"])],
    ["an impossible date", encoded(["date DESC", "2024-02-30", "mtg_x"])],
    ["null", encoded(["date DESC", null, "mtg_x"])],
    ["a number for a date", encoded(["date DESC", 5, "mtg_x"])],
    ["a truth for an id", encoded(["date DESC", "2024-11-20", true])],
    ["SQL", encoded(["date DESC", '2024-11-20\'::date); drop table "Meeting"; --', "x"])],
    ["a long text", "A".repeat(50_000)],
    ["deep arrays", encoded("[".repeat(5_000))],
  ])("made of %s are refused by their name", async (_what, cursor) => {
    for (const [, document, variables] of forms("String", (value) => field(`after: ${value}`), cursor)) {
      const answer = await seeded.answer(document, variables);
      expectBadInput(answer, `Argument "after"`);
      expect(answer.errors[0]?.argument).toBe("after");
    }
  });

  it("of a page in one order do not fit another, nor another list", async () => {
    const { meetings, states } = await seeded.ask<Record<string, { pageInfo: { endCursor: string } }>>(
      "{ meetings(first: 1, orderBy: { field: TITLE }) { pageInfo { endCursor } } states(first: 1) { pageInfo { endCursor } } }",
    );
    expectBadInput(
      await seeded.answer(`{ ${field(`after: ${JSON.stringify(meetings?.pageInfo.endCursor)}`)} }`),
      `Argument "after"`,
    );
    expectBadInput(
      await seeded.answer(`{ ${field(`after: ${JSON.stringify(states?.pageInfo.endCursor)}`)} }`),
      `Argument "after"`,
    );
  });

  it("of a deleted entry still mark its place", async () => {
    const between = encoded(["date DESC", "2024-11-19", "mtg_gone"]);
    const { meetings } = await seeded.ask<{ meetings: { nodes: { on: string }[] } }>(
      `{ meetings(first: 1, after: "${between}") { nodes { on } } }`,
    );
    expect(meetings.nodes).toEqual([{ on: "2024-11-17" }]);
  });

  it.each([
    ["numbers", `search(query: "india", first: 1`, ["relevance", "many", 1, "x", "y"]],
    ["numbers out of range", `search(query: "india", first: 1`, ["relevance", 99999999999, 1, "x", "y"]],
    ["fractions", `search(query: "india", first: 1`, ["relevance", 0.5, 1, "x", "y"]],
    ["dates", `timeline(of: "sta_x", first: 1`, ["timeline", "x", 1, "y"]],
    [
      "pairs",
      `jointMembershipMatrix(asOf: "2024-11-20", rule: ANY_ROLE, first: 1`,
      ["pairs ANY_ROLE", "4; select", "x"],
    ],
  ])("hold what their list is ordered by: %s", async (_what, start, values) => {
    expectBadInput(
      await seeded.answer(`{ ${start}, after: "${encoded(values)}") { totalCount nodes { __typename } } }`),
      `Argument "after"`,
    );
  });
});

describe("unknown names and ids", () => {
  it("are null for one thing, and an empty list for a filter", async () => {
    const answer = await seeded.ask(/* GraphQL */ `
      {
        state(code: "XXX") { id }
        misspelt: state(code: "IDN ") { id }
        organizationAsState: state(code: "ASEAN") { id }
        stateAsOrganization: organization(code: "IND") { id }
        party(code: "XXX") { id }
        person(slug: "nobody") { id }
        forum(slug: "nonesuch") { id }
        meeting(slug: "never") { id }
        document(id: "doc_nonesuch") { id }
        node(id: "mtg_nonesuch") { id }
        nodes(ids: ["x", "", "mtg_", "_", "zzz_aaaa"]) { id }
        timeline(of: "per_nobody") { totalCount nodes { on } }
        firstSinceClaims(parties: ["XXX"]) { totalCount }
        jointMemberships(parties: ["XXX", "IND"], asOf: "2024-11-20", rule: ANY_ROLE) { forum { slug } }
        lastMeeting(between: ["XXX", "IND"], level: PARTIES) { id }
        session: forum(slug: "asean") { session(ordinal: 99) { id } }
      }
    `);
    expect(answer).toEqual({
      state: null,
      misspelt: null,
      organizationAsState: null,
      stateAsOrganization: null,
      party: null,
      person: null,
      forum: null,
      meeting: null,
      document: null,
      node: null,
      nodes: [null, null, null, null, null],
      timeline: { totalCount: 0, nodes: [] },
      firstSinceClaims: { totalCount: 0 },
      jointMemberships: [],
      lastMeeting: null,
      session: { session: null },
    });
  });

  it.each(["parties", "persons", "forum", "onSidelinesOf", "country"])("filter by %s", async (name) => {
    const value = name === "parties" || name === "persons" ? '["XXX"]' : '"XXX"';
    expect(await seeded.ask(`{ meetings(filter: { ${name}: ${value} }) { totalCount nodes { id } } }`)).toEqual({
      meetings: { totalCount: 0, nodes: [] },
    });
  });

  it("an id is of its own kind: a meeting is no document", async () => {
    const { meeting } = await seeded.ask<{ meeting: { id: string } }>(`{ meeting(slug: "admm-plus-11") { id } }`);
    expect(
      await seeded.ask("query Q($id: ID!) { document(id: $id) { id } node(id: $id) { __typename } }", meeting),
    ).toEqual({ document: null, node: { __typename: "Meeting" } });
    expect(await seeded.ask("query Q($of: ID!) { timeline(of: $of) { totalCount } }", { of: meeting.id })).toEqual({
      timeline: { totalCount: 0 },
    });
  });

  it("a number is an unknown id", async () => {
    expect(
      await seeded.ask("query Q($id: ID!) { node(id: $id) { id } literal: node(id: 42) { id } }", { id: 42 }),
    ).toEqual({ node: null, literal: null });
  });

  // Longer lists are refused before anything is read: tests/limits/lists.test.ts.
  it("a hundred ids are looked up at once", async () => {
    const question = "query Q($ids: [ID!]!) { nodes(ids: $ids) { id } }";
    expect(
      (await seeded.ask<{ nodes: unknown[] }>(question, { ids: Array.from({ length: 100 }, String) })).nodes,
    ).toHaveLength(100);
  });
});

describe("too little to go by", () => {
  it.each([
    [`lastMeeting(between: ["IND", "CHN"], level: OFFICES) { id }`, "office"],
    [`lastMeeting(between: ["IND"], level: PARTIES) { id }`, "between"],
    [`lastMeeting(between: ["IND", "IND"], level: PARTIES) { id }`, "between"],
    [`lastMeeting(between: [], level: PERSONS) { id }`, "between"],
    [`jointMemberships(parties: ["IND"], asOf: "2024-11-20", rule: ANY_ROLE) { forum { slug } }`, "parties"],
    [`jointMemberships(parties: [], asOf: "2024-11-20", rule: ANY_ROLE) { forum { slug } }`, "parties"],
    [`forum(slug: "asean") { session { id } }`, "ordinal"],
  ])("%s", async (field, argument) => {
    const answer = await seeded.answer(`{ ${field} }`);
    expectBadInput(answer, `Argument "${argument}"`);
    expect(answer.errors[0]?.argument).toBe(argument);
  });

  it("an error of one field does not keep the others from being answered", async () => {
    const answer = await seeded.answer<Record<string, unknown>>(
      `{ good: state(code: "IND") { code } lastMeeting(between: ["IND"], level: PARTIES) { id } also: state(code: "CHN") { code } }`,
    );
    expect(answer.data).toEqual({ good: { code: "IND" }, lastMeeting: null, also: { code: "CHN" } });
    expect(answer.errors).toMatchObject([{ code: "BAD_USER_INPUT", path: "lastMeeting" }]);
  });
});

/** Every argument that takes a text of the client's own choosing. */
const stringArguments: Record<string, string> = {
  "node(id)": "node(id: $text) { id }",
  "nodeAsKnown(id)": "nodeAsKnown(id: $text) { id }",
  "identified(value)": "identified(scheme: WIKIDATA, value: $text) { id }",
  "nodes(ids)": "nodes(ids: [$text]) { id }",
  "document(id)": "document(id: $text) { id }",
  "documents(filter.publisher)": "documents(filter: { publisher: $text }) { totalCount nodes { id } }",
  "documents(after)": "documents(first: 1, after: $text) { nodes { id } }",
  "documents(before)": "documents(last: 1, before: $text) { nodes { id } }",
  "citations(filter.naming)":
    "documents(first: 2) { nodes { citations(filter: { naming: $text }) { totalCount nodes { id } } } }",
  "state(code)": "state(code: $text) { id }",
  "organization(code)": "organization(code: $text) { id }",
  "party(code)": "party(code: $text) { id }",
  "person(slug)": "person(slug: $text) { id }",
  "forum(slug)": "forum(slug: $text) { id }",
  "meeting(slug)": "meeting(slug: $text) { id }",
  "meetings(filter.parties)": 'meetings(filter: { parties: [$text, "IND"] }) { totalCount nodes { id } }',
  "meetings(filter.persons)": "meetings(filter: { persons: [$text] }) { totalCount nodes { id } }",
  "meetings(filter.forum)": "meetings(filter: { forum: $text }) { totalCount nodes { id } }",
  "meetings(filter.onSidelinesOf)": "meetings(filter: { onSidelinesOf: $text }) { totalCount nodes { id } }",
  "meetings(filter.country)": "meetings(filter: { country: $text }) { totalCount nodes { id } }",
  "lastMeeting(between)": 'lastMeeting(between: [$text, "IND"], level: PARTIES) { id }',
  "lastMeeting(sinceMilestone)": 'lastMeeting(between: ["IND", "CHN"], level: PARTIES, sinceMilestone: $text) { id }',
  "lastMet(beforeMilestone)": 'lastMet(between: ["IND", "CHN"], level: PARTIES, beforeMilestone: $text) { isCertain }',
  "firstMeetingSince(milestone)":
    'firstMeetingSince(between: ["IND", "CHN"], level: PARTIES, milestone: $text) { isCertain }',
  "firstMeetingSince(meeting)":
    'firstMeetingSince(between: ["IND", "CHN"], level: PARTIES, meeting: $text) { isCertain }',
  "activity(key)": "activity(key: $text) { id }",
  "activities(filter.parties)": 'activities(filter: { parties: [$text, "IND"] }) { totalCount nodes { id } }',
  "activities(filter.series)": "activities(filter: { series: $text }) { totalCount nodes { id } }",
  "activities(filter.forum)": "activities(filter: { forum: $text }) { totalCount nodes { id } }",
  "activities(filter.agreement)": "activities(filter: { agreement: $text }) { totalCount nodes { id } }",
  "activities(filter.country)": "activities(filter: { country: $text }) { totalCount nodes { id } }",
  "activities(filter.topics)": "activities(filter: { topics: [$text] }) { totalCount nodes { id } }",
  "agreement(key)": "agreement(key: $text) { id }",
  "agreements(filter.parties)": 'agreements(filter: { parties: [$text, "IND"] }) { totalCount nodes { id } }',
  "agreements(filter.person)": "agreements(filter: { person: $text }) { totalCount nodes { id } }",
  "agreements(filter.meeting)": "agreements(filter: { meeting: $text }) { totalCount nodes { id } }",
  "agreements(filter.topics)": "agreements(filter: { topics: [$text] }) { totalCount nodes { id } }",
  "agreements(filter.name)": "agreements(filter: { name: $text }) { totalCount nodes { id } }",
  "statements(filter.speaker)": "statements(filter: { speaker: $text }) { totalCount nodes { id } }",
  "statements(filter.party)": "statements(filter: { party: $text }) { totalCount nodes { id } }",
  "statements(filter.meeting)": "statements(filter: { meeting: $text }) { totalCount nodes { id } }",
  "statements(filter.topics)": "statements(filter: { topics: [$text] }) { totalCount nodes { id } }",
  "meetings(filter.topics)": "meetings(filter: { topics: [$text] }) { totalCount nodes { id } }",
  "conflicts(filter.field)": "conflicts(filter: { field: $text }) { totalCount }",
  "conflicts(filter.about)": "conflicts(filter: { about: $text }) { totalCount }",
  "lastMeeting(between persons)": 'lastMeeting(between: [$text, "rajnath-singh"], level: PERSONS) { id }',
  "firstSinceClaims(parties)": "firstSinceClaims(parties: [$text]) { totalCount }",
  "jointMemberships(parties)":
    'jointMemberships(parties: [$text, "IND"], asOf: "2024-11-20", rule: ANY_ROLE) { forum { slug } }',
  "timeline(of)": "timeline(of: $text) { totalCount nodes { on } }",
  "timeline(with)": 'timeline(of: "sta_aelleeud5xsw2wrf", with: $text) { totalCount nodes { on } }',
  "meetingCounts(filter.parties)": "meetingCounts(by: [PAIR], filter: { parties: [$text] }) { totalCount }",
  "coverage(of)": 'coverage(of: $text, asOf: "2026-01-01") { count }',
  "gaps(with)": 'gaps(of: "sta_aelleeud5xsw2wrf", with: $text, asOf: "2026-01-01") { totalCount nodes { sentence } }',
  "search(query)": "search(query: $text, first: 2) { totalCount nodes { snippet } }",
  "suggestions(prefix)": "suggestions(prefix: $text, first: 2) { totalCount nodes { text } }",
};

const hostile: Record<string, string> = {
  "SQL that ends a string": '\'; drop table "Meeting"; --',
  "SQL that is always true": "' or '1'='1",
  "a parameter": "$1",
  "a pattern": "%_\\%",
  "a regular expression": "(a+)+$[[:alpha:]]{1,9}\\M\\",
  JSON: '"}],"x":{"',
  "an array of Postgres": '{a,"b",NULL}',
  "a cast": "x'::regclass",
  NUL: "a\0b",
  "only NUL": "\0",
  "a lone high surrogate": "a\ud800b",
  "a lone low surrogate": "\udc00",
  "emoji and a family of them": "👩‍👩‍👧‍👦 🇮🇳",
  "right to left": "\u202Eabc",
  "line breaks and control characters": "a\r\n\t\u0001\u007f\u0085b",
  "a thousand accents": `a${"\u0301".repeat(1_000)}`,
  "a very long text": "x".repeat(100_000),
  __proto__: "__proto__",
};

describe("texts that mean harm", () => {
  const documents = Object.entries(stringArguments);

  it("the list of text arguments is complete", async () => {
    const { __schema } = await seeded.ask<{
      __schema: {
        types: {
          kind: string;
          name: string;
          fields: { name: string; args: Argument[] }[] | null;
          inputFields: Argument[] | null;
        }[];
      };
    }>(
      "{ __schema { types { kind name fields { name args { name type { ...T } } } inputFields { name type { ...T } } } } } fragment T on __Type { name ofType { name ofType { name ofType { name } } } }",
    );
    const isText = ({ type }: Argument) => /"name":"(String|ID)"/.test(JSON.stringify(type));
    // Mutations are tested in tests/acts, streams in tests/live, and lists for editors in tests/desk.
    const elsewhere = ["Subscription", "DraftFilter"];
    const texts = __schema.types
      .filter(({ name }) => !name.startsWith("__") && !name.endsWith("Input") && !elsewhere.includes(name))
      .flatMap(({ fields, inputFields }) =>
        [...(fields ?? []).flatMap(({ args }) => args), ...(inputFields ?? [])].filter(isText).map(({ name }) => name),
      );
    const tried = Object.keys(stringArguments).join(" ");
    for (const name of new Set(texts)) expect(tried, name).toMatch(new RegExp(`[(.]${name}\\b`));
  });

  it.each(documents)("%s", async (what, field) => {
    const type =
      /node\(|nodeAsKnown\(|nodes\(|document\(|timeline\(|coverage\(|gaps\(|about:/.test(field) &&
      !field.startsWith("documents")
        ? "ID!"
        : "String!";
    for (const [harm, text] of Object.entries(hostile)) {
      const answer = await seeded.answer(`query Q($text: ${type}) { ${field} }`, { text });
      expectHarmless(answer, `${what}: ${harm}`);
      // A search goes by the words that are in such a text, and a name by its letters.
      if (answer.errors.length === 0 && !field.startsWith("search") && what !== "agreements(filter.name)")
        expect(JSON.stringify(answer.data), `${what}: ${harm} finds nothing`).not.toMatch(/"id":"/);
      const literal = field.replace("$text", JSON.stringify(text).replace(/\u007f|\u0085/g, ""));
      const asLiteral = await seeded.answer(`{ ${literal} }`);
      for (const error of asLiteral.errors)
        expect(error, `${what}: ${harm} as a literal`).toMatchObject({ isOurs: false });
    }
  });

  it("leave the record as it was", async () => {
    const { service } = await seeded.ask<{ service: { counts: { meetings: number } } }>(
      "{ service { counts { meetings } } }",
    );
    expect(service.counts.meetings).toBe(51);
  });

  it("of any kind whatever", async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.constantFrom(...documents),
        fc.string({ unit: "binary", maxLength: 60 }),
        async ([what, field], text) => {
          const type = /^(node|nodeAsKnown|nodes|document|timeline|coverage|gaps)\(|about:/.test(field)
            ? "ID!"
            : "String!";
          expectHarmless(await seeded.answer(`query Q($text: ${type}) { ${field} }`, { text }), what);
        },
      ),
      { numRuns: 150 },
    );
  });
});

interface Argument {
  readonly name: string;
  readonly type: unknown;
}

describe("the worst that can be searched for", () => {
  const search =
    "query Q($query: String!) { search(query: $query, first: 100) { totalCount nodes { snippet match { __typename } } } }";

  it.each([
    ["one letter", "a"],
    ["a word of every title", "the"],
    ["a hundred words", "a ".repeat(100)],
    ["one word of the longest kind", "x".repeat(200)],
    ["nothing but punctuation", "?!.,;:-_()[]{}*+^$|\\/".repeat(9)],
    ["nested repetition", "(((a+)+)+)+$"],
    ["accents only", "\u0301".repeat(200)],
    ["another script", "习近平"],
  ])("%s has an answer within a second", async (_what, query) => {
    await seeded.ask(search, { query: "warm" });
    // The question is asked twice; see the asker.
    expect(await shortestDuration(2_000, () => seeded.ask(search, { query }))).toBeLessThan(2_000);
  });

  it("more than two hundred characters are refused by name", async () => {
    expectBadInput(await seeded.answer(search, { query: "x".repeat(201) }), `Argument "query"`);
  });
});
