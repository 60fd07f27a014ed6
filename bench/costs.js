// Whether operations take the time that they cost: each root field and each list argument with the worst input it accepts.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sidelines, uncached } from "./contestants.js";
import { startPostgres } from "./postgres.js";
import { cpuSeconds } from "./processes.js";
import { openRecord } from "./record/database.js";
import { progress, say, table } from "./terminal.js";
import { worstInputs } from "./worst.inputs.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");
const settings = { ...uncached, SIDELINES_POOL_SIZE: "1", SIDELINES_POINTS_PER_HOUR: "0", SIDELINES_SHOW_COST: "true" };
/** Milliseconds of Postgres that a point stands for, and how many times as many are let pass. */
const msPerPoint = 0.1;
const factor = 5;
/** Milliseconds of CPU that are told apart: the clock of processes ticks that slowly. */
const leastMs = 200;
const mostTimes = 200;

export async function run({ seed, meetings, product, fresh }) {
  const server = await startPostgres("compare");
  const found = [];
  try {
    const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
    const running = await sidelines(settings)({ url: record.url, product });
    try {
      for (const input of await worstInputs(record.client)) found.push(await weigh({ server, port: running.port, input }));
    } finally {
      await running.stop();
      await record.client.end();
    }
  } finally {
    await server.stop();
  }
  report(found);
}

/** The CPU that Postgres takes for an operation beside what it costs. */
async function weigh({ server, port, input: { label, text, variables } }) {
  progress(`  ${label}`);
  const ask = async () => {
    const response = await fetch(`http://127.0.0.1:${port}/graphql`, { method: "POST", headers: { "content-type": "application/json" }, body: JSON.stringify({ query: text, variables }) });
    return response.json();
  };
  const { errors, extensions } = await ask();
  const code = errors?.[0].extensions.code;
  if (code === "LIMIT_EXCEEDED") return { label, refused: errors[0].extensions.limit };
  if (code !== undefined) return { label, failed: `${code}: ${errors[0].message}` };
  await ask();
  const before = cpuSeconds(server.pid);
  let times = 0;
  let spent = 0;
  while (spent < leastMs && times < mostTimes) {
    await ask();
    times += 1;
    spent = (cpuSeconds(server.pid) - before) * 1_000;
  }
  const cost = extensions.cost.requested;
  const ms = spent / times;
  return { label, cost, ms, ratio: ms / (cost * msPerPoint) };
}

function report(found) {
  const sorted = [...found].sort((one, other) => (other.ratio ?? 0) - (one.ratio ?? 0));
  const rows = sorted.map(({ label, cost, ms, ratio, refused, failed }) =>
    cost === undefined ? [label, "–", "–", refused ? `refused: ${refused}` : failed] : [label, String(cost), ms.toFixed(1), `${ratio.toFixed(1)}${ratio > factor ? " too cheap" : ""}`],
  );
  say(`\n${table(["", "points", "Postgres ms", "times its weight"], rows)}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "costs.json"), `${JSON.stringify(found, null, 2)}\n`);
  const faults = found.filter(({ ratio, failed }) => failed !== undefined || (ratio ?? 0) > factor);
  if (faults.length > 0) throw new Error(`${faults.length} operations take more than ${factor} times what they cost, or fail.`);
}
