import { at, shown, type Fault, type Place, type Step } from "../../lib/faults.js";
import { parsePartialDate, PartialDateError } from "../../lib/partial-dates.js";
import { formerText } from "../names.js";
import {
  columnsOf,
  inputPath,
  valueAt,
  type Cell,
  type Field,
  type PlannedChange,
  type PlannedRecord,
  type RecordKind,
  type ReferenceField,
  type Row,
} from "../records.js";
import { hasCells } from "../store.js";
import { currentReference, labelOf, noteName, recordNamed, withdrawnName } from "./names.js";
import { keyIn } from "./references.js";
import type { Planning } from "./state.js";
import { daysOf, type Table } from "./tables.js";

// The search for similar keys takes time, and a hundred wrong keys have one cause.
const mostUnresolved = 100;

/** Fills the given values of a change: references become ids, and partial dates their days. */
export function resolveValues(planning: Planning, change: PlannedChange): void {
  const { kind, input, place, revision } = change.desired;
  if (revision?.type === "move") {
    Object.assign(change.given, withoutInitialFlags(kind, { ...revision.cells, ...daysOf([kind], revision.cells) }));
  }
  for (const [name, field] of Object.entries(kind.fields)) {
    const path = inputPath(name, field);
    const value = field.type === "owner" ? undefined : valueAt(input, path);
    if (value === undefined) continue;
    const where = at(place, ...path);
    const cells = cellsOf(planning, change, field, { property: path[0], value, place: where });
    columnsOf(name, field).forEach((column, index) => {
      change.given[column] = cells[index];
      change.places.set(column, where);
    });
  }
}

/** A value in an input, with its property of the record and its place. */
interface GivenValue {
  readonly property: Step;
  readonly value: unknown;
  readonly place: Place;
}

type Cells = readonly (Cell | undefined)[];

function cellsOf(planning: Planning, change: PlannedChange, field: Field, given: GivenValue): Cells {
  if (field.type === "reference") return referenceCells(planning, change, field, given);
  const { property, value, place } = given;
  if (field.type !== "date") return [value as Cell];
  try {
    const { text, earliest, latest } = parsePartialDate(String(value));
    return [text, earliest, latest];
  } catch (error) {
    if (!(error instanceof PartialDateError)) throw error;
    change.missing.add(property);
    planning.lookup.report({ code: "INVALID", place, message: error.message });
    return [];
  }
}

function referenceCells(
  planning: Planning,
  change: PlannedChange,
  field: ReferenceField,
  { property, value, place }: GivenValue,
): Cells {
  const key = keyIn(field, value);
  const withdrawn = withdrawnName(planning, field.to, key);
  if (withdrawn === undefined) {
    const found = resolveReference(planning, field.to, key, place, field.only);
    if (found === undefined) change.missing.add(property);
    return [found?.id];
  }
  const { withdrawnReferences } = planning;
  const isParent = change.desired.kind.fields[change.desired.kind.within ?? ""] === field;
  const label = labelOf(planning, field.to, field.only);
  const message = `${formerText(label, key, withdrawn)}; nothing can refer to it unless it is recorded again`;
  const here = withdrawnReferences.get(change) ?? [];
  withdrawnReferences.set(change, [...here, { column: field.column, place, message }]);
  change.missing.add(property);
  // A part of a record that stays withdrawn is not planned.
  if (isParent) change.isInvalid = true;
  return [isParent ? undefined : withdrawn.id];
}

/** The record that a key in an input means. Reports a fault if there is none, or it is of the wrong kind. */
export function resolveReference(
  planning: Planning,
  to: string,
  key: string,
  place: Place,
  only?: ReferenceField["only"],
): PlannedRecord | undefined {
  const { tables, lookup } = planning;
  const table = tables.get(to);
  const record = recordNamed(planning, to, key);
  const label = labelOf(planning, to, only);
  if (record === undefined) {
    reportUnresolved(planning, to, key, place, label);
    return undefined;
  }
  const kind = table?.kinds.find((one) => hasCells(record.row, one.fixed));
  if (table !== undefined) noteName(planning, table, { label: kind?.label ?? label, name: key, place }, record);
  const fits = hasCells(record.row, only?.cells);
  if (!fits) lookup.report({ code: "INVALID", place, message: `${shown(key)} is no ${label}` });
  return fits ? record : undefined;
}

function reportUnresolved(planning: Planning, to: string, key: string, place: Place, label: string): void {
  const { tables, changeSet, lookup } = planning;
  if (changeSet.isInvalid(to, key)) return;
  const table = tables.get(to);
  const others = table?.others.get(currentReference(planning, to, key)) ?? [];
  if (others.length === 0) {
    reportUnknown(planning, table, label, key, place);
    return;
  }
  const candidates = others.map((other) => `${shown(other.key)} (${other.name})`).join(" or ");
  const message = `${shown(key)} can mean ${candidates}; write the ${table?.keyColumn ?? "key"} of the one that is meant`;
  lookup.report({ code: "INVALID", place, message });
}

/** Reports a key without a record. Similar keys are suggested once everything is planned. */
export function reportUnknown(
  { lookup, unresolved }: Planning,
  table: Table | undefined,
  label: string,
  key: string,
  place: Place,
): void {
  const message = `there is no ${label} ${shown(key)}, neither given here nor in the record`;
  const fault: Fault & { message: string } = { code: "NOT_FOUND", place, message };
  lookup.report(fault);
  if (table !== undefined && unresolved.length < mostUnresolved) unresolved.push({ table, key, fault });
}

// A flag with its initial value says nothing, unless time changes it to that value.
function withoutInitialFlags({ fields }: RecordKind, cells: Row): Row {
  const initial = Object.entries(fields).flatMap(([name, field]) =>
    field.type === "flag" && field.becomes === undefined && cells[name] === field.initial ? [name] : [],
  );
  return Object.fromEntries(Object.entries(cells).filter(([column]) => !initial.includes(column)));
}
