import { answerSections } from "../modules/answers/answers.pack.js";
import { conflictClaimKind, conflictKind, firstSinceClaimKind } from "../modules/answers/answers.commands.js";
import { citationKind, documentKind } from "../modules/documents/documents.commands.js";
import { documentSections } from "../modules/documents/documents.pack.js";
import { forumKind, membershipKind } from "../modules/forums/forums.commands.js";
import { forumSections } from "../modules/forums/forums.pack.js";
import {
  commitmentKind,
  meetingKind,
  milestoneKind,
  participantKind,
  placeKind,
  statementKind,
  statusReportKind,
  visitKind,
} from "../modules/meetings/meetings.commands.js";
import { meetingSections } from "../modules/meetings/meetings.pack.js";
import { officeKind, organizationKind, personKind, stateKind, tenureKind } from "../modules/parties/parties.commands.js";
import { partySections } from "../modules/parties/parties.pack.js";
import type { RecordKind } from "../writing/records.js";
import type { PackSection } from "../writing/sections.js";

/** All kinds of records, each after those it refers to: the order in which they are planned and written. */
export const recordKinds: readonly RecordKind[] = [
  documentKind,
  stateKind,
  organizationKind,
  personKind,
  officeKind,
  tenureKind,
  forumKind,
  membershipKind,
  placeKind,
  milestoneKind,
  meetingKind,
  participantKind,
  statusReportKind,
  statementKind,
  commitmentKind,
  firstSinceClaimKind,
  visitKind,
  conflictKind,
  conflictClaimKind,
  citationKind,
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
