import { fold, tokenize, type Token } from "./text.js";

/** A meaning of a phrase. */
export interface Entry<T> {
  readonly value: T;
  /** The spelling that alone counts, for names that are common words in another case. */
  readonly exact?: string;
}

export interface Match<T> {
  readonly start: number;
  readonly end: number;
  readonly values: readonly T[];
}

/**
 * Phrases by their token sequence. A look-up goes on while the words so far begin some phrase, so that a text is read
 * in one pass however many phrases there are. Hyphens are left out: "Secretary-General" is "Secretary General".
 */
export class Lexicon<T> {
  readonly #phrases = new Map<string, Entry<T>[]>();
  readonly #prefixes = new Set<string>();

  /** Adds a phrase; one with a leading `=` counts in its own case only. */
  add(phrase: string, value: T): void {
    const isExact = phrase.startsWith("=");
    const text = isExact ? phrase.slice(1) : phrase;
    const key = this.#keyOf(text);
    if (key === "") return;
    const entries = this.#phrases.get(key);
    const entry: Entry<T> = isExact ? { value, exact: text } : { value };
    if (entries) entries.push(entry);
    else this.#phrases.set(key, [entry]);
  }

  get size(): number {
    return this.#phrases.size;
  }

  /** The longest phrase that begins at a token. */
  longest(tokens: readonly Token[], from: number, limit: number): Match<T> | undefined {
    return this.all(tokens, from, limit).at(-1);
  }

  /** All phrases that begin at a token, the shortest first. */
  all(tokens: readonly Token[], from: number, limit: number): Match<T>[] {
    let key = "";
    const found: Match<T>[] = [];
    for (let index = from; index < limit; index++) {
      const token = tokens[index] as Token;
      if (token.text === "-" && key !== "") continue;
      key = key === "" ? token.folded : `${key} ${token.folded}`;
      const entries = this.#phrases.get(key);
      if (entries) {
        const values = entries.filter((entry) => isAsWritten(entry, tokens, from, index + 1)).map(({ value }) => value);
        if (values.length > 0) found.push({ start: from, end: index + 1, values });
      }
      if (!this.#prefixes.has(key)) break;
    }
    return found;
  }

  /** Registers the key and all its beginnings. Plain names are split by spaces, which is much faster. */
  #keyOf(text: string): string {
    const words = /^[A-Za-z ]+$/.test(text)
      ? fold(text).split(" ").filter(Boolean)
      : tokenize(text)
          .filter((token) => token.text !== "-")
          .map((token) => token.folded);
    let key = "";
    for (let index = 0; index < words.length; index++) {
      if (index > 0) this.#prefixes.add(key);
      key = key === "" ? (words[index] as string) : `${key} ${words[index] as string}`;
    }
    return key;
  }
}

function isAsWritten<T>(entry: Entry<T>, tokens: readonly Token[], start: number, end: number): boolean {
  if (entry.exact === undefined) return true;
  const words = tokens.slice(start, end).map((token) => (token.glued ? "" : " ") + token.text);
  return words.join("").trim() === entry.exact;
}
