import { createHmac } from "node:crypto";
import type { Pool } from "pg";
import * as oidc from "openid-client";
import type { ProviderConfig } from "../lib/oidc.providers.js";
import { UnjudgedError } from "./errors.js";
import { scopes, scopesUpTo, type Principal, type Scope } from "./principal.js";
import { hashOf, newSecret, secretForm, type Grant, type ScopeOf } from "./sessions.js";

/** The reason why a sign-in was not carried out. */
export type SignInProblem = "expired" | "cancelled" | "unreachable" | "rejected" | "misconfigured" | "not-allowed";

/** A sign-in that was not carried out. The message is for the log alone and holds no secret. */
export class SignInError extends Error {
  override readonly name = "SignInError";
  constructor(
    readonly problem: SignInProblem,
    message: string,
    /** The account that is not allowed, so that its owner can ask for access. */
    readonly subject?: string,
    options?: ErrorOptions,
  ) {
    super(message, options);
  }
}

/** An account whose provider vouches for it, and which may edit. */
export interface SignedIn {
  readonly principal: Principal;
  readonly grant: Grant;
  /** The path of the desk to return to. */
  readonly returnTo: string;
}

/** Sign-in with the OpenID providers of the settings, by the authorization code flow with PKCE. */
export interface SignIn {
  readonly providers: readonly ProviderConfig[];
  /**
   * Begins a sign-in.
   * @returns The address of the provider, and the secret that binds the sign-in to this browser.
   * @throws SignInError if the provider is unreachable; UnjudgedError if the database is.
   */
  begin(id: string, returnTo: string | undefined): Promise<{ readonly url: string; readonly secret: string }>;
  /**
   * Finishes a sign-in, once.
   * @param query The query string of the redirect, with its question mark.
   * @throws SignInError with the reason; UnjudgedError if the database is unreachable.
   */
  finish(id: string, query: string, secret: string | undefined): Promise<SignedIn>;
  readonly scopeOf: ScopeOf;
}

/** Minutes that a sign-in may take at the provider. */
export const SIGN_IN_MINUTES = 10;
/** Seconds that a provider may take for a request. */
const timeoutS = 5;
/** Tolerated difference between the clocks of provider and service, in seconds. */
const clockToleranceS = 5;
/** Milliseconds for which the description of a provider is used; a failed one is fetched again at once. */
const describedFor = 600_000;
/** Sign-ins that may wait at the same time. */
const mostWaiting = 10_000;

/** The author in the history. Issuers have no fragment, so that different accounts have different names. */
export function actorOf(issuer: string, subject: string): string {
  return `oidc:${issuer.replace(/\/$/, "")}#${subject}`;
}

/** The page of the desk in a query; others are replaced by the first one, because redirects must not lead to another site. */
export function deskPathOf(given: string | undefined): string {
  return given !== undefined && given.length <= 200 && /^\/desk(\/[\w-]+)*$/.test(given) ? given : "/desk";
}

/** Values that follow from the secret of a sign-in. The database and the provider know none of the others. */
const valueOf = (secret: string, name: "state" | "nonce" | "verifier"): string =>
  createHmac("sha256", secret).update(name).digest("base64url");

export function createSignIn(pool: Pick<Pool, "query">, providers: readonly ProviderConfig[]): SignIn {
  const described = new Map<string, { readonly at: number; readonly config: Promise<oidc.Configuration> }>();
  const ask = async <R extends object>(statement: string, values: readonly unknown[]): Promise<R[]> => {
    const { rows } = await pool.query<R>(statement, [...values]).catch((error: unknown) => {
      throw new UnjudgedError("sign-ins cannot be stored", { cause: error });
    });
    return rows;
  };
  const find = (id: string): ProviderConfig => {
    const found = providers.find((one) => one.id === id);
    if (!found) throw new SignInError("expired", `there is no provider ${JSON.stringify(id.slice(0, 40))}`);
    return found;
  };
  const describe = (provider: ProviderConfig): Promise<oidc.Configuration> => {
    const known = described.get(provider.id);
    if (known && performance.now() - known.at < describedFor) return known.config;
    const config = discover(provider);
    described.set(provider.id, { at: performance.now(), config });
    config.catch(() => described.delete(provider.id));
    return config;
  };

  return {
    providers,
    async begin(id, returnTo) {
      const provider = find(id);
      const config = await describe(provider);
      const secret = newSecret();
      // The oldest ones make room, so that a flood of sign-ins takes a bounded amount of space.
      await ask(
        `DELETE FROM "public"."DeskSignIn" WHERE "expiresAt" < now() OR "hash" IN
          (SELECT "hash" FROM "public"."DeskSignIn" ORDER BY "expiresAt" DESC OFFSET ${String(mostWaiting)})`,
        [],
      );
      await ask(
        `INSERT INTO "public"."DeskSignIn" ("hash", "provider", "returnTo", "expiresAt")
        VALUES ($1, $2, $3, now() + interval '${String(SIGN_IN_MINUTES)} minutes')`,
        [hashOf(secret), id, deskPathOf(returnTo)],
      );
      const url = oidc.buildAuthorizationUrl(config, {
        redirect_uri: provider.redirectUri,
        scope: provider.scopes,
        state: valueOf(secret, "state"),
        nonce: valueOf(secret, "nonce"),
        code_challenge: await oidc.calculatePKCECodeChallenge(valueOf(secret, "verifier")),
        code_challenge_method: "S256",
      });
      return { url: url.href, secret };
    },
    async finish(id, query, secret) {
      const provider = find(id);
      const given = new URL(`${provider.redirectUri}${query}`);
      if (secret === undefined || !secretForm.test(secret))
        throw new SignInError("expired", "the browser sent no sign-in");
      // A foreign address with another state must not use up the sign-in of this browser.
      if (given.searchParams.get("state") !== valueOf(secret, "state"))
        throw new SignInError("expired", "the state is not that of this browser");
      const [begun] = await ask<{ readonly returnTo: string }>(
        `DELETE FROM "public"."DeskSignIn" WHERE "hash" = $1 AND "provider" = $2 AND "expiresAt" > now()
        RETURNING "returnTo"`,
        [hashOf(secret), id],
      );
      if (!begun) throw new SignInError("expired", "the sign-in has expired or was used before");
      const config = await describe(provider);
      const account = await exchange({ provider, config, given, secret });
      const grant = { provider: id, subject: account.sub, roles: account.roles };
      const scope = scopeIn(provider, grant);
      if (scope === null)
        throw new SignInError("not-allowed", `the account ${JSON.stringify(account.sub)} may not edit`, account.sub);
      const actor = actorOf(provider.issuer, account.sub);
      return {
        principal: Object.freeze({ actor, name: account.name, scopes: scopesUpTo(scope) }),
        grant,
        returnTo: deskPathOf(begun.returnTo),
      };
    },
    scopeOf(grant, actor) {
      const provider = providers.find(({ id }) => id === grant.provider);
      return provider && actor === actorOf(provider.issuer, grant.subject) ? scopeIn(provider, grant) : null;
    },
  };
}

/** The highest scope that the settings give to an account. */
function scopeIn({ roles, subjects }: ProviderConfig, grant: Pick<Grant, "subject" | "roles">): Scope | null {
  const isGiven = (scope: Scope): boolean =>
    scope !== "READ" &&
    (subjects[scope]?.includes(grant.subject) === true ||
      roles[scope]?.some((role) => grant.roles.includes(role)) === true);
  return scopes.findLast(isGiven) ?? null;
}

/** Reads the description of a provider. @throws SignInError */
async function discover({ issuer, clientId, clientSecret }: ProviderConfig): Promise<oidc.Configuration> {
  // The settings allow http on this machine alone. Signatures are checked although TLS vouches for the provider too.
  const execute = [
    oidc.enableNonRepudiationChecks,
    ...(issuer.startsWith("http:") ? [oidc.allowInsecureRequests] : []),
  ];
  const metadata = { [oidc.clockTolerance]: clockToleranceS };
  const options = { timeout: timeoutS, execute };
  try {
    return await oidc.discovery(new URL(issuer), clientId, metadata, authentication(clientSecret), options);
  } catch (error) {
    if (error instanceof oidc.ClientError && error.code === "OAUTH_JSON_ATTRIBUTE_COMPARISON_FAILED")
      throw new SignInError("misconfigured", "the provider names another issuer", undefined, { cause: error });
    throw signInError(error);
  }
}

/** Sends the secret as the provider says; in a header if it says nothing, as the standard has it. */
function authentication(secret: string | undefined): oidc.ClientAuth {
  if (secret === undefined) return oidc.None();
  return (server, client, body, headers) => {
    const methods = server.token_endpoint_auth_methods_supported ?? ["client_secret_basic"];
    const isBasic = methods.includes("client_secret_basic");
    (isBasic ? oidc.ClientSecretBasic(secret) : oidc.ClientSecretPost(secret))(server, client, body, headers);
  };
}

interface Account {
  readonly sub: string;
  readonly name: string | null;
  readonly roles: readonly string[];
}

/** Exchanges the code of a redirect for the account that its provider vouches for. @throws SignInError */
async function exchange({
  provider,
  config,
  given,
  secret,
}: {
  readonly provider: ProviderConfig;
  readonly config: oidc.Configuration;
  readonly given: URL;
  readonly secret: string;
}): Promise<Account> {
  try {
    const tokens = await oidc.authorizationCodeGrant(config, given, {
      expectedState: valueOf(secret, "state"),
      expectedNonce: valueOf(secret, "nonce"),
      pkceCodeVerifier: valueOf(secret, "verifier"),
      idTokenExpected: true,
    });
    const claims = tokens.claims();
    if (!claims) throw new SignInError("rejected", "the provider sent no ID token");
    const { sub } = claims;
    const isWhole = provider.roleClaim === undefined || claimIn(claims, provider.roleClaim) !== undefined;
    // Many providers put names and groups there alone.
    const asksMore = config.serverMetadata().userinfo_endpoint !== undefined && (!isWhole || nameIn(claims) === null);
    const all = asksMore ? { ...claims, ...(await oidc.fetchUserInfo(config, tokens.access_token, sub)) } : claims;
    return { sub, name: nameIn(all), roles: rolesIn(all, provider.roleClaim) };
  } catch (error) {
    throw signInError(error);
  }
}

type Claims = Readonly<Record<string, unknown>>;

function nameIn(claims: Claims): string | null {
  const named = [claims["name"], claims["preferred_username"], claims["email"]];
  const found = named.find((each): each is string => typeof each === "string" && each.trim() !== "");
  return found?.trim().slice(0, 200) ?? null;
}

/** The values of the role claim: a list, or words separated by spaces. */
function rolesIn(claims: Claims, name: string | undefined): readonly string[] {
  const value = name === undefined ? undefined : claimIn(claims, name);
  if (typeof value === "string") return value.split(" ").filter((word) => word !== "");
  return Array.isArray(value) ? value.filter((each): each is string => typeof each === "string") : [];
}

/** A claim by its name, or by a path with dots such as `realm_access.roles`. */
function claimIn(claims: Claims, name: string): unknown {
  if (Object.hasOwn(claims, name)) return claims[name];
  return name
    .split(".")
    .reduce<unknown>(
      (value, part) =>
        typeof value === "object" && value !== null && Object.hasOwn(value, part) ? (value as Claims)[part] : undefined,
      claims,
    );
}

/** OAuth errors that say that the settings of the client are wrong. */
const clientFaults = ["invalid_client", "unauthorized_client", "invalid_scope", "unsupported_response_type"];

function signInError(error: unknown): SignInError {
  if (error instanceof SignInError) return error;
  const failed = (problem: SignInProblem, message: string): SignInError =>
    new SignInError(problem, message, undefined, { cause: error });
  if (error instanceof oidc.AuthorizationResponseError) {
    if (clientFaults.includes(error.error)) return failed("misconfigured", `the provider answered ${error.error}`);
    if (["server_error", "temporarily_unavailable"].includes(error.error))
      return failed("unreachable", `the provider answered ${error.error}`);
    return failed("cancelled", `the provider answered ${error.error}`);
  }
  // A wrong secret in a header is answered with a challenge.
  if (error instanceof oidc.WWWAuthenticateChallengeError)
    return failed("misconfigured", `the provider answered with status ${String(error.status)}`);
  if (error instanceof oidc.ResponseBodyError)
    return clientFaults.includes(error.error)
      ? failed("misconfigured", `the provider answered ${error.error}`)
      : failed("rejected", `the provider answered ${error.error}`);
  const { code } = error as { readonly code?: unknown };
  // The library gives a code to faults that it finds in answers; a failed connection has none of them.
  if (error instanceof oidc.ClientError && code !== "OAUTH_TIMEOUT" && code !== "OAUTH_ABORT")
    return code === "OAUTH_RESPONSE_IS_NOT_CONFORM" || code === "OAUTH_RESPONSE_IS_NOT_JSON"
      ? failed("unreachable", "the answer of the provider is not that of an OpenID provider")
      : failed("rejected", `the answer of the provider is not acceptable (${String(code)})`);
  return failed("unreachable", "the provider cannot be reached");
}
