import type pg from "pg";
import { newConnection } from "../lib/connections.js";

/**
 * Works over a connection of its own, which is closed afterwards.
 * @param url the database's address.
 * @param name what the server calls the connection: `sidelines migrate`.
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
 * Reads a database as it stands at one moment, for as long as that takes, over a connection of its own. Statements cannot write.
 * @param url the database's address.
 * @param name what the server calls the connection: `sidelines backup`.
 */
export function atOneMoment<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  return withClient(url, name, async (client) => {
    await client.query("BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY; SET LOCAL statement_timeout = 0");
    return work(client);
  });
}
