import { startDeadline, type Ending } from "./deadline.js";
import { SidelinesError, type ResponseError } from "./error.js";
import type { BodyStream } from "./events.js";
import type { CallOptions, HeaderValues } from "./operation.js";
import { isTemporary, pause, pauseBefore } from "./retry.js";

/** The part of `fetch` that the client uses. */
export type Fetch = (
  url: string,
  request: {
    readonly method: "POST";
    readonly headers: Record<string, string>;
    readonly body: string;
    readonly signal: AbortSignal;
  },
) => Promise<{
  readonly ok: boolean;
  readonly status: number;
  readonly headers: { get(name: string): string | null };
  text(): Promise<string>;
  /** Needed for streams only. */
  readonly body?: BodyStream | null;
}>;

/** Headers, or a function that returns them for each call, for example with a fresh token. */
export type HeaderSource = HeaderValues | (() => HeaderValues | Promise<HeaderValues>);

/** Settings of a client, with defaults applied, and its read-your-writes token. */
export interface Transport {
  readonly url: string;
  readonly fetch: Fetch;
  readonly headers: HeaderSource | undefined;
  readonly timeoutMs: number;
  readonly signal: AbortSignal | undefined;
  /** Maximum number of retries of a repeatable request. */
  readonly retries: number;
  /**
   * The read-your-writes token of the latest response; undefined at first. Later calls read a state at least as new.
   */
  position: number | undefined;
}

/** A request to the service. */
export interface Request {
  /** The operation's name for error messages. */
  readonly label: string | undefined;
  /** The operation to execute if the document has several. */
  readonly operationName: string | undefined;
  readonly text: string;
  readonly variables: unknown;
  /** Whether the request is idempotent. */
  readonly isRepeatable: boolean;
}

/** A whole response. */
export interface Answer<Data> {
  /** The data. Fields that failed are null; so is all of it if the operation could not be executed. */
  readonly data: Data | null;
  /** The errors; empty if there are none. */
  readonly errors: readonly ResponseError[];
  /** The response's `extensions`. */
  readonly extensions: Readonly<Record<string, unknown>>;
  /** The HTTP status. */
  readonly status: number;
  /** An id to give to the operators of the service when reporting a problem. */
  readonly requestId: string | undefined;
  /** The service's `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
}

/**
 * Sends a request and reads its response, which may have errors.
 * @throws SidelinesError of any kind but `graphql`. Exceptions of a `headers` function are passed on.
 */
export async function sendRequest<Data>(
  transport: Transport,
  request: Request,
  options: CallOptions,
): Promise<Answer<Data>> {
  const timeoutMs = checkedTimeout(options.timeoutMs ?? transport.timeoutMs);
  const body = requestBody(request);
  const deadline = startDeadline(timeoutMs, [options.signal, transport.signal]);
  try {
    deadline.signal.throwIfAborted();
    const retries = request.isRepeatable ? checkedRetries(options.retries ?? transport.retries) : 0;
    for (let attempt = 0; ; attempt += 1) {
      const headers = await deadline.race(requestHeaders(transport, options));
      const exchanged = await deadline
        .race(exchange(transport, request, headers, body, deadline.signal))
        .catch((error: unknown) => {
          // The service may have received the request.
          if (attempt >= retries || deadline.ending() || !isNetworkError(error)) throw error;
        });
      const waited =
        exchanged && isTemporary(exchanged.response.status) && attempt < retries
          ? pauseBefore(attempt, retryAfterOf(exchanged.response))
          : undefined;
      if (exchanged && waited === undefined) {
        notePosition(transport, exchanged);
        return readAnswer<Data>(exchanged) ?? refuse(transport, request, exchanged);
      }
      await deadline.race(pause(waited ?? pauseBefore(attempt) ?? 0, deadline.signal));
    }
  } catch (error) {
    const ending = deadline.ending();
    throw ending ? endingError(request, ending, timeoutMs) : error;
  } finally {
    deadline.release();
  }
}

const positionHeader = "sidelines-position";

/** Keeps the read-your-writes token, so that the next call reads no older state, whichever process or replica serves it. */
function notePosition(transport: Transport, { response }: Exchanged): void {
  const position = Number(response.headers.get(positionHeader) ?? Number.NaN);
  if (Number.isSafeInteger(position)) transport.position = Math.max(position, transport.position ?? 0);
}

interface Exchanged {
  readonly response: Awaited<ReturnType<Fetch>>;
  readonly text: string;
}

async function exchange(
  transport: Transport,
  request: Request,
  headers: Record<string, string>,
  body: string,
  signal: AbortSignal,
): Promise<Exchanged> {
  const response = await reach(transport, request, { method: "POST", headers, body, signal });
  return { response, text: await reached(transport, request, response.text()) };
}

/** Sends a request and waits for the response headers. */
function reach(transport: Transport, request: Request, sent: Parameters<Fetch>[1]): ReturnType<Fetch> {
  return reached(transport, request, (async () => transport.fetch(transport.url, sent))());
}

async function reached<Value>(transport: Transport, request: Request, value: Promise<Value>): Promise<Value> {
  try {
    return await value;
  } catch (cause) {
    throw new SidelinesError(describe(request, `no answer from ${transport.url}${reasonIn(cause)}`), {
      kind: "network",
      code: "NETWORK_ERROR",
      operation: request.label,
      cause,
    });
  }
}

/**
 * Opens an event stream.
 * @returns The body, which the caller reads. The signal ends it.
 * @throws SidelinesError if the subscription is invalid or the service cannot be reached.
 */
export async function exchangeStream(
  transport: Transport,
  request: Request,
  options: CallOptions & { readonly signal: AbortSignal },
): Promise<BodyStream> {
  const timeoutMs = checkedTimeout(options.timeoutMs ?? transport.timeoutMs);
  const opening = startDeadline(timeoutMs, [options.signal]);
  try {
    const headers = { ...(await opening.race(requestHeaders(transport, options))), accept: "text/event-stream" };
    const response = await opening.race(
      reach(transport, request, { method: "POST", headers, body: requestBody(request), signal: options.signal }),
    );
    if (response.ok && response.headers.get("content-type")?.startsWith("text/event-stream") && response.body)
      return response.body;
    const exchanged = { response, text: await opening.race(response.text()) };
    const answer = readAnswer<never>(exchanged);
    if (answer) dataOf(request, answer);
    return refuse(transport, request, exchanged);
  } catch (error) {
    const ending = opening.ending();
    throw ending?.kind === "timeout" ? endingError(request, ending, timeoutMs) : error;
  } finally {
    opening.release();
  }
}

function isNetworkError(error: unknown): boolean {
  return error instanceof SidelinesError && error.kind === "network";
}

function endingError(request: Request, ending: Ending, timeoutMs: number): SidelinesError {
  const operation = request.label;
  return ending.kind === "timeout"
    ? new SidelinesError(describe(request, `no full answer within ${timeoutMs} ms`), {
        kind: "timeout",
        code: "CLIENT_TIMEOUT",
        operation,
      })
    : new SidelinesError(describe(request, "the call was aborted"), {
        kind: "aborted",
        code: "ABORTED",
        operation,
        cause: ending.reason,
      });
}

function refuse(transport: Transport, request: Request, { response, text }: Exchanged): never {
  const message = `${transport.url} answered ${response.status} with a response that is not GraphQL${startOf(text)}`;
  throw new SidelinesError(describe(request, message), {
    kind: "http",
    code: "NOT_GRAPHQL",
    operation: request.label,
    status: response.status,
    requestId: requestIdOf(response),
    retryAfterMs: retryAfterOf(response),
  });
}

/** An identifier in the arguments of an operation that the record does not know. */
export interface UnknownName {
  /** The path of the root field. */
  readonly path: readonly string[];
  /** The argument, or the path into it: `filter.parties`. */
  readonly argument: string;
  readonly name: string;
  /** A suggestion; null if no known name is similar. */
  readonly meant: string | null;
  /** The same as a sentence. */
  readonly message: string;
}

/** The unknown identifiers that a response reports. */
export function unknownNamesOf({
  extensions: { unknownNames },
}: Pick<Answer<unknown>, "extensions">): readonly UnknownName[] {
  return Array.isArray(unknownNames) ? (unknownNames as readonly UnknownName[]) : [];
}

/**
 * The data of a response.
 * @throws SidelinesError of the kind `graphql` if the response has errors; the error holds partial data.
 */
export function dataOf<Data>(request: Request, answer: Answer<Data>): Data {
  const [first] = answer.errors;
  if (!first && answer.data !== null) return answer.data;
  const { errors, data, status, requestId, retryAfterMs } = answer;
  const more = errors.length > 1 ? ` (and ${errors.length - 1} more)` : "";
  throw new SidelinesError(describe(request, `${first?.message ?? "the response has no data"}${more}`), {
    kind: "graphql",
    code: typeof first?.extensions?.code === "string" ? first.extensions.code : "UNKNOWN",
    operation: request.label,
    errors,
    data,
    status,
    requestId,
    retryAfterMs,
  });
}

function checkedTimeout(timeoutMs: number): number {
  if (timeoutMs > 0) return timeoutMs;
  throw new TypeError(`timeoutMs must be a number of milliseconds above 0, or Infinity; it is ${timeoutMs}.`);
}

function checkedRetries(retries: number): number {
  if (retries >= 0) return retries;
  throw new TypeError(`retries must be a number from 0 on; it is ${retries}.`);
}

function requestBody({ text, operationName, variables }: Request): string {
  return JSON.stringify({ query: text, operationName, variables: variables ?? undefined });
}

/** The protocol's headers, overridden by the client's and the call's. Names are in lower case to avoid duplicates. */
async function requestHeaders(transport: Transport, options: CallOptions): Promise<Record<string, string>> {
  const own = typeof transport.headers === "function" ? await transport.headers() : transport.headers;
  const headers = new Map<string, string>([
    ["accept", "application/graphql-response+json, application/json;q=0.9"],
    ["content-type", "application/json"],
  ]);
  if (transport.position !== undefined) headers.set(positionHeader, String(transport.position));
  for (const [name, value] of [...headerEntries(own), ...headerEntries(options.headers)]) {
    if (value === undefined) headers.delete(name.toLowerCase());
    else headers.set(name.toLowerCase(), value);
  }
  return Object.fromEntries(headers);
}

function headerEntries(values: HeaderValues | undefined): ReadonlyArray<readonly [string, string | undefined]> {
  if (values === undefined) return [];
  return isIterable(values) ? [...values] : Object.entries(values);
}

function isIterable(values: HeaderValues): values is Iterable<readonly [string, string]> {
  return Symbol.iterator in values;
}

/** The GraphQL response in an HTTP response; undefined if it is not GraphQL. */
function readAnswer<Data>({ response, text }: Exchanged): Answer<Data> | undefined {
  const body = parsedObject(text);
  if (!body) return undefined;
  const errors = Array.isArray(body["errors"]) ? (body["errors"] as ResponseError[]) : [];
  // A failure without errors comes from a proxy, not from the service.
  if (errors.length === 0 && !(response.ok && isObject(body["data"]))) return undefined;
  return {
    data: (body["data"] ?? null) as Data | null,
    errors,
    extensions: isObject(body["extensions"]) ? body["extensions"] : {},
    status: response.status,
    requestId: requestIdOf(response) ?? requestIdIn(errors),
    retryAfterMs: retryAfterOf(response),
  };
}

function parsedObject(text: string): Record<string, unknown> | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    return undefined;
  }
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}

function requestIdOf(response: Exchanged["response"]): string | undefined {
  return response.headers.get("x-request-id") ?? undefined;
}

/** The request id in an internal error, for browsers that hide the header. */
function requestIdIn(errors: readonly ResponseError[]): string | undefined {
  const ids = errors.map(({ extensions }) => extensions?.["id"]);
  return ids.find((id) => typeof id === "string");
}

/** `Retry-After` in seconds or as a date (RFC 9110, 10.2.3), in milliseconds. */
function retryAfterOf(response: Exchanged["response"]): number | undefined {
  const value = response.headers.get("retry-after");
  if (value === null) return undefined;
  const ms = /^\d+$/.test(value) ? Number(value) * 1000 : Date.parse(value) - Date.now();
  return Number.isNaN(ms) ? undefined : Math.max(0, ms);
}

function describe({ label }: Request, message: string): string {
  return label ? `${label}: ${message}` : message;
}

/** The reason of a network error. undici reports "fetch failed" with the reason as its cause. */
function reasonIn(error: unknown): string {
  const inner = error instanceof Error && error.cause instanceof Error ? error.cause : error;
  return inner instanceof Error && inner.message ? `: ${inner.message}` : "";
}

/** The beginning of a body, for an error message. */
function startOf(text: string): string {
  const line = text.replace(/\s+/g, " ").trim();
  if (line === "") return ", an empty body";
  return `: ${line.length > 120 ? `${line.slice(0, 120)}…` : line}`;
}
