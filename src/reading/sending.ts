import type { Pool, PoolClient } from "pg";
import { lend, type Loan } from "../lib/connections.js";
import type { SendableStatement } from "./reader.js";
import { ReadingStatement, type CancelStatement, type WhenOver } from "./reading.statement.js";
import { aheadError, type Standpoint } from "./standpoint.js";
import type { VersionedText } from "./together.js";

type ElsewhereStandpoint = Exclude<Standpoint, { readonly kind: "public" }>;

/** The target of statements. */
export interface Source {
  readonly pool: Pick<Pool, "query" | "connect">;
  /**
   * Statements that give a transaction the settings it needs, where its connection is shared with others and can have
   * none of its own; undefined where connections have them.
   */
  readonly settings?: string | undefined;
  /** Cancels a statement after an abort. Without it, statements run to their end. */
  readonly cancel?: CancelStatement | undefined;
  /** Maximum number of prepared statements per connection; 250 by default. */
  readonly preparedStatements?: number | undefined;
}

/** The search path of a read view. */
const schemas = { editing: "editing, public", known: "known, public" } as const;

/**
 * Executes a statement in a read view. In the published view it is sent unchanged. In other views it runs in its own
 * read-only transaction with another search path; it is not prepared then, because a prepared statement would fix the
 * tables. With shared connections it always runs so.
 * @param whenOver Signals an abort.
 * @throws GraphQLError with the code BAD_USER_INPUT for a moment in the future, by the clock of the database; the
 * reason of the abort; or any error of the database.
 */
export async function sendFrom(
  source: Source,
  standpoint: Standpoint,
  statement: SendableStatement,
  whenOver?: WhenOver,
): Promise<string | null> {
  return (await send(source, standpoint, statement, whenOver)).text;
}

/** Executes a statement like `sendFrom`, and returns the version of the record in the same snapshot. */
export function sendVersioned(
  source: Source,
  standpoint: Standpoint,
  statement: SendableStatement,
  whenOver?: WhenOver,
): Promise<VersionedText> {
  return send(source, standpoint, versioned(statement), whenOver);
}

/** A statement with the version of the record before what it reads. */
function versioned({ name, text, values }: SendableStatement): SendableStatement {
  const both = text.replace(/^select /, `select (select "version" from "public"."RecordVersion")::text as "version", `);
  return { ...(name !== undefined && { name: `${name}v` }), text: both, values };
}

function send(
  source: Source,
  standpoint: Standpoint,
  statement: SendableStatement,
  whenOver: WhenOver | undefined,
): Promise<VersionedText> {
  if (standpoint.kind === "public" && source.settings === undefined)
    return sendOn(source.pool, statement, { ...source, whenOver });
  return within(source, "", async (client, spoil) => {
    if (standpoint.kind !== "public") await takeStandpoint(client, standpoint);
    return sendOn(client, standpoint.kind === "public" ? statement : unnamed(statement), {
      ...source,
      whenOver,
      spoil,
    });
  });
}

/** Prepared statements are planned for the published tables. */
function unnamed({ text, values }: SendableStatement): SendableStatement {
  return { text, values };
}

/** Does some reading in one transaction. */
function within<T>(
  { pool, settings }: Source,
  isolation: "" | "ISOLATION LEVEL REPEATABLE READ ",
  work: (client: PoolClient, spoil: Loan["spoil"]) => Promise<T>,
): Promise<T> {
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

function sendOn(
  to: Pick<PoolClient, "query"> | Pick<Pool, "query">,
  statement: SendableStatement,
  { cancel, preparedStatements, whenOver, spoil }: Giving,
): Promise<VersionedText> {
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
