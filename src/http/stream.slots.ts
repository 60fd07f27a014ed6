/** How many event streams a process keeps open; any number where a limit is left out. */
export interface StreamLimits {
  readonly maxStreams?: number;
  readonly maxStreamsPerAddress?: number;
}

/** Why no stream is opened: the limit that is reached, and what it allows. */
export interface NoSlot {
  readonly limit: "maxStreams" | "maxStreamsPerAddress";
  readonly allowed: number;
}

/** Counts the streams of a process. */
export interface StreamSlots {
  /** Takes a place for a stream to this address, to be left by calling what is returned; or says which limit is reached. */
  take(address: string): (() => void) | NoSlot;
  /** How many are open. */
  open(): number;
}

/** Places for streams, none of which is taken yet. */
export function createStreamSlots({ maxStreams = Infinity, maxStreamsPerAddress = Infinity }: StreamLimits): StreamSlots {
  const byAddress = new Map<string, number>();
  let all = 0;
  const count = (address: string, change: 1 | -1): void => {
    const next = (byAddress.get(address) ?? 0) + change;
    if (next === 0) byAddress.delete(address);
    else byAddress.set(address, next);
    all += change;
  };
  return {
    take(address) {
      if (all >= maxStreams) return { limit: "maxStreams", allowed: maxStreams };
      if ((byAddress.get(address) ?? 0) >= maxStreamsPerAddress) return { limit: "maxStreamsPerAddress", allowed: maxStreamsPerAddress };
      count(address, 1);
      let isLeft = false;
      return () => {
        if (!isLeft) count(address, -1);
        isLeft = true;
      };
    },
    open: () => all,
  };
}
