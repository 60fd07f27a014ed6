import type { HTTPGraphQLRequest } from "@apollo/server";
import type { ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { Principal } from "../../access/principal.js";
import type { Logger } from "../../lib/log.js";
import type { Span } from "../../lib/spans.js";
import { standingOf, type Budget, type RateStanding } from "../../limits/rates.js";

/** A limit on the time of operations by the name under which the service announces it. */
export type TimeLimit = "queryTimeoutMs" | "mutationTimeoutMs";

/** Log fields and metric labels of an operation. */
export interface LogFields {
  operation?: string;
  kind?: string;
  /** The source of the response; the executor when left out. */
  source?: "cache" | "fast path";
  codes: string[];
}

/** The HTTP request that carries an operation, as far as its context has to know it. */
export interface ContextOptions {
  readonly requestId: string;
  /** Makes the log of the request; called when something is logged. */
  readonly log: () => Logger;
  readonly principal: Principal;
  readonly budget: Budget | undefined;
  readonly span?: Span | undefined;
  readonly response: ServerResponse;
}

/** Milliseconds that an operation may take to return what it has once its time is up. */
const WIND_UP_MS = 250;

const contexts = new WeakMap<HTTPGraphQLRequest, RequestContext>();
const fieldsOfRequests = new WeakMap<FastifyRequest, LogFields>();

/** The context of a request inside Apollo; undefined for operations that the service runs for itself. */
export function contextOf(http: HTTPGraphQLRequest | undefined): RequestContext | undefined {
  return http && contexts.get(http);
}

/** The log fields of an HTTP request; undefined if it came to no operation. */
export function logFieldsOf(request: FastifyRequest): LogFields | undefined {
  return fieldsOfRequests.get(request);
}

export function setLogFields(request: FastifyRequest, fields: LogFields): void {
  fieldsOfRequests.set(request, fields);
}

/**
 * One GraphQL operation on its way through the server: what its plugins, its resolvers and its log line share. It
 * charges for the operation, limits its time, and is canceled when the client disconnects.
 *
 * A class, because V8 gives an object literal with getters a shape of its own, which is kept with all that its getters
 * reach until the next full garbage collection: with thousands a second that is all the memory.
 */
export class RequestContext {
  readonly requestId: string;
  readonly principal: Principal;
  /** Undefined if points are not counted. */
  readonly budget: Budget | undefined;
  /** Undefined if the operation is not traced. */
  readonly span: Span | undefined;
  /** Resolves with the error to answer with when the operation had its time and a moment to wind up. */
  readonly expired: Promise<GraphQLError>;
  readonly logFields: LogFields = { codes: [] };
  /** Whether the concurrency limiter counts it as a write. */
  isWrite = false;
  readonly #makeLog: () => Logger;
  readonly #response: ServerResponse;
  readonly #listeners = new Set<(reason: Error) => void>();
  readonly #timers: NodeJS.Timeout[] = [];
  #log: Logger | undefined;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #charged: number | undefined;
  #isSettled = false;
  #isClientGone = false;
  #expire: (error: GraphQLError) => void = () => undefined;

  constructor({ requestId, log, principal, budget, span, response }: ContextOptions) {
    this.requestId = requestId;
    this.principal = principal;
    this.budget = budget;
    this.span = span;
    this.#makeLog = log;
    this.#response = response;
    this.expired = new Promise((resolve) => {
      this.#expire = resolve;
    });
    response.once("close", this.#onClose);
  }

  get log(): Logger {
    return (this.#log ??= this.#makeLog());
  }

  /** Fires when the client has disconnected or the time is up; its reason is the error to answer with. */
  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  /** Charges the points of the operation, once; false if they are not there. */
  charge(points: number): boolean {
    if (!this.budget || this.#charged !== undefined) return true;
    this.#isSettled = true;
    if (!this.budget.take(points)) return false;
    this.#charged = points;
    return true;
  }

  /** Charges one point if the request came to no operation whose cost is known. */
  settle(): void {
    if (!this.#isSettled) this.budget?.owe(1);
    this.#isSettled = true;
  }

  /** The rate limit of the client after the charge; undefined if points are not counted. */
  rate(): RateStanding | undefined {
    return this.budget && standingOf(this.budget, this.#charged ?? 0);
  }

  /** The reason for which the operation is canceled. */
  over(): Error | undefined {
    return this.#reason;
  }

  /** Calls back on cancellation, at once if it has happened; returns a function that ends this. */
  whenOver(listener: (reason: Error) => void): () => void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  /** Lets plugins find the context by the request as Apollo has it. */
  attachTo(http: HTTPGraphQLRequest): void {
    contexts.set(http, this);
  }

  /** Whether the client disconnected before the response was written. */
  clientGone(): boolean {
    return this.#isClientGone;
  }

  /** Starts the clock; called once the kind of operation is known. */
  limitTime(limit: TimeLimit, milliseconds: number): void {
    const cancel = (): void => {
      const error = timeoutError(limit, milliseconds);
      this.#cancel(error);
      this.#timers.push(setTimeout(() => this.#expire(error), WIND_UP_MS));
    };
    this.#timers.push(setTimeout(cancel, milliseconds));
  }

  /** Must be called when the response is ready, whatever it is. */
  close(): void {
    for (const timer of this.#timers) clearTimeout(timer);
    this.settle();
    if (this.span) endSpan(this.span, this.logFields);
    this.#response.off("close", this.#onClose);
  }

  readonly #onClose = (): void => {
    this.#isClientGone = true;
    this.#cancel(new GraphQLError("The client went away.", { extensions: { code: "CLIENT_GONE" } }));
  };

  #cancel(error: Error): void {
    if (this.#reason) return;
    this.#reason = error;
    this.#controller?.abort(error);
    for (const listener of this.#listeners) listener(error);
  }
}

/** The label of a source in metrics and traces. */
export const sourceLabel = ({ source }: Pick<LogFields, "source">): "cache" | "fast_path" | "executor" =>
  source === undefined ? "executor" : source === "fast path" ? "fast_path" : source;

/** A span has the name of its operation, as the conventions for GraphQL say, but never a text of the client. */
function endSpan(span: Span, fields: LogFields): void {
  const { operation, kind, codes } = fields;
  if (kind !== undefined) span.rename(operation === undefined ? kind : `${kind} ${operation}`);
  span.describe({
    "graphql.operation.name": operation,
    "graphql.operation.type": kind,
    "sidelines.source": sourceLabel(fields),
    "sidelines.error_codes": codes.length > 0 ? codes.join() : undefined,
  });
  span.end(codes.length > 0 ? new Error(codes.join()) : undefined);
}

function timeoutError(limit: TimeLimit, milliseconds: number): GraphQLError {
  return new GraphQLError(
    `The operation was given up after ${milliseconds / 1000} seconds, the most that it may take ` +
      `(service.limits.${limit}). Ask for less: fewer levels, smaller pages, a narrower filter.`,
    { extensions: { code: "TIMEOUT", limit, allowed: milliseconds } },
  );
}
