// Documents drawn by chance: valid ones, broken ones, and both databases asked the same.
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { parse, validate } from "graphql";
import { documentDrawer, mutate } from "../documents.js";
import { askUntilTaken, sidelines } from "../service.js";

const atOnce = 6;

/** Does something with each of a list, some at once. */
async function each(list, act) {
  let next = 0;
  await Promise.all(
    Array.from({ length: atOnce }, async () => {
      while (next < list.length) await act(list[next++]);
    }),
  );
}

/** Documents drawn by chance that the contract finds valid, each once. */
async function drawn(bench, label, count) {
  const draw = documentDrawer(bench.schema, bench.random(label), await bench.ids());
  const found = new Set();
  for (let tries = 0; found.size < count && tries < count * 5; tries++) {
    const text = draw();
    if (validate(bench.schema, parse(text)).length === 0) found.add(text);
  }
  if (found.size < count) throw new Error(`only ${found.size} of ${count} drawn documents are valid`);
  return [...found];
}

function shipped(bench) {
  const folder = join(bench.root, "src/operations");
  return readdirSync(folder)
    .filter((name) => name.endsWith(".graphql"))
    .map((name) => readFileSync(join(folder, name), "utf8"));
}

/** The shipped operations, each with its variables; a subscription has no one answer that could be compared. */
function questions(bench) {
  const variables = JSON.parse(readFileSync(join(bench.root, "src/operations/variables.json"), "utf8"));
  return shipped(bench).flatMap((query) =>
    parse(query)
      .definitions.filter(({ kind, operation }) => kind === "OperationDefinition" && operation === "query")
      .map(({ name }) => ({ query, operationName: name.value, variables: variables[name.value] ?? {} })),
  );
}

/**
 * Two services over one record, a database of either kind below them. One is restored from a backup of the other, so that
 * also what is said of the record's history is the same: who did what when, and under which number.
 */
async function twins(bench) {
  const { url } = await bench.database();
  const [file, folder] = ["record.backup", "data"].map((name) => join(bench.folder(), name));
  sidelines({ DATABASE_URL: url }, "backup", file);
  sidelines({}, "restore", "--data-dir", folder, file);
  const [postgres, embedded] = await Promise.all([
    bench.serve({ DATABASE_URL: url }),
    bench.serve({ DATABASE_URL: undefined, SIDELINES_DATA_DIR: folder }),
  ]);
  return { postgres, embedded };
}

/** An answer as text, without when the process that gave it was started, which is all that the contract says of a process. */
function answerOf({ json }) {
  const errors = json?.errors?.map(({ message, path }) => ({ message, path }));
  return JSON.stringify({ data: json?.data, errors }, (key, value) =>
    key.startsWith("startedAt") ? undefined : value,
  );
}

/** What a drawn document may come to besides an answer: it asks for too much, or for what there is none of. */
// Fields for editors are drawn as well.
const allowed = new Set(["LIMIT_EXCEEDED", "BAD_USER_INPUT", "UNAUTHENTICATED"]);

export const cases = [
  {
    name: "valid documents: answered or refused for their limits, never a fault of ours",
    seconds: 600,
    run: async (bench) => {
      const documents = await drawn(bench, "valid", bench.many(5_000, 300));
      const outcomes = {};
      await each(documents, async (text) => {
        const answer = await askUntilTaken(bench.service, text);
        const codes = answer.codes.filter((code) => !allowed.has(code));
        if (answer.status >= 500 || codes.length > 0 || !answer.json)
          throw new Error(`${answer.status} ${answer.text.slice(0, 200)} to ${text}`);
        const outcome = answer.codes[0] ?? "answered";
        outcomes[outcome] = (outcomes[outcome] ?? 0) + 1;
      });
      return Object.entries(outcomes)
        .map(([outcome, count]) => `${outcome} × ${count}`)
        .join(", ");
    },
  },
  {
    name: "broken documents: refused, never a fault of ours",
    seconds: 600,
    run: async (bench) => {
      const random = bench.random("mutated");
      const texts = [...shipped(bench), ...(await drawn(bench, "to break", 200))];
      const documents = Array.from({ length: bench.many(5_000, 500) }, () => mutate(random.pick(texts), random));
      let refused = 0;
      await each(documents, async (text) => {
        const answer = await askUntilTaken(bench.service, text, { slug: "admm-plus", id: "x" });
        if (answer.codes.length > 0) refused += 1;
        try {
          bench.assertWell(answer, { withinMs: 5_000 * bench.patience });
        } catch (error) {
          throw new Error(`${error.message} to ${JSON.stringify(text)}`, { cause: error });
        }
      });
      return `${refused} of ${documents.length} refused`;
    },
  },
  {
    name: "the same operations on both databases: the same answers",
    seconds: 600,
    run: async (bench) => {
      const { postgres, embedded } = await twins(bench);
      const documents = [
        ...questions(bench),
        ...(await drawn(bench, "both", bench.many(1_500, 150))).map((query) => ({ query, variables: {} })),
      ];
      await each(documents, async (body) => {
        const send = (service) => askUntilTaken(service, body.query, body.variables, { body });
        const [left, right] = (await Promise.all([send(postgres), send(embedded)])).map(answerOf);
        if (left !== right) throw new Error(`${body.operationName ?? body.query}: ${firstDifference(left, right)}`);
      });
      return `${documents.length} compared`;
    },
  },
];

function firstDifference(one, other) {
  let at = 0;
  while (one[at] === other[at]) at++;
  return `…${one.slice(Math.max(0, at - 60), at + 60)}… and …${other.slice(Math.max(0, at - 60), at + 60)}…`;
}
