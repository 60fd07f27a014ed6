import type { Pool, PoolClient } from "pg";
import { lend, type Loan } from "../lib/connections.js";
import type { SendableStatement } from "./reader.js";
import { ReadingStatement, type CancelStatement, type WhenOver } from "./reading.statement.js";
import { aheadError, type Standpoint } from "./standpoint.js";
import type { VersionedText } from "./together.js";

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
export async function sendFrom(source: Source, standpoint: Standpoint, statement: SendableStatement, whenOver?: WhenOver): Promise<string | null> {
  return (await send(source, standpoint, statement, whenOver)).text;
}

/** Sends a statement like `sendFrom`, and tells which version of the record it read: both are seen in one snapshot. */
export function sendVersioned(source: Source, standpoint: Standpoint, statement: SendableStatement, whenOver?: WhenOver): Promise<VersionedText> {
  return send(source, standpoint, versioned(statement), whenOver);
}

/** A statement with the version of the record before what it reads. */
function versioned({ name, text, values }: SendableStatement): SendableStatement {
  const both = text.replace(/^select /, `select (select "version" from "public"."RecordVersion")::text as "version", `);
  return { ...(name !== undefined && { name: `${name}v` }), text: both, values };
}

function send(source: Source, standpoint: Standpoint, statement: SendableStatement, whenOver: WhenOver | undefined): Promise<VersionedText> {
  if (standpoint.kind === "public" && source.settings === undefined) return sendOn(source.pool, statement, { ...source, whenOver });
  return within(source, "", async (client, spoil) => {
    if (standpoint.kind !== "public") await takeStandpoint(client, standpoint);
    return sendOn(client, standpoint.kind === "public" ? statement : unnamed(statement), { ...source, whenOver, spoil });
  });
}

/** What is prepared under a name is planned for the tables that are public. */
function unnamed({ text, values }: SendableStatement): SendableStatement {
  return { text, values };
}

/** Does some reading in one transaction. */
function within<T>({ pool, settings }: Source, isolation: "" | "ISOLATION LEVEL REPEATABLE READ ", work: (client: PoolClient, spoil: Loan["spoil"]) => Promise<T>): Promise<T> {
  return lend(pool, async ({ client, spoil }) => {
    try {
      await client.query(`BEGIN ${isolation}READ ONLY${settings === undefined ? "" : `; ${settings}`}`);
      return await work(client, spoil);
    } finally {
      await client.query("ROLLBACK").catch(spoil);
    }
  });
}

/** Sends statements one after the other in a transaction that sees one state of the record; what one fails at is its own affair. */
export function sendAtOneState(
  source: Source,
  wanted: readonly { readonly statement: SendableStatement; readonly standpoint: Standpoint }[],
  whenOver?: WhenOver,
): Promise<readonly PromiseSettledResult<string | null>[]> {
  return within(source, "ISOLATION LEVEL REPEATABLE READ ", async (client, spoil) => {
    const outcomes: PromiseSettledResult<string | null>[] = [];
    for (const { statement, standpoint } of wanted) {
      // Each is taken back together with the standpoint that it took.
      await client.query("SAVEPOINT root_field");
      try {
        if (standpoint.kind !== "public") await takeStandpoint(client, standpoint);
        const { text } = await sendOn(client, unnamed(statement), { ...source, whenOver, spoil });
        outcomes.push({ status: "fulfilled", value: text });
      } catch (reason) {
        outcomes.push({ status: "rejected", reason });
      }
      await client.query("ROLLBACK TO SAVEPOINT root_field");
    }
    return outcomes;
  });
}

interface Giving extends Pick<Source, "cancel" | "preparedStatements"> {
  readonly whenOver: WhenOver | undefined;
  /** Called where the connection is not to be used again; a pool sees to that by itself. */
  readonly spoil?: Loan["spoil"];
}

/** A pool or a connection as it takes statements that are no queries of the driver's own; its types know none that answer. */
interface Taker {
  query(statement: ReadingStatement, done: NonNullable<ReadingStatement["callback"]>): void;
}

function sendOn(to: Pick<PoolClient, "query"> | Pick<Pool, "query">, statement: SendableStatement, { cancel, preparedStatements, whenOver, spoil }: Giving): Promise<VersionedText> {
  return new Promise((resolve, reject) => {
    const reading = new ReadingStatement(statement, cancel, preparedStatements);
    const listened = whenOver?.((reason) => {
      spoil?.(reason);
      reading.giveUp(reason);
    });
    (to as unknown as Taker).query(reading, (error, value) => {
      listened?.();
      if (error) reject(error);
      else resolve({ text: value ?? null, version: reading.version });
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

/**
 * Answers with the time where the moment is still to come. The last change has come, even if the clock ran ahead then and
 * it is dated later than now.
 */
const takeMoment = `SELECT set_config('search_path', $1, true), set_config('sidelines.known_at', $2, true),
  CASE WHEN $2::timestamptz > clock_timestamp()
    AND $2::timestamptz > coalesce((SELECT "at" FROM "public"."Act" ORDER BY "number" DESC LIMIT 1), '-infinity') THEN to_char(clock_timestamp() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"') END AS "now"`;
