import { z } from "zod";
import { MeetingFormat, MeetingKind, RelationKind } from "../../generated/prisma/enums.js";
import { shown } from "../../lib/faults.js";
import type { Detail, PlannedRecord, LookupContext } from "../../writing/records.js";
import { code, line, listOf, oneOf, prose, slug, whole } from "../../writing/values.js";
import { firstSinceClaimRecord } from "../answers/first-since-claim.record.js";
import { checkOrder } from "../periods.rules.js";
import { date, declareRecord, number, reference, rows, text, words } from "../record.js";
import { forumReference, meetingReference, placeReference } from "../references.js";
import { topicKeys } from "../topics.js";
import { commitmentRecord } from "./commitment.record.js";
import { participantRecord } from "./participant.record.js";
import { statementRecord } from "./statement.record.js";
import { statusReportRecord } from "./status-report.record.js";

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

/** A meeting, with all that belongs to it. */
export const meetingRecord = declareRecord({
  table: "Meeting",
  label: "meeting",
  prefix: "mtg",
  key: { slug: slug() },
  title: "title",
  words: ["title"],
  search: { kind: "MEETING", place: 5, title: "title", day: "on" },
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
  unique: [
    {
      columns: ["forumId", "ordinal"],
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
