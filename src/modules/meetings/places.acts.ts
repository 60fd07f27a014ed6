import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { draftPlace, placeInput } from "./meetings.commands.js";

/** What editors do about places. */
export const placeActs: readonly Act[] = [
  draftingAct({
    name: "recordPlace",
    object: "place",
    shape: placeInput,
    draft: (drafts, input, place) => newRecord(drafts, draftPlace(drafts, input, place), "key"),
  }),
];
