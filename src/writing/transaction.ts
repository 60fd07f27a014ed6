import { DatabaseError } from "../database/open.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import type { Statements } from "./store.js";

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
  /** How long it may take, in milliseconds. */
  readonly timeout?: number;
}

/** Thrown when the database refused what the rules let through; the message can be shown. */
export class RefusedError extends Error {
  override readonly name = "RefusedError";
}

class Rehearsed extends Error {}

const longest = 10 * 60_000;

/**
 * Carries out a write in one transaction. Writers that plan against what they read take turns, so that none of them
 * plans against what another one is about to change; readers never wait.
 * @throws RefusedError if a constraint of the database does not hold, DatabaseError if the database fails; whatever
 * `work` throws is thrown on. In each case nothing is written.
 */
export async function inOneWrite<T>(
  prisma: PrismaClient,
  work: (statements: Statements) => Promise<T>,
  { act, isRehearsal = false, timeout = longest }: WriteOptions = {},
): Promise<T> {
  let done: { value: T } | undefined;
  let fault: unknown;
  try {
    await prisma.$transaction(
      async (transaction) => {
        await transaction.$executeRawUnsafe(`SET LOCAL statement_timeout = ${String(Math.max(1, Math.trunc(timeout)))}`);
        await transaction.$executeRawUnsafe(`SELECT pg_advisory_xact_lock(hashtext('sidelines.write'))`);
        if (act !== undefined) await attribute(transaction, act);
        try {
          done = { value: await work(transaction) };
        } catch (error) {
          fault = error;
          throw error;
        }
        if (!isRehearsal) return;
        await transaction.$executeRawUnsafe("SET CONSTRAINTS ALL IMMEDIATE");
        throw new Rehearsed();
      },
      { timeout, maxWait: 30_000 },
    );
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
  return new DatabaseError(`the database failed: ${cause?.originalMessage ?? firstLine(error)}`, { cause: error });
}

function firstLine(error: unknown): string {
  const lines = error instanceof Error ? error.message.split("\n").filter((text) => text.trim() !== "") : [];
  return lines.at(-1)?.trim() ?? "unknown reason";
}
