import { createHash } from "node:crypto";
import type { Statements } from "../writing/store.js";

/** A mutation with an idempotency key. Keys of different actors are independent. */
export interface KeyedAct {
  readonly actor: string;
  readonly key: string;
  /** A digest of the mutation and its input; equal for equal requests. */
  readonly digest: string;
}

/** The state of an earlier request with the same key. */
export type Before<T> =
  /** It succeeded with this result. */
  | { readonly outcome: T }
  /** The key belongs to another request. */
  | "another";

/** SHA-256 of a mutation's name and input, independent of the order of properties. */
export function digestOf(name: string, input: unknown): string {
  return createHash("sha256")
    .update(JSON.stringify([name, ordered(input)]))
    .digest("hex");
}

function ordered(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(ordered);
  if (typeof value !== "object" || value === null) return value;
  return Object.fromEntries(
    Object.entries(value)
      .sort(([one], [other]) => (one < other ? -1 : 1))
      .map(([name, inner]) => [name, ordered(inner)]),
  );
}

const keptFor = "interval '1 day'";

/** The result of an earlier request with the key, within a day. Deletes older ones. */
export async function outcomeBefore<T>(
  statements: Statements,
  { actor, key, digest }: KeyedAct,
): Promise<Before<T> | undefined> {
  // Rows that another act is deleting are left to it.
  await statements.$executeRawUnsafe(
    `DELETE FROM "IdempotentAct" i USING (SELECT "actor", "key" FROM "IdempotentAct" WHERE "at" < now() - ${keptFor} FOR UPDATE SKIP LOCKED) AS old WHERE i."actor" = old."actor" AND i."key" = old."key"`,
  );
  const rows = await statements.$queryRawUnsafe<{ digest: string; outcome: T }[]>(
    `SELECT "digest", "outcome" FROM "IdempotentAct" WHERE "actor" = $1 AND "key" = $2`,
    actor,
    key,
  );
  const [row] = rows;
  if (row === undefined) return undefined;
  return row.digest === digest ? { outcome: row.outcome } : "another";
}

/** Stores the result of a mutation. An earlier result is kept. */
export async function keepOutcome(
  statements: Statements,
  { actor, key, digest }: KeyedAct,
  outcome: unknown,
): Promise<void> {
  await statements.$executeRawUnsafe(
    `INSERT INTO "IdempotentAct" ("actor", "key", "digest", "outcome") VALUES ($1, $2, $3, $4::jsonb) ON CONFLICT ("actor", "key") DO NOTHING`,
    actor,
    key,
    digest,
    JSON.stringify(outcome),
  );
}
