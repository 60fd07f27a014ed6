/**
 * How a call failed.
 * - `graphql`: the service answered with errors; `code` is the first one's, `data` what it could answer all the same
 * - `http`: something answered, but not GraphQL (a proxy, a wrong address); see `status`
 * - `network`: no answer; see `cause`
 * - `timeout`: no full answer within `timeoutMs`
 * - `aborted`: the caller's signal fired; its reason is the `cause`
 * - `cursor`: a walk was given a cursor that it has been at already
 */
export type SidelinesErrorKind = "graphql" | "http" | "network" | "timeout" | "aborted" | "cursor";

/** The codes that the client gives where there is no `extensions.code` to take. */
export type ClientErrorCode = "UNKNOWN" | "NOT_GRAPHQL" | "NETWORK_ERROR" | "CLIENT_TIMEOUT" | "ABORTED" | "CURSOR_STUCK";

/** The codes that the service gives; those of faults on its own side come with an id to quote. */
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

/** `extensions.code` of the first error, or the client's own; any string, with the known ones offered by editors. */
export type SidelinesErrorCode = ServiceErrorCode | ClientErrorCode | (string & Record<never, never>);

/** One error of an answer, as the GraphQL specification has it. */
export interface ResponseError {
  readonly message: string;
  /** The response keys and list positions that lead to the field that failed. */
  readonly path?: ReadonlyArray<string | number>;
  readonly locations?: ReadonlyArray<{ readonly line: number; readonly column: number }>;
  readonly extensions?: Readonly<Record<string, unknown>> & { readonly code?: string };
}

/** What is known of a failure beside its message. */
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

// Shared by every copy of this module that a program may have loaded.
const mark = Symbol.for("sidelines.error");

/** Every failure of a call. Tell them apart by `kind` and `code`. */
export class SidelinesError extends Error {
  /** How the call failed. */
  readonly kind: SidelinesErrorKind;
  /** What went wrong: `extensions.code` of the first error, or the client's own code. */
  readonly code: SidelinesErrorCode;
  /** The operation's name, if it has one. */
  readonly operation: string | undefined;
  /** Where in the answer the first error arose. */
  readonly path: ReadonlyArray<string | number> | undefined;
  /** The HTTP status, if there was an answer. */
  readonly status: number | undefined;
  /** What to quote when asking the operators of the service about this call. */
  readonly requestId: string | undefined;
  /** How long the service asks to wait before trying again, in milliseconds. */
  readonly retryAfterMs: number | undefined;
  /** All errors of the answer; empty if there was none. */
  readonly errors: readonly ResponseError[];
  /** What the service could answer beside the errors: fields that failed are null. Undefined if it answered nothing. */
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
 * Whether something caught is a SidelinesError, of one of these codes if any are given. Unlike `instanceof` it also
 * knows the errors of another copy of this package.
 */
export function isSidelinesError(error: unknown, ...codes: SidelinesErrorCode[]): error is SidelinesError {
  return isMarked(error) && (codes.length === 0 || codes.includes(error.code));
}

function isMarked(error: unknown): error is SidelinesError {
  return typeof error === "object" && error !== null && mark in error;
}
