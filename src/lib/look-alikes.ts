import { LRUCache } from "lru-cache";
import type { CodePointText } from "./code-points.js";
import { characterName, escapeCharacter, isInvisible } from "./characters.js";
import { positionOf } from "./substring.js";

// Reasons for which a passage that looks like a quote is not the quote, letter by letter: invisible characters, kinds of spaces, dashes
// and quotation marks, letters of other scripts, and normalization forms.

/** A place at which a text and a quote that look alike differ. */
export interface Difference {
  /** Position in the text, in code points. */
  readonly at: number;
  /** Characters of the text; may be empty. */
  readonly text: string;
  /** Characters of the quote; may be empty. */
  readonly quote: string;
}

/** A passage that looks like a quote and is not. */
export interface LookAlike {
  /** Start position, in code points. */
  readonly start: number;
  /** The words of the text, letter by letter. */
  readonly passage: string;
  readonly differences: readonly Difference[];
}

/** A text as it looks: what looks alike is the same character. */
interface Looks {
  readonly text: string;
  /** For each UTF-16 unit of `text`, where what it stands for begins in the original. */
  readonly starts: Uint32Array;
  /** And where it ends. */
  readonly ends: Uint32Array;
}

const looksOf = new WeakMap<CodePointText, Looks>();
const unseen: Looks = { text: "", starts: new Uint32Array(), ends: new Uint32Array() };

/** The first passage of a text that looks like a quote which is not in it letter by letter. Takes time and memory in proportion to the text. */
export function lookAlike(text: CodePointText, quote: string): LookAlike | undefined {
  const asked = look(quote) ?? unseen;
  const from = asked.text.length - asked.text.trimStart().length;
  const wanted = asked.text.trim();
  if (wanted === "") return undefined;
  const known = looksOf.get(text) ?? look(text.text) ?? unseen;
  looksOf.set(text, known);
  const at = positionOf(known.text, wanted);
  if (at < 0) return undefined;
  const [start = 0, end = 0] = [known.starts[at], known.ends[at + wanted.length - 1]];
  return { start: text.toCodePoint(start), passage: text.text.slice(start, end), differences: differencesOf() };

  function differencesOf(): Difference[] {
    const found: Difference[] = [];
    for (let index = 0; index < wanted.length; index += 1) {
      const isLast = index === wanted.length - 1;
      const stands = segment(text.text, known, at + index, isLast);
      const said = segment(quote, asked, from + index, isLast);
      if (stands.text === said.text) continue;
      const { prefix, one, other } = parted(stands.text, said.text);
      found.push({ at: text.toCodePoint(stands.start + prefix), text: one, quote: other });
    }
    return found;
  }
}

/** The part of the original that a unit stands for, with what is invisible after it. */
function segment(
  original: string,
  { starts, ends }: Looks,
  index: number,
  isLast: boolean,
): { readonly start: number; readonly text: string } {
  const start = starts[index] ?? 0;
  const end = isLast ? ends[index] : starts[index + 1];
  return { start, text: original.slice(start, end) };
}

// Letters with their marks are compared whole, because normalization forms take them apart.
function parted(one: string, other: string): { readonly prefix: number; readonly one: string; readonly other: string } {
  if (normalized(one, "NFC") === normalized(other, "NFC")) return { prefix: 0, one, other };
  let prefix = 0;
  while (prefix < Math.min(one.length, other.length) && one[prefix] === other[prefix]) prefix += 1;
  return { prefix, one: one.slice(prefix), other: other.slice(prefix) };
}

// A character is plain if it looks like no other one.
const [PLAIN, SPACE, MARK, OTHER] = [1, 2, 3, 4] as const;
type Kind = typeof PLAIN | typeof SPACE | typeof MARK | typeof OTHER;

const kinds = new Uint8Array(0x1_0000);

function kindOf(text: string, at: number): Kind {
  const unit = text.charCodeAt(at);
  if (unit >= 0xd800 && unit <= 0xdfff) return classify(characterAt(text, at));
  if (kinds[unit] === 0) kinds[unit] = classify(String.fromCharCode(unit));
  return kinds[unit] as Kind;
}

function classify(character: string): Kind {
  if (/^[!-&(-,.-_a-~]$/.test(character)) return PLAIN;
  if (/^\s$/.test(character)) return SPACE;
  return /^\p{M}$/u.test(character) ? MARK : OTHER;
}

function characterAt(text: string, at: number): string {
  return String.fromCodePoint(text.codePointAt(at) ?? 0);
}

function widthAt(text: string, at: number): number {
  return (text.codePointAt(at) ?? 0) > 0xffff ? 2 : 1;
}

/** The end of a run of plain characters, of spaces, or of a character with its marks. */
function endOfCluster(text: string, start: number): number {
  const kind = kindOf(text, start);
  let end = start + widthAt(text, start);
  if (kind === PLAIN || kind === SPACE) while (end < text.length && kindOf(text, end) === kind) end += 1;
  if (kind === SPACE || end >= text.length || kindOf(text, end) !== MARK) return end;
  // The last plain character of a run has the marks that follow.
  if (kind === PLAIN && end - start > 1) return end - 1;
  while (end < text.length && kindOf(text, end) === MARK) end += widthAt(text, end);
  return end;
}

// Compatibility decompositions have up to 18 characters. Korean, which grows most of all scripts, becomes three times as long.
const mostGrowth = 3;

/** The looks of a text; undefined for one that would become far longer. */
function look(text: string): Looks | undefined {
  const units: string[] = [];
  const most = text.length * mostGrowth + 64;
  let starts = new Uint32Array(text.length + 64);
  let ends = new Uint32Array(text.length + 64);
  let length = 0;
  for (let start = 0, end = 0; start < text.length; start = end) {
    end = endOfCluster(text, start);
    const isRun = kindOf(text, end - 1) === PLAIN;
    const looks = isRun ? text.slice(start, end) : looksLike(text.slice(start, end));
    if (length + looks.length > most) return undefined;
    if (length + looks.length > starts.length)
      [starts, ends] = [grown(starts, looks.length), grown(ends, looks.length)];
    for (let unit = 0; unit < looks.length; unit += 1) {
      starts[length] = isRun ? start + unit : start;
      ends[length] = isRun ? start + unit + 1 : end;
      length += 1;
    }
    units.push(looks);
  }
  return { text: units.join(""), starts, ends };
}

function grown(array: Uint32Array, by: number): Uint32Array<ArrayBuffer> {
  const larger = new Uint32Array(array.length * 2 + by);
  larger.set(array);
  return larger;
}

// Normalization takes time in the square of the marks in a row. No script has more than a few on a letter.
const longestCluster = 64;

// A text has few different clusters, and a look at one takes microseconds.
const looksOfUnits: (string | undefined)[] = [];
const looksOfClusters = new LRUCache<string, string>({ max: 10_000 });

function normalized(text: string, form: "NFC" | "NFD"): string {
  return text.length > longestCluster ? text : text.normalize(form);
}

function looksLike(cluster: string): string {
  if (cluster.length === 1) return (looksOfUnits[cluster.charCodeAt(0)] ??= decomposed(cluster));
  if (kindOf(cluster, 0) === SPACE) return " ";
  if (cluster.length > longestCluster) return cluster;
  const known = looksOfClusters.get(cluster);
  if (known !== undefined) return known;
  const looks = decomposed(cluster);
  looksOfClusters.set(cluster, looks);
  return looks;
}

function decomposed(cluster: string): string {
  if (kindOf(cluster, 0) === SPACE) return " ";
  return [...cluster.normalize("NFKD")]
    .map((character) => (isInvisible(character) ? "" : (alike.get(character) ?? character)))
    .join("");
}

const alike: ReadonlyMap<string, string> = new Map([
  ...[..."‐‑‒–—―−﹘﹣－"].map((dash) => [dash, "-"] as const),
  ...[..."‘’‚‛′ʹʻʼʽ`´"].map((mark) => [mark, "'"] as const),
  ...[..."“”„‟″"].map((mark) => [mark, '"'] as const),
  ...pairs("аеорсухіјѕһԁАВЕКМНОРСТУХІЈЅ", "aeopcyxijshdABEKMHOPCTYXIJS"),
  ...pairs("ονΑΒΕΖΗΙΚΜΝΟΡΤΥΧ", "ovABEZHIKMNOPTYX"),
]);

function pairs(letters: string, latin: string): (readonly [string, string])[] {
  return [...letters].map((letter, index) => [letter, latin[index] ?? letter] as const);
}

const mostDifferences = 3;
const longestShown = 200;

/** Explains the differences of a text and a quote that look alike, and gives the right quote; without a full stop. */
export function differencesInWords({ passage, start, differences }: LookAlike): string {
  const said = differences.slice(0, mostDifferences).map(inWords);
  const more = differences.length > said.length ? [`${String(differences.length - said.length)} more`] : [];
  if (differences.length === 0) return `the same words stand at ${String(start)} without the spaces around them`;
  return `${[...said, ...more].join(", and ")}; write it as ${written(passage, start, differences)}`;
}

function inWords({ at, text, quote }: Difference): string {
  const place = `at ${String(at)}`;
  if (text === "") return `the quote has ${named(quote)} that the text has not ${place}`;
  if (quote === "") return `the text has ${named(text)} ${place} that the quote has not`;
  const form = normalization(text);
  const other = normalization(quote);
  const isForm = normalized(text, "NFC") === normalized(quote, "NFC");
  const [one, two] = isForm && form !== other ? [` (${form})`, ` (${other})`] : ["", ""];
  return `the text has ${named(text)}${one} ${place} where the quote has ${named(quote)}${two}`;
}

function normalization(text: string): string {
  if (text === normalized(text, "NFC")) return "composed, NFC";
  return text === normalized(text, "NFD") ? "decomposed, NFD" : "in no normalization form";
}

const mostNamed = 4;

function named(text: string): string {
  const characters = [...text];
  const more = characters.length > mostNamed ? " …" : "";
  return characters.slice(0, mostNamed).map(characterName).join(" ") + more;
}

// Escapes are the same in JSON, in GraphQL and within double quotes in YAML.
function written(passage: string, start: number, differences: readonly Difference[]): string {
  const points = [...passage];
  const escaped = new Set(
    differences.flatMap(({ at, text }) => [...text].map((_character, index) => at - start + index)),
  );
  const first = (differences[0]?.at ?? start) - start;
  const from = points.length <= longestShown ? 0 : Math.max(0, first - longestShown / 2);
  const shown = points.slice(from, from + longestShown);
  const words = shown.map((character, index) =>
    escaped.has(from + index) || isInvisible(character) ? escape(character) : JSON.stringify(character).slice(1, -1),
  );
  const [before, after] = [from > 0 ? "… " : "", from + shown.length < points.length ? " …" : ""];
  return `${before}"${words.join("")}"${after}`;
}

function escape(character: string): string {
  return /^[!-~ ]$/.test(character) ? JSON.stringify(character).slice(1, -1) : escapeCharacter(character);
}
