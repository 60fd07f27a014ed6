import { isTouched } from "../plan.js";
import type { Cell, LookupContext, Parent, PlannedChange, PlannedRecord, RecordKind } from "../records.js";
import { wholeOf } from "../records.js";
import type { Planning } from "./state.js";
import { lookUp, type Table } from "./tables.js";

/** The parts of records: by table and column, then by the id of the record that they are parts of. */
export type Siblings = Map<string, Map<string, PlannedRecord[]>>;

/** An empty index. */
export function newSiblings(): Siblings {
  return new Map();
}

/** The records whose column has an id, as far as they were looked up. */
export function siblingsOf(
  siblings: Siblings,
  table: string,
  column: string,
  id: Cell | undefined,
): readonly PlannedRecord[] {
  return (typeof id === "string" ? siblings.get(`${table}.${column}`)?.get(id) : undefined) ?? [];
}

/** The record that a change is a part of. */
export function parentOf(change: PlannedChange, lookup: LookupContext): Parent | undefined {
  const { kind } = change.desired;
  if (kind.parent !== undefined) return kind.parent(change, lookup);
  const field = wholeOf(kind);
  if (field === undefined) return undefined;
  const id = change.given[field.column] ?? lookup.recordFor(change.desired)?.row[field.column];
  return typeof id === "string" ? { column: field.column, id } : undefined;
}

/** Reads the siblings of all changes that are identified, ordered or checked among them. */
export async function lookUpSiblings(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  const { database, siblings, lookup } = planning;
  const wanted = new Map<string, Set<string>>();
  for (const change of changes) {
    const { kind, revision } = change.desired;
    const isAlone = kind.identify === undefined && kind.positioned === undefined && kind.checkSiblings === undefined;
    if (isAlone && revision === undefined) continue;
    const parent = parentOf(change, lookup);
    if (parent === undefined) continue;
    const ids = wanted.get(parent.column) ?? new Set();
    wanted.set(parent.column, ids.add(parent.id));
  }
  for (const { column, parent } of correctedParents(planning, table)) {
    wanted.set(column, (wanted.get(column) ?? new Set()).add(parent.id));
  }
  for (const [column, ids] of wanted) {
    for (const record of await lookUp(database, table, column, ids)) addSibling(siblings, table, column, record);
  }
}

/** A record that is corrected, and a kind of its parts with rules about them. */
interface CorrectedParent {
  readonly kind: RecordKind;
  readonly column: string;
  readonly parent: PlannedRecord;
}

/** The corrected records whose parts, in a table, keep rules together. */
export function correctedParents({ changes, recordOf }: Planning, { kinds }: Table): readonly CorrectedParent[] {
  return kinds.flatMap((kind) => {
    const field = wholeOf(kind);
    if (kind.checkSiblings === undefined || field === undefined) return [];
    return changes.flatMap(({ desired }) => {
      const isCorrected = desired.kind.table === field.to && desired.revision?.type === "correction";
      const parent = isCorrected ? recordOf.get(desired) : undefined;
      return parent !== undefined && isTouched(parent) ? [{ kind, column: field.column, parent }] : [];
    });
  });
}

/** Puts the record of a change among its siblings: a new or moved one comes last. */
export function joinSiblings({ siblings, lookup, recordOf }: Planning, table: Table, change: PlannedChange): void {
  const { desired } = change;
  const record = recordOf.get(desired);
  const parent = parentOf(change, lookup);
  if (record === undefined || parent === undefined) return;
  const { stored } = record;
  const isNewHere = stored === null || (desired.revision !== undefined && stored[parent.column] !== parent.id);
  if (isNewHere && !change.isInvalid) {
    leaveSiblings(siblings, table, parent.column, record);
    record.row[parent.column] = parent.id;
    if (stored !== null) record.changed.add(parent.column);
    if (desired.kind.positioned) {
      record.row["position"] = nextPosition(lookup.siblings(table.name, parent.column, parent.id));
      if (stored !== null) record.changed.add("position");
    }
  }
  addSibling(siblings, table, parent.column, record);
}

/** Removes a merged record from all lists of parts. */
export function removeSibling(siblings: Siblings, merged: PlannedRecord): void {
  for (const index of siblings.values()) {
    for (const [id, parts] of index) {
      const left = parts.filter((record) => record !== merged);
      index.set(id, left);
    }
  }
}

function addSibling(siblings: Siblings, table: Table, column: string, record: PlannedRecord): void {
  const parent = record.row[column];
  if (typeof parent !== "string") return;
  const name = `${table.name}.${column}`;
  const index = siblings.get(name) ?? new Map<string, PlannedRecord[]>();
  siblings.set(name, index);
  const parts = index.get(parent);
  if (parts === undefined) index.set(parent, [record]);
  else if (!parts.includes(record)) parts.push(record);
}

function leaveSiblings(siblings: Siblings, table: Table, column: string, record: PlannedRecord): void {
  const former = record.stored?.[column];
  const parts = typeof former === "string" ? siblings.get(`${table.name}.${column}`)?.get(former) : undefined;
  const index = parts?.indexOf(record) ?? -1;
  if (index >= 0) parts?.splice(index, 1);
}

function nextPosition(siblings: readonly PlannedRecord[]): number {
  return siblings.reduce((next, { row }) => Math.max(next, Number(row["position"] ?? -1) + 1), 0);
}
