import { readdirSync, readFileSync } from "node:fs";
import { describe, expect, it } from "vitest";
import { createKnownNames } from "../../src/reader/names.js";
import { readReport } from "../../src/reader/read.js";
import { seedNames } from "../../src/reader/seedNames.js";

const home = new URL("reports/", import.meta.url);
const reports = readdirSync(home).flatMap((set) =>
  readdirSync(new URL(`${set}/`, home))
    .filter((file) => file.endsWith(".txt"))
    .map((file) => [`${set}/${file}`, readFileSync(new URL(`${set}/${file}`, home), "utf8")] as const),
);

describe("a report that is read", () => {
  it.each(reports)("%s: every quote stands in the text where the fact says", (_name, text) => {
    const { facts } = readReport(text, { names: seedNames() });
    expect(facts.length).toBeGreaterThan(0);
    for (const { quote, at } of facts) expect(text.slice(at, at + quote.length)).toBe(quote);
  });

  it("gives the same facts every time", () => {
    const names = seedNames();
    for (const [, text] of reports) expect(readReport(text, { names })).toEqual(readReport(text, { names }));
  });

  it("names a rule and a tier for every fact", () => {
    for (const [, text] of reports) {
      for (const { rule, tier } of readReport(text).facts) {
        expect(rule).not.toBe("");
        expect(["sure", "likely"]).toContain(tier);
      }
    }
  });

  it("counts days from the day of the dateline, not from the day of publication", () => {
    const text =
      "HANOI, June 2, 2022 - Lao President Thongloun Sisoulith met Vietnamese President Nguyen Xuan Phuc on Thursday.";
    const { facts } = readReport(text, { publishedOn: "2022-06-05" });
    expect(facts.find(({ kind }) => kind === "date")).toMatchObject({ value: "2022-06-02" });
  });

  it("takes day and place from the options where the text has none", () => {
    const text = "Lao President Thongloun Sisoulith met Vietnamese President Nguyen Xuan Phuc here today.";
    const { facts } = readReport(text, { publishedOn: "2022-06-02", dateline: "Hanoi" });
    expect(facts.find(({ kind }) => kind === "date")).toMatchObject({ value: "2022-06-02" });
    expect(facts.find(({ kind }) => kind === "place")).toMatchObject({ country: "VNM", city: "Hanoi" });
  });

  it("finds persons of the record by their slug, in either order of names and without a title", () => {
    const names = createKnownNames([{ slug: "yoshimasa-hayashi", name: "Yoshimasa Hayashi", state: "JPN" }]);
    const { facts } = readReport(
      "French Foreign Minister Jean Noel Barrot met Hayashi Yoshimasa in Paris on 3 May 2024.",
      { names },
    );
    expect(facts.filter(({ kind }) => kind === "seat").map(({ person, party }) => [party, person])).toEqual([
      ["FRA", "jean-noel-barrot"],
      ["JPN", "yoshimasa-hayashi"],
    ]);
  });

  it("lists a sentence with a word for an encounter that no frame explains", () => {
    const { notUnderstood } = readReport("Envoys of both sides were seen to leave the talks through a side door.");
    expect(notUnderstood.map(({ words }) => words)).toEqual([["talks"]]);
  });

  it.each([
    ["an empty text", ""],
    ["white space", " \n\n\t "],
    ["marks alone", "---- (((( \"\"\"\" '''' ,,,, ...."],
    ["one long word", "a".repeat(100_000)],
    ["nested brackets", "(".repeat(20_000)],
    ["commas between names", "Defence Minister Rajnath Singh, ".repeat(2_000)],
    ["lone surrogates", "\ud800 met \udfff in Paris"],
    ["right-to-left text", "التقى وزير الدفاع نظيره في باريس"],
  ])(
    "ends soon and without facts that are not there: %s",
    (_name, text) => {
      const { facts } = readReport(text);
      for (const { quote, at } of facts) expect(text.slice(at, at + quote.length)).toBe(quote);
    },
    20_000,
  );
});
