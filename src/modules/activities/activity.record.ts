import { ActivityKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { LookupContext, PlannedRecord } from "../../writing/records.js";
import { key, line, oneOf, prose, whole } from "../../writing/values.js";
import { identifierKeys, identifiers, nearIdentifiers, sameIdentifier } from "../identifiers.js";
import { checkOrder } from "../periods.rules.js";
import { date, declareRecord, number, reference, text, words } from "../record.js";
import { agreementReference, forumReference, parties, placeReference } from "../references.js";
import { topicKeys } from "../topics.js";
import { activityClaimRecord } from "./activity-claim.record.js";
import { activityReportRecord } from "./activity-report.record.js";
import {
  duplicates,
  nearParties,
  partySet,
  sameDays,
  sameParties,
  samePlace,
  sameSubject,
  sameTitle,
  sameValue,
} from "../duplicates.rules.js";

/** An activity of forces: an exercise, a port call, a patrol, training or staff talks. */
export const activityRecord = declareRecord({
  table: "Activity",
  label: "activity",
  prefix: "acy",
  key: { key: key() },
  title: "name",
  search: {
    kind: "ACTIVITY",
    place: 10,
    names: ["name"],
    day: "from",
    last: "to",
    ordinal: "ordinal",
    texts: ["key", "series", "edition", "kind", "units", "topics", "note", "identifiers"],
  },
  computed: ["status"],
  follows: {
    status: {
      published: `CASE WHEN r."id" IN (SELECT d."activityId" FROM drafts."ActivityReport" d) THEN editing."activityStatusWithDrafts"(r."id") ELSE r."status" END`,
      drafted: `editing."activityStatusWithDrafts"(r."id")`,
    },
  },
  properties: {
    name: text(line()),
    kind: text(oneOf(ActivityKind), { required: true }),
    parties: parties("ActivityParty", "activityId"),
    series: text(line()),
    forum: reference(forumReference(), "Forum", "forumId"),
    ordinal: number(whole(1, 10_000)),
    edition: text(line(60)),
    from: date(),
    to: date(),
    place: reference(placeReference(), "Place", "placeId", { tells: "none" }),
    units: text(prose()),
    agreement: reference(agreementReference(), "Agreement", "agreementId", { tells: "none" }),
    topics: words(topicKeys()),
    identifiers: identifiers("WIKIDATA"),
    note: text(prose()),
  },
  parts: { reports: activityReportRecord, claims: activityClaimRecord },
  duplicates: duplicates(
    [
      sameDays("from", "to"),
      sameParties("ActivityParty", "activityId"),
      sameValue("kind", `r."kind"::text`, { same: 1, different: -4 }),
      sameTitle("name"),
      sameSubject("name", ["ActivityParty", "activityId"]),
      sameValue("series", `"fold"(r."series")`, { same: 2, different: -3, label: "series" }),
      sameValue("forum", `r."forumId"`, { same: 2, different: -3 }),
      sameValue("ordinal", `r."ordinal"`, { different: -20 }),
      sameValue("edition", `r."edition"`, { different: -20 }),
      samePlace({ different: -3 }),
      sameIdentifier,
    ],
    {
      keys: [`ARRAY[${partySet}, p."series" || p."first"]`, identifierKeys],
      near: [
        nearParties("ActivityParty", "activityId"),
        `SELECT y."id" FROM "Activity" y WHERE y."fromEarliest" = p."first"`,
        nearIdentifiers("Activity"),
      ],
    },
  ),
  check: checkActivity,
  citation: { column: "activityId", count: "some" },
});

function checkActivity(entry: PlannedRecord, lookup: LookupContext): void {
  checkOrder(entry, "from", "to", lookup);
  const isOf = (column: string): boolean => (entry.row[column] ?? null) !== null;
  if (isOf("series") && isOf("forumId")) {
    const message = `${shown(entry.key)} belongs to one series; give its name in series, or its forum`;
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "series"), message });
  }
  if (isOf("ordinal") && !isOf("series") && !isOf("forumId")) {
    const message = `an ordinal counts in a series; give the name of the series, or its forum`;
    lookup.report({ code: "MISSING", place: lookup.placeOf(entry, "ordinal"), message });
  }
}
