import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { createServer, type IncomingHttpHeaders } from "node:http";
import { join } from "node:path";
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import { ApolloServerPluginCacheControlDisabled, ApolloServerPluginInlineTraceDisabled, ApolloServerPluginLandingPageDisabled, ApolloServerPluginUsageReportingDisabled } from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import { fastifyCompress } from "@fastify/compress";
import { fastify, LogController, type FastifyBaseLogger, type FastifyError, type FastifyInstance, type FastifyReply, type FastifyRequest } from "fastify";
import { getOperationAST, parse, printSchema, type DocumentNode, type GraphQLSchema, type ValidationRule } from "graphql";
import type { Authenticate } from "./access/authenticate.js";
import { createGuard, type Guard } from "./access/guard.js";
import { anonymous } from "./access/principal.js";
import { accessPlugin } from "./http/access.plugin.js";
import { createAnswersCache, lastingPlugin } from "./http/answers.cache.js";
import { namesPlugin, toldNames, type NamingContext } from "./http/names.plugin.js";
import { answerFields, answersPlugin, stringifyResult, type AnsweringContext } from "./http/answers.plugin.js";
import { createClients, payForPage, type Clients, type ClientsConfig, type PayForPage } from "./http/clients.js";
import { openToAllOrigins, OPEN_TO_ALL } from "./http/cors.js";
import { CredentialRefusal } from "./http/credentials.js";
import { createDocumentStore } from "./http/documents.store.js";
import { createErrorFormatter, errorsPlugin } from "./http/errors.mask.js";
import { factsOf, takeOver, type Exchange } from "./http/exchange.js";
import { exportRoutes, type ExportSlotLimits } from "./http/exports.route.js";
import { factsOfExchange, graphqlRoute, GRAPHQL_PATH, refuseMethod, type RequestFacts } from "./http/graphql.route.js";
import { healthRoutes } from "./http/health.route.js";
import { CORRECTIONS_OPERATION, type CorrectionsFacts, type CorrectionsQuery } from "./pages/corrections.facts.js";
import { correctionsRoute } from "./http/corrections.route.js";
import { pageOperations } from "./pages/texts.js";
import { HOME_OPERATION, keepFor, toHomeFacts, type HomeFacts } from "./pages/home.facts.js";
import { homeRoute } from "./http/home.route.js";
import { createKnownQueries, learningPlugin, type KnownQueries, type QuickAnswers } from "./http/known.queries.js";
import { COST_HEADER, limitsPlugin, toldCost } from "./http/limits.plugin.js";
import { createLoadGate, inTurn, type LoadGate, type LoadLimits } from "./http/load.gate.js";
import type { Metrics } from "./http/metrics.js";
import { metricsRoute } from "./http/metrics.route.js";
import { operationPlugin } from "./http/operation.plugin.js";
import type { Positions } from "./http/position.js";
import { SAFE_HEADERS, setSafeHeaders } from "./http/page.headers.js";
import { answerNowhere, isPageAskedFor, pagesRoute, type PagesOptions } from "./http/pages.route.js";
import { playgroundRoutes } from "./http/playground.route.js";
import { COMPRESS_FROM, createQuickLane, FAST_BROTLI, type Handle, type QuickLane } from "./http/quick.lane.js";
import { createSafelist, persistedTexts, safelistRule, type Safelist, type SafelistMode } from "./http/safelist.js";
import { schemaRoute } from "./http/schema.route.js";
import { streamPlugin } from "./http/stream.plugin.js";
import { createSlots } from "./http/slots.js";
import { endSlowReaders } from "./http/slow.readers.js";
import type { StreamTimes } from "./http/stream.write.js";
import { statusPlugin, type StatusProfile } from "./http/status.plugin.js";
import type { Logger } from "./lib/log.js";
import type { PageOperation } from "./pages/operation.js";
import { AnswerError, type AskPage } from "./pages/page.js";
import { siteOf } from "./pages/site.js";
import { packageRoot } from "./lib/root.js";
import type { Span, Tracer } from "./lib/spans.js";
import type { OperationLimits } from "./limits/limits.js";
import { limitsRule } from "./limits/limits.rule.js";
import type { PageSizes } from "./limits/operation.cost.js";
import { createOperationScale, type AskedOperation, type OperationScale } from "./limits/operation.limits.js";
import { createRates, KEPT_POINTS, type RateLimits } from "./limits/rates.js";
import { fragmentsOf } from "./reading/operation.js";

export type { RequestFacts } from "./http/graphql.route.js";
export type { HomeFacts } from "./pages/home.facts.js";

/** The part of the configuration that the HTTP side needs. */
export interface ServerConfig {
  /** Whether /playground and /map are served; true when left out. */
  readonly playground?: boolean;
  /** Whether every answer says what its operation costs; only those that are asked to when left out. */
  readonly showCost?: boolean;
  /** From where clients are taken to come. */
  readonly http?: ClientsConfig;
  /** To whom metrics are told, where there are any; to this machine alone when left out. */
  readonly metrics?: "off" | "local" | "all";
  /** What operations have to keep; a limit of theirs, or of the load, that is left out is not kept. */
  readonly limits: {
    /** Bytes of a request body. */
    readonly maxBodyBytes: number;
    /** Lexical tokens of a document. */
    readonly maxTokens: number;
    /** Milliseconds a query may take; 10 seconds when left out. */
    readonly queryTimeoutMs?: number;
    /** Bytes that kept answers may take; none are kept when left out. */
    readonly cacheBytes?: number;
    /** Milliseconds a mutation may take; 30 seconds when left out. */
    readonly mutationTimeoutMs?: number;
    /** Errors that one answer lists; 5 when left out. */
    readonly maxErrors?: number;
  } & Partial<OperationLimits & PageSizes & StreamTimes> & LoadLimits & StreamSlotLimits & ExportSlotLimits & RateLimits;
}

/** Limits of open event streams; a limit that is left out is none. */
interface StreamSlotLimits {
  /** In the process. */
  readonly maxStreams?: number;
  /** For one client: an address, or the holder of a credential. */
  readonly maxStreamsPerAddress?: number;
}

/** What a server is made of. */
export interface ServerParts<C extends BaseContext> {
  readonly config: ServerConfig;
  readonly schema: GraphQLSchema;
  /** Makes the context of one operation. */
  readonly createContext: (request: RequestFacts) => C | Promise<C>;
  /** Whether the record can be read; false or an error makes `/readyz` answer 503. */
  readonly ready: () => Promise<boolean>;
  /** Whose credentials are accepted; nobody's when left out. */
  readonly authenticate?: Authenticate;
  readonly log: Logger;
  /** What the first page says; by default the answer to an operation of its own. */
  readonly home?: () => Promise<HomeFacts>;
  /** What the page of corrections says; by default the answer to an operation of its own. */
  readonly corrections?: (asked: CorrectionsQuery) => Promise<CorrectionsFacts>;
  /** The contract as written, for `/schema.graphql`; printed from the schema when left out. */
  readonly schemaText?: string;
  /** Rules that every document has to keep besides the standard ones. */
  readonly validationRules?: readonly ValidationRule[];
  readonly plugins?: readonly ApolloServerPlugin<C>[];
  readonly statusProfile?: StatusProfile;
  /** The version of the record, where answers are to be kept until it moves; undefined while it is not known. */
  readonly recordVersion?: () => number | undefined;
  /** How far the record has got; answers and requests say nothing of it when left out. */
  readonly positions?: Positions;
  /** How a context answers root fields by itself; without it every query is walked through graphql-js. */
  readonly answersFrom?: (context: C) => AnsweringContext;
  /** Where answers take from which names the record holds nothing by; without it they do not say. */
  readonly namesFrom?: (context: C) => NamingContext;
  /** How a context answers for the exports by plain GET; there are none without it. */
  readonly exportsFrom?: (context: C) => AnsweringContext;
  /** The folder of the built pages. */
  readonly pages?: string;
  /** Which operations are known to be meant, and what becomes of others; all are answered when left out. */
  readonly safelist?: { readonly mode: SafelistMode; readonly operations: readonly string[] };
  /** Traces operations; nothing is traced when left out. */
  readonly tracer?: Tracer;
  /** Counts what the service does; nothing is counted when left out. */
  readonly metrics?: Metrics;
}

/** How many errors one answer lists, and how many problems of one document are looked for. */
const MAX_ERRORS = 5;
const QUERY_TIMEOUT_MS = 10_000;
const MUTATION_TIMEOUT_MS = 30_000;
const STREAM_HEARTBEAT_MS = 15_000;
const SLOW_READER_MS = 30_000;
/** How long requests in flight may take to finish when the service stops, in milliseconds. */
const STOP_GRACE_MS = 10_000;
const NO_ANSWERS = { answers: 0, bytes: 0 };
/** How long the first page may show the same numbers, in milliseconds. */
const HOME_KEPT_MS = 5_000;

/**
 * The whole service over HTTP, not yet listening: GraphQL, its pages, health and schema. Knows no environment.
 * Closing it finishes the requests in flight and refuses new ones.
 */
export async function buildServer<C extends BaseContext>(parts: ServerParts<C>): Promise<FastifyInstance> {
  const { config, schema, log } = parts;
  const hasPlayground = config.playground ?? true;
  const guard = createGuard(schema);
  const scale = createOperationScale(schema, config.limits);
  // What is answered without Apollo is what everybody may ask for.
  const mayAll = ({ document, operation }: AskedOperation): boolean => guard.isOpen({ operation, fragments: () => Object.values(fragmentsOf(document)) });
  const known = parts.answersFrom && createKnownQueries(schema, (asked) => (mayAll(asked) ? scale.admit(asked) : undefined));
  const quick = known && answerQuickly(parts, known);
  const gate = createLoadGate(config.limits);
  const rates = createRates(config.limits);
  const clients = createClients(rates, config.http ?? {});
  const cache = parts.recordVersion && config.limits.cacheBytes ? createAnswersCache(parts.recordVersion, config.limits.cacheBytes) : undefined;
  const slots = createSlots({
    all: { limit: "maxStreams", allowed: config.limits.maxStreams },
    perClient: { limit: "maxStreamsPerAddress", allowed: config.limits.maxStreamsPerAddress },
  });
  const slowReaderMs = config.limits.slowReaderMs ?? SLOW_READER_MS;
  const { metrics } = parts;
  metrics?.measure({ operations: gate.inside, answers: () => cache?.size() ?? NO_ANSWERS, spenders: rates.size, streams: () => slots.taken() });
  const trace = traceWith(parts.tracer);
  const stop = new AbortController();
  // Each stream listens to it.
  setMaxListeners(0, stop.signal);
  let isOpen = true;
  const app = createApp(log, { clients, hasPlayground }, quick && quickLane(parts, quick, { cache, positions: parts.positions, gate, clients, trace, isOpen: () => isOpen }));
  endSlowReaders(app.server, slowReaderMs);
  const apollo = createApollo(parts, app, { guard, known, scale, gate });
  await apollo.start();

  app.addHook("onRequest", setSafeHeaders);
  app.addHook("onResponse", async (request, reply) => tellResponse(request, reply, metrics));
  app.addHook("preClose", async () => void (isOpen = false));
  app.addHook("preClose", async () => stop.abort());
  app.addHook("preClose", async () => apollo.stop());
  app.addHook("onClose", async () => gate.close());
  await app.register(fastifyCompress, { threshold: COMPRESS_FROM, encodings: ["br", "gzip"], brotliOptions: FAST_BROTLI, globalDecompression: false });
  await app.register(async (open) => {
    await openToAllOrigins(open);
    await open.register(async (scope) =>
      graphqlRoute(scope, {
        apollo,
        createContext: parts.createContext,
        maxBodyBytes: config.limits.maxBodyBytes,
        statusProfile: parts.statusProfile ?? "by-media-type",
        cache,
        positions: parts.positions,
        quick,
        authenticate: parts.authenticate,
        gate,
        clients,
        trace,
        streams: {
          slots,
          times: { streamHeartbeatMs: STREAM_HEARTBEAT_MS, slowReaderMs: SLOW_READER_MS, ...config.limits },
          stop: stop.signal,
        },
        hasPlayground,
      }),
    );
    const { exportsFrom } = parts;
    if (exportsFrom) {
      await open.register(async (scope) =>
        exportRoutes(scope, {
          schema,
          answering: async (facts) => exportsFrom(await parts.createContext(facts)),
          gate,
          clients,
          positions: parts.positions,
          authenticate: parts.authenticate,
          recordVersion: () => parts.recordVersion?.(),
          limits: { queryTimeoutMs: QUERY_TIMEOUT_MS, ...config.limits, slowReaderMs },
        }),
      );
    }
    schemaRoute(open, { text: parts.schemaText ?? printSchema(schema) });
  });
  healthRoutes(app, parts);
  if (metrics && config.metrics !== "off") metricsRoute(app, { metrics, clients, isOpen: config.metrics === "all" });
  const pay = (operation: string): PayForPage => payForPage(clients, costOf(scale, operation));
  correctionsRoute(app, { facts: correctionsOf(apollo, parts, gate), clientOf: ({ raw }) => clients.clientOf(raw, anonymous)?.name, hasPlayground, pay: pay(CORRECTIONS_OPERATION) });
  homeRoute(app, { facts: keepFor(HOME_KEPT_MS, parts.home ?? (() => askHomeFacts(apollo, parts))), hasPlayground, pay: payForPage(clients, KEPT_POINTS) });
  pagesRoute(app, { site: siteOf(schema), ask: pageAsker(apollo, parts), gate, ...payingPages(clients, scale), recordVersion: () => parts.recordVersion?.(), hasPlayground });
  if (hasPlayground) await playgroundRoutes(app, { folder: parts.pages ?? join(packageRoot(), "dist/playground") });
  return app;
}

/** How long a client that is connected may be silent, in milliseconds. */
const KEEP_ALIVE_MS = 72_000;
/** The time a client may take to send a request; slow senders do not hold sockets for ever. In milliseconds. */
const REQUEST_MS = 30_000;

/** @param lane takes requests before the application does, and passes on what it leaves to it. */
function createApp(log: Logger, { clients: { trust }, hasPlayground }: { readonly clients: Pick<Clients, "trust">; readonly hasPlayground: boolean }, lane?: (route: Handle) => Handle): FastifyInstance {
  // By this type the server keeps its usual one, whatever else the log can do.
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    loggerInstance,
    trustProxy: trust,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: (request) => takeOver(request)?.requestId ?? randomUUID(),
    serverFactory: (route: Handle) => createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS }, lane ? lane(route) : route),
    // A slug may have 120 letters; its ending comes on top.
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) => void answerFault(error, request as FastifyRequest, reply as FastifyReply),
  });
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(async (request, reply) => {
    const { method, url } = request;
    const path = pathOf(url);
    if (path === GRAPHQL_PATH) return refuseMethod(reply);
    if (isPageAskedFor(request)) return answerNowhere(request, reply, path, hasPlayground);
    return reply.code(404).send({ errors: [{ message: `Nothing is served at ${method} ${path}.`, extensions: { code: "NOT_FOUND" } }] });
  });
  return app;
}

/** Answers requests for known queries; what fails is left to Apollo, for whose executor the context keeps the reason. */
function answerQuickly<C extends BaseContext>({ answersFrom, namesFrom, config }: ServerParts<C>, known: KnownQueries): QuickAnswers<C> | undefined {
  if (!answersFrom) return undefined;
  const { queryTimeoutMs = QUERY_TIMEOUT_MS, maxCost } = config.limits;
  return {
    find: (body) => known.find(body),
    async answer({ operation, fields, amount }, exchange, context) {
      if (operation.name) exchange.facts.operation = operation.name.value;
      exchange.facts.kind = "query";
      exchange.limitTime("queryTimeoutMs", queryTimeoutMs);
      const asking = await context();
      const data = await answerFields(fields, answersFrom(asking));
      if (data === undefined) return undefined;
      const extensions = { ...(namesFrom && toldNames(namesFrom(asking))), ...(config.showCost && { cost: toldCost(amount, maxCost) }) };
      const told = JSON.stringify(extensions);
      return told === "{}" ? `{"data":${data}}\n` : `{"data":${data},"extensions":${told}}\n`;
    },
  };
}

function quickLane<C extends BaseContext>(
  { config, createContext, log, metrics }: ServerParts<C>,
  quick: QuickAnswers<C>,
  shared: Pick<QuickLane<C>, "cache" | "positions" | "gate" | "clients" | "trace" | "isOpen">,
): (route: Handle) => Handle {
  const lane: QuickLane<C> = {
    ...quick,
    ...shared,
    path: GRAPHQL_PATH,
    log,
    maxBodyBytes: config.limits.maxBodyBytes,
    routeHeaders: ["authorization", COST_HEADER],
    headers: Object.entries({ ...SAFE_HEADERS, ...OPEN_TO_ALL }).flat(),
    createContext: (exchange) => createContext(factsOfExchange(exchange)),
    onAnswered: (to, { requestId, durationMs, facts }) => {
      metrics?.answered({ operation: facts.operation, kind: facts.kind, way: facts.way ?? "quick", codes: facts.codes, durationMs });
      logAnswer(to, "info", { requestId, method: "POST", route: GRAPHQL_PATH, status: 200, durationMs, facts });
    },
  };
  return (route) => createQuickLane(lane, route);
}

interface ApolloParts {
  readonly guard: Guard;
  readonly known: KnownQueries | undefined;
  readonly scale: OperationScale;
  readonly gate: LoadGate;
}

function createApollo<C extends BaseContext>(parts: ServerParts<C>, app: FastifyInstance, { guard, known, scale, gate }: ApolloParts): ApolloServer<C> {
  const { config, schema, log, validationRules = [], plugins = [], answersFrom, namesFrom } = parts;
  const { maxTokens, maxErrors = MAX_ERRORS, queryTimeoutMs = QUERY_TIMEOUT_MS, mutationTimeoutMs = MUTATION_TIMEOUT_MS } = config.limits;
  const safelist = safelistOf(parts);
  return new ApolloServer<C>({
    schema,
    logger: log,
    nodeEnv: "production",
    introspection: true,
    includeStacktraceInErrorResponses: false,
    hideSchemaDetailsFromClientErrors: true,
    allowBatchedHttpRequests: false,
    stopOnTerminationSignals: false,
    // A query changes nothing, a mutation by GET is rejected, and no cookie speaks for a browser: nothing can be forged.
    csrfPrevention: false,
    formatError: createErrorFormatter(log),
    stringifyResult,
    documentStore: createDocumentStore(),
    parseOptions: { maxTokens },
    validationOptions: { maxErrors },
    executionOptions: { maxCoercionErrors: maxErrors },
    validationRules: [...safelistRules(parts, safelist), limitsRule(config.limits), ...validationRules],
    ...(safelist && { persistedQueries: { cache: persistedTexts(safelist, parts.safelist?.mode ?? "off") } }),
    plugins: [
      ApolloServerPluginDrainHttpServer({ httpServer: app.server, stopGracePeriodMillis: STOP_GRACE_MS }),
      ApolloServerPluginCacheControlDisabled(),
      ApolloServerPluginInlineTraceDisabled(),
      ApolloServerPluginLandingPageDisabled(),
      ApolloServerPluginUsageReportingDisabled(),
      operationPlugin({ query: queryTimeoutMs, mutation: mutationTimeoutMs }, gate),
      accessPlugin(guard),
      limitsPlugin(scale, { maxCost: config.limits.maxCost, isShown: config.showCost ?? false }),
      ...plugins,
      streamPlugin(),
      ...(answersFrom ? [answersPlugin(answersFrom)] : []),
      ...(namesFrom ? [namesPlugin(namesFrom)] : []),
      ...(known ? [learningPlugin(known)] : []),
      lastingPlugin(),
      errorsPlugin(maxErrors),
      statusPlugin(parts.statusProfile ?? "by-media-type"),
    ],
  });
}

/** What is answered where not everything is: what the operator lists, and what our own pages ask. */
function safelistOf<C extends BaseContext>({ safelist }: ServerParts<C>): Safelist | undefined {
  return safelist && safelist.mode !== "off" ? createSafelist([...safelist.operations, ...pageOperations.map(({ text }) => text)]) : undefined;
}

function safelistRules<C extends BaseContext>({ safelist: given, log }: ServerParts<C>, safelist: Safelist | undefined): readonly ValidationRule[] {
  return given && given.mode !== "off" && safelist ? [safelistRule(safelist, given.mode, log)] : [];
}

/** What one of our pages costs, by the operation that it is made from. */
function costOf(scale: OperationScale, text: string): number {
  const document = parse(text);
  const operation = getOperationAST(document);
  return operation ? scale.amountOf({ document, operation, variables: {} }).cost : 0;
}

async function askHomeFacts<C extends BaseContext>(apollo: ApolloServer<C>, parts: ServerParts<C>): Promise<HomeFacts> {
  return toHomeFacts(await askForPage<Parameters<typeof toHomeFacts>[0], C>(apollo, parts, "Home", { query: HOME_OPERATION }));
}

/**
 * Asks for the log of corrections, through the gate as an operation of whoever visits it does; what everybody sees first is kept for a
 * moment, and nobody's in particular.
 */
function correctionsOf<C extends BaseContext>(apollo: ApolloServer<C>, parts: ServerParts<C>, gate: LoadGate): (asked: CorrectionsQuery, client: string | undefined) => Promise<CorrectionsFacts> {
  const ask = parts.corrections ?? ((asked) => askForPage<CorrectionsFacts, C>(apollo, parts, "Corrections", { query: CORRECTIONS_OPERATION, variables: { ...asked } }));
  const latest = keepFor(HOME_KEPT_MS, () => inTurn(gate, undefined, () => ask({})));
  return (asked, client) => (asked.after === undefined && asked.of === undefined ? latest() : inTurn(gate, client, () => ask(asked)));
}

/** Asks for pages about the record. */
function pageAsker<C extends BaseContext>(apollo: ApolloServer<C>, parts: ServerParts<C>): AskPage {
  return <D, V extends object>({ name, text }: PageOperation<D, V>, variables: V) => askForPage<D, C>(apollo, parts, name, { query: text, variables: Object.fromEntries(Object.entries(variables)) });
}

/** Whose pages are, and what they cost: each operation as a client's does. */
function payingPages(clients: Clients, scale: OperationScale): Pick<PagesOptions, "clientOf" | "costOf"> {
  const documents = new Map<string, DocumentNode>();
  return {
    clientOf: ({ raw }) => clients.clientOf(raw, anonymous),
    costOf({ text }, variables) {
      const document = documents.get(text) ?? parse(text);
      documents.set(text, document);
      const operation = getOperationAST(document);
      return operation ? scale.amountOf({ document, operation, variables: Object.fromEntries(Object.entries(variables)) }).cost : 0;
    },
  };
}

/**
 * The answer to an operation of one of our pages.
 * @throws AnswerError with the first of the errors that a client would get.
 */
async function askForPage<T, C extends BaseContext>(
  apollo: ApolloServer<C>,
  { createContext, log }: ServerParts<C>,
  operationName: string,
  operation: { readonly query: string; readonly variables?: Record<string, unknown> },
): Promise<T> {
  const contextValue = await createContext({ requestId: randomUUID(), signal: AbortSignal.timeout(QUERY_TIMEOUT_MS), principal: anonymous, log, operationName });
  const { body } = await apollo.executeOperation<T & Record<string, unknown>>(operation, { contextValue });
  const { errors: [error] = [], data } = body.kind === "single" ? body.singleResult : {};
  if (error || !data) throw new AnswerError(String(error?.extensions?.["code"]), error?.message ?? `The operation ${operationName} of a page has no answer.`);
  return data;
}

function traceWith(tracer: Tracer | undefined): ((headers: IncomingHttpHeaders) => Span) | undefined {
  return tracer && ((headers) => tracer.begin("graphql", headers));
}

/** Counts an answer and writes one line for it. Never the query string: variables may stand in it. */
function tellResponse(request: FastifyRequest, reply: FastifyReply, metrics: Metrics | undefined): void {
  const facts = factsOf(request);
  metrics?.responded(request.routeOptions.url ?? null, reply.statusCode);
  if (facts) metrics?.answered({ operation: facts.operation, kind: facts.kind, way: facts.way ?? "route", codes: facts.codes, durationMs: reply.elapsedTime });
  logAnswer(request.log as Logger, reply.statusCode >= 500 ? "warn" : "info", {
    method: request.method,
    route: request.routeOptions.url ?? null,
    status: reply.statusCode,
    durationMs: reply.elapsedTime,
    facts,
  });
}

interface Answered {
  /** Left out where the log has it already. */
  readonly requestId?: string;
  readonly method: string;
  readonly route: string | null;
  readonly status: number;
  readonly durationMs: number;
  readonly facts: Exchange["facts"] | undefined;
}

function logAnswer(log: Logger, level: "info" | "warn", { facts, durationMs, ...answered }: Answered): void {
  if (!log.isLevelEnabled(level)) return;
  log[level](
    {
      ...answered,
      durationMs: Math.round(durationMs * 100) / 100,
      ...(facts && { operation: facts.operation, kind: facts.kind }),
      ...(facts && facts.codes.length > 0 && { codes: facts.codes }),
    },
    "answered",
  );
}

/** Answers for what went wrong outside GraphQL, in the same shape. */
async function answerFault(error: FastifyError | CredentialRefusal, request: FastifyRequest, reply: FastifyReply): Promise<FastifyReply> {
  if (error instanceof CredentialRefusal) {
    return reply.code(error.statusCode).send({ errors: [{ message: error.message, extensions: { code: error.publicCode } }] });
  }
  if (error.statusCode !== undefined && error.statusCode < 500) {
    return reply.code(error.statusCode).send({ errors: [{ message: error.message, extensions: { code: "BAD_REQUEST" } }] });
  }
  const formatted = createErrorFormatter(request.log as Logger)({ message: "" }, error);
  return reply.code(500).send({ errors: [{ message: formatted.message, extensions: formatted.extensions }] });
}

function pathOf(url: string): string {
  return url.split("?", 1)[0] ?? url;
}
