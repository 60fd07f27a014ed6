import { isTouched, type Plan } from "./plan.js";
import type { Row } from "./records.js";
import { byColumns, insertRows, updateRows, type Statements } from "./store.js";

/** How many records of a table are new, changed, or as they were. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/** Writes a plan without faults, one statement for the new and one for each set of changed columns of a table. */
export async function writePlan(database: Statements, plan: Plan): Promise<void> {
  for (const table of new Set(plan.entries.map((entry) => entry.table))) {
    const here = plan.entries.filter((entry) => entry.table === table);
    const created = here.filter(({ stored }) => stored === null).map(({ row }) => row);
    const updated = here.filter(({ stored, changed }) => stored !== null && changed.size > 0);
    const changes = updated.map(({ id, row, changed }): Row => {
      return { id, ...Object.fromEntries([...changed].sort().map((column) => [column, row[column] ?? null])) };
    });
    for (const rows of byColumns(created)) await insertRows(database, table, rows);
    for (const rows of byColumns(changes)) await updateRows(database, table, ["id"], rows);
  }
  for (const table of new Set(plan.details.map(({ detail }) => detail.table))) {
    const here = plan.details.filter(({ detail }) => detail.table === table);
    const [first] = here;
    if (first === undefined) continue;
    const by = [first.detail.owner, first.detail.identity];
    for (const rows of byColumns(here.filter(({ isNew }) => isNew).map(({ row }) => row))) await insertRows(database, table, rows);
    for (const rows of byColumns(here.filter(({ isNew }) => !isNew).map(({ row }) => row))) await updateRows(database, table, by, rows);
  }
}

/** How many records of each table a plan creates, changes and leaves as they are. */
export function countPlan(plan: Plan): Record<string, Counts> {
  const counts: Record<string, { created: number; updated: number; unchanged: number }> = {};
  for (const entry of plan.entries) {
    const count = (counts[entry.table] ??= { created: 0, updated: 0, unchanged: 0 });
    count[entry.stored === null ? "created" : isTouched(entry) ? "updated" : "unchanged"] += 1;
  }
  return counts;
}
