import { GraphQLError } from "graphql";
import type { Logger } from "../../lib/log.js";
import { Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";
import { createErrorFormatter } from "./errors.mask.js";
import { statusOf } from "./status.plugin.js";

/** The refusal for an error before the first byte of an export, in the shape of GraphQL's errors. */
export function exportRefusal(error: unknown, log: Logger): Refusal {
  if (error instanceof Refusal) return error;
  const cause = isTimeout(error) ? TOO_LONG : error;
  const extensions = cause instanceof GraphQLError ? cause.extensions : {};
  const formatted = createErrorFormatter(log)({ message: "", extensions }, cause);
  const { code, ...details } = formatted.extensions ?? {};
  const status = statusOf(String(code), "true-status", undefined);
  const headers = status === 503 ? tryAgain(RETRY_AFTER_S) : {};
  return new Refusal(status, String(code), formatted.message, { details, headers });
}

const TOO_LONG = new GraphQLError("The page took too long. Ask for less: a narrower filter.", {
  extensions: { code: "TIMEOUT" },
});

function isTimeout(error: unknown): boolean {
  return error instanceof DOMException && error.name === "TimeoutError";
}
