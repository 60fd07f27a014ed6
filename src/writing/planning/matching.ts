import { shown } from "../../lib/faults.js";
import { formerText, type FormerName } from "../names.js";
import type { PlannedChange, PlannedRecord } from "../records.js";
import { sameCell } from "../store.js";
import { reportUnknown } from "./resolving.js";
import { addNote, type Planning } from "./state.js";
import { newRecord, setKey, type Table } from "./tables.js";

/** Finds or creates the record of a change, which has a key by now. Invalid changes have none. */
export function matchRecord(planning: Planning, table: Table, change: PlannedChange, key: string): void {
  const { desired, match } = change;
  const { revision } = desired;
  const own = revision === undefined ? undefined : table.byId.get(revision.id);
  const isUnknown = revision?.type !== "correction" && match === undefined && !table.byKey.has(key);
  const former = isUnknown ? table.former.get(key) : undefined;
  if (revision === undefined && former !== undefined && !mayUseFormerName(planning, change, key, former)) {
    change.isInvalid = true;
  } else if (revision !== undefined && own === undefined) {
    change.isInvalid = true;
    const message = `the record holds no ${desired.kind.label} with the id ${shown(revision.id)}`;
    planning.lookup.report({ code: "NOT_FOUND", place: desired.place, message });
  } else if (revision?.type === "correction") {
    matchRecordOrCreate(planning, table, change, key, own);
  } else {
    const target = revision?.target === undefined ? undefined : table.byId.get(revision.target);
    const followed = former === undefined || former.fate === "withdrawn" ? undefined : table.byId.get(former.id);
    const found = target ?? match ?? table.byKey.get(key) ?? followed;
    if (own === undefined) matchRecordOrCreate(planning, table, change, key, found);
    else moveRecord(planning, table, change, key, { own, target: found ?? own });
  }
}

/** Whether a change may name a record by a name that no record has any more. */
function mayUseFormerName(planning: Planning, change: PlannedChange, key: string, former: FormerName): boolean {
  const { kind, place, expected } = change.desired;
  const { acknowledged, doDecisionsStand, lookup } = planning;
  const text = formerText(kind.label, key, former);
  if (former.fate !== "withdrawn") {
    change.isFollowed = true;
    if (expected?.presence !== "new") {
      addNote(planning, "FORMER_NAME", place, `${text}; it was followed`);
      return true;
    }
    const message = `${text}; a former name is never given again: choose another one, or add to ${shown(former.key)}`;
    lookup.report({ code: "DUPLICATE", place: expected.place, message });
    return false;
  }
  if (acknowledged.has("WITHDRAWN")) {
    addNote(planning, "WITHDRAWN", place, `${text}; it returns, as acknowledged`);
    return true;
  }
  if (doDecisionsStand) {
    addNote(planning, "WITHDRAWN", place, `${text}; it stays so, unless WITHDRAWN is acknowledged`);
    return false;
  }
  const message = `${text}; acknowledge WITHDRAWN to record it again`;
  lookup.report({ code: "WITHDRAWN", place: expected?.place ?? place, message });
  return false;
}

/** The record that moves, and the one that it moves into: itself if it only gets another key. */
interface Movement {
  readonly own: PlannedRecord;
  readonly target: PlannedRecord;
}

function moveRecord(
  { merges, recordOf }: Planning,
  table: Table,
  { desired }: PlannedChange,
  key: string,
  { own, target }: Movement,
): void {
  if (target === own) setKey(table, own, key);
  else merges.push({ source: own, target });
  target.desired ??= desired;
  recordOf.set(desired, target);
}

function matchRecordOrCreate(
  planning: Planning,
  table: Table,
  change: PlannedChange,
  key: string,
  found: PlannedRecord | undefined,
): void {
  const { desired } = change;
  const { changeOf, recordOf } = planning;
  const first = found?.desired === undefined ? undefined : changeOf.get(found.desired);
  if (found !== undefined && first !== undefined && (first.isFollowed || change.isFollowed)) {
    // The same record by two of its names.
    recordOf.set(desired, found);
    return;
  }
  if (found?.desired !== undefined) {
    change.isInvalid = true;
    reportDuplicate(planning, change, found);
    return;
  }
  if (!isAsExpected(planning, table, change, key, found)) {
    change.isInvalid = true;
    return;
  }
  const record = found ?? newRecord(table, desired.kind, key);
  record.desired = desired;
  recordOf.set(desired, record);
  checkKind(planning, table, change, key, record);
}

function reportDuplicate(
  { lookup }: Planning,
  { desired }: PlannedChange,
  { key, desired: first }: PlannedRecord,
): void {
  // Without their citations, the keys of records that these tell apart are equal.
  if (first === undefined || desired.leftOut.has("cite") || first.leftOut.has("cite")) return;
  const message = `the ${desired.kind.label} ${shown(key)} is given twice`;
  lookup.report({ code: "DUPLICATE", place: desired.place, message, other: first.place });
}

function isAsExpected(
  planning: Planning,
  table: Table,
  { desired: { kind, expected } }: PlannedChange,
  key: string,
  found: PlannedRecord | undefined,
): boolean {
  if (expected === undefined || (expected.presence === "new") === (found === undefined)) return true;
  const { place } = expected;
  if (found === undefined) reportUnknown(planning, table, kind.label, key, place);
  else {
    const message = `the record holds the ${kind.label} ${shown(key)} already`;
    planning.lookup.report({ code: "DUPLICATE", place, message });
  }
  return false;
}

function checkKind(
  { lookup }: Planning,
  { kinds }: Table,
  change: PlannedChange,
  key: string,
  { row }: PlannedRecord,
): void {
  const { kind, place } = change.desired;
  const other = Object.entries(kind.fixed ?? {}).find(([column, cell]) => !sameCell(row[column], cell));
  if (other === undefined) return;
  change.isInvalid = true;
  const [column] = other;
  const label = kinds.find(({ fixed }) => sameCell(fixed?.[column], row[column]))?.label ?? "something else";
  const message = `${shown(key)} is no ${kind.label}, the record knows it as ${withArticle(label)}`;
  lookup.report({ code: "CONFLICT", place, message });
}

function withArticle(label: string): string {
  return `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}`;
}
