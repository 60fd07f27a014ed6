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
  /** The value has the wrong type or form. */
  | "INVALID"
  /** A reference to a record that is in neither the record nor the input. */
  | "NOT_FOUND"
  /** It contradicts the record. */
  | "CONFLICT"
  /** It is given twice. */
  | "DUPLICATE"
  /** A required value is missing. */
  | "MISSING"
  /** A fact without a source, or with more than the one that is allowed. */
  | "UNCITED"
  /** A passage that is not in its document as quoted. */
  | "MISQUOTED"
  /** Other records refer to the record that is to be removed. */
  | "REFERRED_TO"
  /** A file that is unreadable or not allowed. */
  | "UNREADABLE"
  /** The database rejected it, although the rules did not. */
  | "REFUSED"
  /** A participant is named in an office that the person did not hold on that day. */
  | "OFFICE_NOT_HELD"
  /** It was withdrawn, and would be recorded again. */
  | "WITHDRAWN"
  /** It is likely the same as another record. */
  | "LIKELY_DUPLICATE"
  /** The idempotency key belongs to another mutation. */
  | "IDEMPOTENCY_KEY_REUSED"
  /** One editor alone has seen it. */
  | "REVIEW_REQUIRED";

/** A fault in an input, with its place. */
export interface Fault {
  readonly code: FaultCode;
  readonly place: Place;
  /** The problem, as a sentence without a full stop. */
  readonly message: string;
  /** A related place, such as the first occurrence of a duplicate. */
  readonly other?: Place;
}

/** A place within another. */
export function at(place: Place, ...steps: Step[]): Place {
  return { file: place.file, path: [...place.path, ...steps] };
}

/** A path as text: `meetings[3].participants[1].role`. */
export function pathText(path: readonly Step[]): string {
  return path
    .map((step, index) => (typeof step === "number" ? `[${String(step)}]` : index === 0 ? step : `.${step}`))
    .join("");
}

/** A suggestion after an unknown name: `; did you mean "x"?`; empty without a similar candidate. */
export function didYouMean(name: string, candidates: Iterable<string>): string {
  const near = similarTo(name, candidates);
  return near === undefined ? "" : `; did you mean "${near}"?`;
}

/** A noun with its indefinite article: "an office", "a meeting". */
export function withArticle(noun: string): string {
  return `${/^[aeio]/i.test(noun) ? "an" : "a"} ${noun}`;
}

/** A value for a message: quoted, on one line, shortened, with escapes for invisible characters. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "nothing";
  if (typeof value !== "string") return JSON.stringify(value);
  const points = [...value.slice(0, 200)];
  const short = points.length > 80 || value.length > 200 ? `${points.slice(0, 79).join("")}…` : value;
  return escapeInvisible(JSON.stringify(short));
}
