import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { getOperationAST, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Amount } from "../limits/operation.cost.js";
import type { AskedOperation } from "../limits/operation.limits.js";
import { isOfTheMoment, isWholeQuery } from "./answers.cache.js";
import type { Exchange } from "./exchange.js";
import { rootFieldsOf } from "../reading/operation.js";
import type { RootField } from "../reading/reader.js";

/** Characters of queries that are kept by their text. */
const mostCharacters = 512 * 1024;

/** Queries that have been answered before and can be answered again without asking what they are. */
export interface KnownQueries {
  /** Keeps a valid document by its text. */
  learn(text: string, document: DocumentNode): void;
  /**
   * The root fields that a request asks for.
   * @param body a request's body as parsed from JSON.
   * @returns undefined for anything but a plain request for a known query whose variables fit: that is Apollo's.
   */
  find(body: unknown): KnownRequest | undefined;
}

/** A request for a known query. */
export interface KnownRequest {
  readonly operation: OperationDefinitionNode;
  readonly fields: readonly RootField[];
  /** What it may return and costs. */
  readonly amount: Amount;
}

/** Answers without Apollo. */
export interface QuickAnswers<C> {
  /** The known query that a body asks for; undefined where Apollo has to look at the request. */
  readonly find: (body: unknown) => KnownRequest | undefined;
  /** The body of its answer; undefined where it failed, for which the context keeps the reason. */
  readonly answer: (request: KnownRequest, exchange: Exchange, context: () => Promise<C>) => Promise<string | undefined>;
}

interface PlainBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/**
 * Remembers documents by their text, so that what Apollo does for every request (hashing the text, looking the document
 * up, running its plugins) is done once for each of them.
 * @param weigh what an operation costs with these variables; undefined where it may not be answered, the reason for which
 * is Apollo's to give.
 */
export function createKnownQueries(schema: GraphQLSchema, weigh: (asked: AskedOperation) => Amount | undefined): KnownQueries {
  const documents = new LRUCache<string, DocumentNode>({ maxSize: mostCharacters, sizeCalculation: (_document, text) => text.length + 1 });
  return {
    learn: (text, document) => void documents.set(text, document),
    find(body) {
      const { query, operationName, variables, extensions } = (body ?? {}) as PlainBody; // `null` is JSON, too
      if (typeof query !== "string" || (extensions !== undefined && extensions !== null)) return undefined;
      if (!isAbsent(operationName) && typeof operationName !== "string") return undefined;
      if (!isAbsent(variables) && (typeof variables !== "object" || Array.isArray(variables))) return undefined;
      const document = documents.get(query);
      if (!document) return undefined;
      const operation = getOperationAST(document, operationName);
      if (operation?.operation !== "query") return undefined;
      const asked = { document, operation, variables: (variables ?? {}) as Record<string, unknown> };
      const fields = rootFieldsOf({ schema, ...asked });
      const amount = fields && weigh(asked);
      return amount && { operation, fields, amount };
    },
  };
}

function isAbsent(value: unknown): value is null | undefined {
  return value === undefined || value === null;
}

/** Learns the queries that Apollo has found valid and that were answered without errors. */
export function learningPlugin(known: KnownQueries): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (answered) => {
        const { request, document } = answered;
        if (document && request.query !== undefined && isWholeQuery(answered) && !isOfTheMoment(answered)) known.learn(request.query, document);
      },
    }),
  };
}
