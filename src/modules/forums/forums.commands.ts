import type { z } from "zod";
import type { Place } from "../../lib/faults.js";
import type { ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { chairTermKey, chairTermRecord } from "./chair-term.record.js";
import { membershipKey, membershipRecord } from "./membership.record.js";

/** Adds a membership. */
export function addMembership(
  changeSet: ChangeSet,
  input: z.infer<typeof membershipRecord.input>,
  place: Place,
): DesiredRecord {
  const desired = changeSet.add(membershipRecord.kind, membershipKey(input), place, input);
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a term in which a party or person chairs a forum. */
export function addChairTerm(
  changeSet: ChangeSet,
  input: z.infer<typeof chairTermRecord.input>,
  place: Place,
): DesiredRecord {
  return addCitations(changeSet, changeSet.add(chairTermRecord.kind, chairTermKey(input), place, input), input.cite);
}
