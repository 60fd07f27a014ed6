import type * as GQL from "../generated/pages.js";
import { isPartialDate, parsePartialDate } from "../lib/partial-dates.js";
import { html, joined, type Html } from "./html.js";

const MONTHS = ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];

/** A partial date as people write it: `20 November 2024`, `October 2024`, `2024`. What is no date stays as it is. */
export function dateWords(date: string): string {
  if (!isPartialDate(date)) return date;
  const [year = "", month, day] = date.split("-");
  const years = year.replace(/^0+/, "");
  if (month === undefined) return years;
  const named = `${MONTHS[Number(month) - 1] ?? month} ${years}`;
  return day === undefined ? named : `${Number(day)} ${named}`;
}

/** With the word that goes before it: `on 20 November 2024`, `in October 2024`. */
export function whenWords(date: string): string {
  return `${date.length > "2024-10".length ? "on" : "in"} ${dateWords(date)}`;
}

/** When something was, from its first to its last day, for programs to read as well; says so where no day is known. */
export function whenOf(on: string | null, endsOn: string | null = null): Html {
  if (on === null) return html`<span class="unknown">day unknown</span>`;
  if (endsOn === null || endsOn === on) return timeOf(on);
  return html`${timeOf(on, shortened(on, endsOn))} to ${timeOf(endsOn)}`;
}

/** A date for people and programs. */
export function timeOf(date: string, words = dateWords(date)): Html {
  return isPartialDate(date) ? html`<time datetime="${date}">${words}</time>` : html`${words}`;
}

/** The first of two days, without the month and year that it shares with the second. */
function shortened(on: string, endsOn: string): string {
  if (on.length !== endsOn.length || on.length < "2024-11-20".length) return dateWords(on);
  if (on.slice(0, 7) === endsOn.slice(0, 7)) return String(Number(on.slice(8)));
  return on.slice(0, 4) === endsOn.slice(0, 4) ? dateWords(on).replace(/ \d+$/, "") : dateWords(on);
}

/** When something counts, as the record knows it. */
export interface Period {
  readonly since: string | null;
  readonly until: string | null;
  readonly hasEnded: boolean | null;
  readonly attestedOn: string | null;
}

/** A period in words: since when, until when, and what of it is not known. */
export function periodOf({ since, until, hasEnded, attestedOn }: Period): Html {
  const start = since === null ? (attestedOn === null ? html`start unknown` : html`start unknown, attested ${attestedWords(attestedOn)}`) : html`since ${timeOf(since)}`;
  if (until !== null) return html`${since === null ? start : html`from ${timeOf(since)}`} until ${timeOf(until)}`;
  if (hasEnded === true) return html`${start}; ended, day unknown`;
  return hasEnded === null ? html`${start}; whether it has ended is unknown` : start;
}

function attestedWords(date: string): Html {
  return html`${whenWords(date).split(" ", 1)[0]} ${timeOf(date)}`;
}

/** The last day that a partial date can mean; undefined for what is no date. */
export function latestDay(date: string | null): string | undefined {
  return date !== null && isPartialDate(date) ? parsePartialDate(date).latest : undefined;
}

/** The first day that a partial date can mean; undefined for what is no date. */
export function earliestDay(date: string | null): string | undefined {
  return date !== null && isPartialDate(date) ? parsePartialDate(date).earliest : undefined;
}

/** What became of something that was to be on a day. */
export interface Fate {
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
};

/** A status in a word or two. */
export function statusWords(status: GQL.MeetingStatus): string {
  return STATUSES[status];
}

/** What became of a meeting, by the day of whoever reads: what was to be over by then and has no report says so. */
export function fateWords({ status, on, endsOn }: Fate, today: string): string {
  const last = latestDay(endsOn ?? on);
  if (status === "EXPECTED" && last !== undefined && last < today) return "expected, no report since";
  return status === "EXPECTED" && last === undefined ? "expected, day unknown" : STATUSES[status];
}

/** The same as a mark: a sign and words, never a colour alone. */
export function fateMark(fate: Fate, today: string): Html {
  return html`<span class="fate fate-${fate.status.toLowerCase()}">${fateWords(fate, today)}</span>`;
}

/** `DEFENCE_MINISTER` as a reader would write it: defence minister. */
export function plainWords(value: string): string {
  return value.toLowerCase().replaceAll("_", " ");
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

/** What kind of meeting it is. */
export function kindWords(kind: GQL.MeetingKind): string {
  return KINDS[kind];
}

const FORMATS: Readonly<Record<GQL.MeetingFormat, string>> = { IN_PERSON: "in person", VIDEO: "by video", CALL: "by telephone", PULL_ASIDE: "a short word aside" };

/** How they met. */
export function formatWords(format: GQL.MeetingFormat): string {
  return FORMATS[format];
}

const LEVELS: Readonly<Record<GQL.EncounterLevel, string>> = { PERSONS: "the same persons", OFFICES: "the same offices", PARTIES: "the same parties" };

/** Who has to be the same. */
export function levelWords(level: GQL.EncounterLevel): string {
  return LEVELS[level];
}

const VERDICTS: Readonly<Record<GQL.ClaimVerdict, string>> = {
  SUPPORTED: "borne out by the record",
  CONTRADICTED: "contradicted by the record",
  UNVERIFIABLE: "undecided",
};

/** What the record makes of a claim. */
export function verdictWords(verdict: GQL.ClaimVerdict): string {
  return VERDICTS[verdict];
}

const LANGUAGES = new Intl.DisplayNames(["en"], { type: "language", fallback: "code" });

/** A language by its tag: `id` is Indonesian. What is no tag stays as it is. */
export function languageWords(tag: string): string {
  try {
    return LANGUAGES.of(tag) ?? tag;
  } catch {
    return tag;
  }
}

/** A place in words; null where nothing of it is known. */
export function placeWords(place: { readonly city: string | null; readonly country: { readonly name: string } | null } | null): string | null {
  const words = [...new Set([place?.city, place?.country?.name])].filter(Boolean).join(", ");
  return words === "" ? null : words;
}

/** `1 meeting`, `12 meetings`. */
export function counted(count: number, one: string, several = `${one}s`): string {
  return `${count.toLocaleString("en")} ${count === 1 ? one : several}`;
}

/** The first characters of a text; with a sign where there was more. */
export function opening(text: string, length: number): string {
  const characters = [...text];
  return characters.length <= length ? text : `${characters.slice(0, length - 1).join("").trimEnd()}…`;
}

/** With a capital: a sentence's first word. */
export function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

/** Parts as a list in a sentence: `a`, `a and b`, `a, b and c`. */
export function listed(parts: readonly Html[]): Html {
  if (parts.length < 2) return joined(parts, "");
  return html`${joined(parts.slice(0, -1), ", ")} and ${parts.at(-1)}`;
}
