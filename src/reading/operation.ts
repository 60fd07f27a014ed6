import {
  getVariableValues,
  Kind,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { collectFields } from "./planner.js";
import type { RootField } from "./reader.js";

const known = new WeakMap<DocumentNode, Readonly<Record<string, FragmentDefinitionNode>>>();

/** The fragments of a document, by their names. */
export function fragmentsOf(document: DocumentNode): Readonly<Record<string, FragmentDefinitionNode>> {
  let fragments = known.get(document);
  if (!fragments) {
    fragments = Object.fromEntries(
      document.definitions.flatMap((node) => (node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node]] : [])),
    );
    known.set(document, fragments);
  }
  return fragments;
}

/** The number of root fields that are read from the record. */
export function countRootFields(field: AskedRoot): number {
  const { selections } = field.operation.selectionSet;
  // Most operations have one, which need not be collected.
  if (selections.length === 1 && selections[0]?.kind === Kind.FIELD) return 1;
  return [...collectRoot(field).values()].filter((nodes) => !(nodes[0] as FieldNode).name.value.startsWith("__"))
    .length;
}

/** The response keys of the root fields, in the order of the operation. */
export function rootKeys(field: AskedRoot): readonly string[] {
  return [...collectRoot(field).keys()];
}

type AskedRoot = Pick<RootField, "schema" | "operation" | "fragments" | "variables" | "parentType">;

function collectRoot({ schema, operation, fragments, variables, parentType }: AskedRoot) {
  return collectFields({ schema, fragments, variables }, parentType, [operation.selectionSet]);
}

/** A query as it was asked: a validated document, the operation in it, and variables as the client sent them. */
export interface AskedQuery {
  readonly schema: GraphQLSchema;
  readonly document: DocumentNode;
  readonly operation: OperationDefinitionNode;
  readonly variables: Readonly<Record<string, unknown>>;
}

/**
 * The root fields of a query, in order.
 * @returns undefined if there is introspection or the variables are invalid. An executor then responds or reports the
 * error.
 */
export function rootFieldsOf({ schema, document, operation, variables }: AskedQuery): readonly RootField[] | undefined {
  const parentType = schema.getQueryType() as GraphQLObjectType;
  const coerced = getVariableValues(schema, operation.variableDefinitions ?? [], variables);
  if (coerced.errors) return undefined;
  const fragments = fragmentsOf(document);
  const context = { schema, fragments, variables: coerced.coerced };
  const selection = collectFields(context, parentType, [operation.selectionSet]);
  const fields: RootField[] = [];
  for (const [key, nodes] of selection) {
    if ((nodes[0] as FieldNode).name.value.startsWith("__")) return undefined;
    fields.push({ schema, operation, fragments, variables: coerced.coerced, parentType, key, nodes });
  }
  return fields;
}
