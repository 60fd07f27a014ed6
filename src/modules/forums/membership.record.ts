import { MembershipRole } from "../../generated/prisma/enums.js";
import { oneOf, prose } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { apart, areApart, checkPeriod, periodContradiction } from "../periods.rules.js";
import { declareRecord, flag, naming, packsOnly, periodProperties, reference, text } from "../record.js";
import { forumReference, partyReference } from "../references.js";

/** A party's role in a forum for a period. */
export const membershipRecord = declareRecord({
  table: "ForumMembership",
  label: "membership",
  exportName: "memberships",
  prefix: "mbr",
  properties: {
    forum: naming(reference(forumReference(), "Forum", "forumId")),
    party: naming(reference(partyReference(), "Party", "partyId")),
    role: naming(text(oneOf(MembershipRole))),
    ...periodProperties,
    isDisputed: packsOnly(flag({ initial: false, becomes: true })),
    note: text(prose()),
  },
  within: "forum",
  keyedBy: ["forum", "party", "role"],
  identify: numbered({ distinguishedBy: "since", areApart }),
  contradiction: periodContradiction("membership"),
  check: checkPeriod,
  checkSiblings: apart("membership", ["partyId", "role"]),
  citation: { column: "membershipId", count: "some" },
});

/** The key of the first membership of a party in a role. */
export function membershipKey({ forum, party, role }: { forum: string; party: string; role: string }): string {
  return `${forum}/${party}/${role}`;
}
