import type { Place } from "../lib/faults.js";
import type { PackError, PackFault } from "./faults.js";

/** Entries of packs, and rows of tables, that an import leaves out because they are at fault. */
export interface LeftOut {
  /** Their faults, in the order in which they were found. */
  readonly faults: readonly PackFault[];
  /** Whether the entry of a place, as it was written, is left out. */
  readonly has: (source: string, place: Place) => boolean;
  /** Leaves out the entries that an error names. False if it names none that is still in. */
  readonly add: (error: PackError) => boolean;
}

/** Starts with nothing left out. */
export function newLeftOut(): LeftOut {
  const entries = new Set<string>();
  const faults: PackFault[] = [];
  return {
    faults,
    has: (source, place) => entries.has(entryOf(source, place)),
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
