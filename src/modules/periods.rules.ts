import type { Entry, Field, Look } from "../writing/records.js";

/** The fields of what lasts from one day to another: a tenure, a membership. */
export const periodFields = {
  since: { type: "date" },
  until: { type: "date" },
  hasEnded: { type: "flag", becomes: true },
  attestedOn: { type: "date" },
} as const satisfies Record<string, Field>;

/** A period ends after it began, and what has a last day has ended. */
export function checkPeriod(entry: Entry, look: Look): void {
  const { until, hasEnded } = entry.row;
  if ((until ?? null) !== null && hasEnded !== true) {
    const message = `until is ${String(until)}, but hasEnded does not say so; give hasEnded: true`;
    look.report({ code: "INVALID", place: look.placeOf(entry, "until"), message });
  }
  checkOrder(entry, "since", "until", look);
}

/** The first of two partial dates is not after the second for certain. */
export function checkOrder(entry: Entry, first: string, second: string, look: Look): void {
  const earliest = entry.row[`${first}Earliest`];
  const latest = entry.row[`${second}Latest`];
  if (typeof earliest !== "string" || typeof latest !== "string" || earliest <= latest) return;
  const message = `${second} is ${String(entry.row[second])}, which is before ${first}, ${String(entry.row[first])}`;
  look.report({ code: "INVALID", place: look.placeOf(entry, second), message });
}
