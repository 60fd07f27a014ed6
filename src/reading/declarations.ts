import type { FieldNode } from "graphql";
import { sql } from "kysely";
import type { Planner } from "./planner.js";
import type { Sql } from "./sql.js";

/** A row of a table inside a statement, by its alias. `C` are the columns it has. */
export interface Row<C = Record<string, unknown>> {
  readonly alias: string;
  /** The reference to a column: `"t1"."title"`. */
  col(name: keyof C & string): Sql;
  /** The row that one of its columns refers to, where that has been joined already. */
  beside?(column: string): Row | undefined;
}

/** The row of a table under an alias. */
export function rowUnder<C = Record<string, unknown>>(alias: string): Row<C> {
  return { alias, col: (name) => sql.ref(`${alias}.${name}`) };
}

/** A compiled field: SQL for one value, and its post-processing in this process. */
export interface Compiled {
  /** JSON as text, never null; or a plain value, see `isValue`. */
  readonly sql: Sql;
  /** Whether the SQL yields a plain value, which is written as JSON by the type that the schema gives the field. */
  readonly isValue?: boolean;
  /** Whether a plain value of text needs no escaping in JSON. */
  readonly isWord?: boolean;
  /** Whether a plain value is a text that may be long: one of a column, or one that is worked out. */
  readonly isLong?: "column" | "expression";
  readonly finish?: Finish | undefined;
  /** Whether it can yield null although no column says so. */
  readonly mayBeMissing?: boolean;
}

/** Makes the answer out of what Postgres returned for a field. `request` is what the reader was given for the request. */
export type Finish = (value: unknown, request: unknown) => unknown;

/** The context in which a field is compiled. */
export interface FieldContext<C = Record<string, unknown>, A = Record<string, unknown>> {
  readonly row: Row<C>;
  readonly args: A;
  /** All nodes of the document that ask for this field under one response key. */
  readonly nodes: readonly FieldNode[];
  readonly planner: Planner;
}

/** The source of a field. `V` is the type of its value and exists for the compiler only. */
export interface FieldDeclaration<C = never, A = never, V = unknown> {
  compile(context: FieldContext<C, A>): Compiled;
  /** The same field from a row of which only the id is known, where that is enough; one and the same for several types. */
  readonly ofId?: FieldDeclaration<C, A, V> | undefined;
  /** Whether the field has an entry for each entry of its list arguments, repeated ones too. */
  readonly keepsRepeated?: boolean;
  readonly shape?: V;
}

// A registry holds declarations of all types at once; what their rows and arguments look like is known where they are
// written, not where they are looked up.
export type AnyField = FieldDeclaration<Record<string, unknown>, Record<string, unknown>>;

/** The source of the objects of a GraphQL type. */
export interface ObjectDeclaration {
  readonly kind: "object";
  readonly name: string;
  /** The table its rows live in; null where rows come from elsewhere or the type has none. */
  readonly table: string | null;
  /** A condition that distinguishes its rows from others of the table. */
  readonly only?: ((row: Row) => Sql) | undefined;
  /** The prefix of its ids, without the underscore. */
  readonly prefix?: string | undefined;
  readonly fields: Readonly<Record<string, AnyField>>;
}

/** An interface whose objects share one table. A condition on the row gives the type. */
export interface InterfaceDeclaration {
  readonly kind: "interface";
  readonly name: string;
  readonly table: string;
  readonly variants: readonly { readonly type: string; readonly when: (row: Row) => Sql }[];
}

export type TypeDeclaration = ObjectDeclaration | InterfaceDeclaration;
