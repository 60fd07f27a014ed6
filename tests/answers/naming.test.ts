import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { importPack } from "../../src/packs/import.js";
import { createAsker, type Asker } from "../support/ask.js";
import { startPostgres, testDatabase } from "../support/database.js";
import { removeFolders, writePack } from "../support/packs.js";

const passages = [
  "Officials from Papua New Guinea and Equatorial Guinea stayed.",
  "Guinea and Papua New Guinea agreed.",
  "GUINEA-BISSAU TO SIGN",
  "NIGER said so.",
  "Nigeria and the Niger Delta.",
  "They told us so.",
  "A US delegation came.",
  "THEY TOLD US SO",
  "The U.S. Army left.",
  "South Sudan joined; so did Papua New\nGuinea.",
  "The DRC, or Democratic Republic of the Congo, spoke.",
  "The people’s republic of china spoke.",
  "The Republic of China spoke to the People’s Republic of China.",
  "Ships in the South China Sea.",
  "The navy of Timor Leste.",
  "Guinean officials and South Korean ones.",
  "A Koreanist.",
  "New Guinean officials, and those of Guinea, Equatorial, left.",
  "Korea, North, and China’s ministers met.",
  "USA Today said so.",
];

const states = [
  { code: "GIN", name: "Guinea", names: [{ text: "Guinean", kind: "DEMONYM" }] },
  { code: "PNG", name: "Papua New Guinea" },
  { code: "NER", name: "Niger" },
  {
    code: "USA",
    name: "United States",
    names: [
      { text: "US", kind: "ALIAS" },
      { text: "USA", kind: "ALIAS" },
      { text: "U.S.", kind: "ALIAS" },
    ],
  },
  { code: "SDN", name: "Sudan" },
  { code: "COG", name: "Congo" },
  { code: "CHN", name: "China", officialName: "People's Republic of China" },
  { code: "TLS", name: "Timor-Leste" },
  { code: "KOR", name: "Korea", names: [{ text: "South Korea", kind: "ALIAS" }] },
];

const pack = {
  "names.txt": `${passages.join("\n\n")}\n`,
  "pack.yaml": JSON.stringify({
    documents: [
      {
        key: "page",
        kind: "OFFICIAL_PAGE",
        title: "Source",
        publisher: "Test",
        language: "en",
        url: "https://example.org/case",
      },
      {
        key: "names",
        kind: "NEWS_REPORT",
        title: "Names within names",
        publisher: "Test",
        language: "en",
        publishedOn: "2024-05-01",
        textFile: "names.txt",
      },
    ],
    states: states.map((state) => ({ ...state, cite: ["page"] })),
    persons: [{ slug: "p-e", name: "Person E", cite: passages.map((quote) => ({ document: "names", quote })) }],
  }),
};

const postgres = await startPostgres();
const places = [
  { name: "the embedded database", skip: false, open: () => testDatabase() },
  { name: "a Postgres server", skip: postgres === undefined, open: () => testDatabase(postgres ? { postgres } : {}) },
];

describe.each(places.filter(({ skip }) => !skip))("passages that name a party, on $name", ({ open }) => {
  let asker: Asker;
  let close: () => Promise<void>;
  beforeAll(async () => {
    const database = await open();
    close = () => database.close();
    await importPack(database, await writePack(pack));
    asker = createAsker(database);
  });
  afterAll(async () => {
    await close();
    await removeFolders();
  });

  async function naming(code: string, options = ""): Promise<string[]> {
    const question = `query ($code: String!) { documents(first: 10 ${options}) { nodes { key citations(first: 100, filter: { naming: $code }) { nodes { passage { quote } } } } } }`;
    const { documents } = await asker.ask<{
      documents: { nodes: { key: string; citations: { nodes: { passage: { quote: string } }[] } }[] };
    }>(question, { code });
    return documents.nodes.flatMap(({ citations }) => citations.nodes.map(({ passage }) => passage.quote));
  }

  it.each([
    ["GIN", "a longer name of another party, of the record or not, is not the shorter one", [1, 15]],
    ["PNG", "a longer name is found across a line break", [0, 1, 9]],
    ["NER", "names in capitals count, and waters do not", [3]],
    ["USA", "a pronoun is no state, and points at the end of a name are part of it", [6, 7, 8]],
    ["SDN", "a state that the record does not hold wins as well", []],
    ["COG", "a longer name wins whatever stands before it", []],
    ["CHN", "of two longer names, one within the other, the longest counts", [12, 18]],
    ["TLS", "a hyphen is a space", [14]],
    ["KOR", "demonyms count as names, longer ones too", [15]],
  ])("%s: %s", async (code, _what, found) => {
    expect(await naming(code)).toEqual(found.map((index) => passages[index]));
  });

  it("names no passage for a party that there is not", async () => {
    expect(await naming("ZZZ")).toEqual([]);
  });
});

afterAll(() => postgres?.stop());
