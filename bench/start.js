// What a start takes and what a running service holds, in both database modes.
import { spawn } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { setTimeout as sleep } from "node:timers/promises";
import { environment, uncached } from "./contestants.js";
import { startClient } from "./measure.js";
import { createDatabase, dropDatabase, startPostgres } from "./postgres.js";
import { cpuSeconds, isGroupAlive, residentByCommand } from "./processes.js";
import { writeReport } from "./report.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");

const requests = 100_000;
/** Longer than this nobody waits; fewer requests are said to be fewer. */
const patienceMs = 240_000;

/** What a reader of the record's first page asks, and one question with a value. */
const questions = [
  {
    query:
      "{ meetings(first: 10) { nodes { slug title kind status on place { city } participants(first: 10) { nodes { role party { code } person { name } } } } } }",
  },
  {
    query:
      "query ($slug: String!) { meeting(slug: $slug) { title status sidelinesOf { title } participants { nodes { party { code } person { name } } } } }",
    variables: { slug: "2024-11-20-ind-chn-vientiane" },
  },
  { query: "{ forums { nodes { slug name memberships(first: 30) { nodes { role party { code } } } } } }" },
];

export async function run({ product, quick, save }) {
  const server = await startPostgres("start");
  const client = startClient();
  const found = [];
  try {
    found.push(await embedded({ product, client, quick }));
    found.push(await overPostgres({ server, product, client, quick }));
  } finally {
    client.stop();
    await server.stop();
  }
  report(found, save);
}

async function embedded(options) {
  const folder = mkdtempSync(join(tmpdir(), "sidelines-bench-start-"));
  try {
    return await measureMode({ ...options, label: "embedded", settings: { SIDELINES_DATA_DIR: join(folder, "data") } });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function overPostgres(options) {
  const name = "start";
  await createDatabase(options.server, name);
  try {
    return await measureMode({ ...options, label: "Postgres", settings: { DATABASE_URL: options.server.url(name) } });
  } finally {
    await dropDatabase(options.server, name);
  }
}

async function measureMode({ label, settings, product, client, quick }) {
  progress(`${label}: first start`);
  const fresh = await startService({ product, settings });
  await fresh.stop();
  const warm = [];
  for (let round = 0; round < (quick ? 1 : 5); round++) {
    progress(`${label}: start ${round + 2}`);
    const service = await startService({ product, settings });
    warm.push(service.milliseconds);
    await service.stop();
  }
  // Every request goes to the database, lest the answers that are kept do all the work.
  const service = await startService({ product, settings: { ...settings, ...uncached } });
  try {
    await sleep(3_000);
    const idle = memoryOf(service);
    const cpuBefore = cpuSeconds(service.pid);
    progress(`${label}: ${requests.toLocaleString("en")} requests`);
    const job = { port: service.port, bodies: questions.map((question) => JSON.stringify(question)) };
    const asked = await client.run({ ...job, milliseconds: quick ? 5_000 : patienceMs, most: requests });
    const cpu = cpuSeconds(service.pid) - cpuBefore;
    const busy = memoryOf(service);
    await sleep(5_000);
    return {
      label,
      fresh: fresh.milliseconds,
      warm,
      idle,
      requests: asked.requests,
      perSecond: (asked.requests / asked.milliseconds) * 1000,
      cpuPerThousand: (cpu / asked.requests) * 1000,
      busy,
      after: memoryOf(service),
    };
  } finally {
    await service.stop();
  }
}

/** Megabytes of the service, of the database where it belongs to the service, and of npm with its shell. */
function memoryOf({ pid }) {
  const parts = { service: 0, database: 0, npm: 0 };
  for (const { command, megabytes } of residentByCommand(pid)) {
    const part = /dist\/main\.js/.test(command)
      ? /^node|\/node/.test(command)
        ? "service"
        : "npm"
      : /dist\/database\//.test(command)
        ? "database"
        : "npm";
    parts[part] += megabytes;
  }
  return parts;
}

/** `npm start`, timed until the first answer that comes from the record. */
async function startService({ product, settings }) {
  const port = await freePort();
  const started = performance.now();
  // In a group of its own: npm does not pass every signal on to what it has started.
  const child = spawn("npm", ["start", "--silent"], {
    cwd: product,
    env: environment({ ...settings, PORT: String(port), HOST: "127.0.0.1", LOG_LEVEL: "warn" }),
    stdio: ["ignore", "ignore", "inherit"],
    detached: true,
  });
  const ended = new Promise((resolve) => child.once("exit", resolve));
  try {
    await untilAnswered(child, port);
  } catch (error) {
    signal(child, "SIGKILL");
    throw error;
  }
  return {
    pid: child.pid,
    port,
    milliseconds: performance.now() - started,
    async stop() {
      signal(child, "SIGTERM");
      const timer = setTimeout(() => signal(child, "SIGKILL"), 10_000);
      await ended;
      // npm may end before what it has started.
      while (isGroupAlive(child.pid)) await sleep(20);
      clearTimeout(timer);
    },
  };
}

/** To the whole group, unless all of it has ended already. */
function signal(child, name) {
  try {
    process.kill(-child.pid, name);
  } catch (error) {
    if (error.code !== "ESRCH") throw error;
  }
}

async function untilAnswered(child, port) {
  const deadline = Date.now() + 120_000;
  while (Date.now() < deadline) {
    if (child.exitCode !== null) throw new Error(`npm start ended with code ${child.exitCode}`);
    try {
      const response = await fetch(`http://127.0.0.1:${port}/graphql`, {
        method: "POST",
        headers: { "content-type": "application/json" },
        body: JSON.stringify({ query: "{ meetings(first: 1) { nodes { slug } } }" }),
      });
      const { data } = await response.json();
      if (data?.meetings.nodes.length === 1) return;
    } catch {
      // Not listening yet.
    }
    await sleep(10);
  }
  throw new Error("The service did not answer within 120 s");
}

function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

function report(found, save) {
  const seconds = (milliseconds) => `${(milliseconds / 1000).toFixed(1)} s`;
  const megabytes = ({ service, database }) =>
    database > 0 ? `${Math.round(service)} + ${Math.round(database)}` : String(Math.round(service));
  const head = [
    "database",
    "first start",
    "later starts",
    "MB idle",
    "requests",
    "requests/s",
    "CPU s per 1000",
    "MB right after",
    "MB 5 s later",
  ];
  const rows = found.map((mode) => [
    mode.label,
    seconds(mode.fresh),
    `${seconds(Math.min(...mode.warm))}–${seconds(Math.max(...mode.warm))}`,
    megabytes(mode.idle),
    mode.requests.toLocaleString("en"),
    Math.round(mode.perSecond).toLocaleString("en"),
    mode.cpuPerThousand.toFixed(2),
    megabytes(mode.busy),
    megabytes(mode.after),
  ]);
  say(`\n${table(head, rows)}`);
  mkdirSync(results, { recursive: true });
  writeFileSync(join(results, "start.json"), `${JSON.stringify(found, null, 2)}\n`);
  if (!save) return;
  const explanation =
    "From `npm start`, everything built, to the first answer from the record; the first start also migrates and loads the seeds. " +
    "Memory is what is resident after some seconds without work, and after the requests, which all went to the database (no answers kept). It is that of the service and, in embedded mode, of the database's process beside it; npm, which `npm start` leaves running, holds some 60 MB more. CPU is that of all of these; a Postgres server is not counted.";
  say(`Written: ${writeReport({ start: [markdownTable(head, rows), "", explanation].join("\n") }).join(", ")}`);
}
