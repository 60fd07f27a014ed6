import { CommitmentKind, CommitmentStatus, EncounterLevel, ParticipantRole } from "../../generated/prisma/enums.js";
import { namedWithin, packSection, type PackSection, type ShortForm } from "../../writing/sections.js";
import { addCommitment, addMeeting, addStatement, addVisit } from "./meetings.commands.js";
import { commitmentRecord } from "./commitment.record.js";
import { firstSinceClaimRecord } from "../answers/first-since-claim.record.js";
import { meetingRecord } from "./meeting.record.js";
import { participantRecord } from "./participant.record.js";
import { statementRecord } from "./statement.record.js";
import { statusReportRecord } from "./status-report.record.js";
import { visitRecord } from "./visit.record.js";
import { visitClaimRecord } from "./visit-claim.record.js";
import { visitReportRecord } from "./visit-report.record.js";

const statementShort: ShortForm = {
  key: "key",
  ofNew: { by: ["speaker", "party", "institution"], values: { isVerbatim: false } },
  quoted: "text",
  within: { office: "party" },
};

const commitmentShort: ShortForm = {
  key: "key",
  ofNew: { by: ["summary"], values: { kind: CommitmentKind.JOINT_ACTION, status: CommitmentStatus.AGREED } },
};

const claimShort: ShortForm = { key: "key", initial: { level: EncounterLevel.OFFICES } };

/** The collections of a pack that hold places and milestones, which meetings refer to. */
export const meetingSections: readonly PackSection[] = [
  packSection({
    collection: "meetings",
    kind: meetingRecord.kind,
    shape: meetingRecord.input,
    add: addMeeting,
    names: (slug) => ({ slug }),
    parts: [
      {
        collection: "participants",
        kind: participantRecord.kind,
        shape: participantRecord.input,
        short: {
          key: "party",
          text: "person",
          initial: { role: ParticipantRole.PRINCIPAL },
          within: { office: "party" },
        },
      },
      {
        collection: "statusReports",
        kind: statusReportRecord.kind,
        shape: statusReportRecord.input,
        short: { key: "status", alias: "status" },
      },
      {
        collection: "statements",
        kind: statementRecord.kind,
        shape: statementRecord.input,
        names: namedWithin("statements"),
        short: statementShort,
      },
      {
        collection: "commitments",
        kind: commitmentRecord.kind,
        shape: commitmentRecord.input,
        names: namedWithin("commitments"),
        short: commitmentShort,
      },
      {
        collection: "firstSinceClaims",
        kind: firstSinceClaimRecord.kind,
        shape: firstSinceClaimRecord.input,
        names: namedWithin("first-since"),
        short: claimShort,
      },
    ],
  }),
  packSection({
    collection: "statements",
    kind: statementRecord.kind,
    shape: statementRecord.input,
    short: statementShort,
    add: addStatement,
    names: named,
    holds: ({ meetingId }) => (meetingId ?? null) === null,
  }),
  packSection({
    collection: "commitments",
    kind: commitmentRecord.kind,
    shape: commitmentRecord.input,
    short: commitmentShort,
    add: addCommitment,
    names: named,
    holds: ({ meetingId }) => (meetingId ?? null) === null,
  }),
  packSection({
    collection: "visits",
    kind: visitRecord.kind,
    shape: visitRecord.input,
    add: addVisit,
    names: named,
    parts: [
      { collection: "reports", kind: visitReportRecord.kind, shape: visitReportRecord.input },
      {
        collection: "claims",
        kind: visitClaimRecord.kind,
        shape: visitClaimRecord.input,
        names: namedWithin("claims"),
        short: claimShort,
      },
    ],
  }),
];

function named(key: string) {
  return { key };
}
