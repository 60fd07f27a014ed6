import type { OutgoingHttpHeaders } from "node:http";
import type { ApolloServer, BaseContext, HTTPGraphQLResponse } from "@apollo/server";
import type { FastifyError, FastifyInstance, FastifyReply } from "fastify";
import type { GraphQLError } from "graphql";
import type { Authenticate } from "../../access/authenticate.js";
import type { Sessions } from "../../access/sessions.js";
import { KEPT_POINTS, rateHeaders, type Budget } from "../../limits/rates.js";
import { authenticateStage } from "../authenticate/authenticate.js";
import { cacheStage } from "../cache/cache.js";
import { hasTag, weakTag } from "../cache/etags.js";
import { isCacheable, type CachedResponse, type ResponseCache } from "../cache/response.cache.js";
import { admit, executeRaw, leave, store, type Admission, type RawExecution } from "../execute/execute.js";
import { factsOf, type RequestFacts } from "../execute/operation.facts.js";
import { setLogFields, type LogFields, type RequestContext } from "../execute/request.context.js";
import { requestStream, type StreamRequest } from "../execute/stream.plugin.js";
import type { Clients } from "../limit/clients.js";
import { limitStage } from "../limit/limit.js";
import type { Slots } from "../limit/slots.js";
import {
  bodyRefusal,
  GraphQLRequest,
  lastEventIdOf,
  operationNameOf,
  parseStage,
  readJsonBodies,
  searchOf,
  toApolloRequest,
} from "../parse/graphql.request.js";
import { chooseAnswerType, prefersPage } from "../parse/media.types.js";
import { POSITION_HEADER, type Positions } from "../parse/position.js";
import { createPipeline, type Stage } from "../pipeline.js";
import { Refusal } from "../refusal.js";
import { createErrorFormatter } from "../respond/errors.mask.js";
import { statusOf, type StatusProfile } from "../respond/status.plugin.js";
import { STREAM_TYPE, writeStream, type StreamStep, type StreamTimes } from "../respond/stream.write.js";

export interface GraphQLRoute<C extends BaseContext> extends Admission {
  readonly apollo: ApolloServer<C>;
  readonly createContext: (facts: RequestFacts) => C | Promise<C>;
  readonly maxBodyBytes: number;
  readonly statusProfile: StatusProfile;
  /** Nothing is cached without it. */
  readonly cache?: ResponseCache | undefined;
  /** Clients can name no position without them. */
  readonly positions?: Positions | undefined;
  /** Every operation goes through Apollo without it. */
  readonly raw?: RawExecution<C> | undefined;
  /** No credential is accepted without it. */
  readonly authenticate?: Authenticate | undefined;
  /** No session of the desk is accepted without it. */
  readonly sessions?: Sessions | undefined;
  readonly clients: Pick<Clients, "clientOf" | "keyOf">;
  /** Event streams for subscriptions. */
  readonly streams: Streams;
  /** Whether a browser's address bar is redirected to the playground. */
  readonly hasPlayground: boolean;
}

/** Options for event streams. */
export interface Streams {
  readonly slots: Slots;
  readonly times: StreamTimes;
  /** Fires when the service stops. */
  readonly stop: AbortSignal;
}

/** The address of the GraphQL endpoint. */
export const GRAPHQL_PATH = "/graphql";
const ALLOWED_METHODS = "GET, POST, OPTIONS";

/** The results of a GraphQL request: a cacheable response, one of Apollo's, or an open event stream. */
type Result = CachedResponse | { readonly apollo: HTTPGraphQLResponse } | { readonly steps: Steps };
type Steps = AsyncIterator<StreamStep, void, void>;

/**
 * GraphQL over HTTP at /graphql. It uses Apollo's own HTTP entry rather than an integration package, so that requests
 * are refused before they are executed and a malformed Host header cannot break the address.
 */
export async function graphqlRoute<C extends BaseContext>(
  app: FastifyInstance,
  options: GraphQLRoute<C>,
): Promise<void> {
  const { hasPlayground, maxBodyBytes, raw, clients, limiter } = options;
  readJsonBodies(app, maxBodyBytes);
  const limit = limitStage({ clients, limiter });
  const lookUp = cacheStage<Result>(options);
  const handle = createPipeline<GraphQLRequest<C>, Result, FastifyReply>("graphql", {
    parse: parseStage(app),
    authenticate: authenticateStage(options.authenticate, options.sessions),
    limit: (request) => (resume(request) ? undefined : limit(request)),
    cache: (request) => (request.context ? undefined : lookUp(request)),
    plan(request) {
      const isPlain = request.isShared && request.raw.method === "POST" && !request.context;
      request.prepared = isPlain ? raw?.find(request.body) : undefined;
      return undefined;
    },
    execute: executeStage(options),
    respond: respondWith(options),
    refusalOf,
    release(request) {
      leave(request, options);
      request.releaseSlot?.();
    },
  });
  app.setErrorHandler((error: FastifyError, { log }, reply) =>
    refuse(reply, bodyRefusal(error, maxBodyBytes) ?? refusalOf(error, { log } as Pick<GraphQLRequest<C>, "log">)),
  );
  app.route({
    method: ["GET", "POST"],
    url: GRAPHQL_PATH,
    exposeHeadRoute: false,
    bodyLimit: maxBodyBytes,
    handler: (request, reply) => {
      const isPage = hasPlayground && request.method === "GET" && prefersPage(request.headers.accept);
      if (isPage) return reply.redirect(`/playground${searchOf(request.url)}`, 303);
      return handle(new GraphQLRequest<C>(request, reply));
    },
  });
}

/** Refuses a method that is not served at /graphql. */
export function refuseMethod(reply: FastifyReply): FastifyReply {
  const headers = { allow: ALLOWED_METHODS };
  return refuse(reply, new Refusal(405, "BAD_REQUEST", "GraphQL is served to GET and POST only.", { headers }));
}

/** Takes over what the fast path began: an operation that was admitted and charged. */
function resume<C>(request: GraphQLRequest<C>): boolean {
  const begun = request.resumed?.begun;
  if (!begun) return false;
  Object.assign(request, begun);
  return true;
}

/**
 * The stage `execute`: admits the operation and executes it as raw JSON if it is prepared, or else by Apollo, whose
 * plugins check permissions and limits, charge the cost and limit the time.
 */
function executeStage<C extends BaseContext>(options: GraphQLRoute<C>): Stage<GraphQLRequest<C>, Result> {
  const { apollo, cache, raw, createContext } = options;
  return async (request) => {
    const { reply, answerType } = request;
    const full = request.context ? undefined : admit(request, options, reply.raw);
    if (full) return full;
    const context = request.context as RequestContext;
    setLogFields(request.request, context.logFields);
    const details = {
      operationName: operationNameOf(request),
      position: request.position,
      lastEventId: request.isStream ? lastEventIdOf(request.request) : undefined,
    };
    const resolverContext = (): Promise<C> =>
      (request.resolverContext ??= Promise.resolve(createContext(factsOf(context, details))));
    const cached = (body: string, contentType: string): CachedResponse => {
      const isTagged = request.request.method === "GET" && request.isShared;
      const etag = isTagged ? weakTag(body) : undefined;
      return store(request, cache, { body, contentType, etag, operation: context.logFields.operation });
    };
    const fast = raw && (await executeRaw(request, raw, resolverContext));
    if (typeof fast === "string") return cached(fast, `${answerType}; charset=utf-8`);
    if (fast) return expired(request, fast, options.statusProfile);
    const http = toApolloRequest(request);
    context.attachTo(http);
    const stream = request.isStream ? openStream(request, options) : undefined;
    if (stream) requestStream(http, stream);
    const executed = apollo.executeHTTPGraphQLRequest({ httpGraphQLRequest: http, context: resolverContext });
    const first = await Promise.race([executed, context.expired]);
    context.settle();
    if (!("headers" in first)) return expired(request, first, options.statusProfile);
    // A response to a mutation holds what it has written.
    if (context.logFields.kind === "mutation") request.heldPosition = options.positions?.latest();
    if (stream?.opened) return { steps: stream.opened };
    if (first.body.kind !== "complete" || !isCacheable(http)) return { apollo: first };
    return cached(first.body.string, first.headers.get("content-type") ?? `${answerType}; charset=utf-8`);
  };
}

/** The event stream that a request may be answered with. Its slot is taken once it turns out to be a subscription. */
function openStream<C extends BaseContext>(
  request: GraphQLRequest<C>,
  { streams, clients }: GraphQLRoute<C>,
): StreamRequest {
  return {
    isOnly: request.answerType === null,
    take() {
      const taken = streams.slots.take(clients.keyOf(request.raw, request.principal));
      if (typeof taken !== "function") return taken;
      request.releaseSlot = taken;
      return undefined;
    },
  };
}

function expired<C>(request: GraphQLRequest<C>, error: GraphQLError, profile: StatusProfile): Refusal {
  const { answerType, context } = request;
  context?.logFields.codes.push("TIMEOUT");
  const status = statusOf("TIMEOUT", answerType === null ? "true-status" : profile, answerType ?? undefined);
  const { code, ...details } = error.extensions;
  return new Refusal(status, String(code), error.message, { details });
}

/** The stage `respond`. */
function respondWith<C extends BaseContext>(options: GraphQLRoute<C>) {
  return async (request: GraphQLRequest<C>, outcome: Result | Refusal): Promise<FastifyReply> => {
    const { reply, heldPosition, client } = request;
    if (heldPosition !== undefined) void reply.header(POSITION_HEADER, heldPosition);
    if (outcome instanceof Refusal) return refuse(reply, outcome, client?.budget);
    if ("steps" in outcome) return sendStream(request, outcome.steps, options);
    if (client?.budget) void reply.headers(rateHeaders(client.budget));
    if ("apollo" in outcome) return send(reply, outcome.apollo);
    if (!request.context) setLogFields(request.request, cacheFields(outcome));
    return sendCacheable(request, outcome);
  };
}

/** The log fields of a cache hit. */
export function cacheFields({ operation }: Pick<CachedResponse, "operation">): LogFields {
  return { source: "cache", kind: "query", ...(operation !== undefined && { operation }), codes: [] };
}

/** A response with a tag may be stored by clients that first ask whether it still holds. */
function sendCacheable<C>({ request, reply }: GraphQLRequest<C>, response: CachedResponse): FastifyReply {
  const { body, contentType, etag } = response;
  void reply.type(contentType);
  if (etag === undefined) return reply.header("cache-control", "no-store").send(body);
  void reply.headers({ etag, "cache-control": "public, no-cache", vary: "Accept, Authorization" });
  return hasTag(request.headers["if-none-match"], etag) ? reply.code(304).send() : reply.send(body);
}

function send(reply: FastifyReply, { status, headers, body }: HTTPGraphQLResponse): FastifyReply {
  for (const [name, value] of headers) void reply.header(name, value);
  void reply.code(status ?? 200);
  if (body.kind === "complete") return reply.send(body.string);
  throw new Error("An answer in several parts was made, but incremental delivery is not served.");
}

/** Proxies must not gather, change or store events. */
const STREAM_HEADERS = {
  "content-type": `${STREAM_TYPE}; charset=utf-8`,
  "cache-control": "no-store, no-transform",
  connection: "keep-alive",
  "x-accel-buffering": "no",
} as const;

/** Writes an event stream. It holds its slot until it ends, and no place among the operations. */
async function sendStream<C extends BaseContext>(
  request: GraphQLRequest<C>,
  steps: Steps,
  { streams, limiter }: GraphQLRoute<C>,
): Promise<FastifyReply> {
  const { reply, client, context } = request;
  const budget = client?.budget;
  limiter.release(client?.name, context?.isWrite);
  request.context = undefined;
  try {
    void reply.hijack();
    // Fastify runs no hook for a response that is taken over.
    const headers = reply.getHeaders() as OutgoingHttpHeaders;
    reply.raw.writeHead(200, { ...headers, ...(budget && rateHeaders(budget)), ...STREAM_HEADERS });
    const format = createErrorFormatter(request.log);
    const ending = await writeStream(chargedByStep(steps, budget), {
      response: reply.raw,
      times: streams.times,
      stop: streams.stop,
      describe: (error) => format({ message: "" }, error),
    });
    const durationMs = Math.round(reply.elapsedTime);
    request.log.info(
      { route: GRAPHQL_PATH, operation: context?.logFields.operation, ending, durationMs },
      "stream ended",
    );
    return reply;
  } finally {
    context?.close();
  }
}

/** Charges a point for each event. A client without points still gets events, and owes them. */
function chargedByStep(steps: Steps, budget: Budget | undefined): Steps {
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

/** The refusal for an error of a stage. */
function refusalOf(error: unknown, { log }: Pick<GraphQLRequest<unknown>, "log">): Refusal {
  if (error instanceof Refusal) return error;
  const formatted = createErrorFormatter(log)({ message: "" }, error);
  return new Refusal(500, String(formatted.extensions?.["code"]), formatted.message);
}

function refuse(reply: FastifyReply, refusal: Refusal, budget?: Budget): FastifyReply {
  const type = chooseAnswerType(reply.request.headers.accept) ?? "application/json";
  return reply
    .code(refusal.status)
    .headers({ ...(budget && rateHeaders(budget)), ...refusal.headers })
    .type(`${type}; charset=utf-8`)
    .send(refusal.body());
}
