import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import type { Row } from "../../reading/declarations.js";
import { mapLeaf, type Leaf, type Traced } from "../../reading/inputs.js";
import { all, enumerated, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields } from "../history/history.lists.js";
import { lastDay, type MeetingRow } from "../meetings/meetings.lists.js";
import { byDay } from "../orders.js";

type ClaimRow = Row<Tables["FirstSinceClaim"]>;
type LastMeetingArguments = Traced<GQL.QueryLastMeetingArgs>;

/** An encounter is a meeting that was held and is not merely a forum's own sitting, where all members come together. */
function isEncounter(meeting: MeetingRow): Sql {
  return sql`${meeting.col("status")} = 'HELD' and ${meeting.col("kind")} <> 'SESSION'`;
}

/** How a seat is matched with one of the names that `lastMeeting(between:)` gives, by level. */
function seatMatches({ level, office }: LastMeetingArguments): { readonly join: Sql; readonly name: Sql } {
  if (level === "PERSONS") {
    return { join: sql`join "Person" w on w."id" = p."personId"`, name: sql.ref("w.slug") };
  }
  const parties = sql`join "Party" w on w."id" = p."partyId"`;
  if (level === "PARTIES") return { join: parties, name: sql.ref("w.code") };
  if (!office) {
    throw inputError({ argument: "office", problem: 'is needed at the level OFFICES, for example DEFENCE_MINISTER.' });
  }
  const offices = sql`${parties} join "Office" o on o."id" = p."officeId" and o."kind" = ${enumerated(office, "OfficeKind")}`;
  return { join: offices, name: sql.ref("w.code") };
}

function atLeastTwo(between: Leaf<readonly string[]>, argument: string): Leaf<readonly string[]> {
  return mapLeaf(between, (given) => {
    const distinct = [...new Set(given)];
    if (distinct.length >= 2) return distinct;
    throw inputError({ argument, problem: `must name two or more different ones, but names ${distinct.length}.` });
  });
}

function metAll(meeting: MeetingRow, args: LastMeetingArguments): Sql {
  const wanted = parameter(atLeastTwo(args.between, "between"), "text[]");
  const { join, name } = seatMatches(args);
  return sql`${meeting.col("id")} in (select p."meetingId" from "Participant" p ${join} where ${name} = any(${wanted}) group by p."meetingId" having count(distinct ${name}) = cardinality(${wanted}))`;
}

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

/** Claims that a meeting was the first since something, judged by the record. */
export const encounterTypes = [
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
export const encounterRoots = objectType<Pick<GQL.Query, "lastMeeting" | "firstSinceClaims">>()("Query", null, {}, (from) => ({
  lastMeeting: from.one<"Meeting", LastMeetingArguments>("Meeting", {
    where: ({ target, args }) =>
      all([
        isEncounter(target),
        metAll(target, args),
        args.before ? sql`${lastDay(target)} < ${parameter(args.before, "date")}` : undefined,
      ]),
    order: ({ target }) => [sql`${target.col("onEarliest")} desc nulls last`, sql`${target.col("id")} desc`],
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

export { atLeastTwo };
