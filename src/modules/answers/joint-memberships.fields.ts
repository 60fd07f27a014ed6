import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { Row } from "../../reading/declarations.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { alphabetical } from "../orders.js";
import { inForce, type AsOf } from "../periods.js";
import { atLeastTwo } from "./encounters.fields.js";

type SharedArguments = Traced<GQL.QueryJointMembershipsArgs>;
type MatrixArguments = Traced<GQL.QueryJointMembershipMatrixArgs>;

/** A membership under an alias of our own choosing, for queries that no field stands for. */
function membership(alias: string): Row<Tables["ForumMembership"]> {
  return { alias, col: (name) => sql.ref(`${alias}.${name}`) };
}

/** Memberships that count on a day by a rule, as a condition on the alias. */
function counts(alias: string, rule: GQL.JointMembershipRule, asOf: AsOf): Sql {
  const row = membership(alias);
  const period = inForce(row, asOf) as Sql;
  return rule === "FULL_MEMBERS" ? sql`${row.col("role")} = 'MEMBER' and ${period}` : period;
}

/** Forums in which all of the given parties have a membership that counts, with those memberships. */
function sharedForums({ parties, asOf, rule, includeUncertain }: SharedArguments): Sql {
  const wanted = parameter(atLeastTwo(parties, "parties"), "text[]");
  return sql`(select u."forumId", array_agg(u."id") as "membershipIds", (select f."name" from "Forum" f where f."id" = u."forumId") as "name"
    from "ForumMembership" u join "Party" y on y."id" = u."partyId"
    where y."code" = any(${wanted}) and ${counts("u", rule, { asOf, includeUncertain })}
    group by u."forumId" having count(distinct y."code") = cardinality(${wanted}))`;
}

/** All pairs of parties with the forums they share, each pair once, the lower code first. */
function sharingPairs({ asOf, rule }: MatrixArguments): Sql {
  return sql`(select y."code" || '-' || z."code" as "pair", y."id" as "firstId", z."id" as "secondId",
    count(distinct u."forumId")::int as "count", array_agg(distinct u."forumId") as "forumIds"
    from "ForumMembership" u join "ForumMembership" v on v."forumId" = u."forumId"
    join "Party" y on y."id" = u."partyId" join "Party" z on z."id" = v."partyId" and y."code" collate "C" < z."code" collate "C"
    where ${counts("u", rule, { asOf })} and ${counts("v", rule, { asOf })}
    group by y."code", z."code", y."id", z."id")`;
}

/** Which forums parties share. */
export const jointMembershipTypes = [
  objectType<GQL.JointMembership>()("JointMembership", null, {}, (from) => ({
    forum: from.one("Forum", "forumId"),
    memberships: from.list("ForumMembership", {
      where: ({ row, target }) => sql`${target.col("id")} = any(${row.col("membershipIds")})`,
      order: ({ target }) => [
        sql`(select y."code" from "Party" y where y."id" = ${target.col("partyId")}) collate "C"`,
        target.col("id"),
      ],
    }),
  })),

  objectType<GQL.JointMembershipPair>()("JointMembershipPair", null, {}, (from) => ({
    parties: from.list("Party", {
      where: ({ row, target }) => sql`${target.col("id")} in (${row.col("firstId")}, ${row.col("secondId")})`,
      order: ({ target }) => [sql`${target.col("code")} collate "C"`],
    }),
    count: from.expression(({ row }) => row.col("count")),
    forums: from.list("Forum", {
      where: ({ row, target }) => sql`${target.col("id")} = any(${row.col("forumIds")})`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("id")],
    }),
  })),
];

/** The root fields for joint memberships. */
export const jointMembershipRoots = objectType<Pick<GQL.Query, "jointMemberships" | "jointMembershipMatrix">>()(
  "Query",
  null,
  {},
  (from) => ({
    jointMemberships: from.list<"JointMembership", SharedArguments>("JointMembership", {
      from: ({ args }) => sharedForums(args),
      where: () => sql`true`,
      order: ({ target }) => [alphabetical(target.col("name")), target.col("forumId")],
    }),
    jointMembershipMatrix: from.connection<"JointMembershipPair", MatrixArguments>("JointMembershipPair", {
      from: ({ args }) => sharingPairs(args),
      order: ({ args, target }) => ({
        name: `pairs ${args.rule}`,
        terms: [
          { by: target.col("count"), type: "int", direction: "DESC" },
          { by: sql`${target.col("pair")} collate "C"`, type: "text", direction: "ASC" },
        ],
      }),
    }),
  }),
);
