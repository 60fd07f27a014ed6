import type { Cells, ReadRows } from "../ask.js";
import type { GivenParameters, Parameters } from "../filters.js";

/** The type of the values of a column, in the words of Frictionless Table Schema. */
export type ColumnType = "string" | "integer" | "boolean" | "date";

/** One of the values that a column can have. */
export interface ColumnValue {
  readonly name: string;
  readonly description: string;
}

/** A column of a table, as the data package and the codebook describe it. */
export interface Column {
  readonly name: string;
  readonly type: ColumnType;
  readonly description: string;
  /** All possible values, if they are those of an enum. */
  readonly values?: readonly ColumnValue[];
  /** Whether every row has a value. */
  readonly isRequired?: true;
  /** The table whose column `id` has the value. */
  readonly refersTo?: string;
}

/** The rows that are read of a table. */
export interface TableQuery {
  readonly rows: ReadRows;
  /** The moment as of which they are read; undefined for the current record. */
  readonly knownAt?: string | undefined;
  /** Values of the parameters of the table, checked. */
  readonly parameters: GivenParameters;
}

/** A table of the record. */
export interface Table {
  /** The first part of its address: `statements` of `/statements.csv`. */
  readonly name: string;
  readonly title: string;
  readonly description: string;
  readonly columns: readonly Column[];
  /** The columns that identify a row. */
  readonly key: readonly string[];
  /** Its parameters, besides the moment of the record. */
  readonly parameters: Parameters;
  /** Its rows in the order of their key, in pages that are read on demand. @throws FilterError for a wrong parameter. */
  readonly pages: (query: TableQuery) => AsyncIterable<readonly Cells[]>;
}

/** A word in the form of names of columns: `GLEDITSCH_WARD` is `GleditschWard`. */
export function capitalized(word: string): string {
  return word
    .toLowerCase()
    .split("_")
    .map((part) => part.charAt(0).toUpperCase() + part.slice(1))
    .join("");
}

/** A name in the form of addresses: `StatusReport` and `otherOffices` are `status-report` and `other-offices`. */
export function hyphenated(name: string): string {
  return name.replace(/(?<=[a-z0-9])[A-Z]/g, (letter) => `-${letter}`).toLowerCase();
}

/** The plural of the last word of a hyphenated name. */
export function plural(name: string): string {
  return /[^aeo]y$/.test(name) ? name.replace(/y$/, "ies") : `${name}s`;
}
