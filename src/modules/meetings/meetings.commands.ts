import type { z } from "zod";
import type { Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addFirstSinceClaim } from "../answers/answers.commands.js";
import { addCitations } from "../documents/documents.commands.js";
import { commitmentRecord } from "./commitment.record.js";
import { meetingRecord } from "./meeting.record.js";
import { participantRecord } from "./participant.record.js";
import { statementRecord } from "./statement.record.js";
import { statusReportRecord } from "./status-report.record.js";
import { visitRecord } from "./visit.record.js";
import { visitClaimRecord } from "./visit-claim.record.js";
import { visitReportRecord } from "./visit-report.record.js";

/** Adds a meeting with its seats, reports, statements, commitments and the claims about it. */
export function addMeeting(
  changeSet: ChangeSet,
  input: z.infer<typeof meetingRecord.input>,
  place: Place,
): DesiredRecord {
  const { slug: meeting, cite, participants, statusReports, statements, commitments, firstSinceClaims } = input;
  const desired = addCitations(changeSet, changeSet.add(meetingRecord.kind, meeting, place, input), cite);
  eachOf(participants, place, "participants", (seat, where) => {
    addParticipant(changeSet, meeting, seat, where);
  });
  eachOf(statusReports, place, "statusReports", (report, where) => {
    addStatusReport(changeSet, meeting, report, where);
  });
  eachOf(statements, place, "statements", (statement, where) => {
    addStatement(changeSet, statement, where, meeting);
  });
  eachOf(commitments, place, "commitments", (commitment, where) => {
    addCommitment(changeSet, commitment, where, meeting);
  });
  eachOf(firstSinceClaims, place, "firstSinceClaims", (claim, where) => {
    addFirstSinceClaim(changeSet, meeting, claim, where);
  });
  return desired;
}

/** Adds a seat at a meeting. */
export function addParticipant(
  changeSet: ChangeSet,
  meeting: string,
  input: z.infer<typeof participantRecord.input>,
  place: Place,
): DesiredRecord {
  const desired = changeSet.add(participantRecord.kind, `${meeting}/${input.party}`, place, { ...input, meeting });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a status report. The source is a part of its key. */
export function addStatusReport(
  changeSet: ChangeSet,
  meeting: string,
  input: z.infer<typeof statusReportRecord.input>,
  place: Place,
): DesiredRecord {
  const document = input.cite?.[0]?.document ?? "";
  const desired = changeSet.add(statusReportRecord.kind, `${meeting}/reports/${document}/${input.status}`, place, {
    ...input,
    meeting,
  });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a statement, at a meeting or outside of any. */
export function addStatement(
  changeSet: ChangeSet,
  input: z.infer<typeof statementRecord.input>,
  place: Place,
  meeting?: string,
): DesiredRecord {
  const name = meeting === undefined ? input.key : `${meeting}/statements/${input.key}`;
  return addCitations(changeSet, changeSet.add(statementRecord.kind, name, place, { ...input, meeting }), input.cite);
}

/** Adds a commitment, made at a meeting or outside of any. */
export function addCommitment(
  changeSet: ChangeSet,
  input: z.infer<typeof commitmentRecord.input>,
  place: Place,
  meeting?: string,
): DesiredRecord {
  const name = meeting === undefined ? input.key : `${meeting}/commitments/${input.key}`;
  return addCitations(changeSet, changeSet.add(commitmentRecord.kind, name, place, { ...input, meeting }), input.cite);
}

/** Adds a visit. */
export function addVisit(changeSet: ChangeSet, input: z.infer<typeof visitRecord.input>, place: Place): DesiredRecord {
  const { key: visit, cite, reports, claims } = input;
  const desired = addCitations(changeSet, changeSet.add(visitRecord.kind, visit, place, input), cite);
  eachOf(reports, place, "reports", (report, where) => {
    addVisitReport(changeSet, visit, report, where);
  });
  eachOf(claims, place, "claims", (claim, where) => {
    addVisitClaim(changeSet, visit, claim, where);
  });
  return desired;
}

/** Adds a claim about a visit. */
export function addVisitClaim(
  changeSet: ChangeSet,
  visit: string,
  input: z.infer<typeof visitClaimRecord.input>,
  place: Place,
): DesiredRecord {
  const key = `${visit}/claims/${input.key}`;
  return addCitations(changeSet, changeSet.add(visitClaimRecord.kind, key, place, { ...input, visit }), input.cite);
}

/** Adds a report on a visit. The source is a part of its key. */
export function addVisitReport(
  changeSet: ChangeSet,
  visit: string,
  input: z.infer<typeof visitReportRecord.input>,
  place: Place,
): DesiredRecord {
  const document = input.cite?.[0]?.document ?? "";
  const desired = changeSet.add(visitReportRecord.kind, `${visit}/reports/${document}/${input.status}`, place, {
    ...input,
    visit,
  });
  return addCitations(changeSet, desired, input.cite);
}
