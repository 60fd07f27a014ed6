import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import { inLatin } from "../../lib/latin.js";
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

/** The names of the qualities of hits, from 0. */
const qualities = [
  "NAME",
  "BEGINNING",
  "WORDS",
  "TEXT",
  "RESEMBLANCE",
  "PART",
] as const satisfies readonly GQL.SearchQuality[];

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

/** The hits. The function resolves the tables in the current read view. */
function found({ query, kinds: wanted }: SearchArguments): Sql {
  const asked = parameter(mapLeaf(query, checked), "text");
  const latin = parameter(mapLeaf(query, inLatin), "text");
  return sql`search."found"(${asked}, ${kindsAmong(wanted)}, ${latin})`;
}

/** The kinds that are asked for, in their order; all if none are given. */
function kindsAmong(wanted: SearchArguments["kinds"]): Sql {
  const among = searchedKinds.filter((kind) => !wanted || wanted.some((one) => one === kind));
  return sql`array[${sql.join(among.map(literal))}]::text[]`;
}

/** The types of search results. */
export const searchTypes = [
  objectType<GQL.SearchResult>()("SearchResult", null, {}, (from) => {
    const shown = (row: { col(name: string): Sql }) =>
      sql`search."shown"(${row.col("id")}, ${row.col("kind")}, ${row.col("text")}, ${row.col("terms")})`;
    return {
      kind: from.expression(({ row }) => row.col("kind")),
      quality: from.expression(
        ({ row }) => sql`(array[${sql.join(qualities.map(literal))}])[${row.col("quality")} + 1]`,
      ),
      didYouMean: from.expression(({ row }) => row.col("meant")),
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
  objectType<GQL.Suggestion>()("Suggestion", null, {}, (from) => ({
    kind: from.expression(({ row }) => row.col("kind")),
    text: from.expression(({ row }) => row.col("text")),
    match: from.byId("SearchMatch", ({ row }) => sql`case when ${row.col("day")} is null then ${row.col("id")} end`),
  })),
  objectType<GQL.SearchHighlight>()("SearchHighlight", null, {}, (from) => ({
    start: from.expression(({ row }) => row.col("start")),
    end: from.expression(({ row }) => row.col("end")),
  })),
];

/** Maximum length of what is typed for suggestions, in characters. */
const longestPrefix = 100;

/** The text that is typed, if it is short enough. */
function checkedPrefix(prefix: string): string {
  if (prefix.length > longestPrefix)
    throw inputError({
      argument: "prefix",
      problem: `must have at most ${longestPrefix} characters, but has ${prefix.length}.`,
    });
  return prefix;
}

type SuggestionArguments = Traced<GQL.QuerySuggestionsArgs>;

/** The names and days that begin with what is typed. */
function suggested({ prefix, kinds: wanted }: SuggestionArguments): Sql {
  const typed = parameter(mapLeaf(prefix, checkedPrefix), "text");
  return sql`search."suggested"(${typed}, ${kindsAmong(wanted)}, ${parameter(mapLeaf(prefix, inLatin), "text")})`;
}

/** The root fields for searching. */
export const searchRoots = objectType<Pick<GQL.Query, "search" | "suggestions">>()("Query", null, {}, (from) => ({
  suggestions: from.connection<"Suggestion", SuggestionArguments>("Suggestion", {
    from: ({ args }) => suggested(args),
    isOnce: true,
    order: ({ target }) => ({
      name: "nearest",
      terms: [
        { by: target.col("rank"), type: "int", direction: "ASC" },
        { by: sql`search."placeOf"(${target.col("kind")})`, type: "int", direction: "ASC" },
        { by: sql`length(${target.col("text")})`, type: "int", direction: "ASC" },
        byId(target.col("id")),
      ],
    }),
  }),
  search: from.connection<"SearchResult", SearchArguments>("SearchResult", {
    from: ({ args }) => found(args),
    isOnce: true,
    order: ({ target }) => ({
      name: "relevance",
      terms: [
        { by: target.col("rank"), type: "int", direction: "ASC" },
        { by: sql`search."placeOf"(${target.col("kind")})`, type: "int", direction: "ASC" },
        { by: sql`${target.col("sort")} collate "C"`, type: "text", direction: "ASC" },
        byId(target.col("id")),
      ],
    }),
  }),
}));
