import type { CodePointText } from "./code-points.js";
import { characterName, escapeCharacter, isInvisible } from "./characters.js";

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

/** The first passage of a text that looks like a quote which is not in it letter by letter. Takes time in proportion to the text. */
export function lookAlike(text: CodePointText, quote: string): LookAlike | undefined {
  const asked = look(quote);
  const from = asked.text.length - asked.text.trimStart().length;
  const wanted = asked.text.trim();
  if (wanted === "") return undefined;
  const known = looksOf.get(text) ?? look(text.text);
  looksOf.set(text, known);
  const at = known.text.indexOf(wanted);
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
function segment(original: string, { starts, ends }: Looks, index: number, isLast: boolean): { readonly start: number; readonly text: string } {
  const start = starts[index] ?? 0;
  const end = isLast ? ends[index] : starts[index + 1];
  return { start, text: original.slice(start, end) };
}

// Letters with their marks are compared whole, because normalization forms take them apart.
function parted(one: string, other: string): { readonly prefix: number; readonly one: string; readonly other: string } {
  if (one.normalize("NFC") === other.normalize("NFC")) return { prefix: 0, one, other };
  let prefix = 0;
  while (prefix < Math.min(one.length, other.length) && one[prefix] === other[prefix]) prefix += 1;
  return { prefix, one: one.slice(prefix), other: other.slice(prefix) };
}

// Runs of characters that look like nothing else, spaces, and single characters with their marks.
const plain = "!-&(-,.-_a-~";
const clusters = new RegExp(`[${plain}]+(?!\\p{M})|\\s+|[^\\p{M}\\s]\\p{M}*|\\p{M}+`, "gu");
const isPlain = new RegExp(`^[${plain}]+$`);

function look(text: string): Looks {
  const units: string[] = [];
  // A compatibility decomposition has at most 18 characters, but a text hardly ever becomes longer.
  let starts = new Uint32Array(text.length + 64);
  let ends = new Uint32Array(text.length + 64);
  let length = 0;
  for (const { 0: cluster, index } of text.matchAll(clusters)) {
    const isRun = isPlain.test(cluster);
    const looks = isRun ? cluster : looksLike(cluster);
    if (length + looks.length > starts.length) [starts, ends] = [grown(starts, looks.length), grown(ends, looks.length)];
    for (let unit = 0; unit < looks.length; unit += 1) {
      starts[length] = isRun ? index + unit : index;
      ends[length] = isRun ? index + unit + 1 : index + cluster.length;
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

function looksLike(cluster: string): string {
  if (/^\s/.test(cluster)) return " ";
  return [...cluster.normalize("NFKD")].map((character) => (isInvisible(character) ? "" : (alike.get(character) ?? character))).join("");
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
  const isForm = text.normalize("NFC") === quote.normalize("NFC");
  const [one, two] = isForm && form !== other ? [` (${form})`, ` (${other})`] : ["", ""];
  return `the text has ${named(text)}${one} ${place} where the quote has ${named(quote)}${two}`;
}

function normalization(text: string): string {
  if (text === text.normalize("NFC")) return "composed, NFC";
  return text === text.normalize("NFD") ? "decomposed, NFD" : "in no normalization form";
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
  const escaped = new Set(differences.flatMap(({ at, text }) => [...text].map((_character, index) => at - start + index)));
  const first = (differences[0]?.at ?? start) - start;
  const from = points.length <= longestShown ? 0 : Math.max(0, first - longestShown / 2);
  const shown = points.slice(from, from + longestShown);
  const words = shown.map((character, index) => (escaped.has(from + index) || isInvisible(character) ? escape(character) : JSON.stringify(character).slice(1, -1)));
  const [before, after] = [from > 0 ? "… " : "", from + shown.length < points.length ? " …" : ""];
  return `${before}"${words.join("")}"${after}`;
}

function escape(character: string): string {
  return /^[!-~ ]$/.test(character) ? JSON.stringify(character).slice(1, -1) : escapeCharacter(character);
}
