import type { Config } from "../config.js";
import type { Database } from "../database/open.js";
import { watchSlowStatements } from "../database/slow.js";
import { startTracing } from "../lib/tracing.js";
import { watchWrite, type WatchStatements } from "../lib/watching.js";

/** The settings and database of a command, for watching its statements. */
export interface Watched {
  readonly config: Pick<Config, "slowStatementMs" | "tracing">;
  readonly database: Pick<Database, "pool">;
  readonly version: string;
  /** Receives slow statements, one line each. */
  readonly say: (line: string) => void;
}

/** Runs a command with slow statements logged, with their plans, and traced under its name if tracing is configured. */
export async function watchCommand<T>(
  name: string,
  { config, database: { pool }, version, say }: Watched,
  work: (watch: WatchStatements | undefined) => Promise<T>,
): Promise<T> {
  const { slowStatementMs: slowMs, tracing } = config;
  const log = { warn: (facts: object, message: string) => say(`${message}: ${JSON.stringify(facts)}`) };
  const tracer = tracing && (await startTracing({ ...tracing, serviceVersion: version }));
  const span = tracer?.begin(name, {});
  try {
    const done = await work(
      watchWrite({
        operation: () => name,
        span,
        tell: slowMs > 0 ? watchSlowStatements({ pool, log, slowMs }) : undefined,
      }),
    );
    span?.end();
    return done;
  } catch (error) {
    span?.end(error);
    throw error;
  } finally {
    // An unreachable collector must not fail the command.
    await tracer?.close().catch((error: unknown) => say(`traces could not be sent: ${String(error)}`));
  }
}
