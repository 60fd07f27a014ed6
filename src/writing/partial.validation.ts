import type { z } from "zod";
import { at, type Fault, type Place, type Step } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import { valueAt } from "./records.js";
import { readShape } from "./sections.js";

// Maximum number of rounds of removing faults: first a value, then the entry that requires it, and then what contains
// that.
const mostRounds = 8;

/** The shape and meaning of an input. */
export interface Readable {
  readonly shape: z.ZodType;
  /** Adds what an input says. The value has passed the shape. */
  readonly add: (changeSet: ChangeSet, input: unknown, place: Place) => void;
}

/**
 * Drafts what is left of an input that is at fault. One fault in a record is one fault, and not one more for each record
 * that refers to it; and what else is wrong with the record is to be found at the same time. So what is at fault is left
 * out, as little as can be, and the rest is looked at.
 * @returns whether anything could be made of the rest.
 */
export function addValidParts(
  { shape, add }: Readable,
  whole: unknown,
  place: Place,
  faults: readonly Fault[],
  changeSet: ChangeSet,
): boolean {
  let leftOut = faults.map((fault) => fault.place.path.slice(place.path.length));
  for (let round = 0; round < mostRounds && leftOut.every((path) => path.length > 0); round += 1) {
    const wholePath = (path: readonly Step[]): Step[] => pathInWhole(whole, leftOut, path.slice(place.path.length));
    const read = readShape(shape, without(whole, leftOut), place);
    if ("value" in read) {
      const placeOf = (where: Place): Place => at(place, ...wholePath(where.path));
      changeSet.partial(
        leftOut.map((path) => at(place, ...path)),
        placeOf,
        (rest) => {
          add(rest, read.value, place);
        },
      );
      return true;
    }
    const known = new Set(leftOut.map((path) => JSON.stringify(path)));
    const more = read.faults.map((fault) => wholePath(fault.place.path));
    // A missing value cannot be left out, so the object that lacks it is.
    leftOut = [
      ...leftOut,
      ...more.map((path) =>
        known.has(JSON.stringify(path)) || valueAt(whole, path) === undefined ? path.slice(0, -1) : path,
      ),
    ];
  }
  return false;
}

/** A value without what stands at some paths. */
export function without(value: unknown, paths: readonly (readonly Step[])[]): unknown {
  if (paths.length === 0 || typeof value !== "object" || value === null) return value;
  const { isGone, inside } = firstSteps(paths);
  if (Array.isArray(value))
    return value.flatMap((entry: unknown, index) => (isGone(index) ? [] : [without(entry, inside(index))]));
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, entry]) => (isGone(name) ? [] : [[name, without(entry, inside(name))]])),
  );
}

// From a path in what is left to the path in the whole: entries that are left have moved up in their lists.
function pathInWhole(whole: unknown, paths: readonly (readonly Step[])[], path: readonly Step[]): Step[] {
  const [step, ...further] = path;
  if (step === undefined) return [];
  const { isGone, inside } = firstSteps(paths);
  const isEntry = Array.isArray(whole) && typeof step === "number";
  const first = isEntry ? ([...whole.keys()].filter((index) => !isGone(index))[step] ?? step) : step;
  return [first, ...pathInWhole(valueAt(whole, [first]), inside(first), further)];
}

function firstSteps(paths: readonly (readonly Step[])[]) {
  const gone = new Set<Step>();
  const further = new Map<Step, (readonly Step[])[]>();
  for (const [first, ...rest] of paths) {
    if (first === undefined) continue;
    if (rest.length === 0) gone.add(first);
    else if (further.get(first)?.push(rest) === undefined) further.set(first, [rest]);
  }
  return { isGone: (step: Step): boolean => gone.has(step), inside: (step: Step) => further.get(step) ?? [] };
}
