import { shown } from "../../lib/faults.js";
import type { ChangeSet } from "../change.set.js";
import type { Plan, PlanOptions, PlanRule } from "../plan.js";
import type { DesiredRecord, PlannedChange, RecordKind } from "../records.js";
import type { Statements } from "../store.js";
import { settleNames } from "./conflicts.js";
import { checkCycles } from "./cycles.js";
import { lookUpFormerRows } from "./decided.js";
import { mergeDetails } from "./details.js";
import { mergeFields } from "./fields.js";
import { hasOwnName, identifyRecords } from "./identifying.js";
import { renameRecords } from "./keys.js";
import { lookUpReferred, lookUpRevised } from "./lookups.js";
import { matchRecord } from "./matching.js";
import { currentReference, followNames, setCurrentName } from "./names.js";
import { inWritingOrder } from "./order.js";
import { resolveValues } from "./resolving.js";
import { applyRules, checkReferring } from "./rules.js";
import { joinSiblings, lookUpSiblings } from "./siblings.js";
import { newPlanning, type Planning } from "./state.js";
import { suggestKeys } from "./suggestions.js";
import { lookUp, lookUpFirstIds, type Table } from "./tables.js";
import { checkUniqueColumns } from "./unique.js";

/**
 * Works out what a change set means for the record: finds the records it names, resolves references, and merges its
 * values with the stored ones. Reads with a bounded number of statements per kind; writes nothing.
 *
 * Missing values change nothing; unknown values become known; a contradiction is a fault, except where a kind's
 * `precedence` or a flag's `becomes` decides it. Lists are united, never shortened. A revision corrects a record, or
 * moves it into another one.
 * @param kinds all kinds of records, each after those it refers to.
 */
export async function planChanges(
  database: Statements,
  kinds: readonly RecordKind[],
  changeSet: ChangeSet,
  rules: readonly PlanRule[] = [],
  options: PlanOptions = {},
): Promise<Plan> {
  const planning = newPlanning(database, kinds, changeSet, options);
  for (const table of planning.tables.values()) await planTable(planning, table);
  await checkCycles(planning);
  await suggestKeys(planning);
  await checkReferring(planning);
  applyRules(planning, rules);
  return planOf(planning);
}

async function planTable(planning: Planning, table: Table): Promise<void> {
  const desired = planning.changeSet.records.filter(({ kind }) => kind.table === table.name);
  const changes = desired.map(newChange);
  for (const change of changes) planning.changeOf.set(change.desired, change);
  const named = changes.filter(hasOwnName);
  await resolveNames(planning, table, changes, named);
  await matchRecords(planning, table, changes, named);
  await mergeValues(planning, table, changes);
  planning.changes.push(...changes);
}

function newChange(desired: DesiredRecord): PlannedChange {
  return {
    desired,
    name: desired.key,
    isFollowed: false,
    given: {},
    places: new Map(),
    key: undefined,
    match: undefined,
    missing: new Set(desired.leftOut),
    isInvalid: false,
  };
}

/** Reads the records that the change set names in a table, and follows former and other names. */
async function resolveNames(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
  named: readonly PlannedChange[],
): Promise<void> {
  for (const change of changes) setCurrentName(planning, change);
  await lookUpRevised(planning, table, changes);
  const names = named.map(({ name }) => name);
  const references = [...(planning.references.get(table.name) ?? [])];
  const referred = references.map((key) => currentReference(planning, table.name, key));
  const keys = new Set([...names, ...referred]);
  await lookUp(planning.database, table, table.keyColumn, keys);
  await followNames(planning, table, keys, new Set(names));
  await lookUpFirstIds(planning.database, table, names);
}

/**
 * Finds or creates the record of each change. Records with names come first, because records of the same kind can refer
 * to them. Others are identified by their values, so these are resolved before.
 */
async function matchRecords(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
  named: readonly PlannedChange[],
): Promise<void> {
  for (const change of named) matchRecord(planning, table, change, change.name);
  for (const change of changes) resolveValues(planning, change);
  await lookUpReferred(
    planning,
    changes.filter(({ desired }) => desired.revision?.type === "move"),
  );
  await lookUpSiblings(planning, table, changes);
  await identifyRecords(
    planning,
    table,
    changes.filter((change) => !hasOwnName(change)),
  );
  for (const change of named) joinSiblings(planning, table, change);
}

/** Merges the given values with the stored ones. */
async function mergeValues(planning: Planning, table: Table, changes: readonly PlannedChange[]): Promise<void> {
  const { recordOf } = planning;
  await lookUpReferred(
    planning,
    changes.filter(({ desired }) => recordOf.get(desired)?.stored != null),
  );
  await lookUpFormerRows(planning, table, changes);
  const conflicts = changes.flatMap((change) => mergeFields(planning, change));
  await settleNames(planning, conflicts);
  await renameRecords(planning, table, changes);
  await checkUniqueColumns(planning, table, changes);
  await mergeDetails(planning, table, changes);
}

function planOf(planning: Planning): Plan {
  const { tables, changes, faults, notes, details, merges, lookup } = planning;
  // A record that is to move may not be left behind unnoticed.
  const lost = changes.find(({ isInvalid, desired }) => isInvalid && desired.revision !== undefined);
  if (lost !== undefined && faults.length === 0) {
    const { kind, key, place } = lost.desired;
    const message = `the ${kind.label} ${shown(key)} is ambiguous, so it cannot be corrected or merged`;
    lookup.report({ code: "INVALID", place, message });
  }
  return {
    records: [...tables.values()].flatMap(inWritingOrder),
    details,
    merges,
    faults,
    notes: [...notes.values()],
    recordFor: (desired) => lookup.recordFor(desired),
    placeOf: (record, column) => lookup.placeOf(record, column),
  };
}
