import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields } from "../history/history.lists.js";

/** Sources that contradict each other. */
export const conflictTypes = [
  objectType<GQL.Conflict>()("Conflict", "Conflict", { prefix: "cnf" }, (from) => ({
    ...recordFields<Tables["Conflict"]>("Conflict"),
    id: from.word("id"),
    key: from.column("key"),
    field: from.column("field"),
    resolution: from.column("resolution"),
    subject: from.byId(
      "ConflictSubject",
      ({ row }) => sql`coalesce(${row.col("meetingId")}, ${row.col("membershipId")}, ${row.col("forumId")})`,
    ),
    claims: from.list("ConflictClaim", {
      where: ({ row, target }) => sql`${target.col("conflictId")} = ${row.col("id")}`,
      order: ({ target }) => [target.col("position"), target.col("id")],
    }),
  })),

  objectType<GQL.ConflictClaim>()("ConflictClaim", "ConflictClaim", { prefix: "cfc" }, (from) => ({
    ...recordFields<Tables["ConflictClaim"]>("ConflictClaim"),
    id: from.word("id"),
    key: from.column("key"),
    conflict: from.one("Conflict", "conflictId"),
    value: from.column("value"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("conflictClaimId")} = ${row.col("id")}`,
    }),
  })),
];

/** The root field for conflicts. */
export const conflictRoots = objectType<Pick<GQL.Query, "conflicts">>()("Query", null, {}, (from) => ({
  conflicts: from.connection("Conflict", {
    order: ({ target }) => ({
      name: "key",
      terms: [{ by: target.col("key"), type: "text", direction: "ASC" }],
    }),
  }),
}));
