import { sql } from "kysely";
import type { Row } from "../reading/declarations.js";
import type { Leaf } from "../reading/inputs.js";
import { parameter, type Sql } from "../reading/sql.js";

/** The columns of a record that is in force for a period. */
export interface PeriodColumns {
  readonly sinceEarliest: Date | null;
  readonly sinceLatest: Date | null;
  readonly untilEarliest: Date | null;
  readonly untilLatest: Date | null;
  readonly hasEnded: boolean | null;
  readonly attestedOnEarliest: Date | null;
  readonly attestedOnLatest: Date | null;
  readonly attestedUntilEarliest: Date | null;
}

/** The arguments of a list of such records. */
export interface AsOf {
  readonly asOf?: Leaf<string> | null | undefined;
  readonly includeUncertain?: boolean | null | undefined;
}

/**
 * That a period covers a day. A period covers its first day and not its last, so that on the day a role changes only
 * the new one counts. It has begun for certain from the latest day its start can mean, or from the first day a source
 * attests it; it runs for certain until the earliest day its end can mean, and, where it is over on an unknown day or
 * nothing is known of its end, no longer than a source attests it.
 */
export function inForce<C extends PeriodColumns>(row: Row<C>, { asOf, includeUncertain }: AsOf): Sql | undefined {
  if (asOf === null || asOf === undefined) return undefined;
  const day = parameter(asOf, "date");
  return includeUncertain ? mayCover(row, day, day) : covers(row, day, day);
}

/** The last day on which a source attests a period; its start, if no source does. */
function lastAttested<C extends PeriodColumns>(row: Row<C>): Sql {
  const col = (name: keyof PeriodColumns) => row.col(name);
  return sql`greatest(coalesce(${col("attestedOnLatest")}, ${col("sinceLatest")}), ${col("attestedUntilEarliest")})`;
}

/** That a period covers all days from one to another for certain; null where nothing is known of its start. */
export function covers<C extends PeriodColumns>(row: Row<C>, from: Sql, to: Sql): Sql {
  const col = (name: keyof PeriodColumns) => row.col(name);
  return sql`(least(${col("sinceLatest")}, ${col("attestedOnLatest")}) <= ${from} and case when ${col("untilEarliest")} is not null then ${to} < ${col("untilEarliest")} when ${col("hasEnded")} is false then true else ${to} <= ${lastAttested(row)} end)`;
}

/** That a period can have covered any of the days from one to another. */
export function mayCover<C extends PeriodColumns>(row: Row<C>, from: Sql, to: Sql): Sql {
  return sql`(coalesce(${row.col("sinceEarliest")}, '-infinity'::date) <= ${to} and ${from} < coalesce(${row.col("untilLatest")}, 'infinity'::date))`;
}

/** The days that a period covers for certain, as a range of days; empty where there are none. */
export function certainDays<C extends PeriodColumns>(row: Row<C>): Sql {
  const col = (name: keyof PeriodColumns) => row.col(name);
  const end = sql`case when ${col("untilEarliest")} is not null then ${col("untilEarliest")} when ${col("hasEnded")} is false then null else ${lastAttested(row)} + 1 end`;
  return dayRange(
    sql`least(${col("sinceLatest")}, ${col("attestedOnLatest")})`,
    end,
    sql`least(${col("sinceLatest")}, ${col("attestedOnLatest")}) is null`,
  );
}

/** The days that a period may cover, as a range of days. */
export function possibleDays<C extends PeriodColumns>(row: Row<C>): Sql {
  return dayRange(row.col("sinceEarliest"), row.col("untilLatest"), sql`false`);
}

/** A range without its last day, open where an end is null; Postgres refuses one whose ends are the wrong way round. */
function dayRange(from: Sql, to: Sql, isEmpty: Sql): Sql {
  return sql`case when ${isEmpty} or ${to} <= ${from} then 'empty'::daterange else daterange(${from}, ${to}) end`;
}

/** Periods in the order in which they began, latest first; an unknown start counts from the first attestation. */
export function latestPeriodFirst<C extends PeriodColumns & { id: string }>(row: Row<C>): readonly Sql[] {
  const col = (name: keyof PeriodColumns | "id") => row.col(name);
  return [sql`coalesce(${col("sinceEarliest")}, ${col("attestedOnEarliest")}) desc nulls last`, col("id")];
}
