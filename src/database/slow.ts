import type pg from "pg";
import { lend } from "../lib/connections.js";

/** A statement that took long. */
export interface SlowStatement {
  readonly text: string;
  readonly durationMs: number;
  /** The name of the operation that it was sent for. */
  readonly operation: string | undefined;
  readonly requestId: string | undefined;
}

/** A log that takes objects; a pino logger is one. */
export interface SlowLog {
  warn(facts: object, message: string): void;
}

export interface SlowOptions {
  readonly pool: Pick<pg.Pool, "connect">;
  readonly log: SlowLog;
  /** Milliseconds from which a statement is slow. */
  readonly slowMs: number;
  /** The least time between two that are looked into, in milliseconds; ten seconds when left out. */
  readonly everyMs?: number;
}

/** Time limit for a plan, in milliseconds. */
const PLAN_MS = 2_000;
const EVERY_MS = 10_000;

/**
 * Logs slow statements with Postgres's generic plan. Neither has the bound values. Plans are requested after the
 * response, one at a time and rarely; slow statements in between are counted.
 */
export function watchSlowStatements({
  pool,
  log,
  slowMs,
  everyMs = EVERY_MS,
}: SlowOptions): (statement: SlowStatement) => void {
  let lookedAt = -Infinity;
  let passedOver = 0;
  return ({ text, durationMs, operation, requestId }) => {
    if (durationMs < slowMs) return;
    const now = performance.now();
    if (now - lookedAt < everyMs) return void (passedOver += 1);
    lookedAt = now;
    const facts = {
      ...(requestId !== undefined && { requestId }),
      operation,
      durationMs: Math.round(durationMs),
      statement: text,
      ...(passedOver > 0 && { notLogged: passedOver }),
    };
    passedOver = 0;
    if (!isPlanned(text)) return log.warn(facts, "slow statement");
    explain(pool, text).then(
      (plan) => log.warn({ ...facts, plan }, "slow statement"),
      (error: unknown) => log.warn({ ...facts, err: error }, "slow statement without a plan"),
    );
  };
}

/** Whether Postgres makes a plan for a statement, as it makes none for a commit. */
function isPlanned(text: string): boolean {
  return /^\s*(select|with|insert|update|delete|merge)\b/i.test(text);
}

/** The plan of a statement for any values, line by line. */
function explain(pool: Pick<pg.Pool, "connect">, text: string): Promise<readonly string[]> {
  return lend(pool, async ({ client, spoil }) => {
    try {
      await client.query(
        `BEGIN READ ONLY; SET LOCAL statement_timeout = ${PLAN_MS}; SET LOCAL plan_cache_mode = force_generic_plan`,
      );
      await client.query(`PREPARE sidelines_slow AS ${text}`);
      const { rows } = await client.query<{ "QUERY PLAN": string }>(
        `EXPLAIN EXECUTE sidelines_slow${nothingFor(text)}`,
      );
      await client.query("DEALLOCATE sidelines_slow; ROLLBACK");
      return rows.map((row) => row["QUERY PLAN"]);
    } catch (error) {
      // A connection with leftover prepared statements must not be reused.
      spoil(error as Error);
      throw error;
    }
  });
}

/** As many arguments as a statement takes, all of them null. */
function nothingFor(text: string): string {
  const most = [...text.matchAll(/\$(\d+)/g)].reduce((max, [, number]) => Math.max(max, Number(number)), 0);
  return most === 0 ? "" : `(${Array.from({ length: most }, () => "NULL").join(", ")})`;
}
