import {
  DummyDriver,
  Kysely,
  PostgresAdapter,
  PostgresIntrospector,
  PostgresQueryCompiler,
  sql,
  type RawBuilder,
} from "kysely";
import { Input, type Leaf, type Variables } from "./inputs.js";

/** A piece of SQL. */
export type Sql = RawBuilder<unknown>;

/** Compiles only; nothing is ever sent through it. */
const compiler = new Kysely<Record<string, never>>({
  dialect: {
    createAdapter: () => new PostgresAdapter(),
    createDriver: () => new DummyDriver(),
    createIntrospector: (database) => new PostgresIntrospector(database),
    createQueryCompiler: () => new PostgresQueryCompiler(),
  },
});

/** A statement whose values are read from each request's variables. */
export interface Statement {
  readonly text: string;
  /** The values for $1, $2 … in order; throws an input error where a value is not acceptable. */
  readonly values: (variables: Variables) => unknown[];
}

/** Turns SQL with inputs in it into a statement. */
export function compileStatement(query: Sql): Statement {
  const { sql: text, parameters } = query.compile(compiler);
  return {
    text,
    values: (variables) => parameters.map((value) => (value instanceof Input ? value.read(variables) : value)),
  };
}

/** A value as a parameter with its Postgres type, so that Postgres never has to guess it. */
export function parameter(leaf: Leaf<unknown>, type: "text" | "text[]" | "date" | "int" | "bigint" | "boolean"): Sql {
  return sql`${leaf}::${sql.raw(type)}`;
}

/** A value of an enum of the schema, which is part of the plan, as a value of the Postgres enum of that name. */
export function enumerated(value: string, type: string): Sql {
  return sql`${literal(value)}::${sql.id(type)}`;
}

/** A string constant of ours in the text of the statement. Never used for anything a client sent. */
export function literal(text: string): Sql {
  return sql.lit(text);
}

/** Postgres passes at most 100 arguments to a function: 50 pairs of key and value. */
const pairsPerObject = 50;

/** Keys and values of a JSON object; a value is SQL. */
export type JsonPairs = readonly (readonly [key: string, value: Sql])[];

/**
 * A JSON object. Objects with more than fifty keys come as an array of objects that `joinJsonObject` puts together.
 */
export function jsonObject(pairs: JsonPairs): Sql {
  const objects: Sql[] = [];
  for (let start = 0; start < pairs.length; start += pairsPerObject) {
    const slice = pairs.slice(start, start + pairsPerObject);
    objects.push(sql`json_build_object(${sql.join(slice.flatMap(([key, value]) => [literal(key), value]))})`);
  }
  if (objects.length === 0) return sql`'{}'::json`;
  return objects.length === 1 ? (objects[0] as Sql) : sql`json_build_array(${sql.join(objects)})`;
}

/** Whether an object of so many keys comes in several parts. */
export function isSplit(pairs: JsonPairs): boolean {
  return pairs.length > pairsPerObject;
}

/** Puts the parts of a large object together; null stays null. */
export function joinJsonObject(parts: unknown): unknown {
  return Array.isArray(parts) ? Object.assign({}, ...(parts as object[])) : parts;
}

/** Conditions joined by AND; none is true. */
export function all(conditions: readonly (Sql | undefined | null | false)[]): Sql {
  const given = conditions.filter((condition): condition is Sql => Boolean(condition));
  if (given.length === 0) return sql`true`;
  return given.length === 1 ? (given[0] as Sql) : sql`${sql.join(given, sql` and `)}`;
}
