import { sql } from "kysely";
import type { Named, NamedArguments } from "../../reading/names.js";
import { literal } from "../../reading/sql.js";
import { survivingId, survivingKey, type RecordTable } from "../history/history.lists.js";

/** That a name stands for a record that was merged into another. */
function wasMerged(table: RecordTable): Named["isFormer"] {
  return (name) => sql`${survivingKey(table, name)} <> ${name}`;
}

/** A suggestion, by the function in the migration for nearest names. */
const nearest =
  (kind: "PARTY" | "FORUM" | "MILESTONE"): Named["meant"] =>
  (name) =>
    sql`search."nearest"(${name}, ${literal(kind)})`;

const party: Named = {
  table: "Party",
  column: "code",
  called: "state or organization with the code",
  isFormer: wasMerged("Party"),
  meant: nearest("PARTY"),
};

const forum: Named = {
  table: "Forum",
  column: "slug",
  called: "forum with the slug",
  isFormer: wasMerged("Forum"),
  meant: nearest("FORUM"),
};

/** There can be too many persons to look at each: a slug is made of the parts of the name in either order. */
const person: Named = {
  table: "Person",
  column: "slug",
  called: "person with the slug",
  isFormer: wasMerged("Person"),
  meant: (name) => sql`(select e."slug" from (select string_to_array("fold"(${name}), ' ') as "parts") as w, "Person" e
    where e."slug" in (array_to_string(w."parts", '-'), array_to_string(w."parts"[cardinality(w."parts"):] || w."parts"[:cardinality(w."parts") - 1], '-'))
    order by e."slug" = array_to_string(w."parts", '-') desc limit 1)`,
};

const milestone: Named = {
  table: "Milestone",
  column: "key",
  called: "milestone with the key",
  isFormer: wasMerged("Milestone"),
  meant: nearest("MILESTONE"),
};

const meeting: Named = {
  table: "Meeting",
  column: "slug",
  called: "meeting with the slug",
  isFormer: wasMerged("Meeting"),
  meant: () => sql`null::text`,
};

/** The record that an id stands for. @param called what is looked for: `person`. */
export function byId(table: RecordTable, called: string): Named {
  return {
    table,
    column: "id",
    called: `${called} with the id`,
    isFormer: (name) => sql`${survivingId(name)} <> ${name}`,
    meant: () => sql`null::text`,
  };
}

/** Persons at the level PERSONS, parties at the others. */
const whoMet = ({ level }: Readonly<Record<string, unknown>>): Named => (level === "PERSONS" ? person : party);

/**
 * Arguments that name records by code, slug or name, besides the root fields for a single record, which are null for
 * unknown names. An empty list because of a misspelt name would look like a real result, so responses report unknown
 * names.
 */
export const namedArguments: NamedArguments = new Map<string, Named | typeof whoMet>([
  ["MeetingFilter.parties", party],
  ["MeetingFilter.persons", person],
  ["MeetingFilter.forum", forum],
  ["MeetingFilter.onSidelinesOf", forum],
  ["MeetingFilter.country", party],
  ["CitationFilter.naming", party],
  ["Query.lastMeeting.between", whoMet],
  ["Query.lastMeeting.sinceMilestone", milestone],
  ["Query.lastMeeting.beforeMilestone", milestone],
  ["Query.lastMet.between", whoMet],
  ["Query.lastMet.sinceMilestone", milestone],
  ["Query.lastMet.beforeMilestone", milestone],
  ["Query.firstMeetingSince.between", whoMet],
  ["Query.firstMeetingSince.milestone", milestone],
  ["Query.firstMeetingSince.meeting", meeting],
  ["Query.ledger.between", party],
  ["Query.firstSinceClaims.parties", party],
  ["Query.jointMemberships.parties", party],
  ["Query.jointMembershipMatrix.parties", party],
  ["Query.jointMembershipChanges.parties", party],
  ["Query.jointMembershipMatrixChanges.parties", party],
  ["Query.officeHolders.parties", party],
]);
