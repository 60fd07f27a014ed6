import { groupedBy } from "../lib/grouped.js";
import { sameCell } from "../writing/store.js";
import {
  isDateWithin,
  type LookupContext,
  type PlannedChange,
  type PlannedRecord,
  type RecordKind,
  type Row,
  wholeOf,
} from "../writing/records.js";

/** The way to distinguish records that inputs cannot name. */
export interface Numbering {
  /** The column in which two of them differ: the person of two seats, the start of two memberships. */
  readonly distinguishedBy: string;
  /** The suffix of the key from the second record on; by default its number. */
  readonly suffix?: (change: PlannedChange) => string;
  /** Whether what an input says and a record cannot be about the same thing, so that it is a new one. */
  readonly areApart?: (given: Row, stored: Row) => boolean;
}

/**
 * Gives keys to records of which a parent can have several with the same prefix: `meeting/IND`, and `meeting/IND/2` for
 * India's second seat. An input matches, in this order: the record with the same value in the distinguishing column, or
 * a date that contains the other; the first record without a contradiction there; the next one in order. Further inputs
 * are new records. A moved record is merged into one that agrees or that it complements; otherwise it stays separate
 * with its own key.
 */
export function numbered({ distinguishedBy, suffix, areApart }: Numbering): NonNullable<RecordKind["identify"]> {
  return (changes, lookup) => {
    // Under a former name and the present one, an input speaks of the same records, each time from the first.
    const groups = groupedBy(changes, (one) => (one.isFollowed ? `${one.name}\n${one.desired.key}` : one.name));
    const taken = new Map<string, Set<string>>();
    for (const group of groups.values()) identifyGroup(group[0]?.name ?? "", group, lookup, taken);
  };

  function identifyGroup(
    base: string,
    group: readonly PlannedChange[],
    lookup: LookupContext,
    taken: Map<string, Set<string>>,
  ): void {
    const known = siblingsUnder(base, group, lookup);
    const moved = new Set(group.flatMap(({ desired }) => desired.revision?.id ?? []));
    const free = new Set(known.filter(({ id }) => !moved.has(id)));
    const tests: ((one: PlannedChange, entry: PlannedRecord) => boolean)[] = [
      (one, entry) => isSaid(one) && sameCell(one.given[distinguishedBy], entry.row[distinguishedBy]),
      // A coarser or finer date of the same start.
      ({ given }, { row }) => isDateWithin(distinguishedBy, given, row) || isDateWithin(distinguishedBy, row, given),
      (one, entry) =>
        !isAmong(known, one) &&
        (!isSaid(one) || (entry.row[distinguishedBy] ?? null) === null) &&
        areApart?.(one.given, entry.row) !== true,
      // A moved record stays separate from records that differ from it.
      (one, entry) => one.desired.revision === undefined && areApart?.(one.given, entry.row) !== true,
    ];
    for (const [index, test] of tests.entries()) {
      for (const one of group) {
        // An input that must be new matches only by its distinguishing value.
        if (one.match !== undefined || (index > 1 && one.desired.expected?.presence === "new")) continue;
        const match = [...free].find((entry) => test(one, entry));
        if (match === undefined) continue;
        free.delete(match);
        one.match = match;
        one.key = match.key;
      }
    }
    for (const one of group) {
      if (one.match !== undefined) continue;
      one.match = known.find(({ id }) => id === one.desired.revision?.id);
      one.key = one.match?.key;
    }
    const keys = taken.get(base) ?? new Set(known.map(({ key }) => key));
    taken.set(base, keys);
    nameNew(base, group, keys);
  }

  function nameNew(base: string, group: readonly PlannedChange[], taken: Set<string>): void {
    for (const one of group) {
      if (one.match !== undefined) continue;
      let number = taken.size + 1;
      let key = taken.has(base) ? `${base}/${suffix?.(one) ?? String(number)}` : base;
      while (taken.has(key)) key = `${base}/${String(++number)}`;
      taken.add(key);
      one.key = key;
    }
  }

  function isAmong(known: readonly PlannedRecord[], { desired }: PlannedChange): boolean {
    return known.some(({ id }) => id === desired.revision?.id);
  }

  function isSaid(one: PlannedChange): boolean {
    return (one.given[distinguishedBy] ?? null) !== null;
  }
}

// In the order in which they were first given: the first has the base itself for a key.
function siblingsUnder(base: string, group: readonly PlannedChange[], lookup: LookupContext): PlannedRecord[] {
  const [first] = group;
  const { kind } = first?.desired ?? {};
  const field = kind && wholeOf(kind);
  if (first === undefined || kind === undefined || field === undefined) return [];
  return lookup
    .siblings(kind.table, field.column, first.given[field.column])
    .filter(({ key }) => key === base || key.startsWith(`${base}/`))
    .sort(
      (one, other) =>
        Number(other.key === base) - Number(one.key === base) ||
        numberOf(one) - numberOf(other) ||
        (one.key < other.key ? -1 : 1),
    );
}

function numberOf(entry: PlannedRecord): number {
  const last = entry.key.slice(entry.key.lastIndexOf("/") + 1);
  return /^\d+$/.test(last) ? Number(last) : 0;
}
