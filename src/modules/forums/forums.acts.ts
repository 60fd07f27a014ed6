import { z } from "zod";
import { at } from "../../lib/faults.js";
import { draftingAct, newRecord, type Act } from "../../writing/acts.js";
import { refersTo } from "../../writing/references.js";
import { given, key, line, listOf, prose } from "../../writing/values.js";
import { conflictClaimInput, draftConflict, membershipSpelling } from "../answers/answers.commands.js";
import { endingAct } from "../periods.acts.js";
import { draftForum, draftMembership, forumInput, membershipInput, membershipKind } from "./forums.commands.js";

const disputeInput = z.strictObject({
  membership: refersTo("ForumMembership", key()),
  field: line(100),
  claims: listOf(conflictClaimInput).min(2, { error: "has less than two entries, and one source alone contradicts nobody" }),
  resolution: given(prose()),
  key: given(key()),
});

const { identify: _bySince, ...namedMembership } = membershipKind;

/** What editors do about forums and who belongs to them. */
export const forumActs: readonly Act[] = [
  draftingAct({
    name: "recordForum",
    object: "forum",
    shape: forumInput,
    draft: (drafts, input, place) => newRecord(drafts, draftForum(drafts, input, place), "slug"),
  }),
  draftingAct({
    name: "recordMembership",
    object: "membership",
    shape: membershipInput,
    draft: (drafts, input, place) => newRecord(drafts, draftMembership(drafts, input, place)),
  }),
  draftingAct({
    name: "disputeMembership",
    object: "membership",
    shape: disputeInput,
    changes: { kind: membershipKind, by: "membership" },
    draft(drafts, { membership, ...dispute }, place) {
      const draft = drafts.add(namedMembership, membership, place, { isDisputed: true });
      drafts.expect(draft, "known", at(place, "membership"));
      const about = { meeting: undefined, forum: undefined, membership: membershipSpelling.fromKey(membership) };
      newRecord(drafts, draftConflict(drafts, { ...dispute, about, key: dispute.key ?? `disputes/${membership}` }, place), "key");
      return draft;
    },
  }),
  endingAct("endMembership", "membership", membershipKind),
];
