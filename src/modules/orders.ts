import { sql } from "kysely";
import type { Order, OrderTerm } from "../reading/connection.js";
import type { Sql } from "../reading/sql.js";

/** A name in the order of its letters, the same on every server whatever its locale. */
export function alphabetical(name: Sql): Sql {
  return sql`${name} collate "C"`;
}

/** The latest day first or last; what has no day counts as earlier than everything else. */
export function byDay(day: Sql, direction: "ASC" | "DESC"): OrderTerm {
  return { by: sql`coalesce(${day}, '-infinity'::date)`, type: "date", direction };
}

/** The row of a record that may lack a name, and then goes by its key. */
interface NamedRow {
  col(name: "id" | "key" | "name"): Sql;
}

/**
 * An order by name or by a day, the latest day first by default.
 * @param dayName the name of the order by day.
 */
export function byNameOrDay(
  row: NamedRow,
  day: Sql,
  dayName: string,
  orderBy: { readonly field: string; readonly direction?: "ASC" | "DESC" } | null | undefined,
): Order {
  const direction = orderBy?.direction ?? "DESC";
  const isByName = orderBy?.field === "NAME";
  const name = alphabetical(sql`coalesce(${row.col("name")}, ${row.col("key")})`);
  const term = isByName ? { by: name, type: "text" as const, direction } : byDay(day, direction);
  return {
    name: `${isByName ? "name" : dayName} ${direction}`,
    terms: [term, byId(row.col("id"), direction)],
  };
}

/** The last resort of every order. */
export function byId(id: Sql, direction: "ASC" | "DESC" = "ASC"): OrderTerm {
  return { by: id, type: "text", direction };
}
