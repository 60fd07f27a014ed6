import { shown } from "../../lib/faults.js";
import { formerRows } from "../decisions.js";
import { actText } from "../names.js";
import { columnsOf, inputPath, type Cell, type Field, type PlannedChange, type PlannedRecord } from "../records.js";
import { differing, shownCell } from "./conflicts.js";
import { addNote, type Planning } from "./state.js";
import type { Table } from "./tables.js";

/** Reads the former values of records, so that an import does not undo the decision of an editor. */
export async function lookUpFormerRows(
  { database, doDecisionsStand, recordOf }: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  const known = changes.flatMap(({ desired }) => recordOf.get(desired) ?? []).filter(({ stored }) => stored !== null);
  const ids = [...new Set(known.map(({ id }) => id))];
  if (!doDecisionsStand || ids.length === 0) return;
  const source = { table: table.name, owner: "id", columns: table.columns };
  table.formerRows = await formerRows(database, source, ids);
}

/** A value of the record, and the one that the change set gives. */
interface GivenField {
  readonly name: string;
  readonly field: Field;
  readonly held: Cell;
  readonly given: Cell;
}

/** Whether an editor has replaced a value that the change set gives again. Adds a note if so. */
export function isDecided(
  planning: Planning,
  record: PlannedRecord,
  change: PlannedChange,
  { name, field, held, given }: GivenField,
): boolean {
  const [column] = columnsOf(name, field);
  const former = record.stored === null ? undefined : planning.tables.get(record.table)?.formerRows;
  const act = former?.replaced(record.id, column, given);
  if (act === undefined) return false;
  const { kind, place } = change.desired;
  const [one, other] = differing(shownCell(planning, field, held), shownCell(planning, field, given));
  const value = `${inputPath(name, field).join(".")} of the ${kind.label} ${shown(record.key)}`;
  const stays = held === null ? "stays empty" : `stays ${one}`;
  const message = `${value} ${stays}: ${other} was replaced ${actText(act)}`;
  addNote(planning, "DECIDED", change.places.get(column) ?? place, message);
  return true;
}

/** The given words of a list without those that an editor has removed. */
export function wordsNotRemoved(
  { tables }: Planning,
  { table, id, stored }: PlannedRecord,
  column: string,
  held: Cell,
  given: Cell,
): Cell {
  const former = stored === null ? undefined : tables.get(table)?.formerRows;
  const isHeld = (word: string): boolean => Array.isArray(held) && held.includes(word);
  const isRemoved = (word: string): boolean => former?.removedWord(id, column, word) !== undefined;
  return (given as readonly string[]).filter((word) => isHeld(word) || !isRemoved(word));
}

/** Reports references to withdrawn records, except for those that an editor has replaced since. */
export function checkWithdrawnReferences(planning: Planning, record: PlannedRecord, change: PlannedChange): void {
  for (const { column, place, message } of planning.withdrawnReferences.get(change) ?? []) {
    const id = change.given[column];
    change.given[column] = undefined;
    const former = record.stored === null ? undefined : planning.tables.get(record.table)?.formerRows;
    const act = typeof id === "string" ? former?.replaced(record.id, column, id) : undefined;
    if (act === undefined) planning.lookup.report({ code: "NOT_FOUND", place, message });
    else {
      const since = `${shown(record.key)} has not referred to it since an act ${actText(act)}`;
      addNote(planning, "DECIDED", place, `${message}; ${since}`);
    }
  }
}
