// How each question grows with the record: time per request, what Postgres touches for it, and by which plans.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askOnce, sidelines, uncached } from "./contestants.js";
import { contractTexts, drawVariables, questions as allQuestions } from "./queries.js";
import { bodiesOf, median, percentile, startClient } from "./measure.js";
import { explainEverything, plansDuring, touchedBy } from "./plans.js";
import { startPostgres } from "./postgres.js";
import { openRecord } from "./record/database.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");
const sizes = [10_000, 100_000, 1_000_000];
const explained = 40;

export async function run({ seed, product, fresh, questions: names, quick, save }) {
  const questions = names ? allQuestions.filter(({ name }) => names.includes(name)) : allQuestions;
  const server = await startPostgres("compare");
  const client = startClient();
  try {
    const found = [];
    for (const meetings of quick ? sizes.slice(0, 2) : sizes) {
      const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
      try {
        const variables = await drawVariables(record.client, { seed });
        const times = await timeAlone({
          record,
          product,
          questions,
          variables,
          client,
          milliseconds: quick ? 1_000 : 4_000,
        });
        const plans = await explainAll({ server, record, product, questions, variables, client });
        for (const { name, label } of questions)
          found.push({ question: name, label, meetings, ...times.get(name), ...plans.get(name) });
      } finally {
        await record.client.end();
      }
    }
    report({ found, questions, save });
  } finally {
    client.stop();
    await server.stop();
  }
}

/** One request at a time, so that nothing waits for anything but itself. */
async function timeAlone({ record, product, questions, variables, client, milliseconds }) {
  const running = await sidelines(uncached)({ url: record.url, product });
  const times = new Map();
  try {
    for (const { name } of questions) {
      progress(`  ${name}: one request at a time`);
      const job = { port: running.port, bodies: bodiesOf(contractTexts[name], variables[name]), connections: 1 };
      await client.run({ ...job, milliseconds: milliseconds / 2 });
      const { latencies } = await client.run({ ...job, milliseconds });
      const kilobytes = await averageAnswer(running.port, contractTexts[name], variables[name].slice(0, explained));
      times.set(name, { p50: percentile(latencies, 0.5), p95: percentile(latencies, 0.95), kilobytes });
    }
  } finally {
    await running.stop();
  }
  return times;
}

/** How long answers are on average, in kilobytes: what has to be read grows with what is there to be said. */
async function averageAnswer(port, text, variables) {
  let bytes = 0;
  for (const values of variables) bytes += Buffer.byteLength(JSON.stringify(await askOnce(port, text, values)));
  return bytes / variables.length / 1024;
}

/** What Postgres does for some dozens of requests of each question, on a server of Sidelines that has warmed up. */
async function explainAll({ server, record, product, questions, variables, client }) {
  const undo = await explainEverything(record.client);
  const found = new Map();
  try {
    const running = await sidelines({ ...uncached, SIDELINES_POOL_SIZE: "1" })({ url: record.url, product });
    try {
      for (const { name } of questions) {
        progress(`  ${name}: reading plans`);
        const job = {
          port: running.port,
          bodies: bodiesOf(contractTexts[name], variables[name]),
          connections: 1,
          milliseconds: 30_000,
        };
        await client.run({ ...job, most: 20 });
        const plans = await plansDuring(server, () => client.run({ ...job, most: explained }));
        found.set(name, digest(plans));
      }
    } finally {
      await running.stop();
    }
  } finally {
    await undo();
  }
  return found;
}

function digest(plans) {
  const touched = plans.map(({ plan }) => touchedBy(plan));
  const perRequest = (key) => touched.reduce((sum, entry) => sum + entry[key], 0) / explained;
  const ways = new Set(touched.flatMap((entry) => [...entry.ways.keys()]));
  return {
    statements: plans.length / explained,
    rows: perRequest("rows"),
    mostRows: Math.max(0, ...touched.map(({ rows }) => rows)),
    pages: perRequest("pages"),
    milliseconds: median(plans.map(({ milliseconds }) => milliseconds)),
    ways: [...ways].sort(),
    texts: [...new Set(plans.map(({ text }) => text))],
  };
}

function report({ found, questions, save }) {
  const count = (value) => Math.round(value).toLocaleString("en");
  const head = [
    "",
    "p50 ms",
    "p95 ms",
    "statements",
    "answer kB",
    "rows touched",
    "most rows",
    "pages",
    "in Postgres ms",
  ];
  const rowsOf = (name) =>
    found
      .filter(({ question }) => question === name)
      .map((entry) => [
        `${count(entry.meetings)} meetings`,
        entry.p50.toFixed(2),
        entry.p95.toFixed(2),
        entry.statements.toFixed(1),
        entry.kilobytes.toFixed(1),
        count(entry.rows),
        count(entry.mostRows),
        count(entry.pages),
        entry.milliseconds.toFixed(2),
      ]);
  const scanned = (name) =>
    [...new Set(found.filter(({ question }) => question === name).flatMap(({ ways }) => ways))].filter((way) =>
      /^Seq |Sort|Join/.test(way),
    );
  for (const { name, label } of questions) {
    say(`\n${table([label, ...head.slice(1)], rowsOf(name))}`);
    for (const { meetings, ways } of found.filter(({ question }) => question === name))
      say(`  ${count(meetings)}: ${ways.join(", ")}`);
  }
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "growth.json"), `${JSON.stringify(found, null, 2)}\n`);
  if (!save) return;
  const page = questions.flatMap(({ name, label }) => {
    const others = scanned(name);
    return [
      `### ${label}, as the record grows`,
      "",
      markdownTable(head, rowsOf(name)),
      "",
      `All rows are found by index${others.length > 0 ? `, but for: ${others.join(", ")}` : ""}.`,
      "",
    ];
  });
  const explanation =
    "One request at a time. Rows touched are those that Postgres read from tables and indexes for one request on average, rows it " +
    "filtered out again included; the answer is the length of its JSON on average; “most rows” is the worst of the sample. Pages are 8 kB, from memory. States stay 200, as in the world; all else grows with the meetings.";
  say(`Written: ${writeReport({ growth: [explanation, "", ...page].join("\n").trimEnd() }).join(", ")}`);
}
