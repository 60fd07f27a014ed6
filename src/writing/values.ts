import { z } from "zod";
import { characterName, firstInvisible, unsafeInLine } from "../lib/characters.js";
import { shown } from "../lib/faults.js";
import { parsePartialDate, PartialDateError } from "../lib/partial-dates.js";

// Schemas of single values. Packs give numbers as text, and operations as numbers; both are accepted. Messages describe
// the problem; the path gives the place.

/** A value that may be missing or null, which both mean no value. */
export function given<T extends z.ZodType>(schema: T) {
  return schema.nullish().transform((value) => value ?? undefined);
}

/** A list with a bound. */
export function listOf<T extends z.ZodType>(item: T, most = 1_000) {
  return z.array(item).max(most, { error: `has more than ${String(most)} entries` });
}

/** Text on one line, without white space at its ends. */
export function line(most = 500) {
  return text(most).superRefine((value, context) => {
    const character = /[\n\r\t\u2028\u2029]/u.test(value) ? undefined : unsafeInLine(value);
    if (/[\n\r\t\u2028\u2029]/u.test(value)) context.addIssue({ code: "custom", message: "has to stand on one line" });
    else if (character !== undefined) context.addIssue({ code: "custom", message: unsafeText(character) });
  });
}

function unsafeText(character: string): string {
  const effect = /\p{Cc}/u.test(character) ? "which nothing shows" : "which changes the layout of the text around it";
  return `holds ${characterName(character)}, ${effect}; leave it out`;
}

/** Text that may have several lines, without white space at its ends. */
export function prose(most = 10_000) {
  return text(most);
}

function text(most: number) {
  return letters(most)
    .transform((value) => value.trim())
    .refine((value) => value !== "", { error: "is empty; leave it out" });
}

/** Text letter by letter: nothing is trimmed. */
export function letters(most: number) {
  return speakable(most, unspeakable);
}

/** Text of a document, letter by letter. Form feeds are a part of it, since they part the pages of a PDF. */
export function pages(most: number) {
  return speakable(most, unspeakableInPages);
}

function speakable(most: number, problemOf: (value: string) => string | undefined) {
  return z
    .string()
    .max(most, { error: `is longer than ${String(most)} characters` })
    .superRefine((value, context) => {
      const problem = problemOf(value);
      if (problem !== undefined) context.addIssue({ code: "custom", message: problem });
    });
}

/**
 * The reason why a text cannot be stored or displayed: NUL and other control characters, or half of a surrogate pair.
 * @returns The problem as a sentence without subject, or undefined for a valid text.
 */
export function unspeakable(value: string): string | undefined {
  if (/\p{Surrogate}/u.test(value)) return "holds half of a surrogate pair, which is no character";
  const control = /[\0-\x08\x0b\x0c\x0e-\x1f\x7f]/.exec(value);
  if (control === null) return undefined;
  return `holds the control character U+${control[0].charCodeAt(0).toString(16).toUpperCase().padStart(4, "0")}`;
}

/** The same for the text of a document, in which form feeds part pages. */
export function unspeakableInPages(value: string): string | undefined {
  return unspeakable(value.replaceAll("\f", "\n"));
}

/** A name in addresses: lower-case words of ASCII letters and digits, joined by hyphens. */
export function slug() {
  return z
    .string()
    .max(120, { error: "is longer than 120 characters" })
    .regex(/^[a-z0-9]+(?:-[a-z0-9]+)*$/, { error: "is no slug: lower-case letters and digits, joined by hyphens" });
}

/** A key: ASCII letters, digits, dots, underscores and hyphens; parts may be joined by slashes. */
export function key() {
  return z
    .string()
    .max(160, { error: "is longer than 160 characters" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*(?:\/[A-Za-z0-9][A-Za-z0-9._-]*)*$/, {
      error: "is no key: letters, digits, dots, underscores and hyphens, its parts joined by slashes",
    });
}

/** A key of one part, so that a file can bear its name. */
export function fileKey() {
  return z
    .string()
    .max(160, { error: "is longer than 160 characters" })
    .regex(/^[A-Za-z0-9][A-Za-z0-9._-]*$/, { error: "is no key: letters, digits, dots, underscores and hyphens" });
}

/** A code, by a pattern and what to call it. */
export function code(pattern: RegExp, label: string) {
  return z.string().regex(pattern, { error: `is no ${label}` });
}

/** A partial date: `2024`, `2024-10`, `2024-11-20`. */
export function day() {
  return z.string().superRefine((value, context) => {
    try {
      parsePartialDate(value);
    } catch (error) {
      if (!(error instanceof PartialDateError)) throw error;
      context.addIssue({ code: "custom", message: error.message, params: { isWhole: true } });
    }
  });
}

/** A whole number within bounds. */
export function whole(least: number, most: number) {
  return z.preprocess(
    (value) => (typeof value === "string" && /^-?\d{1,15}$/.test(value) ? Number(value) : value),
    z
      .int({ error: "is no whole number" })
      .min(least, { error: `is less than ${String(least)}` })
      .max(most, { error: `is more than ${String(most)}` }),
  );
}

/** Yes or no. */
export function flag() {
  return z.boolean();
}

/** One of the values of an enum. */
export function oneOf<T extends Readonly<Record<string, string>>>(values: T) {
  return z.enum(values);
}

/** One of the values of an enum, some left out. */
export function oneOfBut<T extends Readonly<Record<string, string>>, K extends keyof T & string>(
  values: T,
  but: readonly K[],
) {
  return z.enum(values).exclude(but);
}

/** A language by its BCP 47 tag. */
export function language() {
  return line(35).refine((value) => /^[a-z]{2,3}(?:-[A-Za-z0-9]{1,8})*$/.test(value) && isLanguage(value), {
    error: "is no BCP 47 language tag",
  });
}

/** An IANA time zone. */
export function timeZone() {
  return line(60).refine(isTimeZone, { error: "is no IANA time zone such as Asia/Vientiane" });
}

/** An address on the web: absolute, http or https, without user or password. */
export function webAddress() {
  return line(2_000)
    .superRefine((value, context) => {
      const character = firstInvisible(value);
      const message = `holds ${characterName(character ?? "")}, which is not seen; leave it out, or write it percent-encoded`;
      if (character !== undefined) context.addIssue({ code: "custom", message });
    })
    .refine(isWebAddress, { error: "is no address on the web: https://…, without user and password" });
}

function isLanguage(value: string): boolean {
  try {
    return Intl.getCanonicalLocales(value).length === 1;
  } catch {
    return false;
  }
}

function isTimeZone(value: string): boolean {
  try {
    return value.includes("/")
      ? new Intl.DateTimeFormat("en", { timeZone: value }).resolvedOptions().timeZone !== ""
      : value === "UTC";
  } catch {
    return false;
  }
}

function isWebAddress(value: string): boolean {
  if (!URL.canParse(value) || /\s/.test(value)) return false;
  const { protocol, username, password } = new URL(value);
  return (protocol === "https:" || protocol === "http:") && username === "" && password === "";
}

/** The issue of a schema as a sentence: what was found, and what is wrong with it. */
export function issueText(issue: z.core.$ZodIssue, value: unknown): string {
  switch (issue.code) {
    case "invalid_type":
      return value === undefined || value === null
        ? `is missing: ${expectation(issue.expected)} is wanted`
        : `${expectation(issue.expected)} is wanted, and this is ${found(value)}`;
    case "invalid_value":
      return `${shown(value)} is none of ${issue.values.map(String).join(", ")}`;
    case "custom":
      return issue.params?.["isWhole"] === true ? issue.message : `${shown(value)} ${issue.message}`;
    default:
      return value === undefined || typeof value === "object" ? issue.message : `${shown(value)} ${issue.message}`;
  }
}

function expectation(expected: string): string {
  const words: Record<string, string> = {
    string: "text",
    boolean: "true or false",
    object: "a map",
    record: "a map",
    array: "a list",
    number: "a number",
    int: "a whole number",
  };
  return words[expected] ?? expected;
}

function found(value: unknown): string {
  if (Array.isArray(value)) return "a list";
  if (typeof value === "object") return "a map";
  if (typeof value === "boolean") return `${String(value)}; put it in quotes if it is a word`;
  return shown(value);
}
