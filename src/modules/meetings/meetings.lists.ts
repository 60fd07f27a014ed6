import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order } from "../../reading/connection.js";
import type { Row } from "../../reading/declarations.js";
import type { FieldDeclaration } from "../../reading/declarations.js";
import { connection, equals, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { alphabetical, byDay, byId } from "../orders.js";

export type MeetingRow = Row<Tables["Meeting"]>;
export type MeetingArguments = Traced<GQL.QueryMeetingsArgs>;

/** The last day that a meeting can have been on. */
export function lastDay(row: MeetingRow): Sql {
  return sql`coalesce(${row.col("endsOnLatest")}, ${row.col("onLatest")})`;
}

/** That all of the given parties or persons have a seat; an empty list asks for nothing. */
function allTakePart(row: MeetingRow, given: Leaf<readonly string[]>, who: "parties" | "persons"): Sql {
  const wanted = parameter(given, "text[]");
  const [table, column, name] = who === "parties" ? ["Party", "partyId", "code"] : ["Person", "personId", "slug"];
  const seat = sql`select p."meetingId" from "Participant" p join ${sql.table(table)} w on w."id" = p.${sql.id(column)} where w.${sql.id(name)} = any(${wanted})`;
  const distinct = sql`(select count(distinct g) from unnest(${wanted}) as g)`;
  return sql`(cardinality(${wanted}) = 0 or ${row.col("id")} in (${seat} group by p."meetingId" having count(distinct w.${sql.id(name)}) = ${distinct}))`;
}

/** The conditions of a MeetingFilter; what is not given asks for nothing. */
export function meetingConditions(row: MeetingRow, filter: MeetingArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const forumSessions = (slug: Leaf<string>) =>
    sql`(select s."id" from "Meeting" s join "Forum" f on f."id" = s."forumId" where f."slug" = ${parameter(slug, "text")})`;
  return [
    filter.parties ? allTakePart(row, filter.parties, "parties") : undefined,
    filter.persons ? allTakePart(row, filter.persons, "persons") : undefined,
    filter.forum
      ? sql`${row.col("forumId")} = (select f."id" from "Forum" f where f."slug" = ${parameter(filter.forum, "text")})`
      : undefined,
    filter.onSidelinesOf ? sql`${row.col("sidelinesOfId")} in ${forumSessions(filter.onSidelinesOf)}` : undefined,
    filter.kind ? sql`${row.col("kind")} = ${enumerated(filter.kind, "MeetingKind")}` : undefined,
    filter.format ? sql`${row.col("format")} = ${enumerated(filter.format, "MeetingFormat")}` : undefined,
    filter.status ? sql`${row.col("status")} = ${enumerated(filter.status, "MeetingStatus")}` : undefined,
    filter.during?.from ? sql`${lastDay(row)} >= ${parameter(filter.during.from, "date")}` : undefined,
    filter.during?.to ? sql`${row.col("onEarliest")} <= ${parameter(filter.during.to, "date")}` : undefined,
    filter.country
      ? sql`${row.col("placeId")} in (select l."id" from "Place" l join "Party" c on c."id" = l."stateId" where ${equals(sql.ref("c.code"), filter.country) as Sql})`
      : undefined,
  ];
}

/** The order a list of meetings is asked for in, latest first unless it says otherwise. */
export function meetingOrder(row: MeetingRow, orderBy: MeetingArguments["orderBy"]): Order {
  const direction = orderBy?.direction ?? "DESC";
  if (orderBy?.field === "TITLE") {
    return {
      name: `title ${direction}`,
      terms: [{ by: alphabetical(row.col("title")), type: "text", direction }, byId(row.col("id"), direction)],
    };
  }
  return { name: `date ${direction}`, terms: [byDay(row.col("onEarliest"), direction), byId(row.col("id"), direction)] };
}

/** A paged, filtered and ordered list of meetings. */
export function meetingsOf<C>(
  which: (context: RelationContext<C, Tables["Meeting"], MeetingArguments>) => Sql | undefined,
): FieldDeclaration<C, never, ObjectShape<"MeetingConnection">> {
  return connection<"MeetingConnection", C, Tables["Meeting"], MeetingArguments>("Meeting", {
    where: (context) => [which(context), ...meetingConditions(context.target, context.args.filter)],
    order: ({ target, args }) => meetingOrder(target, args.orderBy),
  }) as FieldDeclaration<C, never, ObjectShape<"MeetingConnection">>;
}
