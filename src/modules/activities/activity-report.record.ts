import { ActivityStatus } from "../../generated/prisma/enums.js";
import type { LookupContext, PlannedRecord } from "../../writing/records.js";
import { oneOfBut } from "../../writing/values.js";
import { dayAfter } from "../periods.rules.js";
import { date, declareRecord, naming, outer, reference, text } from "../record.js";
import { activityReference } from "../references.js";

/** The status of an activity by one source. */
export const activityReportRecord = declareRecord({
  table: "ActivityReport",
  label: "report on an activity",
  prefix: "acp",
  properties: {
    activity: outer(reference(activityReference(), "Activity", "activityId", { required: true })),
    status: naming(text(oneOfBut(ActivityStatus, ["UNKNOWN"]))),
    reportedOn: date(),
  },
  within: "activity",
  keyedBy: ["activity"],
  lasting: ["status"],
  check: checkReport,
  citation: { column: "activityReportId", count: "one" },
});

// A day is the day at the place, so that a report can bear the date of the day before.
function checkReport(entry: PlannedRecord, lookup: LookupContext): void {
  const { status, reportedOn, reportedOnLatest: reported } = entry.row;
  const activity = lookup.byId("Activity", entry.row["activityId"]);
  const begins = activity?.row["fromEarliest"];
  const hasBegun = status === ActivityStatus.HELD || status === ActivityStatus.UNDER_WAY;
  if (!hasBegun || typeof begins !== "string" || typeof reported !== "string" || dayAfter(reported) >= begins) return;
  const message =
    `a report of ${String(reportedOn)} cannot say that an activity of ${String(activity?.row["from"])} ` +
    `was ${status === ActivityStatus.HELD ? "held" : "under way"}; give PLANNED for one that was printed before it`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "reportedOn"), message });
}
