import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import { mapLeaf, type Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { byId } from "../orders.js";

type SearchArguments = Traced<GQL.QuerySearchArgs>;

/** Longer questions are nobody's words; in characters. */
const longestQuery = 200;

/** Everything that can be found: what it is called, in short and by all its names, and words it can also be found by. */
const findable = sql`
  select e."id", e."name" as "label", e."name" || array(select n."text" from "PersonName" n where n."personId" = e."id") as "names", null as "words", 1 as "kind" from "Person" e
  union all
  select y."id", y."name", array[y."code", y."name", y."officialName"] || array(select n."text" from "PartyName" n where n."partyId" = y."id"), null, 2 from "Party" y
  union all
  select f."id", coalesce(f."acronym", f."name"), array[f."acronym", f."name", f."slug"] || array(select n."text" from "ForumName" n where n."forumId" = f."id"), null, 3 from "Forum" f
  union all
  select m."id", m."title", array[m."title"], l."city", 4 from "Meeting" m left join "Place" l on l."id" = m."placeId"
  union all
  select s."id", s."text", array[s."text"], array_to_string(s."topics", ' '), 5 from "Statement" s
  union all
  select d."id", d."title", array[d."title"], concat_ws(' ', d."publisher", d."agency"), 6 from "Document" d`;

/**
 * What holds all the words that are looked for, each as the beginning of one of its own words; best first. `offset 0`
 * keeps Postgres from folding the same text once more wherever it is used.
 */
function found({ query }: SearchArguments): Sql {
  const asked = mapLeaf(query, (text) => {
    if (text.length <= longestQuery) return text;
    throw inputError({ argument: "query", problem: `must have at most ${longestQuery} characters, but has ${text.length}.` });
  });
  return sql`(
    select x."id", x."label", x."kind",
      case when q."asked" = any(array(select "fold"(n) from unnest(x."names") as n)) then 0
        when starts_with("fold"(x."label"), q."asked") then 1
        when position(q."asked" in x."haystack") > 0 then 2 else 3 end as "rank"
    from (select f."asked", array(select distinct ' ' || w from regexp_split_to_table(f."asked", ' ') as w) as "beginnings"
        from (select "fold"(${parameter(asked, "text")}) as "asked" offset 0) as f offset 0) as q,
      (select i.*, ' ' || "fold"(concat_ws(' ', array_to_string(i."names", ' '), i."words")) as "haystack" from (${findable}) as i offset 0) as x
    where q."asked" <> '' and not exists (select 1 from unnest(q."beginnings") as w where position(w in x."haystack") = 0)
    offset 0)`;
}

/** What was found. */
export const searchTypes = [
  objectType<GQL.SearchResult>()("SearchResult", null, {}, (from) => ({
    snippet: from.expression(({ row }) => row.col("label")),
    match: from.byId("SearchMatch", ({ row }) => row.col("id")),
  })),
];

/** The root field for searching. */
export const searchRoots = objectType<Pick<GQL.Query, "search">>()("Query", null, {}, (from) => ({
  search: from.connection<"SearchResult", SearchArguments>("SearchResult", {
    from: ({ args }) => found(args),
    order: ({ target }) => ({
      name: "relevance",
      terms: [
        { by: target.col("rank"), type: "int", direction: "ASC" },
        { by: target.col("kind"), type: "int", direction: "ASC" },
        { by: sql`left("fold"(${target.col("label")}), 100) collate "C"`, type: "text", direction: "ASC" },
        byId(target.col("id")),
      ],
    }),
  }),
}));
