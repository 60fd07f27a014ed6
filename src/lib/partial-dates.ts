/**
 * A date as precise as its source (EDTF level 1), with the earliest and latest day it can mean, as `YYYY-MM-DD`. The marks
 * for approximate (`~`), uncertain (`?`) and both (`%`) do not change these days.
 */
export interface PartialDate {
  readonly text: string;
  readonly earliest: string;
  readonly latest: string;
}

/** Thrown for a text that is no partial date; the message says why. */
export class PartialDateError extends Error {
  override readonly name = "PartialDateError";
}

const pattern = /^(\d{4})(?:-(\d{2})(?:-(\d{2}))?)?[~?%]?$/;

/**
 * Reads `2024`, `2024-10` or `2024-11-20` in the proleptic Gregorian calendar, years 0001 to 9999, with a mark after it if it
 * is approximate or uncertain; or an interval of two of them, `2024-05-12/2024-05-14`, for some day between the two.
 * @throws PartialDateError for anything else, also for days that do not exist such as `2024-02-30`.
 */
export function parsePartialDate(text: string): PartialDate {
  const slash = text.indexOf("/");
  if (slash < 0) return parseOne(text, text);
  const [first, last] = [parseOne(text.slice(0, slash), text), parseOne(text.slice(slash + 1), text)];
  if (first.earliest < last.earliest && first.latest < last.latest)
    return { text, earliest: first.earliest, latest: last.latest };
  throw new PartialDateError(`"${text}" is no date: an interval begins before it ends`);
}

/** Whether a partial date is one day, without a mark. */
export function isExactDay(text: string): boolean {
  return /^\d{4}-\d{2}-\d{2}$/.test(text);
}

function parseOne(text: string, whole: string): PartialDate {
  const match = pattern.exec(text);
  if (match === null) {
    throw new PartialDateError(
      `"${abridge(whole)}" is no date; write 2024, 2024-10, 2024-11-20, or 2024-11-20/2024-11-22 for a day between the two`,
    );
  }
  const [, year = "", month, day] = match;
  if (year === "0000") throw new PartialDateError(`"${text}" is no date: there is no year 0`);
  if (month !== undefined && (Number(month) < 1 || Number(month) > 12)) {
    throw new PartialDateError(`"${text}" is no date: there is no month ${month}`);
  }
  const last = month === undefined ? 31 : daysInMonth(Number(year), Number(month));
  if (day !== undefined && (Number(day) < 1 || Number(day) > last)) {
    throw new PartialDateError(`"${text}" is no date: ${year}-${month ?? ""} has ${String(last)} days`);
  }
  return {
    text,
    earliest: `${year}-${month ?? "01"}-${day ?? "01"}`,
    latest: `${year}-${month ?? "12"}-${day ?? String(last)}`,
  };
}

/** Whether the text is a partial date. */
export function isPartialDate(text: string): boolean {
  try {
    parsePartialDate(text);
    return true;
  } catch (error) {
    if (error instanceof PartialDateError) return false;
    throw error;
  }
}

/**
 * Orders by earliest day, then by latest day, so that of two dates that begin together the more exact comes first.
 * @returns a negative number, zero or a positive number, as for `Array.prototype.sort`.
 */
export function comparePartialDates(one: PartialDate, other: PartialDate): number {
  return compareText(one.earliest, other.earliest) || compareText(one.latest, other.latest);
}

/** Whether one date lies before the other for certain, however their missing parts are filled in. */
export function isCertainlyBefore(one: PartialDate, other: PartialDate): boolean {
  return one.latest < other.earliest;
}

function compareText(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}

function daysInMonth(year: number, month: number): number {
  if (month === 2) return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0) ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

function abridge(text: string): string {
  return text.length > 40 ? `${text.slice(0, 40)}…` : text;
}
