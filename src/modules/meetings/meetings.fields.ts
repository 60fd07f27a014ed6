import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Order } from "../../reading/connection.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { agreementsOfMeeting } from "../agreements/agreements.lists.js";
import { conflictsOf } from "../answers/answers.lists.js";
import { objectType, type Tables } from "../declare.js";
import { citationsOf } from "../documents/documents.lists.js";
import { isNamed, recordFields } from "../history/history.lists.js";
import { identifiersField } from "../identifiers.fields.js";
import { alphabetical, byDay, byId } from "../orders.js";
import { ledgerOf, withinDays } from "./ledgers.lists.js";
import { meetingsOf } from "./meetings.lists.js";
import { namesOfficeHolder } from "./office-check.fields.js";
import { allCommitments } from "./commitments.lists.js";
import { allVisits } from "./visits.lists.js";
import { allStatements, statementsOfMeeting } from "./statements.lists.js";

function byPosition(row: Row<{ position: number; id: string }>): Order {
  return { name: "position", terms: [{ by: row.col("position"), type: "int", direction: "ASC" }, byId(row.col("id"))] };
}

const meetingsOfVisit = (visit: Row<Tables["Visit"]>): Sql =>
  sql`(select v."meetingId" from "VisitMeeting" v where v."visitId" = ${visit.col("id")})`;

/** The seats of a meeting in a role. */
function seatsOf(role: "HOST" | "CHAIR"): FieldDeclaration<Tables["Meeting"], never, ListShape<"Participant">> {
  return list<"Participant", Tables["Meeting"], Tables["Participant"]>("Participant", {
    where: ({ row, target }) =>
      sql`${target.col("meetingId")} = ${row.col("id")} and ${target.col("role")} = ${sql.lit(role)}`,
    order: ({ target }) => [target.col("position"), target.col("id")],
  });
}

/** Meetings with their participants, reports, words and outcomes, and the journeys they belong to. */
export const meetingTypes = [
  objectType<GQL.Place>()("Place", "Place", {}, (from) => ({
    ...recordFields<Tables["Place"]>("Place"),
    identifiers: identifiersField<Tables["Place"]>(),
    id: from.word("id"),
    key: from.column("key"),
    city: from.column("city"),
    country: from.one("State", "stateId"),
    timeZone: from.column("timeZone"),
  })),

  objectType<GQL.Meeting>()("Meeting", "Meeting", {}, (from) => ({
    ...recordFields<Tables["Meeting"]>("Meeting"),
    identifiers: identifiersField<Tables["Meeting"]>(),
    id: from.word("id"),
    slug: from.word("slug"),
    title: from.column("title"),
    kind: from.column("kind"),
    format: from.column("format"),
    status: from.expression<GQL.MeetingStatus, Traced<GQL.MeetingStatusArgs>>(({ row, args }) =>
      args.asOf ? sql`"meetingStatus"(${row.col("id")}, ${parameter(args.asOf, "date")})` : row.col("status"),
    ),
    on: from.column("on"),
    endsOn: from.column("endsOn"),
    startTime: from.column("startTime"),
    durationMinutes: from.column("durationMinutes"),
    venue: from.column("venue"),
    place: from.one("Place", "placeId"),
    forum: from.one("Forum", "forumId"),
    ordinal: from.column("ordinal"),
    sidelinesOf: from.one("Meeting", "sidelinesOfId"),
    sidelineMeetings: meetingsOf<Tables["Meeting"]>({
      where: ({ row, target }) => sql`${target.col("sidelinesOfId")} = ${row.col("id")}`,
    }),
    ledger: ledgerOf<Tables["Meeting"]>(({ row }) => ({
      where: (meeting) => [sql`${meeting.col("sidelinesOfId")} = ${row.col("id")}`, withinDays(meeting)],
      addresses: (session) => sql`${session.col("id")} = ${row.col("id")}`,
    })),
    relations: from.list("MeetingRelation", {
      where: ({ row, target }) => sql`${target.col("meetingId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("kind"), target.col("otherId")],
    }),
    relatedFrom: from.list("MeetingRelation", {
      where: ({ row, target }) => sql`${target.col("otherId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("kind"), target.col("meetingId")],
    }),
    topics: from.column("topics"),
    purpose: from.prose("purpose"),
    note: from.prose("note"),
    representation: from.group("Representation"),
    participants: from.connection("Participant", {
      where: ({ row, target }) => [sql`${target.col("meetingId")} = ${row.col("id")}`],
      order: ({ target }) => byPosition(target),
    }),
    hosts: seatsOf("HOST"),
    chairs: seatsOf("CHAIR"),
    statusReports: from.list("StatusReport", {
      where: ({ row, target }) => sql`${target.col("meetingId")} = ${row.col("id")}`,
      order: ({ target }) => [
        sql`${target.col("reportedOnEarliest")} nulls last`,
        target.col("status"),
        target.col("id"),
      ],
    }),
    statements: statementsOfMeeting,
    commitments: from.connection("Commitment", {
      where: ({ row, target }) => [sql`${target.col("meetingId")} = ${row.col("id")}`],
      order: ({ target }) => byPosition(target),
    }),
    agreements: agreementsOfMeeting,
    firstSinceClaims: from.list("FirstSinceClaim", {
      where: ({ row, target }) => sql`${target.col("meetingId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("key")],
    }),
    conflicts: conflictsOf<Tables["Meeting"]>("meetingId"),
    citations: citationsOf<Tables["Meeting"]>("meetingId"),
  })),

  objectType<GQL.MeetingRelation>()("MeetingRelation", "MeetingRelation", {}, (from) => ({
    meeting: from.one("Meeting", "meetingId"),
    kind: from.column("kind"),
    other: from.one("Meeting", "otherId"),
  })),

  objectType<GQL.Participant>()("Participant", "Participant", {}, (from) => ({
    ...recordFields<Tables["Participant"]>("Participant"),
    id: from.word("id"),
    key: from.column("key"),
    meeting: from.one("Meeting", "meetingId"),
    party: from.one("Party", "partyId"),
    person: from.one("Person", "personId"),
    office: from.one("Office", "officeId"),
    otherOffices: from.list("Office", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select x."officeId" from "ParticipantOffice" x where x."participantId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("key")), target.col("id")],
    }),
    acting: from.column("acting"),
    honorific: from.column("honorific"),
    representedPerson: from.one("Person", "representedPersonId"),
    representedOffice: from.one("Office", "representedOfficeId"),
    group: from.column("group"),
    groupSize: from.column("groupSize"),
    attendance: from.column("attendance"),
    place: from.one("Place", "placeId"),
    role: from.column("role"),
    isExpected: from.column("isExpected"),
    isOfficeDoubtful: from.column("isOfficeDoubtful"),
    inOffice: from.group("OfficeCheck", namesOfficeHolder),
    note: from.prose("note"),
    citations: citationsOf<Tables["Participant"]>("participantId"),
  })),

  objectType<GQL.StatusReport>()("StatusReport", "StatusReport", {}, (from) => ({
    ...recordFields<Tables["StatusReport"]>("StatusReport"),
    id: from.word("id"),
    key: from.column("key"),
    meeting: from.one("Meeting", "meetingId"),
    status: from.column("status"),
    reportedOn: from.column("reportedOn"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("statusReportId")} = ${row.col("id")}`,
    }),
  })),

  objectType<GQL.Visit>()("Visit", "Visit", {}, (from) => ({
    ...recordFields<Tables["Visit"]>("Visit"),
    identifiers: identifiersField<Tables["Visit"]>(),
    id: from.word("id"),
    key: from.column("key"),
    person: from.one("Person", "personId"),
    place: from.one("Place", "placeId"),
    from: from.column("from"),
    to: from.column("to"),
    days: from.column("days"),
    purpose: from.prose("purpose"),
    status: from.expression<GQL.VisitStatus, Traced<GQL.VisitStatusArgs>>(({ row, args }) =>
      args.asOf
        ? sql`"visitStatus"(${row.col("id")}, ${parameter(args.asOf, "date")})`
        : sql`"visitStatus"(${row.col("id")})`,
    ),
    claims: from.list("VisitClaim", {
      where: ({ row, target }) => sql`${target.col("visitId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("key")],
    }),
    reports: from.list("VisitReport", {
      where: ({ row, target }) => sql`${target.col("visitId")} = ${row.col("id")}`,
      order: ({ target }) => [
        sql`${target.col("reportedOnEarliest")} nulls last`,
        target.col("status"),
        target.col("id"),
      ],
    }),
    ledger: ledgerOf<Tables["Visit"]>(({ row }) => ({
      where: (meeting) => [sql`${meeting.col("id")} in ${meetingsOfVisit(row)}`, withinDays(meeting)],
      addresses: (session, seat) =>
        sql`${session.col("id")} in ${meetingsOfVisit(row)} and ${seat.col("personId")} = ${row.col("personId")}`,
    })),
    meetings: meetingsOf<Tables["Visit"]>({
      where: ({ row, target }) => sql`${target.col("id")} in ${meetingsOfVisit(row)}`,
    }),
    conflicts: conflictsOf<Tables["Visit"]>("visitId"),
    citations: citationsOf<Tables["Visit"]>("visitId"),
  })),

  objectType<GQL.VisitClaim>()("VisitClaim", "VisitClaim", {}, (from) => ({
    ...recordFields<Tables["VisitClaim"]>("VisitClaim"),
    id: from.word("id"),
    key: from.column("key"),
    visit: from.one("Visit", "visitId"),
    level: from.column("level"),
    since: from.column("since"),
    words: from.column("words"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("visitClaimId")} = ${row.col("id")}`,
    }),
  })),

  objectType<GQL.VisitReport>()("VisitReport", "VisitReport", {}, (from) => ({
    ...recordFields<Tables["VisitReport"]>("VisitReport"),
    id: from.word("id"),
    key: from.column("key"),
    visit: from.one("Visit", "visitId"),
    status: from.column("status"),
    reportedOn: from.column("reportedOn"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("visitReportId")} = ${row.col("id")}`,
    }),
  })),

  objectType<GQL.Statement>()("Statement", "Statement", {}, (from) => ({
    ...recordFields<Tables["Statement"]>("Statement"),
    id: from.word("id"),
    key: from.column("key"),
    speaker: from.one("Person", "personId"),
    party: from.one("Party", "partyId"),
    office: from.one("Office", "officeId"),
    otherSpeakers: from.list("Person", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select j."personId" from "StatementPerson" j where j."statementId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    otherParties: from.list("Party", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select j."partyId" from "StatementParty" j where j."statementId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    institution: from.column("institution"),
    meeting: from.one("Meeting", "meetingId"),
    text: from.prose("text"),
    isVerbatim: from.column("isVerbatim"),
    topics: from.column("topics"),
    on: from.column("on"),
    citations: citationsOf<Tables["Statement"]>("statementId"),
  })),

  objectType<GQL.Commitment>()("Commitment", "Commitment", {}, (from) => ({
    ...recordFields<Tables["Commitment"]>("Commitment"),
    id: from.word("id"),
    key: from.column("key"),
    meeting: from.one("Meeting", "meetingId"),
    summary: from.prose("summary"),
    kind: from.column("kind"),
    status: from.column("status"),
    on: from.column("on"),
    dueOn: from.column("dueOn"),
    parties: from.list("Party", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select c."partyId" from "CommitmentParty" c where c."commitmentId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    citations: citationsOf<Tables["Commitment"]>("commitmentId"),
  })),

  objectType<GQL.Milestone>()("Milestone", "Milestone", {}, (from) => ({
    ...recordFields<Tables["Milestone"]>("Milestone"),
    identifiers: identifiersField<Tables["Milestone"]>(),
    id: from.word("id"),
    key: from.column("key"),
    label: from.column("label"),
    on: from.column("on"),
    note: from.prose("note"),
    parties: from.list("Party", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select c."partyId" from "MilestoneParty" c where c."milestoneId" = ${row.col("id")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
    citations: citationsOf<Tables["Milestone"]>("milestoneId"),
  })),
];

/** The root fields of this module. */
export const meetingRoots = objectType<
  Pick<GQL.Query, "commitments" | "meeting" | "meetings" | "milestones" | "statements" | "visits">
>()("Query", null, {}, (from) => ({
  meeting: from.one<"Meeting", Traced<GQL.QueryMeetingArgs>>("Meeting", {
    where: ({ target, args }) => isNamed(target, "slug", "Meeting", args.slug),
  }),
  meetings: meetingsOf<Record<string, unknown>>(),
  statements: allStatements,
  commitments: allCommitments,
  visits: allVisits,
  milestones: from.connection("Milestone", {
    order: ({ target }) => ({
      name: "milestone",
      terms: [byDay(target.col("onEarliest"), "DESC"), byId(target.col("id"), "DESC")],
    }),
  }),
}));
