import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../../src/cli.js";
import type { FactsFile } from "../../src/reader/draft.js";
import { docxOf, pdfOf, shownLines, wordParagraph } from "../texts/files.js";

const report =
  "OSLO, 4 March 2024 - Danish Defence Minister Troels Lund Poulsen met his Norwegian counterpart here on Monday.\n";
let folder = "";

async function draft(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  let [out, err] = ["", ""];
  const code = await runCommand(["draft", ...args], {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isWatched: false,
  });
  return { code, out, err };
}

describe("sidelines draft", () => {
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "sidelines-draft-"));
    writeFileSync(join(folder, "07-oslo.txt"), report);
    writeFileSync(join(folder, "08-latin.txt"), Buffer.from([0xe9, 0x20, 0xff]));
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  it("writes the facts of one report to standard output", async () => {
    const { code, out } = await draft(join(folder, "07-oslo.txt"), "--facts");
    const file = JSON.parse(out) as FactsFile;
    expect(code).toBe(0);
    expect(file).toMatchObject({ report: "07", publishedOn: "2024-03-04", dateline: "Oslo" });
    expect(file.facts.find(({ kind }) => kind === "meeting")).toMatchObject({ parties: ["DNK", "NOR"] });
  });

  it("writes a pack with the text of the report", async () => {
    const out = join(folder, "packs");
    const { code, out: told } = await draft(join(folder, "07-oslo.txt"), "--out", out, "--publisher", "Us");
    expect([code, told]).toEqual([0, expect.stringMatching(/07-oslo: \d+ facts/)]);
    expect(readFileSync(join(out, "07-oslo/report.txt"), "utf8")).toBe(report);
    const pack = readFileSync(join(out, "07-oslo/pack.yaml"), "utf8");
    expect(pack).toContain("title: Denmark and Norway meet in Oslo");
    expect(pack).toContain("HELD: Danish Defence Minister");
    const none = await draft(join(folder, "07-oslo.txt"));
    expect([none.code, none.err]).toEqual([2, expect.stringContaining("--out")]);
  });

  it("leaves out what is only likely on request", async () => {
    const { out } = await draft(join(folder, "07-oslo.txt"), "--facts", "--tier", "sure");
    const { facts } = JSON.parse(out) as FactsFile;
    expect(facts.length).toBeGreaterThan(0);
    expect(facts.every(({ tier }) => tier === "sure")).toBe(true);
  });

  it("writes a facts file for each report of a folder", async () => {
    const reports = mkdtempSync(join(tmpdir(), "sidelines-reports-"));
    writeFileSync(join(reports, "01-a.txt"), report);
    writeFileSync(join(reports, "02-b.txt"), report);
    const { code } = await draft(reports, "--facts", "--out", join(reports, "facts"));
    expect(code).toBe(0);
    expect(readdirSync(join(reports, "facts"))).toEqual(["01-a.facts.json", "02-b.facts.json"]);
    expect(JSON.parse(readFileSync(join(reports, "facts/02-b.facts.json"), "utf8"))).toMatchObject({ report: "02" });
    rmSync(reports, { recursive: true, force: true });
  });

  it("reads HTML, PDF and DOCX, with the day and publisher that a page gives", async () => {
    const reports = mkdtempSync(join(tmpdir(), "sidelines-files-"));
    const words = report.trim().replace("OSLO, 4 March 2024 - ", "");
    const head = '<meta charset="utf-8"><meta property="article:published_time" content="2024-03-04T10:00:00Z">';
    writeFileSync(
      join(reports, "01-page.html"),
      `${head}<meta property="og:site_name" content="Us"><nav>Menu</nav><p>${words}</p>`,
    );
    writeFileSync(join(reports, "02-word.docx"), docxOf(wordParagraph(report.trim())));
    const lines = [
      "OSLO, 4 March 2024 - Danish Defence Minister Troels Lund Poulsen met the",
      "Norwegian Defence Minister Bjorn Arild Gram here on Monday.",
    ];
    writeFileSync(join(reports, "03-print.pdf"), pdfOf([{ bytes: shownLines(lines) }]));
    writeFileSync(join(reports, "notes.xyz"), "not a report");
    const out = join(reports, "out");
    expect((await draft(reports, "--facts", "--out", out)).code).toBe(0);
    expect(readdirSync(out)).toEqual(["01-page.facts.json", "02-word.facts.json", "03-print.facts.json"]);
    for (const name of readdirSync(out)) {
      const { facts, publishedOn } = JSON.parse(readFileSync(join(out, name), "utf8")) as FactsFile;
      expect(publishedOn, name).toBe("2024-03-04");
      expect(
        facts.find(({ kind }) => kind === "meeting"),
        name,
      ).toMatchObject({ parties: ["DNK", "NOR"] });
    }
    expect((await draft(join(reports, "01-page.html"), "--out", out)).code).toBe(0);
    expect(readFileSync(join(out, "01-page/report.txt"), "utf8")).toBe(`${words}\n`);
    expect(readFileSync(join(out, "01-page/pack.yaml"), "utf8")).toContain("publisher: Us");
    writeFileSync(join(reports, "scan.pdf"), pdfOf([{ bytes: Buffer.from("0 0 9 9 re f") }]));
    expect(await draft(join(reports, "scan.pdf"), "--facts")).toMatchObject({
      code: 2,
      err: expect.stringContaining("pictures of pages") as string,
    });
    rmSync(reports, { recursive: true, force: true });
  });

  it.each([
    ["a missing file", () => ["nowhere.txt", "--facts"], /There is no file or folder/],
    ["a folder without --out", () => [folder, "--facts"], /Say with --out/],
    ["bytes that are not UTF-8", () => [join(folder, "08-latin.txt"), "--facts"], /is not UTF-8 text/],
    [
      "a day that does not exist",
      () => [join(folder, "07-oslo.txt"), "--facts", "--published-on", "2024-02-30"],
      /YYYY-MM-DD/,
    ],
    ["a tier that does not exist", () => [join(folder, "07-oslo.txt"), "--facts", "--tier", "maybe"], /sure, likely/],
  ])("says what was wrong with %s", async (_name, args, message) => {
    const { code, err } = await draft(...args());
    expect(code).toBe(2);
    expect(err).toMatch(message);
  });
});
