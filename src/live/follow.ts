import { setTimeout as wait } from "node:timers/promises";
import { GraphQLError } from "graphql";
import type { Logger } from "../lib/log.js";
import type { Place, RecordedAct, RecordFeed } from "./feed.js";
import type { Topics } from "./topics.js";

/** One step of a stream. */
export interface Told {
  /** The event id to resume from, without gaps or duplicates; undefined at the beginning. */
  readonly id: string | undefined;
  /** The event's payload; undefined if only the position has moved. */
  readonly value?: unknown;
}

/** The parameters of a stream. */
export interface Following {
  readonly feed: RecordFeed;
  readonly topics: Topics;
  readonly from: Place;
  /** Reads the payload of an event. `chosen` null stands for all changes of the mutation. */
  readonly read: (act: RecordedAct, chosen: readonly number[] | null) => Promise<unknown>;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** Time for which the database may fail before the stream does, in milliseconds. */
const patienceMs = 60_000;

/**
 * Yields mutations from a position on, each once and in order, until the signal fires: past ones first, then each as it
 * is committed. Reads ahead no further than the client has taken, and retries while the database is briefly
 * unavailable.
 * @throws The last error of the database, if it persists.
 */
export async function* follow({ feed, topics, from, read, signal, log }: Following): AsyncGenerator<Told, void, void> {
  const patiently = patience(signal, log);
  let place = from.number;
  yield { id: from.id };
  while (!signal.aborted) {
    const writes = feed.writes();
    const acts = await patiently(() => feed.after(place));
    if (!acts) return;
    let passed: string | undefined;
    for (const act of acts) {
      const chosen = topics.choose(act);
      if (chosen?.length !== 0) {
        const told = await patiently(async () => ({ value: await read(act, chosen) }));
        if (!told) return;
        yield { id: act.id, ...told };
      }
      passed = chosen?.length === 0 ? act.id : undefined;
      place = act.number;
    }
    if (passed !== undefined) yield { id: passed };
    if (acts.length === 0) await feed.written(writes, signal);
  }
}

/** Does some work again and again until it succeeds, the signal fires (undefined then) or patience is at its end. */
function patience(signal: AbortSignal, log: Logger): <T>(work: () => Promise<T>) => Promise<T | undefined> {
  return async (work) => {
    const until = performance.now() + patienceMs;
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
