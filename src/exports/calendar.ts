import { escape, foldLines, ICalCalendar, ICalEvent, ICalEventStatus, ICalEventTransparency } from "ical-generator";
import { placeText, type MeetingFacts, type SeatFacts } from "./meetings.js";
import { isExactDay } from "../lib/partial-dates.js";

/** Properties of a calendar. */
export interface CalendarHead {
  readonly name: string;
  /** The number of meetings without a date, which the calendar cannot contain. */
  readonly withoutDay: number;
}

const product = { company: "Sidelines", product: "Record of defence diplomacy", language: "EN" };
/** Suggested refresh interval for subscribers, in seconds. */
const refreshAfterS = 6 * 60 * 60;
/** Maximum number of seats and sources in a description. */
const mostListed = 100;
const end = "END:VCALENDAR\r\n";

const statuses: Readonly<Record<string, ICalEventStatus>> = {
  EXPECTED: ICalEventStatus.TENTATIVE,
  HELD: ICalEventStatus.CONFIRMED,
  CANCELLED: ICalEventStatus.CANCELLED,
  DECLINED: ICalEventStatus.CANCELLED,
  CALLED_OFF: ICalEventStatus.CANCELLED,
  // It was not held on its recorded day. A new day comes with a new report.
  POSTPONED: ICalEventStatus.CANCELLED,
};

const putOff: Readonly<Record<string, string>> = {
  CANCELLED: "Cancelled",
  DECLINED: "Declined",
  CALLED_OFF: "Called off",
  POSTPONED: "Postponed",
};

/** Whether a meeting can be in a calendar: its day must be exact. */
export function hasDay(on: string | null): boolean {
  return on !== null && isExactDay(on);
}

function isVague(day: string | null): day is string {
  return day !== null && !hasDay(day);
}

/** The beginning of a calendar (RFC 5545), up to its first event. */
export function calendarHead({ name, withoutDay }: CalendarHead): string {
  // The library writes these two as they are given.
  const calendar = new ICalCalendar({
    prodId: product,
    name: escape(oneLine(name), false),
    ttl: refreshAfterS,
    scale: "GREGORIAN",
  });
  calendar.description(escape(oneLine(`From the Sidelines record.${without(withoutDay)}`), false));
  calendar.x("X-SIDELINES-WITHOUT-DAY", String(withoutDay));
  return `${calendar.toString()}\r\n`.replace(end, "");
}

/** The end of a calendar. */
export function calendarEnd(): string {
  return end;
}

/** The events of some meetings; those whose day is not known have none. */
export function calendarEvents(meetings: readonly MeetingFacts[]): string {
  return meetings.map(eventText).join("");
}

function without(count: number): string {
  if (count === 0) return "";
  return count === 1
    ? " One meeting is left out because its day is not known."
    : ` ${String(count)} meetings are left out because their days are not known.`;
}

function eventText(meeting: MeetingFacts): string {
  const { id, on, endsOn, status, kind } = meeting;
  if (on === null || !hasDay(on)) return "";
  const start = midnight(on);
  const prefix = putOff[status];
  const changed = meeting.changedAt === undefined ? start : new Date(meeting.changedAt);
  const event = new ICalEvent(
    {
      id: `${id}@sidelines`,
      // Both move when the meeting itself changes, and only then.
      sequence: Math.max(0, (meeting.version ?? 1) - 1),
      stamp: changed,
      lastModified: changed,
      start,
      // The day after the last one.
      end: new Date(midnight(endsOn !== null && hasDay(endsOn) ? endsOn : on).getTime() + 24 * 60 * 60 * 1000),
      allDay: true,
      summary: oneLine(prefix === undefined ? meeting.title : `${prefix}: ${meeting.title}`),
      description: sound(descriptionOf(meeting)),
      status: statuses[status] ?? null,
      transparency: ICalEventTransparency.TRANSPARENT,
      categories: [kind, ...meeting.topics].map((name) => ({ name })),
      x: [["X-SIDELINES-STATUS", status]],
    },
    new ICalCalendar(),
  );
  const where = placeText(meeting);
  if (where !== "") event.location(oneLine(where));
  return foldLines(event.toString());
}

function midnight(day: string): Date {
  return new Date(`${day}T00:00:00Z`);
}

function descriptionOf(meeting: MeetingFacts): string {
  const { status, format, sidelinesOf, forum, participants, purpose } = meeting;
  const sources = [
    ...new Set(
      [...meeting.citations, ...participants.flatMap(({ citations }) => citations)].map(({ document }) =>
        [document.title, document.publisher, document.url].filter((part) => part !== null).join(", "),
      ),
    ),
  ];
  return [
    `${status}${format === null ? "" : `, ${format}`}`,
    ...(isVague(meeting.endsOn) ? [`Lasts until ${meeting.endsOn}; the day is not known.`] : []),
    ...(forum ? [`Session of: ${forum.name}`] : []),
    ...(sidelinesOf ? [`On the sidelines of: ${sidelinesOf.title}`] : []),
    ...(purpose === null ? [] : [`Purpose: ${purpose}`]),
    ...section("Seats:", participants.map(seatText)),
    ...section("Sources:", sources),
    `Slug: ${meeting.slug}`,
  ].join("\n");
}

function section(title: string, entries: readonly string[]): string[] {
  if (entries.length === 0) return [];
  const more = entries.length - mostListed;
  return [
    title,
    ...entries.slice(0, mostListed).map((entry) => `- ${oneLine(entry)}`),
    ...(more > 0 ? [`- and ${String(more)} more`] : []),
  ];
}

function seatText({ party, person, office, role, isExpected, attendance }: SeatFacts): string {
  const who = person ? `${person.name} (${party.name})` : party.name;
  return `${who}${office ? `, ${office.title}` : ""}: ${role}${isExpected ? ", expected" : ""}${attendance === null ? "" : `, ${attendance}`}`;
}

// Some readers of calendars end a line at any character that Unicode calls a line break; they are left none but those
// that the format writes with an escape.
function sound(text: string): string {
  return text.replace(/\r\n?/g, "\n").replace(/[\v\f\x1c-\x1e\u0085\u2028\u2029]/gu, " ");
}

function oneLine(text: string): string {
  return sound(text).replace(/\n+/g, " ");
}
