import { createHash } from "node:crypto";
import type { ApolloServerPlugin, BaseContext, GraphQLRequestContextWillSendResponse, HTTPGraphQLRequest } from "@apollo/server";
import { LRUCache } from "lru-cache";
import { shapeOf } from "../limits/operation.shape.js";

/** An answer as it was sent, with what a client needs to ask again whether it still holds. */
export interface KeptAnswer {
  readonly body: string;
  readonly contentType: string;
  /** Of the body of an answer to a GET, so that equal answers have equal tags whatever the record's version is. */
  readonly etag: string | undefined;
  /** The name of the operation that it answers. */
  readonly operation?: string | undefined;
}

/** Answers that hold as long as the record does not change. */
export interface AnswersCache {
  /** The answer to exactly this request, if it was given since the record last changed. */
  find(request: string): KeptAnswer | undefined;
  /**
   * Keeps an answer.
   * @param version the record's version before the answer was read: an answer that was overtaken by a write while it
   * was read is not kept.
   */
  keep(request: string, answer: KeptAnswer, version: number): void;
  /** The record's version, if it is known; nothing is found or kept otherwise. */
  version(): number | undefined;
  readonly size: () => { readonly answers: number; readonly bytes: number };
}

/** One answer may take this share of the whole. */
const largestShare = 0.1;

/**
 * A cache of answers, bounded in bytes, emptied by every write.
 * @param version the record's version as far as this process has heard.
 * @param maxBytes the most that requests and answers together may take; 0 keeps nothing.
 */
export function createAnswersCache(version: () => number | undefined, maxBytes: number): AnswersCache {
  const kept = new LRUCache<string, KeptAnswer>({
    maxSize: Math.max(1, maxBytes),
    maxEntrySize: Math.max(1, Math.floor(maxBytes * largestShare)),
    // Strings take two bytes a character at most.
    sizeCalculation: ({ body }, request) => 2 * (body.length + request.length) + 200,
  });
  let of: number | undefined;

  /** Forgets everything as soon as the record has moved on. */
  function current(): number | undefined {
    const now = version();
    if (now !== of) {
      kept.clear();
      of = now;
    }
    return now;
  }

  return {
    version: current,
    find: (request) => (current() === undefined ? undefined : kept.get(request)),
    keep(request, answer, readAt) {
      if (maxBytes > 0 && current() === readAt) kept.set(request, answer);
    },
    size: () => ({ answers: kept.size, bytes: kept.calculatedSize }),
  };
}

/** The tag of a body. Weak: the same answer may be sent compressed or not. */
export function tagOf(body: string): string {
  return `W/"${createHash("sha1").update(body).digest("base64url")}"`;
}

const lasting = new WeakSet<HTTPGraphQLRequest>();

/** Whether a request was answered in a way that holds until the record changes: a query, without errors. */
export function isLasting(http: HTTPGraphQLRequest): boolean {
  return lasting.has(http);
}

/** Whether what is about to be sent answers a query, without errors. */
export function isWholeQuery({ operation, response: { body } }: Pick<GraphQLRequestContextWillSendResponse<BaseContext>, "operation" | "response">): boolean {
  return operation?.operation === "query" && body.kind === "single" && body.singleResult.errors === undefined;
}

/** Root fields whose answer is another one the next moment, whatever the record does. */
const OF_THE_MOMENT: ReadonlySet<string> = new Set(["Query.rateLimit"]);

/** Whether an operation asks for what holds for a moment and for whoever asks alone. */
export function isOfTheMoment({ schema, document, operation }: Pick<GraphQLRequestContextWillSendResponse<BaseContext>, "schema" | "document" | "operation">): boolean {
  const shape = document && shapeOf(schema, document).operations.find((each) => each.operation === operation);
  return shape?.root.fields.some(({ name }) => OF_THE_MOMENT.has(name)) ?? false;
}

/** Notes which requests are answered in such a way. */
export function lastingPlugin(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (answered) => {
        if (answered.request.http && isWholeQuery(answered) && !isOfTheMoment(answered)) lasting.add(answered.request.http);
      },
    }),
  };
}
