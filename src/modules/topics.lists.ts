import { sql } from "kysely";
import type * as GQL from "../generated/schema.types.js";
import { inputError } from "../lib/errors.js";
import { mapLeaf, type Leaf } from "../reading/inputs.js";
import { literal, parameter, type Sql } from "../reading/sql.js";
import { objectType } from "./declare.js";
import { isTopic, topics } from "./topics.js";

type Keys = Leaf<readonly string[]> | null | undefined;

/** That all of some topics are among those of a row; an unknown one is an error of the request. */
export function areAbout(column: Sql, keys: Keys): Sql | undefined {
  if (keys === null || keys === undefined) return undefined;
  return sql`${column} @> ${parameter(mapLeaf(keys, checked), "text[]")}`;
}

/** The same of a row whose topics may be in the words of its source: "Maritime security" is `maritime-security`. */
export function areAboutInWords(column: Sql, keys: Keys): Sql | undefined {
  if (keys === null || keys === undefined) return undefined;
  const isNamed = sql`exists (select 1 from unnest(${column}) as w("word") where "fold"(w."word") = "fold"(k."key"))`;
  return sql`not exists (select 1 from unnest(${parameter(mapLeaf(keys, checked), "text[]")}) as k("key") where not ${isNamed})`;
}

function checked(keys: readonly string[]): readonly string[] {
  for (const key of keys) {
    if (isTopic(key)) continue;
    const known = topics.map((topic) => topic.key).join(", ");
    throw inputError({
      argument: "filter.topics",
      problem: `has to hold topics, and ${JSON.stringify(key)} is none. Topics: ${known}.`,
    });
  }
  return keys;
}

const rows = sql.join(
  topics.map(
    ({ key, name, description }, place) =>
      sql`(${sql.lit(place)}, ${literal(key)}, ${literal(name)}, ${literal(description)})`,
  ),
);

/** The types of topics. */
export const topicTypes = [
  objectType<GQL.Topic>()("Topic", null, {}, (from) => ({
    key: from.expression<string>(({ row }) => row.col("key")),
    name: from.expression<string>(({ row }) => row.col("name")),
    description: from.expression<string>(({ row }) => row.col("description")),
  })),
];

/** The root field for topics. */
export const topicRoots = objectType<Pick<GQL.Query, "topics">>()("Query", null, {}, (from) => ({
  topics: from.list("Topic", {
    from: () => sql`(select * from (values ${rows}) as v("place", "key", "name", "description"))`,
    where: () => sql`true`,
    order: ({ target }) => [target.col("place")],
  }),
}));
