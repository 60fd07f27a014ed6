import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { survivingKeys } from "../history/history.lists.js";
import { alphabetical } from "../orders.js";
import { covers, inForce, type AsOf } from "../periods.js";
import { atLeastTwo } from "./encounters.lists.js";

type SharedArguments = Traced<GQL.QueryJointMembershipsArgs>;
type MatrixArguments = Traced<GQL.QueryJointMembershipMatrixArgs>;
type ChangeArguments = Traced<GQL.QueryJointMembershipChangesArgs>;
type MatrixChangeArguments = Traced<GQL.QueryJointMembershipMatrixChangesArgs>;

/** Memberships that count on a day by a rule, as a condition on the alias. */
function counts(alias: string, rule: GQL.JointMembershipRule, asOf: AsOf): Sql {
  const row = rowUnder<Tables["ForumMembership"]>(alias);
  const period = inForce(row, asOf) as Sql;
  return rule === "FULL_MEMBERS" ? sql`${row.col("role")} = 'MEMBER' and ${period}` : period;
}

/**
 * Forums in which all of the given parties have a membership that counts, with those memberships and, in a word that can
 * be compared, the role of each party.
 */
function sharedForums({ parties, asOf, rule, includeUncertain }: Omit<SharedArguments, "knownAt">): Sql {
  const wanted = survivingKeys("Party", atLeastTwo(parties, "parties"));
  return sql`(select u."forumId", array_agg(u."id") as "membershipIds", (select f."name" from "Forum" f where f."id" = u."forumId") as "name",
    string_agg(distinct y."code" || ' ' || u."role"::text, ',') as "roles"
    from "ForumMembership" u join "Party" y on y."id" = u."partyId"
    where y."code" = any(${wanted}) and ${counts("u", rule, { asOf, includeUncertain })}
    group by u."forumId" having count(distinct y."code") = cardinality(${wanted}))`;
}

/** Forums that the parties share on one of two days only, or with other roles. */
function changedForums({ parties, from, to, rule, includeUncertain = false }: ChangeArguments): Sql {
  const on = (asOf: typeof from) => sharedForums({ parties, asOf, rule, includeUncertain });
  return sql`(select "forumId", "name", coalesce(b."membershipIds", '{}') as "beforeIds", coalesce(a."membershipIds", '{}') as "afterIds",
    case when b."roles" is null then 'GAINED' when a."roles" is null then 'LOST' else 'ROLE_CHANGED' end as "kind"
    from ${on(from)} as b full join ${on(to)} as a using ("forumId", "name") where b."roles" is distinct from a."roles")`;
}

type Matrix = Pick<MatrixArguments, "rule" | "parties">;

/** The parties asked for in the forums they are in on a day, each once for a forum, with all roles it has there. */
function seatsOn(asOf: MatrixArguments["asOf"], { rule, parties }: Matrix): Sql {
  const isWanted = parties ? sql`y."code" = any(${survivingKeys("Party", parties)})` : sql`true`;
  return sql`select y."id", y."code" collate "C" as "code", u."forumId", string_agg(distinct u."role"::text, ',') as "roles"
    from "ForumMembership" u join "Party" y on y."id" = u."partyId" where ${counts("u", rule, { asOf })} and ${isWanted} group by y."id", y."code", u."forumId"`;
}

/**
 * All pairs of the parties asked for with the forums they share on a day, a row for each forum, the lower code first. Each
 * party is summed up in each forum before pairs are made: there are far fewer of these than pairs.
 */
function pairsByForum(asOf: MatrixArguments["asOf"], matrix: Matrix): Sql {
  return sql`(with "seat" as materialized (${seatsOn(asOf, matrix)})
    select p."id" as "firstId", q."id" as "secondId", p."code" || '-' || q."code" as "pair", p."forumId", p."roles" || ' ' || q."roles" as "roles"
    from "seat" p join "seat" q on q."forumId" = p."forumId" and p."code" < q."code")`;
}

/** Pairs of parties whose shared forums differ between two days. */
function changedPairs(args: MatrixChangeArguments): Sql {
  const chosen = (condition: Sql) => sql`coalesce(array_agg("forumId") filter (where ${condition}), '{}')`;
  return sql`(select "pair", "firstId", "secondId", count(b."roles")::int as "before", count(a."roles")::int as "after",
    ${chosen(sql`b."roles" is null`)} as "gainedIds", ${chosen(sql`a."roles" is null`)} as "lostIds",
    ${chosen(sql`b."roles" <> a."roles"`)} as "changedIds",
    (count(*) filter (where b."roles" is null or a."roles" is null))::int as "moved"
    from ${pairsByForum(args.from, args)} as b full join ${pairsByForum(args.to, args)} as a using ("pair", "firstId", "secondId", "forumId")
    group by "pair", "firstId", "secondId" having bool_or(b."roles" is distinct from a."roles"))`;
}

/**
 * All pairs of parties with the number of forums they share, each pair once, the lower code first. Which forums a party is
 * in is put down in bits, a bit for each forum, so that a pair is two strings of bits and not a row for every forum that it
 * shares. Which forums these are is looked up for the pairs of a page only, by the day and the rule.
 */
function sharingPairs({ asOf, rule, parties }: MatrixArguments): Sql {
  const shared = sql`bit_count(p."forums" & q."forums")`;
  return sql`(with "seat" as materialized (${seatsOn(asOf, { rule, parties })}),
    "forum" as materialized (select f."forumId", (row_number() over ())::int - 1 as "bit" from (select distinct "forumId" from "seat") as f),
    "party" as materialized (select s."id", s."code", bit_or(set_bit(n."none", f."bit", 1)) as "forums"
      from "seat" s join "forum" f on f."forumId" = s."forumId", (select repeat('0', count(*)::int)::varbit as "none" from "forum") as n group by s."id", s."code")
    select p."code" || '-' || q."code" as "pair", p."id" as "firstId", q."id" as "secondId", ${shared}::int as "count",
      ${parameter(asOf, "date")} as "day", ${sql.lit(rule === "FULL_MEMBERS")} as "isOfMembers"
    from "party" p join "party" q on p."code" < q."code" where ${shared} > 0)`;
}

/** The ids of the forums that the pair of a row shares on its day. */
function sharedOnDay(row: Row): Sql {
  const membership = rowUnder<Tables["ForumMembership"]>("u");
  const of = (party: string): Sql =>
    sql`select u."forumId" from "ForumMembership" u where u."partyId" = ${row.col(party)} and ${covers(membership, row.col("day"), row.col("day"))} and (u."role" = 'MEMBER' or not ${row.col("isOfMembers")})`;
  return sql`(${of("firstId")} intersect ${of("secondId")})`;
}

type AnyRow = Record<string, unknown>;

/** The memberships whose ids a column lists, by code. */
function membershipsIn(column: string): FieldDeclaration<AnyRow, never, ListShape<"ForumMembership">> {
  return list<"ForumMembership", AnyRow, Tables["ForumMembership"]>("ForumMembership", {
    where: ({ row, target }) => sql`${target.col("id")} = any(${row.col(column)})`,
    order: ({ target }) => [
      sql`(select y."code" from "Party" y where y."id" = ${target.col("partyId")}) collate "C"`,
      target.col("id"),
    ],
  });
}

/** The forums whose ids fulfil a condition, by name. */
function forums(isOne: (id: Sql, row: Row) => Sql): FieldDeclaration<AnyRow, never, ListShape<"Forum">> {
  return list<"Forum", AnyRow, Tables["Forum"]>("Forum", {
    where: ({ row, target }) => isOne(target.col("id"), row),
    order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
  });
}

/** The forums whose ids a column lists, by name. */
const forumsIn = (column: string) => forums((id, row) => sql`${id} = any(${row.col(column)})`);

/** The two parties of a pair, by code. */
const bothParties = list<"Party", AnyRow, Tables["Party"]>("Party", {
  where: ({ row, target }) => sql`${target.col("id")} in (${row.col("firstId")}, ${row.col("secondId")})`,
  order: ({ target }) => [sql`${target.col("code")} collate "C"`],
});

/** Which forums parties share. */
export const jointMembershipTypes = [
  objectType<GQL.JointMembership>()("JointMembership", null, {}, (from) => ({
    forum: from.one("Forum", "forumId"),
    memberships: membershipsIn("membershipIds"),
  })),

  objectType<GQL.JointMembershipPair>()("JointMembershipPair", null, {}, (from) => ({
    parties: bothParties,
    count: from.expression(({ row }) => row.col("count")),
    forums: forums((id, row) => sql`${id} in ${sharedOnDay(row)}`),
  })),

  objectType<GQL.JointMembershipChange>()("JointMembershipChange", null, {}, (from) => ({
    forum: from.one("Forum", "forumId"),
    kind: from.expression(({ row }) => row.col("kind")),
    before: membershipsIn("beforeIds"),
    after: membershipsIn("afterIds"),
  })),

  objectType<GQL.JointMembershipPairChange>()("JointMembershipPairChange", null, {}, (from) => ({
    parties: bothParties,
    before: from.expression(({ row }) => row.col("before")),
    after: from.expression(({ row }) => row.col("after")),
    gained: forumsIn("gainedIds"),
    lost: forumsIn("lostIds"),
    roleChanged: forumsIn("changedIds"),
  })),
];

/** The root fields for joint memberships. */
export const jointMembershipRoots = objectType<
  Pick<
    GQL.Query,
    "jointMemberships" | "jointMembershipMatrix" | "jointMembershipChanges" | "jointMembershipMatrixChanges"
  >
>()("Query", null, {}, (from) => ({
  jointMemberships: from.list<"JointMembership", SharedArguments>("JointMembership", {
    from: ({ args }) => sharedForums(args),
    where: () => sql`true`,
    order: ({ target }) => [alphabetical(target.col("name")), target.col("forumId")],
  }),
  jointMembershipMatrix: from.connection<"JointMembershipPair", MatrixArguments>("JointMembershipPair", {
    from: ({ args }) => sharingPairs(args),
    isOnce: true,
    order: ({ args, target }) => ({
      name: `pairs ${args.rule}`,
      terms: [
        { by: target.col("count"), type: "int", direction: "DESC" },
        { by: sql`${target.col("pair")} collate "C"`, type: "text", direction: "ASC" },
      ],
    }),
  }),
  jointMembershipChanges: from.list<"JointMembershipChange", ChangeArguments>("JointMembershipChange", {
    from: ({ args }) => changedForums(args),
    where: () => sql`true`,
    order: ({ target }) => [alphabetical(target.col("name")), target.col("forumId")],
  }),
  jointMembershipMatrixChanges: from.connection<"JointMembershipPairChange", MatrixChangeArguments>(
    "JointMembershipPairChange",
    {
      from: ({ args }) => changedPairs(args),
      isOnce: true,
      order: ({ args, target }) => ({
        name: `changes ${args.rule}`,
        terms: [
          { by: target.col("moved"), type: "int", direction: "DESC" },
          { by: sql`${target.col("pair")} collate "C"`, type: "text", direction: "ASC" },
        ],
      }),
    },
  ),
}));
