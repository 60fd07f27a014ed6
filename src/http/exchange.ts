import type { HTTPGraphQLRequest } from "@apollo/server";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { FastifyRequest } from "fastify";
import { GraphQLError } from "graphql";
import type { Principal } from "../access/principal.js";
import type { Logger } from "../lib/log.js";
import type { Span } from "../lib/spans.js";
import { standingOf, type Budget, type RateStanding } from "../limits/rates.js";

/** A limit on the time of operations by the name under which the service announces it. */
export type TimeLimit = "queryTimeoutMs" | "mutationTimeoutMs";

/** One GraphQL request on its way through the server: what its plugins, its context and its log line share. */
export interface Exchange {
  readonly requestId: string;
  /** On whose behalf it is answered. */
  readonly principal: Principal;
  readonly log: Logger;
  /** What it draws on; undefined where nothing is counted. */
  readonly budget: Budget | undefined;
  /** Takes the points of its operation, once; false where they are not there. */
  spend(points: number): boolean;
  /** Takes a point where no operation was come to that could be weighed. */
  settle(): void;
  /** How the budget stands with what was taken; undefined where nothing is counted. */
  rate(): RateStanding | undefined;
  /** Fires when the client has gone or the time is up; the reason is the error to answer with. Made when first asked for. */
  readonly signal: AbortSignal;
  /** The reason why nothing more is to be done for it, if there is one. */
  over(): Error | undefined;
  /** Calls back when there is such a reason, at once if there is one; returns a function that ends this. */
  whenOver(listener: (reason: Error) => void): () => void;
  /** Lets it be found by the request as Apollo knows it. */
  carry(http: HTTPGraphQLRequest): void;
  /** Whether the client hung up before the answer was written. */
  clientGone(): boolean;
  /** Settles, with the error to answer with, when the operation had its time and a moment to wind up. */
  readonly expired: Promise<GraphQLError>;
  /** Starts the clock; called once the kind of operation is known. */
  limitTime(limit: TimeLimit, milliseconds: number): void;
  /** Must be called when the answer is ready, whatever it is. */
  close(): void;
  /** Its trace, where it is traced. */
  readonly span: Span | undefined;
  /** What the log line and the metrics will say. */
  readonly facts: ExchangeFacts;
  /** Whether it has a place among the writes. */
  isWrite: boolean;
}

/** What is known of an operation by the time that it is answered. */
export interface ExchangeFacts {
  operation?: string;
  kind?: string;
  /** How it was answered; by the route when left out. */
  way?: "kept" | "quick";
  codes: string[];
}

/** How long an operation whose time is up may take to answer with what it has, in milliseconds. */
const WIND_UP_MS = 250;

const exchanges = new WeakMap<HTTPGraphQLRequest, Exchange>();
const factsOfRequests = new WeakMap<FastifyRequest, Exchange["facts"]>();

/** The exchange that a request inside Apollo belongs to; undefined for operations the service runs for itself. */
export function exchangeOf(http: HTTPGraphQLRequest | undefined): Exchange | undefined {
  return http && exchanges.get(http);
}

/** What is known of the operation of an HTTP request; undefined if it never got that far. */
export function factsOf(request: FastifyRequest): Exchange["facts"] | undefined {
  return factsOfRequests.get(request);
}

/** Notes what the log line of a request will say of its operation. */
export function noteFacts(request: FastifyRequest, facts: ExchangeFacts): void {
  factsOfRequests.set(request, facts);
}

/** An HTTP request that carries an operation, as far as its exchange has to know it. */
export interface Carrier {
  readonly requestId: string;
  /** Makes the log of the request; called when something is logged. */
  readonly log: () => Logger;
  readonly principal: Principal;
  readonly budget: Budget | undefined;
  readonly span?: Span | undefined;
  readonly response: ServerResponse;
}

/** Opens the exchange of an HTTP request that carries an operation. */
export function openExchange(carrier: Carrier): Exchange {
  return new OpenExchange(carrier);
}

/**
 * A class, for an object that is written out with getters of its own gets a shape of its own from V8, which is kept with
 * all that its getters reach until the next full collection of garbage: with thousands a second that is all the memory.
 */
class OpenExchange implements Exchange {
  readonly requestId: string;
  readonly principal: Principal;
  readonly budget: Budget | undefined;
  readonly span: Span | undefined;
  readonly expired: Promise<GraphQLError>;
  readonly facts: ExchangeFacts = { codes: [] };
  isWrite = false;
  readonly #makeLog: () => Logger;
  readonly #response: ServerResponse;
  readonly #listeners = new Set<(reason: Error) => void>();
  readonly #timers: NodeJS.Timeout[] = [];
  #log: Logger | undefined;
  #controller: AbortController | undefined;
  #reason: Error | undefined;
  #spent: number | undefined;
  #isSettled = false;
  #isClientGone = false;
  #expire: (error: GraphQLError) => void = () => undefined;

  constructor({ requestId, log, principal, budget, span, response }: Carrier) {
    this.requestId = requestId;
    this.principal = principal;
    this.budget = budget;
    this.span = span;
    this.#makeLog = log;
    this.#response = response;
    this.expired = new Promise((resolve) => {
      this.#expire = resolve;
    });
    response.once("close", this.#hangUp);
  }

  get log(): Logger {
    return (this.#log ??= this.#makeLog());
  }

  get signal(): AbortSignal {
    if (!this.#controller) {
      this.#controller = new AbortController();
      if (this.#reason) this.#controller.abort(this.#reason);
    }
    return this.#controller.signal;
  }

  spend(points: number): boolean {
    if (!this.budget || this.#spent !== undefined) return true;
    this.#isSettled = true;
    if (!this.budget.take(points)) return false;
    this.#spent = points;
    return true;
  }

  settle(): void {
    if (!this.#isSettled) this.budget?.owe(1);
    this.#isSettled = true;
  }

  rate(): RateStanding | undefined {
    return this.budget && standingOf(this.budget, this.#spent ?? 0);
  }

  over(): Error | undefined {
    return this.#reason;
  }

  whenOver(listener: (reason: Error) => void): () => void {
    if (this.#reason) listener(this.#reason);
    else this.#listeners.add(listener);
    return () => void this.#listeners.delete(listener);
  }

  carry(http: HTTPGraphQLRequest): void {
    exchanges.set(http, this);
  }

  clientGone(): boolean {
    return this.#isClientGone;
  }

  limitTime(limit: TimeLimit, milliseconds: number): void {
    const giveUp = (): void => {
      const error = timeoutError(limit, milliseconds);
      this.#abort(error);
      this.#timers.push(setTimeout(() => this.#expire(error), WIND_UP_MS));
    };
    this.#timers.push(setTimeout(giveUp, milliseconds));
  }

  close(): void {
    this.#timers.forEach((timer) => clearTimeout(timer));
    this.settle();
    if (this.span) endSpan(this.span, this.facts);
    this.#response.off("close", this.#hangUp);
  }

  readonly #hangUp = (): void => {
    this.#isClientGone = true;
    this.#abort(new GraphQLError("The client went away.", { extensions: { code: "CLIENT_GONE" } }));
  };

  #abort(error: Error): void {
    if (this.#reason) return;
    this.#reason = error;
    this.#controller?.abort(error);
    for (const listener of this.#listeners) listener(error);
  }
}

/** A span is called as its operation, as the conventions for GraphQL have it, but never by a text of the client's. */
function endSpan(span: Span, { operation, kind, way, codes }: ExchangeFacts): void {
  if (kind !== undefined) span.rename(operation === undefined ? kind : `${kind} ${operation}`);
  span.describe({ "graphql.operation.name": operation, "graphql.operation.type": kind, "sidelines.way": way ?? "route", "sidelines.error_codes": codes.length > 0 ? codes.join() : undefined });
  span.end(codes.length > 0 ? new Error(codes.join()) : undefined);
}

function timeoutError(limit: TimeLimit, milliseconds: number): GraphQLError {
  return new GraphQLError(
    `The operation was given up after ${milliseconds / 1000} seconds, the most that it may take (service.limits.${limit}). ` +
      "Ask for less: fewer levels, smaller pages, a narrower filter.",
    { extensions: { code: "TIMEOUT", limit, allowed: milliseconds } },
  );
}

/** What a request that began outside the route takes along to it. */
export interface HandedOver {
  readonly requestId: string;
  /** The whole body, which has been read already. */
  readonly body: Buffer;
  /** What was begun and failed: the route finishes it, with the context that keeps the reason, and leaves the gate. */
  readonly begun?: { readonly exchange: Exchange; readonly context: Promise<unknown> | undefined };
}

const handedOver = new WeakMap<IncomingMessage, HandedOver>();

/** Leaves a request to the route with what has been done for it. */
export function handOver(request: IncomingMessage, done: HandedOver): void {
  handedOver.set(request, done);
}

/** What has been done for a request before the route got it; undefined where it has it from the start. */
export function takeOver(request: IncomingMessage): HandedOver | undefined {
  return handedOver.get(request);
}
