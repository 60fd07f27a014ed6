import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { activityReference } from "../references.js";
import { addActivity, addActivityClaim, addActivityReport } from "./activities.commands.js";
import { activityRecord } from "./activity.record.js";
import { activityClaimRecord } from "./activity-claim.record.js";
import { activityReportRecord } from "./activity-report.record.js";

/** Mutations on activities. */
export const activityActs: readonly Act[] = [
  draftingAct({
    name: "recordActivity",
    object: "activity",
    shape: activityRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addActivity(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "reportActivity",
    object: "activity",
    shape: activityReportRecord.input.extend({ activity: activityReference() }),
    changes: { kind: activityRecord.kind, by: "activity" },
    add: (changeSet, input, place) => addActivityReport(changeSet, input.activity, input, place),
  }),
  draftingAct({
    name: "recordActivityClaim",
    object: "activityClaim",
    shape: activityClaimRecord.input.extend({ activity: activityReference() }),
    add: (changeSet, input, place) =>
      newRecord(changeSet, addActivityClaim(changeSet, input.activity, input, place), "key"),
  }),
];
