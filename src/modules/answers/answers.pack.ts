import { packSection, type PackSection } from "../../writing/sections.js";
import { conflictClaimInput, conflictClaimKind, conflictInput, conflictKind, addConflict } from "./answers.commands.js";

/** The collections of a pack that hold what sources contradict each other about. */
export const answerSections: readonly PackSection[] = [
  packSection({
    collection: "conflicts",
    kind: conflictKind,
    shape: conflictInput,
    add: addConflict,
    names: (key) => ({ key }),
    parts: [{ collection: "claims", kind: conflictClaimKind, shape: conflictClaimInput }],
  }),
];
