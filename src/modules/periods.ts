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
  const col = (name: keyof PeriodColumns) => row.col(name);
  if (includeUncertain) {
    return sql`(coalesce(${col("sinceEarliest")}, '-infinity'::date) <= ${day} and ${day} < coalesce(${col("untilLatest")}, 'infinity'::date))`;
  }
  return sql`(least(${col("sinceLatest")}, ${col("attestedOnLatest")}) <= ${day} and case when ${col("untilEarliest")} is not null then ${day} < ${col("untilEarliest")} when ${col("hasEnded")} is false then true else ${day} <= coalesce(${col("attestedOnLatest")}, ${col("sinceLatest")}) end)`;
}

/** Periods in the order in which they began, latest first; an unknown start counts from the first attestation. */
export function latestPeriodFirst<C extends PeriodColumns & { id: string }>(row: Row<C>): readonly Sql[] {
  const col = (name: keyof PeriodColumns | "id") => row.col(name);
  return [sql`coalesce(${col("sinceEarliest")}, ${col("attestedOnEarliest")}) desc nulls last`, col("id")];
}
