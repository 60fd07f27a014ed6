import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { packageRoot } from "../../src/lib/root.js";
import { allowed } from "./allowed.js";
import { findingsIn, rules, sentencesOf, type Finding } from "./rules.js";
import { files, lineComments, markdownProse, schemaProse, typescriptProse, type Prose } from "./sources.js";

interface PlacedFinding extends Finding {
  readonly place: string;
}

const find = (prose: readonly Prose[]): PlacedFinding[] =>
  prose.flatMap((piece) => findingsIn(piece.text, piece).map((finding) => ({ ...finding, place: piece.place })));

const adviceOf = (rule: string): string =>
  rules.find(({ name }) => name === rule)?.advice ?? "divide it: one idea per sentence";

const lineOf = ({ place, rule, sentence }: PlacedFinding): string =>
  `${place} [${rule}: ${adviceOf(rule)}] ${sentence}`;

const pages = [...files("", /\.md$/, 0), ...["docs", "seeds", "deploy"].flatMap((folder) => files(folder, /\.md$/))];
const schemas = ["schema.graphql", "federation.graphql"];
const operations = files("src", /\.graphql$/);
const published = find([
  ...pages.flatMap((file) => markdownProse(file)),
  ...schemas.flatMap(schemaProse),
  ...operations.flatMap((file) => lineComments(file, "#")),
]);

const isAllowed = ({ place, rule, sentence }: PlacedFinding): boolean =>
  allowed.some((one) => place.startsWith(`${one.file}:`) && one.rule === rule && sentence.includes(one.words));

describe("pages, schema and operations", () => {
  it("are read", () => {
    expect(pages).toEqual(
      expect.arrayContaining(["README.md", "docs/api.md", "docs/decisions/0003-identity.md", "seeds/README.md"]),
    );
    expect(operations.length).toBeGreaterThan(30);
  });

  it("have none of the habits that style.md names", () => {
    expect(published.filter((finding) => !isAllowed(finding)).map(lineOf)).toEqual([]);
  });

  it("need every exception that is listed, and each has a reason", () => {
    const unused = allowed.filter(
      (one) =>
        !published.some(
          (finding) =>
            finding.place.startsWith(`${one.file}:`) &&
            finding.rule === one.rule &&
            finding.sentence.includes(one.words),
        ),
    );
    expect(unused).toEqual([]);
    expect(allowed.filter(({ reason }) => reason.split(" ").length < 3)).toEqual([]);
  });

  it("have lines of at most 120 columns, but for tables, code and addresses", () => {
    const long = [...pages, ...schemas].flatMap((file) => {
      const text = readFileSync(join(packageRoot(), file), "utf8")
        .replace(/^(`{3,}).*\n[^]*?^\1$/gm, "")
        .replace(/<!-- ((?:bench|torture)[^ ]*) -->[^]*?<!-- \/\1 -->/g, "");
      return text
        .split("\n")
        .filter((line) => line.length > 120 && !line.startsWith("|") && !/\bhttps?:\S{60}|^!\[/.test(line))
        .map((line) => `${file}: ${line}`);
    });
    expect(long).toEqual([]);
  });
});

/** The first two folders of a path: `src/pages`. */
const folderOf = (place: string): string =>
  place
    .split("/")
    .slice(0, place.split("/").length > 2 ? 2 : 1)
    .join("/");

describe("comments, messages and test titles", () => {
  const prose = [
    ...[...files("src", /\.tsx?$/), ...files("tests", /\.ts$/)]
      .filter((file) => !file.startsWith("tests/words/"))
      .flatMap(typescriptProse),
    ...files("prisma", /\.sql$/).flatMap((file) => lineComments(file, "--")),
  ];
  const findings = find(prose);
  const budget = JSON.parse(readFileSync(new URL("budget.json", import.meta.url), "utf8")) as Record<string, number>;

  it("have no more findings in any folder than tests/words/budget.json allows", () => {
    expect(prose.length).toBeGreaterThan(1_000);
    const counts = grouped(findings);
    const over = [...counts]
      .filter(([folder, found]) => found.length > (budget[folder] ?? 0))
      .map(
        ([folder, found]) =>
          `${folder}: ${String(found.length)} of ${String(budget[folder] ?? 0)}\n${found.map(lineOf).join("\n")}`,
      );
    expect(over, "rewrite the new sentences; the budget may only shrink").toEqual([]);
  });

  it("have a budget for existing folders only", () => {
    const folders = new Set(prose.map(({ place }) => folderOf(place)));
    expect(Object.keys(budget).filter((folder) => !folders.has(folder))).toEqual([]);
  });
});

function grouped(findings: readonly PlacedFinding[]): Map<string, PlacedFinding[]> {
  const groups = new Map<string, PlacedFinding[]>();
  for (const finding of findings)
    groups.set(folderOf(finding.place), [...(groups.get(folderOf(finding.place)) ?? []), finding]);
  return groups;
}

describe("the check", () => {
  it.each([
    ["Who may write has a key, made on the machine of the service and shown this once.", "clause first"],
    ["Who belonged to what as what on which day, drawn.", "clause first"],
    ["What is missing can be asked for a period.", "clause first"],
    ["Where traces are sent, as OTLP over HTTP with JSON.", "clause first"],
    ["How many operations are executed at once.", "clause first"],
    ["Of what is looked for nothing is lacking.", "clause first"],
    ["Nobody can get the key out of it again.", "person"],
    ["The callers share the next one with whoever asks meanwhile.", "person"],
    ["A database that hangs is started anew.", "anew"],
    ["Each process is told of the write.", "told"],
    ["Result, and what became of the first.", "became"],
    ["More are turned away with 503.", "translated"],
    ["An editor who sends his key gets drafts as well.", "he for a process"],
    [`The service ${"reads and writes and ".repeat(8)}ends.`, "long sentence"],
  ])("finds %j", (sentence, rule) => {
    expect(findingsIn(sentence, { isPublished: true }).map((finding) => finding.rule)).toContain(rule);
  });

  it.each([
    "To write, you need an API key. Create one on the server; it is shown only once.",
    "Contradicted: Li Shangfu, not Dong Jun, attended the New Delhi meeting on 27 April 2023.",
    'We don\'t know a state or organization called "America". Did you mean United States?',
    "Could not save because of conflicting writes. Nothing was changed; please try again.",
    "Idempotency key. A retry with the same key and input within 24 hours returns the first result.",
    "Callers that arrive during a refresh wait for the next one, because the current one may be stale.",
    "Who was a member of BRICS on a day, and do the sources agree?",
    "How to run the benchmarks.",
    '"Speaking after he met B, A praised ...": the subject follows.',
  ])("lets %j pass", (text) => {
    expect(findingsIn(text, { isPublished: true })).toEqual([]);
  });

  it("is quiet on the prose of a well-kept project", () => {
    const folder = join(packageRoot(), "node_modules/fastify/docs");
    const good = (readdirSync(folder, { recursive: true }) as string[]).filter((file) => file.endsWith(".md"));
    const prose = good.flatMap((file) => markdownProse(file, readFileSync(join(folder, file), "utf8")));
    const words = prose.reduce((sum, { text }) => sum + text.split(" ").length, 0);
    const found = find(prose).filter(({ rule }) => rule !== "long sentence");
    expect(words).toBeGreaterThan(30_000);
    expect(found.length / words, found.map(lineOf).join("\n")).toBeLessThan(1 / 3_000);
  });

  it("divides texts into sentences", () => {
    expect(sentencesOf("See RFC 4180, e.g. for quotes. It ends. Node 20.19 is enough!")).toEqual([
      "See RFC 4180, e.g. for quotes.",
      "It ends.",
      "Node 20.19 is enough!",
    ]);
  });
});
