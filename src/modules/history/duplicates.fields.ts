import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import { comparedKinds, duplicateKind, duplicatesQuery } from "../../writing/duplicates.js";
import type { RecordKind } from "../../writing/records.js";
import { objectType, type Tables } from "../declare.js";
import { recordKinds } from "../kinds.js";
import { byId } from "../orders.js";
import { survivingId } from "./history.lists.js";

type DuplicateArguments = Traced<GQL.QueryDuplicatesArgs>;

/** The number of citations of a record; none for kinds that have none. */
function citationsOf({ citation }: RecordKind, id: Sql): Sql {
  return citation === undefined
    ? sql`0`
    : sql`(select count(*) from "Citation" c where c.${sql.id(citation.column)} = ${id})`;
}

/** The likely duplicates of some kinds, those that were dismissed among them. */
function pairs(kinds: readonly GQL.DuplicateKind[] | null | undefined): Sql {
  const chosen = comparedKinds(recordKinds).filter(
    (kind) => !kinds || kinds.includes(duplicateKind(kind) as GQL.DuplicateKind),
  );
  if (chosen.length === 0) return nothing;
  const found = chosen.map((kind) => {
    const [one, other] = [sql.ref("q.one"), sql.ref("q.other")];
    const isFirst = sql`${citationsOf(kind, one)} >= ${citationsOf(kind, other)}`;
    return sql`select ${literal(duplicateKind(kind))}::text as "kind", q."points", q."isStrong", q."evidence", q."one", q."other",
      case when ${isFirst} then q."one" else q."other" end as "recordId", case when ${isFirst} then q."other" else q."one" end as "doubleId"
      from (${sql.raw(duplicatesQuery(kind))}) as q`;
  });
  return sql`(select u.*, d."actNumber" from (${sql.join(found, sql` union all `)}) as u
    left join ("DismissedDuplicate" d join "Act" t on t."number" = d."actNumber") on d."oneId" = u."one" and d."otherId" = u."other")`;
}

const nothing = sql`(select null::text as "kind", 0 as "points", false as "isStrong", null::text[] as "evidence", null::text as "one", null::text as "other",
  null::text as "recordId", null::text as "doubleId", null::bigint as "actNumber" where false)`;

/** Two records that are likely the same. */
export const duplicateTypes = [
  objectType<GQL.Duplicate>()("Duplicate", null, {}, (from) => ({
    kind: from.expression(({ row }) => row.col("kind")),
    strength: from.expression(({ row }) => sql`case when ${row.col("isStrong")} then 'STRONG' else 'LIKELY' end`),
    points: from.expression(({ row }) => row.col("points")),
    evidence: from.expression(({ row }) => row.col("evidence")),
    record: from.byId("VersionedRecord", ({ row }) => row.col("recordId")),
    other: from.byId("VersionedRecord", ({ row }) => row.col("doubleId")),
    dismissal: from.one<"Act", Tables["Act"]>("Act", {
      where: ({ row, target }) => sql`${target.col("number")} = ${row.col("actNumber")}`,
    }),
  })),
];

/** The root field for likely duplicates. */
export const duplicateRoots = objectType<Pick<GQL.Query, "duplicates">>()("Query", null, {}, (from) => ({
  duplicates: from.connection<"Duplicate", DuplicateArguments>("Duplicate", {
    from: ({ args }) => pairs(args.filter?.kinds),
    isOnce: true,
    where: ({ target, args: { filter } }) => [
      sql`${target.col("actNumber")} is ${sql.raw(filter?.isDismissed === true ? "not null" : "null")}`,
      filter?.strength
        ? sql`${target.col("isStrong")} = ${sql.raw(filter.strength === "STRONG" ? "true" : "false")}`
        : undefined,
      filter?.of
        ? sql`${survivingId(parameter(filter.of, "text"))} in (${target.col("recordId")}, ${target.col("doubleId")})`
        : undefined,
    ],
    order: ({ target }) => ({
      name: "duplicates",
      terms: [
        { by: target.col("points"), type: "int", direction: "DESC" },
        { by: sql`${target.col("one")} collate "C"`, type: "text", direction: "ASC" },
        byId(sql`${target.col("other")} collate "C"`),
      ],
    }),
  }),
}));
