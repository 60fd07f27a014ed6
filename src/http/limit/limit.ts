import { KEPT_POINTS, type Budget } from "../../limits/rates.js";
import type { PipelineRequest } from "../pipeline.js";
import { rateLimited, type Refusal } from "../refusal.js";
import type { Clients } from "./clients.js";
import type { ConcurrencyLimiter } from "./concurrency.js";

/** Options of the limit stage. */
export interface LimitOptions {
  readonly clients: Pick<Clients, "clientOf">;
  readonly limiter: Pick<ConcurrencyLimiter, "overload">;
}

/**
 * The stage `limit`: finds the client of a request. Refuses while the event loop is late, and clients without points.
 * Points are charged later, when the cost is known; the concurrency limit applies to what is executed.
 */
export function limitStage({ clients, limiter }: LimitOptions): (request: PipelineRequest) => Refusal | undefined {
  return (request) => {
    const overload = limiter.overload();
    if (overload) return overload;
    request.client = clients.clientOf(request.raw, request.principal);
    const budget = request.client?.budget;
    return budget && budget.remaining() < KEPT_POINTS ? rateLimited(budget, KEPT_POINTS) : undefined;
  };
}

/** Charges points. @returns a refusal if they are not there. */
export function charge(budget: Budget | undefined, points: number): Refusal | undefined {
  return !budget || budget.take(points) ? undefined : rateLimited(budget, points);
}
