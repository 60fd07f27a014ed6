import { shown } from "../../lib/faults.js";
import type { FormerRows } from "../decisions.js";
import { actText } from "../names.js";
import type { Detail, PlannedRecord, Row } from "../records.js";
import { sameCell } from "../store.js";
import type { HeldRows, PlacedRow } from "./details.js";
import { addNote, type Planning } from "./state.js";

/** The given rows without the rows and values that an editor has removed or replaced. Adds a note for each. */
export function rowsNotDecided(
  planning: Planning,
  detail: Detail,
  record: PlannedRecord,
  rows: readonly PlacedRow[],
  held: HeldRows,
  former: FormerRows | undefined,
): readonly PlacedRow[] {
  if (former === undefined || record.stored === null) return rows;
  return rows.flatMap((row) => {
    const known = held.get(String(row.identity));
    if (known !== undefined) return [withoutDecidedCells(planning, detail, record, row, known, former)];
    return isRemoved(planning, detail, record, row, former) ? [] : [row];
  });
}

function isRemoved(
  planning: Planning,
  detail: Detail,
  record: PlannedRecord,
  { identity, place }: PlacedRow,
  former: FormerRows,
): boolean {
  const act = former.replacedRow(record.id, [detail.identity, identity]);
  if (act === undefined) return false;
  const message = `${shown(identity)} of ${shown(record.key)} is not put back: it was taken away ${actText(act)}`;
  addNote(planning, "DECIDED", place, message);
  return true;
}

function withoutDecidedCells(
  planning: Planning,
  detail: Detail,
  record: PlannedRecord,
  row: PlacedRow,
  known: Row,
  former: FormerRows,
): PlacedRow {
  const { identity, cells, place } = row;
  const decided = detail.columns.filter((column) => {
    const given = cells[column] ?? null;
    if (given === null || sameCell(given, known[column])) return false;
    const act = former.replacedRow(record.id, [detail.identity, identity], [column, given]);
    if (act === undefined) return false;
    const stays = `${column} of ${shown(identity)} of ${shown(record.key)} stays ${shown(known[column])}`;
    addNote(planning, "DECIDED", place, `${stays}: ${shown(given)} was replaced ${actText(act)}`);
    return true;
  });
  return { ...row, cells: { ...cells, ...Object.fromEntries(decided.map((column) => [column, null])) } };
}
