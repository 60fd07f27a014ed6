import { mkdirSync, readdirSync, readFileSync, statSync, writeFileSync } from "node:fs";
import { basename, extname, join } from "node:path";
import { TextError } from "../texts/errors.js";
import type { ExtractedText } from "../texts/extracted.js";
import { hasReadableEnding, type SourceFile } from "../texts/kinds.js";
import { readLimits, readText } from "../texts/read.js";
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

/** A report with what its file says about itself. */
type Report = Pick<ExtractedText, "text" | "publisher" | "publishedOn" | "url"> & { readonly name: string };

/** The reports that a path means: a file, or all files of a folder whose text can be read, by name. */
async function reportsAt(path: string): Promise<Report[]> {
  const isDirectory = statSync(path, { throwIfNoEntry: false })?.isDirectory();
  if (isDirectory === undefined) throw new DraftError(`There is no file or folder "${path}".`);
  const files = isDirectory
    ? readdirSync(path)
        .filter((file) => hasReadableEnding(file))
        .sort()
        .map((file) => join(path, file))
    : [path];
  if (files.length === 0)
    throw new DraftError(`The folder "${path}" holds no files that can be read, such as .txt, .html, .pdf or .docx.`);
  const reports: Report[] = [];
  for (const file of files) reports.push(await reportIn(basename(file, extname(file)), file));
  return reports;
}

async function reportIn(name: string, path: string): Promise<Report> {
  const { size } = statSync(path);
  if (size > readLimits.bytes)
    throw new DraftError(`"${path}" has ${String(size)} bytes; at most ${String(readLimits.bytes)} are read.`);
  // A file without a known ending is plain text, unless it begins like another format.
  const type = hasReadableEnding(path) ? undefined : "text/plain";
  return { ...(await textOf({ name: path, type, bytes: readFileSync(path) })), name };
}

async function textOf(file: SourceFile): Promise<ExtractedText> {
  try {
    return await readText(file);
  } catch (error) {
    if (error instanceof TextError) throw new DraftError(error.message);
    throw error;
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
  const reports = path === "-" ? [{ ...(await readInput()), name: "report" }] : await reportsAt(path);
  const names = seedNames();
  if (!facts && out !== undefined) {
    for (const { name, text, ...said } of reports)
      output.out(writePack({ name, text }, { ...withGiven(said, rest), names }, out));
    return;
  }
  const files = reports.map(({ name, text, ...said }) => ({
    name,
    file: draftFacts(name, text, { ...withGiven(said, rest), names }),
  }));
  if (out === undefined) for (const { file } of files) output.out(`${JSON.stringify(file, null, 2)}\n`);
  else for (const written of writeDrafts(files, out)) output.out(`${written}\n`);
}

/** The facts that a file gives about itself, unless an option gives them. */
function withGiven(
  { publisher, publishedOn, url }: Omit<Report, "name" | "text">,
  given: Omit<DraftOptions, "names">,
): Omit<DraftOptions, "names"> {
  return {
    ...given,
    publisher: given.publisher ?? publisher,
    publishedOn: given.publishedOn ?? publishedOn,
    url: given.url ?? url,
  };
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

async function readInput(): Promise<ExtractedText> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of process.stdin as AsyncIterable<Uint8Array>) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > readLimits.bytes) break;
  }
  return textOf({ name: "standard input", type: "text/plain", bytes: Buffer.concat(chunks) });
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
