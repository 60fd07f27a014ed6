import { EncounterLevel } from "../../generated/prisma/enums.js";
import { at, shown } from "../../lib/faults.js";
import type { PlannedRecord, LookupContext } from "../../writing/records.js";
import { key, oneOf } from "../../writing/values.js";
import { date, declareRecord, flag, group, outer, reference, text } from "../record.js";
import { meetingReference } from "../references.js";

/** A source's claim that a meeting was the first since something. */
export const firstSinceClaimRecord = declareRecord({
  table: "FirstSinceClaim",
  label: "claim",
  exportName: "claims",
  prefix: "fsc",
  key: { key: key() },
  search: { kind: "CLAIM", place: 16, borrows: { by: "meeting", title: "title", day: "on" } },
  properties: {
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { required: true, tells: "around" })),
    level: text(oneOf(EncounterLevel), { required: true }),
    since: group({
      milestone: reference(key(), "Milestone", "sinceMilestoneId", { name: "sinceMilestone" }),
      meeting: reference(meetingReference(), "Meeting", "sinceMeetingId", { name: "sinceMeeting" }),
      on: { ...date(), name: "sinceOn" },
    }),
    isPreviousMeeting: flag({ initial: false, becomes: true }),
  },
  within: "meeting",
  keyedBy: ["meeting"],
  check: checkSince,
  citation: { column: "firstSinceClaimId", count: "one" },
});

function checkSince(entry: PlannedRecord, lookup: LookupContext): void {
  const { sinceMilestoneId, sinceMeetingId, sinceOn, meetingId, isPreviousMeeting } = entry.row;
  const things = [sinceMilestoneId, sinceMeetingId, sinceOn].filter((id) => (id ?? null) !== null);
  if (things.length > 1) {
    const place = at(lookup.placeOf(entry), "since");
    const message = `the claim ${shown(entry.key)} counts from one milestone, meeting or day, not from ${String(things.length)}`;
    lookup.report({ code: "INVALID", place, message });
  }
  if (isPreviousMeeting === true && (sinceMeetingId ?? null) === null) {
    lookup.report({
      code: "INVALID",
      place: lookup.placeOf(entry, "isPreviousMeeting"),
      message: `only a meeting can be the last time that some met, and the claim ${shown(entry.key)} counts from none`,
    });
  }
  if (sinceMeetingId === meetingId) {
    lookup.report({
      code: "INVALID",
      place: lookup.placeOf(entry, "sinceMeetingId"),
      message: "a meeting cannot be the first since itself",
    });
  }
}
