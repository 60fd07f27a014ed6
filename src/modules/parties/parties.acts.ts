import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { endingAct } from "../periods.acts.js";
import { addOffice, addOrganization, addPerson, addState, addTenure } from "./parties.commands.js";
import { officeRecord } from "./office.record.js";
import { organizationRecord } from "./organization.record.js";
import { personRecord } from "./person.record.js";
import { stateRecord } from "./state.record.js";
import { tenureRecord } from "./tenure.record.js";

/** Mutations on parties, persons and their offices. */
export const partyActs: readonly Act[] = [
  draftingAct({
    name: "recordState",
    object: "state",
    shape: stateRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addState(changeSet, input, place), "code"),
  }),
  draftingAct({
    name: "recordOrganization",
    object: "organization",
    shape: organizationRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addOrganization(changeSet, input, place), "code"),
  }),
  draftingAct({
    name: "recordPerson",
    object: "person",
    shape: personRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addPerson(changeSet, input, place), "slug"),
  }),
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
