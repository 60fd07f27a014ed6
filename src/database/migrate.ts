import { randomUUID } from "node:crypto";
import pg from "pg";
import { withClient } from "./client.js";
import { derive } from "./derive.js";
import { isTextOf, readMigrations, readUpgrades, type Migration } from "./migrations.js";
import type { DeclaredRecord } from "./registry.js";

/** Log of migrations; a pino logger fits. */
export interface MigrationLog {
  info(message: string): void;
  warn(message: string): void;
}

export interface MigrateOptions {
  readonly log?: MigrationLog;
  /** The folder of migrations; the project's own by default. */
  readonly folder?: string;
  /** The folder of the steps from earlier releases; the project's own by default. */
  readonly upgrades?: string;
  /** The names of the steps that are to be applied, as in a backup; all that the database needs when left out. */
  readonly only?: ReadonlySet<string>;
}

/** A database that cannot be brought up to date; the message says which migration, where and what to do. */
export class MigrationError extends Error {
  override readonly name = "MigrationError";
}

/**
 * The steps to the tables of this version. A new database begins with the baseline, which is the first migration. A
 * database of an earlier release is upgraded first, and then takes the baseline as applied.
 */
interface Steps {
  readonly upgrades: readonly Migration[];
  readonly migrations: readonly Migration[];
}

/** The migrations of a database compared with those of this version. */
export interface MigrationState {
  readonly applied: readonly string[];
  readonly pending: readonly string[];
  /** Applied, but this version does not know them: a newer one was here. */
  readonly unknown: readonly string[];
  /** Applied with another text than they have now. */
  readonly edited: readonly string[];
  /** Begun by Prisma's command line and neither finished nor rolled back. */
  readonly failed: readonly string[];
}

// The key under which Prisma's command line locks migrations too.
const migrationLock = 72_707_369;
const oldestServer = 150_000;

// As Prisma's schema engine creates it, so that `prisma migrate` works on the same database.
const historyTable = `CREATE TABLE IF NOT EXISTS "_prisma_migrations" (
  "id" VARCHAR(36) PRIMARY KEY NOT NULL,
  "checksum" VARCHAR(64) NOT NULL,
  "finished_at" TIMESTAMPTZ,
  "migration_name" VARCHAR(255) NOT NULL,
  "logs" TEXT,
  "rolled_back_at" TIMESTAMPTZ,
  "started_at" TIMESTAMPTZ NOT NULL DEFAULT now(),
  "applied_steps_count" INTEGER NOT NULL DEFAULT 0
)`;

/**
 * Migrates a database. Each step is one transaction, including its entry in the list of migrations, so that a
 * failed one leaves no trace. An advisory lock serializes concurrent processes. A last transaction derives what
 * follows from the tables and the declarations, on every run.
 *
 * @param records the declarations of all records; nothing is derived from none.
 * @returns the names of the migrations it applied, in their order.
 * @throws MigrationError if one fails, or the database was written by a newer version or left half-way by another tool.
 */
export async function migrate(
  url: string,
  records: readonly DeclaredRecord[],
  options: MigrateOptions = {},
): Promise<string[]> {
  const { only } = options;
  const steps = await readSteps(options.folder, options.upgrades);
  return withClient(url, "sidelines migrate", async (client) => {
    await checkServer(client);
    const applied: string[] = [];
    for (;;) {
      const name = await applyNext(client, steps, options, applied.length === 0);
      if (name === undefined) break;
      applied.push(name);
    }
    const isWhole = steps.migrations.every(({ name }) => only?.has(name) ?? true);
    const derived = await locked(client, () => derive(client, records, isWhole));
    if (derived.length > 0) options.log?.info(`derived ${derived.join(", ")}`);
    if (applied.length === 0) options.log?.info("the database is up to date");
    return applied;
  });
}

/** Compares a database's history with the migrations of this version, without changing anything. */
export async function migrationState(url: string, folder?: string): Promise<MigrationState> {
  const steps = await readSteps(folder);
  return withClient(url, "sidelines migrate", (client) => readState(client, steps));
}

async function readSteps(folder?: string, upgradesFolder?: string): Promise<Steps> {
  const [upgrades, migrations] = await Promise.all([readUpgrades(upgradesFolder), readMigrations(folder)]);
  return { upgrades, migrations };
}

async function checkServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `SELECT current_setting('server_version_num')::int AS version, current_setting('server_encoding') AS encoding`,
  );
  const server = rows[0];
  if (server === undefined || server.version < oldestServer) {
    throw new MigrationError(
      "the database server is older than Postgres 15, the oldest version that Sidelines works on",
    );
  }
  if (server.encoding !== "UTF8") {
    throw new MigrationError(
      `the database is encoded in ${server.encoding}, but has to be in UTF8: create it with ENCODING 'UTF8'`,
    );
  }
}

/** Works in a transaction of its own while no other process migrates. */
async function locked<T>(client: pg.Client, work: () => Promise<T>): Promise<T> {
  await client.query("BEGIN");
  try {
    await client.query("SET LOCAL statement_timeout = 0; SET LOCAL client_min_messages = warning");
    await client.query("SELECT pg_advisory_xact_lock($1)", [migrationLock]);
    const result = await work();
    await client.query("COMMIT");
    return result;
  } catch (error) {
    // The fault matters, not that a broken connection cannot roll back either.
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
}

async function applyNext(
  client: pg.Client,
  steps: Steps,
  { only, log }: MigrateOptions,
  isFirst: boolean,
): Promise<string | undefined> {
  return locked(client, async () => {
    await client.query(historyTable);
    const state = await readState(client, steps);
    refuse(state);
    if (isFirst) warn(state, log);
    const isUpgraded = isOfEarlierRelease(state.applied, steps) || isOfEarlierRelease([...(only ?? [])], steps);
    const wanted = [...(isUpgraded ? steps.upgrades : []), ...steps.migrations];
    const next = wanted.find(({ name }) => (only?.has(name) ?? true) && !state.applied.includes(name));
    if (next === undefined) return undefined;
    if (isUpgraded && next === steps.migrations[0]) await adopt(client, next, steps.upgrades, log);
    else await apply(client, next, log);
    return next.name;
  });
}

function isOfEarlierRelease(names: readonly string[], { upgrades }: Steps): boolean {
  return upgrades.some(({ name }) => names.includes(name));
}

/** Lists the baseline in place of the steps that led to the same tables. */
async function adopt(
  client: pg.Client,
  baseline: Migration,
  upgrades: readonly Migration[],
  log: MigrationLog | undefined,
): Promise<void> {
  await client.query(`DELETE FROM "_prisma_migrations" WHERE "migration_name" = ANY ($1)`, [
    upgrades.map(({ name }) => name),
  ]);
  await list(client, baseline);
  log?.info(`the upgrade has led to the tables of ${baseline.name}`);
}

async function apply(client: pg.Client, migration: Migration, log: MigrationLog | undefined): Promise<void> {
  const started = performance.now();
  log?.info(`applying migration ${migration.name}`);
  try {
    await client.query(migration.script);
  } catch (error) {
    throw new MigrationError(describeFailure(migration, error), { cause: error });
  }
  await list(client, migration);
  log?.info(`applied migration ${migration.name} in ${Math.round(performance.now() - started)} ms`);
}

async function list(client: pg.Client, { name, checksum }: Migration): Promise<void> {
  await client.query(
    `INSERT INTO "_prisma_migrations"
       ("id", "checksum", "migration_name", "started_at", "finished_at", "applied_steps_count")
     VALUES ($1, $2, $3, now(), clock_timestamp(), 1)`,
    [randomUUID(), checksum, name],
  );
}

function describeFailure({ name, script }: Migration, error: unknown): string {
  const nothingChanged = "the migration was rolled back, and the database is unchanged";
  if (!(error instanceof pg.DatabaseError)) {
    return `migration ${name} failed: ${error instanceof Error ? error.message : String(error)}`;
  }
  const line = error.position === undefined ? "" : `:${script.slice(0, Number(error.position)).split("\n").length}`;
  const detail = error.detail === undefined ? "" : ` (${error.detail})`;
  return `migration ${name} failed at migration.sql${line}: ${error.message}${detail}; ${nothingChanged}`;
}

function refuse(state: MigrationState): void {
  if (state.failed.length > 0) {
    throw new MigrationError(
      `migration ${state.failed.join(", ")} was begun by another tool and did not finish: ` +
        "repair the database and mark it with `prisma migrate resolve`",
    );
  }
  if (state.unknown.length > 0) {
    throw new MigrationError(
      `the database has migrations that this version does not know (${state.unknown.join(", ")}): ` +
        "a newer version of Sidelines wrote it, use that one",
    );
  }
}

function warn(state: MigrationState, log: MigrationLog | undefined): void {
  for (const name of state.edited) log?.warn(`migration ${name} was changed after it had been applied here`);
}

interface HistoryRow {
  readonly name: string;
  readonly checksum: string;
  readonly finished: boolean;
}

async function readState(client: pg.Client, steps: Steps): Promise<MigrationState> {
  const history = await readHistory(client);
  const all = [...steps.upgrades, ...steps.migrations];
  const byName = new Map(all.map((migration) => [migration.name, migration]));
  const finished = history.filter((row) => row.finished);
  const done = new Set(finished.map((row) => row.name));
  const needed = isOfEarlierRelease([...done], steps) ? all : steps.migrations;
  return {
    applied: finished.map((row) => row.name),
    pending: needed.map(({ name }) => name).filter((name) => !done.has(name)),
    unknown: finished.map((row) => row.name).filter((name) => !byName.has(name)),
    edited: finished
      .filter(({ name, checksum }) => !isTextOf(byName.get(name) ?? { checksum, formerChecksums: [] }, checksum))
      .map((row) => row.name),
    failed: history.filter((row) => !row.finished).map((row) => row.name),
  };
}

async function readHistory(client: pg.Client): Promise<HistoryRow[]> {
  const { rows: found } = await client.query<{ exists: boolean }>(
    `SELECT to_regclass('"_prisma_migrations"') IS NOT NULL AS exists`,
  );
  if (found[0]?.exists !== true) return [];
  const { rows } = await client.query<HistoryRow>(
    `SELECT "migration_name" AS name, "checksum", "finished_at" IS NOT NULL AS finished
     FROM "_prisma_migrations" WHERE "rolled_back_at" IS NULL ORDER BY "started_at", "migration_name"`,
  );
  return rows;
}
