import type { Pool, PoolClient } from "pg";
import { lend } from "../lib/connections.js";
import type { SendableStatement } from "./reader.js";
import { ReadingStatement, type CancelStatement, type WhenOver } from "./reading.statement.js";
import { aheadError, type Standpoint } from "./standpoint.js";

type ElsewhereStandpoint = Exclude<Standpoint, { readonly kind: "public" }>;

/** Where statements are sent. */
export interface Source {
  readonly pool: Pick<Pool, "query" | "connect">;
  /**
   * Statements that give a transaction the settings it needs, where its connection is shared with others and can have
   * none of its own; undefined where connections have them.
   */
  readonly settings?: string | undefined;
  /** Ends a statement that nobody waits for any more; without it such statements come to their own end. */
  readonly cancel?: CancelStatement | undefined;
  /** How many statements each connection keeps prepared; 250 when left out. */
  readonly preparedStatements?: number | undefined;
}

/** The schemas whose tables a standpoint sees, the first one first. */
const schemas = { editing: "editing, public", known: "known, public" } as const;

/**
 * Sends a statement as seen from a standpoint. From where the public stands it is sent as it is. From elsewhere it is
 * sent within a transaction of its own that can only read and in which the names of tables mean others; it is then not
 * kept prepared, because what is prepared would hold for both. Where connections are shared, it is always sent so.
 * @param whenOver tells when nobody waits for the rows any more.
 * @throws a GraphQLError with code BAD_USER_INPUT for a moment in the future, by the clock of the database; the reason
 * why nobody waits any more; whatever the database throws is thrown on.
 */
export function sendFrom(source: Source, standpoint: Standpoint, statement: SendableStatement, whenOver?: WhenOver): Promise<string | null> {
  if (standpoint.kind !== "public" || source.settings !== undefined) return sendWithin(source, standpoint, statement, whenOver);
  return sendOn(source.pool, statement, { ...source, whenOver });
}

function sendWithin({ pool, settings, cancel, preparedStatements }: Source, standpoint: Standpoint, statement: SendableStatement, whenOver: WhenOver | undefined): Promise<string | null> {
  return lend(pool, async ({ client, spoil }) => {
    try {
      await client.query(settings === undefined ? "BEGIN READ ONLY" : `BEGIN READ ONLY; ${settings}`);
      if (standpoint.kind !== "public") await takeStandpoint(client, standpoint);
      const sent = standpoint.kind === "public" ? statement : { text: statement.text, values: statement.values };
      return await sendOn(client, sent, { cancel, preparedStatements, whenOver, spoil });
    } finally {
      await client.query("ROLLBACK").catch(spoil);
    }
  });
}

interface Giving extends Pick<Source, "cancel" | "preparedStatements"> {
  readonly whenOver: WhenOver | undefined;
  /** Called where the connection is not to be used again; a pool sees to that by itself. */
  readonly spoil?: (reason: Error) => void;
}

/** A pool or a connection as it takes statements that are no queries of the driver's own; its types know none that answer. */
interface Taker {
  query(statement: ReadingStatement, done: NonNullable<ReadingStatement["callback"]>): void;
}

function sendOn(to: Pick<PoolClient, "query"> | Pick<Pool, "query">, statement: SendableStatement, { cancel, preparedStatements, whenOver, spoil }: Giving): Promise<string | null> {
  return new Promise((resolve, reject) => {
    const reading = new ReadingStatement(statement, cancel, preparedStatements);
    const listened = whenOver?.((reason) => {
      spoil?.(reason);
      reading.giveUp(reason);
    });
    (to as unknown as Taker).query(reading, (error, value) => {
      listened?.();
      if (error) reject(error);
      else resolve(value ?? null);
    });
  });
}

async function takeStandpoint(client: Pick<PoolClient, "query">, standpoint: ElsewhereStandpoint): Promise<void> {
  const path = schemas[standpoint.kind];
  if (standpoint.kind === "editing") {
    await client.query({ text: "SELECT set_config('search_path', $1, true)", values: [path] });
    return;
  }
  const { rows } = await client.query<{ now: string | null }>({ text: takeMoment, values: [path, standpoint.at] });
  const now = rows[0]?.now;
  if (typeof now === "string" && !standpoint.hasPassed) throw aheadError(standpoint.at, now);
}

/** Answers with the time where the moment is still to come. */
const takeMoment = `SELECT set_config('search_path', $1, true), set_config('sidelines.known_at', $2, true),
  CASE WHEN $2::timestamptz > clock_timestamp() THEN to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS "now"`;
