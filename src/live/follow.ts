import { setTimeout as wait } from "node:timers/promises";
import { GraphQLError } from "graphql";
import type { Logger } from "../lib/log.js";
import type { Place, RecordedAct, RecordFeed } from "./feed.js";
import type { Topics } from "./topics.js";

/** One step of a stream. */
export interface Told {
  /** Whoever goes on from here misses nothing that came before and gets none of it again; undefined at the very beginning. */
  readonly id: string | undefined;
  /** What is told; undefined where nothing is, but the place has moved. */
  readonly value?: unknown;
}

/** What following the record takes. */
export interface Following {
  readonly feed: RecordFeed;
  readonly topics: Topics;
  readonly from: Place;
  /** Reads what is told of an act; null as `chosen` stands for all of its changes. */
  readonly read: (act: RecordedAct, chosen: readonly number[] | null) => Promise<unknown>;
  /** Ends it. */
  readonly signal: AbortSignal;
  readonly log: Logger;
}

const firstPauseMs = 100;
const longestPauseMs = 5_000;
/** How long the database may fail before the stream does, in milliseconds. */
const patienceMs = 60_000;

/**
 * Tells of acts from a place on, each once and in order, until the signal fires: first those that there are, then each as it
 * is committed. It reads no further than what it told was taken, so that nothing piles up. A database that is away for a
 * while is waited for.
 * @throws what the database last failed with, if that lasts.
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
