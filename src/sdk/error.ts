/**
 * The kind of failure.
 * - `graphql`: the response has errors; `code` is that of the first one, and `data` holds partial data
 * - `http`: the response is not GraphQL, for example from a proxy or a wrong address; see `status`
 * - `network`: no response; see `cause`
 * - `timeout`: no complete response within `timeoutMs`
 * - `aborted`: the caller's signal fired; its reason is the `cause`
 * - `cursor`: the service returned the same cursor twice
 */
export type SidelinesErrorKind = "graphql" | "http" | "network" | "timeout" | "aborted" | "cursor";

/** The client's own codes, for failures without an `extensions.code`. */
export type ClientErrorCode =
  "UNKNOWN" | "NOT_GRAPHQL" | "NETWORK_ERROR" | "CLIENT_TIMEOUT" | "ABORTED" | "CURSOR_STUCK";

/** The service's codes. Internal errors have an id for problem reports. */
export type ServiceErrorCode =
  | "BAD_REQUEST"
  | "BAD_USER_INPUT"
  | "CONFLICT"
  | "FORBIDDEN"
  | "GRAPHQL_PARSE_FAILED"
  | "GRAPHQL_VALIDATION_FAILED"
  | "INTERNAL_SERVER_ERROR"
  | "LIMIT_EXCEEDED"
  | "NOT_FOUND"
  | "OPERATION_RESOLUTION_FAILURE"
  | "PERSISTED_QUERY_NOT_FOUND"
  | "PERSISTED_QUERY_NOT_SUPPORTED"
  | "QUERY_NOT_IN_SAFELIST"
  | "RATE_LIMITED"
  | "SERVICE_UNAVAILABLE"
  | "TIMEOUT"
  | "UNAUTHENTICATED";

/** `extensions.code` of the first error, or a code of the client. Any string is valid; editors suggest the known ones. */
export type SidelinesErrorCode = ServiceErrorCode | ClientErrorCode | (string & Record<never, never>);

/** An error of a response, as the GraphQL specification defines it. */
export interface ResponseError {
  readonly message: string;
  /** The path of the field that failed. */
  readonly path?: ReadonlyArray<string | number>;
  readonly locations?: ReadonlyArray<{ readonly line: number; readonly column: number }>;
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
}

/** Properties of a failure. */
export interface SidelinesErrorDetails {
  readonly kind: SidelinesErrorKind;
  readonly code: SidelinesErrorCode;
  readonly operation?: string | undefined;
  readonly status?: number | undefined;
  readonly requestId?: string | undefined;
  readonly retryAfterMs?: number | undefined;
  readonly errors?: readonly ResponseError[] | undefined;
  readonly data?: unknown;
  readonly cause?: unknown;
}

// The same symbol in every copy of this module that a program loads.
const mark = Symbol.for("sidelines.error");

/** The failure of a call. Distinguish failures by `kind` and `code`. */
export class SidelinesError extends Error {
  /** The kind of failure. */
  readonly kind: SidelinesErrorKind;
  /** `extensions.code` of the first error, or the client's own code. */
  readonly code: SidelinesErrorCode;
  /** The operation's name, if it has one. */
  readonly operation: string | undefined;
  /** The path of the first error in the response. */
  readonly path: ReadonlyArray<string | number> | undefined;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** An id to give to the operators of the service when reporting a problem. */
  readonly requestId: string | undefined;
  /** The service's `Retry-After`, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** All errors of the response; empty if there are none. */
  readonly errors: readonly ResponseError[];
  /** Partial data, in which failed fields are null; undefined if there is none. */
  readonly data: unknown;

  constructor(message: string, details: SidelinesErrorDetails) {
    super(message, details.cause === undefined ? undefined : { cause: details.cause });
    this.name = "SidelinesError";
    this.kind = details.kind;
    this.code = details.code;
    this.operation = details.operation;
    this.status = details.status;
    this.requestId = details.requestId;
    this.retryAfterMs = details.retryAfterMs;
    this.errors = details.errors ?? [];
    this.path = this.errors[0]?.path;
    this.data = details.data ?? undefined;
    Object.defineProperty(this, mark, { value: true });
  }
}

/**
 * Whether an error is a SidelinesError, optionally with one of some codes. Unlike `instanceof`, it also recognizes errors
 * of another copy of this package.
 */
export function isSidelinesError(error: unknown, ...codes: SidelinesErrorCode[]): error is SidelinesError {
  return isMarked(error) && (codes.length === 0 || codes.includes(error.code));
}

function isMarked(error: unknown): error is SidelinesError {
  return typeof error === "object" && error !== null && mark in error;
}
