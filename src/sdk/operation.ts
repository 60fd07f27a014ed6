/** What a caller may say about one call; every entry is optional and goes before the client's own. */
export interface CallOptions {
  /** Ends the call when it fires; the error then has the kind `aborted` and the signal's reason as its cause. */
  readonly signal?: AbortSignal | undefined;
  /** Added to the client's headers; `undefined` leaves one of them out. */
  readonly headers?: HeaderValues | undefined;
  /** How long the whole call may take, in milliseconds; `Infinity` waits for ever. */
  readonly timeoutMs?: number | undefined;
  /** How often the call is sent again where that can do no harm; see `ClientOptions.retries`. */
  readonly retries?: number | undefined;
}

/** What a caller may say about a stream. */
export interface StreamOptions extends Omit<CallOptions, "retries"> {
  /** The last event that was seen before, to go on from there. */
  readonly lastEventId?: string | undefined;
  /** How often in a row it is opened anew, without anything being told in between; 20 unless given, `Infinity` for ever. */
  readonly maxReconnects?: number | undefined;
}

/** What a subscription tells, event by event, over as many connections as it takes. Leaving the loop ends it. */
export interface Stream<Data> extends AsyncIterable<Data> {
  /** From where to go on, for whoever wants to keep it; undefined before anything is known. */
  readonly lastEventId: () => string | undefined;
}

/** Headers by name, or pairs of name and value as a `Headers` object holds them. */
export type HeaderValues = Readonly<Record<string, string | undefined>> | Iterable<readonly [string, string]>;

/** An operation that the SDK ships: its text with the types of what goes in and what comes out. */
export interface Operation<Data, Variables> {
  readonly name: string;
  readonly kind: "query" | "mutation" | "subscription";
  readonly text: string;
  /** Never there; it only carries the two types, the way typed documents do. */
  readonly __apiType?: (variables: Variables) => Data;
}

/** Sends one operation and resolves with its data; throws a SidelinesError if there is anything but data. */
export type Run = <Data, Variables>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
  options: CallOptions | undefined,
) => Promise<Data>;

/** Opens the stream of a subscription. */
export type RunStream = <Data, Variables>(operation: Operation<Data, Variables>, variables: Variables | undefined, options: StreamOptions | undefined) => Stream<Data>;

/** The part of a connection that a walk needs: the entries and where the next page starts. */
export type Page<Node = unknown> = {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
} & ({ readonly nodes: readonly Node[] } | { readonly edges: ReadonlyArray<{ readonly node: Node }> });

/** The entries that a connection holds: `NodeOf<MeetingsQuery["meetings"]>` is one meeting. */
export type NodeOf<Connection> = Connection extends { readonly nodes: ReadonlyArray<infer Node> }
  ? Node
  : Connection extends { readonly edges: ReadonlyArray<{ readonly node: infer Node }> }
    ? Node
    : never;

/**
 * All entries of a connection, fetched page by page while they are asked for. Leaving the loop fetches nothing more;
 * looping again starts again from the first page.
 */
export interface Walk<Connection, Node> extends AsyncIterable<Node> {
  /** Goes page by page, for what belongs to the page: `totalCount`, cursors. */
  readonly pages: () => AsyncIterable<Connection>;
  /** Gathers the entries, at most `limit` of them; fetches no page beyond that. */
  readonly toArray: (limit?: number) => Promise<Node[]>;
}

/** Walks the connection that `select` finds in each answer. */
export type WalkOperation = <Data, Variables, Connection extends Page>(
  operation: Operation<Data, Variables>,
  variables: Variables | undefined,
  select: (data: Data) => Connection | null | undefined,
  options: CallOptions | undefined,
) => Walk<Connection, NodeOf<Connection>>;
