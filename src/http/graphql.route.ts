import type { OutgoingHttpHeaders } from "node:http";
import { Readable } from "node:stream";
import { HeaderMap, type ApolloServer, type BaseContext, type HTTPGraphQLRequest, type HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyError, FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { GraphQLError } from "graphql";
import type { Authenticate } from "../access/authenticate.js";
import type { Principal } from "../access/principal.js";
import { isLasting, tagOf, type AnswersCache, type KeptAnswer } from "./answers.cache.js";
import { announceBudget, tellBudget, type Clients } from "./clients.js";
import { CredentialRefusal, identifyRequests, principalOf } from "./credentials.js";
import { createErrorFormatter } from "./errors.mask.js";
import { STREAM_TYPE, wishForStream, type StreamWish } from "./stream.plugin.js";
import type { Slots } from "./slots.js";
import { writeStream, type StreamStep, type StreamTimes } from "./stream.write.js";
import { noteFacts, openExchange, takeOver, type Exchange } from "./exchange.js";
import { COST_HEADER } from "./limits.plugin.js";
import { RETRY_AFTER_S, type LoadGate, type TurnedAway } from "./load.gate.js";
import type { QuickAnswers } from "./known.queries.js";
import { acceptsStream, chooseAnswerType, parseContentType, prefersPage, type AnswerType } from "./media.types.js";
import { statusOf, type StatusProfile } from "./status.plugin.js";
import { NO_POSITION, POSITION_HEADER, positionIn, type Positions } from "./position.js";
import type { Logger } from "../lib/log.js";
import type { Span } from "../lib/spans.js";
import { KEPT_POINTS, rateError, rateHeaders, retryAfterS, type Budget, type RateStanding } from "../limits/rates.js";

/** What the server tells the context of an operation about the request that carries it. */
export interface RequestFacts {
  readonly requestId: string;
  /** The position of the record that the answer has to hold at least, where the client has said one. */
  readonly position?: number | undefined;
  /** Fires when nobody waits for the answer any more or its time is up; the reason is the error to fail with. */
  readonly signal: AbortSignal;
  /** The reason for which the signal has fired; asking costs less than the signal. */
  over?(): Error | undefined;
  /** Calls back when the signal fires, where that can be told without it; returns a function that ends this. */
  whenOver?(listener: (reason: Error) => void): () => void;
  /** On whose behalf the operation is carried out. */
  readonly principal: Principal;
  /** What whoever asks may still spend; undefined, or left out, where it is not counted. */
  readonly rate?: (() => RateStanding | undefined) | undefined;
  /** The name of the operation, once it is known. */
  operation?(): string | undefined;
  /** Its trace, where it is traced. */
  readonly span?: Span | undefined;
  readonly log: Logger;
  /** As the client gave it; not yet checked. */
  readonly operationName?: string | undefined;
  /** The event of a stream that the client has seen last, as its header says; not yet checked. */
  readonly lastEventId?: string | undefined;
}

export interface GraphQLRoute<C extends BaseContext> {
  readonly apollo: ApolloServer<C>;
  readonly createContext: (facts: RequestFacts) => C | Promise<C>;
  readonly maxBodyBytes: number;
  readonly statusProfile: StatusProfile;
  /** Where answers are kept until the record changes; none are without it. */
  readonly cache?: AnswersCache | undefined;
  /** How far the record has got; clients can say nothing of it without. */
  readonly positions?: Positions | undefined;
  /** Answers what it can without Apollo. */
  readonly quick?: QuickAnswers<C> | undefined;
  /** Whose credentials are accepted; nobody's without it. */
  readonly authenticate?: Authenticate | undefined;
  /** Whether more is taken on. */
  readonly gate: LoadGate;
  /** Tells clients apart, and what each may spend. */
  readonly clients: Pick<Clients, "clientOf" | "keyOf">;
  /** Begins the trace of an operation, where operations are traced. */
  readonly trace: ((headers: FastifyRequest["headers"]) => Span) | undefined;
  /** Event streams for subscriptions. */
  readonly streams: Streams;
  /** Whether a browser that comes by its address bar has somewhere to be sent. */
  readonly hasPlayground: boolean;
}

/** What the route needs for event streams. */
export interface Streams {
  readonly slots: Slots;
  readonly times: StreamTimes;
  /** Fires when the service stops. */
  readonly stop: AbortSignal;
}

/** Where GraphQL is served. */
export const GRAPHQL_PATH = "/graphql";
const ALLOWED_METHODS = "GET, POST, OPTIONS";

/** A refusal before GraphQL: HTTP status, code and a sentence for the client. */
interface Refusal {
  readonly status: number;
  readonly code: string;
  readonly message: string;
  /** What else the error says of itself. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/**
 * GraphQL over HTTP at /graphql. Bodies are JSON in UTF-8 and nothing else. Written against Apollo's own HTTP entry
 * rather than an integration package, so that requests are refused before they are executed and a malformed Host header
 * cannot break the address.
 */
export async function graphqlRoute<C extends BaseContext>(app: FastifyInstance, options: GraphQLRoute<C>): Promise<void> {
  readJsonOnly(app, options.maxBodyBytes);
  app.addHook("onRequest", async (_request, reply) => {
    const overload = options.gate.overload();
    if (overload) return turnAway(reply, overload);
  });
  identifyRequests(app, options.authenticate);
  app.addHook("onSend", tellBudget);
  app.setErrorHandler((error: FastifyError, request, reply) => refuse(reply, refusalOf(error, request, options.maxBodyBytes)));

  const answer = createAnswerer(options);
  const stream = createStreamer(options);
  app.route({ method: ["GET", "POST"], url: GRAPHQL_PATH, exposeHeadRoute: false, bodyLimit: options.maxBodyBytes, handler: (request, reply) => (acceptsStream(request.headers.accept) ? stream : answer)(request, reply) });
}

/** Answers a request at /graphql with a method that is not served there. */
export function refuseMethod(reply: FastifyReply): FastifyReply {
  void reply.header("allow", ALLOWED_METHODS);
  return refuse(reply, { status: 405, code: "BAD_REQUEST", message: "GraphQL is served to GET and POST only." });
}

function createAnswerer<C extends BaseContext>({ apollo, createContext, statusProfile, hasPlayground, cache, positions, quick, gate, clients, trace }: GraphQLRoute<C>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const accept = request.headers.accept;
    if (hasPlayground && request.method === "GET" && prefersPage(accept)) return reply.redirect(`/playground${searchOf(request.url)}`, 303);
    const answerType = chooseAnswerType(accept);
    const refusal = answerType === null ? NOT_ACCEPTABLE : refusalOfBody(request);
    if (answerType === null || refusal) return refuse(reply, refusal ?? NOT_ACCEPTABLE);
    const named = positionIn(request.headers[POSITION_HEADER]);
    if (named === "unreadable") return refuse(reply, { status: 400, code: "BAD_REQUEST", message: NO_POSITION });
    const position = named === undefined ? undefined : await positions?.reach(named);
    const tellPosition = (): void => {
      if (positions) void reply.header(POSITION_HEADER, positions.latest());
    };
    // What is read from here on holds this, and perhaps more.
    tellPosition();

    const asked = cache && requestKey(request, answerType);
    const kept = asked && (cache.version() ?? 0) >= (position ?? 0) ? cache.find(asked) : undefined;
    const begun = takeOver(request.raw)?.begun;
    const principal = principalOf(request);
    const client = clients.clientOf(request.raw, principal);
    const budget = begun ? begun.exchange.budget : client?.budget;
    announceBudget(reply, budget);
    if (kept && (!budget || budget.take(KEPT_POINTS))) {
      noteFacts(request, { way: "kept", kind: "query", ...(kept.operation !== undefined && { operation: kept.operation }), codes: [] });
      return sendKept(request, reply, kept);
    }
    if (kept && budget) return refuseSpender(reply, budget);
    // Who has nothing left is not even read.
    if (budget && !begun && budget.remaining() < 1) return refuseSpender(reply, budget);
    // What is kept needs no room, and what was begun has its own.
    const full = begun ? undefined : gate.enter(client?.name);
    if (full) return turnAway(reply, full);

    const version = cache?.version();
    const exchange = begun?.exchange ?? openExchange({ requestId: request.id, log: () => request.log as Logger, principal, budget, span: trace?.(request.headers), response: reply.raw });
    noteFacts(request, exchange.facts);
    const isShared = request.headers.authorization === undefined;
    const keep = (body: string, contentType: string): FastifyReply => {
      const answer = { body, contentType, etag: isShared && request.method === "GET" ? tagOf(body) : undefined, operation: exchange.facts.operation };
      if (asked && version !== undefined) cache.keep(asked, answer, version);
      return sendKept(request, reply, answer);
    };
    try {
      const operationName = operationNameOf(request);
      let created = begun?.context as Promise<C> | undefined;
      // One context for a request, whoever answers it: it keeps what has failed already.
      const context = (): Promise<C> => (created ??= Promise.resolve(createContext(factsOfExchange(exchange, { operationName, position }))));
      const isQuick = !begun && isShared && request.method === "POST" && request.headers[COST_HEADER] === undefined;
      const known = isQuick ? quick?.find(request.body) : undefined;
      const isPaid = known && exchange.spend(known.amount.cost);
      const answered = isPaid ? await Promise.race([quick?.answer(known, exchange, context), exchange.expired]) : undefined;
      if (typeof answered === "string") return keep(answered, `${answerType}; charset=utf-8`);
      const http = toGraphQLRequest(request, answerType);
      exchange.carry(http);
      const first = answered ?? (await Promise.race([apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: http, context }), exchange.expired]));
      exchange.settle();
      if (!("headers" in first)) return sendExpired(reply, first, exchange, statusOf("TIMEOUT", statusProfile, answerType), answerType);
      // What was written is held by what is the latest now.
      if (exchange.facts.kind === "mutation") tellPosition();
      if (first.body.kind !== "complete" || !isLasting(http)) return send(reply, first);
      return keep(first.body.string, first.headers.get("content-type") ?? `${answerType}; charset=utf-8`);
    } finally {
      exchange.close();
      gate.leave(client?.name, exchange.isWrite);
    }
  };
}

/**
 * Answers requests that take an event stream. Whatever is wrong with them is answered by Apollo, and so are queries and
 * mutations of those that take data as well; nothing is kept.
 */
function createStreamer<C extends BaseContext>({ apollo, createContext, gate, clients, streams }: GraphQLRoute<C>) {
  return async (request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> => {
    const answerType = chooseAnswerType(request.headers.accept);
    const refusal = refusalOfBody(request);
    if (refusal) return refuse(reply, refusal);
    const principal = principalOf(request);
    const client = clients.clientOf(request.raw, principal);
    const budget = client?.budget;
    announceBudget(reply, budget);
    if (budget && budget.remaining() < 1) return refuseSpender(reply, budget);
    const full = gate.enter(client?.name);
    if (full) return turnAway(reply, full);
    const exchange = openExchange({ requestId: request.id, log: () => request.log as Logger, principal, budget, response: reply.raw });
    noteFacts(request, exchange.facts);
    let leave: (() => void) | undefined;
    const wish: StreamWish = {
      isOnly: answerType === null,
      take() {
        const taken = streams.slots.take(clients.keyOf(request.raw, principal));
        if (typeof taken !== "function") return taken;
        leave = taken;
        return undefined;
      },
    };
    try {
      const http = toStreamRequest(request, answerType);
      exchange.carry(http);
      wishForStream(http, wish);
      const context = async (): Promise<C> => createContext(factsOfExchange(exchange, { operationName: operationNameOf(request), lastEventId: lastEventIdOf(request) }));
      const answered = Promise.race([apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: http, context }), exchange.expired]);
      const first = await answered.finally(() => gate.leave(client?.name, exchange.isWrite));
      exchange.settle();
      if (!("headers" in first)) return sendExpired(reply, first, exchange, statusOf("TIMEOUT", "true-status", answerType ?? undefined), answerType ?? TRUE_STATUS_TYPE);
      if (!wish.opened) return send(reply, first);
      void reply.hijack();
      // No hook runs for an answer that is taken over.
      reply.raw.writeHead(200, { ...(reply.getHeaders() as OutgoingHttpHeaders), ...(budget && rateHeaders(budget)), ...STREAM_HEADERS });
      const describe = createErrorFormatter(exchange.log);
      const ending = await writeStream(paidByStep(wish.opened, budget), { response: reply.raw, times: streams.times, stop: streams.stop, describe: (error) => describe({ message: "" }, error) });
      // The framework no longer looks after an answer that was taken over.
      exchange.log.info({ route: GRAPHQL_PATH, operation: exchange.facts.operation, ending, durationMs: Math.round(reply.elapsedTime) }, "stream ended");
      return reply;
    } finally {
      exchange.close();
      leave?.();
    }
  };
}

/** Has each event of a stream take a point; who runs out of them goes on hearing, and owes them. */
function paidByStep(steps: AsyncIterator<StreamStep, void, void>, budget: Budget | undefined): AsyncIterator<StreamStep, void, void> {
  if (!budget) return steps;
  return {
    async next() {
      const step = await steps.next();
      if (!step.done && step.value.result !== undefined) budget.owe(KEPT_POINTS);
      return step;
    },
    return: async () => (await steps.return?.()) ?? { done: true, value: undefined },
  };
}

/** Clients of streams take this status for what it says. */
const TRUE_STATUS_TYPE = "application/graphql-response+json";

/** No proxy shall gather, change or keep what is told. */
const STREAM_HEADERS = {
  "content-type": `${STREAM_TYPE}; charset=utf-8`,
  "cache-control": "no-store, no-transform",
  connection: "keep-alive",
  "x-accel-buffering": "no",
} as const;

/**
 * The request as Apollo takes it. One that accepts nothing but a stream may subscribe by GET, as browsers' `EventSource`
 * does; Apollo itself takes queries alone by GET.
 */
function toStreamRequest(request: FastifyRequest, answerType: AnswerType | null): HTTPGraphQLRequest {
  const http = toGraphQLRequest(request, answerType ?? TRUE_STATUS_TYPE);
  if (request.method !== "GET" || answerType !== null) return http;
  http.headers.set("content-type", "application/json");
  return { ...http, method: "POST", search: "", body: bodyOfSearch(new URLSearchParams(searchOf(request.url))) };
}

/** The body that says what a query string says. */
function bodyOfSearch(search: URLSearchParams): Record<string, unknown> {
  return Object.fromEntries(
    [...search].map(([name, value]) => {
      if (name !== "variables" && name !== "extensions") return [name, value];
      try {
        return [name, JSON.parse(value) as unknown];
      } catch {
        throw new BodyFault(400, `The parameter "${name}" has to be JSON.`);
      }
    }),
  );
}

function lastEventIdOf({ headers }: FastifyRequest): string | undefined {
  const given = headers["last-event-id"];
  const id = Array.isArray(given) ? given.join() : given;
  return id === "" ? undefined : id;
}

/** What is known of a request besides its exchange. */
type RequestDetails = Pick<RequestFacts, "operationName" | "position" | "lastEventId">;

/** What a context has to know of the exchange it is made for. */
export function factsOfExchange(exchange: Exchange, details: RequestDetails = {}): RequestFacts {
  return new FactsOfExchange(exchange, details);
}

/** A class for the reason that an exchange is one; the signal and the log of a request are made when they are asked for. */
class FactsOfExchange implements RequestFacts {
  readonly requestId: string;
  readonly principal: Principal;
  readonly span: Span | undefined;
  readonly rate: RequestFacts["rate"];
  readonly operationName: string | undefined;
  readonly position: number | undefined;
  readonly lastEventId: string | undefined;
  readonly #exchange: Exchange;

  constructor(exchange: Exchange, { operationName, position, lastEventId }: RequestDetails) {
    this.#exchange = exchange;
    this.requestId = exchange.requestId;
    this.principal = exchange.principal;
    this.span = exchange.span;
    this.rate = exchange.budget && (() => exchange.rate());
    this.operationName = operationName;
    this.position = position;
    this.lastEventId = lastEventId;
  }

  get signal(): AbortSignal {
    return this.#exchange.signal;
  }

  get log(): Logger {
    return this.#exchange.log;
  }

  over(): Error | undefined {
    return this.#exchange.over();
  }

  whenOver(listener: (reason: Error) => void): () => void {
    return this.#exchange.whenOver(listener);
  }

  operation(): string | undefined {
    return this.#exchange.facts.operation;
  }
}

/** Raw bodies by request, for telling equal requests; parsed ones would have to be written again. */
const rawBodies = new WeakMap<FastifyRequest, string>();

/** What makes two requests ask for the same answer; undefined where the answer may depend on who asks. */
function requestKey(request: FastifyRequest, answerType: AnswerType): string | undefined {
  if (request.headers.authorization !== undefined || request.headers[COST_HEADER] !== undefined) return undefined;
  if (request.method === "POST") return `${answerType} POST ${rawBodies.get(request) ?? ""}`;
  return `${answerType} GET ${searchOf(request.url)}`;
}

/** Sends an answer that holds until the record changes. What has a tag may be stored by whoever asks first whether it still does. */
function sendKept(request: FastifyRequest, reply: FastifyReply, { body, contentType, etag }: KeptAnswer): FastifyReply {
  void reply.type(contentType);
  if (etag === undefined) return reply.header("cache-control", "no-store").send(body);
  void reply.header("etag", etag).header("cache-control", "public, no-cache").header("vary", "Accept, Authorization");
  return isKnown(request.headers["if-none-match"], etag) ? reply.code(304).send() : reply.send(body);
}

function isKnown(header: string | undefined, etag: string): boolean {
  return header !== undefined && header.split(",").some((tag) => tag.trim() === etag || tag.trim() === "*");
}

function send(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): FastifyReply {
  for (const [name, value] of headers) void reply.header(name, value);
  void reply.code(status ?? 200);
  if (body.kind === "complete") return reply.send(body.string);
  throw new Error("An answer in several parts was made, but incremental delivery is not served.");
}

function sendExpired(reply: FastifyReply, error: GraphQLError, exchange: Exchange, status: number, type: AnswerType): FastifyReply {
  exchange.facts.codes.push("TIMEOUT");
  return reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message: error.message, extensions: error.extensions }] }));
}

/** The request as Apollo takes it. The answer's form is settled already and given as the only one accepted. */
function toGraphQLRequest(request: FastifyRequest, answerType: AnswerType): HTTPGraphQLRequest {
  const headers = new HeaderMap();
  for (const [name, value] of Object.entries(request.headers)) {
    if (value) headers.set(name, Array.isArray(value) ? value.join(", ") : value);
  }
  headers.set("accept", answerType);
  return { method: request.method, headers, search: searchOf(request.url), body: request.body };
}

function searchOf(url: string): string {
  const mark = url.indexOf("?");
  return mark < 0 ? "" : url.slice(mark);
}

function operationNameOf({ body, url }: FastifyRequest): string | undefined {
  const given: unknown = typeof body === "object" && body !== null ? (body as Record<string, unknown>)["operationName"] : new URLSearchParams(searchOf(url)).get("operationName");
  return typeof given === "string" ? given : undefined;
}

const NOT_ACCEPTABLE: Refusal = {
  status: 406,
  code: "BAD_REQUEST",
  message: "Answers come as application/json or application/graphql-response+json; the Accept header takes neither.",
};

/** Checks what Fastify does not look at when there is no body or no content type. */
function refusalOfBody({ method, headers }: FastifyRequest): Refusal | null {
  if (method !== "POST") return null;
  return parseContentType(headers["content-type"])?.essence === "application/json" ? null : UNSUPPORTED_BODY;
}

const UNSUPPORTED_BODY: Refusal = {
  status: 415,
  code: "BAD_REQUEST",
  message: "Send the operation as JSON in UTF-8, with the header content-type: application/json.",
};

/** Bodies: `application/json`, UTF-8, not compressed. Keys that reach into prototypes are refused. */
function readJsonOnly(app: FastifyInstance, bodyLimit: number): void {
  app.removeAllContentTypeParsers();
  const parseJson = app.getDefaultJsonParser("error", "error");
  const decoder = new TextDecoder("utf-8", { fatal: true });
  app.addHook("onRequest", async (request) => {
    const encoding = request.headers["content-encoding"];
    if (encoding !== undefined && encoding !== "identity") throw new BodyFault(415, "Send the body uncompressed.");
  });
  app.addHook("preParsing", (request, _reply, payload, done) => {
    const read = takeOver(request.raw);
    done(null, read ? Readable.from([read.body], { objectMode: false }) : payload);
  });
  app.addContentTypeParser("application/json", { parseAs: "buffer", bodyLimit }, (request, body: Buffer, done) => {
    const charset = parseContentType(request.headers["content-type"])?.charset;
    if (charset !== undefined && charset !== "utf-8" && charset !== "utf8") return done(new BodyFault(415, UNSUPPORTED_BODY.message));
    let text: string;
    try {
      text = decoder.decode(body);
    } catch {
      return done(new BodyFault(400, "The body is not valid UTF-8."));
    }
    void parseJson(request, text, (error, value) => {
      if (!error) {
        rawBodies.set(request, text);
        return done(null, value);
      }
      done(new BodyFault(400, text.trim() === "" ? "The body is empty; send a JSON object with a query." : `The body is not acceptable JSON: ${error.message}`));
    });
  });
}

class BodyFault extends Error {
  constructor(
    readonly statusCode: number,
    message: string,
  ) {
    super(message);
  }
}

function refusalOf(error: FastifyError | BodyFault | CredentialRefusal, request: FastifyRequest, maxBodyBytes: number): Refusal {
  if (error instanceof CredentialRefusal) return { status: error.statusCode, code: error.publicCode, message: error.message };
  if (error instanceof BodyFault) return { status: error.statusCode, code: "BAD_REQUEST", message: error.message };
  if (error.code === "FST_ERR_CTP_BODY_TOO_LARGE") {
    const message = `The body is larger than ${maxBodyBytes} bytes, the most that is read (service.limits.maxBodyBytes).`;
    return { status: 413, code: "LIMIT_EXCEEDED", message, details: { limit: "maxBodyBytes", allowed: maxBodyBytes } };
  }
  if (error.statusCode === 415) return UNSUPPORTED_BODY;
  if (error.statusCode !== undefined && error.statusCode >= 400 && error.statusCode < 500) {
    return { status: error.statusCode, code: "BAD_REQUEST", message: error.message };
  }
  const formatted = createErrorFormatter(request.log as Logger)({ message: "" }, error);
  return { status: 500, code: String(formatted.extensions?.["code"]), message: formatted.message };
}

/** Refuses whoever has not even a point left, and says when to come back. */
function refuseSpender(reply: FastifyReply, budget: Budget): FastifyReply {
  const { message, extensions } = rateError(budget, KEPT_POINTS);
  const { code, ...details } = extensions;
  void reply.header("retry-after", retryAfterS(budget, KEPT_POINTS)).header("cache-control", "no-store");
  return refuse(reply, { status: 429, code: String(code), message, details });
}

/** Refuses for want of capacity and says when to come back. */
function turnAway(reply: FastifyReply, away: TurnedAway): FastifyReply {
  void reply.header("retry-after", RETRY_AFTER_S).header("cache-control", "no-store");
  return refuse(reply, away);
}

function refuse(reply: FastifyReply, { status, code, message, details }: Refusal): FastifyReply {
  const type = chooseAnswerType(reply.request.headers.accept) ?? "application/json";
  return reply
    .code(status)
    .type(`${type}; charset=utf-8`)
    .send(JSON.stringify({ errors: [{ message, extensions: { code, ...details } }] }));
}
