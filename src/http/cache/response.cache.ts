import type {
  ApolloServerPlugin,
  BaseContext,
  GraphQLRequestContextWillSendResponse,
  HTTPGraphQLRequest,
} from "@apollo/server";
import { LRUCache } from "lru-cache";
import { shapeOf } from "../../limits/operation.shape.js";

/** A response as it was sent. */
export interface CachedResponse {
  readonly body: string;
  readonly contentType: string;
  /** Tag of the body of a response to a GET, by which a client asks whether it still holds. */
  readonly etag: string | undefined;
  /** The name of its operation. */
  readonly operation?: string | undefined;
}

/** Responses that hold as long as the record does not change. */
export interface ResponseCache<E = CachedResponse> {
  /** The response to exactly this request, if it was stored since the record last changed. */
  find(key: string): E | undefined;
  /**
   * Stores a response.
   * @param version the version before the response was read: a response that a write overtook is not stored.
   */
  put(key: string, entry: E, version: number | string): void;
  /** The version that is cached; nothing is found or stored while it is not known. */
  version(): number | string | undefined;
  readonly size: () => { readonly answers: number; readonly bytes: number };
}

export interface ResponseCacheOptions {
  /** The version of what is cached, as far as this process knows. */
  readonly version: () => number | string | undefined;
  /** Maximum bytes of keys and responses together; 0 stores nothing. */
  readonly maxBytes: number;
  /** The share of the maximum that one response may take. */
  readonly largestShare?: number;
}

/** A cache of responses, bounded in bytes, emptied by every write. */
export function createResponseCache<E extends { readonly body: string } = CachedResponse>({
  version,
  maxBytes,
  largestShare = 0.1,
}: ResponseCacheOptions): ResponseCache<E> {
  const stored = new LRUCache<string, E & object>({
    maxSize: Math.max(1, maxBytes),
    maxEntrySize: Math.max(1, Math.floor(maxBytes * largestShare)),
    // Strings take two bytes a character at most.
    sizeCalculation: ({ body }, key) => 2 * (body.length + key.length) + 200,
  });
  let of: number | string | undefined;

  /** Empties the cache as soon as the record has changed. */
  function current(): number | string | undefined {
    const now = version();
    if (now !== of) {
      stored.clear();
      of = now;
    }
    return now;
  }

  return {
    version: current,
    find: (key) => (current() === undefined ? undefined : stored.get(key)),
    put(key, entry, readAt) {
      if (maxBytes > 0 && current() === readAt) stored.set(key, entry);
    },
    size: () => ({ answers: stored.size, bytes: stored.calculatedSize }),
  };
}

const cacheable = new WeakSet<HTTPGraphQLRequest>();

/** Whether the response to a request holds until the record changes: that of a query, without errors. */
export function isCacheable(http: HTTPGraphQLRequest): boolean {
  return cacheable.has(http);
}

type Answered = Pick<
  GraphQLRequestContextWillSendResponse<BaseContext>,
  "schema" | "document" | "operation" | "response"
>;

/** Root fields whose value changes from moment to moment, whatever the record does. */
const MOMENTARY: ReadonlySet<string> = new Set(["Query.rateLimit"]);

/** Whether a response is that of a query without errors, and depends on the record alone. */
export function isResponseCacheable({ schema, document, operation, response: { body } }: Answered): boolean {
  const isWhole = operation?.operation === "query" && body.kind === "single" && body.singleResult.errors === undefined;
  if (!isWhole) return false;
  const shape = document && shapeOf(schema, document).operations.find((each) => each.operation === operation);
  return !shape?.root.fields.some(({ name }) => MOMENTARY.has(name));
}

/** Notes the requests whose response is cacheable. */
export function cacheablePlugin(): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async (answered) => {
        if (answered.request.http && isResponseCacheable(answered)) cacheable.add(answered.request.http);
      },
    }),
  };
}
