// A database that is killed, frozen, full, slow, locked or cut off, under a service that must go on.
import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { connect, createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { startPostgres } from "../postgres.js";
import { assertAlive, assertNoLeak, Skip } from "../run.js";
import { ask, sidelines } from "../service.js";
import { acts } from "../acts.js";

const reading = "{ meetings(first: 5) { nodes { id participants(first: 5) { nodes { id } } } } }";

/** Asks again and again until an act is done. @returns stops, and gives what came back. */
function load(service, { workers = 8, query = reading, timeoutMs = 15_000 } = {}) {
  const counts = {};
  let isOver = false;
  const worker = async () => {
    while (!isOver) {
      try {
        const answer = await ask(service, query, undefined, { timeoutMs });
        assertNoLeak(answer);
        const outcome = answer.codes[0] ?? String(answer.status);
        counts[outcome] = (counts[outcome] ?? 0) + 1;
        if (answer.codes.length > 0) await sleep(20);
      } catch (error) {
        if (/tells of the inside/.test(error.message)) throw error;
        counts["no answer"] = (counts["no answer"] ?? 0) + 1;
        await sleep(20);
      }
    }
  };
  const all = Promise.all(Array.from({ length: workers }, worker));
  all.catch(() => undefined);
  return async () => {
    isOver = true;
    await all;
    return counts;
  };
}

/** Waits until the service reads from its database again. */
async function untilReading(service, withinMs) {
  const began = performance.now();
  let last;
  while (performance.now() - began < withinMs) {
    last = await ask(service, reading, undefined, { timeoutMs: withinMs }).catch((error) => error);
    if (last.status === 200 && last.codes?.length === 0) return Math.round(performance.now() - began);
    await sleep(50);
  }
  throw new Error(`does not read again within ${withinMs} ms: ${last?.text?.slice(0, 200) ?? last?.message}`);
}

const told = (counts) =>
  Object.entries(counts)
    .map(([outcome, count]) => `${outcome} × ${count}`)
    .join(", ");

function assertOnly(counts, allowed) {
  const others = Object.keys(counts).filter((outcome) => !allowed.includes(outcome));
  if (others.length > 0) throw new Error(`answers ${told(counts)}`);
  return told(counts);
}

/** The Postgres that may be hurt, running whatever the last case did to it, and a service over it. */
async function own(bench, env = {}) {
  const postgres = await bench.victim();
  if (!postgres.isRunning()) await postgres.start();
  const url = postgres.url("record");
  return { postgres, url, service: await bench.serve({ DATABASE_URL: url, ...env }) };
}

/** A text that Postgres cannot make shorter. */
const incompressible = (random, length) =>
  Array.from({ length: length / 10 }, () => random.next().toString(36).slice(2, 12).padEnd(10, "x")).join("");

const unavailable = ["200", "SERVICE_UNAVAILABLE", "TIMEOUT"];

/** Holds a lock that every question about meetings waits for. @returns lets go of it. */
async function lockMeetings(url) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query("BEGIN");
  await client.query('LOCK TABLE "Meeting" IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query("ROLLBACK").catch(() => undefined);
    await client.end();
  };
}

export const cases = [
  {
    name: "killed under load and back: the service goes on by itself",
    seconds: 180,
    run: async (bench) => {
      const { postgres, service } = await own(bench);
      const stop = load(service);
      for (let round = bench.many(3, 1); round > 0; round--) {
        await sleep(500);
        await postgres.kill();
        await sleep(1_000);
        await postgres.start();
        await untilReading(service, 15_000 * bench.patience);
      }
      const counts = await stop();
      if (!service.isAlive()) throw new Error("the service has ended");
      return assertOnly(counts, unavailable);
    },
  },
  {
    name: "down: told so at once, and the service is alive but not ready",
    run: async (bench) => {
      const { postgres, service } = await own(bench);
      await postgres.kill();
      const answer = await ask(service, reading);
      assertNoLeak(answer);
      if (!answer.codes.includes("SERVICE_UNAVAILABLE")) throw new Error(`answers ${answer.text.slice(0, 200)}`);
      const [live, ready] = await Promise.all(["/livez", "/readyz"].map((path) => fetch(service.url + path)));
      if (live.status !== 200 || ready.status !== 503) throw new Error(`alive ${live.status}, ready ${ready.status}`);
      await postgres.start();
      return `reads again after ${await untilReading(service, 15_000 * bench.patience)} ms`;
    },
  },
  {
    name: "every connection is reset, again and again",
    seconds: 120,
    run: async (bench) => {
      const { postgres, service } = await own(bench);
      const stop = load(service);
      for (let round = bench.many(20, 5); round > 0; round--) {
        await sleep(100);
        await postgres.statement(
          "record",
          "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
        );
      }
      await untilReading(service, 5_000 * bench.patience);
      return assertOnly(await stop(), unavailable);
    },
  },
  {
    name: "a network that cuts connections in the middle of answers",
    seconds: 120,
    run: async (bench) => {
      const pairs = new Set();
      const proxy = createServer((socket) => {
        const upstream = connect({ port: bench.postgres.port, host: "127.0.0.1" });
        pairs.add(socket);
        for (const [one, other] of [
          [socket, upstream],
          [upstream, socket],
        ]) {
          one.on("error", () => undefined);
          one.on("close", () => (other.destroy(), pairs.delete(socket)));
          one.pipe(other);
        }
      }).listen(0, "127.0.0.1");
      await new Promise((resolve) => proxy.once("listening", resolve));
      bench.afterwards(() => proxy.close());
      const url = new URL(bench.seededUrl);
      url.port = String(proxy.address().port);
      const service = await bench.serve({ DATABASE_URL: url.href });
      const random = bench.random("cuts");
      const stop = load(service);
      for (let round = bench.many(40, 10); round > 0; round--) {
        await sleep(50);
        for (const socket of pairs) if (random.chance(0.5)) socket.resetAndDestroy();
      }
      await untilReading(service, 5_000 * bench.patience);
      return assertOnly(await stop(), unavailable);
    },
  },
  {
    name: "frozen: requests end in time, and thawed it goes on",
    seconds: 120,
    run: async (bench) => {
      const { postgres, service } = await own(bench, { SIDELINES_QUERY_TIMEOUT_MS: "1500" });
      const thaw = postgres.freeze();
      bench.afterwards(thaw);
      const answers = await Promise.all(Array.from({ length: 30 }, () => ask(service, reading)));
      for (const answer of answers) {
        assertNoLeak(answer);
        if (!answer.codes.some((code) => unavailable.includes(code)))
          throw new Error(`answers ${answer.text.slice(0, 200)}`);
        if (answer.ms > 4_000 * bench.patience) throw new Error(`takes ${Math.round(answer.ms)} ms`);
      }
      await assertAlive(service, 2_000 * bench.patience);
      thaw();
      return `reads again after ${await untilReading(service, 20_000 * bench.patience)} ms`;
    },
  },
  {
    name: "a statement over its time",
    run: async (bench) => {
      const { url } = await bench.database();
      const service = await bench.serve({ DATABASE_URL: url, SIDELINES_STATEMENT_TIMEOUT_MS: "400" });
      const unlock = await lockMeetings(url);
      const answer = await ask(service, reading);
      await unlock();
      assertNoLeak(answer);
      if (!answer.codes.includes("TIMEOUT") || answer.ms > 3_000 * bench.patience)
        throw new Error(`after ${Math.round(answer.ms)} ms: ${answer.text.slice(0, 200)}`);
      await untilReading(service, 2_000 * bench.patience);
    },
  },
  {
    name: "the pool is exhausted by a lock, and what needs no database still answers",
    run: async (bench) => {
      const { url } = await bench.database();
      const service = await bench.serve({ DATABASE_URL: url, SIDELINES_QUERY_TIMEOUT_MS: "2000" });
      const unlock = await lockMeetings(url);
      const waiting = Promise.all(Array.from({ length: 60 }, () => ask(service, reading)));
      await sleep(300);
      await assertAlive(service, 1_000 * bench.patience);
      const answers = await waiting;
      await unlock();
      for (const answer of answers) {
        assertNoLeak(answer);
        if (answer.ms > 6_000 * bench.patience) throw new Error(`takes ${Math.round(answer.ms)} ms`);
      }
      await untilReading(service, 3_000 * bench.patience);
      return told(
        Object.fromEntries(
          [...new Set(answers.map(({ codes }) => codes[0] ?? "200"))].map((code) => [
            code,
            answers.filter(({ codes }) => (codes[0] ?? "200") === code).length,
          ]),
        ),
      );
    },
  },
  {
    name: "all connections are taken by others",
    run: async (bench) => {
      const { postgres, url, service } = await own(bench);
      const others = [];
      bench.afterwards(() => Promise.all(others.map((client) => client.end().catch(() => undefined))));
      await postgres.statement(
        "record",
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE pid <> pg_backend_pid() AND datname = current_database()",
      );
      for (;;) {
        const client = new pg.Client({ connectionString: url });
        client.on("error", () => undefined);
        try {
          await client.connect();
          others.push(client);
        } catch {
          break;
        }
      }
      const answer = await ask(service, reading);
      assertNoLeak(answer);
      if (answer.codes.some((code) => !unavailable.includes(code))) throw new Error(answer.text.slice(0, 200));
      await Promise.all(others.splice(0).map((client) => client.end()));
      return `${answer.codes[0] ?? "answers"}; reads again after ${await untilReading(service, 10_000 * bench.patience)} ms`;
    },
  },
  {
    name: "deadlocks and failed serializations: acts are done or refused, none half",
    seconds: 120,
    run: async (bench) => {
      const { name, url } = await bench.database();
      const authorization = `Bearer ${bench.key("EDIT", { DATABASE_URL: url })}`;
      const services = await Promise.all([1, 2].map(() => bench.serve({ DATABASE_URL: url })));
      const { addDocument, recordMeeting, present } = acts(authorization);
      await addDocument(services[0], "deadlock-source");
      // Somebody else locks the same rows in another order.
      let isOver = false;
      const stranger = (async () => {
        while (!isOver)
          await bench.postgres
            .statement(
              name,
              'BEGIN; SELECT 1 FROM "Document" ORDER BY "id" DESC FOR UPDATE; SELECT 1 FROM "RecordVersion" FOR UPDATE; SELECT pg_sleep(0.01); COMMIT',
            )
            .catch(() => undefined);
      })();
      const slugs = Array.from({ length: bench.many(40, 12) }, (_, index) => `2024-11-24-deadlock-${index}`);
      const outcomes = await Promise.all(
        slugs.map((slug, index) => recordMeeting(services[index % 2], slug, { source: "deadlock-source", key: slug })),
      );
      isOver = true;
      await stranger;
      const there = await present(services[0], slugs);
      const lost = slugs.filter((slug, index) => outcomes[index].done && !there.has(slug));
      if (lost.length > 0) throw new Error(`acknowledged and lost: ${lost.join()}`);
      const faults = outcomes.filter(
        ({ done, answer }) => !done && !answer?.codes.some((code) => ["SERVICE_UNAVAILABLE", "TIMEOUT"].includes(code)),
      );
      if (faults.length > 0) throw new Error(`${faults.length} fail: ${faults[0].answer?.text.slice(0, 200)}`);
      return `${outcomes.filter(({ done }) => done).length} of ${slugs.length} done`;
    },
  },
  {
    name: "a disk that is full: acts fail, reads go on, nothing acknowledged is lost",
    isLong: true,
    seconds: 180,
    run: async (bench) => {
      const mount = mkdtempSync(join(tmpdir(), "sidelines-torture-full-"));
      try {
        execFileSync("mount", ["-t", "tmpfs", "-o", "size=220m,mode=0777", "tmpfs", mount], { stdio: "ignore" });
      } catch {
        rmSync(mount, { recursive: true, force: true });
        throw new Skip("a small disk cannot be mounted here without more rights");
      }
      bench.afterwards(() => {
        execFileSync("umount", ["-l", mount]);
        rmSync(mount, { recursive: true, force: true });
      });
      const folder = join(mount, "pg");
      mkdirSync(folder);
      const postgres = await startPostgres({ folder });
      bench.afterwards(() => postgres.stop());
      const url = await postgres.createDatabase("record");
      sidelines({ DATABASE_URL: url }, "import", join(bench.root, "seeds/report"));
      const authorization = `Bearer ${bench.key("EDIT", { DATABASE_URL: url })}`;
      const service = await bench.serve({ DATABASE_URL: url });
      const { addDocument } = acts(authorization);
      // All but nothing of the disk is taken by somebody else.
      const ballast = join(mount, "ballast");
      const free = Number(execFileSync("df", ["--output=avail", "-B1", mount], { encoding: "utf8" }).split("\n")[1]);
      writeFileSync(ballast, Buffer.alloc(Math.max(0, free - 4_000_000)));
      const acknowledged = [];
      let refusals = 0;
      for (let index = 0; index < 60 && refusals < 3; index++) {
        const key = `full-${index}`;
        const { done, answer } = await addDocument(service, key, {
          text: `The ministers met. ${incompressible(bench.random(key), 100_000)}`,
        });
        if (done) acknowledged.push(key);
        else {
          refusals += 1;
          if (answer) assertNoLeak(answer);
        }
      }
      if (refusals === 0) throw new Error("the disk never became full");
      await assertAlive(service, 5_000 * bench.patience);
      rmSync(ballast);
      if (!postgres.isRunning()) await postgres.start();
      await untilReading(service, 30_000 * bench.patience);
      const after = await addDocument(service, "full-after");
      if (!after.done) throw new Error(`no act is done once there is room: ${after.answer?.text.slice(0, 200)}`);
      const rows = await postgres.statement("record", `SELECT "key" FROM "Document" WHERE "key" LIKE 'full-%'`);
      const there = new Set(rows.map(({ key }) => key));
      const lost = acknowledged.filter((key) => !there.has(key));
      if (lost.length > 0) throw new Error(`acknowledged and lost: ${lost.join()}`);
      return `${acknowledged.length} done before, ${refusals} refused`;
    },
  },
];
