import { readFileSync } from "node:fs";
import {
  buildSchema,
  defaultFieldResolver,
  isObjectType,
  isScalarType,
  type GraphQLFieldResolver,
  type GraphQLObjectType,
  type GraphQLResolveInfo,
  type GraphQLSchema,
} from "graphql";
import { guardRootFields, type GuardedContext } from "./access/guard.js";
import { dateScalar, dateTimeScalar, partialDateScalar, urlScalar } from "./lib/scalars.js";
import { activityRoots, activityTypes } from "./modules/activities/activities.fields.js";
import { agreementRoots, agreementTypes } from "./modules/agreements/agreements.fields.js";
import { conflictRoots, conflictTypes } from "./modules/answers/conflicts.fields.js";
import { contradictionRoots, contradictionTypes } from "./modules/answers/contradictions.fields.js";
import { coverageRoots, coverageTypes } from "./modules/answers/coverage.fields.js";
import { encounterRoots, encounterTypes } from "./modules/answers/encounters.fields.js";
import { firstSinceRoots, firstSinceTypes } from "./modules/answers/first-since.fields.js";
import { jointMembershipRoots, jointMembershipTypes } from "./modules/answers/joint-memberships.fields.js";
import { ledgerRoots } from "./modules/answers/ledgers.fields.js";
import { searchRoots, searchTypes } from "./modules/answers/search.fields.js";
import { statisticsRoots, statisticsTypes } from "./modules/answers/statistics.fields.js";
import { timelineRoots, timelineTypes } from "./modules/answers/timeline.fields.js";
import { deskRoots, deskTypes } from "./modules/desk/desk.fields.js";
import { documentRoots, documentTypes } from "./modules/documents/documents.fields.js";
import { forumRoots, forumTypes } from "./modules/forums/forums.fields.js";
import { duplicateRoots, duplicateTypes } from "./modules/history/duplicates.fields.js";
import { historyRoots, historyTypes } from "./modules/history/history.fields.js";
import { identifierRoots, identifierTypes } from "./modules/identifiers.fields.js";
import { kindOfType } from "./modules/kinds.js";
import { meetingRoots, meetingTypes } from "./modules/meetings/meetings.fields.js";
import { ledgerTypes } from "./modules/meetings/ledgers.fields.js";
import { officeCheckTypes } from "./modules/meetings/office-check.fields.js";
import { officeRoots, officeTypes } from "./modules/parties/offices.fields.js";
import { partyRoots, partyTypes } from "./modules/parties/parties.fields.js";
import { federationRoots, federationSdl, federationTypes } from "./modules/service/federation.fields.js";
import { serviceRoots, serviceTypes } from "./modules/service/service.fields.js";
import { topicRoots, topicTypes } from "./modules/topics.lists.js";
import type { ObjectDeclaration, TypeDeclaration } from "./reading/declarations.js";

/** The contract as it is written by hand; it lies at the root of the package. */
export const schemaFile = new URL("../schema.graphql", import.meta.url);

/** The additions for gateways of federated graphs. */
const federationFile = new URL("../federation.graphql", import.meta.url);

const roots: readonly ObjectDeclaration[] = [
  documentRoots,
  partyRoots,
  officeRoots,
  forumRoots,
  meetingRoots,
  agreementRoots,
  activityRoots,
  topicRoots,
  identifierRoots,
  contradictionRoots,
  duplicateRoots,
  encounterRoots,
  firstSinceRoots,
  ledgerRoots,
  jointMembershipRoots,
  timelineRoots,
  statisticsRoots,
  coverageRoots,
  searchRoots,
  conflictRoots,
  historyRoots,
  deskRoots,
  serviceRoots,
  federationRoots,
];

const query: ObjectDeclaration = {
  kind: "object",
  name: "Query",
  table: null,
  fields: Object.assign({}, ...roots.map(({ fields }) => fields)) as ObjectDeclaration["fields"],
};

const declarations: readonly TypeDeclaration[] = [
  query,
  ...documentTypes,
  ...partyTypes,
  ...officeTypes,
  ...forumTypes,
  ...meetingTypes,
  ...officeCheckTypes,
  ...ledgerTypes,
  ...agreementTypes,
  ...activityTypes,
  ...topicTypes,
  ...identifierTypes,
  ...conflictTypes,
  ...contradictionTypes,
  ...duplicateTypes,
  ...encounterTypes,
  ...firstSinceTypes,
  ...jointMembershipTypes,
  ...timelineTypes,
  ...statisticsTypes,
  ...coverageTypes,
  ...searchTypes,
  ...historyTypes,
  ...deskTypes,
  ...serviceTypes,
  ...federationTypes,
];

/** Ids of records begin as their declarations say. */
function withPrefix(declaration: TypeDeclaration): TypeDeclaration {
  const kind = kindOfType(declaration.name);
  return declaration.kind === "object" && kind !== undefined ? { ...declaration, prefix: kind.prefix } : declaration;
}

/** The declarations of all types, by name. */
export const recordTypes: ReadonlyMap<string, TypeDeclaration> = new Map(
  declarations.map((declaration) => [declaration.name, withPrefix(declaration)]),
);

/** The part of a request's context that root fields need. */
export interface RootReading extends GuardedContext {
  /** Reads a root field with everything selected below it, for the executor. */
  read(info: GraphQLResolveInfo): Promise<unknown>;
  /** Carries out an act, and reads its payload with everything selected below it. */
  act(input: unknown, info: GraphQLResolveInfo): Promise<unknown>;
  /** Follows the record. Each step has an event id and, as `value`, the event's payload. */
  follow(
    args: Readonly<Record<string, string | null | undefined>>,
    info: GraphQLResolveInfo,
  ): Promise<AsyncIterable<{ readonly id: string | undefined; readonly value?: unknown }>>;
}

/** Root fields hand their whole selection to the reader. */
const readRoot: GraphQLFieldResolver<unknown, RootReading> = (_source, _args, context, info) => context.read(info);

/** Mutations are acts; each has one argument. */
const carryOutAct: GraphQLFieldResolver<unknown, RootReading> = (
  _source,
  { input }: { input?: unknown },
  context,
  info,
) => context.act(input, info);

/** A subscription follows the record, */
const followRecord: GraphQLFieldResolver<unknown, RootReading> = (
  _source,
  args: Parameters<RootReading["follow"]>[0],
  context,
  info,
) => context.follow(args, info);

/** and each of its steps is executed with what has been read for it. */
const takeFromStep: GraphQLFieldResolver<{ readonly value?: unknown }, RootReading> = ({ value }) => value;

/** Everything below comes out of the answer that the reader has put together, by response key. */
const takeFromAnswer: GraphQLFieldResolver<Record<string, unknown>, RootReading> = (source, _args, _context, info) =>
  source[info.path.key];

/** The executable schema: schema.graphql, what gateways ask beside it, its scalars, and the reader behind its root fields. */
export function buildExecutableSchema(): GraphQLSchema {
  const schema = buildSchema([schemaFile, federationFile].map((file) => readFileSync(file, "utf8")).join("\n"));
  const scalars = [dateScalar, dateTimeScalar, partialDateScalar, urlScalar];
  for (const type of Object.values(schema.getTypeMap())) {
    const scalar = isScalarType(type) ? scalars.find(({ name }) => name === type.name) : undefined;
    if (isScalarType(type) && scalar) {
      type.serialize = scalar.serialize;
      type.parseValue = scalar.parseValue;
      type.parseLiteral = scalar.parseLiteral;
    } else if (isObjectType(type) && !type.name.startsWith("__")) {
      const resolve = resolverOf(schema, type);
      for (const field of Object.values(type.getFields())) {
        field.resolve = resolve;
        if (type === schema.getSubscriptionType())
          field.subscribe = followRecord as GraphQLFieldResolver<unknown, unknown>;
      }
    }
  }
  guardRootFields(schema);
  return schema;
}

let forGateways: string | undefined;

/** The contract with the keys by which services of a federated graph refer to its records. */
export function contractForGateways(): string {
  return (forGateways ??= federationSdl(readFileSync(schemaFile, "utf8")));
}

function resolverOf(schema: GraphQLSchema, type: GraphQLObjectType): GraphQLFieldResolver<unknown, unknown> {
  // User errors come from the mutation's result and not from the reader.
  if (type.name === "UserError") return defaultFieldResolver;
  const roots = [
    [schema.getQueryType(), readRoot],
    [schema.getMutationType(), carryOutAct],
    [schema.getSubscriptionType(), takeFromStep],
  ] as const;
  const resolve = roots.find(([root]) => root === type)?.[1] ?? takeFromAnswer;
  return resolve as GraphQLFieldResolver<unknown, unknown>;
}
