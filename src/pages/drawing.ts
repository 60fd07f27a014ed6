import { html, type Html } from "./html.js";
import { opening } from "./words.js";

/** A time scale: the position of a day, in pixels from the left. */
export interface Scale {
  readonly left: number;
  readonly right: number;
  readonly x: (day: string) => number;
  /** Grid lines at the first day of a year, with their labels. */
  readonly ticks: readonly { readonly x: number; readonly name: string }[];
}

/** Width of a chart in wide windows, in pixels. */
export const WIDTH = 1010;
/** Left edge of the rows, to the right of the names of parties, in pixels. */
export const ROWS_LEFT = 150;
/** Maximum length of the name beside a row, in characters. */
const NAME = 22;
const DAY_MS = 86_400_000;
/** Minimum distance of grid lines, in pixels. */
const ROOM = 44;
const STEPS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1_000];

/** A scale over whole years that includes these days and the current day. */
export function scaleOver(days: readonly string[], today: string, left: number, right: number): Scale {
  const [first = today] = [...days].sort();
  const last = [...days, today].sort().at(-1) ?? today;
  const [from, to] = [Number(first.slice(0, 4)), Number(last.slice(0, 4)) + 1];
  const [start, end] = [momentOf(`${padded(from)}-01-01`), momentOf(`${padded(to)}-01-01`)];
  const x = (day: string): number => rounded(left + ((momentOf(day) - start) / (end - start)) * (right - left));
  const step = STEPS.find((years) => (years / (to - from)) * (right - left) >= ROOM) ?? 1_000;
  const years = Array.from({ length: to - from + 1 }, (_, index) => from + index).filter(
    (year) => year % step === 0 || to - from < 2,
  );
  return { left, right, x, ticks: years.map((year) => ({ x: x(`${padded(year)}-01-01`), name: String(year) })) };
}

/** Grid lines with years above them. */
export function drawGrid({ ticks }: Scale, top: number, bottom: number): Html {
  return html`${ticks.map(({ x, name }) => html`<path class="grid" d="M${x} ${top}V${bottom}"/><text class="small" x="${x}" y="${top - 6}" text-anchor="middle">${name}</text>`)}`;
}

/** Accessible name and description of a chart. */
export interface Described {
  readonly id: string;
  readonly title: string;
  readonly description: string;
}

/** A chart that scrolls sideways in narrow windows. */
export function drawing(
  { id, title, description }: Described,
  width: number,
  height: number,
  content: Html,
  below: Html | null = null,
): Html {
  return html`<figure class="drawing"><p class="hint">Scroll right for more.</p><div class="wide" tabindex="0" role="region" aria-label="${title}"><svg class="wide-svg" viewBox="0 0 ${width} ${height}" width="${width}" height="${height}" role="group" aria-labelledby="${id}-title ${id}-desc"><title id="${id}-title">${title}</title><desc id="${id}-desc">${description}</desc>${content}</svg></div>${below && html`<figcaption>${below}</figcaption>`}</figure>`;
}

/** The name of a party beside its row. */
export function rowName(name: string, y: number): Html {
  return html`<text x="${ROWS_LEFT - 9}" y="${y}" text-anchor="end">${opening(name, NAME)}</text>`;
}

/** A legend. `width` and `height` are the size of each sign. */
export function legend(
  width: number,
  height: number,
  entries: readonly { readonly sign: Html; readonly words: string }[],
): Html {
  return html`<ul class="legend">${entries.map(({ sign, words }) => html`<li><svg width="${width}" height="${height}" aria-hidden="true">${sign}</svg>${words}</li>`)}</ul>`;
}

/** Approximate width of a small text, in pixels. */
export function widthOf(text: string): number {
  return rounded([...text].length * 6);
}

/** Rounds to tenths of a pixel. */
export function rounded(value: number): number {
  return Math.round(value * 10) / 10;
}

function padded(year: number): string {
  return String(year).padStart(4, "0");
}

function momentOf(day: string): number {
  return Date.parse(day) - (Date.parse(day) % DAY_MS);
}
