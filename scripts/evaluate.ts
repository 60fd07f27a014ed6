// Scores the reader on a folder of reports with the facts of an editor beside them.
//
//   npm run evaluate                       all folders of tests/reader/reports
//   npm run evaluate -- <folder>           NN-*.txt with NN-*.facts.json
//   ... --details                          misses, false facts, and sentences not understood, too
import { existsSync, readdirSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { parseArgs } from "node:util";
import { packageRoot } from "../src/lib/root.js";
import { readReport } from "../src/reader/read.js";
import { seedNames } from "../src/reader/seedNames.js";
import type { Reading } from "../src/reader/types.js";
import {
  allKinds,
  compareFacts,
  coreKinds,
  rateOf,
  type Comparison,
  type Rate,
  type ScoredFact,
} from "./evaluate.score.js";

interface Scored {
  readonly name: string;
  readonly reading: Reading;
  readonly all: Comparison;
  readonly sure: Comparison;
}

/** Scores all reports of a folder that have a facts file. */
export function scoreFolder(folder: string): Scored[] {
  const names = seedNames();
  const reports = readdirSync(folder)
    .filter((file) => file.endsWith(".txt"))
    .sort();
  return reports.flatMap((file) => {
    const factsFile = join(folder, file.replace(/\.txt$/, ".facts.json"));
    if (!existsSync(factsFile)) return [];
    const text = readFileSync(join(folder, file), "utf8");
    const gold = (JSON.parse(readFileSync(factsFile, "utf8")) as { facts: ScoredFact[] }).facts;
    const reading = readReport(text, { names });
    const sure = reading.facts.filter((fact) => fact.tier === "sure");
    return [
      {
        name: basename(file, ".txt"),
        reading,
        all: compareFacts(text, gold, reading.facts),
        sure: compareFacts(text, gold, sure),
      },
    ];
  });
}

const number = (value: number | undefined) => (value === undefined ? "-" : value.toFixed(3)).padStart(10);

function row(name: string, { gold, found, right, precision, recall, f1 }: Rate): string {
  const counts = [gold, found, Math.round(right * 100) / 100].map((count) => String(count).padStart(10));
  return [name.padEnd(16), ...counts, number(precision), number(recall), number(f1)].join("");
}

function printTable(folder: string, scored: readonly Scored[]): void {
  const all = scored.map((report) => report.all);
  const sure = scored.map((report) => report.sure);
  console.log(`${folder}: ${String(scored.length)} reports`);
  console.log("kind                  gold     found     right precision    recall        F1");
  for (const kind of allKinds) {
    const rate = rateOf(all, [kind]);
    if (rate.gold + rate.found > 0) console.log(row(kind, rate));
  }
  console.log(row("core", rateOf(all, coreKinds)));
  console.log(row("all", rateOf(all, allKinds)));
  console.log(row("sure: core", rateOf(sure, coreKinds)));
  console.log(row("sure: all", rateOf(sure, allKinds)));
  const meetings = all.flatMap((comparison) => comparison.pairs).filter((pair) => pair.gold.kind === "meeting");
  const exact = meetings.filter((pair) => pair.worth === 1).length;
  const unquoted = all.reduce((sum, comparison) => sum + comparison.unquoted.length, 0);
  const [open, events] = [
    scored.flatMap((report) => report.reading.notUnderstood).length,
    scored.reduce((sum, report) => sum + report.reading.eventSentences, 0),
  ];
  console.log(`\nmeetings with exactly the right parties: ${String(exact)} of ${String(meetings.length)} found`);
  console.log(`quotes that are not in the report: ${String(unquoted)}`);
  console.log(`event sentences not understood: ${String(open)} of ${String(events)}\n`);
}

function lineOf({ kind, id, of, quote, ...rest }: ScoredFact): string {
  const { at: _at, ...properties } = rest;
  return `${kind} ${JSON.stringify(id ?? of ?? "")} ${JSON.stringify(properties)} ${JSON.stringify(quote)}`;
}

function printDetails(scored: readonly Scored[]): void {
  for (const { name, all, reading } of scored) {
    for (const fact of all.missed) console.log(`${name} missed: ${lineOf(fact)}`);
    for (const fact of all.wrong) console.log(`${name} false: ${lineOf(fact)}`);
    for (const pair of all.pairs)
      if (pair.worth < 1)
        console.log(`${name} partly (${pair.worth.toFixed(2)}): ${lineOf(pair.gold)}\n    ${lineOf(pair.found)}`);
    for (const sentence of reading.notUnderstood) console.log(`${name} not understood: ${sentence.text}`);
  }
}

function main(): void {
  const { values, positionals } = parseArgs({ allowPositionals: true, options: { details: { type: "boolean" } } });
  const home = join(packageRoot(), "tests/reader/reports");
  const folders =
    positionals.length > 0
      ? positionals
      : readdirSync(home)
          .sort()
          .map((name) => join(home, name));
  for (const folder of folders) {
    const scored = scoreFolder(folder);
    if (values.details === true) printDetails(scored);
    printTable(basename(folder), scored);
  }
}

if (process.argv[1]?.endsWith("evaluate.ts")) main();
