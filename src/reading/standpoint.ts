import type { FieldNode } from "graphql";
import { inputError } from "../lib/errors.js";
import { mapLeaf, type Input, type Leaf } from "./inputs.js";

/**
 * From where the record is read. The same statements are sent from everywhere; what stands behind the names of the
 * tables differs.
 * - `public`: what is published, as it stands.
 * - `editing`: the same together with what has been drafted.
 * - `known`: what was published at a moment, as it stood then; `at` as `momentOf` writes it. A moment of the record's own
 *   `hasPassed`: the clock is not asked, which may be a little behind it.
 */
export type Standpoint =
  | { readonly kind: "public" }
  | { readonly kind: "editing" }
  | { readonly kind: "known"; readonly at: string; readonly hasPassed?: boolean };

/** Where everybody stands who has not been let in further and asks for no moment. */
export const publicly: Standpoint = { kind: "public" };
/** Where editors stand. */
export const editing: Standpoint = { kind: "editing" };

/** How long ago a moment has to be for every write before it to be known to whoever keeps up with the record, in milliseconds. */
const settledAfterMs = 60_000;

/**
 * Whether what is seen from a standpoint depends on nothing but the version of the record: not what has been drafted,
 * which moves no version, and not what was known at a moment that has hardly passed.
 */
export function isSettled(standpoint: Standpoint): boolean {
  if (standpoint.kind === "editing") return false;
  return standpoint.kind === "public" || standpoint.at === "-infinity" || Date.parse(standpoint.at) < Date.now() - settledAfterMs;
}

/** The argument of root fields that asks for the record as it was known at a moment. */
export const momentArgument = "knownAt";

/** The standpoint that a root field's argument asks for. */
export function knownAt(moment: Leaf<string>, nodes: readonly FieldNode[]): Input<Standpoint> {
  return mapLeaf(moment, (text) => ({ kind: "known", at: momentOf(text, nodes) }));
}

const dateTime = /^(.+T\d{2}:\d{2}:\d{2})(?:\.(\d+))?(Z|[+-]\d{2}:\d{2})$/i;
const firstMoment = Date.parse("0001-01-01T00:00:00Z");

/**
 * A moment as Postgres reads it, in UTC and to the microsecond, which is as exact as the record's own times are;
 * `-infinity` before the year 1.
 * @throws a GraphQLError with code BAD_USER_INPUT where there is no such moment.
 */
function momentOf(text: string, nodes: readonly FieldNode[]): string {
  const [, seconds = "", fraction = "", offset = ""] = dateTime.exec(text) ?? [];
  const time = Date.parse(seconds + offset);
  if (Number.isNaN(time)) {
    throw inputError({ argument: momentArgument, problem: `must be a moment such as 2024-11-20T09:30:00Z, but is ${JSON.stringify(text)}.`, nodes });
  }
  if (time < firstMoment) return "-infinity";
  return new Date(time).toISOString().replace(/\.\d+Z$/, `.${fraction.slice(0, 6).padEnd(6, "0")}Z`);
}

/** The error for a moment that has not come yet. `now` is the database's time as text. */
export function aheadError(at: string, now: string): Error {
  return inputError({ argument: momentArgument, problem: `lies in the future: what will be known at ${at} cannot be told at ${now}. Leave it out to read the record as it stands.` });
}
