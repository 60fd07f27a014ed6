import { shippedMethods, shippedStreams, shippedWalks, type ShippedMethods, type ShippedStreams, type ShippedWalks } from "../generated/operations.js";
import { underKey } from "./acts.js";
import { requestFor, type CallArguments, type TypedDocument } from "./document.js";
import type { CallOptions, NodeOf, Operation, Page, Stream, StreamOptions, Walk } from "./operation.js";
import { dataOf, sendRequest, unknownNamesOf, type Answer, type Fetch, type HeaderSource, type Request, type Transport, type UnknownName } from "./request.js";
import { openStream } from "./stream.js";
import { walkPages } from "./walk.js";

// This module is the door of the package: what it exports is what `sidelines/sdk` promises.
export type * from "../generated/operations.js";
export { SidelinesError, isSidelinesError } from "./error.js";
export type { ClientErrorCode, ResponseError, ServiceErrorCode, SidelinesErrorCode, SidelinesErrorKind } from "./error.js";
export type { DocumentString, ParsedDocument, TypedDocument } from "./document.js";
export type { CallOptions, HeaderValues, NodeOf, Page, Stream, StreamOptions, Walk } from "./operation.js";
export type { Answer, Fetch, HeaderSource, UnknownName } from "./request.js";

/** How to reach a Sidelines service. */
export interface ClientOptions {
  /** Where the service answers GraphQL; in a browser it may be relative to the page, `/graphql`. */
  readonly url: string | URL;
  /** Sent with every call: headers, or a function that makes them, at once or later. */
  readonly headers?: HeaderSource | undefined;
  /** How long a call may take from start to end, in milliseconds; 30,000 unless given, `Infinity` waits for ever. */
  readonly timeoutMs?: number | undefined;
  /** Ends every call of this client when it fires. */
  readonly signal?: AbortSignal | undefined;
  /**
   * How often a call is sent again after a network fault or a service that has no room (429, 502, 503, 504), with growing
   * pauses and never beyond `timeoutMs`; 2 unless given. Queries are, and the acts that the client ships, which go under an
   * `idempotencyKey`, the same one each time. Mutations of your own are never sent twice.
   */
  readonly retries?: number | undefined;
  /**
   * Told of each name in a call's variables by which the record holds nothing, a misspelt code or slug: the call itself then
   * gives what there is of nobody, an empty list for example. What it throws, the call throws.
   */
  readonly onUnknownName?: ((unknown: UnknownName) => void) | undefined;
  /** Used in place of the built-in `fetch`. */
  readonly fetch?: Fetch | undefined;
}

/** Variables of an operation that pages. */
type Paged = { readonly after?: string | null | undefined };

/** A client of one service: one method for each operation that the SDK ships, and the means to send your own. */
export interface Client extends ShippedMethods {
  /**
   * All entries of a shipped operation that pages, fetched page by page while they are asked for:
   * `for await (const meeting of client.each.meetings({ parties: ["IND", "CHN"] })) …`
   */
  readonly each: ShippedWalks;

  /**
   * What happens, as it happens, over as many connections as it takes: nothing is lost in between, and nothing comes twice.
   * `for await (const { recordChanged } of client.live.recordChanged({ party: "IND" })) …`
   */
  readonly live: ShippedStreams;

  /** Opens the stream of a subscription of your own. */
  readonly subscribe: {
    <Data = unknown, Variables = Readonly<Record<string, unknown>>>(document: string, ...rest: CallArguments<Variables, StreamOptions>): Stream<Data>;
    <Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: CallArguments<NoInfer<Variables>, StreamOptions>): Stream<Data>;
  };

  /**
   * Sends an operation of your own and resolves with its data. A typed document brings its types along; for a text
   * give them: `client.query<Data, Variables>("query …", variables)`.
   * @throws SidelinesError if there is anything but data; partial data goes with the error.
   */
  readonly query: {
    <Data = unknown, Variables = Readonly<Record<string, unknown>>>(
      document: string,
      ...rest: CallArguments<Variables, CallOptions>
    ): Promise<Data>;
    <Data, Variables>(document: TypedDocument<Data, Variables>, ...rest: CallArguments<NoInfer<Variables>, CallOptions>): Promise<Data>;
  };

  /**
   * Sends an operation of your own and resolves with the whole answer: data, errors and what came with them. For those
   * who can use partial data.
   * @throws SidelinesError only if there is no GraphQL answer.
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
   * Walks a connection of your own operation, or of a method of this client. The operation takes `$after`, gives it to
   * the connection that `select` finds, and asks it for `pageInfo { hasNextPage endCursor }` and `nodes` or `edges`.
   * Where `select` finds nothing, as for a forum that does not exist, the walk is empty.
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
 * A client of the Sidelines service at `url`. It holds no connection and needs no closing.
 * @throws TypeError if there is no url, or no `fetch` to be found.
 */
export function createClient(options: ClientOptions): Client {
  const transport = transportFrom(options);
  const send = async <Data>(request: Request, call: CallOptions = {}): Promise<Answer<Data>> => {
    const answer = await sendRequest<Data>(transport, request, call);
    for (const unknown of unknownNamesOf(answer)) options.onUnknownName?.(unknown);
    return answer;
  };
  const run = async <Data>(request: Request, call?: CallOptions): Promise<Data> => dataOf(request, await send<Data>(request, call));
  return {
    ...shippedMethods((operation, variables, call) => run(shippedRequest(operation, variables), call)),
    each: shippedWalks((operation, variables, select, call) =>
      walk((page) => run(shippedRequest(operation, page), call), variables, select, operation.name),
    ),
    live: shippedStreams((operation, variables, options) => openStream(transport, shippedRequest(operation, variables), options ?? {})),
    subscribe: <Data>(document: unknown, variables?: unknown, options?: StreamOptions) => openStream<Data>(transport, requestFor(document, variables), options ?? {}),
    query: async <Data>(document: unknown, variables?: unknown, call?: CallOptions) => run<Data>(requestFor(document, variables), call),
    execute: async <Data>(document: unknown, variables?: unknown, call?: CallOptions) => send<Data>(requestFor(document, variables), call),
    paginate: <Data, Connection extends Page>(
      source: unknown,
      variables: unknown,
      select: (data: Data) => Connection | null | undefined,
      call?: CallOptions,
    ) =>
      isMethod<Data>(source)
        ? walk((page) => source(page, call), variables, select)
        : walk((page) => run<Data>(requestFor(source, page), call), variables, select, requestFor(source, undefined).label),
  };
}

/** Walks the connection that `select` finds in the data for one page's variables. */
function walk<Data, Connection extends Page>(
  fetchData: (variables: object) => Promise<Data>,
  variables: unknown,
  select: (data: Data) => Connection | null | undefined,
  label?: string,
): Walk<Connection, NodeOf<Connection>> {
  const given: Paged = variables ?? {};
  return walkPages(async (after) => select(await fetchData(after === undefined ? given : { ...given, after })), given.after ?? undefined, label);
}

function isMethod<Data>(source: unknown): source is (variables: unknown, options?: CallOptions) => Promise<Data> {
  return typeof source === "function";
}

/** Acts go under a key, made once for all times that they are sent; so they can be sent again like a query. */
function shippedRequest<Data, Variables>({ name, kind, text }: Operation<Data, Variables>, variables: unknown): Request {
  return { label: name, operationName: name, text, variables: kind === "mutation" ? underKey(variables) : variables, isRepeatable: true };
}

function transportFrom({ url, fetch, headers, timeoutMs = 30_000, signal, retries = 2 }: ClientOptions): Transport {
  const address = String(url ?? "");
  if (address === "") throw new TypeError("createClient needs the url of a Sidelines service, such as https://example.org/graphql.");
  if (!fetch && typeof globalThis.fetch !== "function") throw new TypeError("There is no built-in fetch here; give createClient one.");
  // Called on the global object, as browsers insist, and looked up late, so that what replaces it is seen.
  return { url: address, fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)), headers, timeoutMs, signal, retries, position: undefined };
}
