import { timingSafeEqual } from "node:crypto";
import type { Pool } from "pg";
import { CredentialError, UnjudgedError } from "./errors.js";
import { hashOf, isKey, prefixOf } from "./keys.js";
import { scopesUpTo, type Principal, type Scope } from "./principal.js";

/** The keys that a running service accepts. */
export interface KeyRing {
  /**
   * Whose key it is.
   * @throws CredentialError where it is none, was revoked or has expired; UnjudgedError where the keys cannot be read.
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
 * How long the keys are taken to be what they were when they were last read, in milliseconds: so long a key that was
 * revoked is accepted, whatever happened to the connections on which a process might have been told.
 */
const heldFor = 2_000;

const statement = `SELECT "id", "prefix", "hash", "name", "scope"::text AS "scope", "expiresAt", "revokedAt" IS NOT NULL AS "isRevoked" FROM "public"."ApiKey"`;

/** Held against a key that nobody has, so that it takes as long to refuse as one that somebody has. */
const nobody = hashOf("");

/**
 * Reads all keys at once, when a request brings one and they were last read too long ago: an operator has few of them,
 * and however many are tried, the database is asked no more often.
 */
export function createKeyRing(pool: Pick<Pool, "query">, { maxAgeMs = heldFor }: { readonly maxAgeMs?: number } = {}): KeyRing {
  let held: Promise<ReadonlyMap<string, Held>> | undefined;
  let readAt = -Infinity;

  function current(): Promise<ReadonlyMap<string, Held>> {
    const now = performance.now();
    if (held && now - readAt < maxAgeMs) return held;
    readAt = now;
    const reading = readKeys(pool);
    held = reading;
    // What failed is tried again by the next request, not after a while.
    reading.catch(() => {
      if (held === reading) held = undefined;
    });
    return reading;
  }

  return {
    async find(key) {
      if (!isKey(key)) throw new CredentialError("The key is malformed: one begins with sdl_ and is followed by 40 letters and digits.");
      const found = (await current()).get(prefixOf(key));
      const isTheirs = timingSafeEqual(hashOf(key), found?.hash ?? nobody);
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
