import type { Prisma } from "../generated/prisma/client.js";
import type { PageArguments } from "../reading/connection.js";
import type {
  FieldContext,
  FieldDeclaration,
  InterfaceDeclaration,
  ObjectDeclaration,
  Row,
} from "../reading/declarations.js";
import * as fields from "../reading/fields.js";
import type {
  Column,
  ListShape,
  ListSource,
  EachShape,
  ObjectShape,
  OneSource,
  PagedSource,
  Shape,
} from "../reading/fields.js";
import type { Sql } from "../reading/sql.js";

/** The tables of the record and their columns, from the Prisma schema. */
export type Tables = { readonly [M in Prisma.ModelName]: Prisma.TypeMap["model"][M]["payload"]["scalars"] };

/** The columns of the rows that a GraphQL type is read from; types without a table of their own have any columns. */
export type ColumnsOf<N extends string> = N extends keyof Tables
  ? Tables[N]
  : N extends "State" | "Organization"
    ? Tables["Party"]
    : Record<string, unknown>;

/** The fields of a GraphQL type: every one of them, each with a source that yields what the schema promises. */
export type FieldsOf<G, C> = {
  readonly [K in Exclude<keyof G, "__typename">]-?: FieldDeclaration<C, never, Shape<G[K]>>;
};

/** The ways to say where a field comes from, for rows with the columns `C`. */
export interface Sources<C> {
  column<K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>>;
  prose<K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>>;
  proseExpression<V, A = Record<string, unknown>>(
    build: (context: FieldContext<C, A>) => Sql,
    isLong?: "column" | "expression",
  ): FieldDeclaration<C, A, V>;
  word<K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>>;
  expression<V, A = Record<string, unknown>>(build: (context: FieldContext<C, A>) => Sql): FieldDeclaration<C, A, V>;
  fromRequest<V, R>(read: (request: R) => V): FieldDeclaration<never, never, Shape<V>>;
  group<N extends string>(type: N, isPresent?: (row: Row<C>) => Sql): FieldDeclaration<C, never, ObjectShape<N>>;
  groupOfRequest<N extends string, R>(
    type: N,
    isPresent: (request: R) => boolean,
  ): FieldDeclaration<C, never, ObjectShape<N>>;
  one<N extends string, A = Record<string, unknown>>(
    type: N,
    by: (keyof C & string) | OneSource<C, ColumnsOf<N>, A>,
  ): FieldDeclaration<C, A, ObjectShape<N>>;
  byId<N extends string, A = Record<string, unknown>>(
    type: string,
    id: (context: FieldContext<C, A>) => Sql,
  ): FieldDeclaration<C, A, EachShape<N>>;
  byIds<N extends string, A = Record<string, unknown>>(
    type: string,
    ids: (context: FieldContext<C, A>) => Sql,
  ): FieldDeclaration<C, A, ListShape<N>>;
  list<N extends string, A = Record<string, unknown>>(
    type: N,
    source: ListSource<C, ColumnsOf<N>, A>,
  ): FieldDeclaration<C, A, ListShape<N>>;
  values<V, A = Record<string, unknown>>(
    query: (context: FieldContext<C, A>) => Sql,
  ): FieldDeclaration<C, A, { readonly list: V }>;
  connection<N extends string, A extends PageArguments = PageArguments>(
    type: N,
    source: PagedSource<C, ColumnsOf<N>, A>,
  ): FieldDeclaration<C, A, ObjectShape<`${N}Connection`>>;
}

/**
 * Declares where a GraphQL object type is read from. A field of the schema that is not declared, a column that does not
 * exist and a source that yields something else than the schema promises do not compile.
 * @param table the Prisma model whose rows it is, or null.
 */
export function objectType<G>() {
  return <N extends string, T extends Prisma.ModelName | null>(
    name: N,
    table: T,
    options: {
      readonly prefix?: string;
      readonly only?: (row: Row<T extends Prisma.ModelName ? Tables[T] : Record<string, unknown>>) => Sql;
    },
    declare: (
      sources: Sources<T extends Prisma.ModelName ? Tables[T] : Record<string, unknown>>,
    ) => FieldsOf<G, T extends Prisma.ModelName ? Tables[T] : Record<string, unknown>>,
  ): ObjectDeclaration => ({
    kind: "object",
    name,
    table,
    prefix: options.prefix,
    only: options.only,
    fields: declare(fields as unknown as Sources<T extends Prisma.ModelName ? Tables[T] : Record<string, unknown>>),
  });
}

/** Declares an interface whose objects share a table. */
export function interfaceType<T extends Prisma.ModelName>(
  name: string,
  table: T,
  variants: readonly { readonly type: string; readonly when: (row: Row<Tables[T]>) => Sql }[],
): InterfaceDeclaration {
  return { kind: "interface", name, table, variants: variants };
}
