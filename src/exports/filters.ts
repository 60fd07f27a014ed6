import {
  GraphQLError,
  isEnumType,
  isInputObjectType,
  Kind,
  type GraphQLSchema,
  type InputObjectTypeDefinitionNode,
  type TypeNode,
} from "graphql";
import type { MeetingFilter } from "../generated/schema.types.js";
import { didYouMean, shown } from "../lib/faults.js";
import { isExactDay, parsePartialDate, PartialDateError } from "../lib/partial-dates.js";
import { dateTimeScalar } from "../lib/scalars.js";

/** Thrown for invalid parameters. The message names each of them and the valid ones. */
export class FilterError extends Error {
  override readonly name = "FilterError";
}

/** A filter of exports. */
export interface Parameter {
  readonly meaning: string;
  /** Whether it may be given several times; all of them have to hold then. */
  readonly isRepeatable?: true;
  /** The type of its values in the schema. */
  readonly values?: string;
  readonly isDay?: true;
  readonly isYear?: true;
  readonly isMoment?: true;
}

/** Parameters by the names of URL parameters and command line options. */
export type Parameters = ReadonlyMap<string, Parameter>;

/** A field of the filter, and the parameters that give it. */
interface FilterField {
  readonly name: string;
  readonly isList: boolean;
  readonly type: string;
  readonly parameters: readonly (readonly [string, Parameter])[];
}

function fieldsOf({ fields = [] }: InputObjectTypeDefinitionNode): FilterField[] {
  return fields.map(({ name: { value: name }, type: given, description }) => {
    const nullable = given.kind === Kind.NON_NULL_TYPE ? given.type : given;
    const isList = nullable.kind === Kind.LIST_TYPE;
    const type = namedType(nullable);
    // The first sentence.
    const meaning = (description?.value ?? name).replace(/\s+/g, " ").replace(/\.( .*)?$/, "");
    const parameters: FilterField["parameters"] =
      type === "DateRange"
        ? [
            ["from", { meaning: "On this day or later", isDay: true }],
            ["to", { meaning: "On this day or earlier", isDay: true }],
          ]
        : isList
          ? [[singular(name), { meaning, values: type, isRepeatable: true }]]
          : [[name, { meaning, values: type }]];
    return { name, isList, type, parameters };
  });
}

function namedType(type: TypeNode): string {
  return type.kind === Kind.NAMED_TYPE ? type.name.value : namedType(type.type);
}

/** A parameter that is repeated has the name of one: `parties` is given as `party`. */
function singular(name: string): string {
  return name.replace(/ies$/, "y").replace(/s$/, "");
}

/** The filters of exports: the fields of the input MeetingFilter, and the moment of the record. */
export function filterParametersOf(filter: InputObjectTypeDefinitionNode): Parameters {
  return new Map([...fieldsOf(filter).flatMap(({ parameters }) => parameters), momentParameter]);
}

function definitionIn(schema: GraphQLSchema): InputObjectTypeDefinitionNode {
  const type = schema.getType("MeetingFilter");
  if (!isInputObjectType(type) || !type.astNode) throw new Error("The schema has no input MeetingFilter.");
  return type.astNode;
}

/** The same, from an executable schema. */
export function filterParametersIn(schema: GraphQLSchema): Parameters {
  return filterParametersOf(definitionIn(schema));
}

/** The filter and moment of an export. */
export interface ExportQuery {
  readonly filter: MeetingFilter;
  /** The moment as of which the record is read; undefined for the current record. */
  readonly knownAt: string | undefined;
}

/** Values by parameter, as they were given. */
export type GivenParameters = Readonly<Partial<Record<string, readonly string[]>>>;

/**
 * Reads filters from parameters.
 * @param offered The parameters that are allowed; all by default.
 * @param mostValues Maximum number of values of a repeatable parameter.
 * @throws FilterError for an unknown, repeated or invalid parameter.
 */
export function readParameters(
  schema: GraphQLSchema,
  given: GivenParameters,
  offered: Parameters = filterParametersIn(schema),
  mostValues = Infinity,
): ExportQuery {
  checkParameters(schema, given, offered, mostValues);
  const filter = Object.fromEntries(fieldsOf(definitionIn(schema)).map((field) => [field.name, valueOf(field, given)]));
  // Values of enums have been looked up in the schema.
  return { filter: stated(filter), knownAt: given["knownAt"]?.[0] };
}

/** The moment of the record as a parameter. */
const momentParameter = ["knownAt", { meaning: "The record as of this moment", isMoment: true }] as const;

/** The checked parameters of a table. */
export interface TableParameters {
  readonly parameters: GivenParameters;
  /** The moment as of which the record is read; undefined for the current record. */
  readonly knownAt: string | undefined;
}

/**
 * Checks the parameters of a table.
 * @param mostValues Maximum number of values of a repeatable parameter.
 * @throws FilterError for an unknown, repeated or invalid parameter.
 */
export function readTableParameters(
  schema: GraphQLSchema,
  given: GivenParameters,
  table: { readonly parameters: Parameters },
  mostValues = Infinity,
): TableParameters {
  checkParameters(schema, given, new Map([...table.parameters, momentParameter]), mostValues);
  return { parameters: given, knownAt: given["knownAt"]?.[0] };
}

/**
 * Checks parameters against those that are offered.
 * @throws FilterError for an unknown, repeated or invalid parameter.
 */
export function checkParameters(
  schema: GraphQLSchema,
  given: GivenParameters,
  offered: Parameters,
  mostValues: number,
): void {
  const problems = Object.entries(given).flatMap(([name, values = []]) =>
    problemsOf(schema, name, values, offered, mostValues),
  );
  const [from] = given["from"] ?? [];
  const [to] = given["to"] ?? [];
  if (problems.length === 0 && from !== undefined && to !== undefined && from > to)
    problems.push(`from (${from}) lies after to (${to})`);
  if (problems.length > 0) throw new FilterError(`${problems.join("; ")}.`);
}

function valueOf({ isList, type, parameters }: FilterField, given: GivenParameters): unknown {
  if (type === "DateRange") {
    const range = stated({ from: given["from"]?.[0], to: given["to"]?.[0] });
    return Object.keys(range).length === 0 ? undefined : range;
  }
  const values = given[parameters[0]?.[0] ?? ""];
  return isList ? values : values?.[0];
}

function problemsOf(
  schema: GraphQLSchema,
  name: string,
  values: readonly string[],
  offered: Parameters,
  mostValues: number,
): string[] {
  const parameter = offered.get(name);
  if (parameter === undefined) {
    const names = [...offered.keys()];
    return [
      `${shown(name)} is no parameter here${didYouMean(name, names).replace(/\?$/, "")}; known are ${names.join(", ")}`,
    ];
  }
  if (values.length > 1 && !parameter.isRepeatable)
    return [`${name} is given ${String(values.length)} times and can be given once`];
  if (values.length > mostValues)
    return [
      `${name} is given ${String(values.length)} times, and the most is ${String(mostValues)} (service.limits.maxListEntries); leave out what is repeated or not needed`,
    ];
  return values.flatMap((value) => problemOf(schema, name, parameter, value));
}

function problemOf(
  schema: GraphQLSchema,
  name: string,
  { values, isDay, isYear, isMoment }: Parameter,
  value: string,
): string[] {
  if (value === "" || value.includes("\0")) return [`${name} has no value`];
  if (isDay && !isWholeDay(value)) return [`${name} has to be a day such as 2024-11-20, but is ${shown(value)}`];
  if (isYear && !/^[12]\d{3}$/.test(value)) return [`${name} has to be a year such as 1970, but is ${shown(value)}`];
  if (isMoment && !isMomentText(value))
    return [`${name} has to be a moment such as 2024-11-20T09:30:00Z, but is ${shown(value)}`];
  const type = values === undefined ? undefined : schema.getType(values);
  if (!isEnumType(type) || type.getValue(value)) return [];
  return [
    `${name} has to be one of ${type
      .getValues()
      .map((one) => one.name)
      .join(", ")}, but is ${shown(value)}`,
  ];
}

function isWholeDay(text: string): boolean {
  try {
    return isExactDay(parsePartialDate(text).text);
  } catch (error) {
    if (error instanceof PartialDateError) return false;
    throw error;
  }
}

function isMomentText(text: string): boolean {
  try {
    return dateTimeScalar.parseValue(text) !== undefined;
  } catch (error) {
    if (error instanceof GraphQLError) return false;
    throw error;
  }
}

function stated<T extends object>(values: T): Partial<T> {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== undefined)) as Partial<T>;
}
