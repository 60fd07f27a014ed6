import type { IncomingHttpHeaders, ServerResponse } from "node:http";
import type { GraphQLError } from "graphql";
import type { Span } from "../../lib/spans.js";
import type { CacheableRequest } from "../cache/cache.js";
import type { CachedResponse, ResponseCache } from "../cache/response.cache.js";
import type { ConcurrencyLimiter } from "../limit/concurrency.js";
import type { PreparedRequest } from "../plan/prepared.operations.js";
import type { Refusal } from "../refusal.js";
import { RequestContext } from "./request.context.js";

/** A request that may execute an operation. `C` is the context of resolvers. */
export interface ExecutableRequest<C> extends CacheableRequest {
  /** The operation, if it is prepared; found by `plan`. */
  prepared: PreparedRequest | undefined;
  /** Set while the operation is admitted. */
  context: RequestContext | undefined;
  /** Made once, so that it keeps what has failed already. */
  resolverContext: Promise<C> | undefined;
}

/** Executes prepared operations as raw JSON, without an executor. */
export interface RawExecution<C> {
  /** The operation that a body asks for; undefined if it is not prepared. */
  readonly find: (body: unknown) => PreparedRequest | undefined;
  /** The body of the response; undefined if it failed, for which the resolver context keeps the reason. */
  readonly execute: (
    prepared: PreparedRequest,
    context: RequestContext,
    resolverContext: () => Promise<C>,
  ) => Promise<string | undefined>;
}

export interface Admission {
  readonly limiter: ConcurrencyLimiter;
  /** Begins the trace of an operation; nothing is traced without it. */
  readonly trace: ((headers: IncomingHttpHeaders) => Span) | undefined;
}

/** Opens the context of an operation, if the concurrency limiter admits it. */
export function admit<C>(
  request: ExecutableRequest<C>,
  { limiter, trace }: Admission,
  response: ServerResponse,
): Refusal | undefined {
  const full = limiter.acquire(request.client?.name);
  if (full) return full;
  request.context = new RequestContext({
    requestId: request.id,
    log: () => request.log,
    principal: request.principal,
    budget: request.client?.budget,
    span: trace?.(request.raw.headers),
    response,
  });
  return undefined;
}

/** Ends an operation, if one was admitted. */
export function leave<C>(request: ExecutableRequest<C>, { limiter }: Pick<Admission, "limiter">): void {
  const { context } = request;
  if (!context) return;
  request.context = undefined;
  context.close();
  limiter.release(request.client?.name, context.isWrite);
}

/**
 * Executes a prepared operation as raw JSON.
 * @returns the body, the error if its time was up, or undefined if its points are missing or something failed: the
 * executor says why.
 */
export async function executeRaw<C>(
  request: ExecutableRequest<C>,
  raw: Pick<RawExecution<C>, "execute">,
  resolverContext: () => Promise<C>,
): Promise<string | GraphQLError | undefined> {
  const { prepared, context } = request;
  if (!prepared || !context?.charge(prepared.amount.cost)) return undefined;
  const body = raw.execute(prepared, context, resolverContext).catch(() => undefined);
  return Promise.race([body, context.expired]);
}

/** Stores a response for requests with the same key, and returns it. */
export function store(
  request: CacheableRequest,
  cache: Pick<ResponseCache, "put"> | undefined,
  response: CachedResponse,
): CachedResponse {
  const { cacheKey, version } = request;
  if (cache && cacheKey !== undefined && version !== undefined) cache.put(cacheKey, response, version);
  return response;
}
