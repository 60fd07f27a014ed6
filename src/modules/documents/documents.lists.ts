import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape } from "../../reading/fields.js";
import type { Leaf, Traced } from "../../reading/inputs.js";
import { enumerated, type Sql } from "../../reading/sql.js";
import type { SubjectColumn } from "../citations.js";
import type { Tables } from "../declare.js";
import { isNamed } from "../history/history.lists.js";
import { byId } from "../orders.js";

type CitationRow = Row<Tables["Citation"]>;
export type CitationArguments = Traced<GQL.DocumentCitationsArgs>;

/** Passages stand in the order of their text; citations without one come after all that have one. */
export function placeInText(row: CitationRow): Sql {
  return sql`coalesce(${row.col("start")}, 2147483647)`;
}

/** The conditions of a CitationFilter; what is not given asks for nothing. */
export function citationConditions(
  row: CitationRow,
  filter: CitationArguments["filter"],
): readonly (Sql | undefined)[] {
  if (!filter) return [];
  return [
    filter.stance ? sql`${row.col("stance")} = ${enumerated(filter.stance, "CitationStance")}` : undefined,
    typeof filter.hasPassage === "boolean"
      ? sql`${row.col("quote")} is ${sql.raw(filter.hasPassage ? "not null" : "null")}`
      : undefined,
    namesParty(row, filter.naming),
  ];
}

/**
 * A passage names a party if one of the party's names stands in it as words of its own and is no part of a longer name of
 * something else: "Papua New Guinea" does not name Guinea. Case counts, but for names in capitals, as in headlines: "us"
 * is not "US". The names are gathered once for a statement.
 */
function namesParty(row: CitationRow, code: Leaf<string> | null | undefined): Sql | undefined {
  if (code === null || code === undefined) return undefined;
  const isParty = isNamed(rowUnder<Tables["Party"]>("p"), "code", "Party", code);
  const namesWhere = (is: Sql): Sql => sql`array(
    select unnest(array[p."name", p."officialName"]) from "Party" p where (${isParty}) ${is}
    union all select n."text" from "PartyName" n join "Party" p on p."id" = n."partyId" where (${isParty}) ${is}
    union all select l."text" from "longerNames"() l left join "Party" p on p."code" = l."code" where (${isParty}) ${is})`;
  const patterns = sql`(select "namingPatterns"(${namesWhere(sql`is true`)}, ${namesWhere(sql`is not true`)}))`;
  return sql`"isNamedIn"(${row.col("quote")}, ${patterns})`;
}

/** The citations of a record, those of the earliest document first, in the order of its text. */
export function citationsOf<C>(subject: SubjectColumn): FieldDeclaration<C, never, ObjectShape<"CitationConnection">> {
  return connection<"CitationConnection", C, Tables["Citation"], CitationArguments, Tables["Document"]>("Citation", {
    where: ({ row, target, args }) => [
      sql`${target.col(subject)} = ${(row as unknown as Row<{ id: string }>).col("id")}`,
      ...citationConditions(target, args.filter),
    ],
    beside: { column: "documentId", type: "Document" },
    order: ({ target }, document) => ({
      name: "document",
      terms: [
        { by: sql`coalesce(${document.col("publishedOnEarliest")}, 'infinity'::date)`, type: "date", direction: "ASC" },
        { by: target.col("documentId"), type: "text", direction: "ASC" },
        { by: placeInText(target), type: "int", direction: "ASC" },
        byId(target.col("id")),
      ],
    }),
  });
}
