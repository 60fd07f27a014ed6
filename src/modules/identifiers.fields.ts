import { sql } from "kysely";
import type * as GQL from "../generated/schema.types.js";
import type { FieldDeclaration, Row } from "../reading/declarations.js";
import { list, type ListShape } from "../reading/fields.js";
import type { Traced } from "../reading/inputs.js";
import { literal, parameter, type Sql } from "../reading/sql.js";
import { objectType, type Tables } from "./declare.js";
import { addressParts } from "./identifiers.js";
import { recordKinds } from "./kinds.js";

type IdentifiersField<C> = FieldDeclaration<C, never, ListShape<"Identifier">>;

/** A field `identifiers` from rows with "scheme" and "value". */
function identifiersOf<C>(rows: (row: Row<C>) => Sql): IdentifiersField<C> {
  return list<"Identifier", C, Record<string, unknown>>("Identifier", {
    from: ({ row }) => sql`(${rows(row)})`,
    where: () => sql`true`,
    order: ({ target }) => [target.col("scheme"), target.col("value")],
  });
}

const splitColumn = (identifiers: Sql): Sql =>
  sql`select split_part(i, ':', 1) as "scheme", substr(i, strpos(i, ':') + 1) as "value" from unnest(${identifiers}) as i`;

/** The field `identifiers` of a type whose table has the column of that name. */
export function identifiersField<C extends { identifiers: string[] }>(): IdentifiersField<C> {
  return identifiersOf<C>((row) => splitColumn(row.col("identifiers")));
}

/** The field `identifiers` of documents, whose DOI has a column of its own. */
export function documentIdentifiersField(): IdentifiersField<Tables["Document"]> {
  return identifiersOf<Tables["Document"]>(
    (row) =>
      sql`select 'DOI' as "scheme", ${row.col("doi")} as "value" where ${row.col("doi")} is not null union all ${splitColumn(row.col("identifiers"))}`,
  );
}

/** The field `identifiers` of parties, which keep them in rows. */
export function partyIdentifiersField<C extends { id: string }>(): IdentifiersField<C> {
  return identifiersOf<C>(
    (row) =>
      sql`select i."scheme"::text as "scheme", i."value" from "PartyIdentifier" i where i."partyId" = ${row.col("id")}`,
  );
}

/** The type of identifiers. */
export const identifierTypes = [
  objectType<GQL.Identifier>()("Identifier", null, {}, (from) => ({
    scheme: from.expression<GQL.IdentifierScheme>(({ row }) => row.col("scheme")),
    value: from.expression<string>(({ row }) => row.col("value")),
    url: from.expression<string | null>(({ row }) => {
      const branches = addressParts.map(
        ([scheme, before, after]) =>
          sql`when ${literal(scheme)} then ${literal(before)} || ${row.col("value")} || ${literal(after)}`,
      );
      return sql`case ${row.col("scheme")} ${sql.join(branches, sql` `)} end`;
    }),
  })),
];

const holders = [
  ...new Set(recordKinds.filter(({ fields }) => fields["identifiers"] !== undefined).map(({ table }) => table)),
];

/** Maximum number of records with one identifier: each kind may have one, and duplicates that were acknowledged. */
const MAX_IDENTIFIED = 50;

function identified(scheme: string, value: Sql): Sql {
  const whole = sql`${literal(`${scheme}:`)} || ${value}`;
  const found = holders.map(
    (table) =>
      sql`select h."id" from ${sql.id(table)} h where h."identifiers" @> array[${whole}] and h."identifiers" <> '{}'`,
  );
  const parties = sql`select i."partyId" from "PartyIdentifier" i where i."scheme"::text = ${literal(scheme)} and i."value" = ${value}`;
  const documents = sql`select d."id" from "Document" d where lower(d."doi") = lower(${value})`;
  const sources = [...found, parties, ...(scheme === "DOI" ? [documents] : [])];
  return sql`array(${sql.join(sources, sql` union all `)} order by 1 limit ${sql.lit(MAX_IDENTIFIED)})`;
}

/** The root field for identifiers. */
export const identifierRoots = objectType<Pick<GQL.Query, "identified">>()("Query", null, {}, (from) => ({
  identified: from.byIds<string, Traced<GQL.QueryIdentifiedArgs>>("VersionedRecord", ({ args }) =>
    identified(args.scheme, parameter(args.value, "text")),
  ),
}));
