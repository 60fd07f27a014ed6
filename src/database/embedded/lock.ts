import { link, mkdir, readdir, readFile, rename, rm, stat, utimes, writeFile } from "node:fs/promises";
import { readFileSync } from "node:fs";
import { hostname } from "node:os";
import { basename, join } from "node:path";

/** The process that holds a data folder, and the address of its database. */
export interface Owner {
  readonly pid: number;
  readonly host: string;
  /** The start time of the process, for comparison only; null if the system does not report it. */
  readonly startedAt: string | null;
  /** Null while the database is starting. */
  readonly port: number | null;
  readonly password: string;
  /**
   * The folder itself, which a copy of it is not: the number of its inode, and that of its device, which holds until the
   * machine is started again.
   */
  readonly folder: { readonly inode: string; readonly device: string };
}

/** A data folder that was copied while its original was in use; the message says what to do. */
export class CopiedFolderError extends Error {
  override readonly name = "CopiedFolderError";
  constructor(folder: string, lockFileName: string) {
    super(
      `the data folder ${folder} was copied from one that a service was using, so that its files may not fit together; ` +
        "remove it, and copy the record by `sidelines backup` and `sidelines restore`, or copy the folder while nothing " +
        `uses it (if that was so, because the service had been killed, remove ${join(folder, lockFileName)} and start again)`,
    );
  }
}

export interface Lock {
  /** Publishes the port of the database. */
  announce(port: number): Promise<void>;
  release(): Promise<void>;
}

/** A lock file, by its number: each owner has a higher one than all before. */
interface LockFile {
  readonly number: number;
  readonly path: string;
}

const sayAliveEveryMs = 5_000;
// An owner on another machine (or in another container) cannot be asked whether it lives; it says so itself.
const silentIsDeadAfterMs = 60_000;

/**
 * Takes a data folder for this process, or returns its owner.
 *
 * The owner is the process in the lock file with the highest number. Files are created by hard links, which only one
 * process can do for a name. A dead owner's file is never overwritten: of two processes that find it, one gets the next
 * number and the other sees it.
 */
export async function takeFolder(folder: string, password: string): Promise<Lock | Owner> {
  await mkdir(folder, { recursive: true });
  for (;;) {
    const files = await lockFiles(folder);
    const last = files.at(-1);
    const owner = last && (await readOwner(folder, last));
    if (owner) return owner;
    const mine = lockFile(folder, (last?.number ?? 0) + 1);
    if (!(await create(mine, me(await identityOf(folder), null, password)))) continue;
    if ((await lockFiles(folder)).at(-1)?.number !== mine.number) {
      await rm(mine.path, { force: true });
      continue;
    }
    await Promise.all(files.map((file) => rm(file.path, { force: true })));
    return hold(folder, mine, password);
  }
}

/**
 * @returns who holds the folder, or undefined if no living process does.
 * @throws CopiedFolderError if the folder is a copy of the one that the owner has, or had.
 */
export async function ownerOf(folder: string): Promise<Owner | undefined> {
  const last = (await lockFiles(folder)).at(-1);
  return last && readOwner(folder, last);
}

function hold(folder: string, file: LockFile, password: string): Lock {
  const sayAlive = setInterval(() => {
    const now = new Date();
    // Missing a sign of life is harmless; the next one is due soon.
    utimes(file.path, now, now).catch(() => undefined);
  }, sayAliveEveryMs);
  sayAlive.unref();
  return {
    announce: async (port) => replace(file, me(await identityOf(folder), port, password)),
    release: async () => {
      clearInterval(sayAlive);
      await rm(file.path, { force: true });
    },
  };
}

function lockFile(folder: string, number: number): LockFile {
  return { number, path: join(folder, `owner.${number}.json`) };
}

async function lockFiles(folder: string): Promise<LockFile[]> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return [];
    throw error;
  });
  return names
    .flatMap((name) => /^owner\.(\d+)\.json$/.exec(name)?.[1] ?? [])
    .map((number) => lockFile(folder, Number(number)))
    .sort((a, b) => a.number - b.number);
}

/** The password opens the database, so only the owner of the folder may read the file. */
async function write(path: string, owner: Owner): Promise<void> {
  await writeFile(path, `${JSON.stringify(owner)}\n`, { mode: 0o600 });
}

async function create(file: LockFile, owner: Owner): Promise<boolean> {
  const draft = `${file.path}.${process.pid}`;
  await write(draft, owner);
  try {
    await link(draft, file.path);
    return true;
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === "EEXIST") return false;
    // Not every file system has links. Creating exclusively is as safe; a reader may only meet the file half-written.
    if (code !== "EPERM" && code !== "ENOTSUP" && code !== "ENOSYS") throw error;
    return createExclusively(file, owner);
  } finally {
    await rm(draft, { force: true });
  }
}

async function createExclusively(file: LockFile, owner: Owner): Promise<boolean> {
  try {
    await writeFile(file.path, `${JSON.stringify(owner)}\n`, { mode: 0o600, flag: "wx" });
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "EEXIST") return false;
    throw error;
  }
}

async function replace(file: LockFile, owner: Owner): Promise<void> {
  const draft = `${file.path}.${process.pid}`;
  await write(draft, owner);
  await rename(draft, file.path);
}

/**
 * @returns the owner, unless it is dead or released the file meanwhile.
 * @throws CopiedFolderError if the file was copied together with the folder.
 */
async function readOwner(folder: string, file: LockFile): Promise<Owner | undefined> {
  try {
    const [content, { mtimeMs }] = await Promise.all([readFile(file.path, "utf8"), stat(file.path)]);
    const owner = JSON.parse(content) as Owner;
    if (!isOf(owner, await identityOf(folder))) throw new CopiedFolderError(folder, basename(file.path));
    return isAlive(owner, mtimeMs) ? owner : undefined;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ENOENT") return undefined;
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}

function isAlive(owner: Owner, saidSoAtMs: number): boolean {
  if (owner.host !== hostname()) return Date.now() - saidSoAtMs < silentIsDeadAfterMs;
  try {
    process.kill(owner.pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === "ESRCH") return false;
  }
  // The number may have gone to another process since.
  return owner.startedAt === null || startOf(owner.pid) === owner.startedAt;
}

function me(folder: Owner["folder"], port: number | null, password: string): Owner {
  return { pid: process.pid, host: hostname(), startedAt: startOf(process.pid), port, password, folder };
}

async function identityOf(folder: string): Promise<Owner["folder"]> {
  const { ino, dev } = await stat(folder, { bigint: true });
  return { inode: String(ino), device: String(dev) };
}

/**
 * Whether an owner wrote its file into this folder. A folder that is moved on its disk stays the same, and so does a disk
 * that another machine mounts, which numbers its devices in its own way.
 */
function isOf(owner: Owner, folder: Owner["folder"]): boolean {
  // Files of version 0.2.0 and before do not say.
  const of = (owner as Partial<Owner>).folder;
  if (of === undefined) return true;
  const isSameBoot = owner.host === hostname() && bootOf(owner.startedAt) === bootOf(startOf(process.pid));
  return of.inode === folder.inode && (!isSameBoot || of.device === folder.device);
}

function bootOf(startedAt: string | null): string | undefined {
  return startedAt?.split("/", 1)[0];
}

/** Boot and clock tick at which a process started, from Linux's /proc; null elsewhere. */
function startOf(pid: number): string | null {
  try {
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "utf8").trim();
    const status = readFileSync(`/proc/${pid}/stat`, "utf8");
    // The second field is the program's name in brackets and may hold anything; the start is the 22nd.
    const ticks = status.slice(status.lastIndexOf(")") + 2).split(" ")[19];
    return ticks === undefined ? null : `${boot}/${ticks}`;
  } catch {
    return null;
  }
}
