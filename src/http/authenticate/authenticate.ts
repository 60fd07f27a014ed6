import type { FastifyRequest } from "fastify";
import type { Authenticate } from "../../access/authenticate.js";
import { CredentialError } from "../../access/errors.js";
import type { Principal } from "../../access/principal.js";
import type { Sessions } from "../../access/sessions.js";
import { kindOf, limitRepeats } from "../../lib/repeats.js";
import type { PipelineRequest } from "../pipeline.js";
import { Refusal, RETRY_AFTER_S, tryAgain } from "../refusal.js";
import { foreignRefusal, PAGE_TOKEN_HEADER, secretIn, tokenRefusal } from "./session.js";

/** A request whose credential is checked. */
export interface Authenticated extends PipelineRequest {
  /** The request of the web framework, for those that may carry a session. */
  readonly request?: FastifyRequest;
}

/**
 * The stage `authenticate`: finds on whose behalf a request is made. A request whose credential is not accepted is
 * refused with 401, and with 503 if the credential cannot be checked; it never counts as one without a credential.
 * A session counts only with the page token of the desk, and never beside a credential in a header.
 * @param authenticate no key or token is accepted without it.
 * @param sessions no session is accepted without it.
 */
export function authenticateStage(
  authenticate: Authenticate | undefined,
  sessions?: Sessions,
): (request: Authenticated) => undefined | Promise<Refusal | undefined> {
  const repeats = limitRepeats();
  const identify = async (request: Authenticated, judge: () => Promise<Principal>): Promise<Refusal | undefined> => {
    try {
      request.principal = await judge();
      return undefined;
    } catch (error) {
      if (error instanceof Refusal) return error;
      if (error instanceof CredentialError) return invalid(error.message);
      repeats(kindOf(error), request.id, (repeated) =>
        request.log.error({ ...repeated, err: error }, "credentials cannot be judged"),
      );
      return UNCHECKED;
    }
  };
  return (request) => {
    const { headers } = request.raw;
    const { authorization } = headers;
    if (authorization !== undefined)
      return identify(request, async () => {
        if (!authenticate) throw new CredentialError("No credentials are accepted here.");
        return authenticate(authorization);
      });
    // Most requests come without.
    if (headers[PAGE_TOKEN_HEADER] === undefined || !request.request || !sessions) return undefined;
    const asked = request.request;
    return identify(request, async () => (await sessionOf(asked, sessions)).session.principal);
  };
}

/**
 * The session that a request of the desk carries.
 * @throws Refusal for a request of another site or without the page token; CredentialError if the session has ended.
 */
export async function sessionOf(request: FastifyRequest, sessions: Sessions) {
  const foreign = foreignRefusal(request);
  if (foreign) throw foreign;
  const secret = secretIn(request.headers);
  if (secret === undefined) throw new CredentialError("The session has ended. Sign in at the desk again.");
  const session = await sessions.find(secret);
  const refusal = tokenRefusal(request.headers, secret);
  if (refusal) throw refusal;
  return { secret, session };
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
