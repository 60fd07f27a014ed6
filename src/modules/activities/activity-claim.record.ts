import { key, line } from "../../writing/values.js";
import { claimProperties, declareRecord, outer, reference, text } from "../record.js";
import { activityReference } from "../references.js";

/** A source's claim that an activity was the first of its kind since a day, or ever. */
export const activityClaimRecord = declareRecord({
  table: "ActivityClaim",
  label: "claim about an activity",
  prefix: "acc",
  key: { key: key() },
  properties: {
    activity: outer(reference(activityReference(), "Activity", "activityId", { required: true, tells: "around" })),
    ...claimProperties,
    scope: text(line(200)),
  },
  within: "activity",
  keyedBy: ["activity"],
  citation: { column: "activityClaimId", count: "one" },
});
