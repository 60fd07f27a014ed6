// What each of the answers costs as the record grows, asked about those of whom there is most: time, CPU, rows and pages.
import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askOnce, sidelines, uncached } from "./contestants.js";
import { bodiesOf, percentile, startClient } from "./measure.js";
import { explainEverything, plansDuring, touchedBy } from "./plans.js";
import { startPostgres } from "./postgres.js";
import { cpuSeconds } from "./processes.js";
import { openRecord } from "./record/database.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");
const sizes = [100_000, 1_000_000];
const settings = { ...uncached, SIDELINES_POOL_SIZE: "1", SIDELINES_POINTS_PER_HOUR: "0" };
/** How often each is asked while plans are read. */
const explained = 2;

const count = (arguments_) =>
  `meetingCounts(${arguments_}, first: 20) { totalCount nodes { count parties { code } year forum { slug } status } }`;
const timeline = (arguments_) =>
  `timeline(${arguments_}, first: 50) { nodes { kind on summary entry { __typename } } }`;
const gaps = (arguments_) => `coverage(${arguments_}, asOf: "2026-01-01") { kind count }`;
const entries = `entries(first: 20) { nodes { meeting { slug title on } status announcedBy { reportedOn } confirmedBy { reportedOn } } }`;

/** The questions, about the names that `drawNames` finds. */
function questionsAbout({
  top,
  second,
  person,
  otherPerson,
  forum,
  middle,
  topCode,
  secondCode,
  thirdCode,
  forumSlug,
}) {
  const pair = `["${topCode}", "${secondCode}"]`;
  const encounter = "{ explanation isCertain meeting { slug title on } contenderCount }";
  return [
    ["last met: the pair that met most, parties", `lastMet(between: ${pair}, level: PARTIES) ${encounter}`],
    [
      "last met: the same, ministers of defence",
      `lastMet(between: ${pair}, level: OFFICES, office: DEFENCE_MINISTER) ${encounter}`,
    ],
    [
      "last met: the three that met most",
      `lastMet(between: ["${topCode}", "${secondCode}", "${thirdCode}"], level: PARTIES) ${encounter}`,
    ],
    [
      "first since a day: the same pair",
      `firstMeetingSince(between: ${pair}, level: PARTIES, day: "2010-01-01") ${encounter}`,
    ],
    [
      "ledger: the same pair, all of it",
      `ledger(between: ${pair}) { total announced held open addressesExpected addressesGiven fulfilment { period announced held } ${entries} }`,
    ],
    [
      "ledger: the most frequent party",
      `state(code: "${topCode}") { ledger { total announced held open ${entries} } }`,
    ],
    [
      "shared forums of two on a day",
      `jointMemberships(parties: ${pair}, asOf: "2024-06-01", rule: ANY_ROLE) { forum { slug } }`,
    ],
    [
      "matrix of all pairs on a day",
      `jointMembershipMatrix(asOf: "2024-06-01", rule: ANY_ROLE, first: 100) { nodes { count parties { code } } }`,
    ],
    [
      "office holders on a day",
      `officeHolders(asOf: "2024-06-01", kind: DEFENCE_MINISTER, first: 50) { nodes { office { title } } }`,
    ],
    ["timeline: the most frequent party", timeline(`of: "${top}"`)],
    ["timeline: the same, status changes", timeline(`of: "${top}", kinds: [STATUS_CHANGE]`)],
    ["timeline: the most frequent person, status changes", timeline(`of: "${person}", kinds: [STATUS_CHANGE]`)],
    ["timeline: the pair that met most", timeline(`of: "${top}", with: "${second}"`)],
    ["timeline: the same, status changes", timeline(`of: "${top}", with: "${second}", kinds: [STATUS_CHANGE]`)],
    ["timeline: two persons of these", timeline(`of: "${person}", with: "${otherPerson}"`)],
    ["timeline: a forum", timeline(`of: "${forum}"`)],
    ["statistics: all meetings by pair", count("by: [PAIR]")],
    [
      "statistics: those of a year by pair and year",
      count(`by: [PAIR, YEAR], filter: { during: { from: "2025-01-01", to: "2025-12-31" } }`),
    ],
    ["statistics: all by party", count("by: [PARTY]")],
    ["statistics: all by party, year and status", count("by: [PARTY, YEAR, STATUS]")],
    ["statistics: all by forum and year", count("by: [FORUM, YEAR]")],
    ["statistics: whom the most frequent party met", count(`by: [PARTY], filter: { parties: ["${topCode}"] }`)],
    [
      "statistics: the same by year and status",
      count(`by: [PARTY, YEAR, STATUS], filter: { parties: ["${topCode}"] }`),
    ],
    [
      "statistics: the last year by pair",
      count(`by: [PAIR], filter: { during: { from: "2025-01-01", to: "2025-12-31" } }`),
    ],
    ["coverage: the most frequent party", gaps(`of: "${top}"`)],
    ["coverage: one in the middle", gaps(`of: "${middle}"`)],
    ["coverage: the pair that met most", gaps(`of: "${top}", with: "${second}"`)],
    ["coverage: a forum", gaps(`of: "${forum}"`)],
    [
      "a forum's sessions and how high they were attended",
      `forum(slug: "${forumSlug}") { sessions(first: 50) { nodes { on representation { seats heads ministers } } } }`,
    ],
    [
      "search: a state and a word",
      `search(query: "${topCode} defence", first: 10) { totalCount nodes { kind snippet } }`,
    ],
    [
      "what the record holds",
      "service { counts { documents meetings participants memberships persons states forums citations } }",
    ],
  ].map(([label, fields]) => ({ label, text: `{ ${fields} }` }));
}

/** Those of whom there is most, from the record itself. */
async function drawNames(client) {
  const one = async (text, values = []) => (await client.query({ text, values, rowMode: "array" })).rows;
  const parties = await one(
    `SELECT y."id", y."code" FROM derived."Tally" t JOIN "Party" y ON y."id" = t."firstId" WHERE t."grain" = 1 GROUP BY 1 ORDER BY sum(t."meetings") DESC, 1`,
  );
  const [[top, topCode]] = parties;
  const met = await one(
    `SELECT y."id", y."code" FROM derived."Tally" t JOIN "Party" y ON y."id" = CASE WHEN t."firstId" = $1 THEN t."secondId" ELSE t."firstId" END
     WHERE t."grain" = 2 AND (t."firstId" = $1 OR t."secondId" = $1) GROUP BY 1 ORDER BY sum(t."meetings") DESC, 1 LIMIT 2`,
    [top],
  );
  const [[second, secondCode], [, thirdCode]] = met;
  const [[person]] = await one(
    `SELECT "personId" FROM "Participant" WHERE "personId" IS NOT NULL GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  const [[otherPerson]] = await one(
    `SELECT b."personId" FROM "Participant" a JOIN "Participant" b ON b."meetingId" = a."meetingId" AND b."personId" <> a."personId"
     WHERE a."personId" = $1 GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
    [person],
  );
  const [[forum, forumSlug]] = await one(
    `SELECT f."id", f."slug" FROM "Meeting" m JOIN "Forum" f ON f."id" = m."forumId" GROUP BY 1 ORDER BY count(*) DESC, 1 LIMIT 1`,
  );
  return {
    top,
    topCode,
    second,
    secondCode,
    thirdCode,
    middle: parties[40]?.[0] ?? top,
    person,
    otherPerson,
    forum,
    forumSlug,
  };
}

export async function run({ seed, product, fresh, quick, save }) {
  const server = await startPostgres("compare");
  const client = startClient();
  const found = [];
  try {
    for (const meetings of quick ? sizes.slice(0, 1) : sizes) {
      const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
      try {
        const questions = questionsAbout(await drawNames(record.client));
        const times = await timeAlone({
          server,
          record,
          product,
          client,
          questions,
          milliseconds: quick ? 800 : 2_000,
        });
        const plans = await explainAll({ server, record, product, questions });
        for (const [index, { label }] of questions.entries())
          found.push({ label, meetings, ...times[index], ...plans[index] });
      } finally {
        await record.client.end();
      }
    }
    report({ found, save });
  } finally {
    client.stop();
    await server.stop();
  }
}

/** One request at a time; CPU is that of the service and of Postgres together. */
async function timeAlone({ server, record, product, client, questions, milliseconds }) {
  const running = await sidelines(settings)({ url: record.url, product });
  const times = [];
  try {
    for (const { label, text } of questions) {
      progress(`  ${label}: one request at a time`);
      const job = { port: running.port, bodies: bodiesOf(text, [{}]), connections: 1 };
      const spent = () => cpuSeconds(running.pid) + cpuSeconds(server.pid);
      try {
        await askOnce(running.port, text, {});
        await client.run({ ...job, milliseconds: milliseconds / 4 });
        const before = spent();
        const { latencies } = await client.run({ ...job, milliseconds });
        times.push({ p50: percentile(latencies, 0.5), cpu: ((spent() - before) * 1_000) / latencies.length });
      } catch (error) {
        // What takes longer than it may is told in the table.
        say(`  ${label}: ${error.message.slice(0, 160)}`);
        times.push({});
      }
    }
  } finally {
    await running.stop();
  }
  return times;
}

/** What Postgres touches for each question. */
async function explainAll({ server, record, product, questions }) {
  const undo = await explainEverything(record.client);
  const found = [];
  try {
    const running = await sidelines(settings)({ url: record.url, product });
    try {
      for (const { label, text } of questions) {
        progress(`  ${label}: reading plans`);
        const isAnswered = await askOnce(running.port, text, {}).then(
          () => true,
          () => false,
        );
        const plans = await plansDuring(server, async () => {
          for (let time = 0; isAnswered && time < explained; time++)
            await askOnce(running.port, text, {}).catch(() => undefined);
        });
        if (plans.length === 0) {
          found.push({});
          continue;
        }
        const touched = plans.map(({ plan }) => touchedBy(plan));
        const perRequest = (key) => touched.reduce((sum, entry) => sum + entry[key], 0) / explained;
        found.push({ rows: perRequest("rows"), pages: perRequest("pages") });
      }
    } finally {
      await running.stop();
    }
  } finally {
    await undo();
  }
  return found;
}

function report({ found, save }) {
  const grouped = (value) => Math.round(value).toLocaleString("en");
  const all = [...new Set(found.map(({ meetings }) => meetings))];
  const head = ["", ...all.flatMap((meetings) => [`ms at ${grouped(meetings)}`, "CPU ms", "rows", "pages"])];
  const rows = [...new Set(found.map(({ label }) => label))].map((label) => [
    label,
    ...all.flatMap((meetings) => {
      const { p50, cpu, rows, pages } = found.find((entry) => entry.label === label && entry.meetings === meetings);
      if (p50 === undefined || rows === undefined) return ["over the time limit", "–", "–", "–"];
      return [p50.toFixed(p50 < 10 ? 1 : 0), cpu.toFixed(cpu < 10 ? 1 : 0), grouped(rows), grouped(pages)];
    }),
  ]);
  say(`\n${table(head, rows)}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "answers.json"), `${JSON.stringify(found, null, 2)}\n`);
  if (!save) return;
  const explanation =
    "Each is asked again and again, one request at a time, about those of whom the record holds most, so that these are the dearest of their kind. " +
    "Milliseconds are the median from request to answer; CPU is that of the service and of Postgres together, and tells what was waiting for others on a busy machine; rows " +
    "are those that Postgres read from tables and indexes, those it filtered out again included; pages are 8 kB, from memory.";
  say(`Written: ${writeReport({ answers: [explanation, "", markdownTable(head, rows)].join("\n") }).join(", ")}`);
}
