/** A printed line with its place on the page. */
export interface Line {
  readonly text: string;
  readonly left: number;
  readonly right: number;
  /** Baseline, upwards. */
  readonly y: number;
  /** Height of the letters. */
  readonly size: number;
  /** Distance from the top of the page, as a share of its height. */
  readonly place: number;
}

/** The paragraphs of pages of lines, without running heads and page numbers; words divided at ends of lines are whole. */
export function paragraphsOf(pages: readonly (readonly Line[])[]): string[] {
  const kept = withoutRunningLines(pages);
  const join = createJoin(kept.flat().map(({ text }) => text));
  const usual = usualLeading(kept);
  const paragraphs: string[] = [];
  let current: string | undefined;
  let above: Line | undefined;
  let aboveRight = 0;
  for (const page of kept) {
    for (const [index, line] of page.entries()) {
      if (
        current === undefined ||
        above === undefined ||
        startsParagraph(above, line, { usual, right: aboveRight, isNewPage: index === 0 })
      ) {
        if (current !== undefined) paragraphs.push(current);
        current = line.text;
      } else current = join(current, line.text);
      above = line;
      aboveRight = rightEdge(page, line);
    }
  }
  if (current !== undefined) paragraphs.push(current);
  return paragraphs;
}

/** Shares of a page in which running heads and page numbers stand. */
const [headUntil, footFrom] = [0.1, 0.9];

/** Page numbers, and the lines that browsers print around a page. */
const runningForms = [
  /^(?:[-–—\s]*|page\s+)\d{1,4}(?:\s*(?:\/|of)\s*\d{1,4})?[-–—\s]*$/i,
  /^\d{1,4}[./-]\d{1,2}[./-]\d{1,4},? \d{1,2}:\d\d(?: [AP]M)?(?: |$)/,
  /^(?:https?|file):\/\/\S+(?: \d{1,4}\/\d{1,4})?$/,
];

/** Leaves out page numbers, and lines that most pages have at the same place. */
function withoutRunningLines(pages: readonly (readonly Line[])[]): Line[][] {
  const isAtEdge = ({ place }: Line): boolean => place < headUntil || place > footFrom;
  const keyOf = ({ text, place }: Line): string => `${text.replace(/\d+/g, "#")}@${String(Math.round(place * 50))}`;
  const counts = new Map<string, number>();
  for (const page of pages)
    for (const key of new Set(page.filter(isAtEdge).map(keyOf))) counts.set(key, (counts.get(key) ?? 0) + 1);
  const fewest = Math.max(2, Math.ceil(pages.length / 2));
  const isRunning = (line: Line): boolean =>
    isAtEdge(line) && ((counts.get(keyOf(line)) ?? 0) >= fewest || runningForms.some((form) => form.test(line.text)));
  return pages.map((page) => page.filter((line) => !isRunning(line)));
}

/** The usual distance of two lines of a paragraph, as a multiple of the size of letters. */
function usualLeading(pages: readonly (readonly Line[])[]): number {
  const gaps = pages.flatMap((page) =>
    page.slice(1).flatMap((line, index) => {
      const above = page[index] as Line;
      const gap = (above.y - line.y) / line.size;
      return gap > 0.5 && gap < 3 && Math.abs(above.size - line.size) < 0.1 * line.size ? [gap] : [];
    }),
  );
  gaps.sort((one, other) => one - other);
  // Most lines lie within paragraphs; in a list of short paragraphs the closest ones tell.
  return gaps[Math.floor(gaps.length / 3)] ?? 1.2;
}

/** The right edge that full lines of the column of a line reach. */
function rightEdge(page: readonly Line[], { left, right, size }: Line): number {
  const column = page.filter((other) => Math.abs(other.left - left) < 6 * size);
  return Math.max(right, ...column.map((other) => other.right));
}

interface Setting {
  readonly usual: number;
  /** The right edge of the column of the line above. */
  readonly right: number;
  readonly isNewPage: boolean;
}

const endsSentence = (text: string): boolean => /[.!?:…][)"”’'\]]*$/.test(text);

/** A heading in capitals of several words. */
const isInCapitals = (text: string): boolean =>
  /^[^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]* [^\p{Ll}]*\p{Lu}{3}[^\p{Ll}]*$/u.test(text);

/** The width of words as a number of usual small letters. */
function breadth(text: string): number {
  let sum = 0;
  for (const letter of text)
    sum += /[\p{Lu}mw@%—]/u.test(letter) ? 1.45 : /[ijlftr.,;:'’!|()[\] ]/.test(letter) ? 0.6 : 1;
  return sum;
}

function startsParagraph(above: Line, line: Line, { usual, right, isNewPage }: Setting): boolean {
  const isOtherSize = Math.abs(above.size - line.size) > 0.12 * Math.max(above.size, line.size);
  if (isOtherSize) return true;
  if (/\p{L}[-‐\u00ad]$/u.test(above.text) && /^\p{L}/u.test(line.text)) return false;
  if (/^(?:[•▪◦●–]|\d{1,2}[.)])\s/.test(line.text)) return true;
  const gap = (above.y - line.y) / line.size;
  // A line ends early if the first word of the next one would have fitted.
  const unit = (above.right - above.left) / Math.max(1, breadth(above.text));
  const isShort = above.right + unit * (breadth(line.text.split(" ", 1)[0] ?? "") + 1.5) < right;
  if (isNewPage || gap < -0.5 || gap > 6) {
    // A sentence goes on over the page or column.
    if (/^\p{Ll}/u.test(line.text)) return false;
    return isShort || (isNewPage && endsSentence(above.text));
  }
  if (gap > 1.3 * usual || isShort) return true;
  if (isInCapitals(above.text) && !isInCapitals(line.text)) return true;
  return endsSentence(above.text) && line.left > above.left + 0.8 * line.size && line.left < above.left + 6 * line.size;
}

/** First parts of compounds that keep their hyphen. */
const keepsHyphen =
  /^(?:non|self|ex|vice|co|pre|post|anti|pro|multi|semi|cross|counter|well|long|short|high|low|mid|two|three|four|five|half|so|all|cease|inter|intra|sub|trans|ultra|then|under|air|land|sea|ship)$/;

/** The share of lines that end with a hyphen, above which a text divides words, and hyphens there are seldom its own. */
const dividing = 0.05;

/** Joins lines. A word that is divided between them is whole again; a compound keeps its hyphen. */
export function createJoin(lines: readonly string[]): (before: string, after: string) => string {
  // The last word of a line may be half of one.
  const whole = lines.flatMap(
    (text) => text.replace(/\S+[-‐\u00ad]$/, "").match(/[\p{L}\d]+(?:[-‐][\p{L}\d]+)*/gu) ?? [],
  );
  const words = new Set(whole.map((word) => word.toLowerCase().replaceAll("‐", "-")));
  const ending = (mark: RegExp): number => lines.filter((text) => mark.test(text)).length;
  // Programs that divide by a hyphen of their own leave the common one to compounds.
  const hasOwnMark = ending(/\p{L}[‐\u00ad]$/u) > 1;
  const isDividing = !hasOwnMark && ending(/\p{L}-$/u) >= Math.max(2, dividing * lines.length);
  return (before, after) => {
    if (before.endsWith("\u00ad")) return before.slice(0, -1) + after;
    const left = /([\p{L}\d]+(?:[-‐][\p{L}\d]+)*)[-‐]$/u.exec(before)?.[1];
    const right = /^[\p{L}\d]+/u.exec(after)?.[0];
    if (left === undefined || right === undefined)
      return /\S[-–—/]$/.test(before) ? before + after : `${before} ${after}`;
    const last = left.toLowerCase().replaceAll("‐", "-");
    const isOne = words.has(`${last}${right.toLowerCase()}`);
    const isCompound = !/^\p{Ll}/u.test(right) || !/\p{L}$/u.test(left) || words.has(`${last}-${right.toLowerCase()}`);
    const isLikely =
      (hasOwnMark && before.endsWith("‐")) || (isDividing && !last.includes("-") && !keepsHyphen.test(last));
    return !isCompound && (isOne || isLikely) ? before.slice(0, -1) + after : before + after;
  };
}
