import { shown } from "../../lib/faults.js";
import type { Detail, PlannedRecord, LookupContext } from "../../writing/records.js";
import { key, line, listOf, prose } from "../../writing/values.js";
import { date, declareRecord, flag, outer, reference, rows, text, words } from "../record.js";
import { meetingReference, officeReference, partyReference, personReference } from "../references.js";
import { checkOfficeOfParty } from "../offices.rules.js";

/** The words of a person or a party, at a meeting or outside of any. */
export const statementRecord = declareRecord({
  table: "Statement",
  label: "statement",
  prefix: "stm",
  key: { key: key() },
  title: "text",
  search: {
    kind: "STATEMENT",
    place: 6,
    day: "on",
    texts: ["text", "topics"],
    borrows: { by: "meeting", day: "on" },
  },
  properties: {
    speaker: reference(personReference(), "Person", "personId", { name: "person" }),
    party: reference(partyReference(), "Party", "partyId"),
    office: reference(officeReference(), "Office", "officeId"),
    otherSpeakers: rows(listOf(personReference()), joint("StatementPerson", "personId", "Person", "otherSpeakers")),
    otherParties: rows(listOf(partyReference()), joint("StatementParty", "partyId", "Party", "otherParties")),
    institution: text(line(200)),
    meeting: outer(reference(meetingReference(), "Meeting", "meetingId", { tells: "around" })),
    text: text(prose(20_000), { required: true }),
    isVerbatim: flag({ required: true }),
    topics: words(listOf(line(100), 100)),
    on: date(),
  },
  within: "meeting",
  keyedBy: ["meeting"],
  positioned: true,
  check: checkStatement,
  citation: { column: "statementId", count: "some" },
});

/** Those who made a statement together with its speaker or party. */
function joint(table: string, column: string, to: string, property: string): Detail {
  return {
    table,
    owner: "statementId",
    identity: column,
    to,
    columns: [],
    section: property,
    read: (input) =>
      ((input[property] ?? []) as string[]).map((name, index) => ({
        steps: [property, index],
        cells: { [column]: name },
      })),
    write: (held) => ({ [property]: held.map((row) => row[column]) }),
  };
}

function checkStatement(entry: PlannedRecord, lookup: LookupContext): void {
  if ((entry.row["institution"] ?? null) !== null && (entry.row["partyId"] ?? null) === null) {
    lookup.report({
      code: "MISSING",
      place: lookup.placeOf(entry, "institution"),
      message: "an institution speaks for its party; give the party",
    });
  }
  if ((entry.row["personId"] ?? entry.row["partyId"] ?? null) === null) {
    lookup.report({
      code: "MISSING",
      place: lookup.placeOf(entry),
      message: `the statement ${shown(entry.key)} needs a speaker or a party`,
    });
  }
  checkOfficeOfParty(entry, lookup);
}
