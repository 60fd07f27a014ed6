import { rateError, retryAfterS, type Budget } from "../limits/rates.js";

/** Additional data of a refusal. */
export interface RefusalExtras {
  /** More extensions of the error. */
  readonly details?: Readonly<Record<string, unknown>>;
  readonly headers?: Readonly<Record<string, string | number>>;
}

/** A request that ends without a result: the HTTP status, the code of the error and a sentence for the client. */
export class Refusal extends Error {
  override readonly name = "Refusal";
  readonly details: Readonly<Record<string, unknown>>;
  readonly headers: Readonly<Record<string, string | number>>;

  constructor(
    readonly status: number,
    readonly code: string,
    message: string,
    { details = {}, headers = {} }: RefusalExtras = {},
  ) {
    super(message);
    this.details = details;
    this.headers = headers;
  }

  /** The body that GraphQL clients expect. */
  body(): string {
    return JSON.stringify({ errors: [{ message: this.message, extensions: { code: this.code, ...this.details } }] });
  }
}

/** Seconds after which a client should retry a request that was shed. */
export const RETRY_AFTER_S = 1;

/** The headers of a refusal that a retry may not get. */
export const tryAgain = (seconds: number): Readonly<Record<string, string | number>> => ({
  "retry-after": seconds,
  "cache-control": "no-store",
});

/** A refusal because the service has no capacity left. */
export function overloaded(problem: string, details: RefusalExtras["details"] = {}): Refusal {
  const message = `${problem}. Try again in ${RETRY_AFTER_S} second.`;
  return new Refusal(503, "SERVICE_UNAVAILABLE", message, { details, headers: tryAgain(RETRY_AFTER_S) });
}

/** The refusal of a client that has fewer points left than something costs. */
export function rateLimited(budget: Budget, points: number): Refusal {
  const { message, extensions } = rateError(budget, points);
  const { code, ...details } = extensions;
  return new Refusal(429, String(code), message, { details, headers: tryAgain(retryAfterS(budget, points)) });
}
