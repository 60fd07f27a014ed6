import { setTimeout as sleep } from "node:timers/promises";
import type { FastifyInstance } from "fastify";
import { getIntrospectionQuery, parse, specifiedRules, validate } from "graphql";
import { afterAll, afterEach, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import { createLogger } from "../../src/lib/log.js";
import { limitsRule } from "../../src/limits/limits.rule.js";
import { createOperationScale } from "../../src/limits/operation.limits.js";
import { shapeOf } from "../../src/limits/operation.shape.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { buildServer, type ServerConfig } from "../../src/server.js";
import { limits } from "../support/ask.js";
import { shippedOperations } from "../support/operations.js";
import { readingPool } from "../support/pool.js";
import { constantOf, listen, startStandIn } from "./stand.in.js";
import { measureProcessorTime } from "../support/time.js";

const schema = buildExecutableSchema();
const introspection = getIntrospectionQuery({
  specifiedByUrl: true,
  directiveIsRepeatable: true,
  schemaDescription: true,
  inputValueDeprecation: true,
  oneOf: true,
});

interface Answer {
  readonly status: number;
  readonly codes: readonly string[];
  /** Of the first error. */
  readonly extensions: Readonly<Record<string, unknown>>;
  readonly messages: readonly string[];
  readonly cost: { readonly requested: number; readonly limit: number; readonly nodes: number } | undefined;
  readonly sent: number;
  readonly milliseconds: number;
}

type Ask = (query: string, variables?: object, headers?: Record<string, string>) => Promise<Answer>;

const apps: FastifyInstance[] = [];
afterAll(async () => void (await Promise.all(apps.map((app) => app.close()))));

/** The service over a database that counts what it is sent and finds nothing. */
async function serviceWith(own: Partial<ServerConfig["limits"]>): Promise<Ask> {
  let sent = 0;
  const pool = readingPool(() => ((sent += 1), "null"));
  const app = await buildServer({
    config: { playground: false, limits: { maxBodyBytes: limits.maxBodyBytes, maxTokens: limits.maxTokens, ...own } },
    schema,
    createContext: createContextFactory({
      database: { pool, namedStatements: true },
      limits,
      version: "0.0.0-test",
    }),
    answersFrom: (context) => context,
    ready: async () => true,
    log: createLogger({ level: "silent" }),
  });
  apps.push(app);
  return async (query, variables = {}, headers = {}) => {
    const before = sent;
    const elapsed = measureProcessorTime();
    const response = await app.inject({
      method: "POST",
      url: "/graphql",
      payload: { query, variables },
      headers: { "content-type": "application/json", ...headers },
    });
    const milliseconds = elapsed();
    interface Body {
      readonly errors?: readonly { readonly message: string; readonly extensions: Record<string, unknown> }[];
      readonly extensions?: { readonly cost?: Answer["cost"] };
    }
    const { errors = [], extensions } = response.json<Body>();
    return {
      status: response.statusCode,
      codes: errors.map((error) => String(error.extensions["code"])),
      extensions: errors[0]?.extensions ?? {},
      messages: errors.map(({ message }) => message),
      cost: extensions?.cost,
      sent: sent - before,
      milliseconds,
    };
  };
}

const ask = await serviceWith({ ...limits, maxEventLoopDelayMs: 0 });
const askUnlimited = await serviceWith({});

const repeat = (times: number, text: string | ((index: number) => string)): string =>
  Array.from({ length: times }, (_, index) => (typeof text === "string" ? text : text(index))).join(" ");
const meeting = (below: string): string => `{ meeting(slug: "x") ${below} }`;
/** A selection so many levels deep, below a meeting. */
const nested = (levels: number): string => `${"{ sidelinesOf ".repeat(levels - 1)}{ title }${" }".repeat(levels - 1)}`;
const children = (lists: number): string =>
  `{ forums { nodes ${"{ children ".repeat(lists - 1)}{ slug }${" }".repeat(lists - 1)} } }`;

describe("each limit on structure", () => {
  // Documents by the amount of repetition. The edge is the limit's default.
  const cases: Record<string, { readonly edge: number; readonly document: (amount: number) => string }> = {
    maxDepth: { edge: 12, document: (depth) => meeting(nested(depth - 1)) },
    "maxDepth, through fragments": {
      edge: 12,
      document: (depth) =>
        `query { meeting(slug: "x") { ...a } } fragment a on Meeting { sidelinesOf { ... on Meeting { ...b } } } fragment b on Meeting ${nested(depth - 2)}`,
    },
    maxListDepth: { edge: 3, document: children },
    "maxListDepth, through edges and objects": {
      edge: 3,
      document: (lists) =>
        `{ meetings(first: 1) { edges { node { place { country { meetings(first: 1) { nodes { ${lists > 3 ? "participants(first: 1) { nodes { party { names { text } } } }" : "participants(first: 1) { nodes { party { code } } }"} } } } } } } } }`,
    },
    maxAliases: { edge: 30, document: (aliases) => meeting(`{ ${repeat(aliases, (index) => `a${index}: title`)} }`) },
    "maxAliases, of a fragment at each spread": {
      edge: 30,
      document: (aliases) =>
        `query { meeting(slug: "x") { title ${aliases > 30 ? "z: slug" : ""} ...a forum { slug } sidelinesOf { ...a sidelinesOf { ...a } } } } fragment a on Meeting { ${repeat(10, (index) => `a${index}: title`)} }`,
    },
    maxRootFields: {
      edge: 15,
      document: (fields) => `{ ${repeat(fields, (index) => `a${index}: meeting(slug: "x") { title }`)} }`,
    },
    maxRepeatedFields: { edge: 20, document: (times) => meeting(`{ ${repeat(times, "title")} }`) },
    "maxRepeatedFields, of merged objects": {
      edge: 20,
      document: (times) => meeting(`{ ${repeat(times, "forum { slug }")} }`),
    },
    "maxRepeatedFields, below different parents that are one": {
      edge: 20,
      document: (times) =>
        meeting(`{ forum { ${repeat(10, "slug")} } ... on Meeting { forum { ${repeat(times - 10, "slug")} } } }`),
    },
    maxDirectives: {
      edge: 30,
      document: (directives) =>
        meeting(
          `{ ${repeat(15, (index) => `a${index}: title @include(if: true) @skip(if: false)`)} ${directives > 30 ? "slug @skip(if: true)" : "slug"} }`,
        ),
    },
  };

  it.each(Object.entries(cases))("%s: is kept at its edge and refused one beyond", async (name, { edge, document }) => {
    const limit = name.split(",")[0] as string;
    const kept = await ask(document(edge));
    expect(kept.codes).not.toContain("LIMIT_EXCEEDED");
    expect(kept.codes).not.toContain("GRAPHQL_VALIDATION_FAILED");
    expect(kept.sent).toBeGreaterThan(0);
    const refused = await ask(document(edge + 1));
    expect(refused.extensions).toEqual({ code: "LIMIT_EXCEEDED", limit, allowed: edge, found: edge + 1 });
    expect(refused.messages[0]).toContain(`(service.limits.${limit})`);
    expect(refused.sent).toBe(0);
    expect(refused.status).toBe(200);
    // The rule can fail: where a limit is not set, the same document is answered.
    expect((await askUnlimited(document(edge + 1))).codes).not.toContain("LIMIT_EXCEEDED");
  });

  it("says where", async () => {
    expect((await ask(`{ here: ${meeting(nested(20)).slice(2)}`)).messages[0]).toMatch(
      /^The operation is 21 levels of fields deep \(at here(\.sidelinesOf){12}\); the most is 12 /,
    );
    expect((await ask(children(4))).messages[0]).toContain("(at forums.nodes.children.children.children)");
    expect((await ask(meeting(`{ forum { ${repeat(21, "slug")} } }`))).messages[0]).toContain(
      "(at meeting.forum.slug)",
    );
  });

  it("holds for operations that are not executed, and counts each by itself", async () => {
    const aliases = (count: number): string => `{ service { ${repeat(count, (index) => `a${index}: version`)} } }`;
    expect((await ask(`query A ${aliases(31)} query B { __typename }`)).extensions).toMatchObject({
      limit: "maxAliases",
      found: 31,
    });
    const two = await ask(`query A ${aliases(30)} query B ${aliases(30)}`);
    expect(two.codes).not.toContain("LIMIT_EXCEEDED");
  });

  it("the true status for clients that take it", async () => {
    const answer = await ask(meeting(nested(20)), {}, { accept: "application/graphql-response+json" });
    expect(answer).toMatchObject({ status: 400, codes: ["LIMIT_EXCEEDED"] });
  });

  it("counts fields of types that exclude each other apart", async () => {
    const types = ["Meeting", "Forum", "Document", "Statement", "Person", "State", "Organization"];
    const { operations } = shapeOf(
      schema,
      parse(
        `{ search(query: "x") { nodes { match { ${repeat(3, types.map((type) => `... on ${type} { id }`).join(" "))} } } } }`,
      ),
    );
    expect(operations[0]?.root.repeats).toBe(3);
  });
});

describe("each limit on amounts", () => {
  const rows = (outer: string, inner: string) =>
    `{ meetings(first: ${outer}) { nodes { participants(first: ${inner}) { nodes { id } } } } }`;

  it("maxNodes: is kept at its edge and refused one beyond", async () => {
    const kept = await ask(rows("100", "99"), {}, { "sidelines-cost": "1" });
    expect(kept).toMatchObject({ sent: 1, cost: { nodes: 10_000 } });
    expect(kept.codes).not.toContain("LIMIT_EXCEEDED");
    const refused = await ask(rows("100", "100"));
    expect(refused).toMatchObject({
      sent: 0,
      status: 200,
      extensions: { code: "LIMIT_EXCEEDED", limit: "maxNodes", allowed: 10_000, found: 10_100 },
    });
    expect((await askUnlimited(rows("100", "100"))).codes).not.toContain("LIMIT_EXCEEDED");
  });

  it("maxCost: is kept at its edge and refused one beyond", async () => {
    const question = `{ ${repeat(3, (index) => `a${index}: search(query: "x", first: 40) { nodes { snippet match { __typename } } }`)} }`;
    const { cost } = await ask(question, {}, { "sidelines-cost": "1" });
    // Three times: a root field, a search, one list of 40 results with an object and a snippet each.
    expect(cost).toEqual({ requested: Math.ceil(3 * (1 + 150 + 0.1 + 80 * 0.02 + 40 * 3)), limit: 1000, nodes: 240 });
    expect(cost?.requested).toBe(819);
    expect((await (await serviceWith({ ...limits, maxCost: 819 }))(question)).codes).not.toContain("LIMIT_EXCEEDED");
    const refused = await (await serviceWith({ ...limits, maxCost: 818 }))(question);
    expect(refused).toMatchObject({
      sent: 0,
      extensions: { code: "LIMIT_EXCEEDED", limit: "maxCost", allowed: 818, found: 819 },
    });
  });

  it("maxCost by default: what is dear once is too much fifteen times", async () => {
    const pairs = `jointMembershipMatrix(asOf: "2024-11-20", rule: ANY_ROLE, first: 100) { nodes { count } }`;
    expect((await ask(`{ ${pairs} }`)).codes).not.toContain("LIMIT_EXCEEDED");
    expect((await ask(`{ ${repeat(15, (index) => `a${index}: ${pairs}`)} }`)).extensions).toMatchObject({
      limit: "maxCost",
      found: Math.ceil(15 * (1 + 180 + 0.1 + 100 * 0.02)),
    });
  });

  it.each<[what: string, query: string, variables: object, nodes: number]>([
    ["the default size", "{ meetings { nodes { id } } }", {}, 20],
    ["null", "{ meetings(first: null) { nodes { id } } }", {}, 20],
    ["from the end", "{ meetings(last: 7) { nodes { id } } }", {}, 7],
    [
      "nodes and edges of one page",
      "{ meetings(first: 7) { nodes { id } edges { cursor node { place { city } } } } }",
      {},
      21,
    ],
    ["a count without entries", "{ meetings(first: 7) { totalCount pageInfo { endCursor } } }", {}, 0],
    ["a variable", "query ($n: Int) { meetings(first: $n) { nodes { id } } }", { n: 9 }, 9],
    ["a variable left out", "query ($n: Int) { meetings(first: $n) { nodes { id } } }", {}, 20],
    [
      "a variable that is null, whatever its default",
      "query ($n: Int = 5) { meetings(first: $n) { nodes { id } } }",
      { n: null },
      20,
    ],
    ["a variable's default", "query ($n: Int = 5) { meetings(first: $n) { nodes { id } } }", {}, 5],
    [
      "a variable of that name of another's making",
      "query ($constructor: Int = 5) { meetings(first: $constructor) { nodes { id } } }",
      {},
      5,
    ],
    ["ids", `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: ["a", "b", "c"] }, 3],
    ["one id", `query ($ids: [ID!]!) { nodes(ids: $ids) { id } }`, { ids: "a" }, 1],
    ["ids as written", `{ nodes(ids: ["a", "b"]) { id } }`, {}, 2],
    ["one object after another", `{ meeting(slug: "x") { place { country { code } } } }`, {}, 3],
    [
      "the dearest of several types",
      `{ timeline(of: "x", first: 2) { nodes { entry { ... on Meeting { forum { parent { slug } } } ... on Tenure { office { id } } } } } }`,
      {},
      8,
    ],
    ["equal fields once", `{ meetings(first: 7) { nodes { id } } meetings(first: 7) { nodes { title } } }`, {}, 7],
    ["the schema not at all", "{ __schema { types { name fields { name } } } }", {}, 0],
  ])("nodes of %s", (_what, query, variables, nodes) => {
    const document = parse(query);
    expect(validate(schema, document)).toEqual([]);
    const [shape] = shapeOf(schema, document).operations;
    if (!shape) throw new Error("no operation");
    expect(
      createOperationScale(schema, limits).amountOf({
        document,
        operation: shape.operation,
        variables: variables as Record<string, unknown>,
      }).nodes,
    ).toBe(nodes);
  });

  it("leaves sizes that are none to who names the argument", async () => {
    for (const first of [-1, 101, 2_147_483_647]) {
      const answer = await ask(rows(String(first), "1"));
      expect(answer).toMatchObject({ sent: 0, codes: ["BAD_USER_INPUT"], extensions: { argument: "first" } });
    }
    expect(await ask("query ($n: Int = 2147483648) { meetings(first: $n) { nodes { id } } }")).toMatchObject({
      sent: 0,
      codes: ["GRAPHQL_VALIDATION_FAILED"],
    });
    for (const n of [2_147_483_648, 1.5, "100", [100]]) {
      expect(await ask("query ($n: Int) { meetings(first: $n) { nodes { id } } }", { n })).toMatchObject({
        sent: 0,
        codes: ["BAD_USER_INPUT"],
      });
    }
  });

  it("computes the cost of a prepared query again for other variables", async () => {
    const query = "query ($n: Int!) { meetings(first: $n) { nodes { participants(first: 100) { nodes { id } } } } }";
    for (let turn = 0; turn < 3; turn += 1) {
      expect(await ask(query, { n: 50 + turn })).toMatchObject({ sent: 1 });
      expect(await ask(query, { n: 100 })).toMatchObject({ sent: 0, extensions: { limit: "maxNodes" } });
    }
  });

  it("tells the cost where it is asked for, and nowhere else", async () => {
    expect((await ask("{ service { version } }")).cost).toBeUndefined();
    expect((await ask("{ service { version } }", {}, { "sidelines-cost": "1" })).cost).toEqual({
      requested: 2,
      limit: 1000,
      nodes: 1,
    });
    expect((await ask("{ service { version } }")).cost).toBeUndefined();
    const refused = await ask(rows("100", "100"), {}, { "sidelines-cost": "1" });
    expect(refused.cost).toMatchObject({ nodes: 10_100 });
  });
});

describe("requests within the limits", () => {
  it.each(shippedOperations().map((operation) => [operation.name, operation] as const))(
    "%s, within every limit",
    async (_name, { text, document, variables }) => {
      const parsed = parse(text);
      expect(validate(schema, parsed, [...specifiedRules, limitsRule(limits)])).toEqual([]);
      expect(validate(schema, parse(document), [...specifiedRules, limitsRule(limits)])).toEqual([]);
      const [shape] = shapeOf(schema, parsed).operations;
      if (!shape) throw new Error("no operation");
      const { nodes, cost } = createOperationScale(schema, limits).amountOf({
        document: parsed,
        operation: shape.operation,
        variables,
      });
      expect(nodes).toBeLessThan(limits.maxNodes * 0.6);
      // Weights follow the time that the worst arguments take on 100,000 meetings; changes of all pairs cost most.
      expect(cost).toBeLessThanOrEqual(limits.maxCost * 0.9);
      const answer = await ask(text, variables);
      expect(answer.codes).not.toContain("LIMIT_EXCEEDED");
      expect(answer.sent).toBeGreaterThan(0);
    },
  );

  it("the introspection that tools send, but not many of them at once", async () => {
    const answer = await ask(introspection, {}, { "sidelines-cost": "1" });
    expect(answer).toMatchObject({ status: 200, codes: [] });
    expect(answer.cost?.requested).toBeLessThan(limits.maxCost / 2);
    const many = introspection
      .replace(
        "__schema {",
        `__schema { ...all } ${repeat(3, (index) => `a${index}: __schema { ...all }`)} } fragment all on __Schema {`,
      )
      .replace(/}\s*}\s*fragment FullType/, "} fragment FullType");
    expect(await ask(many)).toMatchObject({ codes: ["LIMIT_EXCEEDED"], extensions: { limit: "maxCost" } });
  });

  it("introspection only as deep as tools go", async () => {
    const types = (levels: number): string =>
      `{ __schema { types { fields { type ${"{ ofType ".repeat(levels)}{ name }${" }".repeat(levels)} } } } }`;
    expect((await ask(types(16))).codes).toEqual([]);
    expect(await ask(types(17))).toMatchObject({
      codes: ["LIMIT_EXCEEDED"],
      extensions: { limit: "maxDepth", allowed: 20, found: 21 },
    });
  });
});

describe("bombs", () => {
  const layers = (count: number, layer: (index: number) => string): string =>
    repeat(count, (index) => `fragment f${index} on Meeting { ${layer(index)} }`);
  const last = (count: number): string => `fragment f${count} on Meeting { title }`;
  /** Fragments that follow one of two ways at each level and remember where they have been: 2^18 combinations. */
  const tangle = `query { meeting(slug: "x") { ...s } } fragment s on Meeting { sidelinesOf { ...s } forum { sessions { nodes { ...s ...t0 } } } } ${repeat(
    18,
    (index) =>
      `fragment t${index} on Meeting { sidelinesOf { ${index < 17 ? `...t${index + 1}` : "id"} } forum { sessions { nodes { ${index < 17 ? `...t${index + 1}` : "id"} } } } }`,
  )}`;

  const bombs: Record<
    string,
    { readonly query: string; readonly variables?: object; readonly code?: string; readonly limit?: string }
  > = {
    "1,000 aliases": { query: `{ ${repeat(1000, (index) => `a${index}:__typename`)} }`, limit: "maxTokens" },
    "600 aliases": { query: `{ ${repeat(600, (index) => `a${index}:__typename`)} }`, limit: "maxAliases" },
    "500 duplicates": { query: `{ service { ${repeat(500, "version")} } }`, limit: "maxRepeatedFields" },
    "300 duplicates of an object": {
      query: meeting(`{ ${repeat(300, "forum { slug }")} }`),
      limit: "maxRepeatedFields",
    },
    "depth 13": { query: meeting(nested(12)), limit: "maxDepth" },
    "depth 50": { query: meeting(nested(49)), limit: "maxDepth" },
    "depth 500": { query: meeting(nested(499)), limit: "maxDepth" },
    "fragments that double at one level, 2^20": {
      query: `query { meeting(slug: "x") { ...f0 } } ${layers(20, (index) => `...f${index + 1} ...f${index + 1}`)} ${last(20)}`,
      code: "none",
    },
    "fragments that double with aliases, 2^20": {
      query: `query { meeting(slug: "x") { ...f0 } } ${layers(20, (index) => `a: sidelinesOf { ...f${index + 1} } b: sidelinesOf { ...f${index + 1} }`)} ${last(20)}`,
      limit: "maxDepth",
    },
    "fragments that double within the depth, 2^9 and more aliases": {
      query: `query { meeting(slug: "x") { ...f0 } } ${layers(9, (index) => `a: sidelinesOf { ...f${index + 1} } b: sidelinesOf { ...f${index + 1} }`)} ${last(9)}`,
      limit: "maxAliases",
    },
    "fragments that double without aliases, in one position, 2^20": {
      query: `query { meeting(slug: "x") { ...f0 } } ${layers(20, (index) => `sidelinesOf { ...f${index + 1} } sidelinesOf { ...f${index + 1} }`)} ${last(20)}`,
      limit: "maxDepth",
    },
    "fragments in 2^18 combinations": { query: tangle, code: "any" },
    "a cycle of fragments": {
      query: `query { meeting(slug: "x") { ...a } } fragment a on Meeting { sidelinesOf { ...b } } fragment b on Meeting { sidelinesOf { ...a } }`,
      code: "GRAPHQL_VALIDATION_FAILED",
    },
    "a fragment that spreads itself": {
      query: `query { meeting(slug: "x") { ...a } } fragment a on Meeting { title ...a }`,
      code: "GRAPHQL_VALIDATION_FAILED",
    },
    "270 directives": { query: `{ __typename ${repeat(270, "@skip(if: true)")} }`, limit: "maxDirectives" },
    "1,000 operations": { query: repeat(1000, (index) => `query Q${index} { __typename }`), limit: "maxTokens" },
    "390 operations, none of them named": {
      query: repeat(390, (index) => `query Q${index} { __typename }`),
      code: "OPERATION_RESOLUTION_FAILURE",
    },
    "300 operations, each too deep": {
      query: `${repeat(300, (index) => `query Q${index} { ...f }`)} fragment f on Query ${meeting(nested(20))}`,
      limit: "maxDepth",
    },
    "5,000 unknown fields": { query: `{ ${repeat(5000, (index) => `x${index}`)} }`, limit: "maxTokens" },
    "1,900 unknown fields": { query: `{ ${repeat(1900, (index) => `x${index}`)} }`, limit: "maxRootFields" },
    "lists of 100 in lists of 100": {
      query: `{ forums(first: 100) { nodes { sessions(first: 100) { nodes { participants(first: 100) { nodes { id } } } } } } }`,
      limit: "maxNodes",
    },
    "lists below a page of nothing": {
      query: `{ forums(first: 0) { nodes { children { children { children { slug } } } } } }`,
      limit: "maxListDepth",
    },
    "first by a variable's default": {
      query: "query ($n: Int = 2147483648) { meetings(first: $n) { nodes { id } } }",
      code: "GRAPHQL_VALIDATION_FAILED",
    },
    "1,000 ids": {
      query: "query ($ids: [ID!]!) { nodes(ids: $ids) { id } }",
      variables: { ids: Array.from({ length: 20_000 }, () => "x") },
      limit: "maxNodes",
    },
    "introspection of lists in lists with aliases": {
      query: `{ __schema { types { ${repeat(28, (index) => `a${index}: fields { type { fields { name args { name } } } }`)} } } }`,
      limit: "maxCost",
    },
  };

  it.each(Object.entries(bombs))(
    "%s: answered within a second, without a statement",
    async (_name, { query, variables, limit, code = "LIMIT_EXCEEDED" }) => {
      const answer = await ask(query, variables);
      expect(answer.status).toBeLessThan(500);
      expect(answer.milliseconds).toBeLessThan(1_000);
      if (code === "none") return expect(answer.codes).toEqual([]);
      expect(answer.sent).toBe(0);
      expect(answer.codes.length).toBeGreaterThan(0);
      if (code !== "any") expect(answer.codes).toContain(code);
      if (limit !== undefined) expect(answer.extensions).toMatchObject({ code: "LIMIT_EXCEEDED", limit });
      expect((await ask("{ __typename }")).codes).toEqual([]);
    },
  );

  it("gives up on a document that merges its fragments without end", () => {
    const document = parse(tangle);
    const elapsed = measureProcessorTime();
    expect(shapeOf(schema, document).isTangled).toBe(true);
    const faults = validate(schema, document, [limitsRule({ maxRepeatedFields: 20 })]);
    expect(faults.map(({ extensions }) => extensions["limit"])).toContain("maxRepeatedFields");
    expect(elapsed()).toBeLessThan(1_000);
  });
});

describe("load", () => {
  const post = (app: FastifyInstance, query: string) =>
    app.inject({
      method: "POST",
      url: "/graphql",
      payload: { query },
      headers: { "content-type": "application/json" },
    });
  const standIns: FastifyInstance[] = [];
  afterEach(async () => void (await Promise.all(standIns.splice(0).map((app) => app.close()))));
  async function standInWith(own: Partial<ServerConfig["limits"]>): Promise<FastifyInstance> {
    const { app } = await startStandIn({
      config: { playground: false, limits: { maxBodyBytes: 4096, maxTokens: 200, ...own } },
    });
    standIns.push(app);
    return app;
  }

  it("turns operations away beyond the most at once, and takes them on again", async () => {
    const app = await standInWith({ maxConcurrentOperations: 2 });
    const slow = [post(app, "{ wait(milliseconds: 1500) }"), post(app, "{ wait(milliseconds: 1500) }")];
    await sleep(100);
    const away = await post(app, "{ hello }");
    expect(away.statusCode).toBe(503);
    expect(away.headers["retry-after"]).toBe("1");
    expect(away.json()).toMatchObject({
      errors: [{ extensions: { code: "SERVICE_UNAVAILABLE", limit: "maxConcurrentOperations", allowed: 2 } }],
    });
    expect((await app.inject("/livez")).statusCode).toBe(200);
    expect((await app.inject("/readyz")).statusCode).toBe(200);
    expect((await Promise.all(slow)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    for (let turn = 0; turn < 5; turn += 1)
      expect((await post(app, turn % 2 === 0 ? "{ hello }" : "{ nonsense")).statusCode).toBe(200);
  });

  it("rejects the requests of a client beyond its share, and no others", async () => {
    const { app } = await startStandIn({
      config: {
        playground: false,
        http: { trustedProxies: ["loopback"] },
        limits: { maxBodyBytes: 4096, maxTokens: 200, maxConcurrentOperations: 3, maxConcurrentOperationsPerClient: 2 },
      },
    });
    standIns.push(app);
    const from = (address: string, query: string) =>
      app.inject({
        method: "POST",
        url: "/graphql",
        payload: { query },
        headers: { "content-type": "application/json", "x-forwarded-for": address },
      });
    const slow = [from("192.0.2.1", "{ wait(milliseconds: 1500) }"), from("192.0.2.1", "{ wait(milliseconds: 1500) }")];
    await sleep(100);
    const away = await from("192.0.2.1", "{ hello }");
    expect([away.statusCode, away.headers["retry-after"]]).toEqual([429, "1"]);
    expect(away.json()).toEqual({
      errors: [
        {
          message:
            "2 operations of this client are executed already, the most at once (service.limits.maxConcurrentOperationsPerClient). " +
            "Wait for an answer before asking for the next, ask for several things in one operation, or try again in 1 second.",
          extensions: { code: "RATE_LIMITED", limit: "maxConcurrentOperationsPerClient", allowed: 2 },
        },
      ],
    });
    expect((await from("192.0.2.2", "{ hello }")).statusCode).toBe(200);
    // Requests from this machine are not counted.
    expect((await post(app, "{ hello }")).statusCode).toBe(200);
    expect((await Promise.all(slow)).map(({ statusCode }) => statusCode)).toEqual([200, 200]);
    for (let turn = 0; turn < 5; turn += 1)
      expect((await from("192.0.2.1", turn % 2 === 0 ? "{ hello }" : "{ nonsense")).statusCode).toBe(200);
  });

  it("gives the place of a client free that has gone", async () => {
    const app = await standInWith({ maxConcurrentOperations: 1 });
    const url = `${await listen(app)}/graphql`;
    const controller = new AbortController();
    const gone = fetch(url, {
      method: "POST",
      body: JSON.stringify({ query: "{ wait(milliseconds: 5000) }" }),
      headers: { "content-type": "application/json" },
      signal: controller.signal,
    });
    await expect.poll(async () => (await post(app, "{ hello }")).statusCode).toBe(503);
    controller.abort();
    await expect(gone).rejects.toThrow();
    await expect.poll(async () => (await post(app, "{ hello }")).statusCode, { timeout: 4_000 }).toBe(200);
  });

  it("sheds operations while the event loop is late, but not the health, and recovers", async () => {
    const app = await standInWith({ maxEventLoopDelayMs: 100 });
    await expect.poll(async () => (await post(app, "{ hello }")).statusCode).toBe(200);
    Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 600);
    // The next turn of the loop begins with its timers, as it does for requests that have queued up.
    await sleep(1);
    const away = await post(app, "{ hello }");
    expect([away.statusCode, away.headers["retry-after"]]).toEqual([503, "1"]);
    expect(away.json()).toMatchObject({ errors: [{ extensions: { code: "SERVICE_UNAVAILABLE" } }] });
    expect((await app.inject("/livez")).statusCode).toBe(200);
    await expect.poll(async () => (await post(app, "{ hello }")).statusCode).toBe(200);
  });

  it("takes on everything where nothing is limited", async () => {
    const app = await standInWith({});
    const answers = await Promise.all(Array.from({ length: 150 }, () => post(app, "{ wait(milliseconds: 50) }")));
    expect(answers.filter(({ statusCode }) => statusCode !== 200)).toEqual([]);
  });
});

describe("the service", () => {
  it("announces every limit that it keeps", () => {
    const announced = Object.keys(
      schema.getType("ServiceLimits")?.toConfig().astNode
        ? (schema.getType("ServiceLimits") as { getFields(): object }).getFields()
        : {},
    );
    // The memory for cached responses is no limit that a client could exceed.
    const kept = Object.keys(limits).filter((name) => name !== "cacheBytes");
    expect([...announced].sort()).toEqual(kept.sort());
  });

  it("tells each of them as it is set, and null where 0 means that nothing is counted", async () => {
    const names = Object.keys(limits).filter((name) => name !== "cacheBytes");
    const told = async (values: Readonly<Record<string, number>>): Promise<object> => {
      const pool = readingPool((text) => constantOf(text) ?? null);
      const createContext = createContextFactory({
        database: { pool, namedStatements: true },
        limits: { ...limits, ...values },
        version: "0.0.0-test",
      });
      const { app } = await startStandIn({ schema, createContext: createContext as never });
      apps.push(app);
      const answer = await app.inject({
        method: "POST",
        url: "/graphql",
        payload: { query: `{ service { limits { ${names.join(" ")} } } }` },
        headers: { "content-type": "application/json" },
      });
      return answer.json<{ data: { service: { limits: object } } }>().data.service.limits;
    };
    const distinct = Object.fromEntries(names.map((name, index) => [name, 1_000 + index]));
    expect(await told(distinct)).toEqual(distinct);
    const uncounted = {
      maxConcurrentOperationsPerClient: 0,
      maxEventLoopDelayMs: 0,
      pointsPerHour: 0,
      keyPointsPerHour: 0,
    };
    expect(await told(uncounted)).toMatchObject(Object.fromEntries(Object.keys(uncounted).map((name) => [name, null])));
  });
});
