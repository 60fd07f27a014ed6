import { shown } from "../lib/faults.js";
import type { PlannedRecord, LookupContext } from "../writing/records.js";

/** The rule that the office of a seat or a statement belongs to its party. */
export function checkOfficeOfParty(entry: PlannedRecord, lookup: LookupContext): void {
  const office = lookup.byId("Office", entry.row["officeId"]);
  const party = lookup.byId("Party", entry.row["partyId"]);
  if (office === undefined || party === undefined || office.row["partyId"] === party.id) return;
  const message = `the office ${shown(office.key)} does not belong to ${party.key}`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "officeId"), message });
}
