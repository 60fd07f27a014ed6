import { spawn } from "node:child_process";
import { chownSync, rmSync } from "node:fs";
import { mkdtemp, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { freePort, isProgram, serverAccount, waitForServer } from "./database.js";

/** A PgBouncer of the tests' own, which lends connections for one transaction at a time. */
export interface TestPooler {
  /** The URL by which a database of the server is reached through it. */
  through(url: string): string;
  stop(): Promise<void>;
}

/** Number of connections per database: fewer than its clients, so that they share. */
const POOL_SIZE = 2;

/**
 * Starts PgBouncer in transaction mode before a Postgres server; undefined, and a line that says so, where this machine
 * has none. It ends with this process, however that ends.
 * @param server URL of any database of the server.
 */
export async function startPooler(server: string): Promise<TestPooler | undefined> {
  const program = [
    "/usr/sbin/pgbouncer",
    ...(process.env["PATH"] ?? "").split(":").map((folder) => join(folder, "pgbouncer")),
  ].find(isProgram);
  const account = await serverAccount();
  if (program === undefined || account === null) {
    console.log(
      `skipped: ${program === undefined ? "no PgBouncer on this machine" : "PgBouncer does not run as root, and this machine has no unprivileged account to run it"}`,
    );
    return undefined;
  }
  const folder = await mkdtemp(join(tmpdir(), "sidelines-pgbouncer-"));
  const port = await freePort();
  const { hostname, port: serverPort, username } = new URL(server);
  await writeFile(join(folder, "users.txt"), `"${username}" ""\n`);
  await writeFile(
    join(folder, "pgbouncer.ini"),
    [
      "[databases]",
      `* = host=${hostname} port=${serverPort}`,
      "[pgbouncer]",
      "listen_addr = 127.0.0.1",
      `listen_port = ${String(port)}`,
      "unix_socket_dir =",
      "auth_type = trust",
      `auth_file = ${join(folder, "users.txt")}`,
      "pool_mode = transaction",
      `default_pool_size = ${String(POOL_SIZE)}`,
    ].join("\n"),
  );
  if (account) chownSync(folder, account.uid, account.gid);
  // Standard input closes when this process ends, even if it is killed.
  const script = '"$@" </dev/null >/dev/null 2>&1 & pooler=$!; read -r _; kill -INT $pooler; wait $pooler; rm -rf "$0"';
  const child = spawn("/bin/sh", ["-c", script, folder, program, join(folder, "pgbouncer.ini")], {
    ...account,
    stdio: ["pipe", "ignore", "ignore"],
    cwd: "/",
  });
  child.unref();
  const ended = new Promise<void>((resolve) => child.once("exit", () => resolve()));
  const through = (url: string): string => Object.assign(new URL(url), { port: String(port) }).href;
  await waitForServer(through(server));
  return {
    through,
    stop: async () => {
      child.stdin.end();
      await ended;
      rmSync(folder, { recursive: true, force: true });
    },
  };
}
