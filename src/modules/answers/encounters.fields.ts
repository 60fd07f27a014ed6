import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { objectType } from "../declare.js";
import { boundsOf, encounter, lastMeetingId, sinceOf } from "./encounters.lists.js";

type LastMeetingArguments = Traced<GQL.QueryLastMeetingArgs>;
type LastMetArguments = Traced<GQL.QueryLastMetArgs>;
type FirstMeetingArguments = Traced<GQL.QueryFirstMeetingSinceArgs>;

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
];

/** The root fields for encounters. */
export const encounterRoots = objectType<Pick<GQL.Query, "lastMeeting" | "lastMet" | "firstMeetingSince">>()(
  "Query",
  null,
  {},
  (from) => ({
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
  }),
);
