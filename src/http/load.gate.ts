/** How much a process takes on. */
export interface LoadLimits {
  /** Operations at once; any number when left out. */
  readonly maxConcurrentOperations?: number;
  /** Operations of one client at once; any number when left out or 0. */
  readonly maxConcurrentOperationsPerClient?: number;
  /** Milliseconds that the event loop may be late; nothing is turned away for it when left out or 0. */
  readonly maxEventLoopDelayMs?: number;
}

/** A refusal for want of capacity, of ours or of what one client is given of it: the status, the code, and the sentence for the client. */
export interface TurnedAway {
  readonly status: 429 | 503;
  readonly code: "RATE_LIMITED" | "SERVICE_UNAVAILABLE";
  readonly message: string;
  /** What the error's extensions say besides the code. */
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Decides whether the process takes on more work. */
export interface LoadGate {
  /** Whether anything is taken on at all, at the moment; asked before a request is read. */
  readonly overload: () => TurnedAway | undefined;
  /**
   * Takes on one operation, or says why not. Who was let in has to leave, as the same client.
   * @param client whose operation it is; undefined where clients are not told apart.
   */
  readonly enter: (client?: string) => TurnedAway | undefined;
  readonly leave: (client?: string, isWrite?: boolean) => void;
  /**
   * Moves an operation that was let in to the places of writes, or says why not: it keeps its place then. Writes that wait
   * for each other, or for a database, leave the places of reads to reads.
   */
  readonly becomeWrite: () => TurnedAway | undefined;
  /** How many operations are under way. */
  readonly inside: () => number;
  /** Stops watching the event loop. */
  readonly close: () => void;
}

/** Seconds after which a client that was turned away should try again. */
export const RETRY_AFTER_S = 1;

/** Thrown for work that was not taken on. */
export class TurnedAwayError extends Error {
  override readonly name = "TurnedAwayError";
  constructor(readonly refusal: TurnedAway) {
    super(refusal.message);
  }
}

/**
 * Does some work as one operation of a client.
 * @throws TurnedAwayError where it is not taken on.
 */
export async function inTurn<T>(gate: LoadGate, client: string | undefined, work: () => Promise<T>): Promise<T> {
  const full = gate.enter(client);
  if (full) throw new TurnedAwayError(full);
  return work().finally(() => gate.leave(client));
}

/** How often the event loop is looked at, in milliseconds. */
const WATCH_MS = 250;

/** A refusal for want of capacity of ours. */
export function tooMuch(problem: string, details: TurnedAway["details"] = {}): TurnedAway {
  return { status: 503, code: "SERVICE_UNAVAILABLE", message: `${problem}. Try again in ${RETRY_AFTER_S} second.`, details };
}

const LATE = tooMuch("The service has more to do than it can");

function fullFor(allowed: number): TurnedAway {
  const limit = "maxConcurrentOperationsPerClient";
  return {
    status: 429,
    code: "RATE_LIMITED",
    message:
      `${allowed} operations of this client are executed already, the most at once (service.limits.${limit}). ` +
      `Wait for an answer before asking for the next, ask for several things in one operation, or try again in ${RETRY_AFTER_S} second.`,
    details: { limit, allowed },
  };
}

/** A gate that counts operations and watches how late the event loop is. */
export function createLoadGate({ maxConcurrentOperations = Infinity, maxConcurrentOperationsPerClient = 0, maxEventLoopDelayMs = 0 }: LoadLimits): LoadGate {
  const watch = maxEventLoopDelayMs > 0 ? watchEventLoop(maxEventLoopDelayMs) : undefined;
  const isShared = maxConcurrentOperationsPerClient > 0;
  const byClient = new Map<string, number>();
  // At least one, at most half as many again as all that is executed.
  const maxConcurrentWrites = Math.max(1, Math.floor(maxConcurrentOperations / 2));
  let reads = 0;
  let writes = 0;
  const full = tooMuch(`The service executes ${maxConcurrentOperations} operations already, the most at once (service.limits.maxConcurrentOperations)`, {
    limit: "maxConcurrentOperations",
    allowed: maxConcurrentOperations,
  });
  const fullOfWrites = tooMuch(`The service carries out ${maxConcurrentWrites} mutations already, the most at once (half of service.limits.maxConcurrentOperations)`, {
    limit: "maxConcurrentOperations",
    allowed: maxConcurrentWrites,
  });
  const enough = fullFor(maxConcurrentOperationsPerClient);
  const count = (client: string, change: 1 | -1): void => {
    const next = (byClient.get(client) ?? 0) + change;
    if (next === 0) byClient.delete(client);
    else byClient.set(client, next);
  };
  return {
    overload: () => (watch?.isLate() ? LATE : undefined),
    enter(client) {
      const isCounted = isShared && client !== undefined;
      // Who has enough is told so even while the service is full: to come back alone would not help him.
      if (isCounted && (byClient.get(client) ?? 0) >= maxConcurrentOperationsPerClient) return enough;
      if (reads >= maxConcurrentOperations) return full;
      reads += 1;
      if (isCounted) count(client, 1);
      return undefined;
    },
    becomeWrite() {
      if (writes >= maxConcurrentWrites) return fullOfWrites;
      writes += 1;
      reads -= 1;
      return undefined;
    },
    leave(client, isWrite = false) {
      if (isWrite) writes -= 1;
      else reads -= 1;
      if (isShared && client !== undefined) count(client, -1);
    },
    inside: () => reads + writes,
    close: () => watch?.close(),
  };
}

/**
 * Tells whether a timer was later than allowed when it last ran. A timer of our own rather than a histogram of the
 * runtime's: after the loop stood still, timers run before the requests that have queued up, so that these are turned
 * away; one turn later the loop is on time again.
 */
function watchEventLoop(maxDelayMs: number): { readonly isLate: () => boolean; readonly close: () => void } {
  let due = performance.now() + WATCH_MS;
  let late = false;
  const timer = setInterval(() => {
    const now = performance.now();
    late = now - due > maxDelayMs;
    due = now + WATCH_MS;
  }, WATCH_MS);
  timer.unref();
  return { isLate: () => late, close: () => clearInterval(timer) };
}
