import type { PlannedChange } from "../records.js";
import type { Planning } from "./state.js";
import { lookUp, type Table } from "./tables.js";

/** Reads the records that revisions change or move, and those that they move into. */
export async function lookUpRevised(
  { database }: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  const ids = changes.flatMap(({ desired: { revision } }) => {
    if (revision === undefined) return [];
    const target = revision.type === "move" ? revision.target : undefined;
    return target === undefined ? [revision.id] : [revision.id, target];
  });
  await lookUp(database, table, "id", ids);
}

/** Reads the records that changes or their stored rows refer to, so that messages can name them by their keys. */
export async function lookUpReferred(
  { database, tables, recordOf }: Planning,
  changes: readonly PlannedChange[],
): Promise<void> {
  const wanted = new Map<string, Set<string>>();
  for (const { desired, given } of changes) {
    const stored = recordOf.get(desired)?.stored;
    for (const field of Object.values(desired.kind.fields)) {
      if (field.type !== "reference") continue;
      for (const id of [stored?.[field.column], given[field.column]]) {
        if (typeof id !== "string" || tables.get(field.to)?.byId.has(id)) continue;
        wanted.set(field.to, (wanted.get(field.to) ?? new Set()).add(id));
      }
    }
  }
  for (const [name, ids] of wanted) {
    const table = tables.get(name);
    if (table !== undefined) await lookUp(database, table, "id", ids);
  }
}
