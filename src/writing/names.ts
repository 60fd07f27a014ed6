import { shown } from "../lib/faults.js";
import type { Row } from "./records.js";
import { inChunks, type Statements } from "./store.js";

// A name (slug, code, key) belongs to one record for good. One that no record bears any more leads to the record that it
// was merged into, to the same record under its later name, or to the act that withdrew it. SQL functions of the database
// are the only home of that (prisma/sql/former-names.sql), for reads, mutations and imports alike.

/** An act as messages name it. */
export interface ActFacts {
  readonly kind: string;
  readonly actor: string;
  readonly reason: string | null;
  /** The day on which it was carried out, in UTC. */
  readonly day: string;
}

/** The outcome of a record that had a name. */
export interface FormerName {
  readonly fate: "merged" | "renamed" | "withdrawn";
  /** The record that the name leads to; of one that was withdrawn, its former id. */
  readonly id: string;
  /** The key that it has now, or had last. */
  readonly key: string;
  readonly act: ActFacts;
}

interface FormerRow extends Row, ActFacts {
  readonly name: string;
  readonly fate: FormerName["fate"];
  readonly id: string;
  /** Null if the record is gone. */
  readonly key: string | null;
}

/** The columns that say of an act "a" what messages name. */
export const actColumns = `a."kind" AS "kind", coalesce(a."actorName", a."actor") AS "actor", a."reason", to_char(a."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "day"`;

/** That an act "a" is the decision of an editor, and not an import, a migration or SQL that bypassed the service. */
export const isEditorial = `a."kind" NOT IN ('import', 'migration', 'unattributed')`;

/**
 * Finds the records that had names which no record of a table has now. One statement for each 5,000 names.
 * @returns nothing for a name that was never taken, or that went by SQL and not by an editor's act.
 */
export async function formerNames(
  database: Statements,
  table: string,
  names: Iterable<string>,
): Promise<Map<string, FormerName>> {
  const statement = `SELECT f."name", f."fate", f."id", f."key", ${actColumns}
    FROM past."formerNames"($1, $2::text[]) AS f JOIN "Act" a ON a."number" = f."actNumber"`;
  const found = new Map<string, FormerName>();
  for (const some of inChunks([...names])) {
    database.reads?.note(table, "key", some);
    for (const { name, fate, id, key, ...act } of await database.$queryRawUnsafe<FormerRow[]>(statement, table, some)) {
      found.set(name, { fate, id, key: key ?? name, act });
    }
  }
  return found;
}

/** An act in words: `on 2026-11-30 by Ada: "entered in error"`. */
export function actText({ actor, reason, day }: ActFacts): string {
  return `on ${day} by ${actor}${reason === null ? "" : `: ${shown(reason)}`}`;
}

/** The outcome of a former name, in a clause. */
export function formerText(label: string, name: string, { fate, key, act }: FormerName): string {
  switch (fate) {
    case "merged":
      return `${shown(name)} is a former name of the ${label} ${shown(key)}, merged into it ${actText(act)}`;
    case "renamed":
      return `${shown(name)} is a former name of the ${label} ${shown(key)}, changed ${actText(act)}`;
    case "withdrawn":
      return `the ${label} ${shown(name)} was withdrawn ${actText(act)}`;
  }
}

/** The ids of survivors, by the ids of the records that were merged into them. */
export async function survivingIds(database: Statements, ids: Iterable<string>): Promise<Map<string, string>> {
  const rows = await database.$queryRawUnsafe<{ former: string; id: string }[]>(
    `SELECT i."former", n."id" FROM unnest($1::text[]) AS i("former") CROSS JOIN LATERAL "currentId"(i."former") AS n WHERE n."id" <> i."former"`,
    [...ids],
  );
  return new Map(rows.map(({ former, id }) => [former, id]));
}
