import { createHash } from "node:crypto";
import type pg from "pg";
import { PREPARED_BY_DEFAULT, usePrepared } from "../lib/prepared.statements.js";
import type { Statements } from "./store.js";

/** Maximum number of names that a process keeps. Texts beyond it, which some imports make, are not prepared. */
const mostNames = 1_000;
const names = new Map<string, string>();

/**
 * The name under which a statement is prepared; undefined for one that is not. Statements without values are sent as
 * they are, because one message may hold several.
 */
function nameOf(text: string, values: readonly unknown[]): string | undefined {
  if (values.length === 0) return undefined;
  const known = names.get(text);
  if (known !== undefined || names.size >= mostNames) return known;
  const name = `w${createHash("sha256").update(text).digest("base64url").slice(0, 20)}`;
  names.set(text, name);
  return name;
}

interface ClientOptions {
  /** Whether statements are prepared by name. */
  readonly areNamed?: boolean;
  /** Maximum number of prepared statements of the connection. */
  readonly most?: number | undefined;
}

/** Statements on a connection, or on a pool, which prepares none. */
export function statementsOn(
  client: Pick<pg.ClientBase, "query">,
  { areNamed = false, most = PREPARED_BY_DEFAULT }: ClientOptions = {},
): Statements {
  const send = async (text: string, values: readonly unknown[]): Promise<pg.QueryResult> => {
    if (values.length === 0) return client.query(text);
    const name = areNamed ? nameOf(text, values) : undefined;
    if (name === undefined) return client.query({ text, values: [...values] });
    usePrepared((client as unknown as { readonly connection: pg.Connection }).connection, name, most);
    return client.query({ name, text, values: [...values] });
  };
  return {
    async $queryRawUnsafe<T>(text: string, ...values: unknown[]) {
      return (await send(text, values)).rows as T;
    },
    async $executeRawUnsafe(text, ...values) {
      return (await send(text, values)).rowCount ?? 0;
    },
  };
}
