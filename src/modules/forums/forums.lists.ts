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
  return connection<"ForumMembershipConnection", C, Tables["ForumMembership"], MembershipArguments, { name: string }>(
    "ForumMembership",
    {
      where: ({ row, target, args }) => [
        sql`${target.col(column)} = ${row.col("id")}`,
        inForce(target, args),
        args.role ? sql`${target.col("role")} = ${enumerated(args.role, "MembershipRole")}` : undefined,
      ],
      beside: column === "forumId" ? { column: "partyId", type: "Party" } : { column: "forumId", type: "Forum" },
      order: ({ target }, other) => ({
        name: "member",
        terms: [
          { by: alphabetical(other.col("name")), type: "text", direction: "ASC" },
          byDay(sql`coalesce(${target.col("sinceEarliest")}, ${target.col("attestedOnEarliest")})`, "ASC"),
          byId(target.col("id")),
        ],
      }),
    },
  );
}
