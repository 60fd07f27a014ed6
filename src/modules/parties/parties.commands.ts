import type { z } from "zod";
import { at, shown, type Place } from "../../lib/faults.js";
import type { ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { officeRecord } from "./office.record.js";
import { organizationRecord } from "./organization.record.js";
import { personRecord } from "./person.record.js";
import { stateRecord } from "./state.record.js";
import { tenureRecord } from "./tenure.record.js";

/** Adds a state. */
export function addState(changeSet: ChangeSet, input: z.infer<typeof stateRecord.input>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(stateRecord.kind, input.code, place, input), input.cite);
}

/** Adds an organization. */
export function addOrganization(
  changeSet: ChangeSet,
  input: z.infer<typeof organizationRecord.input>,
  place: Place,
): DesiredRecord {
  return addCitations(changeSet, changeSet.add(organizationRecord.kind, input.code, place, input), input.cite);
}

/** Adds a person. */
export function addPerson(
  changeSet: ChangeSet,
  input: z.infer<typeof personRecord.input>,
  place: Place,
): DesiredRecord {
  return addCitations(changeSet, changeSet.add(personRecord.kind, input.slug, place, input), input.cite);
}

/** Adds an office. Its key begins with the code of its party. */
export function addOffice(
  changeSet: ChangeSet,
  input: z.infer<typeof officeRecord.input>,
  place: Place,
): DesiredRecord {
  const party = input.key.slice(0, input.key.indexOf("/"));
  if (input.party !== undefined && input.party !== party) {
    const message = `the key ${shown(input.key)} says that the office belongs to ${party}, not to ${input.party}`;
    changeSet.report({ code: "INVALID", place: at(place, "party"), message });
  }
  return addCitations(changeSet, changeSet.add(officeRecord.kind, input.key, place, { ...input, party }), input.cite);
}

/** Adds a tenure. */
export function addTenure(
  changeSet: ChangeSet,
  input: z.infer<typeof tenureRecord.input>,
  place: Place,
): DesiredRecord {
  return addCitations(
    changeSet,
    changeSet.add(tenureRecord.kind, `${input.office}/${input.person}`, place, input),
    input.cite,
  );
}
