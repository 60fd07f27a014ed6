import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { all, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { meetingsMatching } from "../meetings/meetings.lists.js";
import { covers } from "../periods.js";

// Pairs of parties for research: shared memberships, and meetings. In each pair the lower code comes first.

const membership = rowUnder<Tables["ForumMembership"]>("u");
const meeting = rowUnder<Tables["Meeting"]>("m");

/** Parties whose pairs are read. */
export interface PairsOf {
  /** Codes of the first parties of the pairs. */
  readonly firsts: readonly string[];
  /** Codes of the parties that can be second. */
  readonly seconds: readonly string[];
}

const first = ({ firsts }: PairsOf, code: string): Sql => sql`${sql.ref(code)} = any(${firsts}::text[])`;
const second = ({ seconds }: PairsOf, code: string): Sql => sql`${sql.ref(code)} = any(${seconds}::text[])`;

/**
 * Common table expressions for the forums of some parties on a day. The forums that a party is in are bits, one for each
 * forum, so that a pair is two strings of bits and not a row for every forum that it shares. `forums` has those with any
 * role, `full` those with full membership.
 */
function forumsOn(day: string, codes: readonly string[]): Sql {
  const on = parameter(day, "date");
  return sql`"seat" as materialized (select y."code" collate "C" as "code", u."forumId", bool_or(u."role" = 'MEMBER') as "isFull"
      from "ForumMembership" u join "Party" y on y."id" = u."partyId"
      where y."code" = any(${codes}::text[]) and ${covers(membership, on, on)} group by y."code", u."forumId"),
    "forum" as materialized (select f."forumId", (row_number() over ())::int - 1 as "bit" from (select distinct "forumId" from "seat") as f),
    "none" as materialized (select repeat('0', count(*)::int)::varbit as "bits" from "forum"),
    "member" as materialized (select s."code", bit_or(set_bit(n."bits", f."bit", 1)) as "forums",
        bit_or(case when s."isFull" then set_bit(n."bits", f."bit", 1) else n."bits" end) as "full"
      from "seat" s join "forum" f on f."forumId" = s."forumId" cross join "none" n group by s."code")`;
}

/**
 * Pairs that share forums on the last day of a year, or met in the year: both codes, the forums shared with any role,
 * those shared as full members, and the held meetings. Pairs with none of them are left out.
 */
export function pairsOfYear(year: number, pairs: PairsOf): Sql {
  const [from, to] = ["01-01", "12-31"].map((day) => `${String(year).padStart(4, "0")}-${day}`) as [string, string];
  const codes = [...new Set([...pairs.firsts, ...pairs.seconds])];
  const held = sql`select m."id" from "Meeting" m where m."status" = 'HELD' and m."onEarliest" between ${parameter(from, "date")} and ${parameter(to, "date")}`;
  return sql`with ${forumsOn(to, codes)},
    "sharing" as (select p."code" as "first", q."code" as "second", bit_count(p."forums" & q."forums")::int as "forums",
        bit_count(p."full" & q."full")::int as "full"
      from "member" p join "member" q on p."code" < q."code"
      where ${first(pairs, "p.code")} and ${second(pairs, "q.code")} and bit_count(p."forums" & q."forums") > 0),
    "meeting" as (${pairsMeeting(held, pairs, [sql`count(*)::int as "meetings"`])})
    select json_build_array("first", "second", coalesce(s."forums", 0), coalesce(s."full", 0), coalesce(t."meetings", 0))
    from "sharing" s full join "meeting" t using ("first", "second")`;
}

/** Pairs that took part in some meetings, with columns over the meetings `m` of each. */
function pairsMeeting(meetings: Sql, pairs: PairsOf, columns: readonly Sql[]): Sql {
  return sql`select y."code" collate "C" as "first", z."code" collate "C" as "second", ${sql.join(columns)}
    from "countedAs"(array(${meetings})) as c join "Meeting" m on m."id" = c."meetingId"
      cross join unnest(c."parties") as a("id") cross join unnest(c."parties") as b("id")
      join "Party" y on y."id" = a."id" join "Party" z on z."id" = b."id"
    where y."code" collate "C" < z."code" collate "C" and ${first(pairs, "y.code")} and ${second(pairs, "z.code")}
    group by y."code", z."code"`;
}

/** Filter of meetings; parties choose pairs. */
export type MetFilter = Omit<NonNullable<Traced<GQL.QueryMeetingsArgs>["filter"]>, "parties">;

/**
 * Pairs that took part in meetings that match a filter: both codes, the number of meetings, and of the first and the last
 * one the slug, the day, and the earliest and latest day that it can mean.
 */
export function pairsThatMet(filter: MetFilter, pairs: PairsOf): Sql {
  const matching = all([sql`true`, ...meetingsMatching(meeting, filter)]);
  const met = pairsMeeting(sql`select m."id" from "Meeting" m where ${matching}`, pairs, [
    sql`count(*)::int as "meetings"`,
    sql`(array_agg(m."id" order by m."onEarliest" nulls last, m."id"))[1] as "firstId"`,
    sql`(array_agg(m."id" order by m."onLatest" desc nulls last, m."id" desc))[1] as "lastId"`,
  ]);
  const day = (alias: string): Sql =>
    sql.join(["slug", "on", "onEarliest", "onLatest"].map((name) => sql.ref(`${alias}.${name}`)));
  return sql`select json_build_array(g."first", g."second", g."meetings", ${day("f")}, ${day("l")})
    from (${met}) as g join "Meeting" f on f."id" = g."firstId" join "Meeting" l on l."id" = g."lastId"
    order by g."first", g."second"`;
}

/** Pairs that share forums on a day: both codes and the number; of a party with itself the number of its forums. */
export function pairsSharing(day: string, rule: GQL.JointMembershipRule, codes: readonly string[]): Sql {
  const forums = sql.ref(rule === "FULL_MEMBERS" ? "p.full" : "p.forums");
  const others = sql.ref(rule === "FULL_MEMBERS" ? "q.full" : "q.forums");
  return sql`with ${forumsOn(day, codes)}
    select json_build_array(p."code", q."code", bit_count(${forums} & ${others})::int)
    from "member" p join "member" q on p."code" <= q."code" where bit_count(${forums} & ${others}) > 0`;
}
