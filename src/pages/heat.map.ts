import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { drawing, legend, rowName, ROWS_LEFT, WIDTH } from "./drawing.js";
import { html, type Html } from "./html.js";
import { counted } from "./words.js";

/** Two parties and the forums they share. */
export interface Cell {
  readonly parties: readonly GQL.TableFragment[];
  readonly count: number;
  readonly forums: readonly { readonly name: string; readonly acronym: string | null }[];
}

const TOP = 44;
/** Maximum width of a cell, in pixels. */
const LARGEST = 26;
/** Maximum number of parties. With more, the page gets heavy and cells are hard to tell apart. */
export const MOST_DRAWN = 40;
/** Maximum number of forums named in the title of a cell. */
const NAMED = 4;
const SHADES = 5;

/** A heat map of all pairs. Darker cells are pairs that share more forums; each cell shows the number. */
export function drawMatrix(title: string, cells: readonly Cell[], addresses: Addresses): Html | null {
  const parties = ranked(cells).slice(0, MOST_DRAWN);
  if (parties.length < 2) return null;
  const places = new Map(parties.map(({ code }, index) => [code, index]));
  const size = Math.min(LARGEST, Math.floor((WIDTH - ROWS_LEFT - 10) / parties.length));
  const most = Math.max(...cells.map(({ count }) => count));
  const names = parties.map(
    ({ code, name }, index) =>
      html`${rowName(name, TOP + index * size + size - 7)}<text class="small" x="${ROWS_LEFT + index * size + size / 2}" y="${TOP + index * size - 4}" text-anchor="middle">${size >= 20 ? code : ""}</text>`,
  );
  const fields = cells.map((cell) => drawCell(cell, places, size, addresses));
  const described = {
    id: "matrix",
    title,
    description: `${counted(cells.length, "pair")} of ${counted(parties.length, "party", "parties")}. The table below has the same data.`,
  };
  return drawing(
    described,
    WIDTH,
    TOP + parties.length * size + 4,
    html`<defs>${[...new Set(cells.map(({ count }) => count))].map((count) => drawField(count, size, most))}</defs>${names}${fields}`,
    legendOf(most),
  );
}

/**
 * The parties of the pairs. Those with the highest sum of shared forums come first, which groups closely connected
 * parties.
 */
export function ranked(cells: readonly Cell[]): GQL.TableFragment[] {
  const sums = new Map<string, { party: GQL.TableFragment; sum: number }>();
  for (const { parties, count } of cells) {
    for (const party of parties) sums.set(party.code, { party, sum: (sums.get(party.code)?.sum ?? 0) + count });
  }
  return [...sums.values()]
    .sort((one, other) => other.sum - one.sum || (one.party.name < other.party.name ? -1 : 1))
    .map(({ party }) => party);
}

function drawCell(
  { parties, count, forums }: Cell,
  places: ReadonlyMap<string, number>,
  size: number,
  addresses: Addresses,
): Html | null {
  const [one, other] = parties;
  const [first, second] = [places.get(one?.code ?? ""), places.get(other?.code ?? "")];
  if (!one || !other || first === undefined || second === undefined) return null;
  const [column, row] = first < second ? [first, second] : [second, first];
  const [x, y] = [ROWS_LEFT + column * size, TOP + row * size];
  return html`<a href="${addresses.pair(one.code, other.code)}"><title>${one.name} and ${other.name}: ${forums
    .slice(0, NAMED)
    .map(({ acronym, name }) => acronym ?? name)
    .join(
      ", ",
    )}${forums.length > NAMED && ` and ${forums.length - NAMED} more`}</title><use href="#n${count}" x="${x}" y="${y}"/></a>`;
}

/** The cell of each count, defined once and referenced for every pair. Only its own classes style it, because styles do not cascade into `<use>`. */
function drawField(count: number, size: number, most: number): Html {
  const shade = shadeOf(count, most);
  const middle = (size - 1) / 2;
  return html`<g id="n${count}"><rect class="s${shade}" width="${size - 1}" height="${size - 1}"/>${size >= 16 && html`<text class="t${shade}" x="${middle}" y="${middle + 5}" text-anchor="middle">${count}</text>`}</g>`;
}

function shadeOf(count: number, most: number): number {
  return Math.max(1, Math.ceil((count / most) * SHADES));
}

function legendOf(most: number): Html {
  const counts = Array.from({ length: most }, (_, index) => index + 1);
  const shown =
    counts.length <= 8
      ? counts
      : counts.filter((count) => count === 1 || count === most || shadeOf(count, most) !== shadeOf(count - 1, most));
  return legend(
    14,
    14,
    shown.map((count) => ({
      sign: html`<rect class="s${shadeOf(count, most)}" width="14" height="14"/>`,
      words: counted(count, "forum"),
    })),
  );
}
