import { at, shown, type Place } from "../../lib/faults.js";
import { groupedBy } from "../../lib/grouped.js";
import { correctedRows } from "../corrections.js";
import { formerRows, type FormerRows } from "../decisions.js";
import type { DetailChange } from "../plan.js";
import type { Cell, Correction, Detail, DetailEntry, Move, PlannedChange, PlannedRecord, Row } from "../records.js";
import { rowsWhere, sameCell } from "../store.js";
import { rowsNotDecided } from "./decided.rows.js";
import { resolveReference } from "./resolving.js";
import type { Planning } from "./state.js";
import type { Table } from "./tables.js";
import { checkUniqueDetails } from "./unique.js";

/** A row of a detail with its place, references by id. */
export interface PlacedRow {
  readonly place: Place;
  readonly identity: Cell;
  readonly cells: Row;
  /** Whether the stored value stays where the two contradict each other. */
  readonly yields: boolean;
}

/** The stored rows of a detail of one record, by identity. */
export type HeldRows = ReadonlyMap<string, Row>;

/** Plans the rows that belong to records: names, identifiers, parties. */
export async function mergeDetails(planning: Planning, table: Table, changes: readonly PlannedChange[]): Promise<void> {
  const kinds = new Set(changes.map(({ desired }) => desired.kind));
  for (const kind of kinds) {
    const valid = changes.filter(
      ({ desired, isInvalid }) => desired.kind === kind && !isInvalid && planning.recordOf.has(desired),
    );
    for (const detail of kind.details ?? []) await mergeDetail(planning, detail, valid);
  }
  const details = new Set([...kinds].flatMap((kind) => kind.details ?? []));
  for (const detail of details) await checkUniqueDetails(planning, table, detail);
}

async function mergeDetail(planning: Planning, detail: Detail, changes: readonly PlannedChange[]): Promise<void> {
  const { table, owner, identity } = detail;
  const given = changes
    .map((change) => ({
      change,
      record: planning.recordOf.get(change.desired),
      rows: givenRows(planning, detail, change),
    }))
    .filter(({ change, rows }) => rows.length > 0 || change.desired.revision?.type === "correction");
  const stored = given.flatMap(({ record }) => (record === undefined || record.stored === null ? [] : [record.id]));
  const columns = [owner, identity, ...detail.columns];
  const rowsOfAll = await rowsWhere(planning.database, table, columns, owner, stored);
  const rowsOf = groupedBy(rowsOfAll, (row) => row[owner]);
  const former = await formerDetailRows(planning, detail, stored);
  for (const { change, record, rows } of given) {
    if (record === undefined) continue;
    const here = rowsOf.get(record.id) ?? [];
    const held: HeldRows = new Map(here.map((row) => [String(row[identity]), row]));
    const { revision } = change.desired;
    if (revision?.type === "correction") correctRows(planning, detail, record, change, revision, held);
    else addRows(planning, detail, record, rowsNotDecided(planning, detail, record, rows, held, former), held);
  }
}

async function formerDetailRows(
  { database, doDecisionsStand }: Planning,
  { table, owner, identity, columns }: Detail,
  ids: readonly string[],
): Promise<FormerRows | undefined> {
  if (!doDecisionsStand || ids.length === 0) return undefined;
  return formerRows(database, { table, owner, columns: [identity, ...columns] }, ids);
}

function givenRows(planning: Planning, detail: Detail, { desired }: PlannedChange): PlacedRow[] {
  const { revision, input, place } = desired;
  if (revision?.type === "correction") return [];
  if (revision === undefined) return placedRows(planning, detail, place, detail.read(input));
  const record = planning.recordOf.get(desired);
  return record === undefined || record.id === revision.id ? [] : movedRows(detail, record, revision, place);
}

// A merged record brings its rows along, and a row for the text that gives way to the target's.
function movedRows(detail: Detail, target: PlannedRecord, move: Move, place: Place): PlacedRow[] {
  const rows = (move.details.get(detail.table) ?? []).map((cells): PlacedRow => {
    return { place, identity: cells[detail.identity] ?? null, cells, yields: move.yields };
  });
  const { field, cells = {} } = detail.givesWay ?? {};
  const text = field === undefined ? undefined : move.cells[field];
  if (field === undefined || typeof text !== "string" || text === target.row[field]) return rows;
  const others = rows.filter(({ identity }) => identity !== text);
  const former = rows.find(({ identity }) => identity === text)?.cells;
  return [...others, { place, identity: text, cells: { ...former, ...cells }, yields: true }];
}

function placedRows(planning: Planning, detail: Detail, place: Place, rows: readonly DetailEntry[]): PlacedRow[] {
  return rows.flatMap(({ steps, cells }) => {
    const where = at(place, ...steps);
    const named = cells[detail.identity];
    const identity = detail.to === undefined ? named : resolveReference(planning, detail.to, String(named), where)?.id;
    return identity === undefined ? [] : [{ place: where, identity, cells, yields: false }];
  });
}

type NewRow = Record<string, Cell | undefined>;

/** A row that is added or changed, from all that is given of it. */
interface MergedRow {
  readonly row: NewRow;
  readonly place: Place;
  readonly isNew: boolean;
  isChanged: boolean;
}

function addRows(
  planning: Planning,
  detail: Detail,
  record: PlannedRecord,
  rows: readonly PlacedRow[],
  held: HeldRows,
): void {
  const merged = new Map<string, MergedRow>();
  for (const given of rows) {
    const key = String(given.identity);
    const known = held.get(key);
    const isNew = known === undefined;
    const one = merged.get(key) ?? {
      row: isNew ? blankRow(detail, record.id, given.identity) : { ...known },
      place: given.place,
      isNew,
      isChanged: isNew,
    };
    merged.set(key, one);
    if (mergeRow(planning, detail, record, one.row, given)) one.isChanged = true;
  }
  for (const { row, place, isNew, isChanged } of merged.values()) {
    if (isChanged) addChange(planning, record, { detail, row, place, kind: isNew ? "new" : "changed" });
  }
}

/** Adds given cells to a row. @returns whether any of them is new. */
function mergeRow(
  planning: Planning,
  detail: Detail,
  { key }: PlannedRecord,
  row: NewRow,
  { cells, place, yields }: PlacedRow,
): boolean {
  let isChanged = false;
  for (const column of detail.columns) {
    const given = cells[column] ?? null;
    const held = row[column] ?? null;
    if (given === null || sameCell(given, held)) continue;
    if (held === null) {
      row[column] = given;
      isChanged = true;
    } else if (!yields && detail.keeps?.includes(column) !== true) {
      const value = `${column} of ${shown(row[detail.identity])} at ${shown(key)}`;
      const message = `${value} is ${shown(held)} in the record and ${shown(given)} here`;
      planning.lookup.report({ code: "CONFLICT", place, message });
    }
  }
  return isChanged;
}

function correctRows(
  planning: Planning,
  detail: Detail,
  record: PlannedRecord,
  { desired }: PlannedChange,
  { paths }: Correction,
  held: HeldRows,
): void {
  const wanted = correctedRows(detail, { paths, input: desired.input }, [...held.values()], record);
  if (wanted === undefined) return;
  const rows = placedRows(planning, detail, desired.place, wanted);
  const kept = new Set(rows.map(({ identity }) => String(identity)));
  for (const [identity, row] of held) {
    if (!kept.has(identity)) addChange(planning, record, { detail, row, kind: "gone" });
  }
  for (const { identity, cells, place } of rows) {
    const known = held.get(String(identity));
    const row = blankRow(detail, record.id, identity);
    for (const column of detail.columns) row[column] = cells[column] ?? null;
    const isChanged = detail.columns.some((column) => !sameCell(known?.[column], row[column]));
    if (known === undefined) addChange(planning, record, { detail, row, place, kind: "new" });
    else if (isChanged) addChange(planning, record, { detail, row, place, kind: "changed" });
  }
}

function addChange({ details }: Planning, record: PlannedRecord, change: DetailChange): void {
  record.hasChangedDetails = true;
  details.push(change);
}

function blankRow(detail: Detail, owner: string, identity: Cell): NewRow {
  const row: NewRow = { [detail.owner]: owner, [detail.identity]: identity };
  for (const column of detail.columns) row[column] = null;
  return row;
}
