import { readdirSync, readFileSync } from "node:fs";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { Browser } from "playwright-core";
import { createJoin } from "../../src/texts/lines.js";
import { pdfText } from "../../src/texts/pdf.js";
import { readLimits } from "../../src/texts/read.js";
import { findBrowser, openBrowser } from "../playground/browser.js";
import { pdfOf, shownLines } from "./files.js";

const textIn = async (bytes: Uint8Array): Promise<string> => (await pdfText(bytes, "report.pdf", readLimits)).text;

describe("the text of a PDF", () => {
  it("joins lines to paragraphs, also over pages, and drops running heads and page numbers", async () => {
    const long = "The two ministers spoke at length about the border and about";
    const pages = [
      [
        "Ministry of Defence - Press Service",
        "",
        long,
        "trade. They will meet again next year.",
        "",
        long,
        "tanks, ships",
      ],
      [
        "Ministry of Defence - Press Service",
        "",
        "and aircraft, and about a joint staff, the ministry said here",
        "later.",
      ],
    ];
    const bytes = pdfOf(
      pages.map((lines, index) => ({
        bytes: Buffer.concat([
          shownLines(lines),
          Buffer.from(` BT /F1 9 Tf 300 30 Td (- ${String(index + 1)} -) Tj ET`),
        ]),
      })),
    );
    expect(await textIn(bytes)).toBe(
      `${long} trade. They will meet again next year.\n\n${long} tanks, ships and aircraft, and about a joint staff, the ministry said here later.\n`,
    );
  });

  it("is refused with a way out without text, with a password, and if damaged", async () => {
    await expect(textIn(pdfOf([{ bytes: Buffer.from("0 0 100 100 re f") }]))).rejects.toThrow(
      "pictures of pages and no text",
    );
    const locked = pdfOf([{ bytes: shownLines(["x"]) }], {
      trailer: `/Encrypt << /Filter /Standard /V 1 /R 2 /P -4 /O <${"ab".repeat(32)}> /U <${"cd".repeat(32)}> >> /ID [<00> <00>]`,
    });
    await expect(textIn(locked)).rejects.toThrow("is protected with a password");
    await expect(textIn(Buffer.from("%PDF-1.7 and nothing else"))).rejects.toThrow("is damaged and cannot be read");
  });

  it("is refused with more pages than are read, whatever they hold", async () => {
    const bytes = pdfOf([{ bytes: shownLines(["x"]) }], { pages: 10_000 });
    await expect(textIn(bytes)).rejects.toThrow("has 10000 pages; at most 1000 are read");
  });
});

describe("words divided at the end of a line", () => {
  const text = ["the ministers of de-", "fence met in Bei-", "jing on trans-", "Pacific and short-", "term plans"];
  it.each([
    ["of de-", "fence met", "of defence met"],
    ["on trans-", "Pacific", "on trans-Pacific"],
    ["and short-", "term plans", "and short-term plans"],
    ["in 2024-", "25 they", "in 2024-25 they"],
    ["of de\u00ad", "fence", "of defence"],
    ["talks –", "the first", "talks – the first"],
  ])("%s %s", (before, after, expected) => {
    expect(createJoin(text)(before, after)).toBe(expected);
  });

  it("keep their hyphen where the text divides no words", () => {
    const lines = [...Array.from({ length: 60 }, () => "a line without a hyphen"), "had a pull-"];
    expect(createJoin(lines)("had a pull-", "aside here")).toBe("had a pull-aside here");
  });
});

const executable = findBrowser();
if (!executable) console.warn("SKIPPED: no PDF is printed, because no Chromium was found on the PATH.");

describe.skipIf(!executable)("reports printed by a browser", () => {
  let browser: Browser;
  beforeAll(async () => {
    browser = await openBrowser(executable ?? "");
  });
  afterAll(() => browser.close());

  const folder = new URL("../reader/reports/dev/", import.meta.url);
  const divided = (text: string): string =>
    text.replace(/\p{L}{7,}/gu, (word) => `${word.slice(0, 3)}\u00ad${word.slice(3, 6)}\u00ad${word.slice(6)}`);

  it.each([
    ["one column", "", 0],
    [
      "justified, with indented paragraphs",
      "p{margin:0;text-indent:1.5em} body{text-align:justify;font:12pt serif;width:12cm}",
      6,
    ],
    ["two columns with divided words", "body{columns:2;text-align:justify;font:10pt serif} p{margin:0 0 .6em}", 4],
  ])("have the same paragraphs: %s", async (_name, style, mostOthers) => {
    const page = await browser.newPage();
    let [all, same] = [0, 0];
    for (const file of readdirSync(folder).filter((name) => name.endsWith(".txt"))) {
      const paragraphs = readFileSync(new URL(file, folder), "utf8")
        .split(/\n\s*\n/)
        .map((paragraph) => paragraph.replace(/\s+/g, " ").trim())
        .filter((paragraph) => paragraph !== "");
      const shown = paragraphs.map((paragraph) => paragraph.replaceAll("&", "&amp;").replaceAll("<", "&lt;"));
      const body = shown.map((paragraph) => `<p>${style.includes("columns") ? divided(paragraph) : paragraph}</p>`);
      await page.setContent(`<html lang="en"><style>${style}</style><body>${body.join("")}</body></html>`);
      const printed = await page.pdf({
        format: "A4",
        displayHeaderFooter: true,
        headerTemplate: '<span style="font-size:8px">Ministry of Defence</span>',
        footerTemplate: '<span style="font-size:8px" class="pageNumber"></span>',
        margin: { top: "2cm", bottom: "2cm", left: "2cm", right: "2cm" },
      });
      const found = new Set((await textIn(printed)).trim().split("\n\n"));
      all += paragraphs.length;
      same += paragraphs.filter((paragraph) => found.has(paragraph)).length;
    }
    console.log(`${_name}: ${String(same)} of ${String(all)} paragraphs are the same`);
    expect(all).toBe(85);
    expect(all - same).toBeLessThanOrEqual(mostOthers);
  });
});
