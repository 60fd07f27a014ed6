/** Lets work of one kind be done one after the other, in the order in which it is asked for. */
export interface Turns {
  /**
   * Does some work when those before are done with theirs.
   * @param signal ends the waiting, not the work; its reason is thrown.
   * @param isShared whether it may be done beside other work that is shared.
   */
  take<T>(work: () => Promise<T>, signal?: AbortSignal, isShared?: boolean): Promise<T>;
}

interface Waiting {
  readonly isShared: boolean;
  readonly begin: () => void;
}

/**
 * A FIFO mutex; with a limit, a lock that work takes shared or exclusively.
 * @param most the maximum number of shared tasks at a time.
 */
export function newTurns(most = 1): Turns {
  const queue: Waiting[] = [];
  let running = 0;
  let isExclusive = false;

  function next(): void {
    for (let [first] = queue; first !== undefined; [first] = queue) {
      const fits = first.isShared ? !isExclusive && running < most : running === 0;
      if (!fits) return;
      queue.shift();
      running += 1;
      isExclusive = !first.isShared;
      first.begin();
    }
  }

  function leave(): void {
    running -= 1;
    isExclusive = false;
    next();
  }

  return {
    async take(work, signal, isShared = false) {
      await new Promise<void>((resolve, reject) => {
        const giveUp = (): void => {
          const place = queue.indexOf(waiting);
          if (place >= 0) queue.splice(place, 1);
          reject(signal?.reason as Error);
          next();
        };
        const waiting: Waiting = {
          isShared,
          begin() {
            signal?.removeEventListener("abort", giveUp);
            resolve();
          },
        };
        if (signal?.aborted === true) {
          reject(signal.reason as Error);
          return;
        }
        signal?.addEventListener("abort", giveUp, { once: true });
        queue.push(waiting);
        next();
      });
      try {
        return await work();
      } finally {
        leave();
      }
    },
  };
}
