import { packSection, type PackSection } from "../../writing/sections.js";
import { addForum, addMembership, forumInput, forumKind, membershipInput, membershipKind } from "./forums.commands.js";

/** The collections of a pack that hold forums and who belongs to them. */
export const forumSections: readonly PackSection[] = [
  packSection({
    collection: "forums",
    kind: forumKind,
    shape: forumInput,
    add: addForum,
    names: (slug) => ({ slug }),
  }),
  packSection({
    collection: "memberships",
    kind: membershipKind,
    shape: membershipInput,
    add: addMembership,
    names: () => ({}),
  }),
];
