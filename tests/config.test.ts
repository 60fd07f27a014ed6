import { resolve } from "node:path";
import { describe, expect, it } from "vitest";
import { ConfigError, readConfig, settings } from "../src/config.js";

function faultsOf(env: NodeJS.ProcessEnv): readonly string[] {
  try {
    readConfig(env);
  } catch (error) {
    if (error instanceof ConfigError) return error.faults;
    throw error;
  }
  return [];
}

const url = "postgres://u:secret@db.example.org:5432/record";

describe("the configuration", () => {
  it("has a default for everything", () => {
    expect(readConfig({})).toMatchObject({
      database: { mode: "embedded", dataDir: resolve("data"), poolSize: 10, statementTimeoutMs: 8_000 },
      http: { host: "127.0.0.1", port: 4000 },
      log: { level: "info" },
      seed: true,
      playground: true,
      limits: {
        maxDepth: 12,
        maxListDepth: 3,
        maxNodes: 10_000,
        maxCost: 1_000,
        maxPageSize: 100,
        defaultPageSize: 20,
        maxAliases: 30,
        maxRootFields: 15,
        maxRepeatedFields: 20,
        maxDirectives: 30,
        maxListEntries: 100,
        maxAnswerBytes: 8_000_000,
        maxTokens: 2_000,
        maxBodyBytes: 262_144,
        maxConcurrentOperations: 100,
        maxConcurrentOperationsPerClient: 25,
        maxEventLoopDelayMs: 1_000,
        maxStreams: 500,
        maxStreamsPerAddress: 20,
        maxExports: 100,
        maxExportsPerClient: 4,
        streamHeartbeatMs: 15_000,
        slowReaderMs: 30_000,
        queryTimeoutMs: 10_000,
        mutationTimeoutMs: 30_000,
        cacheBytes: 67_108_864,
      },
    });
  });

  it("takes what is set", () => {
    const config = readConfig({
      DATABASE_URL: url,
      PORT: "0",
      SIDELINES_SEED: "false",
      SIDELINES_POOL_SIZE: "16",
      SIDELINES_MAX_DEPTH: "5",
    });
    expect(config.database).toEqual({
      mode: "postgres",
      url,
      poolSize: 16,
      preparedStatements: 250,
      statementTimeoutMs: 8_000,
    });
    expect(config).toMatchObject({ http: { port: 0 }, seed: false, limits: { maxDepth: 5 } });
    expect(readConfig({ SIDELINES_DATA_DIR: "memory://" }).database).toMatchObject({
      mode: "embedded",
      dataDir: undefined,
    });
    expect(readConfig({ SIDELINES_DATA_DIR: "/srv/record" }).database).toMatchObject({ dataDir: "/srv/record" });
  });

  it("treats an empty setting as absent, but not an empty DATABASE_URL", () => {
    expect(readConfig({ PORT: "" }).http.port).toBe(4000);
    expect(faultsOf({ DATABASE_URL: "" })).toEqual([expect.stringContaining("set but empty")]);
  });

  it("cannot be changed, at any depth", () => {
    const config = readConfig({}) as { limits: { maxDepth: number }; seed: boolean };
    expect(() => (config.limits.maxDepth = 1)).toThrow(TypeError);
    expect(() => (config.seed = false)).toThrow(TypeError);
  });

  it("names every fault at once, and the value", () => {
    const faults = faultsOf({
      PORT: "70000",
      LOG_LEVEL: "loud",
      SIDELINES_SEED: "yes",
      DATABASE_URL: "mysql://x/y",
      SIDELINES_POOL_SIZE: "-1",
    });
    expect(faults).toHaveLength(5);
    expect(faults).toContain('PORT must be at most 65535, but is "70000"');
    expect(faults).toContain('SIDELINES_SEED must be true or false, but is "yes"');
    expect(faults).toContain('SIDELINES_POOL_SIZE must be a whole number, but is "-1"');
    expect(faults.join("\n")).toMatch(/LOG_LEVEL must be one of fatal/);
    expect(faults.join("\n")).toMatch(/DATABASE_URL must begin with postgres:/);
    expect(() => readConfig({ PORT: "x" })).toThrow(/^invalid configuration:\n {2}PORT /);
  });

  it("knows its own names", () => {
    expect(faultsOf({ SIDELINES_POOLSIZE: "5" })).toEqual([
      "SIDELINES_POOLSIZE is not a setting; did you mean SIDELINES_POOL_SIZE?",
    ]);
  });

  it.each([
    ["SIDELINES_PROT", "PORT"],
    ["SIDELINES_PORT", "PORT"],
    ["SIDELINES_DATABASE_URL", "DATABASE_URL"],
    ["SIDELINES_SEDE", "SIDELINES_SEED"],
  ])("knows %s with or without its prefix", (name, meant) => {
    expect(faultsOf({ [name]: "5" })).toEqual([`${name} is not a setting; did you mean ${meant}?`]);
  });

  it("keeps page sizes in order", () => {
    expect(faultsOf({ SIDELINES_MAX_PAGE_SIZE: "10" })).toEqual([
      "SIDELINES_DEFAULT_PAGE_SIZE must be at most SIDELINES_MAX_PAGE_SIZE",
    ]);
  });

  it.each([
    ["postgres://u@db.example.org", "lacks the name of a database"],
    ["postgres://u@db.example.org/", "lacks the name of a database"],
    ["postgres:///record", "lacks a host"],
    ["postgres:///", "lacks a host and the name of a database"],
    ["db.example.org/record", "is not a URL"],
  ])("refuses half a DATABASE_URL: %s", (value, fault) => {
    expect(faultsOf({ DATABASE_URL: value })).toEqual([expect.stringContaining(fault)]);
  });

  it("takes the server behind a pool, but not without the pool", () => {
    const direct = "postgres://u:secret@server.example.org/record";
    expect(readConfig({ DATABASE_URL: url, SIDELINES_DIRECT_DATABASE_URL: direct }).database).toMatchObject({
      url,
      directUrl: direct,
    });
    expect(faultsOf({ SIDELINES_DIRECT_DATABASE_URL: direct })).toEqual([
      "SIDELINES_DIRECT_DATABASE_URL is set, but DATABASE_URL is not: set both, or neither for the embedded database",
    ]);
    expect(faultsOf({ DATABASE_URL: url, SIDELINES_DIRECT_DATABASE_URL: "server.example.org" })).toEqual([
      expect.stringContaining("SIDELINES_DIRECT_DATABASE_URL is not a URL"),
    ]);
    expect(
      readConfig({ DATABASE_URL: url, SIDELINES_DIRECT_DATABASE_URL: direct }, { dataDir: "memory://" }).database,
    ).toMatchObject({ mode: "embedded" });
  });

  it("takes several hosts, and replicas with or without commas of their own", () => {
    const hosts = "postgres://u:p@one:5432,two:5432/record";
    expect(readConfig({ DATABASE_URL: hosts }).database).toMatchObject({ url: hosts });
    expect(faultsOf({ DATABASE_URL: "postgres://u:p@one,two:x/record" })).toEqual([
      expect.stringContaining("DATABASE_URL is not a URL"),
    ]);
    const replicas = "postgres://u:p@two/record, postgres://u:p@three,four/record";
    expect(
      readConfig({ DATABASE_URL: url, SIDELINES_REPLICA_URLS: replicas, SIDELINES_REPLICA_WAIT_MS: "20" }).database,
    ).toMatchObject({
      replicaUrls: ["postgres://u:p@two/record", "postgres://u:p@three/record", "postgres://u:p@four/record"],
      replicaWaitMs: 20,
    });
    expect(faultsOf({ SIDELINES_REPLICA_URLS: replicas })).toEqual([
      expect.stringMatching(/^SIDELINES_REPLICA_URLS is set, but DATABASE_URL is not/),
    ]);
    expect(faultsOf({ DATABASE_URL: url, SIDELINES_REPLICA_URLS: "postgres://two/record,postgres://three" })).toEqual([
      expect.stringContaining("SIDELINES_REPLICA_URLS lacks the name of a database"),
    ]);
    expect(
      readConfig({ DATABASE_URL: url, SIDELINES_REPLICA_URLS: replicas }, { databaseUrl: hosts }).database,
    ).not.toHaveProperty("replicaUrls");
  });

  it("does not repeat passwords", () => {
    expect(faultsOf({ DATABASE_URL: "postgres://u:secret@db.example.org" }).join()).not.toContain("secret");
    expect(faultsOf({ PGPASSWORD: "secret" }).join()).not.toContain("secret");
    const short = faultsOf({ SIDELINES_BACKUP_KEY: "secret" });
    expect(short).toEqual(["SIDELINES_BACKUP_KEY must have at least 32 characters"]);
  });

  it("accepts a socket", () => {
    expect(readConfig({ DATABASE_URL: "postgres:///record?host=/run/pg" }).database).toMatchObject({
      mode: "postgres",
    });
  });

  it.each([{ PGHOST: "db" }, { PGDATABASE: "record" }, { PGPASSWORD: "p" }, { PGHOST: "db", PGUSER: "u" }])(
    "refuses half of Postgres' variables: %j",
    (env) => {
      const [fault, ...others] = faultsOf(env);
      expect(others).toEqual([]);
      expect(fault).toMatch(/not set, but .*set DATABASE_URL, or all of PGHOST, PGDATABASE, PGUSER/);
    },
  );

  it("takes the whole of Postgres' variables", () => {
    const env = {
      PGHOST: "db.example.org",
      PGPORT: "5433",
      PGUSER: "a b",
      PGPASSWORD: "p/w",
      PGDATABASE: "record",
      PGSSLMODE: "require",
    };
    expect(readConfig(env).database).toMatchObject({
      url: "postgres://a%20b:p%2Fw@db.example.org:5433/record?sslmode=require",
    });
    const socket = { PGHOST: "/run/postgresql", PGUSER: "u", PGDATABASE: "record" };
    expect(readConfig(socket).database).toMatchObject({
      url: "postgres://u@localhost/record?host=%2Frun%2Fpostgresql",
    });
  });

  it("prefers DATABASE_URL", () => {
    expect(readConfig({ DATABASE_URL: url, PGHOST: "elsewhere" }).database).toMatchObject({ url });
  });

  it("accepts a former name of a setting, with a warning", () => {
    const { rawJson, warnings } = readConfig({ SIDELINES_DIRECT_ANSWERS: "false" });
    expect(rawJson).toBe(false);
    expect(warnings).toEqual([expect.stringContaining("SIDELINES_DIRECT_ANSWERS is now called SIDELINES_RAW_JSON")]);
    expect(readConfig({ SIDELINES_RAW_JSON: "false" })).toMatchObject({ rawJson: false, warnings: [] });
    expect(faultsOf({ SIDELINES_DIRECT_ANSWERS: "true", SIDELINES_RAW_JSON: "false" })).toEqual([
      "SIDELINES_DIRECT_ANSWERS is the former name of SIDELINES_RAW_JSON: set SIDELINES_RAW_JSON alone",
    ]);
  });

  it("lists every setting once, with what it means", () => {
    const names = settings.map(({ name }) => name);
    expect(new Set(names).size).toBe(names.length);
    expect(names).toContain("DATABASE_URL");
    for (const setting of settings) expect(setting.meaning).not.toBe("");
  });
});
