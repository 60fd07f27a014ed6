// Whether operations take the time that they cost: each root field and each list argument with the worst input it accepts.
import { execFileSync } from "node:child_process";
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { sidelines, uncached } from "./contestants.js";
import { startPostgres } from "./postgres.js";
import { exactMilliseconds, familyOf } from "./processes.js";
import { openRecord } from "./record/database.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";
import { asOf, factsOf, worstInputs } from "./worst.inputs.js";

const folder = dirname(fileURLToPath(import.meta.url));
const results = join(folder, "results");
/** The service that is measured has the limits of every new installation. */
const settings = {
  ...uncached,
  SIDELINES_POOL_SIZE: "1",
  SIDELINES_POINTS_PER_HOUR: "0",
  SIDELINES_SHOW_COST: "true",
  // All work of a statement is done by its connection, where it is measured.
  PGOPTIONS: "-c max_parallel_workers_per_gather=0",
};
/** Milliseconds of Postgres that a point stands for, and how many times as many are accepted. */
const msPerPoint = 0.1;
const factor = 5;
/** Each operation is measured for so long and so often; the median counts. */
const enoughMs = 150;
/** Postgres plans the first five times for the values alone, and then once for all. */
const [leastTimes, mostTimes] = [7, 15];
/**
 * Planning weighs nothing in long statements, and their times hardly differ: after so long, fewer times are enough. So
 * they are as of a moment, because such statements are planned each time.
 */
const [longMs, leastAlike] = [300, 3];
/** Rows of the table in the documentation. */
const mostRows = 25;

export async function run({ seed, meetings, product, fresh, save, only }) {
  const server = await startPostgres("compare");
  const found = [];
  try {
    const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
    const running = await sidelines(settings, {})({ url: record.url, product });
    try {
      const facts = await factsOf(record.client);
      const inputs = worstInputs(facts);
      const schema = buildSchema(readFileSync(join(product, "schema.graphql"), "utf8"), { assumeValidSDL: true });
      const all = inputs.flatMap((input) => [input, ...asOf([input], schema, facts.moment)]);
      const key = editorsKey({ product, url: record.url });
      for (const input of all.filter(({ label }) => !only || only.some((part) => label.includes(part)))) {
        found.push(await weigh({ server, port: running.port, key, input }));
        keep(found);
      }
    } finally {
      await running.stop();
      await record.client.end();
    }
  } finally {
    await server.stop();
  }
  report({ found, meetings, save });
}

/** A key for the fields that only editors read. */
function editorsKey({ product, url }) {
  const made = execFileSync(
    process.execPath,
    [
      join(product, "dist/cli.js"),
      ...["key", "create", "--name", "costs", "--scope", "EDIT", "--expires", "1d", "--json", "--database-url", url],
    ],
    { cwd: product, encoding: "utf8" },
  );
  return JSON.parse(made).key;
}

/** The CPU that Postgres takes for an operation beside what it costs. */
export async function weigh({ server, port, key, input: { label, text, variables, isPrepared = true } }) {
  progress(`  ${label}`);
  let headers = { "content-type": "application/json" };
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
      method: "POST",
      headers,
      body: JSON.stringify({ query: text, variables }),
    });
    return response.json();
  };
  let { errors, extensions } = await ask();
  // An editor reads drafts too, by other statements; so the key is sent only with what requires it.
  if (errors?.[0].extensions.code === "UNAUTHENTICATED") {
    headers = { ...headers, authorization: `Bearer ${key}` };
    ({ errors, extensions } = await ask());
  }
  if (errors) {
    const [
      {
        message,
        extensions: { code, limit },
      },
    ] = errors;
    const isRefusal =
      code === "LIMIT_EXCEEDED" || (code === "BAD_USER_INPUT" && refusals.some((refusal) => refusal.test(message)));
    return isRefusal ? { label, refused: limit ?? message } : { label, failed: `${code}: ${message}` };
  }
  if (isPrepared) await ask();
  const pids = familyOf(server.pid);
  const spent = [];
  for (let sum = 0; goesOn({ times: spent.length, sum, isPrepared }); sum += spent.at(-1)) {
    const before = exactMilliseconds(pids);
    await ask();
    spent.push(exactMilliseconds(pids) - before);
  }
  const cost = extensions.cost.requested;
  const ms = spent.sort((one, other) => one - other)[Math.floor(spent.length / 2)];
  return { label, cost, ms, ratio: ms / (cost * msPerPoint) };
}

/** Whether an operation that took so many milliseconds in so many requests is measured once more. */
function goesOn({ times, sum, isPrepared }) {
  if (sum > longMs || !isPrepared) return times < leastAlike;
  return times < leastTimes || (sum < enoughMs && times < mostTimes);
}

/** Messages that refuse an operation because it would take too long, and say how to narrow it down. */
const refusals = [/only for some of the meetings/, /is too long to group by/, /asks to count more than/];

/** Keeps the results so far, should the run be cut short. */
function keep(found) {
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "costs.json"), `${JSON.stringify(found, null, 2)}\n`);
}

function report({ found, meetings, save }) {
  const sorted = [...found].sort((one, other) => (other.ratio ?? 0) - (one.ratio ?? 0));
  const head = ["", "points", "Postgres ms", "times its weight"];
  const rows = sorted.map(({ label, cost, ms, ratio, refused, failed }) =>
    cost === undefined
      ? [label, "–", "–", refused === undefined ? failed : `rejected: ${refused}`]
      : [label, String(cost), ms.toFixed(1), `${ratio.toFixed(1)}${ratio > factor ? " too cheap" : ""}`],
  );
  say(`\n${table(head, rows)}`);
  const faults = found.filter(({ ratio, failed }) => failed !== undefined || (ratio ?? 0) > factor);
  if (faults.length > 0)
    throw new Error(
      `${faults.length} of ${found.length} operations take more than ${factor} times what they cost, or fail.`,
    );
  if (save) say(`Written: ${writeReport({ costs: explain({ found, meetings, head, rows }) }).join(", ")}`);
}

/** A summary and the highest ratios, for the documentation. */
function explain({ found, meetings, head, rows }) {
  const measured = found.filter(({ ratio }) => ratio !== undefined);
  const rejected = found.filter(({ refused }) => refused !== undefined);
  const ofCost = rejected.filter(({ refused }) => refused === "maxCost");
  const ratios = measured.map(({ ratio }) => ratio).sort((one, other) => one - other);
  const summary =
    `${found.length.toLocaleString("en")} operations on ${meetings.toLocaleString("en")} meetings: ${measured.length} were measured and ${rejected.length} rejected before anything was read ` +
    `(${ofCost.length} by their cost, ${rejected.length - ofCost.length} by their arguments). The highest ratio is ${ratios.at(-1).toFixed(1)}, the median ${ratios[Math.floor(ratios.length / 2)].toFixed(1)}. ` +
    `The ${mostRows} highest:`;
  return [summary, "", markdownTable(head, rows.slice(0, mostRows))].join("\n");
}
