import { setTimeout as wait } from "node:timers/promises";
import { canCancel, DatabaseError } from "../database/open.js";
import { isUnreachable } from "../lib/unreachable.js";
import type { WatchStatements } from "../lib/watching.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { Statements } from "./store.js";
import { newTurns, type Turns } from "./turns.js";

/** Whom and what the history of the record names for a write. */
export interface Attribution {
  /** What the act is called: the name of a mutation, or `import`. */
  readonly kind: string;
  /** Who acts: `key:<id>`, `jwt:<subject>`, or `import`. */
  readonly actor: string;
  /** What people call him. */
  readonly actorName?: string | null;
  readonly reason?: string | null;
}

/** How a write is carried out. */
export interface WriteOptions {
  /** What its act is in the history; unattributed if nobody says. */
  readonly act?: Attribution;
  /** Whether everything is done, checks of the database included, and then taken back. */
  readonly isRehearsal?: boolean;
  /** How long it may take, in milliseconds, waiting for its turn included. */
  readonly timeout?: number;
  /** Ends it: the statement in hand is ended where the database can, no further one is sent, nothing is committed, and the reason is thrown. */
  readonly signal?: AbortSignal | undefined;
  /** Whether it is written beside the record instead of into it, for those alone who may see what is not published. */
  readonly isDraft?: boolean;
  /** Is given each of its statements, and at the end the commit, during which what is checked last is checked. */
  readonly watch?: WatchStatements | undefined;
}

/** Thrown when the database refused what the rules let through; the message can be shown. */
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
 * Carries out a write in one transaction. Writers that plan against what they read take turns, so that none of them
 * plans against what another one is about to change; readers never wait. Where somebody who writes by other ways is in the way (a
 * deadlock, a failed serialization), nothing of it is left and all of it is done again, `work` too, a few times.
 * @throws RefusedError if a constraint of the database does not hold, DatabaseError if the database fails; whatever
 * `work` throws and the reason of the signal are thrown on. In each case nothing is written.
 */
export async function inOneWrite<T>(prisma: PrismaClient, work: (statements: Statements) => Promise<T>, options: WriteOptions = {}): Promise<T> {
  const { timeout = longest, signal } = options;
  const begun = performance.now();
  const left = (): number => Math.max(1, Math.trunc(timeout - (performance.now() - begun)));
  return turnsOf(prisma).take(() => pastOthers(() => transact(prisma, work, { ...options, timeout: left() }), left, signal), signal);
}

/** As Postgres says of a transaction that it ended for the sake of others: a failed serialization, a deadlock. */
const inTheWay: ReadonlySet<unknown> = new Set(["40001", "40P01"]);
const attempts = 5;
const firstPauseMs = 20;

/** Attempts a write again where others were in its way, after a pause that grows, as long as there is time. */
async function pastOthers<T>(attempt: () => Promise<T>, left: () => number, signal: AbortSignal | undefined): Promise<T> {
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
          // What was ended fails with the reason for which it was.
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
  const calls = Object.keys(settings).map((name, index) => `set_config('sidelines.${name}', $${String(index + 1)}, true)`);
  await transaction.$queryRawUnsafe(`SELECT ${calls.join(", ")}`, ...Object.values(settings));
}

/**
 * Has the database end the statement in hand when a signal fires. Told so on another connection; whoever leaves the
 * transaction waits until that is done, so that it cannot hit what the connection is used for next.
 */
async function endWith(signal: AbortSignal, prisma: PrismaClient, transaction: Statements): Promise<() => Promise<void>> {
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

// Statements that whoever watches is given.
function watched(statements: Statements, watch: WatchStatements | undefined): Statements {
  if (!watch) return statements;
  return {
    $queryRawUnsafe: (statement, ...values) => watch(statement, () => statements.$queryRawUnsafe(statement, ...values)),
    $executeRawUnsafe: (statement, ...values) => watch(statement, () => statements.$executeRawUnsafe(statement, ...values)),
  };
}

// The commit is Prisma's to send; it lasts until the transaction is over. Returns what has to be called then.
function watchCommit(watch: WatchStatements | undefined): ((outcome: Promise<void>) => void) | undefined {
  if (!watch) return undefined;
  let end: (outcome: Promise<void>) => void = () => undefined;
  const over = new Promise<void>((resolve) => (end = resolve));
  // What it fails with is whose transaction it was's to say.
  watch("COMMIT", () => over).catch(() => undefined);
  return end;
}

interface DriverFault {
  readonly originalCode?: string;
  readonly originalMessage?: string;
  readonly kind?: string;
}

// What the driver says is found inside what Prisma throws; its own message quotes source code.
function readable(error: unknown): unknown {
  const { code, meta } = error as { code?: unknown; meta?: { driverAdapterError?: { cause?: DriverFault } } };
  const cause = meta?.driverAdapterError?.cause ?? (error as { cause?: DriverFault }).cause;
  const state = cause?.originalCode;
  if (typeof state === "string" && state.startsWith("23")) {
    return new RefusedError(`the database refuses it: ${cause?.originalMessage ?? state}`, { cause: error });
  }
  const isDatabase = typeof code === "string" && /^P\d{4}$/.test(code);
  if (!isDatabase && state === undefined) return error;
  const named = isUnreachable(error) || unstarted.test(firstLine(error)) ? "08006" : isDatabase ? states.get(code) : undefined;
  return new DatabaseError(`the database failed: ${cause?.originalMessage ?? firstLine(error)}`, { cause: stated(error, state ?? named) });
}

// What Prisma calls a server that cannot be reached, does not answer or hangs up, a transaction that took too long, and one that
// others were in the way of; and what Postgres calls a connection that failed, a statement that took too long, and a failed serialization.
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
