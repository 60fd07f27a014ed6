import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder } from "../../reading/declarations.js";
import { inputError } from "../../lib/errors.js";
import { mapLeaf, type Leaf, type Traced } from "../../reading/inputs.js";
import { all, enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import { survivingKey, survivingKeys } from "../history/history.lists.js";
import { isOfMany, lastDay, longestSpan, type MeetingRow } from "../meetings/meetings.lists.js";

/** Maximum number of meetings listed that may have been later, or earlier; the rest is counted. */
export const mostContenders = 20;

/** The parties or persons of a query, and the level. */
export interface Encountering {
  readonly between: Leaf<readonly string[]>;
  readonly level: GQL.EncounterLevel;
  readonly office?: GQL.OfficeKind | null | undefined;
  readonly otherOffice?: GQL.OfficeKind | null | undefined;
  readonly rank?: GQL.OfficeRank | null | undefined;
  readonly formats?: readonly GQL.MeetingFormat[] | null | undefined;
  readonly kinds?: readonly GQL.MeetingKind[] | null | undefined;
}

/** A list whose entries are distinct. @throws a GraphQLError with code BAD_USER_INPUT, when the request comes, for fewer than two. */
export function atLeastTwo(between: Leaf<readonly string[]>, argument: string): Leaf<readonly string[]> {
  return mapLeaf(between, (given) => {
    if (given.length >= 2) return given;
    throw inputError({ argument, problem: `must name two or more different ones, but names ${given.length}.` });
  });
}

/**
 * The key for a name at each level; see prisma/sql/pairs.sql. `open` is the key of a seat that may be
 * the name's, because its person or office is unknown.
 */
function keysOf(asked: Encountering): {
  readonly table: "Party" | "Person";
  readonly name: string;
  readonly key: Sql;
  readonly open: Sql;
} {
  const { level } = asked;
  if (level === "PERSONS")
    return { table: "Person", name: "slug", key: sql`w."id"`, open: sql`w."stateId" || ':person'` };
  const party = { table: "Party", name: "code" } as const;
  if (level === "PARTIES") return { ...party, key: sql`w."id"`, open: sql`null::text` };
  return { ...party, key: sql`w."id" || ${officeOfKey(asked)}`, open: sql`w."id" || ':office'` };
}

/**
 * The part of a key that names an office, for the party in the row `n`.
 * @throws GraphQLError with the code BAD_USER_INPUT unless a kind of office or a rank is given.
 */
function officeOfKey({ office, otherOffice, rank }: Encountering): Sql {
  if (rank && (office || otherOffice))
    throw inputError({
      argument: "rank",
      problem: `cannot be combined with "${office ? "office" : "otherOffice"}"; give one of the two.`,
    });
  if (rank) return literal(`:rank:${rank}`);
  if (!office)
    throw inputError({
      argument: "office",
      problem: 'is needed at the level OFFICES, for example DEFENCE_MINISTER; or give a "rank", such as LEADER.',
    });
  if (!otherOffice || otherOffice === office) return literal(`:${office}`);
  return sql`case n."place" when 1 then ${literal(`:${office}`)} else ${literal(`:${otherOffice}`)} end`;
}

/** The names of a query: two or more, and exactly two if each has a kind of office of its own. */
function namesOf({ between, level, office, otherOffice }: Encountering): Leaf<readonly string[]> {
  const names = atLeastTwo(between, "between");
  if (level !== "OFFICES" || !otherOffice || otherOffice === office) return names;
  return mapLeaf(names, (given) => {
    if (given.length === 2) return given;
    throw inputError({
      argument: "otherOffice",
      problem: `is the office of the second of two, but "between" names ${String(given.length)}.`,
    });
  });
}

/** Among so many names the pair that met least is looked for, counting so many of each pair's meetings. */
const mostCompared = 8;
const mostCounted = 1_000;

/**
 * Of the keys of more than two names, the places of the two that met least: all have to be at a meeting, so that whichever
 * two its meetings are found by, the answer is the same. Which is why what stands is counted wherever it is asked from.
 */
const rarestPair = sql`select a."place"::int as "one", b."place"::int as "other" from unnest(n."keys") with ordinality as a("key", "place"), unnest(n."keys") with ordinality as b("key", "place")
  where cardinality(n."keys") > 2 and a."place" < b."place" and b."place" <= ${sql.lit(mostCompared)}
  order by (select count(*) from (select 1 from derived."Pair" f where f."pair" = derived."pairOf"(a."key", b."key") limit ${sql.lit(mostCounted)}) as few), 1, 2 limit 1`;

/**
 * The subjects of a query as one row: their keys and open keys in the order of their names, the positions of the two
 * that meetings are looked up by, and the unknown names.
 */
function askedFor(asked: Encountering): Sql {
  const { table, name, key, open } = keysOf(asked);
  const named = sql`select ${key} as "key", ${open} as "open" from ${sql.table(table)} w where w.${sql.id(name)} = ${survivingKey(table, sql.ref("n.name"))}`;
  return sql`(select n.*, coalesce(r."one", 1) as "one", coalesce(r."other", 2) as "other" from (
    select array_agg(w."key" order by n."place") as "keys", array_agg(w."open" order by n."place") as "open",
    array_agg(n."name" order by n."place") filter (where w."key" is null) as "unknown"
    from unnest(${parameter(namesOf(asked), "text[]")}) with ordinality as n("name", "place")
    left join lateral (${named}) as w on true) as n left join lateral (${rarestPair}) as r on true)`;
}

/** The key, or the open key, of one of the two by whom meetings are found. */
const foundBy = (who: "one" | "other", key: "keys" | "open") => sql`who.${sql.id(key)}[who.${sql.id(who)}]`;

/** A bound on the meeting's day. A day is exact; the order within the day of an event is unknown. */
export type Bound =
  | { readonly day: Leaf<string> }
  | { readonly milestone: Leaf<string> }
  | { readonly meeting: Leaf<string> }
  | { readonly row: Sql };

/** A bound as one row: its id, null for a day, its first and last day, and whether it is there. */
function boundRow(bound: Bound | undefined): Sql {
  if (!bound)
    return sql`(select null::text as "id", null::date as "earliest", null::date as "latest", true as "isThere")`;
  if ("row" in bound) return bound.row;
  if ("day" in bound) {
    const day = parameter(bound.day, "date");
    return sql`(select null::text as "id", ${day} as "earliest", ${day} as "latest", true as "isThere")`;
  }
  const [table, column, key] =
    "milestone" in bound
      ? (["Milestone", "key", bound.milestone] as const)
      : (["Meeting", "slug", bound.meeting] as const);
  const latest = table === "Meeting" ? sql`coalesce(e."endsOnLatest", e."onLatest")` : sql`e."onLatest"`;
  return sql`(select e."id", e."onEarliest" as "earliest", ${latest} as "latest", e."id" is not null as "isThere"
    from (select ${parameter(key, "text")} as "key") as i left join ${sql.table(table)} e on e.${sql.id(column)} = ${survivingKey(table, sql.ref("i.key"))})`;
}

/** Bounds and their rows within a statement, under the aliases `since` and `until`. */
export interface Bounds {
  readonly since?: Bound | undefined;
  readonly until?: Bound | undefined;
}

const isDay = (bound: Bound): boolean => "day" in bound;

/** That a meeting is within the bounds for certain; `day` is its first day where an index has it in order. */
function surelyWithin(meeting: MeetingRow, day: Sql, { since, until }: Bounds): readonly (Sql | undefined)[] {
  return [
    since && sql`${day} > since."latest"`,
    until && sql`${lastDay(meeting)} < until."earliest" and ${day} < until."earliest"`,
  ];
}

/** That it may be. */
function perhapsWithin(meeting: MeetingRow, { since, until }: Bounds): readonly (Sql | undefined)[] {
  const [last, first] = [
    sql`coalesce(${lastDay(meeting)}, 'infinity'::date)`,
    sql`coalesce(${meeting.col("onEarliest")}, '-infinity'::date)`,
  ];
  return [
    since &&
      sql`since."isThere" and ${last} ${sql.raw(isDay(since) ? ">" : ">=")} coalesce(since."earliest", '-infinity'::date) and ${meeting.col("id")} is distinct from since."id"`,
    until &&
      sql`until."isThere" and ${first} ${sql.raw(isDay(until) ? "<" : "<=")} coalesce(until."latest", 'infinity'::date) and ${meeting.col("id")} is distinct from until."id"`,
  ];
}

/** That a meeting counts: it was held and is of the kinds asked for, which leave out sittings in which two are two of many unless they name sessions. */
export function counts(meeting: MeetingRow, kinds: Encountering["kinds"]): Sql {
  const ofKind = kinds?.length
    ? sql`${meeting.col("kind")} in (${sql.join(kinds.map((kind) => enumerated(kind, "MeetingKind")))})`
    : sql`not ${isOfMany(meeting)}`;
  return sql`${meeting.col("status")} = 'HELD' and ${ofKind}`;
}

/** That a meeting is for certain of one of the formats asked for; a format that is not recorded may be any. */
export function hasFormat(meeting: MeetingRow, formats: Encountering["formats"]): Sql | undefined {
  if (!formats?.length) return undefined;
  return sql`${meeting.col("format")} in (${sql.join(formats.map((format) => enumerated(format, "MeetingFormat")))})`;
}

/** That it is, or may be because its format is not recorded. */
export function mayHaveFormat(meeting: MeetingRow, formats: Encountering["formats"]): Sql | undefined {
  const certain = hasFormat(meeting, formats);
  return certain && sql`(${meeting.col("format")} is null or ${certain})`;
}

/** That all have a seat at a meeting; with `open`, also where they may be the one whom a seat does not name. */
function allSat(meeting: MeetingRow, open?: "open"): Sql {
  const has = (key: string) =>
    sql`derived."hasKey"(s."partyId", s."personId", s."officeId", o."kind", g.${sql.id(key)})`;
  const further = sql`(split_part(g."key", ':', 2) not in ('', 'person', 'office') and exists (select 1 from "ParticipantOffice" x join "Office" xo on xo."id" = x."officeId" where x."participantId" = s."id" and derived."hasKey"(s."partyId", s."personId", xo."id", xo."kind", g."key")))`;
  const seat = sql`select 1 from "Participant" s left join "Office" o on o."id" = s."officeId" where s."meetingId" = ${meeting.col("id")} and s."attendance" is null and (${open ? sql`${has("key")} or ${has("open")}` : has("key")} or ${further})`;
  return sql`not exists (select 1 from unnest(who."keys", who."open") as g("key", "open") where not exists (${seat}))`;
}

/** The source of the meetings of two keys. It is sorted by day unless sittings of forums count, for which no pairs are stored. */
function source(kinds: Encountering["kinds"], one: Sql, other: Sql): Sql {
  return sql`${sql.id(kinds?.some((kind) => kind === "SESSION" || kind === "MULTILATERAL") ? "satTogether" : "metTogether")}(${one}, ${other})`;
}

const meeting: MeetingRow = rowUnder("m");
const day = sql`e."day"`;

/** Which end of a list of meetings is asked for. */
export type End = "LAST" | "FIRST";

/**
 * The last, or first, of the meetings that certainly count. If the order is uncertain, the last is the one with the
 * latest possible start, and the first the one with the earliest possible end.
 */
function best(end: End, asked: Encountering, bounds: Bounds): Sql {
  const where = all([
    counts(meeting, asked.kinds),
    hasFormat(meeting, asked.formats),
    ...surelyWithin(meeting, day, bounds),
    bounds.since && sql`${meeting.col("id")} is distinct from since."id"`,
    bounds.until && sql`${meeting.col("id")} is distinct from until."id"`,
    allSat(meeting),
  ]);
  const found = sql`from ${source(asked.kinds, foundBy("one", "keys"), foundBy("other", "keys"))} as e join "Meeting" m on m."id" = e."meetingId" where ${where}`;
  const chosen = sql`select m."id", m."title", m."on", m."onEarliest" as "first", ${lastDay(meeting)} as "last" ${found}`;
  if (end === "LAST") return sql`${chosen} order by ${day} desc, e."meetingId" desc limit 1`;
  const earliest = sql`(select ${lastDay(meeting)} ${found} order by ${day}, e."meetingId" limit 1)`;
  return sql`${chosen} and ${day} <= ${earliest} order by ${lastDay(meeting)}, ${day}, m."id" limit 1`;
}

/** Every pair of keys that the two by whom meetings are found may stand for. */
function pairsOfKeys({ level }: Encountering): Sql {
  const pair = (one: "keys" | "open", other: "keys" | "open") =>
    sql`(${foundBy("one", one)}, ${foundBy("other", other)})`;
  const keys = pair("keys", "keys");
  return sql`(values ${level === "PARTIES" ? keys : sql.join([keys, pair("keys", "open"), pair("open", "keys"), pair("open", "open")])})`;
}

/**
 * Meetings that may have been later, or earlier, than the best one, or that may count if none certainly does, as one
 * row.
 */
function contenders(end: End, asked: Encountering, bounds: Bounds): Sql {
  const open = asked.level === "PARTIES" ? undefined : "open";
  // Nothing lasts longer than the longest span, so that what can matter stands in one stretch of the index, or has no day.
  const [from, to, order] =
    end === "LAST"
      ? [sql`b."first" - ${longestSpan}`, sql`until."latest"`, sql`e."last" >= b."first"`]
      : [sql`since."earliest" - ${longestSpan}`, sql`b."last"`, sql`${day} <= b."last"`];
  const found = sql`select distinct ${day}, e."meetingId" from ${pairsOfKeys(asked)} as k("one", "other"),
    (values (coalesce(${from}, '-infinity'::date), coalesce(${to}, 'infinity'::date)), ('-infinity'::date, '-infinity'::date)) as r("from", "to"),
    lateral ${source(asked.kinds, sql`k."one"`, sql`k."other"`)} as e where ${day} between r."from" and r."to" and (${order}) is not false`;
  const where = all([
    counts(meeting, asked.kinds),
    mayHaveFormat(meeting, asked.formats),
    ...perhapsWithin(meeting, bounds),
    sql`${meeting.col("id")} is distinct from b."id"`,
    allSat(meeting, open),
  ]);
  const isFormatCertain = hasFormat(meeting, asked.formats);
  const direction = sql.raw(end === "LAST" ? "desc" : "asc");
  return sql`select coalesce((array_agg(x."id" order by x."day" ${direction}, x."id" ${direction}))[1:${sql.lit(mostContenders)}], '{}') as "ids", count(*)::int as "count",
    bool_or(not x."hasFormat") as "lackFormat", bool_or(not x."hasSeats") as "lackSeats", bool_or(x."hasFormat" and x."hasSeats") as "lackDays"
    from (select m."id", ${day}, ${isFormatCertain ? sql`${isFormatCertain} is true` : sql`true`} as "hasFormat", ${open ? allSat(meeting) : sql`true`} as "hasSeats"
      from (${found}) as e join "Meeting" m on m."id" = e."meetingId" where ${where}) as x`;
}

/** The result in words. `noun` names the kind of a missing bound. */
function explanation(end: End, { since, until }: Bounds): Sql {
  const missing = ([bound, alias]: readonly [Bound | undefined, string]): Sql =>
    bound && !isDay(bound)
      ? sql`when not ${sql.ref(alias)}."isThere" then ${literal(`The record holds no ${"meeting" in bound ? "meeting" : "milestone"} of that name.`)}`
      : sql``;
  const reasons = sql`concat_ws(' and ', case when c."lackDays" then 'days are not exact enough' end, case when c."lackFormat" then 'a format is not recorded' end, case when c."lackSeats" then 'a seat is not named' end)`;
  const than = end === "LAST" ? "later" : "earlier";
  return sql`case when who."unknown" is not null then 'The record does not know ' || array_to_string(who."unknown", ', ') || '.'
    ${missing([since, "since"])} ${missing([until, "until"])}
    when b."id" is null and c."count" = 0 then 'The record holds no such meeting, which does not mean that there was none.'
    when b."id" is null then 'None counts for certain; ' || c."count" || ' may, because ' || ${reasons} || '.'
    else b."title" || coalesce(', ' || "dayInWords"(b."on"::text), ', on an unknown day') || case when c."count" = 0 then ${literal(`; no other in the record can have been ${than}.`)}
      else '; ' || c."count" || case c."count" when 1 then ' other' else ' others' end || ${literal(` may have been ${than}, because `)} || ${reasons} || '.' end end`;
}

/**
 * The day through which the record holds meetings of each of those asked for: of the last held meetings of each, the
 * earliest. Null if it holds none of one of them.
 */
function coveredThrough({ level }: Encountering): Sql {
  const column = sql.id(level === "PERSONS" ? "personId" : "partyId");
  const last = sql`select s."meetingEarliest" as "day" from "Participant" s join "Meeting" m on m."id" = s."meetingId"
    where s.${column} = split_part(g."key", ':', 1) and s."meetingEarliest" is not null and s."attendance" is null and m."status" = 'HELD'
    order by s."meetingEarliest" desc limit 1`;
  return sql`(select case when count(*) = count(l."day") then min(l."day") end from unnest(who."keys") as g("key") left join lateral (${last}) as l on true)`;
}

/** One row that says which meeting was the last, or first, and how certain that is: the columns of an Encounter. */
export function encounter(end: End, asked: Encountering, bounds: Bounds): Sql {
  return sql`(select b."id" as "meetingId", c."ids" as "contenderIds", c."count" as "contenderCount",
    b."id" is not null and c."count" = 0 and who."unknown" is null and since."isThere" and until."isThere" as "isCertain", ${coveredThrough(asked)} as "coveredThrough", ${explanation(end, bounds)} as "explanation"
    from ${askedFor(asked)} as who, ${boundRow(bounds.since)} as since, ${boundRow(bounds.until)} as until
    left join lateral (${best(end, asked, bounds)}) as b on true
    left join lateral (${contenders(end, asked, bounds)}) as c on true)`;
}

/** Maximum number of parties whose pairs are compared. */
const mostUnmet = 40;

type UnmetArguments = Traced<GQL.QueryUnmetPairsArgs>;

/** The day before or after a day, as ISO 8601. */
function neighbour(day: Leaf<string>, days: 1 | -1): Leaf<string> {
  return mapLeaf(day, (given) => {
    const moved = new Date(`${given}T00:00:00Z`);
    moved.setUTCDate(moved.getUTCDate() + days);
    return moved.toISOString().slice(0, 10);
  });
}

/**
 * Pairs of parties of which no meeting certainly counts, with the meetings that may. The lower code comes first.
 * @throws a GraphQLError with code BAD_USER_INPUT for fewer than two parties, or for too many.
 */
export function unmetPairs({ parties, office, rank, formats, kinds, during }: UnmetArguments): Sql {
  const given = mapLeaf(atLeastTwo(parties, "parties"), (codes) => {
    if (codes.length <= mostUnmet) return codes;
    const problem = `must name at most ${String(mostUnmet)}, but names ${String(codes.length)}.`;
    throw inputError({ argument: "parties", problem });
  });
  const level = office || rank ? "OFFICES" : "PARTIES";
  const asked: Encountering = { between: given, level, office, rank, formats, kinds };
  const { key, open } = keysOf(asked);
  const bounds: Bounds = {
    since: during?.from ? { day: neighbour(during.from, -1) } : undefined,
    until: during?.to ? { day: neighbour(during.to, 1) } : undefined,
  };
  return sql`(with "asked" as materialized (
      select w."id", w."code" collate "C" as "code", ${key} as "key", ${open} as "open" from "Party" w
      where w."code" = any(${survivingKeys("Party", given)}))
    select who."firstId", who."secondId", who."pair", c."ids" as "possibleIds", c."count" as "possibleCount"
    from (select p."id" as "firstId", q."id" as "secondId", p."code" || '-' || q."code" as "pair",
        array[p."key", q."key"] as "keys", array[p."open", q."open"] as "open", 1 as "one", 2 as "other"
      from "asked" p join "asked" q on p."code" < q."code") as who
    cross join ${boundRow(bounds.since)} as since cross join ${boundRow(bounds.until)} as until
    left join lateral (${best("LAST", asked, bounds)}) as b on true
    left join lateral (${contenders("LAST", asked, bounds)}) as c on true
    where b."id" is null)`;
}

/** The day through which the record holds meetings of both parties of a pair: the earlier of their last held ones. */
export function coveredOfPair(firstId: Sql, secondId: Sql): Sql {
  const last = (
    id: Sql,
  ): Sql => sql`(select s."meetingEarliest" from "Participant" s join "Meeting" m on m."id" = s."meetingId"
    where s."partyId" = ${id} and s."meetingEarliest" is not null and s."attendance" is null and m."status" = 'HELD'
    order by s."meetingEarliest" desc limit 1)`;
  return sql`(select case when count(*) = count(l."day") then min(l."day") end from (values (${last(firstId)}), (${last(secondId)})) as l("day"))`;
}

/** The id of the last meeting of those that count for certain; null where there is none. */
export function lastMeetingId(asked: Encountering, bounds: Bounds): Sql {
  return sql`(select b."id" from ${askedFor(asked)} as who, ${boundRow(bounds.since)} as since, ${boundRow(bounds.until)} as until, lateral (${best("LAST", asked, bounds)}) as b)`;
}

type BoundArguments = Pick<Traced<GQL.QueryLastMetArgs>, "after" | "sinceMilestone" | "before" | "beforeMilestone">;

/** The bounds that arguments give. @throws a GraphQLError with code BAD_USER_INPUT where a day and a milestone are given for one end. */
export function boundsOf({ after, sinceMilestone, before, beforeMilestone }: BoundArguments): Bounds {
  const either = (
    day: Leaf<string> | null | undefined,
    milestone: Leaf<string> | null | undefined,
    names: readonly [string, string],
  ): Bound | undefined => {
    if (!isGiven(day)) return isGiven(milestone) ? { milestone } : undefined;
    if (isGiven(milestone))
      throw inputError({ argument: names[1], problem: `cannot be combined with "${names[0]}"; give one of the two.` });
    return { day };
  };
  return {
    since: either(after, sinceMilestone, ["after", "sinceMilestone"]),
    until: either(before, beforeMilestone, ["before", "beforeMilestone"]),
  };
}

function isGiven<T>(value: T | null | undefined): value is T {
  return value !== null && value !== undefined;
}

type SinceArguments = Pick<Traced<GQL.QueryFirstMeetingSinceArgs>, "day" | "milestone" | "meeting">;

/**
 * The start for counting a first meeting.
 * @throws GraphQLError with the code BAD_USER_INPUT unless exactly one is given.
 */
export function sinceOf({ day: since, milestone, meeting: other }: SinceArguments): Bound {
  const given: Bound[] = [];
  if (isGiven(since)) given.push({ day: since });
  if (isGiven(milestone)) given.push({ milestone });
  if (isGiven(other)) given.push({ meeting: other });
  const [only] = given;
  if (only && given.length === 1) return only;
  throw inputError({
    argument: "day",
    problem: `or "milestone" or "meeting" has to say since when: exactly one of the three, not ${given.length === 0 ? "none" : String(given.length)}.`,
  });
}
