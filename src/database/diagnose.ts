import { access, constants, mkdir, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { atOneMoment } from "./client.js";
import { differences } from "./derive.js";
import { openEmbedded, type EmbeddedLog } from "./embedded/open.js";
import { withSchemaEngine } from "./engine.js";
import { migrate, migrationState, type MigrationState } from "./migrate.js";
import { prismaFolder, readDatamodel } from "./migrations.js";
import { serviceModels, tablesOf, type DeclaredRecord } from "./registry.js";

/** The difference between a database and this version of Sidelines. */
export interface Diagnosis extends MigrationState {
  /**
   * The changes that would make the tables match the schema, as text; null if there are none, or if migrations are
   * pending.
   */
  readonly drift: string | null;
  /** Sentences about history, read views and functions that do not follow from the tables and the declarations. */
  readonly underived: readonly string[];
}

/** Compares a database's history with the migrations and its tables with the schema and the declarations; changes nothing. */
export async function diagnose(url: string, records: readonly DeclaredRecord[]): Promise<Diagnosis> {
  const state = await migrationState(url);
  if (state.pending.length > 0) return { ...state, drift: null, underived: [] };
  const datamodel = await readDatamodel();
  const derived = await atOneMoment(url, "sidelines migrate", (client) => differences(client, records));
  return {
    ...state,
    drift: await compare(url, datamodel, false),
    underived: [...undeclared(datamodel, records), ...derived],
  };
}

/** Models that are neither declared as records nor listed as something else. */
export function undeclared(datamodel: string, records: readonly DeclaredRecord[]): string[] {
  const known = new Set([...serviceModels, ...tablesOf(records)]);
  const models = [...datamodel.matchAll(/^model (\w+) \{/gm)].flatMap(([, name = ""]) =>
    known.has(name) ? [] : [name],
  );
  return models.map(
    (name) =>
      `The model ${name} in prisma/schema.prisma is declared nowhere: declare it in a .record.ts file and list that in src/packs/sections.ts, or add it to serviceModels in src/database/registry.ts.`,
  );
}

/** A migration that cannot be written; the message says what to do. */
export class CreateMigrationError extends Error {
  override readonly name = "CreateMigrationError";
}

export interface CreateMigrationOptions {
  readonly log: EmbeddedLog;
  /** The folder of migrations; the project's own by default. */
  readonly folder?: string;
  /** The target schema; prisma/schema.prisma by default. */
  readonly datamodel?: string;
  /** The moment in the folder's name. */
  readonly now?: Date;
}

/**
 * Writes the migration from the existing ones to the schema, by Prisma's engine in an embedded database in memory. Add
 * by hand what Prisma cannot express.
 * @param name A description: `add api keys`.
 * @returns The path of the new file, or null if the migrations match the schema already.
 * @throws CreateMigrationError for a name without letters and digits, or if the project cannot be written to.
 */
export async function createMigration(name: string, options: CreateMigrationOptions): Promise<string | null> {
  const { log, folder = join(prismaFolder, "migrations"), now = new Date() } = options;
  const words = name
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, "_")
    .replaceAll(/^_+|_+$/g, "");
  if (words === "")
    throw new CreateMigrationError("a migration needs a name of letters or digits, for example: add api keys");
  await checkWritable(folder);
  const embedded = await openEmbedded({ dataDir: undefined, log });
  try {
    await migrate(embedded.url, [], { folder });
    const script = await compare(embedded.url, options.datamodel ?? (await readDatamodel()), true);
    if (script === null) return null;
    const stamp = now.toISOString().replaceAll(/\D/g, "").slice(0, 14);
    const path = join(folder, `${stamp}_${words}`);
    await mkdir(path);
    await writeFile(join(path, "migration.sql"), script, { flag: "wx" });
    return join(path, "migration.sql");
  } finally {
    await embedded.close();
  }
}

// An installed package has migrations to apply, not to add to: they would be gone with its next version.
async function checkWritable(folder: string): Promise<void> {
  for (const path of [join(prismaFolder, "schema.prisma"), folder]) {
    await access(path, constants.W_OK).catch((error: unknown) => {
      throw new CreateMigrationError(
        `${path} is not there to be written to: migrations are made in a checkout of the sources, where schema.prisma is changed first`,
        { cause: error },
      );
    });
  }
}

const different = 2;

/** From a database's tables to a datamodel: as a script or in words; null if they agree. */
function compare(url: string, datamodel: string, script: boolean): Promise<string | null> {
  return withSchemaEngine(url, datamodel, async (engine) => {
    const files = [{ path: "schema.prisma", content: datamodel }];
    const { exitCode, stdout } = await engine.diff({
      from: { tag: "schemaDatasource", files, configDir: prismaFolder },
      to: { tag: "schemaDatamodel", files },
      script,
      exitCode: true,
      filters: { externalTables: [], externalEnums: [] },
    });
    return exitCode === different ? stdout : null;
  });
}
