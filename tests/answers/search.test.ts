import { createHash } from "node:crypto";
import fc from "fast-check";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createAsker } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { rowsIn } from "../support/rows.js";
import { seededServers, type Seeded } from "../support/seeded.js";

interface Hit {
  readonly kind: string;
  readonly quality: string;
  readonly didYouMean: string | null;
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
        didYouMean
        snippet
        snippetStart
        highlights { start end }
        match {
          ... on Person { name: slug }
          ... on State { name: code }
          ... on Organization { name: code }
          ... on Forum { name: slug }
          ... on Meeting { name: slug }
          ... on Place { name: key }
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
  readonly pageInfo: {
    readonly hasNextPage: boolean;
    readonly hasPreviousPage: boolean;
    readonly startCursor: string | null;
    readonly endCursor: string | null;
  };
  readonly nodes: readonly Hit[];
}

/**
 * Typical searches with the expected first hit: its kind, its name (slug, code, or the beginning of a title or text),
 * and its quality.
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
  // A name in another form comes before texts that have its stem.
  ["Mohammed", "PERSON", "mohamed-khaled-nordin", "WORDS"],
  ["Mohammed Khaled", "PERSON", "mohamed-khaled-nordin", "WORDS"],
  ["Austins", "PERSON", "lloyd-austin", "WORDS"],
  ["Dimitri Medvedev", "PERSON", "dmitry-medvedev", "RESEMBLANCE"],
  ["Chansamon Chanyalat", "PERSON", "chansamone-chanyalath", "WORDS"],
  // Typing slips.
  ["Rajnat Sing", "PERSON", "rajnath-singh", "WORDS"],
  ["Rajnaht Sinhg", "PERSON", "rajnath-singh", "RESEMBLANCE"],
  ["Pete Hegset", "PERSON", "pete-hegseth", "BEGINNING"],
  ["Loyd Austn", "PERSON", "lloyd-austin", "RESEMBLANCE"],
  ["Hishamudin Husein", "PERSON", "hishammuddin-hussein", "RESEMBLANCE"],
  ["Vientinae", "PLACE", "LAO/vientiane", "RESEMBLANCE"],
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

  const find = async (variables: Readonly<Record<string, unknown>>): Promise<Found> =>
    (await seeded.ask<{ search: Found }>(everything, { first: 50, ...variables })).search;

  it.each(relevance)("%s finds %s %s first, by its %s", async (query, kind, name, quality) => {
    const [best] = (await find({ query, first: 5 })).nodes;
    expect(best && { kind: best.kind, name: nameOf(best), quality: best.quality }).toEqual({
      kind,
      name: expect.stringMatching(new RegExp(`^${name}`)) as string,
      quality,
    });
  });

  it("marks the words that were found, in code points of what is shown", async () => {
    const marked = async (query: string, kinds?: readonly string[]) => {
      const [best] = (await find({ query, kinds, first: 1 })).nodes;
      const points = [...(best?.snippet ?? "")];
      return best && { ...best, marked: best.highlights.map(({ start, end }) => points.slice(start, end).join("")) };
    };
    expect(await marked("nakatani gen")).toMatchObject({
      snippet: "Nakatani Gen",
      marked: ["Nakatani", "Gen"],
      snippetStart: null,
    });
    // The name by which it was found, with its accents.
    expect(await marked("phan văn giang")).toMatchObject({ marked: ["Phan", "Van", "Giang"] });
    expect(await marked("viet nam")).toMatchObject({ snippet: "Viet Nam", marked: ["Viet", "Nam"] });
    expect(await marked("Burma")).toMatchObject({ snippet: "Burma", marked: ["Burma"], match: { name: "MMR" } });
    // Resembling words are marked in the spelling of the text.
    expect(await marked("Vientinae", ["MEETING"])).toMatchObject({ marked: ["Vientiane"] });
    // The place, where the title does not name it.
    expect(await marked("qingdao sco", ["MEETING"])).toMatchObject({ marked: ["SCO", "Qingdao"] });
    expect(await marked("menafn", ["DOCUMENT"])).toMatchObject({ snippetStart: null, marked: ["MENAFN"] });
  });

  it("shows of a text the sentence with most of the words, and where it stands", async () => {
    const { document } = await seeded.ask<{ document: { id: string; text: string } }>(
      `{ document(id: "doc_qcotwrr32o2rdgjz") { id text } }`,
    );
    const sentence =
      "Both sides agreed to work together towards a roadmap for rebuilding mutual trust and understanding.";
    const [text] = (await find({ query: "roadmap trust", kinds: ["DOCUMENT"] })).nodes;
    expect(text).toMatchObject({ snippet: sentence, quality: "TEXT" });
    expect(
      [...document.text]
        .slice(text?.snippetStart ?? 0)
        .join("")
        .startsWith(sentence),
    ).toBe(true);
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
      match: {
        document: { title: "Defence Minister Rajnath Singh meets Chinese counterpart Dong Jun in Vientiane" },
        subject: { __typename: "Commitment" },
      },
    });
    const places = nodes.map(({ match }) => JSON.stringify(match.passage));
    expect(new Set(places).size).toBe(places.length);
  });

  it("finds only the kinds that are asked for, in their order where they are equally good", async () => {
    const kindsOf = async (query: string, kinds?: readonly string[]) => [
      ...new Set((await find({ query, kinds })).nodes.map(({ kind }) => kind)),
    ];
    expect(await kindsOf("asean")).toEqual(["ORGANIZATION", "FORUM", "MEETING", "COMMITMENT", "DOCUMENT"]);
    expect(await kindsOf("asean", ["FORUM"])).toEqual(["FORUM"]);
    expect(await kindsOf("asean", ["MEETING", "ORGANIZATION"])).toEqual(["ORGANIZATION", "MEETING"]);
    expect(await kindsOf("asean", [])).toEqual([]);
    // A similar name is found even if the words occur in a title.
    expect(await kindsOf("Mohammed Khaled", ["PERSON"])).toEqual(["PERSON"]);
    expect((await find({ query: "Mohammed Khaled" })).nodes.map(({ kind }) => kind)).toEqual(["PERSON", "DOCUMENT"]);
  });

  it("proposes the words that may have been meant, where nothing has those that were asked for", async () => {
    const meant = async (query: string) => {
      const { nodes } = await find({ query, first: 5 });
      for (const { quality, didYouMean } of nodes)
        expect(typeof didYouMean, query).toBe(quality === "RESEMBLANCE" ? "string" : "object");
      return nodes[0]?.didYouMean ?? null;
    };
    expect(await meant("Rajnaht Sinhg")).toBe("Rajnath Singh");
    expect(await meant("loyd austn")).toBe("Lloyd Austin");
    expect(await meant("Muhammad Khalid Nordin")).toBe("Mohamed Khaled Nordin");
    expect(await meant("Vientinae")).toBe("Vientiane");
    expect(await meant("Philipines")).toBe("Philippines");
    // Words that are right stay as they were typed.
    expect(await meant("meeting in Vientinae")).toBe("meeting in Vientiane");
    for (const query of ["Rajnath Singh", "rajn", "zzzzqqq", ""]) expect(await meant(query), query).toBeNull();
  });

  it("is in one order, whichever way and however far it is paged", async () => {
    const query = "india";
    const whole = await find({ query, first: 100 });
    expect(whole.totalCount).toBeGreaterThan(40);
    expect(whole.nodes).toHaveLength(Math.min(100, whole.totalCount));
    const forward: Hit[] = [];
    for (let after: string | null = null; ;) {
      const page: Found = await find({ query, first: 17, after });
      forward.push(...page.nodes);
      expect(page.totalCount).toBe(whole.totalCount);
      if (!page.pageInfo.hasNextPage) break;
      after = page.pageInfo.endCursor;
    }
    expect(forward).toHaveLength(whole.totalCount);
    expect(forward.slice(0, 100)).toEqual(whole.nodes);
    const backward: Hit[] = [];
    for (let before: string | null = null; ;) {
      const page: Found = await find({ query, first: undefined, last: 17, before });
      backward.unshift(...page.nodes);
      if (!page.pageInfo.hasPreviousPage) break;
      before = page.pageInfo.startCursor;
    }
    expect(backward).toEqual(forward);
    const qualities = ["NAME", "BEGINNING", "WORDS", "TEXT"];
    const ranks = forward.map(({ quality }) => qualities.indexOf(quality));
    expect(ranks).toEqual([...ranks].sort());
  });

  it("finds nothing for an empty search and unknown words, and finds symbols", async () => {
    for (const query of ["", "   ", "…", "%", "_", "'", "\\", "😀", "\ud800", "zzzzqqq", "&|!:*()"])
      expect(await find({ query }), JSON.stringify(query)).toMatchObject({ totalCount: 0, nodes: [] });
    expect((await find({ query: "100% 'Rajnath' \\ _Singh_:*" })).nodes[0]).toMatchObject({
      quality: "PART",
      match: { name: "rajnath-singh" },
    });
    expect((await find({ query: "'Rajnath' & !_Singh_:*" })).nodes[0]).toMatchObject({
      match: { name: "rajnath-singh" },
    });
  });

  it("refuses what is longer than it looks for, and says how long it may be", async () => {
    const letters = "abcdefghijklmnopqrstu";
    expect((await seeded.answer(everything, { query: "x".repeat(201) })).errors[0]?.message).toBe(
      'Argument "query": must have at most 200 characters, but has 201.',
    );
    expect((await seeded.answer(everything, { query: [...letters].join(" ") })).errors[0]?.message).toBe(
      'Argument "query": must have at most 20 different words, but has 21.',
    );
    expect((await find({ query: [...letters].slice(0, 20).join(" ") })).nodes).toEqual([]);
    expect((await find({ query: "singh ".repeat(33) })).nodes[0]).toMatchObject({ match: { name: "rajnath-singh" } });
  });
});

describe("search in random records", () => {
  // As they are written, and as they are compared: by hand. None has an English ending, so that stems are the words themselves.
  const words: readonly (readonly [written: string, compared: string])[] = [
    ["Văn", "van"],
    ["VAN", "van"],
    ["Vanda", "vanda"],
    ["Đặng", "dang"],
    ["dang", "dang"],
    ["Søren", "soren"],
    ["SOREN", "soren"],
    ["Müller", "muller"],
    ["Ürümqi", "urumqi"],
    ["urumchi", "urumchi"],
    ["Ангар", "ангар"],
    ["ангара", "ангара"],
    ["Kraków", "krakow"],
    ["Kra", "kra"],
    ["Łódź", "lodz"],
  ];
  const comparedOf = new Map(words);
  const someWord = fc.constantFrom(...words.map(([written]) => written));
  const text = (most: number) =>
    fc
      .array(someWord, { minLength: 1, maxLength: most })
      .chain((all) => fc.constantFrom(" ", ", ", "-").map((gap) => all.join(gap)));
  const maybe = (most: number) => fc.option(text(most), { nil: null });
  const someRecord = fc.record({
    persons: fc.array(fc.record({ name: text(3), variant: maybe(3) }), { maxLength: 3 }),
    states: fc.array(fc.record({ name: text(2), officialName: maybe(3) }), { maxLength: 2 }),
    forums: fc.array(fc.record({ name: text(3), acronym: maybe(1) }), { maxLength: 2 }),
    meetings: fc.array(fc.record({ title: text(4) }), { maxLength: 3 }),
    statements: fc.array(fc.record({ text: text(5), topic: text(1) }), { maxLength: 2 }),
    documents: fc.array(fc.record({ title: text(3), publisher: text(1), text: maybe(5) }), { maxLength: 2 }),
  });
  type Some = typeof someRecord extends fc.Arbitrary<infer T> ? T : never;
  /** A question of whole words and beginnings of words, in any case. */
  const someQuestion = fc.array(
    fc
      .record({ word: someWord, letters: fc.constantFrom(3, 4, 99), isLoud: fc.boolean() })
      .map(({ word, letters, isLoud }) => {
        const begun = [...word].slice(0, letters).join("");
        return {
          typed: isLoud ? begun.toUpperCase() : begun,
          compared: [...(comparedOf.get(word) ?? "")].slice(0, letters).join(""),
        };
      }),
    { minLength: 1, maxLength: 3 },
  );
  type Asked = readonly { readonly typed: string; readonly compared: string }[];

  const codeOf = (at: number) => `QQ${"AB"[at] ?? ""}`;
  const compared = (written: string): string[] =>
    written.split(/[ ,-]+/).map((word) => comparedOf.get(word) ?? word.toLowerCase());
  const begins = (asked: readonly string[]) => (words: readonly string[]) =>
    asked.every((word) => words.some((other) => other.startsWith(word)));

  /** The records that a look at every text finds. Names are also found by their letters without spaces, from any word on. */
  function naively(record: Some, typed: Asked): string[] {
    const asked = typed.map(({ compared: word }) => word);
    const has = begins(asked);
    const found = new Set<string>();
    const named = (key: string, names: readonly (readonly string[])[]): void => {
      const isJoined = names.some((words) =>
        words.some((_, from) => words.slice(from).join("").startsWith(asked.join(""))),
      );
      if (isJoined || has(names.flat())) found.add(key);
    };
    const written = (key: string, words: readonly string[]): void => {
      if (has(words)) found.add(key);
    };
    const all = (...texts: readonly (string | null)[]) =>
      texts.flatMap((text) => (text === null ? [] : [compared(text)]));
    record.persons.forEach(({ name, variant }, at) => {
      named(`PERSON person-${String(at)}`, all(name, variant));
    });
    record.states.forEach(({ name, officialName }, at) => {
      named(`STATE ${codeOf(at)}`, all(name, officialName, codeOf(at)));
    });
    record.forums.forEach(({ name, acronym }, at) => {
      named(`FORUM forum-${String(at)}`, all(acronym, name, `forum-${String(at)}`));
    });
    record.meetings.forEach(({ title }, at) => {
      written(`MEETING meeting-${String(at)}`, compared(title));
    });
    record.statements.forEach((said, at) => {
      const words = [...compared(said.text), ...compared(said.topic), "statement", String(at)];
      written(`STATEMENT Statement ${String(at)}: ${said.text}`, words);
    });
    record.documents.forEach(({ title, publisher, text }, at) => {
      written(`DOCUMENT document-${String(at)}`, all(title, publisher, text).flat());
      if (text !== null) written(`PASSAGE document-${String(at)}`, compared(text));
    });
    return [...found].sort();
  }

  const question = /* GraphQL */ `
    query Search($query: String!) {
      search(query: $query, first: 100) {
        totalCount
        nodes {
          kind
          quality
          match {
            ... on Person { name: slug }
            ... on State { name: code }
            ... on Forum { name: slug }
            ... on Meeting { name: slug }
            ... on Statement { name: text }
            ... on Document { name: key }
            ... on Citation { document { key } }
          }
        }
      }
    }
  `;
  interface Named {
    readonly search: {
      readonly totalCount: number;
      readonly nodes: readonly {
        readonly kind: string;
        readonly quality: string;
        readonly match: { readonly name?: string; readonly document?: { readonly key: string } };
      }[];
    };
  }

  it("finds what a look at every text finds, and similar words only without it", async () => {
    const database = await anyDatabase();
    const rows = rowsIn(database);
    const { ask } = createAsker(database);
    const typed = [...comparedOf.values()].flatMap((word) => [3, 4, 99].map((letters) => word.slice(0, letters)));
    const stems = await database.pool.query<{ stem: string[] }>(
      `select ts_lexize('english_stem', w) as stem from unnest($1::text[]) with ordinality as t(w, at) order by at`,
      [typed],
    );
    expect(stems.rows.flatMap(({ stem }) => stem)).toEqual(typed);
    const id = (prefix: string, at: number) => `${prefix}_${String(at).repeat(16)}`;

    const setUp = async (record: Some): Promise<void> => {
      await rows.empty();
      for (const [at, { name, variant }] of record.persons.entries()) {
        await rows.insert("Person", { id: id("per", at), slug: `person-${String(at)}`, name });
        if (variant !== null)
          await rows.insert("PersonName", { personId: id("per", at), text: variant, kind: "ALIAS" });
      }
      for (const [at, { name, officialName }] of record.states.entries())
        await rows.insert("Party", { id: id("sta", at), kind: "STATE", code: codeOf(at), name, officialName });
      for (const [at, { name, acronym }] of record.forums.entries())
        await rows.insert("Forum", { id: id("frm", at), slug: `forum-${String(at)}`, name, acronym });
      await rows.state("ZZZ");
      for (const [at, { title }] of record.meetings.entries()) {
        await rows.insert("Meeting", {
          id: id("mtg", at),
          slug: `meeting-${String(at)}`,
          title,
          kind: "BILATERAL",
        });
      }
      await rows.insert("Meeting", { id: id("mtg", 9), slug: "elsewhere", title: "999", kind: "BILATERAL" });
      for (const [at, said] of record.statements.entries()) {
        await rows.insert("Statement", {
          id: id("stm", at),
          key: `statement-${String(at)}`,
          partyId: rows.ids.party("ZZZ"),
          meetingId: id("mtg", 9),
          text: `Statement ${String(at)}: ${said.text}`,
          isVerbatim: true,
          topics: [said.topic],
          position: at,
        });
      }
      for (const [at, { title, publisher, text }] of record.documents.entries()) {
        await rows.insert("Document", {
          id: id("doc", at),
          key: `document-${String(at)}`,
          kind: "NEWS_REPORT",
          title,
          publisher,
          language: "en",
          url: "https://example.org/",
          text,
          sha256: text === null ? null : createHash("sha256").update(text).digest("hex"),
        });
        // The whole text is quoted, twice.
        for (const of of text === null ? [] : ["a", "b"]) {
          await rows.insert("Citation", {
            id: `cit_${of}${String(at).repeat(15)}`,
            key: `${of}${String(at)}`,
            documentId: id("doc", at),
            meetingId: id("mtg", 9),
            quote: text,
            start: 0,
            end: [...(text ?? "")].length,
          });
        }
      }
    };

    const seen = new Set<string>();
    await fc.assert(
      fc.asyncProperty(
        someRecord,
        fc.array(someQuestion, { minLength: 6, maxLength: 6 }),
        async (record, questions) => {
          await setUp(record);
          for (const asked of questions) {
            const { search } = await ask<Named>(question, { query: asked.map(({ typed }) => typed).join(" ") });
            const lines = search.nodes.map(({ kind, match }) => [kind, match.name ?? match.document?.key].join(" "));
            expect(lines).toHaveLength(search.totalCount);
            const expected = naively(record, asked);
            // Similar spellings, and records with some of the words, are found only if nothing has all words.
            const areExact = search.nodes.every(({ quality }) => !["RESEMBLANCE", "PART"].includes(quality));
            expect(areExact ? [...lines].sort() : [], JSON.stringify(asked)).toEqual(expected);
            search.nodes.forEach(({ kind, quality }) => seen.add(kind).add(quality));
          }
        },
      ),
      { numRuns: 15 },
    );
    expect([...seen]).toEqual(
      expect.arrayContaining([
        ...["PERSON", "STATE", "FORUM", "MEETING", "STATEMENT", "DOCUMENT", "PASSAGE"],
        ...["NAME", "BEGINNING", "WORDS", "TEXT"],
      ]),
    );
    await database.close();
  });
});
