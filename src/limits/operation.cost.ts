import { Kind, valueFromASTUntyped, type FieldNode, type OperationDefinitionNode, type ValueNode } from "graphql";
import { bytes, sizes, surcharges, weights, type AskedField } from "./cost.weights.js";
import { limitError, type AmountLimits, type Excess } from "./limits.js";
import { listsOf, takesLists, type GivenList } from "./list.arguments.js";
import type { FieldShape, OperationShape, Shape } from "./operation.shape.js";

/** The amount of an operation. */
export interface Amount {
  /** Objects that may be returned. */
  readonly nodes: number;
  /** Points; see `cost.weights.ts` for what one is. */
  readonly cost: number;
}

/** An amount, and the list that is longer than lists in arguments may be, if there is one. */
export interface Weighed extends Amount {
  readonly tooLong: Excess | undefined;
}

/** The sizes of pages. */
export interface PageSizes {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
}

export type Variables = Readonly<Record<string, unknown>>;

/** The limits that a scale needs. */
export type ScaleLimits = PageSizes & Partial<Pick<AmountLimits, "maxListEntries">>;

/** Weighs one operation for any variables. */
export type Scale = (variables: Variables) => Weighed;

/** Maximum number of cached amounts per operation, by page sizes. */
const MOST_REMEMBERED = 64;

/**
 * Makes the scale of an operation.
 *
 * Nodes: each object counts as one, and an object in a list once for each entry that the list may have. That is `first`
 * or `last`, the default page size, or a fixed number for lists without pages. Connections and page information are not
 * objects. Cost: the weights of fields, lists and objects, multiplied in the same way. For an object of several
 * possible types, the most expensive one counts. Fields under `@skip` and `@include` count, because they may be
 * returned. Each entry of a list argument counts as often as its field is read, and so do the estimated bytes of long
 * texts. Some arguments and selections have surcharges, and all below a root field weighs more as of a moment.
 *
 * Variables are read as given. Only sizes and the arguments of surcharges matter. A value that cannot be coerced to a
 * size counts as if left out, because the executor rejects it before any read.
 */
export function createScale(shape: OperationShape, limits: ScaleLimits): Scale {
  const defaults = defaultsOf(shape.operation);
  const defaultValues = Object.fromEntries([...defaults].map(([name, node]) => [name, valueFromASTUntyped(node)]));
  const sizesAt = [...sizeVariables(shape.root)];
  const takers = listTakers(shape.root);
  const charged = fieldsOf(shape.root, isCharged).map(({ field }) => field);
  const remembered = new Map<string, Weighed>();
  return (values) => {
    const given = sizesAt.map((name) => sizeIn(values, defaults, name));
    const lists = takers.map((taker) => listsOf(taker.field, { values, defaults }));
    const variables = { ...defaultValues, ...values };
    const isAsOf = shape.root.fields.some((field) => isGivenMoment(field, variables));
    const charges = charged.map((field) => chargeOf(field, variables, isAsOf));
    const key = `${given.join()} ${lists.map((each) => each.map(({ argument, length }) => `${argument}=${String(length)}`).join()).join(" ")} ${charges.map((charge) => `${String(charge.points)}${charge.isAsOf ? "*" : ""}`).join()}`;
    const known = remembered.get(key);
    if (known) return known;
    const sizeOf = new Map(sizesAt.map((name, index) => [name, given[index]]));
    const pointsOf = new Map(takers.map(({ field }, index) => [field, pointsOfLists(lists[index] ?? [])]));
    const chargesOf = new Map(charged.map((field, index) => [field, charges[index] ?? NO_CHARGE]));
    const { nodes, cost, surcharges: extra } = new Weighing(sizeOf, pointsOf, chargesOf, limits).of(shape.root);
    const tooLong = longestOf(takers, lists, limits);
    const weighed = {
      nodes: Math.min(Math.ceil(nodes), Number.MAX_SAFE_INTEGER),
      cost: Math.min(Math.ceil(cost + extra - EPSILON), Number.MAX_SAFE_INTEGER),
      tooLong,
    };
    if (remembered.size >= MOST_REMEMBERED) remembered.clear();
    // Keys of many short lists would be longer than what is remembered is worth.
    if (key.length <= LONGEST_KEY) remembered.set(key, weighed);
    return weighed;
  };
}

/** Characters of what the amounts of an operation are remembered by. */
const LONGEST_KEY = 1_000;

/** A field whose arguments hold lists, and the response keys that lead to it. */
interface ListTaker {
  readonly field: FieldShape;
  readonly path: readonly string[];
}

const listTakers = (root: Shape): readonly ListTaker[] => fieldsOf(root, takesLists);

/** The fields below a selection that fulfil a condition, each shape looked at once. */
function fieldsOf(root: Shape, isWanted: (field: FieldShape) => boolean): readonly ListTaker[] {
  const found: ListTaker[] = [];
  const seen = new Set<Shape>();
  const visit = (shape: Shape, path: readonly string[]): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    for (const field of shape.fields) {
      const at = [...path, field.key];
      if (isWanted(field)) found.push({ field, path: at });
      for (const below of field.below) visit(below, at);
    }
  };
  visit(root, []);
  return found;
}

/** The surcharge of a field, and whether it is a root field that is asked as of a moment. */
interface Charge {
  readonly points: number;
  readonly isAsOf: boolean;
}

const NO_CHARGE: Charge = { points: 0, isAsOf: false };
const MOMENT = "knownAt";

/** Whether the cost of a field depends on more than its selection and the sizes of its lists. */
function isCharged(field: FieldShape): boolean {
  return surcharges[field.name] !== undefined || (isRoot(field.name) && argumentOf(field, MOMENT) !== undefined);
}

function isGivenMoment(field: FieldShape, variables: Variables): boolean {
  return isRoot(field.name) && argumentValue(field, MOMENT, variables) !== undefined;
}

/** @param isAsOf whether any root field of the operation is asked as of a moment. */
function chargeOf(field: FieldShape, variables: Variables, isAsOf: boolean): Charge {
  // A surcharge looks at several fields of one input.
  const given = new Map<string, unknown>();
  const argument = (name: string): unknown => {
    if (!given.has(name)) given.set(name, argumentValue(field, name, variables));
    return given.get(name);
  };
  const value = (path: string): unknown => {
    const [name = "", ...inner] = path.split(".");
    return inner.reduce(fieldOf, argument(name));
  };
  const asked: AskedField = {
    isAsOf,
    value,
    entries(path) {
      const found = value(path);
      if (found === undefined) return 0;
      return Array.isArray(found) ? found.length : 1;
    },
    selects: (name) => field.below.some((shape) => shape.fields.some((below) => below.name.endsWith(`.${name}`))),
  };
  return { points: surcharges[field.name]?.(asked) ?? 0, isAsOf: isGivenMoment(field, variables) };
}

/** The value of a field of an input; undefined for null and a missing value. */
function fieldOf(input: unknown, name: string): unknown {
  return typeof input === "object" && input !== null && Object.hasOwn(input, name)
    ? ((input as Variables)[name] ?? undefined)
    : undefined;
}

function pointsOfLists(lists: readonly GivenList[]): number {
  return lists.reduce((sum, { place, length }) => sum + entryPoints(place, length), 0);
}

/** The cost of the entries of a list argument, each time that its field is read. */
export function entryPoints(place: string, length: number): number {
  const { each = weights.entry, several = 0 } = weights.entries[place] ?? {};
  return each * length + (length > 1 ? several : 0);
}

function longestOf(
  takers: readonly ListTaker[],
  lists: readonly (readonly GivenList[])[],
  { maxListEntries }: ScaleLimits,
): Excess | undefined {
  if (maxListEntries === undefined) return undefined;
  for (const [index, { field, path }] of takers.entries()) {
    const tooLong = lists[index]?.find(({ length }) => length > maxListEntries);
    if (tooLong)
      return {
        limit: "maxListEntries",
        allowed: maxListEntries,
        found: tooLong.length,
        argument: tooLong.argument,
        path,
        nodes: [field.nodes[0] as FieldNode],
      };
  }
  return undefined;
}

/** Sums of tenths and hundredths are rounded up, their rounding errors are not. */
const EPSILON = 1e-6;

/**
 * Compares an amount with its limits; those left out are not looked at.
 * @throws GraphQLError with the code LIMIT_EXCEEDED.
 */
export function checkAmount(
  { nodes, cost, tooLong }: Weighed,
  { maxNodes, maxCost }: Partial<AmountLimits>,
  operation: OperationDefinitionNode,
): void {
  if (maxNodes !== undefined && nodes > maxNodes)
    throw limitError({ limit: "maxNodes", allowed: maxNodes, found: nodes, nodes: [operation] });
  if (tooLong) throw limitError(tooLong);
  if (maxCost !== undefined && cost > maxCost)
    throw limitError({ limit: "maxCost", allowed: maxCost, found: cost, nodes: [operation] });
}

type SizeValue = number | undefined;

/** A whole number is a size, a list has as many entries as it has; one value stands for a list of one. */
function sizeOfValue(value: unknown): SizeValue {
  if (typeof value === "number") return value;
  if (Array.isArray(value)) return value.length;
  return typeof value === "string" ? 1 : undefined;
}

function sizeOfLiteral(node: ValueNode | undefined): SizeValue {
  if (node?.kind === Kind.INT) return Number(node.value);
  if (node?.kind === Kind.LIST) return node.values.length;
  return node?.kind === Kind.STRING ? 1 : undefined;
}

function defaultsOf({ variableDefinitions = [] }: OperationDefinitionNode): ReadonlyMap<string, ValueNode> {
  return new Map(
    variableDefinitions.flatMap(({ variable, defaultValue }) =>
      defaultValue ? [[variable.name.value, defaultValue] as const] : [],
    ),
  );
}

function sizeIn(values: Variables, defaults: ReadonlyMap<string, ValueNode>, name: string): SizeValue {
  return Object.hasOwn(values, name) ? sizeOfValue(values[name]) : sizeOfLiteral(defaults.get(name));
}

function argumentOf({ nodes }: FieldShape, name: string): ValueNode | undefined {
  // Fields that are merged have the same arguments.
  return (nodes[0] as FieldNode).arguments?.find((argument) => argument.name.value === name)?.value;
}

/** The value of an argument as it was given; undefined for null and a missing value. */
function argumentValue(field: FieldShape, name: string, variables: Variables): unknown {
  const node = argumentOf(field, name);
  return node && (valueFromASTUntyped(node, variables) ?? undefined);
}

/** The arguments that say how long the list of a field is. */
function sizeArguments({ kind, name }: FieldShape): readonly string[] {
  if (kind === "page") return ["first", "last"];
  const argument = sizes.byArgument[name];
  return argument === undefined ? [] : [argument];
}

/** The variables that sizes below a selection depend on. */
function sizeVariables(root: Shape): ReadonlySet<string> {
  const names = new Set<string>();
  const seen = new Set<Shape>();
  const visit = (shape: Shape): void => {
    if (seen.has(shape)) return;
    seen.add(shape);
    for (const field of shape.fields) {
      for (const argument of sizeArguments(field)) {
        const value = argumentOf(field, argument);
        if (value?.kind === Kind.VARIABLE) names.add(value.name.value);
      }
      field.below.forEach(visit);
    }
  };
  visit(root);
  return names;
}

/** The weight of a field; `surcharges` are apart, because they already know whether they are asked as of a moment. */
interface Load extends Amount {
  readonly surcharges: number;
}

/** The weight of a selection. Entries of a page are separate, because they are multiplied by its size. */
interface Weight extends Load {
  readonly entries: Load;
}

const NOTHING: Load = { nodes: 0, cost: 0, surcharges: 0 };

const sum = (one: Load, other: Load): Load => ({
  nodes: one.nodes + other.nodes,
  cost: one.cost + other.cost,
  surcharges: one.surcharges + other.surcharges,
});

const times = (count: number, { nodes, cost, surcharges: extra }: Load): Load => ({
  nodes: count * nodes,
  cost: count * cost,
  surcharges: count * extra,
});

/** Weighs the shapes of one operation for one set of sizes; a shape that stands in several places is weighed once. */
class Weighing {
  readonly #variables: ReadonlyMap<string, SizeValue>;
  readonly #lists: ReadonlyMap<FieldShape, number>;
  readonly #charges: ReadonlyMap<FieldShape, Charge>;
  readonly #pages: PageSizes;
  readonly #weights = new Map<Shape, Weight>();

  /** @param lists the points of what the lists in the arguments of a field hold. */
  constructor(
    variables: ReadonlyMap<string, SizeValue>,
    lists: ReadonlyMap<FieldShape, number>,
    charges: ReadonlyMap<FieldShape, Charge>,
    pages: PageSizes,
  ) {
    this.#variables = variables;
    this.#lists = lists;
    this.#charges = charges;
    this.#pages = pages;
  }

  of(shape: Shape): Weight {
    const known = this.#weights.get(shape);
    if (known) return known;
    let [rest, entries] = [NOTHING, NOTHING];
    for (const field of shape.fields) {
      if (field.kind === "entries") entries = sum(entries, this.#field(field));
      else rest = sum(rest, this.#field(field));
    }
    const weight = { ...rest, entries };
    this.#weights.set(shape, weight);
    return weight;
  }

  #field(field: FieldShape): Load {
    const { points, isAsOf } = this.#charges.get(field) ?? NO_CHARGE;
    const { nodes, cost, surcharges: extra } = this.#uncharged(field);
    const weighed = isAsOf ? weights.asOf.root + weights.asOf.factor * cost : cost;
    return { nodes, cost: weighed, surcharges: extra + points };
  }

  /** One field; of the entries of a page, one entry. */
  #uncharged(field: FieldShape): Load {
    const below = this.#dearest(field.below);
    const { kind } = field;
    const own: Load = { nodes: 0, cost: this.#own(field), surcharges: 0 };
    const object: Load = { ...objectOf(field), surcharges: 0 };
    const list: Load = { nodes: 0, cost: weights.list, surcharges: 0 };
    switch (kind) {
      case "leaf":
        return own;
      case "part":
        return sum(own, below);
      case "object":
      case "entries":
        return sum(sum(own, object), below);
      case "page":
        return sum(sum(own, list), sum(below, times(this.#pageSize(field), below.entries)));
      case "list": {
        const entries = times(this.#listSize(field), sum(object, below));
        return sum(object.nodes > 0 ? sum(own, list) : own, entries);
      }
    }
  }

  #own(field: FieldShape): number {
    return ownWeight(field.name) + (this.#lists.get(field) ?? 0);
  }

  #dearest(shapes: readonly Shape[]): Weight {
    if (shapes.length === 1) return this.of(shapes[0] as Shape);
    let dearest = NOTHING;
    for (const shape of shapes) {
      const weight = this.of(shape);
      dearest = {
        nodes: Math.max(dearest.nodes, weight.nodes),
        cost: Math.max(dearest.cost, weight.cost),
        surcharges: Math.max(dearest.surcharges, weight.surcharges),
      };
    }
    // A page is of one type.
    return { ...dearest, entries: NOTHING };
  }

  #pageSize(field: FieldShape): number {
    const { defaultPageSize, maxPageSize } = this.#pages;
    const given = Math.max(...sizeArguments(field).map((name) => this.#argument(field, name) ?? -1));
    // The reader of the page rejects an invalid size, with the name of its argument.
    return given < 0 ? defaultPageSize : Math.min(given, maxPageSize);
  }

  #listSize(field: FieldShape): number {
    const [argument] = sizeArguments(field);
    return (
      (argument === undefined ? undefined : this.#argument(field, argument)) ??
      sizes.fields[field.name] ??
      sizes.unpaged
    );
  }

  #argument(field: FieldShape, name: string): SizeValue {
    const value = argumentOf(field, name);
    return value?.kind === Kind.VARIABLE ? this.#variables.get(value.name.value) : sizeOfLiteral(value);
  }
}

const roots = ["Query.", "Mutation.", "Subscription."];

const isRoot = (name: string): boolean => roots.some((type) => name.startsWith(type));

function ownWeight(name: string): number {
  const root = isRoot(name) ? weights.root : 0;
  const counting = name.endsWith(".totalCount") ? weights.totalCount : 0;
  return root + counting + (weights.fields[name] ?? 0) + (bytes[name] ?? 0) / weights.bytesPerPoint;
}

/** The amount of one object of a field. Introspection has a cost but no nodes, because it reads nothing. */
function objectOf({ name }: FieldShape): Amount {
  const isIntrospected = name.startsWith("__") || name.endsWith(".__schema") || name.endsWith(".__type");
  return isIntrospected ? { nodes: 0, cost: weights.introspected } : { nodes: 1, cost: weights.object };
}
