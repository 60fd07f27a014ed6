import { sql } from "kysely";
import type * as GQL from "../generated/schema.types.js";
import { inputError } from "../lib/errors.js";
import { mapLeaf, type Leaf } from "../reading/inputs.js";
import { literal, parameter, type Sql } from "../reading/sql.js";
import { objectType } from "./declare.js";
import { isTopic, topics } from "./topics.js";

/** That a topic is among those of a row; an unknown one is an error of the request. */
export function isAbout(column: Sql, topic: Leaf<string> | null | undefined): Sql | undefined {
  if (topic === null || topic === undefined) return undefined;
  return sql`${column} @> array[${parameter(mapLeaf(topic, checked), "text")}]::text[]`;
}

function checked(key: string): string {
  if (isTopic(key)) return key;
  const known = topics.map((topic) => topic.key).join(", ");
  throw inputError({
    argument: "filter.topic",
    problem: `has to be a topic, and ${JSON.stringify(key)} is none. Topics: ${known}.`,
  });
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
