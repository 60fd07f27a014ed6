import type { Fault, Place } from "../../lib/faults.js";
import type { ChangeSet } from "../change.set.js";
import type { DetailChange, MergedPair, Note, NoteKind, PlanOptions } from "../plan.js";
import type { DesiredRecord, LookupContext, PlannedChange, PlannedRecord, RecordKind } from "../records.js";
import type { Statements } from "../store.js";
import { referencedKeys } from "./references.js";
import { newSiblings, siblingsOf, type Siblings } from "./siblings.js";
import { newTables, type Table } from "./tables.js";

/** A reference to a record that was withdrawn. */
export interface WithdrawnReference {
  readonly column: string;
  readonly place: Place;
  readonly message: string;
}

/** A key without a record. Similar keys are added to its fault at the end. */
export interface UnresolvedKey {
  readonly table: Table;
  readonly key: string;
  readonly fault: { message: string };
}

/** The state of planning, which the stages read and add to. */
export interface Planning {
  readonly database: Statements;
  readonly changeSet: ChangeSet;
  /** Whether decisions of editors stand against the change set. */
  readonly doDecisionsStand: boolean;
  readonly acknowledged: ReadonlySet<string>;
  /** Whether the rules are applied to records that do not change, too. */
  readonly areAllChecked: boolean;
  /** By name, in the order in which they are planned. */
  readonly tables: ReadonlyMap<string, Table>;
  /** The keys that the change set refers to, by table. */
  readonly references: ReadonlyMap<string, ReadonlySet<string>>;
  /** All changes that have been merged into their records, in order. */
  readonly changes: PlannedChange[];
  readonly changeOf: Map<DesiredRecord, PlannedChange>;
  readonly recordOf: Map<DesiredRecord, PlannedRecord>;
  readonly siblings: Siblings;
  readonly details: DetailChange[];
  readonly merges: MergedPair[];
  readonly faults: Fault[];
  /** By message: a name that a file uses a hundred times gives one note. */
  readonly notes: Map<string, Note>;
  readonly withdrawnReferences: Map<PlannedChange, WithdrawnReference[]>;
  readonly unresolved: UnresolvedKey[];
  /** The view of this state that rules get. */
  readonly lookup: LookupContext;
}

/** The state before the first stage. */
export function newPlanning(
  database: Statements,
  kinds: readonly RecordKind[],
  changeSet: ChangeSet,
  { doDecisionsStand = false, acknowledged = new Set<string>(), areAllChecked = false, hidden }: PlanOptions,
): Planning {
  const state = {
    database,
    changeSet,
    doDecisionsStand,
    acknowledged,
    areAllChecked,
    tables: newTables(kinds, hidden),
    references: referencedKeys(changeSet.records),
    changes: [],
    changeOf: new Map<DesiredRecord, PlannedChange>(),
    recordOf: new Map<DesiredRecord, PlannedRecord>(),
    siblings: newSiblings(),
    details: [],
    merges: [],
    faults: [...changeSet.faults],
    notes: new Map<string, Note>(),
    withdrawnReferences: new Map<PlannedChange, WithdrawnReference[]>(),
    unresolved: [],
  };
  return { ...state, lookup: lookupContext(state) };
}

function lookupContext(state: Omit<Planning, "lookup">): LookupContext {
  const { tables, recordOf, changeOf, siblings, faults, areAllChecked } = state;
  return {
    byId: (table, id) => (typeof id === "string" ? tables.get(table)?.byId.get(id) : undefined),
    recordFor: (desired) => recordOf.get(desired),
    siblings: (table, column, id) => siblingsOf(siblings, table, column, id),
    placeOf(record, column) {
      const change = record.desired === undefined ? undefined : changeOf.get(record.desired);
      if (change === undefined) return { file: null, path: [] };
      return (column === undefined ? undefined : change.places.get(column)) ?? change.desired.place;
    },
    report: (fault) => void faults.push(fault),
    areAllChecked,
  };
}

/** Adds a note, once for each message. */
export function addNote({ notes }: Planning, kind: NoteKind, place: Place, message: string): void {
  if (!notes.has(message)) notes.set(message, { kind, place, message });
}
