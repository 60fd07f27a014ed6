import { makeId } from "../../lib/ids.js";
import { parsePartialDate } from "../../lib/partial-dates.js";
import type { FormerRows } from "../decisions.js";
import type { FormerName } from "../names.js";
import {
  columnsOf,
  columnsOfTable,
  type Cell,
  type Field,
  type NamedRecord,
  type PlannedRecord,
  type ReadColumn,
  type RecordKind,
  type Row,
} from "../records.js";
import { rowsWhere, sameCell, type Statements } from "../store.js";

/** A table with its records, as far as they have been looked up or planned. */
export interface Table {
  readonly name: string;
  readonly keyColumn: string;
  readonly kinds: readonly RecordKind[];
  readonly columns: readonly ReadColumn[];
  readonly byKey: Map<string, PlannedRecord>;
  readonly byId: Map<string, PlannedRecord>;
  /** Names that no record has any more. */
  readonly former: Map<string, FormerName>;
  /** The records that other names can mean. */
  readonly others: Map<string, readonly NamedRecord[]>;
  /** Former versions of its records, if decisions stand. */
  formerRows?: FormerRows;
  /** Ids of records that count as if they were not there. */
  readonly hidden: ReadonlySet<string> | undefined;
}

/** One table for each that the kinds are stored in, in their order. */
export function newTables(kinds: readonly RecordKind[], hidden?: ReadonlySet<string>): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const { table: name, keyColumn } of kinds) {
    if (tables.has(name)) continue;
    tables.set(name, {
      name,
      keyColumn,
      kinds: kinds.filter(({ table }) => table === name),
      columns: columnsOfTable(kinds, name),
      byKey: new Map(),
      byId: new Map(),
      former: new Map(),
      others: new Map(),
      hidden,
    });
  }
  return tables;
}

/** Reads the records whose column has one of the values. A record that is known already stays as it is planned. */
export async function lookUp(
  database: Statements,
  table: Table,
  column: string,
  values: Iterable<string>,
): Promise<PlannedRecord[]> {
  const rows = await rowsWhere(database, table.name, table.columns, column, values);
  return rows.flatMap((row) => (table.hidden?.has(String(row["id"])) === true ? [] : [storedRecord(table, row)]));
}

/**
 * Reads the records whose ids follow from keys that no record has: a merged or corrected record keeps the id that
 * follows from its first key.
 */
export async function lookUpFirstIds(database: Statements, table: Table, keys: readonly string[]): Promise<void> {
  const fresh = keys.filter((key) => !table.byKey.has(key));
  const ids = table.kinds.flatMap(({ prefix }) => fresh.map((key) => makeId(prefix, key)));
  await lookUp(database, table, "id", ids);
}

function storedRecord(table: Table, row: Row): PlannedRecord {
  const id = String(row["id"]);
  const known = table.byId.get(id);
  if (known !== undefined) return known;
  const record: PlannedRecord = {
    table: table.name,
    id,
    key: String(row[table.keyColumn]),
    row: { ...row, ...daysOf(table.kinds, row) },
    stored: row,
    changed: new Set(),
    hasChangedDetails: false,
  };
  return register(table, record);
}

/** A record that is not stored yet, with its initial values. */
export function newRecord(table: Table, kind: RecordKind, key: string): PlannedRecord {
  const former = table.former.get(key);
  // A withdrawn record returns under its id.
  const isBack = former?.fate === "withdrawn" && former.id.startsWith(`${kind.prefix}_`);
  let id = isBack ? former.id : makeId(kind.prefix, key);
  for (let number = 2; table.byId.has(id); number += 1) id = makeId(kind.prefix, `${key}\n${String(number)}`);
  const row: Record<string, Cell | undefined> = { id, [table.keyColumn]: key, ...kind.fixed };
  for (const [name, field] of Object.entries(kind.fields)) {
    for (const column of columnsOf(name, field)) row[column] = initialCell(field);
  }
  return register(table, {
    table: table.name,
    id,
    key,
    row,
    stored: null,
    changed: new Set(),
    hasChangedDetails: false,
  });
}

function register(table: Table, record: PlannedRecord): PlannedRecord {
  table.byId.set(record.id, record);
  table.byKey.set(record.key, record);
  return record;
}

/** Gives a record another key. */
export function setKey(table: Table, record: PlannedRecord, key: string): void {
  if (record.key === key) return;
  table.byKey.delete(record.key);
  table.byKey.set(key, record);
  record.key = key;
  record.row[table.keyColumn] = key;
  record.changed.add(table.keyColumn);
}

/** Sets the columns of a field. */
export function setCells(record: PlannedRecord, name: string, field: Field, cells: Row): void {
  for (const column of columnsOf(name, field)) {
    if (sameCell(record.row[column], cells[column])) continue;
    record.row[column] = cells[column];
    record.changed.add(column);
  }
}

/** The value of a field that is not given. */
export function initialCell(field: Field): Cell {
  if (field.type === "flag" || field.type === "text") return field.initial ?? null;
  return field.type === "words" ? [] : null;
}

/** The first and last days of the partial dates in a row, which are stored as text. */
export function daysOf(kinds: readonly RecordKind[], row: Row): Row {
  const days: Record<string, Cell> = {};
  for (const kind of kinds) {
    for (const [name, field] of Object.entries(kind.fields)) {
      const text = field.type === "date" ? row[name] : undefined;
      if (typeof text !== "string") continue;
      const { earliest, latest } = parsePartialDate(text);
      days[`${name}Earliest`] = earliest;
      days[`${name}Latest`] = latest;
    }
  }
  return days;
}
