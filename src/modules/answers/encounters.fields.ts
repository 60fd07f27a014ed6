import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields } from "../history/history.lists.js";
import { byDay } from "../orders.js";
import { boundsOf, encounter, lastMeetingId, sinceOf } from "./encounters.lists.js";

type ClaimRow = Row<Tables["FirstSinceClaim"]>;
type LastMeetingArguments = Traced<GQL.QueryLastMeetingArgs>;
type LastMetArguments = Traced<GQL.QueryLastMetArgs>;
type FirstMeetingArguments = Traced<GQL.QueryFirstMeetingSinceArgs>;

/** First and last day of what a claim counts from; null where a day is unknown. */
const sinceEarliest = sql`coalesce(ms."onEarliest", mm."onEarliest")`;
const sinceLatest = sql`coalesce(ms."onLatest", mm."endsOnLatest", mm."onLatest")`;

/**
 * Meetings at the level of a claim that could stand between its two ends, as a query of ids.
 * `certain`: those that for certain took place after the one and before the other. Otherwise those that may have.
 */
function encountersWithin(claim: ClaimRow, certain: boolean): Sql {
  const sameSeat = sql`b."partyId" = a."partyId" and (${claim.col("level")} = 'PARTIES' or (${claim.col("level")} = 'OFFICES' and b."officeId" = a."officeId") or (${claim.col("level")} = 'PERSONS' and b."personId" = a."personId"))`;
  const unmatched = sql`exists (select 1 from "Participant" a where a."meetingId" = m."id" and not exists (select 1 from "Participant" b where b."meetingId" = x."id" and ${sameSeat}))`;
  const last = sql`coalesce(x."endsOnLatest", x."onLatest")`;
  const between = certain
    ? sql`x."onEarliest" > ${sinceLatest} and ${last} < m."onEarliest"`
    : sql`coalesce(${last}, 'infinity'::date) >= ${sinceEarliest} and coalesce(x."onEarliest", '-infinity'::date) <= m."onLatest"`;
  return sql`select x."id" from "Meeting" m
    left join "Milestone" ms on ms."id" = ${claim.col("sinceMilestoneId")}
    left join "Meeting" mm on mm."id" = ${claim.col("sinceMeetingId")}
    join "Participant" first_seat on first_seat."meetingId" = m."id"
    join "Participant" other_seat on other_seat."partyId" = first_seat."partyId"
    join "Meeting" x on x."id" = other_seat."meetingId"
    where m."id" = ${claim.col("meetingId")} and x."id" <> m."id" and x."id" is distinct from mm."id"
    and x."status" = 'HELD' and x."kind" <> 'SESSION' and ${between} and not ${unmatched}`;
}

/** Whether a claim cannot be judged at all: a day is missing, or a seat is not named at the level of the claim. */
function cannotBeJudged(claim: ClaimRow): Sql {
  return sql`exists (select 1 from "Meeting" m
    left join "Milestone" ms on ms."id" = ${claim.col("sinceMilestoneId")}
    left join "Meeting" mm on mm."id" = ${claim.col("sinceMeetingId")}
    where m."id" = ${claim.col("meetingId")} and (m."onEarliest" is null or ${sinceLatest} is null or exists (
      select 1 from "Participant" a where a."meetingId" = m."id"
      and ((${claim.col("level")} = 'OFFICES' and a."officeId" is null) or (${claim.col("level")} = 'PERSONS' and a."personId" is null)))))`;
}

/** When some met, and claims that a meeting was the first since something, judged by the record. */
export const encounterTypes = [
  objectType<GQL.Encounter>()("Encounter", null, {}, (from) => ({
    meeting: from.one("Meeting", "meetingId"),
    isCertain: from.expression(({ row }) => row.col("isCertain")),
    contenders: from.list("Meeting", {
      where: ({ row, target }) => sql`${target.col("id")} = any(${row.col("contenderIds")})`,
      order: ({ row, target }) => [sql`array_position(${row.col("contenderIds")}, ${target.col("id")})`],
    }),
    contenderCount: from.expression(({ row }) => row.col("contenderCount")),
    explanation: from.expression(({ row }) => row.col("explanation")),
  })),

  objectType<GQL.FirstSinceClaim>()("FirstSinceClaim", "FirstSinceClaim", { prefix: "fsc" }, (from) => ({
    ...recordFields<Tables["FirstSinceClaim"]>("FirstSinceClaim"),
    id: from.word("id"),
    key: from.column("key"),
    meeting: from.one("Meeting", "meetingId"),
    level: from.column("level"),
    since: from.byId("SinceEvent", ({ row }) => sql`coalesce(${row.col("sinceMilestoneId")}, ${row.col("sinceMeetingId")})`),
    verdict: from.expression<GQL.ClaimVerdict>(
      ({ row }) => sql`case when exists (${encountersWithin(row, true)}) then 'CONTRADICTED'
        when ${cannotBeJudged(row)} or exists (${encountersWithin(row, false)}) then 'UNVERIFIABLE' else 'SUPPORTED' end`,
    ),
    counterexamples: from.list("Meeting", {
      where: ({ row, target }) => sql`${target.col("id")} in (${encountersWithin(row, true)})`,
      order: ({ target }) => [target.col("onEarliest"), target.col("id")],
    }),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("firstSinceClaimId")} = ${row.col("id")}`,
    }),
  })),
];

/** The root fields for encounters. */
export const encounterRoots = objectType<
  Pick<GQL.Query, "lastMeeting" | "lastMet" | "firstMeetingSince" | "firstSinceClaims">
>()("Query", null, {}, (from) => ({
  lastMeeting: from.one<"Meeting", LastMeetingArguments>("Meeting", {
    where: ({ target, args }) => sql`${target.col("id")} = ${lastMeetingId(args, boundsOf(args))}`,
  }),
  lastMet: from.one<"Encounter", LastMetArguments>("Encounter", {
    from: ({ args }) => encounter("LAST", args, boundsOf(args)),
    where: () => sql`true`,
  }),
  firstMeetingSince: from.one<"Encounter", FirstMeetingArguments>("Encounter", {
    from: ({ args }) => encounter("FIRST", args, { since: sinceOf(args), until: boundsOf({ before: args.before }).until }),
    where: () => sql`true`,
  }),
  firstSinceClaims: from.connection<"FirstSinceClaim", Traced<GQL.QueryFirstSinceClaimsArgs>>("FirstSinceClaim", {
    where: ({ target, args }) => {
      if (!args.parties) return [];
      const wanted = parameter(args.parties, "text[]");
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

