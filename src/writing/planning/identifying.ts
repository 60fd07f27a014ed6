import { formerVersions } from "../decisions.js";
import { survivingIds } from "../names.js";
import { columnsOf, isDateWithin, type PlannedChange, type Row, wholeOf } from "../records.js";
import { matchRecord } from "./matching.js";
import { followNames } from "./names.js";
import { joinSiblings, parentOf } from "./siblings.js";
import type { Planning } from "./state.js";
import { daysOf, lookUp, lookUpFirstIds, type Table } from "./tables.js";

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
    const added = valid.filter(({ desired }) => desired.revision?.type !== "correction");
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
  const field = wholeOf(kind);
  if (field === undefined || revision !== undefined) return true;
  const whole = lookup.byId(field.to, parentOf(change, lookup)?.id);
  return whole !== undefined && (whole.stored === null || change.missing.size === 0);
}

// A record without a name in the input gets a generated key. The key of a removed record is never reused.
async function followGeneratedKeys(planning: Planning, table: Table, changes: readonly PlannedChange[]): Promise<void> {
  const fresh = changes.filter(({ key, match, isInvalid }) => key !== undefined && match === undefined && !isInvalid);
  const keys = fresh.map(({ key }) => key ?? "");
  await followNames(planning, table, keys, new Set());
  const rows = await rowsNamed(
    planning,
    table,
    keys.filter((key) => table.former.has(key)),
  );
  const matched = new Set(changes.map(({ match }) => match));
  for (const change of fresh) {
    const key = change.key ?? "";
    const former = table.former.get(key);
    if (former === undefined || table.byKey.has(key)) continue;
    const { revision, expected } = change.desired;
    const record = table.byId.get(former.id);
    const isAlike = isSaidAlike(change, rows.get(key));
    if (revision !== undefined) {
      if (former.id !== revision.id) await takeNextKey(planning, table, change);
    } else if (former.fate === "withdrawn") {
      if (!isAlike) await takeNextKey(planning, table, change);
    } else if (record === undefined || matched.has(record) || (!isAlike && expected?.presence === "new")) {
      await takeNextKey(planning, table, change);
    } else {
      change.match = record;
      change.key = record.key;
      matched.add(record);
    }
  }
}

/** The rows that had some names last, by name, with references to the records that these are now. */
async function rowsNamed({ database }: Planning, table: Table, names: readonly string[]): Promise<Map<string, Row>> {
  const rows = await formerVersions(database, table, names);
  const fields = table.kinds.flatMap((kind) => Object.values(kind.fields));
  const columns = fields.flatMap((field) => (field.type === "reference" ? [field.column] : []));
  const ids = rows.flatMap((row) =>
    columns.flatMap((column) => (typeof row[column] === "string" ? [row[column]] : [])),
  );
  const survivors = ids.length === 0 ? new Map<string, string>() : await survivingIds(database, new Set(ids));
  return new Map(
    rows.map((row) => {
      const current = columns.map((column) => [column, survivors.get(String(row[column])) ?? row[column]] as const);
      return [String(row[table.keyColumn]), { ...row, ...Object.fromEntries(current) }];
    }),
  );
}

/** Whether the references and dates of a change contradict none of a former row. */
function isSaidAlike({ given, desired: { kind } }: PlannedChange, row: Row | undefined): boolean {
  const former = row === undefined ? undefined : { ...row, ...daysOf([kind], row) };
  return Object.entries(kind.fields).every(([name, field]) => {
    if (field.type !== "reference" && field.type !== "date") return true;
    const [column] = columnsOf(name, field);
    const [one, other] = [given[column] ?? null, former?.[column] ?? null];
    if (one === null || other === null || one === other) return true;
    if (field.type !== "date" || former === undefined) return false;
    return isDateWithin(name, former, given) || isDateWithin(name, given, former);
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
