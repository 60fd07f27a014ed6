import { getNamedType, isLeafType, type GraphQLObjectType, type GraphQLResolveInfo } from "graphql";
import { collectFields } from "../reading/planner.js";
import type { RootField } from "../reading/reader.js";
import type { ActOutcome } from "./run.js";

/** Reads the objects with some ids for a field of a payload. */
export type ReadHeld = (field: RootField, ids: string | readonly string[]) => Promise<unknown>;

/**
 * The payload of a mutation, keyed by response keys. Objects are read again, with one statement for each field of
 * objects.
 */
export async function payloadOf(
  info: GraphQLResolveInfo,
  { answer, userErrors, isReplay = false }: ActOutcome,
  read: ReadHeld,
): Promise<Record<string, unknown>> {
  const { schema, operation, fragments, variableValues: variables, fieldNodes, returnType, path } = info;
  const parentType = getNamedType(returnType) as GraphQLObjectType;
  const sets = fieldNodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
  const payload: Record<string, unknown> = {};
  for (const [key, nodes] of collectFields({ schema, fragments, variables }, parentType, sets)) {
    const name = nodes[0]?.name.value ?? "";
    const field = parentType.getFields()[name];
    if (!field) continue; // __typename is the executor's
    if (name === "userErrors" || name === "isReplay") {
      payload[key] = name === "isReplay" ? isReplay : userErrors;
      continue;
    }
    const value = answer?.[name] ?? null;
    const isPlain = value === null || isLeafType(getNamedType(field.type));
    const rootField = { schema, operation, fragments, variables, parentType, key: `${String(path.key)}.${key}`, nodes };
    payload[key] = isPlain ? value : await read(rootField, value as string | readonly string[]);
  }
  return payload;
}
