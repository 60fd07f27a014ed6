import { randomUUID } from "node:crypto";
import { setMaxListeners } from "node:events";
import { createServer } from "node:http";
import { join } from "node:path";
import type { ApolloServer, BaseContext } from "@apollo/server";
import { fastifyCompress } from "@fastify/compress";
import {
  fastify,
  LogController,
  type FastifyBaseLogger,
  type FastifyInstance,
  type FastifyReply,
  type FastifyRequest,
} from "fastify";
import { printSchema } from "graphql";
import { createGuard, type Guard } from "./access/guard.js";
import { PAGE_TOKEN_HEADER } from "./http/authenticate/session.js";
import { createResponseCache, type ResponseCache } from "./http/cache/response.cache.js";
import { createApollo, STOP_GRACE_MS } from "./http/execute/apollo.js";
import type { Admission, RawExecution } from "./http/execute/execute.js";
import { factsOf } from "./http/execute/operation.facts.js";
import { createPageOperations } from "./http/execute/page.operations.js";
import { createRawExecution } from "./http/execute/raw.execution.js";
import { createClients, type Clients } from "./http/limit/clients.js";
import { createConcurrencyLimiter, type ConcurrencyLimiter } from "./http/limit/concurrency.js";
import { endSlowReaders } from "./http/limit/slow.readers.js";
import { createSlots, type Slots } from "./http/limit/slots.js";
import { resumedFrom } from "./http/parse/graphql.request.js";
import { COST_HEADER } from "./http/plan/cost.plugin.js";
import { createPreparedOperations, type PreparedOperations } from "./http/plan/prepared.operations.js";
import { COMPRESS_FROM, FAST_BROTLI } from "./http/respond/compression.js";
import { OPEN_TO_ALL, openToAllOrigins } from "./http/respond/cors.js";
import { answerFault } from "./http/respond/faults.js";
import { countOperation, logAnswer, logResponse } from "./http/respond/log.js";
import { SAFE_HEADERS, setSafeHeaders } from "./http/respond/page.headers.js";
import { deskRoutes } from "./http/routes/desk.route.js";
import { mistakesRoute } from "./http/routes/mistakes.route.js";
import { correctionsRoute } from "./http/routes/corrections.route.js";
import { exportRoutes } from "./http/routes/exports.route.js";
import { tablesOf } from "./exports/tables/tables.js";
import { createFastPath, type Handle } from "./http/routes/fast.path.js";
import { GRAPHQL_PATH, graphqlRoute, refuseMethod } from "./http/routes/graphql.route.js";
import { healthRoutes } from "./http/routes/health.route.js";
import { codebookRoute } from "./http/routes/codebook.route.js";
import { docsRoute } from "./http/routes/docs.route.js";
import { homeRoute } from "./http/routes/home.route.js";
import { llmsRoute } from "./http/routes/llms.route.js";
import { mcpRoute } from "./http/routes/mcp.route.js";
import { metricsRoute } from "./http/routes/metrics.route.js";
import { answerNowhere, isPageAskedFor, pagesRoute } from "./http/routes/pages.route.js";
import { playgroundRoutes } from "./http/routes/playground.route.js";
import { reconcileRoute } from "./http/routes/reconcile.route.js";
import { schemaRoute } from "./http/routes/schema.route.js";
import { siteRoutes } from "./http/routes/site.route.js";
import { QUERY_TIMEOUT_MS, SLOW_READER_MS, STREAM_HEARTBEAT_MS, type ServerParts } from "./http/server.parts.js";
import type { Logger } from "./lib/log.js";
import { packageRoot, readVersion } from "./lib/root.js";
import { createOperationScale, type AskedOperation, type OperationScale } from "./limits/operation.limits.js";
import { createRates, type Rates } from "./limits/rates.js";
import { CORRECTIONS_OPERATION } from "./pages/corrections.facts.js";
import { openDocs } from "./pages/docs.page.js";
import { siteOf } from "./pages/site.js";
import { fragmentsOf } from "./reading/operation.js";

export type { RequestFacts } from "./http/execute/operation.facts.js";
export type { ServerConfig, ServerParts } from "./http/server.parts.js";
export type { HomeFacts } from "./pages/home.facts.js";

/** Parts that the routes of a server share. */
interface Shared<C> {
  readonly guard: Guard;
  readonly scale: OperationScale;
  readonly prepared: PreparedOperations | undefined;
  readonly raw: RawExecution<C> | undefined;
  readonly limiter: ConcurrencyLimiter;
  readonly rates: Rates;
  readonly clients: Clients;
  readonly cache: ResponseCache | undefined;
  readonly slots: Slots;
  readonly trace: Admission["trace"];
  readonly slowReaderMs: number;
  readonly hasPlayground: boolean;
}

/**
 * The whole service over HTTP, not yet listening: GraphQL, its pages, health and schema. Knows no environment.
 * Closing it finishes the requests in flight and refuses new ones.
 */
export async function buildServer<C extends BaseContext>(parts: ServerParts<C>): Promise<FastifyInstance> {
  const { log, metrics } = parts;
  const shared = share(parts);
  const { limiter, cache, rates, slots, slowReaderMs } = shared;
  metrics?.measure({
    operations: limiter.inside,
    answers: () => cache?.size() ?? { answers: 0, bytes: 0 },
    spenders: rates.size,
    streams: () => slots.taken(),
  });
  const stop = new AbortController();
  // Each stream listens to it.
  setMaxListeners(0, stop.signal);
  let isOpen = true;
  const app = createApp(
    log,
    shared,
    fastPath(parts, shared, () => isOpen),
  );
  endSlowReaders(app.server, slowReaderMs);
  const apollo = createApollo(parts, { ...shared, server: app.server });
  await apollo.start();

  app.addHook("onRequest", setSafeHeaders);
  app.addHook("onResponse", async (request, reply) => logResponse(request, reply, metrics));
  app.addHook("preClose", async () => void (isOpen = false));
  app.addHook("preClose", async () => stop.abort());
  app.addHook("preClose", async () => apollo.stop());
  app.addHook("onClose", async () => limiter.close());
  await app.register(fastifyCompress, {
    threshold: COMPRESS_FROM,
    encodings: ["br", "gzip"],
    brotliOptions: FAST_BROTLI,
    globalDecompression: false,
  });
  await dataRoutes(app, parts, { ...shared, apollo, stop: stop.signal });
  await pageRoutes(app, parts, { ...shared, apollo });
  return app;
}

function share<C extends BaseContext>(parts: ServerParts<C>): Shared<C> {
  const { config, schema, recordVersion, tracer } = parts;
  const { limits } = config;
  const guard = createGuard(schema);
  const scale = createOperationScale(schema, limits);
  // Prepared operations are those that everybody may send.
  const isOpen = ({ document, operation }: AskedOperation): boolean =>
    guard.isOpen({ operation, fragments: () => Object.values(fragmentsOf(document)) });
  const weigh = (asked: AskedOperation) => (isOpen(asked) ? scale.admit(asked) : undefined);
  const prepared = parts.answersFrom && createPreparedOperations(schema, weigh);
  const rates = createRates(limits);
  const isCaching = recordVersion && limits.cacheBytes;
  return {
    guard,
    scale,
    prepared,
    raw: createRawExecution(parts, prepared),
    limiter: createConcurrencyLimiter(limits),
    rates,
    clients: createClients(rates, config.http ?? {}),
    cache: isCaching ? createResponseCache({ version: recordVersion, maxBytes: isCaching }) : undefined,
    slots: createSlots({
      all: { limit: "maxStreams", allowed: limits.maxStreams },
      perClient: { limit: "maxStreamsPerAddress", allowed: limits.maxStreamsPerAddress },
    }),
    trace: tracer && ((headers) => tracer.begin("graphql", headers)),
    slowReaderMs: limits.slowReaderMs ?? SLOW_READER_MS,
    hasPlayground: config.playground ?? true,
  };
}

/** Keep-alive timeout of idle connections, in milliseconds. */
const KEEP_ALIVE_MS = 72_000;
/** Time limit for receiving a request, in milliseconds, so that slow senders do not hold sockets. */
const REQUEST_MS = 30_000;

/** @param fast gets requests before the application, and passes on those that it leaves to it. */
function createApp(
  log: Logger,
  { clients: { trust }, hasPlayground }: Pick<Shared<unknown>, "clients" | "hasPlayground">,
  fast: (route: Handle) => Handle,
): FastifyInstance {
  // By this type the server keeps its usual one, whatever else the log can do.
  const loggerInstance: FastifyBaseLogger = log;
  const app = fastify({
    // The limit of a hook holds for stopping too, which waits for requests in flight.
    pluginTimeout: 2 * STOP_GRACE_MS,
    loggerInstance,
    trustProxy: trust,
    logController: new LogController({ disableRequestLogging: true, requestIdLogLabel: "requestId" }),
    genReqId: (request) => resumedFrom(request)?.requestId ?? randomUUID(),
    serverFactory: (route: Handle) =>
      createServer({ keepAliveTimeout: KEEP_ALIVE_MS, requestTimeout: REQUEST_MS }, fast(route)),
    // A slug may have 120 letters; its ending comes on top.
    routerOptions: { maxParamLength: 200 },
    frameworkErrors: (error, request, reply) =>
      void answerFault(error, request as FastifyRequest, reply as FastifyReply),
  });
  app.setErrorHandler(answerFault);
  app.setNotFoundHandler(async (request, reply) => {
    const { method, url } = request;
    const path = url.split("?", 1)[0] ?? url;
    if (path === GRAPHQL_PATH) return refuseMethod(reply);
    if (isPageAskedFor(request)) return answerNowhere(request, reply, path, hasPlayground);
    const message = `Nothing is served at ${method} ${path}.`;
    return reply.code(404).send({ errors: [{ message, extensions: { code: "NOT_FOUND" } }] });
  });
  return app;
}

function fastPath<C extends BaseContext>(
  { config, createContext, log, metrics, positions }: ServerParts<C>,
  shared: Shared<C>,
  isOpen: () => boolean,
): (route: Handle) => Handle {
  const { raw } = shared;
  if (!raw) return (route) => route;
  const options = {
    ...shared,
    raw,
    path: GRAPHQL_PATH,
    log,
    maxBodyBytes: config.limits.maxBodyBytes,
    positions,
    isOpen,
    routeHeaders: ["authorization", PAGE_TOKEN_HEADER, COST_HEADER],
    headers: Object.entries({ ...SAFE_HEADERS, ...OPEN_TO_ALL }).flat(),
    createContext: (context, position) => createContext(factsOf(context, { position })),
    onAnswered: (to, { requestId, durationMs, fields }) => {
      countOperation(metrics, fields, durationMs);
      logAnswer(to, "info", { requestId, method: "POST", route: GRAPHQL_PATH, status: 200, durationMs, fields });
    },
  } satisfies Parameters<typeof createFastPath<C>>[0];
  return (route) => createFastPath<C>(options, route);
}

/** The routes that programs use; pages of any origin may do so too. */
async function dataRoutes<C extends BaseContext>(
  app: FastifyInstance,
  parts: ServerParts<C>,
  shared: Shared<C> & { readonly apollo: ApolloServer<C>; readonly stop: AbortSignal },
): Promise<void> {
  const { config, schema, createContext, positions, authenticate, sessions, exportsFrom, recordVersion } = parts;
  const { limits } = config;
  const { slots, stop, slowReaderMs } = shared;
  await app.register(async (open) => {
    await openToAllOrigins(open);
    const times = { streamHeartbeatMs: STREAM_HEARTBEAT_MS, ...limits, slowReaderMs };
    await open.register(async (scope) =>
      graphqlRoute(scope, {
        ...shared,
        createContext,
        positions,
        authenticate,
        sessions,
        maxBodyBytes: limits.maxBodyBytes,
        statusProfile: parts.statusProfile ?? "by-media-type",
        streams: { slots, times, stop },
      }),
    );
    if (exportsFrom) {
      await open.register(async (scope) =>
        exportRoutes(scope, {
          ...shared,
          schema,
          positions,
          authenticate,
          answering: async (facts) => exportsFrom(await createContext(facts)),
          recordVersion: () => recordVersion?.(),
          limits: { queryTimeoutMs: QUERY_TIMEOUT_MS, ...limits, slowReaderMs },
        }),
      );
    }
    await open.register(async (scope) =>
      reconcileRoute(scope, {
        ...shared,
        createContext,
        authenticate,
        maxBodyBytes: limits.maxBodyBytes,
        onOperation: (fields, durationMs) => countOperation(parts.metrics, fields, durationMs),
      }),
    );
    siteRoutes(open);
    schemaRoute(open, { text: parts.schemaText ?? printSchema(schema) });
  });
}

/** The routes that people and operators use. */
async function pageRoutes<C extends BaseContext>(
  app: FastifyInstance,
  parts: ServerParts<C>,
  shared: Shared<C> & { readonly apollo: ApolloServer<C> },
): Promise<void> {
  const { config, schema, metrics, recordVersion } = parts;
  const { clients, hasPlayground } = shared;
  const { ask, home, corrections, costOf } = createPageOperations(shared.apollo, parts, shared);
  const { createContext, authenticate, sessions } = parts;
  await app.register(async (scope) =>
    mcpRoute(scope, {
      ...shared,
      createContext,
      authenticate,
      version: readVersion(),
      maxBodyBytes: config.limits.maxBodyBytes,
      onOperation: (fields, durationMs) => countOperation(metrics, fields, durationMs),
    }),
  );
  llmsRoute(app, { schema, hasExports: parts.exportsFrom !== undefined, site: siteOf(schema) });
  healthRoutes(app, parts);
  if (metrics && config.metrics !== "off") metricsRoute(app, { metrics, clients, isOpen: config.metrics === "all" });
  homeRoute(app, { ...shared, facts: home });
  correctionsRoute(app, { ...shared, facts: corrections, points: costOf({ text: CORRECTIONS_OPERATION }, {}) });
  pagesRoute(app, {
    ...shared,
    site: siteOf(schema),
    ask,
    costOf,
    takesMistakes: parts.mistakes !== undefined,
    recordVersion: () => recordVersion?.(),
  });
  if (authenticate && sessions) {
    const options = { ...shared, ...parts, authenticate, sessions, folder: deskFolder(parts) };
    await app.register(async (scope) => deskRoutes(scope, options));
  }
  if (parts.exportsFrom) codebookRoute(app, { ...shared, hasPlayground, tables: tablesOf(parts.schema) });
  docsRoute(app, { ...shared, docs: openDocs(packageRoot(), { hasPlayground }) });
  if (parts.mistakes) mistakesRoute(app, { ...shared, mistakes: parts.mistakes });
  if (hasPlayground) await playgroundRoutes(app, { folder: parts.pages ?? join(packageRoot(), "dist/playground") });
}

/** The folder of the built desk. */
function deskFolder({ deskPages }: { readonly deskPages?: string }): string {
  return deskPages ?? join(packageRoot(), "dist/desk");
}
