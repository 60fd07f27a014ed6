/** Input of an act, as far as sending it twice is concerned. */
type ActInput = { readonly idempotencyKey?: unknown };

/**
 * The variables of an act under a key, so that sending them again is not doing it again. A key that the caller gave is kept.
 * Variables of another form are left as they are, for the service to say what is wrong with them.
 */
export function underKey(variables: unknown): unknown {
  const { input } = (variables ?? {}) as { readonly input?: ActInput | null };
  if (typeof input !== "object" || input === null || (input.idempotencyKey ?? null) !== null) return variables;
  return { ...(variables as object), input: { ...input, idempotencyKey: newKey() } };
}

/**
 * A key that nobody else has: 128 random bits. Not `randomUUID`, which browsers give to secure addresses only.
 */
function newKey(): string {
  const bytes = globalThis.crypto.getRandomValues(new Uint8Array(16));
  return `sdk-${[...bytes].map((byte) => byte.toString(16).padStart(2, "0")).join("")}`;
}
