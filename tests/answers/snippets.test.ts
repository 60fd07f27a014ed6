import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPack } from "../../src/packs/import.js";
import { removeFolders, writePack } from "../support/packs.js";
import { seededServers, type Seeded } from "../support/seeded.js";
import { shortestDuration } from "../support/time.js";

/** The time for a search on a slow machine. The asker asks twice; work in proportion to each word of a text would take minutes. */
const LONGEST_MS = 15_000;

/** A sentence with a word that is nowhere else in a text. */
const sentence = "The delegations toasted 🤝 their chrysanthemum accord in the evening.";
const filler = "Ministers 🤝 met and talked for long. ";
const fill = (characters: number): string => filler.repeat(Math.ceil(characters / [...filler].length));

const texts = {
  early: `${fill(1_000)}${sentence} ${fill(900_000)}`,
  late: `${fill(190_000)}${sentence} ${fill(900_000)}`,
  // Without spaces and sentences, so that it has to be cut somewhere.
  unbroken: `${"x".repeat(100_000)} chrysanthemum${"-y".repeat(300_000)}`,
};

interface Hit {
  readonly snippet: string;
  readonly snippetStart: number | null;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
  readonly match: { readonly key: string };
}

describe.each(await seededServers([]))("snippets of long texts, on $name", ({ open, skip }) => {
  if (skip) return void it.skip("no server", () => undefined);
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await open();
    const documents = Object.keys(texts).map((key) => ({
      key,
      kind: "NEWS_REPORT",
      title: `Report ${key}`,
      publisher: "Paper",
      language: "en",
      publishedOn: "2024-11-20",
      textFile: `${key}.txt`,
    }));
    const files = Object.fromEntries(Object.entries(texts).map(([key, text]) => [`${key}.txt`, text]));
    await importPack(seeded.database, await writePack({ ...files, "documents.json": JSON.stringify({ documents }) }));
  });
  afterAll(async () => {
    await seeded.close();
    await removeFolders();
  });

  const query = `query ($query: String!) { search(query: $query, kinds: [DOCUMENT], first: 10) { nodes { snippet snippetStart highlights { start end } match { ... on Document { key } } } } }`;
  const find = async (words: string): Promise<readonly Hit[]> =>
    (await seeded.ask<{ search: { nodes: readonly Hit[] } }>(query, { query: words })).search.nodes;

  it("stand in their text where they say, with the words that were found marked", async () => {
    const hits = await find("chrysanthemum");
    expect(hits.map(({ match }) => match.key).sort()).toEqual(Object.keys(texts).sort());
    for (const { snippet, snippetStart, highlights, match } of hits) {
      const points = [...snippet];
      const text = [...texts[match.key as keyof typeof texts]];
      expect(text.slice(snippetStart ?? 0, (snippetStart ?? 0) + points.length).join(""), match.key).toBe(snippet);
      expect(
        highlights.map(({ start, end }) => points.slice(start, end).join("")),
        match.key,
      ).toEqual(["chrysanthemum"]);
      if (match.key !== "unbroken") expect(snippet, match.key).toBe(sentence);
    }
  });

  it("are as short as those of short texts, and take seconds at most", async () => {
    const duration = await shortestDuration(LONGEST_MS, async () => {
      for (const { snippet } of await find("chrysanthemum")) expect([...snippet].length).toBeLessThanOrEqual(300);
    });
    expect(duration).toBeLessThan(LONGEST_MS);
  });

  it("are bounded for words that are everywhere in them", async () => {
    const duration = await shortestDuration(LONGEST_MS, async () => {
      const hits = await find("ministers met talked");
      expect(hits.length).toBe(2);
      for (const { snippet, highlights } of hits) {
        expect([...snippet].length).toBeLessThanOrEqual(300);
        expect(highlights.length).toBeLessThan(100);
      }
    });
    expect(duration).toBeLessThan(LONGEST_MS);
  });
});
