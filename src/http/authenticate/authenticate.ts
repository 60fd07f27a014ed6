import type { Authenticate } from "../../access/authenticate.js";
import { CredentialError } from "../../access/errors.js";
import { kindOf, limitRepeats } from "../../lib/repeats.js";
import type { PipelineRequest } from "../pipeline.js";
import { Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";

/**
 * The stage `authenticate`: finds on whose behalf a request is made. A request whose credential is not accepted is
 * refused with 401, and with 503 if the credential cannot be checked; it never counts as one without a credential.
 * @param authenticate no credential is accepted without it.
 */
export function authenticateStage(
  authenticate: Authenticate | undefined,
): (request: PipelineRequest) => undefined | Promise<Refusal | undefined> {
  const repeats = limitRepeats();
  const identify = async (request: PipelineRequest, authorization: string): Promise<Refusal | undefined> => {
    try {
      if (!authenticate) throw new CredentialError("No credentials are accepted here.");
      request.principal = await authenticate(authorization);
      return undefined;
    } catch (error) {
      if (error instanceof CredentialError) return invalid(error.message);
      repeats(kindOf(error), request.id, (repeated) =>
        request.log.error({ ...repeated, err: error }, "credentials cannot be judged"),
      );
      return UNCHECKED;
    }
  };
  return (request) => {
    const { authorization } = request.raw.headers;
    // Most requests come without.
    return authorization === undefined ? undefined : identify(request, authorization);
  };
}

function invalid(message: string): Refusal {
  const headers = { "cache-control": "no-store", "www-authenticate": challengeFor("invalid_token") };
  return new Refusal(401, "UNAUTHENTICATED", message, { headers });
}

const UNCHECKED = new Refusal(
  503,
  "SERVICE_UNAVAILABLE",
  "Credentials cannot be checked at the moment. Try again shortly, or ask without one for what is open.",
  { headers: tryAgain(RETRY_AFTER_S) },
);

/**
 * The header `www-authenticate` of RFC 6750.
 * @param error The problem with the credential; undefined without one.
 * @param scope The required scope.
 */
export function challengeFor(error: "invalid_token" | "insufficient_scope" | undefined, scope?: string): string {
  const parts = ['Bearer realm="sidelines"'];
  if (error) parts.push(`error="${error}"`);
  if (scope) parts.push(`scope="${scope}"`);
  return parts.join(", ");
}
