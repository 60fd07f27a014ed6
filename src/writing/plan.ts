import { at, didYouMean, shown, type Fault, type Place, type Step } from "../lib/faults.js";
import { makeId } from "../lib/ids.js";
import { parsePartialDate, PartialDateError } from "../lib/partial-dates.js";
import type { Drafts } from "./drafts.js";
import {
  columnsOf,
  inputPath,
  isLacking,
  valueAt,
  type Cell,
  type Detail,
  type Draft,
  type Entry,
  type Field,
  type Look,
  type Parent,
  type Pending,
  type RecordKind,
  type ReferenceField,
  type Row,
  type Unique,
} from "./records.js";
import { keysNear, rowsWhere, sameCell, type Statements } from "./store.js";

/** Rows of a detail that are new, or that change. */
export interface DetailChange {
  readonly detail: Detail;
  readonly row: Row;
  readonly isNew: boolean;
}

// To look for a similar key takes time; who gets a hundred of them wrong has another problem.
const mostHints = 100;
// Keys of the record that are compared with those wrong ones, of each table.
const mostKeys = 5_000;

/** What a set of drafts means for the record. Only a plan without faults may be applied. */
export interface Plan {
  /** The records that the drafts speak of, in an order in which they can be written. */
  readonly entries: readonly Entry[];
  readonly details: readonly DetailChange[];
  readonly faults: readonly Fault[];
}

/** A rule over everything that the drafts touch. */
export type PlanRule = (pending: readonly Pending[], look: Look) => void;

interface Table {
  readonly name: string;
  readonly keyColumn: string;
  readonly kinds: readonly RecordKind[];
  readonly columns: readonly string[];
  readonly byKey: Map<string, Entry>;
  readonly byId: Map<string, Entry>;
}

/**
 * Works out what drafts change: finds the records they mean, resolves what they refer to, and unites what they say with
 * what the record holds. Reads from the database, a bounded number of statements per kind; writes nothing.
 *
 * What is not said changes nothing; what was unknown becomes known; what contradicts the record is a fault, except
 * where a kind's `precedence` or a flag's `becomes` says that time has moved on. Lists are united, never shortened.
 * @param kinds all kinds of records, each after those it refers to.
 */
export async function planChanges(
  database: Statements,
  kinds: readonly RecordKind[],
  drafts: Drafts,
  rules: readonly PlanRule[] = [],
): Promise<Plan> {
  const planner = newPlanner(database, kinds, drafts);
  for (const table of planner.tables.values()) await planner.unite(table);
  await planner.followCycles();
  await planner.suggestKeys();
  planner.checkRules(rules);
  return planner.plan();
}

function newPlanner(database: Statements, kinds: readonly RecordKind[], drafts: Drafts) {
  const tables = tablesOf(kinds);
  const faults: Fault[] = [...drafts.faults];
  const details: DetailChange[] = [];
  const touched: Pending[] = [];
  const pendingOf = new Map<Draft, Pending>();
  const entryOf = new Map<Draft, Entry>();
  const siblingsOf = new Map<string, Map<string, Entry[]>>();
  const references = referencedKeys(drafts.drafts);
  const unresolved: { readonly table: Table; readonly key: string; readonly fault: { message: string } }[] = [];

  const look: Look = {
    byId: (table, id) => (typeof id === "string" ? tables.get(table)?.byId.get(id) : undefined),
    ofDraft: (draft) => entryOf.get(draft),
    siblings: (table, column, id) =>
      (typeof id === "string" ? siblingsOf.get(`${table}.${column}`)?.get(id) : undefined) ?? [],
    placeOf(entry, column) {
      const pending = entry.draft === undefined ? undefined : pendingOf.get(entry.draft);
      if (pending === undefined) return { file: null, path: [] };
      return (column === undefined ? undefined : pending.places.get(column)) ?? pending.draft.place;
    },
    report: (fault) => void faults.push(fault),
  };

  async function unite(table: Table): Promise<void> {
    const pending = drafts.drafts.filter(({ kind }) => kind.table === table.name).map(newPending);
    for (const one of pending) pendingOf.set(one.draft, one);
    const named = pending.filter(({ draft }) => draft.kind.identify === undefined);
    const unnamed = pending.filter(({ draft }) => draft.kind.identify !== undefined);
    const keys = new Set([...named.map(({ draft }) => draft.key), ...(references.get(table.name) ?? [])]);
    await lookUp(table, table.keyColumn, keys);

    // What has a key can be referred to by its own kind, so it is registered before anything is resolved; what is yet to
    // be identified is found by what it refers to, so it is resolved first.
    for (const one of named) register(table, one, one.draft.key);
    for (const one of pending) resolve(one);
    await lookUpSiblings(table, pending);
    identify(table, unnamed);
    for (const one of named) joinSiblings(table, one);
    await lookUpHeldReferences(pending);
    for (const one of pending) merge(one);
    await checkUnique(table, pending);
    await mergeDetails(pending);
    touched.push(...pending);
  }

  async function lookUp(table: Table, column: string, values: Iterable<string>): Promise<Entry[]> {
    const rows = await rowsWhere(database, table.name, table.columns, column, values);
    return rows.map((row) => hold(table, row));
  }

  function hold(table: Table, row: Row): Entry {
    const id = String(row["id"]);
    const held = table.byId.get(id);
    if (held !== undefined) return held;
    const key = String(row[table.keyColumn]);
    const entry: Entry = {
      table: table.name,
      id,
      key,
      row: { ...row, ...daysOf(table, row) },
      stored: row,
      changed: new Set(),
      hasChangedDetails: false,
    };
    table.byId.set(id, entry);
    table.byKey.set(key, entry);
    return entry;
  }

  function register(table: Table, pending: Pending, key: string): void {
    const { kind, place } = pending.draft;
    const held = pending.match ?? table.byKey.get(key);
    if (held?.draft !== undefined) {
      pending.isSpoiled = true;
      // Where citations were left out, those keys are alike that would be told apart by them.
      if (pending.draft.leftOut.has("cite") || held.draft.leftOut.has("cite")) return;
      const first = held.draft.place;
      look.report({ code: "DUPLICATE", place, message: `the ${kind.label} ${shown(held.key)} is given twice`, other: first });
      return;
    }
    const entry = held ?? newEntry(table, kind, key);
    entry.draft = pending.draft;
    entryOf.set(pending.draft, entry);
    const other = Object.entries(kind.fixed ?? {}).find(([column, cell]) => !sameCell(entry.row[column], cell));
    if (other !== undefined) {
      pending.isSpoiled = true;
      const label = table.kinds.find(({ fixed }) => sameCell(fixed?.[other[0]], entry.row[other[0]]))?.label ?? "something else";
      look.report({ code: "CONFLICT", place, message: `${shown(key)} is no ${kind.label}, the record knows it as ${article(label)}` });
    }
  }

  function newEntry(table: Table, kind: RecordKind, key: string): Entry {
    const id = makeId(kind.prefix, key);
    const row: Record<string, Cell | undefined> = { id, [table.keyColumn]: key, ...kind.fixed };
    for (const [name, field] of Object.entries(kind.fields)) {
      for (const column of columnsOf(name, field)) row[column] = initialCell(field);
    }
    const entry: Entry = { table: table.name, id, key, row, stored: null, changed: new Set(), hasChangedDetails: false };
    table.byId.set(id, entry);
    table.byKey.set(key, entry);
    return entry;
  }

  function resolve(pending: Pending): void {
    const { kind, input, place } = pending.draft;
    for (const [name, field] of Object.entries(kind.fields)) {
      const path = inputPath(name, field);
      const value = field.type === "owner" ? undefined : valueAt(input, path);
      if (value === undefined) continue;
      const where = at(place, ...path);
      const columns = columnsOf(name, field);
      const cells = cellsOf(field, path[0], value, where, pending);
      columns.forEach((column, index) => {
        pending.given[column] = cells[index];
        pending.places.set(column, where);
      });
    }
  }

  function cellsOf(field: Field, property: Step, value: unknown, place: Place, pending: Pending): readonly (Cell | undefined)[] {
    if (field.type === "reference") {
      const key = keyOf(field, value);
      const found = referTo(field.to, key, place, field.only);
      if (found === undefined) pending.lacking.add(property);
      return [found?.id];
    }
    if (field.type !== "date") return [value as Cell];
    try {
      const { text, earliest, latest } = parsePartialDate(String(value));
      return [text, earliest, latest];
    } catch (error) {
      if (!(error instanceof PartialDateError)) throw error;
      pending.lacking.add(property);
      look.report({ code: "INVALID", place, message: error.message });
      return [];
    }
  }

  function referTo(to: string, key: string, place: Place, only?: ReferenceField["only"]): Entry | undefined {
    const table = tables.get(to);
    const entry = table?.byKey.get(key);
    const label = only?.label ?? table?.kinds.map((kind) => kind.label).join(" or ") ?? to;
    if (entry === undefined) {
      if (drafts.isSpoiled(to, key)) return undefined;
      const fault: Fault & { message: string } = { code: "NOT_FOUND", place, message: `there is no ${label} ${shown(key)}, neither given here nor in the record` };
      look.report(fault);
      if (table !== undefined && unresolved.length < mostHints) unresolved.push({ table, key, fault });
      return undefined;
    }
    const fits = Object.entries(only?.cells ?? {}).every(([column, cell]) => sameCell(entry.row[column], cell));
    if (!fits) look.report({ code: "INVALID", place, message: `${shown(key)} is no ${label}` });
    return fits ? entry : undefined;
  }

  async function lookUpSiblings(table: Table, pending: readonly Pending[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    for (const one of pending) {
      if (one.draft.kind.identify === undefined && one.draft.kind.positioned === undefined) continue;
      const parent = parentOf(one, look);
      if (parent === undefined) continue;
      const ids = wanted.get(parent.column) ?? new Set();
      wanted.set(parent.column, ids.add(parent.id));
    }
    for (const [column, ids] of wanted) {
      for (const entry of await lookUp(table, column, ids)) addSibling(table, column, entry);
    }
  }

  function addSibling(table: Table, column: string, entry: Entry): void {
    const parent = entry.row[column];
    if (typeof parent !== "string") return;
    const index = siblingsOf.get(`${table.name}.${column}`) ?? new Map<string, Entry[]>();
    siblingsOf.set(`${table.name}.${column}`, index);
    const siblings = index.get(parent);
    if (siblings === undefined) index.set(parent, [entry]);
    else if (!siblings.includes(entry)) siblings.push(entry);
  }

  function identify(table: Table, unnamed: readonly Pending[]): void {
    for (const kind of new Set(unnamed.map(({ draft }) => draft.kind))) {
      const here = unnamed.filter((one) => one.draft.kind === kind);
      for (const one of here) one.isSpoiled ||= !isIdentifiable(one);
      const able = here.filter(({ isSpoiled }) => !isSpoiled);
      kind.identify?.(able, look);
      for (const one of able) {
        if (one.key === undefined) one.isSpoiled = true;
        else register(table, one, one.key);
        joinSiblings(table, one);
      }
    }
  }

  // A part whose whole could not be read is not at fault itself. Of which record of the whole a part speaks cannot be
  // told from half of what it says, but in a new whole it is a new one.
  function isIdentifiable(one: Pending): boolean {
    const { kind } = one.draft;
    const field = kind.within === undefined ? undefined : kind.fields[kind.within];
    if (field?.type !== "reference") return true;
    const whole = look.byId(field.to, parentOf(one, look)?.id);
    return whole !== undefined && (whole.stored === null || one.lacking.size === 0);
  }

  function joinSiblings(table: Table, one: Pending): void {
    const entry = entryOf.get(one.draft);
    const parent = parentOf(one, look);
    if (entry === undefined || parent === undefined) return;
    if (entry.stored === null && !one.isSpoiled) {
      entry.row[parent.column] = parent.id;
      if (one.draft.kind.positioned) entry.row["position"] = nextPosition(look.siblings(table.name, parent.column, parent.id));
    }
    addSibling(table, parent.column, entry);
  }

  // So that a contradiction can name what the record holds instead of its id.
  async function lookUpHeldReferences(pending: readonly Pending[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    for (const one of pending) {
      const stored = entryOf.get(one.draft)?.stored;
      if (stored === null || stored === undefined) continue;
      for (const field of Object.values(one.draft.kind.fields)) {
        if (field.type !== "reference") continue;
        const held = stored[field.column];
        if (typeof held === "string" && !tables.get(field.to)?.byId.has(held)) {
          wanted.set(field.to, (wanted.get(field.to) ?? new Set()).add(held));
        }
      }
    }
    for (const [name, ids] of wanted) {
      const table = tables.get(name);
      if (table !== undefined) await lookUp(table, "id", ids);
    }
  }

  function merge(pending: Pending): void {
    const entry = entryOf.get(pending.draft);
    if (entry === undefined || pending.isSpoiled) return;
    const { kind, place } = pending.draft;
    const precedence = entry.stored === null ? "neither" : (kind.precedence?.(entry.row, pending.given) ?? "neither");
    if (precedence === "stored") return;
    for (const [name, field] of Object.entries(kind.fields)) {
      const [column] = columnsOf(name, field);
      const given = pending.given[column] ?? null;
      const held = entry.row[column] ?? null;
      if (given === null || sameCell(held, given)) continue;
      const outcome = uniteCells(field, held, given, precedence, entry.stored === null);
      if (outcome === "conflict") reportConflict(entry, name, field, held, given, pending);
      else if (outcome !== "held") setCells(entry, name, field, outcome === "given" ? pending.given : { [column]: outcome });
    }
    for (const [name, field] of Object.entries(kind.fields)) {
      const path = inputPath(name, field);
      if (field.required && (entry.row[columnsOf(name, field)[0]] ?? null) === null && !isLacking(pending, path[0])) {
        const said = path.join(".");
        look.report({ code: "MISSING", place, message: `a new ${kind.label} needs ${said}, and ${shown(entry.key)} has none` });
      }
    }
  }

  function reportConflict(entry: Entry, name: string, field: Field, held: Cell, given: Cell, pending: Pending): void {
    const [column] = columnsOf(name, field);
    const { kind, place } = pending.draft;
    const [one, other] = differing(keyed(field, held), keyed(field, given));
    look.report({
      code: "CONFLICT",
      place: pending.places.get(column) ?? place,
      message: `${inputPath(name, field).join(".")} of the ${kind.label} ${shown(entry.key)} is ${one} in the record and ${other} here; a correction is made on its own, not by loading`,
    });
  }

  function keyed(field: Field, cell: Cell): Cell {
    return field.type === "reference" ? (look.byId(field.to, cell)?.key ?? cell) : cell;
  }

  // The database holds it as well, but cannot say where it was given.
  async function checkUnique(table: Table, pending: readonly Pending[]): Promise<void> {
    for (const unique of new Set(pending.flatMap(({ draft }) => draft.kind.unique ?? []))) {
      const entries = pending.flatMap(({ draft }) => (draft.kind.unique?.includes(unique) ? (entryOf.get(draft) ?? []) : []));
      const moved = entries.filter((entry) => valuesOf(entry.row, unique) !== undefined && unique.columns.some((column) => entry.changed.has(column)));
      const owners = new Map<string, Entry>();
      const [first] = unique.columns;
      // A record that was looked up may be about to change, so what counts is what it will be.
      for (const held of await lookUp(table, first, new Set(moved.map(({ row }) => String(row[first]))))) {
        const values = valuesOf(held.row, unique);
        if (values !== undefined && !moved.includes(held)) owners.set(values, held);
      }
      for (const entry of moved) {
        const values = valuesOf(entry.row, unique) ?? "";
        const owner = owners.get(values);
        if (owner === undefined) owners.set(values, entry);
        else look.report({ code: "CONFLICT", place: look.placeOf(entry, unique.columns.at(-1)), message: unique.message(entry, owner) });
      }
    }
  }

  async function mergeDetails(pending: readonly Pending[]): Promise<void> {
    const kindsHere = new Set(pending.map(({ draft }) => draft.kind));
    for (const kind of kindsHere) {
      const able = pending.filter((one) => one.draft.kind === kind && !one.isSpoiled && entryOf.has(one.draft));
      for (const detail of kind.details ?? []) await mergeDetail(detail, able);
    }
  }

  async function mergeDetail(detail: Detail, pending: readonly Pending[]): Promise<void> {
    const given = pending.map((one) => ({ one, rows: detail.read(one.draft.input) })).filter(({ rows }) => rows.length > 0);
    const stored = given.flatMap(({ one }) => entryOf.get(one.draft) ?? []).filter((entry) => entry.stored !== null);
    const columns = [detail.owner, detail.identity, ...detail.columns];
    const held = new Map<string, Row>();
    for (const row of await rowsWhere(database, detail.table, columns, detail.owner, stored.map(({ id }) => id))) {
      held.set(`${String(row[detail.owner])}\n${String(row[detail.identity])}`, row);
    }
    for (const { one, rows } of given) {
      const entry = entryOf.get(one.draft);
      const changes = new Map<string, { row: Record<string, Cell | undefined>; isNew: boolean; isChanged: boolean }>();
      for (const { steps, cells } of rows) {
        const place = at(one.draft.place, ...steps);
        const identity = detail.to === undefined ? cells[detail.identity] : referTo(detail.to, String(cells[detail.identity]), place)?.id;
        if (entry === undefined || identity === undefined) continue;
        const key = `${entry.id}\n${String(identity)}`;
        const known = held.get(key);
        const change = changes.get(key) ?? {
          row: known === undefined ? blankRow(detail, entry.id, identity) : { ...known },
          isNew: known === undefined,
          isChanged: known === undefined,
        };
        changes.set(key, change);
        if (mergeDetailCells(detail, change.row, cells, place, entry)) change.isChanged = true;
      }
      for (const { row, isNew, isChanged } of changes.values()) {
        if (!isChanged || entry === undefined) continue;
        entry.hasChangedDetails = true;
        details.push({ detail, row, isNew });
      }
    }
  }

  function mergeDetailCells(detail: Detail, row: Record<string, Cell | undefined>, cells: Row, place: Place, entry: Entry): boolean {
    let isChanged = false;
    for (const column of detail.columns) {
      const given = cells[column] ?? null;
      const held = row[column] ?? null;
      if (given === null || sameCell(given, held)) continue;
      if (held === null) {
        row[column] = given;
        isChanged = true;
      } else if (detail.keeps?.includes(column) !== true) {
        const message = `${column} of ${shown(row[detail.identity])} at ${shown(entry.key)} is ${shown(held)} in the record and ${shown(given)} here`;
        look.report({ code: "CONFLICT", place, message });
      }
    }
    return isChanged;
  }

  // From each record that now refers to another of its kind, upwards; what is not known yet is looked up level by level.
  async function followCycles(): Promise<void> {
    for (const table of tables.values()) {
      for (const kind of table.kinds) {
        for (const [name, field] of Object.entries(kind.fields)) {
          if (field.type === "reference" && field.acyclic) await followField(table, kind, name, field);
        }
      }
    }
  }

  async function followField(table: Table, kind: RecordKind, name: string, field: ReferenceField): Promise<void> {
    const changed = touched.flatMap(({ draft }) => (draft.kind === kind ? (entryOf.get(draft) ?? []) : []));
    const starts = changed.filter((entry) => entry.changed.has(field.column) || entry.stored === null);
    for (;;) {
      const missing = new Set<string>();
      for (const start of starts) {
        const end = topOf(table, start, field.column).missing;
        if (end !== undefined) missing.add(end);
      }
      if (missing.size === 0) break;
      await lookUp(table, "id", missing);
    }
    for (const start of starts) {
      if (!topOf(table, start, field.column).isCycle) continue;
      const message = `${inputPath(name, field).join(".")} of ${shown(start.key)} leads back to it`;
      look.report({ code: "INVALID", place: look.placeOf(start, field.column), message });
    }
  }

  // The keys nearest to those that mean nothing, among what is given and what the record holds.
  async function suggestKeys(): Promise<void> {
    for (const table of new Set(unresolved.map((one) => one.table))) {
      const here = unresolved.filter((one) => one.table === table);
      const held = await keysNear(database, table.name, table.keyColumn, here.map(({ key }) => key), mostKeys);
      const candidates = new Set([...table.byKey.keys(), ...held]);
      for (const { key, fault } of here) fault.message += didYouMean(key, candidates);
    }
  }

  function checkRules(rules: readonly PlanRule[]): void {
    const groups = new Map<string, { kind: RecordKind; parent: Entry; siblings: readonly Entry[] }>();
    for (const one of touched) {
      const entry = entryOf.get(one.draft);
      if (entry === undefined || one.isSpoiled || !isTouched(entry)) continue;
      const { kind } = one.draft;
      // A rule weighs values against each other; where one is at fault there is nothing to weigh.
      if (one.lacking.size === 0) kind.check?.(entry, look);
      const field = kind.within === undefined ? undefined : kind.fields[kind.within];
      if (kind.checkSiblings === undefined || field?.type !== "reference") continue;
      const parent = look.byId(field.to, entry.row[field.column]);
      if (parent === undefined) continue;
      groups.set(`${kind.table}\n${parent.id}`, { kind, parent, siblings: look.siblings(kind.table, field.column, parent.id) });
    }
    for (const { kind, parent, siblings } of groups.values()) kind.checkSiblings?.(parent, siblings, look);
    for (const rule of rules) rule(touched, look);
  }

  function plan(): Plan {
    const entries = [...tables.values()].flatMap((table) => inWritingOrder(table, [...table.byId.values()].filter(({ draft }) => draft !== undefined)));
    return { entries, details, faults };
  }

  return { tables, unite, followCycles, suggestKeys, checkRules, plan };
}

/** Whether anything is written for a record. */
export function isTouched(entry: Entry): boolean {
  return entry.stored === null || entry.changed.size > 0 || entry.hasChangedDetails;
}

function tablesOf(kinds: readonly RecordKind[]): Map<string, Table> {
  const tables = new Map<string, Table>();
  for (const { table: name, keyColumn } of kinds) {
    if (tables.has(name)) continue;
    const here = kinds.filter(({ table }) => table === name);
    const columns = new Set(["id", keyColumn]);
    for (const kind of here) {
      for (const column of Object.keys(kind.fixed ?? {})) columns.add(column);
      for (const [field, declared] of Object.entries(kind.fields)) columns.add(columnsOf(field, declared)[0]);
      if (kind.positioned) columns.add("position");
    }
    tables.set(name, { name, keyColumn, kinds: here, columns: [...columns], byKey: new Map(), byId: new Map() });
  }
  return tables;
}

function referencedKeys(drafts: readonly Draft[]): Map<string, Set<string>> {
  const keys = new Map<string, Set<string>>();
  function want(table: string, key: string): void {
    const wanted = keys.get(table);
    if (wanted === undefined) keys.set(table, new Set([key]));
    else wanted.add(key);
  }
  for (const { kind, input } of drafts) {
    for (const [name, field] of Object.entries(kind.fields)) {
      const value = field.type === "reference" ? valueAt(input, inputPath(name, field)) : undefined;
      if (field.type === "reference" && value !== undefined) want(field.to, keyOf(field, value));
    }
    for (const detail of kind.details ?? []) {
      if (detail.to === undefined) continue;
      for (const { cells } of detail.read(input)) want(detail.to, String(cells[detail.identity]));
    }
  }
  return keys;
}

// Only the texts of partial dates are read; their days follow from them.
function daysOf(table: Table, row: Row): Row {
  const days: Record<string, Cell> = {};
  for (const kind of table.kinds) {
    for (const [name, field] of Object.entries(kind.fields)) {
      const text = field.type === "date" ? row[name] : undefined;
      if (typeof text !== "string") continue;
      const { earliest, latest } = parsePartialDate(text);
      days[`${name}Earliest`] = earliest;
      days[`${name}Latest`] = latest;
    }
  }
  return days;
}

function keyOf(field: ReferenceField, value: unknown): string {
  return field.spelling === undefined ? String(value) : field.spelling.toKey(value);
}

function newPending(draft: Draft): Pending {
  return { draft, given: {}, places: new Map(), key: undefined, match: undefined, lacking: new Set(draft.leftOut), isSpoiled: false };
}

function parentOf(pending: Pending, look: Look): Parent | undefined {
  const { kind } = pending.draft;
  if (kind.parent !== undefined) return kind.parent(pending, look);
  const field = kind.within === undefined ? undefined : kind.fields[kind.within];
  const id = field?.type === "reference" ? pending.given[field.column] : undefined;
  return field?.type === "reference" && typeof id === "string" ? { column: field.column, id } : undefined;
}

function nextPosition(siblings: readonly Entry[]): number {
  return siblings.reduce((next, { row }) => Math.max(next, Number(row["position"] ?? -1) + 1), 0);
}

function initialCell(field: Field): Cell {
  if (field.type === "flag") return field.initial ?? null;
  return field.type === "words" ? [] : null;
}

function uniteCells(field: Field, held: Cell, given: Cell, precedence: "neither" | "given", isNew: boolean): "held" | "given" | "conflict" | Cell[] & readonly string[] {
  if (field.type === "words") return [...new Set([...(held as readonly string[]), ...(given as readonly string[])])];
  if (held === null || isNew || precedence === "given") return "given";
  if (field.type === "flag" && field.becomes !== undefined) return given === field.becomes ? "given" : "held";
  return "conflict";
}

function setCells(entry: Entry, name: string, field: Field, cells: Row): void {
  for (const column of columnsOf(name, field)) {
    if (sameCell(entry.row[column], cells[column])) continue;
    entry.row[column] = cells[column];
    entry.changed.add(column);
  }
}

function blankRow(detail: Detail, owner: string, identity: Cell): Record<string, Cell | undefined> {
  const row: Record<string, Cell | undefined> = { [detail.owner]: owner, [detail.identity]: identity };
  for (const column of detail.columns) row[column] = null;
  return row;
}

function topOf(table: Table, start: Entry, column: string): { missing?: string; isCycle: boolean } {
  const seen = new Set<string>();
  let id = start.row[column];
  while (typeof id === "string" && !seen.has(id)) {
    if (id === start.id) return { isCycle: true };
    seen.add(id);
    const next = table.byId.get(id);
    if (next === undefined) return { missing: id, isCycle: false };
    id = next.row[column];
  }
  return { isCycle: false };
}

// What refers to another record of its own table comes after it.
function inWritingOrder(table: Table, entries: readonly Entry[]): Entry[] {
  const columns = table.kinds.flatMap((kind) =>
    Object.values(kind.fields).flatMap((field) => (field.type === "reference" && field.to === table.name ? [field.column] : [])),
  );
  if (columns.length === 0) return [...entries];
  const ordered = new Set<Entry>();
  const wanted = new Set(entries);
  for (const start of entries) {
    const waiting = [start];
    const below = new Set<Entry>();
    for (let entry = waiting.at(-1); entry !== undefined; entry = waiting.at(-1)) {
      below.add(entry);
      const { row } = entry;
      const above = columns.flatMap((column) => table.byId.get(String(row[column])) ?? []);
      const next = above.find((one) => wanted.has(one) && !ordered.has(one) && !below.has(one));
      if (next !== undefined) waiting.push(next);
      else {
        ordered.add(entry);
        waiting.pop();
      }
    }
  }
  return [...ordered];
}

function valuesOf(row: Row, { columns }: Unique): string | undefined {
  const values = columns.map((column) => row[column] ?? null);
  return values.includes(null) ? undefined : JSON.stringify(values);
}

// Two texts that differ only far in would look the same when abridged: then they are shown from where they part.
function differing(one: Cell, other: Cell): [string, string] {
  const [first, second] = [shown(one), shown(other)];
  if (first !== second || typeof one !== "string" || typeof other !== "string") return [first, second];
  let from = 0;
  while (from < one.length && one[from] === other[from]) from += 1;
  const start = Math.max(0, from - 20);
  return [`…${shown(one.slice(start))}`, `…${shown(other.slice(start))}`];
}

function article(label: string): string {
  return `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}`;
}
