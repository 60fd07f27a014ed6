// Documents that are built to cost much and say little.
import { ask, heapOf, request } from "../service.js";
import { residentMegabytes } from "../../bench/processes.js";

const repeat = (count, make) => Array.from({ length: count }, (_, index) => make(index)).join(" ");
const limit = ["LIMIT_EXCEEDED"];
const bad = ["BAD_USER_INPUT", "GRAPHQL_VALIDATION_FAILED", "LIMIT_EXCEEDED"];

/** A document, and the codes of which one has to come. */
const refused = (name, query, codes, variables) => ({
  name,
  run: async (bench) => {
    const answer = await bench.attack(typeof query === "function" ? query() : query, { variables, codes });
    return answer.codes[0];
  },
});

const deep = (depth) => `{ meetings(first: 1) { nodes ${"{ sidelinesOf ".repeat(depth)}{ id }${" }".repeat(depth)} } }`;
const first = (value) => `{ meetings(first: ${value}) { totalCount } }`;

export const cases = [
  refused("1,000 aliases", () => `{ ${repeat(1_000, (index) => `a${index}: __typename`)} }`, limit),
  refused("500 times the same field", () => `{ ${repeat(500, () => "service { version }")} }`, limit),
  refused("500 directives", () => `{ __typename ${repeat(500, () => "@include(if: true)")} }`, [
    ...limit,
    "GRAPHQL_VALIDATION_FAILED",
  ]),
  refused(
    "fragments that double 30 times",
    () =>
      `{ ...F0 } ${repeat(30, (index) => `fragment F${index} on Query { ...F${index + 1} a${index}: __typename ...F${index + 1} }`)} fragment F30 on Query { __typename }`,
    bad,
  ),
  refused("a cycle of fragments", "{ ...A } fragment A on Query { ...B } fragment B on Query { ...A }", bad),
  refused("13 levels", () => deep(13), limit),
  refused("50 levels", () => deep(50), limit),
  refused("500 levels", () => deep(500), limit),
  refused("20,000 tokens", () => `{ ${repeat(20_000, () => "__typename")} }`, limit),
  refused("a list 5,000 deep", () => `{ nodes(ids: ${"[".repeat(5_000)}${"]".repeat(5_000)}) { id } }`, [
    ...bad,
    "GRAPHQL_PARSE_FAILED",
  ]),
  refused(
    "an object 900 deep",
    () => `{ meetings(filter: ${"{during: ".repeat(900)}null${"}".repeat(900)}) { totalCount } }`,
    bad,
  ),
  refused("1,000 unknown fields", () => `{ ${repeat(1_000, (index) => `unknown${index}`)} }`, bad),
  refused("the same variable twice", "query ($a: Int, $a: Int) { meetings(first: $a) { totalCount } }", bad),
  refused(
    "500 variables that nobody uses",
    () => `query (${repeat(500, (index) => `$v${index}: Int`)}) { __typename }`,
    bad,
  ),
  {
    name: "1,000 variables that nobody declared",
    run: async (bench) =>
      void (await bench.attack("{ __typename }", {
        variables: Object.fromEntries(Array.from({ length: 1_000 }, (_, index) => [`v${index}`, index])),
      })),
  },
  ...["0", "-1", "101", "2147483648", "1e3", "null"].map((value) => ({
    name: `first of ${value}`,
    run: async (bench) => {
      const answer = await bench.attack(first(value), value === "null" ? {} : { codes: bad });
      return answer.codes[0] ?? "the default";
    },
  })),
  refused("first of 101 by a variable's default", "query ($n: Int = 101) { meetings(first: $n) { totalCount } }", bad),
  refused("first of a million by a variable", "query ($n: Int) { meetings(first: $n) { totalCount } }", bad, {
    n: 1_000_000,
  }),
  refused(
    "100 × 100 × 100 objects",
    "{ meetings(first: 100) { nodes { participants(first: 100) { nodes { citations(first: 100) { nodes { id } } } } } } }",
    limit,
  ),
  refused("1,000 operations in one document", () => repeat(1_000, (index) => `query Q${index} { __typename }`), [
    ...bad,
    "OPERATION_RESOLUTION_FAILURE",
  ]),
  refused(
    "introspection that nests",
    () => `{ __schema { types { fields { type { ${"ofType { ".repeat(40)}name${" }".repeat(40)} } } } } }`,
    limit,
  ),
  {
    name: "5,000 documents more than are kept: memory is bounded",
    isLong: true,
    seconds: 240,
    run: async (bench) => {
      const service = await bench.serve(heapOf(256));
      const send = async (from, to) => {
        const worker = async (offset) => {
          for (let index = from + offset; index < to; index += 8) {
            bench.assertWell(
              await ask(service, `query Q${index} { service { version } s${index}: service { counts { meetings } } }`),
              { withinMs: 5_000 * bench.patience },
            );
          }
        };
        await Promise.all(Array.from({ length: 8 }, (_, offset) => worker(offset)));
      };
      // Until the documents that are kept fill their bound of characters, memory has to grow: some 90 MB with their plans.
      await send(0, 7_000);
      const before = residentMegabytes(service.child.pid);
      await send(7_000, 12_000);
      const after = residentMegabytes(service.child.pid);
      if (after > before + 120) throw new Error(`memory grows from ${Math.round(before)} to ${Math.round(after)} MB`);
      return `${Math.round(before)} → ${Math.round(after)} MB`;
    },
  },
  {
    name: "words that are the worst to search for",
    run: async (bench) => {
      for (const words of [
        "a",
        "%".repeat(200),
        "_".repeat(200),
        "a ".repeat(500),
        "(".repeat(300),
        "é".repeat(1_000),
        "\\".repeat(500),
        "singh ".repeat(100),
        "'\"`;--",
        "\u202eevil",
      ]) {
        await bench.attack("query ($words: String!) { search(query: $words, first: 20) { nodes { __typename } } }", {
          variables: { words },
        });
      }
    },
  },
  {
    name: "a cursor that is none, or another list's",
    run: async (bench) => {
      const cursors = [
        "x",
        "e30=",
        Buffer.from('["date DESC","2024-01-01"]').toString("base64"),
        "A".repeat(10_000),
        Buffer.from("[[[[").toString("base64url"),
      ];
      for (const after of cursors)
        await bench.attack("query ($after: String) { meetings(first: 1, after: $after) { nodes { id } } }", {
          variables: { after },
          codes: bad,
        });
    },
  },
  {
    name: "a persisted query whose hash is another's",
    run: async (bench) => {
      const body = {
        query: "{ __typename }",
        extensions: { persistedQuery: { version: 1, sha256Hash: "0".repeat(64) } },
      };
      const answer = await request(bench.service, "/graphql", {
        headers: { "content-type": "application/json" },
        body,
      });
      bench.assertWell(answer);
      if (answer.codes.length === 0) throw new Error("it is taken");
      return answer.codes[0];
    },
  },
];
