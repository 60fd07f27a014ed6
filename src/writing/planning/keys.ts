import { keyAfter } from "../keys.js";
import type { Cell, PlannedChange } from "../records.js";
import { followNames } from "./names.js";
import type { Planning } from "./state.js";
import { lookUp, setKey, type Table } from "./tables.js";

/** Changes the keys that begin with the keys of corrected references. Each stays the only one of its name. */
export async function renameRecords(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  const { database, recordOf, tables, areAllChecked } = planning;
  if (areAllChecked) return;
  const keyOf = (name: string, id: Cell): string => tables.get(name)?.byId.get(String(id))?.key ?? "";
  for (const { desired, key, isInvalid } of changes) {
    const record = recordOf.get(desired);
    if (desired.revision?.type !== "correction" || isInvalid || record?.stored == null) continue;
    const wanted = key ?? keyAfter(desired.kind, record.key, record.stored, record.row, keyOf);
    if (wanted === record.key) continue;
    let free = wanted;
    for (let number = 2; ; number += 1) {
      await lookUp(database, table, table.keyColumn, [free]);
      await followNames(planning, table, [free], new Set([free]));
      const former = table.former.get(free);
      if (!table.byKey.has(free) && (former === undefined || former.id === record.id)) break;
      free = `${wanted}/${String(number)}`;
    }
    setKey(table, record, free);
  }
}
