import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPack } from "../../src/packs/import.js";
import { createAsker } from "../support/ask.js";
import { editorOf } from "../support/editors.js";
import { anyDatabase } from "../support/database.js";
import { emptyRecord, faultsOf, removeFolders, soundPack, writePack } from "../support/packs.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

const load = (files: Readonly<Record<string, string | Buffer>>) =>
  writePack(files).then((folder) => importPack(database, folder));
const documents = (textFile?: string) =>
  JSON.stringify({
    documents: [
      {
        key: "report",
        kind: "NEWS_REPORT",
        title: "Report",
        publisher: "Paper",
        language: "de",
        publishedOn: "2024-11-20",
        ...(textFile === undefined ? {} : { textFile }),
      },
    ],
  });
const person = (quote: string) =>
  JSON.stringify({ persons: [{ slug: "p", name: "P", cite: [{ document: "report", quote }] }] });

/** The fault of a quote of a text. */
function misquoted(text: string, quote: string): Promise<string[]> {
  return faultsOf(
    load({ "documents.json": documents("report.txt"), "report.txt": text, "persons.json": person(quote) }),
  );
}

describe("a quote that looks like a passage and is not one", () => {
  it.each([
    [
      "a soft hyphen",
      "Der Minister traf am Mitt\u00adwoch in Wien ein.",
      "am Mittwoch in",
      'the text has U+00AD SOFT HYPHEN at 25 that the quote has not; write it as "am Mitt\\u00ADwoch in"',
    ],
    [
      "a zero width space",
      "Gesandte von La\u200bos.",
      "von Laos",
      'the text has U+200B ZERO WIDTH SPACE at 15 that the quote has not; write it as "von La\\u200Bos"',
    ],
    [
      "a character that only the quote has",
      "Gesandte von Laos.",
      "von La\u200dos",
      'the quote has U+200D ZERO WIDTH JOINER that the text has not at 15; write it as "von Laos"',
    ],
    [
      "a no-break space",
      "Am 20.\u00a0November traf",
      "20. November",
      'the text has U+00A0 NO-BREAK SPACE at 6 where the quote has U+0020 SPACE; write it as "20.\\u00A0November"',
    ],
    [
      "a composed letter",
      "Er sprach in Cha\u0302teau.",
      "in Ch\u00e2teau",
      'the text has U+0061 "a" U+0302 COMBINING CIRCUMFLEX ACCENT (decomposed, NFD) at 15 where the quote has U+00E2 "\u00e2" (composed, NFC)',
    ],
    [
      "a curly apostrophe",
      "It\u2019s so.",
      "It's so",
      'the text has U+2019 RIGHT SINGLE QUOTATION MARK at 2 where the quote has U+0027 APOSTROPHE; write it as "It\\u2019s so"',
    ],
    [
      "a dash",
      "2020\u20132024 talks",
      "2020-2024",
      'the text has U+2013 EN DASH at 4 where the quote has U+002D HYPHEN-MINUS; write it as "2020\\u20132024"',
    ],
    [
      "a letter of another script",
      "The S\u0435cretary met",
      "The Secretary",
      'the text has U+0435 (Cyrillic "\u0435") at 5 where the quote has U+0065 "e"; write it as "The S\\u0435cretary"',
    ],
    [
      "a mark of direction",
      "\u05e9\u05e8\u200f (IND) \u05d4\u05d5\u05d3\u05d5",
      "\u05e9\u05e8 (IND)",
      "the text has U+200F RIGHT-TO-LEFT MARK at 2 that the quote has not",
    ],
    [
      "a line break",
      "They said\nso there",
      "They said so",
      'the text has U+000A LINE FEED at 9 where the quote has U+0020 SPACE; write it as "They said\\u000Aso"',
    ],
  ])("is explained by %s, its position and the right spelling", async (_what, text, quote, said) => {
    const [fault, ...others] = await misquoted(text, quote);
    expect(others).toEqual([]);
    expect(fault).toContain(`the quote is not in "report" letter by letter, though it looks the same: ${said}`);
  });

  it("counts code points, and names a few of many differences", async () => {
    const text = `\u{1f91d} ${Array.from({ length: 8 }, () => "Mitt\u00adwoch").join(" ")}`;
    const [fault] = await misquoted(text, text.replaceAll("\u00ad", ""));
    expect(fault).toMatch(
      /U\+00AD SOFT HYPHEN at 6 .* at 16 .* at 26 .* and 5 more; write it as "\u{1f91d} Mitt\\u00ADwoch Mitt\\u00AD/u,
    );
  });

  it("shows nothing that is not seen: escapes stand for it", async () => {
    const [fault] = await misquoted(
      "Another text altogether, of Mitt\u00adwoch and others.",
      "text altogether, of Mitt\u00adwoch or others",
    );
    expect(fault).toContain('the nearest passage, at 8, is "text altogether, of Mitt\\u00ADwoch');
    expect(fault).not.toContain("\u00ad");
  });

  it("is found when it is written as the fault says", async () => {
    const quote = "am Mitt\u00adwoch in";
    expect(
      await load({
        "documents.json": documents("report.txt"),
        "report.txt": `Er traf ${quote} Wien ein.`,
        "persons.json": person(quote),
      }),
    ).toMatchObject({ created: 3 });
  });
});

describe("a byte order mark", () => {
  const text = "They met on Monday.";
  const passages = async () =>
    (
      await createAsker(database).ask<{
        documents: { nodes: { text: string; citations: { nodes: { passage: object }[] } }[] };
      }>("{ documents(first: 2) { nodes { text citations(first: 5) { nodes { passage { quote start end } } } } } }")
    ).documents.nodes;

  it("is no part of a pack, a text or a table, and passages are counted without it", async () => {
    await load({
      "documents.json": `\ufeff${documents("report.txt")}`,
      "report.txt": `\ufeff${text}`,
      "persons.json": person("They met"),
    });
    expect(await passages()).toEqual([
      { text, citations: { nodes: [{ passage: { quote: "They met", start: 0, end: 8 } }] } },
    ]);
    expect(
      await load({ "documents.json": documents("report.txt"), "report.txt": text, "persons.json": person("They met") }),
    ).toMatchObject({ created: 0, updated: 0 });
  });

  it("is no part of a text that a mutation gives", async () => {
    const added = await editorOf(database).act(
      "addDocument",
      { key: "wire", kind: "NEWS_REPORT", title: "Wire", publisher: "Wire", language: "en", text: `\ufeff${text}` },
      "document { text }",
    );
    expect(added).toMatchObject({ document: { text }, userErrors: [] });
  });

  it("goes from texts that are stored with one, and their passages move", async () => {
    await load({
      "documents.json": documents("report.txt"),
      "report.txt": `\u2060${text}`,
      "persons.json": JSON.stringify({
        persons: [
          {
            slug: "p",
            name: "P",
            cite: [
              { document: "report", quote: "\u2060They met" },
              { document: "report", quote: "Monday" },
            ],
          },
        ],
      }),
    });
    // As an earlier version stored it.
    await database.pool.query(
      `WITH d AS (UPDATE "Document" SET "text" = replace("text", U&'\\2060', U&'\\FEFF'), "sha256" = encode(sha256(convert_to(replace("text", U&'\\2060', U&'\\FEFF'), 'UTF8')), 'hex'))
       UPDATE "Citation" SET "quote" = replace("quote", U&'\\2060', U&'\\FEFF')`,
    );
    await database.pool.query(
      await readFile(join(packageRoot(), "prisma/upgrades/20261130050100_byte_order_marks/migration.sql"), "utf8"),
    );
    expect(await passages()).toEqual([
      {
        text,
        citations: {
          nodes: [
            { passage: { quote: "They met", start: 0, end: 8 } },
            { passage: { quote: "Monday", start: 12, end: 18 } },
          ],
        },
      },
    ]);
    const again = {
      "documents.json": documents("report.txt"),
      "report.txt": `\ufeff${text}`,
      "persons.json": JSON.stringify({
        persons: [
          {
            slug: "p",
            name: "P",
            cite: [
              { document: "report", quote: "They met" },
              { document: "report", quote: "Monday" },
            ],
          },
        ],
      }),
    };
    expect(await load(again)).toMatchObject({ created: 0, updated: 0 });
  });
});

describe("characters that change the layout or are not seen", () => {
  const titled = (title: string, url = "https://example.org/about") =>
    load({
      "documents.json": JSON.stringify({
        documents: [{ key: "page", kind: "OFFICIAL_PAGE", title, publisher: "P", language: "he", url }],
      }),
    });

  it.each([
    ["\u202e", "U+202E RIGHT-TO-LEFT OVERRIDE, which changes the layout of the text around it"],
    ["\u202a", "U+202A LEFT-TO-RIGHT EMBEDDING, which changes the layout of the text around it"],
    ["\u2067", "U+2067 RIGHT-TO-LEFT ISOLATE, which changes the layout of the text around it"],
    ["\u2069", "U+2069 POP DIRECTIONAL ISOLATE, which changes the layout of the text around it"],
    ["\u0085", "U+0085 NEXT LINE, which nothing shows"],
    ["\u009b", "U+009B, which nothing shows"],
    ["\u0007", "the control character U+0007"],
  ])("are refused in titles, with their names: %j", async (character, says) => {
    const faults = await faultsOf(titled(`Meeting ${character}of ministers`));
    expect(faults[0]).toContain(says);
    expect(faults[0]).not.toContain(character);
  });

  it.each(["\u200e", "\u200f", "\u061c"])(
    "do not include marks of direction, with which titles are spelt: %j",
    async (mark) => {
      expect(await titled(`\u05e9\u05e8${mark} (IND)`)).toMatchObject({ created: 1 });
    },
  );

  it.each(["\u200f", "\u202e", "\u200b", "\u00ad", "\ufeff"])("are refused in addresses: %j", async (character) => {
    const faults = await faultsOf(titled("Page", `https://example.org/a${character}b`));
    expect(faults[0]).toMatch(/holds U\+[0-9A-F]{4} [-A-Z ,a-z]*, which (?:is not seen|changes the layout)/);
    expect(faults[0]).not.toContain(character);
  });

  it("are refused in names, by mutations as by packs", async () => {
    await load(soundPack);
    const named = await editorOf(database).act("recordPerson", {
      slug: "x",
      name: "Ada \u202eelbA",
      cite: [{ document: "page" }],
    });
    expect(named.userErrors).toMatchObject([
      {
        code: "INVALID",
        path: ["input", "name"],
        message: expect.stringContaining("U+202E RIGHT-TO-LEFT OVERRIDE") as string,
      },
    ]);
  });
});
