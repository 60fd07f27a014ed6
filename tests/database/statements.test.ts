import {
  execute,
  getNamedType,
  isAbstractType,
  isCompositeType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isObjectType,
  parse,
  type GraphQLField,
  type GraphQLInputType,
  type GraphQLObjectType,
  type GraphQLOutputType,
} from "graphql";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import type { Database } from "../../src/database/open.js";
import { createLogger } from "../../src/lib/log.js";
import { buildExecutableSchema } from "../../src/schema.js";
import { readSources } from "../support/architecture.js";
import { limits } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import { readingPool } from "../support/pool.js";
import { unknownSqlNames, type Catalog } from "../support/sql.names.js";

const schema = buildExecutableSchema();

type Field = GraphQLField<unknown, unknown>;

/** An argument of any value, as text. */
function valueFor(type: GraphQLInputType): string {
  if (isNonNullType(type)) return valueFor(type.ofType);
  if (isListType(type)) return `[${valueFor(type.ofType)}]`;
  if (isEnumType(type)) return type.getValues()[0]?.name ?? "null";
  if (isInputObjectType(type)) {
    const given = Object.values(type.getFields()).filter((field) => isNonNullType(field.type));
    return `{${given.map(({ name, type: of }) => `${name}: ${valueFor(of)}`).join(", ")}}`;
  }
  const values: Record<string, string> = {
    Int: "1",
    Float: "1",
    Boolean: "true",
    Date: '"2024-11-20"',
    DateTime: '"2024-11-20T00:00:00Z"',
  };
  return values[type.name] ?? '"x"';
}

const argumentsFor = ({ args }: Field): string => {
  const needed = args.filter(({ type, defaultValue }) => isNonNullType(type) && defaultValue === undefined);
  return needed.length === 0 ? "" : `(${needed.map(({ name, type }) => `${name}: ${valueFor(type)}`).join(", ")})`;
};

/** The object types of a field's value. */
const typesOf = (type: GraphQLOutputType): readonly GraphQLObjectType[] => {
  const named = getNamedType(type);
  if (isAbstractType(named)) return schema.getPossibleTypes(named);
  return isObjectType(named) ? [named] : [];
};

/** A way from a root field to an object type, as a selection with a gap for the fields of the type. */
type Way = (selection: string) => string;

/** The shortest way to every object type that queries reach. */
function ways(): ReadonlyMap<GraphQLObjectType, Way> {
  const found = new Map<GraphQLObjectType, Way>();
  const queue: GraphQLObjectType[] = [];
  const step = (way: Way, fields: readonly Field[]): void => {
    for (const field of fields) {
      for (const type of typesOf(field.type)) {
        if (found.has(type)) continue;
        const isPlain = isObjectType(getNamedType(field.type));
        found.set(type, (inner) =>
          way(`${field.name}${argumentsFor(field)} { ${isPlain ? inner : `... on ${type.name} { ${inner} }`} }`),
        );
        queue.push(type);
      }
    }
  };
  step((inner) => `{ ${inner} }`, Object.values(schema.getQueryType()?.getFields() ?? {}));
  for (let type = queue.shift(); type; type = queue.shift()) {
    step(found.get(type) as Way, Object.values(type.getFields()));
  }
  return found;
}

/** A selection of one field, with the names of the types below. */
function selectionOf(field: Field): string {
  const inner = isCompositeType(getNamedType(field.type)) ? " { __typename }" : "";
  return `${field.name}${argumentsFor(field)}${inner}`;
}

describe("the statements of the service", () => {
  let database: Database;
  const texts = new Set<string>();
  beforeAll(async () => {
    database = await anyDatabase();
  });
  afterAll(() => database.close());

  /** The statements that an operation sends. */
  async function statementsOf(operation: string): Promise<readonly string[]> {
    texts.clear();
    const pool = readingPool((text) => {
      texts.add(text);
      return "null";
    });
    const all = { ...limits, maxAnswerBytes: 1e9 };
    const createContext = createContextFactory({
      database: { pool, namedStatements: false },
      limits: all,
      version: "0",
    });
    const contextValue = createContext({
      requestId: "1",
      signal: new AbortController().signal,
      log: createLogger({ level: "silent" }),
    });
    await execute({ schema, document: parse(operation), contextValue });
    return [...texts];
  }

  async function prepare(text: string): Promise<string | undefined> {
    const client = await database.pool.connect();
    try {
      await client.query(`PREPARE each AS ${text}`);
      await client.query("DEALLOCATE each");
      return undefined;
    } catch (error) {
      return (error as Error).message;
    } finally {
      client.release();
    }
  }

  it("can be prepared: one for each field of each type that a query reaches", async () => {
    const faults: string[] = [];
    let prepared = 0;
    for (const [type, way] of ways()) {
      for (const field of Object.values(type.getFields())) {
        for (const text of await statementsOf(way(selectionOf(field)))) {
          const fault = await prepare(text);
          prepared += 1;
          if (fault !== undefined) faults.push(`${type.name}.${field.name}: ${fault}`);
        }
      }
    }
    expect(faults).toEqual([]);
    expect(prepared).toBeGreaterThan(500);
  });

  async function readCatalog(): Promise<Catalog> {
    const { rows } = await database.pool.query<{ name: string }>(`
      SELECT attname AS name FROM pg_attribute WHERE NOT attisdropped
      UNION SELECT relname FROM pg_class
      UNION SELECT nspname FROM pg_namespace
      UNION SELECT proname FROM pg_proc
      UNION SELECT unnest(proargnames) FROM pg_proc
      UNION SELECT typname FROM pg_type
      UNION SELECT conname FROM pg_constraint
      UNION SELECT collname FROM pg_collation
      UNION SELECT tgname FROM pg_trigger`);
    return { names: new Set(rows.map(({ name }) => name)) };
  }

  it("name tables, columns and functions that exist, in all SQL of src", async () => {
    const catalog = await readCatalog();
    const unknown = unknownSqlNames(readSources(new URL("../../", import.meta.url)), catalog);
    expect(unknown).toEqual([]);
  });

  it("are reported with file, line and name if they misspell one", async () => {
    const catalog = await readCatalog();
    const source =
      'const a = sql`select "slug" as "own" from "Meetng" where "own" = ${b}`;\nconst c = "SELECT \\"titel\\" FROM \\"Meeting\\"";';
    expect(unknownSqlNames(new Map([["x.ts", source]]), catalog)).toEqual([
      { path: "x.ts", line: 1, name: "Meetng" },
      { path: "x.ts", line: 2, name: "titel" },
    ]);
  });
});
