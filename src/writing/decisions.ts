import { actColumns, isEditorial, type ActFacts } from "./names.js";
import type { Cell, ReadColumn, Row } from "./records.js";
import { cellOf, inChunks, nameOf, quoted, sameCell, type Statements } from "./store.js";

// A pack repeats its source. An editor may have corrected, merged or withdrawn since, and that decision stands. The
// history has the former values of each record.

/** A version of a row that was replaced, and by which act. */
interface FormerRow {
  readonly cells: Row;
  readonly act: ActFacts;
}

/** Former versions of rows, by the id of the record that they belong to now; the latest first. */
export interface FormerRows {
  /** The act that replaced a value of a record; undefined if it never had this value. */
  replaced(id: string, column: string, value: Cell): ActFacts | undefined;
  /** The act that took a row or a value of a row from a record. */
  replacedRow(
    id: string,
    identity: readonly [column: string, value: Cell],
    column?: readonly [string, Cell],
  ): ActFacts | undefined;
  /** The act that took a word from a list of words. */
  removedWord(id: string, column: string, word: string): ActFacts | undefined;
}

/**
 * Former versions of the rows of some records and of those that were merged into them.
 * @param owner the column with the id of the record: `id`, or that of a detail.
 */
export async function formerRows(
  database: Statements,
  {
    table,
    owner,
    columns,
  }: { readonly table: string; readonly owner: string; readonly columns: readonly ReadColumn[] },
  ids: readonly string[],
): Promise<FormerRows> {
  const found = new Map<string, FormerRow[]>();
  const statement = `
    SELECT w."id" AS "belongsTo", ${columns.map((column) => `${cellOf("p", column)} AS ${quoted(`cell ${nameOf(column)}`)}`).join(", ")}, ${actColumns}
    FROM "formerIds"($1::text[]) AS w
    JOIN past.${quoted(table)} p ON p.${quoted(owner)} = w."former"
    JOIN "Act" a ON a."at" = p."recordedUntil"
    WHERE p."recordedUntil" <> 'infinity' AND ${isEditorial} ORDER BY a."number" DESC`;
  for (const some of inChunks(ids)) {
    for (const { belongsTo, ...row } of await database.$queryRawUnsafe<Row[]>(statement, some)) {
      const cells = Object.fromEntries(columns.map(nameOf).map((name) => [name, row[`cell ${name}`]]));
      const former = { cells, act: row as unknown as ActFacts };
      const here = found.get(String(belongsTo));
      if (here === undefined) found.set(String(belongsTo), [former]);
      else here.push(former);
    }
  }
  const first = (id: string, is: (cells: Row) => boolean): ActFacts | undefined =>
    found.get(id)?.find(({ cells }) => is(cells))?.act;
  return {
    replaced: (id, column, value) => first(id, (cells) => sameCell(cells[column], value)),
    replacedRow: (id, [name, identity], column) =>
      first(
        id,
        (cells) => sameCell(cells[name], identity) && (column === undefined || sameCell(cells[column[0]], column[1])),
      ),
    removedWord: (id, column, word) =>
      first(id, (cells) => Array.isArray(cells[column]) && (cells[column] as readonly string[]).includes(word)),
  };
}

/** The rows that had some names last, as they were then. */
export async function formerVersions(
  database: Statements,
  {
    name,
    keyColumn,
    columns,
  }: { readonly name: string; readonly keyColumn: string; readonly columns: readonly ReadColumn[] },
  names: readonly string[],
): Promise<Row[]> {
  const key = `p.${quoted(keyColumn)}`;
  const statement = `SELECT DISTINCT ON (${key}) ${columns.map((column) => `${cellOf("p", column)} AS ${quoted(nameOf(column))}`).join(", ")} FROM past.${quoted(name)} p
    WHERE ${key} = ANY($1::text[]) AND p."recordedUntil" <> 'infinity' ORDER BY ${key}, p."recordedUntil" DESC`;
  return names.length === 0 ? [] : database.$queryRawUnsafe<Row[]>(statement, names);
}
