import { startDeadline } from "./deadline.js";
import { SidelinesError, type ResponseError } from "./error.js";
import { readMessages, type StreamMessage } from "./events.js";
import type { Stream, StreamOptions } from "./operation.js";
import { dataOf, exchangeStream, type Request, type Transport } from "./request.js";
import { isPassing, pause, pauseBefore } from "./retry.js";

/** How long a stream may be silent before it is taken to be dead, in milliseconds; services show that they are there. */
const silenceMs = 60_000;
/** How often in a row a stream is opened anew before its failure is the caller's. */
const mostFailures = 20;

/** Codes that end a stream and not the subscription: coming back with the last id is all there is to do. */
const comeBack: ReadonlySet<unknown> = new Set(["SLOW_READER", "SERVICE_UNAVAILABLE"]);

/**
 * What a subscription tells, opened anew as often as its connection is lost, from the last event on. Looping again goes on
 * from there, too.
 */
export function openStream<Data>(transport: Transport, request: Request, options: StreamOptions): Stream<Data> {
  let lastEventId = options.lastEventId;

  /** One connection, from its opening to its end; tells whether the subscription is complete. */
  async function* connection(signal: AbortSignal, onMessage: () => void): AsyncGenerator<Data, boolean, undefined> {
    const own = new AbortController();
    const hangUp = (): void => own.abort(signal.reason);
    signal.addEventListener("abort", hangUp, { once: true });
    try {
      signal.throwIfAborted();
      const headers = { ...Object.fromEntries(entriesOf(options.headers)), "last-event-id": lastEventId };
      const body = await exchangeStream(transport, request, { ...options, signal: own.signal, headers });
      for await (const message of withinSilence(readMessages(body), request)) {
        onMessage();
        if (message === undefined) continue;
        if (message.event === "complete") return true;
        const data = message.event === "next" ? dataIn<Data>(request, message) : undefined;
        if (message.id !== undefined) lastEventId = message.id;
        if (data !== undefined) yield data;
      }
      return false;
    } finally {
      signal.removeEventListener("abort", hangUp);
      own.abort();
    }
  }

  async function* told(): AsyncGenerator<Data, void, undefined> {
    const deadline = startDeadline(Infinity, [options.signal, transport.signal]);
    let failures = 0;
    try {
      for (;;) {
        let askedMs: number | undefined;
        try {
          if (yield* connection(deadline.signal, () => (failures = 0))) return;
        } catch (error) {
          if (!isLost(error) || deadline.ending() || failures >= (options.maxReconnects ?? mostFailures)) throw error;
          askedMs = error.retryAfterMs;
        }
        await pause(pauseBefore(failures, askedMs) ?? askedMs ?? 0, deadline.signal);
        failures += 1;
      }
    } catch (error) {
      const ending = deadline.ending();
      if (ending?.kind !== "aborted") throw error;
      throw new SidelinesError(`${request.label ?? "subscription"}: the stream was aborted`, { kind: "aborted", code: "ABORTED", operation: request.label, cause: ending.reason });
    } finally {
      deadline.release();
    }
  }

  return { [Symbol.asyncIterator]: told, lastEventId: () => lastEventId };
}

function entriesOf(headers: StreamOptions["headers"]): Iterable<readonly [string, string | undefined]> {
  return headers === undefined ? [] : Symbol.iterator in headers ? (headers as Iterable<readonly [string, string]>) : Object.entries(headers);
}

/** Whether a failure is one of the connection, or of a service that will be there again. */
function isLost(error: unknown): error is SidelinesError {
  if (!(error instanceof SidelinesError)) return false;
  return error.kind === "network" || error.kind === "timeout" || comeBack.has(error.code) || (error.status !== undefined && isPassing(error.status));
}

/**
 * The data that an event brings.
 * @throws SidelinesError of the kind `graphql` where it brings errors.
 */
function dataIn<Data>(request: Request, { data }: StreamMessage): Data {
  const { data: given = null, errors = [] } = JSON.parse(data) as { readonly data?: Data | null; readonly errors?: readonly ResponseError[] };
  return dataOf<Data>(request, { data: given, errors, extensions: {}, status: 200, requestId: undefined, retryAfterMs: undefined });
}

/** Ends a stream from which nothing comes any more: a connection can be dead without anybody noticing. */
async function* withinSilence<Value>(values: AsyncGenerator<Value, void, undefined>, request: Request): AsyncGenerator<Value, void, undefined> {
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const silence = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(() => reject(new SidelinesError("the stream has fallen silent", { kind: "network", code: "NETWORK_ERROR", operation: request.label })), silenceMs);
      });
      const next = await Promise.race([values.next(), silence]).finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    void values.return();
  }
}
