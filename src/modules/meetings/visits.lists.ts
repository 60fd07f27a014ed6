import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { connection, type ObjectShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import type { Tables } from "../declare.js";
import { isNamed } from "../history/history.lists.js";
import { byDay, byId } from "../orders.js";

type VisitRow = Row<Tables["Visit"]>;
type VisitArguments = Traced<GQL.QueryVisitsArgs>;

const person = rowUnder<Tables["Person"]>("e");
const party = rowUnder<Tables["Party"]>("y");

/** The conditions of a VisitFilter. */
function visitsMatching(row: VisitRow, filter: VisitArguments["filter"]): readonly (Sql | undefined)[] {
  if (!filter) return [];
  const { during } = filter;
  const partyIds = (code: NonNullable<typeof filter.party>): Sql =>
    sql`(select y."id" from "Party" y where ${isNamed(party, "code", "Party", code)})`;
  // The last day is the one that follows from the number of days, if no source gives it.
  const last = sql`coalesce(${row.col("toLatest")}, ${row.col("fromLatest")} + coalesce(${row.col("days")} - 1, 0))`;
  return [
    filter.person
      ? sql`${row.col("personId")} in (select e."id" from "Person" e where ${isNamed(person, "slug", "Person", filter.person)})`
      : undefined,
    filter.party
      ? sql`${row.col("personId")} in (
          select e."id" from "Person" e where e."stateId" in ${partyIds(filter.party)}
          union all select t."personId" from "Tenure" t join "Office" o on o."id" = t."officeId" where o."partyId" in ${partyIds(filter.party)})`
      : undefined,
    filter.country
      ? sql`${row.col("placeId")} in (select x."id" from "Place" x where x."stateId" in ${partyIds(filter.country)})`
      : undefined,
    filter.status ? sql`"visitStatus"(${row.col("id")}) = ${enumerated(filter.status, "VisitStatus")}` : undefined,
    during?.from ? sql`${last} >= ${parameter(during.from, "date")}` : undefined,
    during?.to ? sql`${row.col("fromEarliest")} <= ${parameter(during.to, "date")}` : undefined,
  ];
}

/** All visits, the latest first; those without a day come last. */
export const allVisits: FieldDeclaration<Record<string, unknown>, never, ObjectShape<"VisitConnection">> = connection<
  "VisitConnection",
  Record<string, unknown>,
  Tables["Visit"],
  VisitArguments
>("Visit", {
  where: ({ target, args }) => visitsMatching(target, args.filter),
  order: ({ target }) => ({
    name: "visit",
    terms: [byDay(target.col("fromEarliest"), "DESC"), byId(target.col("id"), "DESC")],
  }),
});
