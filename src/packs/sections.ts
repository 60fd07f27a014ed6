import { answerSections } from "../modules/answers/answers.pack.js";
import { documentSections } from "../modules/documents/documents.pack.js";
import { forumSections } from "../modules/forums/forums.pack.js";
import { meetingSections } from "../modules/meetings/meetings.pack.js";
import { partySections } from "../modules/parties/parties.pack.js";
import type { RecordKind } from "../writing/records.js";
import type { PackSection } from "../writing/sections.js";
import { citationRecord } from "../modules/documents/citation.record.js";
import { commitmentRecord } from "../modules/meetings/commitment.record.js";
import { conflictRecord } from "../modules/answers/conflict.record.js";
import { conflictClaimRecord } from "../modules/answers/conflict-claim.record.js";
import { documentRecord } from "../modules/documents/document.record.js";
import { firstSinceClaimRecord } from "../modules/answers/first-since-claim.record.js";
import { forumRecord } from "../modules/forums/forum.record.js";
import { meetingRecord } from "../modules/meetings/meeting.record.js";
import { membershipRecord } from "../modules/forums/membership.record.js";
import { milestoneRecord } from "../modules/meetings/milestone.record.js";
import { officeRecord } from "../modules/parties/office.record.js";
import { organizationRecord } from "../modules/parties/organization.record.js";
import { participantRecord } from "../modules/meetings/participant.record.js";
import { personRecord } from "../modules/parties/person.record.js";
import { placeRecord } from "../modules/meetings/place.record.js";
import { stateRecord } from "../modules/parties/state.record.js";
import { statementRecord } from "../modules/meetings/statement.record.js";
import { statusReportRecord } from "../modules/meetings/status-report.record.js";
import { tenureRecord } from "../modules/parties/tenure.record.js";
import { visitRecord } from "../modules/meetings/visit.record.js";

/** All kinds of records, each after those it refers to: the order in which they are planned and written. */
export const recordKinds: readonly RecordKind[] = [
  documentRecord.kind,
  stateRecord.kind,
  organizationRecord.kind,
  personRecord.kind,
  officeRecord.kind,
  tenureRecord.kind,
  forumRecord.kind,
  membershipRecord.kind,
  placeRecord.kind,
  milestoneRecord.kind,
  meetingRecord.kind,
  participantRecord.kind,
  statusReportRecord.kind,
  statementRecord.kind,
  commitmentRecord.kind,
  firstSinceClaimRecord.kind,
  visitRecord.kind,
  conflictRecord.kind,
  conflictClaimRecord.kind,
  citationRecord.kind,
];

/** The collections of a pack, in the order in which they are written. */
export const packSections: readonly PackSection[] = [
  ...documentSections,
  ...partySections,
  ...forumSections,
  ...meetingSections,
  ...answerSections,
];

/** The kinds whose records stand within the entries of others, and belong to them. */
export const partKinds: readonly RecordKind[] = packSections.flatMap(({ parts = [] }) => parts.map(({ kind }) => kind));
