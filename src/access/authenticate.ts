import { CredentialError } from "./errors.js";
import type { KeyRing } from "./key.ring.js";
import { keyMark } from "./keys.js";
import type { Principal } from "./principal.js";
import type { TokenJudge } from "./tokens.js";

/**
 * Authenticates a request by its `authorization` header.
 * @throws CredentialError for an invalid credential, which is never treated as anonymous; UnjudgedError if it cannot be
 * checked at the moment.
 */
export type Authenticate = (authorization: string) => Promise<Principal>;

/** Takes keys, and tokens where an issuer is configured. */
export function createAuthenticate({
  keys,
  tokens,
}: {
  readonly keys: KeyRing;
  readonly tokens?: TokenJudge | undefined;
}): Authenticate {
  return async (authorization) => {
    const credential = /^bearer +([^\s]+) *$/i.exec(authorization)?.[1];
    if (credential === undefined)
      throw new CredentialError('Credentials are sent as "authorization: Bearer …", with a key or a token.');
    if (credential.startsWith(keyMark)) return keys.find(credential);
    if (!tokens) throw new CredentialError("This service takes keys, which begin with sdl_, and no tokens.");
    return tokens.judge(credential);
  };
}
