import { overlappingPeriods, periodTables } from "../database/periods.js";
import { shown, type Fault, type Place } from "../lib/faults.js";
import type { Statements } from "./store.js";

const mostReported = 20;

/**
 * Finds drafts whose period would overlap another one once they are published, at most 20 in each table.
 * @param ids the drafts to publish.
 */
export async function overlapsWhenPublished(
  statements: Statements,
  ids: readonly string[],
  place: Place,
): Promise<Fault[]> {
  const parts = `past."withParts"($1::text[])`;
  const faults: Fault[] = [];
  for (const table of periodTables) {
    const isPublished = (id: string): string =>
      `(${id} = ANY(${parts}) OR EXISTS (SELECT FROM public."${table.name}" t WHERE t."id" = ${id}))`;
    const pairs = await statements.$queryRawUnsafe<{ one: string; other: string }[]>(
      `SELECT one, other FROM (${overlappingPeriods(table, "editing")}) AS pairs
        WHERE ("oneId" = ANY(${parts}) OR "otherId" = ANY(${parts}))
          AND ${isPublished('"oneId"')} AND ${isPublished('"otherId"')}
        ORDER BY one, other LIMIT ${String(mostReported)}`,
      ids,
    );
    for (const { one, other } of pairs) {
      const message = `the ${table.label}s ${shown(one)} and ${shown(other)} overlap; correct one of them, or discard the draft`;
      faults.push({ code: "INVALID", place, message });
    }
  }
  return faults;
}
