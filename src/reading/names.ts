import { shown } from "../lib/faults.js";
import {
  isInputObjectType,
  isListType,
  isNonNullType,
  Kind,
  type ArgumentNode,
  type GraphQLArgument,
  type GraphQLInputField,
  type GraphQLInputType,
  type ObjectFieldNode,
} from "graphql";
import { sql } from "kysely";
import { mapLeaf, type Leaf } from "./inputs.js";
import { literal, parameter, type Sql } from "./sql.js";

/** The kind of record that an argument names. */
export interface Named {
  readonly table: string;
  /** The column that holds what they are called by. */
  readonly column: string;
  /** The label before the name: `forum with the slug`. */
  readonly called: string;
  /** Whether a name is a former name of an existing record. */
  readonly isFormer: (name: Sql) => Sql;
  /** A suggestion for an unknown name; null if no known name is similar. */
  readonly meant: (name: Sql) => Sql;
}

/**
 * The kind of record that an argument names, by its position in the schema: `MeetingFilter.forum`,
 * `Query.jointMemberships.parties`. A function if it depends on other arguments.
 */
export type NamedArguments = ReadonlyMap<string, Named | ((beside: Readonly<Record<string, unknown>>) => Named)>;

/** Names as an operation gives them. */
export interface GivenNames {
  readonly argument: string;
  readonly names: Leaf<string | readonly string[]>;
  readonly of: Named;
}

/** The position of arguments: the path in the schema, such as `Query.meetings`, and the path within the arguments. */
interface Within {
  readonly of: string;
  readonly path?: string;
  /** The arguments, or the fields of an input, as the operation writes them. */
  readonly written: readonly (ArgumentNode | ObjectFieldNode)[];
}

/**
 * The names that arguments give, in the order of the operation. Those in variables are in the order of the schema.
 * @param values the arguments as they were settled, see `settleArgument`.
 */
export function namesWithin(
  { of, path, written }: Within,
  declared: readonly (GraphQLArgument | GraphQLInputField)[],
  values: Readonly<Record<string, unknown>>,
  known: NamedArguments,
): readonly GivenNames[] {
  const placeOf = ({ name }: GraphQLArgument | GraphQLInputField) =>
    written.findIndex((node) => node.name.value === name);
  const fields = [...declared].sort((one, other) => placeOf(one) - placeOf(other));
  return fields.flatMap((field): readonly GivenNames[] => {
    const { name, type } = field;
    const value = values[name];
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    const argument = path === undefined ? name : `${path}.${name}`;
    const named = known.get(`${of}.${name}`);
    if (named)
      return [
        { argument, names: value as GivenNames["names"], of: typeof named === "function" ? named(values) : named },
      ];
    const inner = innermost(type);
    if (!isInputObjectType(inner) || Array.isArray(value)) return [];
    const node = written[placeOf(field)]?.value;
    const within = { of: inner.name, path: argument, written: node?.kind === Kind.OBJECT ? node.fields : [] };
    return namesWithin(within, Object.values(inner.getFields()), value as Record<string, unknown>, known);
  });
}

function innermost(type: GraphQLInputType): GraphQLInputType {
  return isNonNullType(type) || isListType(type) ? innermost(type.ofType) : type;
}

/** A name by which the record holds nothing. */
export interface UnknownName {
  /** The response key of the root field that was asked. */
  readonly field: string;
  /** The name of that field in the schema. */
  readonly asked: string;
  /** The argument, or the path into it: `filter.parties`. */
  readonly argument: string;
  readonly name: string;
  /** A suggestion; null if no known name is similar. */
  readonly meant: string | null;
  /** All of it in a sentence. */
  readonly message: string;
}

/** A separator around the unknown names before a response. JSON escapes this character, so it cannot occur in one. */
const mark = "\u0001";

/** Maximum number of suggestions per root field. */
const mostMeant = 3;
/** Characters of an unknown name that are reported; no name on record has as many. */
const longestReported = 1_000;

/**
 * A value, preceded by the unknown identifiers, if there are any. A record that is published now is known, even if the
 * query is as of an earlier moment. The first few unknown names get suggestions.
 * @param value SQL for JSON, as text or as a JSON value.
 */
export function withUnknownNames(value: Sql, given: readonly GivenNames[]): Sql {
  if (given.length === 0) return value;
  const sought = given.map(({ names, of }, index) => {
    const name = sql.ref("n.name");
    const isHeld = (schema?: string) =>
      sql`exists (select 1 from ${schema ? sql.id(schema, of.table) : sql.table(of.table)} as r where r.${sql.id(of.column)} = ${name})`;
    return sql`select ${sql.lit(index)} as "place", n."number" as "entry", ${name} as "name"
      from unnest(${parameter(
        mapLeaf(names, (value) => (typeof value === "string" ? [value] : value)),
        "text[]",
      )}) with ordinality as n("name", "number")
      where not ${isHeld()} and not ${of.isFormer(name)} and not ${isHeld("public")}`;
  });
  const meant = given.map(({ of }, index) => sql`when ${sql.lit(index)} then ${of.meant(sql.ref("x.name"))}`);
  const notes = sql`(select ${literal(mark)} || json_agg(json_build_array(x."place", left(x."name", ${sql.lit(longestReported)}),
      case when x."number" <= ${sql.lit(mostMeant)} then case x."place" ${sql.join(meant, sql` `)} end end) order by x."number")::text || ${literal(mark)}
    from (select u.*, row_number() over (order by u."place", u."entry") as "number" from (${sql.join(sought, sql` union all `)}) as u) as x having count(*) > 0)`;
  return sql`concat(${notes}, coalesce((${value})::text, 'null'))`;
}

/** The root field that names were given to. */
interface AskedField {
  /** Its response key. */
  readonly key: string;
  readonly name: string;
}

/** Removes the unknown names from a result. @param tell Called for each, in the order of the arguments. */
export function takeUnknownNames(
  text: string,
  given: readonly GivenNames[],
  field: AskedField,
  tell: ((unknown: UnknownName) => void) | undefined,
): string {
  if (!text.startsWith(mark)) return text;
  const end = text.indexOf(mark, mark.length);
  for (const [place, name, meant] of JSON.parse(text.slice(mark.length, end)) as [number, string, string | null][]) {
    const { argument, of } = given[place] as GivenNames;
    const question = meant === null ? "." : `; did you mean ${JSON.stringify(meant)}?`;
    tell?.({
      field: field.key,
      asked: field.name,
      argument,
      name,
      meant,
      message: `The record has no ${of.called} ${shown(name)}${question}`,
    });
  }
  return text.slice(end + mark.length);
}
