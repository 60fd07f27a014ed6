import { parse, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { sql } from "kysely";
import { bounded } from "../reading/answer.bytes.js";
import { rootFieldsOf } from "../reading/operation.js";
import type { RootField, SendableStatement } from "../reading/reader.js";
import { compileStatement, type Sql } from "../reading/sql.js";

/**
 * Asks one of the export's own operations.
 * @returns the data, keyed by response keys.
 * @throws whatever reading throws: a GraphQLError for what the asker can mend or for the end of its time.
 */
export type Ask = (
  document: DocumentNode,
  variables: Readonly<Record<string, unknown>>,
) => Promise<Readonly<Record<string, unknown>>>;

/** A value in a table. Days are `YYYY-MM-DD`. */
export type Cell = string | number | boolean | null;

/** A row of a table, in the order of its columns. */
export type Cells = readonly Cell[];

/**
 * Reads rows by a query whose only column holds each row as a JSON list.
 * @param knownAt The moment as of which they are read; undefined for the current record.
 * @throws GraphQLError as for `Ask`; with the limit `maxAnswerBytes` if the rows are longer than one answer may be.
 */
export type ReadRows = (query: Sql, knownAt?: string) => Promise<readonly Cells[]>;

/** The two ways in which exports read. */
export interface Reading {
  readonly ask: Ask;
  readonly rows: ReadRows;
}

/** Executes root fields and statements to JSON text; a request context. */
export interface Answering {
  readonly answer: (field: RootField) => Promise<string>;
  readonly rows: (statement: SendableStatement, knownAt?: string) => Promise<string>;
}

/**
 * Executes operations through planned reads, with one statement for each root field. Limits for clients do not apply;
 * the pages of an export bound its size.
 */
export function createAsk(schema: GraphQLSchema, { answer }: Pick<Answering, "answer">): Ask {
  return async (document, variables) => {
    const operation = document.definitions.find(
      (node): node is OperationDefinitionNode => node.kind === "OperationDefinition",
    );
    const fields = operation && rootFieldsOf({ schema, document, operation, variables });
    if (!fields) throw new Error("An operation of the exports does not fit the schema or its variables.");
    const answers = await Promise.all(
      fields.map(async (field) => [field.key, JSON.parse(await answer(field)) as unknown] as const),
    );
    return Object.fromEntries(answers);
  };
}

/**
 * Reads rows, one statement for each page of them.
 * @param mostBytes The length of a page beyond which Postgres does not send it; unlimited by default.
 */
export function createReadRows({ rows }: Pick<Answering, "rows">, mostBytes?: number): ReadRows {
  return async (query, knownAt) => {
    const list = sql`(select coalesce(json_agg(p."row"), '[]') from (${query}) as p("row"))`;
    const { text, values } = compileStatement(
      sql`select ${mostBytes === undefined ? sql`${list}::text` : bounded(list, mostBytes)} as "rows"`,
    );
    return JSON.parse(await rows({ text, values: values({}) }, knownAt)) as readonly Cells[];
  };
}

/** An operation that is parsed once, so that it is planned once. */
export function operation(text: string): DocumentNode {
  return parse(text, { noLocation: true });
}
