/** A word, number or mark of the text. */
export interface Token {
  readonly start: number;
  readonly end: number;
  readonly text: string;
  /** Lower case, without accents, British spelling of "defence". */
  readonly folded: string;
  /** Whether no space stands before it. */
  readonly glued: boolean;
  readonly type: "word" | "number" | "mark";
}

export type Zone = "headline" | "dateline" | "body";

/** Tokens of one sentence, `end` excluded. */
export interface Sentence {
  readonly start: number;
  readonly end: number;
  readonly paragraph: number;
  readonly zone: Zone;
}

export interface Text {
  readonly source: string;
  readonly tokens: readonly Token[];
  readonly sentences: readonly Sentence[];
}

const letters: Readonly<Record<string, string>> = {
  ø: "o",
  ł: "l",
  đ: "d",
  ð: "d",
  ı: "i",
  ß: "ss",
  æ: "ae",
  œ: "oe",
  þ: "th",
  "’": "'",
  "‘": "'",
  ʼ: "'",
};

/** Lower case without accents; "defense" becomes "defence". */
export function fold(text: string): string {
  let plain = text.toLowerCase();

  if (/[^\x00-\x7f]/.test(plain)) {
    plain = plain.normalize("NFKD").replace(/\p{M}+/gu, "");
    plain = plain.replace(/[øłđðıßæœþ’‘ʼ]/g, (letter) => letters[letter] ?? letter);
  }
  return plain.includes("defense") ? plain.replaceAll("defense", "defence") : plain;
}

/** Abbreviations whose period belongs to the word. */
const abbreviations = new Set(
  (
    "lt lieut gen col maj capt adm brig sen cmdr cdr vadm radm sgt mr mrs ms dr jr sr prof hon sec gov rep vs no st " +
    "jan feb mar apr jun jul aug sept sep oct nov dec rtd ret eng amb mt ft dept govt min spl art hrs"
  ).split(" "),
);

/** Abbreviations that never end a sentence, because a name or a number follows. */
const openAbbreviations = new Set(
  "lt lieut gen col maj capt adm brig sen cmdr cdr vadm radm sgt mr mrs ms dr prof hon gov rep vs no st eng amb".split(
    " ",
  ),
);

const months = new Set("jan feb mar apr jun jul aug sept sep oct nov dec".split(" "));

const pattern = new RegExp(
  [
    String.raw`(?:\p{Lu}\.){2,}(?:\p{Lu}(?![\p{L}]))?`, // U.S.  D.C.  P.R.C
    String.raw`[Cc]o-(?:chair|host)\p{L}*`,
    String.raw`\d+(?:\+\d+)+`, // 2+2
    String.raw`\d+(?:st|nd|rd|th)\b`,
    String.raw`\d+(?:[.,]\d+)*`,
    String.raw`['’]s(?![\p{L}\d])`,
    String.raw`[\p{L}\p{M}]+\d*(?:['’ʼ‘](?!s(?![\p{L}\d]))[\p{L}\p{M}]+)*\.?`,
    String.raw`[^\s]`,
  ].join("|"),
  "gu",
);

/** Splits a text into tokens with their offsets. */
export function tokenize(source: string): Token[] {
  const tokens: Token[] = [];
  let last = 0;
  for (const match of source.matchAll(pattern)) {
    let text = match[0];
    const start = match.index;
    if (
      text.length > 1 &&
      text.endsWith(".") &&
      !text.slice(0, -1).includes(".") &&
      !keepsPeriod(source, start, text)
    ) {
      const end = start + text.length;
      text = text.slice(0, -1);
      tokens.push(tokenOf(text, start, start === last));
      tokens.push(tokenOf(".", end - 1, true));
      last = end;
      continue;
    }
    tokens.push(tokenOf(text, start, start === last && start > 0));
    last = start + text.length;
  }
  return tokens;
}

function tokenOf(text: string, start: number, glued: boolean): Token {
  const first = text.codePointAt(0) ?? 0;
  const character = String.fromCodePoint(first);
  const type = /\p{L}/u.test(character) ? "word" : /\d/.test(character) ? "number" : "mark";
  return { start, end: start + text.length, text, folded: fold(text), glued, type };
}

/** Whether the period after a word belongs to it: an abbreviation, or an initial before a name. */
function keepsPeriod(source: string, start: number, text: string): boolean {
  const word = text.slice(0, -1);
  const rest = source.slice(start + text.length, start + text.length + 12);
  if (/^\p{Lu}$/u.test(word)) return /^\s?\p{Lu}/u.test(rest);
  const folded = word.toLowerCase();
  if (!abbreviations.has(folded)) return false;
  if (months.has(folded)) return /^\s*\d/.test(rest);
  return /^[\p{Lu}]/u.test(word) ? true : folded !== "no" && folded !== "min" && folded !== "art" && folded !== "sec";
}

const closers = new Set(['"', "”", "’", ")", "'", "]"]);

/** Longer runs without an end, such as tables, are cut: every stage then takes time in step with the text. */
const longestSentence = 400;

/** Splits a text into sentences: at blank lines, at ends of short lines, and after periods that end a sentence. */
export function splitText(source: string): Text {
  const tokens = tokenize(source);
  const sentences: Sentence[] = [];
  let start = 0;
  let paragraph = 0;
  const close = (end: number) => {
    if (end > start) sentences.push({ start, end, paragraph, zone: "body" });
    start = end;
  };
  for (let index = 0; index < tokens.length; index++) {
    const token = tokens[index] as Token;
    const next = tokens[index + 1];
    if (!next) break;
    const gap = source.slice(token.end, next.start);
    if (isBreak(source, token, next, gap)) {
      close(index + 1);
      paragraph++;
    } else if (isSentenceEnd(tokens, index) || index - start >= longestSentence) {
      close(index + 1);
    }
  }
  close(tokens.length);
  return { source, tokens, sentences: withZones(source, tokens, sentences) };
}

/** Whether the white space between two tokens ends a paragraph. Lines wrapped at a fixed width do not. */
function isBreak(source: string, token: Token, next: Token, gap: string): boolean {
  if (!gap.includes("\n")) return false;
  if (/\n[^\S\n]*\n/.test(gap)) return true;
  const lineStart = source.lastIndexOf("\n", token.end - 1) + 1;
  const lineLength = token.end - lineStart;
  if (/^[-*•·]$/.test(next.text) || /^\d+$/.test(next.text)) return true;
  if (lineLength < 50) return true;
  return lineLength > 100 && /[.!?:"”]$/.test(token.text);
}

function isSentenceEnd(tokens: readonly Token[], index: number): boolean {
  const token = tokens[index] as Token;
  const next = tokens[index + 1] as Token;
  if (closers.has(token.text) && token.glued) {
    const before = tokens[index - 1];
    if (before && /^[.!?]$/.test(before.text)) return startsSentence(next) && !next.glued;
    if (before && isAbbreviationAtEnd(before, next)) return !next.glued;
    return false;
  }
  if (/^[.!?]$/.test(token.text)) {
    if (next.glued) return false;
    return startsSentence(next);
  }
  return isAbbreviationAtEnd(token, next);
}

const starters = new Set(
  (
    "the a an he she it they we in on at this that these those both his her their its earlier later during after before " +
    "meanwhile also as while when but and if there for from with according last"
  ).split(" "),
);

/** "... of the U.S. The ministers ...": the abbreviation ends the sentence where a usual first word follows. */
function isAbbreviationAtEnd(token: Token, next: Token): boolean {
  if (!token.text.endsWith(".") || token.text.length < 2) return false;
  if (openAbbreviations.has(token.folded.slice(0, -1))) return false;
  if (/^\p{Lu}\.$/u.test(token.text)) return false;
  return /^\p{Lu}/u.test(next.text) && starters.has(next.folded);
}

function startsSentence(next: Token): boolean {
  return /^[\p{Lu}\d"“‘'(\[]/u.test(next.text) || /^[•*-]$/.test(next.text);
}

/** Marks headlines and lines that give only a place and a day. */
function withZones(source: string, tokens: readonly Token[], sentences: readonly Sentence[]): Sentence[] {
  let isHead = true;
  return sentences.map((sentence) => {
    const last = tokens[sentence.end - 1] as Token;
    const first = tokens[sentence.start] as Token;
    const line = source.slice(first.start, last.end);
    const endsPlain = /[.!?:]["”’')]?$/.test(line) && !/\b(?:Jr|Sr|Sept|U\.S|U\.K)\.$/.test(line);
    if (isDateLine(line)) return { ...sentence, zone: "dateline" as const };
    if (isHead && !endsPlain && line.length < 220) return { ...sentence, zone: "headline" as const };
    if (endsPlain) isHead = false;
    if (!endsPlain && line.length < 90 && isTitleCase(tokens, sentence))
      return { ...sentence, zone: "headline" as const };
    return sentence;
  });
}

/** "New Delhi, 27 April 2023", "Sept. 25, 2023", "BAKU, Azerbaijan, November 27": a place and a day, and no other words. */
function isDateLine(line: string): boolean {
  const plain = line.trim();
  if (plain.length >= 90 || /(?<![\p{L}])(?!of|and|the|date)\p{Ll}{2,}/u.test(plain)) return false;
  const day = String.raw`(?:\d{1,2}(?:st|nd|rd|th)? \p{Lu}\p{L}+\.?,? \d{4}|\p{Lu}\p{L}+\.? \d{1,2},? \d{4}|\d{4}-\d{2}-\d{2})`;
  if (new RegExp(`^(?:[\\p{L} .,'’()-]{0,60}[ ,])?${day}\\.?$`, "u").test(plain)) return true;
  return /^\p{Lu}{3}[\p{L} ]*(?:, \p{L}[\p{L} ]*)?, \p{Lu}\p{Ll}+ \d{1,2}\.$/u.test(plain);
}

function isTitleCase(tokens: readonly Token[], sentence: Sentence): boolean {
  let capitals = 0;
  let words = 0;
  for (let index = sentence.start; index < sentence.end; index++) {
    const token = tokens[index] as Token;
    if (token.type !== "word" || token.text.length < 4) continue;
    words++;
    if (/^\p{Lu}/u.test(token.text)) capitals++;
  }
  return words > 0 && capitals / words > 0.7;
}

/** The words from one token to another as they stand in the text. */
export function textOf(text: Text, start: number, end: number): string {
  const first = text.tokens[start];
  const last = text.tokens[end - 1];
  return first && last ? text.source.slice(first.start, last.end) : "";
}

export function isCapitalized(token: Token | undefined): boolean {
  return token !== undefined && /^\p{Lu}/u.test(token.text);
}
