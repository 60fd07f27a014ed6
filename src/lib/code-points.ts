import { positionOf } from "./substring.js";

/** A text whose positions are counted in Unicode code points, as the W3C TextPosition selector counts them. */
export interface CodePointText {
  readonly text: string;
  /** The number of code points. */
  readonly length: number;
  /** The code points from start to end (excluded). */
  slice(start: number, end: number): string;
  /** The positions of a passage in code points, including overlapping ones; at most `most`. */
  find(passage: string, most?: number): number[];
  /** The index of the code point that contains a UTF-16 unit. */
  toCodePoint(unit: number): number;
}

// One entry per so many UTF-16 units: a position is found by counting through at most this many.
const stride = 256;

/** Prepares a well-formed text once, so that positions in it are cheap to ask for. */
export function codePointText(text: string): CodePointText {
  const counts = new Uint32Array(Math.floor(text.length / stride) + 1);
  let points = 0;
  for (let unit = 0; unit < text.length; unit += 1) {
    if (unit % stride === 0) counts[unit / stride] = points;
    if (!isLowSurrogate(text.charCodeAt(unit))) points += 1;
  }
  if (text.length % stride === 0) counts[text.length / stride] = points;
  const length = points;

  function toCodePoint(unit: number): number {
    const entry = Math.floor(unit / stride);
    let point = counts[entry] ?? length;
    for (let at = entry * stride; at < unit; at += 1) {
      if (!isLowSurrogate(text.charCodeAt(at))) point += 1;
    }
    return point;
  }

  function toUnit(point: number): number {
    if (point <= 0) return 0;
    if (point >= length) return text.length;
    let low = 0;
    let high = counts.length - 1;
    while (low < high) {
      const middle = Math.ceil((low + high) / 2);
      if ((counts[middle] ?? length) <= point) low = middle;
      else high = middle - 1;
    }
    let unit = low * stride;
    let at = counts[low] ?? 0;
    // An entry may fall between the halves of a pair; its second half belongs to the code point before.
    if (isLowSurrogate(text.charCodeAt(unit))) unit += 1;
    for (; at < point; at += 1) unit += isHighSurrogate(text.charCodeAt(unit)) ? 2 : 1;
    return unit;
  }

  function find(passage: string, most = 1000): number[] {
    const places: number[] = [];
    if (passage === "") return places;
    for (
      let unit = positionOf(text, passage);
      unit >= 0 && places.length < most;
      unit = positionOf(text, passage, unit + 1)
    ) {
      places.push(toCodePoint(unit));
    }
    return places;
  }

  return { text, length, toCodePoint, find, slice: (start, end) => text.slice(toUnit(start), toUnit(end)) };
}

/** The number of code points of a well-formed text. */
export function countCodePoints(text: string): number {
  let points = 0;
  for (let unit = 0; unit < text.length; unit += 1) if (!isLowSurrogate(text.charCodeAt(unit))) points += 1;
  return points;
}

/** A passage that resembles another one. */
export interface NearPassage {
  /** The words of the text, letter by letter. */
  readonly passage: string;
  /** The start, in code points. */
  readonly start: number;
  /** From 0 (nothing in common) to 1 (the same words). */
  readonly similarity: number;
}

// Beyond this a suggestion is not worth its time; a quote is a passage, not a book.
const mostWords = 200_000;

/**
 * The passage of a text that comes nearest to a quote which is not in it letter by letter: the run of as many words
 * with most words in common, and of some more where the quote dropped some; case, accents and kinds of quotation marks
 * aside. Takes time in proportion to the text.
 * @returns undefined if less than half of the words agree, or for a text of more than 200,000 words.
 */
export function nearestPassage(text: CodePointText, quote: string): NearPassage | undefined {
  const wanted = wordsOf(quote);
  const words = wordsOf(text.text);
  if (wanted.length === 0 || words.length === 0 || words.length > mostWords) return undefined;
  const best = bestRun(words, wanted);
  if (best === undefined) return undefined;
  const run = words.slice(best.from, best.to);
  const from = run[0]?.from ?? 0;
  const to = run.at(-1)?.to ?? from;
  return {
    passage: text.text.slice(from, to),
    start: text.toCodePoint(from),
    similarity: best.common / wanted.length,
  };
}

interface Word {
  readonly word: string;
  readonly from: number;
  readonly to: number;
}

function wordsOf(text: string): Word[] {
  const words: Word[] = [];
  for (const match of text.matchAll(/[\p{L}\p{N}\p{M}]+/gu)) {
    if (words.length > mostWords) break;
    words.push({ word: fold(match[0]), from: match.index, to: match.index + match[0].length });
  }
  return words;
}

// Normalization takes time in the square of the marks in a row, so a long word is normalized in pieces.
const longestPiece = 256;

function fold(word: string): string {
  if (word.length <= longestPiece) return word.normalize("NFKD").replace(/\p{M}/gu, "").toLowerCase();
  const pieces = Array.from({ length: Math.ceil(word.length / longestPiece) }, (_, index) =>
    word.slice(index * longestPiece, (index + 1) * longestPiece),
  );
  return pieces.map(fold).join("");
}

interface Run {
  readonly from: number;
  readonly common: number;
}

// A sliding window of the quote's length, rated by the number of words in common (as a multiset). Among equal windows,
// one whose first word agrees is preferred, because it is the beginning of the passage.
function bestRun(words: readonly Word[], wanted: readonly Word[]): (Run & { readonly to: number }) | undefined {
  const missing = new Map<string, number>();
  for (const { word } of wanted) missing.set(word, (missing.get(word) ?? 0) + 1);
  let common = 0;
  let best: (Run & { readonly score: number }) | undefined;
  for (let at = 0; at < words.length; at += 1) {
    common += take(missing, words[at]?.word, -1);
    if (at >= wanted.length) common -= take(missing, words[at - wanted.length]?.word, 1);
    const from = Math.max(0, at - wanted.length + 1);
    const score = common + (words[from]?.word === wanted[0]?.word ? 0.5 : 0);
    if (best === undefined || score > best.score) best = { from, common, score };
  }
  return best !== undefined && best.common * 2 >= wanted.length ? widened(words, wanted, best) : undefined;
}

// A quote that dropped words has its last ones beyond the window: as many words as it misses are looked through for them.
function widened(
  words: readonly Word[],
  wanted: readonly Word[],
  { from, common }: Run,
): Run & { readonly to: number } {
  const missing = new Map<string, number>();
  for (const { word } of wanted) missing.set(word, (missing.get(word) ?? 0) + 1);
  const end = from + wanted.length;
  for (const { word } of words.slice(from, end)) take(missing, word, -1);
  let widest = { from, to: end, common };
  for (let to = end + 1, more = common; to <= end + wanted.length - common; to += 1) {
    if (take(missing, words[to - 1]?.word, -1) === 0) continue;
    more += 1;
    widest = { from, to, common: more };
  }
  return widest;
}

// Moves the count of one word and says whether it was one in common.
function take(missing: Map<string, number>, word: string | undefined, by: 1 | -1): 0 | 1 {
  const count = word === undefined ? undefined : missing.get(word);
  if (word === undefined || count === undefined) return 0;
  missing.set(word, count + by);
  return (by === -1 ? count > 0 : count >= 0) ? 1 : 0;
}

function isHighSurrogate(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

function isLowSurrogate(unit: number): boolean {
  return unit >= 0xdc00 && unit <= 0xdfff;
}
