import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import { list, type ListShape, type ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";

/** The chair terms of a forum, a party or a person, latest first. */
export function chairsOf<C extends { id: string }>(
  column: "forumId" | "partyId" | "personId",
): FieldDeclaration<C, never, ListShape<"ChairTerm">> {
  return list<"ChairTerm", C, Tables["ChairTerm"]>("ChairTerm", {
    where: ({ row, target }) => sql`${target.col(column)} = ${row.col("id")}`,
    order: ({ target }) => [
      sql`coalesce(${target.col("sinceEarliest")}, ${target.col("termEarliest")}, ${target.col("attestedOnEarliest")}) desc nulls last`,
      target.col("id"),
    ],
  });
}

/** A forum, and the day for which its chair is asked. */
export interface ChairRow extends Row<Tables["Forum"]> {
  readonly day: Sql;
}

/** The chair of a forum on a day. */
export const chairOn: FieldDeclaration<Tables["Forum"], Traced<GQL.ForumChairArgs>, ObjectShape<"ForumChair">> = {
  compile: ({ row, args, nodes, planner }) =>
    planner.object("ForumChair", nodes, { ...row, day: parameter(args.on, "date") } as ChairRow as unknown as Row),
};
