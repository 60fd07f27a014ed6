import type { Pool, PoolClient } from "pg";
import type { SendableStatement } from "./reader.js";
import { aheadError, type Standpoint } from "./standpoint.js";

/** Any result of reading. */
interface Rows {
  readonly rows: readonly Record<string, unknown>[];
}

type ElsewhereStandpoint = Exclude<Standpoint, { readonly kind: "public" }>;

/** Where statements are sent. */
export interface Source {
  readonly pool: Pick<Pool, "query" | "connect">;
  /**
   * Statements that give a transaction the settings it needs, where its connection is shared with others and can have
   * none of its own; undefined where connections have them.
   */
  readonly settings?: string | undefined;
}

/** The schemas whose tables a standpoint sees, the first one first. */
const schemas = { editing: "editing, public", known: "known, public" } as const;

/**
 * Sends a statement as seen from a standpoint. From where the public stands it is sent as it is. From elsewhere it is
 * sent within a transaction of its own that can only read and in which the names of tables mean others; it is then not
 * kept prepared, because what is prepared would hold for both. Where connections are shared, it is always sent so.
 * @throws a GraphQLError with code BAD_USER_INPUT for a moment in the future, by the clock of the database; whatever
 * the database throws is thrown on.
 */
export function sendFrom(source: Source, standpoint: Standpoint, statement: SendableStatement): Promise<Rows> {
  return standpoint.kind === "public" && source.settings === undefined ? source.pool.query(statement) : sendWithin(source, standpoint, statement);
}

async function sendWithin({ pool, settings }: Source, standpoint: Standpoint, statement: SendableStatement): Promise<Rows> {
  const client = await pool.connect();
  let lost: Error | undefined;
  const lose = (error: Error): void => {
    lost = error;
  };
  // Nobody else listens to a connection that is in use; without a listener its loss would end the process.
  client.on("error", lose);
  try {
    await client.query(settings === undefined ? "BEGIN READ ONLY" : `BEGIN READ ONLY; ${settings}`);
    if (standpoint.kind !== "public") await takeStandpoint(client, standpoint);
    return await client.query({ text: statement.text, values: statement.values });
  } finally {
    await client.query("ROLLBACK").catch(lose);
    client.off("error", lose);
    client.release(lost);
  }
}

async function takeStandpoint(client: Pick<PoolClient, "query">, standpoint: ElsewhereStandpoint): Promise<void> {
  const path = schemas[standpoint.kind];
  if (standpoint.kind === "editing") {
    await client.query({ text: "SELECT set_config('search_path', $1, true)", values: [path] });
    return;
  }
  const { rows } = await client.query<{ now: string | null }>({ text: takeMoment, values: [path, standpoint.at] });
  const now = rows[0]?.now;
  if (typeof now === "string") throw aheadError(standpoint.at, now);
}

/** Answers with the time where the moment is still to come. */
const takeMoment = `SELECT set_config('search_path', $1, true), set_config('sidelines.known_at', $2, true),
  CASE WHEN $2::timestamptz > clock_timestamp() THEN to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS "now"`;
