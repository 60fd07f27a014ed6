import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import type { Authenticate } from "../access/authenticate.js";
import { CredentialError } from "../access/errors.js";
import { anonymous, type Principal } from "../access/principal.js";
import type { Logger } from "../lib/log.js";
import { kindOf, limitRepeats, type LimitRepeats } from "../lib/repeats.js";
import { RETRY_AFTER_S } from "./load.gate.js";

/** A request that is not answered for the sake of the credential that came with it. */
export class CredentialRefusal extends Error {
  constructor(
    readonly statusCode: 401 | 503,
    /** As errors of GraphQL name it. */
    readonly publicCode: "UNAUTHENTICATED" | "SERVICE_UNAVAILABLE",
    message: string,
  ) {
    super(message);
  }
}

const principals = new WeakMap<FastifyRequest, Principal>();

/**
 * Finds out on whose behalf the requests of a scope are made, before anything else is done for them; `principalOf` then
 * tells. A request whose credential is not accepted is refused with 401, and with 503 where that cannot be found out: it
 * is never taken for one without a credential. The error handler of the scope gets a CredentialRefusal.
 * @param authenticate no credential is accepted without it.
 */
export function identifyRequests(app: FastifyInstance, authenticate: Authenticate | undefined): void {
  const repeats = limitRepeats();
  app.addHook("onRequest", (request, reply, done) => {
    const { authorization } = request.headers;
    // Most requests come without.
    if (authorization === undefined) return done();
    identify(authorization, authenticate).then(
      (principal) => {
        principals.set(request, principal);
        done();
      },
      (error: unknown) => done(refusalOf(error, request, reply, repeats)),
    );
  });
}

/** On whose behalf a request is made. Its route has to stand in a scope that identifies requests. */
export function principalOf(request: FastifyRequest): Principal {
  if (request.headers.authorization === undefined) return anonymous;
  const principal = principals.get(request);
  if (!principal) throw new Error("Nobody found out on whose behalf this request is made.");
  return principal;
}

/**
 * The header `www-authenticate` as RFC 6750 has it.
 * @param error what is wrong with the credential that was sent; undefined where none was.
 * @param scope the scope that is needed.
 */
export function challengeFor(error: "invalid_token" | "insufficient_scope" | undefined, scope?: string): string {
  return ['Bearer realm="sidelines"', ...(error ? [`error="${error}"`] : []), ...(scope ? [`scope="${scope}"`] : [])].join(", ");
}

async function identify(authorization: string, authenticate: Authenticate | undefined): Promise<Principal> {
  if (!authenticate) throw new CredentialError("No credentials are accepted here.");
  return authenticate(authorization);
}

function refusalOf(error: unknown, request: FastifyRequest, reply: FastifyReply, repeats: LimitRepeats): CredentialRefusal {
  void reply.header("cache-control", "no-store");
  if (error instanceof CredentialError) {
    void reply.header("www-authenticate", challengeFor("invalid_token"));
    return new CredentialRefusal(401, "UNAUTHENTICATED", error.message);
  }
  repeats(kindOf(error), request.id, (repeated) => (request.log as Logger).error({ ...repeated, err: error }, "credentials cannot be judged"));
  void reply.header("retry-after", RETRY_AFTER_S);
  return new CredentialRefusal(503, "SERVICE_UNAVAILABLE", "Credentials cannot be checked at the moment. Try again shortly, or ask without one for what is open.");
}
