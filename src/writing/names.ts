import { shown } from "../lib/faults.js";
import type { Row } from "./records.js";
import { inChunks, quoted, type Statements } from "./store.js";

// A name (slug, code, key) belongs to one record for good. One that no record bears any more leads to the record that it
// was merged into, to the same record under its later name, or to the act that withdrew it. The history of each table has
// all of that, so that nothing else has to be written down.

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

interface FormerRow extends Row {
  readonly name: string;
  readonly id: string;
  readonly isMerged: boolean;
  readonly survivorId: string;
  /** Null if the record is gone. */
  readonly key: string | null;
  readonly kind: string;
  readonly actor: string;
  readonly reason: string | null;
  readonly day: string;
}

/** The columns that say of an act "a" what messages name. */
export const actColumns = `a."kind" AS "kind", coalesce(a."actorName", a."actor") AS "actor", a."reason", to_char(a."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD') AS "day"`;

/** That an act "a" is the decision of an editor, and not an import, a migration or SQL that bypassed the service. */
export const isEditorial = `a."kind" NOT IN ('import', 'migration', 'unattributed')`;

/**
 * Finds the records that had names which no record of a table has now. One statement for each 5,000 names, by the index of the
 * history on the key.
 * @returns nothing for a name that was never taken, or that went by SQL and not by an editor's act.
 */
export async function formerNames(
  database: Statements,
  table: string,
  keyColumn: string,
  names: Iterable<string>,
): Promise<Map<string, FormerName>> {
  const key = quoted(keyColumn);
  const past = `past.${quoted(table)}`;
  const statement = `
    SELECT DISTINCT ON (p.${key}) p.${key} AS "name", p."id", g."id" IS NOT NULL AS "isMerged", s."id" AS "survivorId", live.${key} AS "key", ${actColumns}
    FROM ${past} p
    LEFT JOIN "MergedRecord" g ON g."id" = p."id" AND g."table" = '${table}'
    CROSS JOIN LATERAL (SELECT coalesce(g."survivorId", p."id") AS "id") AS s
    LEFT JOIN ${quoted(table)} live ON live."id" = s."id"
    LEFT JOIN LATERAL (
      SELECT max(l."recordedUntil") AS "at" FROM ${past} l WHERE live."id" IS NULL AND l."id" = s."id") AS ended ON true
    JOIN "Act" a ON a."at" = coalesce(ended."at", p."recordedUntil")
    WHERE p.${key} = ANY($1::text[]) AND p."recordedUntil" <> 'infinity' AND (g."id" IS NOT NULL OR ${isEditorial})
    ORDER BY p.${key}, p."recordedUntil" DESC`;
  const found = new Map<string, FormerName>();
  for (const some of inChunks([...names])) {
    for (const row of await database.$queryRawUnsafe<FormerRow[]>(statement, some)) {
      const former = formerName(row);
      if (former !== undefined) found.set(row.name, former);
    }
  }
  return found;
}

function formerName({ name, survivorId: id, key, isMerged, ...act }: FormerRow): FormerName | undefined {
  if (key !== null) return { fate: isMerged ? "merged" : "renamed", id, key, act };
  return act.kind === "withdrawRecord" ? { fate: "withdrawn", id, key: name, act } : undefined;
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
  const rows = await database.$queryRawUnsafe<{ id: string; survivorId: string }[]>(
    `SELECT "id", "survivorId" FROM "MergedRecord" WHERE "id" = ANY($1::text[])`,
    [...ids],
  );
  return new Map(rows.map(({ id, survivorId }) => [id, survivorId]));
}
