import { isExactDay } from "../lib/partial-dates.js";
import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { drawGrid, drawing, legend, rounded, scaleOver, WIDTH, widthOf, type Scale } from "./drawing.js";
import { html, type Html } from "./html.js";
import { counted, dateWords, earliestDay, meetingStatusWords, latestDay, opening } from "./words.js";

/** A dated event that first meetings are counted from. */
export interface ChartedMilestone {
  readonly id: string;
  readonly label: string;
  readonly on: string | null;
}

/** Data of the chart. */
export interface Timeline {
  readonly title: string;
  readonly meetings: readonly GQL.EncounterFragment[];
  readonly milestones: readonly ChartedMilestone[];
  readonly today: string;
  readonly addresses: Addresses;
}

const LEFT = 96;
const RIGHT = 985;
/** Widths of the column for undated entries, in pixels: for signs only, and with labels. */
const [SIGNS, WORDS] = [80, 200];
/** Space between the time scale and the column for undated entries. */
const APART = 18;
/** The height of one row of a lane, and of the space above a lane. */
const ROW = 22;
const GAP = 16;
const SIGN = 6;
/** Top of the lanes, below the years. */
const TOP = 24;
/** Maximum lengths of the labels of milestones, with and without a date, in characters. */
const [SHOWN, SHOWN_UNDATED] = [46, 31];

interface Placed<T> {
  readonly thing: T;
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

/**
 * Meetings of two parties, planned and held, on a time scale; undated entries are in a column at the end. The shape of
 * a sign shows the status of a meeting. A bar beneath it means that the date is imprecise.
 */
export function drawTimeline({ title, meetings, milestones, today, addresses }: Timeline): Html | null {
  if (meetings.length === 0) return null;
  const isUndated = ({ on }: { readonly on: string | null }): boolean => earliestDay(on) === undefined;
  const dated = [...meetings, ...milestones]
    .flatMap(({ on }) => [earliestDay(on), latestDay(on)])
    .filter((day) => day !== undefined);
  const hasUndated = [...meetings, ...milestones].some(isUndated);
  const scale = scaleOver(
    dated,
    today,
    LEFT,
    hasUndated ? RIGHT - (milestones.some(isUndated) ? WORDS : SIGNS) : RIGHT,
  );
  const happenings = stacked(milestones, scale, (milestone) => labelOf(milestone, scale, today));
  const encounters = stacked(
    meetings.filter(({ kind }) => kind !== "SESSION"),
    scale,
  );
  const sessions = stacked(
    meetings.filter(({ kind }) => kind === "SESSION"),
    scale,
  );
  const tops = topsOf([happenings, encounters, sessions]);
  const { bottom } = tops;
  const draw = (one: Placed<GQL.EncounterFragment>, top: number): Html => drawMeeting(one, top, today, addresses);
  const content = html`${drawGrid(scale, TOP, bottom)}<path class="today" d="M${scale.x(today)} ${TOP}V${bottom}"/>
${hasUndated && html`<path class="grid" d="M${scale.right + APART} ${TOP - 16}V${bottom}"/><text class="small" x="${undatedAt(scale)}" y="${TOP - 6}">day unknown</text>`}
${laneName("Milestones", tops.at(0), happenings.length)}${happenings.map((one) => drawLine(one, tops.at(0), bottom))}${happenings.map((one) => drawLabel(one, labelOf(one.thing, scale, today), tops.at(0), addresses))}
${laneName("Meetings", tops.at(1), encounters.length)}${encounters.map((one) => draw(one, tops.at(1)))}
${laneName("At sessions", tops.at(2), sessions.length)}${sessions.map((one) => draw(one, tops.at(2)))}`;
  const described = {
    id: "timeline",
    title,
    description: `${counted(meetings.length, "meeting")} and ${counted(milestones.length, "milestone")} on a line of years. The list below has the same data.`,
  };
  return drawing(described, WIDTH, bottom + 4, content, legendOf(meetings));
}

/** The label of a milestone. It is on the left of its line if it would otherwise cross the current day or the end. */
interface Label {
  readonly words: string;
  readonly x: number;
  readonly isBefore: boolean;
  readonly left: number;
  readonly right: number;
}

function labelOf({ label, on }: ChartedMilestone, scale: Scale, today: string): Label {
  const day = earliestDay(on);
  const at = placeOf(day, scale);
  const words = opening(label, day === undefined ? SHOWN_UNDATED : SHOWN);
  const width = widthOf(words) + 12;
  if (day === undefined) return { words, x: at, isBefore: false, left: at, right: at + width };
  const isBefore = at + width > (day <= today ? scale.x(today) : scale.right);
  return isBefore
    ? { words, x: at - 5, isBefore, left: at - width, right: at }
    : { words, x: at + 5, isBefore, left: at, right: at + width };
}

/** Places entries in as few rows as possible without overlaps, earliest first. */
function stacked<T extends { readonly on: string | null }>(
  things: readonly T[],
  scale: Scale,
  room?: (thing: T) => Label,
): Placed<T>[] {
  const ends: number[] = [];
  const ordered = things
    .map((thing) => ({ thing, from: placeOf(earliestDay(thing.on), scale), to: placeOf(latestDay(thing.on), scale) }))
    .sort((one, other) => one.from - other.from);
  return ordered.map(({ thing, from, to }) => {
    const { left, right } = room?.(thing) ?? { left: from, right: to };
    const free = ends.findIndex((end) => end <= Math.min(left, from - SIGN));
    const row = free < 0 ? ends.length : free;
    ends[row] = Math.max(to, from + SIGN, right) + 3;
    return { thing, from, to, row };
  });
}

function placeOf(day: string | undefined, scale: Scale): number {
  return day === undefined ? undatedAt(scale) : scale.x(day);
}

function undatedAt({ right }: Scale): number {
  return right + APART + 8;
}

function topsOf(lanes: readonly (readonly Placed<unknown>[])[]): {
  readonly at: (lane: number) => number;
  readonly bottom: number;
} {
  const heights = lanes.map((lane) =>
    lane.length === 0 ? 0 : GAP + ROW * (1 + Math.max(...lane.map(({ row }) => row))),
  );
  const tops = heights.map(
    (_, index) => TOP + heights.slice(0, index).reduce((sum, height) => sum + height, 0) + GAP / 2,
  );
  return { at: (lane) => tops[lane] ?? 0, bottom: TOP + heights.reduce((sum, height) => sum + height, 0) + GAP / 2 };
}

function laneName(name: string, top: number, count: number): Html | null {
  return count === 0 ? null : html`<text class="small" x="0" y="${top + 15}">${name}</text>`;
}

/** The vertical line of a milestone, and a bar over its possible days. */
function drawLine(
  { thing: { on }, from, to, row }: Placed<ChartedMilestone>,
  top: number,
  bottom: number,
): Html | null {
  const y = top + row * ROW;
  return on === null
    ? null
    : html`<path class="milestone" d="M${from} ${y + 3}V${bottom}"/>${to - from > 2 && html`<rect class="span" x="${from}" y="${y + 3}" width="${rounded(to - from)}" height="3"/>`}`;
}

function drawLabel(
  { thing, row }: Placed<ChartedMilestone>,
  { words, x, isBefore }: Label,
  top: number,
  addresses: Addresses,
): Html {
  return html`<a href="${addresses.to("/milestones")}#${thing.id}"><title>${thing.label}, ${wordsOf(thing.on)}</title><text class="small over" x="${x}" y="${top + row * ROW + 16}"${isBefore && html` text-anchor="end"`}>${words}</text></a>`;
}

function drawMeeting(
  { thing, from, to, row }: Placed<GQL.EncounterFragment>,
  top: number,
  today: string,
  addresses: Addresses,
): Html {
  const y = top + row * ROW + 11;
  const x = rounded((from + to) / 2);
  const words = `${thing.title}, ${wordsOf(thing.on)}: ${meetingStatusWords(thing, today)}`;
  return html`<a href="${addresses.meeting(thing.slug)}" aria-label="${words}"><title>${words}</title>${to - from > 2 && html`<rect class="span" x="${from}" y="${y - 1.5}" width="${rounded(to - from)}" height="3"/>`}<rect class="hit" x="${x - 9}" y="${y - 11}" width="18" height="22"/>${signOf(thing.status, x, y)}</a>`;
}

function wordsOf(on: string | null): string {
  return on === null ? "day unknown" : dateWords(on);
}

/** The sign for a meeting's status. */
function signOf(status: GQL.MeetingStatus, x: number, y: number): Html {
  if (status === "CANCELLED" || status === "DECLINED" || status === "CALLED_OFF")
    return html`<path class="sign lost" d="M${x - 5} ${y - 5}l10 10m0-10l-10 10"/>`;
  if (status === "UNKNOWN") return html`<text class="sign-unknown" x="${x}" y="${y + 5}" text-anchor="middle">?</text>`;
  return html`<circle class="sign ${status === "HELD" ? "held" : status === "POSTPONED" ? "open put-off" : "open"}" cx="${x}" cy="${y}" r="5"/>`;
}

const LEGEND: readonly (readonly [GQL.MeetingStatus, string])[] = [
  ["HELD", "held"],
  ["EXPECTED", "expected"],
  ["POSTPONED", "postponed"],
  ["DECLINED", "declined or cancelled"],
  ["UNKNOWN", "no source says"],
];

function legendOf(meetings: readonly GQL.EncounterFragment[]): Html {
  const has = (status: GQL.MeetingStatus): boolean =>
    meetings.some(
      (one) =>
        one.status === status || (status === "DECLINED" && (one.status === "CANCELLED" || one.status === "CALLED_OFF")),
    );
  const partial = meetings.some(({ on }) => on !== null && !isExactDay(on));
  return html`${legend(
    14,
    14,
    LEGEND.filter(([status]) => has(status)).map(([status, words]) => ({ sign: signOf(status, 7, 7), words })),
  )}${partial && legend(26, 8, [{ sign: html`<rect class="span" y="3" width="26" height="3"/>`, words: "date imprecise" }])}`;
}
