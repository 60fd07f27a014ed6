import { readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import {
  buildSchema,
  getNamedType,
  isCompositeType,
  parse,
  print,
  stripIgnoredCharacters,
  TypeInfo,
  validate,
  visit,
  visitWithTypeInfo,
  type DocumentNode,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";
import { createClient } from "../../src/sdk/client.js";
import { shippedOperations, type ShippedOperation } from "../support/operations.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const operations = shippedOperations();
const schema = buildSchema(readFileSync(join(packageRoot(), "schema.graphql"), "utf8"));

let seeded: Seeded;
beforeAll(async () => {
  seeded = await openSeeded(["report", "facts"]);
});
afterAll(() => seeded.close());

/** The document with `__typename` at every level, once by its name and once under an alias. */
function withTypenames(document: DocumentNode): DocumentNode {
  const types = new TypeInfo(schema);
  return visit(
    document,
    visitWithTypeInfo(types, {
      SelectionSet(node) {
        const parent = types.getParentType();
        if (!isCompositeType(parent ? getNamedType(parent) : undefined)) return undefined;
        const [plain, aliased] = parse("{ __typename what: __typename }").definitions.flatMap((one) =>
          "selectionSet" in one ? one.selectionSet.selections : [],
        );
        const isThere = node.selections.some(
          (one) => one.kind === "Field" && one.name.value === "__typename" && !one.alias,
        );
        return {
          ...node,
          selections: [
            ...node.selections,
            ...[...(isThere ? [] : [plain]), aliased].filter((one) => one !== undefined),
          ],
        };
      },
    }),
  );
}

/** An answer without what `withTypenames` added, and every pair of names that it added. */
function stripTypenames(value: unknown, found: [unknown, unknown][]): unknown {
  if (Array.isArray(value)) return value.map((item) => stripTypenames(item, found));
  if (typeof value !== "object" || value === null) return value;
  const { what, ...rest } = value as Record<string, unknown>;
  found.push([rest["__typename"], what]);
  return Object.fromEntries(
    Object.entries(rest)
      .filter(([key]) => key !== "__typename")
      .map(([key, inner]) => [key, stripTypenames(inner, found)]),
  );
}

describe("shipped operations", () => {
  it("have names of their own, and each a word that says what it is for", () => {
    expect(new Set(operations.map(({ name }) => name)).size).toBe(operations.length);
    expect(operations.length).toBeGreaterThanOrEqual(15);
    for (const { document, file } of operations) expect(document, file).toMatch(/^# \S/);
  });

  it.each(operations)("$name is valid", ({ document }) => {
    expect(validate(schema, parse(document))).toEqual([]);
  });

  it.each(operations)(
    "$name has an answer, with the variables it is shipped with",
    async ({ name, document, variables }) => {
      const answer = await seeded.ask<Record<string, unknown>>(document, variables, name);
      // An answer that is empty shows a reader nothing, but for those that say that the seeds' reports exclude each other nowhere.
      for (const [key, value] of Object.entries(answer)) expect(value, key).not.toBeNull();
      if (name === "Contradictions") expect(answer).toMatchObject({ contradictions: { totalCount: 0 } });
      else if (name === "Activities") expect(answer).toMatchObject({ activities: { totalCount: 0 } });
      else expect(JSON.stringify(answer)).toMatch(/"(code|id|kind|name|ordinal|slug|title|version)":/);
    },
  );

  it.each(operations)(
    "$name says the same with __typename at every level, also under an alias",
    async ({ name, document, variables }) => {
      const plain = await seeded.ask(document, variables, name);
      const named = await seeded.ask(print(withTypenames(parse(document))), variables, name);
      const names: [unknown, unknown][] = [];
      const stripped = stripTypenames(named, names);
      expect(stripped).toEqual(stripTypenames(plain, []));
      expect(names.length).toBeGreaterThan(1);
      for (const [typename, aliased] of names) expect(aliased).toBe(typename);
      for (const [typename] of names) expect(schema.getType(String(typename))).toBeDefined();
    },
  );

  it("are the ones that the client ships, word for word", async () => {
    const sent: { operationName: string; query: string }[] = [];
    const listen: typeof fetch = async (_address, init) => {
      sent.push(JSON.parse(init?.body as string) as (typeof sent)[number]);
      return new Response(JSON.stringify({ data: {} }), { headers: { "content-type": "application/json" } });
    };
    const client = createClient({ url: "http://sidelines.test/graphql", fetch: listen });
    const methods = client as unknown as Record<string, (variables: object) => Promise<unknown>>;
    for (const { name, variables } of operations)
      await methods[`${name.charAt(0).toLowerCase()}${name.slice(1)}`]?.(variables);
    expect(sent.map(({ operationName }) => operationName)).toEqual(operations.map(({ name }) => name));
    expect(sent.map(({ query }) => stripIgnoredCharacters(query))).toEqual(
      operations.map(({ text }) => stripIgnoredCharacters(text)),
    );
  });

  it("are the ones that the playground shows: it reads the same folder and keeps no copy", () => {
    const tabs = readFileSync(join(packageRoot(), "src/playground/tabs.ts"), "utf8");
    expect(tabs).toContain('import.meta.glob<string>("../operations/*.graphql"');
    expect(tabs).toContain('from "../operations/variables.json"');
    expect(tabs).not.toMatch(/\bquery \w+ ?[({]/);
  });

  it("have variables for operations that exist, and none that they do not take", () => {
    const given = JSON.parse(readFileSync(join(packageRoot(), "src/operations/variables.json"), "utf8")) as Record<
      string,
      Record<string, unknown>
    >;
    for (const [name, variables] of Object.entries(given)) {
      const operation = operations.find((one) => one.name === name) as ShippedOperation;
      expect(operation, name).toBeDefined();
      for (const variable of Object.keys(variables)) expect(operation.text, name).toContain(`$${variable}:`);
    }
  });
});

describe("selections", () => {
  it("one field under several aliases, each with its own arguments", async () => {
    const answer = await seeded.ask(/* GraphQL */ `
      {
        forum(slug: "asean") {
          then: memberships(asOf: "1990-01-01", role: MEMBER, first: 1) { totalCount nodes { party { code } } }
          now: memberships(asOf: "2025-10-27", role: MEMBER, first: 2) { totalCount nodes { party { code } } }
          memberships(asOf: "2025-10-27", role: DIALOGUE_PARTNER, first: 1) { totalCount }
        }
        other: forum(slug: "brics") { slug }
        none: forum(slug: "nonesuch") { slug }
      }
    `);
    expect(answer).toEqual({
      forum: {
        then: { totalCount: 6, nodes: [{ party: { code: "BRN" } }] },
        now: { totalCount: 11, nodes: [{ party: { code: "BRN" } }, { party: { code: "KHM" } }] },
        memberships: { totalCount: 8 },
      },
      other: { slug: "brics" },
      none: null,
    });
  });

  it("the same field asked twice is one field with both selections", async () => {
    const { meeting } = await seeded.ask<{ meeting: unknown }>(/* GraphQL */ `
      {
        meeting(slug: "admm-plus-11") { title place { city } }
        meeting(slug: "admm-plus-11") { on place { country { code } } ... on Meeting { place { timeZone } } }
      }
    `);
    expect(meeting).toEqual({
      title: "11th ASEAN Defence Ministers' Meeting-Plus",
      place: { city: "Vientiane", country: { code: "LAO" }, timeZone: "Asia/Vientiane" },
      on: "2024-11-21",
    });
  });

  it("keeps the order in which the document asks for fields", async () => {
    const answer = await seeded.ask<{ meeting: object }>(
      `{ meeting(slug: "admm-plus-11") { on b: title a: slug place { timeZone city } id } }`,
    );
    expect(JSON.stringify(answer)).toMatch(
      /^\{"meeting":\{"on":.*,"b":.*,"a":.*,"place":\{"timeZone":.*,"city":.*\},"id":/,
    );
  });

  it("nodes and edges together, under aliases too, say the same", async () => {
    const { meetings } = await seeded.ask<{
      meetings: {
        nodes: { id: string }[];
        edges: { cursor: string; node: { slug: string } }[];
        again: { slug: string }[];
        more: { node: { id: string } }[];
        pageInfo: { startCursor: string; endCursor: string };
      };
    }>(/* GraphQL */ `
      {
        meetings(first: 7) {
          nodes { id }
          edges { cursor node { slug } }
          again: nodes { slug }
          more: edges { node { id } }
          pageInfo { startCursor endCursor }
        }
      }
    `);
    expect(meetings.nodes).toHaveLength(7);
    expect(meetings.more.map(({ node }) => node)).toEqual(meetings.nodes);
    expect(meetings.edges.map(({ node }) => node)).toEqual(meetings.again);
    expect(meetings.edges[0]?.cursor).toBe(meetings.pageInfo.startCursor);
    expect(meetings.edges.at(-1)?.cursor).toBe(meetings.pageInfo.endCursor);
  });

  it("fragments on interfaces, unions and object types, inline and by name, nested", async () => {
    const { nodes } = await seeded.ask<{ nodes: unknown[] }>(
      /* GraphQL */ `
        query Nodes($ids: [ID!]!) {
          nodes(ids: $ids) {
            ...Anything
            ... on Party { ...PartyName }
            ... on Meeting { ...Held }
          }
        }
        fragment Anything on Node { __typename ... on Node { ... on Forum { slug } } }
        fragment PartyName on Party { code ... on State { alpha2 } ...Officially }
        fragment Officially on Party { ... on Organization { officialName } }
        fragment Held on Meeting { slug participants(first: 1) { nodes { party { ...PartyName } } } }
      `,
      {
        ids: await idsOf(
          `{ a: state(code: "IND") { id } b: organization(code: "SCO") { id } c: forum(slug: "sco") { id } d: meeting(slug: "2024-11-20-ind-chn-vientiane") { id } }`,
        ),
      },
    );
    expect(nodes).toEqual([
      { __typename: "State", code: "IND", alpha2: "IN" },
      { __typename: "Organization", code: "SCO", officialName: "Shanghai Cooperation Organisation" },
      { __typename: "Forum", slug: "sco" },
      {
        __typename: "Meeting",
        slug: "2024-11-20-ind-chn-vientiane",
        participants: { nodes: [{ party: { code: "IND", alpha2: "IN" } }] },
      },
    ]);
  });

  it("one name for different fields of different types", async () => {
    const { document } = await seeded.ask<{
      document: { citations: { nodes: { subject: { is: string; what?: string } }[] } };
    }>(
      /* GraphQL */ `
        query Subjects($id: ID!) {
          document(id: $id) {
            citations(first: 100) {
              nodes { subject { is: __typename ... on Meeting { what: slug } ... on Statement { what: text } ... on Milestone { what: label } ... on State { what: code } } }
            }
          }
        }
      `,
      {
        id: (
          await idsOf(
            `{ documents(last: 1, filter: { publisher: "MENAFN", published: { from: "2024-11-20", to: "2024-11-20" } }) { nodes { id } } }`,
          )
        )[0],
      },
    );
    const subjects = document.citations.nodes.map(({ subject }) => subject);
    expect(subjects.length).toBeGreaterThan(0);
    for (const { is, what } of subjects)
      expect(typeof what, is).toBe(
        ["Meeting", "Statement", "Milestone", "State"].includes(is) ? "string" : "undefined",
      );
  });

  it.each([
    [true, true, { on: "2024-11-21", place: { city: "Vientiane" } }],
    [
      true,
      false,
      { on: "2024-11-21", place: { city: "Vientiane" }, title: "11th ASEAN Defence Ministers' Meeting-Plus" },
    ],
    [false, true, {}],
    [false, false, { title: "11th ASEAN Defence Ministers' Meeting-Plus" }],
  ])(
    "@include(if: %s) and @skip(if: %s) by variables, on fields, fragments and both at once",
    async (include, skip, expected) => {
      const question = /* GraphQL */ `
      query Directives($include: Boolean!, $skip: Boolean!) {
        meeting(slug: "admm-plus-11") {
          slug
          on @include(if: $include)
          title @skip(if: $skip)
          ...Where @include(if: $include)
          ... @skip(if: true) { note }
          format @include(if: $include) @skip(if: true)
        }
        gone: meeting(slug: "admm-plus-11") @include(if: false) { slug }
      }
      fragment Where on Meeting { place { city } }
    `;
      expect(await seeded.ask(question, { include, skip })).toEqual({ meeting: { slug: "admm-plus-11", ...expected } });
    },
  );

  it("more fields than Postgres takes arguments", async () => {
    const aliases = Array.from(
      { length: 130 },
      (_, index) => `f${String(index)}: ${["slug", "title", "on", "status", "__typename"][index % 5] ?? ""}`,
    );
    const { meeting, meetings, node } = await seeded.ask<Record<string, Record<string, unknown>>>(
      `query Wide($id: ID!) { meeting(slug: "admm-plus-11") { ${aliases.join(" ")} } meetings(first: 2) { nodes { ${aliases.join(" ")} } } node(id: $id) { ...Wide } } fragment Wide on Meeting { ${aliases.join(" ")} }`,
      { id: (await idsOf(`{ meeting(slug: "admm-plus-11") { id } }`))[0] },
    );
    expect(Object.keys(meeting ?? {})).toEqual(aliases.map((alias) => alias.split(":")[0]));
    expect(meeting).toMatchObject({ f0: "admm-plus-11", f127: "2024-11-21", f129: "Meeting" });
    expect(node).toEqual(meeting);
    for (const entry of meetings?.["nodes"] as object[]) expect(Object.keys(entry)).toHaveLength(130);
  });

  it("wide objects of several types in one place, finished each in its own way", async () => {
    const many = (name: string, field: string) =>
      Array.from({ length: 60 }, (_, index) => `${name}${String(index)}: ${field}`).join(" ");
    const question = `query Wide($ids: [ID!]!) { nodes(ids: $ids) { ... on State { ${many("s", "code")} meetings(first: 1) { pageInfo { hasNextPage } } } ... on Forum { slug } ... on Meeting { ${many("m", "slug")} } } }`;
    const ids = await idsOf(
      `{ a: state(code: "IND") { id } c: forum(slug: "sco") { id } d: meeting(slug: "admm-plus-11") { id } }`,
    );
    const { nodes } = await seeded.ask<{ nodes: Record<string, unknown>[] }>(question, { ids });
    expect(nodes[0]).toMatchObject({ s0: "IND", s59: "IND", meetings: { pageInfo: { hasNextPage: true } } });
    expect(nodes[1]).toEqual({ slug: "sco" });
    expect(nodes[2]).toMatchObject({ m0: "admm-plus-11", m59: "admm-plus-11" });
    expect(Object.keys(nodes[2] ?? {})).toHaveLength(60);
  });

  it("lists within lists, each with a page of its own", async () => {
    const { forums } = await seeded.ask<{
      forums: {
        nodes: {
          slug: string;
          sessions: {
            totalCount: number;
            nodes: unknown[];
            pageInfo: { hasNextPage: boolean; hasPreviousPage: boolean };
          };
        }[];
      };
    }>(/* GraphQL */ `
      { forums { nodes { slug sessions(last: 2) { totalCount nodes { slug } pageInfo { hasNextPage hasPreviousPage } } } } }
    `);
    expect(forums.nodes.length).toBeGreaterThan(5);
    for (const { slug, sessions } of forums.nodes) {
      expect(sessions.nodes, slug).toHaveLength(Math.min(2, sessions.totalCount));
      expect(sessions.pageInfo, slug).toEqual({ hasNextPage: false, hasPreviousPage: sessions.totalCount > 2 });
    }
  });

  async function idsOf(document: string): Promise<string[]> {
    const ids: string[] = [];
    const collect = (value: unknown): void => {
      if (typeof value !== "object" || value === null) return;
      if ("id" in value && typeof value.id === "string") ids.push(value.id);
      else Object.values(value).forEach(collect);
    };
    collect(await seeded.ask(document));
    expect(ids.length).toBeGreaterThan(0);
    return ids;
  }
});

describe("variables", () => {
  const slugs = async (document: string, variables?: Record<string, unknown>) =>
    (await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(document, variables)).meetings.nodes.map(
      ({ slug }) => slug,
    );

  it("inside input objects and lists, beside literals, in any mixture", async () => {
    const expected = await slugs(
      `{ meetings(first: 50, filter: { parties: ["IND", "CHN"], during: { from: "2023-01-01", to: "2024-12-31" } }, orderBy: { field: DATE, direction: ASC }) { nodes { slug } } }`,
    );
    expect(expected).toEqual([
      "2023-ind-chn-johannesburg",
      "2023-04-27-ind-chn-new-delhi",
      "2024-10-23-ind-chn-kazan",
      "2024-11-20-ind-chn-vientiane",
    ]);
    const whole = `query Q($first: Int, $filter: MeetingFilter, $orderBy: MeetingOrder) { meetings(first: $first, filter: $filter, orderBy: $orderBy) { nodes { slug } } }`;
    const parts = `query Q($other: String!, $during: DateRange, $direction: OrderDirection!) { meetings(first: 50, filter: { parties: ["IND", $other], during: $during }, orderBy: { field: DATE, direction: $direction }) { nodes { slug } } }`;
    const deep = `query Q($parties: [String!], $from: Date!) { meetings(first: 50, filter: { parties: $parties, during: { from: $from, to: "2024-12-31" } }, orderBy: { field: DATE, direction: ASC }) { nodes { slug } } }`;
    const single = `query Q($order: OrderDirection! = ASC) { meetings(first: 50, filter: { parties: ["IND", "CHN"], during: { from: "2023-01-01", to: "2024-12-31" } }, orderBy: { field: DATE, direction: $order }) { nodes { slug } } }`;
    const during = { from: "2023-01-01", to: "2024-12-31" };
    expect(
      await slugs(whole, {
        first: 50,
        filter: { parties: ["IND", "CHN"], during },
        orderBy: { field: "DATE", direction: "ASC" },
      }),
    ).toEqual(expected);
    expect(await slugs(parts, { other: "CHN", during, direction: "ASC" })).toEqual(expected);
    expect(await slugs(deep, { parties: ["CHN", "IND"], from: "2023-01-01" })).toEqual(expected);
    expect(await slugs(single)).toEqual(expected);
    // One operation, one plan kept; the values are each request's own.
    expect(await slugs(parts, { other: "USA", during, direction: "ASC" })).toEqual(["2024-11-21-ind-usa-vientiane"]);
    expect(await slugs(deep, { parties: "USA", from: "2025-01-01" })).toEqual([]);
  });

  it("null and left out ask for nothing, at every level of a filter", async () => {
    const all = await slugs("{ meetings(first: 100) { nodes { slug } } }");
    expect(all.length).toBeGreaterThan(40);
    const question = /* GraphQL */ `
      query Q($first: Int, $after: String, $parties: [String!], $kind: MeetingKind, $during: DateRange, $from: Date, $filter: MeetingFilter, $orderBy: MeetingOrder) {
        meetings(first: $first, after: $after, filter: { parties: $parties, kind: $kind, during: $during, country: null }, orderBy: $orderBy) { nodes { slug } }
        again: meetings(first: $first, filter: { during: { from: $from, to: null } }) { nodes { slug } }
        whole: meetings(first: $first, filter: $filter) { nodes { slug } }
      }
    `;
    const nothing = { parties: null, kind: null, during: null, from: null, filter: null, orderBy: null, after: null };
    for (const variables of [
      {},
      nothing,
      { during: {} },
      { during: { from: null } },
      { filter: {} },
      { filter: { during: {}, parties: [] } },
      { parties: [] },
    ]) {
      const answer = await seeded.ask<Record<string, { nodes: { slug: string }[] }>>(question, {
        first: 100,
        ...variables,
      });
      for (const { nodes } of Object.values(answer))
        expect(
          nodes.map(({ slug }) => slug),
          JSON.stringify(variables),
        ).toEqual(all);
    }
    const short = await seeded.ask<Record<string, { nodes: unknown[] }>>(question, { ...nothing, first: null });
    for (const { nodes } of Object.values(short)) expect(nodes).toHaveLength(20);
  });

  it("a default stands in for a variable that is left out, not for one that is null", async () => {
    const question = `query Q($first: Int = 3) { meetings(first: $first) { nodes { slug } } }`;
    expect(await slugs(question)).toHaveLength(3);
    expect(await slugs(question, { first: 5 })).toHaveLength(5);
    expect(await slugs(question, { first: null })).toHaveLength(20);
  });

  it("a single value where a list is wanted", async () => {
    expect(await slugs(`{ meetings(filter: { persons: "li-shangfu" }) { nodes { slug } } }`)).toEqual([
      "2023-04-27-ind-chn-new-delhi",
    ]);
  });

  it("parties may be named twice and in any order", async () => {
    const question = `query Q($parties: [String!]) { meetings(first: 50, filter: { parties: $parties }) { nodes { slug } } }`;
    expect(await slugs(question, { parties: ["CHN", "IND", "CHN"] })).toEqual(
      await slugs(question, { parties: ["IND", "CHN"] }),
    );
  });
});

describe("a period", () => {
  const within = async (from: string | null, to: string | null) =>
    (
      await seeded.ask<{ meetings: { nodes: { slug: string }[] } }>(
        `query Q($from: Date, $to: Date) { meetings(first: 100, filter: { during: { from: $from, to: $to } }) { nodes { slug } } }`,
        { from, to },
      )
    ).meetings.nodes.map(({ slug }) => slug);

  it("includes both its days, and whatever lasts over one of them", async () => {
    expect(await within("2024-10-24", "2024-10-24")).toEqual(["brics-16"]);
    expect(await within("2024-10-25", "2024-10-25")).toEqual([]);
    expect(await within("2025-07-07", "2025-07-31")).toEqual(["brics-17"]);
    expect(await within(null, "2009-06-15")).toEqual(["admm-1"]);
    expect(await within("2025-11-01", null)).toEqual(
      expect.arrayContaining(["admm-plus-12", "2025-11-01-ind-vnm-kuala-lumpur"]),
    );
  });

  it("overlaps what is known by its month or year only", async () => {
    const documents = async (from: string, to: string) =>
      (
        await seeded.ask<{ documents: { nodes: { publishedOn: string }[] } }>(
          `query Q($from: Date, $to: Date) { documents(first: 100, filter: { published: { from: $from, to: $to } }) { nodes { publishedOn } } }`,
          { from, to },
        )
      ).documents.nodes.map(({ publishedOn }) => publishedOn);
    const dates = await documents("2024-10-15", "2024-10-15");
    for (const date of dates) expect("2024-10-15".startsWith(date), date).toBe(true);
    expect(await documents("2024-11-20", "2024-11-20")).toContain("2024-11-20");
  });
});

describe("pages", () => {
  const lists = {
    "meetings, latest first": { field: "meetings", args: "orderBy: { field: DATE, direction: DESC }" },
    "meetings, earliest first": { field: "meetings", args: "orderBy: { field: DATE, direction: ASC }" },
    "meetings by title": { field: "meetings", args: "orderBy: { field: TITLE, direction: ASC }" },
    "meetings by title, backwards": { field: "meetings", args: "orderBy: { field: TITLE, direction: DESC }" },
    documents: { field: "documents", args: "" },
    states: { field: "states", args: "" },
    persons: { field: "persons", args: "" },
    milestones: { field: "milestones", args: "" },
    conflicts: { field: "conflicts", args: "" },
    claims: { field: "firstSinceClaims", args: "" },
  } as const;

  interface Page {
    readonly list: {
      readonly totalCount: number;
      readonly pageInfo: {
        readonly hasNextPage: boolean;
        readonly hasPreviousPage: boolean;
        readonly startCursor: string | null;
        readonly endCursor: string | null;
      };
      readonly edges: readonly { readonly cursor: string; readonly node: { readonly id: string } }[];
    };
  }
  const questionFor = ({ field, args }: { field: string; args: string }) =>
    `query Page($first: Int, $after: String, $last: Int, $before: String) {
      list: ${field}(first: $first, after: $after, last: $last, before: $before${args === "" ? "" : `, ${args}`}) {
        totalCount
        pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
        edges { cursor node { id } }
      }
    }`;

  async function everything(question: string): Promise<string[]> {
    const { list } = await seeded.ask<Page>(question, { first: 100 });
    if (list.totalCount <= 100) return list.edges.map(({ node }) => node.id);
    const { list: rest } = await seeded.ask<Page>(question, { first: 100, after: list.pageInfo.endCursor });
    const { list: last } = await seeded.ask<Page>(question, { first: 100, after: rest.pageInfo.endCursor });
    return [...list.edges, ...rest.edges, ...last.edges].map(({ node }) => node.id);
  }

  it.each(Object.entries(lists))(
    "of %s, walked either way in steps of any size, yield every entry exactly once",
    async (_what, list) => {
      const question = questionFor(list);
      const all = await everything(question);
      expect(new Set(all).size).toBe(all.length);
      const walk = async (steps: readonly number[], isBackward: boolean): Promise<string[]> => {
        const seen: string[] = [];
        let cursor: string | null = null;
        for (let turn = 0; ; turn += 1) {
          const size = steps[turn % steps.length] ?? 1;
          const { list: page }: Page = await seeded.ask<Page>(
            question,
            isBackward ? { last: size, before: cursor } : { first: size, after: cursor },
          );
          const ids = page.edges.map(({ node }) => node.id);
          const start = isBackward ? all.length - seen.length - ids.length : seen.length;
          // Exactly: nothing is claimed to follow that does not, nor kept quiet.
          expect(page.totalCount).toBe(all.length);
          expect(page.pageInfo).toEqual({
            hasNextPage: start + ids.length < all.length,
            hasPreviousPage: start > 0,
            startCursor: page.edges[0]?.cursor ?? null,
            endCursor: page.edges.at(-1)?.cursor ?? null,
          });
          seen[isBackward ? "unshift" : "push"](...ids);
          const isOver = isBackward ? !page.pageInfo.hasPreviousPage : !page.pageInfo.hasNextPage;
          if (isOver) return seen;
          cursor = isBackward ? page.pageInfo.startCursor : page.pageInfo.endCursor;
          expect(ids.length, "a page with more beyond it is full").toBe(size);
        }
      };
      const smallest = Math.max(1, Math.ceil(all.length / 25));
      await fc.assert(
        fc.asyncProperty(
          fc.array(fc.integer({ min: smallest, max: 100 }), { minLength: 1, maxLength: 4 }),
          fc.boolean(),
          async (steps, isBackward) => {
            expect(await walk(steps, isBackward)).toEqual(all);
          },
        ),
        {
          numRuns: 6,
          examples: [
            [[smallest], false],
            [[smallest], true],
            [[all.length > 100 ? 100 : all.length], false],
            [[Math.min(100, all.length + 1)], true],
          ],
        },
      );
    },
  );

  it("from any cursor on, either way, are what lies beyond it", async () => {
    const question = questionFor(lists["meetings, latest first"]);
    const { list } = await seeded.ask<Page>(question, { first: 100 });
    const ids = list.edges.map(({ node }) => node.id);
    await fc.assert(
      fc.asyncProperty(fc.nat(ids.length - 1), fc.integer({ min: 1, max: 60 }), async (place, size) => {
        const cursor = list.edges[place]?.cursor;
        const after = await seeded.ask<Page>(question, { first: size, after: cursor });
        expect(after.list.edges.map(({ node }) => node.id)).toEqual(ids.slice(place + 1, place + 1 + size));
        expect(after.list.pageInfo).toMatchObject({
          hasPreviousPage: true,
          hasNextPage: place + 1 + size < ids.length,
        });
        const before = await seeded.ask<Page>(question, { last: size, before: cursor });
        expect(before.list.edges.map(({ node }) => node.id)).toEqual(ids.slice(Math.max(0, place - size), place));
        expect(before.list.pageInfo).toMatchObject({ hasPreviousPage: place > size, hasNextPage: true });
      }),
      { numRuns: 15 },
    );
  });

  it("of nothing are empty and say so", async () => {
    const { meetings } = await seeded.ask<{ meetings: unknown }>(
      `{ meetings(filter: { parties: ["XXX"] }) { totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor } nodes { id } } }`,
    );
    expect(meetings).toEqual({
      totalCount: 0,
      pageInfo: { hasNextPage: false, hasPreviousPage: false, startCursor: null, endCursor: null },
      edges: [],
      nodes: [],
    });
  });

  it("order what has no day before everything else, and the order of dates is the reverse of its reverse", async () => {
    const slugs = async (direction: string) =>
      (
        await seeded.ask<{ meetings: { nodes: { slug: string; on: string | null }[] } }>(
          `{ meetings(first: 100, orderBy: { field: DATE, direction: ${direction} }) { nodes { slug on } } }`,
        )
      ).meetings.nodes;
    const up = await slugs("ASC");
    expect(await slugs("DESC")).toEqual([...up].reverse());
    const days = up.map(({ on }) => on ?? "");
    expect(days).toEqual([...days].sort());
    expect(days[0]).toBe("");
  });

  it("ask whether there is more without the entries, and for the entries without anything else", async () => {
    const answer = await seeded.ask(
      `{ a: states(first: 1) { pageInfo { hasNextPage } } b: states(last: 1) { nodes { code } } c: states { totalCount } d: states(first: 1) { __typename } }`,
    );
    expect(answer).toEqual({
      a: { pageInfo: { hasNextPage: true } },
      b: { nodes: [{ code: "VNM" }] },
      c: { totalCount: 39 },
      d: { __typename: "StateConnection" },
    });
  });
});
