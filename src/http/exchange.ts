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
  readonly spend: (points: number) => boolean;
  /** Takes a point where no operation was come to that could be weighed. */
  readonly settle: () => void;
  /** How the budget stands with what was taken; undefined where nothing is counted. */
  readonly rate: () => RateStanding | undefined;
  /** Fires when the client has gone or the time is up; the reason is the error to answer with. Made when first asked for. */
  readonly signal: AbortSignal;
  /** The reason why nothing more is to be done for it, if there is one. */
  readonly over: () => Error | undefined;
  /** Calls back when there is such a reason, at once if there is one; returns a function that ends this. */
  readonly whenOver: (listener: (reason: Error) => void) => () => void;
  /** Lets it be found by the request as Apollo knows it. */
  readonly carry: (http: HTTPGraphQLRequest) => void;
  /** Whether the client hung up before the answer was written. */
  readonly clientGone: () => boolean;
  /** Settles, with the error to answer with, when the operation had its time and a moment to wind up. */
  readonly expired: Promise<GraphQLError>;
  /** Starts the clock; called once the kind of operation is known. */
  readonly limitTime: (limit: TimeLimit, milliseconds: number) => void;
  /** Must be called when the answer is ready, whatever it is. */
  readonly close: () => void;
  /** Its trace, where it is traced. */
  readonly span: Span | undefined;
  /** What the log line and the metrics will say. */
  readonly facts: ExchangeFacts;
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
export function openExchange({ requestId, log, principal, budget, span, response }: Carrier): Exchange {
  let controller: AbortController | undefined;
  let reason: Error | undefined;
  const abort = (error: Error): void => {
    if (reason) return;
    reason = error;
    controller?.abort(reason);
    for (const listener of listeners) listener(reason);
  };
  const listeners = new Set<(reason: Error) => void>();
  const timers: NodeJS.Timeout[] = [];
  let spent: number | undefined;
  let isSettled = false;
  let gone = false;
  let ownLog: Logger | undefined;
  let expire: (error: GraphQLError) => void = () => undefined;
  const expired = new Promise<GraphQLError>((resolve) => {
    expire = resolve;
  });
  const hangUp = (): void => {
    gone = true;
    abort(new GraphQLError("The client went away.", { extensions: { code: "CLIENT_GONE" } }));
  };
  response.once("close", hangUp);

  const exchange: Exchange = {
    requestId,
    principal,
    get log() {
      return (ownLog ??= log());
    },
    budget,
    span,
    spend(points) {
      if (!budget || spent !== undefined) return true;
      isSettled = true;
      if (!budget.take(points)) return false;
      spent = points;
      return true;
    },
    settle() {
      if (!isSettled) budget?.owe(1);
      isSettled = true;
    },
    rate: () => budget && standingOf(budget, spent ?? 0),
    get signal() {
      if (!controller) {
        controller = new AbortController();
        if (reason) controller.abort(reason);
      }
      return controller.signal;
    },
    over: () => reason,
    whenOver(listener) {
      if (reason) listener(reason);
      else listeners.add(listener);
      return () => void listeners.delete(listener);
    },
    carry: (http) => void exchanges.set(http, exchange),
    clientGone: () => gone,
    expired,
    limitTime(limit, milliseconds) {
      timers.push(
        setTimeout(() => {
          const error = timeoutError(limit, milliseconds);
          abort(error);
          timers.push(setTimeout(() => expire(error), WIND_UP_MS));
        }, milliseconds),
      );
    },
    close: () => {
      timers.forEach((timer) => clearTimeout(timer));
      exchange.settle();
      if (span) endSpan(span, exchange.facts);
      response.off("close", hangUp);
    },
    facts: { codes: [] },
  };
  return exchange;
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
