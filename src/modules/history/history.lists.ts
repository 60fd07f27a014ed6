import { sql } from "kysely";
import type { OrderTerm } from "../../reading/connection.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import { connection, expression, type ObjectShape } from "../../reading/fields.js";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import type { Leaf } from "../../reading/inputs.js";
import type { RecordKind } from "../../writing/records.js";
import type { Tables } from "../declare.js";
import { recordKinds } from "../kinds.js";

/** A table of the record whose rows are records: they have ids and a history. */
export type RecordTable = {
  [T in keyof Tables]: Tables[T] extends { id: string } & ({ key: string } | { slug: string } | { code: string })
    ? T
    : never;
}[keyof Tables];

/** The fields of the interface VersionedRecord besides the id. */
export interface RecordFields<C> {
  readonly version: FieldDeclaration<C, never, number>;
  readonly isDraft: FieldDeclaration<C, never, boolean>;
  readonly history: FieldDeclaration<C, never, ObjectShape<"ChangeConnection">>;
}

/** The fields of the interface VersionedRecord for a type whose rows are in a table. */
export function recordFields<C extends { id: string }>(table: RecordTable): RecordFields<C> {
  return {
    version: expression<number, C>(({ row }) => sql`"versionOf"(${literal(table)}, ${row.col("id")})`),
    isDraft: expression<boolean, C>(({ row }) => sql`"isDraft"(${literal(table)}, ${row.col("id")})`),
    history: { ...historyIn<C>(() => literal(table)), ofId: historyOfAny },
  };
}

/** The changes of a record. Each act makes at most one of it, so that the order of acts is theirs. */
function historyIn<C extends { id: string }>(table: (id: Sql) => Sql): RecordFields<C>["history"] {
  return connection<"ChangeConnection", C, Tables["Change"]>("Change", {
    where: ({ row, target }) => [
      sql`${target.col("table")} = ${table(row.col("id"))}`,
      sql`${target.col("recordId")} = ${row.col("id")}`,
    ],
    order: ({ target }) => ({ name: "history", terms: [byNumber(target.col("actNumber"), "DESC")] }),
  });
}

/** The changes of a record of whatever table. */
const historyOfAny = historyIn(tableOf);

function byPrefix(id: Sql, value: (kind: RecordKind) => string): Sql {
  const branches = recordKinds.map((kind) => sql`when ${literal(kind.prefix)} then ${literal(value(kind))}`);
  return sql`case split_part(${id}, '_', 1) ${sql.join(branches, sql` `)} end`;
}

/** The table that an id is of; null for what is no id of a record. */
export function tableOf(id: Sql): Sql {
  return byPrefix(id, ({ table }) => table);
}

/** The type that GraphQL knows the record of an id by; null for what is no id of a record. */
export function typeOf(id: Sql): Sql {
  return byPrefix(id, ({ type }) => type);
}

/** Under what a reader is given the numbers of the changes that an event tells, beside the id of the event. */
export const tellingOnly = "changes";

/** In the order in which acts or changes happened. */
export function byNumber(number: Sql, direction: "ASC" | "DESC"): OrderTerm {
  return { by: number, type: "bigint", direction };
}

/** The id itself, or that of the record it was merged into. */
export function survivingId(id: Sql): Sql {
  return sql`(select ${survivor} from (select ${id} as "id") as i)`;
}

/** Ids with those that were merged replaced by what they were merged into, as a list in the same order. */
export function survivingIds(ids: Sql): Sql {
  return sql`(select array_agg(${survivor} order by i."place") from unnest(${ids}) with ordinality as i("id", "place"))`;
}

/** The id that the record of a row `i` has now, by its column "id". */
export const survivor = sql`(select n."id" from "currentId"(i."id") as n)`;

/** The key itself, or that of the record it was merged into. */
export function survivingKey(table: RecordTable, key: Sql): Sql {
  return sql`(select n."key" from "currentKey"(${literal(table)}, ${key}) as n)`;
}

/** Keys with those of merged records replaced by what these were merged into, each once; null of no keys. Looked up once for a statement. */
export function survivingKeys(table: RecordTable, keys: Leaf<readonly string[]>): Sql {
  return sql`(select array_agg(distinct ${survivingKey(table, sql.ref("i.key"))}) from unnest(${parameter(keys, "text[]")}) as i("key"))::text[]`;
}

/** That a row is the one of a key, or the one that the record of that key was merged into. */
export function isNamed<C, K extends keyof C & string>(
  row: Row<C>,
  column: K,
  table: RecordTable,
  key: Leaf<string>,
): Sql {
  return sql`${row.col(column)} = (select ${survivingKey(table, sql.ref("i.key"))} from (select ${parameter(key, "text")} as "key") as i)`;
}
