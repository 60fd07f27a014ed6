import type { z } from "zod";
import { at, shown, type Fault } from "../lib/faults.js";
import { newChangeSet } from "./change.set.js";
import { planChanges } from "./planning/planner.js";
import { columnsOf, columnsOfTable, inputPath, type RecordKind, type Row } from "./records.js";
import { readShape } from "./sections.js";
import { hasCells, quoted, rowsWhere, type Statements } from "./store.js";

// Records that were stored before a rule came, or by SQL, or as drafts, are held to the same rules as inputs.

/** The kinds of records with the shapes of their inputs, from which rules follow. */
export interface RuledKinds {
  /** All kinds of records, each after those it refers to. */
  readonly kinds: readonly RecordKind[];
  /** The shapes of inputs. */
  readonly shapes: readonly { readonly kind: RecordKind; readonly shape: z.ZodObject }[];
}

/** A fault of a stored record. */
export interface StoredFault {
  readonly code: Fault["code"];
  readonly label: string;
  readonly key: string;
  /** A sentence without a full stop that names the record. */
  readonly message: string;
}

/**
 * Applies the rules to stored records: those of single records, those of records beside each other, and those of texts.
 * Writes nothing.
 * @param ids of the records, of any kinds.
 * @param hidden ids of records that count as if they were not there.
 */
export async function faultsOfStored(
  database: Statements,
  { kinds, shapes }: RuledKinds,
  ids: readonly string[],
  hidden: ReadonlySet<string> = new Set(),
): Promise<StoredFault[]> {
  const records: { readonly kind: RecordKind; readonly row: Row }[] = [];
  for (const kind of kinds) {
    const here = ids.filter((id) => id.startsWith(`${kind.prefix}_`));
    if (here.length === 0) continue;
    const rows = await rowsWhere(database, kind.table, columnsOfTable(kinds, kind.table), "id", here);
    for (const row of rows) if (hasCells(row, kind.fixed)) records.push({ kind, row });
  }
  const faults: StoredFault[] = [];
  const report = (index: number, code: Fault["code"], message: string): void => {
    const { kind, row } = records[index] ?? {};
    if (kind === undefined || row === undefined) return;
    const key = String(row[kind.keyColumn]);
    const isNamed = message.includes(shown(key));
    faults.push({
      code,
      label: kind.label,
      key,
      message: isNamed ? message : `the ${kind.label} ${shown(key)}: ${message}`,
    });
  };
  records.forEach(({ kind, row }, index) => {
    const shape = shapes.find((one) => one.kind === kind)?.shape;
    if (shape !== undefined) for (const message of faultsOfTexts(kind, shape, row)) report(index, "INVALID", message);
  });
  const changeSet = newChangeSet();
  records.forEach(({ kind, row }, index) => {
    const id = String(row["id"]);
    changeSet.add(kind, String(row[kind.keyColumn]), { file: null, path: [index] }, {}, undefined, {
      type: "correction",
      id,
      paths: [],
    });
  });
  const plan = await planChanges(database, kinds, changeSet, [], { areAllChecked: true, hidden });
  for (const { code, place, message } of plan.faults) report(Number(place.path[0] ?? -1), code, message);
  return faults;
}

// The rules for texts in inputs: no control characters, none that change the direction of the text around them, and valid
// addresses.
function faultsOfTexts({ fields }: RecordKind, { shape }: z.ZodObject, row: Row): string[] {
  return Object.entries(fields).flatMap(([name, field]) => {
    const [property, ...further] = inputPath(name, field);
    const value = row[columnsOf(name, field)[0]];
    const schema = shape[property] as z.ZodType | undefined;
    if (field.type !== "text" || typeof value !== "string" || further.length > 0 || schema === undefined) return [];
    const read = readShape(schema, value, at({ file: null, path: [] }, name));
    return "faults" in read ? read.faults.map(({ message }) => `${name} ${message}`) : [];
  });
}

/** The ids of records of a kind in the order of their keys, some at a time. */
export async function* idsOf(
  database: Statements,
  { table, keyColumn, prefix }: RecordKind,
  atOnce: number,
): AsyncGenerator<string[]> {
  const statement = `SELECT "id", ${quoted(keyColumn)} AS "key" FROM ${quoted(table)}
    WHERE ${quoted(keyColumn)} > $1 AND starts_with("id", '${prefix}_') ORDER BY ${quoted(keyColumn)} LIMIT ${String(atOnce)}`;
  for (let last = ""; ;) {
    const rows = await database.$queryRawUnsafe<{ id: string; key: string }[]>(statement, last);
    if (rows.length === 0) return;
    last = rows.at(-1)?.key ?? "";
    yield rows.map(({ id }) => id);
  }
}

/** The records that have a former name of another one. */
export async function takenNames(database: Statements, kinds: readonly RecordKind[]): Promise<StoredFault[]> {
  const faults: StoredFault[] = [];
  for (const table of new Set(kinds.map((kind) => kind.table))) {
    const rows = await database.$queryRawUnsafe<{ id: string; name: string; fate: string; owner: string }[]>(
      `SELECT "id", "name", "fate", "owner" FROM past."takenNames"($1) ORDER BY "name"`,
      table,
    );
    for (const { id, name, fate, owner } of rows) {
      const label = kinds.find((kind) => kind.table === table && id.startsWith(`${kind.prefix}_`))?.label ?? table;
      const said =
        fate === "withdrawn" ? "was the name of a record that was withdrawn" : `is a former name of ${shown(owner)}`;
      faults.push({
        code: "DUPLICATE",
        label,
        key: name,
        message: `the ${label} ${shown(name)} has a name that ${said}; merge the two, or withdraw it`,
      });
    }
  }
  return faults;
}

/** The drafts that are not among some of them, as ids. */
export async function otherDrafts(
  database: Statements,
  kinds: readonly RecordKind[],
  ids: readonly string[],
): Promise<Set<string>> {
  const others = new Set<string>();
  const tables = [...new Set(kinds.map(({ table }) => quoted(table)))];
  const statement = tables
    .map(
      (table) =>
        `SELECT d."id" FROM drafts.${table} d WHERE d."id" <> ALL($1::text[]) AND NOT EXISTS (SELECT FROM public.${table} p WHERE p."id" = d."id")`,
    )
    .join(" UNION ALL ");
  for (const { id } of await database.$queryRawUnsafe<{ id: string }[]>(statement, ids)) others.add(id);
  return others;
}
