import { groupedBy } from "../lib/grouped.js";
import type { Cell, ReadColumn, Row } from "./records.js";

/** A client for statements, or a transaction. */
export interface Statements {
  $queryRawUnsafe<T>(statement: string, ...values: unknown[]): Promise<T>;
  $executeRawUnsafe(statement: string, ...values: unknown[]): Promise<number>;
  /** The reads of an act that runs beside others; undefined for any other. */
  readonly reads?: Reads | undefined;
}

/** The reads of an act, which must not have changed when it commits. */
export interface Reads {
  /** Notes that the records were read whose column has one of the values; all of the table, unless said. */
  note(table: string, column?: string, values?: Iterable<string>): void;
  /**
   * Lets the acts beside it wait for its commit, and compares its reads with what they have committed since it began.
   * Later reads are exact. Only the first call does anything.
   * @throws DatabaseError of the state 40001 if any of its reads has changed: the whole act has to be planned again.
   */
  settle(): Promise<void>;
}

/** A name of the schema as SQL. Names come from declarations in the source, never from an input. */
export function quoted(name: string): string {
  return `"${name.replaceAll('"', '""')}"`;
}

/** The value of a column in a row as SQL. */
export function cellOf(row: string, column: ReadColumn): string {
  const cell = (name: string): string => `${row}.${quoted(name)}`;
  return typeof column === "string" ? cell(column) : `coalesce(${cell(column.name)}, ${cell(column.aside)})`;
}

/** The name of a column. */
export function nameOf(column: ReadColumn): string {
  return typeof column === "string" ? column : column.name;
}

/** A list of columns for SELECT. */
function selected(row: string, columns: readonly ReadColumn[]): string {
  return columns.map((column) => `${cellOf(row, column)} AS ${quoted(nameOf(column))}`).join(", ");
}

// One statement carries so many rows, one look-up so many keys; enough to make round trips cheap, and bounded.
const mostAtOnce = 5_000;

/** The rows whose column is one of the values, in no particular order. */
export async function rowsWhere(
  database: Statements,
  table: string,
  columns: readonly ReadColumn[],
  column: string,
  values: Iterable<string>,
): Promise<Row[]> {
  const rows: Row[] = [];
  for (const some of inChunks([...values])) {
    const statement = `SELECT ${selected("r", columns)} FROM ${quoted(table)} r WHERE r.${quoted(column)} = ANY($1::text[])`;
    database.reads?.note(table, column, some);
    rows.push(...(await database.$queryRawUnsafe<Row[]>(statement, some)));
  }
  // Their values may change, whichever column they were found by.
  if (columns.includes("id"))
    database.reads?.note(
      table,
      "id",
      rows.map((row) => String(row["id"])),
    );
  return rows;
}

/**
 * Keys of a table among which one that resembles a name is found, if there is one: those that begin as one of the names
 * does before all others. One pass over the table, whatever its size.
 */
export async function keysNear(
  database: Statements,
  table: string,
  column: string,
  names: readonly string[],
  most: number,
): Promise<string[]> {
  const starts = names.map((name) => name.slice(0, 3).toLowerCase());
  const statement = `SELECT ${quoted(column)} AS "key" FROM ${quoted(table)} ORDER BY lower(left(${quoted(column)}, 3)) = ANY($1::text[]) DESC, ${quoted(column)} LIMIT ${String(most)}`;
  const rows = await database.$queryRawUnsafe<{ key: string }[]>(statement, starts);
  return rows.map(({ key }) => key);
}

/** All rows of a table. */
export async function allRows(database: Statements, table: string, columns: readonly ReadColumn[]): Promise<Row[]> {
  return database.$queryRawUnsafe<Row[]>(`SELECT ${selected("r", columns)} FROM ${quoted(table)} r`);
}

/**
 * Adds rows, all with the same columns, in their order. The rows travel as one JSON value that Postgres takes apart by
 * the table's own types: one statement for thousands of rows, and no limit on the number of parameters.
 */
export async function insertRows(database: Statements, table: string, rows: readonly Row[]): Promise<void> {
  const columns = Object.keys(rows[0] ?? {});
  const list = columns.map(quoted).join(", ");
  for (const some of inChunks(rows)) {
    await database.$executeRawUnsafe(
      `INSERT INTO ${quoted(table)} (${list}) SELECT ${list} FROM jsonb_populate_recordset(NULL::${quoted(table)}, $1::jsonb)`,
      JSON.stringify(some),
    );
  }
}

/** Sets columns of rows that are found by other columns. All rows have the same columns. */
export async function updateRows(
  database: Statements,
  table: string,
  by: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  const sets = Object.keys(rows[0] ?? {}).filter((column) => !by.includes(column));
  for (const some of inChunks(rows)) {
    await database.$executeRawUnsafe(
      `UPDATE ${quoted(table)} AS kept SET ${sets.map((column) => `${quoted(column)} = given.${quoted(column)}`).join(", ")}` +
        ` FROM jsonb_populate_recordset(NULL::${quoted(table)}, $1::jsonb) AS given` +
        ` WHERE ${by.map((column) => `kept.${quoted(column)} = given.${quoted(column)}`).join(" AND ")}`,
      JSON.stringify(some),
    );
  }
}

/** Takes rows away that are found by these columns; all rows have them. */
export async function deleteRows(
  database: Statements,
  table: string,
  by: readonly string[],
  rows: readonly Row[],
): Promise<void> {
  for (const some of inChunks(rows)) {
    await database.$executeRawUnsafe(
      `DELETE FROM ${quoted(table)} AS kept USING jsonb_populate_recordset(NULL::${quoted(table)}, $1::jsonb) AS given` +
        ` WHERE ${by.map((column) => `kept.${quoted(column)} = given.${quoted(column)}`).join(" AND ")}`,
      JSON.stringify(some),
    );
  }
}

/** Rows by which columns they hold, so that each group fits one statement. */
export function byColumns(rows: readonly Row[]): Row[][] {
  return [...groupedBy(rows, (row) => Object.keys(row).join(" ")).values()];
}

/** Whether two cells say the same. */
export function sameCell(one: Cell | undefined, other: Cell | undefined): boolean {
  if (Array.isArray(one) && Array.isArray(other)) {
    return one.length === other.length && one.every((word, index) => word === other[index]);
  }
  return (one ?? null) === (other ?? null);
}

/** Whether a row has the same values in some columns. */
export function hasCells(row: Row, cells: Row = {}): boolean {
  return Object.entries(cells).every(([column, cell]) => sameCell(row[column], cell));
}

/** Values in portions that one statement can take. */
export function* inChunks<T>(values: readonly T[]): Generator<readonly T[]> {
  for (let from = 0; from < values.length; from += mostAtOnce) yield values.slice(from, from + mostAtOnce);
}
