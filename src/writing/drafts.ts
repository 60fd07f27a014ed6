import { at, type Fault, type Place, type Step } from "../lib/faults.js";
import { propertiesOf, type Deed, type Draft, type Expectation, type RecordKind } from "./records.js";

/** What an input wants to say to the record, gathered before anything is looked up. */
export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly faults: readonly Fault[];
  /**
   * Adds what an input says about one record. `input` holds the fields under the names their kind declares; null and
   * undefined say nothing. A `deed` does something else than add to the record.
   */
  add(kind: RecordKind, key: string, place: Place, input: object, about?: Draft, deed?: Deed): Draft;
  /** Lets the record of a draft be at fault unless it is new, or is there already. */
  expect(draft: Draft, presence: Expectation["presence"], place: Place): void;
  readonly report: (fault: Fault) => void;
  /**
   * Notes a record that is given but cannot be read, so that what refers to it is not at fault as well. Without a key
   * it may be any of the table.
   */
  spoil(table: string, key?: string): void;
  isSpoiled(table: string, key: string): boolean;
  /**
   * Adds what an input says of which something was left out because it is at fault already.
   * @param leftOut the places of what was left out, in the whole input.
   * @param placeOf turns a place in what is left into the place in the whole.
   * @param act adds to the set that it is given, with places in what is left.
   */
  partial(leftOut: readonly Place[], placeOf: (place: Place) => Place, act: (drafts: Drafts) => void): void;
}

type NewDraft = { -readonly [Property in keyof Draft]: Draft[Property] };

/** An empty set of drafts. */
export function newDrafts(): Drafts {
  const drafts: Draft[] = [];
  const faults: Fault[] = [];
  const spoiled = new Set<string>();
  function put(kind: RecordKind, key: string, place: Place, input: object, about?: Draft, deed?: Deed): NewDraft {
    const draft: NewDraft = {
      kind,
      key,
      place,
      leftOut: new Set(),
      input: input as Readonly<Record<string, unknown>>,
      ...(about === undefined ? {} : { about }),
      ...(deed === undefined ? {} : { deed }),
    };
    drafts.push(draft);
    return draft;
  }

  const all: Drafts = {
    drafts,
    faults,
    add: put,
    expect: (draft, presence, place) => void ((draft as NewDraft).expected = { presence, place }),
    report: (fault) => void faults.push(fault),
    spoil: (table, key) => void spoiled.add(key === undefined ? table : `${table}\n${key}`),
    isSpoiled: (table, key) => spoiled.has(table) || spoiled.has(`${table}\n${key}`),
    partial(leftOut, placeOf, act) {
      const added: NewDraft[] = [];
      act({
        ...all,
        add(...draft) {
          added.push(put(...draft));
          return added.at(-1) as Draft;
        },
        report: (fault) => void faults.push({ ...fault, place: placeOf(fault.place) }),
      });
      // Only now: until then drafts tell those that hang on them where they stand in what is left.
      for (const draft of added) {
        draft.place = placeOf(draft.place);
        if (draft.expected) draft.expected = { ...draft.expected, place: placeOf(draft.expected.place) };
        draft.leftOut = propertiesWithout(draft, leftOut);
      }
    },
  };
  return all;
}

// Something left out of a list within a record leaves nothing of the record itself unsaid, but for its citations.
function propertiesWithout({ kind, place }: Draft, leftOut: readonly Place[]): Set<Step> {
  const known = propertiesOf(kind);
  const inside = leftOut.filter(({ path }) => path.length > place.path.length && place.path.every((step, index) => step === path[index]));
  const names = inside.map(({ path }) => path.slice(place.path.length));
  return new Set(names.flatMap(([name, ...further]) => (name !== undefined && (further.length === 0 || known.has(name)) ? [name] : [])));
}

/** Calls back for each entry of a list that is given, with its place. */
export function eachOf<T>(list: readonly T[] | undefined, place: Place, name: string, act: (entry: T, place: Place) => void): void {
  list?.forEach((entry, index) => {
    act(entry, at(place, name, index));
  });
}
