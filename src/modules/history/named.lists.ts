import { sql } from "kysely";
import type { Named } from "../../reading/names.js";
import { literal } from "../../reading/sql.js";
import { survivingId, survivingKey, type RecordTable } from "./history.lists.js";

/** That a name stands for a record that was merged into another. */
function wasMerged(table: RecordTable): Named["isFormer"] {
  return (name) => sql`${survivingKey(table, name)} <> ${name}`;
}

/** A suggestion, by the function in the migration for nearest names. */
const nearest =
  (kind: "PARTY" | "FORUM" | "MILESTONE"): Named["meant"] =>
  (name) =>
    sql`search."nearest"(${name}, ${literal(kind)})`;

/** A state or organization, by its code. */
export const party: Named = {
  table: "Party",
  column: "code",
  called: "state or organization with the code",
  isFormer: wasMerged("Party"),
  meant: nearest("PARTY"),
};

/** A forum, by its slug. */
export const forum: Named = {
  table: "Forum",
  column: "slug",
  called: "forum with the slug",
  isFormer: wasMerged("Forum"),
  meant: nearest("FORUM"),
};

/** There can be too many persons to look at each: a slug is made of the parts of the name in either order. */
export const person: Named = {
  table: "Person",
  column: "slug",
  called: "person with the slug",
  isFormer: wasMerged("Person"),
  meant: (name) => sql`(select e."slug" from (select string_to_array("fold"(${name}), ' ') as "parts") as w, "Person" e
    where e."slug" in (array_to_string(w."parts", '-'), array_to_string(w."parts"[cardinality(w."parts"):] || w."parts"[:cardinality(w."parts") - 1], '-'))
    order by e."slug" = array_to_string(w."parts", '-') desc limit 1)`,
};

/** A milestone, by its key. */
export const milestone: Named = {
  table: "Milestone",
  column: "key",
  called: "milestone with the key",
  isFormer: wasMerged("Milestone"),
  meant: nearest("MILESTONE"),
};

/** A record by its key, without suggestions. @param called what is looked for: `meeting with the slug`. */
export function byKey(table: RecordTable, column: string, called: string): Named {
  return { table, column, called, isFormer: wasMerged(table), meant: () => sql`null::text` };
}

/** A meeting, by its slug. */
export const meeting: Named = byKey("Meeting", "slug", "meeting with the slug");

/** The record that an id stands for. @param called what is looked for: `person`. */
export function byId(table: RecordTable, called: string): Named {
  return {
    table,
    column: "id",
    called: `${called} with the id`,
    isFormer: (name) => sql`${survivingId(name)} <> ${name}`,
    meant: () => sql`null::text`,
  };
}
