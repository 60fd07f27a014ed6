import { startDeadline } from "./deadline.js";
import { SidelinesError, type ResponseError } from "./error.js";
import { readMessages, type StreamMessage } from "./events.js";
import type { Stream, StreamOptions } from "./operation.js";
import { dataOf, exchangeStream, type Request, type Transport } from "./request.js";
import { isTemporary, pause, pauseBefore } from "./retry.js";

/** Idle timeout of a stream, in milliseconds. The service sends heartbeats more often. */
const idleTimeoutMs = 60_000;
/** Maximum number of consecutive reconnects. */
const mostFailures = 20;

/** Codes after which the client reconnects with the last event id. */
const reconnectCodes: ReadonlySet<unknown> = new Set(["SLOW_READER", "SERVICE_UNAVAILABLE"]);

/**
 * The events of a subscription. Reconnects after the last event whenever the connection is lost. A second loop resumes
 * after it as well.
 */
export function openStream<Data>(transport: Transport, request: Request, options: StreamOptions): Stream<Data> {
  let lastEventId = options.lastEventId;

  /** One connection. @returns Whether the subscription is complete. */
  async function* connection(signal: AbortSignal, onMessage: () => void): AsyncGenerator<Data, boolean, undefined> {
    const own = new AbortController();
    const abortOwn = (): void => own.abort(signal.reason);
    signal.addEventListener("abort", abortOwn, { once: true });
    try {
      signal.throwIfAborted();
      const headers = { ...Object.fromEntries(entriesOf(options.headers)), "last-event-id": lastEventId };
      const body = await exchangeStream(transport, request, { ...options, signal: own.signal, headers });
      for await (const message of withIdleTimeout(readMessages(body), request)) {
        onMessage();
        if (message === undefined) continue;
        if (message.event === "complete") return true;
        const data = message.event === "next" ? dataIn<Data>(request, message) : undefined;
        if (message.id !== undefined) lastEventId = message.id;
        if (data !== undefined) yield data;
      }
      return false;
    } finally {
      signal.removeEventListener("abort", abortOwn);
      own.abort();
    }
  }

  async function* events(): AsyncGenerator<Data, void, undefined> {
    const deadline = startDeadline(Infinity, [options.signal, transport.signal]);
    let failures = 0;
    try {
      for (;;) {
        let askedMs: number | undefined;
        try {
          if (yield* connection(deadline.signal, () => (failures = 0))) return;
        } catch (error) {
          if (!isTransient(error) || deadline.ending() || failures >= (options.maxReconnects ?? mostFailures))
            throw error;
          askedMs = error.retryAfterMs;
        }
        await pause(pauseBefore(failures, askedMs) ?? askedMs ?? 0, deadline.signal);
        failures += 1;
      }
    } catch (error) {
      const ending = deadline.ending();
      if (ending?.kind !== "aborted") throw error;
      throw new SidelinesError(`${request.label ?? "subscription"}: the stream was aborted`, {
        kind: "aborted",
        code: "ABORTED",
        operation: request.label,
        cause: ending.reason,
      });
    } finally {
      deadline.release();
    }
  }

  return { [Symbol.asyncIterator]: events, lastEventId: () => lastEventId };
}

function entriesOf(headers: StreamOptions["headers"]): Iterable<readonly [string, string | undefined]> {
  return headers === undefined
    ? []
    : Symbol.iterator in headers
      ? (headers as Iterable<readonly [string, string]>)
      : Object.entries(headers);
}

/** Whether a failure is temporary: a lost connection or an unavailable service. */
function isTransient(error: unknown): error is SidelinesError {
  if (!(error instanceof SidelinesError)) return false;
  return (
    error.kind === "network" ||
    error.kind === "timeout" ||
    reconnectCodes.has(error.code) ||
    (error.status !== undefined && isTemporary(error.status))
  );
}

/**
 * The data of an event.
 * @throws SidelinesError of the kind `graphql` if it has errors.
 */
function dataIn<Data>(request: Request, { data }: StreamMessage): Data {
  const { data: given = null, errors = [] } = JSON.parse(data) as {
    readonly data?: Data | null;
    readonly errors?: readonly ResponseError[];
  };
  return dataOf<Data>(request, {
    data: given,
    errors,
    extensions: {},
    status: 200,
    requestId: undefined,
    retryAfterMs: undefined,
  });
}

/** Ends an idle stream, because a dead connection may report no error. */
async function* withIdleTimeout<Value>(
  values: AsyncGenerator<Value, void, undefined>,
  request: Request,
): AsyncGenerator<Value, void, undefined> {
  try {
    for (;;) {
      let timer: ReturnType<typeof setTimeout> | undefined;
      const timeout = new Promise<never>((_resolve, reject) => {
        timer = setTimeout(
          () =>
            reject(
              new SidelinesError("the stream was idle for too long", {
                kind: "network",
                code: "NETWORK_ERROR",
                operation: request.label,
              }),
            ),
          idleTimeoutMs,
        );
      });
      const next = await Promise.race([values.next(), timeout]).finally(() => clearTimeout(timer));
      if (next.done) return;
      yield next.value;
    }
  } finally {
    void values.return();
  }
}
