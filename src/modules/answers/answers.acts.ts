import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { addConflict, addFirstSinceClaim } from "./answers.commands.js";
import { conflictRecord } from "./conflict.record.js";
import { firstSinceClaimRecord } from "./first-since-claim.record.js";
import { meetingReference } from "../references.js";

/** Mutations on claims and conflicts. */
export const answerActs: readonly Act[] = [
  draftingAct({
    name: "recordFirstSinceClaim",
    object: "firstSinceClaim",
    shape: firstSinceClaimRecord.input.extend({ meeting: meetingReference() }),
    add: (changeSet, input, place) =>
      newRecord(changeSet, addFirstSinceClaim(changeSet, input.meeting, input, place), "key"),
  }),
  draftingAct({
    name: "recordConflict",
    object: "conflict",
    shape: conflictRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addConflict(changeSet, input, place), "key"),
  }),
];
