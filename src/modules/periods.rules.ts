import { shown } from "../lib/faults.js";
import { groupedBy } from "../lib/grouped.js";
import { sameCell } from "../writing/store.js";
import { isDateWithin, type LookupContext, type PlannedRecord, type RecordKind, type Row } from "../writing/records.js";

/**
 * The rules of one period: it has ended if it has a last day, it covers at least one day, and it was attested while it
 * lasted. Partial dates are at fault only if no day that they can mean would be right.
 */
export function checkPeriod(entry: PlannedRecord, lookup: LookupContext): void {
  const { since, until, attestedOn, hasEnded } = entry.row;
  if ((until ?? null) !== null && hasEnded !== true) {
    const message = `until is ${String(until)}, but hasEnded does not say so; give hasEnded: true`;
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "until"), message });
  }
  const isInOrder = checkOrder(entry, "since", "until", lookup);
  if (isInOrder && areSame(entry.row["sinceEarliest"], entry.row["untilLatest"])) {
    const message =
      `until is ${String(until)} and since is ${String(since)}, so the period covers no day: it covers its first day and ` +
      "not its last; give the day after the last one as until";
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "until"), message });
  }
  checkOrder(entry, "since", "attestedOn", lookup);
  if (isNotBefore(entry.row["attestedOnEarliest"], entry.row["untilLatest"])) {
    const message =
      `attestedOn is ${String(attestedOn)}, but the period does not cover its end, until: ${String(until)}; give a day ` +
      "before it, or leave attestedOn out";
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "attestedOn"), message });
  }
  checkOrder(entry, "attestedOn", "attestedUntil", lookup);
  if (isNotBefore(entry.row["attestedUntilEarliest"], entry.row["untilLatest"])) {
    const message =
      `the period is attested until ${String(entry.row["attestedUntil"])}, but it ends before, until: ${String(until)}; ` +
      "correct the wrong day (correctRecord)";
    lookup.report({ code: "INVALID", place: lookup.placeOf(entry, "attestedUntil"), message });
  }
}

/**
 * The first of two partial dates is not after the second for certain.
 * @returns whether that is so.
 */
export function checkOrder(entry: PlannedRecord, first: string, second: string, lookup: LookupContext): boolean {
  const earliest = entry.row[`${first}Earliest`];
  const latest = entry.row[`${second}Latest`];
  if (typeof earliest !== "string" || typeof latest !== "string" || earliest <= latest) return true;
  const message = `${second} is ${String(entry.row[second])}, which is before ${first}, ${String(entry.row[first])}`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, second), message });
  return false;
}

/** The columns of a first and a last day, both included, and of a number of days. */
interface LengthColumns {
  readonly first: string;
  readonly last: string;
  readonly days: string;
}

/** A number of days can be that of the days from the first to the last. */
export function checkLength(entry: PlannedRecord, { first, last, days }: LengthColumns, lookup: LookupContext): void {
  const { row } = entry;
  const given = row[days];
  const most = daysFrom(row[`${first}Earliest`], row[`${last}Latest`]);
  const least = daysFrom(row[`${first}Latest`], row[`${last}Earliest`]) ?? 1;
  if (typeof given !== "number" || most === undefined || (given >= least && given <= most)) return;
  const lasting =
    least >= most ? inDays(most) : least <= 1 ? `at most ${inDays(most)}` : `${String(least)} to ${inDays(most)}`;
  const message =
    `${days} is ${String(given)}, but ${first} ${String(row[first])} to ${last} ${String(row[last])} is ${lasting}; ` +
    `correct one of them, or leave ${days} out`;
  lookup.report({ code: "INVALID", place: lookup.placeOf(entry, days), message });
}

const inDays = (count: number): string => (count === 1 ? "1 day" : `${String(count)} days`);

/** The number of days from one to another, both included. */
function daysFrom(first: Row[string], last: Row[string]): number | undefined {
  if (typeof first !== "string" || typeof last !== "string") return undefined;
  return Math.round((Date.parse(last) - Date.parse(first)) / 86_400_000) + 1;
}

function areSame(one: Row[string], other: Row[string]): boolean {
  return typeof one === "string" && one === other;
}

function isNotBefore(one: Row[string], other: Row[string]): boolean {
  return typeof one === "string" && typeof other === "string" && one >= other;
}

/**
 * The rule of periods side by side: of records with the same parent that agree in some columns, no two cover the same
 * day for certain. Only records that are new or change are at fault, unless all are checked.
 * @param columns columns that two records about the same thing have in common: party and role of two memberships.
 */
export function apart(label: string, columns: readonly string[]): NonNullable<RecordKind["checkSiblings"]> {
  return (_parent, siblings, lookup) => {
    const groups = groupedBy(siblings, ({ row }) => JSON.stringify(columns.map((column) => row[column] ?? null)));
    for (const group of groups.values()) reportOverlaps(label, group, lookup);
  };
}

function reportOverlaps(label: string, group: readonly PlannedRecord[], lookup: LookupContext): void {
  // In the order of their starts a period overlaps one before it only if it overlaps the one that lasts longest.
  const periods = group.map((entry) => ({ entry, days: certainDays(entry.row) })).filter(isCertain);
  periods.sort((one, other) => (one.days.from < other.days.from ? -1 : one.days.from > other.days.from ? 1 : 0));
  let longest: CertainPeriod | undefined;
  for (const period of periods) {
    if (longest !== undefined && period.days.from < longest.days.until)
      reportOverlap(label, longest.entry, period.entry, lookup);
    if (longest === undefined || period.days.until > longest.days.until) longest = period;
  }
}

interface CertainPeriod {
  readonly entry: PlannedRecord;
  readonly days: CertainDays;
}

function isCertain(period: {
  readonly entry: PlannedRecord;
  readonly days: CertainDays | undefined;
}): period is CertainPeriod {
  return period.days !== undefined;
}

function reportOverlap(label: string, one: PlannedRecord, other: PlannedRecord, lookup: LookupContext): void {
  const isAtFault = (record: PlannedRecord): boolean =>
    lookup.areAllChecked ? record.desired !== undefined : comesToLast(record);
  const wrong = isAtFault(other) ? other : one;
  if (!isAtFault(wrong)) return;
  const right = wrong === other ? one : other;
  const message =
    `the ${label} ${shown(wrong.key)} (${inWords(wrong.row)}) overlaps ${shown(right.key)} (${inWords(right.row)}); ` +
    "let one end on the day on which the other begins, or give both as one";
  const place = lookup.placeOf(wrong, wrong.row["since"] == null ? undefined : "since");
  lookup.report({ code: "INVALID", place, message, ...(right.desired ? { other: lookup.placeOf(right) } : {}) });
}

const columnsOfPeriod = [
  "since",
  "until",
  "hasEnded",
  "attestedOn",
  "attestedUntil",
  "personId",
  "officeId",
  "forumId",
  "partyId",
  "role",
];

/** Whether a record gets another period, or comes to speak of something else. */
function comesToLast({ stored, row, desired }: PlannedRecord): boolean {
  return (
    desired !== undefined &&
    (stored === null || columnsOfPeriod.some((column) => !sameCell(stored[column], row[column])))
  );
}

function inWords({ since, until, hasEnded, attestedOn }: Row): string {
  const from = since == null ? `attested on ${String(attestedOn)}` : `since ${String(since)}`;
  const to = until == null ? (hasEnded === false ? "still running" : "end unknown") : `until ${String(until)}`;
  return `${from}, ${to}`;
}

/**
 * Whether two periods are not the same one, because one is over before the other begins. Then a second input about the
 * same thing speaks of another period.
 */
export function areApart(one: Row, other: Row): boolean {
  return isOver(one, other) || isOver(other, one);
}

// A period until 2010 is over before one since 2010, as years are usually given.
function isOver({ untilEarliest }: Row, { sinceEarliest }: Row): boolean {
  return typeof untilEarliest === "string" && typeof sinceEarliest === "string" && untilEarliest <= sinceEarliest;
}

/** The message for a period whose start contradicts the one on record: names both periods, and what to write. */
export function periodContradiction(label: string): NonNullable<RecordKind["contradiction"]> {
  return (field, { key, stored, row }, { given }) => {
    if (!["since", "until", "hasEnded", "attestedOn"].includes(field)) return undefined;
    const held = stored ?? row;
    const isOtherStart =
      given["since"] != null &&
      held["since"] != null &&
      !isDateWithin("since", given, row) &&
      !isDateWithin("since", row, given);
    if (!isOtherStart) return undefined;
    if (field !== "since") return null;
    const [one, other] = [certainDays(row), certainDays(given)];
    const areCertain = one !== undefined && other !== undefined && one.from < other.until && other.from < one.until;
    return (
      `the ${label} ${shown(key)} is ${inWords(row)} in the record and ${inWords(given)} here, and the two ` +
      `${areCertain ? "overlap" : "may overlap"}; if it is the same ${label}, correct the wrong date (correctRecord), else ` +
      "let one end on the day on which the other begins, or before"
    );
  };
}

/** The first day that a period covers for certain, and the first that it need not cover. */
interface CertainDays {
  readonly from: string;
  readonly until: string;
}

const never = "9999-12-31";

// As `certainDays` in periods.ts has it in SQL.
function certainDays({
  sinceLatest,
  attestedOnLatest,
  attestedUntilEarliest,
  untilEarliest,
  hasEnded,
}: Row): CertainDays | undefined {
  const known = [sinceLatest, attestedOnLatest].filter((day) => typeof day === "string").sort();
  const [from] = known;
  if (from === undefined) return undefined;
  const first = typeof attestedOnLatest === "string" ? attestedOnLatest : from;
  const attested =
    typeof attestedUntilEarliest === "string" && attestedUntilEarliest > first ? attestedUntilEarliest : first;
  const until = typeof untilEarliest === "string" ? untilEarliest : hasEnded === false ? never : dayAfter(attested);
  return from < until ? { from, until } : undefined;
}

/** The day after another one, both as `YYYY-MM-DD`. */
export function dayAfter(day: string): string {
  const date = new Date(`${day}T00:00:00Z`);
  date.setUTCDate(date.getUTCDate() + 1);
  return date.toISOString().slice(0, 10);
}
