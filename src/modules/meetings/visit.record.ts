import type { Detail } from "../../writing/records.js";
import { key, listOf, prose, whole } from "../../writing/values.js";
import { identifiers } from "../identifiers.js";
import { checkLength, checkOrder } from "../periods.rules.js";
import { date, declareRecord, number, reference, rows, text } from "../record.js";
import { visitClaimRecord } from "./visit-claim.record.js";
import { visitReportRecord } from "./visit-report.record.js";
import { meetingReference, personReference, placeReference } from "../references.js";
import { duplicates, sameDays, samePlace, sameValue, type Compared } from "../duplicates.rules.js";

const visitMeetings: Detail = {
  table: "VisitMeeting",
  owner: "visitId",
  identity: "meetingId",
  to: "Meeting",
  columns: [],
  section: "meetings",
  read: (input) =>
    ((input["meetings"] ?? []) as string[]).map((meetingId, index) => ({
      steps: ["meetings", index],
      cells: { meetingId },
    })),
  write: (rows) => ({ meetings: rows.map(({ meetingId }) => meetingId) }),
};

const sharedMeetings: Compared = {
  columns: { meetings: `ARRAY(SELECT x."meetingId" FROM "VisitMeeting" x WHERE x."visitId" = r."id")` },
  clue: { points: `CASE WHEN a."meetings" && b."meetings" THEN 3 ELSE 0 END`, words: `'meetings in common'` },
};

/** A visit. */
export const visitRecord = declareRecord({
  table: "Visit",
  label: "visit",
  prefix: "vis",
  key: { key: key() },
  search: {
    kind: "VISIT",
    place: 13,
    day: "from",
    last: "to",
    texts: ["purpose", "identifiers"],
    borrows: { by: "person", title: "name" },
  },
  properties: {
    person: reference(personReference(), "Person", "personId", { required: true, tells: "around" }),
    place: reference(placeReference(), "Place", "placeId", { tells: "none" }),
    from: date(),
    to: date(),
    days: number(whole(1, 3_660)),
    purpose: text(prose()),
    identifiers: identifiers("WIKIDATA"),
    meetings: rows(listOf(meetingReference()), visitMeetings),
  },
  parts: { reports: visitReportRecord, claims: visitClaimRecord },
  duplicates: duplicates(
    [
      sameValue("person", `r."personId"`, {
        same: 4,
        different: -20,
        label: "person",
        shows: `(SELECT e."name" FROM "Person" e WHERE e."id" = a."person")`,
      }),
      sameDays("from", "to"),
      samePlace({ different: -6 }),
      sharedMeetings,
    ],
    {
      keys: [`ARRAY[p."person"]`],
      near: [`SELECT v."id" FROM "Visit" v WHERE v."personId" = p."person"`],
    },
  ),
  check: (entry, lookup) => {
    if (checkOrder(entry, "from", "to", lookup))
      checkLength(entry, { first: "from", last: "to", days: "days" }, lookup);
  },
  citation: { column: "visitId", count: "some" },
});
