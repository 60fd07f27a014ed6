import type { Fault, Place } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import { newChangeSet } from "./change.set.js";
import { keyPartsAfter } from "./keys.js";
import { kindOf, type Links } from "./links.js";
import type { Plan, PlanRule } from "./plan.js";
import { planChanges } from "./planning/planner.js";
import { columnsOf, columnsOfTable, type Cell, type Detail, type DesiredRecord, type RecordKind, type Row } from "./records.js";
import { deleteRows, insertRows, rowsWhere, type Statements } from "./store.js";
import { writePlan } from "./write.js";

/** Two records that are one. */
export interface MergedRecords {
  /** The kind of both. */
  readonly kind: RecordKind;
  /** The id of the record that goes. */
  readonly gone: string;
  /** The id of the record that stays. */
  readonly stays: string;
  /** Whether the one that stays is right where the two contradict each other. */
  readonly yields: boolean;
}

/** A row of a detail that lists a record which goes. */
interface Relisting {
  readonly detail: Detail;
  readonly owner: Cell;
  readonly from: string;
  readonly to: string;
}

/** The changes for merging two records. Write it only without faults. */
export interface Merging {
  readonly plan: Plan;
  readonly relistings: readonly Relisting[];
  readonly faults: readonly Fault[];
}

/** The new ids of merged records, by table and old id. */
type Ways = Map<string, Map<string, string>>;

// Parts have parts, and an office has tenures; nothing is deeper than this.
const mostRounds = 10;

/**
 * Plans the merge of two records. References to the source point to the target, equal parts are merged, and values that
 * only one has are kept; contradictions are faults. Writes nothing.
 * @param place The place of faults.
 */
export async function planMerging(
  database: Statements,
  kinds: readonly RecordKind[],
  links: Links,
  records: MergedRecords,
  place: Place,
  rules: readonly PlanRule[] = [],
): Promise<Merging> {
  const { kind, gone, stays } = records;
  const ways: Ways = new Map([[kind.table, new Map([[gone, stays]])]]);
  const renamed: Ways = new Map();
  const gathering = newGathering(database, kinds, links, ways, renamed);
  let plan: Plan | undefined;
  // A part that proves equal to another takes its references along, which may make further parts equal.
  for (let round = 0; round < mostRounds; round += 1) {
    const changeSet = newChangeSet();
    await gathering.draftMoves(changeSet, records, place);
    plan = await planChanges(database, kinds, changeSet, rules);
    const isMore = [noteUnions(plan, ways), noteNames(plan, renamed)].includes(true);
    if (plan.faults.length > 0 || !isMore) break;
  }
  if (plan === undefined) throw new Error("nothing was planned");
  return { plan, relistings: await gathering.relistings(), faults: plan.faults };
}

/** Writes a merge. The source is still found by its old id and key. */
export async function writeMerging(database: Statements, { plan, relistings }: Merging): Promise<void> {
  for (const { detail, owner, from, to } of relistings) {
    const held = await rowsWhere(database, detail.table, [detail.identity], detail.owner, [String(owner)]);
    if (!held.some((row) => row[detail.identity] === to)) await insertRows(database, detail.table, [{ [detail.owner]: owner, [detail.identity]: to }]);
    await deleteRows(database, detail.table, [detail.owner, detail.identity], [{ [detail.owner]: owner, [detail.identity]: from }]);
  }
  await writePlan(database, plan);
}

function noteUnions({ merges: unions }: Plan, ways: Ways): boolean {
  const fresh = unions.filter(({ source: gone }) => ways.get(gone.table)?.has(gone.id) !== true);
  for (const { source: gone, target: into } of fresh) put(ways, gone.table, gone.id, into.id);
  return fresh.length > 0;
}

function noteNames({ records: entries }: Plan, renamed: Ways): boolean {
  const fresh = entries.filter(({ table, id, key, stored, desired }) => {
    const before = desired === undefined ? undefined : stored?.[desired.kind.keyColumn];
    return before !== undefined && before !== key && renamed.get(table)?.get(id) !== key;
  });
  for (const { table, id, key } of fresh) put(renamed, table, id, key);
  return fresh.length > 0;
}

function put(ways: Ways, table: string, id: string, to: string): void {
  ways.set(table, (ways.get(table) ?? new Map<string, string>()).set(id, to));
}

function newGathering(database: Statements, kinds: readonly RecordKind[], links: Links, ways: Ways, renamed: Ways) {
  const keys = new Map<string, string>();

  /** Adds a move for each record that goes, that refers to one that goes, or whose key follows from one. */
  async function draftMoves(changeSet: ChangeSet, { gone, stays, yields }: MergedRecords, place: Place): Promise<void> {
    const moved = new Map<string, DesiredRecord>();
    for (const table of new Set(kinds.map((kind) => kind.table))) {
      const rows = await rowsOf(table);
      await lookUpKeys(table, rows);
      const details = await detailsOf(table, rows);
      for (const row of rows) {
        const id = String(row["id"]);
        const kind = kindOf(kinds, table, row);
        const cells = redirected(kind, row);
        const isRoot = id === gone;
        const key = isRoot ? (keys.get(`${table}\n${stays}`) ?? "") : nextKey(kind, row, cells);
        const about = Object.keys(kind.fields).map((column) => (kind.fields[column]?.type === "owner" ? moved.get(String(row[column])) : undefined)).find((desired) => desired !== undefined);
        const revision = { type: "move", id, cells, details: details.get(id) ?? new Map<string, readonly Row[]>(), yields, ...(isRoot ? { target: stays } : {}) } as const;
        moved.set(id, changeSet.add(kind, key, place, {}, about, revision));
      }
    }
  }

  async function rowsOf(table: string): Promise<Row[]> {
    const columns = columnsOfTable(kinds, table);
    const rows = new Map<string, Row>();
    const add = (found: readonly Row[]): void => { for (const row of found) rows.set(String(row["id"]), row); };
    add(await rowsWhere(database, table, columns, "id", ways.get(table)?.keys() ?? []));
    for (const link of links.columns) {
      if (link.table !== table) continue;
      const goals = [...(ways.get(link.to)?.keys() ?? []), ...(isKeyedBy(table, link.column) ? (renamed.get(link.to)?.keys() ?? []) : [])];
      if (goals.length > 0) add(await rowsWhere(database, table, columns, link.column, goals));
    }
    const keyColumn = keyColumnOf(table);
    return [...rows.values()].sort(
      (one, other) => Number(one["position"] ?? 0) - Number(other["position"] ?? 0) || (String(one[keyColumn]) < String(other[keyColumn]) ? -1 : 1),
    );
  }

  function keyColumnOf(table: string): string {
    return kinds.find((kind) => kind.table === table)?.keyColumn ?? "key";
  }

  function isKeyedBy(table: string, column: string): boolean {
    return kinds.some(
      ({ table: name, keyedBy = [], fields }) =>
        name === table && keyedBy.some((word) => word !== null && fields[word]?.type === "reference" && columnsOf(word, fields[word])[0] === column),
    );
  }

  // The keys of the records themselves, of all that they refer to, and of where these are from now on.
  async function lookUpKeys(table: string, rows: readonly Row[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    const want = (to: string, id: Cell | undefined): void => {
      if (typeof id !== "string" || keys.has(`${to}\n${id}`)) return;
      wanted.set(to, (wanted.get(to) ?? new Set()).add(id));
    };
    for (const row of rows) {
      want(table, row["id"]);
      for (const { to, column } of links.columns.filter((link) => link.table === table)) want(to, row[column]);
    }
    for (const [to, ids] of ways) for (const id of ids.values()) want(to, id);
    for (const [to, ids] of wanted) {
      const keyColumn = keyColumnOf(to);
      for (const row of await rowsWhere(database, to, ["id", keyColumn], "id", ids)) keys.set(`${to}\n${String(row["id"])}`, String(row[keyColumn]));
    }
  }

  function redirected(kind: RecordKind, row: Row): Row {
    const cells: Record<string, Cell | undefined> = { ...row };
    for (const { table, column, to } of links.columns) {
      const id = table === kind.table ? row[column] : undefined;
      if (typeof id === "string") cells[column] = goalOf(to, id);
    }
    return cells;
  }

  function goalOf(table: string, id: string): string {
    let goal = id;
    for (let next = ways.get(table)?.get(goal); next !== undefined; next = ways.get(table)?.get(goal)) goal = next;
    return goal;
  }

  // A numbered key keeps its shared prefix and gets a new number.
  function nextKey(kind: RecordKind, row: Row, cells: Row): string {
    const key = String(row[kind.keyColumn]);
    const keyOf = (table: string, id: Cell): string => {
      const name = `${table}\n${String(id)}`;
      return renamed.get(table)?.get(String(id)) ?? keys.get(name) ?? "";
    };
    const before = (table: string, id: Cell): string => keys.get(`${table}\n${String(id)}`) ?? "";
    const parts = keyPartsAfter(kind, key, row, cells, before, keyOf);
    if (parts === undefined) return key;
    return kind.identify === undefined ? parts.start + parts.rest : parts.start;
  }

  async function detailsOf(table: string, rows: readonly Row[]): Promise<Map<string, Map<string, readonly Row[]>>> {
    const found = new Map<string, Map<string, Row[]>>();
    const details = new Set(kinds.filter((kind) => kind.table === table).flatMap((kind) => kind.details ?? []));
    for (const detail of details) {
      const columns = [detail.owner, detail.identity, ...detail.columns];
      for (const row of await rowsWhere(database, detail.table, columns, detail.owner, rows.map(({ id }) => String(id)))) {
        const owner = String(row[detail.owner]);
        const identity = detail.to === undefined ? row[detail.identity] : goalOf(detail.to, String(row[detail.identity]));
        const here = found.get(owner) ?? new Map<string, Row[]>();
        found.set(owner, here.set(detail.table, [...(here.get(detail.table) ?? []), { ...row, [detail.identity]: identity }]));
      }
    }
    return found;
  }

  /** Rows of details that list a record that goes, of records that stay. */
  async function relistings(): Promise<Relisting[]> {
    const found: Relisting[] = [];
    for (const { kind, detail, to } of links.listings) {
      for (const row of await rowsWhere(database, detail.table, [detail.owner, detail.identity], detail.identity, ways.get(to)?.keys() ?? [])) {
        if (ways.get(kind.table)?.has(String(row[detail.owner])) === true) continue;
        const from = String(row[detail.identity]);
        found.push({ detail, owner: row[detail.owner] ?? null, from, to: goalOf(to, from) });
      }
    }
    return found;
  }

  return { draftMoves, relistings };
}
