import { destination as openDestination, pino, stdSerializers, type DestinationStream, type Logger } from "pino";

export type { Logger } from "pino";

/** Paths in logged objects that may hold secrets or user input. The log hides their values. */
const HIDDEN = [
  "authorization",
  "variables",
  "headers.authorization",
  "headers.cookie",
  "req.headers.authorization",
  "req.headers.cookie",
  "request.variables",
  "request.http.headers.authorization",
];

/** Properties of an error that are safe to log. Others may hold bound values or rows of the database. */
const SAFE_ERROR_FIELDS = ["type", "message", "stack", "code"] as const;

interface LoggedError {
  type: string;
  message: string;
  stack?: string;
  code?: unknown;
  cause?: LoggedError;
}

function describeError(error: unknown, depth = 0): LoggedError {
  if (!(error instanceof Error)) return { type: typeof error, message: safeText(error) };
  const plain: Record<string, unknown> = { ...stdSerializers.err(error), type: error.name };
  const described = Object.fromEntries(
    SAFE_ERROR_FIELDS.flatMap((field) => (plain[field] === undefined ? [] : [[field, plain[field]]])),
  ) as unknown as LoggedError;
  return error.cause !== undefined && depth < 3
    ? { ...described, cause: describeError(error.cause, depth + 1) }
    : described;
}

function safeText(value: unknown): string {
  try {
    return typeof value === "string" ? value : (JSON.stringify(value) ?? String(value));
  } catch {
    return Object.prototype.toString.call(value);
  }
}

/** Which lines are written: a pino level, or `silent`. */
export type LogLevel = "fatal" | "error" | "warn" | "info" | "debug" | "trace" | "silent";

/**
 * The log of the service, one JSON object per line. Authorization and variables are hidden everywhere.
 * @param destination Receives the lines; standard output by default.
 */
export function createLogger({ level, destination }: { level: LogLevel; destination?: DestinationStream }): Logger {
  const options = {
    level,
    base: null,
    timestamp: () => `,"time":"${new Date().toISOString()}"`,
    formatters: { level: (label: string) => ({ level: label }) },
    redact: { paths: HIDDEN, censor: "[hidden]" },
    serializers: { err: (error: unknown) => describeError(error) },
  };
  return destination ? pino(options, destination) : pino(options);
}

/** A log destination on standard error, so that standard output remains for messages to the user. It does not block. */
export function standardError(): DestinationStream {
  return openDestination({ dest: 2, sync: false });
}
