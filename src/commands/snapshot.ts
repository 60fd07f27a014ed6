import { createHash } from "node:crypto";
import { open, writeFile } from "node:fs/promises";
import { join } from "node:path";
import type { Config } from "../config.js";
import type { Database } from "../database/open.js";
import { readTableParameters, type GivenParameters } from "../exports/filters.js";
import { tableText } from "../exports/tables/formats.js";
import { dataLicence, dataPackage, readState, snapshotName, type PackagedFile } from "../exports/tables/package.js";
import type { Table } from "../exports/tables/table.js";
import { tablesOf } from "../exports/tables/tables.js";
import { checkEmpty, writeWhole } from "../packs/folders.js";
import { buildExecutableSchema } from "../schema.js";
import { readingFrom, withFilterErrors } from "./export.files.js";

/** The result of writing a snapshot. */
export interface SnapshotReport {
  readonly name: string;
  /** The version of the record; null for a moment before its last change. */
  readonly version: string | null;
  /** The moment as of which the record was read. */
  readonly knownAt: string;
  readonly files: number;
  readonly rows: number;
  readonly bytes: number;
  /** SHA-256 of `datapackage.json`, which has the digests of all tables. */
  readonly sha256: string;
}

/** The source of a snapshot. */
export interface SnapshotRequest {
  readonly database: Database;
  readonly limits: Config["limits"];
  /** `knownAt`, or nothing. */
  readonly parameters: GivenParameters;
  /** Whether the tables of pairs are written as well, which are large. */
  readonly withPairs?: boolean | undefined;
  readonly progress: (step: string) => void;
}

interface WrittenFile extends Required<PackagedFile> {
  readonly rows: number;
}

/**
 * Writes all tables of one state of the record as a data package. The same state gives the same bytes. The folder is
 * written completely or not at all.
 * @param folder A folder that is empty or does not exist yet.
 * @throws FilterError, ExportError.
 */
export async function writeSnapshot(folder: string, request: SnapshotRequest): Promise<SnapshotReport> {
  await checkEmpty(folder, "write the snapshot into a new folder");
  return writeWhole(folder, async (draft) => withFilterErrors(fill(draft, request)));
}

async function fill(folder: string, request: SnapshotRequest): Promise<SnapshotReport> {
  const { database, limits, parameters, withPairs = false, progress } = request;
  const schema = buildExecutableSchema();
  const { records, pairs } = tablesOf(schema);
  const tables = withPairs ? [...records, ...pairs] : records;
  const { knownAt: asked } = readTableParameters(schema, parameters, { parameters: new Map() });
  const { rows } = readingFrom(schema, database, limits);
  const state = await readState(rows, asked);
  const files = new Map<Table, WrittenFile>();
  for (const table of tables) {
    progress(`Writing ${table.name}.csv`);
    const query = { rows, knownAt: state.knownAt, parameters: {} };
    files.set(table, await writeTable(folder, table, query));
  }
  const descriptor = `${JSON.stringify(
    dataPackage(tables, state, (table) => {
      const { path, bytes, sha256 } = files.get(table) as WrittenFile;
      return { path, bytes, sha256 };
    }),
    null,
    2,
  )}\n`;
  const sha256 = createHash("sha256").update(descriptor).digest("hex");
  const written = [...files.values()];
  const sums = [...written, { path: "datapackage.json", sha256 }].map((file) => `${file.sha256}  ${file.path}\n`);
  await writeFile(join(folder, "datapackage.json"), descriptor);
  await writeFile(join(folder, "SHA256SUMS"), sums.join(""));
  await writeFile(join(folder, "LICENSE.txt"), licenceText());
  const sum = (amount: (file: WrittenFile) => number): number => written.reduce((all, file) => all + amount(file), 0);
  return {
    name: snapshotName(state),
    version: state.version ?? null,
    knownAt: state.knownAt,
    files: written.length + 3,
    rows: sum((file) => file.rows),
    bytes: sum((file) => file.bytes),
    sha256,
  };
}

async function writeTable(folder: string, table: Table, query: Parameters<typeof tableText>[2]): Promise<WrittenFile> {
  const path = `${table.name}.csv`;
  const hash = createHash("sha256");
  let [bytes, rows] = [0, 0];
  const counted: Table = {
    ...table,
    async *pages(asked) {
      for await (const page of table.pages(asked)) {
        rows += page.length;
        yield page;
      }
    },
  };
  const handle = await open(join(folder, path), "wx");
  try {
    for await (const piece of tableText(counted, "csv", query)) {
      hash.update(piece);
      bytes += (await handle.write(piece)).bytesWritten;
    }
  } finally {
    await handle.close();
  }
  return { path, bytes, rows, sha256: hash.digest("hex") };
}

function licenceText(): string {
  return `The statements of the record of Sidelines may be used under the licence
${dataLicence.title} (${dataLicence.path}).

Give credit to "Sidelines", with the name or the digest of the snapshot.

Passages of documents (the column "quote" of citations.csv) belong to their publishers.
`;
}
