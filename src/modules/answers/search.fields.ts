import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import { mapLeaf, type Traced } from "../../reading/inputs.js";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { searchedKinds } from "../kinds.js";
import { byId } from "../orders.js";

type SearchArguments = Traced<GQL.QuerySearchArgs>;

/** Maximum length of a search, in characters. */
const longestQuery = 200;
/** Each word is looked for by itself, in several indexes. */
const mostWords = 20;

/** The names of the ranks of hits, from 0. */
const qualities = ["NAME", "BEGINNING", "WORDS", "TEXT", "RESEMBLANCE"] as const satisfies readonly GQL.SearchQuality[];

/** The words to look for, where they are few enough. */
function checked(query: string): string {
  if (query.length > longestQuery)
    throw inputError({
      argument: "query",
      problem: `must have at most ${longestQuery} characters, but has ${query.length}.`,
    });
  const words = new Set(query.toLowerCase().match(/[\p{L}\p{N}\p{M}]+/gu)).size;
  if (words > mostWords)
    throw inputError({
      argument: "query",
      problem: `must have at most ${mostWords} different words, but has ${words}.`,
    });
  return query;
}

/** The hits, joined with the query. The function resolves the tables in the current read view. */
function found({ query, kinds: wanted }: SearchArguments): Sql {
  const among = searchedKinds.filter((kind) => !wanted || wanted.some((one) => one === kind));
  const asked = parameter(mapLeaf(query, checked), "text");
  return sql`(select f.*, ${asked} as "asked" from search."found"(${asked}, array[${sql.join(among.map(literal))}]::text[]) as f)`;
}

/** The types of search results. */
export const searchTypes = [
  objectType<GQL.SearchResult>()("SearchResult", null, {}, (from) => {
    const shown = (row: { col(name: string): Sql }) =>
      sql`search."shown"(${row.col("id")}, ${row.col("kind")}, ${row.col("text")}, ${row.col("terms")})`;
    return {
      kind: from.expression(({ row }) => row.col("kind")),
      quality: from.expression(({ row }) => sql`(array[${sql.join(qualities.map(literal))}])[${row.col("rank")} + 1]`),
      didYouMean: from.expression(
        ({ row }) =>
          sql`case when ${row.col("rank")} = ${sql.lit(qualities.indexOf("RESEMBLANCE"))} then search."meant"(${row.col("asked")}, (${shown(row)})."words", ${row.col("terms")}) end`,
      ),
      snippet: from.expression(({ row }) => sql`(${shown(row)})."words"`),
      snippetStart: from.expression(({ row }) => sql`(${shown(row)})."start"`),
      highlights: from.list("SearchHighlight", {
        from: ({ row }) => sql`(select * from search."marks"((${shown(row)})."words", ${row.col("terms")}))`,
        where: () => sql`true`,
        order: ({ target }) => [target.col("start")],
      }),
      match: from.byId("SearchMatch", ({ row }) => row.col("id")),
    };
  }),
  objectType<GQL.SearchHighlight>()("SearchHighlight", null, {}, (from) => ({
    start: from.expression(({ row }) => row.col("start")),
    end: from.expression(({ row }) => row.col("end")),
  })),
];

/** The root field for searching. */
export const searchRoots = objectType<Pick<GQL.Query, "search">>()("Query", null, {}, (from) => ({
  search: from.connection<"SearchResult", SearchArguments>("SearchResult", {
    from: ({ args }) => found(args),
    isOnce: true,
    order: ({ target }) => ({
      name: "relevance",
      terms: [
        { by: target.col("rank"), type: "int", direction: "ASC" },
        { by: target.col("place"), type: "int", direction: "ASC" },
        { by: sql`${target.col("sort")} collate "C"`, type: "text", direction: "ASC" },
        byId(target.col("id")),
      ],
    }),
  }),
}));
