import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { identifierSchemes } from "../../src/modules/identifiers.js";
import { exportPack } from "../../src/packs/export.js";
import { editorOf, faultsOf, type Editor } from "../support/editors.js";
import { removeFolders, temporaryFolder } from "../support/packs.js";
import { openSeeded, type Seeded } from "../support/seeded.js";

const source = {
  key: "about-identifiers",
  kind: "OFFICIAL_PAGE",
  title: "About",
  publisher: "The Office",
  language: "en",
  url: "https://example.org/about",
};
const cite = [{ document: source.key }];
const wikidata = (number: number) => [{ scheme: "WIKIDATA", value: `Q${String(number)}` }];

/** A record of each kind that has identifiers beside parties: the mutation, its input, and the field of its payload. */
const records = {
  recordPerson: [{ slug: "pat-example", name: "Pat Example", identifiers: wikidata(900_000_001), cite }, "person"],
  recordOffice: [
    { key: "LAO/example", title: "Example", kind: "OTHER", identifiers: wikidata(900_000_002), cite },
    "office",
  ],
  recordForum: [
    { slug: "example-forum", name: "Forum of Examples", kind: "DIALOGUE", identifiers: wikidata(900_000_003), cite },
    "forum",
  ],
  recordPlace: [
    { key: "LAO/example", city: "Exampleville", state: "LAO", identifiers: wikidata(900_000_004) },
    "place",
  ],
  recordMilestone: [
    { key: "example", label: "An example", on: "2001", identifiers: wikidata(900_000_005), cite },
    "milestone",
  ],
  recordAgreement: [
    { key: "example", name: "Pact", kind: "OTHER", parties: ["LAO"], identifiers: wikidata(900_000_006), cite },
    "agreement",
  ],
  recordActivity: [
    { key: "example", name: "Drill", kind: "EXERCISE", parties: ["LAO"], identifiers: wikidata(900_000_007), cite },
    "activity",
  ],
  recordVisit: [{ key: "example", person: "pat-example", identifiers: wikidata(900_000_008), cite }, "visit"],
} as const;

describe("identifiers", () => {
  let seeded: Seeded;
  let editor: Editor;
  beforeAll(async () => {
    seeded = await openSeeded(["reference", "report"]);
    editor = editorOf(seeded.database);
    const payload = await editor.act("addDocument", {
      ...source,
      doi: "10.1234/Abc",
      identifiers: wikidata(900_000_009),
    });
    expect(payload.userErrors).toEqual([]);
  });
  afterAll(() => Promise.all([seeded.close(), removeFolders()]));

  const identified = async (scheme: string, value: string) =>
    (
      await seeded.ask<{ identified: { __typename: string; id: string }[] }>(
        `query ($value: String!) { identified(scheme: ${scheme}, value: $value) { __typename id } }`,
        { value },
      )
    ).identified;

  it.each(Object.entries(records))("are recorded by %s, looked up and searched", async (name, [input, field]) => {
    const payload = await editor.act<Record<string, { id: string; identifiers: object[] }>>(
      name,
      input,
      `${field} { id __typename identifiers { scheme value url } }`,
    );
    expect(payload.userErrors).toEqual([]);
    const [{ value }] = input.identifiers as { value: string }[] as [{ value: string }];
    const record = payload[field];
    expect(record?.identifiers).toEqual([
      { scheme: "WIKIDATA", value, url: `http://www.wikidata.org/entity/${value}` },
    ]);
    expect(await identified("WIKIDATA", value)).toMatchObject([{ id: record?.id }]);
    const { search } = await seeded.ask<{ search: { nodes: { match: { id: string } }[] } }>(
      "query ($query: String!) { search(query: $query, first: 3) { nodes { match { ... on Node { id } } } } }",
      { query: value },
    );
    expect(search.nodes.map(({ match }) => match.id)).toContain(record?.id);
  });

  it("of documents include the DOI, in which case does not matter", async () => {
    const [document] = await identified("DOI", "10.1234/aBC");
    expect(await identified("WIKIDATA", "Q900000009")).toEqual([document]);
    const { node } = await seeded.ask<{ node: object }>(
      `{ node(id: "${document?.id ?? ""}") { ... on Document { identifiers { scheme value url } } } }`,
    );
    expect(node).toEqual({
      identifiers: [
        { scheme: "DOI", value: "10.1234/Abc", url: "https://doi.org/10.1234/Abc" },
        { scheme: "WIKIDATA", value: "Q900000009", url: "http://www.wikidata.org/entity/Q900000009" },
      ],
    });
  });

  it("of parties are looked up in their tables, also as of a moment", async () => {
    const { party } = await seeded.ask<{ party: { id: string } }>(`{ party(code: "WIKIDATA:Q668") { id } }`);
    expect(await identified("WIKIDATA", "Q668")).toEqual([{ __typename: "State", id: party.id }]);
    expect(await identified("COW", "750")).toEqual([{ __typename: "State", id: party.id }]);
    expect(await identified("WIKIDATA", "Q1 OR true")).toEqual([]);
    const then = `{ identified(scheme: WIKIDATA, value: "Q668", knownAt: "2001-01-01T00:00:00Z") { id } }`;
    expect(await seeded.ask(then)).toEqual({ identified: [] });
  });

  it("may be several of one scheme, and name the person elsewhere", async () => {
    const viaf = (value: string) => ({ scheme: "VIAF", value });
    const [input] = records.recordPerson;
    const corrected = {
      slug: "sam-example",
      name: "Sam Sample",
      identifiers: [viaf("11"), viaf("12")],
      cite: input.cite,
    };
    expect((await editor.act("recordPerson", corrected)).userErrors).toEqual([]);
    expect(await identified("VIAF", "11")).toEqual(await identified("VIAF", "12"));
  });

  it("in a wrong form or of a scheme for other records are faults", async () => {
    const act = async (scheme: string, value: string) =>
      editor.act("recordPerson", { slug: "jo-example", name: "Jo Sample", identifiers: [{ scheme, value }], cite });
    expect(faultsOf(await act("WIKIDATA", "668"))).toEqual(["INVALID input.identifiers.0"]);
    expect(faultsOf(await act("UNTS", "I-1"))).toEqual(["INVALID input.identifiers.0"]);
  });

  it("in common are evidence of a duplicate", async () => {
    const identifiers = wikidata(900_000_001);
    const other = { slug: "other-example", name: "Nobody Similar", identifiers, cite, acknowledge: [] };
    const payload = await editor.act("recordPerson", other);
    expect(payload.userErrors).toMatchObject([{ code: "LIKELY_DUPLICATE" }]);
    expect(payload.userErrors[0]?.message).toContain("Same identifier (WIKIDATA:Q900000001)");
  });

  it("stand in exported packs", async () => {
    const folder = join(await temporaryFolder(), "pack");
    await exportPack(seeded.database, folder);
    expect(await readFile(join(folder, "forums.yaml"), "utf8")).toContain("WIKIDATA:Q900000003");
  });

  it("have the schemes of the schema", async () => {
    const { type } = await seeded.ask<{ type: { enumValues: { name: string }[] } }>(
      `{ type: __type(name: "IdentifierScheme") { enumValues { name } } }`,
    );
    expect(type.enumValues.map(({ name }) => name)).toEqual(Object.keys(identifierSchemes));
  });
});
