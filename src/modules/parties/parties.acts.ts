import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { endingAct } from "../periods.acts.js";
import { addOffice, addTenure } from "./parties.commands.js";
import { officeRecord } from "./office.record.js";
import { tenureRecord } from "./tenure.record.js";

/** Mutations on parties, persons and their offices. */
export const partyActs: readonly Act[] = [
  draftingAct({
    name: "recordOffice",
    object: "office",
    shape: officeRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addOffice(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "recordTenure",
    object: "tenure",
    shape: tenureRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addTenure(changeSet, input, place)),
  }),
  endingAct("endTenure", "tenure", tenureRecord.kind),
];
