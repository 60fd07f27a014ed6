import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { objectType } from "../declare.js";
import { boundsOf, coveredOfPair, encounter, lastMeetingId, sinceOf, unmetPairs } from "./encounters.lists.js";

type LastMeetingArguments = Traced<GQL.QueryLastMeetingArgs>;
type LastMetArguments = Traced<GQL.QueryLastMetArgs>;
type FirstMeetingArguments = Traced<GQL.QueryFirstMeetingSinceArgs>;

type UnmetArguments = Traced<GQL.QueryUnmetPairsArgs>;

/** When some met. */
export const encounterTypes = [
  objectType<GQL.Encounter>()("Encounter", null, {}, (from) => ({
    meeting: from.one("Meeting", "meetingId"),
    isCertain: from.expression(({ row }) => row.col("isCertain")),
    coveredThrough: from.expression<string | null>(({ row }) => row.col("coveredThrough")),
    contenders: from.list("Meeting", {
      where: ({ row, target }) => sql`${target.col("id")} = any(${row.col("contenderIds")})`,
      order: ({ row, target }) => [sql`array_position(${row.col("contenderIds")}, ${target.col("id")})`],
    }),
    contenderCount: from.expression(({ row }) => row.col("contenderCount")),
    explanation: from.expression(({ row }) => row.col("explanation")),
  })),

  objectType<GQL.UnmetPair>()("UnmetPair", null, {}, (from) => ({
    parties: from.list("Party", {
      where: ({ row, target }) => sql`${target.col("id")} in (${row.col("firstId")}, ${row.col("secondId")})`,
      order: ({ target }) => [sql`${target.col("code")} collate "C"`],
    }),
    possible: from.list("Meeting", {
      where: ({ row, target }) => sql`${target.col("id")} = any(${row.col("possibleIds")})`,
      order: ({ row, target }) => [sql`array_position(${row.col("possibleIds")}, ${target.col("id")})`],
    }),
    possibleCount: from.expression(({ row }) => row.col("possibleCount")),
    coveredThrough: from.expression<string | null>(({ row }) => coveredOfPair(row.col("firstId"), row.col("secondId"))),
    explanation: from.expression<string>(
      ({
        row,
      }) => sql`(case ${row.col("possibleCount")} when 0 then 'The record holds no such meeting, which does not mean that there was none'
        else 'None counts for certain; ' || ${row.col("possibleCount")} || ' may, because days, formats or seats are not exact enough' end
        || coalesce('. It holds meetings of both through ' || ${coveredOfPair(row.col("firstId"), row.col("secondId"))}, '. It holds no meeting at all of one of them') || '.')`,
    ),
  })),
];

/** The root fields for encounters. */
export const encounterRoots = objectType<
  Pick<GQL.Query, "lastMeeting" | "lastMet" | "firstMeetingSince" | "unmetPairs">
>()("Query", null, {}, (from) => ({
  lastMeeting: from.one<"Meeting", LastMeetingArguments>("Meeting", {
    where: ({ target, args }) => sql`${target.col("id")} = ${lastMeetingId(args, boundsOf(args))}`,
  }),
  lastMet: from.one<"Encounter", LastMetArguments>("Encounter", {
    from: ({ args }) => encounter("LAST", args, boundsOf(args)),
    where: () => sql`true`,
  }),
  firstMeetingSince: from.one<"Encounter", FirstMeetingArguments>("Encounter", {
    from: ({ args }) =>
      encounter("FIRST", args, { since: sinceOf(args), until: boundsOf({ before: args.before }).until }),
    where: () => sql`true`,
  }),
  unmetPairs: from.connection<"UnmetPair", UnmetArguments>("UnmetPair", {
    from: ({ args }) => unmetPairs(args),
    isOnce: true,
    order: ({ target }) => ({
      name: "unmet",
      terms: [{ by: sql`${target.col("pair")} collate "C"`, type: "text", direction: "ASC" }],
    }),
  }),
}));
