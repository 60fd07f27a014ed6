// The comparison: all contestants, all questions.
import { mkdirSync, writeFileSync } from "node:fs";
import { cpus, totalmem } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { contestants, versionsOf } from "./contestants.js";
import { compareAnswers, measureRounds, startClient, summarise } from "./measure.js";
import { startPostgres } from "./postgres.js";
import { prepareClients } from "./prepare.js";
import { drawVariables, questions } from "./queries.js";
import { openRecord } from "./record/database.js";
import { terminalReport, writeReport } from "./report.js";
import { progress, say } from "./terminal.js";

const results = join(dirname(fileURLToPath(import.meta.url)), "results");

function chosen(list, names, what) {
  if (!names) return list.filter(({ isOptional }) => !isOptional);
  const unknown = names.filter((name) => !list.some((entry) => entry.name === name));
  if (unknown.length > 0)
    throw new Error(`No ${what} is called ${unknown.join(", ")}; there are ${list.map(({ name }) => name).join(", ")}`);
  return list.filter(({ name }) => names.includes(name));
}

export async function run({ quick, meetings, seed, only, questions: names, rounds, product, fresh, save }) {
  const taking = chosen(contestants, only, "contestant");
  const asked = chosen(questions, names, "question");
  if (taking.some(({ packages }) => packages?.includes("@prisma/client"))) prepareClients();
  const server = await startPostgres("compare");
  const stops = [() => server.stop()];
  try {
    const record = await openRecord({ server, seed, meetings, product, isFresh: fresh, say, progress });
    stops.push(() => record.client.end());
    const variables = await drawVariables(record.client, { seed });
    const running = [];
    for (const contestant of taking) {
      progress(`starting ${contestant.name}`);
      const started = await contestant.start({ url: record.url, product });
      stops.push(() => started.stop());
      running.push({ contestant, server: started });
    }
    progress("comparing answers");
    await compareAnswers({ running, questions: asked, variables, sample: quick ? 20 : 100 });
    say(`All ${running.length} contestants give the same answers.`);
    const client = startClient();
    stops.push(() => client.stop());
    const pace = quick
      ? { rounds: rounds ?? 3, windowMs: 500, warmUpMs: 100, firstWarmUpMs: 700 }
      : { rounds: rounds ?? 7, windowMs: 1_500, warmUpMs: 200, firstWarmUpMs: 2_500 };
    const measured = await measureRounds({
      running,
      questions: asked,
      variables,
      ...pace,
      client,
      postgres: server,
      progress,
    });
    const report = {
      at: new Date().toISOString(),
      machine: {
        cpu: cpus()[0].model,
        cores: cpus().length,
        memoryGigabytes: Math.round(totalmem() / 2 ** 30),
        node: process.version,
        postgres: server.version,
      },
      pace: { ...pace, quick },
      record: { seed, ...record.counts },
      contestants: taking.map((contestant) => ({
        name: contestant.name,
        short: contestant.short,
        label: contestant.label,
        versions: versionsOf(contestant),
      })),
      questions: summarise(
        measured,
        asked,
        taking.map(({ name }) => name),
      ),
    };
    say(terminalReport(report));
    mkdirSync(results, { recursive: true });
    writeFileSync(join(results, "latest.json"), `${JSON.stringify(report, null, 2)}\n`);
    if (save) say(`Written: ${writeReport({ comparison: report }).join(", ")}`);
  } finally {
    for (const stop of stops.reverse()) await stop();
  }
}
