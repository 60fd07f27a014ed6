import { lstat, open, readdir, realpath, stat } from "node:fs/promises";
import path from "node:path";

/**
 * Limits of a pack, so that reading it takes bounded memory: bytes of a file, of a text, of all files, and the number
 * of files.
 */
export const packLimits = {
  file: 16 * 1024 * 1024,
  text: 8 * 1024 * 1024,
  total: 128 * 1024 * 1024,
  files: 1_000,
} as const;

/** Thrown when a file of a pack cannot be read or may not be; the message says why without naming folders outside. */
export class PackFileError extends Error {
  override readonly name = "PackFileError";
}

/** The files of a pack, by their names as faults show them. */
export interface PackFiles {
  /** The folder that texts are read from. */
  readonly folder: string;
  /** Paths of the files with records, in the order in which they are read. */
  readonly files: readonly string[];
}

const recordFile = /\.(?:ya?ml|json)$/i;

/**
 * Lists a pack: a single file, or the *.yaml, *.yml and *.json files directly in a folder, by name.
 * @throws PackFileError if there is no such file or folder, or the folder holds no such files.
 */
export async function listPack(source: string): Promise<PackFiles> {
  const found = await stat(source).catch((error: unknown) => {
    throw new PackFileError(`${source}: ${reason(error)}`);
  });
  if (found.isFile()) return { folder: path.dirname(source), files: [source] };
  if (!found.isDirectory()) throw new PackFileError(`${source} is neither a file nor a folder`);
  const entries = await readdir(source, { withFileTypes: true }).catch((error: unknown) => {
    throw new PackFileError(`${source}: ${reason(error)}`);
  });
  const names = entries
    .filter((entry) => !entry.isDirectory() && recordFile.test(entry.name))
    .map(({ name }) => name)
    .sort(byUnits);
  if (names.length === 0) throw new PackFileError(`${source} holds no *.yaml, *.yml or *.json file, so it is no pack`);
  if (names.length > packLimits.files)
    throw new PackFileError(`${source} holds more than ${String(packLimits.files)} files`);
  return { folder: source, files: names.map((name) => path.join(source, name)) };
}

/**
 * Reads a file of a pack as UTF-8. Only regular files inside the pack's folder are read, links followed.
 * @throws PackFileError for anything else, for a file of more than `most` bytes, and for bytes that are no UTF-8.
 */
export async function readInside(folder: string, file: string, most: number): Promise<string> {
  const bytes = await readBytesInside(folder, file, most);
  try {
    return new TextDecoder("utf-8", { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    throw new PackFileError("is no UTF-8 text");
  }
}

/** Reads the bytes of a file of a pack, as `readInside` does. */
export async function readBytesInside(folder: string, file: string, most: number): Promise<Uint8Array> {
  const real = await insideOf(folder, file);
  const handle = await open(real, "r").catch((error: unknown) => {
    throw new PackFileError(reason(error));
  });
  try {
    const { size } = await handle.stat();
    if (size > most) throw new PackFileError(`has ${String(size)} bytes; at most ${String(most)} are read`);
    const bytes = await handle.readFile();
    if (bytes.length > most) throw new PackFileError(`has more than ${String(most)} bytes`);
    return bytes;
  } catch (error) {
    if (error instanceof PackFileError) throw error;
    throw new PackFileError(reason(error));
  } finally {
    await handle.close();
  }
}

/**
 * The file that a relative path inside a pack names.
 * @throws PackFileError for an absolute path and for one that leads out of the folder.
 */
export function resolveInside(folder: string, relative: string): string {
  if (relative.includes("\0") || relative.includes("\\"))
    throw new PackFileError("is no relative path with / between its parts");
  if (path.posix.isAbsolute(relative) || path.win32.isAbsolute(relative))
    throw new PackFileError("is an absolute path; a text lies inside the pack");
  const normal = path.posix.normalize(relative);
  if (normal === "." || normal === ".." || normal.startsWith("../"))
    throw new PackFileError("leads out of the pack; a text lies inside it");
  return path.join(folder, ...normal.split("/"));
}

async function insideOf(folder: string, file: string): Promise<string> {
  try {
    const [root, real] = await Promise.all([realpath(folder), realpath(file)]);
    const relative = path.relative(root, real);
    if (relative === "" || relative.startsWith("..") || path.isAbsolute(relative)) {
      throw new PackFileError("is a link that leads out of the pack");
    }
    // A pipe or a device might never end.
    if (!(await lstat(real)).isFile()) throw new PackFileError("is no regular file");
    return real;
  } catch (error) {
    throw error instanceof PackFileError ? error : new PackFileError(reason(error));
  }
}

function reason(error: unknown): string {
  const code = (error as NodeJS.ErrnoException).code;
  const known: Record<string, string> = {
    ENOENT: "there is no such file",
    EACCES: "may not be read",
    EPERM: "may not be read",
    EISDIR: "is a folder",
    ENOTDIR: "there is no such file",
    ELOOP: "is a link that leads to itself",
    ENAMETOOLONG: "has too long a name",
  };
  return known[code ?? ""] ?? `cannot be read${code === undefined ? "" : ` (${code})`}`;
}

/** Orders by UTF-16 units, the same everywhere. */
export function byUnits(one: string, other: string): number {
  return one < other ? -1 : one > other ? 1 : 0;
}
