import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { getOperationAST, type DocumentNode, type GraphQLSchema, type OperationDefinitionNode } from "graphql";
import { LRUCache } from "lru-cache";
import type { Amount } from "../../limits/operation.cost.js";
import type { AskedOperation } from "../../limits/operation.limits.js";
import { isResponseCacheable } from "../cache/response.cache.js";
import { rootFieldsOf } from "../../reading/operation.js";
import type { RootField } from "../../reading/reader.js";

/** Characters of the stored documents together. */
const MAX_CHARACTERS = 512 * 1024;

/** Documents that were answered before: they need not be parsed, validated and planned again. */
export interface PreparedOperations {
  /** Stores a valid document by its text. */
  put(text: string, document: DocumentNode): void;
  /**
   * Finds the operation of a request.
   * @param body the body of the request as parsed from JSON.
   * @returns undefined for anything but a plain request for a stored query whose variables fit: the executor answers it.
   */
  find(body: unknown): PreparedRequest | undefined;
}

/** A request for a prepared operation. */
export interface PreparedRequest {
  readonly operation: OperationDefinitionNode;
  readonly fields: readonly RootField[];
  /** Its cost, and the number of records that it may return. */
  readonly amount: Amount;
}

interface PlainBody {
  readonly query?: unknown;
  readonly operationName?: unknown;
  readonly variables?: unknown;
  readonly extensions?: unknown;
}

/**
 * A cache of documents by their text. The work of Apollo for every request (hashing the text, looking the document up,
 * running its plugins) is done once for each of them.
 * @param weigh the cost of an operation with these variables; undefined if it is not allowed, for which the executor
 * gives the reason.
 */
export function createPreparedOperations(
  schema: GraphQLSchema,
  weigh: (asked: AskedOperation) => Amount | undefined,
): PreparedOperations {
  const documents = new LRUCache<string, DocumentNode>({
    maxSize: MAX_CHARACTERS,
    sizeCalculation: (_document, text) => text.length + 1,
  });
  return {
    put: (text, document) => void documents.set(text, document),
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

/** Stores the queries that Apollo has found valid and that were answered without errors. */
export function preparingPlugin(prepared: PreparedOperations): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (answered) => {
        const { request, document } = answered;
        if (document && request.query !== undefined && isResponseCacheable(answered))
          prepared.put(request.query, document);
      },
    }),
  };
}
