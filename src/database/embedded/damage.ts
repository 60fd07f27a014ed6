import { readFile, readdir, stat } from "node:fs/promises";
import { join } from "node:path";

/** The embedded Postgres is of this major version. */
export const postgresMajor = "18";
/** As pg_control of that version has it. */
const controlVersion = 1_800;
const pageBytes = 8_192;

/** Data in a folder that cannot be used as they are; the message says why. */
export class DamagedDataError extends Error {
  override readonly name = "DamagedDataError";
}

// Parts of each database of this version. Without one it does not start, or fails later.
const neededFolders = [
  "base/1",
  "base/5",
  "global",
  "pg_multixact/members",
  "pg_multixact/offsets",
  "pg_wal",
  "pg_xact",
];
const neededFiles = ["global/pg_control", "global/pg_filenode.map", "base/5/PG_VERSION", "base/5/pg_filenode.map"];

/**
 * Looks at the files of a database before it is opened, since Postgres gives hardly a reason when it lacks one.
 * @param folder the folder of Postgres within the data folder.
 * @returns whether there is a database.
 * @throws DamagedDataError if a part of it is missing, or is not what it should be.
 * @throws Error if it is of another version of Postgres.
 */
export async function checkFiles(folder: string): Promise<boolean> {
  const names = await readdir(folder).catch((error: NodeJS.ErrnoException) => {
    if (error.code === "ENOENT") return undefined;
    throw error;
  });
  if (names === undefined) return false;
  const version = (await readFile(join(folder, "PG_VERSION"), "utf8").catch(nothingIfMissing))?.trim();
  if (version === undefined) throw new DamagedDataError("the file PG_VERSION is missing");
  if (!/^\d+$/.test(version)) throw new DamagedDataError("the file PG_VERSION does not hold a version");
  if (version !== postgresMajor) {
    throw new Error(
      `the data in ${folder} are of Postgres ${version}, but the embedded database is Postgres ${postgresMajor}: ` +
        "export the record with the version of Sidelines that wrote it and import it into a new folder",
    );
  }
  for (const name of neededFolders) {
    const facts = await stat(join(folder, name)).catch(nothingIfMissing);
    if (facts?.isDirectory() !== true) throw new DamagedDataError(`the folder ${name} is missing`);
  }
  for (const name of neededFiles) {
    const facts = await stat(join(folder, name)).catch(nothingIfMissing);
    if (facts?.isFile() !== true) throw new DamagedDataError(`the file ${name} is missing`);
    if (facts.size === 0) throw new DamagedDataError(`the file ${name} is empty`);
  }
  await checkControlFile(join(folder, "global/pg_control"));
  return true;
}

async function checkControlFile(path: string): Promise<void> {
  const control = await readFile(path);
  if (control.length < pageBytes) throw new DamagedDataError("the file global/pg_control is cut off");
  if (control.every((byte) => byte === 0))
    throw new DamagedDataError("the file global/pg_control holds nothing but zeros");
  if (control.readUInt32LE(8) !== controlVersion)
    throw new DamagedDataError("the file global/pg_control is not a control file of Postgres");
}

function nothingIfMissing(error: NodeJS.ErrnoException): undefined {
  if (error.code === "ENOENT" || error.code === "ENOTDIR") return undefined;
  throw error;
}

/** A table or index as the catalogue has it. */
interface StoredRelation {
  /** Its name, or that of its table, as SQL has it. */
  readonly table: string;
  readonly isIndex: boolean;
  /** Below the folder of Postgres. */
  readonly path: string;
  /** The number of pages as last counted; an estimate. */
  readonly pages: number;
}

const storedRelations = `
  SELECT coalesce(i.indrelid, c.oid)::regclass::text AS "table", i.indrelid IS NOT NULL AS "isIndex",
    pg_relation_filepath(c.oid) AS path, c.relpages AS pages
  FROM pg_class AS c
  LEFT JOIN pg_index AS i ON i.indexrelid = c.oid
  WHERE pg_relation_filepath(c.oid) IS NOT NULL AND c.relpersistence <> 't'`;

/** Asks the database; rows come as objects. */
export type Query = <T>(sql: string) => Promise<readonly T[]>;

/**
 * Compares the files of tables and indexes with the catalogue, which Postgres does only once it reads them. A file that is
 * shorter than expected is no proof of damage: after a crash it may lack pages that were empty, or end within a page. So
 * the table is then read by its index, which fails where an entry points beyond the end.
 * @throws DamagedDataError if a file is missing, or its end with rows in it.
 */
export async function checkRelations(folder: string, query: Query): Promise<void> {
  const relations = await query<StoredRelation>(storedRelations);
  const sized = await Promise.all(
    relations.map(async (relation) => ({ ...relation, size: await sizeOf(join(folder, relation.path)) })),
  );
  const missing = sized.filter(({ size }) => size === undefined);
  const [first] = missing;
  if (first) {
    const more = missing.length > 1 ? `, and ${missing.length - 1} other files` : "";
    throw new DamagedDataError(`the file ${first.path} (${nameOf(first)}) is missing${more}`);
  }
  // An index without entries has one page, and more with any.
  const filled = new Set(
    sized.filter(({ isIndex, size = 0 }) => isIndex && size > pageBytes).map(({ table }) => table),
  );
  const isShort = ({ table, isIndex, pages, size = 0 }: (typeof sized)[number]): boolean =>
    size % pageBytes !== 0 || size < pages * pageBytes || (!isIndex && size === 0 && filled.has(table));
  for (const relation of sized.filter(isShort)) {
    await readByIndex(query, relation.table).catch((error: unknown) => {
      throw tellsOfDamage(error)
        ? new DamagedDataError(`the file ${relation.path} (${nameOf(relation)}) is cut off`, { cause: error })
        : error;
    });
  }
}

function nameOf({ table, isIndex }: StoredRelation): string {
  return isIndex ? `an index of ${table}` : table;
}

const otherWays = ["enable_seqscan", "enable_sort", "enable_bitmapscan", "enable_indexonlyscan"];

/** Reads every row that an index of a table points to. */
async function readByIndex(query: Query, table: string): Promise<void> {
  const [index] = await query<{ column: string }>(`
    SELECT quote_ident(a.attname) AS "column"
    FROM pg_index AS i
    JOIN pg_class AS c ON c.oid = i.indexrelid
    JOIN pg_am AS m ON m.oid = c.relam
    JOIN pg_attribute AS a ON a.attrelid = i.indrelid AND a.attnum = i.indkey[0]
    WHERE i.indrelid = '${table.replaceAll("'", "''")}'::regclass AND i.indisvalid AND i.indpred IS NULL AND m.amname = 'btree'
    LIMIT 1`);
  if (!index) return;
  for (const way of otherWays) await query(`SET ${way} = off`);
  try {
    // Only the order has the whole index read.
    await query(`SELECT count(*) FROM (SELECT FROM ${table} ORDER BY ${index.column} OFFSET 0) AS rows`);
  } finally {
    for (const way of otherWays) await query(`RESET ${way}`);
  }
}

/** The size of a relation. Beyond a gigabyte, Postgres continues it in further files (`.1`, `.2`). */
async function sizeOf(path: string): Promise<number | undefined> {
  const first = await stat(path).catch(nothingIfMissing);
  if (!first) return undefined;
  let size = first.size;
  for (let segment = 1; size >= segment * 1024 ** 3; segment += 1) {
    const next = await stat(`${path}.${segment}`).catch(nothingIfMissing);
    if (!next) break;
    size += next.size;
  }
  return size;
}

/** The codes by which Postgres says that it found files damaged while it reads them. */
const damageCodes: ReadonlySet<string> = new Set(["XX001", "XX002", "58P01"]);

/** Whether a failed statement says that the files of the database are damaged. */
export function tellsOfDamage(error: unknown): boolean {
  return error instanceof Error && "code" in error && damageCodes.has(String(error.code));
}

/** The message for damaged data: the finding, and what to do. */
export function damageMessage(dataDir: string, found: string): string {
  return (
    `the data folder ${dataDir} is damaged: ${found}. Stop the service, move the folder away, and run ` +
    `\`sidelines restore --data-dir ${dataDir} <backup>\` with the last backup (docs/operations.md, "A damaged data folder")`
  );
}
