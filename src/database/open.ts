import { setTimeout as wait } from "node:timers/promises";
import { PrismaPg } from "@prisma/adapter-pg";
import pg from "pg";
import type { DatabaseConfig, EmbeddedConfig, PostgresConfig } from "../config.js";
import { PrismaClient } from "../generated/prisma/client.js";
import { newPool } from "../lib/connections.js";
import { serversOf, whereOf } from "../lib/postgres.urls.js";
import { openEmbedded, type EmbeddedLog } from "./embedded/open.js";
import { cancelAtServer, hangUpOn, rememberSessions, type CancelStatement } from "./cancel.js";
import { clientsOf, followPrimary, type Primary } from "./primary.js";
import { openReplicas, type Replicas } from "./replicas.js";

/** The open database of the record. */
export interface Database {
  readonly mode: "embedded" | "postgres";
  /** Postgres URL of the server itself, for connections with a session of their own; password included: not for logs. */
  readonly url: string;
  /** For reads and hand-written SQL; dates come as `2024-11-20`, bigint as number. */
  readonly pool: pg.Pool;
  /** Read replicas, if there are any. */
  readonly replicas?: Replicas;
  /** Statements that give a transaction the settings of reads, where the connections of the pool are shared and have none. */
  readonly settings?: string;
  /** Ends the statement that a connection of the pool or of a replica's works on. */
  readonly cancel?: CancelStatement;
  /** For writes. */
  readonly prisma: PrismaClient;
  /** Resolves with the reason when the embedded database is lost for good; never for a server. */
  readonly lost?: Promise<Error>;
  /** Whether statements may be prepared by name. */
  readonly namedStatements: boolean;
  /** Maximum number of prepared statements per connection; the least recently used one is closed first. */
  readonly preparedStatements?: number | undefined;
  close(): Promise<void>;
}

/** A database that cannot be reached; the message names where it was looked for, never the password. */
export class DatabaseError extends Error {
  override readonly name = "DatabaseError";
}

const int8 = pg.types.builtins.INT8;
const date = pg.types.builtins.DATE;

/**
 * Parsers for column values: dates stay texts, because a day has no time zone; a bigint is a number if it is exact, and
 * otherwise a text. For queries with their own `types`.
 */
export const columnTypes: pg.CustomTypesConfig = {
  getTypeParser: ((oid: number, format: "text") => {
    if (oid === date && format !== ("binary" as string)) return (text: string) => text;
    if (oid === int8 && format !== ("binary" as string)) return exactNumber;
    return pg.types.getTypeParser(oid, format) as (text: string) => unknown;
  }) as pg.CustomTypesConfig["getTypeParser"],
};

function exactNumber(text: string): number | string {
  const value = Number(text);
  return Number.isSafeInteger(value) ? value : text;
}

/**
 * Planner settings. On solid-state disks and in memory, a random read costs about as much as a sequential one. With the
 * default of 4, Postgres would scan small tables for every row that refers to them.
 */
const plannerSettings = { random_page_cost: "1.1", jit: "off" } as const;
const plannerOptions = Object.entries(plannerSettings)
  .map(([name, value]) => `-c ${name}=${value}`)
  .join(" ");

const attempts = 10;
const firstPauseMs = 100;
const longestPauseMs = 2_000;
const connectWithinMs = 5_000;
/** Additional time before an idle replica counts as unreachable, in milliseconds. */
const patienceMs = 1_000;
const keepAliveAfterMs = 10_000;
/**
 * Factor on the timeout before a database in memory counts as hung. It is high because a restart would lose all data.
 */
const memoryPatience = 10;
// Kept open in the embedded database, where connecting costs more than keeping.
const neverIdle = 0;

/**
 * Opens the configured database and waits until it answers, for about ten seconds at most.
 *
 * @throws DatabaseError if it does not answer, or refuses; EmbeddedError if the embedded one cannot be started.
 */
export function openDatabase(config: DatabaseConfig, log: EmbeddedLog): Promise<Database> {
  return config.mode === "embedded" ? openEmbeddedDatabase(config, log) : openPostgres(config, log);
}

async function openPostgres(config: PostgresConfig, log: EmbeddedLog): Promise<Database> {
  const { url, directUrl, poolKeepsStatements = false, poolSize: max, preparedStatements, statementTimeoutMs } = config;
  const isShared = directUrl !== undefined;
  const primary = followPrimary(serversOf(url), log);
  const direct = isShared ? followPrimary(serversOf(directUrl), log) : primary;
  // A pool that lends a connection for each transaction refuses to be given settings for all of them.
  const own = isShared ? {} : { statement_timeout: statementTimeoutMs, options: plannerOptions };
  const common = {
    max,
    application_name: "sidelines",
    keepAlive: true,
    keepAliveInitialDelayMillis: keepAliveAfterMs,
    ...own,
  };
  const pool = makePool({ ...common, Client: clientsOf(primary) }, log);
  const stopFollowing = (): void => [primary, direct].forEach((one) => one.close());
  try {
    await waitUntilAnswers(pool, primary, log);
    await direct.look();
  } catch (error) {
    stopFollowing();
    await pool.end();
    throw error;
  }
  const replicas = replicasOf(
    config,
    pool,
    (replica) => ({ ...common, connectionString: replica, query_timeout: statementTimeoutMs + patienceMs }),
    log,
  );
  const writing = withPrisma(pool, async () => {
    stopFollowing();
    await replicas?.close();
  });
  return {
    mode: "postgres",
    get url() {
      return direct.url();
    },
    pool,
    cancel: cancelAtServer,
    ...(replicas && { replicas }),
    ...(isShared ? { settings: localSettings(statementTimeoutMs) } : {}),
    // With a shared pool, the next transaction may use another connection. Prepared statements need a pool that
    // supports them.
    namedStatements: preparedStatements !== 0 && (!isShared || poolKeepsStatements),
    preparedStatements,
    ...writing,
  };
}

function replicasOf(
  { replicaUrls: urls = [], replicaWaitMs: waitMs = 0 }: PostgresConfig,
  primary: pg.Pool,
  options: (url: string) => pg.PoolConfig,
  log: EmbeddedLog,
): Replicas | undefined {
  return urls.length === 0
    ? undefined
    : openReplicas({ urls, waitMs, primary, makePool: (url) => makePool(options(url), log), log });
}

function localSettings(statementTimeoutMs: number): string {
  return Object.entries({ statement_timeout: String(statementTimeoutMs), ...plannerSettings })
    .map(([name, value]) => `SET LOCAL ${name} = ${value}`)
    .join("; ");
}

async function openEmbeddedDatabase(config: EmbeddedConfig, log: EmbeddedLog): Promise<Database> {
  const hungAfterMs = config.statementTimeoutMs * (config.dataDir === undefined ? memoryPatience : 1);
  const embedded = await openEmbedded({ dataDir: config.dataDir, hungAfterMs, log });
  // One thread serves all connections; more of them only queue elsewhere.
  const max = Math.min(config.poolSize, 4);
  const pool = makePool({ connectionString: embedded.url, max, idleTimeoutMillis: neverIdle }, log);
  return {
    mode: "embedded",
    url: embedded.url,
    pool,
    cancel: hangUpOn,
    lost: embedded.lost,
    // The front of the embedded database gives each connection's statements names of its own.
    namedStatements: config.preparedStatements !== 0,
    preparedStatements: config.preparedStatements,
    ...withPrisma(pool, () => embedded.close()),
  };
}

function makePool(options: pg.PoolConfig, log: EmbeddedLog): pg.Pool {
  const pool = newPool({ connectionTimeoutMillis: connectWithinMs, types: columnTypes, ...options }, log);
  rememberSessions(pool);
  return pool;
}

function withPrisma(pool: pg.Pool, end: () => Promise<void>): Pick<Database, "prisma" | "close"> {
  // Prisma shares the pool but has its own parsers.
  const prisma = new PrismaClient({ adapter: new PrismaPg(pool) });
  let closed: Promise<void> | undefined;
  return {
    prisma,
    close: () =>
      (closed ??= (async () => {
        await prisma.$disconnect();
        await pool.end();
        await end();
      })()),
  };
}

async function waitUntilAnswers(pool: pg.Pool, primary: Primary, log: EmbeddedLog): Promise<void> {
  for (let attempt = 1; ; attempt++) {
    try {
      const isFound = await primary.look();
      await pool.query("SELECT 1");
      if (!isFound) throw new Error("it takes no writes, and neither does any other host that is named");
      return;
    } catch (error) {
      const where = whereOf(primary.url());
      if (isRefusal(error))
        throw new DatabaseError(`${where} refuses: ${error.message}${adviceOn(error)}`, { cause: error });
      const reason = reasonOf(error);
      if (attempt === attempts) {
        throw new DatabaseError(`${where} does not answer after ${attempts} attempts: ${reason}`, { cause: error });
      }
      log.warn(`${where} does not answer yet (attempt ${attempt} of ${attempts}): ${reason}`);
      await wait(Math.min(firstPauseMs * 2 ** (attempt - 1), longestPauseMs));
    }
  }
}

// Wrong password, unknown role, unknown database, or a pool that takes no settings: waiting does not help.
const refusals = new Set(["28000", "28P01", "3D000", "08P01"]);

function isRefusal(error: unknown): error is pg.DatabaseError {
  return error instanceof pg.DatabaseError && refusals.has(error.code ?? "");
}

function adviceOn({ message }: Error): string {
  return message.startsWith("unsupported startup parameter")
    ? "; if that is a pool such as PgBouncer's, set SIDELINES_DIRECT_DATABASE_URL to the server behind it"
    : "";
}

function reasonOf(error: unknown): string {
  // Node tries every address of a name and gathers what went wrong, under an empty message.
  if (error instanceof AggregateError) return error.errors.map(reasonOf).join("; ");
  return error instanceof Error ? error.message : String(error);
}
