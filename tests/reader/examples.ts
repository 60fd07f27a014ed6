import { readFileSync } from "node:fs";
import { readReport } from "../../src/reader/read.js";
import type { Fact } from "../../src/reader/types.js";

/** A text of the examples with what the reader is to find in it. */
export interface Example {
  readonly section: string;
  readonly line: number;
  readonly text: string;
  readonly isPositive: boolean;
  readonly expected: readonly string[];
}

/** Reads examples.txt; its first lines say how it is written. */
export function readExamples(): Example[] {
  const examples: (Example & { expected: string[] })[] = [];
  let section = "";
  for (const [index, line] of readFileSync(new URL("examples.txt", import.meta.url), "utf8")
    .split("\n")
    .entries()) {
    const [mark = "", rest = ""] = [line.slice(0, 2), line.slice(2).trim()];
    if (mark === "##") section = rest;
    else if (mark === "+ " || mark === "- ") {
      examples.push({ section, line: index + 1, text: rest, isPositive: mark === "+ ", expected: [] });
    } else if (mark === "= ") examples.at(-1)?.expected.push(rest);
  }
  return examples;
}

const storyDay = "2024-11-21";

/** The kinds of facts that a section is about; meetings where nothing else is said. */
const kinds: Readonly<Record<string, (facts: readonly Fact[]) => string[]>> = {
  visit: (facts) => ofKind(facts, "visit").map(visitLine),
  agreement: agreementLines,
  statement: (facts) =>
    ofKind(facts, "statement").flatMap((fact) =>
      line(["say", list(fact["speakers"]), fact["verbatim"] ? "verbatim" : ""]),
    ),
  commitment: (facts) => ofKind(facts, "commitment").flatMap((fact) => line(["commit", list(fact["parties"])])),
  office: (facts) =>
    ofKind(facts, "office").flatMap((fact) =>
      line(["office", fact["person"], fact["party"], fact["office"], fact["acting"] ? "acting" : ""]),
    ),
  claim: (facts) => ofKind(facts, "claim").flatMap((fact) => line(["claim", fact["type"], fact["since"]])),
  "chair-term": (facts) =>
    ofKind(facts, "chair").flatMap((fact) => line(["chair", fact["forum"], fact["party"], fact["term"]])),
  activity: (facts) =>
    ofKind(facts, "activity").flatMap((fact) => line(["activity", fact["type"], list(fact["parties"]), period(fact)])),
  topic: (facts) =>
    ofKind(facts, "topic")
      .flatMap((fact) => line(["topic", fact["value"]]))
      .sort(),
};

/** The facts that the reader finds in an example, a line for each of the section's kinds. */
export function linesOf(example: Example): string[] {
  const { facts } = readReport(example.text, { publishedOn: storyDay });
  return (kinds[example.section.replace(/-more$/, "")] ?? meetingLines)(facts);
}

function ofKind(facts: readonly Fact[], kind: Fact["kind"]): Fact[] {
  return facts.filter((fact) => fact.kind === kind);
}

function word(value: unknown): string {
  return typeof value === "string" || typeof value === "number" ? String(value) : "";
}

function list(value: unknown): string {
  return [value as readonly string[]].flat().join("+");
}

function line(parts: readonly unknown[]): string[] {
  return [parts.filter((part) => part !== undefined && part !== "").join(" ")];
}

function meetingLines(facts: readonly Fact[]): string[] {
  return ofKind(facts, "meeting").map((meeting) => {
    const own = (kind: Fact["kind"]) => facts.find((fact) => fact.kind === kind && fact["of"] === meeting["id"]);
    const [date, place, format, series, sidelines] = [
      own("date"),
      own("place"),
      own("format"),
      own("series"),
      own("sidelinesOf"),
    ];
    const parts = [
      list(meeting["parties"]),
      own("status")?.["value"],
      date?.["value"] ?? (place ? "-" : undefined),
      placeOf(place),
      format?.["value"],
    ];
    if (series) parts.push("series", series["name"], numberOf(series));
    if (sidelines) parts.push("on", sidelines["name"], numberOf(sidelines));
    return line(parts)[0] ?? "";
  });
}

function numberOf(fact: Fact): string | undefined {
  return fact["ordinal"] === undefined ? undefined : `#${word(fact["ordinal"])}`;
}

function placeOf(fact: Fact | undefined): string | undefined {
  if (!fact) return undefined;
  return fact["city"] === undefined ? word(fact["country"]) : `${word(fact["country"])}/${word(fact["city"])}`;
}

function period(fact: Fact): string | undefined {
  const [from, to] = [fact["from"], fact["to"]];
  if (from === undefined) return undefined;
  return to === undefined || to === from ? word(from) : `${word(from)}/${word(to)}`;
}

function visitLine(fact: Fact): string {
  const days = fact["days"] === undefined ? undefined : `days=${word(fact["days"])}`;
  return line(["visit", fact["person"], placeOf(fact), fact["status"], period(fact), days])[0] ?? "";
}

function agreementLines(facts: readonly Fact[]): string[] {
  const papers = ofKind(facts, "agreement").flatMap((fact) =>
    line(["sign", list(fact["parties"]), `"${word(fact["name"])}"`, fact["status"], fact["on"]]),
  );
  const signers = ofKind(facts, "signatory").flatMap((fact) =>
    line(["by", fact["person"] ?? fact["party"], fact["as"]]),
  );
  return [...papers, ...signers.sort()];
}
