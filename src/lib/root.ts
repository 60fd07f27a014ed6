import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

let found: string | undefined;

/**
 * The folder of the package: the nearest one above this file with a package.json. The same from sources and from the
 * build, so that shipped files (contract, seeds, built pages) are found in both.
 * @throws Error when the files were torn out of their package.
 */
export function packageRoot(): string {
  if (found !== undefined) return found;
  let folder = dirname(fileURLToPath(import.meta.url));
  while (!existsSync(join(folder, "package.json"))) {
    const parent = dirname(folder);
    if (parent === folder)
      throw new Error("No package.json found above the running program; install the package as a whole.");
    folder = parent;
  }
  found = folder;
  return folder;
}

/** The version of the software that runs, as its package says it. */
export function readVersion(): string {
  return (JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as { version: string }).version;
}
