import type * as GQL from "../generated/pages.js";
import { isExactDay, isPartialDate, parsePartialDate } from "../lib/partial-dates.js";
import { html, joined, type Html } from "./html.js";

const MONTHS = [
  "January",
  "February",
  "March",
  "April",
  "May",
  "June",
  "July",
  "August",
  "September",
  "October",
  "November",
  "December",
];

const MARKS: Readonly<Record<string, string>> = { "~": "about ", "?": "perhaps ", "%": "perhaps about " };

/**
 * A partial date in words: `20 November 2024`, `October 2024`, `about 2024`, `one day between 12 and 14 May 2024`. Other texts
 * are returned unchanged.
 */
export function dateWords(date: string): string {
  if (!isPartialDate(date)) return date;
  const [one = "", other] = date.split("/");
  if (other !== undefined) return `one day between ${shortened(one, other)} and ${dateWords(other)}`;
  const mark = MARKS[date.slice(-1)];
  return mark === undefined ? plainDateWords(date) : `${mark}${plainDateWords(date.slice(0, -1))}`;
}

function plainDateWords(date: string): string {
  const [year = "", month, day] = date.split("-");
  const years = year.replace(/^0+/, "");
  if (month === undefined) return years;
  const named = `${MONTHS[Number(month) - 1] ?? month} ${years}`;
  return day === undefined ? named : `${Number(day)} ${named}`;
}

/** A partial date with its preposition: `on 20 November 2024`, `in October 2024`. */
export function whenWords(date: string): string {
  return `${date.includes("/") || /^\d{4}-\d{2}-\d{2}/.test(date) ? "on" : "in"} ${dateWords(date)}`;
}

/** The days of an event, as `<time>` elements; says so if they are unknown. */
export function whenOf(on: string | null, endsOn: string | null = null): Html {
  if (on === null) return html`<span class="unknown">day unknown</span>`;
  if (endsOn === null || endsOn === on) return timeOf(on);
  return html`${timeOf(on, shortened(on, endsOn))} to ${timeOf(endsOn)}`;
}

/** A date as a `<time>` element. */
export function timeOf(date: string, words = dateWords(date)): Html {
  // The attribute knows years, months and days, and neither intervals nor marks.
  return isPartialDate(date) && /^[\d-]+$/.test(date) ? html`<time datetime="${date}">${words}</time>` : html`${words}`;
}

/** The first day of a period, without the month and year that it shares with the last. */
function shortened(on: string, endsOn: string): string {
  if (!isExactDay(on) || !isExactDay(endsOn)) return dateWords(on);
  if (on.slice(0, 7) === endsOn.slice(0, 7)) return String(Number(on.slice(8)));
  return on.slice(0, 4) === endsOn.slice(0, 4) ? dateWords(on).replace(/ \d+$/, "") : dateWords(on);
}

/** A period with possibly unknown ends. */
export interface Period {
  readonly since: string | null;
  readonly until: string | null;
  readonly hasEnded: boolean | null;
  readonly attestedOn: string | null;
  readonly attestedUntil?: string | null;
}

/** A period in words, including what is unknown about it. */
export function periodOf({ since, until, hasEnded, attestedOn, attestedUntil = null }: Period): Html {
  const start =
    since === null
      ? attestedOn === null
        ? html`start unknown`
        : html`start unknown, attested ${attestedWords(attestedOn)}`
      : html`since ${timeOf(since)}`;
  if (until !== null) return html`${since === null ? start : html`from ${timeOf(since)}`} until ${timeOf(until)}`;
  if (hasEnded === true) return html`${start}; ended, day unknown`;
  const last = attestedUntil === null ? html`` : html`, last attested ${attestedWords(attestedUntil)}`;
  return hasEnded === null ? html`${start}${last}; whether it has ended is unknown` : start;
}

function attestedWords(date: string): Html {
  return html`${whenWords(date).split(" ", 1)[0]} ${timeOf(date)}`;
}

/** The last possible day of a partial date; undefined for other texts. */
export function latestDay(date: string | null): string | undefined {
  return date !== null && isPartialDate(date) ? parsePartialDate(date).latest : undefined;
}

/** The first possible day of a partial date; undefined for other texts. */
export function earliestDay(date: string | null): string | undefined {
  return date !== null && isPartialDate(date) ? parsePartialDate(date).earliest : undefined;
}

/** The status of a meeting with its planned or actual days. */
export interface DatedStatus {
  readonly status: GQL.MeetingStatus;
  readonly on: string | null;
  readonly endsOn: string | null;
}

const STATUSES: Readonly<Record<GQL.MeetingStatus, string>> = {
  UNKNOWN: "no source says whether it took place",
  EXPECTED: "expected",
  HELD: "held",
  POSTPONED: "postponed",
  CANCELLED: "cancelled",
  DECLINED: "declined by one side",
  CALLED_OFF: "called off, deferred or cancelled",
};

/** A status in a word or two. */
export function statusWords(status: GQL.MeetingStatus): string {
  return STATUSES[status];
}

/** The status of a meeting in words. A meeting that should be over on `today` and has no report says so. */
export function meetingStatusWords({ status, on, endsOn }: DatedStatus, today: string): string {
  const last = latestDay(endsOn ?? on);
  if (status === "EXPECTED" && last !== undefined && last < today) return "expected, no report since";
  return status === "EXPECTED" && last === undefined ? "expected, day unknown" : STATUSES[status];
}

/** The status with a sign. Signs differ by more than colour. */
export function statusMark(status: DatedStatus, today: string): Html {
  return html`<span class="status status-${status.status.toLowerCase()}">${meetingStatusWords(status, today)}</span>`;
}

/** An enum value in plain words: `DEFENCE_MINISTER` is "defence minister". */
export function plainWords(value: string): string {
  return value.toLowerCase().replaceAll("_", " ");
}

const AGREEMENT_STATUSES: Readonly<Record<GQL.AgreementStatus, string>> = {
  UNKNOWN: "no report yet",
  ANNOUNCED: "announced",
  SIGNED: "signed",
  IN_FORCE: "in force",
  RENEWED: "renewed",
  SUSPENDED: "suspended",
  SUPERSEDED: "superseded",
  EXPIRED: "expired",
  TERMINATED: "terminated",
  ENDED: "ended",
};

/** The status of an agreement in a word or two. */
export function agreementStatusWords(status: GQL.AgreementStatus): string {
  return AGREEMENT_STATUSES[status];
}

const ACTIVITY_STATUSES: Readonly<Record<GQL.ActivityStatus, string>> = {
  UNKNOWN: "no report yet",
  PLANNED: "planned",
  UNDER_WAY: "under way",
  HELD: "held",
  POSTPONED: "postponed",
  CANCELLED: "cancelled",
};

/** The status of an activity in a word or two. */
export function activityStatusWords(status: GQL.ActivityStatus): string {
  return ACTIVITY_STATUSES[status];
}

const ROLES: Readonly<Record<GQL.MembershipRole, string>> = {
  MEMBER: "Member",
  DIALOGUE_PARTNER: "Dialogue partner",
  PLUS_COUNTRY: "Plus country",
  SECTORAL_DIALOGUE_PARTNER: "Sectoral dialogue partner",
  PARTNER_COUNTRY: "Partner country",
  OBSERVER: "Observer",
  INVITED: "Invited",
};

/** A role in a forum. */
export function roleWords(role: GQL.MembershipRole): string {
  return ROLES[role];
}

const KINDS: Readonly<Record<GQL.MeetingKind, string>> = {
  SESSION: "Session",
  MULTILATERAL: "Multilateral meeting",
  TRILATERAL: "Trilateral meeting",
  BILATERAL: "Bilateral meeting",
};

export function kindWords(kind: GQL.MeetingKind): string {
  return KINDS[kind];
}

const FORMATS: Readonly<Record<GQL.MeetingFormat, string>> = {
  IN_PERSON: "in person",
  VIDEO: "by video",
  CALL: "by telephone",
  PULL_ASIDE: "pull-aside",
};

export function formatWords(format: GQL.MeetingFormat): string {
  return FORMATS[format];
}

const LEVELS: Readonly<Record<GQL.EncounterLevel, string>> = {
  PERSONS: "the same persons",
  OFFICES: "the same offices",
  PARTIES: "the same parties",
};

export function levelWords(level: GQL.EncounterLevel): string {
  return LEVELS[level];
}

const VERDICTS: Readonly<Record<GQL.ClaimVerdict, string>> = {
  SUPPORTED: "supported by the record",
  CONTRADICTED: "contradicted by the record",
  UNVERIFIABLE: "undecided",
};

export function verdictWords(verdict: GQL.ClaimVerdict): string {
  return VERDICTS[verdict];
}

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** A language by its tag: `id` is Indonesian. Invalid tags are returned unchanged. */
export function languageWords(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** City and country; null if both are unknown. */
export function placeWords(
  place: { readonly city: string | null; readonly country: { readonly name: string } | null } | null,
): string | null {
  const words = [...new Set([place?.city, place?.country?.name])].filter(Boolean).join(", ");
  return words === "" ? null : words;
}

/** `1 meeting`, `12 meetings`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** The beginning of a text, with an ellipsis if it is cut. */
export function opening(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length
    ? text
    : `${characters
        .slice(0, length - 1)
        .join("")
        .trimEnd()}…`;
}

const LISTS = new Intl.ListFormat("en-GB");

/** Words as in a sentence: A, B and C. */
export function inSentence(words: readonly string[]): string {
  return LISTS.format(words);
}

/** A text with a capital first letter. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Joins parts as in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly Html[]): Html {
  if (parts.length < 2) return joined(parts, "");
  return html`${joined(parts.slice(0, -1), ", ")} and ${parts.at(-1)}`;
}
