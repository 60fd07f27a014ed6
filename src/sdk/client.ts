import {
  shippedMethods,
  shippedStreams,
  shippedWalks,
  type ShippedMethods,
  type ShippedStreams,
  type ShippedWalks,
} from "../generated/operations.js";
import { withIdempotencyKey } from "./acts.js";
import { requestFor, type CallArguments, type TypedDocument } from "./document.js";
import type { CallOptions, NodeOf, Operation, Page, Stream, StreamOptions, Walk } from "./operation.js";
import {
  dataOf,
  sendRequest,
  unknownNamesOf,
  type Answer,
  type Fetch,
  type HeaderSource,
  type Request,
  type Transport,
  type UnknownName,
} from "./request.js";
import { openStream } from "./stream.js";
import { walkPages } from "./walk.js";

// The package's entry point. All exports here are public API of `sidelines/sdk`.
export type * from "../generated/operations.js";
export { SidelinesError, isSidelinesError } from "./error.js";
export type {
  ClientErrorCode,
  ResponseError,
  ServiceErrorCode,
  SidelinesErrorCode,
  SidelinesErrorKind,
} from "./error.js";
export type { DocumentString, ParsedDocument, TypedDocument } from "./document.js";
export type { CallOptions, HeaderValues, NodeOf, Page, Stream, StreamOptions, Walk } from "./operation.js";
export type { Answer, Fetch, HeaderSource, UnknownName } from "./request.js";

/** Settings of a client. */
export interface ClientOptions {
  /** URL of the GraphQL endpoint. In a browser, it may be relative to the page: `/graphql`. */
  readonly url: string | URL;
  /** Headers of every call, or a function that returns them or a promise of them. */
  readonly headers?: HeaderSource | undefined;
  /** Timeout of a call including retries, in milliseconds. The default is 30,000; `Infinity` disables it. */
  readonly timeoutMs?: number | undefined;
  /** Aborts all calls of this client. */
  readonly signal?: AbortSignal | undefined;
  /**
   * Maximum number of retries after a network error or a status of 429, 502, 503 or 504, with exponential backoff and
   * within `timeoutMs`. The default is 2. Queries are retried, and so are the SDK's own mutations, which carry an
   * `idempotencyKey`. Mutations of your own are not retried.
   */
  readonly retries?: number | undefined;
  /**
   * Called for each identifier in a call's variables that the record does not know, such as a misspelt code or slug.
   * The call itself succeeds, for example with an empty list. An exception from this function rejects the call.
   */
  readonly onUnknownName?: ((unknown: UnknownName) => void) | undefined;
  /** Replaces the built-in `fetch`. */
  readonly fetch?: Fetch | undefined;
}

/** Variables of a paginated operation. */
type Paged = { readonly after?: string | null | undefined };

/** A client of one service, with a method for each operation that the SDK ships. It can also send your own operations. */
export interface Client extends ShippedMethods {
  /**
   * All entries of a shipped, paginated operation. Pages are fetched during the loop:
   * `for await (const meeting of client.each.meetings({ parties: ["IND", "CHN"] })) …`
   */
  readonly each: ShippedWalks;

  /**
   * Events of a subscription. After a lost connection it resumes without gaps or duplicates. `for await (const {
   * recordChanged } of client.live.recordChanged({ party: "IND" })) …`
   */
  readonly live: ShippedStreams;

  /** Opens a stream for your own subscription. */
  readonly subscribe: {
    <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
      document: string,
      ...rest: CallArguments<Variables, StreamOptions>
    ): Stream<Data>;
    <Data, Variables>(
      document: TypedDocument<Data, Variables>,
      ...rest: CallArguments<NoInfer<Variables>, StreamOptions>
    ): Stream<Data>;
  };

  /**
   * Sends your own operation and resolves with its data. Typed documents carry their types; for a string, give them:
   * `client.query<Data, Variables>("query …", variables)`.
   * @throws SidelinesError if there are errors; the error holds partial data.
   */
  readonly query: {
    <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
      document: string,
      ...rest: CallArguments<Variables, CallOptions>
    ): Promise<Data>;
    <Data, Variables>(
      document: TypedDocument<Data, Variables>,
      ...rest: CallArguments<NoInfer<Variables>, CallOptions>
    ): Promise<Data>;
  };

  /**
   * Sends your own operation and resolves with the whole response: data, errors and extensions. Use it if partial data
   * is useful.
   * @throws SidelinesError only if there is no GraphQL response.
   */
  readonly execute: {
    <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
      document: string,
      ...rest: CallArguments<Variables, CallOptions>
    ): Promise<Answer<Data>>;
    <Data, Variables>(
      document: TypedDocument<Data, Variables>,
      ...rest: CallArguments<NoInfer<Variables>, CallOptions>
    ): Promise<Answer<Data>>;
  };

  /**
   * Iterates over a connection of your own operation or of a method of this client. The operation takes `$after`,
   * passes it to the connection that `select` returns, and selects `pageInfo { hasNextPage endCursor }` and `nodes` or
   * `edges`. If `select` returns nothing, for example because the forum does not exist, there are no entries.
   */
  readonly paginate: {
    <Data, Variables extends Paged | undefined, Connection extends Page>(
      source: TypedDocument<Data, Variables> | ((variables: Variables, options?: CallOptions) => Promise<Data>),
      variables: NoInfer<Variables>,
      select: (data: Data) => Connection | null | undefined,
      options?: CallOptions,
    ): Walk<Connection, NodeOf<Connection>>;
    <Data, Connection extends Page>(
      source: string,
      variables: Paged & Readonly<Record<string, unknown>>,
      select: (data: Data) => Connection | null | undefined,
      options?: CallOptions,
    ): Walk<Connection, NodeOf<Connection>>;
  };
}

/**
 * A client of the Sidelines service at `url`. It keeps no connection open, so it need not be closed.
 * @throws TypeError if there is no url, or no `fetch` to be found.
 */
export function createClient(options: ClientOptions): Client {
  const transport = transportFrom(options);
  const send = async <Data>(request: Request, call: CallOptions = {}): Promise<Answer<Data>> => {
    const answer = await sendRequest<Data>(transport, request, call);
    for (const unknown of unknownNamesOf(answer)) options.onUnknownName?.(unknown);
    return answer;
  };
  const run = async <Data>(request: Request, call?: CallOptions): Promise<Data> =>
    dataOf(request, await send<Data>(request, call));
  return {
    ...shippedMethods((operation, variables, call) => run(shippedRequest(operation, variables), call)),
    each: shippedWalks((operation, variables, select, call) =>
      walk((page) => run(shippedRequest(operation, page), call), variables, select, operation.name),
    ),
    live: shippedStreams((operation, variables, options) =>
      openStream(transport, shippedRequest(operation, variables), options ?? {}),
    ),
    subscribe: <Data>(document: unknown, variables?: unknown, options?: StreamOptions) =>
      openStream<Data>(transport, requestFor(document, variables), options ?? {}),
    query: async <Data>(document: unknown, variables?: unknown, call?: CallOptions) =>
      run<Data>(requestFor(document, variables), call),
    execute: async <Data>(document: unknown, variables?: unknown, call?: CallOptions) =>
      send<Data>(requestFor(document, variables), call),
    paginate: <Data, Connection extends Page>(
      source: unknown,
      variables: unknown,
      select: (data: Data) => Connection | null | undefined,
      call?: CallOptions,
    ) =>
      isMethod<Data>(source)
        ? walk((page) => source(page, call), variables, select)
        : walk(
            (page) => run<Data>(requestFor(source, page), call),
            variables,
            select,
            requestFor(source, undefined).label,
          ),
  };
}

/** Iterates over the pages of the connection that `select` returns. */
function walk<Data, Connection extends Page>(
  fetchData: (variables: object) => Promise<Data>,
  variables: unknown,
  select: (data: Data) => Connection | null | undefined,
  label?: string,
): Walk<Connection, NodeOf<Connection>> {
  const given: Paged = variables ?? {};
  return walkPages(
    async (after) => select(await fetchData(after === undefined ? given : { ...given, after })),
    given.after ?? undefined,
    label,
  );
}

function isMethod<Data>(source: unknown): source is (variables: unknown, options?: CallOptions) => Promise<Data> {
  return typeof source === "function";
}

/** Mutations get an idempotency key, which is the same for all retries. */
function shippedRequest<Data, Variables>(
  { name, kind, text }: Operation<Data, Variables>,
  variables: unknown,
): Request {
  return {
    label: name,
    operationName: name,
    text,
    variables: kind === "mutation" ? withIdempotencyKey(variables) : variables,
    isRepeatable: true,
  };
}

function transportFrom({ url, fetch, headers, timeoutMs = 30_000, signal, retries = 2 }: ClientOptions): Transport {
  const address = String(url ?? "");
  if (address === "")
    throw new TypeError("createClient needs the url of a Sidelines service, such as https://example.org/graphql.");
  if (!fetch && typeof globalThis.fetch !== "function")
    throw new TypeError("This runtime has no built-in fetch. Pass one to createClient.");
  // Browsers require `fetch` to be called on the global object. The late look-up sees replacements, such as mocks.
  return {
    url: address,
    fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)),
    headers,
    timeoutMs,
    signal,
    retries,
    position: undefined,
  };
}
