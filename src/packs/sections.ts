import { activitySections } from "../modules/activities/activities.pack.js";
import { agreementSections } from "../modules/agreements/agreements.pack.js";
import { answerSections } from "../modules/answers/answers.pack.js";
import { forumSections } from "../modules/forums/forums.pack.js";
import { recordKinds } from "../modules/kinds.js";
import { meetingSections } from "../modules/meetings/meetings.pack.js";
import { partySections } from "../modules/parties/parties.pack.js";
import type { RecordKind } from "../writing/records.js";
import type { PackSection } from "../writing/sections.js";
import { plainSections } from "./plain.js";

/** The collections of a pack, in the order in which they are written: that of their kinds. */
export const packSections: readonly PackSection[] = [
  ...plainSections,
  ...partySections,
  ...forumSections,
  ...meetingSections,
  ...agreementSections,
  ...activitySections,
  ...answerSections,
].sort((one, other) => recordKinds.indexOf(one.kind) - recordKinds.indexOf(other.kind));

/** The kinds whose records stand within the entries of others, and belong to them. */
export const partKinds: readonly RecordKind[] = packSections.flatMap(({ parts = [] }) => parts.map(({ kind }) => kind));
