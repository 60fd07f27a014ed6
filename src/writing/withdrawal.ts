import { shown, type Fault, type Place } from "../lib/faults.js";
import { kindOf, type Link, type Links } from "./links.js";
import type { RecordKind } from "./records.js";
import { deleteRows, rowsWhere, type Statements } from "./store.js";

/** The records that a withdrawal removes, and those that prevent it. */
export interface Withdrawal {
  /** Ids by table, the record itself included. */
  readonly gone: ReadonlyMap<string, ReadonlySet<string>>;
  readonly faults: readonly Fault[];
}

/** A record that is to be withdrawn. */
export interface WithdrawnRecord {
  readonly kind: RecordKind;
  readonly id: string;
  readonly key: string;
}

// A list of the first twenty records is enough to see what to do.
const mostNamed = 20;

/**
 * Works out what goes when a record is withdrawn: its parts and citations, and theirs. It stays while other records
 * refer to any of it, and a citation stays while it is the only source of a fact. A bounded number of statements,
 * whatever belongs to it; writes nothing.
 */
export async function planWithdrawal(
  database: Statements,
  kinds: readonly RecordKind[],
  links: Links,
  record: WithdrawnRecord,
  place: Place,
): Promise<Withdrawal> {
  const gone = await partsOf(database, links, record);
  const referring = [
    ...(await referringRecords(database, kinds, links, gone)),
    ...(await listingRecords(database, kinds, links, gone)),
  ];
  const faults = referring.slice(0, mostNamed).map(({ label, key, name }): Fault => {
    const message = `the ${label} ${shown(key)} refers to ${shown(record.key)} in ${name}; withdraw or correct it first`;
    return { code: "REFERRED_TO", place, message };
  });
  const more = referring.length - mostNamed;
  if (more > 0)
    faults.push({ code: "REFERRED_TO", place, message: `${String(more)} more records refer to ${shown(record.key)}` });
  const last = await lastSourceFault(database, kinds, links, record, place);
  if (last !== undefined) faults.push(last);
  return { gone, faults };
}

/** The fault of withdrawing the only source of a record; undefined for other records. */
export async function lastSourceFault(
  database: Statements,
  kinds: readonly RecordKind[],
  links: Links,
  record: WithdrawnRecord,
  place: Place,
): Promise<Fault | undefined> {
  const only = await onlySource(database, kinds, links, record);
  if (only === undefined) return undefined;
  return {
    code: "UNCITED",
    place,
    message: `${shown(record.key)} is the only source of the ${only.label} ${shown(only.key)}; cite another one first, or withdraw the ${only.label}`,
  };
}

/** Takes away what is withdrawn, what refers before what it refers to. */
export async function writeWithdrawal(
  database: Statements,
  kinds: readonly RecordKind[],
  gone: Withdrawal["gone"],
): Promise<void> {
  for (const table of new Set(kinds.map((kind) => kind.table).reverse())) {
    const ids = [...(gone.get(table) ?? [])];
    if (ids.length > 0)
      await deleteRows(
        database,
        table,
        ["id"],
        ids.map((id) => ({ id })),
      );
  }
}

async function partsOf(
  database: Statements,
  { columns }: Links,
  { kind, id }: WithdrawnRecord,
): Promise<Map<string, Set<string>>> {
  const gone = new Map([[kind.table, new Set([id])]]);
  let last: ReadonlyMap<string, ReadonlySet<string>> = gone;
  while (last.size > 0) {
    const next = new Map<string, Set<string>>();
    for (const link of columns) {
      const wholes = link.isPart ? last.get(link.to) : undefined;
      if (wholes === undefined) continue;
      for (const row of await rowsWhere(database, link.table, ["id"], link.column, wholes)) {
        const part = String(row["id"]);
        if (gone.get(link.table)?.has(part) === true) continue;
        gone.set(link.table, (gone.get(link.table) ?? new Set()).add(part));
        next.set(link.table, (next.get(link.table) ?? new Set()).add(part));
      }
    }
    last = next;
  }
  return gone;
}

interface Referring {
  readonly label: string;
  readonly key: string;
  readonly name: string;
}

async function referringRecords(
  database: Statements,
  kinds: readonly RecordKind[],
  { columns }: Links,
  gone: Withdrawal["gone"],
): Promise<Referring[]> {
  const found: Referring[] = [];
  for (const link of columns) {
    const ids = gone.get(link.to);
    if (ids === undefined) continue;
    const rows = await rowsWhere(database, link.table, describing(kinds, link), link.column, ids);
    for (const row of rows.filter(({ id }) => gone.get(link.table)?.has(String(id)) !== true)) {
      found.push({ label: kindOf(kinds, link.table, row).label, key: String(row[link.keyColumn]), name: link.name });
    }
  }
  return inOrder(found);
}

async function listingRecords(
  database: Statements,
  kinds: readonly RecordKind[],
  { listings }: Links,
  gone: Withdrawal["gone"],
): Promise<Referring[]> {
  const found: Referring[] = [];
  for (const { kind, detail, to } of listings) {
    const ids = gone.get(to);
    if (ids === undefined) continue;
    const rows = await rowsWhere(database, detail.table, [detail.owner], detail.identity, ids);
    const owners = new Set(rows.map((row) => String(row[detail.owner])));
    const outside = [...owners].filter((id) => gone.get(kind.table)?.has(id) !== true);
    const [name = ""] = Object.keys(detail.write([], {}));
    for (const row of await rowsWhere(database, kind.table, describing(kinds, kind), "id", outside)) {
      found.push({ label: kindOf(kinds, kind.table, row).label, key: String(row[kind.keyColumn]), name });
    }
  }
  return inOrder(found);
}

function inOrder(found: Referring[]): Referring[] {
  return found.sort((one, other) => (one.label + one.key < other.label + other.key ? -1 : 1));
}

// The columns that say what a record is called and which kind it is of.
function describing(kinds: readonly RecordKind[], { table, keyColumn }: Pick<Link, "table" | "keyColumn">): string[] {
  const fixed = kinds.flatMap((kind) => (kind.table === table ? Object.keys(kind.fixed ?? {}) : []));
  return [...new Set(["id", keyColumn, ...fixed])];
}

async function onlySource(
  database: Statements,
  kinds: readonly RecordKind[],
  { columns }: Links,
  { kind, id }: WithdrawnRecord,
): Promise<Omit<Referring, "name"> | undefined> {
  const subjects = columns.filter((link) => link.table === kind.table && link.name === "cite");
  if (subjects.length === 0) return undefined;
  const [row] = await rowsWhere(
    database,
    kind.table,
    subjects.map(({ column }) => column),
    "id",
    [id],
  );
  const subject = subjects.find(({ column }) => typeof row?.[column] === "string");
  if (row === undefined || subject === undefined) return undefined;
  const about = String(row[subject.column]);
  const beside = await rowsWhere(database, kind.table, ["id"], subject.column, [about]);
  if (beside.length > 1) return undefined;
  const [cited] = kinds.filter(({ table }) => table === subject.to);
  if (cited === undefined) return undefined;
  const [found] = await rowsWhere(database, subject.to, describing(kinds, cited), "id", [about]);
  return found && { label: kindOf(kinds, subject.to, found).label, key: String(found[cited.keyColumn]) };
}
