import { createHash } from "node:crypto";
import { z } from "zod";
import { CitationStance, DocumentKind } from "../../generated/prisma/enums.js";
import { escapeInvisible, withoutByteOrderMark } from "../../lib/characters.js";
import { codePointText, countCodePoints, nearestPassage, type CodePointText } from "../../lib/code-points.js";
import { at, shown, type Place } from "../../lib/faults.js";
import { makeId } from "../../lib/ids.js";
import { differencesInWords, lookAlike } from "../../lib/look-alikes.js";
import { eachOf, type ChangeSet } from "../../writing/change.set.js";
import type { PlanRule } from "../../writing/plan.js";
import { isMissing, type DesiredRecord, type PlannedRecord, type LookupContext, type Parent, type PlannedChange, type RecordKind, type Row } from "../../writing/records.js";
import { refersTo } from "../../writing/references.js";
import { sameCell } from "../../writing/store.js";
import { initially } from "../../writing/said.js";
import { day, fileKey, flag, given, language, letters, line, listOf, oneOf, webAddress, whole } from "../../writing/values.js";
import { idPrefixes } from "../ids.js";
import { subjectColumns } from "./documents.lists.js";

/** The longest text of a document, in UTF-16 units. */
export const longestText = 4_000_000;

/** A source as an input gives it. */
export const documentInput = z.strictObject({
  key: fileKey(),
  kind: given(oneOf(DocumentKind)),
  title: given(line()),
  titleIsOurs: given(initially(flag(), false)),
  publisher: given(line()),
  agency: given(line()),
  dateline: given(line()),
  language: given(language()),
  publishedOn: given(day()),
  url: given(webAddress()),
  text: given(letters(longestText).transform(withoutByteOrderMark)),
});

export const documentKind: RecordKind = {
  table: "Document",
  label: "document",
  prefix: idPrefixes.Document,
  keyColumn: "key",
  fields: {
    kind: { type: "text", required: true },
    title: { type: "text", required: true },
    titleIsOurs: { type: "flag", initial: false },
    publisher: { type: "text", required: true },
    agency: { type: "text" },
    dateline: { type: "text" },
    language: { type: "text", required: true },
    publishedOn: { type: "date" },
    url: { type: "text" },
    text: { type: "text" },
  },
  check: hashText,
};

/** Adds a document. */
export function addDocument(changeSet: ChangeSet, input: z.infer<typeof documentInput>, place: Place): DesiredRecord {
  return changeSet.add(documentKind, input.key, place, input);
}

/** SHA-256 of the UTF-8 bytes of a text, in hexadecimal. */
export function sha256Of(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

function hashText(entry: PlannedRecord, lookup: LookupContext): void {
  const { text } = entry.row;
  if (text === "") lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "text"), message: "the text is empty" });
  entry.row["sha256"] = typeof text === "string" ? sha256Of(text) : null;
  if (entry.changed.has("text")) entry.changed.add("sha256");
}

/** The properties of a citation. */
export const citationShape = z.strictObject({
  document: refersTo("Document", fileKey()),
  quote: given(letters(20_000)),
  start: given(whole(0, longestText)),
  locator: given(line(2_000)),
  attributedTo: given(line()),
  stance: given(initially(oneOf(CitationStance), CitationStance.SUPPORTS)),
});

/** Input of a citation: a document's key alone, or an object. */
export const citationInput = z.preprocess((value) => (typeof value === "string" ? { document: value } : value), citationShape);

/** The citations of a record. */
export const citationsInput = given(listOf(citationInput));

export type CitationInput = z.infer<typeof citationInput>;

/**
 * A citation is identified by what it speaks for, its document, its stance and its passage or locator. The record that
 * it speaks for may get its key only while the plan is made, so the citation gets its own then, too.
 */
export const citationKind: RecordKind = {
  table: "Citation",
  label: "citation",
  prefix: idPrefixes.Citation,
  keyColumn: "key",
  fields: {
    document: { type: "reference", to: "Document", column: "documentId", required: true },
    stance: { type: "text" },
    attributedTo: { type: "text" },
    locator: { type: "text" },
    quote: { type: "text" },
    start: { type: "number" },
    end: { type: "number" },
    ...Object.fromEntries(
      subjectColumns.map((column) => [column, { type: "owner" } as const]),
    ),
  },
  parent(change, lookup) {
    const { about, revision } = change.desired;
    if (about === undefined && revision !== undefined) return subjectOf(revision.type === "move" ? revision.cells : lookup.recordFor(change.desired)?.row);
    const subject = about === undefined ? undefined : lookup.recordFor(about);
    const column = about?.kind.citation?.column;
    return subject === undefined || column === undefined ? undefined : { column, id: subject.id };
  },
  follow: followPassage,
  identify(changes, lookup) {
    const texts = new Map<string, CodePointText>();
    let suggestions = 0;
    for (const one of changes) identifyCitation(one, lookup, texts, () => ++suggestions <= mostSuggestions);
  },
};

function subjectOf(row: Row | undefined): Parent | undefined {
  for (const column of subjectColumns) {
    const id = row?.[column];
    if (typeof id === "string") return { column, id };
  }
  return undefined;
}

const passageProperties = ["document", "quote", "start", "locator"];

// A passage that is corrected is looked for again, and the citation gets the key that says where it stands now.
function followPassage(one: PlannedChange, entry: PlannedRecord, lookup: LookupContext): boolean {
  const { given: said, desired } = one;
  const corrected = new Set(desired.revision?.type === "correction" ? desired.revision.paths.map(([first]) => first) : []);
  if (!passageProperties.some((name) => corrected.has(name))) return true;
  const { row } = entry;
  for (const [name, column] of [["document", "documentId"], ["quote", "quote"], ["locator", "locator"]] as const) {
    if (!corrected.has(name)) said[column] = row[column];
  }
  if (!corrected.has("start") && sameCell(said["quote"], row["quote"]) && said["documentId"] === row["documentId"]) said["start"] = row["start"];
  const document = lookup.byId("Document", said["documentId"]);
  if (document === undefined || !findPassage(one, document, lookup, new Map(), () => true)) return false;
  for (const column of ["quote", "locator", "start", "end"]) said[column] ??= null;
  said["stance"] ??= row["stance"];
  const parent = subjectOf(row);
  const siblings = parent === undefined ? [] : lookup.siblings(entry.table, parent.column, parent.id);
  if (siblings.some((other) => other !== entry && isSameCitation(other, one))) {
    lookup.report({ code: "DUPLICATE", place: desired.place, message: `the same passage of ${shown(document.key)} is cited there already` });
  }
  one.key = citationKey(subjectName(entry), document, one);
  return true;
}

// To look for the nearest passage takes time; a pack that misquotes throughout has one cause, not a thousand.
const mostSuggestions = 100;

/** Adds the citations of a record, `cite` of its input; the draft of the record itself. */
export function addCitations(changeSet: ChangeSet, about: DesiredRecord, cite: readonly CitationInput[] | undefined): DesiredRecord {
  const { citation } = about.kind;
  if (citation?.count === "one" && (cite?.length ?? 0) > 1) {
    const place = at(about.place, "cite");
    changeSet.report({ code: "UNCITED", place, message: `a ${about.kind.label} rests on exactly one source, and here are ${String(cite?.length)}` });
    return about;
  }
  eachOf(cite, about.place, "cite", (input, place) => changeSet.add(citationKind, "", place, input, about));
  return about;
}

/** Adds the sources of something new about a record that is there already: at least one. */
export function addSources(changeSet: ChangeSet, about: DesiredRecord, cite: readonly CitationInput[] | undefined): DesiredRecord {
  if ((cite ?? []).length === 0) {
    changeSet.report({ code: "UNCITED", place: at(about.place, "cite"), message: "a new fact needs at least one source in cite" });
  }
  return addCitations(changeSet, about, cite);
}

/** No fact without a source: what is new has to be cited, each in the way of its kind. */
export const everyFactIsCited: PlanRule = (changes, lookup) => {
  const cited = new Set(changes.flatMap(({ desired }) => desired.about ?? []));
  for (const one of changes) {
    const { desired } = one;
    const entry = lookup.recordFor(desired);
    const wanted = desired.kind.citation;
    if (wanted === undefined || isMissing(one, "cite") || entry?.stored !== null || cited.has(desired)) continue;
    // More than one where one is wanted has been reported already.
    if (Array.isArray(desired.input["cite"]) && desired.input["cite"].length > 0) continue;
    const many = wanted.count === "one" ? "exactly one source" : "at least one source";
    lookup.report({ code: "UNCITED", place: desired.place, message: `a ${desired.kind.label} needs ${many} in cite, and ${shown(entry.key)} has none` });
  }
};

function identifyCitation(one: PlannedChange, lookup: LookupContext, texts: Map<string, CodePointText>, maySuggest: () => boolean): void {
  const document = lookup.byId("Document", one.given["documentId"]);
  const isTextLacking = document?.desired !== undefined && document.desired.leftOut.size > 0 && typeof document.row["text"] !== "string";
  if (document === undefined || one.missing.size > 0 || isTextLacking) return;
  if (!findPassage(one, document, lookup, texts, maySuggest)) return;
  // Whatever is wrong with what it speaks for, its passage has been looked at.
  const { about, revision } = one.desired;
  const own = lookup.byId("Citation", revision?.id);
  const subject = about === undefined ? undefined : lookup.recordFor(about);
  const name = subject === undefined ? own && subjectName(own) : `${subject.table}:${subject.key}`;
  const parent = citationKind.parent?.(one, lookup);
  if (name === undefined || parent === undefined) return;
  const siblings = lookup.siblings("Citation", parent.column, parent.id).filter((entry) => entry !== own);
  one.match = about?.kind.citation?.count === "one" ? siblings[0] : siblings.find((entry) => isSameCitation(entry, one));
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
  const where = (start ?? null) !== null ? `#${String(start)}-${String(end)}` : typeof locator === "string" ? `#${makeId("loc", locator)}` : "";
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
    one.given["start"] = found;
    one.given["end"] = found + countCodePoints(quote);
    return true;
  }
  const at = one.places.get(found.column) ?? place;
  lookup.report({ code: "MISQUOTED", place: at, message: found.message(name) + (found.isMissing && maySuggest() ? suggestion(known, quote) : "") });
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
  if ((one.given["locator"] ?? null) !== null || (document.row["url"] ?? null) !== null) return true;
  lookup.report({ code: "MISSING", place, message: `${name} has no address, so a citation of it needs a locator` });
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
    return { column: "start", isMissing: false, message: (name) => `the quote does not start at ${String(start)} in ${name} but at ${placesText(places)}` };
  }
  if (places.length === 1) return first;
  return { column: "quote", isMissing: false, message: (name) => `the quote is in ${name} several times, at ${placesText(places)}; say which with start` };
}

const mostPlaces = 20;

function placesText(places: readonly number[]): string {
  return places.join(", ") + (places.length === mostPlaces ? ", …" : "");
}

function suggestion(text: CodePointText, quote: string): string {
  const alike = lookAlike(text, quote);
  if (alike !== undefined) return `, though it looks the same: ${differencesInWords(alike)}`;
  const near = nearestPassage(text, quote);
  return near === undefined ? "" : `; the nearest passage, at ${String(near.start)}, is ${shownWhole(near.passage)}`;
}

function shownWhole(passage: string): string {
  return escapeInvisible(JSON.stringify(passage));
}
