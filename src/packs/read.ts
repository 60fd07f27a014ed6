import path from "node:path";
import { z } from "zod";
import { withoutByteOrderMark } from "../lib/characters.js";
import { at, didYouMean, shown, type Fault, type Place } from "../lib/faults.js";
import { newChangeSet, type ChangeSet } from "../writing/change.set.js";
import { addValidParts } from "../writing/partial.validation.js";
import { readShape, type PackSection } from "../writing/sections.js";
import { Acknowledgement, type Acknowledged } from "../writing/acknowledgements.js";
import { given, line, listOf, oneOf, slug, unspeakable, unspeakableInPages } from "../writing/values.js";
import { TextError } from "../texts/errors.js";
import { hasFormattedEnding } from "../texts/kinds.js";
import { readLimits, readText } from "../texts/read.js";
import { listPack, packLimits, PackFileError, readBytesInside, readInside, resolveInside } from "./files.js";
import { readPositioned, type Position, type PositionedFile } from "./positions.js";
import { packSections } from "./sections.js";
import { gone, newLeftOut } from "./left.out.js";
import { publishedIn, writtenOut, type WrittenOut } from "./short.forms.js";
import { isTable, readTable } from "./table.js";

/** A pack as read: what it says, and what is wrong with it so far. */
export interface Pack {
  /** The folder or file that it was read from. */
  readonly source: string;
  /** Its name, or that of its file or folder. */
  readonly name: string;
  readonly title: string | undefined;
  /** The names of the packs that it builds on. */
  readonly requires: readonly string[];
  /** Faults that the pack overrides. */
  readonly acknowledge: readonly Acknowledged[];
  /** Columns of a table that say something and are not loaded. */
  readonly unusedColumns?: readonly string[];
  /** Its changes; faults of reading are included. */
  readonly changeSet: ChangeSet;
  /** The position of a value in the file. */
  readonly positionOf: (place: Place) => Position | undefined;
  /** The place of a value in the file, where its short form was written out. */
  readonly asWritten?: (place: Place) => Place;
}

const packName = slug();

const header = z.strictObject({
  name: given(packName),
  title: given(line()),
  requires: given(listOf(packName, 100)),
  acknowledge: given(listOf(oneOf(Acknowledgement), 20)),
});

/**
 * Reads a pack from disk, a folder or a single file, which may be a participation table, and checks the shape of all it holds. Faults are gathered, not
 * thrown: those of files that cannot be read, of YAML, of values, of unknown names.
 *
 * @param leftOut entries that are not read.
 */
export async function readPack(source: string, leftOut = newLeftOut()): Promise<Pack> {
  if (isTable(source)) return readTable(source, leftOut);
  const changeSet = newChangeSet();
  const files = new Map<string, PositionedFile>();
  const pack: Header = {
    isGiven: false,
    name: path.basename(path.resolve(source)).replace(/\.(?:ya?ml|json)$/i, ""),
    title: undefined,
    requires: [],
    acknowledge: [],
  };
  const positionOf = (place: Place): Position | undefined =>
    place.file === null ? undefined : files.get(place.file)?.positionOf(place.path);

  const listed = await listPack(source).catch((error: unknown) =>
    unreadable(changeSet, { file: null, path: [] }, error),
  );
  const texts = newTexts(listed?.folder ?? ".");
  let total = 0;
  const given: { readonly place: Place; readonly content: Record<string, unknown> }[] = [];
  for (const file of listed?.files ?? []) {
    const place: Place = { file, path: [] };
    const most = Math.min(packLimits.file, packLimits.total - total);
    const text = await readInside(listed?.folder ?? ".", file, most).catch((error: unknown) =>
      unreadable(changeSet, place, error),
    );
    if (text === undefined) continue;
    total += Buffer.byteLength(text);
    const content = readFile(text, place, changeSet, files);
    if (content !== undefined) given.push({ place, content });
  }
  const published = new Map(given.flatMap(({ content }) => publishedIn(content)));
  const paths = new Map<string | null, WrittenOut["asWritten"]>();
  const asWritten = (place: Place): Place => ({ ...place, path: paths.get(place.file)?.(place.path) ?? place.path });
  for (const { place, content } of given) {
    const written = writtenOut(leftOut.remaining(source, place, content), packSections, published);
    paths.set(place.file, written.asWritten);
    readHeader(written.file, place, changeSet, pack);
    await readCollections(written.file, place, changeSet, texts);
  }
  const { name, title, requires, acknowledge } = pack;
  return {
    source,
    name,
    title,
    requires,
    acknowledge,
    changeSet,
    positionOf: (place) => positionOf(asWritten(place)),
    asWritten,
  };
}

/** A pack that is no file: its content in short forms, and what lies beside it. */
export interface PackInMemory {
  readonly content: Readonly<Record<string, unknown>>;
  /** Texts of documents, by the name of their file. */
  readonly texts: ReadonlyMap<string, string>;
  /** Days on which documents that are not in the pack were published, by key. */
  readonly published?: ReadonlyMap<string, string>;
}

/**
 * Adds what a pack in memory says to a change set.
 * @returns from the place of a fault to where that stands in the content.
 */
export async function addPack(
  { content, texts, published = new Map() }: PackInMemory,
  changeSet: ChangeSet,
): Promise<(place: Place) => Place> {
  const place: Place = { file: null, path: [] };
  const days = new Map([...published, ...publishedIn(content)]);
  const written = writtenOut(content, packSections, days);
  await readCollections(written.file, place, changeSet, {
    async withText(entry) {
      const { textFile, ...rest } = entry as Record<string, unknown>;
      return typeof textFile === "string" ? { ...rest, text: texts.get(textFile) } : rest;
    },
  });
  return ({ path, ...rest }) => ({ ...rest, path: written.asWritten(path) });
}

function readFile(
  text: string,
  place: Place,
  changeSet: ChangeSet,
  files: Map<string, PositionedFile>,
): Record<string, unknown> | undefined {
  const problem = unspeakable(text);
  if (problem !== undefined) {
    changeSet.report({ code: "UNREADABLE", place, message: `the file ${problem}` });
    return undefined;
  }
  const read = readPositioned(withoutByteOrderMark(text));
  files.set(place.file ?? "", read.faults.length === 0 ? read : { ...read, positionOf: syntaxPositions(read) });
  read.faults.forEach(({ message }, index) => {
    changeSet.report({ code: "UNREADABLE", place: at(place, index), message });
  });
  if (read.faults.length > 0) return undefined;
  if (typeof read.value === "object" && read.value !== null && !Array.isArray(read.value))
    return read.value as Record<string, unknown>;
  // An empty file, or one with nothing but comments, says nothing.
  if (read.value !== null)
    changeSet.report({ code: "INVALID", place, message: "a file of a pack is a map of collections" });
  return undefined;
}

// A file that is no YAML has no values; the place of a fault is then its number among the file's faults.
function syntaxPositions({ faults }: PositionedFile): PositionedFile["positionOf"] {
  return ([index]) => faults[Number(index)]?.position ?? { line: 1, column: 1 };
}

interface Header {
  isGiven: boolean;
  name: string;
  title: string | undefined;
  requires: readonly string[];
  acknowledge: readonly Acknowledged[];
}

function readHeader(file: Record<string, unknown>, place: Place, changeSet: ChangeSet, pack: Header): void {
  if (file["pack"] === undefined || file["pack"] === null) return;
  const where = at(place, "pack");
  if (pack.isGiven)
    changeSet.report({ code: "DUPLICATE", place: where, message: "the pack is named in two of its files" });
  pack.isGiven = true;
  const read = readShape(header, file["pack"], where);
  if ("faults" in read) read.faults.forEach(changeSet.report);
  else {
    pack.name = read.value.name ?? pack.name;
    pack.title = read.value.title;
    pack.requires = read.value.requires ?? [];
    pack.acknowledge = read.value.acknowledge ?? [];
  }
}

async function readCollections(
  file: Record<string, unknown>,
  place: Place,
  changeSet: ChangeSet,
  texts: Texts,
): Promise<void> {
  const known = [...packSections.map(({ collection }) => collection), "document", "pack"];
  for (const [name, entries] of Object.entries(file)) {
    const section = packSections.find(({ collection }) => collection === name);
    const where = at(place, name);
    if (section === undefined) {
      if (name !== "pack")
        changeSet.report({
          code: "INVALID",
          place: where,
          message: `${shown(name)} is no collection${didYouMean(name, known) || `; known are ${known.join(", ")}`}`,
        });
    } else if (Array.isArray(entries)) {
      for (const [index, entry] of entries.entries()) {
        if (entry !== gone) await readEntry(section, entry, at(where, index), changeSet, texts);
      }
    } else if (entries !== null) {
      changeSet.report({ code: "INVALID", place: where, message: `${name} is a list of records` });
    }
  }
}

async function readEntry(
  section: PackSection,
  entry: unknown,
  place: Place,
  changeSet: ChangeSet,
  texts: Texts,
): Promise<void> {
  const faults: Fault[] = [];
  const whole = section.collection === "documents" ? await texts.withText(entry, place, faults) : entry;
  const read = readShape(section.shape, whole, place);
  if ("faults" in read) faults.push(...read.faults);
  for (const fault of faults) changeSet.report(fault);
  if ("value" in read && faults.length === 0) section.add(changeSet, read.value, place);
  else if (!addValidParts(section, whole, place, faults, changeSet)) {
    const key = (whole as Record<string, unknown> | null)?.[section.kind.keyColumn];
    changeSet.markInvalid(section.kind.table, typeof key === "string" ? key : undefined);
  }
}

interface Texts {
  withText(entry: unknown, place: Place, faults: Fault[]): Promise<unknown>;
}

// Texts lie beside the records as files; a text that stands in the record itself would be hard to read and to compare.
function newTexts(folder: string): Texts {
  let total = 0;
  return {
    async withText(entry, place, faults) {
      if (typeof entry !== "object" || entry === null || Array.isArray(entry)) return entry;
      const { textFile, text, ...rest } = entry as Record<string, unknown>;
      if (text !== undefined) {
        faults.push({
          code: "INVALID",
          place: at(place, "text"),
          message: "the text of a document lies in a file of its own; give its path as textFile",
        });
        return rest;
      }
      if (textFile === undefined || textFile === null) return rest;
      const where = at(place, "textFile");
      try {
        if (typeof textFile !== "string") throw new PackFileError("is no path");
        const most = Math.min(packLimits.text, packLimits.total - total);
        const read = await readDocument(folder, textFile, most);
        total += Buffer.byteLength(read);
        const problem = unspeakableInPages(read);
        if (problem !== undefined) throw new PackFileError(problem);
        return { ...rest, text: withoutByteOrderMark(read) };
      } catch (error) {
        if (!(error instanceof PackFileError)) throw error;
        faults.push({ code: "UNREADABLE", place: where, message: `${shown(textFile)} ${error.message}` });
        return rest;
      }
    },
  };
}

/** The text of a document: plain text byte for byte, or what a file in another format says. */
async function readDocument(folder: string, file: string, most: number): Promise<string> {
  const path = resolveInside(folder, file);
  if (!hasFormattedEnding(file)) return readInside(folder, path, most);
  const bytes = await readBytesInside(folder, path, Math.min(most, readLimits.bytes));
  try {
    return (await readText({ name: file, bytes })).text;
  } catch (error) {
    if (!(error instanceof TextError)) throw error;
    throw new PackFileError(`cannot be used: ${error.message}`);
  }
}

function unreadable(changeSet: ChangeSet, place: Place, error: unknown): undefined {
  if (!(error instanceof PackFileError)) throw error;
  changeSet.report({ code: "UNREADABLE", place, message: error.message });
  return undefined;
}
