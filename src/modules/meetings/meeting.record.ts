import { z } from "zod";
import { MeetingFormat, MeetingKind, RelationKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { Detail, PlannedRecord, LookupContext } from "../../writing/records.js";
import { code, line, listOf, oneOf, prose, slug, whole } from "../../writing/values.js";
import { firstSinceClaimRecord } from "../answers/first-since-claim.record.js";
import { identifierKeys, identifiers, nearIdentifiers, sameIdentifier } from "../identifiers.js";
import { checkOrder } from "../periods.rules.js";
import { date, declareRecord, number, reference, rows, text, words } from "../record.js";
import { forumReference, meetingReference, placeReference } from "../references.js";
import { topicKeys } from "../topics.js";
import { commitmentRecord } from "./commitment.record.js";
import { participantRecord } from "./participant.record.js";
import { statementRecord } from "./statement.record.js";
import { statusReportRecord } from "./status-report.record.js";
import {
  duplicates,
  exclusion,
  months,
  partySet,
  sameDays,
  sameParties,
  samePlace,
  sameTitle,
  sameValue,
  weigh,
  type Compared,
} from "../duplicates.rules.js";

const relationsShape = listOf(z.strictObject({ meeting: meetingReference(), kind: oneOf(RelationKind) }));

const meetingRelations: Detail = {
  table: "MeetingRelation",
  owner: "meetingId",
  identity: "otherId",
  to: "Meeting",
  columns: ["kind"],
  section: "relations",
  read: (input) =>
    ((input["relations"] ?? []) as z.infer<typeof relationsShape>).map(({ meeting, kind }, index) => ({
      steps: ["relations", index],
      cells: { otherId: meeting, kind },
    })),
  write: (held) => ({ relations: held.map(({ otherId, kind }) => ({ meeting: otherId, kind })) }),
};

// Persons say more than offices, which say more than nothing.
const sameSeats: Compared = {
  columns: {
    persons: `ARRAY(SELECT DISTINCT q."partyId" || ':' || coalesce(q."personId", '') FROM "Participant" q WHERE q."meetingId" = r."id" ORDER BY 1)`,
    offices: `ARRAY(SELECT DISTINCT q."partyId" || ':' || q."officeId" FROM "Participant" q WHERE q."meetingId" = r."id" AND q."officeId" IS NOT NULL ORDER BY 1)`,
  },
  clue: {
    points: `CASE "sidesAgree"(a."persons", b."persons") WHEN 0 THEN "sidesAgree"(a."offices", b."offices") ELSE "sidesAgree"(a."persons", b."persons") END`,
    words: `coalesce((SELECT 'same persons (' || "listInWords"(array_agg(n."name" ORDER BY n."name")) || ')' FROM (
      SELECT DISTINCT e."name" FROM (SELECT unnest(a."persons") INTERSECT SELECT unnest(b."persons")) AS s(seat)
      JOIN "Person" e ON e."id" = split_part(s.seat, ':', 2)) AS n HAVING count(*) > 0), 'same offices')`,
  },
};

// A source that gives two meetings on different days tells them apart.
const sourcesTellApart = weigh(
  { documents: `ARRAY(SELECT c."documentId" FROM "Citation" c WHERE c."meetingId" = r."id")` },
  `CASE WHEN a."first" > b."last" OR b."first" > a."last" THEN CASE WHEN a."documents" && b."documents" THEN ${exclusion} ELSE 0 END ELSE 0 END`,
);

// A meeting on the sidelines of another one, before it or after it is not that one.
const unrelated = weigh(
  {
    meetingId: `r."id"`,
    related: `ARRAY(SELECT x."otherId" FROM "MeetingRelation" x WHERE x."meetingId" = r."id")`,
  },
  `CASE WHEN a."sidelines" = b."meetingId" OR b."sidelines" = a."meetingId" OR a."meetingId" = ANY (b."related") OR b."meetingId" = ANY (a."related") THEN ${exclusion} ELSE 0 END`,
);

/** A meeting, with all that belongs to it. */
export const meetingRecord = declareRecord({
  table: "Meeting",
  label: "meeting",
  // The table of meetings has a row for each seat.
  exportName: "meeting-list",
  prefix: "mtg",
  key: { slug: slug() },
  title: "title",
  search: {
    kind: "MEETING",
    place: 5,
    title: "title",
    day: "on",
    last: "endsOn",
    ordinal: "ordinal",
    texts: ["topics", "purpose", "venue", "note", "identifiers"],
  },
  isTopic: true,
  computed: ["status"],
  follows: {
    status: {
      published: `CASE WHEN r."id" IN (SELECT d."meetingId" FROM drafts."StatusReport" d) THEN editing."statusWithDrafts"(r."id") ELSE r."status" END`,
      drafted: `editing."statusWithDrafts"(r."id")`,
    },
  },
  properties: {
    title: text(line(), { required: true }),
    kind: text(oneOf(MeetingKind), { required: true }),
    format: text(oneOf(MeetingFormat)),
    on: date(),
    endsOn: date(),
    startTime: text(startTime()),
    durationMinutes: number(whole(1, 100_000)),
    venue: text(line(200)),
    place: reference(placeReference(), "Place", "placeId", { tells: "none" }),
    forum: reference(forumReference(), "Forum", "forumId"),
    ordinal: number(whole(1, 10_000)),
    sidelinesOf: reference(meetingReference(), "Meeting", "sidelinesOfId", { acyclic: true }),
    relations: rows(relationsShape, meetingRelations),
    topics: words(topicKeys()),
    identifiers: identifiers("WIKIDATA"),
    purpose: text(prose()),
    note: text(prose()),
  },
  parts: {
    participants: participantRecord,
    statusReports: statusReportRecord,
    statements: statementRecord,
    commitments: commitmentRecord,
    firstSinceClaims: firstSinceClaimRecord,
  },
  duplicates: duplicates(
    [
      sameDays("on", "endsOn"),
      sameParties("Participant", "meetingId"),
      sameSeats,
      samePlace({ different: -4 }),
      sameValue("forum", `r."forumId"`, {
        same: 3,
        different: -6,
        label: "forum",
        shows: `(SELECT f."name" FROM "Forum" f WHERE f."id" = a."forum")`,
      }),
      sameValue("ordinal", `r."ordinal"`, { different: -20 }),
      sameValue("kind", `r."kind"::text`, { different: -6 }),
      sameValue("format", `r."format"::text`, { different: -4 }),
      sameValue("startTime", `r."startTime"`, { same: 1, different: -3, label: "time of day" }),
      sameValue("sidelines", `r."sidelinesOfId"`, { same: 1, different: -3 }),
      unrelated,
      sourcesTellApart,
      sameTitle("title"),
      sameIdentifier,
    ],
    {
      keys: [
        `(SELECT array_agg(${partySet} || m.month) FROM unnest(${months}) AS m(month))`,
        `(SELECT array_agg(p."forum" || m.month) FROM unnest(${months}) AS m(month))`,
        identifierKeys,
      ],
      near: [
        `SELECT q."meetingId" FROM "Participant" q WHERE q."partyId" = p."parties"[1] AND q."meetingEarliest" BETWEEN p."first" - 367 AND p."last" + 1`,
        `SELECT m."id" FROM "Meeting" m WHERE m."forumId" = p."forum" AND m."onEarliest" BETWEEN p."first" - 367 AND p."last" + 1`,
        nearIdentifiers("Meeting"),
      ],
    },
  ),
  unique: [
    {
      columns: ["forumId", "ordinal"],
      // Several meetings can belong to one sitting of a series: two days of talks, or one that was put off and one held.
      applies: ({ kind }) => kind === MeetingKind.SESSION,
      message: (entry, other) =>
        `sitting ${String(entry.row["ordinal"])} of this forum is ${shown(other.key)}, so it cannot be ${shown(entry.key)} as well`,
    },
  ],
  check: checkMeeting,
  citation: { column: "meetingId", count: "some" },
});

/** A local time of day, or a part of the day. */
function startTime() {
  return code(
    /^(?:(?:[01]\d|2[0-3]):[0-5]\d|MORNING|NOON|AFTERNOON|EVENING|NIGHT)$/,
    "time of day such as 10:30, nor MORNING, NOON, AFTERNOON, EVENING or NIGHT",
  );
}

function checkMeeting(entry: PlannedRecord, lookup: LookupContext): void {
  const { row } = entry;
  const isSession = row["kind"] === MeetingKind.SESSION;
  const hasForum = (row["forumId"] ?? null) !== null;
  if (isSession && !hasForum) {
    lookup.report({
      code: "MISSING",
      place: lookup.placeOf(entry),
      message: `the session ${shown(entry.key)} needs the forum whose session it is`,
    });
  }
  if ((row["ordinal"] ?? null) !== null && !hasForum) {
    lookup.report({
      code: "INVALID",
      place: lookup.placeOf(entry, "ordinal"),
      message: "only a sitting of a forum or series is counted; give its forum",
    });
  }
  if ((row["endsOn"] ?? null) !== null && (row["on"] ?? null) === null) {
    lookup.report({
      code: "MISSING",
      place: lookup.placeOf(entry, "endsOn"),
      message: "endsOn needs on, the day on which it began",
    });
  }
  checkOrder(entry, "on", "endsOn", lookup);
}
