import type { UserError } from "../generated/schema.types.js";
import { pathText, type Fault } from "../lib/faults.js";

/** Maximum number of faults in a response. */
const mostErrors = 200;

/** Faults as an editor sees them: in the order of the input, each a sentence, the same one once. */
export function userErrorsOf(faults: readonly Fault[]): UserError[] {
  const errors = new Map<string, UserError>();
  for (const { code, message, place, other } of faults) {
    const first = other === undefined ? "" : ` (first at ${pathText(other.path)})`;
    const error: UserError = { code, message: sentence(message + first), path: place.path.map(String) };
    errors.set(JSON.stringify(error), error);
  }
  return [...errors.values()].sort((one, later) => compare(one.path, later.path)).slice(0, mostErrors);
}

/** Words as a sentence: with a capital and a full stop. */
export function sentence(words: string): string {
  const text = words.charAt(0).toUpperCase() + words.slice(1);
  return /[.?!]$/.test(text) ? text : `${text}.`;
}

// Entries of lists by their number, everything else by name.
function compare(one: readonly string[], other: readonly string[]): number {
  for (const [index, step] of one.entries()) {
    const against = other[index];
    if (against === undefined) return 1;
    if (step !== against) return step.localeCompare(against, "en", { numeric: true });
  }
  return one.length - other.length;
}
