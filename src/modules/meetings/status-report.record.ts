import { MeetingStatus } from "../../generated/prisma/enums.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { oneOfBut } from "../../writing/values.js";
import { dayAfter } from "../periods.rules.js";
import { date, declareRecord, naming, outer, reference, text } from "../record.js";
import { meetingReference } from "../references.js";

/** The status of a meeting by one source. */
export const statusReportRecord = declareRecord({
  table: "StatusReport",
  label: "status report",
  prefix: "rep",
  properties: {
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { required: true, tells: "around" })),
    status: naming(text(oneOfBut(MeetingStatus, ["UNKNOWN"]))),
    reportedOn: date(),
  },
  within: "meeting",
  keyedBy: ["meeting"],
  lasting: ["status"],
  check: checkReport,
  citation: { column: "statusReportId", count: "one" },
});

// A day is the day at the place, so that a report can bear the date of the day before.
function checkReport(entry: PlannedRecord, lookup: LookupContext): void {
  const meeting = lookup.byId("Meeting", entry.row["meetingId"]);
  const begins = meeting?.row["onEarliest"];
  const reported = entry.row["reportedOnLatest"];
  if (entry.row["status"] !== MeetingStatus.HELD || typeof begins !== "string" || typeof reported !== "string") return;
  if (dayAfter(reported) >= begins) return;
  const message =
    `a report of ${String(entry.row["reportedOn"])} cannot say that a meeting of ${String(meeting?.row["on"])} was held; ` +
    "give EXPECTED for one that was printed before it";
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "reportedOn"), message });
}
