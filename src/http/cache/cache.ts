import { KEPT_POINTS } from "../../limits/rates.js";
import { charge } from "../limit/limit.js";
import type { Positions } from "../parse/position.js";
import type { Decision, PipelineRequest } from "../pipeline.js";
import type { ResponseCache } from "./response.cache.js";

/** A request whose response may be cached. */
export interface CacheableRequest extends PipelineRequest {
  /** The position of the record that the client names: the response has to hold it. */
  readonly namedPosition: number | undefined;
  /** That position once it is reached; it is less if the record never got so far. */
  position: number | undefined;
  /** The position that the response holds at least; undefined if positions are not known. */
  heldPosition: number | undefined;
  /** Equal for requests with the same response; undefined if the response depends on the client. */
  readonly cacheKey: string | undefined;
  /** The version of the record before it was read: a response that a write overtook is not stored. */
  version: number | string | undefined;
}

/** Options of the cache stage. */
export interface CacheOptions<E> {
  /** Nothing is cached without it. */
  readonly cache?: Pick<ResponseCache<E>, "find" | "version"> | undefined;
  /** Requests wait for no position without them. */
  readonly positions?: Positions | undefined;
}

/**
 * The stage `cache`: waits until this process has the position that the request names (read-your-writes), then looks
 * for a stored response. A hit costs one point, whatever its operation costs, and needs no place among what is executed.
 */
export function cacheStage<E>(
  options: CacheOptions<E>,
): (request: CacheableRequest) => Decision<E> | Promise<Decision<E>> {
  const lookUp = (request: CacheableRequest): Decision<E> => {
    const { cache, positions } = options;
    // Reads from here on hold this, and perhaps more.
    request.heldPosition = positions?.latest();
    request.version = cache?.version();
    const { cacheKey, position = 0, version } = request;
    if (!cache || cacheKey === undefined || version === undefined) return undefined;
    if (typeof version === "number" && version < position) return undefined;
    const hit = cache.find(cacheKey);
    if (hit === undefined) return undefined;
    return charge(request.client?.budget, KEPT_POINTS) ?? hit;
  };
  return (request) => {
    const caughtUp = catchUp(request, options.positions);
    return caughtUp ? caughtUp.then(() => lookUp(request)) : lookUp(request);
  };
}

/** Waits for the position that a request names; undefined if there is nothing to wait for. */
export function catchUp(request: CacheableRequest, positions: Positions | undefined): Promise<void> | undefined {
  const { namedPosition } = request;
  if (namedPosition === undefined || !positions) return undefined;
  if (namedPosition <= positions.latest()) {
    request.position = namedPosition;
    return undefined;
  }
  return positions.reach(namedPosition).then((position) => void (request.position = position));
}
