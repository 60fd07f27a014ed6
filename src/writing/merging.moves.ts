import type { Place } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import { keyPartsAfter } from "./keys.js";
import { kindOf, type Links } from "./links.js";
import {
  type Cell,
  columnsOf,
  columnsOfTable,
  type DesiredRecord,
  keyColumnOf,
  type Move,
  type RecordKind,
  type Row,
} from "./records.js";
import { finalId, type Redirects } from "./redirects.js";
import { rowsWhere, type Statements } from "./store.js";

/** The state of a merging from round to round. */
export interface Merger {
  readonly database: Statements;
  readonly kinds: readonly RecordKind[];
  readonly links: Links;
  /** Merged records and their targets. */
  readonly redirects: Redirects;
  /** New keys by id. */
  readonly renamed: Redirects;
  /** Stored keys, by table and id. */
  readonly keys: Map<string, string>;
}

/** The records that move, and whether the target's values stay. */
interface Root {
  readonly source: string;
  readonly target: string;
  readonly yields: boolean;
}

/** Adds a move for each record that is merged, that refers to a merged one, or whose key follows from one. */
export async function addMoves(merger: Merger, changeSet: ChangeSet, root: Root, place: Place): Promise<void> {
  const { kinds, keys } = merger;
  const moved = new Map<string, DesiredRecord>();
  for (const table of new Set(kinds.map((kind) => kind.table))) {
    const rows = await movedRows(merger, table);
    await lookUpKeys(merger, table, rows);
    const details = await detailsOf(merger, table, rows);
    for (const row of rows) {
      const id = String(row["id"]);
      const kind = kindOf(kinds, table, row);
      const cells = redirectedCells(merger, kind, row);
      const isRoot = id === root.source;
      const key = isRoot ? (keys.get(`${table}\n${root.target}`) ?? "") : keyAfterMove(merger, kind, row, cells);
      const revision: Move = {
        type: "move",
        id,
        cells,
        details: details.get(id) ?? new Map(),
        yields: root.yields,
        ...(isRoot ? { target: root.target } : {}),
      };
      moved.set(id, changeSet.add(kind, key, place, {}, ownerOf(kind, row, moved), revision));
    }
  }
}

function ownerOf(
  { fields }: RecordKind,
  row: Row,
  moved: ReadonlyMap<string, DesiredRecord>,
): DesiredRecord | undefined {
  for (const [column, field] of Object.entries(fields)) {
    const owner = field.type === "owner" ? moved.get(String(row[column])) : undefined;
    if (owner !== undefined) return owner;
  }
  return undefined;
}

/** The rows of a table that move, in the order of their positions. */
async function movedRows({ database, kinds, links, redirects, renamed }: Merger, table: string): Promise<Row[]> {
  const columns = columnsOfTable(kinds, table);
  const rows = new Map<string, Row>();
  const add = (found: readonly Row[]): void => {
    for (const row of found) rows.set(String(row["id"]), row);
  };
  add(await rowsWhere(database, table, columns, "id", redirects.get(table)?.keys() ?? []));
  for (const link of links.columns) {
    if (link.table !== table) continue;
    const merged = redirects.get(link.to)?.keys() ?? [];
    const withNewKeys = isKeyedBy(kinds, table, link.column) ? (renamed.get(link.to)?.keys() ?? []) : [];
    const referred = [...merged, ...withNewKeys];
    if (referred.length > 0) add(await rowsWhere(database, table, columns, link.column, referred));
  }
  const keyColumn = keyColumnOf(kinds, table);
  return [...rows.values()].sort((one, other) => {
    const distance = Number(one["position"] ?? 0) - Number(other["position"] ?? 0);
    return distance || (String(one[keyColumn]) < String(other[keyColumn]) ? -1 : 1);
  });
}

/** Whether the keys of a table begin with the key of the record in a column. */
function isKeyedBy(kinds: readonly RecordKind[], table: string, column: string): boolean {
  const here = kinds.filter((kind) => kind.table === table);
  return here.some(({ keyedBy = [], fields }) =>
    keyedBy.some((name) => {
      const field = name === null ? undefined : fields[name];
      return name !== null && field?.type === "reference" && columnsOf(name, field)[0] === column;
    }),
  );
}

/** Reads the keys of rows, of the records that they refer to, and of all targets. */
async function lookUpKeys(merger: Merger, table: string, rows: readonly Row[]): Promise<void> {
  const { database, kinds, links, redirects, keys } = merger;
  const wanted = new Map<string, Set<string>>();
  const add = (to: string, id: Cell | undefined): void => {
    if (typeof id !== "string" || keys.has(`${to}\n${id}`)) return;
    wanted.set(to, (wanted.get(to) ?? new Set()).add(id));
  };
  const references = links.columns.filter((link) => link.table === table);
  for (const row of rows) {
    add(table, row["id"]);
    for (const { to, column } of references) add(to, row[column]);
  }
  for (const [to, targets] of redirects) for (const id of targets.values()) add(to, id);
  for (const [to, ids] of wanted) {
    const keyColumn = keyColumnOf(kinds, to);
    const found = await rowsWhere(database, to, ["id", keyColumn], "id", ids);
    for (const row of found) keys.set(`${to}\n${String(row["id"])}`, String(row[keyColumn]));
  }
}

function redirectedCells({ links, redirects }: Merger, kind: RecordKind, row: Row): Row {
  const cells: Record<string, Cell | undefined> = { ...row };
  for (const { table, column, to } of links.columns) {
    const id = table === kind.table ? row[column] : undefined;
    if (typeof id === "string") cells[column] = finalId(redirects, to, id);
  }
  return cells;
}

// Numbers distinguish records that share their first words, so the new key ends before the number.
function keyAfterMove({ keys, renamed }: Merger, kind: RecordKind, row: Row, cells: Row): string {
  const key = String(row[kind.keyColumn]);
  const stored = (table: string, id: Cell): string => keys.get(`${table}\n${String(id)}`) ?? "";
  const current = (table: string, id: Cell): string => renamed.get(table)?.get(String(id)) ?? stored(table, id);
  const parts = keyPartsAfter(kind, key, row, cells, stored, current);
  if (parts === undefined) return key;
  return kind.identify === undefined ? parts.start + parts.rest : parts.start;
}

/** The rows of the details of records: by id of the record, then by table. */
async function detailsOf(
  { database, kinds, redirects }: Merger,
  table: string,
  rows: readonly Row[],
): Promise<Map<string, Map<string, readonly Row[]>>> {
  const found = new Map<string, Map<string, Row[]>>();
  const ids = rows.map(({ id }) => String(id));
  const details = new Set(kinds.filter((kind) => kind.table === table).flatMap((kind) => kind.details ?? []));
  for (const { table: name, owner, identity, columns, to } of details) {
    for (const row of await rowsWhere(database, name, [owner, identity, ...columns], owner, ids)) {
      const named = to === undefined ? row[identity] : finalId(redirects, to, String(row[identity]));
      const id = String(row[owner]);
      const here = found.get(id) ?? new Map<string, Row[]>();
      found.set(id, here.set(name, [...(here.get(name) ?? []), { ...row, [identity]: named }]));
    }
  }
  return found;
}
