/** The first pause before something is sent again, in milliseconds; each one after it is twice as long. */
const firstPauseMs = 250;
const longestPauseMs = 15_000;
/** What a service may ask to be waited for; for longer, its word is passed on to the caller. */
const longestAskedMs = 30_000;

/** Statuses that say: not now. What was sent has not been done, or may have been. */
const notNow: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Whether an answer of this status may be another one in a moment. */
export function isPassing(status: number): boolean {
  return notNow.has(status);
}

/**
 * How long to wait before sending something again, in milliseconds: what the service asks for, or else twice as long each
 * time, and somewhere in between so that clients that failed together do not come back together.
 * @param attempt how often it was sent again already.
 * @returns undefined where the service asks for longer than anybody wants to wait.
 */
export function pauseBefore(attempt: number, askedMs?: number): number | undefined {
  if (askedMs !== undefined && askedMs > longestAskedMs) return undefined;
  const own = Math.min(firstPauseMs * 2 ** attempt, longestPauseMs);
  return (askedMs ?? 0) + own * (0.5 + Math.random() / 2);
}

/** Waits; the promise rejects with the signal's reason when it fires. */
export function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const end = (): void => {
      clearTimeout(timer);
      reject(signal.reason);
    };
    const timer = setTimeout(() => {
      signal.removeEventListener("abort", end);
      resolve();
    }, milliseconds);
    if (signal.aborted) end();
    else signal.addEventListener("abort", end, { once: true });
  });
}
