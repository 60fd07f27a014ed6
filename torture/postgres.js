// A Postgres that is there to be hurt: killed, frozen, starved of its disk, and started again on the same port.
import { execFileSync, spawn } from "node:child_process";
import { chownSync, mkdirSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir, userInfo } from "node:os";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import pg from "pg";
import { findBinaries, freePort, unprivileged } from "../bench/postgres.js";
import { childrenOf, signalAll } from "./service.js";

/** Small and quick to start; fsync is off because processes are killed here and not machines. */
const settings = {
  shared_buffers: "32MB",
  max_connections: "150",
  fsync: "off",
  listen_addresses: "127.0.0.1",
  max_wal_size: "64MB",
  min_wal_size: "32MB",
  wal_level: "minimal",
  max_wal_senders: "0",
};

/** Whether the programs of a Postgres server are on this machine. */
export function hasPostgres() {
  try {
    findBinaries();
    return true;
  } catch {
    return false;
  }
}

/**
 * Starts a server over a cluster of its own.
 * @param {{ folder?: string }} options where the cluster is made; a temporary folder unless given.
 */
export async function startPostgres({ folder = mkdtempSync(join(tmpdir(), "sidelines-torture-pg-")) } = {}) {
  const binaries = findBinaries();
  const identity = unprivileged();
  const user = identity.uid === undefined ? userInfo().username : "postgres";
  const data = makeCluster({ folder, binaries, identity, user });
  const server = new PostgresServer({ folder, data, binaries, identity, user, port: await freePort() });
  await server.start();
  return server;
}

function makeCluster({ folder, binaries, identity, user }) {
  const data = join(folder, "data");
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
  mkdirSync(data);
  if (identity.uid !== undefined) chownSync(data, identity.uid, identity.gid);
  const options = ["-U", user, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"];
  execFileSync(join(binaries, "initdb"), ["-D", data, ...options], { ...identity, stdio: "ignore", cwd: folder });
  return data;
}

class PostgresServer {
  #options;
  #server;
  #exited;

  constructor(options) {
    this.#options = options;
  }

  get folder() {
    return this.#options.folder;
  }

  get port() {
    return this.#options.port;
  }

  url = (database) => `postgres://${this.#options.user}@127.0.0.1:${this.port}/${database}`;

  statement = async (database, text, values) => {
    const client = new pg.Client({ connectionString: this.url(database) });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };

  start = async () => {
    const { folder, data, binaries, identity } = this.#options;
    rmSync(join(data, "postmaster.pid"), { force: true });
    const given = Object.entries({ ...settings, port: this.port, unix_socket_directories: folder });
    const options = given.flatMap(([key, value]) => ["-c", `${key}=${value}`]);
    const server = spawn(join(binaries, "postgres"), ["-D", data, ...options], {
      ...identity,
      cwd: folder,
      stdio: "ignore",
    });
    const { pid } = server;
    const end = () => {
      signalAll([pid, ...childrenOf(pid)], "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    };
    // However the bench ends, nothing of it stays behind.
    process.once("exit", end);
    this.#server = server;
    this.#exited = new Promise((resolve) => server.once("exit", resolve));
    // A server that is killed leaves its children for a moment; none of them may live on in the next one's memory.
    this.#exited.then(() => {
      process.off("exit", end);
      signalAll(childrenOf(pid), "SIGKILL");
    });
    await untilAnswering(this.url("postgres"));
  };

  /** Makes an empty database and gives its URL. */
  async createDatabase(name) {
    await this.statement("postgres", `CREATE DATABASE "${name}"`);
    return this.url(name);
  }

  /** Kills the server and all its processes, as a machine that fails would. */
  async kill() {
    const { pid } = this.#server;
    signalAll([pid, ...childrenOf(pid), pid], "SIGKILL");
    await this.#exited;
    await sleep(50);
  }

  /** Freezes the server with all its processes. @returns thaws it. */
  freeze() {
    const { pid } = this.#server;
    const pids = [pid, ...childrenOf(pid)];
    signalAll(pids, "SIGSTOP");
    return () => signalAll(pids, "SIGCONT");
  }

  isRunning() {
    return this.#server.exitCode === null && this.#server.signalCode === null;
  }

  async stop() {
    this.#server.kill("SIGCONT");
    this.#server.kill("SIGQUIT");
    await this.#exited;
    rmSync(this.folder, { recursive: true, force: true });
  }
}

async function untilAnswering(url) {
  const deadline = Date.now() + 60_000;
  for (;;) {
    const client = new pg.Client({ connectionString: url, connectionTimeoutMillis: 2_000 });
    client.on("error", () => undefined);
    try {
      await client.connect();
      await client.end();
      return;
    } catch (error) {
      if (Date.now() > deadline)
        throw new Error(`Postgres did not answer within 60 s: ${error.message}`, { cause: error });
      await sleep(100);
    }
  }
}
