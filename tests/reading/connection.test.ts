import { describe, expect, it } from "vitest";
import { encodeCursor } from "../../src/lib/cursors.js";
import { createBench } from "./library.js";

/** A page as Postgres returns it: entries are arrays of the selected values, and the values of the cursor. */
const page = (rows: unknown[], more: Record<string, unknown> = {}) => JSON.stringify({ rows, ...more });
const everything = `totalCount pageInfo { hasNextPage hasPreviousPage startCursor endCursor } edges { cursor node { id } }`;
const entry = (id: string, pages: number) => [{ id }, [pages, id]];
const cursor = (id: string, pages: number) => encodeCursor("pages", [pages, id]);

describe("a connection", () => {
  it("cuts the row that was read only to know whether more follows", async () => {
    const json = page([entry("bok_1", 9), entry("bok_2", 8), entry("bok_3", 7)], { size: 2, total: 5 });
    expect(JSON.parse(await createBench().answer(`{ books(first: 2) { ${everything} } }`, json))).toEqual({
      totalCount: 5,
      pageInfo: {
        hasNextPage: true,
        hasPreviousPage: false,
        startCursor: cursor("bok_1", 9),
        endCursor: cursor("bok_2", 8),
      },
      edges: [
        { cursor: cursor("bok_1", 9), node: { id: "bok_1" } },
        { cursor: cursor("bok_2", 8), node: { id: "bok_2" } },
      ],
    });
  });

  it("turns a page that was read backwards round", async () => {
    const json = page([entry("bok_3", 7), entry("bok_2", 8), entry("bok_1", 9)], { size: 2, total: 5, opposite: true });
    const answer = JSON.parse(
      await createBench().answer(`{ books(last: 2, before: "${cursor("bok_4", 6)}") { ${everything} } }`, json),
    ) as {
      pageInfo: unknown;
      edges: { node: unknown }[];
    };
    expect(answer.edges.map(({ node }) => node)).toEqual([{ id: "bok_2" }, { id: "bok_3" }]);
    expect(answer.pageInfo).toEqual({
      hasNextPage: true,
      hasPreviousPage: true,
      startCursor: cursor("bok_2", 8),
      endCursor: cursor("bok_3", 7),
    });
  });

  it("says the same to an executor", async () => {
    const json = page([entry("bok_1", 9)], { size: 2, total: 1 });
    const document = `{ books(first: 2) { ${everything} } }`;
    const { data } = await createBench().execute(document, json);
    expect(data).toEqual({ books: JSON.parse(await createBench().answer(document, json)) as unknown });
  });

  it("reads backwards in the opposite order, with the cursor as values", async () => {
    const bench = createBench();
    const forward = await bench.plan(`{ books(first: 2) { nodes { id } } }`);
    const backward = await bench.plan(`query Q($before: String) { books(last: 2, before: $before) { nodes { id } } }`, {
      before: cursor("bok_4", 6),
    });
    expect(forward.text).toMatch(/"pages" desc, "t\d+"."id" asc/);
    expect(backward.text).toMatch(/"pages" asc, "t\d+"."id" desc/);
    expect(backward.values).toEqual(expect.arrayContaining([6, "bok_4"]));
    expect(backward.text).not.toContain("bok_4");
  });

  it("asks what comes before a page only where that is asked for", async () => {
    const bench = createBench();
    const document = (fields: string) => `query Q($after: String) { books(after: $after) { nodes { id } ${fields} } }`;
    const after = { after: cursor("bok_4", 6) };
    expect((await bench.plan(document(""), after)).text).not.toContain("exists");
    expect((await bench.plan(document("pageInfo { hasPreviousPage }"), after)).text).toContain("exists");
    expect(
      (await bench.plan(document("pageInfo { hasPreviousPage }"))).text,
      "the first page has none before it",
    ).not.toContain("exists");
  });
});
