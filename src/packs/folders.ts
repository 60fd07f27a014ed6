import { mkdir, mkdtemp, readdir, rename, rm } from "node:fs/promises";
import { dirname, resolve } from "node:path";

/** Thrown when a file or folder cannot be written, or a folder holds something already. */
export class ExportError extends Error {
  override readonly name = "ExportError";
}

/**
 * Checks that a folder is empty or does not exist yet.
 * @param wayOut The way out: `export into a new folder`.
 * @throws ExportError.
 */
export async function checkEmpty(folder: string, wayOut: string): Promise<void> {
  const entries = await readdir(folder).catch((error: unknown) => {
    if (systemCodeOf(error) === "ENOENT") return [];
    throw new ExportError(`${folder} cannot be written to: ${systemCodeOf(error) ?? "unknown reason"}`, {
      cause: error,
    });
  });
  if (entries.length > 0) throw new ExportError(`${folder} is not empty; ${wayOut}`);
}

/**
 * Writes a folder, which is there whole or not at all.
 * @param fill Writes the files into a draft of the folder.
 * @throws ExportError if a file cannot be written, and whatever else `fill` throws.
 */
export async function writeWhole<T>(folder: string, fill: (draft: string) => Promise<T>): Promise<T> {
  const target = resolve(folder);
  let draft: string | undefined;
  try {
    await mkdir(dirname(target), { recursive: true });
    draft = await mkdtemp(`${target}.part-`);
    const filled = await fill(draft);
    await rename(draft, target);
    return filled;
  } catch (error) {
    if (draft !== undefined) await rm(draft, { recursive: true, force: true });
    const code = systemCodeOf(error);
    if (code === undefined) throw error;
    throw new ExportError(`${folder} cannot be written: ${code}`, { cause: error });
  }
}

/** The code of an error of the file system, such as ENOENT. */
function systemCodeOf(error: unknown): string | undefined {
  const { code } = error as NodeJS.ErrnoException;
  return typeof code === "string" && /^E[A-Z]+$/.test(code) ? code : undefined;
}
