import { isDeepStrictEqual } from "node:util";
import {
  execute,
  getOperationAST,
  GraphQLError,
  parse,
  validate,
  type DocumentNode,
  type ExecutionResult,
  type GraphQLFormattedError,
  type OperationDefinitionNode,
} from "graphql";
import { anonymous, type Principal } from "../../src/access/principal.js";
import { readConfig } from "../../src/config.js";
import { createContextFactory, type ContextOptions } from "../../src/context.js";
import { judgeError } from "../../src/http/respond/errors.mask.js";
import { createLogger } from "../../src/lib/log.js";
import { rootFieldsOf } from "../../src/reading/operation.js";
import type { UnknownName } from "../../src/reading/names.js";
import { buildExecutableSchema } from "../../src/schema.js";

export type Variables = Readonly<Record<string, unknown>>;

/** A statement as it was sent to the database. */
export interface SentStatement {
  readonly text: string;
  readonly values: readonly unknown[];
}

/** An error as a client sees it. */
export interface AnsweredError {
  readonly code: string;
  readonly message: string;
  /** The argument that an input error names. */
  readonly argument: string | undefined;
  readonly path: string | undefined;
  /** True where it is not the client's fault: a 5xx over HTTP. */
  readonly isOurs: boolean;
}

export interface Answer<T> {
  readonly data: T | null;
  readonly errors: readonly AnsweredError[];
  /** The names in its arguments by which the record holds nothing. */
  readonly unknownNames?: readonly UnknownName[];
  readonly requestId: string;
}

/** One document to ask: its text, the values of its variables, and its operation where it holds several. */
export interface Question {
  readonly document: string;
  readonly variables?: Variables | undefined;
  readonly operationName?: string | undefined;
}

/** Asks a database through GraphQL, without HTTP. */
export interface Asker {
  /** The data; throws with operation, variables and request id where anything goes wrong. */
  ask<T = unknown>(document: string, variables?: Variables, operationName?: string): Promise<T>;
  /** Data and errors as a client would get them. */
  answer<T = unknown>(document: string, variables?: Variables, operationName?: string): Promise<Answer<T>>;
  /** The statements that a document sends, in order. */
  statements(document: string, variables?: Variables, operationName?: string): Promise<readonly SentStatement[]>;
}

export interface AskerOptions {
  readonly principal?: Principal;
  readonly compares?: boolean;
  readonly limits?: ContextOptions["limits"];
}

/** The default limits of the service. */
export const { limits } = readConfig({});

const schema = buildExecutableSchema();
const log = createLogger({ level: "silent" });
let requests = 0;

/**
 * Executes every query twice, as the service does, to JSON for the client and through the executor, and compares both.
 * Each test of an answer thus covers both paths.
 * @param options.principal The client; anonymous by default.
 * @param options.compares False if there is a concurrent writer, so that both may see different states; the paths then
 * alternate.
 * @param options.limits The service's limits by default.
 */
export function createAsker(
  database: ContextOptions["database"],
  { principal = anonymous, compares = true, limits: own = limits }: AskerOptions = {},
): Asker {
  const sent: SentStatement[] = [];
  const watched = { ...database, pool: watch(database.pool, sent) };
  const createContext = createContextFactory({ database: watched, limits: own, version: "0.0.0-test" });
  const documents = new Map<string, DocumentNode>();

  // The same text is the same document, so that plans are used again as in the service.
  function documentOf(text: string): DocumentNode {
    const kept = documents.get(text);
    if (kept) return kept;
    const document = parse(text);
    const faults = validate(schema, document);
    if (faults[0]) throw faults[0];
    documents.set(text, document);
    return document;
  }

  async function answer<T>(question: Question): Promise<Answer<T>> {
    const requestId = `test-${String(++requests)}`;
    const { variables = {}, operationName } = question;
    let document: DocumentNode;
    try {
      document = documentOf(question.document);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      const formatted = describe(error);
      return { data: null, errors: [{ ...formatted, code: "GRAPHQL_VALIDATION_FAILED", isOurs: false }], requestId };
    }
    const operation = getOperationAST(document, operationName) as OperationDefinitionNode;
    const facts = { requestId, signal: new AbortController().signal, principal, log };
    const [first, second] = [createContext(facts), createContext(facts)];
    const direct = await answerDirectly(first, document, operation, variables);
    if (!compares && direct !== undefined && requests % 2 === 0)
      return { data: JSON.parse(direct) as T, errors: [], requestId };
    const executed = await execute({
      schema,
      document,
      variableValues: variables,
      contextValue: second,
      ...(operationName === undefined ? {} : { operationName }),
    });
    if (executed.errors) {
      if (direct !== undefined && !isPartial(executed))
        throw new Error(
          complaint(question, requestId, "The executor fails where the direct answer does not.", executed.errors),
        );
      return { data: (executed.data ?? null) as T | null, errors: executed.errors.map(describe), requestId };
    }
    if (compares && direct !== undefined && direct !== JSON.stringify(executed.data)) {
      throw new Error(
        complaint(question, requestId, "The two ways to answer differ:", [direct, JSON.stringify(executed.data)]),
      );
    }
    const [unknownNames, others] = [second.unknownNames(), first.unknownNames()];
    if (direct !== undefined && !isDeepStrictEqual(unknownNames, others)) {
      throw new Error(complaint(question, requestId, "The two paths report different names:", [unknownNames, others]));
    }
    return { data: executed.data as T, errors: [], unknownNames, requestId };
  }

  async function ask<T>(document: string, variables?: Variables, operationName?: string): Promise<T> {
    const question = { document, variables, operationName };
    let result: Answer<T>;
    try {
      result = await answer<T>(question);
    } catch (error) {
      throw new Error(complaint(question, `test-${String(requests)}`, "The question could not be asked:", [error]), {
        cause: error,
      });
    }
    if (result.errors.length > 0)
      throw new Error(complaint(question, result.requestId, "The answer has errors:", result.errors));
    return result.data as T;
  }

  return {
    ask,
    answer: (document, variables, operationName) => answer({ document, variables, operationName }),
    async statements(document, variables, operationName) {
      const operation = getOperationAST(documentOf(document), operationName) as OperationDefinitionNode;
      const before = sent.length;
      const context = createContext({ requestId: "statements", signal: new AbortController().signal, principal, log });
      const direct = await answerDirectly(context, documentOf(document), operation, variables ?? {});
      if (direct === undefined) await ask(document, variables, operationName);
      return sent.slice(before);
    },
  };
}

/** A direct answer may give up where the executor leaves a null with an error beside it. */
function isPartial({ data }: ExecutionResult): boolean {
  return data !== null && data !== undefined;
}

/** The data as the service sends it to clients, or undefined where it leaves the question to the executor. */
async function answerDirectly(
  context: ReturnType<ReturnType<typeof createContextFactory>>,
  document: DocumentNode,
  operation: OperationDefinitionNode,
  variables: Variables,
): Promise<string | undefined> {
  if (operation.operation !== "query") return undefined;
  const fields = rootFieldsOf({ schema, document, operation, variables });
  if (!fields) return undefined;
  const answers = await Promise.allSettled(fields.map((field) => context.answer(field)));
  if (answers.some(({ status }) => status === "rejected")) return undefined;
  const members = answers.map(
    (result, index) => [fields[index]?.key, JSON.parse((result as PromiseFulfilledResult<string>).value)] as const,
  );
  return JSON.stringify(Object.fromEntries(members));
}

function describe(error: GraphQLError): AnsweredError {
  const { code, argument } = error.extensions as { code?: unknown; argument?: string };
  const verdict = judgeError(error, code);
  // Internal errors are masked for clients, but shown in tests.
  const message = verdict.isOurs ? error.message : verdict.message;
  return { code: verdict.code, message, argument, path: error.path?.join("."), isOurs: verdict.isOurs };
}

function watch(pool: ContextOptions["database"]["pool"], sent: SentStatement[]): ContextOptions["database"]["pool"] {
  return watchQueries(pool, sent, {
    // Other read views use a connection of their own.
    connect: async () => watchQueries(await pool.connect(), sent),
  });
}

/** Notes the statements that answer root fields, however they are sent; what prepares a transaction is none of them. */
function watchQueries<T extends { query: unknown }>(
  connection: T,
  sent: SentStatement[],
  instead: Readonly<Record<string, unknown>> = {},
): T {
  return new Proxy(connection, {
    get(target, property) {
      if (typeof property === "string" && Object.hasOwn(instead, property)) return instead[property];
      const value: unknown = Reflect.get(target, property, target);
      if (typeof value !== "function") return value;
      if (property !== "query") return value.bind(target) as unknown;
      return (statement: SentStatement | string, ...rest: unknown[]): unknown => {
        if (typeof statement !== "string" && statement.text.endsWith(' as "value"'))
          sent.push({ text: statement.text, values: statement.values });
        return (value as (...given: unknown[]) => unknown).call(target, statement, ...rest);
      };
    },
  });
}

function complaint(
  { document, variables, operationName }: Question,
  requestId: string,
  problem: string,
  details: readonly unknown[],
): string {
  const lines = details.map(
    (detail) =>
      `  ${detail instanceof Error ? (detail.stack ?? detail.message) : typeof detail === "string" ? detail : JSON.stringify(detail as GraphQLFormattedError)}`,
  );
  return [
    problem,
    ...lines,
    `request ${requestId}${operationName === undefined ? "" : `, operation ${operationName}`}, variables ${JSON.stringify(variables ?? {})}`,
    ...document
      .trim()
      .split("\n")
      .map((line, index) => `${String(index + 1).padStart(4)} | ${line}`),
  ].join("\n");
}
