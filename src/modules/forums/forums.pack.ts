import { packSection, type PackSection } from "../../writing/sections.js";
import { addChairTerm, addMembership } from "./forums.commands.js";
import { chairTermRecord } from "./chair-term.record.js";
import { membershipRecord } from "./membership.record.js";

/** The collections of a pack that hold forums and who belongs to them. */
export const forumSections: readonly PackSection[] = [
  packSection({
    collection: "memberships",
    kind: membershipRecord.kind,
    shape: membershipRecord.input,
    add: addMembership,
    names: () => ({}),
  }),
  packSection({
    collection: "chairTerms",
    kind: chairTermRecord.kind,
    shape: chairTermRecord.input,
    add: addChairTerm,
    names: () => ({}),
  }),
];
