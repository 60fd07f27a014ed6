import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import type { FieldDeclaration, Row } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { recordFields, survivingId } from "../history/history.lists.js";

/** The columns that say what a conflict is about; exactly one of them is set. */
const subjectColumns = {
  MEETING: "meetingId",
  MEMBERSHIP: "membershipId",
  FORUM: "forumId",
  TENURE: "tenureId",
  AGREEMENT: "agreementId",
  ACTIVITY: "activityId",
  VISIT: "visitId",
} as const satisfies Readonly<Record<GQL.ConflictSubjectKind, string>>;

const subjectsOf = (row: Row<Tables["Conflict"]>): Sql =>
  sql.join(Object.values(subjectColumns).map((column) => row.col(column)));

/** The sides of a conflict, or only those that the record follows. */
function claimsOf(only?: "isFollowed"): FieldDeclaration<Tables["Conflict"], never, ListShape<"ConflictClaim">> {
  return list<"ConflictClaim", Tables["Conflict"], Tables["ConflictClaim"]>("ConflictClaim", {
    where: ({ row, target }) =>
      sql`${target.col("conflictId")} = ${row.col("id")}${only ? sql` and ${target.col(only)}` : sql``}`,
    order: ({ target }) => [target.col("position"), target.col("id")],
  });
}

/** Sources that contradict each other. */
export const conflictTypes = [
  objectType<GQL.Conflict>()("Conflict", "Conflict", {}, (from) => ({
    ...recordFields<Tables["Conflict"]>("Conflict"),
    id: from.word("id"),
    key: from.column("key"),
    field: from.column("field"),
    resolution: from.prose("resolution"),
    isOpen: from.expression<boolean>(({ row }) => sql`${row.col("resolution")} is null`),
    subject: from.byId("ConflictSubject", ({ row }) => sql`coalesce(${subjectsOf(row)})`),
    claims: claimsOf(),
    follows: claimsOf("isFollowed"),
  })),

  objectType<GQL.ConflictClaim>()("ConflictClaim", "ConflictClaim", {}, (from) => ({
    ...recordFields<Tables["ConflictClaim"]>("ConflictClaim"),
    id: from.word("id"),
    key: from.column("key"),
    conflict: from.one("Conflict", "conflictId"),
    value: from.prose("value"),
    isFollowed: from.column("isFollowed"),
    citation: from.one("Citation", {
      where: ({ row, target }) => sql`${target.col("conflictClaimId")} = ${row.col("id")}`,
    }),
  })),
];

type ConflictArguments = Traced<GQL.QueryConflictsArgs>;

/** The conditions of a ConflictFilter; what is not given asks for nothing. */
function conflictConditions(
  row: Row<Tables["Conflict"]>,
  filter: ConflictArguments["filter"],
): readonly (Sql | undefined)[] {
  if (!filter) return [];
  return [
    filter.field ? sql`${row.col("field")} = ${parameter(filter.field, "text")}` : undefined,
    typeof filter.isOpen === "boolean"
      ? sql`${row.col("resolution")} is ${sql.raw(filter.isOpen ? "null" : "not null")}`
      : undefined,
    filter.subject ? sql`${row.col(subjectColumns[filter.subject])} is not null` : undefined,
    filter.about ? sql`${survivingId(parameter(filter.about, "text"))} in (${subjectsOf(row)})` : undefined,
  ];
}

/** The root field for conflicts. */
export const conflictRoots = objectType<Pick<GQL.Query, "conflicts">>()("Query", null, {}, (from) => ({
  conflicts: from.connection<"Conflict", ConflictArguments>("Conflict", {
    where: ({ target, args }) => conflictConditions(target, args.filter),
    order: ({ target }) => ({
      name: "key",
      terms: [{ by: target.col("key"), type: "text", direction: "ASC" }],
    }),
  }),
}));
