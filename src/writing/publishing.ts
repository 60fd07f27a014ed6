import { shown, type Fault, type Place } from "../lib/faults.js";
import { formerNames, formerText } from "./names.js";
import type { PlannedRecord, RecordKind, Row } from "./records.js";
import { quoted, rowsWhere, type Statements } from "./store.js";

/** Drafts that are to be published. */
export interface Publication {
  /** Their ids, with those of their parts. */
  readonly ids: readonly string[];
  readonly place: Place;
  readonly acknowledged: ReadonlySet<string>;
}

/**
 * Finds faults of drafts that appeared after they were drafted: their name was taken or given up, or another record has
 * a value that must be unique.
 */
export async function publishingFaults(database: Statements, kinds: readonly RecordKind[], publication: Publication): Promise<Fault[]> {
  const faults: Fault[] = [];
  for (const kind of kinds) {
    const drafted = await draftsOf(database, kind, publication.ids);
    if (drafted.length === 0) continue;
    faults.push(...(await nameFaults(database, kind, drafted, publication)));
    for (const { columns, message } of kind.unique ?? []) {
      for (const draft of drafted) {
        const other = await sharing(database, kind, columns, draft);
        if (other !== undefined) faults.push({ code: "CONFLICT", place: publication.place, message: message(entryOf(kind, draft), other) });
      }
    }
    for (const detail of kind.details ?? []) {
      const { unique, owner, identity } = detail;
      if (unique === undefined) continue;
      const columns = [owner, identity, ...detail.columns].map((column) => `d.${quoted(column)}`).join(", ");
      const same = unique.columns.map((column) => `t.${quoted(column)} = d.${quoted(column)}`).join(" AND ");
      const rows = await database.$queryRawUnsafe<(Row & { other: string })[]>(
        `SELECT ${columns}, t.${quoted(owner)} AS "other" FROM drafts.${quoted(detail.table)} d
          JOIN public.${quoted(detail.table)} t ON ${same} AND t.${quoted(owner)} <> d.${quoted(owner)} WHERE d.${quoted(owner)} = ANY($1::text[])`,
        drafted.map(({ id }) => String(id)),
      );
      for (const row of rows) {
        const [other] = await rowsWhere(database, kind.table, ["id", kind.keyColumn, ...textColumns(kind)], "id", [row.other]);
        if (other !== undefined) faults.push({ code: "CONFLICT", place: publication.place, message: unique.message(row, entryOf(kind, other)) });
      }
    }
  }
  return faults;
}

function textColumns({ fields }: RecordKind): string[] {
  return Object.entries(fields).flatMap(([name, field]) => (field.type === "text" ? [name] : []));
}

async function draftsOf(database: Statements, kind: RecordKind, ids: readonly string[]): Promise<Row[]> {
  const fixed = Object.keys(kind.fixed ?? {});
  const shared = (kind.unique ?? []).flatMap(({ columns }) => columns);
  const columns = [...new Set(["id", kind.keyColumn, ...fixed, ...shared])].map(quoted).join(", ");
  const rows = await database.$queryRawUnsafe<Row[]>(`SELECT ${columns} FROM drafts.${quoted(kind.table)} WHERE "id" = ANY($1::text[])`, ids);
  return rows.filter((row) => Object.entries(kind.fixed ?? {}).every(([column, cell]) => row[column] === cell));
}

async function nameFaults(database: Statements, kind: RecordKind, drafted: readonly Row[], { place, acknowledged }: Publication): Promise<Fault[]> {
  const { table, keyColumn, label } = kind;
  const keys = drafted.map((row) => String(row[keyColumn]));
  const taken = await rowsWhere(database, table, [keyColumn], keyColumn, keys);
  const faults = taken.map((row): Fault => ({ code: "DUPLICATE", place, message: `the record has the ${label} ${shown(row[keyColumn])} already` }));
  if (kind.identify !== undefined) return faults;
  for (const [name, former] of await formerNames(database, table, keyColumn, keys)) {
    const said = formerText(label, name, former);
    if (former.fate !== "withdrawn") faults.push({ code: "DUPLICATE", place, message: `${said}; a former name is never given again: discard the draft` });
    else if (!acknowledged.has("WITHDRAWN")) faults.push({ code: "WITHDRAWN", place, message: `${said}; acknowledge WITHDRAWN to record it again` });
  }
  return faults;
}

async function sharing(database: Statements, kind: RecordKind, columns: readonly string[], draft: Row): Promise<PlannedRecord | undefined> {
  if (columns.some((column) => (draft[column] ?? null) === null)) return undefined;
  const [first = "", ...others] = columns;
  const rows = await rowsWhere(database, kind.table, ["id", kind.keyColumn, ...columns, ...textColumns(kind)], first, [String(draft[first])]);
  const found = rows.find((row) => row["id"] !== draft["id"] && others.every((column) => row[column] === draft[column]));
  return found && entryOf(kind, found);
}

// The parts of a record that messages use.
function entryOf({ table, keyColumn }: RecordKind, row: Row): PlannedRecord {
  return { table, id: String(row["id"]), key: String(row[keyColumn]), row: { ...row }, stored: row, changed: new Set(), hasChangedDetails: false };
}
