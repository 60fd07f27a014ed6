import { z } from "zod";
import { at } from "../lib/faults.js";
import type { Act, ActAnswer } from "../writing/acts.js";
import type { ChangeSet } from "../writing/change.set.js";
import { isTouched, type Plan } from "../writing/plan.js";
import type { DesiredRecord } from "../writing/records.js";
import { flag, given, listOf } from "../writing/values.js";

/** The lists of a report, each with the mutation whose inputs its entries are. */
const lists: Readonly<Record<string, string>> = {
  documents: "addDocument",
  states: "recordState",
  organizations: "recordOrganization",
  persons: "recordPerson",
  offices: "recordOffice",
  tenures: "recordTenure",
  places: "recordPlace",
  forums: "recordForum",
  memberships: "recordMembership",
  chairTerms: "recordChairTerm",
  milestones: "recordMilestone",
  meetings: "recordMeeting",
  participants: "addParticipant",
  statusReports: "reportStatus",
  statements: "recordStatement",
  commitments: "recordCommitment",
  firstSinceClaims: "recordFirstSinceClaim",
  visits: "recordVisit",
  visitReports: "reportVisit",
  visitClaims: "recordVisitClaim",
  agreements: "recordAgreement",
  signatories: "addSignatory",
  agreementReports: "reportAgreement",
  agreementClaims: "recordAgreementClaim",
  activities: "recordActivity",
  activityReports: "reportActivity",
  activityClaims: "recordActivityClaim",
  conflicts: "recordConflict",
};

/** The most entries of one list. */
const mostEntries = 1_000;

/** The act that records all facts of a report: its entries are inputs of the other acts, planned and written as one. */
export function reportAct(acts: readonly Act[]): Act {
  const parts = Object.entries(lists).map(([list, name]) => {
    const act = acts.find((one) => one.name === name);
    if (act?.add === undefined) throw new Error(`The list ${list} of recordReport names no act that adds: ${name}.`);
    return { list, shape: act.shape, add: act.add };
  });
  const shape = z.strictObject({
    dryRun: given(flag()),
    ...Object.fromEntries(parts.map((part) => [part.list, given(listOf(part.shape, mostEntries))])),
  });
  return {
    name: "recordReport",
    object: "records",
    shape,
    add(changeSet, input, place) {
      const report = input as Readonly<Record<string, readonly unknown[] | undefined>>;
      const adding = withKnown(changeSet);
      let last: DesiredRecord | undefined;
      for (const { list, add } of parts) {
        report[list]?.forEach((entry, index) => {
          last = add(adding, entry, at(place, list, index));
        });
      }
      return last;
    },
    isDry: (input) => input["dryRun"] === true,
    answerOf,
  };
}

/** A change set to which records may be added that exist already, as by a pack: a report names whom the record knows. */
function withKnown(changeSet: ChangeSet): ChangeSet {
  return {
    ...changeSet,
    expect(desired, presence, place) {
      if (presence !== "new") changeSet.expect(desired, presence, place);
    },
  };
}

/** The records that are new or changed, and how many. Of a dry run no record can be read. */
function answerOf({ records }: Plan, isDry: boolean): ActAnswer {
  const facts = records.filter(({ table }) => table !== "Citation");
  const created = facts.filter(({ stored }) => stored === null);
  const changed = facts.filter((record) => record.stored !== null && isTouched(record));
  return {
    records: isDry ? [] : [...created, ...changed].map(({ id }) => id),
    created: created.length,
    changed: changed.length,
  };
}
