import { createRemoteJWKSet, errors, jwtVerify, type JWTPayload } from "jose";
import type { JwtConfig } from "../config.js";
import { CredentialError, UnjudgedError } from "./errors.js";
import { scopes, scopesUpTo, type Principal } from "./principal.js";

/** Judges tokens of one issuer. */
export interface TokenJudge {
  /**
   * The principal of a token.
   * @throws CredentialError if it is invalid; UnjudgedError if the issuer's keys are unavailable.
   */
  judge(token: string): Promise<Principal>;
}

/** Cache times of the issuer's keys, in milliseconds. */
export interface KeySetTimes {
  /** Time after which they are fetched again, so that withdrawn keys are no longer accepted. */
  readonly keptFor?: number;
  /** A token that names an unknown key has them fetched again, but not more often than this. */
  readonly atMostEvery?: number;
  readonly fetchWithin?: number;
}

/** Signatures that only the issuer can make. Those with a shared secret are left out: the public key is no secret. */
const algorithms = [
  "RS256",
  "RS384",
  "RS512",
  "PS256",
  "PS384",
  "PS512",
  "ES256",
  "ES384",
  "ES512",
  "EdDSA",
  "Ed25519",
];
/** Tolerated difference between the clocks of issuer and service, in seconds. */
const clockTolerance = 5;

/**
 * Judges JSON Web Tokens by the issuer's key set, fetched when it is first needed. A token has to name issuer and
 * audience as configured, whom it was made for (`sub`) and when it ends (`exp`); its `scope` holds words, of which the
 * service knows READ, EDIT and ADMIN.
 */
export function createTokenJudge(
  { issuer, audience, jwksUrl }: JwtConfig,
  { keptFor = 300_000, atMostEvery = 5_000, fetchWithin = 5_000 }: KeySetTimes = {},
): TokenJudge {
  const keys = createRemoteJWKSet(new URL(jwksUrl), {
    cacheMaxAge: keptFor,
    cooldownDuration: atMostEvery,
    timeoutDuration: fetchWithin,
  });
  const demands = { issuer, audience, algorithms, clockTolerance, requiredClaims: ["sub", "exp"] };
  return {
    async judge(token) {
      const { payload } = await jwtVerify(token, keys, demands).catch((error: unknown) => {
        throw judgement(error);
      });
      return toPrincipal(payload);
    },
  };
}

function toPrincipal({ sub = "", name, scope }: JWTPayload): Principal {
  if (sub.trim() === "") throw new CredentialError("The token does not say whom it was made for (sub).");
  const words = typeof scope === "string" ? scope.split(" ") : [];
  const highest = scopes.findLast((each) => words.includes(each)) ?? "READ";
  return {
    actor: `jwt:${sub}`,
    name: typeof name === "string" && name.trim() !== "" ? name : null,
    scopes: scopesUpTo(highest),
  };
}

/** Messages for invalid tokens, by the code of the error. */
const faults: Readonly<Record<string, string>> = {
  ERR_JWT_EXPIRED: "The token has expired.",
  ERR_JWS_SIGNATURE_VERIFICATION_FAILED: "The token's signature is not the issuer's.",
  ERR_JWKS_NO_MATCHING_KEY: "The token is signed with a key that the issuer does not list.",
  ERR_JWKS_MULTIPLE_MATCHING_KEYS: "The token does not say which of the issuer's keys signed it (kid).",
  ERR_JOSE_ALG_NOT_ALLOWED: "The token is signed with an algorithm that is not accepted here.",
  ERR_JOSE_NOT_SUPPORTED: "The token is signed with an algorithm that is not accepted here.",
  ERR_JWS_INVALID: "The token is malformed.",
  ERR_JWT_INVALID: "The token is malformed.",
};

function judgement(error: unknown): Error {
  if (error instanceof errors.JWTClaimValidationFailed)
    return new CredentialError(claimFault(error.claim, error.reason));
  const said = error instanceof errors.JOSEError ? faults[error.code] : undefined;
  return said === undefined
    ? new UnjudgedError("the keys of the token issuer are unavailable", { cause: error })
    : new CredentialError(said);
}

function claimFault(claim: string, reason: string): string {
  if (reason === "missing") return `The token lacks the claim ${claim}.`;
  if (claim === "iss") return "The token comes from another issuer.";
  if (claim === "aud") return "The token was made for another audience.";
  if (claim === "nbf") return "The token is not valid yet.";
  return `The token's claim ${claim} is not acceptable.`;
}
