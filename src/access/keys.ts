import { createHash, randomBytes } from "node:crypto";
import { encodeBase32 } from "../lib/ids.js";
import type { PrismaClient } from "../generated/prisma/client.js";
import { KeyError } from "./errors.js";
import type { Scope } from "./principal.js";

/** The prefix of all keys, by which people and secret scanners recognize them. */
export const keyMark = "sdl_";

/** The visible prefix of a key after its mark, by which users distinguish their keys. */
const prefixLength = 8;
/** Bits of a key: 40 of them visible in the prefix, 160 known to its owner alone. */
const keyBytes = 25;
const idBytes = 10;
const keyForm = /^sdl_[a-z2-7]{40}$/;

/** A key as the service knows it: everything but what would be needed to use it. */
export interface KeyFacts {
  /** `key_…`, the author of its mutations in the history. */
  readonly id: string;
  /** The eight characters after `sdl_`. */
  readonly prefix: string;
  readonly name: string;
  readonly scope: Scope;
  readonly createdAt: Date;
  /** The moment from which it is not accepted any more; null if none is set. */
  readonly expiresAt: Date | null;
  readonly revokedAt: Date | null;
}

/** A new key. The key itself cannot be read again later. */
export interface NewKey extends KeyFacts {
  /** The key itself. */
  readonly key: string;
}

type Keys = Pick<PrismaClient, "apiKey">;

const facts = {
  id: true,
  prefix: true,
  name: true,
  scope: true,
  createdAt: true,
  expiresAt: true,
  revokedAt: true,
} as const;

/** Whether a text has the form of a key. */
export function isKey(text: string): boolean {
  return keyForm.test(text);
}

/** The visible part of a key, without its mark. */
export function prefixOf(key: string): string {
  return key.slice(keyMark.length, keyMark.length + prefixLength);
}

/**
 * The stored hash of a key, SHA-256. Keys are random and as long as the hash, so a slow password hash would add
 * nothing.
 */
export function hashOf(key: string): Buffer {
  return createHash("sha256").update(key, "utf8").digest();
}

/**
 * Creates a key and stores its hash.
 * @throws KeyError for an empty name or an expiry date in the past.
 */
export async function createKey(
  prisma: Keys,
  { name, scope, expiresAt = null }: Pick<KeyFacts, "name" | "scope"> & Partial<Pick<KeyFacts, "expiresAt">>,
): Promise<NewKey> {
  const called = name.trim();
  if (called === "") throw new KeyError("a key needs a name, such as that of its owner");
  if (expiresAt !== null && expiresAt.getTime() <= Date.now())
    throw new KeyError(`a key that expires at ${expiresAt.toISOString()} would have expired already`);
  const key = `${keyMark}${encodeBase32(randomBytes(keyBytes))}`;
  const data = {
    id: `key_${encodeBase32(randomBytes(idBytes))}`,
    prefix: prefixOf(key),
    hash: hashOf(key).toString("hex"),
    name: called,
    scope,
    expiresAt,
  };
  return { ...(await prisma.apiKey.create({ data, select: facts })), key };
}

/** All keys that were ever made, the oldest first. */
export function listKeys(prisma: Keys): Promise<KeyFacts[]> {
  return prisma.apiKey.findMany({ select: facts, orderBy: [{ createdAt: "asc" }, { id: "asc" }] });
}

/**
 * Revokes a key for good; running services notice within seconds. A key that is revoked already is left unchanged.
 * @param which Its id, its prefix with or without the mark, or the key itself.
 * @throws KeyError for an unknown key.
 */
export async function revokeKey(prisma: Keys, which: string): Promise<KeyFacts> {
  const prefix = prefixOf(which.startsWith(keyMark) ? which : `${keyMark}${which}`);
  const found = await prisma.apiKey.findFirst({
    where: { OR: [{ id: which }, ...(isPrefix(which) ? [{ prefix }] : [])] },
    select: facts,
  });
  // The input may be a mistyped key, so the message does not repeat it.
  if (!found) throw new KeyError("there is no such key; `sidelines key list` shows the ids and prefixes of all");
  if (found.revokedAt !== null) return found;
  return prisma.apiKey.update({ where: { id: found.id }, data: { revokedAt: new Date() }, select: facts });
}

function isPrefix(which: string): boolean {
  return isKey(which) || /^(sdl_)?[a-z2-7]{8}$/.test(which);
}
