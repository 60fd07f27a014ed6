import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { all, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields, survivingKeys } from "../history/history.lists.js";
import { lastDay, type MeetingRow } from "../meetings/meetings.lists.js";
import { byDay } from "../orders.js";
import { counts, hasFormat, mayHaveFormat, type Encountering } from "./encounters.lists.js";

type ClaimRow = Row<Tables["FirstSinceClaim"]>;
type Formats = Encountering["formats"];
interface FormatArguments {
  readonly formats?: Formats;
}

/** The start of a claim, if it is a meeting. */
const previous: MeetingRow = rowUnder("mm");

/** The meeting that may stand between the two ends of a claim. */
const other: MeetingRow = rowUnder("x");

/** First and last day of what a claim counts from; null where a day is unknown. A first meeting ever counts from the beginning. */
const sinceEarliest = sql`coalesce(ms."onEarliest", mm."onEarliest", cs."sinceOnEarliest", ever."day")`;
const sinceLatest = sql`coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest", cs."sinceOnLatest", ever."day")`;

/** A claim's meeting as `m`, and what it is said to be the first since as `ms` or `mm`. */
function endsOf(claim: ClaimRow): Sql {
  return sql`"Meeting" m
    left join "Milestone" ms on ms."id" = ${claim.col("sinceMilestoneId")}
    left join "Meeting" mm on mm."id" = ${claim.col("sinceMeetingId")}
    cross join lateral (select ${claim.col("sinceOnEarliest")} as "sinceOnEarliest", ${claim.col("sinceOnLatest")} as "sinceOnLatest") as cs
    cross join lateral (select case when num_nonnulls(${claim.col("sinceMilestoneId")}, ${claim.col("sinceMeetingId")}, ${claim.col("sinceOn")}) = 0 then '-infinity'::date end as "day") as ever`;
}

const isMeetingOf = (claim: ClaimRow): Sql => sql`m."id" = ${claim.col("meetingId")}`;

/** That a seat `b` is the same as a seat `a` at the level of a claim; `open`: or may be, because it is not named there. */
function sameSeat(claim: ClaimRow, open: boolean): Sql {
  const unnamed = (column: string) => (open ? sql` or b.${sql.id(column)} is null` : sql``);
  return sql`b."partyId" = a."partyId" and (${claim.col("level")} = 'PARTIES' or (${claim.col("level")} = 'OFFICES' and (b."officeId" = a."officeId"${unnamed("officeId")})) or (${claim.col("level")} = 'PERSONS' and (b."personId" = a."personId"${unnamed("personId")})))`;
}

/** That everybody who sat at a claim's meeting sat at another one. */
function allSatAt(claim: ClaimRow, meetingId: Sql, open: boolean): Sql {
  return sql`not exists (select 1 from "Participant" a where a."meetingId" = ${claim.col("meetingId")} and a."attendance" is null and not exists (select 1 from "Participant" b where b."meetingId" = ${meetingId} and b."attendance" is null and ${sameSeat(claim, open)}))`;
}

/**
 * The keys of two participants of a claim's meeting for different parties, to look up meetings that both attended; no
 * row with fewer than two parties. For one party, an unnamed seat may be either of two persons.
 */
function keysOf(claim: ClaimRow): Sql {
  const level = claim.col("level");
  const key = sql`case ${level} when 'PARTIES' then a."partyId" when 'PERSONS' then coalesce(a."personId", a."partyId" || ':person') else a."partyId" || ':' || coalesce(o."kind"::text, 'office') end`;
  const open = sql`case ${level} when 'PERSONS' then a."partyId" || ':person' when 'OFFICES' then a."partyId" || ':office' end`;
  const seats = sql`(select a."partyId", ${key} as "key", ${open} as "open" from "Participant" a left join "Office" o on o."id" = a."officeId" where a."meetingId" = ${claim.col("meetingId")} and a."attendance" is null)`;
  return sql`(select array[s."key", t."key"] as "keys", array[s."open", t."open"] as "open" from ${seats} as s join ${seats} as t on t."partyId" <> s."partyId" and t."key" <> s."key"
    order by s."key" collate "C", t."key" collate "C" limit 1)`;
}

/**
 * Meetings at the level of a claim that stand between its two ends, as a query of ids.
 * `certain`: those that for certain took place after the one and before the other. Otherwise those that may have, and
 * those that may have been at that level, or of one of these formats.
 */
function encountersWithin(claim: ClaimRow, formats: Formats, certain: boolean): Sql {
  const found = certain
    ? sql`"metTogether"(k."keys"[1], k."keys"[2])`
    : sql`(select distinct f."meetingId" from (values (k."keys"[1], k."keys"[2]), (k."keys"[1], k."open"[2]), (k."open"[1], k."keys"[2]), (k."open"[1], k."open"[2])) as v("one", "other"), lateral "metTogether"(v."one", v."other") as f)`;
  const last = lastDay(other);
  const between = certain
    ? sql`x."onEarliest" > ${sinceLatest} and ${last} < m."onEarliest"`
    : sql`coalesce(${last}, 'infinity'::date) >= coalesce(${sinceEarliest}, '-infinity'::date) and coalesce(x."onEarliest", '-infinity'::date) <= coalesce(m."endsOnLatest", m."onLatest", 'infinity'::date)`;
  const where = all([
    isMeetingOf(claim),
    sql`x."id" <> m."id" and x."id" is distinct from mm."id"`,
    counts(other, undefined),
    certain ? hasFormat(other, formats) : mayHaveFormat(other, formats),
    between,
    allSatAt(claim, sql`x."id"`, !certain),
  ]);
  return sql`select x."id" from ${endsOf(claim)} cross join lateral ${keysOf(claim)} as k, lateral ${found} as e join "Meeting" x on x."id" = e."meetingId" where ${where}`;
}

/** Those that may stand between and do not for certain. */
function possibleWithin(claim: ClaimRow, formats: Formats): Sql {
  return sql`${encountersWithin(claim, formats, false)} and x."id" not in (${encountersWithin(claim, formats, true)})`;
}

/** Whether the claimed previous meeting was another one, because one of them did not attend it. */
function namesAnother(claim: ClaimRow): Sql {
  return sql`(${claim.col("isPreviousMeeting")} and not ${allSatAt(claim, claim.col("sinceMeetingId"), true)})`;
}

/** That it was theirs, but of no format that counts. */
function isOfOtherFormat(claim: ClaimRow, formats: Formats): Sql | undefined {
  const mayCount = mayHaveFormat(previous, formats);
  return (
    mayCount &&
    sql`(${claim.col("isPreviousMeeting")} and exists (select 1 from "Meeting" mm where mm."id" = ${claim.col("sinceMeetingId")} and not ${mayCount}))`
  );
}

/** The data that are missing to judge a claim, in words; null if complete. */
function whatIsMissing(claim: ClaimRow, formats: Formats): Sql {
  const isFormatUnknown = formats?.length
    ? sql`case when ${claim.col("isPreviousMeeting")} and mm."format" is null then 'the format of the meeting that it counts from is not known' end`
    : sql`null`;
  const unnamed = sql`exists (select 1 from "Participant" a where a."meetingId" = m."id"
    and ((${claim.col("level")} = 'OFFICES' and a."officeId" is null) or (${claim.col("level")} = 'PERSONS' and a."personId" is null)))`;
  const uncertain = sql`${claim.col("isPreviousMeeting")} and not ${allSatAt(claim, claim.col("sinceMeetingId"), false)}`;
  return sql`(select nullif(concat_ws(' and ', case when ${sinceLatest} is null then 'the day that it counts from is not known' end,
    case when m."onEarliest" is null then 'the day of the meeting is not known' end,
    case when ${unnamed} then 'a seat is not named at this level' end,
    case when not exists (select 1 from ${keysOf(claim)} as k) then 'the record does not hold seats of two parties at the meeting' end,
    ${isFormatUnknown},
    case when ${uncertain} then 'the participants of the meeting that it counts from are not known' end), '') from ${endsOf(claim)} where ${isMeetingOf(claim)})`;
}

function verdictOf(claim: ClaimRow, formats: Formats): Sql {
  const isWrong = [
    namesAnother(claim),
    isOfOtherFormat(claim, formats),
    sql`exists (${encountersWithin(claim, formats, true)})`,
  ].filter((wrong) => wrong !== undefined);
  return sql`case when ${sql.join(isWrong, sql` or `)} then 'CONTRADICTED'
    when ${whatIsMissing(claim, formats)} is not null or exists (${encountersWithin(claim, formats, false)}) then 'UNVERIFIABLE' else 'SUPPORTED' end`;
}

/** The verdict in words. */
function explanationOf(claim: ClaimRow, formats: Formats): Sql {
  const named = (alias: string) =>
    sql`${sql.ref(alias)}."title" || coalesce(', ' || "dayInWords"(${sql.ref(alias)}."on"), '')`;
  const then = sql`(select ${named("mm")} from "Meeting" mm where mm."id" = ${claim.col("sinceMeetingId")})`;
  const listed = sql`(select string_agg(${named("c")}, '; ' order by c."onEarliest", c."id") from "Meeting" c where c."id" in (${encountersWithin(claim, formats, true)}))`;
  const otherFormat = isOfOtherFormat(claim, formats);
  const many = sql`(select count(*) from (${possibleWithin(claim, formats)}) as p)`;
  return sql`(select case
    when ${namesAnother(claim)} then 'Not all of them attended ' || ${then} || '.'
    ${otherFormat ? sql`when ${otherFormat} then 'Their meeting then has a format that does not count: ' || ${then} || '.'` : sql``}
    when w."listed" is not null then 'They had met in between: ' || w."listed" || '.'
    when w."missing" is not null then 'The record is inconclusive because ' || w."missing" || '.'
    when w."many" > 0 then 'The record is inconclusive: ' || w."many" || ' of their meetings may have been in between, because days, formats or seats are not known exactly.'
    else 'The record holds no meeting of theirs in between.' end
    from (select ${listed} as "listed", ${whatIsMissing(claim, formats)} as "missing", ${many} as "many") as w)`;
}

/** Claims that a meeting was the first since something, judged by the record. */
export const firstSinceTypes = [
  objectType<GQL.FirstSinceClaim>()("FirstSinceClaim", "FirstSinceClaim", {}, (from) => ({
    ...recordFields<Tables["FirstSinceClaim"]>("FirstSinceClaim"),
    id: from.word("id"),
    key: from.column("key"),
    meeting: from.one("Meeting", "meetingId"),
    level: from.column("level"),
    since: from.byId(
      "SinceEvent",
      ({ row }) => sql`coalesce(${row.col("sinceMilestoneId")}, ${row.col("sinceMeetingId")})`,
    ),
    sinceOn: from.column("sinceOn"),
    isFirstEver: from.expression<boolean>(
      ({ row }) =>
        sql`(num_nonnulls(${row.col("sinceMilestoneId")}, ${row.col("sinceMeetingId")}, ${row.col("sinceOn")}) = 0)`,
    ),
    isPreviousMeeting: from.column("isPreviousMeeting"),
    verdict: from.expression<GQL.ClaimVerdict, FormatArguments>(({ row, args }) => verdictOf(row, args.formats)),
    explanation: from.expression<string, FormatArguments>(({ row, args }) => explanationOf(row, args.formats)),
    counterexamples: from.list<"Meeting", FormatArguments>("Meeting", {
      where: ({ row, target, args }) => sql`${target.col("id")} in (${encountersWithin(row, args.formats, true)})`,
      order: ({ target }) => [target.col("onEarliest"), target.col("id")],
    }),
    possibleCounterexamples: from.list<"Meeting", FormatArguments>("Meeting", {
      where: ({ row, target, args }) => sql`${target.col("id")} in (${possibleWithin(row, args.formats)})`,
      order: ({ target }) => [sql`${target.col("onEarliest")} nulls last`, target.col("id")],
    }),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("firstSinceClaimId")} = ${row.col("id")}`,
    }),
  })),
];

/** The root field for claims. */
export const firstSinceRoots = objectType<Pick<GQL.Query, "firstSinceClaims">>()("Query", null, {}, (from) => ({
  firstSinceClaims: from.connection<"FirstSinceClaim", Traced<GQL.QueryFirstSinceClaimsArgs>>("FirstSinceClaim", {
    where: ({ target, args }) => {
      if (!args.parties) return [];
      const wanted = survivingKeys("Party", args.parties);
      const absent = sql`select 1 from unnest(${wanted}) as g where not exists (select 1 from "Participant" p join "Party" w on w."id" = p."partyId" where p."meetingId" = ${target.col("meetingId")} and w."code" = g)`;
      return [sql`not exists (${absent})`];
    },
    order: ({ target }) => ({
      name: "claim",
      terms: [
        byDay(sql`(select m."onEarliest" from "Meeting" m where m."id" = ${target.col("meetingId")})`, "DESC"),
        { by: sql`${target.col("key")} collate "C"`, type: "text", direction: "ASC" },
      ],
    }),
  }),
}));
