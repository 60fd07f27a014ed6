import {
  getNamedType,
  GraphQLID,
  GraphQLString,
  isEnumType,
  isInputObjectType,
  isListType,
  isNonNullType,
  isScalarType,
  isSpecifiedScalarType,
  typeFromAST,
  type ASTNode,
  type GraphQLInputType,
  type GraphQLNamedInputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
} from "graphql";
import { inputError } from "../lib/errors.js";

/** The coerced variable values of one request. */
export type Variables = Readonly<Record<string, unknown>>;

/**
 * A value that is bound for each request. Plans are compiled once with parameters and bound to the variables of each
 * request. Values that affect the SQL's structure (whether an argument is given, enum values, booleans) are never
 * parameters but known to the planner; see `signatureOf`.
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

/** A named value that accompanies held objects (see `Reader.held`). No variable of a request can have its name. */
export function heldWith<T>(name: string): Input<T> {
  return new Input((variables) => variables[heldName(name)] as T);
}

/** The variable's name for a value that accompanies held objects. */
export function heldName(name: string): string {
  return `0${name}`;
}

/** A value of the document itself, or an input. */
export type Leaf<T> = T | Input<T>;

/** Applies a function to a leaf when the request comes. */
export function mapLeaf<T, U>(leaf: Leaf<T>, change: (value: T) => U): Input<U> {
  return leaf instanceof Input ? leaf.map(change) : new Input(() => change(leaf));
}

/** Applies a function to two leaves when the request comes. */
export function joinLeaves<T, U, V>(one: Leaf<T>, other: Leaf<U>, join: (one: T, other: U) => V): Input<V> {
  const [first, second] = [mapLeaf(one, (value) => value), mapLeaf(other, (value) => value)];
  return new Input((variables) => join(first.read(variables), second.read(variables)));
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

type TracedList<E> = [E] extends [string]
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
export function traceVariables(
  schema: GraphQLSchema,
  operation: OperationDefinitionNode,
  values: Variables,
): Variables {
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

/** An argument, or a place within it, and the nodes that give it: what an error points at. */
export interface ArgumentPlace {
  readonly argument: string;
  readonly nodes: readonly ASTNode[];
  /** Whether the answer has an entry for each entry of the list, repeated ones too. */
  readonly keepsRepeated?: boolean;
}

/**
 * An argument as a field sees it. Lists of parameters become one parameter without duplicates, so that `["IND",
 * $other]` and `$parties` look alike. Parameters are checked for values that graphql-js accepts but Postgres does not,
 * now or at execution.
 */
export function settleArgument(type: GraphQLInputType, value: unknown, place: ArgumentPlace): unknown {
  if (value === null || value === undefined) return value;
  if (isNonNullType(type)) return settleArgument(type.ofType, value, place);
  if (isListType(type)) return settleList(type.ofType, value, place);
  if (isInputObjectType(type)) {
    const fields = type.getFields();
    return Object.fromEntries(
      Object.entries(value as Record<string, unknown>).map(([key, inner]) => {
        const field = fields[key];
        const within = { ...place, argument: `${place.argument}.${key}` };
        return [key, field ? settleArgument(field.type, inner, within) : inner];
      }),
    );
  }
  const check = checkOf(type, place);
  if (!check) return value;
  return value instanceof Input ? value.map(check) : check(value);
}

function settleList(type: GraphQLInputType, value: unknown, place: ArgumentPlace): unknown {
  const once = (items: readonly unknown[]) => (place.keepsRepeated ? items : [...new Set(items)]);
  if (!isOpen(type)) {
    return Array.isArray(value) ? once(value.map((item) => settleArgument(type, item, place))) : value;
  }
  const check = checkOf(getNamedType(type), place);
  const checkAll = (items: readonly unknown[]) =>
    once(check ? items.map((item) => (item === null ? item : check(item))) : items);
  if (value instanceof Input) return (value as Input<readonly unknown[]>).map(checkAll);
  if (!Array.isArray(value)) return value;
  return value.some((item) => item instanceof Input)
    ? new Input((variables) =>
        checkAll(value.map((item: unknown) => (item instanceof Input ? (item.read(variables) as unknown) : item))),
      )
    : checkAll(value);
}

/**
 * An additional check for a scalar. Postgres texts cannot contain NUL. graphql-js does not pass defaults of variables
 * through our scalars, so they are checked here.
 */
function checkOf(
  type: GraphQLNamedInputType,
  { argument, nodes }: ArgumentPlace,
): ((value: unknown) => unknown) | undefined {
  if (!isScalarType(type)) return undefined;
  if (type === GraphQLString || type === GraphQLID) {
    return (value) => {
      if (typeof value === "string" && value.includes("\0"))
        throw inputError({ argument, problem: "must not hold a NUL character.", nodes });
      return value;
    };
  }
  if (isSpecifiedScalarType(type)) return undefined;
  return (value) => {
    try {
      return type.parseValue(value);
    } catch (error) {
      if (!(error instanceof Error)) throw error;
      throw inputError({ argument, problem: `has an invalid value. ${error.message}`, nodes });
    }
  };
}

type Signer = (values: Variables) => string;
const signers = new WeakMap<OperationDefinitionNode, Signer>();

/**
 * The part of a request's variables that affects its plans: which are given, which lists are empty, enum values and
 * booleans, and the lengths of lists of objects. Requests of an operation with the same signature share plans.
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
  if (isEnumType(type) || !isOpen(type)) return `<${JSON.stringify(value)}>`;
  return "1";
}
