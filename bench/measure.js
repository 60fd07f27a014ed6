// Rounds of short windows, contestant after contestant, so that what disturbs the machine disturbs all alike.
import { fork } from "node:child_process";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { askOnce } from "./contestants.js";
import { cpuSeconds, residentMegabytes } from "./processes.js";
import { normalise } from "./queries.js";

const folder = dirname(fileURLToPath(import.meta.url));

/** How many requests are under way at once. */
export const concurrency = 16;

/** Starts the client's process. */
export function startClient() {
  const child = fork(join(folder, "client.js"), { execArgv: [], serialization: "advanced" });
  return {
    pid: child.pid,
    run(job) {
      return new Promise((resolve, reject) => {
        const ended = (code) => reject(new Error(`The client ended with code ${code}`));
        child.once("exit", ended);
        child.once("message", (result) => {
          child.removeListener("exit", ended);
          if (result.error) reject(new Error(result.error));
          else resolve(result);
        });
        child.send({ path: "/graphql", headers: [], connections: concurrency, ...job });
      });
    },
    stop: () => child.kill(),
  };
}

export function bodiesOf(text, variables) {
  return variables.map((values) => JSON.stringify({ query: text, variables: values }));
}

/**
 * Asks every contestant the same and compares what comes back.
 * @throws where two answers differ; both are named.
 */
export async function compareAnswers({ running, questions, variables, sample }) {
  const [reference, ...others] = running;
  for (const question of questions) {
    for (const values of variables[question.name].slice(0, sample)) {
      const ask = async ({ contestant, server }) => {
        try {
          return normalise(question.name, await askOnce(server.port, contestant.texts[question.name], values));
        } catch (error) {
          throw new Error(
            `${contestant.name} does not answer “${question.label}” for ${JSON.stringify(values)}: ${error.message}`,
            { cause: error },
          );
        }
      };
      const expected = await ask(reference);
      for (const other of others) {
        const given = await ask(other);
        if (given !== expected) {
          throw new Error(
            `${other.contestant.name} and ${reference.contestant.name} differ on “${question.label}” for ${JSON.stringify(values)}:\n${firstDifference(expected, given)}`,
          );
        }
      }
    }
  }
}

function firstDifference(expected, given) {
  let at = 0;
  while (at < expected.length && expected[at] === given[at]) at++;
  const around = (text) => text.slice(Math.max(0, at - 80), at + 120);
  return `  …${around(expected)}…\n  …${around(given)}…`;
}

/**
 * All rounds of all questions.
 * @returns one entry for each window: question, contestant, round, requests per second, latencies in milliseconds, CPU
 *   seconds of the contestant's process, of Postgres and of the client.
 */
export async function measureRounds({
  running,
  questions,
  variables,
  rounds,
  windowMs,
  warmUpMs,
  firstWarmUpMs,
  client,
  postgres,
  progress,
}) {
  const windows = [];
  for (const question of questions) {
    const jobs = new Map(
      running.map(({ contestant, server }) => [
        contestant.name,
        { port: server.port, bodies: bodiesOf(contestant.texts[question.name], variables[question.name]) },
      ]),
    );
    for (const { contestant } of running) {
      progress(`${question.name}: warming up ${contestant.name}`);
      await client.run({ ...jobs.get(contestant.name), milliseconds: firstWarmUpMs });
    }
    for (let round = 0; round < rounds; round++) {
      for (const { contestant, server } of inTurn(running, round)) {
        progress(`${question.name}: round ${round + 1} of ${rounds}, ${contestant.name}`);
        const job = jobs.get(contestant.name);
        await client.run({ ...job, milliseconds: warmUpMs });
        const before = [server.pid, postgres.pid, client.pid].map(cpuSeconds);
        const { requests, milliseconds, latencies } = await client.run({ ...job, milliseconds: windowMs });
        const [node, database, asking] = [server.pid, postgres.pid, client.pid].map(
          (pid, index) => cpuSeconds(pid) - before[index],
        );
        windows.push({
          question: question.name,
          contestant: contestant.name,
          round,
          requests,
          perSecond: (requests / milliseconds) * 1000,
          latencies,
          node,
          database,
          asking,
        });
      }
    }
  }
  return {
    windows,
    memory: new Map(running.map(({ contestant, server }) => [contestant.name, residentMegabytes(server.pid)])),
  };
}

/** Forwards and backwards by turns, each time starting with another. */
function inTurn(list, round) {
  const start = round % list.length;
  const turned = [...list.slice(start), ...list.slice(0, start)];
  return round % 2 === 0 ? turned : turned.reverse();
}

export function median(values) {
  const sorted = [...values].sort((a, b) => a - b);
  const middle = sorted.length >> 1;
  return sorted.length % 2 === 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2;
}

/** A percentile of sorted values. */
export function percentile(sorted, share) {
  return sorted.length === 0 ? 0 : sorted[Math.min(sorted.length - 1, Math.floor(sorted.length * share))];
}

/**
 * What the windows say: for each question and contestant medians, and ratios between contestants of the same round.
 */
export function summarise({ windows, memory }, questions, names) {
  return questions.map(({ name: question, label }) => {
    const of = (contestant) =>
      windows.filter((window) => window.question === question && window.contestant === contestant);
    const rows = names.map((contestant) => {
      const mine = of(contestant);
      const total = mine.reduce((sum, { requests }) => sum + requests, 0);
      const latencies = Float64Array.from(mine.flatMap((window) => window.latencies)).sort();
      const perThousand = (key) => (mine.reduce((sum, window) => sum + window[key], 0) / total) * 1000;
      return {
        contestant,
        perSecond: median(mine.map(({ perSecond }) => perSecond)),
        requests: total,
        latency: {
          p50: percentile(latencies, 0.5),
          p95: percentile(latencies, 0.95),
          p99: percentile(latencies, 0.99),
        },
        cpuPerThousand: { node: perThousand("node"), postgres: perThousand("database"), client: perThousand("asking") },
        memoryMegabytes: memory.get(contestant),
      };
    });
    const ratios = {};
    for (const one of names) {
      ratios[one] = {};
      for (const other of names) {
        const values = of(one).map(
          ({ perSecond, round }) => perSecond / of(other).find((window) => window.round === round).perSecond,
        );
        ratios[one][other] = { median: median(values), least: Math.min(...values), most: Math.max(...values) };
      }
    }
    return { question, label, rows, ratios };
  });
}
