import { sql } from "kysely";
import { literal, type Sql } from "../../reading/sql.js";
import { wholeOf, type RecordKind } from "../../writing/records.js";
import { recordKinds } from "../kinds.js";

/**
 * The drafts of all tables, each with `id`, `title`, `draftedBy` and `draftedAt`, as an SQL query in parentheses. Parts of a
 * draft and citations are left out: they are published with it.
 */
export function draftedRows(): Sql {
  const kinds = recordKinds.filter(
    (kind, index) => kind.citation && recordKinds.findIndex(({ table }) => table === kind.table) === index,
  );
  return sql`(${sql.join(kinds.map(draftsOf), sql` union all `)})`;
}

function draftsOf(kind: RecordKind): Sql {
  const { table, title, keyColumn, label } = kind;
  const whole = wholeOf(kind);
  const name = title === undefined ? sql`${literal(`${label} `)} || d.${sql.id(keyColumn)}` : sql`d.${sql.id(title)}`;
  const isAlone = whole
    ? sql` where not exists (select from drafts.${sql.id(whole.to)} w where w."id" = d.${sql.id(whole.column)})`
    : sql``;
  return sql`select d."id", coalesce(${name}, d.${sql.id(keyColumn)}) as "title", d."draftedBy", d."draftedAt" from drafts.${sql.id(table)} d${isAlone}`;
}
