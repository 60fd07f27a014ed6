import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { seededServers, type Seeded } from "../support/seeded.js";

interface Hit {
  readonly kind: string;
  readonly quality: string;
  readonly snippet: string;
  readonly snippetStart: number | null;
  readonly highlights: readonly { readonly start: number; readonly end: number }[];
  readonly match: {
    readonly name?: string;
    readonly title?: string;
    readonly text?: string;
    readonly passage?: { readonly quote: string; readonly start: number };
  };
}

const everything = /* GraphQL */ `
  query Search($query: String!, $kinds: [SearchKind!], $first: Int, $after: String, $last: Int, $before: String) {
    search(query: $query, kinds: $kinds, first: $first, after: $after, last: $last, before: $before) {
      totalCount
      pageInfo { hasNextPage hasPreviousPage startCursor endCursor }
      nodes {
        kind
        quality
        snippet
        snippetStart
        highlights { start end }
        match {
          ... on Person { name: slug }
          ... on State { name: code }
          ... on Organization { name: code }
          ... on Forum { name: slug }
          ... on Meeting { name: slug }
          ... on Document { title }
          ... on Statement { text }
          ... on Citation { passage { quote start } document { title } subject { __typename } }
        }
      }
    }
  }
`;

interface Found {
  readonly totalCount: number;
  readonly pageInfo: { readonly hasNextPage: boolean; readonly hasPreviousPage: boolean; readonly startCursor: string | null; readonly endCursor: string | null };
  readonly nodes: readonly Hit[];
}

/**
 * What people type, and what has to come first: its kind, its name (slug, code, or the beginning of a title or text), and
 * how well it fits.
 */
const relevance: readonly (readonly [query: string, kind: string, name: string, quality: string])[] = [
  // Names, whatever their case, accents, punctuation and order.
  ["Rajnath Singh", "PERSON", "rajnath-singh", "NAME"],
  ["SINGH rajnáth", "PERSON", "rajnath-singh", "NAME"],
  ["Gen Nakatani", "PERSON", "gen-nakatani", "NAME"],
  ["nakatani gen", "PERSON", "gen-nakatani", "NAME"],
  ["  NAKATANI   GEN ", "PERSON", "gen-nakatani", "NAME"],
  ["phan văn giang", "PERSON", "phan-van-giang", "NAME"],
  ["Giang Phan Van", "PERSON", "phan-van-giang", "NAME"],
  ["Yong-Hyun Kim", "PERSON", "kim-yong-hyun", "NAME"],
  ["kim yong hyun", "PERSON", "kim-yong-hyun", "NAME"],
  ["Prayut Chan o Cha", "PERSON", "prayut-chan-o-cha", "NAME"],
  ["jun dong", "PERSON", "dong-jun", "NAME"],
  ["eng hen ng", "PERSON", "ng-eng-hen", "NAME"],
  // Beginnings and parts of names, as one types.
  ["rajn", "PERSON", "rajnath-singh", "BEGINNING"],
  ["lloyd au", "PERSON", "lloyd-austin", "BEGINNING"],
  ["austin lloyd j", "PERSON", "lloyd-austin", "NAME"],
  ["koizumi", "PERSON", "shinjiro-koizumi", "WORDS"],
  ["wechaya", "PERSON", "phumtham-wechayachai", "WORDS"],
  // Transliterations: those on record, and those that sound alike.
  ["Sergey Shoigu", "PERSON", "sergei-shoigu", "NAME"],
  ["Sergei Shoygu", "PERSON", "sergei-shoigu", "RESEMBLANCE"],
  ["Andrej Beloussov", "PERSON", "andrey-belousov", "RESEMBLANCE"],
  ["Muhammad Khalid Nordin", "PERSON", "mohamed-khaled-nordin", "RESEMBLANCE"],
  ["Muhamad Khaled bin Nordin", "PERSON", "mohamed-khaled-nordin", "RESEMBLANCE"],
  ["Dimitri Medvedev", "PERSON", "dmitry-medvedev", "RESEMBLANCE"],
  ["Chansamon Chanyalat", "PERSON", "chansamone-chanyalath", "WORDS"],
  // Typing slips.
  ["Rajnat Sing", "PERSON", "rajnath-singh", "WORDS"],
  ["Rajnaht Sinhg", "PERSON", "rajnath-singh", "RESEMBLANCE"],
  ["Pete Hegset", "PERSON", "pete-hegseth", "BEGINNING"],
  ["Loyd Austn", "PERSON", "lloyd-austin", "RESEMBLANCE"],
  ["Hishamudin Husein", "PERSON", "hishammuddin-hussein", "RESEMBLANCE"],
  ["Vientinae", "MEETING", "2024-11-22-ind-phl-vientiane", "RESEMBLANCE"],
  ["Philipines", "STATE", "PHL", "RESEMBLANCE"],
  // States and organizations, by any name or code.
  ["india", "STATE", "IND", "NAME"],
  ["VNM", "STATE", "VNM", "NAME"],
  ["Việt Nam", "STATE", "VNM", "NAME"],
  ["Burma", "STATE", "MMR", "NAME"],
  ["lao pdr", "STATE", "LAO", "NAME"],
  ["U.S.", "STATE", "USA", "NAME"],
  ["korea republic", "STATE", "KOR", "WORDS"],
  ["people's republic china", "STATE", "CHN", "WORDS"],
  ["Shanghai Cooperation Organization", "ORGANIZATION", "SCO", "NAME"],
  // Forums.
  ["admm-plus", "FORUM", "admm-plus", "NAME"],
  ["ADMM Plus", "FORUM", "admm-plus", "NAME"],
  ["shangri-la dialogue", "FORUM", "shangri-la-dialogue", "NAME"],
  ["Shangrila Dialog", "FORUM", "shangri-la-dialogue", "RESEMBLANCE"],
  ["quadrilateral", "FORUM", "quad", "BEGINNING"],
  // Meetings: by title, in any inflection, and by place.
  ["india china qingdao", "MEETING", "2025-06-26-ind-chn-qingdao", "WORDS"],
  ["defence minister meeting qingdao", "MEETING", "2025-06-26-ind-chn-qingdao", "WORDS"],
  ["modi xi sidelines", "MEETING", "2024-10-23-ind-chn-kazan", "WORDS"],
  // Texts.
  ["cooperation rather than conflict", "STATEMENT", "We need to focus on cooperation", "TEXT"],
  ["confidence building de-escalation", "STATEMENT", "Stresses that the two sides need more trust", "TEXT"],
  ["lessons border clashes", "DOCUMENT", "Defence Minister Rajnath Singh meets Chinese counterpart Dong Jun", "TEXT"],
  ["arms sale to Taiwan", "DOCUMENT", "China refuses Austin meeting request", "WORDS"],
];

const nameOf = ({ match }: Hit): string => match.name ?? match.title ?? match.text ?? match.passage?.quote ?? "";

const servers = await seededServers(["report", "facts"]);

describe.each(servers.filter(({ skip }) => !skip))("search, on $name", ({ open }) => {
  let seeded: Seeded;
  beforeAll(async () => {
    seeded = await open();
  });
  afterAll(() => seeded.close());

  const find = async (variables: Readonly<Record<string, unknown>>): Promise<Found> => (await seeded.ask<{ search: Found }>(everything, { first: 50, ...variables })).search;

  it.each(relevance)("%s finds %s %s first, by its %s", async (query, kind, name, quality) => {
    const [best] = (await find({ query, first: 5 })).nodes;
    expect(best && { kind: best.kind, name: nameOf(best), quality: best.quality }).toEqual({ kind, name: expect.stringMatching(new RegExp(`^${name}`)) as string, quality });
  });

  it("marks the words that were found, in code points of what is shown", async () => {
    const marked = async (query: string, kinds?: readonly string[]) => {
      const [best] = (await find({ query, kinds, first: 1 })).nodes;
      const points = [...(best?.snippet ?? "")];
      return best && { ...best, marked: best.highlights.map(({ start, end }) => points.slice(start, end).join("")) };
    };
    expect(await marked("nakatani gen")).toMatchObject({ snippet: "Gen Nakatani", marked: ["Gen", "Nakatani"], snippetStart: null });
    // The name by which it was found, with its accents.
    expect(await marked("phan văn giang")).toMatchObject({ marked: ["Phan", "Van", "Giang"] });
    expect(await marked("viet nam")).toMatchObject({ snippet: "Viet Nam", marked: ["Viet", "Nam"] });
    expect(await marked("Burma")).toMatchObject({ snippet: "Burma", marked: ["Burma"], match: { name: "MMR" } });
    // What resembles is marked as it is written there.
    expect(await marked("Vientinae", ["MEETING"])).toMatchObject({ marked: ["Vientiane"] });
    // The place, where the title does not name it.
    expect(await marked("qingdao sco", ["MEETING"])).toMatchObject({ marked: ["SCO", "Qingdao"] });
    expect(await marked("menafn", ["DOCUMENT"])).toMatchObject({ snippetStart: null, marked: ["MENAFN"] });
  });

  it("shows of a text the sentence with most of the words, and where it stands", async () => {
    const { document } = await seeded.ask<{ document: { id: string; text: string } }>(`{ document(id: "doc_qcotwrr32o2rdgjz") { id text } }`);
    const sentence = "Both sides agreed to work together towards a roadmap for rebuilding mutual trust and understanding.";
    const [text] = (await find({ query: "roadmap trust", kinds: ["DOCUMENT"] })).nodes;
    expect(text).toMatchObject({ snippet: sentence, quality: "TEXT" });
    expect([...document.text].slice(text?.snippetStart ?? 0).join("").startsWith(sentence)).toBe(true);
    const points = [...sentence];
    expect(text?.highlights.map(({ start, end }) => points.slice(start, end).join(""))).toEqual(["roadmap", "trust"]);
  });

  it("leads from a passage to its document and to the record it speaks for, once however often it is quoted", async () => {
    const { nodes, totalCount } = await find({ query: "roadmap mutual trust", kinds: ["PASSAGE"] });
    expect(nodes).toHaveLength(totalCount);
    expect(nodes[0]).toMatchObject({
      kind: "PASSAGE",
      snippet: "Both sides agreed to work together towards a roadmap for rebuilding mutual trust and understanding.",
      snippetStart: 1412,
      match: { document: { title: "Defence Minister Rajnath Singh meets Chinese counterpart Dong Jun in Vientiane" }, subject: { __typename: "Commitment" } },
    });
    const places = nodes.map(({ match }) => JSON.stringify(match.passage));
    expect(new Set(places).size).toBe(places.length);
  });

  it("finds only the kinds that are asked for, in their order where they are equally good", async () => {
    const kindsOf = async (query: string, kinds?: readonly string[]) => [...new Set((await find({ query, kinds })).nodes.map(({ kind }) => kind))];
    expect(await kindsOf("asean")).toEqual(["ORGANIZATION", "FORUM", "MEETING", "DOCUMENT"]);
    expect(await kindsOf("asean", ["FORUM"])).toEqual(["FORUM"]);
    expect(await kindsOf("asean", ["MEETING", "ORGANIZATION"])).toEqual(["ORGANIZATION", "MEETING"]);
    expect(await kindsOf("asean", [])).toEqual([]);
    // What resembles a name is found although the words stand in a title.
    expect(await kindsOf("Mohammed Khaled", ["PERSON"])).toEqual(["PERSON"]);
    expect((await find({ query: "Mohammed Khaled" })).nodes.map(({ kind }) => kind)).toEqual(["DOCUMENT", "PERSON"]);
  });

  it("is in one order, whichever way and however far it is paged", async () => {
    const query = "india";
    const whole = await find({ query, first: 100 });
    expect(whole.totalCount).toBeGreaterThan(40);
    expect(whole.nodes).toHaveLength(Math.min(100, whole.totalCount));
    const forward: Hit[] = [];
    for (let after: string | null = null; ; ) {
      const page: Found = await find({ query, first: 17, after });
      forward.push(...page.nodes);
      expect(page.totalCount).toBe(whole.totalCount);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(forward).toHaveLength(whole.totalCount);
    expect(forward.slice(0, 100)).toEqual(whole.nodes);
    const backward: Hit[] = [];
    for (let before: string | null = null; ; ) {
      const page: Found = await find({ query, first: undefined, last: 17, before });
      backward.unshift(...page.nodes);
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(backward).toEqual(forward);
    const qualities = ["NAME", "BEGINNING", "WORDS", "TEXT", "RESEMBLANCE"];
    const ranks = forward.map(({ quality }) => qualities.indexOf(quality));
    expect(ranks).toEqual([...ranks].sort());
  });

  it("finds nothing for nothing and for words that nobody used, and what one says with symbols", async () => {
    for (const query of ["", "   ", "…", "%", "_", "'", "\\", "😀", "\ud800", "zzzzqqq", "&|!:*()"]) expect(await find({ query }), JSON.stringify(query)).toMatchObject({ totalCount: 0, nodes: [] });
    expect((await find({ query: "100% 'Rajnath' \\ _Singh_:*" })).nodes).toEqual([]);
    expect((await find({ query: "'Rajnath' & !_Singh_:*" })).nodes[0]).toMatchObject({ match: { name: "rajnath-singh" } });
  });

  it("refuses what is longer than it looks for, and says how long it may be", async () => {
    const letters = "abcdefghijklmnopqrstu";
    expect((await seeded.answer(everything, { query: "x".repeat(201) })).errors[0]?.message).toBe('Argument "query": must have at most 200 characters, but has 201.');
    expect((await seeded.answer(everything, { query: [...letters].join(" ") })).errors[0]?.message).toBe('Argument "query": must have at most 20 different words, but has 21.');
    expect((await find({ query: [...letters].slice(0, 20).join(" ") })).nodes).toEqual([]);
    expect((await find({ query: "singh ".repeat(33) })).nodes[0]).toMatchObject({ match: { name: "rajnath-singh" } });
  });
});
