import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import type { Row } from "../../reading/declarations.js";
import type { OrderTerm } from "../../reading/connection.js";
import { joinLeaves, type Leaf, type Traced } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { all, literal, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { survivingKeys } from "../history/history.lists.js";
import { meetingsMatching, type MeetingRow } from "../meetings/meetings.lists.js";
import { givenIn, onlyParty, tallyFor, type Tally } from "./tallies.lists.js";

type CountArguments = Traced<GQL.QueryMeetingCountsArgs>;

/** More dimensions make more groups than anybody reads. */
const mostDimensions = 3;

/**
 * The meetings that are counted: what each is counted as under the alias c, and the meeting under m where the filter asks for
 * more than that. See prisma/sql/tallies.sql.
 */
const counted: MeetingRow = {
  alias: "m",
  col: (name) =>
    name === "id" ? sql.ref("c.meetingId") : isCounted(name) ? sql.ref(`c.${name}`) : sql.ref(`m.${name}`),
};
const isCounted = (name: string): boolean => ["kind", "format", "status"].includes(name);

/** Filters of a meeting that need no look-up in other tables. */
const toldOfCounted: ReadonlySet<string> = new Set(["parties", "persons", "kind", "format", "status"]);

/** A dimension for grouping meetings, if they are read one by one. */
interface Dimension {
  /** Those who took part, where each makes a group of its own. */
  readonly join?: Sql;
  /** Which of them count. */
  readonly where?: Sql;
  /** The columns of a group. */
  readonly columns: Readonly<Record<string, Sql>>;
}

const unknownLast = (value: Sql) => sql`coalesce(${value}, '~')`;

/** A sort key over the columns of the group g, with the join that it needs. */
interface Key {
  readonly by: Sql;
  readonly join?: Sql;
}

const party = (alias: string, column: string) =>
  sql`left join "Party" ${sql.ref(alias)} on ${sql.ref(`${alias}.id`)} = ${sql.ref(`g.${column}`)}`;

/** By what groups are put in order; what is unknown comes last. Joined, because there may be as many groups as pairs. */
const keys: Readonly<Record<GQL.MeetingDimension, Key>> = {
  PAIR: {
    by: sql`least(y."code" collate "C", z."code" collate "C") || '-' || greatest(y."code" collate "C", z."code" collate "C")`,
    join: sql`${party("y", "firstId")} ${party("z", "secondId")}`,
  },
  PARTY: { by: sql`y."code"`, join: party("y", "firstId") },
  YEAR: { by: unknownLast(sql`lpad(g."year"::text, 4, '0')`) },
  FORUM: { by: unknownLast(sql`f."slug"`), join: sql`left join "Forum" f on f."id" = g."forumId"` },
  KIND: { by: sql`g."kind"::text` },
  FORMAT: { by: unknownLast(sql`g."format"::text`) },
  STATUS: { by: sql`g."status"::text` },
};

/** The parties that a filter names; null where it names none. */
function named({ filter }: CountArguments): Sql | undefined {
  const given: Leaf<readonly string[]> | null | undefined = filter?.parties;
  if (!given || (Array.isArray(given) && given.length === 0)) return undefined;
  return sql`(select y."id" from "Party" y where y."code" = any(${survivingKeys("Party", given)}))`;
}

/** Each party that took part, once however many seats it has. */
const taker = (alias: string) => sql`unnest(c."parties") as ${sql.ref(alias)}("id")`;

/** The parties that met those in the filter or, without one, all participants. */
function byParty(args: CountArguments): Dimension {
  const others = named(args);
  return {
    join: taker("a"),
    columns: { firstId: sql.ref("a.id") },
    ...(others ? { where: sql`a."id" not in ${others}` } : {}),
  };
}

/** Pairs of those who took part; where the filter names parties, those in which one of them is, or two if it names more. */
function byPair(args: CountArguments): Dimension {
  const wanted = named(args);
  const isWanted = (alias: string) => sql`(${sql.ref(`${alias}.id`)} in ${wanted})::int`;
  const among = wanted && sql`${isWanted("a")} + ${isWanted("b")} >= least(2, (select count(*) from ${wanted} as w))`;
  return {
    join: sql`${taker("a")} cross join ${taker("b")}`,
    where: all([sql`a."id" < b."id"`, among]),
    columns: { firstId: sql.ref("a.id"), secondId: sql.ref("b.id") },
  };
}

function dimension(by: GQL.MeetingDimension, args: CountArguments): Dimension {
  switch (by) {
    case "PAIR":
      return byPair(args);
    case "PARTY":
      return byParty(args);
    case "YEAR":
      return { columns: { year: sql.ref("c.year") } };
    case "FORUM":
      return { columns: { forumId: sql.ref("c.forumId") } };
    case "KIND":
      return { columns: { kind: sql.ref("c.kind") } };
    case "FORMAT":
      return { columns: { format: sql.ref("c.format") } };
    case "STATUS":
      return { columns: { status: sql.ref("c.status") } };
  }
}

/** Columns of a group for dimensions that it is not grouped by. */
const ungrouped: Readonly<Record<string, Sql>> = {
  firstId: sql`null::text`,
  secondId: sql`null::text`,
  year: sql`null::int`,
  forumId: sql`null::text`,
  kind: sql`null::"MeetingKind"`,
  format: sql`null::"MeetingFormat"`,
  status: sql`null::"MeetingStatus"`,
};

/** The requested dimensions. @throws GraphQLError with the code BAD_USER_INPUT for an invalid combination. */
function groupedBy(args: CountArguments): readonly GQL.MeetingDimension[] {
  const { by } = args;
  if (by.length < 1 || by.length > mostDimensions) {
    throw inputError({
      argument: "by",
      problem: `must name one to ${String(mostDimensions)} different ones, but names ${String(by.length)}.`,
    });
  }
  if (by.includes("PAIR") && by.includes("PARTY")) {
    throw inputError({ argument: "by", problem: "cannot name PAIR and PARTY together: a pair says both parties." });
  }
  return by;
}

/** Filters that leave few enough meetings to read their seats one by one. */
const narrowing = ["parties", "persons", "forum", "onSidelinesOf", "country"];
const mostDays = 366;
const msPerDay = 24 * 60 * 60 * 1000;

/**
 * Seats of most meetings are not looked at one by one. @throws a GraphQLError with code BAD_USER_INPUT, for days when the
 * request comes.
 */
function refuseMost(planner: Planner, by: readonly GQL.MeetingDimension[], { filter }: CountArguments): void {
  if (!by.includes("PAIR") && !by.includes("PARTY")) return;
  const given = givenIn(filter);
  if (given.some((name) => narrowing.includes(name))) return;
  const wayOut = `name one of ${narrowing.join(", ")} in "filter", or during from and to with at most ${String(mostDays)} days between them.`;
  const during = given.includes("during") ? filter?.during : undefined;
  if (!during) {
    throw inputError({
      argument: "by",
      problem: `can name PAIR together with FORUM or YEAR only for some of the meetings: ${wayOut}`,
    });
  }
  const tooLong = () =>
    inputError({
      argument: "filter.during",
      problem: `is too long to group by ${by.join(", ")} with nothing else to go by: ${wayOut}`,
    });
  const { from, to } = during;
  if (!from || !to) throw tooLong();
  planner.checks.push(
    joinLeaves(from, to, (first, last) => {
      if (Date.parse(last) - Date.parse(first) > mostDays * msPerDay) throw tooLong();
    }),
  );
}

/** As of a moment so many meetings are counted at most, because what each counted as then is worked out from its seats. */
const mostAsOf = 2_500;

/** Maximum number of parties in a filter whose seats are counted. */
const mostCompared = 8;

/**
 * That there are not too many meetings to count as of a moment; nothing where the record is read as it stands, or some are
 * asked for. Parties in the filter leave at most as many as the rarest of them has seats.
 */
function fewEnough(args: CountArguments): Sql | undefined {
  const { filter, knownAt } = args;
  const given = givenIn(filter);
  const parties = named(args);
  const ways = narrowing.filter((name) => !parties || name !== "parties");
  if (knownAt === null || knownAt === undefined || given.some((name) => [...ways, "during"].includes(name)))
    return undefined;
  const counted = (rows: Sql) =>
    sql`(select count(*) from (select 1 from ${rows} limit ${sql.lit(mostAsOf + 1)}) as few)`;
  const found = parties
    ? sql`(select coalesce(min(${counted(sql`"Participant" p where p."partyId" = w."id"`)}), 0) from (select y.* from ${parties} as y limit ${sql.lit(mostCompared)}) as w)`
    : counted(sql`"Meeting"`);
  const wayOut = `name one of ${ways.join(", ")} in "filter" or days in "filter.during", or leave it out.`;
  const problem = `asks to count more than ${mostAsOf.toLocaleString("en")} meetings as of a moment: ${wayOut}`;
  return sql`"fewEnough"(${found}, ${sql.lit(mostAsOf)}, ${literal("knownAt")}, ${literal(problem)})`;
}

/** Groups of the meetings that are looked at one by one. */
function groupsOfMeetings(planner: Planner, by: readonly GQL.MeetingDimension[], args: CountArguments): Sql {
  const only = onlyParty(planner, args.filter);
  const filter = only ? { ...args.filter, parties: undefined } : args.filter;
  const dimensions = by.map((name) => dimension(name, args));
  const columns = Object.assign({}, ...dimensions.map((one) => one.columns)) as Record<string, Sql>;
  const from = only ? sql`${only} cross join "countedMeetings"(w."id") as c` : sql`"countedMeetings"() as c`;
  const joins = dimensions.flatMap(({ join }) => (join ? [sql`cross join ${join}`] : []));
  if (givenIn(filter).some((name) => !toldOfCounted.has(name)))
    joins.unshift(sql`join "Meeting" m on m."id" = c."meetingId"`);
  const where = all([...meetingsMatching(counted, filter), ...dimensions.map((one) => one.where)]);
  const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
  return sql`select ${chosen}, count(*)::int as "count" from ${from} ${sql.join(joins, sql` `)} where ${all([fewEnough(args), where])} group by ${sql.join(Object.values(columns))}`;
}

/** Groups of meetings that were counted as they were written. */
function groupsOfTally({ from, where, columns }: Tally, args: CountArguments): Sql {
  const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
  return sql`select ${chosen}, sum(t."meetings")::int as "count" from ${from} where ${all([fewEnough(args), where])} group by ${sql.join(Object.values(columns))} having sum(t."meetings") > 0`;
}

/** Groups of meetings with how many there are in each, and a key that is different for each group. */
function groups(planner: Planner, args: CountArguments): Sql {
  const by = groupedBy(args);
  const tally = tallyFor(planner, by, args.filter);
  if (!tally) refuseMost(planner, by, args);
  const columns = new Set(by.flatMap((name) => Object.keys(dimension(name, args).columns)));
  const rest = Object.entries(ungrouped)
    .filter(([name]) => !columns.has(name))
    .map(([name, nothing]) => sql`${nothing} as ${sql.id(name)}`);
  // A space comes before all that names, codes and years are made of.
  const key = sql`concat_ws(' ', ${sql.join(by.map((name) => keys[name].by))})`;
  const found = tally ? groupsOfTally(tally, args) : groupsOfMeetings(planner, by, args);
  return sql`(select g.*, ${sql.join([...rest, sql`${key} as "key"`])} from (${found}) as g ${sql.join(
    by.map((name) => keys[name].join ?? sql``),
    sql` `,
  )})`;
}

type SeatCondition = (office: Sql, role: Sql) => Sql;

const hasRank = (office: Sql, ranks: readonly GQL.OfficeRank[]) =>
  sql`coalesce(derived."rankOf"(${office}::text) in (${sql.join(ranks.map(literal))}), false)`;
const representative = (role: Sql) => sql`${role} = ${literal("REPRESENTATIVE")}`;

/** That a seat was taken: a source names it as more than expected, and the meeting is not one that has not taken place. */
const isConfirmed = (meeting: Row<Tables["Meeting"]>) =>
  sql`(not p."isExpected" and p."attendance" is null and ${meeting.col("status")} in ('HELD', 'UNKNOWN'))`;

/** The number of confirmed seats of a meeting, a group with its size, that meet a condition on the office's kind and the role. */
function seatsOf(meeting: Row<Tables["Meeting"]>, condition: SeatCondition = () => sql`true`): Sql {
  return sql`(select coalesce(sum(coalesce(p."groupSize", 1)), 0) from "Participant" p left join "Office" o on o."id" = p."officeId"
    where p."meetingId" = ${meeting.col("id")} and ${isConfirmed(meeting)} and ${condition(sql.ref("o.kind"), sql.ref("p.role"))})`;
}

/** Meetings counted, and how high their participants rank. */
export const statisticsTypes = [
  objectType<GQL.MeetingCount>()("MeetingCount", null, {}, (from) => ({
    count: from.expression<number>(({ row }) => row.col("count")),
    parties: from.list("Party", {
      where: ({ row, target }) => sql`${target.col("id")} in (${row.col("firstId")}, ${row.col("secondId")})`,
      order: ({ target }) => [sql`${target.col("code")} collate "C"`],
    }),
    year: from.expression<number | null>(({ row }) => row.col("year")),
    forum: from.one("Forum", "forumId"),
    kind: from.expression<GQL.MeetingKind | null>(({ row }) => row.col("kind")),
    format: from.expression<GQL.MeetingFormat | null>(({ row }) => row.col("format")),
    status: from.expression<GQL.MeetingStatus | null>(({ row }) => row.col("status")),
  })),

  objectType<GQL.Representation>()("Representation", "Meeting", {}, (from) => ({
    seats: from.expression<number>(({ row }) => seatsOf(row)),
    heads: from.expression<number>(({ row }) => seatsOf(row, (office) => hasRank(office, ["LEADER"]))),
    ministers: from.expression<number>(({ row }) => seatsOf(row, (office) => hasRank(office, ["MINISTER"]))),
    deputies: from.expression<number>(({ row }) => seatsOf(row, (office) => hasRank(office, ["DEPUTY_MINISTER"]))),
    others: from.expression<number>(({ row }) =>
      seatsOf(
        row,
        (office, role) =>
          sql`case when ${office} is null then ${representative(role)} else not ${hasRank(office, ["LEADER", "MINISTER", "DEPUTY_MINISTER"])} end`,
      ),
    ),
    unknown: from.expression<number>(({ row }) =>
      seatsOf(row, (office, role) => sql`${office} is null and not ${representative(role)}`),
    ),
    expected: from.expression<number>(
      ({ row }) =>
        sql`(select coalesce(sum(coalesce(p."groupSize", 1)), 0) from "Participant" p where p."meetingId" = ${row.col("id")} and p."attendance" is null and not ${isConfirmed(row)})`,
    ),
  })),
];

const byKey = (key: Sql): OrderTerm => ({ by: sql`${key} collate "C"`, type: "text", direction: "ASC" });

/** The root field for statistics. */
export const statisticsRoots = objectType<Pick<GQL.Query, "meetingCounts">>()("Query", null, {}, (from) => ({
  meetingCounts: from.connection<"MeetingCount", CountArguments>("MeetingCount", {
    from: ({ planner, args }) => groups(planner, args),
    isOnce: true,
    order: ({ args, target }) =>
      args.orderBy === "GROUP"
        ? { name: `groups ${args.by.join()}`, terms: [byKey(target.col("key"))] }
        : {
            name: `counts ${args.by.join()}`,
            terms: [{ by: target.col("count"), type: "int", direction: "DESC" }, byKey(target.col("key"))],
          },
  }),
}));
