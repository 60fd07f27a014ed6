import type { Step } from "../lib/faults.js";
import type { PackPart, PackSection, ShortForm } from "../writing/sections.js";

type Entry = Record<string, unknown>;

/** A file of a pack with its short forms written out. */
export interface WrittenOut {
  readonly file: Entry;
  /** The path in the file as it was written, of a path in the file as it is written out. */
  readonly asWritten: (path: readonly Step[]) => readonly Step[];
}

/** A part of the file that stands elsewhere than it was written. */
interface Move {
  readonly from: readonly Step[];
  readonly to: readonly Step[];
}

/** An entry that is written within another one. */
interface Inner {
  readonly entry: Entry;
  readonly path: readonly Step[];
}

/** Entries that are added to collections, by their names. */
type Added = Map<string, readonly Inner[]>;

/** The passages and days that a default document gives to what is written within a file. */
interface Context {
  readonly document: string | undefined;
  /** The day of its publication, as the pack gives it. */
  readonly publishedOn: string | undefined;
  readonly moves: Move[];
}

/**
 * Writes out the short forms of a file; docs/packs.md lists them. A value that is no short form stays as it is, so that
 * the shapes report what is wrong with it.
 *
 * @param published the days on which the documents of the pack were published, by key.
 */
export function writtenOut(
  file: Entry,
  sections: readonly PackSection[],
  published: ReadonlyMap<string, string>,
): WrittenOut {
  const { document: given, ...collections } = file;
  const document = typeof given === "string" ? given : undefined;
  const context: Context = { document, publishedOn: published.get(document ?? ""), moves: [] };
  const out: Entry = given === undefined || document !== undefined ? collections : { ...file };
  const added: Added = new Map();
  for (const section of sections) {
    const { collection } = section;
    const entries = listOf(out[collection], [collection], context.moves, section.names);
    if (!entries) continue;
    out[collection] = entries.map((entry, index) =>
      isEntry(entry) ? writeOutEntry(section, entry, [collection, index], context, added) : entry,
    );
  }
  for (const [collection, entries] of added) append(out, collection, entries, context);
  return { file: out, asWritten: (path) => follow(path, context.moves) };
}

/** The days on which documents were published, of one file. */
export function publishedIn({ documents }: Entry): [string, string][] {
  return (listOf(documents, [], [], (key) => ({ key })) ?? []).flatMap((one): [string, string][] =>
    isEntry(one) && typeof one["key"] === "string" && typeof one["publishedOn"] === "string"
      ? [[one["key"], one["publishedOn"]]]
      : [],
  );
}

function writeOutEntry(
  section: PackSection,
  entry: Entry,
  path: readonly Step[],
  context: Context,
  added: Added,
): Entry {
  const out: Entry = { ...entry };
  if (out["cite"] !== undefined) out["cite"] = citesOf(out["cite"], context);
  if ("place" in section.shape.shape && out["place"] !== undefined)
    out["place"] = placeOf(out["place"], path, context, added);
  for (const part of section.parts ?? []) writeOutPart(part, out, path, context, added);
  complete(section.short, out);
  if (section.collection === "offices") giveParty(out);
  if (section.collection === "meetings") giveKind(out);
  if (section.collection === "persons" && out["holds"] !== undefined) {
    const tenures = tenuresOf(out, path, context);
    if (tenures) {
      delete out["holds"];
      remember(added, "tenures", tenures);
    }
  }
  return out;
}

/** The short form of a part: the declared one, or a map by the only property that names an entry. */
function shortFormOf({ short, kind }: PackPart): ShortForm | undefined {
  if (short) return short;
  const [key]: readonly string[] = kind.naming ?? [];
  if (key === undefined || (kind.naming?.length ?? 0) > 1) return undefined;
  return { key, ...(key === "status" ? { alias: key } : {}) };
}

/** The values that a new entry leaves out. */
function complete({ ofNew, quoted }: Partial<ShortForm> = {}, entry: Entry): void {
  if (ofNew?.by.some((property) => entry[property] !== undefined) !== true) return;
  if (quoted !== undefined && entry[quoted] === undefined) {
    const [words] = quotesIn(entry["cite"]);
    if (words !== undefined) entry[quoted] = entry["isVerbatim"] === true ? spokenIn(words) : words;
  }
  for (const [property, value] of Object.entries(ofNew.values)) entry[property] ??= value;
}

function quotesIn(cite: unknown): string[] {
  return (Array.isArray(cite) ? cite : []).flatMap((one: unknown) =>
    isEntry(one) && typeof one["quote"] === "string" ? [one["quote"]] : [],
  );
}

/** The words within quotation marks; all words of a passage without any. */
function spokenIn(words: string): string {
  const spoken = [...words.matchAll(/“([^”]+)”|"([^"]+)"/g)].map(([, curly, straight]) => curly ?? straight ?? "");
  return spoken.length === 0 ? words : spoken.join(" […] ");
}

/** A new office belongs to the party that its key begins with. */
function giveParty(office: Entry): void {
  const { key, party, title } = office;
  if (party === undefined && title !== undefined && typeof key === "string" && key.includes("/"))
    office["party"] = key.slice(0, key.indexOf("/"));
}

/** A new meeting of two or three parties is bilateral or trilateral. */
function giveKind(meeting: Entry): void {
  const { kind, title, participants } = meeting;
  if (kind !== undefined || title === undefined || !Array.isArray(participants)) return;
  const parties = participants.flatMap((seat: unknown) =>
    isEntry(seat) && seat["attendance"] === undefined ? [seat["party"]] : [],
  );
  const byNumber = [undefined, undefined, "BILATERAL", "TRILATERAL"][new Set(parties).size];
  if (byNumber !== undefined) meeting["kind"] = byNumber;
}

function writeOutPart(part: PackPart, whole: Entry, path: readonly Step[], context: Context, added: Added): void {
  const { collection } = part;
  const short = shortFormOf(part);
  const here = [...path, collection];
  if (short?.alias !== undefined && whole[short.alias] !== undefined && whole[collection] === undefined) {
    const value = whole[short.alias];
    Reflect.deleteProperty(whole, short.alias);
    whole[collection] = typeof value === "string" ? { [value]: null } : value;
    context.moves.push({ from: here, to: [...path, short.alias] });
  }
  const named = (name: string): Entry => ({ [short?.key ?? "key"]: name });
  const entries = listOf(whole[collection], here, context.moves, named, short?.text ?? "cite");
  if (!entries) return;
  whole[collection] = entries.map((entry, index) => {
    const given: unknown = short !== undefined && typeof entry === "string" ? named(entry) : entry;
    if (!isEntry(given)) return given;
    const out = writeOutPartEntry(part, given, whole, context);
    if ("place" in part.shape.shape && out["place"] !== undefined)
      out["place"] = placeOf(out["place"], [...here, index], context, added);
    return out;
  });
}

function writeOutPartEntry({ kind, short, shape }: PackPart, entry: Entry, whole: Entry, context: Context): Entry {
  const out: Entry = { ...short?.initial, ...entry };
  for (const [property, owner] of Object.entries(short?.within ?? {})) {
    const [value, prefix] = [out[property], out[owner]];
    if (typeof value === "string" && typeof prefix === "string" && !value.includes("/"))
      out[property] = `${prefix}/${value}`;
  }
  const { document, publishedOn } = context;
  if (document === undefined) return out;
  if ("reportedOn" in shape.shape && out["reportedOn"] === undefined && publishedOn !== undefined)
    out["reportedOn"] = publishedOn;
  if (out["cite"] !== undefined) out["cite"] = citesOf(out["cite"], context);
  else if (kind.citation && Array.isArray(whole["cite"]))
    out["cite"] = kind.citation.count === "one" ? whole["cite"].slice(0, 1) : whole["cite"];
  complete(short, out);
  return out;
}

/** A list of entries; of a map, its values with their names, which are moves. Undefined for anything else. */
function listOf(
  value: unknown,
  path: readonly Step[],
  moves: Move[],
  named: (name: string) => Readonly<Record<string, unknown>>,
  text?: string,
): unknown[] | undefined {
  if (Array.isArray(value)) return [...(value as unknown[])];
  if (!isEntry(value)) return undefined;
  return Object.entries(value).map(([name, entry], index) => {
    moves.push({ from: [...path, index], to: [...path, name] });
    if (entry === null) return named(name);
    if (isEntry(entry)) return { ...named(name), ...entry };
    return typeof entry === "string" && text !== undefined ? { ...named(name), [text]: entry } : entry;
  });
}

/** Citations with their document. Text alone is a quote from the default document; in a list, text without spaces is a key. */
function citesOf(cite: unknown, { document }: Context): unknown {
  if (typeof cite === "string") return [document === undefined ? cite : { document, quote: cite }];
  const list: unknown = isEntry(cite) ? [cite] : cite;
  if (!Array.isArray(list) || document === undefined) return list;
  return list.map((one: unknown) => {
    if (typeof one === "string" && /\s/.test(one)) return { document, quote: one };
    return isEntry(one) && one["document"] === undefined ? { document, ...one } : one;
  });
}

/** The key of a place that is written where it is meant: as an entry, or as a city and the code of its state. */
function placeOf(place: unknown, path: readonly Step[], context: Context, added: Added): unknown {
  if (isEntry(place)) return addPlace(place, path, context, added);
  const [, city, state] = typeof place === "string" ? (/^([^,/]+), ([A-Z]{3})$/.exec(place) ?? []) : [];
  return city === undefined ? place : addPlace({ city, state }, path, context, added);
}

/** The place is added to the file. */
function addPlace(place: Entry, path: readonly Step[], context: Context, added: Added): unknown {
  const { city, state } = place;
  if (typeof state !== "string") return place;
  const name = typeof city === "string" ? slugOf(city) : "";
  const key = name === "" ? state : `${state}/${name}`;
  remember(added, "places", [{ entry: { key, ...place }, path: [...path, "place"] }]);
  return key;
}

/** The tenures that a person's `holds` stands for: office, or office with the words or properties of the tenure. */
function tenuresOf(person: Entry, path: readonly Step[], context: Context): Inner[] | undefined {
  const { holds, slug, state, cite } = person;
  const names = typeof holds === "string" ? [holds] : holds;
  const given: unknown =
    Array.isArray(names) && names.every((name) => typeof name === "string")
      ? Object.fromEntries(names.map((name) => [name, null]))
      : names;
  if (!isEntry(given)) return undefined;
  return Object.entries(given).map(([office, value]) => {
    const key = office.includes("/") || typeof state !== "string" ? office : `${state}/${office}`;
    const properties = isEntry(value) ? value : value === null ? {} : { cite: value };
    const entry: Entry = { person: slug, office: key, ...properties };
    entry["cite"] = entry["cite"] === undefined ? cite : citesOf(entry["cite"], context);
    const isDated = ["since", "until", "attestedOn"].some((name) => entry[name] !== undefined);
    if (!isDated && context.publishedOn !== undefined) entry["attestedOn"] = context.publishedOn;
    return { entry, path: [...path, "holds", office] };
  });
}

function remember(added: Added, collection: string, entries: readonly Inner[]): void {
  added.set(collection, [...(added.get(collection) ?? []), ...entries]);
}

/** Appends entries to a collection. A place that is written in several entries is added once. */
function append(out: Entry, collection: string, entries: readonly Inner[], context: Context): void {
  const list = Array.isArray(out[collection]) ? (out[collection] as unknown[]) : [];
  const known = new Set(list.flatMap((one) => (isEntry(one) && typeof one["key"] === "string" ? [one["key"]] : [])));
  for (const { entry, path } of entries) {
    const { key } = entry;
    if (typeof key === "string" && known.has(key)) continue;
    if (typeof key === "string") known.add(key);
    context.moves.push({ from: [collection, list.length], to: path });
    list.push(entry);
  }
  out[collection] = list;
}

function slugOf(text: string): string {
  return text
    .normalize("NFKD")
    .replace(/\p{M}/gu, "")
    .toLowerCase()
    .replace(/[^a-z0-9]+/g, "-")
    .replace(/^-|-$/g, "");
}

/** A path with its moved beginnings replaced: the last move first, because later ones are within earlier ones. */
function follow(path: readonly Step[], moves: readonly Move[]): readonly Step[] {
  return moves.reduceRight<readonly Step[]>(
    (found, { from, to }) =>
      from.length <= found.length && from.every((step, index) => step === found[index])
        ? [...to, ...found.slice(from.length)]
        : found,
    path,
  );
}

function isEntry(value: unknown): value is Entry {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
