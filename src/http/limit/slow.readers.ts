import type { Server } from "node:http";
import type { Socket } from "node:net";

/** The least that a reader of a long answer has to take in the long run, in bytes a second. */
const SLOWEST_PER_S = 1_024;

/** Measures how fast a reader takes a long answer. */
export interface ReaderPace {
  /** A slice waits for the reader from now on. */
  handOver(): void;
  /** The reader has taken the slice. */
  taken(length: number): void;
  /** The answer has ended. */
  end(): void;
}

/**
 * A reader has a credit of time. It is spent while a slice waits to be taken, and each byte taken earns some of it
 * back, up to the whole. Work of ours between two slices costs nothing. A reader that takes nothing has used it up after
 * `creditMs`; one that takes less than 1,024 bytes a second does so later.
 * @param onTooSlow called once the credit is used up.
 */
export function createReaderPace(creditMs: number, onTooSlow: () => void): ReaderPace {
  let credit = creditMs;
  let since = 0;
  let timer: NodeJS.Timeout | undefined;
  return {
    handOver() {
      since = performance.now();
      timer = setTimeout(onTooSlow, Math.max(0, credit));
    },
    taken(length) {
      clearTimeout(timer);
      credit = Math.min(creditMs, credit - (performance.now() - since) + (length * 1_000) / SLOWEST_PER_S);
    },
    end: () => clearTimeout(timer),
  };
}

/**
 * Destroys connections whose reader takes nothing of an answer for a time: pages, files, answers of any kind. An answer
 * that is still being made has nothing to be taken, and stays.
 */
export function endSlowReaders(server: Server, slowReaderMs: number): void {
  // Node uses the same timer for idle connections. Told apart by its length, one of which has to differ.
  const readMs = slowReaderMs === server.keepAliveTimeout ? slowReaderMs + 1 : slowReaderMs;
  server.setTimeout(readMs, (socket: Socket) => {
    // Node takes what is written in part for a sign of life as well, and does not call then.
    const isAtWork = socket.timeout === readMs && socket.writableLength === 0;
    if (!isAtWork) socket.destroy();
  });
}
