/** Lets work of one kind be done one after the other, in the order in which it is asked for. */
export interface Turns {
  /**
   * Does some work when those before are done with theirs.
   * @param signal ends the waiting, not the work; its reason is thrown.
   */
  take<T>(work: () => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A FIFO mutex. */
export function newTurns(): Turns {
  let last: Promise<unknown> = Promise.resolve();
  return {
    async take(work, signal) {
      const before = last;
      let leave: () => void = () => undefined;
      const mine = new Promise<void>((resolve) => {
        leave = resolve;
      });
      // A caller that gives up leaves at once, but later callers still wait for earlier ones.
      last = before.then(() => mine);
      try {
        await (signal ? untilAborted(before, signal) : before);
        return await work();
      } finally {
        leave();
      }
    },
  };
}

function untilAborted(waited: Promise<unknown>, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const giveUp = (): void => {
      reject(signal.reason as Error);
    };
    if (signal.aborted) giveUp();
    else signal.addEventListener("abort", giveUp, { once: true });
    void waited.then(() => {
      signal.removeEventListener("abort", giveUp);
      resolve();
    });
  });
}
