import { at, type Fault, type Place } from "../lib/faults.js";
import type { Draft, RecordKind } from "./records.js";

/** What an input wants to say to the record, gathered before anything is looked up. */
export interface Drafts {
  readonly drafts: readonly Draft[];
  readonly faults: readonly Fault[];
  /**
   * Adds what an input says about one record. `input` holds the fields under the names their kind declares; null and
   * undefined say nothing.
   */
  add(kind: RecordKind, key: string, place: Place, input: object, about?: Draft): Draft;
  readonly report: (fault: Fault) => void;
  /**
   * Notes a record that is given but cannot be read, so that what refers to it is not at fault as well. Without a key
   * it may be any of the table.
   */
  spoil(table: string, key?: string): void;
  isSpoiled(table: string, key: string): boolean;
  /**
   * The same set for an input of which something was left out because it is at fault already: what is missing there is
   * no fault. `placeOf` turns a place in what is left into the place in the whole.
   */
  partial(placeOf: (place: Place) => Place): Drafts;
}

/** An empty set of drafts. */
export function newDrafts(): Drafts {
  const drafts: Draft[] = [];
  const faults: Fault[] = [];
  const spoiled = new Set<string>();
  function put(kind: RecordKind, key: string, place: Place, input: object, about: Draft | undefined, isPartial: boolean): Draft {
    const draft: Draft = {
      kind,
      key,
      place,
      isPartial,
      input: input as Readonly<Record<string, unknown>>,
      ...(about === undefined ? {} : { about }),
    };
    drafts.push(draft);
    return draft;
  }

  const all: Drafts = {
    drafts,
    faults,
    add: (kind, key, place, input, about) => put(kind, key, place, input, about, false),
    report: (fault) => void faults.push(fault),
    spoil: (table, key) => void spoiled.add(key === undefined ? table : `${table}\n${key}`),
    isSpoiled: (table, key) => spoiled.has(table) || spoiled.has(`${table}\n${key}`),
    partial: (placeOf) => ({
      ...all,
      // What hangs on a draft stands where the draft stands, which is known in the whole already.
      add: (kind, key, place, input, about) => put(kind, key, about === undefined ? placeOf(place) : place, input, about, true),
      report: (fault) => void faults.push({ ...fault, place: placeOf(fault.place) }),
    }),
  };
  return all;
}

/** Calls back for each entry of a list that is given, with its place. */
export function eachOf<T>(list: readonly T[] | undefined, place: Place, name: string, act: (entry: T, place: Place) => void): void {
  list?.forEach((entry, index) => {
    act(entry, at(place, name, index));
  });
}
