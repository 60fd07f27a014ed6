import { z } from "zod";
import { CommitmentStatus } from "../../generated/prisma/enums.js";
import { at } from "../../lib/faults.js";
import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import type { RecordKind } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { day, given, key, oneOf } from "../../writing/values.js";
import { citationsInput, addCitations } from "../documents/documents.commands.js";
import { officeReference, personReference } from "../parties/parties.commands.js";
import {
  commitmentInput,
  commitmentKind,
  addCommitment,
  addMeeting,
  addMilestone,
  addParticipant,
  addStatement,
  addStatusReport,
  addVisit,
  meetingInput,
  meetingKind,
  meetingReference,
  milestoneInput,
  participantInput,
  participantKind,
  statementInput,
  statusReportInput,
  visitInput,
} from "./meetings.commands.js";

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
const { identify: _byParty, ...namedSeat } = participantKind;

// The new state of a commitment replaces the earlier one.
const reportedCommitment: RecordKind = { ...commitmentKind, precedence: () => "given" };

/** Mutations on meetings and their parts. */
export const meetingActs: readonly Act[] = [
  draftingAct({
    name: "recordMeeting",
    object: "meeting",
    shape: meetingInput,
    add: (changeSet, input, place) => newRecord(changeSet, addMeeting(changeSet, input, place), "slug"),
  }),
  draftingAct({
    name: "addParticipant",
    object: "participant",
    shape: participantInput.extend(atMeeting),
    add: (changeSet, input, place) => newRecord(changeSet, addParticipant(changeSet, input.meeting, input, place)),
  }),
  draftingAct({
    name: "nameParticipant",
    object: "participant",
    shape: nameInput,
    changes: { kind: participantKind, by: "participant" },
    add(changeSet, input, place) {
      const desired = changeSet.add(namedSeat, input.participant, place, input);
      changeSet.expect(desired, "known", at(place, "participant"));
      return addCitations(changeSet, desired, input.cite);
    },
  }),
  draftingAct({
    name: "reportStatus",
    object: "meeting",
    shape: statusReportInput.extend(atMeeting),
    changes: { kind: meetingKind, by: "meeting" },
    add: (changeSet, input, place) => addStatusReport(changeSet, input.meeting, input, place),
  }),
  draftingAct({
    name: "recordStatement",
    object: "statement",
    shape: statementInput.extend({ meeting: given(meetingReference()) }),
    add: (changeSet, input, place) => newRecord(changeSet, addStatement(changeSet, input, place, input.meeting), "key"),
  }),
  draftingAct({
    name: "recordCommitment",
    object: "commitment",
    shape: commitmentInput.extend(atMeeting),
    add: (changeSet, input, place) => newRecord(changeSet, addCommitment(changeSet, input.meeting, input, place), "key"),
  }),
  draftingAct({
    name: "reportCommitment",
    object: "commitment",
    shape: fateInput,
    changes: { kind: commitmentKind, by: "commitment" },
    add(changeSet, input, place) {
      const desired = changeSet.add(reportedCommitment, input.commitment, place, input);
      changeSet.expect(desired, "known", at(place, "commitment"));
      return addCitations(changeSet, desired, input.cite);
    },
  }),
  draftingAct({
    name: "recordVisit",
    object: "visit",
    shape: visitInput,
    add: (changeSet, input, place) => newRecord(changeSet, addVisit(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "recordMilestone",
    object: "milestone",
    shape: milestoneInput,
    add: (changeSet, input, place) => newRecord(changeSet, addMilestone(changeSet, input, place), "key"),
  }),
];
