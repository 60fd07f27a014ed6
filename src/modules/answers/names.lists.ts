import type { Named, NamedArguments } from "../../reading/names.js";
import { forum, meeting, milestone, party, person } from "../history/named.lists.js";
import { meetingFilters } from "../meetings/meetings.lists.js";

/** Persons at the level PERSONS, parties at the others. */
const whoMet = ({ level }: Readonly<Record<string, unknown>>): Named => (level === "PERSONS" ? person : party);

/**
 * Arguments that name records by code, slug or name, besides the root fields for a single record, which are null for
 * unknown names. An empty list because of a misspelt name would look like a real result, so responses report unknown
 * names.
 */
export const namedArguments: NamedArguments = new Map<string, Named | typeof whoMet>([
  ...Object.entries(meetingFilters).flatMap(([name, { names }]) =>
    names === null ? [] : [[`MeetingFilter.${name}`, names] as const],
  ),
  ["ActivityFilter.parties", party],
  ["ActivityFilter.forum", forum],
  ["ActivityFilter.country", party],
  ["AgreementFilter.parties", party],
  ["AgreementFilter.person", person],
  ["AgreementFilter.meeting", meeting],
  ["CitationFilter.naming", party],
  ["CommitmentFilter.parties", party],
  ["CommitmentFilter.meeting", meeting],
  ["StatementFilter.speaker", person],
  ["StatementFilter.party", party],
  ["StatementFilter.meeting", meeting],
  ["VisitFilter.person", person],
  ["VisitFilter.party", party],
  ["VisitFilter.country", party],
  ["Query.lastMeeting.between", whoMet],
  ["Query.lastMeeting.sinceMilestone", milestone],
  ["Query.lastMeeting.beforeMilestone", milestone],
  ["Query.lastMet.between", whoMet],
  ["Query.lastMet.sinceMilestone", milestone],
  ["Query.lastMet.beforeMilestone", milestone],
  ["Query.firstMeetingSince.between", whoMet],
  ["Query.firstMeetingSince.milestone", milestone],
  ["Query.firstMeetingSince.meeting", meeting],
  ["Query.unmetPairs.parties", party],
  ["Query.ledger.between", party],
  ["Query.firstSinceClaims.parties", party],
  ["Query.jointMemberships.parties", party],
  ["Query.jointMembershipMatrix.parties", party],
  ["Query.jointMembershipChanges.parties", party],
  ["Query.jointMembershipMatrixChanges.parties", party],
  ["Query.officeHolders.parties", party],
]);
