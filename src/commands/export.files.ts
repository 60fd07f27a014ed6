import { randomUUID } from "node:crypto";
import { open, rename, rm, type FileHandle } from "node:fs/promises";
import { GraphQLError } from "graphql";
import { anonymous } from "../access/principal.js";
import type { Config } from "../config.js";
import { createContextFactory } from "../context.js";
import type { Database } from "../database/open.js";
import { createAsk, createReadRows, type Reading } from "../exports/ask.js";
import { chosenMeetings, exportText, type ExportFormat } from "../exports/exports.js";
import { FilterError, readParameters, readTableParameters, type GivenParameters } from "../exports/filters.js";
import { tableText, type TableFormat } from "../exports/tables/formats.js";
import type { Table } from "../exports/tables/table.js";
import { matrixParameters, matrixText } from "../exports/tables/panels.js";
import { allTables } from "../exports/tables/tables.js";
import { didYouMean, shown } from "../lib/faults.js";
import { createLogger } from "../lib/log.js";
import { exportPack, type ExportReport } from "../packs/export.js";
import { ExportError } from "../packs/folders.js";
import { buildExecutableSchema } from "../schema.js";

/** The result of writing one file. */
export interface FileReport {
  readonly file: string;
  readonly format: ExportFormat | TableFormat;
  readonly bytes: number;
}

/** A table of the record, and its format. */
export interface TableRequest {
  readonly table: string;
  readonly format: TableFormat;
}

/** The source and filters of an export. */
export interface ExportRequest {
  readonly database: Database;
  readonly limits: Config["limits"];
  /** Filter parameters, by name. */
  readonly parameters: GivenParameters;
  /** Whether a pack holds private texts. */
  readonly withPrivateTexts?: boolean | undefined;
  readonly progress: (step: string) => void;
}

/**
 * Exports the record, or the filtered part of it, as a pack.
 * @param folder A folder that is empty or does not exist yet.
 * @throws FilterError, ExportError.
 */
export async function exportToPack(
  folder: string,
  { database, limits, parameters, withPrivateTexts, progress }: ExportRequest,
): Promise<ExportReport> {
  const schema = buildExecutableSchema();
  const { filter, knownAt } = readParameters(schema, parameters);
  if (knownAt !== undefined)
    throw new FilterError("Packs contain the current record only. Remove knownAt, or choose another format.");
  if (Object.keys(filter).length === 0) return exportPack(database, folder, { withPrivateTexts, progress });
  progress("Choosing the meetings");
  const { ask } = readingFrom(schema, database, limits);
  const meetings = await withFilterErrors(chosenMeetings(ask, filter, limits));
  return exportPack(database, folder, { meetings, withPrivateTexts, progress });
}

/**
 * Exports the record, or the filtered part of it, as one text. The file is written completely or not at all.
 * @param out Receives the text if `file` is `-`.
 * @returns undefined if no file was written.
 * @throws FilterError, ExportError.
 */
export async function exportToFile(
  file: string,
  format: ExportFormat,
  { database, limits, parameters, progress }: ExportRequest,
  out: (text: string) => void,
): Promise<FileReport | undefined> {
  const schema = buildExecutableSchema();
  const { filter, knownAt } = readParameters(schema, parameters);
  const { ask } = readingFrom(schema, database, limits);
  const pieces = exportText(ask, format, { title: "Meetings", filters: [filter], knownAt }, limits);
  progress(`Writing ${file}`);
  return writeTo(file, format, pieces, out);
}

/**
 * Exports a table of the record. The file is written completely or not at all.
 * @param out Receives the text if `file` is `-`.
 * @returns undefined if no file was written.
 * @throws FilterError, ExportError.
 */
export async function exportTableToFile(
  file: string,
  { table: name, format }: TableRequest,
  { database, limits, parameters, progress }: ExportRequest,
  out: (text: string) => void,
): Promise<FileReport | undefined> {
  const schema = buildExecutableSchema();
  const { rows } = readingFrom(schema, database, limits);
  progress(`Writing ${file}`);
  if (name === "matrix") {
    if (format !== "csv") throw new FilterError("The matrix has a column for each party, and is written as csv alone.");
    const query = readTableParameters(schema, parameters, { parameters: matrixParameters });
    return writeTo(file, format, matrixText({ ...query, rows }, new Date().toISOString().slice(0, 10)), out);
  }
  const table = tableNamed(allTables(schema), name);
  const query = readTableParameters(schema, parameters, table);
  return writeTo(file, format, tableText(table, format, { ...query, rows }), out);
}

function tableNamed(tables: readonly Table[], name: string): Table {
  const found = tables.find((table) => table.name === name);
  if (found !== undefined) return found;
  const names = [...tables.map((table) => table.name), "matrix"];
  const hint = didYouMean(name, names).replace(/\?$/, "");
  throw new FilterError(`${shown(name)} is no table${hint}; the tables are ${names.join(", ")}.`);
}

async function writeTo(
  file: string,
  format: FileReport["format"],
  pieces: AsyncIterable<string>,
  out: (text: string) => void,
): Promise<FileReport | undefined> {
  if (file !== "-") return { file, format, bytes: await withFilterErrors(writeWhole(file, pieces)) };
  await withFilterErrors(pour(pieces, out));
  return undefined;
}

/** Reads a database for exports, as clients without a key do. */
export function readingFrom(
  schema: ReturnType<typeof buildExecutableSchema>,
  database: Database,
  limits: Config["limits"],
): Reading {
  const createContext = createContextFactory({ database, limits, version: "" });
  const facts = {
    requestId: randomUUID(),
    signal: new AbortController().signal,
    principal: anonymous,
    log: createLogger({ level: "silent" }),
  };
  const context = createContext(facts);
  return { ask: createAsk(schema, context), rows: createReadRows(context, limits.maxAnswerBytes) };
}

async function pour(pieces: AsyncIterable<string>, out: (text: string) => void): Promise<void> {
  for await (const piece of pieces) out(piece);
}

async function writeWhole(file: string, pieces: AsyncIterable<string>): Promise<number> {
  const draft = `${file}.part-${randomUUID()}`;
  let handle: FileHandle | undefined;
  let bytes = 0;
  try {
    handle = await open(draft, "wx").catch(unwritable(file));
    for await (const piece of pieces) bytes += (await handle.write(piece).catch(unwritable(file))).bytesWritten;
    await handle.close();
    await rename(draft, file).catch(unwritable(file));
    return bytes;
  } catch (error) {
    await handle?.close().catch(() => undefined);
    await rm(draft, { force: true });
    throw error;
  }
}

function unwritable(file: string): (error: unknown) => never {
  return (error) => {
    throw new ExportError(`${file} cannot be written: ${(error as NodeJS.ErrnoException).code ?? "unknown reason"}`, {
      cause: error,
    });
  };
}

/** Reports input errors of the reader as errors of parameters. */
export async function withFilterErrors<T>(work: Promise<T>): Promise<T> {
  return work.catch((error: unknown) => {
    throw error instanceof GraphQLError && error.extensions["code"] === "BAD_USER_INPUT"
      ? new FilterError(error.message, { cause: error })
      : error;
  });
}
