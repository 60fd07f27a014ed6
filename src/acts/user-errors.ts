import type { UserError } from "../generated/schema.types.js";
import { pathText, type Fault, type Step } from "../lib/faults.js";

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

/**
 * The fault at its place in the input as it was sent. Rules know identifiers by their scheme, as packs write them, but an
 * input lists them: `identifiers.COW` is `identifiers.0.value` there.
 */
export function placedIn(input: unknown, fault: Fault): Fault {
  const path: Step[] = [];
  let value: unknown = { input };
  for (const step of fault.place.path) {
    const index = Array.isArray(value) && typeof step === "string" ? value.findIndex((one) => isOf(one, step)) : -1;
    const steps = index < 0 ? [step] : [index, "value"];
    path.push(...steps);
    for (const name of steps) value = (value as Readonly<Record<Step, unknown>> | null | undefined)?.[name];
  }
  return { ...fault, place: { ...fault.place, path } };
}

const isOf = (entry: unknown, scheme: string): boolean =>
  typeof entry === "object" && entry !== null && (entry as Readonly<Record<string, unknown>>)["scheme"] === scheme;

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
