import { createHash } from "node:crypto";
import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { privatePassageLimit } from "../../src/modules/documents/passages.js";
import { importPacks } from "../../src/packs/import.js";
import { createAsker, type Asker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { editorOf, type Editor } from "../support/editors.js";
import { emptyRecord, faultsOf, removeFolders, writePack } from "../support/packs.js";
import { docxOf, pdfOf, wordParagraph } from "../texts/files.js";

let database: Database;
let editor: Editor;
let anybody: Asker;
beforeAll(async () => {
  database = await anyDatabase();
  editor = editorOf(database);
  anybody = createAsker(database);
});
afterAll(async () => {
  await database.close();
  await removeFolders();
});
beforeEach(async () => emptyRecord(database));

const about = { kind: "NEWS_REPORT", title: "A report", publisher: "The Daily", language: "en" };
const digestOf = (text: string): string => createHash("sha256").update(text).digest("hex");

interface Loading {
  readonly document?: object;
  readonly text?: string;
  readonly cite?: object | string;
  readonly isShort?: boolean;
}

/** Loads a pack with one document, and a state that cites it. */
async function load({ document = {}, text, cite, isShort = false }: Loading): Promise<unknown> {
  const entry = { ...about, ...document, ...(text === undefined ? {} : { textFile: "text.txt" }) };
  const pack = isShort
    ? { document: "report", documents: { report: entry }, states: { IND: { name: "India", cite } } }
    : {
        documents: [{ key: "report", ...entry }],
        ...(cite === undefined ? {} : { states: [{ code: "IND", name: "India", cite: [cite] }] }),
      };
  const files = { "pack.yaml": JSON.stringify(pack), ...(text === undefined ? {} : { "text.txt": text }) };
  return importPacks(database, [await writePack(files)]);
}

const faults = async (loading: Loading): Promise<string[]> =>
  (await faultsOf(load(loading))).map((fault) => fault.replace(/^pack\.yaml:\d+:\d+: /, ""));

const stored = async (asker: Asker = anybody): Promise<unknown> => {
  const { documents } = await asker.ask<{ documents: { nodes: readonly unknown[] } }>(
    "{ documents { nodes { access text sha256 citations { nodes { locator passage { quote start end } } } } } }",
  );
  return documents.nodes[0];
};

async function idOf(): Promise<string> {
  const { documents } = await anybody.ask<{ documents: { nodes: readonly { id: string }[] } }>(
    "{ documents { nodes { id } } }",
  );
  return documents.nodes[0]?.id ?? "";
}

async function correct(...corrections: (readonly [field: string, value: unknown])[]): Promise<string[]> {
  const input = {
    id: await idOf(),
    reason: "As agreed.",
    corrections: corrections.map(([field, value]) => ({ field, value })),
  };
  const { userErrors } = await editor.act("correctRecord", input);
  return userErrors.map(({ code, path, message }) => `${code} ${path.join(".")}: ${message}`);
}

const words = "The ministers of India met in Delhi.";
const quote = "ministers of India";
const long = `It said: ${"of peace and of ships, ".repeat(20)}and no more.`;

describe("a private text", () => {
  it.each([false, true])(
    "shows its passages and its digest, in the long form and the short one (%s)",
    async (isShort) => {
      const cite = isShort ? quote : { document: "report", quote };
      await load({ document: { access: "PRIVATE" }, text: words, cite, isShort });
      const shown = { access: "PRIVATE", sha256: digestOf(words) };
      const citations = { nodes: [{ locator: null, passage: { quote, start: 4, end: 22 } }] };
      expect(await stored()).toEqual({ ...shown, text: null, citations });
      expect(await stored(editor)).toEqual({ ...shown, text: words, citations });
      // Loaded again, it is as it was.
      await load({ document: { access: "PRIVATE" }, text: words, cite, isShort });
      expect(await faults({ document: { access: "PRIVATE" }, text: `${words} More.`, cite, isShort })).toEqual([
        expect.stringMatching(/text of the document "report" is .* in the record and .* here/) as unknown,
      ]);
    },
  );

  it("has passages of limited length, and the fault names the limit", async () => {
    expect(
      await faults({ document: { access: "PRIVATE" }, text: long, cite: { document: "report", quote: long } }),
    ).toEqual([
      `states[0].cite[0].quote: the quote has ${String(long.length)} characters, and a passage of a private text has at most 300; cite the words that carry the fact`,
    ]);
    const longest = long.slice(0, privatePassageLimit);
    await load({ document: { access: "PRIVATE" }, text: long, cite: { document: "report", quote: longest } });
  });

  it("has one limit in the program and in the database", async () => {
    const { rows } = await database.pool.query(`SELECT "privatePassageLimit"() AS "limit"`);
    expect(rows).toEqual([{ limit: privatePassageLimit }]);
  });

  it("tells no more words than a passage has where a quote is wrong", async () => {
    const misquoted = `It said: ${"of peace and of ships, ".repeat(12)}and more`;
    expect(misquoted.length).toBeLessThan(privatePassageLimit);
    const [near, ...others] = await faults({
      document: { access: "PRIVATE" },
      text: words,
      cite: { document: "report", quote: "ministers of Indie" },
    });
    expect([near, others]).toEqual([
      `states[0].cite[0].quote: the quote is not in "report" letter by letter; the nearest passage, at 4, is "ministers of India"`,
      [],
    ]);
    for (const fault of await faults({
      document: { access: "PRIVATE" },
      text: long,
      cite: { document: "report", quote: misquoted },
    }))
      expect(fault.length).toBeLessThan(privatePassageLimit + 200);
  });

  it("may be held elsewhere: its digest stands for it, and a passage needs its start", async () => {
    const document = { access: "PRIVATE", sha256: digestOf(words) };
    expect(await faults({ document, cite: { document: "report", quote } })).toEqual([
      `states[0].cite[0].quote: the private text of "report" is held elsewhere, so the quote needs its start`,
    ]);
    await load({ document, cite: { document: "report", quote, start: 4 } });
    expect(await faults({ document: { access: "PRIVATE" }, text: "Another text." })).toEqual([
      `documents[0].text: the citation "Party:IND@report#4-22" cites a passage that does not stand in its document at its offsets; correct or withdraw it first`,
      `documents[0].text: the text has the hash ${digestOf("Another text.")}, not ${digestOf(words)}`,
    ]);
    await load({ document, text: words });
    expect(await stored(editor)).toMatchObject({ text: words });
    await emptyRecord(database);
    await load({ document, cite: { document: "report", quote, start: 5 } });
    expect(await faults({ document, text: words })).toEqual([
      expect.stringMatching(/the citation ".*" cites a passage that does not stand in its document/) as unknown,
    ]);
  });

  it("needs a text or a digest, and a digest alone is private", async () => {
    expect(await faults({ document: { access: "PRIVATE", url: "https://example.org/" } })).toEqual([
      "documents[0].access: PRIVATE is the access to a text, and there is none; give the text, or its sha256",
    ]);
    expect(await faults({ document: { sha256: digestOf(words) } })).toEqual([
      "documents[0].sha256: the record holds no text with this hash; give the text, or access: PRIVATE if it is held elsewhere",
    ]);
    expect(await faults({ document: { sha256: digestOf(long) }, text: words })).toEqual([
      `documents[0].text: the text has the hash ${digestOf(words)}, not ${digestOf(long)}`,
    ]);
  });

  it("becomes public and private again by correction", async () => {
    await load({ text: words, cite: { document: "report", quote } });
    expect(await correct(["access", "PRIVATE"])).toEqual([]);
    expect(await stored()).toMatchObject({ access: "PRIVATE", text: null, sha256: digestOf(words) });
    // Only the text changes, and stays private.
    expect(await correct(["text", `${words} And in Agra.`])).toEqual([]);
    expect(await stored(editor)).toMatchObject({ access: "PRIVATE", text: `${words} And in Agra.` });
    expect(await stored()).toMatchObject({ text: null, sha256: digestOf(`${words} And in Agra.`) });
    expect(await correct(["access", "PUBLIC"])).toEqual([]);
    expect(await stored()).toMatchObject({ access: "PUBLIC", text: `${words} And in Agra.` });
    const found = await database.pool.query(`SELECT "privateText" FROM "Document"`);
    expect(found.rows).toEqual([{ privateText: null }]);
  });

  it("is emptied by a correction that keeps its digest", async () => {
    await load({ document: { access: "PRIVATE" }, text: words, cite: { document: "report", quote } });
    expect(await correct(["text", null])).toEqual([
      "INVALID input.corrections: PRIVATE is the access to a text, and there is none; give the text, or its sha256.",
    ]);
    expect(await correct(["text", null], ["sha256", digestOf(words)])).toEqual([]);
    expect(await stored(editor)).toMatchObject({ access: "PRIVATE", text: null, sha256: digestOf(words) });
  });

  it("stays public while a citation has more words than a private text gives", async () => {
    await load({ text: long, cite: { document: "report", quote: long } });
    expect(await correct(["access", "PRIVATE"])).toEqual([
      expect.stringMatching(
        /^INVALID input\.corrections\.0\.value: The citation "Party:IND@report#0-\d+" cites \d+ characters of a private text, of which a passage has at most 300; correct or withdraw it first\.$/,
      ) as unknown,
    ]);
    expect(await stored()).toMatchObject({ access: "PUBLIC", text: long });
  });

  it("is private as a draft, and when the draft is published", async () => {
    const input = { ...about, key: "report", access: "PRIVATE", text: words, draft: true };
    const added = await editor.act<{ document: { id: string; text: string } }>(
      "addDocument",
      input,
      "document { id text }",
    );
    expect(added.document.text).toBe(words);
    expect((await editor.act("publishDrafts", { ids: [added.document.id] })).userErrors).toEqual([]);
    expect(await stored()).toMatchObject({ access: "PRIVATE", text: null, sha256: digestOf(words) });
  });

  it("does not become public by a merge", async () => {
    await editor.act("addDocument", { ...about, key: "open", url: "https://example.org/" });
    await editor.act("addDocument", { ...about, key: "closed", access: "PRIVATE", text: words });
    const { documents } = await editor.ask<{ documents: { nodes: readonly { id: string; key: string }[] } }>(
      "{ documents { nodes { id key } } }",
    );
    const ids = Object.fromEntries(documents.nodes.map(({ id, key }) => [key, id]));
    const merge = { id: ids["closed"], into: ids["open"], prefer: "SURVIVOR", reason: "One source." };
    expect((await editor.act("mergeRecords", merge)).userErrors.map(({ message }) => message)).toEqual([
      `The private text of "open" would become public; correct access first.`,
    ]);
  });

  it("is set apart by the database, also when it is written by SQL", async () => {
    await database.pool.query(
      `INSERT INTO "Document" ("id", "key", "kind", "title", "publisher", "language", "access", "text", "sha256")
       VALUES ('doc_aaaaaaaaaaaaaaaa', 'sql', 'READOUT', 'T', 'P', 'en', 'PRIVATE', $1, $2)`,
      [words, digestOf(words)],
    );
    const { rows } = await database.pool.query(`SELECT "text", "privateText" FROM "Document"`);
    expect(rows).toEqual([{ text: null, privateText: words }]);
  });
});

describe("a text in another format", () => {
  const withFile = async (name: string, bytes: Uint8Array): Promise<string> =>
    writePack({
      "pack.yaml": JSON.stringify({ documents: [{ key: "report", ...about, textFile: name }] }),
      [name]: Buffer.from(bytes),
    });

  it("is extracted when the pack is read, and a file without one is a fault that says so", async () => {
    await importPacks(database, [await withFile("report.docx", docxOf(wordParagraph("One &amp; two.")))]);
    expect(await stored()).toMatchObject({ text: "One & two.\n", sha256: digestOf("One & two.\n") });
    const scan = await withFile("report.pdf", pdfOf([{ bytes: Buffer.from("0 0 9 9 re f") }]));
    expect(await faultsOf(importPacks(database, [scan]))).toEqual([
      expect.stringContaining('cannot be used: "report.pdf" holds pictures of pages and no text. Recognize its text'),
    ]);
  });
});

describe("an excerpt", () => {
  const excerpt = "The ministers met. […] They signed a treaty.";

  it("marks its gaps, which no passage runs across", async () => {
    expect(await faults({ document: { access: "EXCERPT" }, text: words })).toEqual([
      "documents[0].text: an excerpt has […] where words are left out, and this text has none; the access of a whole text is PUBLIC",
    ]);
    const crossing = ["The ministers met. […] They signed a treaty.", "[", "…] They", "met. […", "[…]"];
    for (const one of crossing) {
      expect(
        await faults({ document: { access: "EXCERPT" }, text: excerpt, cite: { document: "report", quote: one } }),
      ).toEqual([
        `states[0].cite[0].quote: the quote runs across a gap of the excerpt "report", marked […]; cite each part of it`,
      ]);
    }
    for (const one of ["The ministers met.", "They signed a treaty.", "met. ", " They"]) {
      await emptyRecord(database);
      await load({ document: { access: "EXCERPT" }, text: excerpt, cite: { document: "report", quote: one } });
    }
    expect(await stored()).toMatchObject({ access: "EXCERPT", text: excerpt });
  });

  it("is no correction of a text whose citations run across its gaps", async () => {
    await load({ text: excerpt, cite: { document: "report", quote: "met. […] They" } });
    expect(await correct(["access", "EXCERPT"])).toEqual([
      expect.stringMatching(
        /^INVALID input\.corrections\.0\.value: .* runs across a gap of an excerpt; correct or withdraw it first\.$/,
      ) as unknown,
    ]);
  });
});

describe("a data set", () => {
  const document = {
    kind: "DATASET",
    edition: "4.1",
    licence: "CC-BY-4.0",
    doi: "https://doi.org/10.1177/0022343308096155",
    url: "https://example.org/states.csv",
  };

  it("has a version, a licence and a DOI, and is cited by its rows", async () => {
    for (const locator of [undefined, "page 3", "#column=4"]) {
      const cite = { document: "report", ...(locator === undefined ? {} : { locator }) };
      expect(await faults({ document, cite })).toEqual([
        `states[0].cite[0]${locator === undefined ? "" : ".locator"}: "report" is a data set, so a citation of it names its rows: locator: "row=17", or "states.csv#row=17"`,
      ]);
    }
    await load({ document, cite: { document: "report", locator: "states.csv#row=17" } });
    const { documents } = await anybody.ask<{ documents: { nodes: readonly unknown[] } }>(
      "{ documents(filter: { kind: DATASET }) { nodes { edition licence doi citations { nodes { locator } } } } }",
    );
    expect(documents.nodes).toEqual([
      {
        edition: "4.1",
        licence: "CC-BY-4.0",
        doi: "10.1177/0022343308096155",
        citations: { nodes: [{ locator: "states.csv#row=17" }] },
      },
    ]);
    expect(await faults({ document: { ...document, doi: "11.1/x" } })).toEqual([
      'documents[0].doi: "11.1/x" is no DOI: 10.1234/abc',
    ]);
  });

  it("is no kind of a document that is cited otherwise", async () => {
    await load({ document: { url: "https://example.org/" }, cite: "report" });
    expect(await correct(["kind", "DATASET"])).toEqual([
      expect.stringMatching(
        /^INVALID input\.corrections\.0\.value: .* names no row of a data set; correct or withdraw it first\.$/,
      ) as unknown,
    ]);
  });
});

it("a text may hold form feeds, which part the pages of a PDF, and passages run across them", async () => {
  const text = "\uFEFFPage one ends here\fand page two begins.";
  await load({ text, cite: { document: "report", quote: "here\fand" } });
  expect(await stored()).toMatchObject({
    text: text.slice(1),
    citations: { nodes: [{ passage: { quote: "here\fand", start: 14, end: 22 } }] },
  });
  expect(await faults({ document: { title: "A\ftitle" } })).toEqual([
    expect.stringMatching(/^documents\[0\]\.title: .*FORM FEED|U\+000C/) as unknown,
  ]);
});
