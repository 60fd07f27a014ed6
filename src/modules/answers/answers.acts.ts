import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { meetingReference } from "../meetings/meetings.commands.js";
import { conflictInput, draftConflict, draftFirstSinceClaim, firstSinceClaimInput } from "./answers.commands.js";

/** What editors do about what sources claim, and where they contradict each other. */
export const answerActs: readonly Act[] = [
  draftingAct({
    name: "recordFirstSinceClaim",
    object: "firstSinceClaim",
    shape: firstSinceClaimInput.extend({ meeting: meetingReference() }),
    draft: (drafts, input, place) => newRecord(drafts, draftFirstSinceClaim(drafts, input.meeting, input, place), "key"),
  }),
  draftingAct({
    name: "recordConflict",
    object: "conflict",
    shape: conflictInput,
    draft: (drafts, input, place) => newRecord(drafts, draftConflict(drafts, input, place), "key"),
  }),
];
