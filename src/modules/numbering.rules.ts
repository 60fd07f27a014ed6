import { sameCell } from "../writing/store.js";
import { isDateWithin, type Entry, type Look, type Pending, type RecordKind } from "../writing/records.js";

/** How records that an input cannot name are told apart. */
export interface Numbering {
  /** The column in which two of them differ: the person of two seats, the start of two memberships. */
  readonly distinguishedBy: string;
  /** What follows the key of the first in the key of another one; its number, unless said otherwise. */
  readonly suffix?: (pending: Pending) => string;
}

/**
 * Gives keys to records of which one parent can have several under the same beginning of a key: `meeting/IND`, and
 * `meeting/IND/2` for India's second seat. What an input says about one of them goes to the record that agrees in the
 * distinguishing column, or whose date there contains the other's; else to the first that does not contradict it there; else to the next, in their order; and is
 * a new one when there are more in the input than in the record. A record that moves goes into one that agrees with it,
 * or that it adds to; else it stays what it is, under a key of its own.
 */
export function numbered({ distinguishedBy, suffix }: Numbering): NonNullable<RecordKind["identify"]> {
  return (pending, look) => {
    // Under a former name and the present one, an input speaks of the same records, each time from the first.
    const groups = new Map<string, Pending[]>();
    for (const one of pending) {
      const name = one.isFollowed ? `${one.name}\n${one.draft.key}` : one.name;
      const group = groups.get(name);
      if (group === undefined) groups.set(name, [one]);
      else group.push(one);
    }
    const taken = new Map<string, Set<string>>();
    for (const group of groups.values()) identifyGroup(group[0]?.name ?? "", group, look, taken);
  };

  function identifyGroup(base: string, group: readonly Pending[], look: Look, taken: Map<string, Set<string>>): void {
    const known = siblingsUnder(base, group, look);
    const moved = new Set(group.flatMap(({ draft }) => draft.deed?.id ?? []));
    const free = new Set(known.filter(({ id }) => !moved.has(id)));
    const tests: ((one: Pending, entry: Entry) => boolean)[] = [
      (one, entry) => isSaid(one) && sameCell(one.given[distinguishedBy], entry.row[distinguishedBy]),
      // A coarser or finer date of the same start.
      ({ given }, { row }) => isDateWithin(distinguishedBy, given, row) || isDateWithin(distinguishedBy, row, given),
      (one, entry) => !isAmong(known, one) && (!isSaid(one) || (entry.row[distinguishedBy] ?? null) === null),
      // What has a life of its own already stays apart from what it differs from.
      (one) => one.draft.deed === undefined,
    ];
    for (const [index, test] of tests.entries()) {
      for (const one of group) {
        // What has to be new is none of those, unless it is said to be.
        if (one.match !== undefined || (index > 1 && one.draft.expected?.presence === "new")) continue;
        const match = [...free].find((entry) => test(one, entry));
        if (match === undefined) continue;
        free.delete(match);
        one.match = match;
        one.key = match.key;
      }
    }
    for (const one of group) {
      if (one.match !== undefined) continue;
      one.match = known.find(({ id }) => id === one.draft.deed?.id);
      one.key = one.match?.key;
    }
    const keys = taken.get(base) ?? new Set(known.map(({ key }) => key));
    taken.set(base, keys);
    nameNew(base, group, keys);
  }

  function nameNew(base: string, group: readonly Pending[], taken: Set<string>): void {
    for (const one of group) {
      if (one.match !== undefined) continue;
      let number = taken.size + 1;
      let key = taken.has(base) ? `${base}/${suffix?.(one) ?? String(number)}` : base;
      while (taken.has(key)) key = `${base}/${String(++number)}`;
      taken.add(key);
      one.key = key;
    }
  }

  function isAmong(known: readonly Entry[], { draft }: Pending): boolean {
    return known.some(({ id }) => id === draft.deed?.id);
  }

  function isSaid(one: Pending): boolean {
    return (one.given[distinguishedBy] ?? null) !== null;
  }
}

// In the order in which they were first given: the first has the base itself for a key.
function siblingsUnder(base: string, group: readonly Pending[], look: Look): Entry[] {
  const [first] = group;
  const { kind } = first?.draft ?? {};
  const field = kind?.within === undefined ? undefined : kind.fields[kind.within];
  if (first === undefined || kind === undefined || field?.type !== "reference") return [];
  return look
    .siblings(kind.table, field.column, first.given[field.column])
    .filter(({ key }) => key === base || key.startsWith(`${base}/`))
    .sort((one, other) => Number(other.key === base) - Number(one.key === base) || numberOf(one) - numberOf(other) || (one.key < other.key ? -1 : 1));
}

function numberOf(entry: Entry): number {
  const last = entry.key.slice(entry.key.lastIndexOf("/") + 1);
  return /^\d+$/.test(last) ? Number(last) : 0;
}
