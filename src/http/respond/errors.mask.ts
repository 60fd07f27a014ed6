import { randomUUID } from "node:crypto";
import type { ApolloServerPlugin, BaseContext, GraphQLRequestContext } from "@apollo/server";
import { unwrapResolverError } from "@apollo/server/errors";
import { GraphQLError, type GraphQLFormattedError } from "graphql";
import type { Logger } from "../../lib/log.js";
import { kindOf, limitRepeats, type LimitRepeats } from "../../lib/repeats.js";
import { isUnreachable } from "../../lib/unreachable.js";
import { contextOf } from "../execute/request.context.js";

/** The codes that may reach a client. An error with any other code, or none, is a fault of ours and is masked. */
export const PUBLIC_CODES: ReadonlySet<string> = new Set([
  "BAD_USER_INPUT",
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "PERSISTED_QUERY_NOT_FOUND",
  "QUERY_NOT_IN_SAFELIST",
  "PERSISTED_QUERY_NOT_SUPPORTED",
  "OPERATION_RESOLUTION_FAILURE",
  "BAD_REQUEST",
  "NOT_FOUND",
  "CONFLICT",
  "FORBIDDEN",
  "UNAUTHENTICATED",
  "LIMIT_EXCEEDED",
  "RATE_LIMITED",
  "TIMEOUT",
  "SERVICE_UNAVAILABLE",
]);

/** Maximum number of errors of a response in the log. */
const MAX_LOGGED = 5;

/** Messages of graphql-js without a code, for errors of the client. */
const CLIENT_FAULTS: readonly (readonly [RegExp, string])[] = [
  [/^Argument "[^"]+" (of (required|non-null) type|has invalid value)/, "BAD_USER_INPUT"],
  [/^Variable "\$[^"]+" (of (required|non-null) type|got invalid value|has invalid value)/, "BAD_USER_INPUT"],
  [/^Too many errors processing variables/, "BAD_USER_INPUT"],
  [/^Schema is not configured to execute/, "OPERATION_RESOLUTION_FAILURE"],
];

const TOO_MANY_TOKENS = /Document contains more tha[nt] (\d+) tokens/;

const STACK_EXHAUSTED = /Maximum call stack size exceeded/;

/** Codes of an abort. If the client is still there, the time limit was exceeded. */
const GIVEN_UP: ReadonlySet<unknown> = new Set(["ABORTED", "CLIENT_GONE"]);

const STATEMENT_TIMEOUT = "57014";
/** A failed serialization and a deadlock: others were in the way of a write, each time that it was tried. */
const IN_THE_WAY: ReadonlySet<string> = new Set(["40001", "40P01"]);
/** Postgres holds every character but one; a text with U+0000 can only have come from a request. */
const FORBIDDEN_CHARACTER: ReadonlySet<string> = new Set(["22021", "22P05"]);

/** The treatment of an error: unchanged, with another code, or masked. */
export interface Verdict {
  readonly code: string;
  readonly message: string;
  /** True when a person has to look into it: the log gets the whole error, the client an id. */
  readonly isOurs: boolean;
  /** Additional data for the client. */
  readonly details?: Readonly<Record<string, unknown>>;
}

/** Judges an error by what it is, not by what it says: only errors made for clients speak to clients. */
export function judgeError(error: unknown, code: unknown): Verdict {
  const original = error instanceof GraphQLError ? unwrapResolverError(error) : error;
  if (original instanceof GraphQLError) return judgeGraphQLError(original, code);
  return judgeForeignError(original);
}

function judgeGraphQLError(error: GraphQLError, code: unknown): Verdict {
  const { message } = error;
  if (code === "GRAPHQL_PARSE_FAILED") {
    if (STACK_EXHAUSTED.test(message)) {
      return { code: "LIMIT_EXCEEDED", message: "The document nests too deeply to be read.", isOurs: false };
    }
    const tokens = TOO_MANY_TOKENS.exec(message)?.[1];
    if (tokens) {
      const limit = `The document holds more than ${tokens} tokens, the most that is read (service.limits.maxTokens).`;
      return {
        code: "LIMIT_EXCEEDED",
        message: limit,
        isOurs: false,
        details: { limit: "maxTokens", allowed: Number(tokens) },
      };
    }
  }
  // Apollo gives everything that rules find one code.
  const found = code === "GRAPHQL_VALIDATION_FAILED" ? ruleCode(error.originalError) : undefined;
  if (found !== undefined) return { code: found, message, isOurs: false };
  if (typeof code === "string" && PUBLIC_CODES.has(code)) return { code, message, isOurs: false };
  if (GIVEN_UP.has(code))
    return { code: "TIMEOUT", message: "The operation was given up before it was done.", isOurs: false };
  const known = CLIENT_FAULTS.find(([pattern]) => pattern.test(message));
  if (known) return { code: known[1], message, isOurs: false };
  if (isRefusal(error)) return { code: "BAD_REQUEST", message, isOurs: false };
  return error.originalError ? judgeForeignError(error.originalError) : masked();
}

/** The code of what a rule of ours found: a limit that is not kept, an operation that is not in the safelist. */
function ruleCode(error: unknown): string | undefined {
  const code = error instanceof GraphQLError ? error.extensions["code"] : undefined;
  return typeof code === "string" && PUBLIC_CODES.has(code) ? code : undefined;
}

/** Apollo marks refusals of requests it never executed with a status of 4xx and sometimes no code of their own. */
function isRefusal(error: GraphQLError): boolean {
  const http = error.extensions["http"] as { status?: number } | undefined;
  return error.path === undefined && http?.status !== undefined && http.status >= 400 && http.status < 500;
}

function judgeForeignError(error: unknown): Verdict {
  for (let cause = error, depth = 0; cause instanceof Error && depth < 5; cause = cause.cause, depth += 1) {
    const { code: given } = cause as { code?: unknown };
    const code = typeof given === "string" ? given : "";
    if (code === STATEMENT_TIMEOUT) {
      const message =
        "The database was given up on after the time that one statement may take (service.limits.statementTimeoutMs). Ask for less, or try again.";
      return { code: "TIMEOUT", message, isOurs: true, details: { limit: "statementTimeoutMs" } };
    }
    if (IN_THE_WAY.has(code)) {
      return {
        code: "SERVICE_UNAVAILABLE",
        message: "Could not save because of conflicting writes. Nothing was changed; please try again.",
        isOurs: true,
      };
    }
    if (FORBIDDEN_CHARACTER.has(code)) {
      return {
        code: "BAD_USER_INPUT",
        message: "A text in the request holds the character U+0000, which no record can hold.",
        isOurs: false,
      };
    }
    if (isUnreachable(cause)) {
      return {
        code: "SERVICE_UNAVAILABLE",
        message: "The record cannot be reached at the moment. Try again shortly.",
        isOurs: true,
      };
    }
  }
  return masked();
}

function masked(): Verdict {
  return { code: "INTERNAL_SERVER_ERROR", message: "Something went wrong on our side.", isOurs: true };
}

/** Which id an error was logged under; errors reach `formatError` after the plugin below saw them. */
const idsOfErrors = new WeakMap<object, string>();

/**
 * Writes a fault to the log, unless one of its kind was written within a second.
 * @returns the id under which it, or the one that stands for it, is found there.
 */
function logFault(repeats: LimitRepeats, log: Logger, id: string, error: unknown, facts: object): string {
  const unwrapped = error instanceof GraphQLError ? unwrapResolverError(error) : error;
  const err: unknown = unwrapped instanceof GraphQLError ? (unwrapped.originalError ?? unwrapped) : unwrapped;
  return repeats(kindOf(err), id, (repeated) => log.error({ id, ...facts, ...repeated, err }, "fault"));
}

/** For faults that no operation of Apollo's met. */
const repeatedElsewhere = limitRepeats();

/**
 * Apollo's `formatError`: lets errors made for clients through, and answers for everything else with an id that the log
 * holds too. Never shows a stack, an SQL text or a path.
 */
export function createErrorFormatter(
  log: Logger,
): (formatted: GraphQLFormattedError, error: unknown) => GraphQLFormattedError {
  return (formatted, error) => {
    const verdict = judgeError(error, formatted.extensions?.["code"]);
    const { message: _message, extensions: _extensions, ...place } = formatted;
    if (!verdict.isOurs) {
      const { stacktrace: _stack, exception: _exception, http: _http, ...rest } = formatted.extensions ?? {};
      return { message: verdict.message, ...place, extensions: { ...rest, ...verdict.details, code: verdict.code } };
    }
    const id = idOf(error, log);
    const quote = verdict.code === "INTERNAL_SERVER_ERROR" ? ` Quote this id when you report it: ${id}` : "";
    return {
      message: `${verdict.message}${quote}`,
      ...place,
      extensions: { ...verdict.details, code: verdict.code, id },
    };
  };
}

function idOf(error: unknown, log: Logger): string {
  const known = typeof error === "object" && error !== null ? idsOfErrors.get(error) : undefined;
  if (known) return known;
  return logFault(repeatedElsewhere, log, randomUUID(), error, {});
}

/**
 * Logs errors with the id of their request, before they are formatted, and truncates long lists of errors.
 * @param maxErrors Maximum number of errors in a response; `extensions.omittedErrors` counts the rest.
 */
export function errorsPlugin(maxErrors: number): ApolloServerPlugin<BaseContext> {
  const repeats = limitRepeats();
  return {
    requestDidStart: async () => ({
      didEncounterErrors: async (requestContext) => logErrors(requestContext, repeats),
      willSendResponse: async ({ response }) => {
        if (response.body.kind !== "single") return;
        const result = response.body.singleResult;
        const { errors = [] } = result;
        const omitted = errors.length - maxErrors;
        if (omitted <= 0) return;
        result.errors = errors.slice(0, maxErrors);
        result.extensions = { ...result.extensions, omittedErrors: omitted };
      },
    }),
  };
}

function logErrors(
  { errors, request, operationName, logger }: GraphQLRequestContext<BaseContext>,
  repeats: LimitRepeats,
): void {
  const context = contextOf(request.http);
  const log = context?.log ?? (logger as Logger);
  const id = context?.requestId ?? randomUUID();
  const codes = context?.logFields.codes ?? [];
  let logged = 0;
  for (const error of errors ?? []) {
    const verdict = judgeError(error, error.extensions["code"]);
    if (!codes.includes(verdict.code)) codes.push(verdict.code);
    if (!verdict.isOurs) continue;
    idsOfErrors.set(error, id);
    if (context?.clientGone() || logged >= MAX_LOGGED) continue;
    logged += 1;
    idsOfErrors.set(
      error,
      logFault(repeats, log, id, error, { operation: operationName ?? undefined, path: error.path?.join(".") }),
    );
  }
}
