import { packSection, type PackSection } from "../../writing/sections.js";
import { addConflict } from "./answers.commands.js";
import { conflictRecord } from "./conflict.record.js";
import { conflictClaimRecord } from "./conflict-claim.record.js";

/** The collections of a pack that hold what sources contradict each other about. */
export const answerSections: readonly PackSection[] = [
  packSection({
    collection: "conflicts",
    kind: conflictRecord.kind,
    shape: conflictRecord.input,
    add: addConflict,
    names: (key) => ({ key }),
    parts: [{ collection: "claims", kind: conflictClaimRecord.kind, shape: conflictClaimRecord.input }],
  }),
];
