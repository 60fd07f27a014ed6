import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { addPlace, placeInput } from "./meetings.commands.js";

/** Mutations on places. */
export const placeActs: readonly Act[] = [
  draftingAct({
    name: "recordPlace",
    object: "place",
    shape: placeInput,
    add: (changeSet, input, place) => newRecord(changeSet, addPlace(changeSet, input, place), "key"),
  }),
];
