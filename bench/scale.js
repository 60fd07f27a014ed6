// What more processes and replicas are good for: the same questions for one process and two, without and with a replica,
// through a pool, and with answers kept. On one machine they share its cores, so what counts is the CPU of each part.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { sidelines, uncached } from "./contestants.js";
import { bodiesOf, concurrency, median, percentile, startClient } from "./measure.js";
import { findBinaries, freePort, settings, startPostgres, unprivileged, untilReady } from "./postgres.js";
import { cpuSeconds } from "./processes.js";
import { contractTexts, drawVariables, questions as allQuestions } from "./queries.js";
import { openRecord } from "./record/database.js";
import { markdownTable, progress, say, table } from "./terminal.js";

const asked = ["meeting", "latest", "party"];
/** The client asks more than one address may. */
const unlimited = { SIDELINES_POINTS_PER_HOUR: "0" };

export async function run({ seed, meetings, product, fresh, quick, rounds = quick ? 2 : 4 }) {
  const primary = await startPostgres("scale");
  const record = await openRecord({ server: primary, seed, meetings, product, isFresh: fresh, say, progress });
  const replica = await startReplica(primary);
  const pool = await startPool(primary);
  const clients = [startClient(), startClient()];
  try {
    await untilSame(primary, replica, record.url);
    const variables = await drawVariables(record.client, { seed });
    const questions = allQuestions.filter(({ name }) => asked.includes(name));
    const setups = setupsFor({ record, replica, pool });
    const running = [];
    for (const setup of setups) {
      const processes = [];
      for (let index = 0; index < setup.processes; index++)
        processes.push(await sidelines({ ...unlimited, ...setup.settings })({ url: setup.url, product }));
      running.push({ setup, processes });
    }
    try {
      const windows = await measure({
        running,
        questions,
        variables,
        rounds,
        clients,
        primary,
        replica,
        milliseconds: quick ? 800 : 2_000,
      });
      report({ windows, questions, setups });
    } finally {
      for (const { processes } of running) for (const process of processes) await process.stop();
    }
    await measureLag({ record, replica, writes: quick ? 100 : 400 });
  } finally {
    clients.forEach((client) => client.stop());
    await record.client.end();
    pool?.stop();
    await replica.stop();
    await primary.stop();
  }
}

function setupsFor({ record, replica, pool }) {
  const replicated = { SIDELINES_REPLICA_URLS: replica.url(record.url) };
  return [
    { name: "one process, primary", processes: 1, url: record.url, settings: uncached },
    { name: "two processes, primary", processes: 2, url: record.url, settings: uncached },
    { name: "one process, replica", processes: 1, url: record.url, settings: { ...uncached, ...replicated } },
    { name: "two processes, replica", processes: 2, url: record.url, settings: { ...uncached, ...replicated } },
    ...(pool
      ? [
          {
            name: "one process, through PgBouncer",
            processes: 1,
            url: pool.url(record.url),
            settings: { ...uncached, SIDELINES_DIRECT_DATABASE_URL: record.url },
          },
        ]
      : []),
    { name: "one process, answers kept", processes: 1, url: record.url, settings: {} },
    { name: "two processes, answers kept, replica", processes: 2, url: record.url, settings: replicated },
  ];
}

/** Rounds of short windows, setup after setup, so that what disturbs the machine disturbs all alike. */
async function measure({ running, questions, variables, rounds, clients, primary, replica, milliseconds }) {
  const windows = [];
  for (const { name: question } of questions) {
    const bodies = bodiesOf(contractTexts[question], variables[question]);
    for (let round = 0; round <= rounds; round++) {
      for (const { setup, processes } of round % 2 === 0 ? running : running.toReversed()) {
        progress(`${question}: round ${round} of ${rounds}, ${setup.name}`);
        const ask = (time) =>
          Promise.all(
            processes.map(({ port }, index) =>
              clients[index].run({ port, bodies, connections: concurrency / processes.length, milliseconds: time }),
            ),
          );
        await ask(milliseconds / 4);
        const parts = { node: processes.map(({ pid }) => pid), primary: [primary.pid], replica: [replica.pid] };
        const before = secondsOf(parts);
        const results = await ask(milliseconds);
        const after = secondsOf(parts);
        // The first round warms up.
        if (round === 0) continue;
        const requests = results.reduce((sum, one) => sum + one.requests, 0);
        const cpu = Object.fromEntries(Object.keys(parts).map((part) => [part, after[part] - before[part]]));
        windows.push({
          question,
          setup: setup.name,
          requests,
          perSecond: results.reduce((sum, one) => sum + (one.requests / one.milliseconds) * 1000, 0),
          latencies: results.flatMap(({ latencies }) => latencies),
          ...cpu,
        });
      }
    }
  }
  return windows;
}

function secondsOf(parts) {
  return Object.fromEntries(
    Object.entries(parts).map(([part, pids]) => [part, pids.reduce((sum, pid) => sum + cpuSeconds(pid), 0)]),
  );
}

function report({ windows, questions, setups }) {
  const head = ["", "requests/s", "least–most", "p50 / p95 ms", "Node ms", "primary ms", "replica ms"];
  for (const { name, label } of questions) {
    const rows = setups.map(({ name: setup }) => {
      const mine = windows.filter((window) => window.question === name && window.setup === setup);
      const rates = mine.map(({ perSecond }) => perSecond);
      const requests = mine.reduce((sum, window) => sum + window.requests, 0);
      const latencies = mine.flatMap((window) => window.latencies).sort((a, b) => a - b);
      const cpu = (part) => ((mine.reduce((sum, window) => sum + window[part], 0) / requests) * 1000).toFixed(2);
      const count = (value) => Math.round(value).toLocaleString("en");
      return [
        setup,
        count(median(rates)),
        `${count(Math.min(...rates))}–${count(Math.max(...rates))}`,
        `${percentile(latencies, 0.5).toFixed(1)} / ${percentile(latencies, 0.95).toFixed(1)}`,
        cpu("node"),
        cpu("primary"),
        cpu("replica"),
      ];
    });
    say(`\n${table([label, ...head.slice(1)], rows)}`);
    say(`\n${markdownTable([label, ...head.slice(1)], rows)}`);
  }
}

/** How long after a commit the replica holds the write: asked every millisecond, as a waiting process does every five. */
async function measureLag({ record, replica, writes }) {
  const [writer, reader] = [
    new pg.Client({ connectionString: record.url }),
    new pg.Client({ connectionString: replica.url(record.url) }),
  ];
  await Promise.all([writer.connect(), reader.connect()]);
  const versionOf = async (client) =>
    Number((await client.query('SELECT "version" FROM "RecordVersion"')).rows[0].version);
  // What is not waited for is sent on five times a second only.
  await writer.query("SET synchronous_commit = on");
  const lags = [];
  for (let write = 0; write < writes; write++) {
    await writer.query('UPDATE "Place" SET "city" = "city" || $1 WHERE "id" = (SELECT min("id") FROM "Place")', [
      write % 2 === 0 ? "." : ",",
    ]);
    const committed = performance.now();
    const version = await versionOf(writer);
    while ((await versionOf(reader)) < version) await sleep(1);
    lags.push(performance.now() - committed);
  }
  await Promise.all([writer.end(), reader.end()]);
  lags.sort((a, b) => a - b);
  say(
    `\nFrom commit to the replica holding it, of ${writes} writes: p50 ${percentile(lags, 0.5).toFixed(1)} ms, p95 ${percentile(lags, 0.95).toFixed(1)} ms, p99 ${percentile(lags, 0.99).toFixed(1)} ms`,
  );
}

/** A replica of a server, made anew; it goes when it is stopped. */
async function startReplica(primary) {
  const binaries = findBinaries();
  const identity = unprivileged();
  const home = mkdtempSync(join(tmpdir(), "sidelines-bench-replica-"));
  if (identity.uid !== undefined) chownSync(home, identity.uid, identity.gid);
  const data = join(home, "data");
  const from = new URL(primary.url("postgres"));
  execFileSync(
    join(binaries, "pg_basebackup"),
    [
      "-D",
      data,
      "-R",
      "-X",
      "stream",
      "-c",
      "fast",
      "--no-sync",
      "-h",
      from.hostname,
      "-p",
      from.port,
      "-U",
      from.username,
    ],
    { ...identity, cwd: home, stdio: "ignore" },
  );
  const port = await freePort();
  const options = Object.entries({ ...settings, port, unix_socket_directories: home }).flatMap(([key, value]) => [
    "-c",
    `${key}=${value}`,
  ]);
  const server = spawn(join(binaries, "postgres"), ["-D", data, ...options], {
    ...identity,
    cwd: home,
    stdio: "ignore",
  });
  const exited = new Promise((resolve) => server.once("exit", resolve));
  const url = (of) => Object.assign(new URL(of), { port: String(port) }).href;
  await untilReady(url(primary.url("postgres")), server, () => "");
  return {
    pid: server.pid,
    url,
    async stop() {
      server.kill("SIGINT");
      await exited;
      rmSync(home, { recursive: true, force: true });
    },
  };
}

async function untilSame(primary, replica, url) {
  const [one, other] = [
    new pg.Client({ connectionString: url }),
    new pg.Client({ connectionString: replica.url(url) }),
  ];
  await Promise.all([one.connect(), other.connect()]);
  const { rows } = await one.query("SELECT pg_current_wal_lsn()::text AS at");
  while (!(await other.query("SELECT pg_last_wal_replay_lsn() >= $1::pg_lsn AS is", [rows[0].at])).rows[0].is)
    await sleep(50);
  // In memory, as the primary's is.
  const { rows: tables } = await other.query(
    "SELECT relname FROM pg_class WHERE relkind = 'r' AND relnamespace = 'public'::regnamespace",
  );
  for (const { relname } of tables) await other.query(`SELECT count(*) FROM "${relname}" t WHERE t::text = ''`);
  await Promise.all([one.end(), other.end()]);
}

/** PgBouncer in transaction mode, where this machine has it. */
async function startPool(primary) {
  const program = ["/usr/sbin/pgbouncer", "/usr/bin/pgbouncer", "/usr/local/bin/pgbouncer"].find(existsSync);
  if (!program) {
    say("No PgBouncer on this machine: left out.");
    return undefined;
  }
  const identity = unprivileged();
  const home = mkdtempSync(join(tmpdir(), "sidelines-bench-pool-"));
  const server = new URL(primary.url("postgres"));
  const port = await freePort();
  writeFileSync(join(home, "users.txt"), `"${server.username}" ""\n`);
  writeFileSync(
    join(home, "pgbouncer.ini"),
    `[databases]\n* = host=127.0.0.1 port=${server.port}\n[pgbouncer]\nlisten_addr = 127.0.0.1\nlisten_port = ${port}\nunix_socket_dir =\nauth_type = trust\nauth_file = ${join(home, "users.txt")}\npool_mode = transaction\ndefault_pool_size = 16\n`,
  );
  if (identity.uid !== undefined) chownSync(home, identity.uid, identity.gid);
  const child = spawn(program, ["-q", join(home, "pgbouncer.ini")], { ...identity, cwd: home, stdio: "ignore" });
  const url = (of) => Object.assign(new URL(of), { port: String(port) }).href;
  await untilReady(url(primary.url("postgres")), child, () => "");
  return {
    url,
    stop() {
      child.kill("SIGINT");
      rmSync(home, { recursive: true, force: true });
    },
  };
}
