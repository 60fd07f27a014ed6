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
const settings = { shared_buffers: "32MB", max_connections: "150", fsync: "off", listen_addresses: "127.0.0.1", max_wal_size: "64MB", min_wal_size: "32MB", wal_level: "minimal", max_wal_senders: "0" };

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
  if (identity.uid !== undefined) chownSync(folder, identity.uid, identity.gid);
  const data = join(folder, "data");
  mkdirSync(data);
  if (identity.uid !== undefined) chownSync(data, identity.uid, identity.gid);
  execFileSync(join(binaries, "initdb"), ["-D", data, "-U", user, "--auth=trust", "--encoding=UTF8", "--locale=C.UTF-8", "--no-sync"], { ...identity, stdio: "ignore", cwd: folder });
  const port = await freePort();
  const options = Object.entries({ ...settings, port, unix_socket_directories: folder }).flatMap(([key, value]) => ["-c", `${key}=${value}`]);
  const url = (database) => `postgres://${user}@127.0.0.1:${port}/${database}`;
  let server;
  let exited;

  const start = async () => {
    rmSync(join(data, "postmaster.pid"), { force: true });
    server = spawn(join(binaries, "postgres"), ["-D", data, ...options], { ...identity, cwd: folder, stdio: "ignore" });
    const { pid } = server;
    const end = () => {
      signalAll([pid, ...childrenOf(pid)], "SIGKILL");
      rmSync(folder, { recursive: true, force: true });
    };
    // However the bench ends, nothing of it stays behind.
    process.once("exit", end);
    exited = new Promise((resolve) => server.once("exit", resolve));
    // A server that is killed leaves its children for a moment; none of them may live on in the next one's memory.
    exited.then(() => {
      process.off("exit", end);
      signalAll(childrenOf(pid), "SIGKILL");
    });
    await untilAnswering(url("postgres"));
  };
  await start();

  const statement = async (database, text, values) => {
    const client = new pg.Client({ connectionString: url(database) });
    client.on("error", () => undefined);
    await client.connect();
    try {
      return (await client.query(text, values)).rows;
    } finally {
      await client.end();
    }
  };

  return {
    url,
    port,
    folder,
    statement,
    /** Makes an empty database and gives its URL. */
    async createDatabase(name) {
      await statement("postgres", `CREATE DATABASE "${name}"`);
      return url(name);
    },
    start,
    /** Kills the server and all its processes, as a machine that fails would. */
    async kill() {
      const pids = [...childrenOf(server.pid), server.pid];
      signalAll([server.pid, ...pids], "SIGKILL");
      await exited;
      await sleep(50);
    },
    /** Freezes the server with all its processes. @returns thaws it. */
    freeze() {
      const pids = [server.pid, ...childrenOf(server.pid)];
      signalAll(pids, "SIGSTOP");
      return () => signalAll(pids, "SIGCONT");
    },
    isRunning: () => server.exitCode === null && server.signalCode === null,
    async stop() {
      server.kill("SIGCONT");
      server.kill("SIGQUIT");
      await exited;
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
      if (Date.now() > deadline) throw new Error(`Postgres did not answer within 60 s: ${error.message}`, { cause: error });
      await sleep(100);
    }
  }
}
