import { z } from "zod";
import { CommitmentStatus } from "../../generated/prisma/enums.js";
import { at } from "../../lib/faults.js";
import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import type { RecordKind } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { day, given, key, oneOf } from "../../writing/values.js";
import { addCitations } from "../documents/documents.commands.js";
import {
  addCommitment,
  addMeeting,
  addParticipant,
  addStatement,
  addStatusReport,
  addVisit,
  addVisitClaim,
  addVisitReport,
} from "./meetings.commands.js";
import { commitmentRecord } from "./commitment.record.js";
import { meetingRecord } from "./meeting.record.js";
import { participantRecord } from "./participant.record.js";
import { statementRecord } from "./statement.record.js";
import { statusReportRecord } from "./status-report.record.js";
import { visitRecord } from "./visit.record.js";
import { visitClaimRecord } from "./visit-claim.record.js";
import { visitReportRecord } from "./visit-report.record.js";
import { citationsInput } from "../citations.js";
import { meetingReference, officeReference, personReference } from "../references.js";

const atMeeting = { meeting: meetingReference() };

const nameInput = z.strictObject({
  participant: refersTo("Participant", key()),
  person: personReference(),
  office: given(officeReference()),
  cite: citationsInput,
});

const fateInput = z.strictObject({
  commitment: refersTo("Commitment", key()),
  status: oneOf(CommitmentStatus),
  dueOn: given(day()),
  cite: citationsInput,
});

// A seat that is named is known by its own key and not by who sits there.
const { identify: _byParty, ...namedSeat } = participantRecord.kind;

// The new state of a commitment replaces the earlier one.
const reportedCommitment: RecordKind = { ...commitmentRecord.kind, precedence: () => "given" };

/** Mutations on meetings and their parts. */
export const meetingActs: readonly Act[] = [
  draftingAct({
    name: "recordMeeting",
    object: "meeting",
    shape: meetingRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addMeeting(changeSet, input, place), "slug"),
  }),
  draftingAct({
    name: "addParticipant",
    object: "participant",
    shape: participantRecord.input.extend(atMeeting),
    add: (changeSet, input, place) => newRecord(changeSet, addParticipant(changeSet, input.meeting, input, place)),
  }),
  draftingAct({
    name: "nameParticipant",
    object: "participant",
    shape: nameInput,
    changes: { kind: participantRecord.kind, by: "participant" },
    add(changeSet, input, place) {
      const { participant, ...said } = input;
      const desired = changeSet.add(namedSeat, participant, place, said);
      changeSet.expect(desired, "known", at(place, "participant"));
      return addCitations(changeSet, desired, input.cite);
    },
  }),
  draftingAct({
    name: "reportStatus",
    object: "meeting",
    shape: statusReportRecord.input.extend(atMeeting),
    changes: { kind: meetingRecord.kind, by: "meeting" },
    add: (changeSet, input, place) => addStatusReport(changeSet, input.meeting, input, place),
  }),
  draftingAct({
    name: "recordStatement",
    object: "statement",
    shape: statementRecord.input.extend({ meeting: given(meetingReference()) }),
    add: (changeSet, input, place) => newRecord(changeSet, addStatement(changeSet, input, place, input.meeting), "key"),
  }),
  draftingAct({
    name: "recordCommitment",
    object: "commitment",
    shape: commitmentRecord.input.extend({ meeting: given(meetingReference()) }),
    add: (changeSet, input, place) =>
      newRecord(changeSet, addCommitment(changeSet, input, place, input.meeting), "key"),
  }),
  draftingAct({
    name: "reportCommitment",
    object: "commitment",
    shape: fateInput,
    changes: { kind: commitmentRecord.kind, by: "commitment" },
    add(changeSet, input, place) {
      const { commitment, ...said } = input;
      const desired = changeSet.add(reportedCommitment, commitment, place, said);
      changeSet.expect(desired, "known", at(place, "commitment"));
      return addCitations(changeSet, desired, input.cite);
    },
  }),
  draftingAct({
    name: "recordVisit",
    object: "visit",
    shape: visitRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addVisit(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "reportVisit",
    object: "visit",
    shape: visitReportRecord.input.extend({ visit: refersTo("Visit", key()) }),
    changes: { kind: visitRecord.kind, by: "visit" },
    add: (changeSet, input, place) => addVisitReport(changeSet, input.visit, input, place),
  }),
  draftingAct({
    name: "recordVisitClaim",
    object: "visitClaim",
    shape: visitClaimRecord.input.extend({ visit: refersTo("Visit", key()) }),
    add: (changeSet, input, place) => newRecord(changeSet, addVisitClaim(changeSet, input.visit, input, place), "key"),
  }),
];
