import { setTimeout as wait } from "node:timers/promises";
import { GraphQLError } from "graphql";
import type { Logger } from "../lib/log.js";
import type { FeedPosition, RecordedAct, RecordFeed } from "./feed.js";
import type { Topics } from "./topics.js";

/** One step of a stream. */
export interface StreamEvent {
  /** The event id to resume from, without gaps or duplicates; undefined at the beginning. */
  readonly id: string | undefined;
  /** The event's payload; undefined if only the position has moved. */
  readonly value?: unknown;
}

/** The parameters of a stream. */
export interface StreamParameters {
  readonly feed: RecordFeed;
  readonly topics: Topics;
  readonly from: FeedPosition;
  /** Reads the payload of an event. `chosen` null stands for all changes of the mutation. */
  readonly read: (act: RecordedAct, chosen: readonly number[] | null) => Promise<unknown>;
  /** Ends the stream. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** Time for which the database may fail before the stream does, in milliseconds. */
const retryForMs = 60_000;

/**
 * Yields mutations from a position on, each once and in order, until the signal fires: past ones first, then each as it
 * is committed. Reads ahead no further than the client has taken, and retries while the database is briefly
 * unavailable.
 * @throws The last error of the database, if it persists.
 */
export async function* follow({
  feed,
  topics,
  from,
  read,
  signal,
  log,
}: StreamParameters): AsyncGenerator<StreamEvent, void, void> {
  const withRetries = retrying(signal, log);
  let place = from.number;
  yield { id: from.id };
  while (!signal.aborted) {
    const writes = feed.writes();
    const acts = await withRetries(() => feed.after(place));
    if (!acts) return;
    let passed: string | undefined;
    for (const act of acts) {
      const chosen = topics.choose(act);
      if (chosen?.length !== 0) {
        const event = await withRetries(async () => ({ value: await read(act, chosen) }));
        if (!event) return;
        yield { id: act.id, ...event };
      }
      passed = chosen?.length === 0 ? act.id : undefined;
      place = act.number;
    }
    if (passed !== undefined) yield { id: passed };
    if (acts.length === 0) await feed.written(writes, signal);
  }
}

/** Retries work with exponential backoff until it succeeds or `retryForMs` is over. @returns undefined on abort. */
function retrying(signal: AbortSignal, log: Logger): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  return async (work) => {
    const until = performance.now() + retryForMs;
    for (let pause = firstPauseMs; !signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        return await work();
      } catch (error) {
        if (signal.aborted) return undefined;
        if (error instanceof GraphQLError || performance.now() > until) throw error;
        log.warn({ err: error }, "a stream waits for the database");
        await wait(pause, undefined, { signal }).catch(() => undefined);
      }
    }
    return undefined;
  };
}
