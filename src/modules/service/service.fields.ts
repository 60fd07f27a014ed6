import { sql } from "kysely";
import { isKnown, type Principal } from "../../access/principal.js";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import { mapLeaf, type Traced } from "../../reading/inputs.js";
import { parameter } from "../../reading/sql.js";
import { objectType } from "../declare.js";
import { survivingId, survivingIds } from "../history/history.lists.js";

/** What the service's own fields need to know of the process that answers. */
export interface ServiceFacts {
  readonly version: string;
  /** ISO 8601 in UTC. */
  readonly startedAt: string;
  readonly limits: Omit<GQL.ServiceLimits, "__typename">;
}

/** What fields that do not come from the database are read from. */
export interface RequestFacts extends ServiceFacts {
  readonly principal: Principal;
}

const count = (table: string) => sql`(select count(*) from ${sql.table(table)})`;

/** How many ids can be asked for at once. */
const mostIds = 100;

/** What the service is and promises. */
export const serviceTypes = [
  objectType<GQL.Service>()("Service", null, {}, (from) => ({
    version: from.fromRequest<string, ServiceFacts>(({ version }) => version),
    startedAt: from.fromRequest<string, ServiceFacts>(({ startedAt }) => startedAt),
    recordVersion: from.expression(() => sql`coalesce((select "version" from "RecordVersion"), 0)`),
    counts: from.group("RecordCounts"),
    limits: from.group("ServiceLimits"),
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
    maxTokens: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxTokens),
    maxBodyBytes: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxBodyBytes),
    maxConcurrentOperations: from.fromRequest<number, ServiceFacts>(({ limits }) => limits.maxConcurrentOperations),
  })),

  objectType<GQL.Viewer>()("Viewer", null, {}, (from) => ({
    actor: from.fromRequest<string | null, RequestFacts>(({ principal }) => (isKnown(principal) ? principal.actor : null)),
    name: from.fromRequest<string | null, RequestFacts>(({ principal }) => principal.name),
    scopes: from.fromRequest<readonly GQL.Scope[], RequestFacts>(({ principal }) => [...principal.scopes]),
  })),
];

/** Look-ups by id, the service itself, and who asks it. */
export const serviceRoots = objectType<Pick<GQL.Query, "node" | "nodes" | "service" | "viewer">>()("Query", null, {}, (from) => ({
  node: from.byId<string, Traced<GQL.QueryNodeArgs>>("Node", ({ args }) => survivingId(parameter(args.id, "text"))),
  nodes: from.byIds<string, Traced<GQL.QueryNodesArgs>>("Node", ({ args }) =>
    survivingIds(
      parameter(
        mapLeaf(args.ids, (ids) => {
          if (ids.length <= mostIds) return ids;
          throw inputError({ argument: "ids", problem: `must hold at most ${mostIds} ids, but holds ${ids.length}.` });
        }),
        "text[]",
      ),
    ),
  ),
  service: from.group("Service"),
  viewer: from.group("Viewer"),
}));
