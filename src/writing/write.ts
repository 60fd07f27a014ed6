import { moveDismissals } from "./duplicates.js";
import { isTouched, type DetailChange, type Plan } from "./plan.js";
import type { PlannedRecord, Row } from "./records.js";
import { byColumns, deleteRows, insertRows, updateRows, type Statements } from "./store.js";

/** The numbers of created, changed and unchanged rows of a table. */
export interface Counts {
  readonly created: number;
  readonly updated: number;
  readonly unchanged: number;
}

/**
 * Writes a plan without faults, with one statement for new rows and one for each set of changed columns of a table.
 * Merged sources are deleted once nothing refers to them; only then the targets get values that must be unique.
 */
export async function writePlan(database: Statements, plan: Plan): Promise<void> {
  const scarce = new Map(plan.merges.map(({ target: into }) => [into, scarceColumns(into)]));
  for (const table of new Set(plan.records.map((entry) => entry.table))) {
    const here = plan.records.filter((entry) => entry.table === table);
    const created = here.filter(({ stored }) => stored === null).map(({ row }) => row);
    for (const rows of byColumns(created)) await insertRows(database, table, rows);
    await updateEntries(database, here, (entry, column) => scarce.get(entry)?.has(column) !== true);
  }
  await renameSurvivors(database, plan);
  if (plan.merges.length > 0) {
    await removeUnited(database, plan);
    await updateEntries(database, [...scarce.keys()], (entry, column) => scarce.get(entry)?.has(column) === true);
  }
  for (const table of new Set(plan.details.map(({ detail }) => detail.table))) {
    const here = plan.details.filter(({ detail }) => detail.table === table);
    const [first] = here;
    if (first === undefined) continue;
    const by = [first.detail.owner, first.detail.identity];
    const ofKind = (kind: DetailChange["kind"]): Row[] =>
      here.flatMap((change) => (change.kind === kind ? [change.row] : []));
    await deleteRows(database, table, by, ofKind("gone"));
    for (const rows of byColumns(ofKind("new"))) await insertRows(database, table, rows);
    for (const rows of byColumns(ofKind("changed"))) await updateRows(database, table, by, rows);
  }
}

function scarceColumns({ desired }: PlannedRecord): Set<string> {
  return new Set((desired?.kind.unique ?? []).flatMap(({ columns }) => columns));
}

async function updateEntries(
  database: Statements,
  entries: readonly PlannedRecord[],
  isMeant: (entry: PlannedRecord, column: string) => boolean,
): Promise<void> {
  const changes = entries.flatMap((entry) => {
    const columns = entry.stored === null ? [] : [...entry.changed].filter((column) => isMeant(entry, column)).sort();
    const cells = columns.map((column) => [column, entry.row[column] ?? null] as const);
    return cells.length === 0 ? [] : [{ table: entry.table, row: { id: entry.id, ...Object.fromEntries(cells) } }];
  });
  for (const table of new Set(changes.map((change) => change.table))) {
    const rows = changes.flatMap((change): Row[] => (change.table === table ? [change.row] : []));
    for (const group of byColumns(rows)) await updateRows(database, table, ["id"], group);
  }
}

// A record with a changed key is also found by its former keys.
async function renameSurvivors(database: Statements, { records: entries }: Plan): Promise<void> {
  for (const { id, key, stored, desired } of entries) {
    if (stored === null || desired === undefined || stored[desired.kind.keyColumn] === key) continue;
    await database.$executeRawUnsafe(`UPDATE "MergedRecord" SET "survivorKey" = $1 WHERE "survivorId" = $2`, key, id);
  }
}

// A merged record's id and key remain as redirects to the target, and so do its own redirects.
async function removeUnited(database: Statements, { merges: unions }: Plan): Promise<void> {
  for (const { source: gone, target: into } of unions) {
    await database.$executeRawUnsafe(
      `UPDATE "MergedRecord" SET "survivorId" = $1, "survivorKey" = $2 WHERE "survivorId" = $3`,
      into.id,
      into.key,
      gone.id,
    );
    await database.$executeRawUnsafe(
      `INSERT INTO "MergedRecord" ("id", "table", "key", "survivorId", "survivorKey", "actNumber") VALUES ($1, $2, $3, $4, $5, "currentAct"())`,
      gone.id,
      gone.table,
      gone.key,
      into.id,
      into.key,
    );
    await moveDismissals(database, gone.id, into.id);
  }
  // Parts were planned after what they are parts of, so they go before.
  for (const { source: gone } of [...unions].reverse())
    await deleteRows(database, gone.table, ["id"], [{ id: gone.id }]);
}

const outcomes = ["unchanged", "updated", "created"] as const;

/**
 * The numbers of rows that a sequence of plans creates, changes and leaves unchanged, by table. A row counts once, and
 * as new if any plan creates it.
 */
export function countPlans(plans: readonly Plan[]): Record<string, Counts> {
  const outcomeOf = new Map<string, Map<string, number>>();
  for (const entry of plans.flatMap(({ records: entries }) => entries)) {
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

/** The number of records in the inputs of plans, by collection. Records within others do not count. */
export function countRecords(plans: readonly Plan[]): Record<string, number> {
  const ids = new Map<string, Set<string>>();
  for (const { id, desired } of plans.flatMap(({ records: entries }) => entries)) {
    const [collection, index, ...further] = desired?.place.path ?? [];
    if (typeof collection !== "string" || typeof index !== "number" || further.length > 0) continue;
    const here = ids.get(collection);
    if (here === undefined) ids.set(collection, new Set([id]));
    else here.add(id);
  }
  return Object.fromEntries([...ids].map(([collection, here]) => [collection, here.size]));
}
