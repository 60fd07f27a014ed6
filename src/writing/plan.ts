import type { Fault, Place } from "../lib/faults.js";
import type { Detail, LookupContext, PlannedChange, PlannedRecord, Row } from "./records.js";

/** A row of a detail that is added, changed or removed. */
export interface DetailChange {
  readonly detail: Detail;
  readonly row: Row;
  readonly kind: "new" | "changed" | "gone";
  /** Its place in the input; undefined for a removed row. */
  readonly place?: Place;
}

/** A record that turned out to be another one, which stays. */
export interface MergedPair {
  readonly source: PlannedRecord;
  readonly target: PlannedRecord;
}

/** The changes of the record that follow from a change set. Only a plan without faults may be written. */
export interface Plan {
  /** The records of the change set, in an order in which they can be written. */
  readonly records: readonly PlannedRecord[];
  readonly details: readonly DetailChange[];
  /** Merged records. The source is removed once nothing refers to it any more. */
  readonly merges: readonly MergedPair[];
  readonly faults: readonly Fault[];
  readonly notes: readonly Note[];
  /** The record that a desired record was matched with or became. */
  readonly recordFor: LookupContext["recordFor"];
  /** The place where a column of a record was given, or the record itself. */
  readonly placeOf: LookupContext["placeOf"];
}

/** A remark in a report that is no fault. */
export interface Note {
  readonly kind: NoteKind;
  readonly place: Place;
  /** In a sentence without a full stop. */
  readonly message: string;
}

export type NoteKind =
  /** A record was named by a former name, which was followed. */
  | "FORMER_NAME"
  /** A record was named by another code, identifier or name than its own. */
  | "OTHER_NAME"
  /** A record was withdrawn, and stays so or returns. */
  | "WITHDRAWN"
  /** An editor has decided otherwise since, and that stands. */
  | "DECIDED"
  /** A record is likely the same as another one, and was recorded all the same. */
  | "LIKELY_DUPLICATE";

/** Options of planning. */
export interface PlanOptions {
  /** Whether corrections, merges and withdrawals of editors stand, with a note, against former values in the input. */
  readonly doDecisionsStand?: boolean;
  /** Faults to override. */
  readonly acknowledged?: ReadonlySet<string>;
  /** Whether the rules are applied to all records of the change set, and not only to those that change. */
  readonly areAllChecked?: boolean;
  /** Ids of records that count as if they were not there. */
  readonly hidden?: ReadonlySet<string>;
}

/** A rule over all changes of a plan. */
export type PlanRule = (changes: readonly PlannedChange[], lookup: LookupContext) => void;

/** Whether anything is written for a record. */
export function isTouched(record: PlannedRecord): boolean {
  return record.stored === null || record.changed.size > 0 || record.hasChangedDetails;
}
