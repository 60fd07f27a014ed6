import type { Token } from "./text.js";
import type { Span } from "./types.js";

/** Which way a day of the week or a month without a year points from the day of the report. */
export type Direction = "past" | "future" | "near";

/** A date as written. `resolve` gives its EDTF value for a story day, or undefined where that day is not known. */
export interface DateMention extends Span {
  readonly kind: "day" | "month" | "year" | "range" | "relative";
  /** Whether the value hangs on the day of the report. */
  readonly isRelative: boolean;
  /** "the day before" and the like count from the day of the event told last. */
  readonly isAnaphoric: boolean;
  readonly resolve: (story: string | undefined, direction: Direction, anchor?: string) => string | undefined;
}

const weekdays = ["sunday", "monday", "tuesday", "wednesday", "thursday", "friday", "saturday"];
const monthNames = "january february march april may june july august september october november december".split(" ");
const shortMonths: Readonly<Record<string, number>> = {
  "jan.": 1,
  jan: 1,
  "feb.": 2,
  feb: 2,
  "mar.": 3,
  "apr.": 4,
  apr: 4,
  "jun.": 6,
  "jul.": 7,
  "aug.": 8,
  aug: 8,
  "sept.": 9,
  sept: 9,
  "sep.": 9,
  sep: 9,
  "oct.": 10,
  oct: 10,
  "nov.": 11,
  nov: 11,
  "dec.": 12,
  dec: 12,
};
const numberWords: Readonly<Record<string, number>> = {
  one: 1,
  two: 2,
  three: 3,
  four: 4,
  five: 5,
  six: 6,
  seven: 7,
  eight: 8,
  nine: 9,
  ten: 10,
  eleven: 11,
  twelve: 12,
  a: 1,
  an: 1,
};

const dayMs = 86_400_000;

export function addDays(day: string, count: number): string {
  return new Date(Date.parse(`${day}T00:00:00Z`) + count * dayMs).toISOString().slice(0, 10);
}

export function weekdayOf(day: string): number {
  return new Date(`${day}T00:00:00Z`).getUTCDay();
}

export function addMonths(month: string, count: number): string {
  const [year = 0, number = 1] = month.split("-").map(Number);
  const total = year * 12 + number - 1 + count;
  return `${String(Math.floor(total / 12)).padStart(4, "0")}-${String((total % 12) + 1).padStart(2, "0")}`;
}

export function numberOf(token: Token | undefined): number | undefined {
  if (!token) return undefined;
  if (/^\d{1,4}$/.test(token.text)) return Number(token.text);
  return numberWords[token.folded];
}

function monthOf(token: Token | undefined): number | undefined {
  if (!token || !/^\p{Lu}/u.test(token.text)) return undefined;
  const index = monthNames.indexOf(token.folded);
  return index >= 0 ? index + 1 : shortMonths[token.folded];
}

function weekdayIndex(token: Token | undefined): number | undefined {
  if (!token || !/^\p{Lu}/u.test(token.text)) return undefined;
  const index = weekdays.indexOf(token.folded);
  return index >= 0 ? index : undefined;
}

/** A day of a month: "5", "05", "5th". */
function dayOf(token: Token | undefined): number | undefined {
  const match = token && /^(\d{1,2})(?:st|nd|rd|th)?$/.exec(token.text);
  const day = match ? Number(match[1]) : undefined;
  return day !== undefined && day >= 1 && day <= 31 ? day : undefined;
}

function yearOf(token: Token | undefined): number | undefined {
  const year = token && /^(?:19|20)\d\d$/.test(token.text) ? Number(token.text) : undefined;
  return year;
}

const pad = (number: number) => String(number).padStart(2, "0");

export function isRealDay(value: string): boolean {
  const time = Date.parse(`${value}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(value);
}

/** The year of a month or day that is written without one. */
function yearFor(
  month: number,
  day: number | undefined,
  story: string | undefined,
  direction: Direction,
): number | undefined {
  if (story === undefined) return undefined;
  const [year = 0, storyMonth = 1, storyDay = 1] = story.split("-").map(Number);
  const difference = day === undefined || storyMonth !== month ? month - storyMonth : (day - storyDay) / 40;
  if (direction === "past") return difference > 0.3 ? year - 1 : year;
  if (direction === "future") return difference < -0.3 ? year + 1 : year;
  if (difference > 6) return year - 1;
  return difference < -6 ? year + 1 : year;
}

function weekdayValue(weekday: number, story: string, direction: Direction): string {
  const back = (weekdayOf(story) - weekday + 7) % 7;
  if (direction === "past") return addDays(story, -back);
  if (direction === "future") return addDays(story, (7 - back) % 7);
  return addDays(story, back <= 3 ? -back : 7 - back);
}

interface Reader {
  readonly tokens: readonly Token[];
  readonly limit: number;
}

/** All dates of a run of tokens, from left to right. */
export function findDates(tokens: readonly Token[], start: number, limit: number): DateMention[] {
  const found: DateMention[] = [];
  const reader = { tokens, limit };
  for (let index = start; index < limit;) {
    const mention = dateAt(reader, index);
    if (mention) found.push(mention);
    index = mention ? mention.end : index + 1;
  }
  return found;
}

function dateAt(reader: Reader, at: number): DateMention | undefined {
  return (
    isoDate(reader, at) ??
    writtenDay(reader, at) ??
    weekdayDate(reader, at) ??
    relativeDate(reader, at) ??
    bareYear(reader, at)
  );
}

function token(reader: Reader, at: number): Token | undefined {
  return at < reader.limit ? reader.tokens[at] : undefined;
}

function word(reader: Reader, at: number): string {
  return token(reader, at)?.folded ?? "";
}

function fixed(start: number, end: number, kind: DateMention["kind"], value: string): DateMention {
  return { start, end, kind, isRelative: false, isAnaphoric: false, resolve: () => value };
}

function relative(
  start: number,
  end: number,
  kind: DateMention["kind"],
  resolve: DateMention["resolve"],
  isAnaphoric = false,
): DateMention {
  return { start, end, kind, isRelative: true, isAnaphoric, resolve };
}

/** 2024-11-20 */
function isoDate(reader: Reader, at: number): DateMention | undefined {
  const [year, dash, month, dash2, day] = [0, 1, 2, 3, 4].map((step) => token(reader, at + step)?.text ?? "");
  if (!/^(?:19|20)\d\d$/.test(year ?? "") || dash !== "-" || dash2 !== "-") return undefined;
  const value = `${year ?? ""}-${month ?? ""}-${day ?? ""}`;
  return /^\d{4}-\d\d-\d\d$/.test(value) && isRealDay(value) ? fixed(at, at + 5, "day", value) : undefined;
}

const dashes = new Set(["-", "–", "—", "to", "and", "&", "until", "through", "till"]);

/** "5 December 2024", "Dec 5", "June 1 to 4", "September 7 and 8 last year", "March 2021", "30 May - 2 June 2024" */
function writtenDay(reader: Reader, at: number): DateMention | undefined {
  const first = weekdayIndex(token(reader, at)) === undefined ? at : skipComma(reader, at + 1);
  const parsed = dayFirst(reader, first) ?? monthFirst(reader, first);
  if (!parsed) return undefined;
  const { month, day, lastMonth, lastDay } = parsed;
  let { end } = parsed;
  let year = yearOf(token(reader, end));
  if (year !== undefined) end++;
  else if (word(reader, end) === "," && yearOf(token(reader, end + 1)) !== undefined) {
    year = yearOf(token(reader, end + 1));
    end += 2;
  } else if (word(reader, end) === "of" && yearOf(token(reader, end + 1)) !== undefined) {
    year = yearOf(token(reader, end + 1));
    end += 2;
  }
  const shift = year === undefined ? yearWords[`${word(reader, end)} ${word(reader, end + 1)}`] : undefined;
  if (shift !== undefined) end += 2;
  if (
    year === undefined &&
    shift === undefined &&
    word(reader, end) === "," &&
    /^(?:last|this|next) year$/.test(`${word(reader, end + 1)} ${word(reader, end + 2)}`)
  ) {
    // "on 3 May, last year" is rare and means the same.
    end += 0;
  }
  const kind = day === undefined ? "month" : lastDay === undefined ? "day" : "range";
  const valueIn = (someYear: number) => {
    const from = day === undefined ? `${someYear}-${pad(month)}` : `${someYear}-${pad(month)}-${pad(day)}`;
    if (day !== undefined && !isRealDay(from)) return undefined;
    if (lastDay === undefined) return from;
    const until = `${(lastMonth ?? month) < month ? someYear + 1 : someYear}-${pad(lastMonth ?? month)}-${pad(lastDay)}`;
    return isRealDay(until) && until > from ? `${from}/${until}` : undefined;
  };
  if (year !== undefined) {
    const value = valueIn(year);
    return value === undefined ? undefined : fixed(first, end, kind, value);
  }
  if (day === undefined && !isMonthPhrase(reader, at)) return undefined;
  return relative(at, end, kind, (story, direction) => {
    if (story === undefined) return undefined;
    const some = shift === undefined ? yearFor(month, day, story, direction) : Number(story.slice(0, 4)) + shift;
    return some === undefined ? undefined : valueIn(some);
  });
}

const yearWords: Readonly<Record<string, number>> = { "last year": -1, "this year": 0, "next year": 1 };

/** A month alone is a date after a word that says so: "March" may be a verb, "May" an auxiliary, "August" a name. */
function isMonthPhrase(reader: Reader, at: number): boolean {
  const before = reader.tokens[at - 1]?.folded ?? "";
  const isPlain = /^(?:in|since|last|next|until|early|late|mid|by|this|for|from|of|during|to|-|through)$/.test(before);
  return isPlain || yearOf(token(reader, at + 1)) !== undefined;
}

interface DayParts {
  readonly end: number;
  readonly month: number;
  readonly day?: number;
  readonly lastMonth?: number;
  readonly lastDay?: number;
}

function dayFirst(reader: Reader, at: number): DayParts | undefined {
  const day = dayOf(token(reader, at));
  if (day === undefined) return undefined;
  const second = dashes.has(word(reader, at + 1)) ? dayOf(token(reader, at + 2)) : undefined;
  if (second !== undefined) {
    const step = word(reader, at + 3) === "of" ? 1 : 0;
    const month = monthOf(token(reader, at + 3 + step));
    if (month !== undefined) return { end: at + 4 + step, month, day, lastDay: second };
  }
  const step = word(reader, at + 1) === "of" ? 1 : 0;
  const month = monthOf(token(reader, at + 1 + step));
  if (month === undefined) return undefined;
  const end = at + 2 + step;
  const lastDay = dashes.has(word(reader, end)) ? dayOf(token(reader, end + 1)) : undefined;
  const lastMonth = lastDay === undefined ? undefined : monthOf(token(reader, end + 2));
  return lastDay !== undefined && lastMonth !== undefined
    ? { end: end + 3, month, day, lastDay, lastMonth }
    : { end, month, day };
}

function monthFirst(reader: Reader, at: number): DayParts | undefined {
  const month = monthOf(token(reader, at));
  if (month === undefined) return undefined;
  const day = dayOf(token(reader, at + 1));
  if (day === undefined) return { end: at + 1, month };
  const end = at + 2;
  if (dashes.has(word(reader, end))) {
    const lastDay = dayOf(token(reader, end + 1));
    if (lastDay !== undefined && monthOf(token(reader, end + 2)) === undefined && lastDay > day)
      return { end: end + 2, month, day, lastDay };
    const lastMonth = monthOf(token(reader, end + 1));
    const other = lastMonth === undefined ? undefined : dayOf(token(reader, end + 2));
    if (lastMonth !== undefined && other !== undefined && word(reader, end) !== "and")
      return { end: end + 3, month, day, lastMonth, lastDay: other };
  }
  return { end, month, day };
}

function skipComma(reader: Reader, at: number): number {
  return /^[,(]$/.test(word(reader, at)) ? at + 1 : at;
}

/** "Monday", "last Friday", "next Tuesday", "Wednesday and Thursday", "Monday (June 3)" */
function weekdayDate(reader: Reader, at: number): DateMention | undefined {
  const modifier = /^(?:last|next|this|coming|past)$/.test(word(reader, at)) ? word(reader, at) : undefined;
  const first = modifier === undefined ? at : at + 1;
  const weekday = weekdayIndex(token(reader, first));
  if (weekday === undefined) return undefined;
  const link = word(reader, first + 1);
  const second = dashes.has(link) ? weekdayIndex(token(reader, first + 2)) : undefined;
  if (second !== undefined) {
    return relative(at, first + 3, "range", (story, direction) => {
      if (story === undefined) return undefined;
      const from = weekdayValue(weekday, story, direction);
      const until = addDays(from, (second - weekday + 7) % 7);
      return `${from}/${until}`;
    });
  }
  return relative(at, first + 1, "day", (story, direction) => {
    if (story === undefined) return undefined;
    if (modifier === "last" || modifier === "past") {
      const value = weekdayValue(weekday, story, "past");
      return value === story ? addDays(value, -7) : value;
    }
    if (modifier === "next" || modifier === "coming" || modifier === "this") {
      const value = weekdayValue(weekday, story, "future");
      return value === story && modifier !== "this" ? addDays(value, 7) : value;
    }
    return weekdayValue(weekday, story, direction);
  });
}

const simpleDays: readonly (readonly [string, number])[] = [
  ["day after tomorrow", 2],
  ["day before yesterday", -2],
  ["today", 0],
  ["tomorrow", 1],
  ["yesterday", -1],
  ["tonight", 0],
  ["this morning", 0],
  ["this afternoon", 0],
  ["this evening", 0],
  ["last night", -1],
  ["on the day", 0],
];
const sameDay = [
  "later in the day",
  "earlier in the day",
  "later that day",
  "earlier that day",
  "the same day",
  "on the same day",
  "that same day",
  "later the same day",
  "earlier the same day",
  "that day",
];
const dayBefore = [
  "the day before",
  "a day earlier",
  "the previous day",
  "a day before",
  "one day earlier",
  "the day earlier",
];
const dayAfter = ["the next day", "the following day", "a day later", "the day after", "one day later", "a day after"];

function phraseAt(reader: Reader, at: number, phrase: string): number | undefined {
  const words = phrase.split(" ");
  return words.every((item, step) => word(reader, at + step) === item) ? at + words.length : undefined;
}

function relativeDate(reader: Reader, at: number): DateMention | undefined {
  for (const [phrase, shift] of simpleDays) {
    const end = phraseAt(reader, at, phrase);
    if (end !== undefined && phrase !== "on the day")
      return relative(at, end, "day", (story) => (story === undefined ? undefined : addDays(story, shift)));
  }
  for (const [list, shift] of [
    [sameDay, 0],
    [dayBefore, -1],
    [dayAfter, 1],
  ] as const) {
    for (const phrase of list) {
      const end = phraseAt(reader, at, phrase);
      if (end !== undefined && !(shift !== 0 && word(reader, end) === "yesterday"))
        return relative(at, end, "day", (story, _direction, anchor) => shifted(anchor ?? story, shift), true);
    }
  }
  return unitDate(reader, at);
}

function shifted(day: string | undefined, shift: number): string | undefined {
  return day !== undefined && /^\d{4}-\d\d-\d\d$/.test(day) ? addDays(day, shift) : undefined;
}

/** "last month", "next year", "two days ago", "this week" */
function unitDate(reader: Reader, at: number): DateMention | undefined {
  const [first, second, third] = [word(reader, at), word(reader, at + 1), word(reader, at + 2)];
  const step = { last: -1, next: 1, this: 0, previous: -1 }[first];
  if (step !== undefined && (second === "month" || second === "year")) {
    return relative(at, at + 2, second, (story) => {
      if (story === undefined) return undefined;
      return second === "year" ? String(Number(story.slice(0, 4)) + step) : addMonths(story.slice(0, 7), step);
    });
  }
  const month = step === undefined ? undefined : monthOf(token(reader, at + 1));
  if (
    step !== undefined &&
    month !== undefined &&
    dayOf(token(reader, at + 2)) === undefined &&
    yearOf(token(reader, at + 2)) === undefined
  ) {
    return relative(at, at + 2, "month", (story) => {
      if (story === undefined) return undefined;
      const direction = step < 0 ? "past" : "future";
      const year = yearFor(month, undefined, story, direction);
      const value = `${String(year)}-${pad(month)}`;
      return step < 0 && value === story.slice(0, 7) ? addMonths(value, -12) : value;
    });
  }
  const count = numberOf(token(reader, at));
  if (count !== undefined && (third === "ago" || third === "earlier")) {
    const unit = second.replace(/s$/, "");
    if (unit === "day") return relative(at, at + 3, "day", (story) => shifted(story, -count));
    if (unit === "year")
      return relative(at, at + 3, "year", (story) => (story ? String(Number(story.slice(0, 4)) - count) : undefined));
    if (unit === "month")
      return relative(at, at + 3, "month", (story) => (story ? addMonths(story.slice(0, 7), -count) : undefined));
  }
  return undefined;
}

/** "in 2022", "since 2018" */
function bareYear(reader: Reader, at: number): DateMention | undefined {
  const year = yearOf(token(reader, at));
  const before = reader.tokens[at - 1]?.folded ?? "";
  if (year === undefined || !/^(?:in|since|of|early|late|mid|by|until|for|from|during)$/.test(before)) return undefined;
  return fixed(at, at + 1, "year", String(year));
}
