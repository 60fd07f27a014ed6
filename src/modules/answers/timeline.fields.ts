import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Row } from "../../reading/declarations.js";
import type { RelationContext } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import type { Sql } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { byId } from "../orders.js";
import { holdersOf } from "./holders.lists.js";
import { ofEntry } from "./timeline.entries.js";
import { noEntries, timelineColumns, timelineSources, type TimelineQuestion } from "./timeline.lists.js";

type TimelineArguments = Traced<GQL.QueryTimelineArgs>;
type TimelineContext = RelationContext<Record<string, unknown>, Record<string, unknown>, TimelineArguments>;

/** The default kinds. For a document they are all kinds of records that it is cited for. */
const usualKinds: readonly GQL.TimelineKind[] = [
  "MILESTONE",
  "TENURE_START",
  "MEMBERSHIP_START",
  "VISIT",
  "MEETING",
  "AGREEMENT",
  "ACTIVITY",
];
const kindsOfDocuments: readonly GQL.TimelineKind[] = [
  ...usualKinds,
  "TENURE_END",
  "MEMBERSHIP_END",
  "STATUS_CHANGE",
  "COMMITMENT",
  "COMMITMENT_DUE",
  "STATEMENT",
  "FIRST_SINCE_CLAIM",
  "PUBLICATION",
];

/** The timeline query; undefined for subjects without a timeline. */
function questionOf({ planner, args }: TimelineContext): TimelineQuestion | undefined {
  const holders = holdersOf(planner, args);
  if (!holders) return undefined;
  const given = args.kinds && args.kinds.length > 0 ? args.kinds : undefined;
  const usual = holders.holder.kind === "document" ? kindsOfDocuments : usualKinds;
  return { ...holders, kinds: given ?? usual, during: args.during };
}

const entry =
  (what: Parameters<typeof ofEntry>[0]) =>
  ({ row }: { readonly row: Row }): Sql =>
    ofEntry(what, row.col("kind"), row.col("entryId"));

/** The types of timelines. */
export const timelineTypes = [
  objectType<GQL.TimelineEntry>()("TimelineEntry", null, {}, (from) => ({
    kind: from.expression<GQL.TimelineKind>(({ row }) => row.col("kind")),
    on: from.expression(entry("on")),
    earliest: from.expression((context) => sql`"earliestDay"(${entry("on")(context)})`),
    latest: from.expression((context) => sql`"latestDay"(${entry("on")(context)})`),
    isExact: from.expression((context) => sql`coalesce(${entry("on")(context)} ~ '^[0-9-]{10}$', false)`),
    endsOn: from.expression(entry("endsOn")),
    summary: from.expression(entry("summary")),
    entry: from.byId("TimelineSubject", ({ row }) => row.col("entryId")),
  })),
];

/** The root field for timelines. */
export const timelineRoots = objectType<Pick<GQL.Query, "timeline">>()("Query", null, {}, (from) => ({
  timeline: from.connection<"TimelineEntry", TimelineArguments>("TimelineEntry", {
    merged: (context) => {
      const question = questionOf(context);
      const sources = question ? timelineSources(question) : [];
      return { sources: sources.length > 0 ? sources : [noEntries], orderedBy: timelineColumns };
    },
    order: ({ target }) => ({
      name: "timeline",
      terms: [
        { by: target.col("day"), type: "date", direction: "ASC" },
        { by: target.col("rank"), type: "int", direction: "ASC" },
        byId(target.col("entryId")),
      ],
    }),
  }),
}));
