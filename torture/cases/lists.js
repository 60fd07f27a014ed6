// Long lists in variables, known and unknown names alike.
import { ask } from "../service.js";

const meetings = "query ($names: [String!]) { meetings(filter: { parties: $names }, first: 1) { totalCount } }";
const nodes = "query ($names: [ID!]!) { nodes(ids: $names) { id } }";

const unknown = (count) => Array.from({ length: count }, (_, index) => `Z${index.toString(36).toUpperCase()}`);

export const cases = [
  {
    name: "a thousand unknown codes are refused by a limit that is named",
    run: async (bench) => {
      const { json } = await bench.attack(meetings, {
        variables: { names: unknown(1_000) },
        codes: ["LIMIT_EXCEEDED"],
      });
      if (!/maxListEntries/.test(JSON.stringify(json.errors)))
        throw new Error(`names no limit: ${JSON.stringify(json).slice(0, 300)}`);
    },
  },
  {
    name: "the longest list of unknown codes, twelve at once: answered or refused, and everyone else is served",
    run: async (bench) => {
      const asked = Array.from({ length: 12 }, () => ask(bench.service, meetings, { names: unknown(100) }));
      const other = await ask(bench.service, "{ meetings(first: 1) { totalCount } }");
      bench.assertWell(other);
      for (const answer of await Promise.all(asked)) bench.assertWell(answer, { withinMs: 5_000 * bench.patience });
    },
  },
  {
    name: "one known code a hundred times costs as much as once",
    run: async (bench) => {
      const many = await bench.attack(meetings, { variables: { names: Array.from({ length: 100 }, () => "IND") } });
      const once = await bench.attack(meetings, { variables: { names: ["IND"] } });
      if (many.json.data && many.json.data.meetings.totalCount !== once.json.data.meetings.totalCount)
        throw new Error("answers differ");
    },
  },
  {
    name: "ten thousand ids in nodes are refused",
    isLong: true,
    run: (bench) =>
      bench
        .attack(nodes, {
          variables: { names: Array.from({ length: 10_000 }, () => "mtg_aaaaaaaaaaaaaaaa") },
          codes: ["LIMIT_EXCEEDED", "BAD_USER_INPUT"],
        })
        .then(() => undefined),
  },
];
