import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import type { LogLevel } from "./lib/log.js";
import { serversOf, urlsIn } from "./lib/postgres.urls.js";
import { similarTo } from "./lib/similar.js";

/** Where the record is kept. */
export type DatabaseConfig = PostgresConfig | EmbeddedConfig;

interface CommonDatabaseConfig {
  /** How many connections the service holds at most. */
  readonly poolSize: number;
  /** Milliseconds one SQL statement may take that is given no other time. */
  readonly statementTimeoutMs: number;
}

export interface PostgresConfig extends CommonDatabaseConfig {
  readonly mode: "postgres";
  /** Of the server, or of several with their hosts parted by commas, one of which is the primary. */
  readonly url: string;
  /**
   * Where the server itself is reached, where `url` is a pool that lends its connections for one transaction at a time;
   * undefined where `url` is the server.
   */
  readonly directUrl?: string;
  /** Whether that pool knows what is prepared by name and prepares it on whichever connection it lends. */
  readonly poolKeepsStatements?: boolean;
  /** Servers that hold what the primary holds a moment later, to be read from; each with the URL of one server. */
  readonly replicaUrls?: readonly string[];
  /** How long a read waits for a replica that is behind before it goes to the primary, in milliseconds. */
  readonly replicaWaitMs?: number;
}

export interface EmbeddedConfig extends CommonDatabaseConfig {
  readonly mode: "embedded";
  /** Absolute path of the folder with the data; undefined keeps them in memory. */
  readonly dataDir: string | undefined;
}

/** What every operation has to keep. */
export interface Limits {
  readonly maxDepth: number;
  readonly maxListDepth: number;
  readonly maxNodes: number;
  readonly maxCost: number;
  readonly maxPageSize: number;
  readonly defaultPageSize: number;
  readonly maxAliases: number;
  readonly maxRootFields: number;
  readonly maxRepeatedFields: number;
  readonly maxDirectives: number;
  readonly maxTokens: number;
  readonly maxBodyBytes: number;
  readonly maxConcurrentOperations: number;
  /** Operations of one client at once; 0 does not count them. */
  readonly maxConcurrentOperationsPerClient: number;
  /** Milliseconds the event loop may stand still before requests are turned away; 0 never does. */
  readonly maxEventLoopDelayMs: number;
  /** Event streams that a process keeps open. */
  readonly maxStreams: number;
  /** Event streams that one address may keep open at a process. */
  readonly maxStreamsPerAddress: number;
  /** Milliseconds after which an event stream that has nothing to tell shows that it is still there. */
  readonly streamHeartbeatMs: number;
  /** Milliseconds that a reader may leave an event unread before its stream is ended. */
  readonly slowReaderMs: number;
  readonly queryTimeoutMs: number;
  readonly mutationTimeoutMs: number;
  /** As that of the database. */
  readonly statementTimeoutMs: number;
  /** Errors that one answer lists. */
  readonly maxErrors: number;
  /** Points that an address may spend in an hour; 0 counts none. */
  readonly pointsPerHour: number;
  /** Points that the holder of a key or a token may spend in an hour; 0 counts none. */
  readonly keyPointsPerHour: number;
  /** Bytes of memory for answers that are kept until the record changes; 0 keeps none. */
  readonly cacheBytes?: number;
}

/** Whose JSON Web Tokens are accepted beside keys. */
export interface JwtConfig {
  /** Exactly as it stands in the claim `iss`. */
  readonly issuer: string;
  /** What has to be among the claim `aud`. */
  readonly audience: string;
  /** Where the issuer's public keys are fetched. */
  readonly jwksUrl: string;
}

export interface Config {
  readonly database: DatabaseConfig;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Addresses and networks of proxies whose word for the address of a client is taken. */
    readonly trustedProxies: readonly string[];
    /** Addresses and networks whose operations are not counted against any hour. */
    readonly uncounted: readonly string[];
  };
  readonly log: { readonly level: LogLevel };
  /** Whether an empty record is filled with the seeds at the first start. */
  readonly seed: boolean;
  readonly playground: boolean;
  /** Whether queries are answered with what the reader returns, or walked through graphql-js. */
  readonly directAnswers: boolean;
  /** Whether every answer says what its operation costs. */
  readonly showCost: boolean;
  /** What becomes of operations that are not in the safelist, and whose are in it besides the shipped ones. */
  readonly safelist: { readonly mode: "off" | "log" | "enforce"; readonly manifest: string | undefined };
  /** To whom metrics are told: nobody, this machine, or everybody. */
  readonly metrics: "off" | "local" | "all";
  /** Milliseconds from which a statement is logged with its plan; 0 never is. */
  readonly slowStatementMs: number;
  /** Where traces are sent; undefined where nothing is traced. */
  readonly tracing: { readonly url: string; readonly serviceName: string } | undefined;
  /** Undefined where only keys are accepted. */
  readonly jwt: JwtConfig | undefined;
  readonly limits: Limits;
}

/** Settings that cannot be used; `faults` has one line for each, naming the setting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(["the configuration cannot be used:", ...faults.map((fault) => `  ${fault}`)].join("\n"));
    this.faults = faults;
  }
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "has to be a whole number")
    .transform(Number)
    .pipe(z.number().min(least, `has to be at least ${least}`).max(most, `has to be at most ${most}`));
const yesOrNo = z.enum(["true", "false"], "has to be true or false").transform((text) => text === "true");
const words = z.string().trim().min(1, "has to say something");
const anything = z.string().trim();
/** Addresses and networks, separated by commas; `none` for the empty list where the default is another. */
const networks = z
  .string()
  .transform((text) => text.split(",").map((part) => part.trim()).filter((part) => part !== "" && part !== "none"))
  .refine((parts) => parts.every(isNetwork), "has to be addresses or networks such as 10.0.0.0/8, separated by commas, loopback for this machine, or none");

function isNetwork(text: string): boolean {
  if (text === "loopback") return true;
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  return family !== 0 && rest.length === 0 && (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)));
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const satisfies readonly LogLevel[];

/** Whoever can change the keys on their way makes tokens of his own: they come by https, or from this machine. */
function isKeySetUrl(text: string): boolean {
  if (text === "") return true;
  const url = URL.canParse(text) ? new URL(text) : undefined;
  if (url?.protocol === "https:") return true;
  return url?.protocol === "http:" && ["localhost", "127.0.0.1", "[::1]"].includes(url.hostname);
}

function isHttpUrl(text: string): boolean {
  return text === "" || (URL.canParse(text) && ["http:", "https:"].includes(new URL(text).protocol));
}

interface SettingDefinition {
  readonly default: string;
  readonly meaning: string;
  readonly form: z.ZodType;
}

// Every setting with a default. DATABASE_URL has none: that it is absent means something by itself.
const definitions = {
  SIDELINES_DATA_DIR: {
    default: "./data",
    meaning: "Without DATABASE_URL: the folder of the embedded database; memory:// keeps nothing",
    form: words,
  },
  HOST: { default: "127.0.0.1", meaning: "The address to listen on; 0.0.0.0 for all", form: words },
  PORT: { default: "4000", meaning: "The port to listen on; 0 takes any free one", form: wholeNumber(0, 65_535) },
  LOG_LEVEL: {
    default: "info",
    meaning: `How much is logged: ${logLevels.join(", ")}`,
    form: z.enum(logLevels, `has to be one of ${logLevels.join(", ")}`),
  },
  SIDELINES_SEED: { default: "true", meaning: "Fill an empty record with the seeds at the first start", form: yesOrNo },
  SIDELINES_PLAYGROUND: { default: "true", meaning: "Serve the playground at /playground", form: yesOrNo },
  SIDELINES_DIRECT_ANSWERS: {
    default: "true",
    meaning: "Pass on answers as Postgres wrote them; false sends every query through graphql-js",
    form: yesOrNo,
  },
  SIDELINES_SHOW_COST: {
    default: "true",
    meaning: "Say in extensions.cost of every answer what its operation costs; false says it on request only",
    form: yesOrNo,
  },
  SIDELINES_SAFELIST: {
    default: "off",
    meaning: "Operations that are not shipped or in the manifest: off answers them, log names them in the log, enforce refuses them",
    form: z.enum(["off", "log", "enforce"], "has to be off, log or enforce"),
  },
  SIDELINES_SAFELIST_MANIFEST: {
    default: "",
    meaning: "A file with operations of your own for the safelist: Apollo's persisted query manifest, or an object of texts by their SHA-256",
    form: anything,
  },
  SIDELINES_METRICS: {
    default: "local",
    meaning: "Who may read /metrics, in the form of Prometheus: local for this machine, all, or off",
    form: z.enum(["off", "local", "all"], "has to be off, local or all"),
  },
  SIDELINES_SLOW_STATEMENT_MS: {
    default: "1000",
    meaning: "Milliseconds from which an SQL statement, of a read or a write, is logged with its plan; 0 logs none",
    form: wholeNumber(0, 600_000),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: "",
    meaning: "Where traces are sent, as OTLP over HTTP with JSON; nothing is traced without it",
    form: anything.refine(isHttpUrl, "has to be an http or https URL"),
  },
  OTEL_SERVICE_NAME: { default: "sidelines", meaning: "What the service is called in traces", form: words },
  SIDELINES_TRUSTED_PROXIES: {
    default: "none",
    meaning: "Addresses and networks of proxies whose X-Forwarded-For is believed, separated by commas; loopback for this machine",
    form: networks,
  },
  SIDELINES_UNCOUNTED_CLIENTS: {
    default: "loopback",
    meaning: "Addresses and networks whose points are not counted unless a proxy forwards for them; none counts everybody's",
    form: networks,
  },
  SIDELINES_JWT_ISSUER: {
    default: "",
    meaning: "Whose tokens are accepted beside keys, as in their claim `iss`; all three of these settings or none",
    form: anything,
  },
  SIDELINES_JWT_AUDIENCE: { default: "", meaning: "What those tokens have to name in their claim `aud`", form: anything },
  SIDELINES_JWKS_URL: {
    default: "",
    meaning: "Where that issuer's public keys are fetched: https, or http on this machine",
    form: anything.refine(isKeySetUrl, "has to be an https URL, or an http URL on this machine"),
  },
  SIDELINES_CACHE_MB: {
    default: "64",
    meaning: "Megabytes of memory for answers, which are kept until the record changes; 0 keeps none",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_DIRECT_DATABASE_URL: {
    default: "",
    meaning: "The server itself, where DATABASE_URL is a pool such as PgBouncer's in transaction mode",
    form: anything,
  },
  SIDELINES_POOL_KEEPS_STATEMENTS: {
    default: "false",
    meaning: "Whether that pool keeps statements that are prepared by name, as PgBouncer does from 1.21 on; reads are then not planned anew each time",
    form: yesOrNo,
  },
  SIDELINES_REPLICA_URLS: {
    default: "",
    meaning: "Replicas of the database to read from, as URLs with commas between them",
    form: anything,
  },
  SIDELINES_REPLICA_WAIT_MS: {
    default: "50",
    meaning: "Milliseconds a read waits for a replica that is behind before it goes to the primary; 0 never waits",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_POOL_SIZE: {
    default: "10",
    meaning: "The most connections to the database, and to each replica",
    form: wholeNumber(1, 1_000),
  },
  SIDELINES_STATEMENT_TIMEOUT_MS: {
    default: "8000",
    meaning: "Milliseconds one SQL statement may take; in the embedded database, which cannot be interrupted, its process is ended and started again; one in memory, with which all would be gone, has ten times as long",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_QUERY_TIMEOUT_MS: {
    default: "10000",
    meaning: "Milliseconds a query may take",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_MUTATION_TIMEOUT_MS: {
    default: "30000",
    meaning: "Milliseconds a mutation may take",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_MAX_DEPTH: { default: "12", meaning: "How many levels of fields an operation may have", form: wholeNumber(1, 100) },
  SIDELINES_MAX_LIST_DEPTH: { default: "3", meaning: "How many levels of lists an operation may have", form: wholeNumber(0, 100) },
  SIDELINES_MAX_NODES: {
    default: "10000",
    meaning: "How many objects an operation may return, by the sizes of its pages",
    form: wholeNumber(1, 100_000_000),
  },
  SIDELINES_MAX_COST: {
    default: "1000",
    meaning: "What an operation may cost, in points of about a tenth of a millisecond of the database",
    form: wholeNumber(1, 1_000_000),
  },
  SIDELINES_MAX_PAGE_SIZE: { default: "100", meaning: "The largest page", form: wholeNumber(1, 10_000) },
  SIDELINES_DEFAULT_PAGE_SIZE: {
    default: "20",
    meaning: "The page size when none is given",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_ALIASES: { default: "30", meaning: "How many aliases an operation may hold", form: wholeNumber(0, 10_000) },
  SIDELINES_MAX_ROOT_FIELDS: { default: "15", meaning: "How many root fields an operation may have", form: wholeNumber(1, 10_000) },
  SIDELINES_MAX_REPEATED_FIELDS: {
    default: "20",
    meaning: "How often an operation may ask for the same field in the same place",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_DIRECTIVES: { default: "30", meaning: "How many directives an operation may hold", form: wholeNumber(0, 10_000) },
  SIDELINES_MAX_TOKENS: {
    default: "2000",
    meaning: "How many lexical tokens a document may hold",
    form: wholeNumber(100, 100_000),
  },
  SIDELINES_MAX_BODY_BYTES: {
    default: "262144",
    meaning: "How many bytes a request body may have",
    form: wholeNumber(1_024, 64 * 1024 * 1024),
  },
  SIDELINES_MAX_ERRORS: { default: "5", meaning: "How many errors one answer lists", form: wholeNumber(1, 100) },
  SIDELINES_POINTS_PER_HOUR: {
    default: "5000",
    meaning: "Points that an address may spend in an hour without a key; 0 does not count them",
    form: wholeNumber(0, 1_000_000_000),
  },
  SIDELINES_KEY_POINTS_PER_HOUR: {
    default: "50000",
    meaning: "Points that the holder of a key or a token may spend in an hour; 0 does not count them",
    form: wholeNumber(0, 1_000_000_000),
  },
  SIDELINES_MAX_CONCURRENT_OPERATIONS: {
    default: "100",
    meaning: "How many operations are executed at once; more are turned away with 503",
    form: wholeNumber(1, 100_000),
  },
  SIDELINES_MAX_CONCURRENT_OPERATIONS_PER_CLIENT: {
    default: "25",
    meaning: "How many operations of one address, or of the holder of one key or token, are executed at once; more are turned away with 429; 0 does not count them",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_MAX_EVENT_LOOP_DELAY_MS: {
    default: "1000",
    meaning: "Milliseconds the process may be late before operations are turned away with 503; 0 never turns away",
    form: wholeNumber(0, 60_000),
  },
  SIDELINES_MAX_STREAMS: {
    default: "500",
    meaning: "How many event streams are kept open; more are turned away with 503",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_MAX_STREAMS_PER_ADDRESS: {
    default: "20",
    meaning: "How many event streams one address may keep open; more are turned away with 429",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_STREAM_HEARTBEAT_MS: {
    default: "15000",
    meaning: "Milliseconds after which an event stream with nothing to tell shows that it is still there",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_SLOW_READER_MS: {
    default: "30000",
    meaning: "Milliseconds a reader may leave an event unread before its stream is ended",
    form: wholeNumber(100, 600_000),
  },
} as const satisfies Record<string, SettingDefinition>;

type SettingName = keyof typeof definitions;
type Values = { readonly [Name in SettingName]: z.output<(typeof definitions)[Name]["form"]> };

/** One setting, as help and documentation show it. */
export interface Setting {
  readonly name: string;
  /** As it would be written; empty if there is none. */
  readonly default: string;
  readonly meaning: string;
}

/** All settings, in the order in which they are shown. */
export const settings: readonly Setting[] = [
  {
    name: "DATABASE_URL",
    default: "",
    meaning: "postgres://user:password@host:port/database, where several hosts may stand with commas between them; without it an embedded database is started",
  },
  ...Object.entries(definitions).map(([name, { default: value, meaning }]) => ({ name, default: value, meaning })),
];

/** Settings of the database given with a command instead of in the environment; at most one of them. */
export interface DatabaseOverrides {
  readonly databaseUrl?: string | undefined;
  readonly dataDir?: string | undefined;
}

/** What says how the database of the environment is reached, and nothing of another one. */
const databaseSettings: readonly string[] = ["DATABASE_URL", "SIDELINES_DIRECT_DATABASE_URL", "SIDELINES_POOL_KEEPS_STATEMENTS", "SIDELINES_REPLICA_URLS", "SIDELINES_REPLICA_WAIT_MS"];

/** The environment as it would be with these settings of the database, and no other ones, in it. */
function overridden(env: NodeJS.ProcessEnv, { databaseUrl, dataDir }: DatabaseOverrides): NodeJS.ProcessEnv {
  if (databaseUrl === undefined && dataDir === undefined) return env;
  const others = Object.entries(env).filter(([name]) => !databaseSettings.includes(name) && !postgresVariables.includes(name));
  return {
    ...Object.fromEntries(others),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...(dataDir === undefined ? {} : { SIDELINES_DATA_DIR: dataDir }),
  };
}

/**
 * Reads the configuration; nothing else in the service looks at the environment.
 *
 * @throws ConfigError naming every setting that cannot be used, not only the first.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, overrides: DatabaseOverrides = {}): Config {
  const env = overridden(environment, overrides);
  const faults: string[] = [...unknownSettings(env)];
  const values = readValues(env, faults);
  const url = readDatabaseUrl(env, faults);
  if (values.SIDELINES_DEFAULT_PAGE_SIZE > values.SIDELINES_MAX_PAGE_SIZE) {
    faults.push("SIDELINES_DEFAULT_PAGE_SIZE has to be at most SIDELINES_MAX_PAGE_SIZE");
  }
  const jwt = readJwt(values, env, faults);
  const directUrl = readFurtherUrl("SIDELINES_DIRECT_DATABASE_URL", values, url, faults);
  const replicas = readFurtherUrl("SIDELINES_REPLICA_URLS", values, url, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return freeze(configOf(values, { url, directUrl, replicas }, jwt));
}

/** Whose tokens are accepted. Half of it is a fault: who was to be let in could not get in, and nobody would know why. */
function readJwt(values: Values, env: NodeJS.ProcessEnv, faults: string[]): JwtConfig | undefined {
  const names = ["SIDELINES_JWT_ISSUER", "SIDELINES_JWT_AUDIENCE", "SIDELINES_JWKS_URL"] as const;
  const missing = names.filter((name) => (env[name] ?? "").trim() === "");
  if (missing.length === names.length) return undefined;
  if (missing.length > 0) {
    const given = names.filter((name) => !missing.includes(name));
    faults.push(
      `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set, but ${given.join(" and ")} ` +
        `${given.length === 1 ? "is" : "are"}: set all of ${names.join(", ")} for tokens, or none of them for keys alone`,
    );
  }
  return { issuer: values.SIDELINES_JWT_ISSUER, audience: values.SIDELINES_JWT_AUDIENCE, jwksUrl: values.SIDELINES_JWKS_URL };
}

interface DatabaseUrls {
  readonly url: string | undefined;
  readonly directUrl: string | undefined;
  readonly replicas: string | undefined;
}

function configOf(values: Values, { url, directUrl, replicas }: DatabaseUrls, jwt: JwtConfig | undefined): Config {
  const common = {
    poolSize: values.SIDELINES_POOL_SIZE,
    statementTimeoutMs: values.SIDELINES_STATEMENT_TIMEOUT_MS,
  };
  const folder = values.SIDELINES_DATA_DIR;
  return {
    database:
      url === undefined
        ? { mode: "embedded", dataDir: folder === "memory://" ? undefined : resolve(folder), ...common }
        : { mode: "postgres", url, ...(directUrl === undefined ? {} : { directUrl, poolKeepsStatements: values.SIDELINES_POOL_KEEPS_STATEMENTS }), ...replicasOf(values, replicas), ...common },
    http: { host: values.HOST, port: values.PORT, trustedProxies: values.SIDELINES_TRUSTED_PROXIES, uncounted: values.SIDELINES_UNCOUNTED_CLIENTS },
    log: { level: values.LOG_LEVEL },
    seed: values.SIDELINES_SEED,
    playground: values.SIDELINES_PLAYGROUND,
    directAnswers: values.SIDELINES_DIRECT_ANSWERS,
    showCost: values.SIDELINES_SHOW_COST,
    safelist: { mode: values.SIDELINES_SAFELIST, manifest: values.SIDELINES_SAFELIST_MANIFEST || undefined },
    metrics: values.SIDELINES_METRICS,
    slowStatementMs: values.SIDELINES_SLOW_STATEMENT_MS,
    tracing: tracingOf(values),
    jwt,
    limits: {
      maxDepth: values.SIDELINES_MAX_DEPTH,
      maxListDepth: values.SIDELINES_MAX_LIST_DEPTH,
      maxNodes: values.SIDELINES_MAX_NODES,
      maxCost: values.SIDELINES_MAX_COST,
      maxPageSize: values.SIDELINES_MAX_PAGE_SIZE,
      defaultPageSize: values.SIDELINES_DEFAULT_PAGE_SIZE,
      maxAliases: values.SIDELINES_MAX_ALIASES,
      maxRootFields: values.SIDELINES_MAX_ROOT_FIELDS,
      maxRepeatedFields: values.SIDELINES_MAX_REPEATED_FIELDS,
      maxDirectives: values.SIDELINES_MAX_DIRECTIVES,
      maxTokens: values.SIDELINES_MAX_TOKENS,
      maxBodyBytes: values.SIDELINES_MAX_BODY_BYTES,
      maxConcurrentOperations: values.SIDELINES_MAX_CONCURRENT_OPERATIONS,
      maxConcurrentOperationsPerClient: values.SIDELINES_MAX_CONCURRENT_OPERATIONS_PER_CLIENT,
      maxEventLoopDelayMs: values.SIDELINES_MAX_EVENT_LOOP_DELAY_MS,
      maxStreams: values.SIDELINES_MAX_STREAMS,
      maxStreamsPerAddress: values.SIDELINES_MAX_STREAMS_PER_ADDRESS,
      streamHeartbeatMs: values.SIDELINES_STREAM_HEARTBEAT_MS,
      slowReaderMs: values.SIDELINES_SLOW_READER_MS,
      queryTimeoutMs: values.SIDELINES_QUERY_TIMEOUT_MS,
      mutationTimeoutMs: values.SIDELINES_MUTATION_TIMEOUT_MS,
      statementTimeoutMs: values.SIDELINES_STATEMENT_TIMEOUT_MS,
      maxErrors: values.SIDELINES_MAX_ERRORS,
      pointsPerHour: values.SIDELINES_POINTS_PER_HOUR,
      keyPointsPerHour: values.SIDELINES_KEY_POINTS_PER_HOUR,
      cacheBytes: values.SIDELINES_CACHE_MB * 1024 * 1024,
    },
  };
}

function replicasOf(values: Values, list: string | undefined): Pick<PostgresConfig, "replicaUrls" | "replicaWaitMs"> {
  return list === undefined ? {} : { replicaUrls: urlsIn(list).flatMap(serversOf), replicaWaitMs: values.SIDELINES_REPLICA_WAIT_MS };
}

/** The address of the standard setting is a base, to which the signal's path belongs. */
function tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_SERVICE_NAME: serviceName }: Values): Config["tracing"] {
  return base === "" ? undefined : { url: `${base.replace(/\/$/, "")}/v1/traces`, serviceName };
}

/** Reads every setting that has a default; where one is faulty its default stands in until the faults are thrown. */
function readValues(env: NodeJS.ProcessEnv, faults: string[]): Values {
  const values = Object.entries(definitions).map(([name, definition]: [string, SettingDefinition]) => {
    const given = env[name];
    const result = definition.form.safeParse(given === undefined || given === "" ? definition.default : given);
    if (result.success) return [name, result.data];
    const reasons = result.error.issues.map((issue) => issue.message).join(", ");
    faults.push(`${name} ${reasons}, but is ${JSON.stringify(given)}`);
    return [name, definition.form.parse(definition.default)];
  });
  return Object.fromEntries(values) as Values;
}

const prefix = "SIDELINES_";

function unknownSettings(env: NodeJS.ProcessEnv): string[] {
  // Compared without the prefix, which some settings lack: beside it a slip in a short name would look small.
  const bare = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const known = new Map(settings.map(({ name }) => [bare(name), name]));
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && known.get(bare(name)) !== name)
    .map((name) => {
      const near = known.get(similarTo(bare(name), known.keys()) ?? "");
      return `${name} is not a setting${near === undefined ? "" : `; did you mean ${near}?`}`;
    });
}

// The variables by which Postgres' own programs find a server. See the chapter on environment variables of libpq.
const postgresVariables = ["PGHOST", "PGHOSTADDR", "PGPORT", "PGDATABASE", "PGUSER", "PGPASSWORD", "PGSERVICE", "PGSSLMODE"];
const neededVariables = ["PGHOST", "PGDATABASE", "PGUSER"];

/**
 * The database's URL, or undefined for the embedded one. Half of a configuration is a fault: to go on with an empty
 * embedded database would look like a lost record.
 */
function readDatabaseUrl(env: NodeJS.ProcessEnv, faults: string[]): string | undefined {
  if (env["DATABASE_URL"] !== undefined) {
    const fault = databaseUrlFault(env["DATABASE_URL"]);
    if (fault === undefined) return env["DATABASE_URL"];
    faults.push(`DATABASE_URL ${fault}`);
    return undefined;
  }
  const given = postgresVariables.filter((name) => (env[name] ?? "") !== "");
  if (given.length === 0) return undefined;
  const missing = neededVariables.filter((name) => !given.includes(name));
  if (missing.length === 0) return urlFromVariables(env);
  faults.push(
    `${missing.join(" and ")} ${missing.length === 1 ? "is" : "are"} not set, but ${given.join(", ")} ` +
      `${given.length === 1 ? "is" : "are"}: set DATABASE_URL, or all of ${neededVariables.join(", ")}, ` +
      "or none of Postgres' variables for the embedded database",
  );
  return undefined;
}

/** A URL that says more about a database that is configured; without one it would be half of a configuration. */
function readFurtherUrl(name: "SIDELINES_DIRECT_DATABASE_URL" | "SIDELINES_REPLICA_URLS", values: Values, database: string | undefined, faults: string[]): string | undefined {
  const given = values[name];
  if (given === "") return undefined;
  const fault = urlsIn(given).map(databaseUrlFault).find((one) => one !== undefined);
  if (fault !== undefined) faults.push(`${name} ${fault}`);
  else if (database === undefined) faults.push(`${name} is set, but DATABASE_URL is not: set both, or neither for the embedded database`);
  return given;
}

function databaseUrlFault(given: string): string | undefined {
  if (given.trim() === "") return "is set but empty: set it, or unset it for the embedded database";
  const faults = serversOf(given).map(serverUrlFault);
  return faults.find((fault) => fault !== undefined);
}

function serverUrlFault(given: string): string | undefined {
  const url = URL.canParse(given) ? new URL(given) : undefined;
  // The URL may hold a password and is not repeated.
  if (url === undefined) return "is not a URL: postgres://user:password@host:port/database is";
  if (url.protocol !== "postgres:" && url.protocol !== "postgresql:") {
    return `has to begin with postgres:// or postgresql://, but begins with ${url.protocol}//`;
  }
  const missing = [
    ...(url.hostname === "" && !url.searchParams.has("host") ? ["a host"] : []),
    ...(url.pathname.length <= 1 ? ["the name of a database"] : []),
  ];
  return missing.length === 0 ? undefined : `lacks ${missing.join(" and ")}: postgres://user:password@host:port/database`;
}

function urlFromVariables(env: NodeJS.ProcessEnv): string {
  const part = (name: string): string => encodeURIComponent(env[name] ?? "");
  const user = `${part("PGUSER")}${env["PGPASSWORD"] ? `:${part("PGPASSWORD")}` : ""}`;
  const port = env["PGPORT"] ? `:${part("PGPORT")}` : "";
  const host = env["PGHOST"] ?? "";
  const query = new URLSearchParams();
  if (env["PGSSLMODE"]) query.set("sslmode", env["PGSSLMODE"]);
  // A folder means the socket in it.
  if (host.startsWith("/")) query.set("host", host);
  const address = host.startsWith("/") ? `localhost${port}` : `${host.includes(":") ? `[${host}]` : host}${port}`;
  const rest = query.size > 0 ? `?${query.toString()}` : "";
  return `postgres://${user}@${address}/${part("PGDATABASE")}${rest}`;
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) freeze(part as object);
  return Object.freeze(value);
}
