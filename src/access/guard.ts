import {
  getDirectiveValues,
  GraphQLError,
  isAbstractType,
  isInterfaceType,
  isObjectType,
  TypeInfo,
  visit,
  visitWithTypeInfo,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLCompositeType,
  type GraphQLFieldResolver,
  type GraphQLInterfaceType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { isKnown, scopes, type Principal, type Scope } from "./principal.js";

/** The scope that a field requires. */
interface Requirement {
  /** `Mutation.recordMeeting` */
  readonly field: string;
  /** Null if the schema names no scope for a field that needs one; it is then forbidden. */
  readonly scope: Scope | null;
  readonly node: FieldNode;
}

/** An operation of a valid document. */
export interface GuardedOperation {
  readonly operation: OperationDefinitionNode;
  /** The fragments of its document; asked for where the operation is not known yet. */
  readonly fragments: () => Iterable<FragmentDefinitionNode>;
}

/** Checks permissions. Everything that executes operations calls it first. */
export interface Guard {
  /**
   * Rejects a whole operation before its execution.
   * @throws GraphQLError with the code UNAUTHENTICATED without a credential, or FORBIDDEN for one with a lower scope;
   * both with `requires`, the required scope, if there is one.
   */
  check(asked: GuardedOperation, principal: Principal): void;
  /** Whether anonymous clients may execute all of an operation. */
  isOpen(asked: GuardedOperation): boolean;
}

/** The part of a request's context that guarded resolvers need. */
export interface GuardedContext {
  readonly principal: Principal;
}

/** Maximum number of fields named in an error. */
const mostNamed = 5;

/**
 * The guard of a schema. A field requires the scope in its `@requires`. Without the directive it is open, except for
 * mutations, which are then forbidden. Results are cached per operation.
 */
export function createGuard(schema: GraphQLSchema): Guard {
  const known = new WeakMap<OperationDefinitionNode, readonly Requirement[]>();

  function requirementsOf({ operation, fragments }: GuardedOperation): readonly Requirement[] {
    let found = known.get(operation);
    if (!found) known.set(operation, (found = findRequirements(schema, operation, fragments())));
    return found;
  }

  return {
    check(asked, principal) {
      const missing = requirementsOf(asked).filter(({ scope }) => scope === null || !principal.scopes.has(scope));
      if (missing.length > 0) throw refusal(missing, principal);
    },
    isOpen: (asked) => requirementsOf(asked).length === 0,
  };
}

/**
 * Makes the root fields of a schema check the guard first, whichever executor calls them. If the operation was checked
 * before, as the service does, there is nothing left to reject.
 */
export function guardRootFields(schema: GraphQLSchema): void {
  const guard = createGuard(schema);
  type Resolver = GraphQLFieldResolver<unknown, unknown>;
  const guarded =
    (resolve: Resolver): Resolver =>
    (source, args, context, info) => {
      guard.check(
        { operation: info.operation, fragments: () => Object.values(info.fragments) },
        (context as GuardedContext).principal,
      );
      return resolve(source, args, context, info);
    };
  for (const type of [schema.getQueryType(), schema.getMutationType(), schema.getSubscriptionType()]) {
    for (const field of Object.values(type?.getFields() ?? {})) {
      if (field.resolve) field.resolve = guarded(field.resolve);
      if (field.subscribe) field.subscribe = guarded(field.subscribe);
    }
  }
}

/** The scope in a field's `@requires`; null without the directive. */
export function scopeOf(
  schema: GraphQLSchema,
  type: GraphQLObjectType | GraphQLInterfaceType,
  name: string,
): Scope | null {
  const directive = schema.getDirective("requires");
  const node = type.getFields()[name]?.astNode;
  const given = directive && node ? getDirectiveValues(directive, node) : undefined;
  return (given?.["scope"] as Scope | undefined) ?? null;
}

function findRequirements(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  fragments: Iterable<FragmentDefinitionNode>,
): readonly Requirement[] {
  const byName = new Map([...fragments].map((fragment) => [fragment.name.value, fragment]));
  const found = new Map<string, Requirement>();
  const types = new TypeInfo(schema);
  const visitor = visitWithTypeInfo(types, {
    Field(node) {
      const parent = types.getParentType();
      const requirement = parent ? requirementOf(schema, parent, node) : undefined;
      if (requirement) found.set(requirement.field, requirement);
    },
    FragmentSpread({ name }) {
      const fragment = byName.get(name.value);
      // Each fragment is visited once, however often it is spread.
      byName.delete(name.value);
      if (fragment) waiting.push(fragment);
    },
  });
  const waiting: (OperationDefinitionNode | FragmentDefinitionNode)[] = [operation];
  for (let next = waiting.pop(); next; next = waiting.pop()) visit(next, visitor);
  return [...found.values()];
}

/**
 * The scope that a field requires; undefined for open fields. Through an abstract type, a field requires what it
 * requires in any possible type.
 */
function requirementOf(schema: GraphQLSchema, parent: GraphQLCompositeType, node: FieldNode): Requirement | undefined {
  const name = node.name.value;
  // Introspection is open.
  if (name.startsWith("__")) return undefined;
  const types = isAbstractType(parent) ? [parent, ...schema.getPossibleTypes(parent)] : [parent];
  const asked = types.flatMap((type) =>
    isObjectType(type) || isInterfaceType(type) ? (scopeOf(schema, type, name) ?? []) : [],
  );
  const scope =
    scopes.findLast((each) => asked.includes(each)) ?? (parent === schema.getMutationType() ? null : "READ");
  return scope === "READ" ? undefined : { field: `${parent.name}.${name}`, scope, node };
}

function refusal(missing: readonly Requirement[], principal: Principal): GraphQLError {
  const forbidden = missing.filter(({ scope }) => scope === null);
  const scope = scopes.findLast((each) => missing.some((one) => one.scope === each));
  const named = forbidden.length > 0 ? forbidden : missing;
  const fields = named
    .slice(0, mostNamed)
    .map(({ field }) => field)
    .join(", ");
  const nodes = named.slice(0, mostNamed).map(({ node }) => node);
  if (forbidden.length > 0 || scope === undefined)
    return new GraphQLError(`${fields}: this is not available to any client.`, {
      nodes,
      extensions: { code: "FORBIDDEN" },
    });
  const extensions = { code: isKnown(principal) ? "FORBIDDEN" : "UNAUTHENTICATED", requires: scope };
  const way = isKnown(principal)
    ? `the credential has ${[...principal.scopes].join(", ")}.`
    : 'send a key or a token that has it, as "authorization: Bearer …".';
  return new GraphQLError(`${fields}: this requires the scope ${scope}; ${way}`, { nodes, extensions });
}
