import { shown } from "../../lib/faults.js";
import type { LookupContext, PlannedRecord, Row } from "../../writing/records.js";
import { prose } from "../../writing/values.js";
import { numbered } from "../numbering.rules.js";
import { apart, areApart, checkPeriod, periodContradiction } from "../periods.rules.js";
import { date, declareRecord, flag, naming, periodProperties, reference, text } from "../record.js";
import { forumReference, partyReference, personReference } from "../references.js";

/** The period in which a party, a person, or a person for a party chairs a forum. */
export const chairTermRecord = declareRecord({
  table: "ChairTerm",
  label: "chair term",
  prefix: "chr",
  properties: {
    forum: naming(reference(forumReference(), "Forum", "forumId")),
    party: reference(partyReference(), "Party", "partyId"),
    person: reference(personReference(), "Person", "personId"),
    term: date(),
    ...periodProperties,
    isExpected: flag({ initial: false, becomes: false }),
    note: text(prose()),
  },
  within: "forum",
  keyedBy: ["forum"],
  identify: numbered({ distinguishedBy: "term", areApart: areOtherTerms }),
  contradiction: periodContradiction("chair term"),
  check: checkTerm,
  checkSiblings: apart("chair term", ["partyId", "personId"]),
  citation: { column: "chairTermId", count: "some" },
});

interface ChairName {
  readonly forum: string;
  readonly party?: string | undefined;
  readonly person?: string | undefined;
}

/** The key of the first chair term of a party or person. */
export function chairTermKey({ forum, party, person }: ChairName): string {
  return `${forum}/chairs/${party ?? person ?? ""}`;
}

function areOtherTerms(given: Row, stored: Row): boolean {
  const isOther = given["term"] != null && stored["term"] != null && !meet(given, stored);
  return isOther || beginsAfter(given, stored) || beginsAfter(stored, given) || areApart(given, stored);
}

/** Whether one begins after the year that the other is named after. */
function beginsAfter({ sinceEarliest }: Row, { termLatest }: Row): boolean {
  return typeof sinceEarliest === "string" && typeof termLatest === "string" && sinceEarliest > termLatest;
}

function meet(one: Row, other: Row): boolean {
  const [from, to] = [one["termEarliest"], one["termLatest"]];
  const [first, last] = [other["termEarliest"], other["termLatest"]];
  return String(from) <= String(last) && String(first) <= String(to);
}

function checkTerm(entry: PlannedRecord, lookup: LookupContext): void {
  checkPeriod(entry, lookup);
  if ((entry.row["partyId"] ?? entry.row["personId"] ?? null) !== null) return;
  const message = `the chair term ${shown(entry.key)} needs a party or a person that chairs`;
  lookup.report({ code: "MISSING", place: lookup.placeOf(entry), message });
}
