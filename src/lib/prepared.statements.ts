import type pg from "pg";

/** Default number of prepared statements per connection. */
export const PREPARED_BY_DEFAULT = 250;

/** The driver's list of prepared statements of a connection, which its types leave out. */
interface PreparedConnection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  close(message: { readonly type: "S"; readonly name: string }): void;
}

/** The names on each connection, the least recently used one first. */
const namesOf = new WeakMap<pg.Connection, Set<string>>();

/**
 * Registers a use of a prepared statement, and closes the least recently used one beyond the limit. Each takes about
 * 100 kB in a Postgres backend.
 * @param most Maximum number per connection.
 * @returns Whether the statement must be parsed first.
 */
export function usePrepared(connection: pg.Connection, name: string, most: number): boolean {
  const { parsedStatements, submittedNamedStatements } = connection as unknown as PreparedConnection;
  const names = namesOf.get(connection) ?? new Set<string>();
  namesOf.set(connection, names);
  names.delete(name);
  while (names.size >= most) closeOldest(connection, names);
  names.add(name);
  return (parsedStatements[name] ?? submittedNamedStatements[name]) === undefined;
}

function closeOldest(connection: pg.Connection, names: Set<string>): void {
  const prepared = connection as unknown as PreparedConnection;
  const [oldest = ""] = names;
  names.delete(oldest);
  Reflect.deleteProperty(prepared.parsedStatements, oldest);
  Reflect.deleteProperty(prepared.submittedNamedStatements, oldest);
  // Closing a statement that could not be parsed is no error.
  prepared.close({ type: "S", name: oldest });
}
