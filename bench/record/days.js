// Days as numbers since 1970-01-01, and the dates of sources, which may be less exact than a day.

const millisecondsPerDay = 86_400_000;

export function dayOf(text) {
  return Date.parse(`${text}T00:00:00Z`) / millisecondsPerDay;
}

export function dayText(day) {
  return new Date(day * millisecondsPerDay).toISOString().slice(0, 10);
}

/** The three columns of a partial date: its text, the earliest and the latest day it can mean. */
export function partialDate(day, precision) {
  const text = dayText(day);
  if (precision === "year") {
    const year = text.slice(0, 4);
    return [year, `${year}-01-01`, `${year}-12-31`];
  }
  if (precision === "month") {
    const month = text.slice(0, 7);
    const last = new Date(Date.UTC(Number(month.slice(0, 4)), Number(month.slice(5)), 0)).getUTCDate();
    return [month, `${month}-01`, `${month}-${last}`];
  }
  return [text, text, text];
}

export const noDate = [null, null, null];
