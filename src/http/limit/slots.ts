import { Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";

/** A number of slots, and the name of the limit that sets it. */
export interface SlotLimit {
  /** As at `service.limits`. */
  readonly limit: string;
  /** Any number when left out. */
  readonly allowed?: number | undefined;
}

/** The limits of slots that are held for as long as a client reads: of the process, and of each client. */
export interface SlotLimits {
  readonly all: SlotLimit;
  readonly perClient: SlotLimit;
}

/** The limit that is reached, and what it allows. */
export interface NoSlot {
  readonly limit: string;
  readonly allowed: number;
  /** Whether this client holds as many as one may; the process is full otherwise. */
  readonly isPerClient: boolean;
}

/** Messages for requests without a free slot. */
export interface SlotWords {
  readonly client: (allowed: number) => string;
  readonly process: (allowed: number) => string;
  /** Advice to a client that holds its share. */
  readonly wayOut: string;
}

/** The refusal of a client that gets no slot. */
export function slotRefusal({ limit, allowed, isPerClient }: NoSlot, words: SlotWords): Refusal {
  const extras = { details: { limit, allowed }, headers: tryAgain(RETRY_AFTER_S) };
  if (isPerClient) {
    const message = `${words.client(allowed)} (service.limits.${limit}). ${words.wayOut}`;
    return new Refusal(429, "RATE_LIMITED", message, extras);
  }
  const message = `${words.process(allowed)} (service.limits.${limit}). Try again in ${RETRY_AFTER_S} second.`;
  return new Refusal(503, "SERVICE_UNAVAILABLE", message, extras);
}

/** Slots of a process, shared among its clients. */
export interface Slots {
  /**
   * Takes a slot for a client.
   * @returns a function that releases it, however often it is called; or the limit that is reached.
   */
  take(client: string): (() => void) | NoSlot;
  /** The number of slots that are taken. */
  taken(): number;
}

/** Slots, none of which is taken yet. */
export function createSlots({ all, perClient }: SlotLimits): Slots {
  const most = all.allowed ?? Infinity;
  const mostPerClient = perClient.allowed ?? Infinity;
  const byClient = new Map<string, number>();
  let taken = 0;
  const count = (client: string, change: 1 | -1): void => {
    const next = (byClient.get(client) ?? 0) + change;
    if (next === 0) byClient.delete(client);
    else byClient.set(client, next);
    taken += change;
  };
  return {
    take(client) {
      // A client that holds its share is refused as such even if the process is full: retrying alone would not help it.
      if ((byClient.get(client) ?? 0) >= mostPerClient) {
        return { limit: perClient.limit, allowed: mostPerClient, isPerClient: true };
      }
      if (taken >= most) return { limit: all.limit, allowed: most, isPerClient: false };
      count(client, 1);
      let isReleased = false;
      return () => {
        if (!isReleased) count(client, -1);
        isReleased = true;
      };
    },
    taken: () => taken,
  };
}
