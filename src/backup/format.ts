import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { createReadStream } from "node:fs";
import { pipeline } from "node:stream";
import { createGunzip } from "node:zlib";
import { z } from "zod";

// A backup is gzipped JSON lines: the manifest; for each table a line with name and columns, and its rows as Postgres
// writes them; and an end with the number of rows and a digest of all lines. The first character of a line gives its
// type, so that rows are passed to Postgres without parsing.

/** Thrown if a backup cannot be written, read or restored. */
export class BackupError extends Error {
  override readonly name = "BackupError";
}

/** The first line of a backup: its version, its moment and its tables. */
export interface Manifest {
  readonly format: "sidelines-backup";
  /** Of the format; this version of Sidelines reads and writes 1. */
  readonly formatVersion: 1;
  /** The version of Sidelines that wrote it. */
  readonly software: string;
  /** The moment of the snapshot. */
  readonly at: string;
  /** The migrations that made its tables, in order. */
  readonly migrations: readonly { readonly name: string; readonly checksum: string }[];
  readonly sequences: readonly (readonly [name: string, last: string])[];
  /** Whether it leaves out what is not public; false in backups of earlier versions. */
  readonly isPublic: boolean;
}

const manifestForm = z.object({
  format: z.literal("sidelines-backup"),
  formatVersion: z.literal(1),
  software: z.string(),
  at: z.string(),
  migrations: z.array(z.object({ name: z.string(), checksum: z.string() })),
  sequences: z.array(z.tuple([z.string(), z.string()])),
  isPublic: z.boolean().default(false),
});

/** One line of a backup; `text` of a row is the JSON that Postgres wrote. */
export type Line =
  | { readonly kind: "manifest"; readonly manifest: Manifest }
  | { readonly kind: "table"; readonly name: string; readonly columns: readonly string[] }
  | { readonly kind: "row"; readonly text: string }
  | { readonly kind: "end"; readonly signature: Signature };

const tableForm = z.tuple([z.literal("table"), z.string(), z.array(z.string())]);
const endForm = z.tuple([z.literal("end"), z.number(), z.string()]).rest(z.string());

/** The line that a table begins with. */
export function tableLine(name: string, columns: readonly string[]): string {
  return JSON.stringify(["table", name, columns]);
}

/**
 * The last line of a backup.
 * @param key signs the backup; it has no signature without one.
 */
export function endLine(rows: number, digest: string, key: string | undefined): string {
  return JSON.stringify(["end", rows, digest, ...(key === undefined ? [] : [signatureOf(rows, digest, key)])]);
}

/** HMAC-SHA-256 over the digest, which covers every other line. */
function signatureOf(rows: number, digest: string, key: string): string {
  return createHmac("sha256", key).update(`sidelines-backup 1 ${rows} ${digest}`).digest("hex");
}

/** The result of checking a backup's signature: valid, not checked because no key was given, or missing. */
export type Signature = "verified" | "unchecked" | "none";

/** Key and rule for checking the signature of a backup. */
export interface SignatureCheck {
  /** The key by which it was signed; signatures are not checked without one. */
  readonly key: string | undefined;
  /** Whether a backup without a signature is read although there is a key. */
  readonly allowUnsigned?: boolean | undefined;
}

/** @throws BackupError if there is a key, and the signature is another or missing. */
function checkSignature(
  file: string,
  rows: number,
  digest: string,
  signature: string | undefined,
  { key, allowUnsigned }: SignatureCheck,
): Signature {
  if (key === undefined) return signature === undefined ? "none" : "unchecked";
  if (signature === undefined) {
    if (allowUnsigned === true) return "none";
    throw new BackupError(
      `${file}: the backup has no signature, and SIDELINES_BACKUP_KEY is set; if it was written before the key was set, ` +
        "restore it with --allow-unsigned",
    );
  }
  const [given, right] = [Buffer.from(signature), Buffer.from(signatureOf(rows, digest, key))];
  if (given.length === right.length && timingSafeEqual(given, right)) return "verified";
  throw new BackupError(
    `${file}: the signature does not fit: the backup was changed after it was signed, or was signed with another key than SIDELINES_BACKUP_KEY`,
  );
}

/** A digest of lines, each with its line break. */
export function lineDigest(): { add(line: string): void; hex(): string } {
  const hash = createHash("sha256");
  return { add: (line) => void hash.update(line).update("\n"), hex: () => hash.digest("hex") };
}

/**
 * The lines of a backup, streamed.
 * @throws BackupError if the file cannot be read, is no backup, has a newer format, is truncated or altered, or lacks
 * the right signature. Lines read before the error must be discarded.
 */
export async function* readBackup(file: string, check: SignatureCheck): AsyncGenerator<Line, void, undefined> {
  const digest = lineDigest();
  let rows = 0;
  let number = 0;
  let isWhole = false;
  for await (const line of linesOf(file)) {
    number++;
    if (isWhole) throw new BackupError(`${file}:${String(number)}: there is more after the end of the backup`);
    if (number === 1) yield { kind: "manifest", manifest: readManifest(file, line) };
    else if (line.startsWith("{")) {
      rows++;
      yield { kind: "row", text: line };
    } else {
      const end = endForm.safeParse(parsed(line));
      if (end.success) {
        const [, rowCount, hex, signature] = end.data;
        if (rowCount !== rows || hex !== digest.hex())
          throw new BackupError(`${file}: the backup was changed after it was written, because its digest differs`);
        isWhole = true;
        yield { kind: "end", signature: checkSignature(file, rows, hex, signature, check) };
        continue;
      }
      const table = tableForm.safeParse(parsed(line));
      if (!table.success)
        throw new BackupError(
          `${file}:${String(number)}: the backup is damaged: this line is neither a row nor a table`,
        );
      yield { kind: "table", name: table.data[1], columns: table.data[2] };
    }
    digest.add(line);
  }
  if (!isWhole)
    throw new BackupError(
      `${file}: ${number === 0 ? "the file is empty" : "the backup was cut short: its end is missing"}`,
    );
}

// Only a line feed ends a line, because texts may contain Unicode's other line ends.
async function* linesOf(file: string): AsyncGenerator<string, void, undefined> {
  const unzipped = createGunzip();
  // Errors come out of the loop below.
  pipeline(createReadStream(file), unzipped, () => undefined);
  unzipped.setEncoding("utf8");
  let rest = "";
  try {
    for await (const chunk of unzipped as AsyncIterable<string>) {
      const lines = (rest + chunk).split("\n");
      rest = lines.pop() ?? "";
      yield* lines;
    }
  } catch (error) {
    throw new BackupError(`${file}: ${explain(error as Error)}`, { cause: error });
  } finally {
    unzipped.destroy();
  }
  if (rest !== "") yield rest;
}

function explain(error: Error): string {
  const { code = "" } = error as NodeJS.ErrnoException;
  if (code === "ENOENT") return "there is no such file";
  if (code === "EISDIR") return "it is a folder, not a backup; packs are loaded with `sidelines import`";
  if (code === "Z_DATA_ERROR") return "the file is no backup, or is damaged: it cannot be unpacked";
  if (code === "Z_BUF_ERROR") return "the backup was cut short: its end is missing";
  return `it cannot be read: ${code || error.message}`;
}

function readManifest(file: string, line: string): Manifest {
  const given = parsed(line);
  const result = manifestForm.safeParse(given);
  if (result.success) return result.data;
  const isLater =
    typeof given === "object" && given !== null && "format" in given && given.format === "sidelines-backup";
  throw new BackupError(
    isLater
      ? `${file}: the backup was written in a form that this version does not know; restore it with the version that wrote it`
      : `${file}: the file is no backup of Sidelines`,
  );
}

function parsed(line: string): unknown {
  try {
    return JSON.parse(line) as unknown;
  } catch {
    return undefined;
  }
}
