/** How much a process takes on. */
export interface LoadLimits {
  /** Operations at once; any number when left out. */
  readonly maxConcurrentOperations?: number;
  /** Milliseconds that the event loop may be late; nothing is turned away for it when left out or 0. */
  readonly maxEventLoopDelayMs?: number;
}

/** A refusal for want of capacity: the sentence for the client, and what its error's extensions say besides the code. */
export interface TurnedAway {
  readonly message: string;
  readonly details?: Readonly<Record<string, string | number>>;
}

/** Decides whether the process takes on more work. */
export interface LoadGate {
  /** Whether anything is taken on at all, at the moment; asked before a request is read. */
  readonly overload: () => TurnedAway | undefined;
  /** Takes on one operation, or says why not. Who was let in has to leave. */
  readonly enter: () => TurnedAway | undefined;
  readonly leave: () => void;
  /** How many operations are under way. */
  readonly inside: () => number;
  /** Stops watching the event loop. */
  readonly close: () => void;
}

/** Seconds after which a client that was turned away should try again. */
export const RETRY_AFTER_S = 1;
/** How often the event loop is looked at, in milliseconds. */
const WATCH_MS = 250;

const LATE: TurnedAway = {
  message: `The service has more to do than it can. Try again in ${RETRY_AFTER_S} second.`,
};

/** A gate that counts operations and watches how late the event loop is. */
export function createLoadGate({ maxConcurrentOperations = Infinity, maxEventLoopDelayMs = 0 }: LoadLimits): LoadGate {
  const watch = maxEventLoopDelayMs > 0 ? watchEventLoop(maxEventLoopDelayMs) : undefined;
  let inside = 0;
  const full: TurnedAway = {
    message:
      `The service executes ${maxConcurrentOperations} operations already, the most at once ` +
      `(service.limits.maxConcurrentOperations). Try again in ${RETRY_AFTER_S} second.`,
    details: { limit: "maxConcurrentOperations", allowed: maxConcurrentOperations },
  };
  return {
    overload: () => (watch?.isLate() ? LATE : undefined),
    enter() {
      if (inside >= maxConcurrentOperations) return full;
      inside += 1;
      return undefined;
    },
    leave() {
      inside -= 1;
    },
    inside: () => inside,
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
