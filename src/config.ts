import { isIP } from "node:net";
import { resolve } from "node:path";
import { z } from "zod";
import { readProviders, type ProviderConfig } from "./lib/oidc.providers.js";
import type { LogLevel } from "./lib/log.js";
import { serversOf, urlsIn } from "./lib/postgres.urls.js";
import { similarTo } from "./lib/similar.js";

/** Location of the database. */
export type DatabaseConfig = PostgresConfig | EmbeddedConfig;

interface CommonDatabaseConfig {
  /** Maximum number of connections. */
  readonly poolSize: number;
  /** Default time limit of an SQL statement in milliseconds. */
  readonly statementTimeoutMs: number;
  /** Maximum number of prepared statements per connection; 250 by default, and 0 for none. */
  readonly preparedStatements?: number;
}

export interface PostgresConfig extends CommonDatabaseConfig {
  readonly mode: "postgres";
  /** URL of the server. With several hosts, separated by commas, one of them is the primary. */
  readonly url: string;
  /** URL of the server if `url` is a connection pool in transaction mode; undefined if `url` is the server. */
  readonly directUrl?: string;
  /** Whether that pool supports prepared statements in transaction mode. */
  readonly poolKeepsStatements?: boolean;
  /** URLs of read replicas, one server each. */
  readonly replicaUrls?: readonly string[];
  /** Milliseconds a read waits for a lagging replica before it uses the primary. */
  readonly replicaWaitMs?: number;
}

export interface EmbeddedConfig extends CommonDatabaseConfig {
  readonly mode: "embedded";
  /** Absolute path of the data folder; undefined keeps the data in memory. */
  readonly dataDir: string | undefined;
}

/** Limits of every operation. */
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
  /** Entries of one list in an argument, or in an input within one. */
  readonly maxListEntries: number;
  /** Bytes of the data of one answer. */
  readonly maxAnswerBytes: number;
  readonly maxTokens: number;
  readonly maxBodyBytes: number;
  readonly maxConcurrentOperations: number;
  /** Maximum number of concurrent operations of one client; 0 disables the limit. */
  readonly maxConcurrentOperationsPerClient: number;
  /** Event loop delay in milliseconds above which requests are rejected; 0 never rejects. */
  readonly maxEventLoopDelayMs: number;
  /** Maximum number of open event streams of a process. */
  readonly maxStreams: number;
  /** Maximum number of open event streams of one address, key or token in a process. */
  readonly maxStreamsPerAddress: number;
  /** Maximum number of exports in progress in a process. */
  readonly maxExports: number;
  /** Maximum number of exports in progress of one address, key or token in a process. */
  readonly maxExportsPerClient: number;
  /** Milliseconds between heartbeats on an idle event stream. */
  readonly streamHeartbeatMs: number;
  /** Milliseconds a client may leave a response of any kind unread before it is closed. */
  readonly slowReaderMs: number;
  readonly queryTimeoutMs: number;
  readonly mutationTimeoutMs: number;
  /** Same value as in the database configuration. */
  readonly statementTimeoutMs: number;
  /** Maximum number of errors in a response. */
  readonly maxErrors: number;
  /** Rate limit of an address in cost points an hour; 0 disables it. */
  readonly pointsPerHour: number;
  /** Rate limit of the owner of a key or token in cost points an hour; 0 disables it. */
  readonly keyPointsPerHour: number;
  /** Size of the response cache in bytes; 0 disables it. */
  readonly cacheBytes?: number;
}

/** Issuer of the JSON Web Tokens that are accepted besides keys. */
export interface JwtConfig {
  /** Exact value of the claim `iss`. */
  readonly issuer: string;
  /** Value that the claim `aud` must contain. */
  readonly audience: string;
  /** URL of the issuer's public keys. */
  readonly jwksUrl: string;
}

export interface Config {
  readonly database: DatabaseConfig;
  readonly http: {
    readonly host: string;
    readonly port: number;
    /** Addresses and networks of proxies whose X-Forwarded-For header is trusted. */
    readonly trustedProxies: readonly string[];
    /** Addresses and networks exempt from rate limits. */
    readonly uncounted: readonly string[];
  };
  readonly log: { readonly level: LogLevel };
  /** Whether the seeds are loaded into an empty record at the first start. */
  readonly seed: boolean;
  readonly playground: boolean;
  /** Reports of mistakes that an address may send in an hour; 0 serves no form for them. */
  readonly mistakesPerHour: number;
  /** The language model that is asked for facts of reports; undefined if none is. */
  readonly model:
    | { readonly url: string; readonly name: string; readonly key: string | undefined; readonly timeoutMs: number }
    | undefined;
  /** True if an editor may publish only the proposals of another editor. */
  readonly fourEyes: boolean;
  /** Advice on settings that work but should be changed. */
  readonly warnings: readonly string[];
  /** Whether queries are answered with the JSON of the reader, or executed by graphql-js. */
  readonly rawJson: boolean;
  /** Whether every response reports the cost of its operation. */
  readonly showCost: boolean;
  /** Policy for operations outside the safelist, and the file with operations besides the shipped ones. */
  readonly safelist: { readonly mode: "off" | "log" | "enforce"; readonly manifest: string | undefined };
  /** Clients that may read the metrics: none, this machine, or all. */
  readonly metrics: "off" | "local" | "all";
  /** Duration in milliseconds from which a statement is logged with its plan; 0 logs none. */
  readonly slowStatementMs: number;
  /** Endpoint of traces; undefined disables tracing. */
  readonly tracing: { readonly url: string; readonly serviceName: string } | undefined;
  /** Undefined if only keys are accepted. */
  readonly jwt: JwtConfig | undefined;
  /** OpenID providers with which editors sign in at the desk. */
  readonly providers: readonly ProviderConfig[];
  /** Signs backups and checks their signatures; undefined if they have none. */
  readonly backupKey: string | undefined;
  /** Key that `sidelines mcp` sends to the service. */
  readonly mcpKey: string | undefined;
  readonly limits: Limits;
}

/** Invalid settings; `faults` has one line for each, which names the setting. */
export class ConfigError extends Error {
  override readonly name = "ConfigError";
  readonly faults: readonly string[];
  constructor(faults: readonly string[]) {
    super(["invalid configuration:", ...faults.map((fault) => `  ${fault}`)].join("\n"));
    this.faults = faults;
  }
}

const wholeNumber = (least: number, most: number) =>
  z
    .string()
    .regex(/^\d+$/, "must be a whole number")
    .transform(Number)
    .pipe(z.number().min(least, `must be at least ${least}`).max(most, `must be at most ${most}`));
const yesOrNo = z.enum(["true", "false"], "must be true or false").transform((text) => text === "true");
const words = z.string().trim().min(1, "must not be empty");
const anything = z.string().trim();
/** Addresses and networks, separated by commas; `none` is the empty list. */
const networks = z
  .string()
  .transform((text) =>
    text
      .split(",")
      .map((part) => part.trim())
      .filter((part) => part !== "" && part !== "none"),
  )
  .refine(
    (parts) => parts.every(isNetwork),
    "must be addresses or networks such as 10.0.0.0/8, separated by commas, loopback for this machine, or none",
  );

function isNetwork(text: string): boolean {
  if (text === "loopback") return true;
  const [address = "", bits, ...rest] = text.split("/");
  const family = isIP(address);
  return (
    family !== 0 &&
    rest.length === 0 &&
    (bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128)))
  );
}

const logLevels = ["fatal", "error", "warn", "info", "debug", "trace", "silent"] as const satisfies readonly LogLevel[];

/** Keys must come by https or from this machine, because a forged key set accepts forged tokens. */
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
  /** Whether the value must not be repeated in messages. */
  readonly isSecret?: boolean;
  readonly default: string;
  readonly meaning: string;
  readonly form: z.ZodType;
}

// Every setting with a default. DATABASE_URL has none, because its absence selects the embedded database.
const definitions = {
  SIDELINES_DATA_DIR: {
    default: "./data",
    meaning: "Folder of the embedded database, used when DATABASE_URL is not set; memory:// stores nothing on disk",
    form: words,
  },
  HOST: { default: "127.0.0.1", meaning: "Address to listen on; 0.0.0.0 for all", form: words },
  PORT: { default: "4000", meaning: "Port to listen on; 0 picks a free one", form: wholeNumber(0, 65_535) },
  LOG_LEVEL: {
    default: "info",
    meaning: `Log level: ${logLevels.join(", ")}`,
    form: z.enum(logLevels, `must be one of ${logLevels.join(", ")}`),
  },
  SIDELINES_SEED: {
    default: "true",
    meaning: "Load the seed packs into an empty record at the first start",
    form: yesOrNo,
  },
  SIDELINES_PLAYGROUND: { default: "true", meaning: "Serve the playground at /playground", form: yesOrNo },
  SIDELINES_MISTAKES_PER_HOUR: {
    default: "10",
    meaning: "Reports of mistakes that an address may send in an hour; 0 removes the form from the pages",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_FOUR_EYES: {
    default: "false",
    meaning:
      "Publish only what two editors have seen: one drafts or accepts it, another one with the scope PUBLISH publishes it",
    form: yesOrNo,
  },
  SIDELINES_MODEL_URL: {
    default: "",
    meaning:
      "Base URL of a language model that is asked for more facts of a report, such as http://127.0.0.1:11434/v1; without it no text leaves the machine",
    form: anything.refine(isHttpUrl, "must be an http or https URL"),
  },
  SIDELINES_MODEL_NAME: { default: "", meaning: "Name of the model; set it together with the URL", form: anything },
  SIDELINES_MODEL_KEY: {
    default: "",
    meaning: "Key that is sent to the model as a bearer token",
    form: anything,
    isSecret: true,
  },
  SIDELINES_MODEL_TIMEOUT_MS: {
    default: "20000",
    meaning: "Milliseconds a model may take for a report; then its facts are left out",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_RAW_JSON: {
    default: "true",
    meaning: "Send the JSON that Postgres returns as it is; false runs every query through graphql-js",
    form: yesOrNo,
  },
  SIDELINES_SHOW_COST: {
    default: "true",
    meaning: "Report the cost of every operation in extensions.cost; false reports it on request only",
    form: yesOrNo,
  },
  SIDELINES_SAFELIST: {
    default: "off",
    meaning: "Policy for operations outside the safelist: off runs them, log runs and logs them, enforce rejects them",
    form: z.enum(["off", "log", "enforce"], "must be off, log or enforce"),
  },
  SIDELINES_SAFELIST_MANIFEST: {
    default: "",
    meaning:
      "File with more operations for the safelist: an Apollo persisted query manifest, or a JSON object of texts by SHA-256",
    form: anything,
  },
  SIDELINES_METRICS: {
    default: "local",
    meaning: "Clients that may read the Prometheus metrics at /metrics: local (this machine), all or off",
    form: z.enum(["off", "local", "all"], "must be off, local or all"),
  },
  SIDELINES_SLOW_STATEMENT_MS: {
    default: "1000",
    meaning: "Log SQL statements that take at least this many milliseconds, with their plans; 0 logs none",
    form: wholeNumber(0, 600_000),
  },
  OTEL_EXPORTER_OTLP_ENDPOINT: {
    default: "",
    meaning: "Endpoint for traces, as OTLP over HTTP with JSON; without it there is no tracing",
    form: anything.refine(isHttpUrl, "must be an http or https URL"),
  },
  OTEL_SERVICE_NAME: { default: "sidelines", meaning: "Name of the service in traces", form: words },
  SIDELINES_TRUSTED_PROXIES: {
    default: "none",
    meaning:
      "Proxies whose X-Forwarded-For header is trusted: addresses and networks separated by commas, loopback or none",
    form: networks,
  },
  SIDELINES_UNCOUNTED_CLIENTS: {
    default: "loopback",
    meaning:
      "Addresses and networks exempt from rate limits unless a proxy forwards the request; none exempts no client",
    form: networks,
  },
  SIDELINES_JWT_ISSUER: {
    default: "",
    meaning: "Issuer of accepted JSON Web Tokens, as in their claim iss; set all three JWT settings or none",
    form: anything,
  },
  SIDELINES_JWT_AUDIENCE: { default: "", meaning: "Audience that a token must name in its claim aud", form: anything },
  SIDELINES_JWKS_URL: {
    default: "",
    meaning: "URL of the issuer's public keys: https, or http on this machine",
    form: anything.refine(isKeySetUrl, "must be an https URL, or an http URL on this machine"),
  },
  SIDELINES_OIDC_PROVIDERS: {
    default: "",
    meaning:
      "OpenID providers for signing in at the desk: a JSON list, or the path of a file that holds it; without it keys alone open sessions",
    form: anything.transform(readProviders),
    isSecret: true,
  },
  SIDELINES_BACKUP_KEY: {
    default: "",
    meaning:
      "Secret of at least 32 characters that signs backups (HMAC-SHA-256); restore then refuses a backup without its signature",
    form: z.string().refine((text) => text === "" || text.length >= 32, "must have at least 32 characters"),
    isSecret: true,
  },
  SIDELINES_MCP_KEY: {
    default: "",
    meaning: "Key that `sidelines mcp` sends to the service, for a higher rate limit; none by default",
    form: anything,
    isSecret: true,
  },
  SIDELINES_CACHE_MB: {
    default: "64",
    meaning: "Megabytes of memory for the response cache, which is valid until the record changes; 0 disables it",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_DIRECT_DATABASE_URL: {
    default: "",
    meaning:
      "URL of the Postgres server itself, if DATABASE_URL is a connection pool in transaction mode such as PgBouncer",
    form: anything,
  },
  SIDELINES_POOL_KEEPS_STATEMENTS: {
    default: "false",
    meaning: "Use prepared statements through that pool, which must support them, as PgBouncer does from 1.21",
    form: yesOrNo,
  },
  SIDELINES_REPLICA_URLS: {
    default: "",
    meaning: "URLs of read replicas, separated by commas",
    form: anything,
  },
  SIDELINES_REPLICA_WAIT_MS: {
    default: "50",
    meaning: "Milliseconds a read waits for a lagging replica before it uses the primary; 0 never waits",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_POOL_SIZE: {
    default: "10",
    meaning: "Maximum number of connections to the database, and to each replica",
    form: wholeNumber(1, 1_000),
  },
  SIDELINES_PREPARED_STATEMENTS: {
    default: "250",
    meaning:
      "Maximum number of prepared statements per connection, about 100 kB of database memory each; the least recently used is closed, 0 prepares none",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_STATEMENT_TIMEOUT_MS: {
    default: "8000",
    meaning:
      "Time limit of an SQL statement in milliseconds; an embedded database that exceeds it is restarted; one in memory gets ten times as long",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_QUERY_TIMEOUT_MS: {
    default: "10000",
    meaning: "Time limit of a query in milliseconds",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_MUTATION_TIMEOUT_MS: {
    default: "30000",
    meaning: "Time limit of a mutation in milliseconds",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_MAX_DEPTH: { default: "12", meaning: "Maximum depth of fields in an operation", form: wholeNumber(1, 100) },
  SIDELINES_MAX_LIST_DEPTH: {
    default: "3",
    meaning: "Maximum depth of lists in an operation",
    form: wholeNumber(0, 100),
  },
  SIDELINES_MAX_NODES: {
    default: "10000",
    meaning: "Maximum number of objects an operation may return, estimated from its page sizes",
    form: wholeNumber(1, 100_000_000),
  },
  SIDELINES_MAX_COST: {
    default: "1000",
    meaning: "Maximum cost of an operation, in points of about a tenth of a millisecond of database time",
    form: wholeNumber(1, 1_000_000),
  },
  SIDELINES_MAX_PAGE_SIZE: { default: "100", meaning: "Maximum page size of a list", form: wholeNumber(1, 10_000) },
  SIDELINES_DEFAULT_PAGE_SIZE: {
    default: "20",
    meaning: "Page size if the operation gives none",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_ALIASES: {
    default: "30",
    meaning: "Maximum number of aliases in an operation",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_MAX_ROOT_FIELDS: {
    default: "15",
    meaning: "Maximum number of root fields in an operation",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_REPEATED_FIELDS: {
    default: "20",
    meaning: "Maximum number of times an operation may select the same field in the same place",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_DIRECTIVES: {
    default: "30",
    meaning: "Maximum number of directives in an operation",
    form: wholeNumber(0, 10_000),
  },
  SIDELINES_MAX_LIST_ENTRIES: {
    default: "100",
    meaning: "Maximum number of entries of a list argument",
    form: wholeNumber(1, 10_000),
  },
  SIDELINES_MAX_ANSWER_BYTES: {
    default: "8000000",
    meaning: "Maximum size of the data of a response in bytes",
    form: wholeNumber(65_536, 256 * 1024 * 1024),
  },
  SIDELINES_MAX_TOKENS: {
    default: "2000",
    meaning: "Maximum number of lexical tokens in a document",
    form: wholeNumber(100, 100_000),
  },
  SIDELINES_MAX_BODY_BYTES: {
    default: "262144",
    meaning: "Maximum size of a request body in bytes",
    form: wholeNumber(1_024, 64 * 1024 * 1024),
  },
  SIDELINES_MAX_ERRORS: { default: "5", meaning: "Maximum number of errors in a response", form: wholeNumber(1, 100) },
  SIDELINES_POINTS_PER_HOUR: {
    default: "5000",
    meaning: "Rate limit of an address without a key, in cost points an hour; 0 disables it",
    form: wholeNumber(0, 1_000_000_000),
  },
  SIDELINES_KEY_POINTS_PER_HOUR: {
    default: "50000",
    meaning: "Rate limit of the owner of a key or token, in cost points an hour; 0 disables it",
    form: wholeNumber(0, 1_000_000_000),
  },
  SIDELINES_MAX_CONCURRENT_OPERATIONS: {
    default: "100",
    meaning:
      "Maximum number of concurrent operations; more are rejected with 503. Mutations have half as many places of their own",
    form: wholeNumber(1, 100_000),
  },
  SIDELINES_MAX_CONCURRENT_OPERATIONS_PER_CLIENT: {
    default: "25",
    meaning:
      "Maximum number of concurrent operations of one address, key or token; more are rejected with 429; 0 disables the limit",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_MAX_EVENT_LOOP_DELAY_MS: {
    default: "1000",
    meaning: "Event loop delay in milliseconds above which operations are rejected with 503; 0 never rejects",
    form: wholeNumber(0, 60_000),
  },
  SIDELINES_MAX_STREAMS: {
    default: "500",
    meaning: "Maximum number of open event streams; more are rejected with 503",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_MAX_STREAMS_PER_ADDRESS: {
    default: "20",
    meaning: "Maximum number of open event streams of one address, key or token; more are rejected with 429",
    form: wholeNumber(0, 100_000),
  },
  SIDELINES_MAX_EXPORTS: {
    default: "100",
    meaning: "Maximum number of exports in progress; more are rejected with 503",
    form: wholeNumber(1, 100_000),
  },
  SIDELINES_MAX_EXPORTS_PER_CLIENT: {
    default: "4",
    meaning: "Maximum number of exports in progress of one address, key or token; more are rejected with 429",
    form: wholeNumber(1, 100_000),
  },
  SIDELINES_STREAM_HEARTBEAT_MS: {
    default: "15000",
    meaning: "Milliseconds between heartbeats on an idle event stream",
    form: wholeNumber(100, 600_000),
  },
  SIDELINES_SLOW_READER_MS: {
    default: "30000",
    meaning: "Milliseconds a client may leave a response of any kind unread before it is closed",
    form: wholeNumber(100, 600_000),
  },
} as const satisfies Record<string, SettingDefinition>;

type SettingName = keyof typeof definitions;
type Values = { readonly [Name in SettingName]: z.output<(typeof definitions)[Name]["form"]> };

/** A setting as shown in help and documentation. */
export interface Setting {
  readonly name: string;
  /** Text of the default; empty if there is none. */
  readonly default: string;
  readonly meaning: string;
}

/** All settings in the order of the documentation. */
export const settings: readonly Setting[] = [
  {
    name: "DATABASE_URL",
    default: "",
    meaning:
      "Postgres server, as postgres://user:password@host:port/database, with commas between several hosts; without it the embedded database is used",
  },
  ...Object.entries(definitions).map(([name, { default: value, meaning }]) => ({ name, default: value, meaning })),
];

/** Database settings given as options of a command; at most one of them. */
export interface DatabaseOverrides {
  readonly databaseUrl?: string | undefined;
  readonly dataDir?: string | undefined;
}

/** Settings that describe the database of the environment. An override replaces all of them. */
const databaseSettings: readonly string[] = [
  "DATABASE_URL",
  "SIDELINES_DIRECT_DATABASE_URL",
  "SIDELINES_POOL_KEEPS_STATEMENTS",
  "SIDELINES_REPLICA_URLS",
  "SIDELINES_REPLICA_WAIT_MS",
];

/** Returns the environment with its database settings replaced by the overrides. */
function overridden(env: NodeJS.ProcessEnv, { databaseUrl, dataDir }: DatabaseOverrides): NodeJS.ProcessEnv {
  if (databaseUrl === undefined && dataDir === undefined) return env;
  const others = Object.entries(env).filter(
    ([name]) => !databaseSettings.includes(name) && !postgresVariables.includes(name),
  );
  return {
    ...Object.fromEntries(others),
    ...(databaseUrl === undefined ? {} : { DATABASE_URL: databaseUrl }),
    ...(dataDir === undefined ? {} : { SIDELINES_DATA_DIR: dataDir }),
  };
}

/**
 * Reads the configuration. No other module of the service reads the environment.
 *
 * @throws ConfigError naming every invalid setting, not only the first.
 */
export function readConfig(environment: NodeJS.ProcessEnv = process.env, overrides: DatabaseOverrides = {}): Config {
  const faults: string[] = [];
  const { env, warnings } = renamed(overridden(environment, overrides), faults);
  faults.push(...unknownSettings(env));
  const values = readValues(env, faults);
  const url = readDatabaseUrl(env, faults);
  if (values.SIDELINES_DEFAULT_PAGE_SIZE > values.SIDELINES_MAX_PAGE_SIZE) {
    faults.push("SIDELINES_DEFAULT_PAGE_SIZE must be at most SIDELINES_MAX_PAGE_SIZE");
  }
  const jwt = readJwt(values, env, faults);
  const providers = values.SIDELINES_OIDC_PROVIDERS;
  if ("faults" in providers) faults.push(...providers.faults.map((fault) => `SIDELINES_OIDC_PROVIDERS ${fault}`));
  if ((values.SIDELINES_MODEL_URL === "") !== (values.SIDELINES_MODEL_NAME === ""))
    faults.push("SIDELINES_MODEL_URL and SIDELINES_MODEL_NAME belong together: set both for a model, or neither");
  const directUrl = readFurtherUrl("SIDELINES_DIRECT_DATABASE_URL", values, url, faults);
  const replicas = readFurtherUrl("SIDELINES_REPLICA_URLS", values, url, faults);
  if (faults.length > 0) throw new ConfigError(faults);
  return freeze({ ...configOf(values, { url, directUrl, replicas }, jwt), warnings });
}

/** Settings by their former names, which are accepted for a year. */
const formerNames = { SIDELINES_DIRECT_ANSWERS: "SIDELINES_RAW_JSON" } as const;

/** Gives settings with a former name their present one. */
function renamed(
  env: NodeJS.ProcessEnv,
  faults: string[],
): { readonly env: NodeJS.ProcessEnv; readonly warnings: readonly string[] } {
  const changed = { ...env };
  const warnings: string[] = [];
  for (const [former, name] of Object.entries(formerNames)) {
    const given = env[former];
    if (given === undefined) continue;
    if (env[name] !== undefined) faults.push(`${former} is the former name of ${name}: set ${name} alone`);
    Reflect.deleteProperty(changed, former);
    changed[name] ??= given;
    warnings.push(`${former} is now called ${name}. Rename it; the former name will be removed.`);
  }
  return { env: changed, warnings };
}

/** Reads the token settings. An incomplete set is a fault, because valid tokens would be rejected without a reason. */
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
  return {
    issuer: values.SIDELINES_JWT_ISSUER,
    audience: values.SIDELINES_JWT_AUDIENCE,
    jwksUrl: values.SIDELINES_JWKS_URL,
  };
}

interface DatabaseUrls {
  readonly url: string | undefined;
  readonly directUrl: string | undefined;
  readonly replicas: string | undefined;
}

function configOf(
  values: Values,
  { url, directUrl, replicas }: DatabaseUrls,
  jwt: JwtConfig | undefined,
): Omit<Config, "warnings"> {
  const common = {
    poolSize: values.SIDELINES_POOL_SIZE,
    statementTimeoutMs: values.SIDELINES_STATEMENT_TIMEOUT_MS,
    preparedStatements: values.SIDELINES_PREPARED_STATEMENTS,
  };
  const folder = values.SIDELINES_DATA_DIR;
  return {
    database:
      url === undefined
        ? { mode: "embedded", dataDir: folder === "memory://" ? undefined : resolve(folder), ...common }
        : {
            mode: "postgres",
            url,
            ...(directUrl === undefined
              ? {}
              : { directUrl, poolKeepsStatements: values.SIDELINES_POOL_KEEPS_STATEMENTS }),
            ...replicasOf(values, replicas),
            ...common,
          },
    http: {
      host: values.HOST,
      port: values.PORT,
      trustedProxies: values.SIDELINES_TRUSTED_PROXIES,
      uncounted: values.SIDELINES_UNCOUNTED_CLIENTS,
    },
    log: { level: values.LOG_LEVEL },
    seed: values.SIDELINES_SEED,
    playground: values.SIDELINES_PLAYGROUND,
    mistakesPerHour: values.SIDELINES_MISTAKES_PER_HOUR,
    fourEyes: values.SIDELINES_FOUR_EYES,
    model:
      values.SIDELINES_MODEL_URL === ""
        ? undefined
        : {
            url: values.SIDELINES_MODEL_URL,
            name: values.SIDELINES_MODEL_NAME,
            key: values.SIDELINES_MODEL_KEY || undefined,
            timeoutMs: values.SIDELINES_MODEL_TIMEOUT_MS,
          },
    rawJson: values.SIDELINES_RAW_JSON,
    showCost: values.SIDELINES_SHOW_COST,
    safelist: { mode: values.SIDELINES_SAFELIST, manifest: values.SIDELINES_SAFELIST_MANIFEST || undefined },
    metrics: values.SIDELINES_METRICS,
    slowStatementMs: values.SIDELINES_SLOW_STATEMENT_MS,
    tracing: tracingOf(values),
    backupKey: values.SIDELINES_BACKUP_KEY || undefined,
    mcpKey: values.SIDELINES_MCP_KEY || undefined,
    jwt,
    providers: "providers" in values.SIDELINES_OIDC_PROVIDERS ? values.SIDELINES_OIDC_PROVIDERS.providers : [],
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
      maxListEntries: values.SIDELINES_MAX_LIST_ENTRIES,
      maxAnswerBytes: values.SIDELINES_MAX_ANSWER_BYTES,
      maxTokens: values.SIDELINES_MAX_TOKENS,
      maxBodyBytes: values.SIDELINES_MAX_BODY_BYTES,
      maxConcurrentOperations: values.SIDELINES_MAX_CONCURRENT_OPERATIONS,
      maxConcurrentOperationsPerClient: values.SIDELINES_MAX_CONCURRENT_OPERATIONS_PER_CLIENT,
      maxEventLoopDelayMs: values.SIDELINES_MAX_EVENT_LOOP_DELAY_MS,
      maxStreams: values.SIDELINES_MAX_STREAMS,
      maxStreamsPerAddress: values.SIDELINES_MAX_STREAMS_PER_ADDRESS,
      maxExports: values.SIDELINES_MAX_EXPORTS,
      maxExportsPerClient: values.SIDELINES_MAX_EXPORTS_PER_CLIENT,
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
  return list === undefined
    ? {}
    : { replicaUrls: urlsIn(list).flatMap(serversOf), replicaWaitMs: values.SIDELINES_REPLICA_WAIT_MS };
}

/** The standard setting is a base URL; the path of the signal is appended. */
function tracingOf({ OTEL_EXPORTER_OTLP_ENDPOINT: base, OTEL_SERVICE_NAME: serviceName }: Values): Config["tracing"] {
  return base === "" ? undefined : { url: `${base.replace(/\/$/, "")}/v1/traces`, serviceName };
}

/** Reads every setting that has a default. A faulty one gets its default until the faults are thrown. */
function readValues(env: NodeJS.ProcessEnv, faults: string[]): Values {
  const values = Object.entries(definitions).map(([name, definition]: [string, SettingDefinition]) => {
    const given = env[name];
    const result = definition.form.safeParse(given === undefined || given === "" ? definition.default : given);
    if (result.success) return [name, result.data];
    const reasons = result.error.issues.map((issue) => issue.message).join(", ");
    faults.push(`${name} ${reasons}${definition.isSecret === true ? "" : `, but is ${JSON.stringify(given)}`}`);
    return [name, definition.form.parse(definition.default)];
  });
  return Object.fromEntries(values) as Values;
}

const prefix = "SIDELINES_";

function unknownSettings(env: NodeJS.ProcessEnv): string[] {
  // Names are compared without the prefix, which some settings lack, so that a slip in a short name still counts.
  const bare = (name: string): string => (name.startsWith(prefix) ? name.slice(prefix.length) : name);
  const known = new Map(settings.map(({ name }) => [bare(name), name]));
  return Object.keys(env)
    .filter((name) => name.startsWith(prefix) && known.get(bare(name)) !== name)
    .map((name) => {
      const near = known.get(similarTo(bare(name), known.keys()) ?? "");
      return `${name} is not a setting${near === undefined ? "" : `; did you mean ${near}?`}`;
    });
}

// Variables of libpq. See "Environment Variables" in its documentation.
const postgresVariables = [
  "PGHOST",
  "PGHOSTADDR",
  "PGPORT",
  "PGDATABASE",
  "PGUSER",
  "PGPASSWORD",
  "PGSERVICE",
  "PGSSLMODE",
];
const neededVariables = ["PGHOST", "PGDATABASE", "PGUSER"];

/**
 * Returns the URL of the database, or undefined for the embedded one. An incomplete configuration is a fault, because
 * an empty embedded database would look like a lost record.
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

/** Reads the URL of a pool's server or of replicas, which need DATABASE_URL as well. */
function readFurtherUrl(
  name: "SIDELINES_DIRECT_DATABASE_URL" | "SIDELINES_REPLICA_URLS",
  values: Values,
  database: string | undefined,
  faults: string[],
): string | undefined {
  const given = values[name];
  if (given === "") return undefined;
  const fault = urlsIn(given)
    .map(databaseUrlFault)
    .find((one) => one !== undefined);
  if (fault !== undefined) faults.push(`${name} ${fault}`);
  else if (database === undefined)
    faults.push(`${name} is set, but DATABASE_URL is not: set both, or neither for the embedded database`);
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
    return `must begin with postgres:// or postgresql://, but begins with ${url.protocol}//`;
  }
  const missing = [
    ...(url.hostname === "" && !url.searchParams.has("host") ? ["a host"] : []),
    ...(url.pathname.length <= 1 ? ["the name of a database"] : []),
  ];
  return missing.length === 0
    ? undefined
    : `lacks ${missing.join(" and ")}: postgres://user:password@host:port/database`;
}

function urlFromVariables(env: NodeJS.ProcessEnv): string {
  const part = (name: string): string => encodeURIComponent(env[name] ?? "");
  const user = `${part("PGUSER")}${env["PGPASSWORD"] ? `:${part("PGPASSWORD")}` : ""}`;
  const port = env["PGPORT"] ? `:${part("PGPORT")}` : "";
  const host = env["PGHOST"] ?? "";
  const query = new URLSearchParams();
  if (env["PGSSLMODE"]) query.set("sslmode", env["PGSSLMODE"]);
  // A folder stands for the socket in it.
  if (host.startsWith("/")) query.set("host", host);
  const address = host.startsWith("/") ? `localhost${port}` : `${host.includes(":") ? `[${host}]` : host}${port}`;
  const rest = query.size > 0 ? `?${query.toString()}` : "";
  return `postgres://${user}@${address}/${part("PGDATABASE")}${rest}`;
}

function freeze<T extends object>(value: T): T {
  for (const part of Object.values(value)) if (typeof part === "object" && part !== null) freeze(part as object);
  return Object.freeze(value);
}
