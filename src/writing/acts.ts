import type { z } from "zod";
import type { Place } from "../lib/faults.js";
import type { ChangeSet } from "./change.set.js";
import type { Plan } from "./plan.js";
import type { DesiredRecord, RecordKind } from "./records.js";
import type { Statements } from "./store.js";

/** The payload of a mutation: by field the id of a record, several ids, or a plain value. */
export type ActAnswer = Readonly<Record<string, string | readonly string[] | number | boolean | null>>;

/** The record that an act changes, which has to be there already. */
export interface Changed {
  /** Its kind; any, if not said. */
  readonly kind?: RecordKind;
  /** The property of the input that holds its key, or its id where the kind is not said. */
  readonly by: string;
}

/** A second pair of eyes. */
export interface Review {
  /** True if an editor may publish only the proposals of another editor. */
  readonly isRequired: boolean;
  /** True if this editor may publish the proposals of others. */
  readonly mayPublish: boolean;
}

/** The context of what an act does before its transaction, and without the lock of writers. */
export interface Preparation {
  /** The database, outside of any transaction. */
  readonly statements: Statements;
  readonly signal: AbortSignal;
  /** Logs what the editor need not know; never texts. */
  readonly warn: (facts: object, message: string) => void;
  /** Services that the process has besides the database. */
  readonly services: object;
}

/** The context of a mutation while it is executed. */
export interface ActWork {
  /** The transaction. It sees only records that the mutation may see. */
  readonly statements: Statements;
  /** The place of the input. */
  readonly place: Place;
  /** The planned changes, and their faults. With any fault nothing is written. */
  readonly changeSet: ChangeSet;
  /** The warnings that the editor has acknowledged. */
  readonly acknowledged: ReadonlySet<string>;
  /** Whether it is kept beside the record until it is published. */
  readonly isDraft: boolean;
  /** The editor: `key:<id>`, `jwt:<subject>` or `oidc:<issuer>#<subject>`. */
  readonly actor: string;
  /** The editor's display name. */
  readonly actorName: string | null;
  readonly review: Review;
  /** The result of the act's preparation. */
  readonly prepared?: unknown;
  /** Finds the record that has an id. */
  readonly find: (id: string) => Promise<FoundRecord | undefined>;
  /**
   * Plans the change set, applies every rule, and writes it.
   * @param isDry whether nothing is written.
   * @param placeOf from where the plan finds a fault to where that stands in the input.
   * @returns undefined if anything is at fault: then nothing is written, and the act has nothing more to do.
   */
  carryOut(placeOf?: (place: Place) => Place, isDry?: boolean): Promise<Plan | undefined>;
  /**
   * As `carryOut`, for records that depend on each other: the tenures of the change set count for its seats.
   * @param isRehearsal whether all is written and checked by the database, and then taken back.
   */
  carryOutTogether(placeOf: (place: Place) => Place, isRehearsal: boolean): Promise<Plan | undefined>;
}

/** A record by what kind it is of and under which key. */
export interface FoundRecord {
  readonly kind: RecordKind;
  readonly key: string;
}

/** An act: what an editor does to the record in one go, with all of its faults at once or none. */
export interface Act {
  /** The mutation. */
  readonly name: string;
  /** The input fields, besides those that all mutations share. */
  readonly shape: z.ZodObject;
  /** The field of its payload that holds the record it is about. */
  readonly object: string;
  /** The record that it changes, if there has to be one: `expectedVersion` speaks of it, and the payload holds it. */
  readonly changes?: Changed;
  /** Adds what an input says; the record that it answers with where none is changed. The value has passed the shape. */
  readonly add?: (changeSet: ChangeSet, input: unknown, place: Place) => DesiredRecord | undefined;
  /**
   * Its place in a review by a second editor. `apart`: leaves the record alone. `publishes`: publishes proposals of
   * others, and checks that itself. `at once`: cannot be drafted, and needs an editor who may publish. Any other act has
   * to be a draft.
   */
  readonly reviewed?: "apart" | "publishes" | "at once";
  /** Whether an input asks for a plan without writing it. */
  readonly isDry?: (input: Readonly<Record<string, unknown>>) => boolean;
  /** The payload of an act that adds several records; the record that `add` returns, unless said. */
  readonly answerOf?: (plan: Plan, isDry: boolean) => ActAnswer;
  /**
   * Does what takes long and needs no lock. It is called with a valid input before the transaction begins; its result is
   * in `work`.
   */
  readonly prepare?: (input: unknown, preparation: Preparation) => Promise<unknown>;
  /**
   * Does what a change set cannot express. The input is whole; what it says of `idempotencyKey`, `draft` and the like is in
   * `work`. Its answer is in the payload, also beside faults.
   */
  readonly perform?: (input: unknown, work: ActWork) => Promise<ActAnswer | undefined>;
}

interface ActBase<S extends z.ZodObject> extends Pick<Act, "name" | "object" | "reviewed"> {
  readonly shape: S;
  readonly changes?: Changed & { readonly by: keyof z.infer<S> & string };
}

/** An act that says something to the record: its shape, and what an input means, as for an entry of a pack. */
export function draftingAct<S extends z.ZodObject>(
  act: ActBase<S> & { readonly add: (changeSet: ChangeSet, input: z.infer<S>, place: Place) => DesiredRecord },
): Act {
  // It is called only with what the shape let through.
  return { ...act, add: (changeSet, input, place) => act.add(changeSet, input as z.infer<S>, place) };
}

/** An act that does more to the record than to say something: its shape, and how it is done. */
export function performedAct<S extends z.ZodObject>(
  act: ActBase<S> & {
    readonly perform: (input: z.infer<S>, work: ActWork) => Promise<ActAnswer | undefined>;
    readonly prepare?: (input: z.infer<S>, preparation: Preparation) => Promise<unknown>;
  },
): Act {
  const { prepare, perform } = act;
  return {
    ...act,
    perform: (input, work) => perform(input as z.infer<S>, work),
    ...(prepare && {
      prepare: (input: unknown, preparation: Preparation) => prepare(input as z.infer<S>, preparation),
    }),
  } as Act;
}

/** Reports a fault if the record exists already; `by` is the property of the input that names it. */
export function newRecord(changeSet: ChangeSet, desired: DesiredRecord, by?: string): DesiredRecord {
  const { place } = desired;
  changeSet.expect(desired, "new", by === undefined ? place : { ...place, path: [...place.path, by] });
  return desired;
}
