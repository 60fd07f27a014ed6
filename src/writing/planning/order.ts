import type { PlannedRecord } from "../records.js";
import type { Table } from "./tables.js";

/** The planned records of a table, each after the records of the same table that it refers to. */
export function inWritingOrder(table: Table): PlannedRecord[] {
  const records = [...table.byId.values()].filter(({ desired }) => desired !== undefined);
  const columns = ownReferences(table);
  if (columns.length === 0) return records;
  const ordered = new Set<PlannedRecord>();
  const wanted = new Set(records);
  for (const start of records) {
    const waiting = [start];
    const below = new Set<PlannedRecord>();
    for (let record = waiting.at(-1); record !== undefined; record = waiting.at(-1)) {
      below.add(record);
      const { row } = record;
      const above = columns.flatMap((column) => table.byId.get(String(row[column])) ?? []);
      const next = above.find((one) => wanted.has(one) && !ordered.has(one) && !below.has(one));
      if (next !== undefined) waiting.push(next);
      else {
        ordered.add(record);
        waiting.pop();
      }
    }
  }
  return [...ordered];
}

function ownReferences({ name, kinds }: Table): string[] {
  return kinds.flatMap(({ fields }) =>
    Object.values(fields).flatMap((field) => (field.type === "reference" && field.to === name ? [field.column] : [])),
  );
}
