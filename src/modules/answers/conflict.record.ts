import { z } from "zod";
import { MembershipRole } from "../../generated/prisma/enums.js";
import { at, shown } from "../../lib/faults.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { given, key, line, oneOf, prose, whole } from "../../writing/values.js";
import { membershipKey } from "../forums/membership.record.js";
import { declareRecord, group, reference, spelledReference, text } from "../record.js";
import { forumReference, meetingReference, partyReference } from "../references.js";
import { conflictClaimRecord } from "./conflict-claim.record.js";

// `period` counts memberships of the same party and role.
const membershipShape = z.strictObject({
  forum: forumReference(),
  party: partyReference(),
  role: oneOf(MembershipRole),
  period: given(whole(2, 1_000)),
});

type MembershipName = z.infer<typeof membershipShape>;

/** The forms of a membership in an input, and in the key of its record. */
export const membershipSpelling = {
  toKey(value: unknown): string {
    const name = value as MembershipName;
    return membershipKey(name) + (name.period === undefined ? "" : `/${String(name.period)}`);
  },
  fromKey(text: string): MembershipName {
    const [forum = "", party = "", role, period] = text.split("/");
    // Keys are made of such words alone.
    const name = { forum, party, role: role as MembershipRole };
    return { ...name, period: period === undefined ? undefined : Number(period) };
  },
};

/** Sources that contradict each other. */
export const conflictRecord = declareRecord({
  table: "Conflict",
  label: "conflict",
  prefix: "cnf",
  key: { key: key() },
  properties: {
    field: text(line(100), { required: true }),
    resolution: text(prose()),
    about: group({
      meeting: reference(meetingReference(), "Meeting", "meetingId", { tells: "around" }),
      membership: spelledReference(membershipShape, "ForumMembership", "membershipId", {
        spelling: membershipSpelling,
      }),
      forum: reference(forumReference(), "Forum", "forumId", { tells: "around" }),
    }),
  },
  parts: { claims: conflictClaimRecord },
  check: checkAbout,
});

function checkAbout(entry: PlannedRecord, lookup: LookupContext): void {
  const { meetingId, membershipId, forumId } = entry.row;
  const subjects = [meetingId, membershipId, forumId].filter((id) => (id ?? null) !== null);
  if (subjects.length === 1) return;
  const message = `the conflict ${shown(entry.key)} is about exactly one meeting, membership or forum, not ${String(subjects.length)}`;
  lookup.report({
    code: subjects.length === 0 ? "MISSING" : "INVALID",
    place: at(lookup.placeOf(entry), "about"),
    message,
  });
}
