import {
  getNamedType,
  getNullableType,
  isAbstractType,
  isCompositeType,
  isListType,
  isObjectType,
  Kind,
  SchemaMetaFieldDef,
  TypeMetaFieldDef,
  type DocumentNode,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLArgument,
  type GraphQLField,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type OperationDefinitionNode,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";

/** The kind of a field in a response. */
export type FieldKind =
  /** A value. */
  | "leaf"
  /** One object. */
  | "object"
  /** One object that comes with another and is not counted: what is said of a page, the node of an edge. */
  | "part"
  /** A page of a list; its entries are below. */
  | "page"
  /** The entries of the page above. */
  | "entries"
  /** A whole list of objects. */
  | "list";

/** One place of an answer, with what is asked for below it. */
export interface FieldShape {
  readonly key: string;
  /** `Type.field` */
  readonly name: string;
  readonly kind: FieldKind;
  /** The nodes that ask for it; fields of the same response key are merged. */
  readonly nodes: readonly FieldNode[];
  /** The arguments that the schema gives the field. */
  readonly arguments: readonly GraphQLArgument[];
  /** One for each type that the object may turn out to have; none below values. */
  readonly below: readonly Shape[];
}

/** The selection on objects of one type, with fragments spread and equal fields merged as in execution. */
export interface Shape {
  readonly fields: readonly FieldShape[];
  /** Levels of fields; introspection is not counted. */
  readonly depth: number;
  /** Levels of lists; introspection is not counted. */
  readonly lists: number;
  /** Levels of fields below `__schema` or `__type`. */
  readonly introspection: number;
  /** The most nodes that ask for one and the same place. */
  readonly repeats: number;
}

/** An operation, as far as limits look at it. */
export interface OperationShape {
  readonly operation: OperationDefinitionNode;
  readonly root: Shape;
  readonly aliases: number;
  readonly directives: number;
}

/** The operations of a document. */
export interface DocumentShape {
  readonly operations: readonly OperationShape[];
  /** Fields are merged in so many combinations that the shapes are not complete. */
  readonly isTangled: boolean;
}

/**
 * Maximum number of visited fields. Places of the response with the same selections count once. Usual documents take
 * some hundreds; only fragments merged in ever new combinations take more than a document has fields, types and
 * operations for.
 */
const MOST_VISITS = 100_000;
/**
 * Far beyond any limit on depth that can be configured. Nothing is followed further down, so that the stack is large
 * enough whatever a document holds; what is deeper is found to be this deep.
 */
const DEEPEST = 250;
const NOTHING: Shape = { fields: [], depth: 0, lists: 0, introspection: 0, repeats: 0 };

const kept = new WeakMap<GraphQLSchema, WeakMap<DocumentNode, DocumentShape>>();

/**
 * The shape of a document, which need not be valid: unknown fields and types count by what is written, cycles of
 * fragments are followed once. Takes time proportional to the document for any repetition of fragments, and is kept
 * with the document.
 */
export function shapeOf(schema: GraphQLSchema, document: DocumentNode): DocumentShape {
  let shapes = kept.get(schema);
  if (!shapes) kept.set(schema, (shapes = new WeakMap()));
  let shape = shapes.get(document);
  if (!shape) shapes.set(document, (shape = new Shaper(schema, document).shape()));
  return shape;
}

type Type = GraphQLObjectType | undefined;

/** Holds what is known of one document while it is looked at. */
class Shaper {
  readonly #schema: GraphQLSchema;
  readonly #document: DocumentNode;
  readonly #fragments: ReadonlyMap<string, FragmentDefinitionNode>;
  readonly #shapes = new Map<string, Shape>();
  readonly #ids = new Map<SelectionSetNode, number>();
  readonly #marks = new Map<SelectionSetNode, Marks>();
  #visits = 0;

  constructor(schema: GraphQLSchema, document: DocumentNode) {
    this.#schema = schema;
    this.#document = document;
    this.#fragments = new Map(
      document.definitions.flatMap((node) =>
        node.kind === Kind.FRAGMENT_DEFINITION ? [[node.name.value, node] as const] : [],
      ),
    );
  }

  shape(): DocumentShape {
    const operations = this.#document.definitions.flatMap((node) =>
      node.kind === Kind.OPERATION_DEFINITION ? [this.#operation(node)] : [],
    );
    return { operations, isTangled: this.#visits > MOST_VISITS };
  }

  #operation(operation: OperationDefinitionNode): OperationShape {
    const { aliases, directives } = this.#marksIn(operation.selectionSet);
    const own = [operation, ...(operation.variableDefinitions ?? [])].reduce(
      (sum, node) => sum + (node.directives?.length ?? 0),
      0,
    );
    const type = this.#schema.getRootType(operation.operation) ?? undefined;
    return { operation, root: this.#select(type, [operation.selectionSet], 0), aliases, directives: directives + own };
  }

  /** Aliases and directives below a selection set; those of a fragment once for each of its spreads. */
  #marksIn(set: SelectionSetNode): Marks {
    const known = this.#marks.get(set);
    if (known) return known;
    // Stands in where a fragment comes back to itself.
    this.#marks.set(set, { aliases: 0, directives: 0 });
    let aliases = 0;
    let directives = 0;
    for (const node of set.selections) {
      directives += node.directives?.length ?? 0;
      if (node.kind === Kind.FIELD && node.alias) aliases += 1;
      const inner =
        node.kind === Kind.FRAGMENT_SPREAD ? this.#fragments.get(node.name.value)?.selectionSet : node.selectionSet;
      if (!inner) continue;
      const below = this.#marksIn(inner);
      aliases += below.aliases;
      directives += below.directives;
    }
    const marks = {
      aliases: Math.min(aliases, Number.MAX_SAFE_INTEGER),
      directives: Math.min(directives, Number.MAX_SAFE_INTEGER),
    };
    this.#marks.set(set, marks);
    return marks;
  }

  /** The merged selections on one type; the same ones are looked at once, wherever they stand. */
  #select(type: Type, sets: readonly SelectionSetNode[], level: number): Shape {
    const key = `${type?.name ?? ""} ${sets.map((set) => this.#idOf(set)).join()}`;
    const known = this.#shapes.get(key);
    if (known) return known;
    if (level > DEEPEST) return NOTHING;
    this.#shapes.set(key, NOTHING);
    const groups = new Map<string, FieldNode[]>();
    const spread = new Set<string>();
    for (const set of sets) this.#collect(type, set.selections, groups, spread);
    const fields = [...groups].map(([name, nodes]) => this.#field(type, name, nodes, level));
    const shape = summarize(fields);
    this.#shapes.set(key, shape);
    return shape;
  }

  #idOf(set: SelectionSetNode): number {
    let id = this.#ids.get(set);
    if (id === undefined) this.#ids.set(set, (id = this.#ids.size));
    return id;
  }

  #collect(
    type: Type,
    selections: readonly SelectionNode[],
    groups: Map<string, FieldNode[]>,
    spread: Set<string>,
  ): void {
    for (const node of selections) {
      this.#visits += 1;
      if (this.#visits > MOST_VISITS) return;
      if (node.kind === Kind.FIELD) {
        const key = node.alias?.value ?? node.name.value;
        const group = groups.get(key);
        if (group) group.push(node);
        else groups.set(key, [node]);
      } else if (node.kind === Kind.INLINE_FRAGMENT) {
        if (this.#covers(node.typeCondition?.name.value, type))
          this.#collect(type, node.selectionSet.selections, groups, spread);
      } else if (!spread.has(node.name.value)) {
        spread.add(node.name.value);
        const fragment = this.#fragments.get(node.name.value);
        if (fragment && this.#covers(fragment.typeCondition.name.value, type))
          this.#collect(type, fragment.selectionSet.selections, groups, spread);
      }
    }
  }

  /** Whether a fragment on a type applies to objects of another; where either is not known, it does. */
  #covers(condition: string | undefined, type: Type): boolean {
    if (condition === undefined || type === undefined || condition === type.name) return true;
    const other = this.#schema.getType(condition);
    return other === undefined || (isAbstractType(other) && this.#schema.isSubType(other, type));
  }

  #field(parent: Type, key: string, nodes: readonly FieldNode[], level: number): FieldShape {
    const name = (nodes[0] as FieldNode).name.value;
    const { type, args = [] } = this.#definition(parent, name) ?? {};
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    const below = sets.length === 0 ? [] : this.#typesOf(type).map((each) => this.#select(each, sets, level + 1));
    return {
      key,
      name: `${parent?.name ?? ""}.${name}`,
      kind: kindOf(parent, name, type),
      nodes,
      arguments: args,
      below,
    };
  }

  #definition(parent: Type, name: string): GraphQLField<unknown, unknown> | undefined {
    if (parent && parent === this.#schema.getQueryType()) {
      if (name === SchemaMetaFieldDef.name) return SchemaMetaFieldDef;
      if (name === TypeMetaFieldDef.name) return TypeMetaFieldDef;
    }
    return parent?.getFields()[name];
  }

  /** The object types that a field's object may have; one unknown where the field's is not known. */
  #typesOf(type: GraphQLOutputType | undefined): readonly Type[] {
    const named = type && getNamedType(type);
    if (isAbstractType(named)) return this.#schema.getPossibleTypes(named);
    return [isObjectType(named) ? named : undefined];
  }
}

interface Marks {
  readonly aliases: number;
  readonly directives: number;
}

/** Whether a type is a page of a list, by the Cursor Connections Specification. */
function isPage(type: unknown): boolean {
  return isObjectType(type) && type.name.endsWith("Connection") && type.getFields()["pageInfo"] !== undefined;
}

function kindOf(parent: Type, name: string, type: GraphQLOutputType | undefined): FieldKind {
  if (!type || !isCompositeType(getNamedType(type))) return "leaf";
  const isList = isListType(getNullableType(type));
  if (isPage(parent)) return isList ? "entries" : "part";
  if (isList) return "list";
  if (isPage(getNamedType(type))) return "page";
  return name === "node" && parent?.name.endsWith("Edge") ? "part" : "object";
}

function summarize(fields: readonly FieldShape[]): Shape {
  let depth = 0;
  let lists = 0;
  let introspection = 0;
  let repeats = 0;
  for (const field of fields) {
    const inner = deepestOf(field);
    repeats = Math.max(repeats, field.nodes.length, inner.repeats);
    if (isIntrospection(field)) {
      depth = Math.max(depth, 1);
      introspection = Math.max(introspection, inner.depth);
      continue;
    }
    depth = Math.max(depth, 1 + inner.depth);
    lists = Math.max(lists, listsOf(field) + inner.lists);
    introspection = Math.max(introspection, inner.introspection);
  }
  return { fields, depth, lists, introspection, repeats };
}

/** Whether everything below a field is about the schema. */
export function isIntrospection({ name }: FieldShape): boolean {
  return name.endsWith(".__schema") || name.endsWith(".__type");
}

/** The number of list levels that a field adds. */
export function listsOf({ kind }: FieldShape): number {
  return kind === "page" || kind === "list" ? 1 : 0;
}

/** The most of everything, of whatever type the object turns out to be. */
export function deepestOf({ below }: FieldShape): Omit<Shape, "fields"> {
  if (below.length === 1) return below[0] as Shape;
  const most = (of: (shape: Shape) => number): number => below.reduce((value, shape) => Math.max(value, of(shape)), 0);
  return {
    depth: most(({ depth }) => depth),
    lists: most(({ lists }) => lists),
    introspection: most(({ introspection }) => introspection),
    repeats: most(({ repeats }) => repeats),
  };
}
