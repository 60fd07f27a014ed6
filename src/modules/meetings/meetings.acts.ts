import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { draftMeeting, meetingInput } from "./meetings.commands.js";

/** What editors do about meetings and what belongs to them. */
export const meetingActs: readonly Act[] = [
  draftingAct({
    name: "recordMeeting",
    object: "meeting",
    shape: meetingInput,
    draft: (drafts, input, place) => newRecord(drafts, draftMeeting(drafts, input, place), "slug"),
  }),
];
