import { gapMark } from "../lib/characters.js";

/** Words of a text: the position of the first character, and their number. */
interface Passage {
  readonly start: number;
  readonly length: number;
}

/** The paragraphs of a text in which passages stand; a mark stands for what is left out. */
export interface Excerpt {
  readonly text: string;
  /** The position in the excerpt of a character in one of the passages. */
  moved(start: number): number;
}

/** Makes an excerpt. Positions count characters, not units of UTF-16. */
export function excerptOf(text: string, passages: readonly Passage[]): Excerpt {
  const letters = [...text];
  const pieces: { readonly from: number; readonly to: number; readonly at: number }[] = [];
  const written: string[] = [];
  let [isGap, end] = [false, 0];
  for (const { from, to } of paragraphsOf(letters)) {
    const isCited = passages.some(({ start, length }) => start < to && start + length > from);
    if (!isCited) {
      if (!isGap) written.push(...(written.length === 0 ? [] : ["\n", "\n"]), ...gapMark);
      isGap = true;
      continue;
    }
    // Paragraphs that follow each other keep what stands between them.
    const isNext = pieces.length > 0 && !isGap;
    if (isNext) for (const letter of letters.slice(end, from)) written.push(letter);
    else if (written.length > 0) written.push("\n", "\n");
    pieces.push({ from, to, at: written.length });
    for (const letter of letters.slice(from, to)) written.push(letter);
    [isGap, end] = [false, to];
  }
  return {
    text: `${written.join("")}\n`,
    moved(start) {
      const piece = pieces.find(({ from, to }) => from <= start && start < to);
      return piece ? piece.at + start - piece.from : start;
    },
  };
}

/** Paragraphs, which blank lines part. */
function paragraphsOf(letters: readonly string[]): { from: number; to: number }[] {
  const found: { from: number; to: number }[] = [];
  let from = -1;
  let to = 0;
  let lines = 0;
  for (const [index, letter] of letters.entries()) {
    if (/\s/.test(letter)) {
      if (letter === "\n") lines += 1;
      continue;
    }
    if (from >= 0 && lines > 1) {
      found.push({ from, to });
      from = -1;
    }
    if (from < 0) from = index;
    [to, lines] = [index + 1, 0];
  }
  if (from >= 0) found.push({ from, to });
  return found;
}
