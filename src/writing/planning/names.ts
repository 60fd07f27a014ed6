import { shown, type Place } from "../../lib/faults.js";
import { formerNames, formerText, type FormerName } from "../names.js";
import { inputPath, valueAt, type PlannedChange, type PlannedRecord, type ReferenceField } from "../records.js";
import { keyIn } from "./references.js";
import { addNote, type Planning } from "./state.js";
import { lookUp, type Table } from "./tables.js";

/** Sets the key of a desired record under the names that the records have now with which it begins. */
export function setCurrentName(planning: Planning, change: PlannedChange): void {
  const { kind, key, input, revision, about } = change.desired;
  change.isFollowed = about !== undefined && planning.changeOf.get(about)?.isFollowed === true;
  if (revision !== undefined) return;
  const given: string[] = [];
  const current: string[] = [];
  for (const name of kind.keyedBy ?? []) {
    const field = name === null ? undefined : kind.fields[name];
    const value = name === null || field === undefined ? undefined : valueAt(input, inputPath(name, field));
    if (value === undefined) break;
    const word = field?.type === "reference" ? keyIn(field, value) : (value as string);
    given.push(word);
    current.push(field?.type === "reference" ? (recordNamed(planning, field.to, word)?.key ?? word) : word);
    if (field?.type === "reference" && isFormer(planning, field.to, word)) change.isFollowed = true;
  }
  const start = given.join("/");
  if (start === "" || (key !== start && !key.startsWith(`${start}/`))) return;
  change.name = current.join("/") + key.slice(start.length);
}

/** The key in a reference, its first words under the names that their records have now. */
export function currentReference(planning: Planning, to: string, key: string): string {
  const words = key.split("/");
  const current: string[] = [];
  const kind = planning.tables.get(to)?.kinds[0];
  for (const name of kind?.keyedBy ?? []) {
    const field = name === null ? undefined : kind?.fields[name];
    if (words.length < 2 && field?.type === "reference") break;
    const count = field?.type === "reference" ? wordCount(planning, field.to) : 1;
    const word = words.splice(0, count).join("/");
    current.push(field?.type === "reference" ? (recordNamed(planning, field.to, word)?.key ?? word) : word);
  }
  return [...current, ...words].join("/");
}

// The number of words in the key of a record, joined by slashes.
function wordCount({ tables }: Planning, name: string): number {
  const keyedBy = tables.get(name)?.kinds[0]?.keyedBy;
  return keyedBy === undefined ? 1 : keyedBy.length + 1;
}

/** The record of a name: its own, a former one, or another one that can mean only this record. */
export function recordNamed(planning: Planning, to: string, name: string): PlannedRecord | undefined {
  const table = planning.tables.get(to);
  const key = currentReference(planning, to, name);
  const known = table?.byKey.get(key);
  if (known !== undefined || table === undefined) return known;
  const former = table.former.get(key);
  if (former !== undefined) return former.fate === "withdrawn" ? undefined : table.byId.get(former.id);
  const [only, ...more] = table.others.get(key) ?? [];
  return only === undefined || more.length > 0 ? undefined : table.byKey.get(only.key);
}

/** The former name behind a name that no record has now. */
function formerName(planning: Planning, to: string, name: string): FormerName | undefined {
  const table = planning.tables.get(to);
  const key = currentReference(planning, to, name);
  return table?.byKey.has(key) === false ? table.former.get(key) : undefined;
}

function isFormer(planning: Planning, to: string, name: string): boolean {
  return formerName(planning, to, name) !== undefined;
}

/** The withdrawal of the record that had a name. */
export function withdrawnName(planning: Planning, to: string, name: string): FormerName | undefined {
  const former = formerName(planning, to, name);
  return former?.fate === "withdrawn" ? former : undefined;
}

/** Finds the records of names that no record has now: former names, codes of other schemes, and names in use. */
export async function followNames(
  { database, changeSet }: Planning,
  table: Table,
  keys: Iterable<string>,
  own: ReadonlySet<string>,
): Promise<void> {
  const missing = [...keys].filter((key) => !table.byKey.has(key));
  if (missing.length === 0) return;
  const former = await formerNames(database, table.name, missing);
  for (const [name, found] of former) table.former.set(name, found);
  const ids = [...former.values()].map(({ id }) => id);
  await lookUp(database, table, "id", ids);
  const unknown = missing.filter((key) => !former.has(key) && !own.has(key));
  const { otherNames } = table.kinds.find((kind) => kind.otherNames !== undefined) ?? {};
  if (otherNames === undefined || unknown.length === 0) return;
  const here = changeSet.records.filter(({ kind, revision }) => kind.table === table.name && revision === undefined);
  const others = await otherNames(database, unknown, here);
  for (const [name, found] of others) table.others.set(name, found);
  const otherKeys = [...others.values()].flatMap((found) => found.map(({ key }) => key));
  await lookUp(database, table, table.keyColumn, otherKeys);
}

/** Notes that a record was found by another name than its own. */
export function noteName(
  planning: Planning,
  table: Table,
  { label, name, place }: { readonly label: string; readonly name: string; readonly place: Place },
  record: PlannedRecord,
): void {
  const key = currentReference(planning, table.name, name);
  if (table.byKey.get(key) === record) return;
  const former = table.former.get(key);
  if (former !== undefined) {
    addNote(planning, "FORMER_NAME", place, `${formerText(label, key, former)}; it was followed`);
  } else {
    const message = `${shown(key)} means the ${label} ${shown(record.key)} (${String(record.row["name"])})`;
    addNote(planning, "OTHER_NAME", place, message);
  }
}

/** The label of the records that a reference leads to, for messages. */
export function labelOf({ tables }: Planning, to: string, only?: ReferenceField["only"]): string {
  return (
    only?.label ??
    tables
      .get(to)
      ?.kinds.map((kind) => kind.label)
      .join(" or ") ??
    to
  );
}
