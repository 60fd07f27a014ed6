import { randomUUID } from "node:crypto";
import { once } from "node:events";
import { createWriteStream } from "node:fs";
import { access, open, rename, rm, stat } from "node:fs/promises";
import { dirname } from "node:path";
import { finished } from "node:stream/promises";
import { createGzip, type Gzip } from "node:zlib";
import type pg from "pg";
import { atOneMoment } from "../database/client.js";
import { migrationState } from "../database/migrate.js";
import {
  columnList,
  isPublicTable,
  privateColumns,
  publicRows,
  readSequences,
  readTables,
  type KeptTable,
} from "./contents.js";
import { BackupError, endLine, lineDigest, tableLine, type Manifest } from "./format.js";

/** The result of a backup. */
export interface BackupReport {
  readonly file: string;
  readonly bytes: number;
  /** By table, those with none left out. */
  readonly rows: Readonly<Record<string, number>>;
  readonly isSigned: boolean;
}

export interface BackupOptions {
  /** The version of Sidelines. */
  readonly software: string;
  /** The key for the signature; without it, the backup is unsigned. */
  readonly key?: string | undefined;
  /** Whether to leave out private texts, drafts, reports at the desk, keys, sessions, and results of idempotent requests. */
  readonly isPublic?: boolean | undefined;
  /** Receives progress messages. */
  readonly progress?: (step: string) => void;
}

const rowsAtOnce = 1_000;

/**
 * Writes a consistent snapshot of a whole database into one file, without blocking others: the record, its history,
 * drafts, keys, and idempotency keys. The file is complete or absent, and readable by its owner only.
 * @param url The database's address.
 * @param file A path that does not exist yet.
 * @throws BackupError if the file exists or cannot be written, or the tables are not up to date.
 */
export async function backUp(
  url: string,
  file: string,
  { software, key, isPublic = false, progress = () => undefined }: BackupOptions,
): Promise<BackupReport> {
  await checkAbsent(file);
  const { pending, unknown } = await migrationState(url);
  if (pending.length > 0)
    throw new BackupError(
      "the tables of the database are not up to date; run `sidelines migrate` first, or back up with the version that made them",
    );
  if (unknown.length > 0)
    throw new BackupError("a newer version of Sidelines wrote the database; back up with that one");
  const draft = `${file}.part-${randomUUID()}`;
  try {
    const rows = await atOneMoment(url, "sidelines backup", async (client) => {
      // Times are written in UTC, dates as ISO 8601 has them, whatever the database is set to.
      await client.query(
        "SET LOCAL TimeZone = 'UTC'; SET LOCAL DateStyle = 'ISO, YMD'; SET LOCAL search_path = public",
      );
      return write(client, draft, { software, key, isPublic, progress });
    });
    await rename(draft, file);
    return { file, bytes: (await stat(file)).size, rows, isSigned: key !== undefined };
  } catch (error) {
    await rm(draft, { force: true });
    throw isOfFiles(error) ? new BackupError(`${file} cannot be written: ${error.code}`, { cause: error }) : error;
  }
}

function isOfFiles(error: unknown): error is NodeJS.ErrnoException & { readonly code: string } {
  return error instanceof Error && "syscall" in error && "code" in error && typeof error.code === "string";
}

async function checkAbsent(file: string): Promise<void> {
  const isThere = await access(file).then(
    () => true,
    () => false,
  );
  if (isThere) throw new BackupError(`${file} is there already; a backup is never written over another`);
  await access(dirname(file)).catch((error: unknown) => {
    throw new BackupError(`there is no folder ${dirname(file)} to write the backup to`, { cause: error });
  });
}

async function write(
  client: pg.Client,
  path: string,
  { software, key, isPublic, progress }: Required<BackupOptions>,
): Promise<Record<string, number>> {
  const lines = await openLines(path);
  const written: Record<string, number> = {};
  try {
    await lines.add(JSON.stringify(await describe(client, { software, isPublic })));
    const tables = await readTables(client);
    for (const { name, columns } of isPublic === true ? tables.filter(isPublicTable) : tables) {
      const table = { name, columns: columns.filter((column) => isPublic !== true || !privateColumns.has(column)) };
      await lines.add(tableLine(table.name, table.columns));
      let count = 0;
      for await (const rows of rowsOf(client, table, isPublic === true ? publicRows(table) : "")) {
        for (const row of rows) await lines.add(row);
        count += rows.length;
        progress(`Writing ${table.name}: ${count.toLocaleString("en")} rows`);
      }
      if (count > 0) written[table.name] = count;
    }
    await lines.end(
      Object.values(written).reduce((sum, count) => sum + count, 0),
      key,
    );
    return written;
  } catch (error) {
    lines.destroy();
    throw error;
  }
}

async function describe(
  client: pg.Client,
  { software, isPublic = false }: Pick<BackupOptions, "software" | "isPublic">,
): Promise<Manifest> {
  const { rows: migrations } = await client.query<{ name: string; checksum: string }>(
    `SELECT "migration_name" AS name, "checksum" FROM "_prisma_migrations" WHERE "finished_at" IS NOT NULL AND "rolled_back_at" IS NULL ORDER BY 1`,
  );
  const { rows } = await client.query<{ at: string }>(
    `SELECT to_char(now() AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS at`,
  );
  return {
    format: "sidelines-backup",
    formatVersion: 1,
    software,
    at: rows[0]?.at ?? "",
    migrations,
    sequences: await readSequences(client),
    isPublic,
  };
}

async function* rowsOf(
  client: pg.Client,
  table: KeptTable,
  condition: string,
): AsyncGenerator<readonly string[], void, undefined> {
  await client.query(
    `DECLARE kept NO SCROLL CURSOR FOR SELECT row_to_json(r)::text AS row FROM (SELECT ${columnList(table)} FROM ${table.name}${condition}) AS r`,
  );
  for (;;) {
    const { rows } = await client.query<{ row: string }>(`FETCH ${String(rowsAtOnce)} FROM kept`);
    if (rows.length > 0) yield rows.map(({ row }) => row);
    if (rows.length < rowsAtOnce) break;
  }
  await client.query("CLOSE kept");
}

interface Lines {
  add(line: string): Promise<void>;
  /** Writes the end, signed where there is a key, and waits until all of it is on the disk. */
  end(rows: number, key: string | undefined): Promise<void>;
  destroy(): void;
}

const ownersOnly = 0o600;

async function openLines(path: string): Promise<Lines> {
  const handle = await open(path, "wx", ownersOnly);
  const gzip: Gzip = createGzip();
  const target = createWriteStream("", { fd: handle.fd, autoClose: false });
  const done = finished(gzip.pipe(target));
  // The caller awaits `done`. A full disk may fail the stream earlier.
  done.catch((error: unknown) => gzip.destroy(error as Error));
  gzip.on("error", () => undefined);
  const digest = lineDigest();
  async function put(line: string): Promise<void> {
    if (gzip.destroyed) await done;
    if (!gzip.write(`${line}\n`)) await Promise.race([once(gzip, "drain"), done]);
  }
  return {
    async add(line) {
      digest.add(line);
      await put(line);
    },
    async end(rows, key) {
      await put(endLine(rows, digest.hex(), key));
      gzip.end();
      await done;
      await handle.sync();
      await handle.close();
    },
    destroy() {
      gzip.destroy();
      target.destroy();
      void handle.close().catch(() => undefined);
    },
  };
}
