import type { Pool } from "pg";

/** The changes that are dated ahead of the clock of the database. */
export interface ClockReport {
  /** The number of acts that are dated in the future. */
  readonly acts: number;
  /** The dates of the first and the last of them, in UTC; null if there are none. */
  readonly first: string | null;
  readonly last: string | null;
  /** Whether they were dated again. */
  readonly areRedated: boolean;
}

interface Ahead {
  readonly acts: number;
  readonly first: Date | null;
  readonly last: Date | null;
}

const dated = `SELECT count(*)::int AS "acts", min("at") AS "first", max("at") AS "last" FROM "Act" WHERE "at" > clock_timestamp()`;
const redated = `SELECT "acts", "first", "last" FROM past."redateAhead"()`;

/**
 * Finds the acts that a clock which ran ahead dated in the future.
 * @param redate whether they are dated again: in their order, one millisecond apart, the last one now.
 */
export async function examineClock(pool: Pick<Pool, "query">, redate: boolean): Promise<ClockReport> {
  const { rows } = await pool.query<Ahead>(redate ? redated : dated);
  const { acts, first, last } = rows[0] ?? { acts: 0, first: null, last: null };
  return {
    acts,
    first: first?.toISOString() ?? null,
    last: last?.toISOString() ?? null,
    areRedated: redate && acts > 0,
  };
}

/** A report for people. */
export function clockText({ acts, first, last, areRedated }: ClockReport): string {
  if (acts === 0) return "No change is dated ahead of the database's clock.";
  const changes = `${String(acts)} ${acts === 1 ? "change" : "changes"}, dated ${String(first)} to ${String(last)}`;
  return areRedated
    ? `Redated ${changes}: they keep their order and end now.`
    : `${changes}, ahead of the database's clock. Set the clock right, then run \`sidelines clock --redate\`.`;
}
