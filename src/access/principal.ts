/** What somebody may do: read what is published; write, and read drafts; everything. Each holds the ones before it. */
export type Scope = "READ" | "EDIT" | "ADMIN";

/** All scopes, each holding the ones before it. */
export const scopes: readonly Scope[] = ["READ", "EDIT", "ADMIN"];

/** On whose behalf a request is answered. */
export interface Principal {
  /** Who acts, as the history says it: `key:<id>` or `jwt:<sub>`; empty for somebody who gave no credential. */
  readonly actor: string;
  /** What people call it: the name of a key, or the claim `name` of a token. */
  readonly name: string | null;
  /** Everything it may do, so that ADMIN comes with EDIT and READ. */
  readonly scopes: ReadonlySet<Scope>;
}

/** Somebody who came without a credential: whoever it is may read. */
export const anonymous: Principal = Object.freeze({ actor: "", name: null, scopes: scopesUpTo("READ") });

/** A scope with everything it holds. */
export function scopesUpTo(scope: Scope): ReadonlySet<Scope> {
  return new Set(scopes.slice(0, scopes.indexOf(scope) + 1));
}

/** Whether somebody gave a credential. */
export function isKnown({ actor }: Principal): boolean {
  return actor !== "";
}
