import { execFileSync } from "node:child_process";
import { readFile } from "node:fs/promises";
import { DuckDBInstance } from "@duckdb/node-api";
import { csvParseRows } from "d3-dsv";

/** The rows of a CSV file, its header first. */
export type Rows = readonly (readonly string[])[];

/** A program that reads CSV files and knows nothing of them. */
export interface TableReader {
  readonly name: string;
  /** Whether this machine has it; a test that is skipped says its name. */
  readonly isHere: boolean;
  readonly read: (files: readonly string[]) => Promise<readonly Rows[]>;
}

const csvScript = `
import csv, json, sys
print(json.dumps([list(csv.reader(open(f, newline="", encoding="utf-8"), strict=True)) for f in sys.argv[1:]]))`;

const pandasScript = `
import json, sys, pandas
def rows(f):
    t = pandas.read_csv(f, dtype=str, keep_default_na=False)
    return [list(t.columns)] + t.values.tolist()
print(json.dumps([rows(f) for f in sys.argv[1:]]))`;

function runPython(script: string, files: readonly string[]): readonly Rows[] {
  const out = execFileSync("python3", ["-c", script, ...files], { encoding: "utf8", maxBuffer: 256 * 1024 ** 2 });
  return JSON.parse(out) as Rows[];
}

function canImport(module: string): boolean {
  try {
    execFileSync("python3", ["-c", `import ${module}`], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

/** Asks DuckDB in memory. */
export async function askDuckDb<T>(work: (ask: (query: string) => Promise<string[][]>) => Promise<T>): Promise<T> {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    return await work(async (query) => {
      const result = await connection.runAndReadAll(query);
      const cells = result.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell))));
      return [result.columnNames(), ...cells];
    });
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
}

/** Readers from other projects. */
export const tableReaders: readonly TableReader[] = [
  { name: "Python's csv", isHere: canImport("csv"), read: async (files) => runPython(csvScript, files) },
  { name: "pandas", isHere: canImport("pandas"), read: async (files) => runPython(pandasScript, files) },
  {
    name: "DuckDB",
    isHere: true,
    read: (files) =>
      askDuckDb(async (ask) => {
        const tables: string[][][] = [];
        // All defaults but the types: the dialect is what DuckDB finds out by itself.
        for (const file of files) tables.push(await ask(`SELECT * FROM read_csv('${file}', all_varchar = true)`));
        return tables;
      }),
  },
  {
    name: "d3-dsv",
    isHere: true,
    read: (files) => Promise.all(files.map(async (file) => csvParseRows(await readFile(file, "utf8")))),
  },
];
