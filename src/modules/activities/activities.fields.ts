import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { conflictsOf } from "../answers/answers.lists.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { citationsOf } from "../documents/documents.lists.js";
import { isNamed, recordFields } from "../history/history.lists.js";
import { identifiersField } from "../identifiers.fields.js";
import { alphabetical } from "../orders.js";
import { activitiesOf } from "./activities.lists.js";

/** Activities of forces, and the reports on their status. */
export const activityTypes = [
  objectType<GQL.Activity>()("Activity", "Activity", {}, (from) => ({
    ...recordFields<Tables["Activity"]>("Activity"),
    identifiers: identifiersField<Tables["Activity"]>(),
    id: from.word("id"),
    key: from.column("key"),
    title: from.expression<string>(({ row }) => sql`"activityTitle"(${row.col("id")})`),
    name: from.column("name"),
    kind: from.column("kind"),
    status: from.expression<GQL.ActivityStatus, Traced<GQL.ActivityStatusArgs>>(({ row, args }) =>
      args.asOf ? sql`"activityStatus"(${row.col("id")}, ${parameter(args.asOf, "date")})` : row.col("status"),
    ),
    parties: from.list("Party", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select x."partyId" from "ActivityParty" x where x."activityId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    series: from.column("series"),
    forum: from.one("Forum", "forumId"),
    ordinal: from.column("ordinal"),
    edition: from.column("edition"),
    from: from.column("from"),
    to: from.column("to"),
    place: from.one("Place", "placeId"),
    units: from.prose("units"),
    agreement: from.one("Agreement", "agreementId"),
    topics: from.column("topics"),
    note: from.prose("note"),
    claims: from.list("ActivityClaim", {
      where: ({ row, target }) => sql`${target.col("activityId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("key")],
    }),
    reports: from.list("ActivityReport", {
      where: ({ row, target }) => sql`${target.col("activityId")} = ${row.col("id")}`,
      order: ({ target }) => [
        sql`${target.col("reportedOnEarliest")} nulls last`,
        target.col("status"),
        target.col("id"),
      ],
    }),
    conflicts: conflictsOf<Tables["Activity"]>("activityId"),
    citations: citationsOf<Tables["Activity"]>("activityId"),
  })),

  objectType<GQL.ActivityClaim>()("ActivityClaim", "ActivityClaim", {}, (from) => ({
    ...recordFields<Tables["ActivityClaim"]>("ActivityClaim"),
    id: from.word("id"),
    key: from.column("key"),
    activity: from.one("Activity", "activityId"),
    since: from.column("since"),
    isFirstEver: from.expression<boolean>(
      ({ row }) => sql`(num_nonnulls(${row.col("since")}, ${row.col("words")}) = 0)`,
    ),
    words: from.column("words"),
    scope: from.column("scope"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("activityClaimId")} = ${row.col("id")}`,
    }),
  })),

  objectType<GQL.ActivityReport>()("ActivityReport", "ActivityReport", {}, (from) => ({
    ...recordFields<Tables["ActivityReport"]>("ActivityReport"),
    id: from.word("id"),
    key: from.column("key"),
    activity: from.one("Activity", "activityId"),
    status: from.column("status"),
    reportedOn: from.column("reportedOn"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("activityReportId")} = ${row.col("id")}`,
    }),
  })),
];

/** The root fields of this module. */
export const activityRoots = objectType<Pick<GQL.Query, "activity" | "activities">>()("Query", null, {}, (from) => ({
  activity: from.one<"Activity", Traced<GQL.QueryActivityArgs>>("Activity", {
    where: ({ target, args }) => isNamed(target, "key", "Activity", args.key),
  }),
  activities: activitiesOf<Record<string, unknown>>(),
}));
