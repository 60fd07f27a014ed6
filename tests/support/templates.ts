import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openEmbedded } from "../../src/database/embedded/open.js";
import { migrate } from "../../src/database/migrate.js";
import { openDatabase } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";

// Databases are made once for each state of the sources that they follow from, and copied from then on: migrating takes
// seconds and importing the seeds takes more, a copy takes a fraction of one.

/** A pack that we ship. */
export type SeedPack = "report" | "facts";

/** The sets of records that templates are made of. */
const sets: readonly (readonly SeedPack[])[] = [[], ["report"], ["report", "facts"]];

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const settings = { poolSize: 4, statementTimeoutMs: 60_000 };

/** The name of the template that holds these packs. */
export function templateName(packs: readonly SeedPack[]): string {
  return ["template_migrated", ...packs].join("_");
}

/**
 * A folder that `fill` filled, of this name and the present state of the sources.
 * @param fill is given a folder that exists and is empty.
 */
export async function templateFolder(name: string, fill: (folder: string) => Promise<void>): Promise<string> {
  const cache = join(packageRoot(), "node_modules", ".cache", "sidelines-tests");
  const id = createHash("sha256").update(`${name}\n${await stateOfSources()}`).digest("hex").slice(0, 16);
  const folder = join(cache, id);
  if (existsSync(folder)) return folder;
  const draft = join(cache, `draft-${randomUUID()}`);
  await mkdir(draft, { recursive: true });
  await fill(draft).catch(async (error: unknown) => {
    await rm(draft, { recursive: true, force: true });
    throw error;
  });
  try {
    await rename(draft, folder);
  } catch {
    // Another worker was faster; its folder is as good.
    await rm(draft, { recursive: true, force: true });
  }
  return folder;
}

/** Makes an embedded database of each set of records. */
export async function prepareEmbedded(): Promise<void> {
  for (const packs of sets) await embeddedTemplate(packs);
}

/** Fills a folder with the data of an embedded database that is migrated and holds these packs. */
export async function copyEmbedded(folder: string, packs: readonly SeedPack[] = []): Promise<void> {
  await cp(await embeddedTemplate(packs), folder, { recursive: true });
}

function embeddedTemplate(packs: readonly SeedPack[]): Promise<string> {
  return templateFolder(`embedded ${templateName(packs)}`, async (draft) => {
    if (packs.length === 0) {
      const embedded = await openEmbedded({ dataDir: draft, log: silent });
      await migrate(embedded.url);
      return embedded.close();
    }
    await copyEmbedded(draft);
    const database = await openDatabase({ mode: "embedded", dataDir: draft, ...settings }, silent);
    await importPacks(database, foldersOf(packs));
    return database.close();
  });
}

/**
 * Makes a database of each set of records on a server.
 * @param url of a database of the server.
 * @param run runs a statement in the database `postgres`.
 */
export async function fillTemplates(url: (name: string) => string, run: (statement: string) => Promise<void>): Promise<void> {
  for (const packs of sets) {
    const name = templateName(packs);
    await run(`CREATE DATABASE ${name} TEMPLATE ${packs.length === 0 ? "template0" : templateName([])}`);
    if (packs.length === 0) {
      await migrate(url(name));
      continue;
    }
    const database = await openDatabase({ mode: "postgres", url: url(name), ...settings }, silent);
    await importPacks(database, foldersOf(packs));
    await database.close();
  }
}

function foldersOf(packs: readonly SeedPack[]): string[] {
  return packs.map((name) => join(packageRoot(), "seeds", name));
}

/** What a database follows from: migrations, seeds, and the code that imports them. */
const folders = ["prisma", "seeds/report", "seeds/facts", "src/database", "src/lib", "src/modules", "src/packs", "src/writing"];

let state: Promise<string> | undefined;

function stateOfSources(): Promise<string> {
  return (state ??= readState());
}

async function readState(): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of folders) {
    const entries = await readdir(join(packageRoot(), folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex");
}
