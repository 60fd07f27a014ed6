import type { z } from "zod";
import { at, shown, type Place } from "../../lib/faults.js";
import type { ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { officeRecord } from "./office.record.js";
import { tenureRecord } from "./tenure.record.js";

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
