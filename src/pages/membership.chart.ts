import { isExactDay } from "../lib/partial-dates.js";
import type * as GQL from "../generated/pages.js";
import { groupedBy } from "../lib/grouped.js";
import {
  drawGrid,
  drawing,
  legend,
  rounded,
  rowName,
  ROWS_LEFT,
  scaleOver,
  WIDTH,
  widthOf,
  type Scale,
} from "./drawing.js";
import { html, Html } from "./html.js";
import { earliestDay, latestDay, roleWords } from "./words.js";

/** A membership as the chart shows it. */
export type ChartedMembership = GQL.MembershipFragment & { readonly party: GQL.TableFragment };

const RIGHT = 985;
const TOP = 24;
const ROW = 30;
const BAR = 11;
/** Width over which an unknown start fades in, in pixels. */
const FADE = 46;

/** Roles from the closest to the loosest. */
export const ROLES: readonly GQL.MembershipRole[] = [
  "MEMBER",
  "PLUS_COUNTRY",
  "DIALOGUE_PARTNER",
  "SECTORAL_DIALOGUE_PARTNER",
  "PARTNER_COUNTRY",
  "OBSERVER",
  "INVITED",
];
/** A pattern for each role, so that roles differ by more than colour. */
const STROKES: Readonly<Record<GQL.MembershipRole, string>> = {
  MEMBER: "",
  PLUS_COUNTRY: "M0 3h6M3 0v6",
  DIALOGUE_PARTNER: "M-1 1l2-2M0 6l6-6M5 7l2-2",
  SECTORAL_DIALOGUE_PARTNER: "M0 1.5h6M0 4.5h6",
  PARTNER_COUNTRY: "M1.5 0v6M4.5 0v6",
  OBSERVER: "M1.4 3h.1M4.4 3h.1",
  INVITED: "",
};

/**
 * Memberships of a forum over time, with one row for each party. Disputed bars are hatched. Imprecise dates fade. A
 * start that no source gives fades in before the day on which a source first attests the membership.
 */
export function drawMemberships(name: string, memberships: readonly ChartedMembership[], today: string): Html | null {
  const days = memberships
    .flatMap(({ since, attestedOn, until }) => [earliestDay(since) ?? earliestDay(attestedOn), latestDay(until)])
    .filter((day) => day !== undefined);
  if (days.length === 0) return null;
  const scale = scaleOver(days, today, ROWS_LEFT, RIGHT);
  const rows = [...groupedBy(memberships, ({ party }) => party.code).values()].sort(byRank);
  const bottom = TOP + rows.length * ROW;
  const described = {
    id: "chart",
    title: `Members of ${name} over time`,
    description: `One row for each of ${rows.length} parties, with a bar for each of its roles from its start to its end. The table below has the same data.`,
  };
  const roles = ROLES.filter((role) => memberships.some((one) => one.role === role));
  const content = html`<defs>${roles.map(patternOf)}${FADES}</defs>${drawGrid(scale, TOP, bottom)}${rows.map((row, index) => drawRow(row, scale, TOP + index * ROW, today))}`;
  return drawing(described, WIDTH, bottom + 6, content, legendOf(roles, memberships));
}

const FADES = new Html(
  `<linearGradient id="fade-in"><stop offset="0" class="fade-none"/><stop offset="1" class="fade-full"/></linearGradient><linearGradient id="fade-out"><stop offset="0" class="fade-full"/><stop offset="1" class="fade-none"/></linearGradient><pattern id="disputed" width="6" height="6" patternUnits="userSpaceOnUse"><path class="hatch" d="M-1 5l2 2M0 0l6 6M5-1l2 2"/></pattern>`,
);

function patternOf(role: GQL.MembershipRole): Html {
  return html`<pattern id="role-${role}" width="6" height="6" patternUnits="userSpaceOnUse"><rect class="tint tint-${role}" width="6" height="6"/><path class="stroke" d="${STROKES[role]}"/></pattern>`;
}

function byRank(one: readonly ChartedMembership[], other: readonly ChartedMembership[]): number {
  const rank = (row: readonly ChartedMembership[]): number =>
    Math.min(...row.map(({ role, hasEnded }) => ROLES.indexOf(role) + (hasEnded === true ? ROLES.length : 0)));
  const start = (row: readonly ChartedMembership[]): string => [...row.map(startOf)].sort()[0] ?? "";
  const [left, right] = [`${start(one)} ${one[0]?.party.name}`, `${start(other)} ${other[0]?.party.name}`];
  return rank(one) - rank(other) || (left < right ? -1 : left > right ? 1 : 0);
}

function startOf({ since, attestedOn }: ChartedMembership): string {
  return earliestDay(since) ?? earliestDay(attestedOn) ?? "9999";
}

function drawRow(row: readonly ChartedMembership[], scale: Scale, y: number, today: string): Html {
  const bars = [...row].sort((one, other) => (startOf(one) < startOf(other) ? -1 : 1));
  const name = row[0]?.party.name ?? "";
  return html`${rowName(name, y + 22)}${bars.map((bar, index) => drawBar(bar, bars[index + 1], scale, y, today))}`;
}

/** One bar. It is solid from the latest possible start to the earliest possible end, and fades outside. */
function drawBar(
  membership: ChartedMembership,
  next: ChartedMembership | undefined,
  scale: Scale,
  y: number,
  today: string,
): Html {
  const { role, since, until, hasEnded, attestedOn, isDisputed } = membership;
  const known = since ?? attestedOn;
  const certain = scale.x(latestDay(known) ?? today);
  const possible = since === null ? Math.max(scale.left, certain - FADE) : scale.x(earliestDay(since) ?? today);
  const end = until === null ? scale.x(today) : scale.x(latestDay(until) ?? today);
  const isOpen = until === null && hasEnded !== false;
  const from = Math.min(certain, end);
  const solidEnd = isOpen
    ? Math.max(from, end - FADE)
    : until === null
      ? end
      : Math.max(from, scale.x(earliestDay(until) ?? today));
  const pieces = [
    from > possible &&
      html`<rect class="fading" x="${possible}" y="${y + 14}" width="${rounded(from - possible)}" height="${BAR}" fill="url(#fade-in)"/>`,
    html`<rect class="${isDisputed ? "bar doubted" : "bar"}" x="${from}" y="${y + 14}" width="${rounded(Math.max(solidEnd - from, 2))}" height="${BAR}" fill="url(#role-${role})"/>`,
    isDisputed &&
      html`<rect class="disputed" x="${possible}" y="${y + 13}" width="${rounded(Math.max(end - possible, 2))}" height="${BAR + 2}" fill="url(#disputed)"/>`,
    end > solidEnd &&
      html`<rect class="fading" x="${solidEnd}" y="${y + 14}" width="${rounded(end - solidEnd)}" height="${BAR}" fill="url(#fade-out)"/>`,
  ];
  return html`<g><title>${membership.party.name}: ${roleWords(role)}${isDisputed && ", disputed"}, ${since === null ? `start unknown${attestedOn === null ? "" : `, attested ${attestedOn}`}` : `since ${since}`}${until === null ? (hasEnded === true ? ", ended on an unknown day" : "") : `, until ${until}`}</title>${pieces}${labelOf(membership, next, scale, y)}</g>`;
}

/** The role above its bar; null if it would overlap the label of the next bar. */
function labelOf(
  membership: ChartedMembership,
  next: ChartedMembership | undefined,
  scale: Scale,
  y: number,
): Html | null {
  const { words, from, to, anchorsEnd } = placeLabel(membership, scale);
  if (next && placeLabel(next, scale).from < to) return null;
  return html`<text class="small" x="${anchorsEnd ? to : from}" y="${y + 11}"${anchorsEnd && html` text-anchor="end"`}>${words}</text>`;
}

/** Places a label at the start of its bar or, if there is no room, at the end of the row. */
function placeLabel(
  membership: ChartedMembership,
  scale: Scale,
): { readonly words: string; readonly from: number; readonly to: number; readonly anchorsEnd: boolean } {
  const { role, isDisputed, since } = membership;
  const words = `${roleWords(role)}${isDisputed ? ", disputed" : ""}${since === null ? ", start unknown" : ""}`;
  const start = scale.x(startOf(membership));
  const anchorsEnd = start + widthOf(words) > scale.right;
  return {
    words,
    anchorsEnd,
    from: anchorsEnd ? scale.right - widthOf(words) : start,
    to: anchorsEnd ? scale.right : start + widthOf(words),
  };
}

function legendOf(roles: readonly GQL.MembershipRole[], memberships: readonly ChartedMembership[]): Html {
  const sign = (fill: string, className: string): Html =>
    html`<rect class="${className}" x=".5" y=".5" width="25" height="10" fill="url(#${fill})"/>`;
  const fades = memberships.some(
    ({ since, until, hasEnded }) => since === null || !isExactDay(since) || (until === null && hasEnded !== false),
  );
  return legend(26, 11, [
    ...roles.map((role) => ({ sign: sign(`role-${role}`, "bar"), words: roleWords(role) })),
    ...(memberships.some(({ isDisputed }) => isDisputed)
      ? [{ sign: sign("disputed", "disputed"), words: "Disputed" }]
      : []),
    ...(fades ? [{ sign: sign("fade-in", "fading"), words: "Date imprecise or unknown" }] : []),
  ]);
}
