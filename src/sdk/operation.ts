/** Options of one call, which override those of the client. */
export interface CallOptions {
  /** Aborts the call. The error has the kind `aborted` and the signal's reason as its cause. */
  readonly signal?: AbortSignal | undefined;
  /** Headers in addition to the client's; `undefined` removes one. */
  readonly headers?: HeaderValues | undefined;
  /** Timeout of the call including retries, in milliseconds; `Infinity` disables it. */
  readonly timeoutMs?: number | undefined;
  /** Maximum number of retries; see `ClientOptions.retries`. */
  readonly retries?: number | undefined;
}

/** Options of a stream. */
export interface StreamOptions extends Omit<CallOptions, "retries"> {
  /** The id of the last event received, to resume after it. */
  readonly lastEventId?: string | undefined;
  /** Maximum number of consecutive reconnects without an event. The default is 20; `Infinity` disables the limit. */
  readonly maxReconnects?: number | undefined;
}

/** The events of a subscription. It reconnects and resumes automatically; leaving the loop ends it. */
export interface Stream<Data> extends AsyncIterable<Data> {
  /** The id to resume from later; undefined before the first event. */
  readonly lastEventId: () => string | undefined;
}

/** Headers as an object, or as pairs of name and value such as a `Headers` object. */
export type HeaderValues = Readonly<Record<string, string | undefined>> | Iterable<readonly [string, string]>;

/** An operation of the SDK: its text with the types of its variables and data. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: "query" | "mutation" | "subscription";
  readonly text: string;
  /** Never set; it carries the types, as in typed documents. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** Sends an operation and resolves with its data; throws a SidelinesError if there are errors. */
export type Run = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
  options: CallOptions | undefined,
) => Promise<Data>;

/** Opens the stream of a subscription. */
export type RunStream = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
  options: StreamOptions | undefined,
) => Stream<Data>;

/** The part of a connection that iteration needs. */
export type Page<Node = unknown> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
} & ({ readonly nodes: readonly Node[] } | { readonly edges: ReadonlyArray<{ readonly node: Node }> });

/** The type of a connection's entries: `NodeOf<MeetingsQuery["meetings"]>` is a meeting. */
export type NodeOf<Connection> = Connection extends { readonly nodes: ReadonlyArray<infer Node> }
  ? Node
  : Connection extends { readonly edges: ReadonlyArray<{ readonly node: infer Node }> }
    ? Node
    : never;

/**
 * All entries of a connection. Pages are fetched during the loop; a new loop starts at the first page.
 */
export interface Walk<Connection, Node> extends AsyncIterable<Node> {
  /** Iterates over pages instead of entries, for `totalCount` and cursors. */
  readonly pages: () => AsyncIterable<Connection>;
  /** Collects at most `limit` entries and fetches only the pages for them. */
  readonly toArray: (limit?: number) => Promise<Node[]>;
}

/** Iterates over the connection that `select` returns for each response. */
export type WalkOperation = <Data, Variables, Connection extends Page>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
  select: (data: Data) => Connection | null | undefined,
  options: CallOptions | undefined,
) => Walk<Connection, NodeOf<Connection>>;
