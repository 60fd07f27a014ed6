import { CitationStance, DocumentKind, TextAccess } from "../../generated/prisma/enums.js";
import { escapeInvisible } from "../../lib/characters.js";
import { codePointText, countCodePoints, nearestPassage, type CodePointText } from "../../lib/code-points.js";
import { shown } from "../../lib/faults.js";
import { makeId } from "../../lib/ids.js";
import { differencesInWords, lookAlike } from "../../lib/look-alikes.js";
import type { PlannedRecord, LookupContext, Parent, PlannedChange, Row } from "../../writing/records.js";
import { sameCell } from "../../writing/store.js";
import { subjectColumns } from "../citations.js";
import { gap, privatePassageLimit, rowLocator } from "./passages.js";

/** The record that a citation speaks for: the column with its id. */
export function subjectOfCitation(change: PlannedChange, lookup: LookupContext): Parent | undefined {
  const { about, revision } = change.desired;
  if (about === undefined && revision !== undefined)
    return subjectOf(revision.type === "move" ? revision.cells : lookup.recordFor(change.desired)?.row);
  const subject = about === undefined ? undefined : lookup.recordFor(about);
  const column = about?.kind.citation?.column;
  return subject === undefined || column === undefined ? undefined : { column, id: subject.id };
}

function subjectOf(row: Row | undefined): Parent | undefined {
  for (const column of subjectColumns) {
    const id = row?.[column];
    if (typeof id === "string") return { column, id };
  }
  return undefined;
}

const passageProperties = ["document", "quote", "start", "locator"];

/** Looks for a corrected passage again, and gives the citation the key of its new place. */
export function followPassage(one: PlannedChange, entry: PlannedRecord, lookup: LookupContext): boolean {
  const { given: said, desired } = one;
  const corrected = new Set(
    desired.revision?.type === "correction" ? desired.revision.paths.map(([first]) => first) : [],
  );
  if (!passageProperties.some((name) => corrected.has(name))) return true;
  const { row } = entry;
  for (const [name, column] of [
    ["document", "documentId"],
    ["quote", "quote"],
    ["locator", "locator"],
  ] as const) {
    if (!corrected.has(name)) said[column] = row[column];
  }
  if (!corrected.has("start") && sameCell(said["quote"], row["quote"]) && said["documentId"] === row["documentId"])
    said["start"] = row["start"];
  const document = lookup.byId("Document", said["documentId"]);
  if (document === undefined || !findPassage(one, document, lookup, new Map(), () => true)) return false;
  for (const column of ["quote", "locator", "start", "end"]) said[column] ??= null;
  said["stance"] ??= row["stance"];
  const parent = subjectOf(row);
  const siblings = parent === undefined ? [] : lookup.siblings(entry.table, parent.column, parent.id);
  if (siblings.some((other) => other !== entry && isSameCitation(other, one))) {
    lookup.report({
      code: "DUPLICATE",
      place: desired.place,
      message: `the same passage of ${shown(document.key)} is cited there already`,
    });
  }
  one.key = citationKey(subjectName(entry), document, one);
  return true;
}

// To look for the nearest passage takes time; a pack that misquotes throughout has one cause, not a thousand.
const mostSuggestions = 100;

/** Gives citations their keys, and finds those that the record holds already. */
export function identifyCitations(changes: readonly PlannedChange[], lookup: LookupContext): void {
  const texts = new Map<string, CodePointText>();
  let suggestions = 0;
  for (const one of changes) identifyCitation(one, lookup, texts, () => ++suggestions <= mostSuggestions);
}

function identifyCitation(
  one: PlannedChange,
  lookup: LookupContext,
  texts: Map<string, CodePointText>,
  maySuggest: () => boolean,
): void {
  const document = lookup.byId("Document", one.given["documentId"]);
  const isTextLacking =
    document?.desired !== undefined && document.desired.leftOut.size > 0 && typeof document.row["text"] !== "string";
  if (document === undefined || one.missing.size > 0 || isTextLacking) return;
  if (!findPassage(one, document, lookup, texts, maySuggest)) return;
  // Whatever is wrong with what it speaks for, its passage has been looked at.
  const { about, revision } = one.desired;
  const own = lookup.byId("Citation", revision?.id);
  const subject = about === undefined ? undefined : lookup.recordFor(about);
  const name = subject === undefined ? own && subjectName(own) : `${subject.table}:${subject.key}`;
  const parent = subjectOfCitation(one, lookup);
  if (name === undefined || parent === undefined) return;
  const siblings = lookup.siblings("Citation", parent.column, parent.id).filter((entry) => entry !== own);
  one.match =
    about?.kind.citation?.count === "one" ? siblings[0] : siblings.find((entry) => isSameCitation(entry, one));
  if (one.match === undefined) one.given["stance"] ??= CitationStance.SUPPORTS;
  one.key = one.match?.key ?? (own === undefined || subject !== undefined ? citationKey(name, document, one) : own.key);
}

// The record that a citation is about, by table and key. The citation's key begins with it.
function subjectName({ key }: PlannedRecord): string {
  return key.slice(0, key.indexOf("@"));
}

function isSameCitation({ row }: PlannedRecord, { given }: PlannedChange): boolean {
  const said: Row = { ...given, stance: given["stance"] ?? CitationStance.SUPPORTS };
  const isPassage = (given["start"] ?? null) !== null;
  const columns = isPassage ? ["documentId", "stance", "start", "end"] : ["documentId", "stance", "locator", "start"];
  return columns.every((column) => sameCell(row[column], said[column]));
}

function citationKey(subject: string, document: PlannedRecord, { given: said }: PlannedChange): string {
  const { start, end, locator, stance } = said;
  const where =
    (start ?? null) !== null
      ? `#${String(start)}-${String(end)}`
      : typeof locator === "string"
        ? `#${makeId("loc", locator)}`
        : "";
  const side = stance === CitationStance.DISPUTES ? "!" : "";
  return `${subject}@${document.key}${where}${side}`;
}

// A document whose text is held is cited by passage, any other by locator or by its address.
function findPassage(
  one: PlannedChange,
  document: PlannedRecord,
  lookup: LookupContext,
  texts: Map<string, CodePointText>,
  maySuggest: () => boolean,
): boolean {
  const { quote, start, locator } = one.given;
  const text = document.row["text"];
  const { place } = one.desired;
  const name = shown(document.key);
  const isPrivate = document.row["access"] === TextAccess.PRIVATE;
  if (isPrivate && typeof quote === "string" && isTooLong(one, quote, lookup)) return false;
  if (typeof text !== "string" && isPrivate && typeof document.row["sha256"] === "string" && typeof quote === "string")
    return believePassage(one, quote, name, lookup);
  if (typeof text !== "string") return checkWithoutText(one, document, lookup);
  if (typeof quote !== "string") {
    const message = `the record holds the text of ${name}; a citation of it needs a quote${(locator ?? null) === null ? "" : " beside its locator"}`;
    lookup.report({ code: "MISSING", place, message });
    return false;
  }
  const known = texts.get(document.id) ?? codePointText(text);
  texts.set(document.id, known);
  const found = startOf(known, quote, typeof start === "number" ? start : undefined);
  if (typeof found === "number") {
    const end = found + countCodePoints(quote);
    // A mark of three characters is touched where it stands within two of the passage.
    if (document.row["access"] === TextAccess.EXCERPT && known.slice(found - 2, end + 2).includes(gap)) {
      const message = `the quote runs across a gap of the excerpt ${name}, marked ${gap}; cite each part of it`;
      lookup.report({ code: "INVALID", place: one.places.get("quote") ?? place, message });
      return false;
    }
    one.given["start"] = found;
    one.given["end"] = end;
    return true;
  }
  const at = one.places.get(found.column) ?? place;
  lookup.report({
    code: "MISQUOTED",
    place: at,
    message: found.message(name) + (found.isMissing && maySuggest() ? suggestion(known, quote, isPrivate) : ""),
  });
  return false;
}

function isTooLong({ places, desired }: PlannedChange, quote: string, lookup: LookupContext): boolean {
  const length = countCodePoints(quote);
  if (length <= privatePassageLimit) return false;
  const message = `the quote has ${String(length)} characters, and a passage of a private text has at most ${String(privatePassageLimit)}; cite the words that carry the fact`;
  lookup.report({ code: "INVALID", place: places.get("quote") ?? desired.place, message });
  return true;
}

// The text is held elsewhere, where the passage was found in it. The digest says which text that is.
function believePassage(
  { given, places, desired }: PlannedChange,
  quote: string,
  name: string,
  lookup: LookupContext,
): boolean {
  const { start } = given;
  if (quote !== "" && typeof start === "number") {
    given["end"] = start + countCodePoints(quote);
    return true;
  }
  const message =
    quote === "" ? "the quote is empty" : `the private text of ${name} is held elsewhere, so the quote needs its start`;
  lookup.report({ code: quote === "" ? "INVALID" : "MISSING", place: places.get("quote") ?? desired.place, message });
  return false;
}

function checkWithoutText(one: PlannedChange, document: PlannedRecord, lookup: LookupContext): boolean {
  const { place } = one.desired;
  const name = shown(document.key);
  if ((one.given["quote"] ?? one.given["start"] ?? null) !== null) {
    const message = `the record does not hold the text of ${name}, so a passage of it cannot be checked; give a locator instead`;
    lookup.report({ code: "INVALID", place: one.places.get("quote") ?? place, message });
    return false;
  }
  if (document.row["kind"] === DocumentKind.DATASET) return checkRow(one, name, lookup);
  if ((one.given["locator"] ?? null) !== null || (document.row["url"] ?? null) !== null) return true;
  lookup.report({ code: "MISSING", place, message: `${name} has no address, so a citation of it needs a locator` });
  return false;
}

function checkRow({ given, places, desired: { place } }: PlannedChange, name: string, lookup: LookupContext): boolean {
  const { locator } = given;
  if (typeof locator === "string" && rowLocator.test(locator)) return true;
  const message = `${name} is a data set, so a citation of it names its rows: locator: "row=17", or "states.csv#row=17"`;
  const isGiven = typeof locator === "string";
  lookup.report({ code: isGiven ? "INVALID" : "MISSING", place: places.get("locator") ?? place, message });
  return false;
}

interface NotFound {
  readonly column: "quote" | "start";
  readonly isMissing: boolean;
  message(name: string): string;
}

function startOf(text: CodePointText, quote: string, start: number | undefined): number | NotFound {
  if (quote === "") return { column: "quote", isMissing: false, message: () => "the quote is empty" };
  const places = text.find(quote, mostPlaces);
  const [first] = places;
  if (first === undefined) {
    return { column: "quote", isMissing: true, message: (name) => `the quote is not in ${name} letter by letter` };
  }
  if (start !== undefined) {
    if (text.slice(start, start + countCodePoints(quote)) === quote) return start;
    return {
      column: "start",
      isMissing: false,
      message: (name) => `the quote does not start at ${String(start)} in ${name} but at ${placesText(places)}`,
    };
  }
  if (places.length === 1) return first;
  return {
    column: "quote",
    isMissing: false,
    message: (name) => `the quote is in ${name} several times, at ${placesText(places)}; say which with start`,
  };
}

const mostPlaces = 20;

function placesText(places: readonly number[]): string {
  return places.join(", ") + (places.length === mostPlaces ? ", …" : "");
}

// Faults are logged and sent on, so they hold no more words of a private text than a citation may have.
function suggestion(text: CodePointText, quote: string, isPrivate: boolean): string {
  const isTold = (passage: string): boolean => !isPrivate || countCodePoints(passage) <= privatePassageLimit;
  const alike = lookAlike(text, quote);
  if (alike !== undefined && isTold(alike.passage)) return `, though it looks the same: ${differencesInWords(alike)}`;
  const near = nearestPassage(text, quote);
  return near === undefined || !isTold(near.passage)
    ? ""
    : `; the nearest passage, at ${String(near.start)}, is ${shownWhole(near.passage)}`;
}

function shownWhole(passage: string): string {
  return escapeInvisible(JSON.stringify(passage));
}
