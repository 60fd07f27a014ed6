import type { ServerResponse } from "node:http";
import type { GraphQLFormattedError } from "graphql";
import { print } from "graphql-sse";

/** The media type of event streams. */
export const STREAM_TYPE = "text/event-stream";

/** One step of an event stream. */
export interface StreamStep {
  /** From where a client that comes back goes on. */
  readonly id: string | undefined;
  /** The event's payload; undefined if only the position has moved. */
  readonly result?: { readonly data?: unknown; readonly errors?: readonly GraphQLFormattedError[] };
}

export interface StreamTimes {
  /** After how many milliseconds without an event a stream shows that it is still there. */
  readonly streamHeartbeatMs: number;
  /** Time for which a reader may leave an event unread, in milliseconds. */
  readonly slowReaderMs: number;
}

/** The way in which a stream ended. */
export type StreamEnding = "completed" | "client gone" | "slow reader" | "stopping" | "failed";

/** After how many milliseconds a browser comes back when the connection broke. */
const COME_BACK_MS = 1_000;
/** Time for sending a final message, in milliseconds. */
const LAST_WORD_MS = 2_000;

/** The final message for a slow reader. */
const TOO_SLOW: GraphQLFormattedError = {
  message: "This stream was closed because its events were not read in time. Reconnect with the id of the last event.",
  extensions: { code: "SLOW_READER" },
};

/** The target of a stream's steps, and the signals that end it. */
export interface StreamTarget {
  readonly response: ServerResponse;
  readonly times: StreamTimes;
  /** Fires when the service stops. */
  readonly stop: AbortSignal;
  /** The error for the client, for a failure between steps. */
  readonly describe: (error: unknown) => GraphQLFormattedError;
}

/**
 * Writes an event stream (WHATWG HTML, section 9.2; events `next` and `complete` of the distinct connections mode of
 * the GraphQL over SSE protocol). The next step is requested only when the previous one has left the process, so that
 * at most one is buffered for a slow reader. A reader that is too slow gets a final message and is disconnected.
 *
 * A stream that ends because the service stops has no `complete`, so that clients reconnect with the id of the last
 * event.
 */
export async function writeStream(
  steps: AsyncIterator<StreamStep, void, void>,
  { response, times, stop, describe }: StreamTarget,
): Promise<StreamEnding> {
  // A slow reader is ended here, with a last word.
  response.socket?.setTimeout(0);
  const gone = new Promise<"client gone">((resolve) => response.once("close", () => resolve("client gone")));
  const stopping = new Promise<"stopping">((resolve) => {
    if (stop.aborted) resolve("stopping");
    else stop.addEventListener("abort", () => resolve("stopping"), { once: true });
  });
  const heartbeat = setInterval(() => {
    if (!response.writableNeedDrain) response.write(":\n\n");
  }, times.streamHeartbeatMs);

  async function passOn(): Promise<StreamEnding> {
    response.write(`retry: ${COME_BACK_MS}\n\n`);
    for (;;) {
      const step = await Promise.race([steps.next(), gone, stopping]);
      if (typeof step === "string") return step;
      if (step.done) return response.closed ? "client gone" : "completed";
      const taken =
        response.write(textOf(step.value)) ||
        (await Promise.race([drained(response, times.slowReaderMs), gone, stopping]));
      if (typeof taken === "string") return taken;
      heartbeat.refresh();
    }
  }

  let ending: StreamEnding = "failed";
  try {
    ending = await passOn();
    if (ending === "slow reader") response.write(lastWord(TOO_SLOW));
    if (ending === "completed") response.write(print({ event: "complete", data: null }));
    if (ending === "stopping") response.write(": the service is stopping; come back\n\n");
  } catch (error) {
    response.write(lastWord(describe(error)));
  } finally {
    clearInterval(heartbeat);
    // It may be waiting for the database, but its client has gone.
    void steps.return?.();
    await end(response);
  }
  return ending;
}

function textOf({ id, result }: StreamStep): string {
  const place = id === undefined ? "" : `id: ${id}\n`;
  return result === undefined
    ? `${place}\n`
    : place + print({ event: "next", data: result as Parameters<typeof print<true, "next">>[0]["data"] });
}

function lastWord(error: GraphQLFormattedError): string {
  return `${textOf({ id: undefined, result: { errors: [error] } })}${print({ event: "complete", data: null })}`;
}

/** Waits until what was written has left the process. */
function drained(response: ServerResponse, withinMs: number): Promise<true | "slow reader"> {
  return new Promise((resolve) => {
    const done = (): void => {
      clearTimeout(timer);
      resolve(true);
    };
    const timer = setTimeout(() => {
      response.off("drain", done);
      resolve("slow reader");
    }, withinMs);
    response.once("drain", done);
  });
}

/** Ends the answer; who does not even read its end is hung up on. */
function end(response: ServerResponse): Promise<void> {
  if (response.closed) return Promise.resolve();
  return new Promise((resolve) => {
    const timer = setTimeout(() => response.destroy(), LAST_WORD_MS);
    response.once("close", () => {
      clearTimeout(timer);
      resolve();
    });
    response.end();
  });
}
