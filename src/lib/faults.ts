import { escapeInvisible } from "./characters.js";
import { similarTo } from "./similar.js";

/** A step into a value: the name of a property or the index of an entry. */
export type Step = string | number;

/** The place of a value: the file of a pack, or null for the input of an operation, and the path within. */
export interface Place {
  readonly file: string | null;
  readonly path: readonly Step[];
}

/** The kind of fault, for programs. */
export type FaultCode =
  /** The value is not of the kind that is wanted there. */
  | "INVALID"
  /** What it refers to is in neither the record nor the input. */
  | "NOT_FOUND"
  /** It says something else than the record. */
  | "CONFLICT"
  /** It is given twice. */
  | "DUPLICATE"
  /** A required value is missing. */
  | "MISSING"
  /** A fact without a source, or with more than one where one is wanted. */
  | "UNCITED"
  /** A passage that is not in its document as quoted. */
  | "MISQUOTED"
  /** Other records refer to what is to go. */
  | "REFERRED_TO"
  /** A file that cannot be read or may not be. */
  | "UNREADABLE"
  /** The database refused what the rules let through. */
  | "REFUSED"
  /** Somebody is named in an office that he did not hold on that day. */
  | "OFFICE_NOT_HELD"
  /** It was withdrawn, and is to be recorded again. */
  | "WITHDRAWN"
  /** The key of an act was given to another one before. */
  | "IDEMPOTENCY_KEY_REUSED";

/** A fault in an input, with its place. */
export interface Fault {
  readonly code: FaultCode;
  readonly place: Place;
  /** The problem, as a sentence without a full stop. */
  readonly message: string;
  /** A related place, such as the first occurrence of a duplicate. */
  readonly other?: Place;
}

/** The place further in. */
export function at(place: Place, ...steps: Step[]): Place {
  return { file: place.file, path: [...place.path, ...steps] };
}

/** A path as people write it: `meetings[3].participants[1].role`. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${String(step)}]` : index === 0 ? step : `.${step}`))
    .join("");
}

/** Words a question after an unknown name: `; did you mean "x"?`, or nothing if no candidate is near. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = similarTo(name, candidates);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

/** A value as it is shown in a message: quoted, on one line, not too long, and with what is not seen as escapes. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "string") return JSON.stringify(value);
  const points = [...value.slice(0, 200)];
  const short = points.length > 80 || value.length > 200 ? `${points.slice(0, 79).join("")}…` : value;
  return escapeInvisible(JSON.stringify(short));
}
