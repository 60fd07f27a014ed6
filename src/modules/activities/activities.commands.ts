import type { z } from "zod";
import type { Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { activityRecord } from "./activity.record.js";
import { activityClaimRecord } from "./activity-claim.record.js";
import { activityReportRecord } from "./activity-report.record.js";

/** Adds an activity with the reports on its status. */
export function addActivity(
  changeSet: ChangeSet,
  input: z.infer<typeof activityRecord.input>,
  place: Place,
): DesiredRecord {
  const { key, cite, reports, claims } = input;
  const desired = addCitations(changeSet, changeSet.add(activityRecord.kind, key, place, input), cite);
  eachOf(reports, place, "reports", (report, where) => {
    addActivityReport(changeSet, key, report, where);
  });
  eachOf(claims, place, "claims", (claim, where) => {
    addActivityClaim(changeSet, key, claim, where);
  });
  return desired;
}

/** Adds a report on the status of an activity. The source is a part of its key. */
export function addActivityReport(
  changeSet: ChangeSet,
  activity: string,
  input: z.infer<typeof activityReportRecord.input>,
  place: Place,
): DesiredRecord {
  const document = input.cite?.[0]?.document ?? "";
  const key = `${activity}/reports/${document}/${input.status}`;
  return addCitations(
    changeSet,
    changeSet.add(activityReportRecord.kind, key, place, { ...input, activity }),
    input.cite,
  );
}

/** Adds a claim about an activity. */
export function addActivityClaim(
  changeSet: ChangeSet,
  activity: string,
  input: z.infer<typeof activityClaimRecord.input>,
  place: Place,
): DesiredRecord {
  const key = `${activity}/claims/${input.key}`;
  return addCitations(
    changeSet,
    changeSet.add(activityClaimRecord.kind, key, place, { ...input, activity }),
    input.cite,
  );
}
