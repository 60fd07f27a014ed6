import {
  getNamedType,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  typeFromAST,
  type GraphQLInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";

/** The coerced variable values of one request. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * A value that is known only when the request comes: a plan is compiled once with inputs in the places of values and
 * bound to the variables of each request. What decides the shape of the SQL (whether something is given at all, an
 * enum value, a boolean) is never an input but known to the planner; see `signatureOf`.
 */
export class Input<T> {
  constructor(
    /** Reads the value out of a request's variables; throws an input error where it is not acceptable. */
    readonly read: (variables: Variables) => T,
  ) {}

  map<U>(change: (value: T) => U): Input<U> {
    return new Input((variables) => change(this.read(variables)));
  }
}

/** A value of the document itself, or an input. */
export type Leaf<T> = T | Input<T>;

/** Applies a function to a leaf, now or when the request comes. */
export function mapLeaf<T, U>(leaf: Leaf<T>, change: (value: T) => U): Leaf<U> {
  return leaf instanceof Input ? leaf.map(change) : new Input(() => change(leaf));
}

/** Arguments as the planner sees them: enums and booleans are known, other scalars are leaves, lists of them are one leaf. */
export type Traced<T> = T extends boolean
  ? T
  : T extends string
    ? string extends T
      ? Leaf<string>
      : T
    : T extends number
      ? Leaf<number>
      : T extends null | undefined
        ? T
        : T extends readonly (infer E)[]
          ? TracedList<E>
          : { readonly [K in keyof T]: Traced<T[K]> };

type TracedList<E> = E extends string
  ? string extends E
    ? Leaf<readonly string[]>
    : readonly E[]
  : E extends number
    ? Leaf<readonly number[]>
    : readonly Traced<E>[];

/** Whether values of this type are left open in a plan. Enums and booleans decide the shape of the SQL and are not. */
function isOpen(type: GraphQLInputType): boolean {
  const named = getNamedType(type);
  return isScalarType(named) && named.name !== "Boolean";
}

/**
 * The variables with inputs in the places of open scalars.
 * @param values the coerced variables of a request; only their shape matters.
 */
export function traceVariables(schema: GraphQLSchema, operation: OperationDefinitionNode, values: Variables): Variables {
  const traced: Record<string, unknown> = {};
  for (const definition of operation.variableDefinitions ?? []) {
    const name = definition.variable.name.value;
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    if (type && Object.hasOwn(values, name)) {
      traced[name] = trace(type, values[name], (variables) => variables[name]);
    }
  }
  return traced;
}

function trace(type: GraphQLInputType, value: unknown, read: (variables: Variables) => unknown): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return trace(type.ofType, value, read);
  if (isListType(type)) {
    if ((value as unknown[]).length === 0) return [];
    if (isOpen(type.ofType)) return new Input(read);
    return (value as unknown[]).map((item, index) =>
      trace(type.ofType, item, (variables) => (read(variables) as unknown[])[index]),
    );
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).flatMap(([key, inner]) => {
        const field = fields[key];
        return field ? [[key, trace(field.type, inner, (variables) => (read(variables) as Variables)[key])]] : [];
      }),
    );
  }
  return isOpen(type) ? new Input(read) : value;
}

/** Makes lists of leaves one leaf, so that a field sees `["IND", $other]` and `$parties` alike. */
export function joinLists(type: GraphQLInputType, value: unknown): unknown {
  if (value === null || value === undefined || value instanceof Input) return value;
  if (isNonNullType(type)) return joinLists(type.ofType, value);
  if (isListType(type)) {
    if (!Array.isArray(value)) return value;
    if (!isOpen(type.ofType)) return value.map((item) => joinLists(type.ofType, item));
    return value.some((item) => item instanceof Input)
      ? new Input((variables) => value.map((item) => (item instanceof Input ? item.read(variables) : item)))
      : value;
  }
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([key, inner]) => {
        const field = fields[key];
        return [key, field ? joinLists(field.type, inner) : inner];
      }),
    );
  }
  return value;
}

type Signer = (values: Variables) => string;
const signers = new WeakMap<OperationDefinitionNode, Signer>();

/**
 * What of a request's variables decides the shape of its plans: which are given, which lists are empty, the values of
 * enums and booleans, the lengths of lists of objects. Requests of one operation with the same signature share their plans.
 */
export function signatureOf(schema: GraphQLSchema, operation: OperationDefinitionNode, values: Variables): string {
  let signer = signers.get(operation);
  if (!signer) {
    signer = makeSigner(schema, operation);
    signers.set(operation, signer);
  }
  return signer(values);
}

function makeSigner(schema: GraphQLSchema, operation: OperationDefinitionNode): Signer {
  const parts = (operation.variableDefinitions ?? []).flatMap((definition) => {
    const type = typeFromAST(schema, definition.type as never) as GraphQLInputType | undefined;
    return type ? [{ name: definition.variable.name.value, type }] : [];
  });
  if (parts.length === 0) return () => "";
  return (values) => {
    let signature = "";
    for (const { name, type } of parts) {
      signature += Object.hasOwn(values, name) ? sign(type, values[name]) : "-";
    }
    return signature;
  };
}

function sign(type: GraphQLInputType, value: unknown): string {
  if (value === null || value === undefined) return "0";
  if (isNonNullType(type)) return sign(type.ofType, value);
  if (isListType(type)) {
    if ((value as unknown[]).length === 0) return "[]";
    return isOpen(type.ofType) ? "l" : `[${(value as unknown[]).map((item) => sign(type.ofType, item)).join()}]`;
  }
  if (isInputObjectType(type)) {
    const given = value as Record<string, unknown>;
    return `{${Object.values(type.getFields())
      .map((field) => (Object.hasOwn(given, field.name) ? sign(field.type, given[field.name]) : "-"))
      .join("")}}`;
  }
  if (isEnumType(type) || !isOpen(type)) return `<${String(value)}>`;
  return "1";
}
