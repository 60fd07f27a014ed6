import { VisitStatus } from "../../generated/prisma/enums.js";
import type { LookupContext, PlannedRecord } from "../../writing/records.js";
import { key, oneOfBut } from "../../writing/values.js";
import { dayAfter } from "../periods.rules.js";
import { date, declareRecord, naming, outer, reference, text } from "../record.js";
import { refersTo } from "../../writing/references.js";

/** The status of a visit by one source. */
export const visitReportRecord = declareRecord({
  table: "VisitReport",
  label: "visit report",
  prefix: "vrp",
  properties: {
    visit: outer(reference(refersTo("Visit", key()), "Visit", "visitId", { required: true, tells: "around" })),
    status: naming(text(oneOfBut(VisitStatus, ["UNKNOWN"]))),
    reportedOn: date(),
  },
  within: "visit",
  keyedBy: ["visit"],
  lasting: ["status"],
  check: checkReport,
  citation: { column: "visitReportId", count: "one" },
});

// A day is the day at the place, so that a report can bear the date of the day before.
function checkReport(entry: PlannedRecord, lookup: LookupContext): void {
  const visit = lookup.byId("Visit", entry.row["visitId"]);
  const begins = visit?.row["fromEarliest"];
  const reported = entry.row["reportedOnLatest"];
  if (entry.row["status"] !== VisitStatus.MADE || typeof begins !== "string" || typeof reported !== "string") return;
  if (dayAfter(reported) >= begins) return;
  const message =
    `a report of ${String(entry.row["reportedOn"])} cannot say that a visit from ${String(visit?.row["from"])} was made; ` +
    "give PLANNED for one that was printed before it";
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "reportedOn"), message });
}
