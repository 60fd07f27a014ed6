import { GraphQLError, isEnumType, type GraphQLSchema } from "graphql";
import type { MeetingFilter } from "../generated/schema.types.js";
import { didYouMean, shown } from "../lib/faults.js";
import { parsePartialDate, PartialDateError } from "../lib/partial-dates.js";
import { dateTimeScalar } from "../lib/scalars.js";

/** Thrown for invalid parameters. The message names each of them and the valid ones. */
export class FilterError extends Error {
  override readonly name = "FilterError";
}

interface Parameter {
  readonly meaning: string;
  /** Whether it may be given several times; all of them have to hold then. */
  readonly isRepeatable?: true;
  /** The enum of the schema that its values are of. */
  readonly values?: string;
  readonly isDay?: true;
  readonly isMoment?: true;
}

/** The filters of exports, by the names of URL parameters and command line options. */
export const filterParameters = {
  party: { meaning: "Meetings with this party, held or planned (code)", isRepeatable: true },
  person: { meaning: "Meetings with this person, held or planned (slug)", isRepeatable: true },
  forum: { meaning: "Sessions of this forum (slug)" },
  onSidelinesOf: { meaning: "Meetings on the sidelines of a session of this forum (slug)" },
  kind: { meaning: "Meetings of this kind", values: "MeetingKind" },
  format: { meaning: "Meetings of this format", values: "MeetingFormat" },
  status: { meaning: "Meetings with this status", values: "MeetingStatus" },
  from: { meaning: "Meetings on this day or later", isDay: true },
  to: { meaning: "Meetings on this day or earlier", isDay: true },
  country: { meaning: "Meetings in this state (alpha-3 code)" },
  office: { meaning: "Meetings with holders of this kind of office", values: "OfficeKind" },
  rank: { meaning: "Meetings with holders of offices of this rank", values: "OfficeRank" },
  knownAt: { meaning: "The record as of this moment", isMoment: true },
} as const satisfies Record<string, Parameter>;

/** The name of a parameter. */
export type FilterParameter = keyof typeof filterParameters;

/** The filter and moment of an export. */
export interface ExportQuery {
  readonly filter: MeetingFilter;
  /** The moment as of which the record is read; undefined for the current record. */
  readonly knownAt: string | undefined;
}

/** Values by parameter, as they were given. */
export type GivenParameters = Readonly<Partial<Record<string, readonly string[]>>>;

const names = Object.keys(filterParameters) as FilterParameter[];

/**
 * Reads filters from parameters.
 * @param offered The parameters that are allowed; all by default.
 * @param mostValues Maximum number of values of a repeatable parameter.
 * @throws FilterError for an unknown, repeated or invalid parameter.
 */
export function readParameters(
  schema: GraphQLSchema,
  given: GivenParameters,
  offered: readonly FilterParameter[] = names,
  mostValues = Infinity,
): ExportQuery {
  const problems = Object.entries(given).flatMap(([name, values = []]) =>
    problemsOf(schema, name, values, offered, mostValues),
  );
  const [from] = given["from"] ?? [];
  const [to] = given["to"] ?? [];
  if (problems.length === 0 && from !== undefined && to !== undefined && from > to)
    problems.push(`from (${from}) lies after to (${to})`);
  if (problems.length > 0) throw new FilterError(`${problems.join("; ")}.`);
  const one = (name: FilterParameter): string | undefined => given[name]?.[0];
  const filter = {
    parties: given["party"],
    persons: given["person"],
    forum: one("forum"),
    onSidelinesOf: one("onSidelinesOf"),
    kind: one("kind"),
    format: one("format"),
    status: one("status"),
    country: one("country"),
    office: one("office"),
    rank: one("rank"),
    during: from === undefined && to === undefined ? undefined : stated({ from, to }),
  };
  // Values of enums have been looked up in the schema.
  return { filter: stated(filter) as MeetingFilter, knownAt: one("knownAt") };
}

function problemsOf(
  schema: GraphQLSchema,
  name: string,
  values: readonly string[],
  offered: readonly FilterParameter[],
  mostValues: number,
): string[] {
  const known = offered.find((one) => one === name);
  if (known === undefined)
    return [
      `${shown(name)} is no parameter here${didYouMean(name, offered).replace(/\?$/, "")}; known are ${offered.join(", ")}`,
    ];
  const parameter: Parameter = filterParameters[known];
  if (values.length > 1 && !parameter.isRepeatable)
    return [`${known} is given ${String(values.length)} times and can be given once`];
  if (values.length > mostValues)
    return [
      `${known} is given ${String(values.length)} times, and the most is ${String(mostValues)} (service.limits.maxListEntries); leave out what is repeated or not needed`,
    ];
  return values.flatMap((value) => problemOf(schema, known, parameter, value));
}

function problemOf(
  schema: GraphQLSchema,
  name: string,
  { values, isDay, isMoment }: Parameter,
  value: string,
): string[] {
  if (value === "" || value.includes("\0")) return [`${name} has no value`];
  if (isDay && !isWholeDay(value)) return [`${name} has to be a day such as 2024-11-20, but is ${shown(value)}`];
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
    return parsePartialDate(text).text.length === "2024-11-20".length;
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
