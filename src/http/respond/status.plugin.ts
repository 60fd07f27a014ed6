import type { ApolloServerPlugin, BaseContext } from "@apollo/server";
import { RETRY_AFTER_S } from "../refusal.js";

/**
 * The rule for HTTP statuses.
 * - `by-media-type`: a client that accepts `application/json` gets 200 for every well-formed request, also for a rejected
 *   document, because it could not distinguish our 400 from a proxy's. A client that accepts
 *   `application/graphql-response+json` gets the true status. This is the GraphQL-over-HTTP draft until 2025, which audits
 *   still test.
 * - `true-status`: the true status for both, as in later drafts.
 */
export type StatusProfile = "by-media-type" | "true-status";

/** Refusals of a request that was well-formed as HTTP: with `application/json` they travel as 200. */
const WELL_FORMED: ReadonlySet<string> = new Set([
  "GRAPHQL_PARSE_FAILED",
  "GRAPHQL_VALIDATION_FAILED",
  "BAD_USER_INPUT",
  "OPERATION_RESOLUTION_FAILURE",
  "LIMIT_EXCEEDED",
  "QUERY_NOT_IN_SAFELIST",
  "TIMEOUT",
]);

/** The true status of refusals that name none themselves; everything else that is not ours is 400. */
const STATUS_OF_CODE: Readonly<Record<string, number>> = {
  UNAUTHENTICATED: 401,
  FORBIDDEN: 403,
  RATE_LIMITED: 429,
  INTERNAL_SERVER_ERROR: 500,
  SERVICE_UNAVAILABLE: 503,
  TIMEOUT: 504,
};

/** The HTTP status of an answer that holds nothing but an error of this code. */
export function statusOf(code: string, profile: StatusProfile, accept: string | undefined): number {
  if (profile === "by-media-type" && accept === "application/json" && WELL_FORMED.has(code)) return 200;
  return STATUS_OF_CODE[code] ?? 400;
}

/** Chooses the HTTP status of answers by the given profile, and says when to try again what could not be done at the moment. */
export function statusPlugin(profile: StatusProfile): ApolloServerPlugin<BaseContext> {
  return {
    requestDidStart: async () => ({
      willSendResponse: async ({ request, response }) => {
        const { http, body } = response;
        const errors = body.kind === "single" ? body.singleResult.errors : undefined;
        const isPassing = errors?.some(({ extensions }) => extensions?.["code"] === "SERVICE_UNAVAILABLE");
        if (isPassing && !http.headers.has("retry-after")) http.headers.set("retry-after", String(RETRY_AFTER_S));
        const first = errors?.[0];
        // A status of its own: none for what was executed, 405 for the wrong method.
        if (!first || http.status === undefined || http.status === 405) return;
        const code = String(first.extensions?.["code"]);
        const isNamed = http.status !== 500 && !WELL_FORMED.has(code);
        if (!isNamed) http.status = statusOf(code, profile, request.http?.headers.get("accept"));
      },
    }),
  };
}
