// What mutations take: one editor and sixteen, small acts and whole reports, in both database modes. Afterwards the
// history is checked against what was acknowledged.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { Agent, request } from "node:http";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { environment, sidelines } from "./contestants.js";
import { createDatabase, dropDatabase, startPostgres } from "./postgres.js";
import { cpuSeconds, ownCpuSeconds } from "./processes.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");

/** Every commit reaches the disk, as on a server that keeps what it acknowledges. */
const durable = { fsync: "on", synchronous_commit: "on", full_page_writes: "on", autovacuum: "on" };
const settings = {
  SIDELINES_SEED: "false",
  SIDELINES_POINTS_PER_HOUR: "0",
  SIDELINES_KEY_POINTS_PER_HOUR: "0",
  SIDELINES_MAX_CONCURRENT_OPERATIONS_PER_CLIENT: "64",
};

/** Targets of one editor's median in milliseconds, and of sixteen editors' acts a second, for small acts over Postgres. */
const targets = { oneEditorMs: 10, sixteenPerSecond: 200 };

const text = "The defence ministers met on Friday.\nThey agreed to meet again next year.";
const report = { kind: "NEWS_REPORT", publisher: "The Wire", language: "en", publishedOn: "2024-11-22", text };
const source = "bench-writes-source";
const states = "AUS BRN CHN FRA GBR IDN IND JPN KHM KOR LAO MYS NZL PHL SGP THA USA VNM".split(" ");

/** A meeting of two states, on a day and with a pair that none of the others near it has. */
function meetingOf(number, document) {
  const cite = [{ document, quote: "The defence ministers met on Friday" }];
  const first = number % states.length;
  const second = (first + 1 + (Math.floor(number / states.length) % (states.length - 1))) % states.length;
  const day = new Date(Date.UTC(1970, 0, 1) + (number % 15_000) * 86_400_000).toISOString().slice(0, 10);
  return {
    slug: `bench-writes-${number}`,
    title: `Bench meeting ${number}`,
    kind: "BILATERAL",
    on: day,
    cite,
    participants: [first, second].map((state) => ({ party: states[state], role: "PRINCIPAL", cite })),
  };
}

/** The kinds of acts, each with its mutation, its input, and the slugs of the meetings that it records. */
const acts = {
  meeting: {
    label: "a meeting with two seats",
    query:
      "mutation ($input: RecordMeetingInput!) { recordMeeting(input: $input) { meeting { id slug } userErrors { code message path } } }",
    inputOf: (number) => ({ ...meetingOf(number, source), acknowledge: ["LIKELY_DUPLICATE"] }),
    idsOf: ({ recordMeeting: { meeting } }) => (meeting ? [meeting.id] : []),
  },
  report: {
    label: "a report: a document and three meetings with statuses and commitments",
    query:
      "mutation ($input: RecordReportInput!) { recordReport(input: $input) { records { id __typename } userErrors { code message path } } }",
    inputOf(number) {
      const key = `bench-writes-report-${number}`;
      const cite = [{ document: key, quote: "The defence ministers met on Friday" }];
      const meetings = [0, 1, 2].map((index) => ({
        ...meetingOf(number * 3 + index + 1_000_000, key),
        statusReports: [{ status: "HELD", cite }],
        commitments: [{ key: "again", summary: "Meet again", kind: "DIALOGUE", status: "AGREED", cite }],
      }));
      const documents = [{ ...report, key, title: `Report ${number}` }];
      return { documents, meetings, acknowledge: ["LIKELY_DUPLICATE"] };
    },
    idsOf: ({ recordReport: { records } }) =>
      (records ?? []).filter(({ __typename }) => __typename === "Meeting").map(({ id }) => id),
  },
};

export async function run({ product, quick, save, only }) {
  const milliseconds = quick ? 2_500 : 6_000;
  const found = [];
  const modes = { Postgres: overPostgres, embedded };
  for (const [label, measure] of Object.entries(modes)) {
    if (only && !only.includes(label.toLowerCase())) continue;
    found.push(...(await measure({ label, product, milliseconds })));
  }
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "writes.json"), `${JSON.stringify(found, null, 2)}\n`);
  show(found, save);
}

async function overPostgres(options) {
  const server = await startPostgres("writes", durable);
  const name = "writes";
  try {
    await createDatabase(server, name);
    const client = new pg.Client({ connectionString: server.url(name) });
    await client.connect();
    const walBytes = async () => {
      const { rows } = await client.query("SELECT pg_current_wal_insert_lsn() - '0/0'::pg_lsn AS bytes");
      return Number(rows[0].bytes);
    };
    try {
      const url = server.url(name);
      return await measureMode({ ...options, url, walBytes, databaseCpu: () => cpuSeconds(server.pid) });
    } finally {
      await client.end();
      await dropDatabase(server, name);
    }
  } finally {
    await server.stop();
  }
}

async function embedded(options) {
  const folder = mkdtempSync(join(tmpdir(), "sidelines-bench-writes-"));
  try {
    return await measureMode({ ...options, own: { SIDELINES_DATA_DIR: join(folder, "data") } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function measureMode({ label, product, milliseconds, url, own = {}, walBytes, databaseCpu }) {
  progress(`${label}: starting`);
  const cli = commandLine({ product, url, own });
  cli("migrate");
  cli("import", join(product, "seeds/reference"));
  const { key } = JSON.parse(cli("key", "create", "--name", "writes", "--scope", "EDIT", "--expires", "1d", "--json"));
  const running = await sidelines({ ...settings, ...own }, {})({ url, product });
  const windows = [];
  try {
    const agent = new Agent({ keepAlive: true, maxSockets: 64 });
    const ask = (query, variables) => post({ agent, port: running.port, key, query, variables });
    const added = await ask(
      "mutation ($input: AddDocumentInput!) { addDocument(input: $input) { document { id } userErrors { message } } }",
      { input: { ...report, key: source, title: "Source" } },
    );
    if (!added.addDocument.document) throw new Error(JSON.stringify(added));
    // The embedded database is a child of the service; a server is not.
    const ownCpu = () => ownCpuSeconds(running.pid);
    const beside = databaseCpu ?? (() => cpuSeconds(running.pid) - ownCpu());
    const numbers = { next: 1 };
    await editors({ ask, act: acts.meeting, count: 4, milliseconds: 1_500, numbers });
    await editors({ ask, act: acts.report, count: 4, milliseconds: 1_000, numbers });
    for (const act of Object.values(acts)) {
      for (const count of [1, 16]) {
        progress(`${label}: ${act.label}, ${count} at once`);
        const version = await versionOf(ask);
        const before = { node: ownCpu(), database: beside(), wal: await walBytes?.() };
        const done = await editors({ ask, act, count, milliseconds, numbers });
        const after = { node: ownCpu(), database: beside(), wal: await walBytes?.() };
        const versions = (await versionOf(ask)) - version;
        const faults = await checkHistory({ ask, done: done.acts, versions });
        windows.push({ mode: label, act: act.label, editors: count, ...figures(done, before, after), faults });
      }
    }
    agent.destroy();
  } finally {
    await running.stop();
  }
  return windows;
}

/** Some editors, each sending its next act as soon as the last one is answered. */
async function editors({ ask, act, count, milliseconds, numbers }) {
  const done = [];
  const begun = performance.now();
  const deadline = begun + milliseconds;
  await Promise.all(
    Array.from({ length: count }, async () => {
      while (performance.now() < deadline) {
        const input = act.inputOf(numbers.next++);
        const sent = performance.now();
        const answer = await ask(act.query, { input });
        const acknowledged = performance.now();
        const [payload] = Object.values(answer);
        if (payload.userErrors.length > 0) throw new Error(JSON.stringify(payload.userErrors).slice(0, 600));
        done.push({ sent, acknowledged, ids: act.idsOf(answer) });
      }
    }),
  );
  return { acts: done, milliseconds: performance.now() - begun };
}

function figures({ acts: done, milliseconds }, before, after) {
  const latencies = done.map(({ sent, acknowledged }) => acknowledged - sent).sort((one, other) => one - other);
  const at = (share) => latencies[Math.min(latencies.length - 1, Math.floor(latencies.length * share))];
  const perAct = (one, other, unit) => (one === undefined ? undefined : ((other - one) * unit) / done.length);
  return {
    acts: done.length,
    perSecond: (done.length / milliseconds) * 1000,
    p50: at(0.5),
    p95: at(0.95),
    p99: at(0.99),
    nodeMs: perAct(before.node, after.node, 1000),
    databaseMs: perAct(before.database, after.database, 1000),
    walKilobytes: perAct(before.wal, after.wal, 1 / 1024),
  };
}

/**
 * Faults of the history after acts: each acknowledged act is one act of the record with its meetings; an act that began
 * after another's acknowledgement comes later; and the record's version moved once for each.
 */
async function checkHistory({ ask, done, versions }) {
  const faults = [];
  const byId = new Map();
  const ids = done.flatMap((act) => act.ids);
  for (let from = 0; from < ids.length; from += 50) {
    const { nodes } = await ask(
      "query ($ids: [ID!]!) { nodes(ids: $ids) { ... on Meeting { id history(first: 2) { nodes { kind act { id at } } } } } }",
      { ids: ids.slice(from, from + 50) },
    );
    for (const node of nodes) if (node) byId.set(node.id, node.history.nodes);
  }
  const positions = [];
  const seen = new Set();
  for (const act of done) {
    if (act.ids.length === 0) faults.push("an act was acknowledged without a meeting");
    const found = act.ids.map((id) => byId.get(id) ?? []);
    const names = new Set(found.flatMap((entries) => entries.map((entry) => entry.act.id)));
    if (found.some((entries) => entries.length !== 1 || entries[0].kind !== "CREATED") || names.size !== 1) {
      faults.push(`the meetings ${act.ids.join(", ")} do not stand in one act`);
      continue;
    }
    const [name] = names;
    if (seen.has(name)) faults.push(`the act ${name} was acknowledged twice`);
    seen.add(name);
    positions.push({ ...act, at: found[0][0].act.at });
  }
  // Moments of acts differ by a millisecond at least, and compare as texts.
  if (new Set(positions.map(({ at }) => at)).size !== positions.length) faults.push("two acts have one moment");
  const bySent = [...positions].sort((one, other) => one.sent - other.sent);
  const byEnd = [...positions].sort((one, other) => one.acknowledged - other.acknowledged);
  let latest = "";
  let ended = 0;
  for (const act of bySent) {
    for (; ended < byEnd.length && byEnd[ended].acknowledged < act.sent; ended++) {
      if (byEnd[ended].at > latest) latest = byEnd[ended].at;
    }
    if (act.at <= latest) faults.push(`an act at ${act.at} began after one at ${latest} was acknowledged`);
  }
  if (versions !== done.length) faults.push(`${done.length} acts moved the version by ${versions}`);
  return faults;
}

async function versionOf(ask) {
  return (await ask("{ service { recordVersion } }")).service.recordVersion;
}

/** Runs commands of the product on the database that is measured. */
function commandLine({ product, url, own }) {
  const where = url === undefined ? ["--data-dir", own.SIDELINES_DATA_DIR] : ["--database-url", url];
  return (...command) =>
    execFileSync(process.execPath, [join(product, "dist/cli.js"), ...command, ...where], {
      cwd: product,
      encoding: "utf8",
      env: environment({}),
    });
}

function post({ agent, port, key, query, variables }) {
  const body = JSON.stringify({ query, variables });
  const headers = {
    "content-type": "application/json",
    "content-length": Buffer.byteLength(body),
    authorization: `Bearer ${key}`,
  };
  return new Promise((resolve, reject) => {
    const sent = request({ agent, host: "127.0.0.1", port, path: "/graphql", method: "POST", headers }, (response) => {
      const parts = [];
      response.on("data", (part) => parts.push(part));
      response.on("error", reject);
      response.on("end", () => {
        const said = Buffer.concat(parts).toString();
        const { data, errors } = JSON.parse(said);
        if (errors || !data) reject(new Error(`HTTP ${response.statusCode}: ${said.slice(0, 600)}`));
        else resolve(data);
      });
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

function show(found, save) {
  const digit = (value) => (value === undefined ? "–" : value.toFixed(1));
  const head = [
    "",
    "editors",
    "acts/s",
    "p50 / p95 / p99 ms",
    "Node ms an act",
    "database ms an act",
    "kB of WAL an act",
    "history",
  ];
  const rows = found.map((window) => [
    `${window.mode}: ${window.act}`,
    String(window.editors),
    digit(window.perSecond),
    `${digit(window.p50)} / ${digit(window.p95)} / ${digit(window.p99)}`,
    digit(window.nodeMs),
    digit(window.databaseMs),
    digit(window.walKilobytes),
    window.faults.length === 0 ? "holds" : `${window.faults.length} faults`,
  ]);
  say(`\n${table(head, rows)}`);
  const aims = aimsOf(found);
  for (const line of aims) say(line);
  if (save) say(`Written: ${writeReport({ writes: explain({ head, rows, aims }) }).join(", ")}`);
  const faults = found.flatMap((window) => window.faults);
  if (faults.length > 0) throw new Error(`The history is at fault:\n${faults.slice(0, 20).join("\n")}`);
}

/** The results beside the targets, a sentence each. */
function aimsOf(found) {
  const small = found.filter(({ mode, act }) => mode === "Postgres" && act === acts.meeting.label);
  const one = small.find(({ editors: count }) => count === 1);
  const sixteen = small.find(({ editors: count }) => count === 16);
  if (!one || !sixteen) return [];
  const { oneEditorMs, sixteenPerSecond } = targets;
  return [
    `One editor over Postgres: p50 ${one.p50.toFixed(1)} ms; the target is ${oneEditorMs} ms (${(one.p50 / oneEditorMs).toFixed(1)} times).`,
    `Sixteen editors over Postgres: ${sixteen.perSecond.toFixed(0)} acts a second; the target is ${sixteenPerSecond} (${(sixteen.perSecond / sixteenPerSecond).toFixed(2)} of it).`,
  ];
}

function explain({ head, rows, aims }) {
  return [markdownTable(head, rows), "", ...aims.flatMap((aim) => [aim, ""])].join("\n").trimEnd();
}
