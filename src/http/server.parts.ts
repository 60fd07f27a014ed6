import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import type { GraphQLSchema, ValidationRule } from "graphql";
import type { Authenticate } from "../access/authenticate.js";
import type { SignIn } from "../access/oidc.js";
import type { Sessions } from "../access/sessions.js";
import type { Answering } from "../exports/ask.js";
import type { Logger } from "../lib/log.js";
import type { Tracer } from "../lib/spans.js";
import type { OperationLimits } from "../limits/limits.js";
import type { PageSizes } from "../limits/operation.cost.js";
import type { RateLimits } from "../limits/rates.js";
import type { CorrectionsFacts, CorrectionsQuery } from "../pages/corrections.facts.js";
import type { HomeFacts } from "../pages/home.facts.js";
import type { NamingContext } from "./execute/names.plugin.js";
import type { RequestFacts } from "./execute/operation.facts.js";
import type { RawJsonContext } from "./execute/raw.json.plugin.js";
import type { ClientsConfig } from "./limit/clients.js";
import type { LoadLimits } from "./limit/concurrency.js";
import type { Metrics } from "./metrics.js";
import type { Positions } from "./parse/position.js";
import type { SafelistMode } from "./plan/safelist.js";
import type { StatusProfile } from "./respond/status.plugin.js";
import type { StreamTimes } from "./respond/stream.write.js";
import type { TextOf } from "./routes/desk.route.js";
import type { Mistakes } from "./routes/mistakes.route.js";
import type { ExportSlotLimits } from "./routes/exports.route.js";

/** The part of the configuration that the HTTP side needs. */
export interface ServerConfig {
  /** Whether /playground and /map are served; true when left out. */
  readonly playground?: boolean;
  /** Whether every response says what its operation costs; only those that are asked to when left out. */
  readonly showCost?: boolean;
  /** The origin of clients. */
  readonly http?: ClientsConfig;
  /** The readers of metrics, if there are any; this machine alone when left out. */
  readonly metrics?: "off" | "local" | "all";
  /** Limits of operations; a limit of theirs, or of the load, that is left out does not apply. */
  readonly limits: {
    /** Bytes of a request body. */
    readonly maxBodyBytes: number;
    /** Lexical tokens of a document. */
    readonly maxTokens: number;
    /** Milliseconds a query may take; 10 seconds when left out. */
    readonly queryTimeoutMs?: number;
    /** Bytes that cached responses may take; none are cached when left out. */
    readonly cacheBytes?: number;
    /** Milliseconds a mutation may take; 30 seconds when left out. */
    readonly mutationTimeoutMs?: number;
    /** Errors that one response lists; 5 when left out. */
    readonly maxErrors?: number;
  } & Partial<OperationLimits & PageSizes & StreamTimes> &
    LoadLimits &
    StreamSlotLimits &
    ExportSlotLimits &
    RateLimits;
}

/** Limits of open event streams; a limit that is left out is none. */
interface StreamSlotLimits {
  /** In the process. */
  readonly maxStreams?: number;
  /** For one client: an address, or the holder of a credential. */
  readonly maxStreamsPerAddress?: number;
}

/** The parts of a server. */
export interface ServerParts<C extends BaseContext> {
  readonly config: ServerConfig;
  readonly schema: GraphQLSchema;
  /** Makes the context of one operation. */
  readonly createContext: (request: RequestFacts) => C | Promise<C>;
  /** Whether the record can be read; false or an error makes `/readyz` answer 503. */
  readonly ready: () => Promise<boolean>;
  /** No credential is accepted when left out. */
  readonly authenticate?: Authenticate;
  /** The sessions of the desk; there is no desk without them. */
  readonly sessions?: Sessions;
  /** Sign-in with OpenID providers; keys alone open sessions without it. */
  readonly signIn?: SignIn;
  /** The text of a file that an editor uploads. */
  readonly textOf?: TextOf;
  /** Stores mistakes that readers report; no page has a form for them without it. */
  readonly mistakes?: Mistakes;
  readonly log: Logger;
  /** The facts of the first page; by default the response to an operation of its own. */
  readonly home?: () => Promise<HomeFacts>;
  /** The facts of the page of corrections; by default the response to an operation of its own. */
  readonly corrections?: (asked: CorrectionsQuery) => Promise<CorrectionsFacts>;
  /** The contract as written, for `/schema.graphql`; printed from the schema when left out. */
  readonly schemaText?: string;
  /** Rules that every document has to keep besides the standard ones. */
  readonly validationRules?: readonly ValidationRule[];
  readonly plugins?: readonly ApolloServerPlugin<C>[];
  readonly statusProfile?: StatusProfile;
  /** The version of the record, by which responses are cached; undefined while it is not known. */
  readonly recordVersion?: () => number | undefined;
  /** The positions of the record; responses and requests do not name them when left out. */
  readonly positions?: Positions;
  /** Raw JSON of root fields from a context; without it every query runs through graphql-js. */
  readonly answersFrom?: (context: C) => RawJsonContext;
  /** Unknown names in arguments from a context; responses do not report them without it. */
  readonly namesFrom?: (context: C) => NamingContext;
  /** The data of exports from a context; there are no exports without it. */
  readonly exportsFrom?: (context: C) => Answering;
  /** The folder of the built pages. */
  readonly pages?: string;
  /** The folder of the built desk. */
  readonly deskPages?: string;
  /** The known operations, whose hash is enough, and what happens to others; all are answered when left out. */
  readonly safelist?: { readonly mode: SafelistMode; readonly operations: readonly string[] };
  /** Traces operations; nothing is traced when left out. */
  readonly tracer?: Tracer;
  /** Counts what the service does; nothing is counted when left out. */
  readonly metrics?: Metrics;
}

/** The errors that one response lists, and the problems of one document that are searched, by default. */
export const MAX_ERRORS = 5;
export const QUERY_TIMEOUT_MS = 10_000;
export const MUTATION_TIMEOUT_MS = 30_000;
export const STREAM_HEARTBEAT_MS = 15_000;
export const SLOW_READER_MS = 30_000;
