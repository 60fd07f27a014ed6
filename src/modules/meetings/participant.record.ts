import { MeetingKind, ParticipantRole } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { PlannedRecord, LookupContext, Precedence, Row } from "../../writing/records.js";
import { oneOf, prose } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { declareRecord, flag, naming, outer, packsOnly, reference, text } from "../record.js";
import { meetingReference, officeReference, partyReference, personReference } from "../references.js";
import { checkOfficeOfParty } from "../offices.rules.js";

const sides: Readonly<Record<string, number>> = { [MeetingKind.BILATERAL]: 2, [MeetingKind.TRILATERAL]: 3 };

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
  const { isOfficeDoubtful, personId, officeId } = entry.row;
  if (isOfficeDoubtful !== true || ((personId ?? null) !== null && (officeId ?? null) !== null)) return;
  lookup.report({
    code: "INVALID",
    place: lookup.placeOf(entry, "isOfficeDoubtful"),
    message: "needs both a person and an office",
  });
}

function checkSides(meeting: PlannedRecord, seats: readonly PlannedRecord[], lookup: LookupContext): void {
  const most = sides[String(meeting.row["kind"])];
  const parties = new Set(seats.flatMap(({ row }) => row["partyId"] ?? []));
  if (most === undefined || parties.size <= most) return;
  const seat = seats.findLast(({ stored, desired }) => stored === null && desired !== undefined) ?? meeting;
  const message = `${shown(meeting.key)} is ${String(meeting.row["kind"])}, but seats ${String(parties.size)} parties`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(seat), message });
}
