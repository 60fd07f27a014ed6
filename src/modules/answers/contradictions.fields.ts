import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { subjectColumns } from "../citations.js";
import { byId } from "../orders.js";

/** Maximum number of citations listed per side. */
const mostCitations = 20;

const failed = sql`('DECLINED', 'CANCELLED', 'CALLED_OFF')`;

/**
 * Meetings that one source reports as held and another as declined, cancelled or called off, unless the latter was said before: what
 * was called off may have been taken up again.
 */
const reports = sql`select f."meetingId" as "subjectId", 'STATUS_REPORTS' as "kind", 'HELD'::"MeetingStatus" as "supported",
  array_agg(d."id" order by d."id") as "disputingIds"
  from "StatusReport" f join "Citation" d on d."statusReportId" = f."id"
  where f."status" in ${failed} and exists (select 1 from "StatusReport" h where h."meetingId" = f."meetingId" and h."status" = 'HELD'
    and (f."reportedOnLatest" < h."reportedOnEarliest") is not true)
  group by f."meetingId"`;

/**
 * Meetings that were not held, and that one source reports as postponed and another as cancelled, declined or called off, on
 * whatever days: the reports are of one decision, and cannot both be right unless it changed. The few postponed ones are read first.
 */
const outcomes = sql`select p."meetingId" as "subjectId", 'STATUS_REPORTS' as "kind", 'POSTPONED'::"MeetingStatus" as "supported",
  array(select c."id" from "StatusReport" f join "Citation" c on c."statusReportId" = f."id"
    where f."meetingId" = p."meetingId" and f."status" in ${failed} order by c."id" limit ${sql.lit(mostCitations)}) as "disputingIds"
  from (select distinct r."meetingId" from "StatusReport" r where r."status" = 'POSTPONED'
    and exists (select 1 from "StatusReport" f where f."meetingId" = r."meetingId" and f."status" in ${failed})) as p
  where (select m."status" from "Meeting" m where m."id" = p."meetingId") <> 'HELD'`;

const subject = (alias: string): Sql =>
  sql`coalesce(${sql.join(subjectColumns.map((column) => sql.ref(`${alias}.${column}`)))})`;
const sameSubject = sql.join(
  subjectColumns.map((column) => sql`s.${sql.id(column)} = d.${sql.id(column)}`),
  sql` or `,
);

/** Records that a source disputes. */
const disputes = sql`select ${subject("d")} as "subjectId", 'DISPUTING_SOURCE' as "kind", null::"MeetingStatus" as "supported",
  array[d."id"] as "disputingIds"
  from "Citation" d where d."stance" = 'DISPUTES'`;

/** The ids of the citations on the other side. They are looked up for the contradictions of a page alone. */
const supportingIds = (row: Row<Record<string, unknown>>): Sql => sql`case ${row.col("kind")}
  when 'STATUS_REPORTS' then array(select c."id" from "StatusReport" r join "Citation" c on c."statusReportId" = r."id"
    where r."meetingId" = ${row.col("subjectId")} and r."status" = ${row.col("supported")} order by c."id" limit ${sql.lit(mostCitations)})
  else array(select s."id" from "Citation" d join "Citation" s on ${sameSubject}
    where d."id" = (${row.col("disputingIds")})[1] and s."stance" = 'SUPPORTS' order by s."id" limit ${sql.lit(mostCitations)}) end`;

/** The citations with these ids. */
function citationsAmong(
  ids: (row: Row<Record<string, unknown>>) => Sql,
): FieldDeclaration<Record<string, unknown>, never, ListShape<"Citation">> {
  return list<"Citation", Record<string, unknown>, Tables["Citation"]>("Citation", {
    where: ({ row, target }) => sql`${target.col("id")} = any(${ids(row)})`,
    order: ({ target }) => [target.col("id")],
  });
}

/** Contradictions that show in the record itself. */
export const contradictionTypes = [
  objectType<GQL.Contradiction>()("Contradiction", null, {}, (from) => ({
    kind: from.expression(({ row }) => row.col("kind")),
    subject: from.byId("CitationSubject", ({ row }) => row.col("subjectId")),
    supporting: citationsAmong(supportingIds),
    disputing: citationsAmong((row) => row.col("disputingIds")),
  })),
];

/** The root field for contradictions. */
export const contradictionRoots = objectType<Pick<GQL.Query, "contradictions">>()("Query", null, {}, (from) => ({
  contradictions: from.connection("Contradiction", {
    isOnce: true,
    from: () => sql`(${reports} union all ${outcomes} union all ${disputes})`,
    order: ({ target }) => ({
      name: "contradiction",
      terms: [
        { by: sql`${target.col("kind")} collate "C"`, type: "text", direction: "ASC" },
        { by: sql`${target.col("subjectId")} collate "C"`, type: "text", direction: "ASC" },
        byId(sql`(${target.col("disputingIds")})[1]`),
      ],
    }),
  }),
}));
