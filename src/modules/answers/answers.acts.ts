import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { meetingReference } from "../meetings/meetings.commands.js";
import { conflictInput, addConflict, addFirstSinceClaim, firstSinceClaimInput } from "./answers.commands.js";

/** Mutations on claims and conflicts. */
export const answerActs: readonly Act[] = [
  draftingAct({
    name: "recordFirstSinceClaim",
    object: "firstSinceClaim",
    shape: firstSinceClaimInput.extend({ meeting: meetingReference() }),
    add: (changeSet, input, place) => newRecord(changeSet, addFirstSinceClaim(changeSet, input.meeting, input, place), "key"),
  }),
  draftingAct({
    name: "recordConflict",
    object: "conflict",
    shape: conflictInput,
    add: (changeSet, input, place) => newRecord(changeSet, addConflict(changeSet, input, place), "key"),
  }),
];
