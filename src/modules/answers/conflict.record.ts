import { z } from "zod";
import { MembershipRole } from "../../generated/prisma/enums.js";
import { at, shown } from "../../lib/faults.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { day, given, key, line, oneOf, prose, whole } from "../../writing/values.js";
import { membershipKey } from "../forums/membership.record.js";
import { declareRecord, group, reference, spelledReference, text } from "../record.js";
import {
  activityReference,
  agreementReference,
  forumReference,
  meetingReference,
  officeReference,
  partyReference,
  personReference,
} from "../references.js";
import { refersTo } from "../../writing/references.js";
import { tenureKey } from "../parties/tenure.record.js";
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

// `since` tells a second tenure in the same office.
const tenureShape = z.strictObject({ person: personReference(), office: officeReference(), since: given(day()) });

type TenureName = z.infer<typeof tenureShape>;

/** The forms of a tenure in an input, and in the key of its record. */
export const tenureSpelling = {
  toKey: (value: unknown): string => tenureKey(value as TenureName),
  fromKey(text: string): TenureName {
    const [party = "", office = "", person = "", since] = text.split("/");
    return { person, office: `${party}/${office}`, since: since?.replace("..", "/") };
  },
};

/** The subject of a conflict, before it has one. */
export const aboutNothing = {
  meeting: undefined,
  membership: undefined,
  forum: undefined,
  tenure: undefined,
  agreement: undefined,
  activity: undefined,
  visit: undefined,
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
      tenure: spelledReference(tenureShape, "Tenure", "tenureId", { spelling: tenureSpelling }),
      agreement: reference(agreementReference(), "Agreement", "agreementId", { tells: "around" }),
      activity: reference(activityReference(), "Activity", "activityId", { tells: "around" }),
      visit: reference(refersTo("Visit", key()), "Visit", "visitId", { tells: "around" }),
    }),
  },
  parts: { claims: conflictClaimRecord },
  check: checkAbout,
});

const subjectColumns = Object.keys(aboutNothing).map((subject) => `${subject}Id`);

function checkAbout(entry: PlannedRecord, lookup: LookupContext): void {
  const subjects = subjectColumns.filter((column) => (entry.row[column] ?? null) !== null);
  if (subjects.length === 1) return;
  const message = `the conflict ${shown(entry.key)} is about exactly one record, not ${String(subjects.length)}`;
  lookup.report({
    code: subjects.length === 0 ? "MISSING" : "INVALID",
    place: at(lookup.placeOf(entry), "about"),
    message,
  });
}
