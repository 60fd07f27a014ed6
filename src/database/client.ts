import pg from "pg";

/**
 * Works over a connection of its own, which is closed afterwards.
 * @param url the database's address.
 * @param name what the server calls the connection: `sidelines migrate`.
 */
export async function withClient<T>(url: string, name: string, work: (client: pg.Client) => Promise<T>): Promise<T> {
  const client = new pg.Client({ connectionString: url, application_name: name });
  // A connection that breaks fails the query in hand; without a listener it would end the process as well.
  client.on("error", () => undefined);
  await client.connect();
  try {
    return await work(client);
  } finally {
    await client.end();
  }
}
