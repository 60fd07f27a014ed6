/** The first backoff, in milliseconds. It doubles for each retry. */
const firstPauseMs = 250;
const longestPauseMs = 15_000;
/**
 * Longest `Retry-After` that is waited for, in milliseconds. If the service sends a longer one, the call fails with it.
 */
const longestAskedMs = 30_000;

/** Statuses of temporary failures. The request may have been executed. */
const temporaryFailures: ReadonlySet<number> = new Set([429, 502, 503, 504]);

/** Whether a retry may succeed after this status. */
export function isTemporary(status: number): boolean {
  return temporaryFailures.has(status);
}

/**
 * The backoff before a retry, in milliseconds: the service's `Retry-After` plus an exponentially growing pause with
 * jitter.
 * @param attempt The number of earlier retries.
 * @returns undefined if the service asks for a longer pause than `longestAskedMs`.
 */
export function pauseBefore(attempt: number, askedMs?: number): number | undefined {
  if (askedMs !== undefined && askedMs > longestAskedMs) return undefined;
  const own = Math.min(firstPauseMs * 2 ** attempt, longestPauseMs);
  return (askedMs ?? 0) + own * (0.5 + Math.random() / 2);
}

/** Waits. The promise rejects with the signal's reason on abort. */
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
