import { namedWithin, packSection, type PackSection } from "../../writing/sections.js";
import { addActivity } from "./activities.commands.js";
import { activityRecord } from "./activity.record.js";
import { activityClaimRecord } from "./activity-claim.record.js";
import { activityReportRecord } from "./activity-report.record.js";

/** The collections of a pack that hold activities. */
export const activitySections: readonly PackSection[] = [
  packSection({
    collection: "activities",
    kind: activityRecord.kind,
    shape: activityRecord.input,
    add: addActivity,
    names: (key) => ({ key }),
    parts: [
      { collection: "reports", kind: activityReportRecord.kind, shape: activityReportRecord.input },
      {
        collection: "claims",
        kind: activityClaimRecord.kind,
        shape: activityClaimRecord.input,
        names: namedWithin("claims"),
      },
    ],
  }),
];
