import type { z } from "zod";
import { at, shown, type Fault, type Place, type Step } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import {
  propertiesOf,
  valueAt,
  type Detail,
  type DetailEntry,
  type DesiredRecord,
  type PlannedRecord,
  type RecordKind,
  type Row,
} from "./records.js";
import { readShape } from "./sections.js";

/** One value that is corrected: the field as packs name it, steps into a map joined by dots, and what it is to say. */
export interface CorrectedField {
  readonly field: string;
  /** As an input gives it; null takes back what the record says. */
  readonly value: unknown;
}

/** A record that is corrected. */
export interface CorrectedRecord {
  readonly kind: RecordKind;
  /** The input shape of the kind. */
  readonly shape: z.ZodObject;
  readonly id: string;
  readonly key: string;
}

/**
 * Adds a correction: a given value replaces the stored one, null clears it, and lists are replaced.
 * @param place The place of the list of corrections; `placeInCorrections` maps later faults into it.
 * @returns The draft, for adding citations; undefined if there is a fault already.
 */
export function addCorrection(
  changeSet: ChangeSet,
  record: CorrectedRecord,
  corrections: readonly CorrectedField[],
  place: Place,
): DesiredRecord | undefined {
  const { kind, shape, id, key } = record;
  const paths = corrections.map(({ field }) => field.split("."));
  const faults =
    corrections.length === 0
      ? [nothingCorrected(place)]
      : paths.flatMap((_, index) => misnamed(record, paths, index, at(place, index, "field")) ?? []);
  const raw: Record<string, unknown> = {};
  corrections.forEach(({ value }, index) => {
    const path = paths[index] ?? [];
    const isCleared = value === null && path.length === 1 && Object.hasOwn(shape.shape, String(path[0]));
    if (!isCleared) put(raw, path, value);
  });
  const read = readShape(shape.partial(), raw, place);
  const malformed = "faults" in read ? read.faults : [];
  faults.push(...malformed.map((fault) => ({ ...fault, place: placeInCorrections(fault.place, place, corrections) })));
  faults.forEach(changeSet.report);
  // Values with faults are left out, so that the rest is checked as well.
  const isSound = (index: number): boolean => !faults.some((fault) => fault.place.path[place.path.length] === index);
  const sound = paths.filter((_, index) => isSound(index));
  if (sound.length === paths.length && faults.length > 0) return undefined;
  const rest: Record<string, unknown> = {};
  for (const path of sound) {
    const value = valueAt(raw, path);
    if (value !== undefined) put(rest, path, value);
  }
  const again = readShape(shape.partial(), rest, place);
  if ("faults" in again) return undefined;
  let desired: DesiredRecord | undefined;
  const leftOut = paths.filter((_, index) => !isSound(index)).map((path) => at(place, ...path));
  changeSet.partial(
    leftOut,
    (found) => found,
    (those) => {
      desired = those.add(kind, key, place, again.value, undefined, { type: "correction", id, paths: sound });
    },
  );
  return desired;
}

/** The place of a fault in the list of corrections. The planner knows only the field. */
export function placeInCorrections(found: Place, place: Place, corrections: readonly CorrectedField[]): Place {
  const inside = found.path.slice(place.path.length);
  const [first] = inside;
  // Other places, and those with an index in the list, are correct already.
  if (
    !place.path.every((step, index) => step === found.path[index]) ||
    first === undefined ||
    typeof first === "number"
  )
    return found;
  if (first === "cite") return { file: place.file, path: [...place.path.slice(0, -1), ...inside] };
  const named = corrections.map(({ field }) => field.split("."));
  const index = named.findIndex((path) => isWithin(path, inside));
  return index < 0 ? place : at(place, index, "value", ...inside.slice(named[index]?.length));
}

function nothingCorrected(place: Place): Fault {
  return { code: "MISSING", place, message: "corrections names no field; say what is to be corrected" };
}

function misnamed(
  { kind, shape, key }: CorrectedRecord,
  paths: readonly (readonly string[])[],
  index: number,
  place: Place,
): Fault | undefined {
  const path = paths[index] ?? [];
  const [name = ""] = path;
  const twice = paths.slice(0, index).some((other) => isWithin(other, path) || isWithin(path, other));
  if (twice) return { code: "DUPLICATE", place, message: `${path.join(".")} is corrected twice` };
  const properties = new Set([...propertiesOf(kind), ...(kind.details ?? []).flatMap(listedBy)]);
  if (name !== "cite" && (properties.has(name) || !Object.hasOwn(shape.shape, name))) return undefined;
  const message =
    name === "cite"
      ? "sources are not corrected as a field: cite adds one, and a citation is withdrawn or corrected on its own"
      : name === kind.keyColumn
        ? `${name} is the name of the ${kind.label} ${shown(key)}, under which everybody knows it, and stays`
        : `${name} are records of their own; correct the one that is meant`;
  return { code: "INVALID", place, message };
}

/** Whether what stands at a path of an input is corrected: it is named itself, or a map is that it stands in. */
export function isCorrected(paths: readonly (readonly Step[])[], path: readonly Step[]): boolean {
  return paths.some((named) => isWithin(named, path));
}

function isWithin(outer: readonly Step[], path: readonly Step[]): boolean {
  return outer.length <= path.length && outer.every((step, index) => step === path[index]);
}

/** A corrected value, and its place in the input. */
interface Corrected {
  readonly paths: readonly (readonly Step[])[];
  readonly input: Readonly<Record<string, unknown>>;
}

/**
 * The rows that a detail is to have after a correction: what the rows so far would say in an input, with what is
 * corrected in its place.
 * @param held the rows so far, references by id.
 * @returns undefined if the correction does not touch them.
 */
export function correctedRows(
  detail: Detail,
  { paths, input }: Corrected,
  held: readonly Row[],
  { row, stored }: PlannedRecord,
): readonly DetailEntry[] | undefined {
  const listed = listedBy(detail);
  const fields = paths.flatMap(([first]) =>
    first === undefined || listed.includes(String(first)) ? [] : [String(first)],
  );
  if (fields.length === paths.length && detail.read(input).length === 0) return undefined;
  // Rows that derive from a field are removed when the field changes.
  const before = detail.read(Object.fromEntries(fields.map((name) => [name, stored?.[name]])));
  const owed = new Set(before.map(({ cells }) => cells[detail.identity]));
  const said: Record<string, unknown> = {
    ...row,
    ...detail.write(
      held.filter((one) => !owed.has(one[detail.identity])),
      row,
    ),
  };
  for (const path of paths) put(said, path, valueAt(input, path));
  return detail.read(said);
}

// The properties of an input that list the rows of a detail.
function listedBy(detail: Detail): string[] {
  return Object.keys(detail.write([], {}));
}

// Maps on the way are copied, so that nothing else changes with it.
function put(target: Record<string, unknown>, [first, ...rest]: readonly Step[], value: unknown): void {
  if (first === undefined) return;
  if (rest.length === 0) {
    target[first] = value;
    return;
  }
  const inside = { ...(target[first] as Record<string, unknown> | undefined) };
  target[first] = inside;
  put(inside, rest, value);
}
