import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { slugOf, type KnownNames } from "./names.js";
import { draftPack } from "./pack.js";
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
  /** Whether facts files are written, and not packs. */
  readonly facts?: boolean | undefined;
}

/**
 * `sidelines draft`: writes a pack for each report into a folder. With `--facts` it writes facts files; those of one
 * report go to standard output unless a folder is given.
 */
export async function draftCommand(
  path: string,
  options: DraftCommand,
  output: { out(text: string): void },
): Promise<void> {
  const { out, facts = false, ...rest } = options;
  if (out === undefined && !facts) throw new DraftError("Give a folder for the pack with --out, or --facts.");
  if (out === undefined && isFolder(path)) {
    throw new DraftError(`"${path}" is a folder. Say with --out where its facts files go.`);
  }
  const reports = path === "-" ? [{ name: "report", text: await readInput() }] : reportsAt(path);
  const names = seedNames();
  if (!facts && out !== undefined) {
    for (const report of reports) output.out(writePack(report, { ...rest, names }, out));
    return;
  }
  const files = reports.map(({ name, text }) => ({ name, file: draftFacts(name, text, { ...rest, names }) }));
  if (out === undefined) for (const { file } of files) output.out(`${JSON.stringify(file, null, 2)}\n`);
  else for (const written of writeDrafts(files, out)) output.out(`${written}\n`);
}

/** Writes the pack of a report into a folder within `out`. Returns the line that tells it. */
function writePack({ name, text }: { name: string; text: string }, options: DraftOptions, out: string): string {
  const { facts, publishedOn, notUnderstood } = draftFacts(name, text, options);
  const { publisher, url } = options;
  const { files, leftOut } = draftPack({ name: slugOf(name), text, publishedOn, publisher, url, facts });
  const folder = join(out, slugOf(name));
  mkdirSync(folder, { recursive: true });
  for (const [file, content] of files) writeFileSync(join(folder, file), content);
  const rest = leftOut.length === 0 ? "" : `, ${String(leftOut.length)} not in the pack`;
  const unread = notUnderstood.length === 0 ? "" : `; ${String(notUnderstood.length)} sentences not understood`;
  return `${folder}: ${String(facts.length)} facts${rest}${unread}\n`;
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
