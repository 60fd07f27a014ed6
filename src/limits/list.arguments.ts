import {
  getNamedType,
  getNullableType,
  isInputObjectType,
  isListType,
  Kind,
  type FieldNode,
  type GraphQLInputType,
  type ValueNode,
} from "graphql";
import type { Variables } from "./operation.cost.js";
import type { FieldShape } from "./operation.shape.js";

/** A list that an operation gives in an argument of a field, or somewhere within one. */
export interface GivenList {
  /** The path within the arguments of the field: `filter.parties`, `input.participants[3].cite`. */
  readonly argument: string;
  /** Its position in the schema: `Query.nodes.ids`, `MeetingFilter.parties`. */
  readonly place: string;
  readonly length: number;
}

/** A value as an operation has it: written in the document, or as it came in a variable. */
type Given = { readonly node: ValueNode } | { readonly value: unknown };

/** The values of variables: those of the request, or the defaults. */
export interface GivenVariables {
  readonly values: Variables;
  readonly defaults: ReadonlyMap<string, ValueNode>;
}

/**
 * All lists in the arguments of a field, with their lengths. Values are taken as they come: one value stands for a list
 * of one, and what does not fit its type counts nothing, because it is refused before anything is read.
 */
export function listsOf(
  { name, nodes, arguments: declared }: FieldShape,
  variables: GivenVariables,
): readonly GivenList[] {
  const found: GivenList[] = [];
  // Fields that are merged have the same arguments.
  for (const { name: argument, value } of (nodes[0] as FieldNode).arguments ?? []) {
    const type = declared.find((one) => one.name === argument.value)?.type;
    if (type && holdsLists(type))
      visit(
        { type, given: { node: value }, argument: argument.value, place: `${name}.${argument.value}` },
        variables,
        found,
      );
  }
  return found;
}

/** Whether arguments of a field are lists, or may hold some. */
export function takesLists({ arguments: declared }: FieldShape): boolean {
  return declared.some(({ type }) => holdsLists(type));
}

interface Place {
  readonly type: GraphQLInputType;
  readonly given: Given;
  readonly argument: string;
  readonly place: string;
}

function visit({ type: declared, given, argument, place }: Place, variables: GivenVariables, found: GivenList[]): void {
  const resolved = resolve(given, variables);
  if (!resolved) return;
  const type = getNullableType(declared);
  if (isListType(type)) {
    found.push({ argument, place, length: lengthOf(resolved) });
    if (!holdsLists(type.ofType)) return;
    entriesOf(resolved).forEach((entry, index) =>
      visit({ type: type.ofType, given: entry, argument: `${argument}[${String(index)}]`, place }, variables, found),
    );
  } else if (isInputObjectType(type)) {
    for (const field of Object.values(type.getFields())) {
      const value = holdsLists(field.type) ? memberOf(resolved, field.name) : undefined;
      if (value)
        visit(
          {
            type: field.type,
            given: value,
            argument: `${argument}.${field.name}`,
            place: `${type.name}.${field.name}`,
          },
          variables,
          found,
        );
    }
  }
}

/** The value of a variable; undefined for null and a missing value. */
function resolve(given: Given, { values, defaults }: GivenVariables): Given | undefined {
  if ("value" in given) return given.value === null || given.value === undefined ? undefined : given;
  const { node } = given;
  if (node.kind === Kind.NULL) return undefined;
  if (node.kind !== Kind.VARIABLE) return given;
  const name = node.name.value;
  if (Object.hasOwn(values, name)) return resolve({ value: values[name] }, { values, defaults });
  const written = defaults.get(name);
  return written && resolve({ node: written }, { values, defaults });
}

function lengthOf(given: Given): number {
  if ("value" in given) return Array.isArray(given.value) ? given.value.length : 1;
  return given.node.kind === Kind.LIST ? given.node.values.length : 1;
}

function entriesOf(given: Given): readonly Given[] {
  if ("value" in given) return Array.isArray(given.value) ? given.value.map((value: unknown) => ({ value })) : [given];
  return given.node.kind === Kind.LIST ? given.node.values.map((node) => ({ node })) : [given];
}

function memberOf(given: Given, name: string): Given | undefined {
  if ("value" in given) {
    const { value } = given;
    return typeof value === "object" && value !== null && Object.hasOwn(value, name)
      ? { value: (value as Variables)[name] }
      : undefined;
  }
  if (given.node.kind !== Kind.OBJECT) return undefined;
  const field = given.node.fields.find((one) => one.name.value === name);
  return field && { node: field.value };
}

const known = new WeakMap<object, boolean>();

/** Whether values of a type are lists, or may hold some. */
export function holdsLists(type: GraphQLInputType): boolean {
  if (isListType(getNullableType(type))) return true;
  const named = getNamedType(type);
  if (!isInputObjectType(named)) return false;
  let holds = known.get(named);
  if (holds === undefined) {
    // Stands in where a type comes back to itself.
    known.set(named, false);
    holds = Object.values(named.getFields()).some((field) => holdsLists(field.type));
    known.set(named, holds);
  }
  return holds;
}
