import { at, didYouMean, shown, type Fault, type Place, type Step } from "../lib/faults.js";
import { makeId } from "../lib/ids.js";
import { parsePartialDate, PartialDateError } from "../lib/partial-dates.js";
import { correctedRows, isCorrected } from "./corrections.js";
import { formerRows, formerVersions, type FormerRows } from "./decisions.js";
import { keyAfter } from "./keys.js";
import { actText, formerNames, formerText, type FormerName } from "./names.js";
import type { ChangeSet } from "./change.set.js";
import {
  columnsOf,
  inputPath,
  isDateWithin,
  isMissing,
  valueAt,
  type Cell,
  type Correction,
  type Detail,
  type DetailEntry,
  type DesiredRecord,
  type PlannedRecord,
  type Field,
  type LookupContext,
  type NamedRecord,
  type Parent,
  type PlannedChange,
  type Precedence,
  type RecordKind,
  type ReferenceField,
  type Row,
} from "./records.js";
import { keysNear, rowsWhere, sameCell, type Statements } from "./store.js";

/** Rows of a detail that are new, that change, or that go. */
export interface DetailChange {
  readonly detail: Detail;
  readonly row: Row;
  readonly kind: "new" | "changed" | "gone";
  /** Its place in the input; undefined for a removed row. */
  readonly place?: Place;
}

/** A record that turned out to be another one. */
export interface MergedPair {
  readonly source: PlannedRecord;
  readonly target: PlannedRecord;
}

/** A row of a detail with its place, references by id. */
interface PlacedRow {
  readonly place: Place;
  readonly identity: Cell;
  readonly cells: Row;
  /** Whether what the record holds stays where the two contradict each other. */
  readonly yields: boolean;
}

// To look for a similar key takes time; who gets a hundred of them wrong has another problem.
const mostHints = 100;
// Keys of the record that are compared with those wrong ones, of each table.
const mostKeys = 5_000;

/** What a set of drafts means for the record. Only a plan without faults may be applied. */
export interface Plan {
  /** The records that the drafts speak of, in an order in which they can be written. */
  readonly records: readonly PlannedRecord[];
  readonly details: readonly DetailChange[];
  /** What moved into another record: it goes once nothing refers to it any more. */
  readonly merges: readonly MergedPair[];
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
  /** The record that a draft became, unless that could not be told. */
  readonly recordFor: LookupContext["recordFor"];
  /** Where a column of a record was given, or the record itself. */
  readonly placeOf: LookupContext["placeOf"];
}

/** Something that is no fault and that the reader of a report has to know. */
export interface Note {
  readonly kind: NoteKind;
  readonly place: Place;
  /** In a sentence without a full stop. */
  readonly message: string;
}

export type NoteKind =
  /** A record is called by a former name, which was followed. */
  | "FORMER_NAME"
  /** A record is called by another code, identifier or name than its own. */
  | "OTHER_NAME"
  /** A record was withdrawn, and stays so or returns. */
  | "WITHDRAWN"
  /** An editor has decided otherwise since, and that stands. */
  | "DECIDED";

/** Options of planning. */
export interface PlanOptions {
  /** Whether what editors corrected, merged and withdrew stands, with a note, where the drafts say what was before. */
  readonly doDecisionsStand?: boolean;
  /** Faults to override. */
  readonly acknowledged?: ReadonlySet<string>;
}

/** A rule over everything that the drafts touch. */
export type PlanRule = (changes: readonly PlannedChange[], lookup: LookupContext) => void;

interface Table {
  readonly name: string;
  readonly keyColumn: string;
  readonly kinds: readonly RecordKind[];
  readonly columns: readonly string[];
  readonly byKey: Map<string, PlannedRecord>;
  readonly byId: Map<string, PlannedRecord>;
  /** Names that no record bears any more. */
  readonly former: Map<string, FormerName>;
  /** The records that other names can mean. */
  readonly others: Map<string, readonly NamedRecord[]>;
  /** Former versions of its records, if decisions stand. */
  formerRows?: FormerRows;
}

/** A reference to a record that was withdrawn. */
interface WithdrawnReference {
  readonly column: string;
  readonly place: Place;
  readonly message: string;
}

/** A name that contradicts the one that the record uses. */
interface NameDoubt {
  readonly entry: PlannedRecord;
  readonly detail: Detail;
  readonly held: Cell;
  readonly given: Cell;
  readonly pending: PlannedChange;
  readonly report: () => void;
}

/**
 * Works out what drafts change: finds the records they mean, resolves what they refer to, and unites what they say with
 * what the record holds. Reads from the database, a bounded number of statements per kind; writes nothing.
 *
 * What is not said changes nothing; what was unknown becomes known; what contradicts the record is a fault, except
 * where a kind's `precedence` or a flag's `becomes` says that time has moved on. Lists are united, never shortened. A
 * draft with a deed corrects a record, or moves it into another one.
 * @param kinds all kinds of records, each after those it refers to.
 */
export async function planChanges(
  database: Statements,
  kinds: readonly RecordKind[],
  changeSet: ChangeSet,
  rules: readonly PlanRule[] = [],
  options: PlanOptions = {},
): Promise<Plan> {
  const planner = newPlanner(database, kinds, changeSet, options);
  for (const table of planner.tables.values()) await planner.unite(table);
  await planner.followCycles();
  await planner.suggestKeys();
  planner.checkRules(rules);
  return planner.plan();
}

function newPlanner(database: Statements, kinds: readonly RecordKind[], changeSet: ChangeSet, options: PlanOptions) {
  const { doDecisionsStand = false, acknowledged = new Set<string>() } = options;
  const tables = tablesOf(kinds);
  const faults: Fault[] = [...changeSet.faults];
  const details: DetailChange[] = [];
  const touched: PlannedChange[] = [];
  const pendingOf = new Map<DesiredRecord, PlannedChange>();
  const entryOf = new Map<DesiredRecord, PlannedRecord>();
  const siblingsOf = new Map<string, Map<string, PlannedRecord[]>>();
  const unions: MergedPair[] = [];
  const notes = new Map<string, Note>();
  const withdrawnReferences = new Map<PlannedChange, WithdrawnReference[]>();
  const references = referencedKeys(changeSet.records);
  const unresolved: { readonly table: Table; readonly key: string; readonly fault: { message: string } }[] = [];

  const lookup: LookupContext = {
    byId: (table, id) => (typeof id === "string" ? tables.get(table)?.byId.get(id) : undefined),
    recordFor: (desired) => entryOf.get(desired),
    siblings: (table, column, id) =>
      (typeof id === "string" ? siblingsOf.get(`${table}.${column}`)?.get(id) : undefined) ?? [],
    placeOf(entry, column) {
      const pending = entry.desired === undefined ? undefined : pendingOf.get(entry.desired);
      if (pending === undefined) return { file: null, path: [] };
      return (column === undefined ? undefined : pending.places.get(column)) ?? pending.desired.place;
    },
    report: (fault) => void faults.push(fault),
  };

  async function unite(table: Table): Promise<void> {
    const changes = changeSet.records.filter(({ kind }) => kind.table === table.name).map(newPending);
    for (const one of changes) pendingOf.set(one.desired, one);
    changes.forEach(nameNow);
    await lookUp(table, "id", changes.flatMap(({ desired: { revision } }) => (revision === undefined ? [] : [revision.id, ...(revision.type === "move" ? (revision.target ?? []) : [])])));
    const named = changes.filter(isNamed);
    const unnamed = changes.filter((one) => !isNamed(one));
    const referred = [...(references.get(table.name) ?? [])].map((key) => referenceNow(table.name, key));
    const keys = new Set([...named.map(({ name }) => name), ...referred]);
    await lookUp(table, table.keyColumn, keys);
    await followNames(table, keys, new Set(named.map(({ name }) => name)));

    // What has a key can be referred to by its own kind, so it is registered before anything is resolved; what is yet to
    // be identified is found by what it refers to, so it is resolved first.
    await lookUpIds(table, named.map(({ name }) => name));
    for (const one of named) register(table, one, one.name);
    for (const one of changes) resolve(one);
    await lookUpReferences(changes.filter(({ desired: { revision } }) => revision?.type === "move"));
    await lookUpSiblings(table, changes);
    await identify(table, unnamed);
    for (const one of named) joinSiblings(table, one);
    await lookUpReferences(changes.filter(({ desired }) => entryOf.get(desired)?.stored != null));
    await lookUpFormerRows(table, changes);
    const doubts: NameDoubt[] = [];
    for (const one of changes) merge(one, doubts);
    await settleNames(doubts);
    await rename(table, changes);
    await checkUnique(table, changes);
    await mergeDetails(table, changes);
    touched.push(...changes);
  }

  async function lookUp(table: Table, column: string, values: Iterable<string>): Promise<PlannedRecord[]> {
    const rows = await rowsWhere(database, table.name, table.columns, column, values);
    return rows.map((row) => hold(table, row));
  }

  /** Gives a draft the key that it has under the names that its records have now. */
  function nameNow(change: PlannedChange): void {
    const { kind, key, input, revision, about } = change.desired;
    change.isFollowed = about !== undefined && pendingOf.get(about)?.isFollowed === true;
    if (revision !== undefined) return;
    let before = "";
    let after = "";
    for (const name of kind.keyedBy ?? []) {
      const field = name === null ? undefined : kind.fields[name];
      const value = name === null || field === undefined ? undefined : valueAt(input, inputPath(name, field));
      if (value === undefined) break;
      const word = field?.type === "reference" ? keyOf(field, value) : (value as string);
      const now = field?.type === "reference" ? (entryNamed(field.to, word)?.key ?? word) : word;
      if (field?.type === "reference" && isFormer(field.to, word)) change.isFollowed = true;
      before += before === "" ? word : `/${word}`;
      after += after === "" ? now : `/${now}`;
    }
    if (before !== "" && (key === before || key.startsWith(`${before}/`))) change.name = after + key.slice(before.length);
  }

  /** The key of a record in a reference, with what it begins with under the names that these have now. */
  function referenceNow(to: string, key: string): string {
    const words = key.split("/");
    const now: string[] = [];
    const kind = tables.get(to)?.kinds[0];
    for (const name of kind?.keyedBy ?? []) {
      const field = name === null ? undefined : kind?.fields[name];
      if (words.length < 2 && field?.type === "reference") break;
      const word = words.splice(0, field?.type === "reference" ? wordsOf(field.to) : 1).join("/");
      now.push(field?.type === "reference" ? (entryNamed(field.to, word)?.key ?? word) : word);
    }
    return [...now, ...words].join("/");
  }

  // The number of words in the key of a record, joined by slashes.
  function wordsOf(name: string): number {
    const keyedBy = tables.get(name)?.kinds[0]?.keyedBy;
    return keyedBy === undefined ? 1 : keyedBy.length + 1;
  }

  /** The record that a name stands for: its own, a former one, or another one that can mean only this record. */
  function entryNamed(to: string, name: string): PlannedRecord | undefined {
    const table = tables.get(to);
    const key = referenceNow(to, name);
    const held = table?.byKey.get(key);
    if (held !== undefined || table === undefined) return held;
    const former = table.former.get(key);
    if (former !== undefined) return former.fate === "withdrawn" ? undefined : table.byId.get(former.id);
    const [only, ...more] = table.others.get(key) ?? [];
    return only === undefined || more.length > 0 ? undefined : table.byKey.get(only.key);
  }

  function isFormer(to: string, name: string): boolean {
    const table = tables.get(to);
    const key = referenceNow(to, name);
    return table?.byKey.has(key) === false && table.former.get(key) !== undefined;
  }

  // A name that no record has now may be a former name, a code of another scheme or a name in use.
  async function followNames(table: Table, keys: Iterable<string>, own: ReadonlySet<string>): Promise<void> {
    const missing = [...keys].filter((key) => !table.byKey.has(key));
    if (missing.length === 0) return;
    const former = await formerNames(database, table.name, table.keyColumn, missing);
    for (const [name, found] of former) table.former.set(name, found);
    await lookUp(table, "id", [...former.values()].map(({ id }) => id));
    const unknown = missing.filter((key) => !former.has(key) && !own.has(key));
    const { otherNames } = table.kinds.find((kind) => kind.otherNames !== undefined) ?? {};
    if (otherNames === undefined || unknown.length === 0) return;
    const here = changeSet.records.filter(({ kind, revision }) => kind.table === table.name && revision === undefined);
    const others = await otherNames(database, unknown, here);
    for (const [name, found] of others) table.others.set(name, found);
    await lookUp(table, table.keyColumn, [...others.values()].flatMap((found) => found.map(({ key }) => key)));
  }

  function note(kind: NoteKind, place: Place, message: string): void {
    // A name that a file uses a hundred times gives one note.
    if (!notes.has(message)) notes.set(message, { kind, place, message });
  }

  function noteName(table: Table, label: string, name: string, entry: PlannedRecord, place: Place): void {
    const key = referenceNow(table.name, name);
    if (table.byKey.get(key) === entry) return;
    const former = table.former.get(key);
    if (former !== undefined) note("FORMER_NAME", place, `${formerText(label, key, former)}; it was followed`);
    else note("OTHER_NAME", place, `${shown(key)} means the ${label} ${shown(entry.key)} (${String(entry.row["name"])})`);
  }

  // A record that has got another key since, by merging or correcting, keeps the id that follows from its first one.
  async function lookUpIds(table: Table, keys: readonly string[]): Promise<void> {
    const fresh = keys.filter((key) => !table.byKey.has(key));
    await lookUp(table, "id", table.kinds.flatMap(({ prefix }) => fresh.map((key) => makeId(prefix, key))));
  }

  function hold(table: Table, row: Row): PlannedRecord {
    const id = String(row["id"]);
    const held = table.byId.get(id);
    if (held !== undefined) return held;
    const key = String(row[table.keyColumn]);
    const entry: PlannedRecord = {
      table: table.name,
      id,
      key,
      row: { ...row, ...daysOf(table.kinds, row) },
      stored: row,
      changed: new Set(),
      hasChangedDetails: false,
    };
    table.byId.set(id, entry);
    table.byKey.set(key, entry);
    return entry;
  }

  function register(table: Table, change: PlannedChange, key: string): void {
    const { kind, place } = change.desired;
    const { revision } = change.desired;
    const own = revision === undefined ? undefined : table.byId.get(revision.id);
    const meant = revision?.type === "correction" ? own : table.byId.get(revision?.target ?? "");
    const former = revision === undefined && change.match === undefined && !table.byKey.has(key) ? table.former.get(key) : undefined;
    const followed = former === undefined || former.fate === "withdrawn" ? undefined : table.byId.get(former.id);
    const held = meant ?? change.match ?? table.byKey.get(key) ?? followed;
    if (former !== undefined && !mayUse(table, change, key, former)) {
      change.isInvalid = true;
      return;
    }
    if (revision !== undefined && own === undefined) {
      change.isInvalid = true;
      lookup.report({ code: "NOT_FOUND", place, message: `the record holds no ${kind.label} with the id ${shown(revision.id)}` });
      return;
    }
    if (revision?.type === "move" && own !== undefined) {
      const goal = held ?? own;
      if (goal === own) setKey(table, own, key);
      else unions.push({ source: own, target: goal });
      goal.desired ??= change.desired;
      entryOf.set(change.desired, goal);
      return;
    }
    const first = held?.desired === undefined ? undefined : pendingOf.get(held.desired);
    if (held !== undefined && (first?.isFollowed === true || (first !== undefined && change.isFollowed))) {
      // The same record under two names.
      entryOf.set(change.desired, held);
      return;
    }
    if (held?.desired !== undefined) {
      change.isInvalid = true;
      // Where citations were left out, those keys are alike that would be told apart by them.
      if (change.desired.leftOut.has("cite") || held.desired.leftOut.has("cite")) return;
      const first = held.desired.place;
      lookup.report({ code: "DUPLICATE", place, message: `the ${kind.label} ${shown(held.key)} is given twice`, other: first });
      return;
    }
    if (!isAsExpected(table, change, key, held)) {
      change.isInvalid = true;
      return;
    }
    const entry = held ?? newEntry(table, kind, key);
    entry.desired = change.desired;
    entryOf.set(change.desired, entry);
    const other = Object.entries(kind.fixed ?? {}).find(([column, cell]) => !sameCell(entry.row[column], cell));
    if (other !== undefined) {
      change.isInvalid = true;
      const label = table.kinds.find(({ fixed }) => sameCell(fixed?.[other[0]], entry.row[other[0]]))?.label ?? "something else";
      lookup.report({ code: "CONFLICT", place, message: `${shown(key)} is no ${kind.label}, the record knows it as ${article(label)}` });
    }
  }

  /** Whether a draft may speak of a record under a name that no record bears any more. */
  function mayUse(table: Table, change: PlannedChange, key: string, former: FormerName): boolean {
    const { kind, place, expected } = change.desired;
    const said = formerText(kind.label, key, former);
    if (former.fate !== "withdrawn") {
      change.isFollowed = true;
      if (expected?.presence !== "new") {
        note("FORMER_NAME", place, `${said}; it was followed`);
        return true;
      }
      const message = `${said}; a former name is never given again: choose another one, or add to ${shown(former.key)}`;
      lookup.report({ code: "DUPLICATE", place: expected.place, message });
      return false;
    }
    if (acknowledged.has("WITHDRAWN")) {
      note("WITHDRAWN", place, `${said}; it returns, as acknowledged`);
      return true;
    }
    if (doDecisionsStand) {
      note("WITHDRAWN", place, `${said}; it stays so, unless WITHDRAWN is acknowledged`);
      return false;
    }
    // No editor chooses the name of what is identified by what it says.
    if (kind.identify !== undefined) return true;
    const message = `${said}; acknowledge WITHDRAWN to record it again`;
    lookup.report({ code: "WITHDRAWN", place: expected?.place ?? place, message });
    return false;
  }

  function setKey(table: Table, entry: PlannedRecord, key: string): void {
    if (entry.key === key) return;
    table.byKey.delete(entry.key);
    table.byKey.set(key, entry);
    entry.key = key;
    entry.row[table.keyColumn] = key;
    entry.changed.add(table.keyColumn);
  }

  function isAsExpected(table: Table, { desired: { kind, expected } }: PlannedChange, key: string, held: PlannedRecord | undefined): boolean {
    if (expected === undefined || (expected.presence === "new") === (held === undefined)) return true;
    if (held === undefined) reportUnknown(table, kind.label, key, expected.place);
    else lookup.report({ code: "DUPLICATE", place: expected.place, message: `the record holds the ${kind.label} ${shown(key)} already` });
    return false;
  }

  function reportUnknown(table: Table | undefined, label: string, key: string, place: Place): void {
    const fault: Fault & { message: string } = { code: "NOT_FOUND", place, message: `there is no ${label} ${shown(key)}, neither given here nor in the record` };
    lookup.report(fault);
    if (table !== undefined && unresolved.length < mostHints) unresolved.push({ table, key, fault });
  }

  function newEntry(table: Table, kind: RecordKind, key: string): PlannedRecord {
    let id = makeId(kind.prefix, key);
    for (let number = 2; table.byId.has(id); number += 1) id = makeId(kind.prefix, `${key}\n${String(number)}`);
    const row: Record<string, Cell | undefined> = { id, [table.keyColumn]: key, ...kind.fixed };
    for (const [name, field] of Object.entries(kind.fields)) {
      for (const column of columnsOf(name, field)) row[column] = initialCell(field);
    }
    const entry: PlannedRecord = { table: table.name, id, key, row, stored: null, changed: new Set(), hasChangedDetails: false };
    table.byId.set(id, entry);
    table.byKey.set(key, entry);
    return entry;
  }

  function resolve(change: PlannedChange): void {
    const { kind, input, place, revision } = change.desired;
    if (revision?.type === "move") Object.assign(change.given, saidCells(kind, { ...revision.cells, ...daysOf([kind], revision.cells) }));
    for (const [name, field] of Object.entries(kind.fields)) {
      const path = inputPath(name, field);
      const value = field.type === "owner" ? undefined : valueAt(input, path);
      if (value === undefined) continue;
      const where = at(place, ...path);
      const columns = columnsOf(name, field);
      const cells = cellsOf(field, path[0], value, where, change);
      columns.forEach((column, index) => {
        change.given[column] = cells[index];
        change.places.set(column, where);
      });
    }
  }

  function cellsOf(field: Field, property: Step, value: unknown, place: Place, change: PlannedChange): readonly (Cell | undefined)[] {
    if (field.type === "reference") {
      const key = keyOf(field, value);
      const withdrawn = withdrawnUnder(field.to, key);
      if (withdrawn !== undefined) {
        const isWhole = change.desired.kind.fields[change.desired.kind.within ?? ""] === field;
        const label = labelOf(field.to, field.only);
        const message = `${formerText(label, key, withdrawn)}; nothing can refer to it unless it is recorded again`;
        const here = withdrawnReferences.get(change) ?? [];
        withdrawnReferences.set(change, [...here, { column: field.column, place, message }]);
        change.missing.add(property);
        // A part of what stays withdrawn says nothing.
        if (isWhole) change.isInvalid = true;
        return [isWhole ? undefined : withdrawn.id];
      }
      const found = referTo(field.to, key, place, field.only);
      if (found === undefined) change.missing.add(property);
      return [found?.id];
    }
    if (field.type !== "date") return [value as Cell];
    try {
      const { text, earliest, latest } = parsePartialDate(String(value));
      return [text, earliest, latest];
    } catch (error) {
      if (!(error instanceof PartialDateError)) throw error;
      change.missing.add(property);
      lookup.report({ code: "INVALID", place, message: error.message });
      return [];
    }
  }

  function withdrawnUnder(to: string, name: string): FormerName | undefined {
    const table = tables.get(to);
    const key = referenceNow(to, name);
    const former = table?.byKey.has(key) === false ? table.former.get(key) : undefined;
    return former?.fate === "withdrawn" ? former : undefined;
  }

  function labelOf(to: string, only?: ReferenceField["only"]): string {
    return only?.label ?? tables.get(to)?.kinds.map((kind) => kind.label).join(" or ") ?? to;
  }

  function referTo(to: string, key: string, place: Place, only?: ReferenceField["only"]): PlannedRecord | undefined {
    const table = tables.get(to);
    const entry = entryNamed(to, key);
    const label = labelOf(to, only);
    if (entry === undefined) {
      if (changeSet.isInvalid(to, key)) return undefined;
      const others = table?.others.get(referenceNow(to, key)) ?? [];
      if (others.length > 0) {
        const candidates = others.map((other) => `${shown(other.key)} (${other.name})`).join(" or ");
        lookup.report({ code: "INVALID", place, message: `${shown(key)} can mean ${candidates}; write the code of the one that is meant` });
        return undefined;
      }
      reportUnknown(table, label, key, place);
      return undefined;
    }
    const kind = table?.kinds.find(({ fixed }) => Object.entries(fixed ?? {}).every(([column, cell]) => sameCell(entry.row[column], cell)));
    if (table !== undefined) noteName(table, kind?.label ?? label, key, entry, place);
    const fits = Object.entries(only?.cells ?? {}).every(([column, cell]) => sameCell(entry.row[column], cell));
    if (!fits) lookup.report({ code: "INVALID", place, message: `${shown(key)} is no ${label}` });
    return fits ? entry : undefined;
  }

  async function lookUpSiblings(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    for (const one of changes) {
      const { kind, revision } = one.desired;
      const isAlone = kind.identify === undefined && kind.positioned === undefined && kind.checkSiblings === undefined;
      if (isAlone && revision === undefined) continue;
      const parent = parentOf(one, lookup);
      if (parent === undefined) continue;
      const ids = wanted.get(parent.column) ?? new Set();
      wanted.set(parent.column, ids.add(parent.id));
    }
    for (const [column, ids] of wanted) {
      for (const entry of await lookUp(table, column, ids)) addSibling(table, column, entry);
    }
  }

  function addSibling(table: Table, column: string, entry: PlannedRecord): void {
    const parent = entry.row[column];
    if (typeof parent !== "string") return;
    const index = siblingsOf.get(`${table.name}.${column}`) ?? new Map<string, PlannedRecord[]>();
    siblingsOf.set(`${table.name}.${column}`, index);
    const siblings = index.get(parent);
    if (siblings === undefined) index.set(parent, [entry]);
    else if (!siblings.includes(entry)) siblings.push(entry);
  }

  async function identify(table: Table, unnamed: readonly PlannedChange[]): Promise<void> {
    for (const kind of new Set(unnamed.map(({ desired }) => desired.kind))) {
      const here = unnamed.filter((one) => one.desired.kind === kind);
      for (const one of here) one.isInvalid ||= !isIdentifiable(one);
      const able = here.filter(({ isInvalid: isSpoiled }) => !isSpoiled);
      kind.identify?.(able, lookup);
      await followIdentified(table, able.filter(({ desired: { revision } }) => revision === undefined));
      await lookUpIds(table, able.flatMap(({ key, match }) => (match === undefined && key !== undefined ? [key] : [])));
      for (const one of able) {
        if (one.key === undefined) one.isInvalid = true;
        else register(table, one, one.key);
        joinSiblings(table, one);
      }
    }
  }

  // A record without a name in the input gets a generated key. The key of a removed record is never reused.
  async function followIdentified(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    const fresh = changes.filter(({ key, match, isInvalid: isSpoiled }) => key !== undefined && match === undefined && !isSpoiled);
    await followNames(table, fresh.map(({ key }) => key ?? ""), new Set());
    const gone = fresh.flatMap(({ key }) => table.former.get(key ?? "") ?? []).filter(({ fate }) => fate === "withdrawn");
    const rows = await lastRows(table, gone.map(({ id }) => id));
    const matched = new Set(changes.map(({ match }) => match));
    for (const one of fresh) {
      const former = table.former.get(one.key ?? "");
      if (former === undefined || table.byKey.has(one.key ?? "")) continue;
      const entry = table.byId.get(former.id);
      if (former.fate !== "withdrawn" && entry !== undefined && !matched.has(entry)) {
        one.match = entry;
        one.key = entry.key;
        matched.add(entry);
      } else if (former.fate !== "withdrawn" || !saysTheSame(one, rows.get(former.id))) await takeNextKey(table, one);
    }
  }

  async function lastRows(table: Table, ids: readonly string[]): Promise<Map<string, Row>> {
    const rows = await formerVersions(database, table.name, table.columns, ids);
    return new Map(rows.map((row) => [String(row["id"]), row]));
  }

  function saysTheSame({ given, desired: { kind } }: PlannedChange, row: Row | undefined): boolean {
    return Object.values(kind.fields).every((field) => {
      if (field.type !== "reference") return true;
      const [one, other] = [given[field.column] ?? null, row?.[field.column] ?? null];
      return one === null || other === null || one === other;
    });
  }

  async function takeNextKey(table: Table, one: PlannedChange): Promise<void> {
    const base = one.key ?? "";
    const isTaken = (key: string): boolean => table.byKey.has(key) || table.former.has(key);
    for (let number = 2; isTaken(one.key ?? ""); number += 1) {
      one.key = `${base}/${String(number)}`;
      await lookUp(table, table.keyColumn, [one.key]);
      await followNames(table, [one.key], new Set());
    }
  }

  // A part whose whole could not be read is not at fault itself. Of which record of the whole a part speaks cannot be
  // told from half of what it says, but in a new whole it is a new one.
  function isIdentifiable(one: PlannedChange): boolean {
    const { kind, revision } = one.desired;
    const field = kind.within === undefined ? undefined : kind.fields[kind.within];
    if (field?.type !== "reference" || revision !== undefined) return true;
    const whole = lookup.byId(field.to, parentOf(one, lookup)?.id);
    return whole !== undefined && (whole.stored === null || one.missing.size === 0);
  }

  function joinSiblings(table: Table, one: PlannedChange): void {
    const entry = entryOf.get(one.desired);
    const parent = parentOf(one, lookup);
    if (entry === undefined || parent === undefined) return;
    const isNewHere = entry.stored === null || (one.desired.revision !== undefined && entry.stored[parent.column] !== parent.id);
    if (isNewHere && !one.isInvalid) {
      leaveSiblings(table, parent.column, entry);
      entry.row[parent.column] = parent.id;
      if (entry.stored !== null) entry.changed.add(parent.column);
      if (one.desired.kind.positioned) {
        entry.row["position"] = nextPosition(lookup.siblings(table.name, parent.column, parent.id));
        if (entry.stored !== null) entry.changed.add("position");
      }
    }
    addSibling(table, parent.column, entry);
  }

  function leaveSiblings(table: Table, column: string, entry: PlannedRecord): void {
    const former = entry.stored?.[column];
    const siblings = typeof former === "string" ? siblingsOf.get(`${table.name}.${column}`)?.get(former) : undefined;
    const index = siblings?.indexOf(entry) ?? -1;
    if (index >= 0) siblings?.splice(index, 1);
  }

  // So that a contradiction can name what the record holds instead of its id.
  async function lookUpReferences(changes: readonly PlannedChange[]): Promise<void> {
    const wanted = new Map<string, Set<string>>();
    for (const one of changes) {
      const stored = entryOf.get(one.desired)?.stored;
      for (const field of Object.values(one.desired.kind.fields)) {
        if (field.type !== "reference") continue;
        for (const held of [stored?.[field.column], one.given[field.column]]) {
          if (typeof held !== "string" || tables.get(field.to)?.byId.has(held)) continue;
          wanted.set(field.to, (wanted.get(field.to) ?? new Set()).add(held));
        }
      }
    }
    for (const [name, ids] of wanted) {
      const table = tables.get(name);
      if (table !== undefined) await lookUp(table, "id", ids);
    }
  }

  // The former values, so that an import does not undo the decision of an editor.
  async function lookUpFormerRows(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    const known = changes.flatMap(({ desired }) => entryOf.get(desired) ?? []).filter(({ stored }) => stored !== null);
    const ids = [...new Set(known.map(({ id }) => id))];
    if (!doDecisionsStand || ids.length === 0) return;
    table.formerRows = await formerRows(database, { table: table.name, of: table.name, owner: "id", columns: table.columns }, ids);
  }

  function isDecided(entry: PlannedRecord, name: string, field: Field, held: Cell, given: Cell, change: PlannedChange): boolean {
    const [column] = columnsOf(name, field);
    const act = entry.stored === null ? undefined : tables.get(entry.table)?.formerRows?.replaced(entry.id, column, given);
    if (act === undefined) return false;
    const { kind, place } = change.desired;
    const [one, other] = differing(keyed(field, held), keyed(field, given));
    const said = `${inputPath(name, field).join(".")} of the ${kind.label} ${shown(entry.key)}`;
    const stays = held === null ? "stays empty" : `stays ${one}`;
    note("DECIDED", change.places.get(column) ?? place, `${said} ${stays}: ${other} was replaced ${actText(act)}`);
    return true;
  }

  // A reference to a withdrawn record is a fault, unless an editor has replaced it since.
  function checkWithdrawnReferences(entry: PlannedRecord, change: PlannedChange): void {
    for (const { column, place, message } of withdrawnReferences.get(change) ?? []) {
      const id = change.given[column];
      change.given[column] = undefined;
      const former = entry.stored === null ? undefined : tables.get(entry.table)?.formerRows;
      const act = typeof id === "string" ? former?.replaced(entry.id, column, id) : undefined;
      if (act === undefined) lookup.report({ code: "NOT_FOUND", place, message });
      else note("DECIDED", place, `${message}; ${shown(entry.key)} has not referred to it since an act ${actText(act)}`);
    }
  }

  // A name that is another name of the record contradicts nothing.
  async function settleNames(doubts: readonly NameDoubt[]): Promise<void> {
    for (const detail of new Set(doubts.map((doubt) => doubt.detail))) {
      const here = doubts.filter((doubt) => doubt.detail === detail);
      const rows = await rowsWhere(database, detail.table, [detail.owner, detail.identity], detail.owner, here.map(({ entry }) => entry.id));
      for (const { entry, held, given, pending: change, report } of here) {
        const texts = Object.entries(change.desired.kind.fields).flatMap(([name, field]) => (field.type === "text" ? [entry.row[name]] : []));
        const names = [...texts, ...rows.flatMap((row) => (row[detail.owner] === entry.id ? [row[detail.identity]] : []))];
        if (!names.some((name) => typeof name === "string" && foldedName(name) === foldedName(String(given)))) report();
        else note("OTHER_NAME", change.desired.place, `the ${change.desired.kind.label} ${shown(entry.key)} stays ${shown(held)}; ${shown(given)} is another name of it already`);
      }
    }
  }

  function merge(change: PlannedChange, doubts: NameDoubt[]): void {
    const entry = entryOf.get(change.desired);
    if (entry === undefined || change.isInvalid) return;
    checkWithdrawnReferences(entry, change);
    const { revision } = change.desired;
    if (revision?.type === "correction") correct(entry, change, revision);
    else if (revision?.type === "move" && revision.id === entry.id) moveTo(entry, change);
    else addTo(entry, change, doubts);
    for (const { source: gone } of unions) {
      if (gone.id === revision?.id) forget(gone);
    }
    checkRequired(entry, change);
  }

  function addTo(entry: PlannedRecord, change: PlannedChange, doubts: NameDoubt[]): void {
    const { kind, revision } = change.desired;
    const precedence = entry.stored === null ? "neither" : (kind.precedence?.(entry.row, change.given) ?? "neither");
    if (precedence === "stored" && revision === undefined) return;
    for (const [name, field] of Object.entries(kind.fields)) {
      const [column] = columnsOf(name, field);
      const given = change.given[column] ?? null;
      const held = entry.row[column] ?? null;
      if (given === null || sameCell(held, given)) continue;
      if (field.type !== "words" && revision === undefined && isDecided(entry, name, field, held, given, change)) continue;
      const said = field.type === "words" ? stillSaid(entry, column, held, given) : given;
      const outcome = uniteCells(field, held, said, precedence === "stored" ? "neither" : precedence, entry.stored === null);
      if (outcome === "conflict") {
        const finer = field.type === "date" ? finerDate(name, entry.row, change.given) : undefined;
        if (finer === change.given) setCells(entry, name, field, finer);
        if (finer !== undefined || givesWay(change, name, precedence)) continue;
        const report = (): void => { reportConflict(entry, name, field, held, given, change); };
        const detail = revision === undefined ? kind.details?.find(({ givesWay: way }) => way?.field === name) : undefined;
        if (detail === undefined) report();
        else doubts.push({ entry, detail, held, given, pending: change, report });
      } else if (outcome !== "held") setCells(entry, name, field, outcome === "given" ? change.given : { [column]: outcome });
    }
  }

  // Words that an editor has taken out are not put back.
  function stillSaid(entry: PlannedRecord, column: string, held: Cell, given: Cell): Cell {
    const former = entry.stored === null ? undefined : tables.get(entry.table)?.formerRows;
    const isThere = (word: string): boolean => Array.isArray(held) && held.includes(word);
    return (given as readonly string[]).filter((word) => isThere(word) || former?.removedWord(entry.id, column, word) === undefined);
  }

  // What moves into another record leaves it as it is where that is said to be right, or where its text is kept beside.
  function givesWay({ desired: { kind, revision } }: PlannedChange, name: string, precedence: Precedence): boolean {
    if (revision?.type !== "move") return false;
    return revision.yields || precedence === "stored" || (kind.details ?? []).some((detail) => detail.givesWay?.field === name);
  }

  function moveTo(entry: PlannedRecord, { desired: { kind }, given }: PlannedChange): void {
    for (const [name, field] of Object.entries(kind.fields)) setCells(entry, name, field, { ...entry.row, ...given });
  }

  // Nothing counts it among the parts of anything any more.
  function forget(gone: PlannedRecord): void {
    for (const index of siblingsOf.values()) {
      for (const [id, siblings] of index) index.set(id, siblings.filter((entry) => entry !== gone));
    }
  }

  function correct(entry: PlannedRecord, change: PlannedChange, { paths }: Correction): void {
    const { kind } = change.desired;
    if (kind.follow?.(change, entry, lookup) === false) return;
    for (const [name, field] of Object.entries(kind.fields)) {
      const path = inputPath(name, field);
      const [column] = columnsOf(name, field);
      const given = change.given[column];
      if (field.type === "owner" || (given === undefined && (!isCorrected(paths, path) || change.missing.has(path[0])))) continue;
      if (sameCell(entry.row[column], given)) continue;
      if (kind.lasting?.includes(name) === true) reportLasting(entry, path, change);
      else setCells(entry, name, field, (given ?? null) === null ? { [column]: initialCell(field) } : change.given);
    }
  }

  function reportLasting(entry: PlannedRecord, path: readonly Step[], { desired: { kind, place } }: PlannedChange): void {
    const message = `${path.join(".")} says which ${kind.label} ${shown(entry.key)} is, so it is not corrected; withdraw it and record the right one`;
    lookup.report({ code: "INVALID", place: at(place, ...path), message });
  }

  function checkRequired(entry: PlannedRecord, change: PlannedChange): void {
    const { kind, place, revision } = change.desired;
    for (const [name, field] of Object.entries(kind.fields)) {
      const path = inputPath(name, field);
      if (field.required && (entry.row[columnsOf(name, field)[0]] ?? null) === null && !isMissing(change, path[0])) {
        const said = path.join(".");
        const message =
          revision === undefined
            ? `a new ${kind.label} needs ${said}, and ${shown(entry.key)} has none`
            : `a ${kind.label} needs ${said}, so ${shown(entry.key)} cannot be without it`;
        lookup.report({ code: "MISSING", place: revision === undefined ? place : at(place, ...path), message });
      }
    }
  }

  function reportConflict(entry: PlannedRecord, name: string, field: Field, held: Cell, given: Cell, change: PlannedChange): void {
    const [column] = columnsOf(name, field);
    const { kind, place, revision } = change.desired;
    const [one, other] = differing(keyed(field, held), keyed(field, given));
    const said = `${inputPath(name, field).join(".")} of the ${kind.label} ${shown(entry.key)} is ${one}`;
    const own = tables.get(entry.table)?.byId.get(revision?.id ?? "");
    const message =
      own === undefined
        ? `${said} in the record and ${other} here; correcting it is an act of its own (correctRecord)`
        : `${said} and that of ${shown(own.stored?.[kind.keyColumn])} is ${other}; correct one of the two first, or prefer what stays`;
    lookup.report({ code: "CONFLICT", place: change.places.get(column) ?? place, message });
  }

  // A key begins with the keys of what it is known by; where these have changed it follows, and stays the only one.
  async function rename(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    const corrected = changes.filter(({ desired, isInvalid: isSpoiled }) => desired.revision?.type === "correction" && !isSpoiled);
    for (const one of corrected) {
      const entry = entryOf.get(one.desired);
      if (entry?.stored == null) continue;
      const wanted = one.key ?? keyAfter(one.desired.kind, entry.key, entry.stored, entry.row, keyOfEntry);
      if (wanted === entry.key) continue;
      let key = wanted;
      for (let number = 2; ; number += 1) {
        await lookUp(table, table.keyColumn, [key]);
        if (!table.byKey.has(key)) break;
        key = `${wanted}/${String(number)}`;
      }
      setKey(table, entry, key);
    }
  }

  function keyOfEntry(table: string, id: Cell): string {
    return tables.get(table)?.byId.get(String(id))?.key ?? "";
  }

  function keyed(field: Field, cell: Cell): Cell {
    return field.type === "reference" ? (lookup.byId(field.to, cell)?.key ?? cell) : cell;
  }

  // The database holds it as well, but cannot say where it was given.
  async function checkUnique(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    for (const unique of new Set(changes.flatMap(({ desired }) => desired.kind.unique ?? []))) {
      const entries = changes.flatMap(({ desired }) => (desired.kind.unique?.includes(unique) ? (entryOf.get(desired) ?? []) : []));
      const moved = entries.filter((entry) => valuesOf(entry.row, unique) !== undefined && unique.columns.some((column) => entry.changed.has(column)));
      const owners = new Map<string, PlannedRecord>();
      const [first] = unique.columns;
      // A record that was looked up may be about to change, so what counts is what it will be.
      for (const held of await lookUp(table, first, new Set(moved.map(({ row }) => String(row[first]))))) {
        const values = valuesOf(held.row, unique);
        const isGone = unions.some(({ source: gone }) => gone === held);
        if (values !== undefined && !moved.includes(held) && !isGone) owners.set(values, held);
      }
      for (const entry of moved) {
        const values = valuesOf(entry.row, unique) ?? "";
        const owner = owners.get(values);
        if (owner === undefined) owners.set(values, entry);
        else lookup.report({ code: "CONFLICT", place: lookup.placeOf(entry, unique.columns.at(-1)), message: unique.message(entry, owner) });
      }
    }
  }

  async function mergeDetails(table: Table, changes: readonly PlannedChange[]): Promise<void> {
    const kindsHere = new Set(changes.map(({ desired }) => desired.kind));
    for (const kind of kindsHere) {
      const able = changes.filter((one) => one.desired.kind === kind && !one.isInvalid && entryOf.has(one.desired));
      for (const detail of kind.details ?? []) await mergeDetail(detail, able);
    }
    for (const detail of new Set([...kindsHere].flatMap((kind) => kind.details ?? []))) await checkUniqueRows(table, detail);
  }

  // As for columns of records: the database holds it as well, but cannot say where it was given.
  async function checkUniqueRows(table: Table, detail: Detail): Promise<void> {
    const { unique, owner, identity } = detail;
    if (unique === undefined) return;
    const here = details.filter((change) => change.detail === detail);
    const moved = here.filter(({ row, kind }) => kind !== "gone" && valuesOf(row, unique) !== undefined);
    const nameOf = (row: Row): string => JSON.stringify([row[owner], row[identity]]);
    const changed = new Set(here.map(({ row }) => nameOf(row)));
    const [first] = unique.columns;
    const columns = [owner, identity, ...detail.columns];
    const held = await rowsWhere(database, detail.table, columns, first, new Set(moved.map(({ row }) => String(row[first]))));
    // A row that changes as well counts as what it will be, and a record that goes has none.
    const staying = held.filter((row) => !changed.has(nameOf(row)) && !unions.some(({ source: gone }) => gone.id === row[owner]));
    await lookUp(table, "id", staying.map((row) => String(row[owner])));
    const owners = new Map(staying.map((row) => [valuesOf(row, unique), { row, place: undefined as Place | undefined }]));
    for (const { row, place } of moved) {
      const values = valuesOf(row, unique);
      const other = owners.get(values);
      const entry = table.byId.get(String(other?.row[owner]));
      if (other === undefined || other.row[owner] === row[owner]) owners.set(values, { row, place });
      else if (entry !== undefined && place !== undefined) {
        lookup.report({ code: "CONFLICT", place, message: unique.message(row, entry), ...(other.place && { other: other.place }) });
      }
    }
  }

  async function mergeDetail(detail: Detail, changes: readonly PlannedChange[]): Promise<void> {
    const given = changes
      .map((one) => ({ one, entry: entryOf.get(one.desired), rows: detailRows(detail, one) }))
      .filter(({ one, rows }) => rows.length > 0 || one.desired.revision?.type === "correction");
    const stored = given.flatMap(({ entry }) => (entry === undefined || entry.stored === null ? [] : [entry.id]));
    const columns = [detail.owner, detail.identity, ...detail.columns];
    const held = await rowsWhere(database, detail.table, columns, detail.owner, stored);
    const of = given[0]?.one.desired.kind.table ?? "";
    const source = { table: detail.table, of, owner: detail.owner, columns: [detail.identity, ...detail.columns] };
    const former = doDecisionsStand && stored.length > 0 ? await formerRows(database, source, stored) : undefined;
    for (const { one, entry, rows } of given) {
      if (entry === undefined) continue;
      const here = new Map(held.flatMap((row) => (row[detail.owner] === entry.id ? [[String(row[detail.identity]), row]] : [])));
      if (one.desired.revision?.type === "correction") correctDetail(detail, entry, one, one.desired.revision, here);
      else addToDetail(detail, entry, rows.flatMap((row) => stillRow(detail, entry, row, here, former) ?? []), here);
    }
  }

  // A row, or what of it an editor has not decided otherwise since; nothing if the row was taken away.
  function stillRow(detail: Detail, entry: PlannedRecord, row: PlacedRow, held: ReadonlyMap<string, Row>, former: FormerRows | undefined): PlacedRow | undefined {
    const { identity, cells, place } = row;
    if (former === undefined || entry.stored === null) return row;
    const known = held.get(String(identity));
    const said = `${shown(identity)} of ${shown(entry.key)}`;
    if (known === undefined) {
      const act = former.replacedRow(entry.id, [detail.identity, identity]);
      if (act !== undefined) note("DECIDED", place, `${said} is not put back: it was taken away ${actText(act)}`);
      return act === undefined ? row : undefined;
    }
    const replaced = detail.columns.filter((column) => {
      const given = cells[column] ?? null;
      const act = given === null || sameCell(given, known[column]) ? undefined : former.replacedRow(entry.id, [detail.identity, identity], [column, given]);
      if (act !== undefined) note("DECIDED", place, `${column} of ${said} stays ${shown(known[column])}: ${shown(given)} was replaced ${actText(act)}`);
      return act !== undefined;
    });
    return { ...row, cells: { ...cells, ...Object.fromEntries(replaced.map((column) => [column, null])) } };
  }

  function addToDetail(detail: Detail, entry: PlannedRecord, rows: readonly PlacedRow[], held: ReadonlyMap<string, Row>): void {
    const changes = new Map<string, { row: Record<string, Cell | undefined>; place: Place; isNew: boolean; isChanged: boolean }>();
    for (const { place, identity, cells, yields } of rows) {
      const key = String(identity);
      const known = held.get(key);
      const change = changes.get(key) ?? {
        row: known === undefined ? blankRow(detail, entry.id, identity) : { ...known },
        place,
        isNew: known === undefined,
        isChanged: known === undefined,
      };
      changes.set(key, change);
      if (mergeDetailCells(detail, change.row, cells, yields ? undefined : place, entry)) change.isChanged = true;
    }
    for (const { row, place, isNew, isChanged } of changes.values()) {
      if (isChanged) changeDetail(entry, { detail, row, place, kind: isNew ? "new" : "changed" });
    }
  }

  function correctDetail(detail: Detail, entry: PlannedRecord, { desired }: PlannedChange, { paths }: Correction, held: ReadonlyMap<string, Row>): void {
    const wanted = correctedRows(detail, { paths, input: desired.input }, [...held.values()], entry);
    if (wanted === undefined) return;
    const rows = placedRows(detail, desired.place, wanted);
    const kept = new Set(rows.map(({ identity }) => String(identity)));
    for (const [identity, row] of held) {
      if (!kept.has(identity)) changeDetail(entry, { detail, row, kind: "gone" });
    }
    for (const { identity, cells, place } of rows) {
      const known = held.get(String(identity));
      const row = { ...blankRow(detail, entry.id, identity), ...Object.fromEntries(detail.columns.map((column) => [column, cells[column] ?? null])) };
      if (known === undefined) changeDetail(entry, { detail, row, place, kind: "new" });
      else if (detail.columns.some((column) => !sameCell(known[column], row[column]))) changeDetail(entry, { detail, row, place, kind: "changed" });
    }
  }

  function changeDetail(entry: PlannedRecord, change: DetailChange): void {
    entry.hasChangedDetails = true;
    details.push(change);
  }

  // What moves onto another record brings its rows along.
  function detailRows(detail: Detail, { desired }: PlannedChange): PlacedRow[] {
    const { revision, input, place } = desired;
    if (revision?.type === "correction") return [];
    if (revision === undefined) return placedRows(detail, place, detail.read(input));
    const entry = entryOf.get(desired);
    if (entry === undefined || entry.id === revision.id) return [];
    const rows = (revision.details.get(detail.table) ?? []).map((cells) => ({ place, identity: cells[detail.identity] ?? null, cells, yields: revision.yields }));
    const { field, cells = {} } = detail.givesWay ?? {};
    const text = field === undefined ? undefined : revision.cells[field];
    if (field === undefined || typeof text !== "string" || text === entry.row[field]) return rows;
    const others = rows.filter(({ identity }) => identity !== text);
    const former = rows.find(({ identity }) => identity === text)?.cells;
    return [...others, { place, identity: text, cells: { ...former, ...cells }, yields: true }];
  }

  function placedRows(detail: Detail, place: Place, rows: readonly DetailEntry[]): PlacedRow[] {
    return rows.flatMap(({ steps, cells }) => {
      const where = at(place, ...steps);
      const named = cells[detail.identity];
      const identity = detail.to === undefined ? named : referTo(detail.to, String(named), where)?.id;
      return identity === undefined ? [] : [{ place: where, identity, cells, yields: false }];
    });
  }

  function mergeDetailCells(detail: Detail, row: Record<string, Cell | undefined>, cells: Row, place: Place | undefined, entry: PlannedRecord): boolean {
    let isChanged = false;
    for (const column of detail.columns) {
      const given = cells[column] ?? null;
      const held = row[column] ?? null;
      if (given === null || sameCell(given, held)) continue;
      if (held === null) {
        row[column] = given;
        isChanged = true;
      } else if (place !== undefined && detail.keeps?.includes(column) !== true) {
        const message = `${column} of ${shown(row[detail.identity])} at ${shown(entry.key)} is ${shown(held)} in the record and ${shown(given)} here`;
        lookup.report({ code: "CONFLICT", place, message });
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
    const changed = touched.flatMap(({ desired }) => (desired.kind === kind ? (entryOf.get(desired) ?? []) : []));
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
      lookup.report({ code: "INVALID", place: lookup.placeOf(start, field.column), message });
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
    const groups = new Map<string, { kind: RecordKind; parent: PlannedRecord; siblings: readonly PlannedRecord[] }>();
    for (const one of touched) {
      const entry = entryOf.get(one.desired);
      if (entry === undefined || one.isInvalid || !isTouched(entry)) continue;
      const { kind } = one.desired;
      // A rule weighs values against each other; where one is at fault there is nothing to weigh.
      if (one.missing.size === 0) kind.check?.(entry, lookup);
      const field = kind.within === undefined ? undefined : kind.fields[kind.within];
      if (kind.checkSiblings === undefined || field?.type !== "reference") continue;
      const parent = lookup.byId(field.to, entry.row[field.column]);
      if (parent === undefined) continue;
      groups.set(`${kind.table}\n${parent.id}`, { kind, parent, siblings: lookup.siblings(kind.table, field.column, parent.id) });
    }
    for (const { kind, parent, siblings } of groups.values()) kind.checkSiblings?.(parent, siblings, lookup);
    for (const rule of rules) rule(touched, lookup);
  }

  function plan(): Plan {
    // What is to move may not be left behind unnoticed.
    const lost = touched.find(({ isInvalid: isSpoiled, desired }) => isSpoiled && desired.revision !== undefined);
    if (lost !== undefined && faults.length === 0) {
      lookup.report({ code: "INVALID", place: lost.desired.place, message: `it cannot be told what becomes of the ${lost.desired.kind.label} ${shown(lost.desired.key)}` });
    }
    const entries = [...tables.values()].flatMap((table) => inWritingOrder(table, [...table.byId.values()].filter(({ desired }) => desired !== undefined)));
    return { records: entries, details, merges: unions, faults, notes: [...notes.values()], recordFor: (desired) => lookup.recordFor(desired), placeOf: (entry, column) => lookup.placeOf(entry, column) };
  }

  return { tables, unite, followCycles, suggestKeys, checkRules, plan };
}

/** Whether anything is written for a record. */
export function isTouched(entry: PlannedRecord): boolean {
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
    tables.set(name, { name, keyColumn, kinds: here, columns: [...columns], byKey: new Map(), byId: new Map(), former: new Map(), others: new Map() });
  }
  return tables;
}

function referencedKeys(drafts: readonly DesiredRecord[]): Map<string, Set<string>> {
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
function daysOf(kinds: readonly RecordKind[], row: Row): Row {
  const days: Record<string, Cell> = {};
  for (const kind of kinds) {
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

function newPending(desired: DesiredRecord): PlannedChange {
  return { desired, name: desired.key, isFollowed: false, given: {}, places: new Map(), key: undefined, match: undefined, missing: new Set(desired.leftOut), isInvalid: false };
}

function isNamed({ desired: { kind, revision } }: PlannedChange): boolean {
  return kind.identify === undefined || revision?.type === "correction" || revision?.target !== undefined;
}

function parentOf(change: PlannedChange, lookup: LookupContext): Parent | undefined {
  const { kind } = change.desired;
  if (kind.parent !== undefined) return kind.parent(change, lookup);
  const field = kind.within === undefined ? undefined : kind.fields[kind.within];
  if (field?.type !== "reference") return undefined;
  const id = change.given[field.column] ?? lookup.recordFor(change.desired)?.row[field.column];
  return typeof id === "string" ? { column: field.column, id } : undefined;
}

function nextPosition(siblings: readonly PlannedRecord[]): number {
  return siblings.reduce((next, { row }) => Math.max(next, Number(row["position"] ?? -1) + 1), 0);
}

// A flag that is as it always begins says nothing, unless time turns it so.
function saidCells({ fields }: RecordKind, cells: Row): Row {
  const unsaid = Object.entries(fields).flatMap(([name, field]) =>
    field.type === "flag" && field.becomes === undefined && cells[name] === field.initial ? [name] : [],
  );
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !unsaid.includes(column)));
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

/** The one of two rows whose date lies within that of the other; undefined if neither does. */
function finerDate(name: string, held: Row, given: Row): Row | undefined {
  if (isDateWithin(name, held, given)) return held;
  return isDateWithin(name, given, held) ? given : undefined;
}

function setCells(entry: PlannedRecord, name: string, field: Field, cells: Row): void {
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

function topOf(table: Table, start: PlannedRecord, column: string): { missing?: string; isCycle: boolean } {
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
function inWritingOrder(table: Table, entries: readonly PlannedRecord[]): PlannedRecord[] {
  const columns = table.kinds.flatMap((kind) =>
    Object.values(kind.fields).flatMap((field) => (field.type === "reference" && field.to === table.name ? [field.column] : [])),
  );
  if (columns.length === 0) return [...entries];
  const ordered = new Set<PlannedRecord>();
  const wanted = new Set(entries);
  for (const start of entries) {
    const waiting = [start];
    const below = new Set<PlannedRecord>();
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

function valuesOf(row: Row, { columns }: { readonly columns: readonly string[] }): string | undefined {
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

/** A name as it is compared: without case, accents and marks between its words. */
function foldedName(name: string): string {
  return name.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase().replace(/[^\p{L}\p{N}]+/gu, " ").trim();
}

function article(label: string): string {
  return `${/^[aeiou]/.test(label) ? "an" : "a"} ${label}`;
}
