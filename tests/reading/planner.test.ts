import { describe, expect, it } from "vitest";
import { createBench } from "./library.js";

describe("a plan", () => {
  it("is one statement for a root field, whatever is selected below", async () => {
    const bench = createBench();
    await bench.plan(
      `{ books { nodes { title author { name books(first: 2) { totalCount nodes { author { name } } } } } totalCount pageInfo { hasNextPage } } }`,
    );
    expect(bench.sent).toHaveLength(1);
  });

  it("is the same text for other values, and the values are each request's own", async () => {
    const bench = createBench({ namedStatements: true });
    const document = `query Q($titles: [String!], $after: Day, $first: Int) { books(first: $first, filter: { titles: $titles, printed: { after: $after } }) { nodes { id } } }`;
    const one = await bench.plan(document, { titles: ["Emma"], after: "1815-12-23", first: 5 });
    const other = await bench.plan(document, { titles: ["Ulysses", "Dubliners"], after: "1900-01-01", first: 5 });
    expect(other.text).toBe(one.text);
    expect(one.values).toEqual(expect.arrayContaining([["Emma"], "1815-12-23"]));
    expect(other.values).toEqual(expect.arrayContaining([["Ulysses", "Dubliners"], "1900-01-01"]));
    expect(one.text).not.toMatch(/Emma|1815/);
  });

  it("holds the size of its pages, so that Postgres knows it when it plans", async () => {
    const bench = createBench();
    const document = `query Q($first: Int, $titles: [String!]) { books(first: $first, filter: { titles: $titles }) { nodes { id } } }`;
    const texts: string[] = [];
    for (const first of [2, 3, 2]) texts.push((await bench.plan(document, { first, titles: ["Emma"] })).text);
    expect(texts[0]).toContain("limit 2");
    expect(texts[1]).toContain("limit 3");
    expect(texts[2]).toBe(texts[0]);
  });

  it("is another text where something is not given, is null, or decides the shape", async () => {
    const bench = createBench();
    const document = `query Q($genres: [Genre!], $isBound: Boolean, $titles: [String!], $deep: Boolean = false) { books(filter: { genres: $genres, isBound: $isBound, titles: $titles }) { nodes { id author @include(if: $deep) { name } } } }`;
    const texts: string[] = [];
    for (const variables of [
      {},
      { titles: ["a"] },
      { genres: ["NOVEL"] },
      { genres: ["NOVEL", "POEM"] },
      { isBound: true },
      { deep: true },
    ]) {
      texts.push((await bench.plan(document, variables)).text);
    }
    expect(new Set(texts).size).toBe(texts.length);
    // Null arguments add no condition.
    expect((await bench.plan(document, { titles: null, genres: null, isBound: false })).text).toBe(texts[0]);
  });

  it("is named by its text, and only where statements may be kept", async () => {
    const document = `{ book(title: "Emma") { title } }`;
    const [often, never] = [createBench({ namedStatements: true }), createBench()];
    // A statement that runs once or twice is not worth the memory on every connection.
    for (const times of [1, 2]) expect(await often.plan(document), String(times)).not.toHaveProperty("name");
    const named = await often.plan(document);
    expect(named.name).toMatch(/^s[\w-]{27}$/);
    expect((await often.plan(document)).name).toBe(named.name);
    for (const times of [1, 2, 3]) expect(await never.plan(document), String(times)).not.toHaveProperty("name");
  });

  it("never carries what a client sent in its text, be it a literal, an alias of a list or a default", async () => {
    const bench = createBench();
    const { text, values } = await bench.plan(
      `query Q($other: String! = "o'ther") { books(filter: { titles: ["lit'eral", $other] }) { nodes { id } } }`,
    );
    expect(text).not.toMatch(/lit'|o'ther/);
    expect(values).toContainEqual(["lit'eral", "o'ther"]);
  });

  it("reads nothing that is skipped, and counts only if asked", async () => {
    const bench = createBench();
    const document = `query Q($counts: Boolean!) { books { nodes { id title @skip(if: true) } totalCount @include(if: $counts) ...Deep @skip(if: true) } } fragment Deep on BookConnection { nodes { author { name } } }`;
    const plain = await bench.plan(document, { counts: false });
    expect(plain.text).not.toMatch(/count\(|"title"|"Author"/);
    expect((await bench.plan(document, { counts: true })).text).toMatch(/count\(/);
  });

  it("reads one row more than the page only to know whether more follows", async () => {
    const bench = createBench();
    expect((await bench.plan(`{ books(first: 4) { nodes { id } } }`)).text).toContain("limit 4");
    expect((await bench.plan(`{ books(first: 4) { nodes { id } pageInfo { hasNextPage } } }`)).text).toContain(
      "limit 5",
    );
    expect((await bench.plan(`{ books { nodes { id } } }`)).text).toContain("limit 3");
  });

  it("holds once what several types are asked alike and what needs no more than their id", async () => {
    const times = (text: string, part: string) => text.split(part).length - 1;
    const { text } = await createBench().plan(`{ work(id: "map_1") { id traces(first: 2) { nodes { left } } } }`);
    expect(times(text, '"Trace"')).toBe(1);
    expect(times(text, '"Map"')).toBe(1);
    // However deep: a statement grows by the same at each level.
    const nested = await createBench().plan(
      `{ work(id: "map_1") { traces { nodes { of { traces { nodes { of { traces { nodes { left } } } } } } } } } }`,
    );
    expect(times(nested.text, '"Trace"')).toBe(3);
  });

  it("holds twice what two types are asked differently", async () => {
    const document = `{ work(id: "map_1") { ... on Map { traces(first: 1) { nodes { left } } } ... on Book { traces(first: 2) { nodes { left } } } } }`;
    const { text } = await createBench().plan(document);
    expect(text.split('"Trace"').length - 1).toBe(2);
    expect(text).toContain("limit 1");
    expect(text).toContain("limit 2");
  });

  it("names a type or field without a declaration", async () => {
    await expect(createBench().plan(`{ undeclared { id } }`)).rejects.toThrow(
      "Query.undeclared is not declared for reading",
    );
  });
});

describe("invalid arguments", () => {
  it.each([
    [`{ books(first: 0) { totalCount } }`, {}, "first"],
    [`{ books(first: 11) { totalCount } }`, {}, "first"],
    [`query Q($n: Int) { books(last: $n) { nodes { id } } }`, { n: -1 }, "last"],
    [`{ books(first: 1, last: 1) { nodes { id } } }`, {}, "last"],
    [`{ books(last: 1, after: "x") { nodes { id } } }`, {}, "after"],
    [`{ books(before: "x") { nodes { id } } }`, {}, "before"],
    [`query Q($after: String) { books(after: $after) { nodes { id } } }`, { after: "x" }, "after"],
    [`query Q($title: String!) { book(title: $title) { id } }`, { title: "a\0b" }, "title"],
    [
      `query Q($titles: [String!]) { books(filter: { titles: $titles }) { nodes { id } } }`,
      { titles: ["a", "\0"] },
      "filter.titles",
    ],
    [`{ books { nodes { author { books(first: 99) { nodes { id } } } } } }`, {}, "first"],
  ])("%s %j is refused before anything is sent", async (document, variables, argument) => {
    const bench = createBench();
    await expect(bench.plan(document, variables)).rejects.toMatchObject({
      extensions: { code: "BAD_USER_INPUT", argument },
    });
    expect(bench.sent).toEqual([]);
    const { data, errors } = await bench.execute(document, null, variables);
    expect(errors).toHaveLength(1);
    expect(errors?.[0]).toMatchObject({ extensions: { code: "BAD_USER_INPUT", argument } });
    expect(errors?.[0]?.locations?.length, "the place in the document").toBeGreaterThan(0);
    expect(Object.values(data ?? {}).every((value) => value === null)).toBe(true);
    expect(bench.sent).toEqual([]);
  });
});

describe("an answer", () => {
  it("is what Postgres wrote, letter by letter, where nothing is left to do", async () => {
    const written = `{"title" : "Emma", "extra": 1}`;
    expect(await createBench().answer(`{ book(title: "Emma") { title } }`, written)).toBe(written);
  });

  it("of an object that was not found is null", async () => {
    expect(await createBench().answer(`{ book(title: "x") { title } }`, "null")).toBe("null");
    expect(await createBench().answer(`{ work(id: "x") { title } }`, "null")).toBe("null");
    expect((await createBench().execute(`{ book(title: "x") { title } }`, "null")).data).toEqual({ book: null });
  });

  it("takes from the request what no database holds", async () => {
    expect(await createBench().answer(`{ motto }`, "null")).toBe(`"read"`);
    expect(await createBench().execute(`{ motto again: motto }`, "null")).toEqual({
      data: { motto: "read", again: "read" },
    });
  });

  it("tells types apart for an executor, and keeps the name from a client who did not ask for it", async () => {
    const document = `{ work(id: "map_1") { title ... on Map { scale } } }`;
    const tree = `{"__typename":"Map","title":"Asia","scale":5}`;
    expect((await createBench().execute(document, tree)).data).toEqual({ work: { title: "Asia", scale: 5 } });
    const { text } = await createBench().plan(document);
    expect(text).not.toContain("__typename");
    expect((await createBench().plan(`{ work(id: "map_1") { __typename } }`)).text).toContain("__typename");
  });

  it("finishes each type in its own way, and takes out the name that this needs", async () => {
    const document = `{ node(id: "aut_1") { ... on Author { name books(first: 1) { pageInfo { hasNextPage } nodes { id } } } ... on Map { title } } }`;
    expect(JSON.parse(await createBench().answer(document, `{"__typename":"Map","title":"Asia"}`))).toEqual({
      title: "Asia",
    });
  });

  it("does not hide that something is missing which the schema promises", async () => {
    const document = `{ book(title: "Emma") { shelf { row } } }`;
    await expect(createBench().answer(document, `{"shelf":null}`)).rejects.toThrow("Book.shelf");
    const { errors } = await createBench().execute(document, `{"shelf":null}`);
    expect(errors?.[0]?.path).toEqual(["book"]);
  });
});
