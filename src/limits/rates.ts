import { GraphQLError } from "graphql";
import { LRUCache } from "lru-cache";

/** Rate limits of clients, in points of cost. 0 or a missing value means no limit. */
export interface RateLimits {
  /** Points that an address may spend in an hour where no credential is sent. */
  readonly pointsPerHour?: number;
  /** Points that the holder of a key or a token may spend in an hour. */
  readonly keyPointsPerHour?: number;
}

/** A client whose points are counted: an address, or the owner of a credential. */
export interface Spender {
  /** Different for different spenders of one kind. */
  readonly name: string;
  readonly isKnown: boolean;
}

/** The remaining points of one client. */
export interface Budget {
  /** The limit by the name under which the service announces it. */
  readonly limit: keyof RateLimits;
  /** Points an hour, and the most that there can be. */
  readonly perHour: number;
  /** Whole points that are left now. */
  readonly remaining: () => number;
  /** Milliseconds until everything is there again. */
  readonly fullInMs: () => number;
  /** Milliseconds until so many points can be taken. */
  readonly waitMs: (points: number) => number;
  /** Takes points if there are enough. A request above the whole limit takes all of a full budget. */
  readonly take: (points: number) => boolean;
  /** Takes points that may be missing, for work in progress. The debt is at most the points of an hour. */
  readonly owe: (points: number) => void;
}

/** The budgets of everybody who spends. */
export interface Rates {
  /** @returns undefined where nothing is counted. */
  readonly budgetOf: (spender: Spender) => Budget | undefined;
  /** The number of clients in memory. */
  readonly size: () => number;
}

const HOUR_MS = 3_600_000;

/** The charge for a cached response, which reads nothing. */
export const KEPT_POINTS = 1;

/**
 * Maximum number of clients of each kind in memory, about 100 bytes each. The one that has spent nothing for the
 * longest time is dropped first and then starts with a full budget.
 */
const MOST_REMEMBERED = 50_000;

/**
 * Counts what is spent, in this process. Each budget is a bucket that fills evenly, an hour from empty to full: there is
 * no moment at which everybody has everything again, and who has spent too much can tell when the next points are there.
 * @param now milliseconds of a clock that does not go back.
 */
export function createRates(limits: RateLimits, now: () => number = () => performance.now()): Rates {
  const known = bucketsOf("keyPointsPerHour", limits.keyPointsPerHour ?? 0, now);
  const others = bucketsOf("pointsPerHour", limits.pointsPerHour ?? 0, now);
  return {
    budgetOf: ({ name, isKnown }) => (isKnown ? known : others)?.of(name),
    size: () => (known?.size() ?? 0) + (others?.size() ?? 0),
  };
}

interface Buckets {
  readonly of: (name: string) => Budget;
  readonly size: () => number;
}

function bucketsOf(limit: keyof RateLimits, perHour: number, now: () => number): Buckets | undefined {
  if (perHour <= 0) return undefined;
  const kept = new LRUCache<string, Bucket>({ max: MOST_REMEMBERED });
  return {
    of(name) {
      let bucket = kept.get(name);
      if (!bucket) kept.set(name, (bucket = new Bucket(limit, perHour, now)));
      return bucket;
    },
    size: () => kept.size,
  };
}

/** One object for each spender, with what all have in common on its prototype: many are remembered. */
class Bucket implements Budget {
  #points: number;
  #at: number;

  constructor(
    readonly limit: keyof RateLimits,
    readonly perHour: number,
    private readonly now: () => number,
  ) {
    this.#points = perHour;
    this.#at = now();
  }

  remaining(): number {
    // Rounding errors accumulate, so a full point may be slightly less than 1.
    return Math.max(0, Math.floor(this.#fill() + 1e-6));
  }

  fullInMs(): number {
    return this.#msFor(this.perHour - this.#fill());
  }

  waitMs(points: number): number {
    return this.#msFor(Math.min(points, this.perHour) - this.#fill());
  }

  take(points: number): boolean {
    if (this.#fill() + 1e-6 < Math.min(points, this.perHour)) return false;
    this.#spend(points);
    return true;
  }

  owe(points: number): void {
    this.#fill();
    this.#spend(points);
  }

  #spend(points: number): void {
    this.#points = Math.max(-this.perHour, this.#points - points);
  }

  #fill(): number {
    const now = this.now();
    this.#points = Math.min(this.perHour, this.#points + ((now - this.#at) / HOUR_MS) * this.perHour);
    this.#at = now;
    return this.#points;
  }

  #msFor(points: number): number {
    return Math.max(0, Math.ceil((points / this.perHour) * HOUR_MS));
  }
}

/** The state of a rate limit, for the client. */
export interface RateStanding {
  readonly limit: number;
  /** Points that the operation took. */
  readonly cost: number;
  readonly remaining: number;
  /** ISO 8601 in UTC. */
  readonly resetAt: string;
}

/** The state of a rate limit after a request with this cost. */
export function standingOf(budget: Budget, cost: number): RateStanding {
  return {
    limit: budget.perHour,
    cost,
    remaining: budget.remaining(),
    resetAt: new Date(Date.now() + budget.fullInMs()).toISOString(),
  };
}

const number = (value: number): string => value.toLocaleString("en");

/** Whole seconds after which points can be taken, at least one. */
export function retryAfterS(budget: Budget, points: number): number {
  return Math.max(1, Math.ceil(budget.waitMs(points) / 1_000));
}

/**
 * The error for points that are not there.
 * @returns a GraphQLError with `extensions: { code: "RATE_LIMITED", limit, allowed, cost, remaining, resetAt }`.
 */
export function rateError(budget: Budget, points: number): GraphQLError {
  const { limit, perHour } = budget;
  const { remaining, resetAt } = standingOf(budget, points);
  const seconds = retryAfterS(budget, points);
  const whose = limit === "pointsPerHour" ? "an address may spend" : "the holder of a credential may spend";
  const wayOut =
    limit === "pointsPerHour" ? ", ask for less, or send a key, for which more is allowed" : ", or ask for less";
  return new GraphQLError(
    `This takes ${number(points)} ${points === 1 ? "point" : "points"}, but ${number(remaining)} are left of the ${number(perHour)} that ${whose} in an hour ` +
      `(service.limits.${limit}). Try again in ${number(seconds)} ${seconds === 1 ? "second" : "seconds"}${wayOut}.`,
    { extensions: { code: "RATE_LIMITED", limit, allowed: perHour, cost: points, remaining, resetAt } },
  );
}

/** The names of rate limits in headers. */
const policies: Readonly<Record<keyof RateLimits, string>> = { pointsPerHour: "anonymous", keyPointsPerHour: "key" };

/** The headers by which clients see what they may still spend, as `draft-ietf-httpapi-ratelimit-headers-10` has them. */
export function rateHeaders(budget: Budget): { readonly ratelimit: string; readonly "ratelimit-policy": string } {
  const policy = policies[budget.limit];
  return {
    ratelimit: `"${policy}";r=${budget.remaining()};t=${Math.ceil(budget.fullInMs() / 1_000)}`,
    "ratelimit-policy": `"${policy}";q=${budget.perHour};w=${HOUR_MS / 1_000}`,
  };
}
