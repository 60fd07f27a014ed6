// A Postgres of the benchmark's own, from the binaries on this machine.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, existsSync, mkdirSync, readdirSync, readFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";

/**
 * What differs from Postgres' defaults. `jit` is off because compiling takes longer than any of these statements runs;
 * `fsync` is off because the record is made of a seed and can be made again. All contestants get the same server.
 */
export const settings = {
  shared_buffers: "512MB",
  effective_cache_size: "2GB",
  work_mem: "16MB",
  random_page_cost: "1.1",
  max_connections: "200",
  max_wal_size: "4GB",
  jit: "off",
  fsync: "off",
  synchronous_commit: "off",
  full_page_writes: "off",
  autovacuum: "off",
  listen_addresses: "127.0.0.1",
  log_min_messages: "warning",
};

/** The folder with the server's programs. @throws where there are none. */
export function findBinaries() {
  const candidates = [];
  try {
    candidates.push(
      execFileSync("pg_config", ["--bindir"], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim(),
    );
  } catch {
    // No development files; the server may be there all the same.
  }
  const debian = "/usr/lib/postgresql";
  if (existsSync(debian)) {
    for (const version of readdirSync(debian).sort((a, b) => Number(b) - Number(a)))
      candidates.push(join(debian, version, "bin"));
  }
  candidates.push("/usr/local/bin", "/opt/homebrew/bin", "/usr/local/pgsql/bin");
  const found = candidates.find((folder) => existsSync(join(folder, "initdb")) && existsSync(join(folder, "postgres")));
  if (!found)
    throw new Error(
      "No Postgres server found on this machine (looked for initdb by pg_config and in the usual folders).",
    );
  return found;
}

/** Postgres refuses to run as root; then the user `postgres` does. */
export function unprivileged() {
  if (process.getuid?.() !== 0) return {};
  const numberOf = (flag) => Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }).trim());
  return { uid: numberOf("-u"), gid: numberOf("-g") };
}

/** A port of this machine that nobody listens at. */
export function freePort() {
  return new Promise((resolve, reject) => {
    const server = createServer();
    server.once("error", reject);
    server.listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/**
 * Starts a server over a cluster that is kept between runs.
 * @param {string} name of the cluster; another name, another cluster.
 * @param {Record<string, string>} [own] settings that differ from those above.
 * @returns {Promise<{ pid: number, url: (database: string) => string, version: string, listen: (listener: (text: string) => void) => () => void, stop: () => Promise<void> }>}
 */
export async function startPostgres(name, own = {}) {
  const binaries = findBinaries();
  const identity = unprivileged();
  const user = identity.uid === undefined ? userInfo().username : "postgres";
  const home = join(tmpdir(), `sidelines-bench-${name}`);
  const data = join(home, "data");
  mkdirSync(home, { recursive: true });
  if (identity.uid !== undefined) chownSync(home, identity.uid, identity.gid);
  const isNew = !existsSync(join(data, "PG_VERSION"));
  if (isNew) {
    execFileSync(
      join(binaries, "initdb"),
      ["-D", data, "-U", user, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"],
      { ...identity, stdio: "ignore", cwd: home },
    );
  }
  endLeftover(data);
  const port = await freePort();
  const options = Object.entries({ ...settings, ...own, port, unix_socket_directories: home }).flatMap(
    ([key, value]) => ["-c", `${key}=${value}`],
  );
  const server = spawn(join(binaries, "postgres"), ["-D", data, ...options], {
    ...identity,
    cwd: home,
    stdio: ["ignore", "ignore", "pipe"],
  });
  let log = "";
  const listeners = new Set();
  server.stderr.setEncoding("utf8");
  server.stderr.on("data", (chunk) => {
    log = (log + chunk).slice(-4_000);
    for (const listener of listeners) listener(chunk);
  });
  const exited = new Promise((resolve) => server.once("exit", resolve));
  const url = (database) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  try {
    await untilReady(url("postgres"), server, () => log);
  } catch (error) {
    server.kill("SIGINT");
    throw error;
  }
  return {
    pid: server.pid,
    url,
    version: execFileSync(join(binaries, "postgres"), ["--version"], { encoding: "utf8" }).trim(),
    /** Hears what the server logs from now on. @returns stops hearing. */
    listen(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async stop() {
      server.kill("SIGINT");
      await exited;
    },
  };
}

/** A benchmark that was killed leaves its server behind; two servers must not share a cluster. */
function endLeftover(data) {
  const file = join(data, "postmaster.pid");
  if (!existsSync(file)) return;
  const pid = Number(readFileSync(file, "utf8").split("\n")[0]);
  try {
    process.kill(pid, 0);
  } catch {
    return;
  }
  throw new Error(`A Postgres of an earlier run (process ${pid}) still uses ${data}; end it first.`);
}

/** Waits until a server answers, for half a minute at most. */
export async function untilReady(url, server, log) {
  const deadline = Date.now() + 30_000;
  for (;;) {
    if (server.exitCode !== null) throw new Error(`Postgres did not start:\n${log()}`);
    const client = new pg.Client({ connectionString: url });
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`Postgres did not answer within 30 s: ${error.message}\n${log()}`, { cause: error });
      await sleep(100);
    }
  }
}

/** Whether the server has a database of this name. */
export async function hasDatabase(server, name) {
  return withServer(
    server,
    async (client) => (await client.query("SELECT 1 FROM pg_database WHERE datname = $1", [name])).rowCount > 0,
  );
}

/** The databases whose names begin so. */
export async function databasesLike(server, beginning) {
  const found = await withServer(server, (client) =>
    client.query("SELECT datname FROM pg_database WHERE starts_with(datname, $1)", [beginning]),
  );
  return found.rows.map(({ datname }) => datname);
}

/** Makes an empty database; one of this name that is there already goes. */
export async function createDatabase(server, name) {
  await dropDatabase(server, name);
  await withServer(server, (client) => client.query(`CREATE DATABASE "${name}"`));
}

export async function renameDatabase(server, from, to) {
  await withServer(server, (client) => client.query(`ALTER DATABASE "${from}" RENAME TO "${to}"`));
}

export async function dropDatabase(server, name) {
  await withServer(server, (client) => client.query(`DROP DATABASE IF EXISTS "${name}" WITH (FORCE)`));
}

async function withServer(server, act) {
  const client = new pg.Client({ connectionString: server.url("postgres") });
  await client.connect();
  try {
    return await act(client);
  } finally {
    await client.end();
  }
}
