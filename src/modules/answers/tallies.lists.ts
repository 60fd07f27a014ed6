import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { mapLeaf, type Traced } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { all, enumerated, type Sql } from "../../reading/sql.js";
import { firstOf } from "../meetings/meetings.lists.js";

type CountArguments = Traced<GQL.QueryMeetingCountsArgs>;
type Filter = NonNullable<CountArguments["filter"]>;

/** Groups in which meetings are counted as they are written: see prisma/sql/tallies.sql. */
export interface Tally {
  /** The groups, under the alias t, and the id of the party they are narrowed to, if they are, under w. */
  readonly from: Sql;
  readonly where: Sql;
  /** The columns of each dimension that meetings are grouped by. */
  readonly columns: Readonly<Record<string, Sql>>;
}

const grains = { meetings: 0, parties: 1, pairs: 2, pairsByYear: 3 } as const;

/** Filters that stored counts support. With any other filter, meetings are read one by one. */
const told: ReadonlySet<string> = new Set(["parties", "kind", "format", "status"] satisfies (keyof Filter)[]);

/** The properties that a filter gives; an empty list, or days without an end, ask for nothing. */
export function givenIn(filter: CountArguments["filter"]): readonly string[] {
  return Object.entries(filter ?? {}).flatMap(([name, value]) => {
    if (value === null || value === undefined || (Array.isArray(value) && value.length === 0)) return [];
    return name === "during" && !filter?.during?.from && !filter?.during?.to ? [] : [name];
  });
}

/** The one party that a filter names, as a table w of its id; undefined where it names several or none. */
export function onlyParty(planner: Planner, filter: CountArguments["filter"]): Sql | undefined {
  const parties = filter?.parties;
  if (!parties || !givenIn(filter).includes("parties")) return undefined;
  const isOne = planner.fix(mapLeaf(parties, (codes) => codes.length === 1));
  return isOne ? sql`${firstOf(parties, "parties")} as w` : undefined;
}

interface Grouping {
  readonly by: readonly GQL.MeetingDimension[];
  readonly given: readonly string[];
  readonly isOfOne: boolean;
}

/** The grain whose groups are fine enough. Of pairs there are too many to keep them by all that may be asked for. */
function grainOf({ by, given, isOfOne }: Grouping): number | undefined {
  const isOfPairs = by.includes("PAIR") || (by.includes("PARTY") && isOfOne);
  if (!isOfPairs) return by.includes("PARTY") || isOfOne ? grains.parties : grains.meetings;
  if (by.includes("FORUM")) return undefined;
  if (!by.includes("YEAR")) return grains.pairs;
  // All pairs by year would be as many groups as there are seats.
  const isFiner = !isOfOne || by.length > 2 || given.some((name) => name !== "parties");
  return isFiner ? undefined : grains.pairsByYear;
}

const other = sql`case when t."firstId" = w."id" then t."secondId" else t."firstId" end`;

function columnsOf(dimension: GQL.MeetingDimension, isOfOne: boolean): Readonly<Record<string, Sql>> {
  switch (dimension) {
    case "PAIR":
      return { firstId: sql.ref("t.firstId"), secondId: sql.ref("t.secondId") };
    case "PARTY":
      return { firstId: isOfOne ? other : sql.ref("t.firstId") };
    case "YEAR":
      return { year: sql.ref("t.year") };
    case "FORUM":
      return { forumId: sql.ref("t.forumId") };
    case "KIND":
      return { kind: sql.ref("t.kind") };
    case "FORMAT":
      return { format: sql.ref("t.format") };
    case "STATUS":
      return { status: sql.ref("t.status") };
  }
}

/** The groups that answer a question; undefined where meetings have to be looked at one by one. */
export function tallyFor(
  planner: Planner,
  by: readonly GQL.MeetingDimension[],
  filter: CountArguments["filter"],
): Tally | undefined {
  const given = givenIn(filter);
  if (given.some((name) => !told.has(name))) return undefined;
  const named = onlyParty(planner, filter);
  if (given.includes("parties") && !named) return undefined;
  const isOfOne = named !== undefined;
  const grain = grainOf({ by, given, isOfOne });
  if (grain === undefined) return undefined;
  const equal = (name: "kind" | "format" | "status", type: string) => {
    const value = filter?.[name];
    return value ? sql`t.${sql.id(name)} = ${enumerated(value, type)}` : undefined;
  };
  return {
    from: named
      ? sql`${named}, "meetingTally"(${sql.lit(grain)}, w."id") as t`
      : sql`"meetingTally"(${sql.lit(grain)}) as t`,
    where: all([equal("kind", "MeetingKind"), equal("format", "MeetingFormat"), equal("status", "MeetingStatus")]),
    columns: Object.assign({}, ...by.map((dimension) => columnsOf(dimension, isOfOne))) as Record<string, Sql>,
  };
}
