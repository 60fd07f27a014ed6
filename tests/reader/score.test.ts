import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { allKinds, compareFacts, coreKinds, rateOf, type ScoredFact } from "../../scripts/evaluate.score.js";
import { readReport } from "../../src/reader/read.js";
import { seedNames } from "../../src/reader/seedNames.js";

const text = "Ana Berg of Norway met Ole Dahl of Denmark in Oslo. Dahl thanked her.";
const gold: ScoredFact[] = [
  { kind: "meeting", id: "m1", parties: ["DNK", "NOR"], quote: "met Ole Dahl" },
  { kind: "place", of: "m1", country: "NOR", city: "Oslo", quote: "in Oslo" },
  { kind: "seat", of: "m1", party: "NOR", person: "ana-berg", role: "HOST", quote: "Ana Berg" },
  { kind: "seat", of: "m1", party: "DNK", person: "ole-dahl", quote: "Ole Dahl" },
  { kind: "statement", id: "s1", speakers: ["ole-dahl"], verbatim: false, about: "m1", quote: "Dahl thanked her." },
];

function worths(found: ScoredFact[]): number[] {
  return compareFacts(text, gold, found).pairs.map((pair) => pair.worth);
}

describe("the scorer", () => {
  it("gives a perfect score to the editor's own facts", () => {
    const rate = rateOf([compareFacts(text, gold, gold)], allKinds);
    expect(rate).toMatchObject({ gold: 5, found: 5, right: 5, precision: 1, recall: 1, f1: 1 });
  });

  it("gives half a point for a meeting whose parties are not exactly the same", () => {
    expect(worths([{ ...(gold[0] as ScoredFact), parties: ["DNK", "NOR", "SWE"] }])).toEqual([0.5]);
    expect(worths([{ ...(gold[0] as ScoredFact), parties: ["FIN", "SWE"] }])).toEqual([]);
  });

  it("takes off a share for each property that differs", () => {
    const found = gold.map((fact) => (fact["role"] === "HOST" ? { ...fact, role: undefined } : fact));
    expect(compareFacts(text, gold, found).pairs.find((pair) => pair.gold["role"] === "HOST")?.worth).toBeCloseTo(
      2 / 3,
    );
  });

  it("never takes two persons for one seat", () => {
    const found = [gold[0] as ScoredFact, { ...(gold[3] as ScoredFact), person: "per-holm" }];
    expect(worths(found)).toEqual([1]);
  });

  it("counts a fact whose quote is not in the report as false", () => {
    const comparison = compareFacts(text, gold, [{ ...(gold[0] as ScoredFact), quote: "met in Rome" }]);
    expect([comparison.pairs.length, comparison.wrong.length, comparison.unquoted.length]).toEqual([0, 1, 1]);
  });

  it("compares names without case, accents, marks and the article, and takes defense for defence", () => {
    const named = { kind: "series", of: "m1", name: ["the Defense Dialogue"], quote: "met" };
    const found = [gold[0] as ScoredFact, { kind: "series", of: "m1", name: "Défence dialogue", quote: "met" }];
    expect(compareFacts(text, [...gold, named], found).pairs.map((pair) => pair.worth)).toEqual([1, 1]);
  });

  it("reads an invented value in `about` as none of the editor's", () => {
    const found = [gold[0] as ScoredFact, { ...(gold[4] as ScoredFact), about: "m9" }];
    expect(Math.min(...worths(found))).toBeCloseTo(2 / 3);
  });
});

describe("the reader on its development reports", () => {
  const home = new URL("reports/dev/", import.meta.url);
  const names = seedNames();
  const comparisons = readdirSync(home)
    .filter((file) => file.endsWith(".txt"))
    .map((file) => {
      const report = readFileSync(new URL(file, home), "utf8");
      const facts = JSON.parse(readFileSync(new URL(file.replace(".txt", ".facts.json"), home), "utf8")) as {
        facts: ScoredFact[];
      };
      return compareFacts(report, facts.facts, readReport(report, { names }).facts);
    });

  it("stays at a precision of 0.95 and a recall of 0.75", () => {
    const [all, core] = [rateOf(comparisons, allKinds), rateOf(comparisons, coreKinds)];
    expect(all.precision).toBeGreaterThan(0.95);
    expect(all.recall).toBeGreaterThan(0.75);
    expect(core.precision).toBeGreaterThan(0.95);
  });
});
