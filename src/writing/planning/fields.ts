import { at, shown, type Step, withArticle } from "../../lib/faults.js";
import { isCorrected } from "../corrections.js";
import {
  columnsOf,
  inputPath,
  isDateWithin,
  isMissing,
  type Cell,
  type Correction,
  type Field,
  type PlannedChange,
  type PlannedRecord,
  type Precedence,
  type Row,
} from "../records.js";
import { sameCell } from "../store.js";
import { reportConflict, type Conflict, type NameConflict } from "./conflicts.js";
import { checkWithdrawnReferences, isDecided, wordsNotRemoved } from "./decided.js";
import { removeSibling } from "./siblings.js";
import type { Planning } from "./state.js";
import { initialCell, setCells } from "./tables.js";

/**
 * Applies the given values of a change to its record.
 * @returns names that contradict the record, to be compared with its other names.
 */
export function mergeFields(planning: Planning, change: PlannedChange): readonly NameConflict[] {
  const record = planning.recordOf.get(change.desired);
  if (record === undefined || change.isInvalid) return [];
  checkWithdrawnReferences(planning, record, change);
  const { revision } = change.desired;
  let conflicts: readonly NameConflict[] = [];
  if (revision?.type === "correction") correctFields(planning, record, change, revision);
  else if (revision?.type === "move" && revision.id === record.id) moveFields(record, change);
  else conflicts = addFields(planning, record, change);
  for (const { source } of planning.merges) {
    if (source.id === revision?.id) removeSibling(planning.siblings, source);
  }
  checkRequired(planning, record, change);
  return conflicts;
}

/** Adds values to a record: unknown values become known, lists grow, and contradictions are faults. */
function addFields(planning: Planning, record: PlannedRecord, change: PlannedChange): NameConflict[] {
  const { kind, revision } = change.desired;
  const { stored, row } = record;
  const conflicts: NameConflict[] = [];
  const precedence = stored === null ? "neither" : (kind.precedence?.(row, change.given) ?? "neither");
  if (precedence === "stored" && revision === undefined) return conflicts;
  for (const [name, field] of Object.entries(kind.fields)) {
    const [column] = columnsOf(name, field);
    const given = change.given[column] ?? null;
    const held = row[column] ?? null;
    if (given === null || sameCell(held, given)) continue;
    const isAdded = revision === undefined && field.type !== "words";
    if (isAdded && isDecided(planning, record, change, { name, field, held, given })) continue;
    const words = field.type === "words" ? wordsNotRemoved(planning, record, column, held, given) : given;
    const outcome = outcomeOf(field, held, words, precedence, stored === null);
    if (outcome === "held") continue;
    if (outcome !== "conflict") {
      setCells(record, name, field, outcome === "given" ? change.given : { [column]: outcome });
      continue;
    }
    const conflict = { record, change, name, field, held, given };
    if (isSettled(conflict, precedence) || addsDay(conflict) || addsOther(conflict)) continue;
    const detail = revision === undefined ? kind.details?.find(({ givesWay }) => givesWay?.field === name) : undefined;
    const contradiction = kind.contradiction?.(name, record, change);
    if (contradiction === null) continue;
    if (contradiction !== undefined) {
      const place = change.places.get(column) ?? change.desired.place;
      planning.lookup.report({ code: "CONFLICT", place, message: contradiction });
    } else if (detail === undefined) reportConflict(planning, conflict);
    else conflicts.push({ ...conflict, detail });
  }
  return conflicts;
}

type Outcome = "held" | "given" | "conflict" | readonly string[];

function outcomeOf(field: Field, held: Cell, given: Cell, precedence: Precedence, isNew: boolean): Outcome {
  if (field.type === "words") return [...new Set([...(held as readonly string[]), ...(given as readonly string[])])];
  if (held === null || isNew || precedence === "given") return "given";
  if (field.type === "flag" && field.becomes !== undefined) return given === field.becomes ? "given" : "held";
  return "conflict";
}

// A date within the other one is more precise, not a contradiction.
function isSettled({ record, change, name, field }: Conflict, precedence: Precedence): boolean {
  if (field.type === "date") {
    if (isDateWithin(name, record.row, change.given)) return true;
    if (isDateWithin(name, change.given, record.row)) {
      setCells(record, name, field, change.given);
      return true;
    }
  }
  return givesWay(change, name, precedence);
}

// A day before the held one comes first, and one after it may be the last.
function addsDay({ record, change, name, field }: Conflict): boolean {
  if (field.type !== "date" || field.latest === undefined) return false;
  const [held, given] = [dayOf(record.row, name), dayOf(change.given, name)];
  const isEarlier = String(given.cells[`${name}Earliest`]) < String(held.cells[`${name}Earliest`]);
  if (isEarlier) setCells(record, name, field, given.cells);
  const later = (isEarlier ? held : given).named(field.latest);
  const last = record.row[`${field.latest}Latest`];
  if (typeof last !== "string" || last < String(later[`${field.latest}Latest`]))
    setCells(record, field.latest, field, later);
  return true;
}

// Another value is kept beside the held one.
function addsOther({ record, change, field, given }: Conflict): boolean {
  if (field.type !== "text" || field.others === undefined || typeof given !== "string") return false;
  const others = (record.row[field.others] ?? []) as readonly string[];
  const list = change.desired.kind.fields[field.others];
  if (list !== undefined && !others.includes(given))
    setCells(record, field.others, list, { [field.others]: [...others, given] });
  return true;
}

/** The cells of a date, and the same under another name. */
function dayOf(row: Row, name: string): { readonly cells: Row; readonly named: (other: string) => Row } {
  const named = (other: string): Row =>
    Object.fromEntries(["", "Earliest", "Latest"].map((end) => [other + end, row[name + end] ?? null]));
  return { cells: named(name), named };
}

// A merged record yields to its target if the input says so, or if a detail of the target keeps its text.
function givesWay({ desired: { kind, revision } }: PlannedChange, name: string, precedence: Precedence): boolean {
  if (revision?.type !== "move") return false;
  const isKept = (kind.details ?? []).some((detail) => detail.givesWay?.field === name);
  return revision.yields || precedence === "stored" || isKept;
}

function moveFields(record: PlannedRecord, { desired: { kind }, given }: PlannedChange): void {
  const cells: Row = { ...record.row, ...given };
  for (const [name, field] of Object.entries(kind.fields)) setCells(record, name, field, cells);
}

function correctFields(planning: Planning, record: PlannedRecord, change: PlannedChange, { paths }: Correction): void {
  const { kind } = change.desired;
  if (kind.follow?.(change, record, planning.lookup) === false) return;
  for (const [name, field] of Object.entries(kind.fields)) {
    const path = inputPath(name, field);
    const [column] = columnsOf(name, field);
    const given = change.given[column];
    const isCleared = isCorrected(paths, path) && !change.missing.has(path[0]);
    if (field.type === "owner" || (given === undefined && !isCleared)) continue;
    if (sameCell(record.row[column], given)) continue;
    if (kind.lasting?.includes(name) === true) {
      reportLasting(planning, record, change, path);
    } else {
      const isEmpty = (given ?? null) === null;
      setCells(record, name, field, isEmpty ? { [column]: initialCell(field) } : change.given);
    }
  }
}

function reportLasting(
  { lookup }: Planning,
  { key }: PlannedRecord,
  { desired: { kind, place } }: PlannedChange,
  path: readonly Step[],
): void {
  const message =
    `${path.join(".")} says which ${kind.label} ${shown(key)} is, so it is not corrected; ` +
    "withdraw it and record the right one";
  lookup.report({ code: "INVALID", place: at(place, ...path), message });
}

function checkRequired({ lookup }: Planning, { key, row }: PlannedRecord, change: PlannedChange): void {
  const { kind, place, revision } = change.desired;
  for (const [name, field] of Object.entries(kind.fields)) {
    const path = inputPath(name, field);
    const isEmpty = (row[columnsOf(name, field)[0]] ?? null) === null;
    if (!field.required || !isEmpty || isMissing(change, path[0])) continue;
    const value = path.join(".");
    const message =
      revision === undefined
        ? `a new ${kind.label} needs ${value}, and ${shown(key)} has none`
        : `${withArticle(kind.label)} needs ${value}, so ${shown(key)} cannot be without it`;
    lookup.report({ code: "MISSING", place: revision === undefined ? place : at(place, ...path), message });
  }
}
