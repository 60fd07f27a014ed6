// How long a search takes, by what is typed and as the record grows.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { sidelines, uncached } from "./contestants.js";
import { bodiesOf, percentile, startClient } from "./measure.js";
import { startPostgres } from "./postgres.js";
import { cpuSeconds } from "./processes.js";
import { openRecord } from "./record/database.js";
import { randomStream } from "./record/random.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");
/** How many meetings the records have that are searched, unless other sizes are asked for. */
const usual = [10_000, 100_000, 1_000_000];
const settings = { ...uncached, SIDELINES_POOL_SIZE: "1" };

const text = `query Search($query: String!) {
  search(query: $query, first: 10) {
    totalCount
    nodes { kind quality snippet highlights { start end } match { __typename ... on Node { id } } }
  }
}`;

const typeahead = `query Suggestions($query: String!) {
  suggestions(prefix: $query, first: 8) { nodes { kind text match { __typename ... on Node { id } } } }
}`;

/** Searches as people type them, by what they are: lists of words that the record holds, drawn by a seed. */
async function drawSearches(client, { seed, count = 200 }) {
  const random = randomStream(`${seed}/searches`);
  const list = async (statement) =>
    (await client.query({ text: statement, rowMode: "array" })).rows.map(([value]) => value);
  const persons = await list('SELECT "name" FROM "Person" ORDER BY "id" LIMIT 5000');
  const states = await list(`SELECT "name" FROM "Party" WHERE "kind" = 'STATE' ORDER BY "id"`);
  const cities = await list('SELECT "city" FROM "Place" ORDER BY "id" LIMIT 5000');
  const quotes = await list('SELECT "quote" FROM "Citation" WHERE "quote" IS NOT NULL ORDER BY "id" LIMIT 5000');
  const days = await list(`SELECT "on" FROM "Meeting" WHERE length("on") = 10 ORDER BY "id" LIMIT 5000`);
  const times = (make) => Array.from({ length: count }, make);
  // Two neighbours change places, somewhere behind the first letter of the longest word.
  const slip = (words) => {
    const longest = words.split(" ").sort((a, b) => b.length - a.length)[0];
    const at = random.between(1, Math.max(1, longest.length - 3));
    return words.replace(longest, longest.slice(0, at) + longest[at + 1] + longest[at] + longest.slice(at + 2));
  };
  return [
    ["a person's name", times(() => random.pick(persons))],
    [
      "the same in another order, not all typed",
      times(() => random.pick(persons).split(" ").reverse().join(" ").slice(0, -1)),
    ],
    ["a name with a slip", times(() => slip(random.pick(persons)))],
    ["a state", times(() => random.pick(states))],
    ["two states", times(() => `${random.pick(states)} ${random.pick(states)}`)],
    [
      "two states and a year",
      times(() => `${random.pick(states)} ${random.pick(states)} ${random.between(2005, 2025)}`),
    ],
    ["two persons", times(() => `${random.pick(persons)} ${random.pick(persons)}`)],
    ["a day", times(() => random.pick(days))],
    ["two states and a city", times(() => `${random.pick(states)} ${random.pick(states)} ${random.pick(cities)}`)],
    ["a city with a slip", times(() => slip(random.pick(cities)))],
    [
      "three words of a passage",
      times(() =>
        random
          .pick(quotes)
          .split(" ")
          .filter((word) => word.length > 5)
          .slice(-3)
          .join(" "),
      ),
    ],
    ["words that all meetings have", ["ministers of defence", "defence ministers", "ministers"]],
    ["one letter", [..."abcdefghijklmnoprstuvz"]],
    ["words that nobody used", times(() => `q${random.between(1_000, 9_999)}x`)],
    // The beginning of a name after each letter that is typed.
    [
      "typeahead",
      times(() => random.pick([persons, states, cities][random.between(0, 2)])).map((name) =>
        name.slice(0, random.between(1, Math.min(8, name.length))),
      ),
      typeahead,
    ],
  ];
}

export async function run({ seed, product, fresh, quick, save, sizes = quick ? usual.slice(0, 2) : usual }) {
  const server = await startPostgres("compare");
  const client = startClient();
  const found = [];
  try {
    for (const meetings of sizes) {
      const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
      try {
        found.push(
          ...(await timeAlone({
            server,
            record,
            product,
            client,
            meetings,
            searches: await drawSearches(record.client, { seed }),
            milliseconds: quick ? 1_000 : 4_000,
          })),
        );
      } finally {
        await record.client.end();
      }
    }
  } finally {
    client.stop();
    await server.stop();
  }
  report(found, save);
}

/** One request at a time. */
async function timeAlone({ server, record, product, client, meetings, searches, milliseconds }) {
  const running = await sidelines(settings)({ url: record.url, product });
  const found = [];
  try {
    for (const [label, queries, asked = text] of searches) {
      progress(`  ${label}: one request at a time`);
      const job = {
        port: running.port,
        bodies: bodiesOf(
          asked,
          queries.map((query) => ({ query })),
        ),
        connections: 1,
      };
      await client.run({ ...job, milliseconds: milliseconds / 2 });
      const before = [running.pid, server.pid].map(cpuSeconds);
      const { latencies } = await client.run({ ...job, milliseconds });
      const [node, postgres] = [running.pid, server.pid].map(
        (pid, index) => ((cpuSeconds(pid) - before[index]) * 1_000) / latencies.length,
      );
      found.push({
        label,
        meetings,
        p50: percentile(latencies, 0.5),
        p95: percentile(latencies, 0.95),
        node,
        postgres,
      });
    }
  } finally {
    await running.stop();
  }
  return found;
}

function report(found, save) {
  const head = ["p50 ms", "p95 ms", "Node ms", "Postgres ms"];
  const rowsOf = (meetings) =>
    found
      .filter((entry) => entry.meetings === meetings)
      .map(({ label, p50, p95, node, postgres }) => [
        label,
        ...[p50, p95, node, postgres].map((value) => value.toFixed(1)),
      ]);
  const sizes = [...new Set(found.map((entry) => entry.meetings))];
  const count = (meetings) => `${meetings.toLocaleString("en")} meetings`;
  for (const meetings of sizes) say(`\n${table([count(meetings), ...head], rowsOf(meetings))}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "search.json"), `${JSON.stringify(found, null, 2)}\n`);
  if (!save) return;
  const explanation =
    "One request at a time over HTTP for the first ten results with their snippets, the total and where each leads; no answers kept. Node ms and Postgres ms are milliseconds of CPU per search, " +
    "which what else the machine does disturbs less than the time to answer. Two hundred searches of each kind are drawn from the record's own names and passages.";
  say(
    `Written: ${writeReport({ search: [explanation, "", ...sizes.flatMap((meetings) => [markdownTable([count(meetings), ...head], rowsOf(meetings)), ""])].join("\n").trimEnd() }).join(", ")}`,
  );
}
