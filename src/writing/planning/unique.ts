import type { Place } from "../../lib/faults.js";
import type { DetailChange } from "../plan.js";
import type { Detail, PlannedChange, PlannedRecord, Row, Unique, UniqueRows } from "../records.js";
import { rowsWhere } from "../store.js";
import type { Planning } from "./state.js";
import { lookUp, type Table } from "./tables.js";

// The database has these constraints as well, but knows no places in inputs.

/** Reports values that belong to another record. */
export async function checkUniqueColumns(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  for (const unique of new Set(changes.flatMap(({ desired }) => desired.kind.unique ?? []))) {
    const here = changes.filter(({ desired }) => desired.kind.unique?.includes(unique));
    const records = here.flatMap(({ desired }) => planning.recordOf.get(desired) ?? []);
    await checkUniqueRecords(planning, table, unique, records);
  }
}

async function checkUniqueRecords(
  { database, merges, lookup, areAllChecked }: Planning,
  table: Table,
  { columns, message, applies }: Unique,
  records: readonly PlannedRecord[],
): Promise<void> {
  const moved = records.filter(
    ({ row, changed }) =>
      applies?.(row) !== false &&
      valuesOf(row, columns) !== undefined &&
      // A record that comes under the rule keeps its values.
      (areAllChecked || applies !== undefined || columns.some((column) => changed.has(column))),
  );
  const owners = new Map<string, PlannedRecord>();
  const [first] = columns;
  const wanted = new Set(moved.map(({ row }) => String(row[first])));
  // The planned values count, because a record that is looked up may change as well.
  for (const other of await lookUp(database, table, first, wanted)) {
    const values = valuesOf(other.row, columns);
    const isMerged = merges.some(({ source }) => source === other);
    if (values !== undefined && applies?.(other.row) !== false && !moved.includes(other) && !isMerged)
      owners.set(values, other);
  }
  for (const record of moved) {
    const values = valuesOf(record.row, columns) ?? "";
    const owner = owners.get(values);
    if (owner === undefined) owners.set(values, record);
    else {
      const place = lookup.placeOf(record, columns.at(-1));
      lookup.report({ code: "CONFLICT", place, message: message(record, owner) });
    }
  }
}

/** Reports rows of a detail whose values belong to the rows of another record. */
export async function checkUniqueDetails(planning: Planning, table: Table, detail: Detail): Promise<void> {
  const { unique, owner } = detail;
  if (unique === undefined) return;
  const changes = planning.details.filter((change) => change.detail === detail);
  const moved = changes.filter(({ row, kind }) => kind !== "gone" && valuesOf(row, unique.columns) !== undefined);
  const staying = await stayingRows(planning, detail, unique, changes, moved);
  const ids = staying.map((row) => String(row[owner]));
  await lookUp(planning.database, table, "id", ids);
  const owners = new Map<string | undefined, { row: Row; place: Place | undefined }>(
    staying.map((row) => [valuesOf(row, unique.columns), { row, place: undefined }]),
  );
  for (const { row, place } of moved) {
    const values = valuesOf(row, unique.columns);
    const other = owners.get(values);
    const record = table.byId.get(String(other?.row[owner]));
    if (other === undefined || other.row[owner] === row[owner]) owners.set(values, { row, place });
    else if (record !== undefined && place !== undefined) {
      const message = unique.message(row, record);
      planning.lookup.report({ code: "CONFLICT", place, message, ...(other.place && { other: other.place }) });
    }
  }
}

// The stored rows with the same values, except for those that change as well and those of merged records.
async function stayingRows(
  { database, merges }: Planning,
  { table, owner, identity, columns }: Detail,
  unique: UniqueRows,
  changes: readonly DetailChange[],
  moved: readonly DetailChange[],
): Promise<Row[]> {
  const nameOf = (row: Row): string => JSON.stringify([row[owner], row[identity]]);
  const changed = new Set(changes.map(({ row }) => nameOf(row)));
  const [first] = unique.columns;
  const wanted = new Set(moved.map(({ row }) => String(row[first])));
  const held = await rowsWhere(database, table, [owner, identity, ...columns], first, wanted);
  return held.filter((row) => !changed.has(nameOf(row)) && !merges.some(({ source }) => source.id === row[owner]));
}

function valuesOf(row: Row, columns: readonly string[]): string | undefined {
  const values = columns.map((column) => row[column] ?? null);
  return values.includes(null) ? undefined : JSON.stringify(values);
}
