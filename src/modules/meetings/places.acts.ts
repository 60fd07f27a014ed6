import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { addPlace } from "./meetings.commands.js";
import { placeRecord } from "./place.record.js";

/** Mutations on places. */
export const placeActs: readonly Act[] = [
  draftingAct({
    name: "recordPlace",
    object: "place",
    shape: placeRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addPlace(changeSet, input, place), "key"),
  }),
];
