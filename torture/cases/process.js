// What befalls the process: signals, crowds, slow readers, readers that leave.
import { connect } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { assertAlive, assertNoLeak } from "../run.js";
import { ask } from "../service.js";

const reading = "{ meetings(first: 50) { nodes { id title participants(first: 5) { nodes { id } } } } }";

async function lock(url) {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  await client.query('BEGIN; LOCK TABLE "Meeting" IN ACCESS EXCLUSIVE MODE');
  return async () => {
    await client.query("ROLLBACK");
    await client.end();
  };
}

export const cases = [
  {
    name: "told to stop with requests in flight: they are answered, new ones refused, and it ends with 0",
    run: async (bench) => {
      const { url } = await bench.database();
      const service = await bench.serve({ DATABASE_URL: url });
      const unlock = await lock(url);
      const waiting = Array.from({ length: 4 }, () => ask(service, reading));
      await sleep(400);
      const stopping = service.stop();
      await sleep(200);
      const late = await ask(service, "{ __typename }", undefined, { timeoutMs: 2_000 }).then(
        ({ status }) => status,
        () => "refused",
      );
      if (late !== "refused" && late !== 503) throw new Error(`a request while it stops answers ${late}`);
      await unlock();
      const answers = await Promise.all(waiting);
      for (const { status, codes, text } of answers)
        if (status !== 200 || codes.length > 0) throw new Error(`in flight: ${status} ${text.slice(0, 200)}`);
      const began = performance.now();
      const { code, signal } = await stopping;
      if (code !== 0) throw new Error(`ends with ${code ?? signal}`);
      return `ended ${Math.round(performance.now() - began)} ms after the last answer`;
    },
  },
  {
    name: "frozen for two seconds with a crowd waiting: sheds or answers, and recovers",
    run: async (bench) => {
      const service = await bench.serve({ SIDELINES_MAX_EVENT_LOOP_DELAY_MS: undefined });
      await assertAlive(service);
      service.child.kill("SIGSTOP");
      const crowd = Promise.allSettled(Array.from({ length: 300 }, () => ask(service, reading)));
      await sleep(2_000);
      service.child.kill("SIGCONT");
      const answers = (await crowd).map((result) => (result.status === "fulfilled" ? result.value : undefined));
      const shed = answers.filter((answer) => answer?.status === 503);
      for (const answer of shed) {
        assertNoLeak(answer);
        if (!answer.headers.get("retry-after")) throw new Error("a 503 without Retry-After");
      }
      const wrong = answers.filter((answer) => !answer || ![200, 503].includes(answer.status));
      if (wrong.length > 0) throw new Error(`${wrong.length} get ${wrong[0]?.status ?? "no answer"}`);
      await sleep(1_500);
      await assertAlive(service, 2_000 * bench.patience);
      return `${answers.length - shed.length} answered, ${shed.length} shed`;
    },
  },
  {
    name: "1,000 at once: answered or shed, none lost",
    seconds: 120,
    run: async (bench) => {
      const count = bench.many(1_000, 400);
      const answers = await Promise.allSettled(Array.from({ length: count }, () => ask(bench.service, reading)));
      const statuses = answers.map((result) => (result.status === "fulfilled" ? result.value.status : "none"));
      const wrong = statuses.filter((status) => ![200, 503].includes(status));
      if (wrong.length > 0) throw new Error(`${wrong.length} get ${wrong[0]}`);
      return `${statuses.filter((status) => status === 200).length} answered, ${statuses.filter((status) => status === 503).length} shed`;
    },
  },
  {
    name: "100 readers that do not read, and 100 senders that do not send",
    run: async (bench) => {
      const { service } = bench;
      const body = JSON.stringify({ query: reading });
      const head = `POST /graphql HTTP/1.1\r\nhost: 127.0.0.1:${service.port}\r\ncontent-type: application/json\r\ncontent-length: ${body.length}\r\n\r\n`;
      const sockets = Array.from({ length: 200 }, (_, index) => {
        const socket = connect({ port: service.port, host: "127.0.0.1" });
        socket.on("error", () => undefined);
        socket.pause();
        socket.write(index % 2 ? (head + body).repeat(10) : head.slice(0, 40));
        return socket;
      });
      bench.afterwards(() => sockets.forEach((socket) => socket.destroy()));
      await sleep(1_000);
      // While a thousand unread answers are made, others may be shed; once they lie there nobody is.
      await assertAlive(service, 10_000 * bench.patience);
      for (let times = 0; times < 10; times++)
        bench.assertWell(await ask(service, "{ __typename }"), { statuses: [200] });
    },
  },
  {
    name: "a client that leaves: its statement ends",
    run: async (bench) => {
      const { name, url } = await bench.database();
      const service = await bench.serve({
        DATABASE_URL: url,
        SIDELINES_STATEMENT_TIMEOUT_MS: "120000",
        SIDELINES_QUERY_TIMEOUT_MS: "120000",
      });
      const unlock = await lock(url);
      bench.afterwards(() => unlock().catch(() => undefined));
      const leave = new AbortController();
      const waiting = Promise.allSettled(
        Array.from({ length: 5 }, () => ask(service, reading, undefined, { signal: leave.signal })),
      );
      const busy = async () =>
        Number(
          (
            await bench.postgres.statement(
              name,
              `SELECT count(*)::int AS n FROM pg_stat_activity WHERE datname = current_database() AND application_name LIKE 'sidelines%' AND state = 'active' AND wait_event_type = 'Lock'`,
            )
          )[0].n,
        );
      await sleep(500);
      const before = await busy();
      leave.abort();
      await waiting;
      const deadline = Date.now() + 2_000 * bench.patience;
      while ((await busy()) > 0) {
        if (Date.now() > deadline) throw new Error(`${await busy()} of ${before} statements still wait for nobody`);
        await sleep(50);
      }
      return `${before} ended`;
    },
  },
  {
    name: "the hang-up signal and a second stop do no harm",
    run: async (bench) => {
      const service = await bench.serve();
      service.child.kill("SIGUSR2");
      await sleep(200);
      // Nobody listens for that signal, which then ends a process; a busy machine may be late with it.
      await assertAlive(service).catch((error) => {
        if (service.isAlive()) throw error;
      });
      service.child.kill("SIGTERM");
      service.child.kill("SIGTERM");
      const { code, signal } = await service.ended;
      if (![0, 1].includes(code) && signal !== "SIGUSR2") throw new Error(`ends with ${code ?? signal}`);
    },
  },
];
