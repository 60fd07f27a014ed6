import type { Browser, Page } from "playwright-core";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { balanced } from "../../src/lib/directions.js";
import { importPack } from "../../src/packs/import.js";
import { html } from "../../src/pages/html.js";
import { openService, type ExportService } from "../exports/service.js";
import { findBrowser, openBrowser } from "../playground/browser.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { removeFolders, writePack } from "../support/packs.js";

const hebrew = "הפגישה בין שר ההגנה של הודו (IND) לשר ההגנה של סין (CHN) נערכה ב-20.11.2024.";
const title = "פגישת שרי ההגנה (IND-CHN)";
const arabic = "قال الوزير: نحتاج إلى التعاون (ADMM-Plus).";
const overridden = "Report \u202eof the \u2067ministers";

const pack = {
  "he.txt": `${hebrew}\n`,
  "pack.json": JSON.stringify({
    documents: [
      {
        key: "case-he",
        kind: "NEWS_REPORT",
        title,
        publisher: "הארץ",
        language: "he",
        publishedOn: "2024-11-20",
        textFile: "he.txt",
      },
      {
        key: "case-bidi",
        kind: "NEWS_REPORT",
        title: "Report of the ministers",
        publisher: "Test",
        language: "en",
        publishedOn: "2024-11-20",
        url: "https://example.org/case",
      },
    ],
    persons: [
      {
        slug: "case-person",
        name: "ישראל כץ (Israel Katz)",
        cite: [{ document: "case-he", quote: "שר ההגנה של הודו (IND)" }, "case-bidi"],
      },
    ],
    meetings: [
      {
        slug: "case-meeting",
        title: "פגישה (IND)",
        kind: "BILATERAL",
        on: "2024-11-20",
        cite: ["case-bidi"],
        participants: [
          {
            party: "IND",
            person: "case-person",
            role: "PRINCIPAL",
            cite: [{ document: "case-he", quote: "נערכה ב-20.11.2024" }],
          },
        ],
        statements: [{ key: "said", speaker: "case-person", text: arabic, isVerbatim: true, cite: ["case-bidi"] }],
      },
    ],
  }),
};

describe("templates", () => {
  it("isolate text that could change the layout around it, wherever it is put in, and leave other text as it is", () => {
    expect(html`<p>${"Plain"} and ${title}</p>`.text).toBe(`<p>Plain and <bdi>${title}</bdi></p>`);
    expect(html`<p title="${title}" id="${title}">${[title, "x"]}</p>`.text).toBe(
      `<p title="\u2068${title}\u2069" id="${title}"><bdi>${title}</bdi>x</p>`,
    );
    expect(html`<option value="${title}">${title}</option>`.text).toBe(
      `<option value="${title}">\u2068${title}\u2069</option>`,
    );
    expect(html`<svg><text x="1">${title}</text></svg><p>${title}</p>`.text).toBe(
      `<svg><text x="1">\u2068${title}\u2069</text></svg><p><bdi>${title}</bdi></p>`,
    );
  });

  it("close what a text leaves open, and drop what it closes and has not opened", () => {
    expect(balanced("a\u2067b")).toBe("a\u2067b\u2069");
    expect(balanced("a\u2069b\u2067c\u2069d")).toBe("ab\u2067c\u2069d");
    expect(html`<p>${"a\u2069\u202eb"}</p>`.text).toBe("<p><bdi>a\u202eb</bdi></p>");
  });
});

const executable = findBrowser();

/** Finds the left edges of the letters of some words within an element; runs in the page. */
const edges = `(selector, words) => {
  const walker = document.createTreeWalker(document.querySelector(selector), NodeFilter.SHOW_TEXT);
  const letters = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    for (let at = 0; at < node.data.length; at += 1) letters.push({ node, at });
  }
  const start = letters.map(({ node, at }) => node.data.charAt(at)).join("").indexOf(words);
  if (start < 0) throw new Error(selector + " does not hold " + words);
  return letters.slice(start, start + words.length).map(({ node, at }) => {
    const range = document.createRange();
    range.setStart(node, at);
    range.setEnd(node, at + 1);
    return range.getBoundingClientRect().left;
  });
}`;

describe("pages with text from right to left", () => {
  let seeded: Seeded;
  let service: ExportService;
  let documents: Map<string, string>;
  beforeAll(async () => {
    seeded = await openSeeded(["report"]);
    await importPack(seeded.database, await writePack(pack));
    // As an earlier version let it in.
    await seeded.database.pool.query(`UPDATE "Document" SET "title" = $1 WHERE "key" = 'case-bidi'`, [overridden]);
    const { rows } = await seeded.database.pool.query<{ key: string; id: string }>(
      `SELECT "key", "id" FROM "Document"`,
    );
    documents = new Map(rows.map(({ key, id }) => [key, id]));
    service = await openService(seeded.database);
  });
  afterAll(async () => {
    await service.close();
    await seeded.close();
    await removeFolders();
  });

  const bodyOf = async (url: string): Promise<string> =>
    (await service.app.inject({ url, headers: { accept: "text/html" } })).body;

  it("give a text, its title and its quotes their direction", async () => {
    const body = await bodyOf(`/documents/${documents.get("case-he") ?? ""}`);
    expect(body).toContain(`<h1 lang="he" dir="rtl"><bdi>${title}</bdi></h1>`);
    expect(body).toMatch(/<div class="text" lang="he" dir="rtl">/);
    expect(body).toMatch(/<q lang="he" dir="rtl"><bdi>/);
    expect(body).toContain(`<title>\u2068${title}\u2069 · Sidelines</title>`);
    expect(body).toContain("<dd><bdi>הארץ</bdi></dd>");
    expect(body).not.toMatch(/<div class="text"[^>]*>[^]*<bdi>[^]*<\/div>\s*<div class="beside"/);
  });

  it.each([
    ["/documents", [`dir="rtl"><bdi>${title}</bdi></a>`]],
    ["/meetings", ["<bdi>פגישה (IND)</bdi></a>"]],
    [
      "/meetings/case-meeting",
      [
        "<h1><bdi>פגישה (IND)</bdi></h1>",
        `<blockquote dir="auto"><p>${arabic}</p></blockquote>`,
        "<bdi>ישראל כץ (Israel Katz)</bdi></a>",
      ],
    ],
    ["/persons", ["<bdi>ישראל כץ (Israel Katz)</bdi>"]],
    [
      "/persons/case-person",
      [
        "<h1><bdi>ישראל כץ (Israel Katz)</bdi>",
        '<q lang="he" dir="rtl">',
        `<bdi>Report \u202eof the \u2067ministers\u2069</bdi>`,
      ],
    ],
    [`/search?q=${encodeURIComponent("ההגנה")}`, ["<bdi>", "<mark>ההגנה</mark>"]],
  ])("isolate names and titles: %s", async (address, parts) => {
    const body = await bodyOf(address);
    for (const part of parts) expect(body).toContain(part);
    // Nothing that is written from right to left stands between tags of which none is for that.
    for (const [, text = ""] of body.matchAll(
      /<(?:p|li|td|th|a|span|dd)(?: (?!dir)[^<>]*)?>([^<]*[\u0590-\u06ff][^<]*)</g,
    )) {
      if (text !== arabic) expect(`${address}: ${text}`).toBe(`${address}: isolated`);
    }
  });

  describe.skipIf(!executable)("in a browser", () => {
    let browser: Browser;
    let page: Page;
    let address: string;
    beforeAll(async () => {
      address = await service.app.listen({ host: "127.0.0.1", port: 0 });
      browser = await openBrowser(executable ?? "");
      page = await browser.newPage({ viewport: { width: 1200, height: 900 } });
    });
    afterAll(() => browser.close());

    /** Returns the left edge of each letter of some words on the page. */
    function edgesOf(selector: string, words: string): Promise<number[]> {
      return page.evaluate<number[]>(`(${edges})(${JSON.stringify(selector)}, ${JSON.stringify(words)})`);
    }

    const isRising = (edges: readonly number[]): boolean =>
      edges.every((edge, index) => index === 0 || edge >= (edges[index - 1] ?? 0));

    it("a sentence in Hebrew runs from right to left, with its brackets and its full stop where they belong", async () => {
      await page.goto(`${address}/documents/${documents.get("case-he") ?? ""}`);
      const [open = 0, first = 0, , , close = 0] = await edgesOf(".text", "(IND)");
      expect(open).toBeGreaterThan(first);
      expect(close).toBeLessThan(first);
      // A passage in between has marks, which change no order.
      const [begin = 0] = await edgesOf(".text", "הפגישה");
      const [stop = 0] = await edgesOf(".text", ".\n");
      expect(begin).toBeGreaterThan(stop);
      expect(isRising(await edgesOf(".text", "20.11.2024"))).toBe(true);
    });

    it("a title with an override and an open isolate does not change what follows it", async () => {
      await page.goto(`${address}/persons/case-person`);
      const line = ".sources li:has(a.away)";
      expect(isRising(await edgesOf(line, "Test, 20 November 2024"))).toBe(true);
      const [after = 0] = await edgesOf(line, "Test, 20");
      const title = await edgesOf(line, "Report");
      expect(after).toBeGreaterThan(Math.max(...title));
      expect(isRising(title)).toBe(true);
    });
  });
});
