import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { endingAct } from "../periods.acts.js";
import {
  addOffice,
  addOrganization,
  addPerson,
  addState,
  addTenure,
  officeInput,
  organizationInput,
  personInput,
  stateInput,
  tenureInput,
  tenureKind,
} from "./parties.commands.js";

/** Mutations on parties, persons and their offices. */
export const partyActs: readonly Act[] = [
  draftingAct({
    name: "recordState",
    object: "state",
    shape: stateInput,
    add: (changeSet, input, place) => newRecord(changeSet, addState(changeSet, input, place), "code"),
  }),
  draftingAct({
    name: "recordOrganization",
    object: "organization",
    shape: organizationInput,
    add: (changeSet, input, place) => newRecord(changeSet, addOrganization(changeSet, input, place), "code"),
  }),
  draftingAct({
    name: "recordPerson",
    object: "person",
    shape: personInput,
    add: (changeSet, input, place) => newRecord(changeSet, addPerson(changeSet, input, place), "slug"),
  }),
  draftingAct({
    name: "recordOffice",
    object: "office",
    shape: officeInput,
    add: (changeSet, input, place) => newRecord(changeSet, addOffice(changeSet, input, place), "key"),
  }),
  draftingAct({
    name: "recordTenure",
    object: "tenure",
    shape: tenureInput,
    add: (changeSet, input, place) => newRecord(changeSet, addTenure(changeSet, input, place)),
  }),
  endingAct("endTenure", "tenure", tenureKind),
];
