import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import { hasParties } from "../agreements/agreements.lists.js";
import type { Tables } from "../declare.js";
import { isNamed } from "../history/history.lists.js";
import { byNameOrDay } from "../orders.js";
import { areAbout } from "../topics.lists.js";

type ActivityRow = Row<Tables["Activity"]>;
type ActivityArguments = Traced<GQL.QueryActivitiesArgs>;

const forum = rowUnder<Tables["Forum"]>("f");
const country = rowUnder<Tables["Party"]>("c");
const agreement = rowUnder<Tables["Agreement"]>("g");

/** The first day that an activity can have begun on, or else the first that it can have ended on. */
export function firstDay(row: ActivityRow): Sql {
  return sql`coalesce(${row.col("fromEarliest")}, ${row.col("toEarliest")})`;
}

/** The conditions of an ActivityFilter. */
function activitiesMatching(row: ActivityRow, filter: ActivityArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { parties, during, series } = filter;
  return [
    parties ? hasParties(row.col("id"), { table: "ActivityParty", owner: "activityId" }, parties) : undefined,
    filter.kind ? sql`${row.col("kind")} = ${enumerated(filter.kind, "ActivityKind")}` : undefined,
    filter.status ? sql`${row.col("status")} = ${enumerated(filter.status, "ActivityStatus")}` : undefined,
    series ? sql`"fold"(${row.col("series")}) = "fold"(${parameter(series, "text")})` : undefined,
    filter.forum
      ? sql`${row.col("forumId")} in (select f."id" from "Forum" f where ${isNamed(forum, "slug", "Forum", filter.forum)})`
      : undefined,
    filter.agreement
      ? sql`${row.col("agreementId")} in (select g."id" from "Agreement" g where ${isNamed(agreement, "key", "Agreement", filter.agreement)})`
      : undefined,
    filter.country
      ? sql`${row.col("placeId")} in (select l."id" from "Place" l join "Party" c on c."id" = l."stateId" where ${isNamed(country, "code", "Party", filter.country)})`
      : undefined,
    during?.from
      ? sql`coalesce(${row.col("toLatest")}, ${row.col("fromLatest")}) >= ${parameter(during.from, "date")}`
      : undefined,
    during?.to ? sql`${firstDay(row)} <= ${parameter(during.to, "date")}` : undefined,
    areAbout(row.col("topics"), filter.topics),
  ];
}

/** A paged, filtered and ordered list of activities; of all activities, if no condition is given. */
export function activitiesOf<C>(
  where?: (context: RelationContext<C, Tables["Activity"], ActivityArguments>) => Sql,
): FieldDeclaration<C, never, ObjectShape<"ActivityConnection">> {
  return connection<"ActivityConnection", C, Tables["Activity"], ActivityArguments>("Activity", {
    where: (context) => [where?.(context), ...activitiesMatching(context.target, context.args.filter)],
    order: ({ target, args }) => byNameOrDay(target, firstDay(target), "date", args.orderBy),
  });
}

/** The activities of a party. */
export const activitiesOfParty = activitiesOf<Tables["Party"]>(
  ({ row, target }) =>
    sql`${target.col("id")} in (select x."activityId" from "ActivityParty" x where x."partyId" = ${row.col("id")})`,
);

/** The activities that are a forum's. */
export const activitiesOfForum = activitiesOf<Tables["Forum"]>(
  ({ row, target }) => sql`${target.col("forumId")} = ${row.col("id")}`,
);

/** The activities under an agreement. */
export const activitiesOfAgreement = activitiesOf<Tables["Agreement"]>(
  ({ row, target }) => sql`${target.col("agreementId")} = ${row.col("id")}`,
);
