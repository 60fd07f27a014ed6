/** Input of a mutation, as far as idempotency is concerned. */
type ActInput = { readonly idempotencyKey?: unknown };

/**
 * Adds an idempotency key to the variables of a mutation, which makes retries safe. A key that the caller gave is kept.
 * Variables of another shape are returned unchanged, so that the service can report the error.
 */
export function withIdempotencyKey(variables: unknown): unknown {
  const { input } = (variables ?? {}) as { readonly input?: ActInput | null };
  if (typeof input !== "object" || input === null || (input.idempotencyKey ?? null) !== null) return variables;
  return { ...(variables as object), input: { ...input, idempotencyKey: newKey() } };
}

/** A random key of 128 bits. `randomUUID` would be missing on pages without HTTPS. */
function newKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return `sdk-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
