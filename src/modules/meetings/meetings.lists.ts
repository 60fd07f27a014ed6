import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order, Through } from "../../reading/connection.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isNamed, survivingKey, survivingKeys } from "../history/history.lists.js";
import { alphabetical, byDay, byId } from "../orders.js";

export type MeetingRow = Row<Tables["Meeting"]>;
export type MeetingArguments = Traced<GQL.QueryMeetingsArgs>;

/** The last day that a meeting can have been on. */
export function lastDay(row: MeetingRow): Sql {
  return sql`coalesce(${row.col("endsOnLatest")}, ${row.col("onLatest")})`;
}

/** Days between the first and the last day that a meeting can have been on; the most of all meetings, from an index. */
export const longestSpan = sql`(select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0) from "Meeting" x)`;

/**
 * That days overlap a range. Beside the condition itself stand bounds on the expression that the indexes are ordered
 * by: nothing that overlaps begins after the range, or before it by more than the longest meeting lasts.
 */
export function overlaps(earliest: Sql, latest: Sql, during: { readonly from?: Leaf<string> | null | undefined; readonly to?: Leaf<string> | null | undefined } | null | undefined): readonly (Sql | undefined)[] {
  const indexed = byDay(earliest, "ASC").by;
  const from = during?.from ? parameter(during.from, "date") : undefined;
  const to = during?.to ? parameter(during.to, "date") : undefined;
  return [
    from && sql`${latest} >= ${from} and ${indexed} >= ${from} - ${longestSpan}`,
    to && sql`${earliest} <= ${to} and ${indexed} <= ${to}`,
  ];
}

const takers = {
  parties: { table: "Party", column: "partyId", name: "code" },
  persons: { table: "Person", column: "personId", name: "slug" },
} as const;

/** The id of the first of the parties or persons that a filter names, in a row of its own; unknown names have none. */
export function firstOf(given: Leaf<readonly string[]>, who: keyof typeof takers): Sql {
  const { table, name } = takers[who];
  return sql`(select w."id" from ${sql.table(table)} w where w.${sql.id(name)} = ${survivingKey(table, sql`(${parameter(given, "text[]")})[1]`)})`;
}

/** That all of the given parties or persons have a seat; an empty list asks for nothing. */
function allTakePart(row: MeetingRow, given: Leaf<readonly string[]>, who: keyof typeof takers): Sql | undefined {
  if (isEmpty(given)) return undefined;
  const { table, column, name } = takers[who];
  const seat = sql`select 1 from "Participant" p join ${sql.table(table)} w on w."id" = p.${sql.id(column)} where p."meetingId" = ${row.col("id")} and w.${sql.id(name)} = g`;
  return sql`not exists (select 1 from unnest(${survivingKeys(table, given)}) as g where not exists (${seat}))`;
}

const forum = rowUnder<Tables["Forum"]>("f");
const country = rowUnder<Tables["Party"]>("c");

function isEmpty(given: Leaf<readonly string[]> | null | undefined): boolean {
  return !given || (Array.isArray(given) && given.length === 0);
}

/** The conditions of a MeetingFilter; what is not given asks for nothing. */
function meetingConditions(row: MeetingRow, filter: MeetingArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const forumOf = (slug: Leaf<string>) => sql`(select f."id" from "Forum" f where ${isNamed(forum, "slug", "Forum", slug)})`;
  return [
    filter.parties ? allTakePart(row, filter.parties, "parties") : undefined,
    filter.persons ? allTakePart(row, filter.persons, "persons") : undefined,
    filter.forum ? sql`${row.col("forumId")} = ${forumOf(filter.forum)}` : undefined,
    filter.onSidelinesOf ? sql`${row.col("sidelinesOfId")} in (select s."id" from "Meeting" s where s."forumId" = ${forumOf(filter.onSidelinesOf)})` : undefined,
    filter.kind ? sql`${row.col("kind")} = ${enumerated(filter.kind, "MeetingKind")}` : undefined,
    filter.format ? sql`${row.col("format")} = ${enumerated(filter.format, "MeetingFormat")}` : undefined,
    filter.status ? sql`${row.col("status")} = ${enumerated(filter.status, "MeetingStatus")}` : undefined,
    filter.country
      ? sql`${row.col("placeId")} in (select l."id" from "Place" l join "Party" c on c."id" = l."stateId" where ${isNamed(country, "code", "Party", filter.country)})`
      : undefined,
  ];
}

/** That all of the given parties or persons have a seat, found from their seats; an empty list asks for nothing. */
function attendedByAll(row: MeetingRow, given: Leaf<readonly string[]> | null | undefined, who: keyof typeof takers): Sql | undefined {
  if (!given || isEmpty(given)) return undefined;
  const { table, column, name } = takers[who];
  const wanted = survivingKeys(table, given);
  return sql`${row.col("id")} in (select p."meetingId" from "Participant" p join ${sql.table(table)} w on w."id" = p.${sql.id(column)} where w.${sql.id(name)} = any(${wanted})
    group by p."meetingId" having count(distinct w."id") = cardinality(${wanted}))`;
}

/** The conditions of a MeetingFilter for whoever wants all of its meetings, in no order. */
export function meetingsMatching(row: MeetingRow, filter: MeetingArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { parties, persons, ...others } = filter;
  return [
    attendedByAll(row, parties, "parties"),
    attendedByAll(row, persons, "persons"),
    ...meetingConditions(row, others),
    ...overlaps(row.col("onEarliest"), lastDay(row), filter.during),
  ];
}

/**
 * The order a list of meetings is asked for in, latest first unless it says otherwise.
 * @param seat the seat through which the meetings are found, if they are.
 */
export function meetingOrder(row: MeetingRow, orderBy: MeetingArguments["orderBy"], seat?: SeatRow): Order {
  const direction = orderBy?.direction ?? "DESC";
  if (orderBy?.field === "TITLE") {
    return {
      name: `title ${direction}`,
      terms: [{ by: alphabetical(row.col("title")), type: "text", direction }, byId(row.col("id"), direction)],
    };
  }
  const day = byDay(row.col("onEarliest"), direction);
  const id = byId(row.col("id"), direction);
  const terms = seat
    ? [{ ...day, seek: byDay(seat.col("meetingEarliest"), direction).by }, { ...id, seek: seat.col("meetingId") }]
    : [day, id];
  return { name: `date ${direction}`, terms };
}

type SeatRow = Row<Tables["Participant"]>;

/** The seat under the alias of its own that every list of meetings may be found through. */
function seatOf(meeting: MeetingRow): SeatRow {
  return rowUnder(`${meeting.alias}_seat`);
}

type MeetingListContext<C> = RelationContext<C, Tables["Meeting"], MeetingArguments>;

/**
 * Who has a seat at all of the meetings of a list: what the list belongs to, or the first that its filter names. Nobody
 * for lists in another order than that of days, because seats are in that one.
 */
function seatHolder<C>(context: MeetingListContext<C>, of: MeetingsOf<C>): { readonly column: "partyId" | "personId"; readonly id: Sql } | undefined {
  if (!isByDay(context)) return undefined;
  const { row, args: { filter } } = context;
  if (of.seatsOf) return { column: of.seatsOf, id: (row as unknown as Row<{ id: string }>).col("id") };
  if (of.where) return undefined;
  for (const who of ["persons", "parties"] as const) {
    const given = filter?.[who];
    if (given && !isEmpty(given)) return { column: takers[who].column, id: firstOf(given, who) };
  }
  return undefined;
}

function findThroughSeats<C>(context: MeetingListContext<C>, of: MeetingsOf<C>): Through | undefined {
  const holder = seatHolder(context, of);
  if (!holder) return undefined;
  const seat = seatOf(context.target);
  const during = context.args.filter?.during;
  return {
    table: sql`"Participant" as ${sql.ref(seat.alias)}`,
    where: [
      sql`${seat.col(holder.column)} = ${holder.id}`,
      ...overlaps(seat.col("meetingEarliest"), seat.col("meetingLatest"), during),
    ],
    key: seat.col("meetingId"),
  };
}

/** Which meetings a list holds: those at which the row's party or person has a seat, or those a condition chooses. */
export interface MeetingsOf<C> {
  readonly seatsOf?: "partyId" | "personId";
  readonly where?: (context: MeetingListContext<C>) => Sql;
}

/** A paged, filtered and ordered list of meetings; of all meetings, if nothing else is said. */
export function meetingsOf<C>(of: MeetingsOf<C> = {}): FieldDeclaration<C, never, ObjectShape<"MeetingConnection">> {
  return connection<"MeetingConnection", C, Tables["Meeting"], MeetingArguments>("Meeting", {
    through: (context) => findThroughSeats(context, of),
    where: (context) => [
      of.where?.(context),
      of.seatsOf && !isByDay(context) ? hasSeat(context, of.seatsOf) : undefined,
      ...meetingConditions(context.target, context.args.filter),
      ...(seatHolder(context, of) ? [] : daysOverlap(context)), // seats know the days themselves
    ],
    order: (context) =>
      meetingOrder(context.target, context.args.orderBy, seatHolder(context, of) ? seatOf(context.target) : undefined),
  });
}

function daysOverlap<C>({ target, args }: MeetingListContext<C>): readonly (Sql | undefined)[] {
  return overlaps(target.col("onEarliest"), lastDay(target), args.filter?.during);
}

function isByDay<C>({ args: { orderBy } }: MeetingListContext<C>): boolean {
  return !orderBy || orderBy.field === "DATE";
}

function hasSeat<C>({ row, target }: MeetingListContext<C>, column: "partyId" | "personId"): Sql {
  const id = (row as unknown as Row<{ id: string }>).col("id");
  return sql`${target.col("id")} in (select p."meetingId" from "Participant" p where p.${sql.id(column)} = ${id})`;
}
