import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { typeOf } from "../history/history.lists.js";
import { byId } from "../orders.js";
import { draftedRows } from "./desk.lists.js";

type SubmissionRow = Row<Tables["Submission"]>;
type ProposalRow = Row<Tables["Proposal"]>;

/** A moment as clients read it, in UTC. */
function moment(at: Sql): Sql {
  return sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;
}

/** Milliseconds since 1970, by which lists are ordered. */
function milliseconds(at: Sql): Sql {
  return sql`(extract(epoch from ${at}) * 1000)::bigint`;
}

function latestFirst(name: string, at: Sql, id: Sql) {
  return {
    name,
    terms: [{ by: milliseconds(at), type: "bigint" as const, direction: "DESC" as const }, byId(id, "DESC")],
  };
}

/** The number of proposals with a decision. */
function countOf(row: SubmissionRow, decision: GQL.ProposalDecision): Sql {
  return sql`(select count(*)::int from "Proposal" p where p."submissionId" = ${row.col("id")}
    and p."decision" = ${enumerated(decision, "ProposalDecision")})`;
}

/** The rows of an array of JSON, as `name` with the column "value". */
function elements(array: Sql, name: string): Sql {
  return sql`jsonb_array_elements(${array}) with ordinality as ${sql.ref(name)}("value", "place")`;
}

/** Meetings of the record that a proposed meeting seems to be: the same parties on the same day. */
function isLikelyDuplicate(row: ProposalRow, meeting: Row<Tables["Meeting"]>): Sql {
  const day = sql`(select o."values" ->> 'value' from "Proposal" o where o."submissionId" = ${row.col("submissionId")}
    and o."about" = ${row.col("key")} and o."kind" = 'DATE' and o."decision" <> 'REJECTED' order by o."number" limit 1)`;
  const parties = sql`array(select distinct y."code" from "Participant" s join "Party" y on y."id" = s."partyId"
    where s."meetingId" = ${meeting.col("id")} order by 1)`;
  const named = sql`array(select distinct x from jsonb_array_elements_text(${row.col("values")} -> 'parties') as x order by 1)`;
  return sql`${row.col("kind")} = 'MEETING' and ${meeting.col("on")} = split_part(${day}, '/', 1) and ${parties} = ${named}`;
}

/** Documents of the record that a report at the desk seems to be. */
function isSameDocument(row: SubmissionRow, document: Row<Tables["Document"]>): Sql {
  return sql`(${document.col("sha256")} = ${row.col("sha256")} or ${document.col("url")} = ${row.col("url")})`;
}

type ValueKey = Exclude<keyof GQL.ProposalValues, "__typename">;
const text = (values: Sql, name: ValueKey): Sql => sql`(${values} ->> ${literal(name)})`;

/** The types of the desk. */
export const deskTypes = [
  objectType<GQL.Submission>()("Submission", "Submission", { prefix: "sub" }, (from) => ({
    id: from.word("id"),
    kind: from.column("kind"),
    title: from.column("title"),
    publisher: from.column("publisher"),
    language: from.column("language"),
    publishedOn: from.column("publishedOn"),
    dateline: from.column("dateline"),
    url: from.column("url"),
    text: from.prose("text"),
    access: from.column("access"),
    modelFault: from.column("modelFault"),
    state: from.column("state"),
    version: from.column("version"),
    submittedBy: from.expression<string>(
      ({ row }) => sql`coalesce(${row.col("submittedByName")}, ${row.col("submittedBy")})`,
    ),
    submittedAt: from.expression<string>(({ row }) => moment(row.col("submittedAt"))),
    changedAt: from.expression<string>(({ row }) => moment(row.col("changedAt"))),
    parties: from.values<string>(
      ({ row }) => sql`(select distinct x from "Proposal" p, jsonb_array_elements_text(p."values" -> 'parties') as x
        where p."submissionId" = ${row.col("id")} and p."kind" = 'MEETING' order by x)`,
    ),
    pendingCount: from.expression<number>(({ row }) => countOf(row, "PENDING")),
    acceptedCount: from.expression<number>(({ row }) => countOf(row, "ACCEPTED")),
    proposals: from.list("Proposal", {
      where: ({ row, target }) => sql`${target.col("submissionId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("number")],
    }),
    notUnderstood: from.list("UnreadSentence", {
      from: ({ row }) => sql`(select * from ${elements(row.col("notUnderstood"), "e")})`,
      where: () => sql`true`,
      order: ({ target }) => [target.col("place")],
    }),
    likelyDuplicates: from.list("Document", {
      where: ({ row, target }) => isSameDocument(row, target),
      order: ({ target }) => [target.col("id")],
    }),
    records: from.byIds("Node", ({ row }) => row.col("recordIds")),
  })),

  objectType<GQL.UnreadSentence>()("UnreadSentence", null, {}, (from) => ({
    start: from.expression<number>(({ row }) => sql`(${row.col("value")} ->> 'start')::int`),
    text: from.expression<string>(({ row }) => sql`(${row.col("value")} ->> 'text')`),
    words: from.values<string>(({ row }) => sql`(select jsonb_array_elements_text(${row.col("value")} -> 'words'))`),
  })),

  objectType<GQL.Proposal>()("Proposal", "Proposal", {}, (from) => ({
    number: from.column("number"),
    kind: from.column("kind"),
    key: from.column("key"),
    about: from.column("about"),
    values: from.group("ProposalValues"),
    proposed: from.one("ProposalValues", {
      from: ({ row }) => sql`(select ${row.col("proposed")} as "values")`,
      where: ({ row }) => sql`${row.col("proposed")} is not null`,
    }),
    quote: from.prose("quote"),
    start: from.column("start"),
    tier: from.column("tier"),
    rule: from.column("rule"),
    decision: from.column("decision"),
    decidedBy: from.expression<string | null>(
      ({ row }) => sql`coalesce(${row.col("decidedByName")}, ${row.col("decidedBy")})`,
    ),
    decidedAt: from.expression<string | null>(({ row }) => moment(row.col("decidedAt"))),
    version: from.column("version"),
    likelyDuplicates: from.list("Meeting", {
      where: ({ row, target }) =>
        sql`${target.col("id")} in (select m."id" from "Meeting" m where ${isLikelyDuplicate(row, meetingRow)} order by m."id" limit 5)`,
      order: ({ target }) => [target.col("id")],
    }),
  })),

  objectType<GQL.ProposalValues>()("ProposalValues", null, {}, (from) => {
    const word = <V = string | null>(name: ValueKey) => from.expression<V>(({ row }) => text(row.col("values"), name));
    const whole = (name: ValueKey) =>
      from.expression<number | null>(({ row }) => sql`${text(row.col("values"), name)}::int`);
    const flag = (name: ValueKey) =>
      from.expression<boolean | null>(({ row }) => sql`${text(row.col("values"), name)}::boolean`);
    const list = (name: ValueKey) =>
      from.expression<{ readonly list: string } | null>(
        ({ row }) =>
          sql`case when ${row.col("values")} ? ${literal(name)} then array(select jsonb_array_elements_text(${row.col("values")} -> ${literal(name)})) end`,
      );
    return {
      parties: list("parties"),
      party: word("party"),
      person: word("person"),
      personName: word("personName"),
      office: word<GQL.OfficeKind | null>("office"),
      acting: flag("acting"),
      role: word("role"),
      value: word("value"),
      country: word("country"),
      city: word("city"),
      name: word("name"),
      ordinal: whole("ordinal"),
      forum: word("forum"),
      speakers: list("speakers"),
      verbatim: flag("verbatim"),
      action: word("action"),
      dueOn: word("dueOn"),
      status: word("status"),
      on: word("on"),
      from: word("from"),
      to: word("to"),
      days: whole("days"),
      type: word("type"),
      as: word("as"),
      since: word("since"),
      term: word("term"),
      sameAs: word("sameAs"),
    };
  }),

  objectType<GQL.Draft>()("Draft", null, {}, (from) => ({
    id: from.expression<string>(({ row }) => row.col("id")),
    record: from.byId("VersionedRecord", ({ row }) => row.col("id")),
    recordType: from.expression<string>(({ row }) => typeOf(row.col("id"))),
    title: from.expression<string>(({ row }) => row.col("title")),
    actor: from.expression<string>(
      ({ row }) =>
        sql`coalesce((select k."name" from "ApiKey" k where 'key:' || k."id" = ${row.col("draftedBy")}),
          (select s."actorName" from "DeskSession" s where s."actor" = ${row.col("draftedBy")}
            order by s."createdAt" desc limit 1), ${row.col("draftedBy")})`,
    ),
    at: from.expression<string>(({ row }) => moment(row.col("draftedAt"))),
  })),

  objectType<GQL.MistakeReport>()("MistakeReport", "MistakeReport", { prefix: "mis" }, (from) => ({
    id: from.word("id"),
    path: from.column("path"),
    text: from.prose("text"),
    contact: from.column("contact"),
    sentAt: from.expression<string>(({ row }) => moment(row.col("sentAt"))),
    closedBy: from.expression<string | null>(
      ({ row }) => sql`coalesce(${row.col("closedByName")}, ${row.col("closedBy")})`,
    ),
    closedAt: from.expression<string | null>(({ row }) => moment(row.col("closedAt"))),
  })),
];

const meetingRow: Row<Tables["Meeting"]> = { alias: "m", col: (name) => sql.ref(`m.${name}`) };

/** The root fields of the desk. */
export const deskRoots = objectType<Pick<GQL.Query, "submission" | "submissions" | "drafts" | "mistakeReports">>()(
  "Query",
  null,
  {},
  (from) => ({
    submission: from.one<"Submission", Traced<GQL.QuerySubmissionArgs>>("Submission", {
      where: ({ target, args }) => sql`${target.col("id")} = ${parameter(args.id, "text")}`,
    }),
    submissions: from.connection<"Submission", Traced<GQL.QuerySubmissionsArgs>>("Submission", {
      where: ({ target, args: { filter } }) => [
        filter?.state ? sql`${target.col("state")} = ${enumerated(filter.state, "SubmissionState")}` : undefined,
      ],
      order: ({ target }) => latestFirst("submissions", target.col("submittedAt"), target.col("id")),
    }),
    drafts: from.connection<"Draft", Traced<GQL.QueryDraftsArgs>>("Draft", {
      from: () => draftedRows(),
      where: ({ target, args: { filter } }) => [
        filter?.recordType ? sql`${typeOf(target.col("id"))} = ${parameter(filter.recordType, "text")}` : undefined,
        filter?.actor ? sql`${target.col("draftedBy")} = ${parameter(filter.actor, "text")}` : undefined,
        filter?.since ? sql`${target.col("draftedAt")} >= ${parameter(filter.since, "text")}::timestamptz` : undefined,
        filter?.before ? sql`${target.col("draftedAt")} < ${parameter(filter.before, "text")}::timestamptz` : undefined,
        filter?.submission
          ? sql`${target.col("id")} = any (select unnest(s."recordIds") from "Submission" s where s."id" = ${parameter(filter.submission, "text")})`
          : undefined,
      ],
      order: ({ target }) => latestFirst("drafts", target.col("draftedAt"), target.col("id")),
    }),
    mistakeReports: from.connection<"MistakeReport", Traced<GQL.QueryMistakeReportsArgs>>("MistakeReport", {
      where: ({ target, args: { filter } }) => [
        typeof filter?.isOpen === "boolean"
          ? sql`(${target.col("closedAt")} is null) = ${sql.raw(String(filter.isOpen))}`
          : undefined,
      ],
      order: ({ target }) => latestFirst("mistakes", target.col("sentAt"), target.col("id")),
    }),
  }),
);
