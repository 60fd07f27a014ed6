import type pg from "pg";
import { newConnection } from "../lib/connections.js";

/**
 * Runs work on its own connection, which is closed afterwards.
 * @param url The database's address.
 * @param name The connection's application name: `sidelines migrate`.
 */
export async function withClient<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = newConnection({ connectionString: url, application_name: name });
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}

/**
 * Reads one consistent snapshot of a database on its own read-only connection, without a time limit.
 * @param url The database's address.
 * @param name The connection's application name: `sidelines backup`.
 */
export function atOneMoment<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(url, name, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0");
    return work(client);
  });
}
