import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { subjectColumns } from "../citations.js";
import { byId } from "../orders.js";

/** Maximum number of citations listed per side. */
const mostCitations = 20;

/**
 * Meetings that one source reports as held and another as declined, cancelled or called off, unless the latter was said before: what
 * was called off may have been taken up again.
 */
const reports = sql`select f."meetingId" as "subjectId", 'STATUS_REPORTS' as "kind",
  array(select c."id" from "StatusReport" h join "Citation" c on c."statusReportId" = h."id" where h."meetingId" = f."meetingId" and h."status" = 'HELD' order by c."id" limit ${sql.lit(mostCitations)}) as "supportingIds",
  array_agg(d."id" order by d."id") as "disputingIds"
  from "StatusReport" f join "Citation" d on d."statusReportId" = f."id"
  where f."status" in ('DECLINED', 'CANCELLED', 'CALLED_OFF') and exists (select 1 from "StatusReport" h where h."meetingId" = f."meetingId" and h."status" = 'HELD'
    and (f."reportedOnLatest" < h."reportedOnEarliest") is not true)
  group by f."meetingId"`;

/**
 * Meetings that were not held, and that one source reports as postponed and another as cancelled, declined or called off, on
 * whatever days: the reports are of one decision, and cannot both be right unless it changed.
 */
const outcomes = sql`select m."id" as "subjectId", 'STATUS_REPORTS' as "kind",
  (array_agg(c."id" order by c."id") filter (where r."status" = 'POSTPONED'))[1:${sql.lit(mostCitations)}] as "supportingIds",
  (array_agg(c."id" order by c."id") filter (where r."status" <> 'POSTPONED'))[1:${sql.lit(mostCitations)}] as "disputingIds"
  from "Meeting" m join "StatusReport" r on r."meetingId" = m."id" join "Citation" c on c."statusReportId" = r."id"
  where m."status" <> 'HELD' and r."status" <> 'EXPECTED'
  group by m."id" having bool_or(r."status" = 'POSTPONED') and bool_or(r."status" <> 'POSTPONED')`;

const subject = (alias: string): Sql =>
  sql`coalesce(${sql.join(subjectColumns.map((column) => sql.ref(`${alias}.${column}`)))})`;
const sameSubject = sql.join(
  subjectColumns.map((column) => sql`s.${sql.id(column)} = d.${sql.id(column)}`),
  sql` or `,
);

/** Records that a source disputes, with those that support them. */
const disputes = sql`select ${subject("d")} as "subjectId", 'DISPUTING_SOURCE' as "kind",
  array(select s."id" from "Citation" s where s."stance" = 'SUPPORTS' and (${sameSubject}) order by s."id" limit ${sql.lit(mostCitations)}) as "supportingIds",
  array[d."id"] as "disputingIds"
  from "Citation" d where d."stance" = 'DISPUTES'`;

/** The citations whose ids a column lists. */
function citationsIn(column: string): FieldDeclaration<Record<string, unknown>, never, ListShape<"Citation">> {
  return list<"Citation", Record<string, unknown>, Tables["Citation"]>("Citation", {
    where: ({ row, target }) => sql`${target.col("id")} = any(${row.col(column)})`,
    order: ({ target }) => [target.col("id")],
  });
}

/** Contradictions that show in the record itself. */
export const contradictionTypes = [
  objectType<GQL.Contradiction>()("Contradiction", null, {}, (from) => ({
    kind: from.expression(({ row }) => row.col("kind")),
    subject: from.byId("CitationSubject", ({ row }) => row.col("subjectId")),
    supporting: citationsIn("supportingIds"),
    disputing: citationsIn("disputingIds"),
  })),
];

/** The root field for contradictions. */
export const contradictionRoots = objectType<Pick<GQL.Query, "contradictions">>()("Query", null, {}, (from) => ({
  contradictions: from.connection("Contradiction", {
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
