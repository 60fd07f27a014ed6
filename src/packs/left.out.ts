import { at, type Place, type Step } from "../lib/faults.js";
import type { PackError, PackFault } from "./faults.js";

/** Entries of packs, and rows of tables, that an import leaves out because they are at fault. */
export interface LeftOut {
  /** Their faults, in the order in which they were found. */
  readonly faults: readonly PackFault[];
  /** Whether the entry of a place, as it was written, is left out. */
  readonly has: (source: string, place: Place) => boolean;
  /** The content of a file without the entries that are left out; in a list, `gone` stands in their places. */
  readonly remaining: (source: string, place: Place, content: Content) => Content;
  /** Leaves out the entries that an error names. False if it names none that is still in. */
  readonly add: (error: PackError) => boolean;
}

type Content = Record<string, unknown>;

/** Stands for an entry of a list that is left out, so that the others keep their numbers. */
export const gone: unique symbol = Symbol("gone");

/** Starts with nothing left out. */
export function newLeftOut(): LeftOut {
  const entries = new Set<string>();
  const faults: PackFault[] = [];
  const has: LeftOut["has"] = (source, place) => entries.has(entryOf(source, place));
  return {
    faults,
    has,
    remaining(source, place, content) {
      if (entries.size === 0) return content;
      const isGone = (collection: string, step: Step): boolean => has(source, at(place, collection, step));
      const remain = (collection: string, value: unknown): unknown => {
        if (Array.isArray(value))
          return value.map((entry: unknown, index) => (isGone(collection, index) ? gone : entry));
        if (typeof value !== "object" || value === null) return value;
        return Object.fromEntries(Object.entries(value).filter(([name]) => !isGone(collection, name)));
      };
      return Object.fromEntries(Object.entries(content).map(([name, value]) => [name, remain(name, value)]));
    },
    add(error) {
      const before = entries.size;
      for (const { source, place, fault } of error.places) {
        if (place.path.length < 2) continue;
        entries.add(entryOf(source, place));
        faults.push(fault);
      }
      return entries.size > before;
    },
  };
}

// An entry is the second step of a path: `meetings[3]`, `persons.li-shangfu`, the row of a table.
function entryOf(source: string, { file, path }: Place): string {
  return JSON.stringify([source, file, ...path.slice(0, 2)]);
}
