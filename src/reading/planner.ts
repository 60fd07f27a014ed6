import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isEnumType,
  isNonNullType,
  isObjectType,
  isScalarType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLObjectType,
  type GraphQLOutputType,
  type GraphQLSchema,
  type SelectionNode,
  type SelectionSetNode,
} from "graphql";
import { sql } from "kysely";
import { counted, countedColumn } from "./answer.bytes.js";
import {
  rowUnder,
  type AnyField,
  type Compiled,
  type Finish,
  type ObjectDeclaration,
  type Row,
  type TypeDeclaration,
} from "./declarations.js";
import { Input, settleArgument, type Leaf, type Variables } from "./inputs.js";
import { namesWithin, type GivenNames, type NamedArguments } from "./names.js";
import { FieldsOfId } from "./of-id.js";
import { all, concatenate, isSame, jsonObject, jsonOf, literal, orJsonNull, type JsonPairs, type Sql } from "./sql.js";

/** Sizes of pages, and of answers. */
export interface PageLimits {
  /** Bytes of one answer; not limited when left out. */
  readonly maxAnswerBytes?: number;
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
}

/** The planner's view of an operation. */
export interface PlanningContext {
  readonly schema: GraphQLSchema;
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables with inputs in the places of open scalars. */
  readonly variables: Variables;
  /** The variables as they are in the request at hand. */
  readonly values: Variables;
  readonly limits: PageLimits;
  /** Which arguments name records. */
  readonly names: NamedArguments;
  /**
   * The form of the result. A `tree` goes through an executor, which needs `__typename` to distinguish objects; an
   * `answer` goes to the client unchanged.
   */
  readonly form: "tree" | "answer";
}

/** Fields of one object type in the order of the document, merged by response key. */
export type Selection = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Compiles one operation: turns its selections into SQL for the response as JSON, keyed by response keys, without
 * further look-ups per row. It knows tables and types only from declarations.
 */
export class Planner {
  readonly limits: PageLimits;
  /** Inputs that have to be acceptable whether or not the statement comes to use them. */
  readonly checks: Input<unknown>[] = [];
  /** Parameters whose values the plan depends on. It applies to requests with the same values. */
  readonly fixed: Input<unknown>[] = [];
  /** Identifiers in the operation. Unknown ones are reported to the client. */
  readonly names: GivenNames[] = [];
  readonly #context: PlanningContext;
  #aliases = 0;

  constructor(context: PlanningContext) {
    this.#context = context;
    this.limits = context.limits;
  }

  /** The value of a leaf in the request at hand, which becomes part of the plan. Only for leaves with few values. */
  fix<T>(leaf: Leaf<T>): T {
    if (!(leaf instanceof Input)) return leaf;
    this.fixed.push(leaf);
    return leaf.read(this.#context.values);
  }

  /** A row under an alias of its own. */
  row(): Row {
    return rowUnder(`t${++this.#aliases}`);
  }

  /** The declaration of a type. */
  declaration(name: string): TypeDeclaration {
    const declaration = this.#context.types.get(name);
    if (!declaration) throw new Error(`No type ${name} is declared for reading`);
    return declaration;
  }

  /** The table that rows of a type are read from, under the row's alias. */
  from(type: string, row: Row): Sql {
    const { table } = this.declaration(type);
    if (!table) throw new Error(`The type ${type} has no table`);
    return sql`${sql.table(table)} as ${sql.ref(row.alias)}`;
  }

  /** The condition that distinguishes a type's rows from others in its table. */
  only(type: string, row: Row): Sql | undefined {
    const declaration = this.declaration(type);
    return declaration.kind === "object" ? declaration.only?.(row) : undefined;
  }

  /** The selection on one object type. Fragments on other types are skipped. */
  select(typeName: string, nodes: readonly FieldNode[]): Selection {
    const type = this.#context.schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} is not an object type`);
    const sets = nodes.flatMap(({ selectionSet }) => (selectionSet ? [selectionSet] : []));
    return collectFields(this.#context, type, sets);
  }

  /** A field's arguments: coerced, with inputs where a value comes with the request. */
  arguments(typeName: string, node: FieldNode): Record<string, unknown> {
    const type = this.#context.schema.getType(typeName) as GraphQLObjectType;
    const field = type.getFields()[node.name.value];
    if (!field) throw new Error(`${typeName} has no field ${node.name.value}`);
    let values: Record<string, unknown>;
    try {
      values = getArgumentValues(field, node, this.#context.variables);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new GraphQLError(error.message, { nodes: error.nodes ?? [node], extensions: { code: "BAD_USER_INPUT" } });
    }
    const { keepsRepeated = false }: Partial<AnyField> =
      (this.declaration(typeName) as ObjectDeclaration).fields[node.name.value] ?? {};
    for (const argument of field.args) {
      if (!(argument.name in values)) continue;
      values[argument.name] = settleArgument(argument.type, values[argument.name], {
        argument: argument.name,
        nodes: [node],
        keepsRepeated,
      });
    }
    return values;
  }

  #namesIn(typeName: string, node: FieldNode, args: Record<string, unknown>): readonly GivenNames[] {
    const name = node.name.value;
    const field = (this.#context.schema.getType(typeName) as GraphQLObjectType).getFields()[name];
    const within = { of: `${typeName}.${name}`, written: node.arguments ?? [] };
    return field ? namesWithin(within, field.args, args, this.#context.names) : [];
  }

  /** The possible types of an abstract type. */
  possibleTypes(typeName: string): readonly string[] {
    const type = this.#context.schema.getType(typeName);
    return isAbstractType(type) ? this.#context.schema.getPossibleTypes(type).map(({ name }) => name) : [typeName];
  }

  /** The name of the type that a field of a type returns, lists and non-null aside. */
  typeOfField(typeName: string, fieldName: string): string {
    return getNamedType(this.#typeOf(typeName, fieldName)).name;
  }

  /** One field of an object type. */
  field(typeName: string, nodes: readonly FieldNode[], row: Row): Compiled {
    return this.#compile(typeName, nodes, row, this.#declared(typeName, nodes));
  }

  #declared(typeName: string, nodes: readonly FieldNode[]): AnyField {
    const { value: name } = (nodes[0] as FieldNode).name;
    const field: AnyField | undefined = (this.declaration(typeName) as ObjectDeclaration).fields[name];
    if (!field) throw new Error(`${typeName}.${name} is not declared for reading`);
    return field;
  }

  #compile(typeName: string, nodes: readonly FieldNode[], row: Row, field: AnyField): Compiled {
    const node = nodes[0] as FieldNode;
    const args = this.arguments(typeName, node);
    this.names.push(...this.#namesIn(typeName, node, args));
    const { finish, ...compiled } = this.#counted(
      `${typeName}.${node.name.value}`,
      field.compile({ row, args, nodes, planner: this }),
    );
    const type = this.#typeOf(typeName, node.name.value);
    const json = compiled.isValue ? writeValue(compiled.sql, type, compiled.isWord) : compiled.sql;
    if (!compiled.mayBeMissing || !isNonNullType(type)) return { sql: json, finish };
    return { sql: json, finish: refuseNull(`${typeName}.${node.name.value}`, finish) };
  }

  /** A value with its bytes counted, where it may be long. */
  #counted(called: string, compiled: Compiled): Compiled {
    const { maxAnswerBytes } = this.limits;
    if (!compiled.isLong || maxAnswerBytes === undefined) return compiled;
    const count = compiled.isLong === "column" ? countedColumn : counted;
    return { ...compiled, sql: count(compiled.sql, maxAnswerBytes, called) };
  }

  #typeOf(typeName: string, fieldName: string): GraphQLOutputType {
    const field = (this.#context.schema.getType(typeName) as GraphQLObjectType).getFields()[fieldName];
    if (!field) throw new Error(`${typeName} has no field ${fieldName}`);
    return field.type;
  }

  /**
   * The selection below some nodes as one JSON object of a row.
   * @param type an object type, or an interface whose objects share a table.
   */
  object(type: string, nodes: readonly FieldNode[], row: Row): Compiled {
    const declaration = this.declaration(type);
    if (declaration.kind === "object") return assemble(this.#members(type, nodes, row));
    const variants = declaration.variants.map(({ type: name, when }) => ({
      name,
      when,
      members: this.#members(name, nodes, row),
    }));
    const { objects, finish } = this.#tellApart(variants);
    // If all types have the same members, the type is not needed.
    const [first] = objects;
    if (first && objects.every((object) => isSame(first, object))) return { sql: first, finish };
    const branches = variants.map(({ when }, index) => sql`when ${when(row)} then ${objects[index] as Sql}`);
    return { sql: sql`case ${sql.join(branches, sql` `)} else 'null' end`, finish };
  }

  /**
   * The cacheable object with an id, as JSON; null if there is none.
   * @param type the union or interface that the object belongs to.
   */
  byId(type: string, nodes: readonly FieldNode[], id: Sql): Compiled {
    const holder = this.row();
    const ofId = new FieldsOfId(`${holder.alias}_of_id`);
    const chosen = this.possibleTypes(type).map((name) => {
      const { prefix } = this.declaration(name) as ObjectDeclaration;
      if (!prefix) throw new Error(`${name} has no ids of its own`);
      const row = this.row();
      return { name, prefix, row, members: this.#members(name, nodes, row, { holder, ofId }) };
    });
    const held = ofId.id(holder.alias);
    const variants = chosen.map((variant) => ({
      ...variant,
      where: all([sql`${variant.row.col("id")} = ${held}`, this.only(variant.name, variant.row)]),
    }));
    const { objects, finish } = this.#tellApart(variants);
    const branches = variants.map(
      ({ name, prefix, row, where }, index) =>
        sql`when ${literal(prefix)} then (select ${objects[index] as Sql} from ${this.from(name, row)} where ${where})`,
    );
    const found = sql`case split_part(${held}, '_', 1) ${sql.join(branches, sql` `)} end`;
    return { sql: orJsonNull(sql`(select ${found} from ${ofId.from(holder.alias, id)})`), finish };
  }

  /**
   * The members of a JSON object of one type.
   * @param shared Fields that need only the id, which are read once for all types.
   */
  #members(
    type: string,
    nodes: readonly FieldNode[],
    row: Row,
    shared?: { readonly holder: Row; readonly ofId: FieldsOfId },
  ): Members {
    const pairs: [string, Sql][] = [];
    const finishes: [string, Finish][] = [];
    for (const [key, fieldNodes] of this.select(type, nodes)) {
      if ((fieldNodes[0] as FieldNode).name.value === "__typename") {
        pairs.push([key, typename(type)]);
        continue;
      }
      const field = this.#declared(type, fieldNodes);
      const { ofId } = field;
      const compiled =
        shared && ofId
          ? shared.ofId.take(key, fieldNodes, ofId, () => this.#compile(type, fieldNodes, shared.holder, ofId))
          : this.#compile(type, fieldNodes, row, field);
      pairs.push([key, compiled.sql]);
      if (compiled.finish) finishes.push([key, compiled.finish]);
    }
    return { pairs, finishes };
  }

  /**
   * Objects of several types in one place. They include the type's name if an executor or post-processing needs it; a
   * name that was not selected is removed again.
   */
  #tellApart(variants: readonly { readonly name: string; readonly members: Members }[]): {
    readonly objects: readonly Sql[];
    readonly finish: Finish | undefined;
  } {
    const isTree = this.#context.form === "tree";
    const differ = variants.some(({ members }) => members.finishes.length > 0);
    if (!isTree && !differ) return { objects: variants.map(({ members }) => assemble(members).sql), finish: undefined };
    const finishes = new Map<string, Finish>();
    const objects = variants.map(({ name, members }) => {
      const isAsked = members.pairs.some(([key]) => key === "__typename");
      const named = isAsked
        ? members
        : { ...members, pairs: [["__typename", typename(name)] as const, ...members.pairs] };
      const { sql: object, finish } = assemble(named);
      const strip = !isTree && !isAsked ? stripTypename(finish) : finish;
      if (strip) finishes.set(name, strip);
      return object;
    });
    return { objects, finish: finishes.size > 0 ? finishByType(finishes) : undefined };
  }
}

/** The members of a JSON object, and the post-processing of some of them. */
export interface Members {
  readonly pairs: JsonPairs;
  readonly finishes: readonly (readonly [string, Finish])[];
}

/** A JSON object of its members. */
export function assemble({ pairs, finishes }: Members): Compiled {
  return { sql: jsonObject(pairs), finish: finishObject(finishes) };
}

/** The part of an operation that affects field collection. */
export type CollectingContext = Pick<PlanningContext, "schema" | "fragments" | "variables">;

/**
 * The fields that selection sets ask for on one object type, in the order of the document, merged by response key
 * (CollectFields of the GraphQL specification, section 6.3.2).
 */
export function collectFields(
  context: CollectingContext,
  type: GraphQLObjectType,
  sets: readonly SelectionSetNode[],
): Selection {
  const fields = new Map<string, FieldNode[]>();
  const seen = new Set<string>();
  for (const set of sets) collect(context, type, set, fields, seen);
  return fields;
}

function collect(
  context: CollectingContext,
  type: GraphQLObjectType,
  set: SelectionSetNode,
  fields: Map<string, FieldNode[]>,
  seen: Set<string>,
): void {
  for (const selection of set.selections) {
    if (!isIncluded(context, selection)) continue;
    if (selection.kind === Kind.FIELD) {
      const key = selection.alias?.value ?? selection.name.value;
      const known = fields.get(key);
      if (known) known.push(selection);
      else fields.set(key, [selection]);
    } else if (selection.kind === Kind.INLINE_FRAGMENT) {
      if (applies(context, selection.typeCondition?.name.value, type)) {
        collect(context, type, selection.selectionSet, fields, seen);
      }
    } else {
      const name = selection.name.value;
      const fragment = context.fragments[name];
      if (seen.has(name) || !fragment) continue;
      seen.add(name);
      if (applies(context, fragment.typeCondition.name.value, type)) {
        collect(context, type, fragment.selectionSet, fields, seen);
      }
    }
  }
}

function isIncluded({ variables }: CollectingContext, node: SelectionNode): boolean {
  if (!node.directives?.length) return true;
  const values = variables as Record<string, unknown>;
  if (getDirectiveValues(GraphQLSkipDirective, node, values)?.["if"] === true) return false;
  return getDirectiveValues(GraphQLIncludeDirective, node, values)?.["if"] !== false;
}

function applies({ schema }: CollectingContext, condition: string | undefined, type: GraphQLObjectType): boolean {
  if (!condition || condition === type.name) return true;
  const conditional = schema.getType(condition);
  return isAbstractType(conditional) && schema.isSubType(conditional, type);
}

/** The schema promises a value that no constraint of the database guarantees; its absence is a fault, not an answer. */
function refuseNull(field: string, finish: Finish | undefined): Finish {
  return (value, request) => {
    if (value === null || value === undefined)
      throw new Error(`The record holds nothing for ${field}, which must not be null`);
    return finish ? finish(value, request) : value;
  };
}

/** The name of a type as JSON text. */
export function typename(name: string): Sql {
  return literal(JSON.stringify(name));
}

/** Scalars whose values need no escaping. A constraint ensures the form of partial dates. */
const plainText = new Set(["Date", "PartialDate"]);
/** Scalars that JSON writes without quotes. */
const unquoted = new Set(["Int", "Float", "Boolean"]);

/** A plain value as JSON, in the form of its type in the schema; null as `null`. */
function writeValue(value: Sql, type: GraphQLOutputType, isWord = false): Sql {
  const mayBeNull = !isNonNullType(type);
  const given = mayBeNull ? type : type.ofType;
  if (isWord || isEnumType(given) || (isScalarType(given) && plainText.has(given.name))) {
    // Unlike concat, || yields null where the value is null.
    return mayBeNull ? orJsonNull(sql`'"' || ${value}::text || '"'`) : concatenate([literal('"'), value, literal('"')]);
  }
  if (isScalarType(given) && unquoted.has(given.name))
    return given.name === "Boolean" || mayBeNull ? orJsonNull(sql`${value}::text`) : value;
  return mayBeNull ? sql`coalesce(${jsonOf(value)}, 'null'::json)` : jsonOf(value);
}

function finishObject(finishes: readonly (readonly [string, Finish])[]): Finish | undefined {
  if (finishes.length === 0) return undefined;
  return (value, request) => {
    const object = value as Record<string, unknown> | null;
    if (object === null) return null;
    for (const [key, finish] of finishes) object[key] = finish(object[key], request);
    return object;
  };
}

function stripTypename(finish: Finish | undefined): Finish {
  return (value, request) => {
    const object = (finish ? finish(value, request) : value) as Record<string, unknown>;
    delete object["__typename"];
    return object;
  };
}

function finishByType(finishes: ReadonlyMap<string, Finish>): Finish {
  return (value, request) => {
    if (value === null) return null;
    const finish = finishes.get((value as { __typename: string }).__typename);
    return finish ? finish(value, request) : value;
  };
}

/** Applies a finish to every element of a list; nothing to do where there is none. */
export function finishList(finish: Finish | undefined): Finish | undefined {
  return finish && ((value, request) => (value as unknown[]).map((item) => finish(item, request)));
}
