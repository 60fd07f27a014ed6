import { z } from "zod";
import {
  CommitmentKind,
  CommitmentStatus,
  MeetingFormat,
  MeetingKind,
  MeetingStatus,
  ParticipantRole,
} from "../../generated/prisma/enums.js";
import { shown, type Place } from "../../lib/faults.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { Detail, DesiredRecord, PlannedRecord, LookupContext, Precedence, RecordKind, Row } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { initially } from "../../writing/said.js";
import { day, flag, given, key, line, listOf, oneOf, oneOfBut, prose, slug, timeZone, whole } from "../../writing/values.js";
import { citationsInput, addCitations } from "../documents/documents.commands.js";
import { idPrefixes } from "../ids.js";
import { numbered } from "../numbering.rules.js";
import { officeReference, onlyState, partiesOf, partyCodes, partyReference, personReference } from "../parties/parties.commands.js";
import { checkOrder, dayAfter } from "../periods.rules.js";
import { addFirstSinceClaim, firstSinceClaimInput } from "../answers/answers.commands.js";

/** A meeting that is referred to by its slug. */
export function meetingReference() {
  return refersTo("Meeting", slug());
}

function placeReference() {
  return refersTo("Place", key());
}

/** A place as an input gives it. A place is no claim and needs no source. */
export const placeInput = z.strictObject({
  key: key(),
  city: given(line()),
  state: given(partyReference()),
  timeZone: given(timeZone()),
});

export const placeKind: RecordKind = {
  table: "Place",
  label: "place",
  prefix: idPrefixes.Place,
  keyColumn: "key",
  fields: {
    city: { type: "text" },
    state: { type: "reference", to: "Party", column: "stateId", only: onlyState },
    timeZone: { type: "text" },
  },
  check({ key: name, row, ...entry }, lookup) {
    if ((row["city"] ?? row["stateId"] ?? null) !== null) return;
    const place = lookup.placeOf({ key: name, row, ...entry });
    lookup.report({ code: "MISSING", place, message: `the place ${shown(name)} needs a city or a state` });
  },
};

/** Adds a place. */
export function addPlace(changeSet: ChangeSet, input: z.infer<typeof placeInput>, place: Place): DesiredRecord {
  return changeSet.add(placeKind, input.key, place, input);
}

/** A milestone as an input gives it. */
export const milestoneInput = z.strictObject({
  key: key(),
  label: given(line()),
  on: given(day()),
  note: given(prose()),
  parties: partyCodes,
  cite: citationsInput,
});

export const milestoneKind: RecordKind = {
  table: "Milestone",
  label: "milestone",
  prefix: idPrefixes.Milestone,
  keyColumn: "key",
  fields: { label: { type: "text", required: true }, on: { type: "date" }, note: { type: "text" } },
  details: [partiesOf("MilestoneParty", "milestoneId")],
  citation: { column: "milestoneId", count: "some" },
};

/** Adds a milestone. */
export function addMilestone(changeSet: ChangeSet, input: z.infer<typeof milestoneInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(milestoneKind, input.key, place, input), input.cite);
}

/** A seat at a meeting as an input gives it. */
export const participantInput = z.strictObject({
  party: partyReference(),
  person: given(personReference()),
  office: given(officeReference()),
  role: given(oneOf(ParticipantRole)),
  isExpected: given(initially(flag(), false)),
  isOfficeDoubtful: given(initially(flag(), false)),
  note: given(prose()),
  cite: citationsInput,
});

/** Input of a status report. */
export const statusReportInput = z.strictObject({
  status: oneOfBut(MeetingStatus, ["UNKNOWN"]),
  reportedOn: given(day()),
  cite: citationsInput,
});

/** Input of a statement. */
export const statementInput = z.strictObject({
  key: key(),
  speaker: given(personReference()),
  party: given(partyReference()),
  office: given(officeReference()),
  text: given(prose(20_000)),
  isVerbatim: given(flag()),
  topics: given(listOf(line(100), 100)),
  on: given(day()),
  cite: citationsInput,
});

/** Input of a commitment. */
export const commitmentInput = z.strictObject({
  key: key(),
  summary: given(prose()),
  kind: given(oneOf(CommitmentKind)),
  status: given(oneOf(CommitmentStatus)),
  dueOn: given(day()),
  parties: partyCodes,
  cite: citationsInput,
});

/** A meeting with all that belongs to it, as an input gives it. */
export const meetingInput = z.strictObject({
  slug: slug(),
  title: given(line()),
  kind: given(oneOf(MeetingKind)),
  format: given(oneOf(MeetingFormat)),
  on: given(day()),
  endsOn: given(day()),
  place: given(placeReference()),
  forum: given(refersTo("Forum", slug())),
  ordinal: given(whole(1, 10_000)),
  sidelinesOf: given(meetingReference()),
  purpose: given(prose()),
  note: given(prose()),
  cite: citationsInput,
  participants: given(listOf(participantInput)),
  statusReports: given(listOf(statusReportInput)),
  statements: given(listOf(statementInput)),
  commitments: given(listOf(commitmentInput)),
  firstSinceClaims: given(listOf(firstSinceClaimInput)),
});

export const meetingKind: RecordKind = {
  table: "Meeting",
  label: "meeting",
  prefix: idPrefixes.Meeting,
  keyColumn: "slug",
  fields: {
    title: { type: "text", required: true },
    kind: { type: "text", required: true },
    format: { type: "text" },
    on: { type: "date" },
    endsOn: { type: "date" },
    place: { type: "reference", to: "Place", column: "placeId" },
    forum: { type: "reference", to: "Forum", column: "forumId" },
    ordinal: { type: "number" },
    sidelinesOf: { type: "reference", to: "Meeting", column: "sidelinesOfId", acyclic: true },
    purpose: { type: "text" },
    note: { type: "text" },
  },
  unique: [
    {
      columns: ["forumId", "ordinal"],
      message: (entry, other) => `session ${String(entry.row["ordinal"])} of this forum is ${shown(other.key)}, so it cannot be ${shown(entry.key)} as well`,
    },
  ],
  check: checkMeeting,
  citation: { column: "meetingId", count: "some" },
};

function checkMeeting(entry: PlannedRecord, lookup: LookupContext): void {
  const { row } = entry;
  const isSession = row["kind"] === MeetingKind.SESSION;
  const hasForum = (row["forumId"] ?? null) !== null;
  if (isSession && !hasForum) {
    lookup.report({ code: "MISSING", place: lookup.placeOf(entry), message: `the session ${shown(entry.key)} needs the forum whose session it is` });
  }
  if (!isSession && hasForum && (row["kind"] ?? null) !== null) {
    const message = `only a session is a forum's own meeting, and ${shown(entry.key)} is ${String(row["kind"])}; what was held on its sidelines says so in sidelinesOf`;
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "forumId"), message });
  }
  if ((row["ordinal"] ?? null) !== null && !hasForum) {
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "ordinal"), message: "only a session of a forum is counted" });
  }
  if ((row["endsOn"] ?? null) !== null && (row["on"] ?? null) === null) {
    lookup.report({ code: "MISSING", place: lookup.placeOf(entry, "endsOn"), message: "endsOn needs on, the day on which it began" });
  }
  checkOrder(entry, "on", "endsOn", lookup);
}

export const participantKind: RecordKind = {
  table: "Participant",
  label: "seat",
  prefix: idPrefixes.Participant,
  keyColumn: "key",
  fields: {
    meeting: { type: "reference", to: "Meeting", column: "meetingId", required: true },
    party: { type: "reference", to: "Party", column: "partyId", required: true },
    person: { type: "reference", to: "Person", column: "personId" },
    office: { type: "reference", to: "Office", column: "officeId" },
    role: { type: "text", required: true },
    isExpected: { type: "flag", initial: false, becomes: false },
    isOfficeDoubtful: { type: "flag", initial: false, becomes: true },
    note: { type: "text" },
  },
  within: "meeting",
  keyedBy: ["meeting", "party"],
  positioned: true,
  identify: numbered({ distinguishedBy: "personId" }),
  precedence: confirmedFirst,
  check: checkSeat,
  checkSiblings: checkSides,
  citation: { column: "participantId", count: "some" },
};

// A confirmed participant takes precedence over an expected one.
function confirmedFirst(stored: Row, said: Row): Precedence {
  if (stored["isExpected"] === true && said["isExpected"] === false) return "given";
  return stored["isExpected"] === false && said["isExpected"] === true ? "stored" : "neither";
}

function checkSeat(entry: PlannedRecord, lookup: LookupContext): void {
  checkOfficeOfParty(entry, lookup);
  const { isOfficeDoubtful, personId, officeId } = entry.row;
  if (isOfficeDoubtful !== true || ((personId ?? null) !== null && (officeId ?? null) !== null)) return;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "isOfficeDoubtful"), message: "needs both a person and an office" });
}

function checkOfficeOfParty(entry: PlannedRecord, lookup: LookupContext): void {
  const office = lookup.byId("Office", entry.row["officeId"]);
  const party = lookup.byId("Party", entry.row["partyId"]);
  if (office === undefined || party === undefined || office.row["partyId"] === party.id) return;
  const message = `the office ${shown(office.key)} does not belong to ${party.key}`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "officeId"), message });
}

const sides: Readonly<Record<string, number>> = { [MeetingKind.BILATERAL]: 2, [MeetingKind.TRILATERAL]: 3 };

function checkSides(meeting: PlannedRecord, seats: readonly PlannedRecord[], lookup: LookupContext): void {
  const most = sides[String(meeting.row["kind"])];
  const parties = new Set(seats.flatMap(({ row }) => row["partyId"] ?? []));
  if (most === undefined || parties.size <= most) return;
  const seat = seats.findLast(({ stored, desired }) => stored === null && desired !== undefined) ?? meeting;
  const message = `${shown(meeting.key)} is ${String(meeting.row["kind"])}, but seats ${String(parties.size)} parties`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(seat), message });
}

export const statusReportKind: RecordKind = {
  table: "StatusReport",
  label: "status report",
  prefix: idPrefixes.StatusReport,
  keyColumn: "key",
  fields: {
    meeting: { type: "reference", to: "Meeting", column: "meetingId", required: true },
    status: { type: "text", required: true },
    reportedOn: { type: "date" },
  },
  within: "meeting",
  keyedBy: ["meeting"],
  lasting: ["status"],
  check: checkReport,
  citation: { column: "statusReportId", count: "one" },
};

// A day is the day at the place, so that a report can bear the date of the day before.
function checkReport(entry: PlannedRecord, lookup: LookupContext): void {
  const meeting = lookup.byId("Meeting", entry.row["meetingId"]);
  const begins = meeting?.row["onEarliest"];
  const reported = entry.row["reportedOnLatest"];
  if (entry.row["status"] !== MeetingStatus.HELD || typeof begins !== "string" || typeof reported !== "string") return;
  if (dayAfter(reported) >= begins) return;
  const message =
    `a report of ${String(entry.row["reportedOn"])} cannot say that a meeting of ${String(meeting?.row["on"])} was held; ` +
    "give EXPECTED for one that was printed before it";
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "reportedOn"), message });
}

export const statementKind: RecordKind = {
  table: "Statement",
  label: "statement",
  prefix: idPrefixes.Statement,
  keyColumn: "key",
  fields: {
    person: { type: "reference", to: "Person", column: "personId", input: ["speaker"] },
    party: { type: "reference", to: "Party", column: "partyId" },
    office: { type: "reference", to: "Office", column: "officeId" },
    meeting: { type: "reference", to: "Meeting", column: "meetingId" },
    text: { type: "text", required: true },
    isVerbatim: { type: "flag", required: true },
    topics: { type: "words" },
    on: { type: "date" },
  },
  within: "meeting",
  keyedBy: ["meeting"],
  positioned: true,
  check: checkStatement,
  citation: { column: "statementId", count: "some" },
};

function checkStatement(entry: PlannedRecord, lookup: LookupContext): void {
  if ((entry.row["personId"] ?? entry.row["partyId"] ?? null) === null) {
    lookup.report({ code: "MISSING", place: lookup.placeOf(entry), message: `the statement ${shown(entry.key)} needs a speaker or a party` });
  }
  checkOfficeOfParty(entry, lookup);
}

export const commitmentKind: RecordKind = {
  table: "Commitment",
  label: "commitment",
  prefix: idPrefixes.Commitment,
  keyColumn: "key",
  fields: {
    meeting: { type: "reference", to: "Meeting", column: "meetingId", required: true },
    summary: { type: "text", required: true },
    kind: { type: "text", required: true },
    status: { type: "text", required: true },
    dueOn: { type: "date" },
  },
  details: [partiesOf("CommitmentParty", "commitmentId")],
  within: "meeting",
  keyedBy: ["meeting"],
  positioned: true,
  citation: { column: "commitmentId", count: "some" },
};

/** Adds a meeting with its seats, reports, statements, commitments and the claims about it. */
export function addMeeting(changeSet: ChangeSet, input: z.infer<typeof meetingInput>, place: Place): DesiredRecord {
  const { slug: meeting, cite, participants, statusReports, statements, commitments, firstSinceClaims } = input;
  const desired = addCitations(changeSet, changeSet.add(meetingKind, meeting, place, input), cite);
  eachOf(participants, place, "participants", (seat, where) => { addParticipant(changeSet, meeting, seat, where); });
  eachOf(statusReports, place, "statusReports", (report, where) => { addStatusReport(changeSet, meeting, report, where); });
  eachOf(statements, place, "statements", (statement, where) => { addStatement(changeSet, statement, where, meeting); });
  eachOf(commitments, place, "commitments", (commitment, where) => { addCommitment(changeSet, meeting, commitment, where); });
  eachOf(firstSinceClaims, place, "firstSinceClaims", (claim, where) => { addFirstSinceClaim(changeSet, meeting, claim, where); });
  return desired;
}

/** Adds a seat at a meeting. */
export function addParticipant(changeSet: ChangeSet, meeting: string, input: z.infer<typeof participantInput>, place: Place): DesiredRecord {
  const desired = changeSet.add(participantKind, `${meeting}/${input.party}`, place, { ...input, meeting });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds what one source says became of a meeting. The source is a part of its key. */
export function addStatusReport(changeSet: ChangeSet, meeting: string, input: z.infer<typeof statusReportInput>, place: Place): DesiredRecord {
  const document = input.cite?.[0]?.document ?? "";
  const desired = changeSet.add(statusReportKind, `${meeting}/reports/${document}/${input.status}`, place, { ...input, meeting });
  return addCitations(changeSet, desired, input.cite);
}

/** Adds a statement, at a meeting or outside of any. */
export function addStatement(changeSet: ChangeSet, input: z.infer<typeof statementInput>, place: Place, meeting?: string): DesiredRecord {
  const name = meeting === undefined ? input.key : `${meeting}/statements/${input.key}`;
  return addCitations(changeSet, changeSet.add(statementKind, name, place, { ...input, meeting }), input.cite);
}

/** Adds a commitment made at a meeting. */
export function addCommitment(changeSet: ChangeSet, meeting: string, input: z.infer<typeof commitmentInput>, place: Place): DesiredRecord {
  const desired = changeSet.add(commitmentKind, `${meeting}/commitments/${input.key}`, place, { ...input, meeting });
  return addCitations(changeSet, desired, input.cite);
}

/** A visit as an input gives it. */
export const visitInput = z.strictObject({
  key: key(),
  person: given(personReference()),
  place: given(placeReference()),
  from: given(day()),
  to: given(day()),
  days: given(whole(1, 3_660)),
  purpose: given(prose()),
  meetings: given(listOf(meetingReference())),
  cite: citationsInput,
});

const visitMeetings: Detail = {
  table: "VisitMeeting",
  owner: "visitId",
  identity: "meetingId",
  to: "Meeting",
  columns: [],
  read: (input) =>
    ((input["meetings"] ?? []) as string[]).map((meetingId, index) => ({ steps: ["meetings", index], cells: { meetingId } })),
  write: (rows) => ({ meetings: rows.map(({ meetingId }) => meetingId) }),
};

export const visitKind: RecordKind = {
  table: "Visit",
  label: "visit",
  prefix: idPrefixes.Visit,
  keyColumn: "key",
  fields: {
    person: { type: "reference", to: "Person", column: "personId", required: true },
    place: { type: "reference", to: "Place", column: "placeId" },
    from: { type: "date" },
    to: { type: "date" },
    days: { type: "number" },
    purpose: { type: "text" },
  },
  details: [visitMeetings],
  check: (entry, lookup) => { checkOrder(entry, "from", "to", lookup); },
  citation: { column: "visitId", count: "some" },
};

/** Adds a visit. */
export function addVisit(changeSet: ChangeSet, input: z.infer<typeof visitInput>, place: Place): DesiredRecord {
  return addCitations(changeSet, changeSet.add(visitKind, input.key, place, input), input.cite);
}
