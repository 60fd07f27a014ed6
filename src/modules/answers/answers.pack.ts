import { packSection, type PackSection } from "../../writing/sections.js";
import { conflictClaimInput, conflictClaimKind, conflictInput, conflictKind, draftConflict } from "./answers.commands.js";

/** The collections of a pack that hold what sources contradict each other about. */
export const answerSections: readonly PackSection[] = [
  packSection({
    collection: "conflicts",
    kind: conflictKind,
    shape: conflictInput,
    draft: draftConflict,
    names: (key) => ({ key }),
    parts: [{ collection: "claims", kind: conflictClaimKind, shape: conflictClaimInput }],
  }),
];
