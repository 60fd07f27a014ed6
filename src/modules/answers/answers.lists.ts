import { sql } from "kysely";
import type { FieldDeclaration } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Tables } from "../declare.js";

/** The conflicts of a record. */
export function conflictsOf<C extends { id: string }>(
  column: "meetingId" | "membershipId" | "forumId" | "tenureId" | "agreementId" | "activityId" | "visitId",
): FieldDeclaration<C, never, ListShape<"Conflict">> {
  return list<"Conflict", C, Tables["Conflict"]>("Conflict", {
    where: ({ row, target }) => sql`${target.col(column)} = ${row.col("id")}`,
    order: ({ target }) => [target.col("field"), target.col("id")],
  });
}
