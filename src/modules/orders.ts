import { sql } from "kysely";
import type { OrderTerm } from "../reading/connection.js";
import type { Sql } from "../reading/sql.js";

/** A name in the order of its letters, the same on every server whatever its locale. */
export function alphabetical(name: Sql): Sql {
  return sql`${name} collate "C"`;
}

/** The latest day first or last; what has no day counts as earlier than everything else. */
export function byDay(day: Sql, direction: "ASC" | "DESC"): OrderTerm {
  return { by: sql`coalesce(${day}, '-infinity'::date)`, type: "date", direction };
}

/** The last resort of every order. */
export function byId(id: Sql, direction: "ASC" | "DESC" = "ASC"): OrderTerm {
  return { by: id, type: "text", direction };
}
