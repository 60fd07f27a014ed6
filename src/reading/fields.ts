import { sql } from "kysely";
import { joinBeside } from "./beside.js";
import { compileConnection, type Merged, type Order, type PageArguments, type Through } from "./connection.js";
import type { Compiled, FieldContext, FieldDeclaration, Finish, Row } from "./declarations.js";
import { finishList, type Planner } from "./planner.js";
import { all, jsonRows, literal, orJsonNull, parameter, type Sql } from "./sql.js";

/** The shape of a GraphQL value for the compiler: objects by the names of their types, scalars as they are. */
export type Shape<T> = T extends null | undefined
  ? null
  : T extends readonly (infer E)[]
    ? { readonly list: Shape<E> }
    : "__typename" extends keyof T
      ? { readonly object: Exclude<T["__typename" & keyof T], undefined> }
      : T extends boolean
        ? boolean
        : T extends object
          ? { readonly object: string } // interfaces have no type name of their own
          : T;

/** An object of one of these types, named as in the schema. */
export interface ObjectShape<N extends string> {
  readonly object: N;
}

/** An object of each of these types: of a long union, the compiler compares no other form. */
export type EachShape<N extends string> = N extends string ? ObjectShape<N> : never;

/** A list of objects. */
export interface ListShape<N extends string> {
  readonly list: EachShape<N>;
}

/** The context of a condition: the row that has the field, the related row, and the field's arguments. */
export interface RelationContext<C, T, A> {
  readonly row: Row<C>;
  readonly target: Row<T>;
  readonly args: A;
  readonly planner: Planner;
}

/** A column as it is. */
export function column<C, K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>> {
  return { compile: ({ row }) => ({ sql: row.col(name), isValue: true }) };
}

/** A column of texts that may be long; their bytes are counted while they are read. */
export function prose<C, K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>> {
  return { compile: ({ row }) => ({ sql: row.col(name), isValue: true, isLong: "column" }) };
}

/**
 * An SQL expression over the row whose text may be long.
 * @param isLong whether it is a column all the same, whose length is known without working it out.
 */
export function proseExpression<V, C, A = Record<string, unknown>>(
  build: (context: FieldContext<C, A>) => Sql,
  isLong: Compiled["isLong"] = "expression",
): FieldDeclaration<C, A, V> {
  return { compile: (context) => ({ sql: build(context), isValue: true, isLong }) };
}

/**
 * A column of names for machines, which JSON writes as they are: a constraint of the database holds them to letters,
 * digits, hyphens and underscores.
 */
export function word<C, K extends keyof C & string>(name: K): FieldDeclaration<C, never, Column<C[K]>> {
  return { compile: ({ row }) => ({ sql: row.col(name), isValue: true, isWord: true }) };
}

/** The JSON type of a column. Dates and bigints need an expression for their format. */
export type Column<T> = T extends Date
  ? never
  : T extends bigint
    ? never
    : T extends readonly string[]
      ? { readonly list: string }
      : T;

/** An SQL expression over the row. */
export function expression<V, C, A = Record<string, unknown>>(
  build: (context: FieldContext<C, A>) => Sql,
): FieldDeclaration<C, A, V> {
  return { compile: (context) => ({ sql: build(context), isValue: true }) };
}

/** A value that does not come from the database but from what the reader was given for the request. */
export function fromRequest<V, R>(read: (request: R) => V): FieldDeclaration<never, never, Shape<V>> {
  return { compile: () => ({ sql: literal("null"), finish: (_value, request) => read(request as R) }) };
}

/** An object made of the same row: fields that live and die together. */
export function group<N extends string, C>(
  type: N,
  isPresent?: (row: Row<C>) => Sql,
): FieldDeclaration<C, never, ObjectShape<N> | null> {
  return {
    compile: ({ row, nodes, planner }) => {
      const { sql: object, finish } = planner.object(type, nodes, row as unknown as Row);
      if (!isPresent) return { sql: object, finish };
      return { sql: sql`case when ${isPresent(row)} then ${object} else 'null' end`, finish: orNull(finish) };
    },
  };
}

/** An object whose fields do not come from the database; null if the request has none. */
export function groupOfRequest<N extends string, R>(
  type: N,
  isPresent: (request: R) => boolean,
): FieldDeclaration<never, never, ObjectShape<N> | null> {
  return {
    compile: ({ row, nodes, planner }) => {
      const { sql: object, finish } = planner.object(type, nodes, row);
      return {
        sql: object,
        finish: (value, request) => (isPresent(request as R) ? (finish?.(value, request) ?? value) : null),
      };
    },
  };
}

/** At most one related object: the one a column refers to, or the first that a condition finds. */
export function one<N extends string, C, T, A = Record<string, unknown>>(
  type: N,
  by: (keyof C & string) | OneSource<C, T, A>,
): FieldDeclaration<C, A, ObjectShape<N> | null> {
  return {
    compile: ({ row, args, nodes, planner }) => {
      const joined = typeof by === "string" ? row.beside?.(by) : undefined;
      if (joined) return planner.object(type, nodes, joined);
      const target = planner.row() as Row<T>;
      const { sql: object, finish } = planner.object(type, nodes, target as unknown as Row);
      if (typeof by === "string") {
        const id = (target as unknown as Row).col("id");
        const from = planner.from(type, target as unknown as Row);
        return {
          sql: orJsonNull(sql`(select ${object} from ${from} where ${id} = ${row.col(by)})`),
          finish: orNull(finish),
        };
      }
      const context = { row, target, args, planner };
      const from = by.from
        ? sql`${by.from(context)} as ${sql.ref(target.alias)}`
        : planner.from(type, target as unknown as Row);
      const where = all([planner.only(type, target as unknown as Row), by.where(context)]);
      const order = by.order ? sql` order by ${sql.join([...by.order(context)])}` : sql``;
      const found = sql`(select ${object} from ${from} where ${where}${order} limit 1)`;
      return { sql: orJsonNull(found), finish: orNull(finish), mayBeMissing: true };
    },
  };
}

/** The source of a single related object. */
export interface OneSource<C, T, A> {
  readonly where: (context: RelationContext<C, T, A>) => Sql;
  readonly order?: (context: RelationContext<C, T, A>) => readonly Sql[];
  /** A row that no table holds; an SQL query in parentheses. */
  readonly from?: (context: RelationContext<C, T, A>) => Sql;
}

/** The object with the id that an expression yields, of any type. */
export function byId<N extends string, C, A = Record<string, unknown>>(
  type: string,
  id: (context: FieldContext<C, A>) => Sql,
): FieldDeclaration<C, A, ObjectShape<N> | null> {
  return {
    compile: (context) => {
      const { sql: object, finish } = context.planner.byId(type, context.nodes, id(context));
      return { sql: object, finish: orNull(finish), mayBeMissing: true };
    },
  };
}

/** The objects of a list of ids, in its order, null where there is none. */
export function byIds<N extends string, C, A = Record<string, unknown>>(
  type: string,
  ids: (context: FieldContext<C, A>) => Sql,
): FieldDeclaration<C, A, { readonly list: ObjectShape<N> | null }> {
  return {
    keepsRepeated: true,
    compile: (context) => {
      const given = sql.ref(context.planner.row().alias);
      const { sql: object, finish } = context.planner.byId(type, context.nodes, sql`${given}."id"`);
      return {
        sql: jsonRows(object, sql`from unnest(${ids(context)}) with ordinality as ${given}("id", "place")`, [
          sql`${given}."place"`,
        ]),
        finish: finishList(orNull(finish)),
      };
    },
  };
}

/** A bounded list of related objects. */
export interface ListSource<C, T, A> {
  readonly where: (context: RelationContext<C, T, A>) => Sql;
  readonly order: (context: RelationContext<C, T, A>) => readonly Sql[];
  /** Rows that no table holds; an SQL query in parentheses. */
  readonly from?: (context: RelationContext<C, T, A>) => Sql;
}

/** A small list that needs no paging. */
export function list<N extends string, C, T, A = Record<string, unknown>>(
  type: N,
  source: ListSource<C, T, A>,
): FieldDeclaration<C, A, ListShape<N>> {
  return {
    compile: ({ row, args, nodes, planner }) => {
      const target = planner.row() as Row<T>;
      const context = { row, target, args, planner };
      const { sql: object, finish } = planner.object(type, nodes, target as unknown as Row);
      const from = source.from
        ? sql`${source.from(context)} as ${sql.ref(target.alias)}`
        : planner.from(type, target as unknown as Row);
      const alias = sql.ref(target.alias);
      // In order before anything is written, which an index may yield; sorting within the aggregate always costs.
      const rows = sql`(select ${alias}.* from ${from} where ${source.where(context)} order by ${sql.join([...source.order(context)])})`;
      return { sql: jsonRows(object, sql`from ${rows} as ${alias}`), finish: finishList(finish) };
    },
  };
}

/** A list of plain values: an SQL query of one column in parentheses. */
export function values<V, C, A = Record<string, unknown>>(
  query: (context: FieldContext<C, A>) => Sql,
): FieldDeclaration<C, A, { readonly list: V }> {
  return { compile: (context) => ({ sql: sql`array${query(context)}`, isValue: true }) };
}

/** The source of a paginated list. `B` are the columns of the joined row. */
export interface PagedSource<C, T, A, B = Record<string, unknown>> {
  readonly through?: (context: RelationContext<C, T, A>) => Through | undefined;
  readonly where?: (context: RelationContext<C, T, A>) => readonly (Sql | undefined)[];
  /** A joined row, which a foreign key that is never null refers to. It serves both the order and the response. */
  readonly beside?: { readonly column: keyof T & string; readonly type: string };
  /** @param beside the row of `beside`; where there is none, the row itself. */
  readonly order: (context: RelationContext<C, T, A>, beside: Row<B>) => Order;
  /** Rows that no table holds; an SQL query in parentheses, or a function. */
  readonly from?: (context: RelationContext<C, T, A>) => Sql;
  /** Rows that no table holds, merged from several sources; instead of `from` and `where`. */
  readonly merged?: (context: RelationContext<C, T, A>) => Merged;
  /** Whether those rows are worked out once for all that is asked of the list, be it entries or their number. */
  readonly isOnce?: boolean;
}

/** A paged list of related objects. */
export function connection<
  N extends string,
  C,
  T,
  A extends PageArguments = PageArguments,
  B = Record<string, unknown>,
>(type: string, source: PagedSource<C, T, A, B>): FieldDeclaration<C, A, ObjectShape<N>> {
  return {
    compile: ({ row, args, nodes, planner }): Compiled => {
      const target = planner.row() as Row<T>;
      const untyped = target as unknown as Row;
      const context = { row, target, args, planner };
      const through = source.through?.(context);
      const beside = source.beside && joinBeside(planner, untyped, source.beside);
      const merged = source.merged?.(context);
      const once = source.isOnce ? sql.ref(`${target.alias}_once`) : undefined;
      const table = merged
        ? sql``
        : source.from
          ? sql`${once ?? source.from(context)} as ${sql.ref(target.alias)}`
          : planner.from(type, untyped);
      const only = source.from || merged ? undefined : planner.only(type, untyped);
      const compiled = compileConnection(planner, `${type}Connection`, nodes, args, {
        type,
        row: beside
          ? { ...untyped, beside: (column) => (column === source.beside?.column ? beside.onPage : undefined) }
          : untyped,
        from: table,
        where: [only, ...(source.where?.(context) ?? [])],
        order: source.order(context, (beside?.row ?? target) as Row<B>),
        through,
        merged,
        beside: beside && { ...beside, order: () => source.order(context, beside.onPage as Row<B>) },
      });
      if (!once || !source.from) return compiled;
      return {
        ...compiled,
        sql: sql`(with ${once} as materialized (select * from ${source.from(context)} as ${once}) select ${compiled.sql})`,
      };
    },
  };
}

/** The condition that a column equals an argument, or none where the argument is not given. */
export function equals(by: Sql, value: unknown, type: Parameters<typeof parameter>[1] = "text"): Sql | undefined {
  return value === null || value === undefined ? undefined : sql`${by} = ${parameter(value, type)}`;
}

function orNull(finish: Finish | undefined): Finish | undefined {
  return finish && ((value, request) => (value === null || value === undefined ? null : finish(value, request)));
}
