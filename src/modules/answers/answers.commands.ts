import { z } from "zod";
import { EncounterLevel, MembershipRole } from "../../generated/prisma/enums.js";
import { at, shown, type Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { DesiredRecord, PlannedRecord, LookupContext, RecordKind } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { initially } from "../../writing/said.js";
import { flag, given, key, line, listOf, oneOf, prose, slug, whole } from "../../writing/values.js";
import { citationsInput, addCitations } from "../documents/documents.commands.js";
import { membershipKey } from "../forums/forums.commands.js";
import { idPrefixes } from "../ids.js";
import { numbered } from "../numbering.rules.js";
import { partyReference } from "../parties/parties.commands.js";

/** A source's claim that a meeting was the first since something, as an input gives it. */
export const firstSinceClaimInput = z.strictObject({
  key: key(),
  level: given(oneOf(EncounterLevel)),
  since: given(z.strictObject({ milestone: given(refersTo("Milestone", key())), meeting: given(refersTo("Meeting", slug())) })),
  isPreviousMeeting: given(initially(flag(), false)),
  cite: citationsInput,
});

export const firstSinceClaimKind: RecordKind = {
  table: "FirstSinceClaim",
  label: "claim",
  prefix: idPrefixes.FirstSinceClaim,
  keyColumn: "key",
  fields: {
    meeting: { type: "reference", to: "Meeting", column: "meetingId", required: true },
    level: { type: "text", required: true },
    sinceMilestone: { type: "reference", to: "Milestone", column: "sinceMilestoneId", input: ["since", "milestone"] },
    sinceMeeting: { type: "reference", to: "Meeting", column: "sinceMeetingId", input: ["since", "meeting"] },
    isPreviousMeeting: { type: "flag", initial: false, becomes: true },
  },
  within: "meeting",
  keyedBy: ["meeting"],
  check: checkSince,
  citation: { column: "firstSinceClaimId", count: "one" },
};

function checkSince(entry: PlannedRecord, lookup: LookupContext): void {
  const { sinceMilestoneId, sinceMeetingId, meetingId, isPreviousMeeting } = entry.row;
  const things = [sinceMilestoneId, sinceMeetingId].filter((id) => (id ?? null) !== null);
  if (things.length !== 1) {
    const place = at(lookup.placeOf(entry), "since");
    const message = `the claim ${shown(entry.key)} is about exactly one milestone or meeting, not ${String(things.length)}`;
    lookup.report({ code: things.length === 0 ? "MISSING" : "INVALID", place, message });
  }
  if (isPreviousMeeting === true && (sinceMeetingId ?? null) === null) {
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "isPreviousMeeting"), message: `only a meeting can be the last time that some met, and the claim ${shown(entry.key)} counts from a milestone` });
  }
  if (sinceMeetingId === meetingId) {
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "sinceMeetingId"), message: "a meeting cannot be the first since itself" });
  }
}

/** Adds a claim about a meeting. Within a meeting its key is its own; the record's key says whose claim it is. */
export function addFirstSinceClaim(changeSet: ChangeSet, meeting: string, input: z.infer<typeof firstSinceClaimInput>, place: Place): DesiredRecord {
  const desired = changeSet.add(firstSinceClaimKind, `${meeting}/first-since/${input.key}`, place, { ...input, meeting });
  return addCitations(changeSet, desired, input.cite);
}

/** Input of one side of a conflict. */
export const conflictClaimInput = z.strictObject({ value: prose(), isFollowed: given(flag()), cite: citationsInput });

/** Sources that contradict each other, as an input gives it. `period` counts memberships of the same party and role. */
export const conflictInput = z.strictObject({
  key: key(),
  field: given(line(100)),
  resolution: given(prose()),
  about: given(
    z.strictObject({
      meeting: given(refersTo("Meeting", slug())),
      membership: given(
        z.strictObject({ forum: refersTo("Forum", slug()), party: partyReference(), role: oneOf(MembershipRole), period: given(whole(2, 1_000)) }),
      ),
      forum: given(refersTo("Forum", slug())),
    }),
  ),
  claims: given(listOf(conflictClaimInput)),
});

type MembershipName = NonNullable<NonNullable<z.infer<typeof conflictInput>["about"]>["membership"]>;

/** The name of a membership in inputs, and in the keys of records. */
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

export const conflictKind: RecordKind = {
  table: "Conflict",
  label: "conflict",
  prefix: idPrefixes.Conflict,
  keyColumn: "key",
  fields: {
    field: { type: "text", required: true },
    resolution: { type: "text" },
    meeting: { type: "reference", to: "Meeting", column: "meetingId", input: ["about", "meeting"] },
    membership: {
      type: "reference",
      to: "ForumMembership",
      column: "membershipId",
      input: ["about", "membership"],
      spelling: membershipSpelling,
    },
    forum: { type: "reference", to: "Forum", column: "forumId", input: ["about", "forum"] },
  },
  check: checkAbout,
};

function checkAbout(entry: PlannedRecord, lookup: LookupContext): void {
  const { meetingId, membershipId, forumId } = entry.row;
  const subjects = [meetingId, membershipId, forumId].filter((id) => (id ?? null) !== null);
  if (subjects.length === 1) return;
  const message = `the conflict ${shown(entry.key)} is about exactly one meeting, membership or forum, not ${String(subjects.length)}`;
  lookup.report({ code: subjects.length === 0 ? "MISSING" : "INVALID", place: at(lookup.placeOf(entry), "about"), message });
}

export const conflictClaimKind: RecordKind = {
  table: "ConflictClaim",
  label: "claim in a conflict",
  prefix: idPrefixes.ConflictClaim,
  keyColumn: "key",
  fields: {
    conflict: { type: "reference", to: "Conflict", column: "conflictId", required: true },
    value: { type: "text", required: true },
    isFollowed: { type: "flag" },
  },
  within: "conflict",
  keyedBy: ["conflict", null],
  positioned: true,
  identify: numbered({ distinguishedBy: "value" }),
  citation: { column: "conflictClaimId", count: "one" },
};

/** Adds a conflict with what each source says. A claim is known by its source; a source can make more than one. */
export function addConflict(changeSet: ChangeSet, input: z.infer<typeof conflictInput>, place: Place): DesiredRecord {
  const desired = changeSet.add(conflictKind, input.key, place, input);
  eachOf(input.claims, place, "claims", (claim, where) => {
    const name = `${input.key}/${claim.cite?.[0]?.document ?? ""}`;
    addCitations(changeSet, changeSet.add(conflictClaimKind, name, where, { ...claim, conflict: input.key }), claim.cite);
  });
  return desired;
}
