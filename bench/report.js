// Results as tables for the terminal and as a page of the documentation.
import { existsSync, mkdirSync, readFileSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { drawComparison, plain } from "./picture.js";
import { markdownTable, table } from "./terminal.js";

const folder = dirname(fileURLToPath(import.meta.url));
const documentation = join(dirname(folder), "docs");

const twoDigits = (value) => (Number.isNaN(value) ? "–" : value.toFixed(2));
const count = (value) => Math.round(value).toLocaleString("en");
const spread = ({ median, least, most }) => `${twoDigits(median)} (${twoDigits(least)}–${twoDigits(most)})`;

/** Seconds of CPU per thousand requests, the contestant's and Postgres'. */
const cpuOf = ({ cpuPerThousand: { node, postgres } }) => node + postgres;

/** What is said of one contestant at one question. */
function cellsOf(row, ratios, names, limit) {
  const { perSecond, cpuPerThousand, latency, memoryMegabytes } = row;
  return [
    count(perSecond),
    names.includes("limit") ? spread(ratios[row.contestant].limit) : "–",
    names.includes("sidelines") && row.contestant !== "sidelines" ? spread(ratios.sidelines[row.contestant]) : "–",
    limit ? twoDigits(cpuOf(limit) / cpuOf(row)) : "–",
    twoDigits(cpuPerThousand.node),
    twoDigits(cpuPerThousand.postgres),
    `${latency.p50.toFixed(1)} / ${latency.p95.toFixed(1)} / ${latency.p99.toFixed(1)}`,
    count(memoryMegabytes),
  ];
}

const head = [
  "requests/s",
  "share of the limit",
  "Sidelines is × as fast",
  "CPU of the limit ÷ CPU",
  "Node s",
  "Postgres s",
  "p50 / p95 / p99 ms",
  "MB",
];

function tableOf({ contestants }, { label, rows, ratios }, make, labelOf) {
  const names = contestants.map(({ name }) => name);
  return make(
    [label, ...head],
    rows.map((row) => [
      labelOf(contestants.find(({ name }) => name === row.contestant)),
      ...cellsOf(
        row,
        ratios,
        names,
        rows.find(({ contestant }) => contestant === "limit"),
      ),
    ]),
  );
}

export function terminalReport(report) {
  const tables = report.questions.map((question) => `\n${tableOf(report, question, table, ({ name }) => name)}`);
  if (report.contestants.some(({ name }) => name === "sidelines")) tables.push(`\n${table(aimHead, aimRows(report))}`);
  return tables.join("\n");
}

/** What the project promises itself of each question: × each peer and share of the limit. */
const aims = {
  meeting: { postgraphile: 3, mercurius: 1.5, limit: 0.5 },
  latest: { postgraphile: 3, mercurius: 1.5, limit: 0.6 },
  party: { best: 1.5, limit: 0.6 },
  members: { postgraphile: 3, mercurius: 1.5, limit: 0.6 },
  deep: { postgraphile: 3, mercurius: 1.5, limit: 0.6 },
};

const aimHead = [
  "",
  "× PostGraphile",
  "× Mercurius",
  "× best peer",
  "share of the limit",
  "the same in CPU",
  "answers kept: share of the limit",
];

function aimRows({ questions }) {
  return questions.map(({ question, label, ratios, rows }) => {
    const cpu = (name) =>
      cpuOf(rows.find(({ contestant }) => contestant === name) ?? { cpuPerThousand: { node: NaN, postgres: NaN } });
    const aim = aims[question];
    const others = ["mercurius", "postgraphile", "yoga", "apollo"].filter((name) => ratios[name]);
    const best = others.length > 0 ? Math.min(...others.map((name) => ratios.sidelines[name].median)) : NaN;
    const against = (wanted, value) =>
      wanted === undefined || Number.isNaN(value)
        ? twoDigits(value)
        : `${twoDigits(value)} (≥ ${wanted}) ${value >= wanted ? "✓" : "✗"}`;
    return [
      label,
      against(aim.postgraphile, ratios.sidelines?.postgraphile?.median ?? NaN),
      against(aim.mercurius, ratios.sidelines?.mercurius?.median ?? NaN),
      against(aim.best, best),
      against(aim.limit, ratios.sidelines?.limit?.median ?? NaN),
      twoDigits(cpu("limit") / cpu("sidelines")),
      against(1, ratios["sidelines-cached"]?.limit?.median ?? NaN),
    ];
  });
}

function comparisonPage(report) {
  const { machine, record, pace, contestants } = report;
  const versions = contestants
    .filter(({ versions }) => versions.length > 0)
    .map(({ label, versions }) => `${plain(label)}: ${versions.join(", ")}`);
  const records = Object.entries(record)
    .filter(([key]) => key !== "seed")
    .map(([key, value]) => `${key} ${count(value)}`);
  return [
    `Measured ${report.at.slice(0, 10)} on ${machine.cores} cores (${machine.cpu}), ${machine.memoryGigabytes} GB, Node ${machine.node.slice(1)}, ${machine.postgres}. ` +
      `${pace.rounds} rounds of ${pace.windowMs / 1000} s windows, 16 requests under way, 16 connections to Postgres each.`,
    "",
    "![Requests per second as a share of the limit](performance.svg)",
    "",
    markdownTable(aimHead, aimRows(report)),
    "",
    "Medians of ratios within the same round; in brackets the aim.",
    "",
    ...report.questions.flatMap((question) => [
      `### ${question.label}`,
      "",
      tableOf(report, { ...question, label: "" }, markdownTable, ({ label }) => label),
      "",
    ]),
    "Behind each median the smallest and the largest value of all rounds. “CPU of the limit ÷ CPU” is the share of the limit without the client's part and without what else the machine did: the limit's CPU time per request, Postgres included, over the contestant's. Node s and Postgres s are seconds of CPU per thousand requests. MB is the contestant's resident memory after all rounds.",
    "",
    `Record (seed “${record.seed}”): ${records.join(", ")}.`,
    "",
    `Versions: ${versions.join("; ")}.`,
  ].join("\n");
}

/** The parts of docs/performance.md that the benchmark writes stand between comments that name them. */
function replacePart(page, name, content) {
  const [start, end] = [`<!-- bench:${name} -->`, `<!-- /bench:${name} -->`];
  const from = page.indexOf(start);
  const to = page.indexOf(end);
  if (from < 0 || to < from) throw new Error(`docs/performance.md has no part ${start} … ${end}`);
  return `${page.slice(0, from + start.length)}\n\n${content}\n\n${page.slice(to)}`;
}

/**
 * Writes what was measured into docs/performance.md.
 * @param {{ comparison?: object, growth?: string, answers?: string, start?: string, search?: string, costs?: string, writes?: string }} parts
 * @returns {string[]} the files written.
 */
export function writeReport({ comparison, growth, answers, start, search, costs, writes }) {
  const file = join(documentation, "performance.md");
  if (!existsSync(file)) throw new Error("docs/performance.md is missing");
  mkdirSync(documentation, { recursive: true });
  let page = readFileSync(file, "utf8");
  const written = ["docs/performance.md"];
  if (comparison) {
    page = replacePart(page, "comparison", comparisonPage(comparison));
    writeFileSync(join(documentation, "performance.svg"), drawComparison(comparison));
    written.push("docs/performance.svg");
  }
  if (growth) page = replacePart(page, "growth", growth);
  if (answers) page = replacePart(page, "answers", answers);
  if (start) page = replacePart(page, "start", start);
  if (search) page = replacePart(page, "search", search);
  if (writes) page = replacePart(page, "writes", writes);
  if (costs) page = replacePart(page, "costs", costs);
  writeFileSync(file, page);
  return written;
}
