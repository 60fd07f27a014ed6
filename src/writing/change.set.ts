import { at, type Fault, type Place, type Step, withArticle } from "../lib/faults.js";
import { propertiesOf, type Revision, type DesiredRecord, type Expectation, type RecordKind } from "./records.js";

/** The desired records of an input, collected before anything is looked up. */
export interface ChangeSet {
  readonly records: readonly DesiredRecord[];
  readonly faults: readonly Fault[];
  /**
   * Adds what an input says about one record. `input` holds the fields under the names their kind declares; null and
   * undefined say nothing. A `revision` corrects or moves the record instead of adding to it.
   */
  add(
    kind: RecordKind,
    key: string,
    place: Place,
    input: object,
    about?: DesiredRecord,
    revision?: Revision,
  ): DesiredRecord;
  /** Reports a fault later unless the record is new, or exists already. */
  expect(desired: DesiredRecord, presence: Expectation["presence"], place: Place): void;
  readonly report: (fault: Fault) => void;
  /**
   * Marks a record of the input that cannot be read, so that references to it are not reported as well. Without a key
   * it may be any record of the table.
   */
  markInvalid(table: string, key?: string): void;
  isInvalid(table: string, key: string): boolean;
  /**
   * Adds what an input says of which something was left out because it is at fault already.
   * @param leftOut the places of what was left out, in the whole input.
   * @param placeOf turns a place in what is left into the place in the whole.
   * @param act adds to the set that it is given, with places in what is left.
   */
  partial(leftOut: readonly Place[], placeOf: (place: Place) => Place, act: (changeSet: ChangeSet) => void): void;
}

type NewRecord = { -readonly [Property in keyof DesiredRecord]: DesiredRecord[Property] };

/** An empty change set. */
export function newChangeSet(): ChangeSet {
  const records: DesiredRecord[] = [];
  const faults: Fault[] = [];
  const invalid = new Set<string>();
  function put(
    kind: RecordKind,
    key: string,
    place: Place,
    input: object,
    about?: DesiredRecord,
    revision?: Revision,
  ): NewRecord {
    checkProperties(kind, input);
    const desired: NewRecord = {
      kind,
      key,
      place,
      leftOut: new Set(),
      input: input as Readonly<Record<string, unknown>>,
      ...(about === undefined ? {} : { about }),
      ...(revision === undefined ? {} : { revision }),
    };
    records.push(desired);
    return desired;
  }

  const all: ChangeSet = {
    records,
    faults,
    add: put,
    expect: (desired, presence, place) => void ((desired as NewRecord).expected = { presence, place }),
    report: (fault) => void faults.push(fault),
    markInvalid: (table, key) => void invalid.add(key === undefined ? table : `${table}\n${key}`),
    isInvalid: (table, key) => invalid.has(table) || invalid.has(`${table}\n${key}`),
    partial(leftOut, placeOf, act) {
      const added: NewRecord[] = [];
      act({
        ...all,
        add(...desired) {
          added.push(put(...desired));
          return added.at(-1) as DesiredRecord;
        },
        report: (fault) => void faults.push({ ...fault, place: placeOf(fault.place) }),
      });
      // Last, because parts derive their places from these records while they are added.
      for (const desired of added) {
        desired.place = placeOf(desired.place);
        if (desired.expected) desired.expected = { ...desired.expected, place: placeOf(desired.expected.place) };
        desired.leftOut = propertiesWithout(desired, leftOut);
      }
    },
  };
  return all;
}

/** @throws Error for a property that the declaration lacks, because its value would be thrown away. */
function checkProperties({ label, properties }: RecordKind, input: object): void {
  if (properties === undefined) return;
  for (const [name, value] of Object.entries(input)) {
    if (value === undefined || properties.has(name)) continue;
    throw new Error(
      `The input of ${withArticle(label)} has the property "${name}", which its declaration lacks: add it to the .record.ts file of the ${label}.`,
    );
  }
}

// Something left out of a list within a record leaves nothing of the record itself unsaid, but for its citations.
function propertiesWithout({ kind, place }: DesiredRecord, leftOut: readonly Place[]): Set<Step> {
  const known = propertiesOf(kind);
  const inside = leftOut.filter(
    ({ path }) => path.length > place.path.length && place.path.every((step, index) => step === path[index]),
  );
  const names = inside.map(({ path }) => path.slice(place.path.length));
  return new Set(
    names.flatMap(([name, ...further]) =>
      name !== undefined && (further.length === 0 || known.has(name)) ? [name] : [],
    ),
  );
}

/** Calls back for each entry of a list that is given, with its place. */
export function eachOf<T>(
  list: readonly T[] | undefined,
  place: Place,
  name: string,
  act: (entry: T, place: Place) => void,
): void {
  list?.forEach((entry, index) => {
    act(entry, at(place, name, index));
  });
}
