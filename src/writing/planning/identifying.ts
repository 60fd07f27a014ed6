import { formerVersions } from "../decisions.js";
import type { PlannedChange, Row } from "../records.js";
import { matchRecord } from "./matching.js";
import { followNames } from "./names.js";
import { joinSiblings, parentOf } from "./siblings.js";
import type { Planning } from "./state.js";
import { lookUp, lookUpFirstIds, type Table } from "./tables.js";

/** Whether an input names its record by a key; records of other kinds are identified by their values. */
export function hasOwnName({ desired: { kind, revision } }: PlannedChange): boolean {
  return kind.identify === undefined || revision?.type === "correction" || revision?.target !== undefined;
}

/** Finds or creates the records of changes that no key names. */
export async function identifyRecords(
  planning: Planning,
  table: Table,
  changes: readonly PlannedChange[],
): Promise<void> {
  for (const kind of new Set(changes.map(({ desired }) => desired.kind))) {
    const here = changes.filter(({ desired }) => desired.kind === kind);
    for (const change of here) change.isInvalid ||= !isIdentifiable(planning, change);
    const valid = here.filter(({ isInvalid }) => !isInvalid);
    kind.identify?.(valid, planning.lookup);
    const added = valid.filter(({ desired }) => desired.revision === undefined);
    await followGeneratedKeys(planning, table, added);
    const fresh = valid.flatMap(({ key, match }) => (match === undefined && key !== undefined ? [key] : []));
    await lookUpFirstIds(planning.database, table, fresh);
    for (const change of valid) {
      if (change.key === undefined) change.isInvalid = true;
      else matchRecord(planning, table, change, change.key);
      joinSiblings(planning, table, change);
    }
  }
}

// A part is not reported again if its whole is at fault. An incomplete part identifies none of the parts of a stored
// record, but in a new record it is a new part.
function isIdentifiable({ lookup }: Planning, change: PlannedChange): boolean {
  const { kind, revision } = change.desired;
  const field = kind.within === undefined ? undefined : kind.fields[kind.within];
  if (field?.type !== "reference" || revision !== undefined) return true;
  const whole = lookup.byId(field.to, parentOf(change, lookup)?.id);
  return whole !== undefined && (whole.stored === null || change.missing.size === 0);
}

// A record without a name in the input gets a generated key. The key of a removed record is never reused.
async function followGeneratedKeys(planning: Planning, table: Table, changes: readonly PlannedChange[]): Promise<void> {
  const fresh = changes.filter(({ key, match, isInvalid }) => key !== undefined && match === undefined && !isInvalid);
  const keys = fresh.map(({ key }) => key ?? "");
  await followNames(planning, table, keys, new Set());
  const withdrawn = fresh.flatMap(({ key }) => {
    const former = table.former.get(key ?? "");
    return former?.fate === "withdrawn" ? [former.id] : [];
  });
  const rows = await formerVersions(planning.database, table.name, table.columns, withdrawn);
  const lastRows = new Map(rows.map((row) => [String(row["id"]), row]));
  const matched = new Set(changes.map(({ match }) => match));
  for (const change of fresh) {
    const former = table.former.get(change.key ?? "");
    if (former === undefined || table.byKey.has(change.key ?? "")) continue;
    const record = table.byId.get(former.id);
    if (former.fate === "withdrawn") {
      if (!refersAlike(change, lastRows.get(former.id))) await takeNextKey(planning, table, change);
    } else if (record === undefined || matched.has(record)) {
      await takeNextKey(planning, table, change);
    } else {
      change.match = record;
      change.key = record.key;
      matched.add(record);
    }
  }
}

function refersAlike({ given, desired: { kind } }: PlannedChange, row: Row | undefined): boolean {
  return Object.values(kind.fields).every((field) => {
    if (field.type !== "reference") return true;
    const [one, other] = [given[field.column] ?? null, row?.[field.column] ?? null];
    return one === null || other === null || one === other;
  });
}

async function takeNextKey(planning: Planning, table: Table, change: PlannedChange): Promise<void> {
  const base = change.key ?? "";
  const isTaken = (key: string): boolean => table.byKey.has(key) || table.former.has(key);
  for (let number = 2; isTaken(change.key ?? ""); number += 1) {
    change.key = `${base}/${String(number)}`;
    await lookUp(planning.database, table, table.keyColumn, [change.key]);
    await followNames(planning, table, [change.key], new Set());
  }
}
