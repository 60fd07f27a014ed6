import { sql } from "kysely";
import type * as GQL from "../../generated/schema.types.js";
import { rowUnder, type FieldDeclaration, type Row } from "../../reading/declarations.js";
import { list, type ListShape } from "../../reading/fields.js";
import type { Traced } from "../../reading/inputs.js";
import { enumerated, parameter, type Sql } from "../../reading/sql.js";
import { objectType, type Tables } from "../declare.js";
import { survivingKeys } from "../history/history.lists.js";
import { alphabetical, byId } from "../orders.js";
import { certainDays, latestPeriodFirst, possibleDays } from "../periods.js";

type TenureRow = Row<Tables["Tenure"]>;
type HoldersArguments = Traced<GQL.QueryOfficeHoldersArgs>;

/** A tenure under an alias of our own choosing, for queries that no field stands for. */
const tenure: TenureRow = rowUnder("t");

/**
 * The vacancies of an office: the days since its first known tenure that no tenure certainly covers. There is none
 * after the last tenure while one may still be running.
 */
function vacanciesOf(officeId: Sql): Sql {
  const certain = certainDays(tenure);
  const mayRun = sql`bool_or(${tenure.col("hasEnded")} is not true and ${tenure.col("untilLatest")} is null)`;
  return sql`(select ${officeId} as "officeId", lower(g."days") as "from", upper(g."days") as "to",
    not isempty(datemultirange(g."days") - s."possible") as "isCertain"
    from (select range_agg(${certain}) as "certain", range_agg(${possibleDays(tenure)}) as "possible", ${mayRun} as "mayRun"
      from "Tenure" ${sql.ref(tenure.alias)} where ${tenure.col("officeId")} = ${officeId}) as s
    cross join lateral unnest(datemultirange(daterange(lower(s."certain"), null)) - s."certain") as g("days")
    where not isempty(s."certain") and not (s."mayRun" and upper_inf(g."days")))`;
}

/** The vacancies of an office, earliest first. */
export const vacancies: FieldDeclaration<Tables["Office"], never, ListShape<"Vacancy">> = list<
  "Vacancy",
  Tables["Office"],
  Record<string, unknown>
>("Vacancy", {
  from: ({ row }) => vacanciesOf(row.col("id")),
  where: () => sql`true`,
  order: ({ target }) => [target.col("from")],
});

function inOffice(row: Row, target: TenureRow): Sql {
  return sql`${target.col("officeId")} = ${row.col("officeId")}`;
}

/** Offices with the day that is asked for. */
function officesOn({ asOf, kind, parties }: HoldersArguments): Sql {
  const day = parameter(asOf, "date");
  const ofKind = kind ? sql`o."kind" = ${enumerated(kind, "OfficeKind")}` : sql`true`;
  const ofParties = parties ? sql`y."code" = any(${survivingKeys("Party", parties)})` : sql`true`;
  return sql`(select o."id" as "officeId", o."title", y."code", ${day} as "day" from "Office" o join "Party" y on y."id" = o."partyId" where ${ofKind} and ${ofParties})`;
}

/** Whether anybody is in the office of a row on its day: see the enum Occupancy. */
function occupancy(row: Row): Sql {
  const day = row.col("day");
  const hasBegun = sql`exists (select 1 from "tenureDays"(${row.col("officeId")}) d where d."certainFrom" <= ${day})`;
  return sql`(select case when bool_or(d."isCertain") then 'HELD' when count(*) > 0 then 'UNKNOWN' when ${hasBegun} then 'VACANT' else 'UNKNOWN' end
    from "tenuresOn"(${row.col("officeId")}, ${day}) d)`;
}

/** The tenures of the office of a row that cover its day for certain, or that may. */
function onTheDay(row: Row, isCertain: boolean): Sql {
  return sql`(select d."tenureId" from "tenuresOn"(${row.col("officeId")}, ${row.col("day")}) d where d."isCertain" = ${sql.lit(isCertain)})`;
}

/** The last day on which a source in the record attests a holder of the office of a row. */
function attestedUntil(row: Row): Sql {
  return sql`(select max(d."certainTo") from "tenureDays"(${row.col("officeId")}) d)`;
}

/** The types of office holders and vacancies. */
export const officeTypes = [
  objectType<GQL.OfficeHolding>()("OfficeHolding", null, {}, (from) => ({
    office: from.one("Office", "officeId"),
    occupancy: from.expression<GQL.Occupancy>(({ row }) => occupancy(row)),
    holders: from.list("Tenure", {
      where: ({ row, target }) => sql`${target.col("id")} in ${onTheDay(row, true)}`,
      order: ({ target }) => latestPeriodFirst(target),
    }),
    possibleHolders: from.list("Tenure", {
      where: ({ row, target }) => sql`${target.col("id")} in ${onTheDay(row, false)}`,
      order: ({ target }) => latestPeriodFirst(target),
    }),
    attestedUntil: from.expression<string | null>(({ row }) => attestedUntil(row)),
  })),

  objectType<GQL.Vacancy>()("Vacancy", null, {}, (from) => ({
    from: from.expression(({ row }) => row.col("from")),
    to: from.expression(({ row }) => row.col("to")),
    isCertain: from.expression(({ row }) => row.col("isCertain")),
    predecessor: from.one("Tenure", {
      where: ({ row, target }) => sql`${inOffice(row, target)} and upper(${certainDays(target)}) = ${row.col("from")}`,
      order: ({ target }) => latestPeriodFirst(target),
    }),
    successor: from.one("Tenure", {
      where: ({ row, target }) => sql`${inOffice(row, target)} and lower(${certainDays(target)}) = ${row.col("to")}`,
      order: ({ target }) => latestPeriodFirst(target),
    }),
  })),
];

/** The root field for offices. */
export const officeRoots = objectType<Pick<GQL.Query, "officeHolders">>()("Query", null, {}, (from) => ({
  officeHolders: from.connection<"OfficeHolding", HoldersArguments>("OfficeHolding", {
    from: ({ args }) => officesOn(args),
    order: ({ target }) => ({
      name: "office",
      terms: [
        { by: alphabetical(target.col("code")), type: "text", direction: "ASC" },
        { by: alphabetical(target.col("title")), type: "text", direction: "ASC" },
        byId(target.col("officeId")),
      ],
    }),
  }),
}));
