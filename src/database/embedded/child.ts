import { mkdir, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { PGlite } from "@electric-sql/pglite";
import { fuzzystrmatch } from "@electric-sql/pglite/contrib/fuzzystrmatch";
import { pg_trgm } from "@electric-sql/pglite/contrib/pg_trgm";
import { unaccent } from "@electric-sql/pglite/contrib/unaccent";
import { checkFiles, checkRelations, DamagedDataError, postgresMajor } from "./damage.js";
import { listenInFront, type Front } from "./front.js";
import { takeFolder, type Lock } from "./lock.js";
import type { ChildMessage, ChildOrder, StartOrder } from "./messages.js";
import { startWatchdog } from "./watchdog.js";

// The process of the embedded database. A query blocks its thread, so it is separate from the server's process. It ends
// when its parent asks or is gone, but only after the last client has left, because other processes may use the same
// data folder.

const idleInTransactionMs = 60_000;
const leaveWithinMs = 250;
// Extensions that the migrations create. A data folder with them can only be opened with them.
const extensions = { fuzzystrmatch, pg_trgm, unaccent };

let parentWantsEnd = false;
let isStarting = false;
let end: ((answer: boolean) => void) | undefined;

process.on("message", (order: ChildOrder) => {
  if (order.type === "ping") tell({ type: "pong" });
  else if (order.type === "start") void start(order);
  else askToEnd(true);
});
process.on("disconnect", () => askToEnd());
// A parent that left without us has closed the other end.
process.stderr.on("error", () => undefined);
// The signal goes to the whole process group. The parent asks for the end once it has drained.
process.on("SIGINT", () => undefined);
process.on("SIGTERM", () => askToEnd());

function askToEnd(answer = false): void {
  parentWantsEnd = true;
  // One that is starting looks for this when it has started; ended now it would leave its lock behind.
  if (end) end(answer);
  else if (!isStarting) process.exit(0);
}

function tell(message: ChildMessage): void {
  if (process.connected) process.send?.(message, undefined, undefined, () => undefined);
}

async function start(order: StartOrder): Promise<void> {
  let lock: Lock | undefined;
  isStarting = true;
  try {
    if (order.dataDir !== null) {
      const taken = await takeFolder(order.dataDir, order.password);
      if (!("release" in taken)) {
        tell({ type: "taken" });
        return;
      }
      lock = taken;
    }
    const front = await open(order, lock);
    await lock?.announce(front.port);
    tell({ type: "ready", port: front.port });
  } catch (error) {
    await lock?.release();
    const { message, code } = error as NodeJS.ErrnoException;
    tell({ type: "failed", message, code: code ?? null, isDamage: error instanceof DamagedDataError });
  } finally {
    isStarting = false;
    if (parentWantsEnd) askToEnd();
  }
}

async function open(order: StartOrder, lock: Lock | undefined): Promise<Front> {
  const db = await openFolder(order.dataDir);
  // Not before: opening takes as long as it takes.
  const watchdog = startWatchdog(order.hungAfterMs);
  // As on a server: a page fetched at random costs about what one read in order costs (see database/open.ts).
  await db.exec("SET random_page_cost = 1.1");
  const { rows } = await db.query<{ server_version: string }>("SHOW server_version");
  let isEnding = false;
  const front = await listenInFront(
    { send: (messages) => exchangeWith(db, messages) },
    {
      host: "127.0.0.1",
      port: order.port,
      password: order.password,
      serverVersion: rows[0]?.server_version ?? postgresMajor,
      idleInTransactionMs,
      onBroken: (error) => {
        tell({ type: "failed", message: error.message, code: null, isDamage: false });
        void (lock?.release() ?? Promise.resolve()).finally(() => process.exit(1));
      },
      onClients: () => endWhenLeft(false),
      onStatementTime: (milliseconds) => {
        watchdog.allow(milliseconds ?? order.hungAfterMs);
        tell({ type: "time", milliseconds });
      },
    },
  );
  function endWhenLeft(answer: boolean): void {
    if (!parentWantsEnd || isEnding) return;
    if (front.clients() > 0) {
      // The parent's own connections may still be on their way out.
      if (answer) setTimeout(() => front.clients() > 0 && tell({ type: "stays" }), leaveWithinMs);
      return;
    }
    isEnding = true;
    void stop(front, db, lock);
  }
  end = endWhenLeft;
  return front;
}

/** The answer of PGlite to messages. Read as it comes: what PGlite reads for itself it parses, and keeps for ever. */
async function exchangeWith(db: PGlite, messages: Uint8Array): Promise<Uint8Array> {
  const parts: Uint8Array[] = [];
  // Copies, because the memory is the database's own.
  await db.execProtocolRawStream(messages, { onRawData: (data) => void parts.push(data.slice()) });
  return parts.length === 1 && parts[0] ? parts[0] : Buffer.concat(parts);
}

async function stop(front: Front, db: PGlite, lock: Lock | undefined): Promise<void> {
  try {
    await front.close();
    await db.close();
  } finally {
    await lock?.release();
    process.exit(0);
  }
}

async function openFolder(dataDir: string | null): Promise<PGlite> {
  if (dataDir === null) return PGlite.create({ extensions });
  const folder = join(dataDir, "postgres");
  if (!(await checkFiles(folder))) {
    await createFolder(folder);
    return PGlite.create(folder, { extensions });
  }
  const db = await openFiles(folder);
  await checkRelations(folder, async <T>(sql: string) => (await db.query<T>(sql)).rows);
  return db;
}

/** @throws DamagedDataError if Postgres does not start on files that are there and may be read and written. */
async function openFiles(folder: string): Promise<PGlite> {
  try {
    return await PGlite.create(folder, { extensions });
  } catch (error) {
    const { code, message } = error as NodeJS.ErrnoException;
    // Codes of the operating system: its disk is full, it is read-only, ...
    if (typeof code === "string" && /^E[A-Z]+$/.test(code)) throw error;
    throw new DamagedDataError(`Postgres does not start on it (${message.split("\n", 1)[0]})`, { cause: error });
  }
}

// Under another name first, so that a process that ends half-way leaves nothing that looks like a database.
async function createFolder(folder: string): Promise<void> {
  const draft = `${folder}.new`;
  await rm(draft, { recursive: true, force: true });
  await mkdir(draft, { recursive: true });
  const db = await PGlite.create(draft);
  await db.close();
  await rename(draft, folder);
}
