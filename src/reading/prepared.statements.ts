import type pg from "pg";

/** How many statements a connection keeps prepared when no number is given. */
export const PREPARED_BY_DEFAULT = 250;

/** The driver's own account of what is prepared on a connection; its types leave it out. */
interface PreparedConnection {
  readonly parsedStatements: Record<string, string>;
  readonly submittedNamedStatements: Record<string, string>;
  close(message: { readonly type: "S"; readonly name: string }): void;
}

/** The names on each connection, the least recently used one first. */
const namesOf = new WeakMap<pg.Connection, Set<string>>();

/**
 * Notes that a connection is about to use a prepared statement, and closes the least recently used one where there are
 * too many. A prepared statement takes some 100 kB in a Postgres backend, for as long as it is kept.
 * @param most how many a connection keeps.
 * @returns whether the statement has to be parsed first.
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
