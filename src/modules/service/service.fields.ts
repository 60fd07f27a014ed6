import { sql } from "kysely";
import { isKnown, type Principal } from "../../access/principal.js";
import type * as GQL from "../../generated/schema.types.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { survivingId, survivingIds } from "../history/history.lists.js";

/** The configured limits. A setting of 0 that means unlimited is null here. */
type ServiceLimits = {
  readonly [K in Exclude<keyof GQL.ServiceLimits, "__typename">]: NonNullable<GQL.ServiceLimits[K]>;
};

/** Properties of the process for the fields of Service. */
export interface ServiceFacts {
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly limits: ServiceLimits;
  readonly requiresReview: boolean;
  /** The contract as gateways compose it with those of others. */
  readonly sdl: string;
}

/** The source of fields that do not come from the database. */
export interface RequestFacts extends ServiceFacts {
  readonly principal: Principal;
  /** The client's rate limit; undefined if it is not limited. */
  readonly rate?: (() => Omit<GQL.RateLimit, "__typename"> | undefined) | undefined;
}

const count = (table: string) => sql`(select count(*) from ${sql.table(table)})`;

/** The types of Service. */
export const serviceTypes = [
  objectType<GQL.Service>()("Service", null, {}, (from) => ({
    version: from.fromRequest<string, ServiceFacts>(({ version }) => version),
    startedAt: from.fromRequest<string, ServiceFacts>(({ startedAt }) => startedAt),
    recordVersion: from.expression(() => sql`coalesce((select "version" from "RecordVersion"), 0)`),
    counts: from.group("RecordCounts"),
    limits: from.group("ServiceLimits"),
    requiresReview: from.fromRequest<boolean, ServiceFacts>(({ requiresReview }) => requiresReview),
  })),

  objectType<GQL.RecordCounts>()("RecordCounts", null, {}, (from) => ({
    documents: from.expression(() => count("Document")),
    meetings: from.expression(() => count("Meeting")),
    participants: from.expression(() => count("Participant")),
    memberships: from.expression(() => count("ForumMembership")),
    persons: from.expression(() => count("Person")),
    states: from.expression(() => sql`(select count(*) from "Party" where "kind" = 'STATE')`),
    forums: from.expression(() => count("Forum")),
    citations: from.expression(() => count("Citation")),
  })),

  objectType<GQL.ServiceLimits>()("ServiceLimits", null, {}, (from) => ({
    maxDepth: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxDepth),
    maxListDepth: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxListDepth),
    maxNodes: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxNodes),
    maxCost: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxCost),
    maxPageSize: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxPageSize),
    defaultPageSize: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.defaultPageSize),
    maxAliases: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxAliases),
    maxRootFields: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxRootFields),
    maxRepeatedFields: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxRepeatedFields),
    maxDirectives: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxDirectives),
    maxListEntries: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxListEntries),
    maxAnswerBytes: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxAnswerBytes),
    maxTokens: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxTokens),
    maxBodyBytes: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxBodyBytes),
    maxConcurrentOperations: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxConcurrentOperations),
    maxConcurrentOperationsPerClient: from.fromRequest<number | null, ServiceFacts>(
      ({ limits }) => limits.maxConcurrentOperationsPerClient || null,
    ),
    maxEventLoopDelayMs: from.fromRequest<number | null, ServiceFacts>(
      ({ limits }) => limits.maxEventLoopDelayMs || null,
    ),
    maxStreams: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxStreams),
    maxStreamsPerAddress: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxStreamsPerAddress),
    maxExports: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxExports),
    maxExportsPerClient: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxExportsPerClient),
    streamHeartbeatMs: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.streamHeartbeatMs),
    slowReaderMs: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.slowReaderMs),
    queryTimeoutMs: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.queryTimeoutMs),
    mutationTimeoutMs: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.mutationTimeoutMs),
    statementTimeoutMs: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.statementTimeoutMs),
    maxErrors: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxErrors),
    pointsPerHour: from.fromRequest<number | null, ServiceFacts>(({ limits }) => limits.pointsPerHour || null),
    keyPointsPerHour: from.fromRequest<number | null, ServiceFacts>(({ limits }) => limits.keyPointsPerHour || null),
  })),

  objectType<GQL.RateLimit>()("RateLimit", null, {}, (from) => ({
    limit: from.fromRequest<number, RequestFacts>((request) => rateOf(request).limit),
    cost: from.fromRequest<number, RequestFacts>((request) => rateOf(request).cost),
    remaining: from.fromRequest<number, RequestFacts>((request) => rateOf(request).remaining),
    resetAt: from.fromRequest<string, RequestFacts>((request) => rateOf(request).resetAt),
  })),

  objectType<GQL.Viewer>()("Viewer", null, {}, (from) => ({
    actor: from.fromRequest<string | null, RequestFacts>(({ principal }) =>
      isKnown(principal) ? principal.actor : null,
    ),
    name: from.fromRequest<string | null, RequestFacts>(({ principal }) => principal.name),
    scopes: from.fromRequest<readonly GQL.Scope[], RequestFacts>(({ principal }) => [...principal.scopes]),
  })),
];

function rateOf({ rate }: RequestFacts): Omit<GQL.RateLimit, "__typename"> {
  const standing = rate?.();
  if (!standing) throw new Error("Nothing is counted here.");
  return standing;
}

/** Look-ups by id, the service itself, and who asks it. */
export const serviceRoots = objectType<
  Pick<GQL.Query, "node" | "nodeAsKnown" | "nodes" | "service" | "viewer" | "rateLimit">
>()("Query", null, {}, (from) => ({
  node: from.byId<string, Traced<GQL.QueryNodeArgs>>("Node", ({ args }) => survivingId(parameter(args.id, "text"))),
  nodeAsKnown: from.byId<string, Traced<GQL.QueryNodeAsKnownArgs>>("Node", ({ args }) =>
    survivingId(parameter(args.id, "text")),
  ),
  nodes: from.byIds<string, Traced<GQL.QueryNodesArgs>>("Node", ({ args }) =>
    survivingIds(parameter(args.ids, "text[]")),
  ),
  service: from.group("Service"),
  viewer: from.group("Viewer"),
  rateLimit: from.groupOfRequest<"RateLimit", RequestFacts>("RateLimit", ({ rate }) => rate?.() !== undefined),
}));
