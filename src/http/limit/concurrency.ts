import { overloaded, Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";

/** Limits of the load of a process. */
export interface LoadLimits {
  /** Concurrent operations; unlimited when left out. */
  readonly maxConcurrentOperations?: number;
  /** Concurrent operations of one client; unlimited when left out or 0. */
  readonly maxConcurrentOperationsPerClient?: number;
  /** Milliseconds that the event loop may be late; requests are not shed for it when left out or 0. */
  readonly maxEventLoopDelayMs?: number;
}

/** Limits the work that is under way at once. Refusals are returned, not thrown. */
export interface ConcurrencyLimiter {
  /** The refusal of all requests while the event loop is late. */
  readonly overload: () => Refusal | undefined;
  /**
   * Admits one operation, which has to be released for the same client.
   * @param client undefined if its operations are not counted.
   */
  readonly acquire: (client?: string) => Refusal | undefined;
  readonly release: (client?: string, isWrite?: boolean) => void;
  /**
   * Counts an admitted operation as a write, or refuses it; it stays admitted then. Writes that wait for each other, or
   * for a database, do not use up the places of reads.
   */
  readonly becomeWrite: () => Refusal | undefined;
  /** The number of operations in progress. */
  readonly inside: () => number;
  /** Stops watching the event loop. */
  readonly close: () => void;
}

/** Does some work as one operation of a client. @throws Refusal if it is not admitted. */
export async function admitted<T>(
  limiter: Pick<ConcurrencyLimiter, "acquire" | "release">,
  client: string | undefined,
  work: () => Promise<T>,
): Promise<T> {
  const full = limiter.acquire(client);
  if (full) throw full;
  return work().finally(() => limiter.release(client));
}

/** Interval between looks at the event loop, in milliseconds. */
const WATCH_MS = 250;

const LATE = overloaded("The service has more to do than it can");

function fullForClient(allowed: number): Refusal {
  const limit = "maxConcurrentOperationsPerClient";
  return new Refusal(
    429,
    "RATE_LIMITED",
    `${allowed} operations of this client are executed already, the most at once (service.limits.${limit}). ` +
      "Wait for an answer before asking for the next, ask for several things in one operation, " +
      `or try again in ${RETRY_AFTER_S} second.`,
    { details: { limit, allowed }, headers: tryAgain(RETRY_AFTER_S) },
  );
}

/** A limiter that counts operations and watches how late the event loop is. */
export function createConcurrencyLimiter(limits: LoadLimits): ConcurrencyLimiter {
  const { maxConcurrentOperations = Infinity, maxConcurrentOperationsPerClient = 0, maxEventLoopDelayMs = 0 } = limits;
  const watch = maxEventLoopDelayMs > 0 ? watchEventLoop(maxEventLoopDelayMs) : undefined;
  const isShared = maxConcurrentOperationsPerClient > 0;
  const byClient = new Map<string, number>();
  // At least one, at most half as many again as all that is executed.
  const maxConcurrentWrites = Math.max(1, Math.floor(maxConcurrentOperations / 2));
  const limit = "maxConcurrentOperations";
  const full = overloaded(
    `The service executes ${maxConcurrentOperations} operations already, the most at once (service.limits.${limit})`,
    { limit, allowed: maxConcurrentOperations },
  );
  const fullOfWrites = overloaded(
    `The service carries out ${maxConcurrentWrites} mutations already, ` +
      `the most at once (half of service.limits.${limit})`,
    { limit, allowed: maxConcurrentWrites },
  );
  const enough = fullForClient(maxConcurrentOperationsPerClient);
  let reads = 0;
  let writes = 0;
  const count = (client: string, change: 1 | -1): void => {
    const next = (byClient.get(client) ?? 0) + change;
    if (next === 0) byClient.delete(client);
    else byClient.set(client, next);
  };
  return {
    overload: () => (watch?.isLate() ? LATE : undefined),
    acquire(client) {
      const isCounted = isShared && client !== undefined;
      // A client that has enough is refused as such while the service is full: retrying alone would not help it.
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
    release(client, isWrite = false) {
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
 * runtime: after the loop stood still, timers run before the requests that have queued up, so that these are shed; one
 * turn later the loop is on time again.
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
