import { Attendance, MeetingKind, ParticipantRole } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { Detail, PlannedRecord, LookupContext, Precedence, Row } from "../../writing/records.js";
import { line, listOf, oneOf, prose, whole } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { declareRecord, flag, naming, number, outer, packsOnly, reference, rows, text } from "../record.js";
import { meetingReference, officeReference, partyReference, personReference, placeReference } from "../references.js";
import { checkOfficeOfParty } from "../offices.rules.js";

const sides: Readonly<Record<string, number>> = { [MeetingKind.BILATERAL]: 2, [MeetingKind.TRILATERAL]: 3 };

const otherOffices: Detail = {
  table: "ParticipantOffice",
  owner: "participantId",
  identity: "officeId",
  to: "Office",
  columns: [],
  section: "otherOffices",
  read: (input) =>
    ((input["otherOffices"] ?? []) as string[]).map((officeId, index) => ({
      steps: ["otherOffices", index],
      cells: { officeId },
    })),
  write: (held) => ({ otherOffices: held.map(({ officeId }) => officeId) }),
};

/** A seat at a meeting. */
export const participantRecord = declareRecord({
  table: "Participant",
  label: "seat",
  prefix: "par",
  tellsOfWhole: ["party", "person"],
  computed: ["meetingEarliest", "meetingLatest"],
  follows: {
    meetingEarliest: { drafted: `(SELECT m."onEarliest" FROM editing."Meeting" m WHERE m."id" = r."meetingId")` },
    meetingLatest: {
      drafted: `(SELECT coalesce(m."endsOnLatest", m."onLatest") FROM editing."Meeting" m WHERE m."id" = r."meetingId")`,
    },
  },
  properties: {
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { required: true, tells: "around" })),
    party: naming(reference(partyReference(), "Party", "partyId")),
    person: reference(personReference(), "Person", "personId"),
    office: reference(officeReference(), "Office", "officeId"),
    otherOffices: rows(listOf(officeReference()), otherOffices),
    acting: flag({ initial: false }),
    honorific: text(line(60)),
    representedPerson: reference(personReference(), "Person", "representedPersonId"),
    representedOffice: reference(officeReference(), "Office", "representedOfficeId"),
    group: text(line(200)),
    groupSize: number(whole(1, 100_000)),
    attendance: text(oneOf(Attendance)),
    place: reference(placeReference(), "Place", "placeId", { tells: "none" }),
    role: text(oneOf(ParticipantRole), { required: true }),
    isExpected: flag({ initial: false, becomes: false }),
    isOfficeDoubtful: packsOnly(flag({ initial: false, becomes: true })),
    note: text(prose()),
  },
  within: "meeting",
  keyedBy: ["meeting", "party"],
  positioned: true,
  identify: numbered({ distinguishedBy: "personId" }),
  precedence: confirmedFirst,
  check: checkSeat,
  checkSiblings: checkSides,
  citation: { column: "participantId", count: "some" },
});

// A confirmed participant takes precedence over an expected one.
function confirmedFirst(stored: Row, said: Row): Precedence {
  if (stored["isExpected"] === true && said["isExpected"] === false) return "given";
  return stored["isExpected"] === false && said["isExpected"] === true ? "stored" : "neither";
}

function checkSeat(entry: PlannedRecord, lookup: LookupContext): void {
  checkOfficeOfParty(entry, lookup);
  const { isOfficeDoubtful, personId, officeId, acting, honorific, group, groupSize } = entry.row;
  const isGiven = (value: unknown): boolean => (value ?? null) !== null;
  const report = (column: string, message: string): void => {
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, column), message });
  };
  if (acting === true && !isGiven(officeId)) report("acting", "needs the office that was held for the time being");
  if (isGiven(honorific) && !isGiven(personId)) report("honorific", "needs the person whose title it is");
  if (isGiven(group) && isGiven(personId))
    report("group", "is of persons whom no source names one by one; give a named person a seat of its own");
  if (isGiven(groupSize) && !isGiven(group)) report("groupSize", "needs the group that it counts");
  if (isOfficeDoubtful !== true || ((personId ?? null) !== null && (officeId ?? null) !== null)) return;
  lookup.report({
    code: "INVALID",
    place: lookup.placeOf(entry, "isOfficeDoubtful"),
    message: "needs both a person and an office",
  });
}

function checkSides(meeting: PlannedRecord, seats: readonly PlannedRecord[], lookup: LookupContext): void {
  const most = sides[String(meeting.row["kind"])];
  const parties = new Set(
    seats.flatMap(({ row }) => ((row["attendance"] ?? null) === null ? (row["partyId"] ?? []) : [])),
  );
  if (most === undefined || parties.size <= most) return;
  const seat = seats.findLast(({ stored, desired }) => stored === null && desired !== undefined) ?? meeting;
  const message = `${shown(meeting.key)} is ${String(meeting.row["kind"])}, but seats ${String(parties.size)} parties`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(seat), message });
}
