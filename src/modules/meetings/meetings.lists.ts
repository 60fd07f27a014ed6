import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order, Through } from "../../reading/connection.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape, type RelationContext } from "../../reading/fields.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import type { Named } from "../../reading/names.js";
import { all, enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isNamed, survivingKey, survivingKeys } from "../history/history.lists.js";
import * as named from "../history/named.lists.js";
import { alphabetical, byDay, byId } from "../orders.js";
import { areAbout } from "../topics.lists.js";

export type MeetingRow = Row<Tables["Meeting"]>;
export type MeetingArguments = Traced<GQL.QueryMeetingsArgs>;

/** The last day that a meeting can have been on. */
export function lastDay(row: MeetingRow): Sql {
  return sql`coalesce(${row.col("endsOnLatest")}, ${row.col("onLatest")})`;
}

/** That it is the sitting of a forum in which two parties are two of many, which is no meeting of the two. */
export function isOfMany(row: MeetingRow): Sql {
  const forumKind = sql`(select f."kind"::text from "Forum" f where f."id" = ${row.col("forumId")})`;
  return sql`(${row.col("kind")} in ('SESSION', 'MULTILATERAL') and derived."isOfMany"(${row.col("kind")}::text, ${row.col("forumId")}, ${forumKind}))`;
}

/** Days between the first and the last day that a meeting can have been on; the most of all meetings, from an index. */
export const longestSpan = sql`(select coalesce(max(coalesce(x."endsOnLatest", x."onLatest") - x."onEarliest"), 0) from "Meeting" x)`;

/**
 * That days overlap a range. Beside the condition itself stand bounds on the expression that the indexes are ordered
 * by: nothing that overlaps begins after the range, or before it by more than the longest meeting lasts.
 */
export function overlaps(
  earliest: Sql,
  latest: Sql,
  during:
    | { readonly from?: Leaf<string> | null | undefined; readonly to?: Leaf<string> | null | undefined }
    | null
    | undefined,
): readonly (Sql | undefined)[] {
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
type Takers = keyof typeof takers;

/** The id of the first of the parties or persons that a filter names, in a row of its own; unknown names have none. */
export function firstOf(given: Leaf<readonly string[]>, who: Takers): Sql {
  const { table, name } = takers[who];
  return sql`(select w."id" from ${sql.table(table)} w where w.${sql.id(name)} = ${survivingKey(table, sql`(${parameter(given, "text[]")})[1]`)})`;
}

/** The ids of the parties or persons that a filter names, each once; null where one of them is unknown, whom no meeting has. */
function idsOf(given: Leaf<readonly string[]>, who: Takers): Sql {
  const { table, name } = takers[who];
  return sql`(select case when count(w."id") = count(*) then array_agg(w."id") end from unnest(${survivingKeys(table, given)}) as g("key")
    left join ${sql.table(table)} w on w.${sql.id(name)} = g."key")::text[]`;
}

/** Among so many names those with the fewest seats are looked for, counting so many seats of each. */
const mostCompared = 16;
const mostCounted = 1_000;

/**
 * The ids of the two of them who have the fewest seats, as far as these are counted; null if one of them is unknown.
 * @param own the id of a party or person that takes part beside them.
 */
function rarestOf(given: Leaf<readonly string[]>, who: Takers, own?: Sql): Sql {
  const seats = sql`select 1 from "Participant" p where p.${sql.id(takers[who].column)} = g."id" limit ${sql.lit(mostCounted)}`;
  const compared = sql`i."ids"[:${sql.lit(mostCompared)}]`;
  const rarest = sql`array(select g."id" from unnest(${own ? sql`array_append(${compared}, ${own})` : compared}) with ordinality as g("id", "place") order by (select count(*) from (${seats}) as few), g."place" limit 2)`;
  const few = own ? sql`` : sql`when cardinality(i."ids") <= 2 then i."ids" `;
  return sql`(select case ${few}when i."ids" is not null then ${rarest} end from (select ${idsOf(given, who)} as "ids" offset 0) as i)::text[]`;
}

/** That all of the given parties or persons have a seat at the meeting of an id. Meetings with fewer seats than names are not searched for them. */
function seatsAll(meetingId: Sql, given: Leaf<readonly string[]>, who: Takers): Sql {
  const column = sql.id(takers[who].column);
  const wanted = idsOf(given, who);
  const count = (what: Sql, where = sql``) =>
    sql`(select count(${what}) from "Participant" p where p."meetingId" = ${meetingId}${where})`;
  return sql`case when ${count(sql`*`)} >= cardinality(${wanted}) then ${count(sql`distinct p.${column}`, sql` and p.${column} = any(${wanted})`)} = cardinality(${wanted}) else false end`;
}

/**
 * That the others of them have a seat as well, at a meeting where the rarest has one. All meetings of the second rarest are
 * looked up at once; they leave few of most, and seats are counted at those alone.
 */
function othersTakePart(meetingId: Sql, given: Leaf<readonly string[]>, who: Takers, own?: Sql): Sql {
  const column = sql.id(takers[who].column);
  const second = sql`${meetingId} in (select o."meetingId" from "Participant" o where o.${column} = (${rarestOf(given, who, own)})[2])`;
  const areSeated = seatsAll(meetingId, given, who);
  const number = sql`cardinality(${idsOf(given, who)})`;
  if (!own) return sql`case when ${number} < 2 or ${second} then ${number} <= 2 or ${areSeated} else false end`;
  const isOwn = sql`exists (select 1 from "Participant" p where p."meetingId" = ${meetingId} and p.${column} = ${own})`;
  return sql`case when ${second} then ${areSeated} and ${isOwn} else false end`;
}

/** That all of the given parties or persons have a seat, at any meeting; an empty list asks for nothing. Their meetings are looked up at once. */
function allTakePart(meetingId: Sql, given: Leaf<readonly string[]> | null | undefined, who: Takers): Sql | undefined {
  if (!given || isEmpty(given)) return undefined;
  const column = sql.id(takers[who].column);
  return sql`${meetingId} = any(array(select s."meetingId" from "Participant" s where s.${column} = (${rarestOf(given, who)})[1] and ${othersTakePart(sql.ref("s.meetingId"), given, who)}))`;
}

/** The same for meetings that are found by a seat, one after the other: whether each is among theirs. */
function isOfAll(meetingId: Sql, given: Leaf<readonly string[]> | null | undefined, who: Takers): Sql | undefined {
  if (!given || isEmpty(given)) return undefined;
  const column = sql.id(takers[who].column);
  // Postgres would otherwise join them, and sort what comes in order.
  return sql`coalesce(${meetingId} in (select s."meetingId" from "Participant" s where s.${column} = (${rarestOf(given, who)})[1] and ${othersTakePart(sql.ref("s.meetingId"), given, who)}), false)`;
}

/** The same, looked up meeting by meeting, for lists of few. */
function eachTakesPart(
  meetingId: Sql,
  given: Leaf<readonly string[]> | null | undefined,
  who: Takers,
): Sql | undefined {
  return !given || isEmpty(given) ? undefined : seatsAll(meetingId, given, who);
}

const forum = rowUnder<Tables["Forum"]>("f");
const country = rowUnder<Tables["Party"]>("c");

function isEmpty(given: Leaf<readonly string[]> | null | undefined): boolean {
  return !given || (Array.isArray(given) && given.length === 0);
}

type MeetingFilter = NonNullable<MeetingArguments["filter"]>;

/** A field of MeetingFilter. */
interface FilterRule<K extends keyof MeetingFilter> {
  /** The records that its values name, which responses report if they are unknown; null if they name none. */
  readonly names: Named | null;
  /** The condition for a given value; none for days, which seats know themselves. */
  readonly where?: (row: MeetingRow, value: NonNullable<MeetingFilter[K]>, filter: MeetingFilter) => Sql | undefined;
}

const forumOf = (slug: Leaf<string>): Sql =>
  sql`(select f."id" from "Forum" f where ${isNamed(forum, "slug", "Forum", slug)})`;

/** The fields of MeetingFilter. Parameters of exports and of the page of meetings follow from the contract. */
export const meetingFilters: { readonly [K in keyof Required<MeetingFilter>]: FilterRule<K> } = {
  parties: { names: named.party, where: (row, given) => allTakePart(row.col("id"), given, "parties") },
  persons: { names: named.person, where: (row, given) => allTakePart(row.col("id"), given, "persons") },
  forum: { names: named.forum, where: (row, slug) => sql`${row.col("forumId")} = ${forumOf(slug)}` },
  onSidelinesOf: {
    names: named.forum,
    where: (row, slug) =>
      sql`${row.col("sidelinesOfId")} in (select s."id" from "Meeting" s where s."forumId" = ${forumOf(slug)})`,
  },
  kind: { names: null, where: (row, kind) => sql`${row.col("kind")} = ${enumerated(kind, "MeetingKind")}` },
  format: { names: null, where: (row, format) => sql`${row.col("format")} = ${enumerated(format, "MeetingFormat")}` },
  status: { names: null, where: (row, status) => sql`${row.col("status")} = ${enumerated(status, "MeetingStatus")}` },
  during: { names: null },
  country: {
    names: named.party,
    where: (row, code) =>
      sql`${row.col("placeId")} in (select l."id" from "Place" l join "Party" c on c."id" = l."stateId" where ${isNamed(country, "code", "Party", code)})`,
  },
  topics: { names: null, where: (row, keys) => areAbout(row.col("topics"), keys) },
  office: { names: null, where: (row, _office, filter) => areRepresented(row.col("id"), filter) },
  rank: {
    names: null,
    where: (row, _rank, filter) => (filter.office ? undefined : areRepresented(row.col("id"), filter)),
  },
};

/** The conditions of a MeetingFilter but for its days; what is not given asks for nothing. */
function meetingConditions(row: MeetingRow, filter: MeetingArguments["filter"]): readonly (Sql | undefined)[] {
  return filter ? Object.keys(meetingFilters).map((name) => condition(row, filter, name as keyof MeetingFilter)) : [];
}

function condition<K extends keyof MeetingFilter>(row: MeetingRow, filter: MeetingFilter, name: K): Sql | undefined {
  const value = filter[name];
  const { where }: FilterRule<K> = meetingFilters[name];
  return value ? where?.(row, value, filter) : undefined;
}

/** That a holder of an office of a kind or rank takes part, or one for each of the parties of a filter. */
function areRepresented(
  meetingId: Sql,
  { office, rank, parties }: NonNullable<MeetingArguments["filter"]>,
): Sql | undefined {
  if (!office && !rank) return undefined;
  const isOfOffice = all([
    office && sql`o."kind" = ${enumerated(office, "OfficeKind")}`,
    rank && sql`derived."rankOf"(o."kind"::text) = ${literal(rank)}`,
  ]);
  const seat = (where: Sql) =>
    sql`select 1 from "Participant" s join "Office" o on o."id" = s."officeId" or o."id" in (select x."officeId" from "ParticipantOffice" x where x."participantId" = s."id") where s."meetingId" = ${meetingId} and s."attendance" is null and ${isOfOffice}${where}`;
  if (!parties || isEmpty(parties)) return sql`exists (${seat(sql``)})`;
  const represented = seat(sql` and s."partyId" = g."id"`);
  return sql`not exists (select 1 from unnest(${idsOf(parties, "parties")}) as g("id") where not exists (${represented}))`;
}

/** The conditions of a MeetingFilter. */
export function meetingsMatching(row: MeetingRow, filter: MeetingArguments["filter"]): readonly (Sql | undefined)[] {
  return filter
    ? [...meetingConditions(row, filter), ...overlaps(row.col("onEarliest"), lastDay(row), filter.during)]
    : [];
}

/** The characters of a title that lists are ordered by; an index has as many. */
const orderedBy = 200;

/** A title in the order of lists. Of some meetings it is not the expression of the index, because few of all that stand there may be wanted. */
function titleOf(row: MeetingRow, isOfSome: boolean): Sql {
  const title = sql`left(${row.col("title")}, ${sql.lit(orderedBy)})`;
  return alphabetical(isOfSome ? sql`(${title} || '')` : title);
}

/**
 * The order a list of meetings is asked for in, latest first unless it says otherwise.
 * @param isOfSome whether the list leaves out meetings of the record.
 * @param seat the seat through which the meetings are found, if they are.
 */
export function meetingOrder(
  row: MeetingRow,
  orderBy: MeetingArguments["orderBy"],
  isOfSome: boolean,
  seat?: SeatRow,
): Order {
  const direction = orderBy?.direction ?? "DESC";
  if (orderBy?.field === "TITLE") {
    return {
      name: `title ${direction}`,
      terms: [{ by: titleOf(row, isOfSome), type: "text", direction }, byId(row.col("id"), direction)],
    };
  }
  const day = byDay(row.col("onEarliest"), direction);
  const id = byId(row.col("id"), direction);
  const terms = seat
    ? [
        { ...day, seek: byDay(seat.col("meetingEarliest"), direction).by },
        { ...id, seek: seat.col("meetingId") },
      ]
    : [day, id];
  return { name: `date ${direction}`, terms };
}

type SeatRow = Row<Tables["Participant"]>;

/** The seat under the alias of its own that every list of meetings may be found through. */
function seatOf(meeting: MeetingRow): SeatRow {
  return rowUnder(`${meeting.alias}_seat`);
}

type MeetingListContext<C> = RelationContext<C, Tables["Meeting"], MeetingArguments>;

/** A party or person with a seat at all meetings of a list: the rarest in its filter, or the owner of the list. */
interface SeatHolder {
  readonly column: "partyId" | "personId";
  readonly id: Sql;
  /** The list of the filter that names it, and the condition that all others of the same kind have a seat, too. */
  readonly named?: { readonly list: Takers; readonly others: (meetingId: Sql) => Sql };
}

/** The holder of the seats through which a list is read. None for lists that are not sorted by day, because seats are. */
function seatHolder<C>(context: MeetingListContext<C>, of: MeetingsOf<C>): SeatHolder | undefined {
  if (!isByDay(context) || of.where) return undefined;
  const {
    args: { filter },
  } = context;
  const own = of.seatsOf && ownId(context);
  for (const list of ["persons", "parties"] as const) {
    const { column } = takers[list];
    const given = filter?.[list];
    // Persons have fewer seats than parties.
    if (of.seatsOf === "personId" && list === "parties") break;
    if (!given || isEmpty(given)) continue;
    const beside = of.seatsOf === column ? own : undefined;
    return {
      column,
      id: sql`(${rarestOf(given, list, beside)})[1]`,
      named: { list, others: (meetingId) => othersTakePart(meetingId, given, list, beside) },
    };
  }
  return own && of.seatsOf && { column: of.seatsOf, id: own };
}

const ownId = <C>({ row }: MeetingListContext<C>): Sql => (row as unknown as Row<{ id: string }>).col("id");

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
      holder.named?.others(seat.col("meetingId")),
      ...(["persons", "parties"] as const).map((list) =>
        list === holder.named?.list ? undefined : isOfAll(seat.col("meetingId"), context.args.filter?.[list], list),
      ),
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
    where: (context) => {
      const {
        target,
        args: { filter },
      } = context;
      const holder = seatHolder(context, of);
      if (of.where) {
        const { parties, persons, ...rest } = filter ?? {};
        const id = target.col("id");
        return [
          of.where(context),
          ...meetingsMatching(target, rest),
          eachTakesPart(id, parties, "parties"),
          eachTakesPart(id, persons, "persons"),
        ];
      }
      if (!holder) return [of.seatsOf && hasSeat(context, of.seatsOf), ...meetingsMatching(target, filter)];
      const others = filter && { ...filter, parties: undefined, persons: undefined };
      // Seats know the days themselves, and tell who else has one.
      const isApart = of.seatsOf && holder.named && takers[holder.named.list].column !== of.seatsOf;
      return [isApart ? sitsAt(context, of.seatsOf) : undefined, ...meetingConditions(target, others)];
    },
    order: (context) => {
      const {
        target,
        args: { filter, orderBy },
      } = context;
      const isOfSome =
        of.where !== undefined ||
        of.seatsOf !== undefined ||
        Object.values(filter ?? {}).some((given) => given !== null && given !== undefined);
      return meetingOrder(target, orderBy, isOfSome, seatHolder(context, of) ? seatOf(target) : undefined);
    },
  });
}

function isByDay<C>({ args: { orderBy } }: MeetingListContext<C>): boolean {
  return !orderBy || orderBy.field === "DATE";
}

function hasSeat<C>(context: MeetingListContext<C>, column: "partyId" | "personId"): Sql {
  return sql`${context.target.col("id")} in (select p."meetingId" from "Participant" p where p.${sql.id(column)} = ${ownId(context)})`;
}

/** The same for a meeting that has been found by another seat. */
function sitsAt<C>(context: MeetingListContext<C>, column: "partyId" | "personId"): Sql {
  return sql`exists (select 1 from "Participant" p where p."meetingId" = ${context.target.col("id")} and p.${sql.id(column)} = ${ownId(context)})`;
}
