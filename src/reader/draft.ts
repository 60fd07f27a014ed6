import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import type { KnownNames } from "./names.js";
import { readReport } from "./read.js";
import { seedNames } from "./seedNames.js";
import type { Reading, Tier } from "./types.js";

export interface DraftOptions {
  readonly names: KnownNames;
  /** Leave out facts below this tier. */
  readonly tier?: Tier | undefined;
  readonly publishedOn?: string | undefined;
  readonly dateline?: string | undefined;
  readonly publisher?: string | undefined;
  readonly url?: string | undefined;
}

/** An invalid input of a draft. The message says how to correct it. */
export class DraftError extends Error {
  override readonly name = "DraftError";
}

/** A facts file: `report` is the number that the name of the report begins with, or its whole name. */
export interface FactsFile extends Partial<Pick<Reading, "publishedOn" | "dateline">> {
  readonly report: string;
  readonly facts: Reading["facts"];
  readonly notUnderstood: Reading["notUnderstood"];
}

/** Reads one report and lists its facts. */
export function draftFacts(name: string, text: string, options: DraftOptions): FactsFile {
  const { tier, ...rest } = options;
  const { publishedOn, dateline, facts, notUnderstood } = readReport(text, rest);
  return {
    report: /^\d+/.exec(name)?.[0] ?? name,
    ...(publishedOn === undefined ? {} : { publishedOn }),
    ...(dateline === undefined ? {} : { dateline }),
    facts: tier === "sure" ? facts.filter((fact) => fact.tier === "sure") : facts,
    notUnderstood,
  };
}

/** The reports that a path means: a file, or all .txt files of a folder by name. */
export function reportsAt(path: string): { name: string; text: string }[] {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isDirectory === undefined) throw new DraftError(`There is no file or folder "${path}".`);
  const files = isDirectory
    ? readdirSync(path)
        .filter((file) => file.endsWith(".txt"))
        .sort()
        .map((file) => join(path, file))
    : [path];
  if (files.length === 0) throw new DraftError(`The folder "${path}" holds no .txt files.`);
  return files.map((file) => ({ name: basename(file, extname(file)), text: decode(readFileSync(file), file) }));
}

const largest = 1_000_000;

/** Text of a file; a byte order mark is not text. */
export function decode(bytes: Uint8Array, source: string): string {
  if (bytes.length > largest) {
    throw new DraftError(`"${source}" has ${String(bytes.length)} bytes; a report may have ${String(largest)}.`);
  }
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new DraftError(`"${source}" is not UTF-8 text. Save it as plain text in UTF-8.`);
  }
}

export interface DraftCommand extends Omit<DraftOptions, "names"> {
  readonly out?: string | undefined;
}

/** `sidelines draft --facts`: one report goes to standard output unless a folder is given; a folder needs one. */
export async function draftCommand(
  path: string,
  options: DraftCommand,
  output: { out(text: string): void },
): Promise<void> {
  const { out, ...rest } = options;
  if (out === undefined && isFolder(path)) {
    throw new DraftError(`"${path}" is a folder. Say with --out where its facts files go.`);
  }
  const reports = path === "-" ? [{ name: "report", text: await readInput() }] : reportsAt(path);
  const names = seedNames();
  const files = reports.map(({ name, text }) => ({ name, file: draftFacts(name, text, { ...rest, names }) }));
  if (out === undefined) for (const { file } of files) output.out(`${JSON.stringify(file, null, 2)}\n`);
  else for (const written of writeDrafts(files, out)) output.out(`${written}\n`);
}

function isFolder(path: string): boolean {
  return path !== "-" && statSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}

async function readInput(): Promise<string> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > largest) break;
  }
  return decode(Buffer.concat(chunks), "standard input");
}

/** Writes a facts file for each report into a folder. */
export function writeDrafts(files: readonly { name: string; file: FactsFile }[], folder: string): string[] {
  mkdirSync(folder, { recursive: true });
  return files.map(({ name, file }) => {
    const path = join(folder, `${name}.facts.json`);
    writeFileSync(path, `${JSON.stringify(file, null, 2)}\n`);
    return path;
  });
}
