import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import { DatabaseError, type Database } from "../database/open.js";
import { lend, type Loan } from "../lib/connections.js";
import { isUnreachable } from "../lib/unreachable.js";
import type { WatchStatements } from "../lib/watching.js";
import { statementsOn } from "./client.js";
import { newReads } from "./reads.js";
import type { Statements } from "./store.js";
import { refusalText } from "./refusals.js";
import { newTurns, type Turns } from "./turns.js";

/** The parts of an open database that writing needs. */
export type WritableDatabase = Pick<Database, "pool"> &
  Partial<Pick<Database, "cancel" | "mode" | "namedStatements" | "preparedStatements">>;

/** The author and cause of a write in the history. */
export interface Attribution {
  /** The name of the mutation, or `import`. */
  readonly kind: string;
  /** The author: `key:<id>`, `jwt:<subject>`, or `import`. */
  readonly actor: string;
  /** The author's display name. */
  readonly actorName?: string | null;
  readonly reason?: string | null;
}

/** Options of a write. */
export interface WriteOptions {
  /** The entry in the history; unattributed by default. */
  readonly act?: Attribution;
  /** Whether everything is done, checks of the database included, and then taken back. */
  readonly isRehearsal?: boolean;
  /** Time limit in milliseconds, including the wait for other writes. */
  readonly timeout?: number;
  /**
   * Aborts the write: the running statement is cancelled if the database can, nothing is committed, and the signal's
   * reason is thrown.
   */
  readonly signal?: AbortSignal | undefined;
  /** Whether it is written beside the record instead of into it, for those alone who may see what is not published. */
  readonly isDraft?: boolean;
  /**
   * Whether it may run beside other such writes, as far as the database has several sessions. It has to note its reads;
   * if another write changes any of them meanwhile, it is done again.
   */
  readonly isShared?: boolean;
  /** A name that no two writes have at the same time: the second waits for the first. */
  readonly lock?: string | undefined;
  /** Is given each of its statements, and at the end the commit, during which what is checked last is checked. */
  readonly watch?: WatchStatements | undefined;
}

/** Thrown if the database rejects a write that the rules accepted. The message can be shown. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

const longest = 10 * 60_000;

// Writers of one process wait here, holding no connection; those of several processes wait for a lock of the database.
const turns = new WeakMap<WritableDatabase["pool"], Turns>();
/** Writes beside each other in one process. More would only wait for a processor, and hold connections. */
const mostBeside = 8;

function turnsOf({ pool }: WritableDatabase): Turns {
  const known =
    turns.get(pool) ?? newTurns(Math.max(1, Math.min(mostBeside, Math.trunc((pool.options?.max ?? 2) / 2))));
  turns.set(pool, known);
  return known;
}

/**
 * Executes a write in one transaction. Writes run one at a time, unless they are shared; readers never wait. After a
 * deadlock or a serialization failure because of others, the transaction is rolled back and the whole write is retried
 * a few times, including `work`; a shared write runs alone the last time.
 * @throws RefusedError if a constraint of the database is violated, DatabaseError if the database fails, or any error
 * of `work` or the reason of the signal. In each case nothing is written.
 */
export async function inOneWrite<T>(
  database: WritableDatabase,
  work: (statements: Statements) => Promise<T>,
  options: WriteOptions = {},
): Promise<T> {
  const { timeout = longest, signal } = options;
  const begun = performance.now();
  const left = (): number => Math.max(1, Math.trunc(timeout - (performance.now() - begun)));
  // The embedded database has one session.
  const mayShare = options.isShared === true && database.mode === "postgres";
  const attempt = (isShared: boolean): Promise<T> =>
    turnsOf(database).take(() => transact(database, work, { ...options, isShared, timeout: left() }), signal, isShared);
  if (mayShare) {
    for (let tried = 1; tried <= attemptsBeside; tried += 1) {
      try {
        return await attempt(true);
      } catch (error) {
        // A constraint may be violated by a record that another write has just added.
        if (!isInTheWay(error) && !(error instanceof RefusedError)) throw error;
        signal?.throwIfAborted();
      }
    }
  }
  return pastOthers(() => attempt(false), left, signal);
}

/** As Postgres says of a transaction that it ended for the sake of others: a failed serialization, a deadlock. */
const inTheWay: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const attempts = 5;
const attemptsBeside = 3;
const firstPauseMs = 20;

/** Attempts a write again where others were in its way, after a pause that grows, as long as there is time. */
async function pastOthers<T>(
  attempt: () => Promise<T>,
  left: () => number,
  signal: AbortSignal | undefined,
): Promise<T> {
  for (let tried = 1; ; tried += 1) {
    try {
      return await attempt();
    } catch (error) {
      // By chance, so that two that were in each other's way do not meet again.
      const pauseMs = firstPauseMs * 2 ** tried * (0.5 + Math.random());
      if (!isInTheWay(error) || tried === attempts || left() <= pauseMs) throw error;
      await wait(pauseMs, undefined, signal && { signal }).catch(() => signal?.throwIfAborted());
    }
  }
}

function isInTheWay(error: unknown): boolean {
  return error instanceof DatabaseError && inTheWay.has((error.cause as { code?: unknown } | undefined)?.code);
}

async function transact<T>(
  database: WritableDatabase,
  work: (statements: Statements) => Promise<T>,
  options: WriteOptions & { readonly timeout: number },
): Promise<T> {
  const { timeout, signal } = options;
  const end = new AbortController();
  const leave = (): void => end.abort(signal?.reason);
  const timer = setTimeout(() => {
    const message = `the database failed: the write took longer than ${String(timeout)} ms`;
    end.abort(new DatabaseError(message, { cause: stated(new Error(message), "57014") }));
  }, timeout);
  signal?.addEventListener("abort", leave, { once: true });
  try {
    signal?.throwIfAborted();
    return await lend(database.pool, (loan) => transactOn(loan, database, work, { ...options, end: end.signal }));
  } catch (error) {
    // A write that was ended fails with the reason, and not with what its statement said then.
    throw end.signal.aborted ? end.signal.reason : readable(error);
  } finally {
    clearTimeout(timer);
    signal?.removeEventListener("abort", leave);
  }
}

interface Ending {
  readonly timeout: number;
  /** Ends the write: the signal of its caller, or its time limit. */
  readonly end: AbortSignal;
}

async function transactOn<T>(
  { client, spoil }: Loan,
  { cancel, namedStatements = false, preparedStatements: most }: WritableDatabase,
  work: (statements: Statements) => Promise<T>,
  { isRehearsal = false, timeout, end, act, isDraft = false, isShared = false, lock, watch }: WriteOptions & Ending,
): Promise<T> {
  const sent = watched(heeding(statementsOn(client, { areNamed: namedStatements && !isDraft, most }), end), watch);
  let isCancelled = false;
  // The connection is not used again, because the order could reach its next statement.
  const cancelRunning = (): void => {
    if (!cancel) return;
    isCancelled = true;
    spoil(new Error("the write on this connection was cancelled"));
    cancel((client as unknown as { readonly connection: pg.Connection }).connection);
  };
  end.addEventListener("abort", cancelRunning, { once: true });
  let isOver = false;
  try {
    const since = await begin(client, watch, { timeout, act, isDraft, isShared, lock });
    const reads = isShared ? newReads(sent, since) : undefined;
    const statements: Statements = { ...sent, reads };
    const value = await work(statements);
    await reads?.settle();
    if (isRehearsal) await statements.$executeRawUnsafe("SET CONSTRAINTS ALL IMMEDIATE");
    end.throwIfAborted();
    if (isRehearsal) return value;
    // From here on it cannot be taken back.
    end.removeEventListener("abort", cancelRunning);
    isOver = true;
    await (watch ? watch("COMMIT", () => commit(client)) : commit(client));
    return value;
  } finally {
    end.removeEventListener("abort", cancelRunning);
    // A commit that failed has rolled back, and so has a connection that is closed.
    if (!isOver && !isCancelled) await client.query("ROLLBACK").catch(spoil);
  }
}

/** @throws DatabaseError if an earlier statement failed and its error was ignored: Postgres rolls back then. */
async function commit(client: pg.PoolClient): Promise<void> {
  const { command } = await client.query("COMMIT");
  if (command !== "COMMIT") throw new DatabaseError("the database failed: the write was rolled back");
}

/**
 * Sends the statements that begin a write. The listener is given the one that may wait, because others hold the words
 * of an editor.
 * @returns the number of the last act that was committed before.
 */
async function begin(client: pg.PoolClient, watch: WatchStatements | undefined, beginning: Beginning): Promise<string> {
  const send = async (): Promise<string> => {
    // One result for each statement.
    const results = (await client.query(preamble(beginning))) as unknown as pg.QueryResult<{ number: string }>[];
    return results.at(-1)?.rows[0]?.number ?? "0";
  };
  return watch ? watch(writersLock(beginning), send) : send();
}

function writersLock({ isShared }: Beginning): string {
  return `SELECT pg_advisory_xact_lock${isShared ? "_shared" : ""}(hashtext('sidelines.write'))`;
}

interface Beginning {
  readonly timeout: number;
  readonly act: Attribution | undefined;
  readonly lock: string | undefined;
  readonly isDraft: boolean;
  readonly isShared: boolean;
}

/**
 * The statements that begin a write, in one message. Statements see what was committed before them, whatever the
 * default of the database. The database makes the act out of the settings once the transaction changes something.
 */
function preamble(beginning: Beginning): string {
  const { timeout, act, isDraft, lock } = beginning;
  const settings = act && {
    act: act.kind,
    actor: act.actor,
    actor_name: act.actorName ?? "",
    reason: act.reason ?? "",
  };
  const calls = Object.entries(settings ?? {}).map(
    ([name, value]) => `set_config('sidelines.${name}', ${pg.escapeLiteral(value)}, true)`,
  );
  return [
    "BEGIN ISOLATION LEVEL READ COMMITTED",
    `SET LOCAL statement_timeout = ${String(timeout)}`,
    writersLock(beginning),
    ...(lock === undefined
      ? []
      : [`SELECT pg_advisory_xact_lock(hashtext('sidelines.key'), hashtext(${pg.escapeLiteral(lock)}))`]),
    ...(calls.length > 0 ? [`SELECT ${calls.join(", ")}`] : []),
    ...(isDraft ? ["SET LOCAL search_path = editing, public"] : []),
    // The last one: its answer is read.
    `SELECT coalesce(max("number"), 0)::text AS "number" FROM "public"."Act"`,
  ].join("; ");
}

// Statements that are not sent any more once a signal has fired.
function heeding(statements: Statements, signal: AbortSignal): Statements {
  return {
    async $queryRawUnsafe(statement, ...values) {
      signal.throwIfAborted();
      return statements.$queryRawUnsafe(statement, ...values);
    },
    async $executeRawUnsafe(statement, ...values) {
      signal.throwIfAborted();
      return statements.$executeRawUnsafe(statement, ...values);
    },
  };
}

// Statements that are reported to a listener.
function watched(statements: Statements, watch: WatchStatements | undefined): Statements {
  if (!watch) return statements;
  return {
    $queryRawUnsafe: (statement, ...values) => watch(statement, () => statements.$queryRawUnsafe(statement, ...values)),
    $executeRawUnsafe: (statement, ...values) =>
      watch(statement, () => statements.$executeRawUnsafe(statement, ...values)),
  };
}

// Errors of the driver.
function readable(error: unknown): unknown {
  const { code } = error as { code?: unknown };
  const isUnreached = isUnreachable(error);
  if (!(error instanceof pg.DatabaseError) && !isUnreached) return error;
  if (!isUnreached && typeof code === "string" && code.startsWith("23"))
    return new RefusedError(refusalText(code, firstLine(error)), { cause: error });
  const state = isUnreached ? (error instanceof pg.DatabaseError ? code : "08006") : code;
  return new DatabaseError(`the database failed: ${firstLine(error)}`, {
    cause: stated(error, typeof state === "string" ? state : undefined),
  });
}

// An error under the code of Postgres, by which it is judged further up.
function stated(error: unknown, state: string | undefined): unknown {
  return state === undefined ? error : Object.assign(new Error(firstLine(error), { cause: error }), { code: state });
}

function firstLine(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n").filter((text) => text.trim() !== "") : [];
  return lines[0]?.trim() ?? "unknown reason";
}
