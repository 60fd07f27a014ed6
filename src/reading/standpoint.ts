import type { FieldNode } from "graphql";
import { inputError } from "../lib/errors.js";
import { mapLeaf, type Input, type Leaf } from "./inputs.js";

/**
 * The read view. The same statements run in all views, but the tables differ.
 * - `public`: the current published records.
 * - `editing`: the same, with drafts.
 * - `known`: the records that were published at a moment; `at` is a result of `momentOf`. For a moment of the record's
 *   own, `hasPassed` skips the comparison with the clock, which may be slightly behind.
 */
export type Standpoint =
  | { readonly kind: "public" }
  | { readonly kind: "editing" }
  | { readonly kind: "known"; readonly at: string; readonly hasPassed?: boolean };

/** The published view, the default. */
export const publicly: Standpoint = { kind: "public" };
/** The draft view of editors. */
export const editing: Standpoint = { kind: "editing" };

/** Age from which all writes before a moment are certainly known, in milliseconds. */
const settledAfterMs = 60_000;

/**
 * Whether a read view depends only on the record's version. Drafts do not change the version, and a recent moment may
 * not be settled.
 */
export function isSettled(standpoint: Standpoint): boolean {
  if (standpoint.kind === "editing") return false;
  return (
    standpoint.kind === "public" ||
    standpoint.at === "-infinity" ||
    Date.parse(standpoint.at) < Date.now() - settledAfterMs
  );
}

/** The argument of root fields that asks for the record as it was known at a moment. */
export const momentArgument = "knownAt";

/** The standpoint that a root field's argument asks for. */
export function knownAt(moment: Leaf<string>, nodes: readonly FieldNode[]): Input<Standpoint> {
  return mapLeaf(moment, (text) => standpointAt(text, nodes));
}

/** The record as it was known at a moment. @throws a GraphQLError with code BAD_USER_INPUT where there is no such moment. */
export function standpointAt(text: string, nodes: readonly FieldNode[] = []): Standpoint {
  return { kind: "known", at: momentOf(text, nodes) };
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
    throw inputError({
      argument: momentArgument,
      problem: `must be a moment such as 2024-11-20T09:30:00Z, but is ${JSON.stringify(text)}.`,
      nodes,
    });
  }
  if (time < firstMoment) return "-infinity";
  return new Date(time).toISOString().replace(/\.\d+Z$/, `.${fraction.slice(0, 6).padEnd(6, "0")}Z`);
}

/** The error for a moment that has not come yet. `now` is the database's time as text. */
export function aheadError(at: string, now: string): Error {
  return inputError({
    argument: momentArgument,
    problem: `lies in the future: it is ${at}, but now is ${now}. Leave it out to read the current record.`,
  });
}
