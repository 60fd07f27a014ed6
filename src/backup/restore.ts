import type pg from "pg";
import { withClient } from "../database/client.js";
import { migrate, migrationState } from "../database/migrate.js";
import type { DeclaredRecord } from "../database/registry.js";
import { isTextOf, readMigrations, readUpgrades } from "../database/migrations.js";
import { columnList, readTables, type KeptTable } from "./contents.js";
import { BackupError, readBackup, type Line, type Manifest, type Signature, type SignatureCheck } from "./format.js";

/** The result of a restore. */
export interface RestoreReport {
  readonly file: string;
  /** The moment of the snapshot, and the version of Sidelines that wrote it. */
  readonly at: string;
  readonly software: string;
  readonly signature: Signature;
  /** By table, those with none left out. */
  readonly rows: Readonly<Record<string, number>>;
  /** Migrations that brought the tables from the backup's version to this one. */
  readonly migrated: readonly string[];
}

export interface RestoreOptions extends Partial<SignatureCheck> {
  /** Receives progress messages. */
  readonly progress?: (step: string) => void;
}

/**
 * Checks a backup to its end, without a database.
 * @throws BackupError if it is damaged, lacks the right signature, or was made by a newer version.
 */
export async function checkBackup(
  file: string,
  { progress = () => undefined, ...check }: RestoreOptions = {},
): Promise<Omit<RestoreReport, "migrated">> {
  const { manifest, tables, signature } = await opened(file, check);
  await checkKnown(manifest);
  const rows: Record<string, number> = {};
  for await (const { name, texts } of batches(tables)) {
    rows[name] = (rows[name] ?? 0) + texts.length;
    progress(`Reading ${name}: ${rows[name].toLocaleString("en")} rows`);
  }
  return { file, at: manifest.at, software: manifest.software, signature: signature(), rows: onlyFilled(rows) };
}

/**
 * Restores a backup: creates the tables of its version, fills them in one transaction, and migrates them to this
 * version. The database may be of the other kind or another version of Postgres.
 * @param url A database without tables, or with empty ones of the backup's version.
 * @param records The declarations of all records.
 * @throws BackupError if the database is not empty, or the backup is damaged or was made by a newer version;
 * MigrationError.
 */
export async function restore(
  url: string,
  file: string,
  records: readonly DeclaredRecord[],
  { progress = () => undefined, ...check }: RestoreOptions = {},
): Promise<RestoreReport> {
  const { manifest, tables, signature } = await opened(file, check);
  await checkKnown(manifest);
  await makeTables(url, manifest, records);
  const rows = await withClient(url, "sidelines restore", (client) => fill(client, { manifest, tables, progress }));
  progress("Bringing the tables up to date");
  const migrated = await migrate(url, records);
  await withClient(url, "sidelines restore", (client) => client.query("ANALYZE"));
  return { file, at: manifest.at, software: manifest.software, signature: signature(), rows, migrated };
}

interface Opened {
  readonly manifest: Manifest;
  /** The lines after the manifest. */
  readonly tables: AsyncGenerator<TableLine, void, undefined>;
  /** The result of checking the signature, once all has been read. */
  readonly signature: () => Signature;
}

type TableLine = Extract<Line, { readonly kind: "table" | "row" }>;

async function opened(file: string, { key, allowUnsigned }: Partial<SignatureCheck>): Promise<Opened> {
  const lines = readBackup(file, { key, allowUnsigned });
  let signature: Signature = "none";
  async function* tables(): AsyncGenerator<TableLine, void, undefined> {
    for await (const line of lines) {
      if (line.kind === "manifest") throw new BackupError("the backup is damaged: it has two beginnings");
      if (line.kind === "end") signature = line.signature;
      else yield line;
    }
  }
  const { value } = await lines.next();
  if (value?.kind !== "manifest") throw new BackupError(`${file}: the file is no backup of Sidelines`);
  return { manifest: value.manifest, tables: tables(), signature: () => signature };
}

async function checkKnown({ migrations, software }: Manifest): Promise<void> {
  const steps = [...(await readUpgrades()), ...(await readMigrations())];
  const known = new Map(steps.map((step) => [step.name, step]));
  const foreign = migrations.filter(({ name, checksum }) => {
    const migration = known.get(name);
    return !migration || !isTextOf(migration, checksum);
  });
  if (foreign.length === 0) return;
  throw new BackupError(
    `the backup was made by Sidelines ${software}, whose tables this version does not know (${foreign.map(({ name }) => name).join(", ")}): restore it with that version or a later one`,
  );
}

/** Makes the tables as they were when the backup was made, whatever has been added since. */
async function makeTables(url: string, { migrations }: Manifest, records: readonly DeclaredRecord[]): Promise<void> {
  const names = new Set(migrations.map(({ name }) => name));
  const { applied } = await migrationState(url);
  const beyond = applied.filter((name) => !names.has(name));
  if (beyond.length > 0)
    throw new BackupError(
      "the tables of the database are newer than those of the backup: restore it into a database without tables, which are brought up to date afterwards",
    );
  await migrate(url, records, { only: names });
}

interface Filling extends Pick<Opened, "manifest" | "tables"> {
  readonly progress: (step: string) => void;
}

// Triggers sleep meanwhile: what they would work out is in the backup, the history of each row above all.
async function fill(client: pg.Client, { manifest, tables, progress }: Filling): Promise<Record<string, number>> {
  const known = await readTables(client);
  const rows: Record<string, number> = {};
  await client.query("BEGIN");
  try {
    await client.query(
      "SET LOCAL statement_timeout = 0; SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL search_path = public",
    );
    await client.query(`LOCK TABLE ${known.map(({ name }) => name).join(", ")} IN ACCESS EXCLUSIVE MODE`);
    await checkEmpty(client, known);
    for (const { name } of known) await client.query(`ALTER TABLE ${name} DISABLE TRIGGER USER`);
    await client.query(`TRUNCATE ${known.map(({ name }) => name).join(", ")}`);
    for await (const batch of batches(tables)) {
      await insert(client, known, batch);
      rows[batch.name] = (rows[batch.name] ?? 0) + batch.texts.length;
      if (batch.texts.length > 0)
        progress(`Restoring ${batch.name}: ${String(rows[batch.name]?.toLocaleString("en"))} rows`);
    }
    for (const [name, last] of manifest.sequences)
      await client.query("SELECT setval($1::regclass, $2::bigint)", [name, last]);
    if (manifest.isPublic) await client.query(`SELECT search."refreshAll"()`);
    for (const { name } of known) await client.query(`ALTER TABLE ${name} ENABLE TRIGGER USER`);
    progress("Committing");
    await client.query("COMMIT");
  } catch (error) {
    await client.query("ROLLBACK").catch(() => undefined);
    throw error;
  }
  return onlyFilled(rows);
}

// The row that counts the writes of the record is there from the first; it is no reason to refuse.
const alwaysFilled = 'public."RecordVersion"';

async function checkEmpty(client: pg.Client, tables: readonly KeptTable[]): Promise<void> {
  for (const { name } of tables.filter((table) => table.name !== alwaysFilled)) {
    const { rowCount } = await client.query(`SELECT FROM ${name} LIMIT 1`);
    if (rowCount)
      throw new BackupError(
        `the database holds something already, in ${name}; a backup is restored into an empty one (a service that was started on it has filled it with the seeds: SIDELINES_SEED=false leaves it empty)`,
      );
  }
}

async function insert(client: pg.Client, known: readonly KeptTable[], { name, columns, texts }: Batch): Promise<void> {
  const table = known.find((one) => one.name === name);
  const strange = columns.filter((column) => !table?.columns.includes(column));
  if (!table || strange.length > 0)
    throw new BackupError(
      `the backup has ${table ? `a column ${strange.join(", ")} of ` : ""}${name}, which the migrations that it names do not make`,
    );
  if (texts.length === 0) return;
  const list = columnList({ name, columns });
  await client.query(
    `INSERT INTO ${name} (${list}) OVERRIDING SYSTEM VALUE SELECT ${list} FROM json_populate_recordset(NULL::${name}, $1::json)`,
    [`[${texts.join(",")}]`],
  );
}

/** Some rows of one table, in their order; the first of each table comes even if there are none. */
interface Batch {
  readonly name: string;
  readonly columns: readonly string[];
  readonly texts: readonly string[];
}

const mostRows = 1_000;
const mostCharacters = 4_000_000;

async function* batches(lines: AsyncGenerator<TableLine, void, undefined>): AsyncGenerator<Batch, void, undefined> {
  let table: Omit<Batch, "texts"> | undefined;
  let texts: string[] = [];
  let size = 0;
  const cut = (): readonly string[] => {
    const whole = texts;
    texts = [];
    size = 0;
    return whole;
  };
  for await (const line of lines) {
    if (line.kind === "table") {
      if (table) yield { ...table, texts: cut() };
      table = { name: line.name, columns: line.columns };
      continue;
    }
    if (!table) throw new BackupError("the backup is damaged: it has rows before the first table");
    texts.push(line.text);
    size += line.text.length;
    if (texts.length >= mostRows || size >= mostCharacters) yield { ...table, texts: cut() };
  }
  if (table) yield { ...table, texts: cut() };
}

function onlyFilled(rows: Readonly<Record<string, number>>): Record<string, number> {
  return Object.fromEntries(Object.entries(rows).filter(([, count]) => count > 0));
}
