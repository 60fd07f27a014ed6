import { GraphQLError } from "graphql";
import { sql } from "kysely";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import type { Cell, Cells } from "../ask.js";
import type { TableQuery } from "./table.js";

/** Maximum number of rows per page. */
const MAX_ROWS = 1_000;

/** A query of rows in the order of a key: the rows of a page, each a JSON list that begins with the values of the key. */
export type PagedQuery = (isAfter: (key: readonly Sql[]) => Sql, limit: Sql) => Sql;

/**
 * Rows in pages by keyset: each page begins after the key of the last row of the one before. A page that is longer than
 * an answer may be is read in smaller ones.
 * @param keySize The number of cells at the beginning of a row that are its key, all of them texts or whole numbers.
 */
export async function* pagesByKey(
  { rows, knownAt }: TableQuery,
  query: PagedQuery,
  keySize: number,
): AsyncGenerator<readonly Cells[]> {
  let last: Cells | undefined;
  let limit = MAX_ROWS;
  for (;;) {
    const after = last?.slice(0, keySize);
    let page: readonly Cells[];
    try {
      page = await rows(
        query((key) => (after === undefined ? sql`true` : isGreater(key, after)), parameter(limit, "int")),
        knownAt,
      );
    } catch (error) {
      if (!isTooLong(error) || limit === 1) throw error;
      limit = Math.ceil(limit / 2);
      continue;
    }
    if (page.length > 0) yield page;
    if (page.length < limit) return;
    last = page.at(-1);
  }
}

function isGreater(key: readonly Sql[], after: Cells): Sql {
  const values = after.map((value) => parameter(bound(value), typeof value === "number" ? "int" : "text"));
  return sql`(${sql.join(key)}) > (${sql.join(values)})`;
}

function bound(value: Cell): string | number {
  if (typeof value !== "string" && typeof value !== "number") throw new Error("A row has no key to page by.");
  return value;
}

/** Whether a page failed because it is longer than an answer may be. */
export function isTooLong(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions["limit"] === "maxAnswerBytes";
}

/** Postgres passes at most 100 arguments to a function. */
const MAX_ARGUMENTS = 100;

/** A row as a JSON list. */
export function jsonRow(cells: readonly Sql[]): Sql {
  if (cells.length > MAX_ARGUMENTS)
    throw new Error(`A table has ${String(cells.length)} columns, and at most ${String(MAX_ARGUMENTS)} are possible.`);
  return sql`json_build_array(${sql.join(cells)})`;
}

/** A constant text of ours. */
export function constant(text: string): Sql {
  return literal(text);
}
