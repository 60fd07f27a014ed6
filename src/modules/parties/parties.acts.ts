import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { endingAct } from "../periods.acts.js";
import {
  draftOffice,
  draftOrganization,
  draftPerson,
  draftState,
  draftTenure,
  officeInput,
  organizationInput,
  personInput,
  stateInput,
  tenureInput,
  tenureKind,
} from "./parties.commands.js";

/** What editors do about parties, persons and their offices. */
export const partyActs: readonly Act[] = [
  draftingAct({
    name: "recordState",
    object: "state",
    shape: stateInput,
    draft: (drafts, input, place) => newRecord(drafts, draftState(drafts, input, place), "code"),
  }),
  draftingAct({
    name: "recordOrganization",
    object: "organization",
    shape: organizationInput,
    draft: (drafts, input, place) => newRecord(drafts, draftOrganization(drafts, input, place), "code"),
  }),
  draftingAct({
    name: "recordPerson",
    object: "person",
    shape: personInput,
    draft: (drafts, input, place) => newRecord(drafts, draftPerson(drafts, input, place), "slug"),
  }),
  draftingAct({
    name: "recordOffice",
    object: "office",
    shape: officeInput,
    draft: (drafts, input, place) => newRecord(drafts, draftOffice(drafts, input, place), "key"),
  }),
  draftingAct({
    name: "recordTenure",
    object: "tenure",
    shape: tenureInput,
    draft: (drafts, input, place) => newRecord(drafts, draftTenure(drafts, input, place)),
  }),
  endingAct("endTenure", "tenure", tenureKind),
];
