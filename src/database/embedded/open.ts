import { fork, type ChildProcess } from "node:child_process";
import { randomBytes } from "node:crypto";
import { createRequire } from "node:module";
import { setTimeout as wait } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { access, constants, mkdir, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { newConnection } from "../../lib/connections.js";
import { damageMessage } from "./damage.js";
import { CopiedFolderError, ownerOf, type Owner } from "./lock.js";
import type { ChildMessage, ChildOrder } from "./messages.js";

/** Log of the embedded database; a pino logger fits. */
export interface EmbeddedLog {
  info(message: string): void;
  warn(message: string): void;
  error(message: string): void;
}

export interface EmbeddedOptions {
  /** The folder that keeps the data; undefined keeps them in memory, for as long as the database is open. */
  readonly dataDir: string | undefined;
  readonly log: EmbeddedLog;
  /**
   * After how many milliseconds without a sign of life the database is ended and started again: the time that a statement
   * may take which is given no other, since it gives no sign while it works on one.
   */
  readonly hungAfterMs?: number;
}

/** A running embedded database. */
export interface Embedded {
  /** Postgres URL, password included; it stays the same when the database is started again. */
  readonly url: string;
  /** Whether another process owned the data folder and this one joined its database. */
  readonly joined: boolean;
  /** Resolves when the database has ended and does not come back: with data in memory as soon as it has ended. */
  readonly lost: Promise<EmbeddedError>;
  /** Disconnects. The database ends when no process uses it. */
  close(): Promise<void>;
}

/** An embedded database that cannot be opened; the message says why and what to do. */
export class EmbeddedError extends Error {
  override readonly name = "EmbeddedError";
}

/** Address and password of the database, which stay the same across restarts. */
interface Endpoint {
  readonly port: number;
  readonly password: string;
}

/** One session with the database: our own child, or another process's that we keep from ending. */
interface Session {
  readonly endpoint: Endpoint;
  readonly joined: boolean;
  /** Resolves with the reason when the database has ended. */
  readonly gone: Promise<string>;
  leave(): Promise<void>;
}

const startWithinMs = 120_000;
const askAgainEveryMs = 100;
const pingEveryMs = 1_000;
const restartAttempts = 5;
const defaultHungAfterMs = 30_000;

/**
 * Opens the embedded Postgres: a child process of this one, or the running one of whichever process has the data folder.
 * When it ends unexpectedly or hangs it is started again at the same address. Data in memory are gone with it then: it stays
 * down, since an empty database in its place would look like a record that holds nothing.
 *
 * @throws EmbeddedError if the folder cannot be written to or the database does not start.
 */
export async function openEmbedded(options: EmbeddedOptions): Promise<Embedded> {
  if (options.dataDir !== undefined) await checkFolder(options.dataDir);
  let session = await openSession(options);
  let isClosing = false;

  async function keepOpen(): Promise<void> {
    while (!isClosing) {
      const reason = await session.gone;
      if (isClosing) return;
      if (options.dataDir === undefined)
        throw new EmbeddedError(
          `it ended (${reason}), and what was kept in memory only (SIDELINES_DATA_DIR=memory://) is gone with it; set SIDELINES_DATA_DIR to a folder to have it survive that`,
        );
      options.log.error(`the embedded database ended (${reason}); starting it again`);
      session = await reopen(options, session.endpoint);
      options.log.info("the embedded database is back");
      // Closed meanwhile, by a caller that could only leave the old one.
      if (isClosing) await session.leave();
    }
  }
  const lost = new Promise<EmbeddedError>((resolve) => {
    keepOpen().catch((error: unknown) => {
      const message = `the embedded database stays down: ${error instanceof Error ? error.message : String(error)}`;
      options.log.error(message);
      resolve(new EmbeddedError(message, { cause: error }));
    });
  });

  const { port, password } = session.endpoint;
  return {
    url: `postgres://postgres:${password}@127.0.0.1:${port}/postgres`,
    joined: session.joined,
    lost,
    close: async () => {
      isClosing = true;
      await session.leave();
    },
  };
}

async function checkFolder(dataDir: string): Promise<void> {
  try {
    await makeFolder(dataDir);
    await access(dataDir, constants.R_OK | constants.W_OK | constants.X_OK);
  } catch (error) {
    throw folderError(dataDir, explain(error));
  }
}

/**
 * Makes a folder, and those that it lies in. Step by step, because Node's own recursive way never comes back where a file system
 * says of each new name that it does not exist, as /proc does.
 */
async function makeFolder(folder: string): Promise<void> {
  // Only the owner may read drafts and hashes of keys.
  const make = (): Promise<void> => mkdir(folder, { mode: 0o700 });
  try {
    await make();
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "ENOENT" && dirname(folder) !== folder) {
      await makeFolder(dirname(folder));
      return make();
    }
    // An existing folder is fine, even if this process could not have created it.
    if (!(await isFolder(folder))) throw error;
  }
}

async function isFolder(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isDirectory(),
    () => false,
  );
}

function folderError(dataDir: string, reason: string): EmbeddedError {
  return new EmbeddedError(`cannot use the data folder ${dataDir}: ${reason}; set SIDELINES_DATA_DIR to another`);
}

function explain(error: unknown): string {
  const { code, message } = error as NodeJS.ErrnoException;
  return faultOf(code ?? null) ?? message;
}

/** The problem with a folder, by the error code of the operating system; undefined for other errors. */
function faultOf(code: string | null): string | undefined {
  const known: Readonly<Record<string, string>> = {
    EACCES: "this user may not write there",
    EPERM: "this user may not write there",
    EROFS: "its file system is read-only",
    ENOSPC: "its disk is full",
    ENOENT: "nothing can be made there",
    ENOTDIR: "a part of its path is a file",
    EEXIST: "it is a file",
  };
  return code === null ? undefined : known[code];
}

async function reopen(options: EmbeddedOptions, endpoint: Endpoint): Promise<Session> {
  for (let attempt = 1; ; attempt++) {
    try {
      return await openSession(options, endpoint);
    } catch (error) {
      if (attempt === restartAttempts) throw error;
      await wait(attempt * 500);
    }
  }
}

/** Joins the database of the folder's owner, or else starts one; of several that try, one will own it. */
async function openSession(options: EmbeddedOptions, wanted?: Endpoint): Promise<Session> {
  const deadline = Date.now() + startWithinMs;
  while (Date.now() < deadline) {
    const session = (await join(options, deadline - Date.now())) ?? (await start(options, wanted));
    if (session === undefined) {
      await wait(askAgainEveryMs);
    } else if (wanted && session.endpoint.port !== wanted.port) {
      await session.leave();
      throw new EmbeddedError("another process opened the data folder at another port; start this one again");
    } else {
      return session;
    }
  }
  const owner = await holderOf(options);
  throw new EmbeddedError(
    `the data folder ${options.dataDir ?? ""} is held by ${owner ? `process ${String(owner.pid)} on ${owner.host}` : "a process"}, whose database does not answer; end that process`,
  );
}

/** @throws EmbeddedError if the folder is a copy of one that was in use. */
async function holderOf({ dataDir }: Pick<EmbeddedOptions, "dataDir">): Promise<Owner | undefined> {
  if (dataDir === undefined) return undefined;
  return ownerOf(dataDir).catch((error: unknown) => {
    throw error instanceof CopiedFolderError ? new EmbeddedError(error.message, { cause: error }) : error;
  });
}

/**
 * Joins a running database by a connection that stays open and keeps it from ending; undefined if none runs.
 * @param withinMs Timeout in milliseconds; the database may be busy with other clients.
 */
async function join({ dataDir, log }: EmbeddedOptions, withinMs: number): Promise<Session | undefined> {
  const owner = await holderOf({ dataDir });
  if (owner === undefined || owner.port === null) return undefined;
  const endpoint = { port: owner.port, password: owner.password };
  const client = newConnection({
    ...endpoint,
    host: "127.0.0.1",
    user: "postgres",
    database: "postgres",
    connectionTimeoutMillis: Math.max(1, withinMs),
  });
  const gone = new Promise<string>((resolve) => {
    client.once("end", () => resolve("its owner closed it"));
    client.on("error", (error) => resolve(error.message));
  });
  try {
    await client.connect();
  } catch (error) {
    log.warn(`the data folder's owner (process ${owner.pid} on ${owner.host}) does not answer: ${explain(error)}`);
    await wait(askAgainEveryMs * 5);
    return undefined;
  }
  return { endpoint, joined: true, gone, leave: () => client.end() };
}

/** Starts a database of our own; undefined if another process was faster. */
async function start(options: EmbeddedOptions, wanted?: Endpoint): Promise<Session | undefined> {
  const password = wanted?.password ?? randomBytes(18).toString("base64url");
  const child = forkChild();
  const gone = goneOf(child);
  try {
    order(child, {
      type: "start",
      dataDir: options.dataDir ?? null,
      port: wanted?.port ?? 0,
      password,
      hungAfterMs: options.hungAfterMs ?? defaultHungAfterMs,
    });
    const answer = await Promise.race([firstAnswer(child), gone.then((reason) => ({ type: "gone" as const, reason }))]);
    if (answer.type === "ready") {
      const stopWatching = watch(child, options);
      return {
        endpoint: { port: answer.port, password },
        joined: false,
        gone,
        leave: () => end(child, gone, stopWatching),
      };
    }
    child.disconnect();
    if (answer.type === "taken") return undefined;
    if (answer.type === "failed" && answer.isDamage && options.dataDir !== undefined) {
      throw new EmbeddedError(damageMessage(options.dataDir, answer.reason));
    }
    const fault = answer.type === "failed" && options.dataDir !== undefined ? faultOf(answer.code) : undefined;
    if (fault !== undefined) throw folderError(options.dataDir as string, fault);
    throw new EmbeddedError(`the embedded database does not start: ${answer.reason}`);
  } catch (error) {
    if (child.connected) child.disconnect();
    throw error;
  }
}

function forkChild(): ChildProcess {
  // Built, this file lies beside child.js; run from source (tests), the child needs the same help with TypeScript.
  const isSource = import.meta.url.endsWith(".ts");
  const entry = fileURLToPath(new URL(isSource ? "./child.ts" : "./child.js", import.meta.url));
  const execArgv = isSource ? ["--import", createRequire(import.meta.url).resolve("tsx")] : [];
  return fork(entry, { execArgv, stdio: ["ignore", "ignore", "pipe", "ipc"] });
}

/** Resolves with the reason when the child is gone: its last words, or how it ended. */
function goneOf(child: ChildProcess): Promise<string> {
  let said = "";
  child.stderr?.setEncoding("utf8");
  child.stderr?.on("data", (text: string) => {
    said = (said + text).slice(-500);
  });
  return new Promise((resolve) => {
    child.once("error", (error) => resolve(error.message));
    child.once("exit", (code, signal) => resolve(said.trim() || (signal ?? `exit code ${code}`)));
  });
}

type FirstAnswer =
  | { type: "ready"; port: number }
  | { type: "taken" }
  | { type: "failed"; reason: string; code: string | null; isDamage: boolean };

function firstAnswer(child: ChildProcess): Promise<FirstAnswer> {
  return new Promise((resolve) => {
    child.once("message", (message: ChildMessage) => {
      if (message.type === "failed") resolve({ ...message, reason: message.message });
      else if (message.type === "ready" || message.type === "taken") resolve(message);
    });
  });
}

function order(child: ChildProcess, message: ChildOrder): void {
  // A child that is gone is noticed by its exit.
  if (child.connected) child.send(message, () => undefined);
}

/**
 * Kills a child that has not responded for longer than the current statement may take, because a hung child blocks all
 * clients.
 */
function watch(child: ChildProcess, { hungAfterMs = defaultHungAfterMs, log }: EmbeddedOptions): () => void {
  let answeredAt = Date.now();
  let askedAt = Date.now();
  let allowedMs = hungAfterMs;
  child.on("message", (message: ChildMessage) => {
    answeredAt = Date.now();
    if (message.type === "time")
      allowedMs =
        message.milliseconds === null ? hungAfterMs : message.milliseconds === 0 ? Infinity : message.milliseconds;
  });
  const timer = setInterval(() => {
    // The time in which this process did not get to run itself (a laptop asleep, a machine with too much to do) does not count; what
    // went by before does, or else a database that is frozen on a busy machine would never be found out.
    const now = Date.now();
    const late = now - askedAt - pingEveryMs;
    if (late > pingEveryMs) answeredAt = Math.min(now, answeredAt + late);
    askedAt = now;
    if (askedAt - answeredAt > allowedMs) {
      log.error(`the embedded database has not answered for ${allowedMs} ms; ending it`);
      child.kill("SIGKILL");
    } else {
      order(child, { type: "ping" });
    }
  }, pingEveryMs);
  timer.unref();
  const stop = (): void => clearInterval(timer);
  child.once("exit", stop);
  return stop;
}

/** Asks the child to end. It does so at once, or when its other clients have left. */
async function end(child: ChildProcess, gone: Promise<string>, stopWatching: () => void): Promise<void> {
  stopWatching();
  if (child.exitCode !== null || child.signalCode !== null) return;
  const stays = new Promise<void>((resolve) => {
    child.on("message", (message: ChildMessage) => {
      if (message.type === "stays") resolve();
    });
  });
  order(child, { type: "stop" });
  await Promise.race([gone, stays]);
  if (child.connected) child.disconnect();
  child.stderr?.destroy();
  child.unref();
}
