import { GraphQLError } from "graphql";
import { inputError } from "../lib/errors.js";
import { sql } from "kysely";
import { literal, type Sql } from "./sql.js";

/** Texts up to so many bytes are not counted one by one: what many of them come to is limited with the whole answer. */
const countedFrom = 500;

/**
 * A column with a possibly long text, whose bytes count towards the limit of the response (see prisma/sql/answers.sql). The
 * statement fails beyond the limit before it reads the text from storage.
 * @param called The name of the text: `Document.text`.
 */
export function countedColumn(column: Sql, most: number, called: string): Sql {
  return sql`case when octet_length(${column}) > ${sql.lit(countedFrom)} then ${counted(column, most, called)} else ${column} end`;
}

/** The same for a text that is worked out, for which it is done once. */
export function counted(value: Sql, most: number, called: string): Sql {
  return sql`"counted"(${value}, ${sql.lit(most)}, ${literal(called)})`;
}

/** A whole answer, which does not leave the database where it is too long. */
export function bounded(answer: Sql, most: number): Sql {
  return sql`"bounded"((${answer})::text, ${sql.lit(most)})`;
}

/** SQLSTATE of the functions above. */
const tooLong = "SLB01";

/** SQLSTATE of the function "fewEnough". */
const tooMany = "SLB02";

/** The error for a response that is too long or would take too long, if that is why a statement failed; otherwise the given error. */
export function readError(error: unknown, most: number | undefined): unknown {
  const { code, detail, message } = error as {
    readonly code?: unknown;
    readonly detail?: unknown;
    readonly message?: unknown;
  };
  if (code === tooMany) return inputError({ argument: String(detail), problem: String(message) });
  return code === tooLong && most !== undefined
    ? answerTooLong(most, typeof detail === "string" && detail !== "" ? detail : undefined)
    : error;
}

/**
 * The error for an answer that is longer than it may be.
 * @param called the text with which it became so, where that is known: `Document.text`.
 */
export function answerTooLong(most: number, called?: string): GraphQLError {
  const texts = called === undefined ? "select fewer fields" : `leave ${called} out and read it one by one`;
  return new GraphQLError(
    `The data of the answer would be longer than ${most.toLocaleString("en")} bytes, the most that one may have (service.limits.maxAnswerBytes). ` +
      `Ask for fewer entries at once with first or last and follow the cursors, ${texts}, or divide the operation.`,
    {
      extensions: {
        code: "LIMIT_EXCEEDED",
        limit: "maxAnswerBytes",
        allowed: most,
        ...(called === undefined ? {} : { field: called }),
      },
    },
  );
}

/** Counts the bytes of a response whose root fields are read concurrently. */
export interface AnswerBytes {
  /**
   * Counts the text that a statement read; one that is read again takes the place of the earlier text.
   * @throws the error to answer with, once there are too many.
   */
  readonly count: (statement: object, text: string | null) => string | null;
  /** That error, once there is one. */
  readonly over: () => Error | undefined;
  /** Calls back when there are too many; returns a function that ends this. */
  readonly whenOver: (listener: (reason: Error) => void) => () => void;
}

export function countAnswerBytes(most: number): AnswerBytes {
  const listeners = new Set<(reason: Error) => void>();
  const counted = new Map<object, number>();
  let total = 0;
  let reason: Error | undefined;
  return {
    count(statement, text) {
      const bytes = text === null ? 0 : Buffer.byteLength(text);
      total += bytes - (counted.get(statement) ?? 0);
      counted.set(statement, bytes);
      if (total <= most) return text;
      reason ??= answerTooLong(most);
      for (const listener of listeners) listener(reason);
      throw reason;
    },
    over: () => reason,
    whenOver(listener) {
      listeners.add(listener);
      return () => void listeners.delete(listener);
    },
  };
}
