import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import type { Row } from "../../reading/declarations.js";
import type { OrderTerm } from "../../reading/connection.js";
import { joinLeaves, type Leaf, type Traced } from "../../reading/inputs.js";
import type { Planner } from "../../reading/planner.js";
import { all, enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { meetingsMatching, type MeetingRow } from "../meetings/meetings.lists.js";
import { givenIn, onlyParty, tallyFor, type Tally } from "./tallies.lists.js";

type CountArguments = Traced<GQL.QueryMeetingCountsArgs>;

/** More dimensions make more groups than anybody reads. */
const mostDimensions = 3;

/** The meetings that are counted, under the alias m. */
const counted: MeetingRow = { alias: "m", col: (name) => sql.ref(`m.${name}`) };

/** What meetings can be grouped by, where they are looked at one by one. */
interface Dimension {
  /** What else has to be joined to a meeting. */
  readonly join?: Sql;
  /** The columns of a group. */
  readonly columns: Readonly<Record<string, Sql>>;
  /** Whether a meeting can be found more than once in a group. */
  readonly repeats?: boolean;
}

const unknownLast = (value: Sql) => sql`coalesce(${value}, '~')`;
const codeOf = (party: string) => sql`(select y."code" from "Party" y where y."id" = ${sql.ref(`g.${party}`)})`;
const codesOfBoth = sql`(select least(y."code" collate "C", z."code" collate "C") || '-' || greatest(y."code" collate "C", z."code" collate "C")
  from "Party" y, "Party" z where y."id" = g."firstId" and z."id" = g."secondId")`;

/** What puts groups in order, by what they are grouped by, over the columns of the group g; what is unknown comes last. */
const keys: Readonly<Record<GQL.MeetingDimension, Sql>> = {
  PAIR: codesOfBoth,
  PARTY: codeOf("firstId"),
  YEAR: unknownLast(sql`lpad(g."year"::text, 4, '0')`),
  FORUM: unknownLast(sql`(select f."slug" from "Forum" f where f."id" = g."forumId")`),
  KIND: sql`g."kind"::text`,
  FORMAT: unknownLast(sql`g."format"::text`),
  STATUS: sql`g."status"::text`,
};

/** The parties that a filter names; null where it names none. */
function named({ filter }: CountArguments): Sql | undefined {
  const given: Leaf<readonly string[]> | null | undefined = filter?.parties;
  if (!given || (Array.isArray(given) && given.length === 0)) return undefined;
  return sql`(select y."id" from "Party" y where y."code" = any(${parameter(given, "text[]")}))`;
}

/** The seats a of the only party that a filter names, and b of those whom it met. */
const metOne = (party: Sql) => sql`join ${party} on true join "Participant" a on a."meetingId" = m."id" and a."partyId" = w."id" join "Participant" b on b."meetingId" = m."id" and b."partyId" <> w."id"`;

/** Whom the parties of the filter met, or, where it names none, everybody who took part. */
function byParty(args: CountArguments, only?: Sql): Dimension {
  if (only) return { join: metOne(only), columns: { firstId: sql.ref("b.partyId") }, repeats: true };
  const others = named(args);
  const isOther = others ? sql` and a."partyId" not in ${others}` : sql``;
  return {
    join: sql`join "Participant" a on a."meetingId" = m."id"${isOther}`,
    columns: { firstId: sql.ref("a.partyId") },
    repeats: true,
  };
}

/** Pairs of those who took part; where the filter names parties, those in which one of them is, or two if it names more. */
function byPair(args: CountArguments, only?: Sql): Dimension {
  if (only) return { join: metOne(only), columns: { firstId: sql.ref("a.partyId"), secondId: sql.ref("b.partyId") }, repeats: true };
  const wanted = named(args);
  const isWanted = (seat: string) => sql`(${sql.ref(`${seat}.partyId`)} in ${wanted})::int`;
  const among = wanted ? sql` and ${isWanted("a")} + ${isWanted("b")} >= least(2, (select count(*) from ${wanted} as w))` : sql``;
  return {
    join: sql`join "Participant" a on a."meetingId" = m."id" join "Participant" b on b."meetingId" = m."id" and a."partyId" < b."partyId"${among}`,
    columns: { firstId: sql.ref("a.partyId"), secondId: sql.ref("b.partyId") },
    repeats: true,
  };
}

function dimension(by: GQL.MeetingDimension, args: CountArguments, only?: Sql): Dimension {
  switch (by) {
    case "PAIR":
      return byPair(args, only);
    case "PARTY":
      return byParty(args, only);
    case "YEAR":
      // However little of a date is known, its year is.
      return { columns: { year: sql`extract(year from m."onEarliest")::int` } };
    case "FORUM":
      return { join: sql`left join "Meeting" s on s."id" = m."sidelinesOfId"`, columns: { forumId: sql`coalesce(m."forumId", s."forumId")` } };
    case "KIND":
      return { columns: { kind: sql.ref("m.kind") } };
    case "FORMAT":
      return { columns: { format: sql.ref("m.format") } };
    case "STATUS":
      return { columns: { status: sql.ref("m.status") } };
  }
}

/** What a group says where meetings are not grouped by it. */
const ungrouped: Readonly<Record<string, Sql>> = {
  firstId: sql`null::text`, secondId: sql`null::text`, year: sql`null::int`, forumId: sql`null::text`,
  kind: sql`null::"MeetingKind"`, format: sql`null::"MeetingFormat"`, status: sql`null::"MeetingStatus"`,
};

/** What meetings are to be grouped by. @throws a GraphQLError with code BAD_USER_INPUT where there is no such grouping. */
function groupedBy(args: CountArguments): readonly GQL.MeetingDimension[] {
  const by = [...new Set(args.by)];
  if (by.length < 1 || by.length > mostDimensions) {
    throw inputError({ argument: "by", problem: `must name one to ${String(mostDimensions)} different ones, but names ${String(by.length)}.` });
  }
  if (by.includes("PAIR") && by.includes("PARTY")) {
    throw inputError({ argument: "by", problem: "cannot name PAIR and PARTY together: a pair says both parties." });
  }
  return by;
}

/** What leaves so few meetings that their seats can be looked at one by one. */
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
    throw inputError({ argument: "by", problem: `can name PAIR together with FORUM, or with YEAR and anything else that is grouped or filtered by, only for some of the meetings: ${wayOut}` });
  }
  const tooLong = () => inputError({ argument: "filter.during", problem: `is too long to group by ${by.join(", ")} with nothing else to go by: ${wayOut}` });
  const { from, to } = during;
  if (!from || !to) throw tooLong();
  planner.checks.push(
    joinLeaves(from, to, (first, last) => {
      if (Date.parse(last) - Date.parse(first) > mostDays * msPerDay) throw tooLong();
    }),
  );
}

/** Groups of the meetings that are looked at one by one. */
function groupsOfMeetings(planner: Planner, by: readonly GQL.MeetingDimension[], args: CountArguments): Sql {
  const only = by.includes("PAIR") || by.includes("PARTY") ? onlyParty(planner, args.filter) : undefined;
  const dimensions = by.map((name) => dimension(name, args, only));
  // Whoever is joined by a seat of the only party has met it.
  const filter = only ? { ...args.filter, parties: undefined } : args.filter;
  const columns = Object.assign({}, ...dimensions.map((one) => one.columns)) as Record<string, Sql>;
  const joins = sql.join(dimensions.map(({ join }) => join ?? sql``), sql` `);
  // Told apart first, which is done by hashing; counting what is distinct would sort.
  const apart = dimensions.some(({ repeats }) => repeats) ? sql`distinct m."id", ` : sql``;
  const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
  const names = sql.join(Object.keys(columns).map((name) => sql.id(name)));
  return sql`select ${names}, count(*)::int as "count" from (
    select ${apart}${chosen} from "Meeting" m ${joins} where ${all(meetingsMatching(counted, filter))}) as found group by ${names}`;
}

/** Groups of meetings that were counted as they were written. */
function groupsOfTally({ from, where, columns }: Tally): Sql {
  const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
  return sql`select ${chosen}, sum(t."meetings")::int as "count" from ${from} where ${where} group by ${sql.join(Object.values(columns))} having sum(t."meetings") > 0`;
}

/** Groups of meetings with how many there are in each, and a key that is different for each group. */
function groups(planner: Planner, args: CountArguments): Sql {
  const by = groupedBy(args);
  const tally = tallyFor(planner, by, args.filter);
  if (!tally) refuseMost(planner, by, args);
  const columns = new Set(by.flatMap((name) => Object.keys(dimension(name, args).columns)));
  const rest = Object.entries(ungrouped).filter(([name]) => !columns.has(name)).map(([name, nothing]) => sql`${nothing} as ${sql.id(name)}`);
  // A space comes before all that names, codes and years are made of.
  const key = sql`concat_ws(' ', ${sql.join(by.map((name) => keys[name]))})`;
  return sql`(select g.*, ${sql.join([...rest, sql`${key} as "key"`])} from (${tally ? groupsOfTally(tally) : groupsOfMeetings(planner, by, args)}) as g)`;
}

type SeatCondition = (office: Sql, role: Sql) => Sql;

const ofKinds = (office: Sql, kinds: readonly GQL.OfficeKind[]) => sql`coalesce(${office} in (${sql.join(kinds.map((kind) => enumerated(kind, "OfficeKind")))}), false)`;
const representative = (role: Sql) => sql`${role} = ${literal("REPRESENTATIVE")}`;

/** How many confirmed seats of a meeting fulfil a condition on the kind of the seat's office and its role. */
function seatsOf(meeting: Row<Tables["Meeting"]>, condition: SeatCondition = () => sql`true`): Sql {
  return sql`(select count(*) from "Participant" p left join "Office" o on o."id" = p."officeId" where p."meetingId" = ${meeting.col("id")} and not p."isExpected" and ${condition(sql.ref("o.kind"), sql.ref("p.role"))})`;
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
    heads: from.expression<number>(({ row }) => seatsOf(row, (office) => ofKinds(office, ["HEAD_OF_STATE", "HEAD_OF_GOVERNMENT"]))),
    ministers: from.expression<number>(({ row }) =>
      seatsOf(row, (office) => ofKinds(office, ["DEFENCE_MINISTER", "SECOND_DEFENCE_MINISTER", "DEFENCE_INDUSTRY_MINISTER"])),
    ),
    deputies: from.expression<number>(({ row }) => seatsOf(row, (office) => ofKinds(office, ["DEPUTY_DEFENCE_MINISTER"]))),
    others: from.expression<number>(({ row }) => seatsOf(row, (office, role) => sql`(${ofKinds(office, ["OTHER"])} or (${office} is null and ${representative(role)}))`)),
    unknown: from.expression<number>(({ row }) => seatsOf(row, (office, role) => sql`${office} is null and not ${representative(role)}`)),
    expected: from.expression<number>(({ row }) => sql`(select count(*) from "Participant" p where p."meetingId" = ${row.col("id")} and p."isExpected")`),
  })),
];

const byKey = (key: Sql): OrderTerm => ({ by: sql`${key} collate "C"`, type: "text", direction: "ASC" });

/** The root field for statistics. */
export const statisticsRoots = objectType<Pick<GQL.Query, "meetingCounts">>()("Query", null, {}, (from) => ({
  meetingCounts: from.connection<"MeetingCount", CountArguments>("MeetingCount", {
    from: ({ planner, args }) => groups(planner, args),
    order: ({ args, target }) =>
      args.orderBy === "GROUP"
        ? { name: `groups ${args.by.join()}`, terms: [byKey(target.col("key"))] }
        : { name: `counts ${args.by.join()}`, terms: [{ by: target.col("count"), type: "int", direction: "DESC" }, byKey(target.col("key"))] },
  }),
}));
