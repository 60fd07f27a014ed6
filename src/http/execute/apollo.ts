import type { Server } from "node:http";
import { ApolloServer, type ApolloServerPlugin, type BaseContext } from "@apollo/server";
import {
  ApolloServerPluginCacheControlDisabled,
  ApolloServerPluginInlineTraceDisabled,
  ApolloServerPluginLandingPageDisabled,
  ApolloServerPluginUsageReportingDisabled,
} from "@apollo/server/plugin/disabled";
import { ApolloServerPluginDrainHttpServer } from "@apollo/server/plugin/drainHttpServer";
import type { Guard } from "../../access/guard.js";
import { limitsRule } from "../../limits/limits.rule.js";
import type { OperationScale } from "../../limits/operation.limits.js";
import { agentOperationTexts } from "../../agents/texts.js";
import { pageOperations } from "../../pages/texts.js";
import { accessPlugin } from "../authenticate/access.plugin.js";
import { cacheablePlugin } from "../cache/response.cache.js";
import type { ConcurrencyLimiter } from "../limit/concurrency.js";
import { costPlugin } from "../plan/cost.plugin.js";
import { createDocumentStore } from "../plan/documents.store.js";
import { operationPlugin } from "../plan/operation.plugin.js";
import { preparingPlugin, type PreparedOperations } from "../plan/prepared.operations.js";
import { createSafelist, persistedTexts, safelistRule } from "../plan/safelist.js";
import { createErrorFormatter, errorsPlugin } from "../respond/errors.mask.js";
import { statusPlugin } from "../respond/status.plugin.js";
import { MAX_ERRORS, MUTATION_TIMEOUT_MS, QUERY_TIMEOUT_MS, type ServerParts } from "../server.parts.js";
import { namesPlugin } from "./names.plugin.js";
import { rawJsonPlugin, stringifyResult } from "./raw.json.plugin.js";
import { streamPlugin } from "./stream.plugin.js";

export interface ApolloParts {
  readonly server: Server;
  readonly guard: Guard;
  readonly prepared: PreparedOperations | undefined;
  readonly scale: OperationScale;
  readonly limiter: ConcurrencyLimiter;
}

/** Time that requests in flight have to finish when the service stops, in milliseconds. */
export const STOP_GRACE_MS = 10_000;

/** The executor of operations that are not prepared. Its plugins are the stages `plan` to `respond` of these. */
export function createApollo<C extends BaseContext>(parts: ServerParts<C>, around: ApolloParts): ApolloServer<C> {
  const { config, schema, log, validationRules = [], safelist: given } = parts;
  const { maxTokens, maxErrors = MAX_ERRORS } = config.limits;
  // If not every operation is answered, those of the operator, of our own pages and of the tools of agents are.
  const mode = given?.mode ?? "off";
  const listed = [...(given?.operations ?? []), ...pageOperations.map(({ text }) => text), ...agentOperationTexts];
  const safelist = createSafelist(listed);
  const safelistRules = mode === "off" ? [] : [safelistRule(safelist, mode, log)];
  return new ApolloServer<C>({
    schema,
    logger: log,
    nodeEnv: "production",
    introspection: true,
    includeStacktraceInErrorResponses: false,
    // The schema is public, so that a misspelt name may be answered with the right one.
    hideSchemaDetailsFromClientErrors: false,
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
    validationRules: [...safelistRules, limitsRule(config.limits), ...validationRules],
    persistedQueries: { cache: persistedTexts(safelist, mode) },
    plugins: [...apolloPlugins<C>(around.server), ...ownPlugins(parts, around)],
  });
}

function apolloPlugins<C extends BaseContext>(httpServer: Server): ApolloServerPlugin<C>[] {
  return [
    ApolloServerPluginDrainHttpServer({ httpServer, stopGracePeriodMillis: STOP_GRACE_MS }),
    ApolloServerPluginCacheControlDisabled(),
    ApolloServerPluginInlineTraceDisabled(),
    ApolloServerPluginLandingPageDisabled(),
    ApolloServerPluginUsageReportingDisabled(),
  ];
}

function ownPlugins<C extends BaseContext>(
  { config, plugins = [], answersFrom, namesFrom, statusProfile = "by-media-type" }: ServerParts<C>,
  { guard, prepared, scale, limiter }: ApolloParts,
): ApolloServerPlugin<C>[] {
  const { limits, showCost = false } = config;
  const { maxErrors = MAX_ERRORS, queryTimeoutMs = QUERY_TIMEOUT_MS, mutationTimeoutMs = MUTATION_TIMEOUT_MS } = limits;
  return [
    operationPlugin({ query: queryTimeoutMs, mutation: mutationTimeoutMs }, limiter),
    accessPlugin(guard),
    costPlugin(scale, { maxCost: limits.maxCost, isShown: showCost }),
    ...plugins,
    streamPlugin(),
    ...(answersFrom ? [rawJsonPlugin(answersFrom)] : []),
    ...(namesFrom ? [namesPlugin(namesFrom)] : []),
    ...(prepared ? [preparingPlugin(prepared)] : []),
    cacheablePlugin(),
    errorsPlugin(maxErrors),
    statusPlugin(statusProfile),
  ];
}
