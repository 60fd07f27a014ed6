import type { z } from "zod";
import type { Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord } from "../../writing/records.js";
import { addCitations } from "../documents/documents.commands.js";
import { conflictClaimRecord } from "./conflict-claim.record.js";
import { conflictRecord } from "./conflict.record.js";
import { firstSinceClaimRecord } from "./first-since-claim.record.js";

/** Adds a claim about a meeting. Within a meeting its key is its own; the record's key says whose claim it is. */
export function addFirstSinceClaim(
  changeSet: ChangeSet,
  meeting: string,
  input: z.infer<typeof firstSinceClaimRecord.input>,
  place: Place,
): DesiredRecord {
  const desired = changeSet.add(firstSinceClaimRecord.kind, `${meeting}/first-since/${input.key}`, place, {
    ...input,
    meeting,
  });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a conflict with what each source says. A claim is known by its source; a source can make more than one. */
export function addConflict(
  changeSet: ChangeSet,
  input: z.infer<typeof conflictRecord.input>,
  place: Place,
): DesiredRecord {
  const desired = changeSet.add(conflictRecord.kind, input.key, place, input);
  eachOf(input.claims, place, "claims", (claim, where) => {
    const name = `${input.key}/${claim.cite?.[0]?.document ?? ""}`;
    addCitations(
      changeSet,
      changeSet.add(conflictClaimRecord.kind, name, where, { ...claim, conflict: input.key }),
      claim.cite,
    );
  });
  return desired;
}
