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
  /** Checksums of texts that it had when it was released; a database that such a text was applied to is as good. */
  readonly formerChecksums: readonly string[];
}

/** Released steps that were edited, with the checksums of their earlier texts. A later step makes up for the difference. */
const formerChecksums: Readonly<Record<string, readonly string[]>> = {
  // Only a superuser could apply this setting. Step 20261130020000_keeping updates existing databases.
  "20261124000000_history": ["64735f22fee91082217e98ff935c7a1a3fcca2ae365d10db484dec8c09694d01"],
};

/** Whether a checksum is that of a migration's text, as it is now or as it was released. */
export function isTextOf(migration: Pick<Migration, "checksum" | "formerChecksums">, checksum: string): boolean {
  return migration.checksum === checksum || migration.formerChecksums.includes(checksum);
}

/** The folder with the schema and its migrations; it lies beside `src` and `dist` alike. */
export const prismaFolder = fileURLToPath(new URL("../../prisma/", import.meta.url));

/** @returns the text of the Prisma schema. */
export function readDatamodel(): Promise<string> {
  return readFile(`${prismaFolder}schema.prisma`, "utf8");
}

/** Reads all migrations of a folder in their order. The first one is the baseline: the tables of a new database. */
export function readMigrations(folder = `${prismaFolder}migrations`): Promise<Migration[]> {
  return readSteps(folder);
}

/** Reads the steps that bring a database of an earlier release to the state of the baseline, in their order. */
export function readUpgrades(folder = `${prismaFolder}upgrades`): Promise<Migration[]> {
  return readSteps(folder);
}

async function readSteps(folder: string): Promise<Migration[]> {
  const entries = await readdir(folder, { withFileTypes: true });
  const names = entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
  return Promise.all(
    names.sort().map(async (name) => {
      const script = await readFile(`${folder}/${name}/migration.sql`, "utf8");
      const checksum = createHash("sha256").update(script).digest("hex");
      return { name, script, checksum, formerChecksums: formerChecksums[name] ?? [] };
    }),
  );
}

/** A file of functions, views and triggers that is applied again whenever its text changes. */
export interface Repeatable {
  /** The file's path: `prisma/sql/search.sql`; the order of names is the order in which they are applied. */
  readonly name: string;
  readonly script: string;
}

/**
 * Reads prisma/sql: the current text of functions, views and triggers, each in one place.
 * @param folder `sql/history` for the files that read the history of all tables, and are applied after it is made.
 */
export async function readRepeatables(folder: "sql" | "sql/history" = "sql"): Promise<Repeatable[]> {
  const names = (await readdir(`${prismaFolder}${folder}`)).filter((name) => name.endsWith(".sql"));
  return Promise.all(
    names.sort().map(async (name) => ({
      name: `prisma/${folder}/${name}`,
      script: await readFile(`${prismaFolder}${folder}/${name}`, "utf8"),
    })),
  );
}
