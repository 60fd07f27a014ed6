import { existsSync, readFileSync, realpathSync } from "node:fs";
import { createServer, type AddressInfo } from "node:net";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { createAuthenticate } from "./access/authenticate.js";
import { createKeyRing } from "./access/key.ring.js";
import { createSessions } from "./access/sessions.js";
import { createSignIn } from "./access/oidc.js";
import { createTokenJudge } from "./access/tokens.js";
import { readConfig, type Config } from "./config.js";
import { createContextFactory, type ResolverContext } from "./context.js";
import { migrate } from "./database/migrate.js";
import { openDatabase, type Database } from "./database/open.js";
import { createPositions } from "./database/positions.js";
import { watchSlowStatements } from "./database/slow.js";
import { watchWrite, type DoneStatement } from "./lib/watching.js";
import { watchVersion, type VersionWatch } from "./database/version.js";
import { createMetrics, type Metrics } from "./http/metrics.js";
import { readManifest } from "./http/plan/safelist.js";
import { createMistakes } from "./intake/mistakes.js";
import { createAskModel } from "./intake/model.js";
import type { DeskServices } from "./intake/submissions.acts.js";
import { textOf } from "./intake/upload.js";
import { startTracing } from "./lib/tracing.js";
import { exitCodeOf, exitCodes } from "./lib/exit-codes.js";
import { createLogger, standardError, type Logger } from "./lib/log.js";
import { pageOperations } from "./pages/texts.js";
import { packageRoot, readVersion } from "./lib/root.js";
import type { Tracer } from "./lib/spans.js";
import { createFeed, type RecordFeed } from "./live/feed.js";
import { createFollow } from "./live/live.js";
import { importPacks } from "./packs/import.js";
import { declaredRecords } from "./packs/registry.js";
import { buildExecutableSchema, schemaFile } from "./schema.js";
import { buildServer } from "./server.js";

/** A service that does not come up for a reason outside of it; the message is whole without a stack. */
export class StartError extends Error {
  override readonly name = "StartError";
}

/** A service that takes requests. */
export interface Running {
  /** The service's base URL: `http://localhost:4000`. */
  readonly url: string;
  /** Finishes the requests in flight, refuses new ones and closes the database. Safe to call twice. */
  stop(): Promise<void>;
}

export interface ServeOptions {
  /** Stops the service when it fires. Without one the service stops on SIGTERM and SIGINT. */
  readonly signal?: AbortSignal;
  readonly log?: Logger;
  /** Receives the service's address; standard output by default. */
  readonly say?: (line: string) => void;
}

/** The packs that an empty record starts with, in this order. */
const SEEDS = ["reference", "report", "facts", "record"];

/**
 * Starts the service: database, migrations, seeds if the record is empty, and HTTP. Resolves once it listens.
 * @throws StartError if the port is not available; ConfigError, DatabaseError, MigrationError, PackError.
 */
export async function serve(config: Config, options: ServeOptions = {}): Promise<Running> {
  const { log = createLogger({ level: config.log.level, destination: standardError() }), say = console.log } = options;
  for (const warning of config.warnings) log.warn(warning);
  await tryPort(config.http);
  const database = await openDatabase(config.database, log);
  try {
    await migrate(database.url, declaredRecords, { log });
    const around = await openAround(config, database, log);
    if (config.seed) await seedEmptyRecord(database, around, say);
    const versions = await watchVersion(() => database.url, log);
    const feed = createFeed(database.pool, versions);
    const app = await buildHttp({ config, around, database, versions, feed, log });
    const url = await listen(app, config.http).catch(async (error: unknown) => {
      await app.close();
      throw error;
    });
    const running = { url, stop: once(() => stopAll({ app, around, feed, versions, database, log })) };
    stopWhenTold(running, log, options.signal);
    void database.lost?.then((error) => stopWhenLost(running, error, log));
    say(`Sidelines is ready at ${url}`);
    return running;
  } catch (error) {
    await database.close();
    throw error;
  }
}

type Http = Awaited<ReturnType<typeof buildServer>>;

/** The safelist, metrics and tracing of a service. */
interface Around {
  readonly safelist: NonNullable<Parameters<typeof buildServer>[0]["safelist"]>;
  readonly metrics: Metrics | undefined;
  readonly tracer: Tracer | undefined;
  /** Called for each statement; undefined if there is nothing to log or measure. */
  readonly onStatement: ((done: DoneStatement) => void) | undefined;
}

/** @throws ManifestError where the operations of the safelist cannot be read. */
async function openAround(config: Config, { pool }: Database, log: Logger): Promise<Around> {
  const { mode, manifest } = config.safelist;
  const isBuilt = existsSync(SHIPPED.operations) || mode !== "off";
  const shipped = isBuilt ? readManifest(SHIPPED.operations) : [];
  const documents = isBuilt ? readManifest(SHIPPED.documents) : [];
  const added = mode === "off" || manifest === undefined ? [] : readManifest(manifest);
  const listed = [...shipped, ...documents, ...added];
  const names = new Set([...shipped, ...added, ...pageOperations].map(({ name }) => name));
  const connections = () => ({ total: pool.totalCount, idle: pool.idleCount, waiting: pool.waitingCount });
  const metrics = config.metrics === "off" ? undefined : createMetrics(names, connections);
  return {
    safelist: { mode, operations: listed.map(({ body }) => body) },
    metrics,
    onStatement: watchStatements(config, { pool, metrics, log }),
    tracer: config.tracing && (await startTracing({ ...config.tracing, serviceVersion: readVersion() })),
  };
}

/** The shipped operations, one by one and in the files of the playground, as the build wrote them down. */
const SHIPPED = {
  operations: join(packageRoot(), "dist/operations.manifest.json"),
  documents: join(packageRoot(), "dist/documents.manifest.json"),
};

/** The statement listener for the metrics and the slow statement log; undefined if both are off. */
function watchStatements(
  { slowStatementMs: slowMs }: Config,
  {
    pool,
    metrics,
    log,
  }: { readonly pool: Database["pool"]; readonly metrics: Metrics | undefined; readonly log: Logger },
): ((done: DoneStatement) => void) | undefined {
  const slow = slowMs > 0 ? watchSlowStatements({ pool, log, slowMs }) : undefined;
  if (!metrics && !slow) return undefined;
  return (done) => {
    metrics?.statement(done);
    slow?.(done);
  };
}

interface HttpParts {
  readonly config: Config;
  readonly around: Around;
  readonly database: Database;
  readonly versions: VersionWatch;
  readonly feed: RecordFeed;
  readonly log: Logger;
}

function buildHttp({ config, around, database, versions, feed, log }: HttpParts): Promise<Http> {
  const positions = createPositions(database.pool, versions);
  const { safelist, metrics, tracer, onStatement } = around;
  const follow = createFollow(database.pool, feed, declaredRecords);
  const createContext = createContextFactory({
    database,
    positions,
    limits: config.limits,
    version: readVersion(),
    fourEyes: config.fourEyes,
    services: { askModel: config.model && createAskModel(config.model) } satisfies DeskServices,
    follow,
    ...(onStatement && { onStatement }),
  });
  const signIn = createSignIn(database.pool, config.providers);
  return buildServer({
    config,
    safelist,
    ...(metrics && { metrics }),
    ...(tracer && { tracer }),
    schema: buildExecutableSchema(),
    schemaText: readFileSync(schemaFile, "utf8"),
    createContext,
    authenticate: createAuthenticate({
      keys: createKeyRing(database.pool),
      tokens: config.jwt && createTokenJudge(config.jwt),
    }),
    sessions: createSessions(database.pool, signIn.scopeOf),
    signIn,
    textOf,
    ...(config.mistakesPerHour > 0 && { mistakes: createMistakes(database.pool, config.mistakesPerHour) }),
    recordVersion: () => versions.current(),
    positions,
    exportsFrom: (context: ResolverContext) => context,
    ...(config.rawJson ? { answersFrom: (context: ResolverContext) => context } : {}),
    namesFrom: (context) => context,
    ready: () => canBeRead(database, versions.latest()),
    log,
  });
}

/** Whether the record can be read at a version, wherever it is held. */
async function canBeRead({ pool, replicas }: Database, version: number): Promise<boolean> {
  const { rowCount } = await (replicas
    ? replicas.read(version, (one) => one.query("SELECT 1"))
    : pool.query("SELECT 1"));
  return rowCount === 1;
}

async function seedEmptyRecord(
  database: Database,
  { tracer, onStatement }: Around,
  say: (line: string) => void,
): Promise<void> {
  if ((await database.prisma.document.count({ take: 1 })) > 0) return;
  say("The record is empty; loading the seeds …");
  const span = tracer?.begin("import", {});
  const watch = watchWrite({ operation: () => "import", span, tell: onStatement });
  const { records } = await importPacks(
    database,
    SEEDS.map((name) => join(packageRoot(), "seeds", name)),
    { watch },
  );
  span?.end();
  const total = Object.values(records).reduce((sum, count) => sum + count, 0);
  say(`Loaded ${total.toLocaleString("en")} records.`);
}

/** Finds a taken port in no time, before a database is started for nothing. */
async function tryPort({ host, port }: Config["http"]): Promise<void> {
  const probe = createServer();
  try {
    await new Promise<void>((resolve, reject) => probe.once("error", reject).listen({ host, port }, resolve));
  } catch (error) {
    throw listenError(error, host, port);
  } finally {
    probe.close();
  }
}

async function listen(app: Http, { host, port }: Config["http"]): Promise<string> {
  try {
    await app.listen({ host, port });
  } catch (error) {
    throw listenError(error, host, port);
  }
  const bound = app.server.address() as AddressInfo;
  const isEverywhere = ["0.0.0.0", "::", "127.0.0.1", "::1"].includes(host);
  return `http://${isEverywhere ? "localhost" : host.includes(":") ? `[${host}]` : host}:${bound.port}`;
}

function listenError(error: unknown, host: string, port: number): unknown {
  const code = (error as { code?: unknown }).code;
  const reasons: Readonly<Record<string, string>> = {
    EADDRINUSE: `Port ${port} is taken on ${host}. Stop what is listening there, or set PORT to another port (0 for any free one).`,
    EACCES: `Port ${port} may not be used by this user. Set PORT to one above 1023.`,
    EADDRNOTAVAIL: `${host} is no address of this machine. Set HOST to one that is, or to 0.0.0.0 for all.`,
    ENOTFOUND: `${host} is not known as a host. Set HOST to an address of this machine, or to 0.0.0.0 for all.`,
  };
  const reason = typeof code === "string" ? reasons[code] : undefined;
  return reason === undefined ? error : new StartError(reason, { cause: error });
}

async function stopAll({
  app,
  around: { tracer },
  feed,
  versions,
  database,
  log,
}: Omit<HttpParts, "config"> & { readonly app: Http }): Promise<void> {
  log.info("stopping");
  try {
    await app.close();
    feed.close();
    await versions.close();
    await tracer?.close().catch((error: unknown) => log.warn({ err: error }, "traces could not be sent"));
  } finally {
    await database.close();
  }
  log.info("stopped");
}

function once(work: () => Promise<void>): () => Promise<void> {
  let done: Promise<void> | undefined;
  return () => (done ??= work());
}

/** Stops on the given signal, or on those of the process; a second one of those ends it at once. */
function stopWhenTold(running: Running, log: Logger, signal: AbortSignal | undefined): void {
  const stop = (): void => {
    running.stop().catch((error: unknown) => {
      log.error({ err: error }, "stopping failed");
      process.exitCode = 1;
    });
  };
  if (signal) {
    if (signal.aborted) stop();
    else signal.addEventListener("abort", stop, { once: true });
    return;
  }
  for (const name of ["SIGTERM", "SIGINT"] as const) {
    process.once(name, () => {
      stop();
      process.once(name, () => process.exit(1));
    });
  }
}

/** Stops the service when its database is lost. The next start checks what is left of the record. */
async function stopWhenLost(running: Running, { message }: Error, log: Logger): Promise<void> {
  process.exitCode = exitCodes.database;
  process.stderr.write(`Sidelines ends: ${message}\n`);
  await running.stop().catch((error: unknown) => log.error({ err: error }, "stopping failed"));
}

/** Runs the service as a program: standard settings; faults of the start end it as they end `sidelines serve`. */
async function main(): Promise<void> {
  const log = createLogger({ level: "error", destination: standardError() });
  process.on("unhandledRejection", (error) => log.error({ err: error }, "unhandled promise rejection"));
  try {
    await serve(readConfig());
  } catch (error) {
    process.exitCode = exitCodeOf(error);
    const { message, stack = message } = error instanceof Error ? error : new Error(String(error));
    process.stderr.write(`Sidelines cannot start: ${process.exitCode === exitCodes.internal ? stack : message}\n`);
  }
}

if (process.argv[1] !== undefined && realpathSync(process.argv[1]) === fileURLToPath(import.meta.url)) await main();
