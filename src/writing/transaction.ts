import { setTimeout as wait } from "node:timers/promises";
import { canCancel, DatabaseError } from "../database/open.js";
import { isUnreachable } from "../lib/unreachable.js";
import type { WatchStatements } from "../lib/watching.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { Statements } from "./store.js";
import { refusalText } from "./refusals.js";
import { newTurns, type Turns } from "./turns.js";

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
  /** Is given each of its statements, and at the end the commit, during which what is checked last is checked. */
  readonly watch?: WatchStatements | undefined;
}

/** Thrown if the database rejects a write that the rules accepted. The message can be shown. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

class Rehearsed extends Error {}

const longest = 10 * 60_000;

// Writers of one process wait here, holding no connection; those of several processes wait for a lock of the database.
const turns = new WeakMap<PrismaClient, Turns>();

function turnsOf(prisma: PrismaClient): Turns {
  const known = turns.get(prisma) ?? newTurns();
  turns.set(prisma, known);
  return known;
}

/**
 * Executes a write in one transaction. Writers that plan from what they read run one at a time, so that no plan is
 * outdated; readers never wait. After a deadlock or a serialization failure because of other clients, the transaction
 * is rolled back and the whole write is retried a few times, including `work`.
 * @throws RefusedError if a constraint of the database is violated, DatabaseError if the database fails, or any error
 * of `work` or the reason of the signal. In each case nothing is written.
 */
export async function inOneWrite<T>(
  prisma: PrismaClient,
  work: (statements: Statements) => Promise<T>,
  options: WriteOptions = {},
): Promise<T> {
  const { timeout = longest, signal } = options;
  const begun = performance.now();
  const left = (): number => Math.max(1, Math.trunc(timeout - (performance.now() - begun)));
  return turnsOf(prisma).take(
    () => pastOthers(() => transact(prisma, work, { ...options, timeout: left() }), left, signal),
    signal,
  );
}

/** As Postgres says of a transaction that it ended for the sake of others: a failed serialization, a deadlock. */
const inTheWay: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const attempts = 5;
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
  prisma: PrismaClient,
  work: (statements: Statements) => Promise<T>,
  { isRehearsal = false, timeout, signal, act, isDraft = false, watch }: WriteOptions & { readonly timeout: number },
): Promise<T> {
  let done: { value: T } | undefined;
  let fault: unknown;
  let committed: ((outcome: Promise<void>) => void) | undefined;
  try {
    const transaction = prisma.$transaction(
      async (transaction) => {
        let stopListening: (() => Promise<void>) | undefined;
        try {
          const statements = watched(heeding(transaction, signal), watch);
          if (signal && canCancel(prisma)) stopListening = await endWith(signal, prisma, statements);
          await statements.$executeRawUnsafe(`SET LOCAL statement_timeout = ${String(timeout)}`);
          await statements.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('sidelines.write'))`);
          if (act) await attribute(statements, act);
          if (isDraft) await statements.$executeRawUnsafe("SET LOCAL search_path = editing, public");
          done = { value: await work(statements) };
          if (isRehearsal) await statements.$executeRawUnsafe("SET CONSTRAINTS ALL IMMEDIATE");
          signal?.throwIfAborted();
          if (!isRehearsal) committed = watchCommit(watch);
        } catch (error) {
          // An aborted write fails with the reason of the signal.
          fault = signal?.aborted ? signal.reason : error;
          throw error;
        } finally {
          await stopListening?.();
        }
        if (isRehearsal) throw new Rehearsed();
      },
      { timeout, maxWait: Math.min(timeout, 30_000) },
    );
    await transaction.finally(() => committed?.(transaction));
  } catch (error) {
    if (!(error instanceof Rehearsed)) throw readable(fault ?? error);
  }
  if (done === undefined) throw new DatabaseError("the write came to no end");
  return done.value;
}

// The database makes the act out of these settings once the transaction changes something.
async function attribute(transaction: Statements, { kind, actor, actorName, reason }: Attribution): Promise<void> {
  const settings = { act: kind, actor, actor_name: actorName ?? "", reason: reason ?? "" };
  const calls = Object.keys(settings).map(
    (name, index) => `set_config('sidelines.${name}', $${String(index + 1)}, true)`,
  );
  await transaction.$queryRawUnsafe(`SELECT ${calls.join(", ")}`, ...Object.values(settings));
}

/**
 * Cancels the running statement on abort, through another connection. The end of the transaction waits for the cancel
 * request, so that it cannot hit the connection's next statement.
 */
async function endWith(
  signal: AbortSignal,
  prisma: PrismaClient,
  transaction: Statements,
): Promise<() => Promise<void>> {
  const [session] = await transaction.$queryRawUnsafe<{ pid: number }[]>("SELECT pg_backend_pid() AS pid");
  let order: Promise<unknown> | undefined;
  const give = (): void => {
    order = prisma.$queryRawUnsafe("SELECT pg_cancel_backend($1)", session?.pid).catch(() => undefined);
  };
  signal.addEventListener("abort", give, { once: true });
  return async () => {
    signal.removeEventListener("abort", give);
    await order;
  };
}

// Statements that are not sent any more once a signal has fired.
function heeding(statements: Statements, signal: AbortSignal | undefined): Statements {
  if (!signal) return statements;
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

// The commit is Prisma's to send; it lasts until the transaction is over. Returns what has to be called then.
function watchCommit(watch: WatchStatements | undefined): ((outcome: Promise<void>) => void) | undefined {
  if (!watch) return undefined;
  let end: (outcome: Promise<void>) => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  // The caller of the transaction handles its error.
  watch("COMMIT", () => over).catch(() => undefined);
  return end;
}

interface DriverFault {
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly kind?: string;
}

// Prisma's errors contain the driver's error; their own messages quote source code.
function readable(error: unknown): unknown {
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: DriverFault } } };
  const cause = meta?.driverAdapterError?.cause ?? (error as { cause?: DriverFault }).cause;
  const state = cause?.originalCode;
  if (typeof state === "string" && state.startsWith("23")) {
    return new RefusedError(refusalText(state, cause?.originalMessage ?? ""), { cause: error });
  }
  const isDatabase = typeof code === "string" && /^P\d{4}$/.test(code);
  if (!isDatabase && state === undefined) return error;
  const named =
    isUnreachable(error) || unstarted.test(firstLine(error)) ? "08006" : isDatabase ? states.get(code) : undefined;
  return new DatabaseError(`the database failed: ${cause?.originalMessage ?? firstLine(error)}`, {
    cause: stated(error, state ?? named),
  });
}

// Prisma's codes for an unreachable or silent server, a transaction that took too long, and one with a conflict; and
// Postgres's codes for a failed connection, a statement timeout and a serialization failure.
const states: ReadonlyMap<string, string> = new Map([
  ...["P1001", "P1002", "P1008", "P1017"].map((code) => [code, "08006"] as const),
  ["P2028", "57014"],
  ["P2034", "40001"],
]);

// A transaction for which no connection could be had in time, which Prisma gives the code of one that took too long.
const unstarted = /Unable to start a transaction in the given time/;

// An error under the code of Postgres, by which it is judged further up.
function stated(error: unknown, state: string | undefined): unknown {
  return state === undefined ? error : Object.assign(new Error(firstLine(error), { cause: error }), { code: state });
}

function firstLine(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n").filter((text) => text.trim() !== "") : [];
  return lines.at(-1)?.trim() ?? "unknown reason";
}
