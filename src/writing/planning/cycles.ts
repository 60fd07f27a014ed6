import { shown } from "../../lib/faults.js";
import { inputPath, type PlannedRecord, type RecordKind, type ReferenceField } from "../records.js";
import type { Planning } from "./state.js";
import { lookUp, type Table } from "./tables.js";

/** Reports records that a reference leads back to, step by step, where the field must not have cycles. */
export async function checkCycles(planning: Planning): Promise<void> {
  for (const table of planning.tables.values()) {
    for (const kind of table.kinds) {
      for (const [name, field] of Object.entries(kind.fields)) {
        if (field.type === "reference" && field.acyclic) await checkField(planning, table, kind, name, field);
      }
    }
  }
}

async function checkField(
  { database, changes, recordOf, lookup }: Planning,
  table: Table,
  kind: RecordKind,
  name: string,
  field: ReferenceField,
): Promise<void> {
  const records = changes.flatMap(({ desired }) => (desired.kind === kind ? (recordOf.get(desired) ?? []) : []));
  const starts = records.filter(({ changed, stored }) => changed.has(field.column) || stored === null);
  // Unknown records are read level by level.
  for (;;) {
    const missing = new Set<string>();
    for (const start of starts) {
      const end = follow(table, start, field.column).missing;
      if (end !== undefined) missing.add(end);
    }
    if (missing.size === 0) break;
    await lookUp(database, table, "id", missing);
  }
  for (const start of starts) {
    if (!follow(table, start, field.column).isCycle) continue;
    const message = `${inputPath(name, field).join(".")} of ${shown(start.key)} leads back to it`;
    lookup.report({ code: "INVALID", place: lookup.placeOf(start, field.column), message });
  }
}

function follow(table: Table, start: PlannedRecord, column: string): { missing?: string; isCycle: boolean } {
  const seen = new Set<string>();
  let id = start.row[column];
  while (typeof id === "string" && !seen.has(id)) {
    if (id === start.id) return { isCycle: true };
    seen.add(id);
    const next = table.byId.get(id);
    if (next === undefined) return { missing: id, isCycle: false };
    id = next.row[column];
  }
  return { isCycle: false };
}
