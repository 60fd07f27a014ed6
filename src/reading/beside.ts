import { sql } from "kysely";
import type { Row } from "./declarations.js";
import type { Planner } from "./planner.js";
import type { Sql } from "./sql.js";

/** The row that a column of each entry of a list refers to, joined where the entries are chosen. */
export interface Beside {
  /** It where entries are chosen and put in order. */
  readonly row: Row;
  /** It where those on the page are written. */
  readonly onPage: Row;
  /** Joins it to the entries. */
  readonly join: Sql;
  /** The columns that the page asks for so far, each with a leading comma. */
  carried(): Sql;
}

/**
 * Joins what a column of each entry refers to, so that it is looked up once for the order and for the answer.
 * @param entry the entry's row.
 * @param reference the column, which is never null, and the type of what it refers to.
 */
export function joinBeside(
  planner: Planner,
  entry: Row,
  { column, type }: { readonly column: string; readonly type: string },
): Beside {
  const row = planner.row();
  const carried = new Set<string>();
  const nameOf = (name: string) => `${row.alias}.${name}`;
  return {
    row,
    onPage: {
      alias: entry.alias,
      col: (name) => {
        carried.add(name);
        return sql`${sql.id(entry.alias)}.${sql.id(nameOf(name))}`;
      },
    },
    join: sql` join ${planner.from(type, row)} on ${row.col("id")} = ${entry.col(column)}`,
    carried: () =>
      sql.join([sql``, ...[...carried].map((name) => sql`${row.col(name)} as ${sql.id(nameOf(name))}`)], sql`, `),
  };
}
