/** Why a call was ended before its answer was there. */
export type Ending = { readonly kind: "timeout" } | { readonly kind: "aborted"; readonly reason: unknown };

/** Watches over one call: ends it when its time is up or a signal fires. */
export interface Deadline {
  /** Fires with the ending; give it to `fetch`. */
  readonly signal: AbortSignal;
  /** Why the call was ended; undefined while it runs. */
  readonly ending: () => Ending | undefined;
  /** Settles as the promise does, or rejects at the ending: also where the promise knows nothing of signals. */
  readonly race: <Value>(promise: Promise<Value>) => Promise<Value>;
  /** Lets go of the timer and the signals; call it however the call went. */
  readonly release: () => void;
}

// What a timer can wait at most: a longer one fires at once.
const longestTimer = 2 ** 31 - 1;

/**
 * Starts watching. Written out rather than put together from `AbortSignal.any` and `AbortSignal.timeout`: those leave
 * listeners on long-lived signals until they are collected, and do not say which of them fired.
 */
export function startDeadline(timeoutMs: number, signals: ReadonlyArray<AbortSignal | undefined>): Deadline {
  const controller = new AbortController();
  const watched = signals.filter((signal) => signal !== undefined);
  let ending: Ending | undefined;
  const end = (how: Ending): void => {
    if (ending) return;
    ending = how;
    controller.abort(how.kind === "aborted" ? how.reason : undefined);
  };
  const listeners = watched.map((signal) => [signal, () => end({ kind: "aborted", reason: signal.reason })] as const);
  for (const [signal, listener] of listeners) {
    if (signal.aborted) listener();
    else signal.addEventListener("abort", listener, { once: true });
  }
  const timer = timeoutMs <= longestTimer ? setTimeout(() => end({ kind: "timeout" }), timeoutMs) : undefined;
  return {
    signal: controller.signal,
    ending: () => ending,
    race: (promise) => Promise.race([promise, rejection(controller.signal)]),
    release: () => {
      clearTimeout(timer);
      for (const [signal, listener] of listeners) signal.removeEventListener("abort", listener);
    },
  };
}

/** Rejects once the signal has fired. */
function rejection(signal: AbortSignal): Promise<never> {
  return new Promise((_resolve, reject) => {
    if (signal.aborted) reject(signal.reason);
    else signal.addEventListener("abort", () => reject(signal.reason), { once: true });
  });
}
