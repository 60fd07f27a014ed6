import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration } from "../../reading/declarations.js";
import { connection, type ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { alphabetical, byDay, byId } from "../orders.js";
import { inForce } from "../periods.js";

type MembershipArguments = Traced<GQL.ForumMembershipsArgs>;

/** The memberships of a forum or of a party: by role and name, perhaps only those in force on a day. */
export function membershipsOf<C extends { id: string }>(
  column: "forumId" | "partyId",
): FieldDeclaration<C, never, ObjectShape<"ForumMembershipConnection">> {
  const other = column === "forumId" ? "partyId" : "forumId";
  const table = column === "forumId" ? "Party" : "Forum";
  return connection<"ForumMembershipConnection", C, Tables["ForumMembership"], MembershipArguments>("ForumMembership", {
    where: ({ row, target, args }) => [
      sql`${target.col(column)} = ${row.col("id")}`,
      inForce(target, args),
      args.role ? sql`${target.col("role")} = ${enumerated(args.role, "MembershipRole")}` : undefined,
    ],
    order: ({ target }) => ({
      name: "member",
      terms: [
        {
          by: sql`(select ${alphabetical(sql.ref("o.name"))} from ${sql.table(table)} o where o."id" = ${target.col(other)})`,
          type: "text",
          direction: "ASC",
        },
        byDay(sql`coalesce(${target.col("sinceEarliest")}, ${target.col("attestedOnEarliest")})`, "ASC"),
        byId(target.col("id")),
      ],
    }),
  });
}
