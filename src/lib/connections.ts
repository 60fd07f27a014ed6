import pg from "pg";
import { limitRepeats } from "./repeats.js";

/** A log of what happens to connections; a pino logger is one. */
export interface ConnectionLog {
  warn(message: string): void;
}

/**
 * A client that always has an error listener. A connection that breaks between queries emits `error`, which would end
 * the process without a listener. Later uses of the client fail.
 */
export class Connection extends pg.Client {
  constructor(options?: string | pg.ClientConfig) {
    super(options);
    this.on("error", ignore);
  }
}

function ignore(): void {
  // The query under way, or the next one, fails with the reason.
}

/** A connection outside of any pool, not yet connected. */
export function newConnection(options: pg.ClientConfig): pg.Client {
  return new Connection(options);
}

/** A pool of connections. Each broken connection is logged and replaced. */
export function newPool(options: pg.PoolConfig, log?: ConnectionLog): pg.Pool {
  const pool = new pg.Pool({ Client: Connection, ...options });
  const repeats = limitRepeats();
  const logError = ({ message }: Error): void =>
    void repeats(message, "", ({ notLogged }) => {
      log?.warn(
        `a connection to the database broke${notLogged === undefined ? "" : `, and ${String(notLogged)} more`}: ${message}`,
      );
    });
  pool.on("connect", (client) => client.on("error", logError));
  // Emitted for idle connections, which are logged above.
  pool.on("error", ignore);
  return pool;
}

/** A connection that a pool has lent. */
export interface Loan {
  readonly client: pg.PoolClient;
  /** Has the connection closed instead of used again. */
  readonly spoil: (reason: Error) => void;
}

/** Works on a connection of a pool, which has it back afterwards. One that broke meanwhile is not used again. */
export async function lend<T>(pool: Pick<pg.Pool, "connect">, work: (loan: Loan) => Promise<T>): Promise<T> {
  const client = await pool.connect();
  let spoilt: Error | undefined;
  const spoil = (reason: Error): void => {
    spoilt = reason;
  };
  client.on("error", spoil);
  try {
    return await work({ client, spoil });
  } finally {
    client.off("error", spoil);
    client.release(spoilt);
  }
}
