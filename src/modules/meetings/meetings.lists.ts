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

/** The ids of the parties or persons that a filter names, each once; null where one of them is unknown, whom no meeting has. */
function idsOf(given: Leaf<readonly string[]>, who: keyof typeof takers): Sql {
  const { table, name } = takers[who];
  return sql`(select case when count(w."id") = count(*) then array_agg(w."id") end from unnest(${survivingKeys(table, given)}) as g("key")
    left join ${sql.table(table)} w on w.${sql.id(name)} = g."key")::text[]`;
}

/** Among so many names those with the fewest seats are looked for, counting so many seats of each. */
const mostCompared = 16;
const mostCounted = 1_000;

/** The ids of those of them who have the fewest seats, as far as these are counted. */
function rarestOf(given: Leaf<readonly string[]>, who: keyof typeof takers, most: 1 | 2): Sql {
  const seats = sql`select 1 from "Participant" p where p.${sql.id(takers[who].column)} = g."id" limit ${sql.lit(mostCounted)}`;
  const rarest = sql`array(select g."id" from unnest(i."ids"[:${sql.lit(mostCompared)}]) with ordinality as g("id", "place") order by (select count(*) from (${seats}) as few), g."place" limit ${sql.lit(most)})`;
  return sql`(select case when cardinality(i."ids") <= ${sql.lit(most)} then i."ids" when i."ids" is not null then ${rarest} end from (select ${idsOf(given, who)} as "ids" offset 0) as i)::text[]`;
}

/** That all of the given parties or persons have a seat at the meeting of an id, which takes as long for many of them as for few. */
function seatsAll(meetingId: Sql, given: Leaf<readonly string[]>, who: keyof typeof takers): Sql {
  const column = sql.id(takers[who].column);
  const wanted = idsOf(given, who);
  return sql`(select count(distinct p.${column}) from "Participant" p where p."meetingId" = ${meetingId} and p.${column} = any(${wanted})) = cardinality(${wanted})`;
}

/** The meetings at which those two of them have a seat who have the fewest. */
function attendedByRarest(given: Leaf<readonly string[]>, who: keyof typeof takers): Sql {
  const column = sql.id(takers[who].column);
  const rarest = rarestOf(given, who, 2);
  return sql`(select s."meetingId" from "Participant" s where s.${column} = any(${rarest}) group by s."meetingId" having count(distinct s.${column}) = cardinality(${rarest}))`;
}

/** That all of the given parties or persons have a seat, for a meeting found by a seat of one of them; an empty list asks for nothing. */
function allTakePart(row: MeetingRow, given: Leaf<readonly string[]>, who: keyof typeof takers): Sql | undefined {
  if (isEmpty(given)) return undefined;
  return sql`(cardinality(${idsOf(given, who)}) <= 2 or ${row.col("id")} in ${attendedByRarest(given, who)}) and ${seatsAll(row.col("id"), given, who)}`;
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

/** That all of the given parties or persons have a seat, for any meeting; an empty list asks for nothing. */
function attendedByAll(row: MeetingRow, given: Leaf<readonly string[]> | null | undefined, who: keyof typeof takers): Sql | undefined {
  if (!given || isEmpty(given)) return undefined;
  const wanted = idsOf(given, who);
  return sql`${wanted} is not null and ${row.col("id")} in ${attendedByRarest(given, who)} and (cardinality(${wanted}) <= 2 or ${seatsAll(row.col("id"), given, who)})`;
}

/** The conditions of a MeetingFilter, for callers that need all meetings in any order. */
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
 * A party or person with a seat at all meetings of a list: one in its filter, or the list's owner. None for lists that
 * are not sorted by day, because seats are.
 */
function seatHolder<C>(context: MeetingListContext<C>, of: MeetingsOf<C>): { readonly column: "partyId" | "personId"; readonly id: Sql } | undefined {
  if (!isByDay(context) || of.where) return undefined;
  const { row, args: { filter } } = context;
  for (const who of ["persons", "parties"] as const) {
    const given = filter?.[who];
    if (given && !isEmpty(given)) return { column: takers[who].column, id: sql`(${rarestOf(given, who, 1)})[1]` };
  }
  return of.seatsOf && { column: of.seatsOf, id: (row as unknown as Row<{ id: string }>).col("id") };
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
      of.seatsOf && isByDay(context) && isNarrowed(context) ? sitsAt(context, of.seatsOf) : undefined,
      // Seats know the days themselves.
      ...(seatHolder(context, of) ? meetingConditions(context.target, context.args.filter) : meetingsMatching(context.target, context.args.filter)),
    ],
    // To count all of them, each looked up on its own would take longer than all of them at once.
    counted: (context) =>
      isNarrowed(context) ? [of.where?.(context), of.seatsOf ? hasSeat(context, of.seatsOf) : undefined, ...meetingsMatching(context.target, context.args.filter)] : undefined,
    order: (context) =>
      meetingOrder(context.target, context.args.orderBy, seatHolder(context, of) ? seatOf(context.target) : undefined),
  });
}

/** Whether a filter names parties or persons. */
function isNarrowed<C>({ args: { filter } }: MeetingListContext<C>): boolean {
  return !isEmpty(filter?.parties) || !isEmpty(filter?.persons);
}

function isByDay<C>({ args: { orderBy } }: MeetingListContext<C>): boolean {
  return !orderBy || orderBy.field === "DATE";
}

function hasSeat<C>({ row, target }: MeetingListContext<C>, column: "partyId" | "personId"): Sql {
  const id = (row as unknown as Row<{ id: string }>).col("id");
  return sql`${target.col("id")} in (select p."meetingId" from "Participant" p where p.${sql.id(column)} = ${id})`;
}

/** The same for a meeting that has been found by another seat. */
function sitsAt<C>({ row, target }: MeetingListContext<C>, column: "partyId" | "personId"): Sql {
  const id = (row as unknown as Row<{ id: string }>).col("id");
  return sql`exists (select 1 from "Participant" p where p."meetingId" = ${target.col("id")} and p.${sql.id(column)} = ${id})`;
}
