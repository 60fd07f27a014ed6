import { execFile, spawn } from "node:child_process";
import { randomUUID } from "node:crypto";
import { accessSync, chownSync, constants, existsSync, readFileSync, rmSync } from "node:fs";
import { mkdtemp, readdir, rm } from "node:fs/promises";
import { createServer, type AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import pg from "pg";
import { openDatabase, type Database } from "../../src/database/open.js";
import {
  copyEmbedded,
  fillDatabase,
  importSources,
  migrationSources,
  templateFolder,
  templateName,
  type SeedPack,
} from "./templates.js";

const run = promisify(execFile);

/** A log that says nothing. */
export const quiet = { info: () => undefined, warn: () => undefined, error: () => undefined };

/**
 * A fresh database with all migrations and the records of some seed packs, none unless said; close it when done.
 * Embedded, unless it is to be made on a Postgres server from `startPostgres`.
 */
export async function testDatabase(
  options: { postgres?: TestPostgres; packs?: readonly SeedPack[] } = {},
): Promise<Database> {
  // A machine that runs other tests as well is slow; what takes time here is no fault.
  const common = { poolSize: 8, statementTimeoutMs: 60_000 };
  if (options.postgres) {
    return openDatabase(
      { mode: "postgres", url: await options.postgres.createDatabase({ packs: options.packs ?? [] }), ...common },
      quiet,
    );
  }
  const folder = await mkdtemp(join(tmpdir(), "sidelines-test-"));
  await copyEmbedded(folder, options.packs);
  const database = await openDatabase({ mode: "embedded", dataDir: folder, ...common }, quiet);
  return {
    ...database,
    close: async () => {
      await database.close();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

/**
 * A fresh database for tests that any kind of database passes. It is on a server of this process where the machine has
 * Postgres, which starts and answers in a fraction of the time, and embedded elsewhere. `seededServers` is for what has
 * to hold on both.
 */
export async function anyDatabase({ packs = [] }: { packs?: readonly SeedPack[] } = {}): Promise<Database> {
  const postgres = await serverWith(packs);
  return testDatabase({ packs, ...(postgres && { postgres }) });
}

const servers = new Map<string, Promise<TestPostgres | undefined>>();

// They end with this process.
function serverWith(packs: readonly SeedPack[]): Promise<TestPostgres | undefined> {
  const key = templateName(packs);
  const server = servers.get(key) ?? startPostgres({ packs });
  servers.set(key, server);
  return server;
}

/** A Postgres server of the tests' own. */
export interface TestPostgres {
  /** URL of a database that is there for administration; `postgres`. */
  readonly url: string;
  /** The folder with the server's programs. */
  readonly programs: string;
  /** Makes a database and gives its URL; migrated unless `empty`, with the records of these seed packs. */
  createDatabase(options?: { empty?: boolean; packs?: readonly SeedPack[] }): Promise<string>;
  /**
   * Starts a replica of the current state, which follows it from then on. Stop it first.
   * @param name The replica's name at the primary.
   */
  startReplica(name: string): Promise<TestReplica>;
  /** Ends it as if its machine had lost its power. */
  kill(): void;
  stop(): Promise<void>;
}

/** A replica of a server of the tests' own. */
export interface TestReplica {
  /** The URL under which a database of the primary is reached here. */
  at(url: string): string;
  /** Makes a primary of it. */
  promote(): Promise<void>;
  /** Ends it at once, as a crash does. */
  kill(): Promise<void>;
  /** Starts it again at the same address. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

/**
 * Starts a Postgres server from the programs of this machine in a temporary folder; undefined, and a line that says so,
 * where there are none. It ends with this process, however that ends.
 * @param options.settings of the server, as `name=value`.
 * @param options.packs of most of its databases. It has a template with them from the start; others take an import.
 */
export async function startPostgres({
  settings = [],
  packs: common = [],
}: { readonly settings?: readonly string[]; readonly packs?: readonly SeedPack[] } = {}): Promise<
  TestPostgres | undefined
> {
  const programs = await findPrograms();
  if (programs === undefined) {
    console.log("skipped: no Postgres binaries on this machine");
    return undefined;
  }
  const account = await serverAccount();
  if (account === null) {
    console.log("skipped: Postgres does not run as root, and this machine has no unprivileged account to run it");
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "sidelines-postgres-"));
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, "data");
  await run("cp", ["-a", await postgresTemplate({ programs, account }, common), data]);

  const { port, end, kill } = await runServer({ programs, account, folder, data, settings });
  const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
  await waitForServer(url("postgres"));

  const create = async (from: string): Promise<string> => {
    const name = `test_${randomUUID().replaceAll("-", "")}`;
    await query(url("postgres"), `CREATE DATABASE ${name} TEMPLATE ${from}`);
    return name;
  };
  const templates = new Map<string, Promise<void>>([[templateName(common), Promise.resolve()]]);
  const template = async (packs: readonly SeedPack[]): Promise<string> => {
    const name = templateName(packs);
    if (packs.length === 0) return name;
    const made = templates.get(name) ?? makeTemplate(name, packs);
    templates.set(name, made);
    await made;
    return name;
  };
  const makeTemplate = async (name: string, packs: readonly SeedPack[]): Promise<void> => {
    await query(url("postgres"), `CREATE DATABASE ${name} TEMPLATE ${templateName([])}`);
    await fillDatabase(url(name), packs);
  };
  return {
    url: url("postgres"),
    programs,
    createDatabase: async ({ empty = false, packs = [] } = {}) =>
      url(await create(empty ? "template0" : await template(packs))),
    startReplica: (name) => startReplica(name, { programs, account, port }),
    kill: () => kill("SIGKILL"),
    stop: end,
  };
}

/** A stopped server's data folder with a migrated template, and with one that holds these packs, made once and copied for each server. */
function postgresTemplate(place: ServerPlace, packs: readonly SeedPack[]): Promise<string> {
  const sources = packs.length === 0 ? migrationSources : importSources;
  return templateFolder(`postgres-${place.programs}-${templateName(packs)}`, sources, async (draft) => {
    const { programs, account } = place;
    // The account of the server may be unable to reach the folder of the project.
    const folder = await mkdtemp(join(tmpdir(), "sidelines-template-"));
    if (account) chownSync(folder, account.uid, account.gid);
    const data = join(folder, "data");
    const initialise = ["-D", data, "-U", "postgres", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
    if (packs.length === 0) await run(join(programs, "initdb"), initialise, { ...account, cwd: folder });
    else await run("cp", ["-a", await postgresTemplate(place, []), data]);
    const { port, stop } = await runServer({ ...place, folder, data, settings: [] });
    const url = (database: string): string => `postgres://postgres@127.0.0.1:${port}/${database}`;
    await waitForServer(url("postgres"));
    await query(
      url("postgres"),
      `CREATE DATABASE ${templateName(packs)} TEMPLATE ${packs.length === 0 ? "template0" : templateName([])}`,
    );
    await fillDatabase(url(templateName(packs)), packs);
    await stop();
    await run("cp", ["-a", data, join(draft, "data")]);
    await rm(folder, { recursive: true, force: true });
  }).then((folder) => join(folder, "data"));
}

interface ServerPlace {
  readonly programs: string;
  readonly account: { uid: number; gid: number } | undefined;
}

/** A server in a folder of its own, which goes with it. */
interface ServerFolder extends ServerPlace {
  readonly folder: string;
  readonly data: string;
  readonly settings: readonly string[];
  readonly port?: number;
}

interface RunningServer {
  readonly port: number;
  /** Ends it in order and leaves its folder. */
  stop(): Promise<void>;
  /** Ends it and removes its folder. */
  end(): Promise<void>;
  kill(signal: "SIGKILL" | "SIGQUIT"): void;
}

async function runServer({
  programs,
  account,
  folder,
  data,
  settings,
  port: given,
}: ServerFolder): Promise<RunningServer> {
  const port = given ?? (await freePort());
  const all = [
    `port=${port}`,
    `unix_socket_directories=${folder}`,
    "listen_addresses=127.0.0.1",
    "fsync=off",
    ...settings,
  ];
  const server = [join(programs, "postgres"), "-D", data, ...all.flatMap((setting) => ["-c", setting])];
  // Standard input closes when this process ends, even if it is killed; the server is then stopped and its folder removed.
  // A line on standard input keeps the folder.
  const script =
    '"$@" </dev/null >/dev/null 2>&1 & server=$!; read -r keep; kill -INT $server; wait $server; [ -n "$keep" ] || rm -rf "$0"';
  const child = spawn("/bin/sh", ["-c", script, folder, ...server], {
    ...account,
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
  });
  child.unref();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  return {
    port,
    stop: async () => {
      child.ref();
      child.stdin.end("keep\n");
      await ended;
    },
    end: async () => {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
    // The first line of this file is the process to which all others belong.
    kill: (signal) =>
      void process.kill(Number(readFileSync(join(data, "postmaster.pid"), "utf8").split("\n", 1)[0]), signal),
  };
}

async function startReplica(
  name: string,
  { programs, account, port: primary }: ServerPlace & { readonly port: number },
): Promise<TestReplica> {
  const folder = await mkdtemp(join(tmpdir(), "sidelines-replica-"));
  if (account) chownSync(folder, account.uid, account.gid);
  const data = join(folder, "data");
  // With -R it finds its primary, and under which name it is to follow it, in its own settings.
  const from = `host=127.0.0.1 port=${primary} user=postgres application_name=${name}`;
  await run(
    join(programs, "pg_basebackup"),
    ["-D", data, "-R", "-X", "stream", "-c", "fast", "--no-sync", "-d", from],
    { ...account, cwd: folder },
  );
  const place = { programs, account, folder, data, settings: [] };
  const first = await runServer(place);
  const all = [first];
  const { port } = first;
  const at = (url: string): string => Object.assign(new URL(url), { port: String(port) }).href;
  const admin = at("postgres://postgres@127.0.0.1/postgres");
  await waitForServer(admin);
  return {
    at,
    promote: () => query(admin, "SELECT pg_promote()"),
    async kill() {
      all.at(-1)?.kill("SIGQUIT");
      // Only when this file is gone can the next one start.
      while (existsSync(join(data, "postmaster.pid"))) await new Promise((resolve) => setTimeout(resolve, 20));
    },
    async restart() {
      all.push(await runServer({ ...place, port }));
      await waitForServer(admin);
    },
    async stop() {
      for (const running of all.reverse()) await running.end();
    },
  };
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}

/** Waits until a server answers, for half a minute at most. */
export async function waitForServer(url: string): Promise<void> {
  const deadline = Date.now() + 30_000;
  for (;;) {
    try {
      await query(url, "SELECT 1");
      return;
    } catch (error) {
      if (Date.now() > deadline) throw error;
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
  }
}

async function findPrograms(): Promise<string | undefined> {
  const configured = await run("pg_config", ["--bindir"]).then(
    ({ stdout }) => [stdout.trim()],
    () => [],
  );
  const packaged = await readdir("/usr/lib/postgresql").then(
    (versions) => versions.sort((a, b) => Number(b) - Number(a)).map((version) => `/usr/lib/postgresql/${version}/bin`),
    () => [],
  );
  const onPath = (process.env["PATH"] ?? "").split(":");
  return [...configured, ...packaged, ...onPath].find(
    (folder) => isProgram(join(folder, "initdb")) && isProgram(join(folder, "postgres")),
  );
}

/** Whether a file can be run. */
export function isProgram(path: string): boolean {
  try {
    accessSync(path, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}

/**
 * The account for Postgres and PgBouncer, which refuse to run as root. Undefined is this process's own user; null means
 * that there is none.
 */
export async function serverAccount(): Promise<{ uid: number; gid: number } | undefined | null> {
  if (process.getuid?.() !== 0) return undefined;
  for (const name of ["postgres", "nobody"]) {
    try {
      const [uid, gid] = await Promise.all([run("id", ["-u", name]), run("id", ["-g", name])]);
      return { uid: Number(uid.stdout), gid: Number(gid.stdout) };
    } catch {
      // The next one.
    }
  }
  return null;
}

/** A free port of this machine. */
export function freePort(): Promise<number> {
  return new Promise((resolve, reject) => {
    const probe = createServer();
    probe.once("error", reject);
    probe.listen(0, "127.0.0.1", () => {
      const { port } = probe.address() as AddressInfo;
      probe.close(() => resolve(port));
    });
  });
}
