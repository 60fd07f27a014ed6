// Carries out cases one after another, and says what became of each.
import { mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { markdownTable, progress, say, table } from "../bench/terminal.js";
import { ask } from "./service.js";

/** Why a case was not tried: thrown by it, with the reason. */
export class Skip extends Error {}

/** What must not stand in an error that a client sees: stacks, statements, drivers, paths, addresses. */
const leaks = [
  /\n\s+at /,
  /node_modules/,
  /\/(home|usr|tmp|root|var|work|proc)\//,
  /\bselect\s.+\sfrom\s/i,
  /\b(insert into|update .+ set|delete from)\b/i,
  /SQLSTATE|prisma|postgres(ql)?:\/\//i,
  /ECONN|ENOSPC|EPIPE/,
  /violates|constraint|relation "/,
  /127\.0\.0\.1:\d/,
];

/** Throws where an answer tells of the inside. */
export function assertNoLeak(answer) {
  const told = JSON.stringify(answer.json?.errors ?? (answer.status >= 400 ? answer.text : ""));
  const leak = leaks.find((pattern) => pattern.test(told));
  if (leak) throw new Error(`tells of the inside (${leak}): ${told.slice(0, 300)}`);
}

/**
 * What every attack has to come to: no fault of ours, nothing told, within a second.
 * @param statuses the statuses that are right, if not just any below 500.
 */
export function assertRefusedWell(answer, { statuses, codes, withinMs }) {
  if (statuses ? !statuses.includes(answer.status) : answer.status >= 500)
    throw new Error(`answers ${answer.status}: ${answer.text.slice(0, 200)}`);
  if (answer.codes.includes("INTERNAL_SERVER_ERROR"))
    throw new Error(`answers with our own fault: ${answer.text.slice(0, 300)}`);
  if (codes && !codes.some((code) => answer.codes.includes(code)))
    throw new Error(
      `answers ${answer.codes.join() || "without an error"} and not ${codes.join(" or ")}: ${answer.text.slice(0, 200)}`,
    );
  assertNoLeak(answer);
  if (answer.ms > withinMs) throw new Error(`takes ${Math.round(answer.ms)} ms`);
}

/** That a service answers the smallest question there is. */
export async function assertAlive(service, withinMs = 5_000) {
  const deadline = Date.now() + withinMs;
  for (;;) {
    try {
      const { json } = await ask(service, "{ __typename }", undefined, { timeoutMs: withinMs });
      if (json?.data?.__typename === "Query") return;
    } catch (error) {
      if (!service.isAlive()) throw new Error("the service has ended", { cause: error });
    }
    if (Date.now() > deadline) throw new Error("the service does not answer { __typename } any more");
    await sleep(100);
  }
}

/**
 * @param {{ group: string, name: string, run: (bench: object) => Promise<string | void>, seconds?: number }[]} cases
 * @returns {Promise<{ group: string, name: string, outcome: "survived" | "failed" | "skipped", note: string, ms: number }[]>}
 */
export async function runCases(cases, bench) {
  const results = [];
  for (const [index, { group, name, run, seconds = 60 }] of cases.entries()) {
    progress(`${index + 1} of ${cases.length}  ${group}: ${name}`);
    const began = performance.now();
    const result = { group, name, outcome: "survived", note: "" };
    let timer;
    const late = new Promise(
      (_resolve, reject) =>
        (timer = setTimeout(
          () => reject(new Error(`not done within ${seconds * bench.patience} s`)),
          seconds * 1_000 * bench.patience,
        )),
    );
    try {
      result.note = (await Promise.race([run(bench), late])) ?? "";
      await bench.assertAlive();
    } catch (error) {
      result.outcome = error instanceof Skip ? "skipped" : "failed";
      result.note = error.message;
    } finally {
      clearTimeout(timer);
      await bench.cleanUp();
    }
    result.ms = Math.round(performance.now() - began);
    if (result.outcome === "failed") say(`✗ ${group}: ${name}\n    ${result.note}`);
    results.push(result);
  }
  return results;
}

const marks = { survived: "yes", failed: "NO", skipped: "–" };

/** Prints a table of what was tried, and writes it as JSON. @returns how many cases were not survived. */
export function report(results, facts, folder) {
  say(
    `\n${table(
      ["case", "survived", "ms"],
      results.map(({ group, name, outcome, ms }) => [`${group}: ${name}`, marks[outcome], String(ms)]),
    )}\n`,
  );
  const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
  say(
    `${results.length} cases: ${count("survived")} survived, ${count("failed")} not survived, ${count("skipped")} not tried.`,
  );
  for (const { group, name, outcome, note } of results)
    if (outcome !== "survived") say(`  ${outcome === "failed" ? "✗" : "–"} ${group}: ${name}: ${note}`);
  mkdirSync(folder, { recursive: true });
  const file = join(folder, "latest.json");
  writeFileSync(file, `${JSON.stringify({ at: new Date().toISOString(), ...facts, results }, null, 2)}\n`);
  say(`Written: ${file}`);
  return count("failed");
}

/** Writes what became of the cases into the documentation, between the comments that name the place. */
export function writePage(results, { seed, short, patience }, file) {
  const page = readFileSync(file, "utf8");
  const [start, end] = ["<!-- torture -->", "<!-- /torture -->"].map((mark) => page.indexOf(mark));
  if (start < 0 || end < start) throw new Error(`${file} has no place for the table`);
  const count = (outcome) => results.filter((result) => result.outcome === outcome).length;
  const form = [
    short ? "the short form" : "the whole",
    `seed “${seed}”`,
    ...(patience === 1 ? [] : [`patience ${patience}`]),
  ].join(", ");
  const cell = (text) => text.replaceAll("|", "\\|").replaceAll("\n", " ").slice(0, 160);
  const rows = results.map(({ group, name, outcome, note, ms }) => [
    `${group}: ${cell(name)}`,
    marks[outcome],
    cell(note),
    ms.toLocaleString("en"),
  ]);
  const lines = [
    `${new Date().toISOString().slice(0, 10)}, ${form}: ${count("survived")} of ${results.length} survived, ${count("failed")} not, ${count("skipped")} not tried.`,
    "",
    markdownTable(["case", "survived", "what was seen", "ms"], rows),
  ];
  writeFileSync(file, `${page.slice(0, start)}<!-- torture -->\n\n${lines.join("\n")}\n\n${page.slice(end)}`);
}
