import { stringify } from "csv-stringify/sync";
import { safeCell } from "../../packs/participations.js";
import type { Cell, Cells } from "../ask.js";
import type { Table, TableQuery } from "./table.js";

/** The media types of the formats of tables, by the ending of their addresses. */
export const tableTypes = {
  csv: "text/csv; charset=utf-8; header=present",
  jsonl: "application/x-ndjson; charset=utf-8",
} as const;

/** A format of tables. */
export type TableFormat = keyof typeof tableTypes;

/** A table as a stream of text. Each piece is made on demand, so that it takes the memory of one page. */
export async function* tableText(table: Table, format: TableFormat, query: TableQuery): AsyncGenerator<string> {
  const names = table.columns.map(({ name }) => name);
  if (format === "csv") yield csvLines([names]);
  for await (const page of table.pages(query))
    yield format === "csv" ? csvLines(page.map((row) => row.map(csvCell))) : jsonLines(names, page);
}

/** Characters for which a cell is quoted; blanks at its ends are kept by all readers. */
const needsQuotes = /[",\r\n]/;

/** Rows as RFC 4180 writes them. The library is slow, and most rows have nothing to quote. */
export function csvLines(rows: readonly (readonly string[])[]): string {
  // By itself the library quotes the line end of the table alone, and no other line break.
  const options = { record_delimiter: "\r\n", quoted_match: /[\r\n]/ };
  return rows
    .map((row) =>
      row.some((cell) => needsQuotes.test(cell)) || row.length < 2
        ? stringify([[...row]], options)
        : `${row.join(",")}\r\n`,
    )
    .join("");
}

// A spreadsheet would compute some texts, and no number or truth value.
function csvCell(cell: Cell): string {
  return typeof cell === "string" ? safeCell(cell) : String(cell ?? "");
}

function jsonLines(names: readonly string[], rows: readonly Cells[]): string {
  return rows
    .map((row) => `${JSON.stringify(Object.fromEntries(names.map((name, index) => [name, row[index] ?? null])))}\n`)
    .join("");
}
