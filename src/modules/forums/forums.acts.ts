import { z } from "zod";
import { at } from "../../lib/faults.js";
import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { refersTo } from "../../writing/references.js";
import { given, key, line, listOf, prose } from "../../writing/values.js";
import { addConflict } from "../answers/answers.commands.js";
import { endingAct } from "../periods.acts.js";
import { addChairTerm, addMembership } from "./forums.commands.js";
import { conflictClaimRecord } from "../answers/conflict-claim.record.js";
import { chairTermRecord } from "./chair-term.record.js";
import { membershipRecord } from "./membership.record.js";
import { aboutNothing, membershipSpelling } from "../answers/conflict.record.js";

const disputeInput = z.strictObject({
  membership: refersTo("ForumMembership", key()),
  field: line(100),
  claims: listOf(conflictClaimRecord.input).min(2, {
    error: "has fewer than two entries, but a conflict needs two sides",
  }),
  resolution: given(prose()),
  key: given(key()),
});

const { identify: _bySince, ...namedMembership } = membershipRecord.kind;

/** Mutations on forums and their memberships. */
export const forumActs: readonly Act[] = [
  draftingAct({
    name: "recordMembership",
    object: "membership",
    shape: membershipRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addMembership(changeSet, input, place)),
  }),
  draftingAct({
    name: "disputeMembership",
    object: "membership",
    shape: disputeInput,
    changes: { kind: membershipRecord.kind, by: "membership" },
    add(changeSet, { membership, ...dispute }, place) {
      const desired = changeSet.add(namedMembership, membership, place, { isDisputed: true });
      changeSet.expect(desired, "known", at(place, "membership"));
      const about = { ...aboutNothing, membership: membershipSpelling.fromKey(membership) };
      newRecord(
        changeSet,
        addConflict(changeSet, { ...dispute, about, key: dispute.key ?? `disputes/${membership}` }, place),
        "key",
      );
      return desired;
    },
  }),
  endingAct("endMembership", "membership", membershipRecord.kind),
  draftingAct({
    name: "recordChairTerm",
    object: "chairTerm",
    shape: chairTermRecord.input,
    add: (changeSet, input, place) => newRecord(changeSet, addChairTerm(changeSet, input, place)),
  }),
  endingAct("endChairTerm", "chairTerm", chairTermRecord.kind),
];
