/**
 * Permissions: READ for published records, EDIT also for writing and drafts, PUBLISH also for publishing what others
 * have drafted (which EDIT may do too, unless the service asks for a second pair of eyes), ADMIN for everything. Each
 * includes the ones before it.
 */
export type Scope = "READ" | "EDIT" | "PUBLISH" | "ADMIN";

/** All scopes, each holding the ones before it. */
export const scopes: readonly Scope[] = ["READ", "EDIT", "PUBLISH", "ADMIN"];

/** On whose behalf a request is answered. */
export interface Principal {
  /** The author in the history: `key:<id>`, `jwt:<sub>` or `oidc:<issuer>#<sub>`; empty for anonymous clients. */
  readonly actor: string;
  /** The display name: the name of a key, or a claim of a token. */
  readonly name: string | null;
  /** Everything it may do, so that ADMIN comes with EDIT and READ. */
  readonly scopes: ReadonlySet<Scope>;
}

/** A client without a credential, which may read. */
export const anonymous: Principal = Object.freeze({ actor: "", name: null, scopes: scopesUpTo("READ") });

/** A scope with everything it holds. */
export function scopesUpTo(scope: Scope): ReadonlySet<Scope> {
  return new Set(scopes.slice(0, scopes.indexOf(scope) + 1));
}

/** Whether the client sent a credential. */
export function isKnown({ actor }: Principal): boolean {
  return actor !== "";
}
