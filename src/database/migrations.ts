import { createHash } from "node:crypto";
import { readFile, readdir } from "node:fs/promises";
import { fileURLToPath } from "node:url";

/** One step of the database's history. */
export interface Migration {
  /** The folder's name, `20261123000000_record`; the order of names is the order of steps. */
  readonly name: string;
  readonly script: string;
  /** SHA-256 of the script in lower-case hexadecimal, as Prisma records it. */
  readonly checksum: string;
}

/** The folder with the schema and its migrations; it lies beside `src` and `dist` alike. */
export const prismaFolder = fileURLToPath(new URL("../../prisma/", import.meta.url));

/** @returns the text of the Prisma schema. */
export function readDatamodel(): Promise<string> {
  return readFile(`${prismaFolder}schema.prisma`, "utf8");
}

/** Reads all migrations of a folder in their order. */
export async function readMigrations(folder = `${prismaFolder}migrations`): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(`${folder}/${name}/migration.sql`, "utf8");
      return { name, script, checksum: createHash("sha256").update(script).digest("hex") };
    }),
  );
}
