import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { inputError } from "../../lib/errors.js";
import type { Row } from "../../reading/declarations.js";
import type { OrderTerm } from "../../reading/connection.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import { all, enumerated, literal, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { meetingsMatching, type MeetingRow } from "../meetings/meetings.lists.js";

type CountArguments = Traced<GQL.QueryMeetingCountsArgs>;

/** More dimensions make more groups than anybody reads. */
const mostDimensions = 3;

/** The meetings that are counted, under the alias m. */
const counted: MeetingRow = { alias: "m", col: (name) => sql.ref(`m.${name}`) };

/** What meetings can be grouped by. */
interface Dimension {
  /** What else has to be joined to a meeting. */
  readonly join?: Sql;
  /** The columns of a group. */
  readonly columns: Readonly<Record<string, Sql>>;
  /** What puts the groups in order, over the columns of the group g; what is unknown comes last. */
  readonly key: Sql;
  /** Whether a meeting can be found more than once in a group. */
  readonly repeats?: boolean;
}

const unknownLast = (value: Sql) => sql`coalesce(${value}, '~')`;
const codeOf = (party: string) => sql`(select y."code" from "Party" y where y."id" = ${sql.ref(`g.${party}`)})`;

/** The parties that a filter names; null where it names none. */
function named({ filter }: CountArguments): Sql | undefined {
  const given: Leaf<readonly string[]> | null | undefined = filter?.parties;
  if (!given || (Array.isArray(given) && given.length === 0)) return undefined;
  return sql`(select y."id" from "Party" y where y."code" = any(${parameter(given, "text[]")}))`;
}

/** Whom the parties of the filter met, or, where it names none, everybody who took part. */
function byParty(args: CountArguments): Dimension {
  const others = named(args);
  const isOther = others ? sql` and a."partyId" not in ${others}` : sql``;
  return {
    join: sql`join "Participant" a on a."meetingId" = m."id"${isOther}`,
    columns: { firstId: sql.ref("a.partyId") },
    key: codeOf("firstId"),
    repeats: true,
  };
}

/** Pairs of those who took part; where the filter names parties, those in which one of them is, or two if it names more. */
function byPair(args: CountArguments): Dimension {
  const wanted = named(args);
  const isWanted = (seat: string) => sql`(${sql.ref(`${seat}.partyId`)} in ${wanted})::int`;
  const among = wanted ? sql` and ${isWanted("a")} + ${isWanted("b")} >= least(2, (select count(*) from ${wanted} as w))` : sql``;
  return {
    join: sql`join "Participant" a on a."meetingId" = m."id" join "Participant" b on b."meetingId" = m."id" and a."partyId" < b."partyId"${among}`,
    columns: { firstId: sql.ref("a.partyId"), secondId: sql.ref("b.partyId") },
    key: sql`least(${codeOf("firstId")} collate "C", ${codeOf("secondId")} collate "C") || '-' || greatest(${codeOf("firstId")} collate "C", ${codeOf("secondId")} collate "C")`,
    repeats: true,
  };
}

function dimension(by: GQL.MeetingDimension, args: CountArguments): Dimension {
  switch (by) {
    case "PAIR":
      return byPair(args);
    case "PARTY":
      return byParty(args);
    case "YEAR":
      // However little of a date is known, its year is.
      return { columns: { year: sql`extract(year from m."onEarliest")::int` }, key: unknownLast(sql`lpad(g."year"::text, 4, '0')`) };
    case "FORUM":
      return {
        join: sql`left join "Meeting" s on s."id" = m."sidelinesOfId"`,
        columns: { forumId: sql`coalesce(m."forumId", s."forumId")` },
        key: unknownLast(sql`(select f."slug" from "Forum" f where f."id" = g."forumId")`),
      };
    case "KIND":
      return { columns: { kind: sql.ref("m.kind") }, key: sql`g."kind"::text` };
    case "FORMAT":
      return { columns: { format: sql.ref("m.format") }, key: unknownLast(sql`g."format"::text`) };
    case "STATUS":
      return { columns: { status: sql.ref("m.status") }, key: sql`g."status"::text` };
  }
}

/** What a group says where meetings are not grouped by it. */
const ungrouped: Readonly<Record<string, Sql>> = {
  firstId: sql`null::text`, secondId: sql`null::text`, year: sql`null::int`, forumId: sql`null::text`,
  kind: sql`null::"MeetingKind"`, format: sql`null::"MeetingFormat"`, status: sql`null::"MeetingStatus"`,
};

function dimensionsOf(args: CountArguments): readonly Dimension[] {
  const by = [...new Set(args.by)];
  if (by.length < 1 || by.length > mostDimensions) {
    throw inputError({ argument: "by", problem: `must name one to ${String(mostDimensions)} different ones, but names ${String(by.length)}.` });
  }
  if (by.includes("PAIR") && by.includes("PARTY")) {
    throw inputError({ argument: "by", problem: "cannot name PAIR and PARTY together: a pair says both parties." });
  }
  return by.map((name) => dimension(name, args));
}

/** Groups of meetings with how many there are in each, and a key that is different for each group. */
function groups(args: CountArguments): Sql {
  const dimensions = dimensionsOf(args);
  const columns = Object.assign({}, ...dimensions.map((one) => one.columns)) as Record<string, Sql>;
  const joins = sql.join(dimensions.map(({ join }) => join ?? sql``), sql` `);
  const count = dimensions.some(({ repeats }) => repeats) ? sql`count(distinct m."id")` : sql`count(*)`;
  const chosen = sql.join(Object.entries(columns).map(([name, value]) => sql`${value} as ${sql.id(name)}`));
  const rest = Object.entries(ungrouped).filter(([name]) => !(name in columns)).map(([name, nothing]) => sql`${nothing} as ${sql.id(name)}`);
  // A space comes before all that names, codes and years are made of.
  const key = sql`concat_ws(' ', ${sql.join(dimensions.map((one) => one.key))})`;
  return sql`(select g.*, ${sql.join([...rest, sql`${key} as "key"`])} from (
    select ${chosen}, ${count}::int as "count" from "Meeting" m ${joins} where ${all(meetingsMatching(counted, args.filter))}
    group by ${sql.join(Object.values(columns))}) as g)`;
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
    from: ({ args }) => groups(args),
    order: ({ args, target }) =>
      args.orderBy === "GROUP"
        ? { name: `groups ${args.by.join()}`, terms: [byKey(target.col("key"))] }
        : { name: `counts ${args.by.join()}`, terms: [{ by: target.col("count"), type: "int", direction: "DESC" }, byKey(target.col("key"))] },
  }),
}));
