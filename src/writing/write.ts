import { isTouched, type DetailChange, type Plan } from "./plan.js";
import type { Row } from "./records.js";
import { byColumns, deleteRows, insertRows, updateRows, type Statements } from "./store.js";

/** How many rows of a table are new, changed, or as they were. */
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
    const ofKind = (kind: DetailChange["kind"]): Row[] => here.flatMap((change) => (change.kind === kind ? [change.row] : []));
    await deleteRows(database, table, by, ofKind("gone"));
    for (const rows of byColumns(ofKind("new"))) await insertRows(database, table, rows);
    for (const rows of byColumns(ofKind("changed"))) await updateRows(database, table, by, rows);
  }
}

const outcomes = ["unchanged", "updated", "created"] as const;

/**
 * How many rows of each table plans that were carried out one after the other create, change and leave as they are. A
 * row counts once: as new if one of them creates it, whatever another adds to it.
 */
export function countPlans(plans: readonly Plan[]): Record<string, Counts> {
  const outcomeOf = new Map<string, Map<string, number>>();
  for (const entry of plans.flatMap(({ entries }) => entries)) {
    const rows = outcomeOf.get(entry.table) ?? new Map<string, number>();
    outcomeOf.set(entry.table, rows);
    const outcome = entry.stored === null ? 2 : isTouched(entry) ? 1 : 0;
    rows.set(entry.id, Math.max(outcome, rows.get(entry.id) ?? 0));
  }
  return Object.fromEntries(
    [...outcomeOf].map(([table, rows]) => {
      const counts = { created: 0, updated: 0, unchanged: 0 };
      for (const outcome of rows.values()) counts[outcomes[outcome] ?? "unchanged"] += 1;
      return [table, counts];
    }),
  );
}

/** How many records the inputs of plans hold, by collection: what stands in a collection itself, and not within a record. */
export function countRecords(plans: readonly Plan[]): Record<string, number> {
  const ids = new Map<string, Set<string>>();
  for (const { id, draft } of plans.flatMap(({ entries }) => entries)) {
    const [collection, index, ...further] = draft?.place.path ?? [];
    if (typeof collection !== "string" || typeof index !== "number" || further.length > 0) continue;
    const here = ids.get(collection);
    if (here === undefined) ids.set(collection, new Set([id]));
    else here.add(id);
  }
  return Object.fromEntries([...ids].map(([collection, here]) => [collection, here.size]));
}
