import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { heldWith, type Traced } from "../../reading/inputs.js";
import { all, enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import type { Row } from "../../reading/declarations.js";
import { byNumber, survivingId, tableOf, tellingOnly, typeOf } from "./history.lists.js";

type ChangeRow = Row<Tables["Change"]>;
type CorrectionArguments = Traced<GQL.QueryCorrectionsArgs>;

/** A text in the spelling of packs: the key of a record where it is an id. */
function spelledText(text: Sql): Sql {
  return sql`case when ${text} ~ '^[a-z]{3}_[a-z2-7]{16}$' then coalesce(past."keyOf"(${text}), ${text}) else ${text} end`;
}

/**
 * A value of JSON in the spelling of packs: records by their keys, lists with commas. The row of a detail is called by
 * what tells it from others, which is the second part of its name, with what else it says in parentheses.
 */
function spelled(value: Sql, name: Sql): Sql {
  const identity = sql`substr(${name}, strpos(${name}, '/') + 1)`;
  const rest = sql`(select ' (' || string_agg(e."text", ', ' order by e."name") || ')' from jsonb_each_text(${value}) as e("name", "text") where e."text" <> ${identity})`;
  return sql`case jsonb_typeof(${value})
    when 'object' then ${spelledText(identity)} || coalesce(${rest}, '')
    when 'array' then (select string_agg(e."text", ', ') from jsonb_array_elements_text(${value}) as e("text"))
    else ${spelledText(sql`(${value} #>> '{}')`)} end`;
}

/** Columns that say nothing of their own: they follow from others, or put things in an order. */
const isSaid = sql`e."name" !~ '(Earliest|Latest)$' and e."name" not in ('id', 'position')`;

/** The name of a column in packs: references lose their "Id", and detail rows are under their section. */
function fieldOf(change: ChangeRow): Sql {
  return sql`case when ${change.col("table")} = 'Statement' and e."name" = 'personId' then 'speaker'
    else regexp_replace(split_part(e."name", '/', 1), 'Id$', '') end`;
}

/**
 * The fields that a change touched, one row each: the name in the change, the field, and the old and new value as JSON.
 */
function touchedFields(change: ChangeRow): Sql {
  const [before, after] = [change.col("before"), change.col("after")];
  const said = (values: Sql) => sql`nullif(${values} -> e."name", 'null')`;
  return sql`(select e."name", ${fieldOf(change)} as "field", ${said(before)} as "before", ${said(after)} as "after"
    from jsonb_object_keys(coalesce(${before}, '{}') || coalesce(${after}, '{}')) as e("name")
    where ${isSaid} and ${said(before)} is distinct from ${said(after)})`;
}

/** The numbers of the changes that an event tells; null for all of its act. */
const chosen = parameter(heldWith<readonly number[] | null>(tellingOnly), "bigint[]");

/** The types of the history. */
export const historyTypes = [
  objectType<GQL.Act>()("Act", "Act", { prefix: "act" }, (from) => ({
    id: from.word("id"),
    kind: from.column("kind"),
    actor: from.expression<string>(({ row }) => sql`coalesce(${row.col("actorName")}, ${row.col("actor")})`),
    at: from.expression<string>(
      ({ row }) => sql`to_char(${row.col("at")} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`,
    ),
    proposedBy: from.values<string>(({ row }) => sql`(select unnest(${row.col("proposedBy")}))`),
    reason: from.prose("reason"),
    changes: from.connection<"Change", Traced<GQL.ActChangesArgs>>("Change", {
      where: ({ row, target, args: { kind } }) => [
        sql`${target.col("actNumber")} = ${row.col("number")}`,
        kind ? sql`${target.col("kind")} = ${enumerated(kind, "ChangeKind")}` : undefined,
      ],
      order: ({ target }) => ({ name: "changes", terms: [byNumber(target.col("number"), "ASC")] }),
    }),
  })),

  // An event bears the id of its act, whose row it is.
  objectType<GQL.RecordEvent>()("RecordEvent", "Act", { prefix: "act" }, (from) => ({
    id: from.word("id"),
    act: from.group("Act"),
    changes: from.connection<"Change", Traced<GQL.RecordEventChangesArgs>>("Change", {
      where: ({ row, target, args: { kind } }) => [
        sql`${target.col("actNumber")} = ${row.col("number")}`,
        sql`(${chosen} is null or ${target.col("number")} = any (${chosen}))`,
        kind ? sql`${target.col("kind")} = ${enumerated(kind, "ChangeKind")}` : undefined,
      ],
      order: ({ target }) => ({ name: "changes", terms: [byNumber(target.col("number"), "ASC")] }),
    }),
  })),

  objectType<GQL.Change>()("Change", "Change", {}, (from) => ({
    kind: from.column("kind"),
    act: from.one("Act", { where: ({ row, target }) => sql`${target.col("number")} = ${row.col("actNumber")}` }),
    version: from.column("version"),
    recordId: from.word("recordId"),
    recordType: from.expression<string>(({ row }) => typeOf(row.col("recordId"))),
    title: from.expression<string>(({ row }) => sql`past."titleOf"(${row.col("recordId")}, ${row.col("version")})`),
    record: from.byId("VersionedRecord", ({ row }) => survivingId(row.col("recordId"))),
    fields: from.list("FieldChange", {
      from: ({ row }) => touchedFields(row),
      where: () => sql`true`,
      order: ({ target }) => [sql`${target.col("field")} collate "C"`, sql`${target.col("name")} collate "C"`],
    }),
  })),

  objectType<GQL.FieldChange>()("FieldChange", null, {}, (from) => ({
    field: from.expression<string>(({ row }) => row.col("field")),
    before: from.proseExpression<string | null>(({ row }) => spelled(row.col("before"), row.col("name"))),
    after: from.proseExpression<string | null>(({ row }) => spelled(row.col("after"), row.col("name"))),
  })),
];

/** Acts whose purpose it is that the record says something else, or no longer says it. */
const correcting = ["correctRecord", "mergeRecords", "withdrawRecord"];

/** Manual changes of existing records count as corrections, whatever their purpose. */
function isCorrection(act: Row<Tables["Act"]>): Sql {
  const changed = sql`select 1 from "Change" c where c."actNumber" = ${act.col("number")} and c."kind" <> 'CREATED'`;
  return sql`(${act.col("kind")} in (${sql.join(correcting.map(literal))}) or (${act.col("kind")} = 'unattributed' and exists (${changed})))`;
}

/** The root field of the log of corrections. */
export const historyRoots = objectType<Pick<GQL.Query, "corrections">>()("Query", null, {}, (from) => ({
  corrections: from.connection<"Act", CorrectionArguments>("Act", {
    where: ({ target, args: { of } }) => [
      isCorrection(target),
      of ? concerns(target, parameter(of, "text")) : undefined,
    ],
    order: ({ target }) => ({ name: "corrections", terms: [byNumber(target.col("number"), "DESC")] }),
  }),
}));

/** That an act changed a record. */
function concerns(act: Row<Tables["Act"]>, id: Sql): Sql {
  const mine = all([sql`c."table" = ${tableOf(id)}`, sql`c."recordId" = ${id}`]);
  return sql`${act.col("number")} in (select c."actNumber" from "Change" c where ${mine})`;
}
