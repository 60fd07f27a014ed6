import { createHash, randomUUID } from "node:crypto";
import { existsSync } from "node:fs";
import { cp, mkdir, readdir, readFile, rename, rm } from "node:fs/promises";
import { join } from "node:path";
import { openEmbedded } from "../../src/database/embedded/open.js";
import { migrate } from "../../src/database/migrate.js";
import { openDatabase } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { importPacks } from "../../src/packs/import.js";
import { declaredRecords } from "../../src/packs/registry.js";

// Databases are made once for each state of the sources that they follow from, and copied from then on: migrating takes
// seconds and importing the seeds takes more, a copy takes a fraction of one.

/** A pack that we ship. */
export type SeedPack = "reference" | "report" | "facts" | "record";

const silent = { info: () => undefined, warn: () => undefined, error: () => undefined };
const settings = { poolSize: 4, statementTimeoutMs: 60_000 };

/** The name of the template that holds these packs. */
export function templateName(packs: readonly SeedPack[]): string {
  return ["template_migrated", ...packs].join("_");
}

/**
 * A folder that `fill` filled, of this name and the present state of the sources that it follows from.
 * @param sources folders of the project.
 * @param fill is given a folder that exists and is empty.
 */
export async function templateFolder(
  name: string,
  sources: readonly string[],
  fill: (folder: string) => Promise<void>,
): Promise<string> {
  const cache = join(packageRoot(), "node_modules", ".cache", "sidelines-tests");
  const declared = JSON.stringify(declaredRecords);
  const id = createHash("sha256")
    .update(`${name}\n${declared}\n${await stateOf(sources)}`)
    .digest("hex")
    .slice(0, 16);
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

/** Fills a folder with the data of an embedded database that is migrated and holds these packs. */
export async function copyEmbedded(folder: string, packs: readonly SeedPack[] = []): Promise<void> {
  await cp(await embeddedTemplate(packs), folder, { recursive: true });
}

function embeddedTemplate(packs: readonly SeedPack[]): Promise<string> {
  const sources = packs.length === 0 ? migrationSources : importSources;
  return templateFolder(`embedded ${templateName(packs)}`, sources, async (draft) => {
    if (packs.length === 0) {
      const embedded = await openEmbedded({ dataDir: draft, log: silent });
      await migrate(embedded.url, declaredRecords);
      return embedded.close();
    }
    await copyEmbedded(draft);
    const database = await openDatabase({ mode: "embedded", dataDir: draft, ...settings }, silent);
    await importPacks(database, foldersOf(packs));
    return database.close();
  });
}

/** Migrates a database of a server and imports these packs. */
export async function fillDatabase(url: string, packs: readonly SeedPack[]): Promise<void> {
  await migrate(url, declaredRecords);
  if (packs.length === 0) return;
  const database = await openDatabase({ mode: "postgres", url, ...settings }, silent);
  await importPacks(database, foldersOf(packs));
  await database.close();
}

function foldersOf(packs: readonly SeedPack[]): string[] {
  return packs.map((name) => join(packageRoot(), "seeds", name));
}

/** A migrated database follows from these folders. */
export const migrationSources: readonly string[] = ["prisma", "src/database"];

/** The records of the seeds follow from these as well. */
export const importSources: readonly string[] = [
  ...migrationSources,
  "seeds/reference",
  "seeds/report",
  "seeds/facts",
  "seeds/record",
  "src/lib",
  "src/modules",
  "src/packs",
  "src/writing",
];

const states = new Map<string, Promise<string>>();

function stateOf(sources: readonly string[]): Promise<string> {
  const key = sources.join();
  const state = states.get(key) ?? readState(sources);
  states.set(key, state);
  return state;
}

async function readState(sources: readonly string[]): Promise<string> {
  const hash = createHash("sha256");
  for (const folder of sources) {
    const entries = await readdir(join(packageRoot(), folder), { recursive: true, withFileTypes: true });
    const files = entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
    for (const file of files.sort()) hash.update(file).update(await readFile(file));
  }
  return hash.digest("hex");
}
