import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { createScale, drawGrid, drawing, rounded, widthOf, type Scale } from "./drawing.js";
import { html, type Html } from "./html.js";
import { dateWords, earliestDay, fateWords, latestDay, opening } from "./words.js";

/** A happening that meetings are measured against. */
export interface ChartedMilestone {
  readonly id: string;
  readonly label: string;
  readonly on: string | null;
}

/** What a timeline is drawn from. */
export interface Timeline {
  readonly title: string;
  readonly meetings: readonly GQL.EncounterFragment[];
  readonly milestones: readonly ChartedMilestone[];
  readonly today: string;
  readonly addresses: Addresses;
}

const WIDTH = 1010;
const LEFT = 96;
/** Where the line of years ends; what has no day stands in a column beyond it. */
const [RIGHT, UNDATED] = [905, 965];
/** The height of one row of a lane, and of the room above a lane. */
const ROW = 22;
const GAP = 16;
const SIGN = 6;
/** Where the lanes begin, below the years. */
const TOP = 24;
/** How much of a milestone stands beside its line, in characters. */
const SHOWN = 46;

interface Placed<T> {
  readonly thing: T;
  readonly from: number;
  readonly to: number;
  readonly row: number;
}

/**
 * When two met, planned to and did not, on one line of years; what has no day stands in a column beyond it. A sign for
 * each meeting tells what became of it by its shape; a bar beneath it, that its day is not known exactly.
 */
export function drawTimeline({ title, meetings, milestones, today, addresses }: Timeline): Html | null {
  if (meetings.length === 0) return null;
  const days = [...meetings, ...milestones].flatMap(({ on }) => [earliestDay(on) ?? today, latestDay(on) ?? today]);
  const scale = createScale([...days].sort()[0] ?? today, [...days, today].sort().at(-1) ?? today, LEFT, RIGHT);
  const happenings = stacked(milestones, scale, ({ label }) => widthOf(opening(label, SHOWN)) + 12);
  const encounters = stacked(meetings.filter(({ kind }) => kind !== "SESSION"), scale, () => 0);
  const sessions = stacked(meetings.filter(({ kind }) => kind === "SESSION"), scale, () => 0);
  const tops = topsOf([happenings, encounters, sessions]);
  const { bottom } = tops;
  const hasUndated = [...meetings, ...milestones].some(({ on }) => earliestDay(on) === undefined);
  const draw = (one: Placed<GQL.EncounterFragment>, top: number): Html => drawMeeting(one, top, today, addresses);
  const content = html`${drawGrid(scale, TOP, bottom)}<path class="today" d="M${scale.x(today)} ${TOP}V${bottom}"/>
${hasUndated && html`<path class="grid" d="M${RIGHT + 18} ${TOP - 16}V${bottom}"/><text class="small" x="${UNDATED}" y="${TOP - 6}" text-anchor="middle">day unknown</text>`}
${laneName("Milestones", tops.at(0), happenings.length)}${happenings.map((one) => drawMilestone(one, tops.at(0), bottom, addresses))}
${laneName("Meetings", tops.at(1), encounters.length)}${encounters.map((one) => draw(one, tops.at(1)))}
${laneName("At sessions", tops.at(2), sessions.length)}${sessions.map((one) => draw(one, tops.at(2)))}`;
  const described = { id: "timeline", title, description: `${meetings.length} meetings and ${milestones.length} milestones on a line of years. The list below says the same in words.` };
  return drawing(described, WIDTH, bottom + 4, content, legendOf(meetings));
}

/** Puts things into as few rows as let them stand apart, earliest first. */
function stacked<T extends { readonly on: string | null }>(things: readonly T[], scale: Scale, room: (thing: T) => number): Placed<T>[] {
  const ends: number[] = [];
  const ordered = things
    .map((thing) => ({ thing, from: placeOf(earliestDay(thing.on), scale), to: placeOf(latestDay(thing.on), scale) }))
    .sort((one, other) => one.from - other.from);
  return ordered.map(({ thing, from, to }) => {
    const left = from + room(thing) > scale.right ? from - Math.max(SIGN, room(thing)) : from - SIGN;
    const free = ends.findIndex((end) => end <= left);
    const row = free < 0 ? ends.length : free;
    ends[row] = Math.max(to, from + SIGN, left + room(thing)) + 3;
    return { thing, from, to, row };
  });
}

function placeOf(day: string | undefined, scale: Scale): number {
  return day === undefined ? UNDATED : scale.x(day);
}

function topsOf(lanes: readonly (readonly Placed<unknown>[])[]): { readonly at: (lane: number) => number; readonly bottom: number } {
  const heights = lanes.map((lane) => (lane.length === 0 ? 0 : GAP + ROW * (1 + Math.max(...lane.map(({ row }) => row)))));
  const tops = heights.map((_, index) => TOP + heights.slice(0, index).reduce((sum, height) => sum + height, 0) + GAP / 2);
  return { at: (lane) => tops[lane] ?? 0, bottom: TOP + heights.reduce((sum, height) => sum + height, 0) + GAP / 2 };
}

function laneName(name: string, top: number, count: number): Html | null {
  return count === 0 ? null : html`<text class="small" x="0" y="${top + 15}">${name}</text>`;
}

function drawMilestone({ thing, from, to, row }: Placed<ChartedMilestone>, top: number, bottom: number, addresses: Addresses): Html {
  const y = top + row * ROW;
  const words = opening(thing.label, SHOWN);
  const turns = from + widthOf(words) + 12 > RIGHT;
  return html`<g><title>${thing.label}, ${wordsOf(thing.on)}</title>${thing.on !== null && html`<path class="milestone" d="M${from} ${y + 3}V${bottom}"/>`}${to - from > 2 && html`<rect class="span" x="${from}" y="${y + 3}" width="${rounded(to - from)}" height="3"/>`}<a href="${addresses.to("/milestones")}#${thing.id}"><text class="small" x="${turns ? from - 5 : from + 5}" y="${y + 16}"${turns && html` text-anchor="end"`}>${words}</text></a></g>`;
}

function drawMeeting({ thing, from, to, row }: Placed<GQL.EncounterFragment>, top: number, today: string, addresses: Addresses): Html {
  const y = top + row * ROW + 11;
  const x = rounded((from + to) / 2);
  const words = `${thing.title}, ${wordsOf(thing.on)}: ${fateWords(thing, today)}`;
  return html`<a href="${addresses.meeting(thing.slug)}" aria-label="${words}"><title>${words}</title>${to - from > 2 && html`<rect class="span" x="${from}" y="${y - 1.5}" width="${rounded(to - from)}" height="3"/>`}<rect class="hit" x="${x - 9}" y="${y - 11}" width="18" height="22"/>${signOf(thing.status, x, y)}</a>`;
}

function wordsOf(on: string | null): string {
  return on === null ? "day unknown" : dateWords(on);
}

/** A shape for what became of a meeting. */
function signOf(status: GQL.MeetingStatus, x: number, y: number): Html {
  if (status === "CANCELLED" || status === "DECLINED") return html`<path class="sign lost" d="M${x - 5} ${y - 5}l10 10m0-10l-10 10"/>`;
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
  const has = (status: GQL.MeetingStatus): boolean => meetings.some((one) => one.status === status || (status === "DECLINED" && one.status === "CANCELLED"));
  const partial = meetings.some(({ on }) => on !== null && on.length < "2024-11-20".length);
  return html`<ul class="legend">${LEGEND.filter(([status]) => has(status)).map(([status, words]) => html`<li><svg width="14" height="14" aria-hidden="true">${signOf(status, 7, 7)}</svg>${words}</li>`)}${partial && html`<li><svg width="26" height="8" aria-hidden="true"><rect class="span" y="3" width="26" height="3"/></svg>day not known exactly</li>`}</ul>`;
}
