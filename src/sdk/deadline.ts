/** The reason why a call ended early. */
export type Ending = { readonly kind: "timeout" } | { readonly kind: "aborted"; readonly reason: unknown };

/** Ends a call on timeout or abort. */
export interface Deadline {
  /** The signal for `fetch`. */
  readonly signal: AbortSignal;
  /** The reason why the call ended; undefined while it runs. */
  readonly ending: () => Ending | undefined;
  /** Settles like the promise, or rejects on timeout or abort. The promise need not support signals. */
  readonly race: <Value>(promise: Promise<Value>) => Promise<Value>;
  /** Clears the timer and removes the listeners. Call it in any case. */
  readonly release: () => void;
}

// The longest delay of `setTimeout`, in milliseconds. Longer ones fire at once.
const longestTimer = 2 ** 31 - 1;

/**
 * Starts the timer. `AbortSignal.any` and `AbortSignal.timeout` would leave listeners on long-lived signals until garbage
 * collection, and would not say which signal fired.
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
