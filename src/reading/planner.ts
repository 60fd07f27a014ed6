import {
  getArgumentValues,
  getDirectiveValues,
  getNamedType,
  GraphQLError,
  GraphQLIncludeDirective,
  GraphQLSkipDirective,
  isAbstractType,
  isObjectType,
  Kind,
  type FieldNode,
  type FragmentDefinitionNode,
  type GraphQLAbstractType,
  type GraphQLObjectType,
  type GraphQLSchema,
  type SelectionSetNode,
} from "graphql";
import { sql } from "kysely";
import type { AnyField, Compiled, Finish, ObjectDeclaration, Row, TypeDeclaration } from "./declarations.js";
import { joinLists, type Variables } from "./inputs.js";
import { all, isSplit, joinJsonObject, jsonObject, literal, type JsonPairs, type Sql } from "./sql.js";

/** Sizes of pages. */
export interface PageLimits {
  readonly defaultPageSize: number;
  readonly maxPageSize: number;
}

/** What a planner needs to know of the operation it plans. */
export interface PlanningContext {
  readonly schema: GraphQLSchema;
  readonly types: ReadonlyMap<string, TypeDeclaration>;
  readonly fragments: Readonly<Record<string, FragmentDefinitionNode>>;
  /** The variables with inputs in the places of open scalars. */
  readonly variables: Variables;
  readonly limits: PageLimits;
}

/** Fields of one object type in the order of the document, merged by response key. */
export type Selection = ReadonlyMap<string, readonly FieldNode[]>;

/**
 * Compiles one operation. It turns selections into SQL that builds the answer as JSON, keyed by response keys, so that
 * nothing has to be looked up per row afterwards. Knows tables and types by declaration only.
 */
export class Planner {
  readonly limits: PageLimits;
  readonly #context: PlanningContext;
  #aliases = 0;

  constructor(context: PlanningContext) {
    this.#context = context;
    this.limits = context.limits;
  }

  /** A row under an alias of its own. */
  row(): Row {
    const alias = `t${++this.#aliases}`;
    return { alias, col: (name) => sql.ref(`${alias}.${name}`) };
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

  /** What sets rows of a type apart from others in its table. */
  only(type: string, row: Row): Sql | undefined {
    const declaration = this.declaration(type);
    return declaration.kind === "object" ? declaration.only?.(row) : undefined;
  }

  /** What is selected below some nodes on one object type; fragments on other types are passed over. */
  select(typeName: string, nodes: readonly FieldNode[]): Selection {
    const type = this.#context.schema.getType(typeName);
    if (!isObjectType(type)) throw new Error(`${typeName} is not an object type`);
    const fields = new Map<string, FieldNode[]>();
    for (const node of nodes) if (node.selectionSet) this.#collect(type, node.selectionSet, fields, new Set());
    return fields;
  }

  #collect(type: GraphQLObjectType, set: SelectionSetNode, fields: Map<string, FieldNode[]>, seen: Set<string>): void {
    for (const selection of set.selections) {
      if (!this.#isIncluded(selection)) continue;
      if (selection.kind === Kind.FIELD) {
        const key = selection.alias?.value ?? selection.name.value;
        const known = fields.get(key);
        if (known) known.push(selection);
        else fields.set(key, [selection]);
      } else if (selection.kind === Kind.INLINE_FRAGMENT) {
        if (this.#applies(selection.typeCondition?.name.value, type)) {
          this.#collect(type, selection.selectionSet, fields, seen);
        }
      } else {
        const name = selection.name.value;
        const fragment = this.#context.fragments[name];
        if (seen.has(name) || !fragment) continue;
        seen.add(name);
        if (this.#applies(fragment.typeCondition.name.value, type)) {
          this.#collect(type, fragment.selectionSet, fields, seen);
        }
      }
    }
  }

  #isIncluded(node: Parameters<typeof getDirectiveValues>[1]): boolean {
    const variables = this.#context.variables as Record<string, unknown>;
    if (getDirectiveValues(GraphQLSkipDirective, node, variables)?.["if"] === true) return false;
    return getDirectiveValues(GraphQLIncludeDirective, node, variables)?.["if"] !== false;
  }

  #applies(condition: string | undefined, type: GraphQLObjectType): boolean {
    if (!condition || condition === type.name) return true;
    const conditional = this.#context.schema.getType(condition);
    return isAbstractType(conditional) && this.#context.schema.isSubType(conditional, type);
  }

  /** A field's arguments: coerced, with inputs where a value comes with the request. */
  arguments(typeName: string, node: FieldNode): Record<string, unknown> {
    const type = this.#context.schema.getType(typeName) as GraphQLObjectType;
    const field = type.getFields()[node.name.value];
    if (!field) throw new Error(`${typeName} has no field ${node.name.value}`);
    let values: Record<string, unknown>;
    try {
      values = getArgumentValues(field, node, this.#context.variables as Record<string, unknown>);
    } catch (error) {
      if (!(error instanceof GraphQLError)) throw error;
      throw new GraphQLError(error.message, { nodes: error.nodes ?? [node], extensions: { code: "BAD_USER_INPUT" } });
    }
    for (const argument of field.args) {
      if (argument.name in values) values[argument.name] = joinLists(argument.type, values[argument.name]);
    }
    return values;
  }

  /** The object types that an abstract type can turn out to be. */
  possibleTypes(typeName: string): readonly string[] {
    const type = this.#context.schema.getType(typeName);
    return isAbstractType(type) ? this.#context.schema.getPossibleTypes(type as GraphQLAbstractType).map(({ name }) => name) : [typeName];
  }

  /** The name of the type that a field of a type returns, lists and non-null aside. */
  typeOfField(typeName: string, fieldName: string): string {
    const type = this.#context.schema.getType(typeName) as GraphQLObjectType;
    const field = type.getFields()[fieldName];
    if (!field) throw new Error(`${typeName} has no field ${fieldName}`);
    return getNamedType(field.type).name;
  }

  /** One field of an object type. */
  field(typeName: string, nodes: readonly FieldNode[], row: Row): Compiled {
    const node = nodes[0] as FieldNode;
    const declaration = this.declaration(typeName) as ObjectDeclaration;
    const field: AnyField | undefined = declaration.fields[node.name.value];
    if (!field) throw new Error(`${typeName}.${node.name.value} is not declared for reading`);
    return field.compile({ row, args: this.arguments(typeName, node), nodes, planner: this });
  }

  /**
   * The selection below some nodes as one JSON object of a row.
   * @param type an object type, or an interface whose objects share a table.
   */
  object(type: string, nodes: readonly FieldNode[], row: Row): Compiled {
    const declaration = this.declaration(type);
    if (declaration.kind === "object") return this.#concrete(type, nodes, row, false);
    const variants = declaration.variants.map(({ type: name, when }) => ({
      name,
      when: when(row),
      compiled: this.#concrete(name, nodes, row, true),
    }));
    const branches = variants.map(({ when, compiled }) => sql`when ${when} then ${compiled.sql}`);
    return {
      sql: sql`case ${sql.join(branches, sql` `)} end`,
      finish: finishByType(new Map(variants.map(({ name, compiled }) => [name, compiled.finish]))),
    };
  }

  /**
   * Whatever lasting object an id stands for, as JSON; null where there is none.
   * @param type the union or interface that the object belongs to.
   */
  byId(type: string, nodes: readonly FieldNode[], id: Sql): Compiled {
    const holder = this.row();
    const finishes = new Map<string, Finish | undefined>();
    const branches: Sql[] = [];
    for (const name of this.possibleTypes(type)) {
      const declaration = this.declaration(name) as ObjectDeclaration;
      if (!declaration.prefix) throw new Error(`${name} has no ids of its own`);
      const row = this.row();
      const compiled = this.#concrete(name, nodes, row, true);
      finishes.set(name, compiled.finish);
      const found = sql`(select ${compiled.sql} from ${this.from(name, row)} where ${all([sql`${row.col("id")} = ${holder.col("id")}`, declaration.only?.(row)])})`;
      branches.push(sql`when ${literal(declaration.prefix)} then ${found}`);
    }
    return {
      sql: sql`(select case split_part(${holder.col("id")}, '_', 1) ${sql.join(branches, sql` `)} end from (select ${id} as "id") as ${sql.ref(holder.alias)})`,
      finish: finishByType(finishes),
    };
  }

  /** `named`: the type's name goes along, for whoever has to tell objects of several types apart. */
  #concrete(type: string, nodes: readonly FieldNode[], row: Row, named: boolean): Compiled {
    const pairs: [string, Sql][] = [];
    const finishes: [string, Finish][] = [];
    if (named) pairs.push(["__typename", literal(type)]);
    for (const [key, fieldNodes] of this.select(type, nodes)) {
      if ((fieldNodes[0] as FieldNode).name.value === "__typename") {
        if (!(named && key === "__typename")) pairs.push([key, literal(type)]);
        continue;
      }
      const compiled = this.field(type, fieldNodes, row);
      pairs.push([key, compiled.sql]);
      if (compiled.finish) finishes.push([key, compiled.finish]);
    }
    return { sql: jsonObject(pairs), finish: finishObject(pairs, finishes) };
  }
}

function finishObject(pairs: JsonPairs, finishes: readonly (readonly [string, Finish])[]): Finish | undefined {
  const split = isSplit(pairs);
  if (!split && finishes.length === 0) return undefined;
  return (value, request) => {
    const object = (split ? joinJsonObject(value) : value) as Record<string, unknown> | null;
    if (object === null) return null;
    for (const [key, finish] of finishes) object[key] = finish(object[key], request);
    return object;
  };
}

function finishByType(finishes: ReadonlyMap<string, Finish | undefined>): Finish | undefined {
  if (![...finishes.values()].some(Boolean)) return undefined;
  return (value, request) => {
    if (value === null) return null;
    // A split object has its type's name in its first part.
    const head = (Array.isArray(value) ? value[0] : value) as { __typename: string };
    const finish = finishes.get(head.__typename);
    return finish ? finish(value, request) : value;
  };
}

/** Applies a finish to every element of a list; nothing to do where there is none. */
export function finishList(finish: Finish | undefined): Finish | undefined {
  return finish && ((value, request) => (value as unknown[]).map((item) => finish(item, request)));
}

