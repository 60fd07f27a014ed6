import { shippedMethods, shippedWalks, type ShippedMethods, type ShippedWalks } from "../generated/operations.js";
import { requestFor, type CallArguments, type TypedDocument } from "./document.js";
import type { CallOptions, NodeOf, Operation, Page, Walk } from "./operation.js";
import { dataOf, sendRequest, type Answer, type Fetch, type HeaderSource, type Request, type Transport } from "./request.js";
import { walkPages } from "./walk.js";

// This module is the door of the package: what it exports is what `sidelines/sdk` promises.
export type * from "../generated/operations.js";
export { SidelinesError, isSidelinesError } from "./error.js";
export type { ClientErrorCode, ResponseError, ServiceErrorCode, SidelinesErrorCode, SidelinesErrorKind } from "./error.js";
export type { DocumentString, ParsedDocument, TypedDocument } from "./document.js";
export type { CallOptions, HeaderValues, NodeOf, Page, Walk } from "./operation.js";
export type { Answer, Fetch, HeaderSource } from "./request.js";

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
  const send = <Data>(request: Request, call: CallOptions = {}): Promise<Answer<Data>> => sendRequest(transport, request, call);
  const run = async <Data>(request: Request, call?: CallOptions): Promise<Data> => dataOf(request, await send<Data>(request, call));
  return {
    ...shippedMethods((operation, variables, call) => run(shippedRequest(operation, variables), call)),
    each: shippedWalks((operation, variables, select, call) =>
      walk((page) => run(shippedRequest(operation, page), call), variables, select, operation.name),
    ),
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

function shippedRequest<Data, Variables>({ name, text }: Operation<Data, Variables>, variables: unknown): Request {
  return { label: name, operationName: name, text, variables };
}

function transportFrom({ url, fetch, headers, timeoutMs = 30_000, signal }: ClientOptions): Transport {
  const address = String(url ?? "");
  if (address === "") throw new TypeError("createClient needs the url of a Sidelines service, such as https://example.org/graphql.");
  if (!fetch && typeof globalThis.fetch !== "function") throw new TypeError("There is no built-in fetch here; give createClient one.");
  // Called on the global object, as browsers insist, and looked up late, so that what replaces it is seen.
  return { url: address, fetch: fetch ?? ((input, init) => globalThis.fetch(input, init)), headers, timeoutMs, signal, position: undefined };
}
