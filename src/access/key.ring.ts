import { timingSafeEqual } from "node:crypto";
import type { Pool } from "pg";
import { CredentialError, UnjudgedError } from "./errors.js";
import { hashOf, isKey, prefixOf } from "./keys.js";
import { scopesUpTo, type Principal, type Scope } from "./principal.js";

/** The keys that a running service accepts. */
export interface KeyRing {
  /**
   * The principal of a key.
   * @throws CredentialError if it is unknown, revoked or expired; UnjudgedError if the keys cannot be read.
   */
  find(key: string): Promise<Principal>;
}

interface Held {
  readonly hash: Buffer;
  readonly expiresAt: number;
  readonly isRevoked: boolean;
  readonly principal: Principal;
}

interface Row {
  readonly id: string;
  readonly prefix: string;
  readonly hash: string;
  readonly name: string;
  readonly scope: Scope;
  readonly expiresAt: Date | null;
  readonly isRevoked: boolean;
}

/**
 * Cache time of the keys, in milliseconds. A revoked key may be accepted for that long, even if notifications were
 * lost.
 */
const heldFor = 2_000;

const statement = `SELECT "id", "prefix", "hash", "name", "scope"::text AS "scope", "expiresAt", "revokedAt" IS NOT NULL AS "isRevoked" FROM "public"."ApiKey"`;

/** A hash for comparison if a key is unknown, so that the response takes as long as for a known one. */
const noMatch = hashOf("");

/**
 * Reads all keys at once, when a request has one and the cache has expired. There are few keys, and guessing many
 * causes no additional reads.
 */
export function createKeyRing(
  pool: Pick<Pool, "query">,
  { maxAgeMs = heldFor }: { readonly maxAgeMs?: number } = {},
): KeyRing {
  let held: Promise<ReadonlyMap<string, Held>> | undefined;
  let readAt = -Infinity;

  function current(): Promise<ReadonlyMap<string, Held>> {
    const now = performance.now();
    if (held && now - readAt < maxAgeMs) return held;
    readAt = now;
    const reading = readKeys(pool);
    held = reading;
    // The next request retries a failed read at once.
    reading.catch(() => {
      if (held === reading) held = undefined;
    });
    return reading;
  }

  return {
    async find(key) {
      if (!isKey(key))
        throw new CredentialError(
          "The key is malformed: one begins with sdl_ and is followed by 40 letters and digits.",
        );
      const found = (await current()).get(prefixOf(key));
      const isTheirs = timingSafeEqual(hashOf(key), found?.hash ?? noMatch);
      if (!found || !isTheirs) throw new CredentialError("The key is not known here.");
      if (found.isRevoked) throw new CredentialError("The key was revoked.");
      if (found.expiresAt <= Date.now()) throw new CredentialError("The key has expired.");
      return found.principal;
    },
  };
}

async function readKeys(pool: Pick<Pool, "query">): Promise<ReadonlyMap<string, Held>> {
  const { rows } = await pool.query<Row>(statement).catch((error: unknown) => {
    throw new UnjudgedError("the keys cannot be read", { cause: error });
  });
  return new Map(rows.map((row) => [row.prefix, toHeld(row)]));
}

function toHeld({ id, hash, name, scope, expiresAt, isRevoked }: Row): Held {
  return {
    hash: Buffer.from(hash, "hex"),
    expiresAt: expiresAt?.getTime() ?? Infinity,
    isRevoked,
    principal: Object.freeze({ actor: `key:${id}`, name, scopes: scopesUpTo(scope) }),
  };
}
