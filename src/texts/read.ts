import { fork, type ChildProcess } from "node:child_process";
import { createRequire } from "node:module";
import { fileURLToPath } from "node:url";
import { withoutByteOrderMark } from "../lib/characters.js";
import type { ChildAnswer, ChildOrder } from "./child.js";
import { decodePlain } from "./encodings.js";
import { TextError } from "./errors.js";
import type { ExtractedText, TextLimits } from "./extracted.js";
import { kindOf, type SourceFile } from "./kinds.js";

export interface ReadLimits extends TextLimits {
  /** Bytes of a file that is no plain text. */
  readonly bytes: number;
  /** Bytes of a plain text. */
  readonly plainBytes: number;
  /** Resident memory of the process that reads a file. */
  readonly memoryBytes: number;
  /** Milliseconds that reading a file may take. */
  readonly withinMs: number;
}

const megabyte = 1_000_000;

export const readLimits: ReadLimits = {
  bytes: 20 * megabyte,
  plainBytes: megabyte,
  unpackedBytes: 50 * megabyte,
  pages: 1_000,
  characters: megabyte,
  memoryBytes: 600 * megabyte,
  withinMs: 30_000,
};

/** Processes that read files at the same time, and files that wait for one. */
const [mostAtOnce, mostWaiting] = [2, 16];

let running = 0;
const waiting: (() => void)[] = [];

/**
 * The text of a file, with one kind of line end. All but plain text is read by a process of its own, which is killed at
 * the limits, knows no settings of this one, and can neither write files nor start programs.
 * @throws TextError for a file without a text that can be read. The message says what to do instead.
 */
export async function readText(file: SourceFile, given: Partial<ReadLimits> = {}): Promise<ExtractedText> {
  const limits = { ...readLimits, ...given };
  const { name, bytes } = file;
  if (bytes.length > limits.bytes) throw tooLarge(name, bytes.length, limits.bytes);
  const kind = kindOf(file);
  if (kind === "plain" && bytes.length > limits.plainBytes) throw tooLarge(name, bytes.length, limits.plainBytes);
  const found =
    kind === "plain"
      ? { text: decodePlain(bytes, name) }
      : await inTurn(name, () =>
          readApart({ kind, name, bytes, limits, memoryBytes: limits.memoryBytes }, limits.withinMs),
        );
  const text = plainText(found.text);
  if (text.length > limits.characters) {
    const message = `The text of "${name}" has ${String(text.length)} characters; at most ${String(limits.characters)} are read. Copy the part that matters and paste it.`;
    throw new TextError(message);
  }
  return { ...found, text };
}

function tooLarge(name: string, size: number, most: number): TextError {
  const message = `"${name}" has ${String(size)} bytes; at most ${String(most)} are read. Copy the part that matters and paste it.`;
  return new TextError(message);
}

/** A text with one kind of line end and without a byte order mark. */
export function plainText(text: string): string {
  return withoutByteOrderMark(text).replace(/\r\n?/g, "\n");
}

async function inTurn<T>(name: string, work: () => Promise<T>): Promise<T> {
  if (running >= mostAtOnce) {
    if (waiting.length >= mostWaiting)
      throw new TextError(`"${name}" was not read, because many files are being read. Try again in a minute.`);
    await new Promise<void>((resolve) => waiting.push(resolve));
  } else running += 1;
  try {
    return await work();
  } finally {
    const next = waiting.shift();
    // The place of this one goes to the next.
    if (next) next();
    else running -= 1;
  }
}

/** Megabytes of the JavaScript heap of a reading process; buffers lie outside of it. */
const heapMb = 256;

/**
 * Flags of a reading process: no code from texts, and Node's permission model, which forbids to write files and to start
 * programs.
 */
export const readerFlags: readonly string[] = [
  `--max-old-space-size=${String(heapMb)}`,
  "--disallow-code-generation-from-strings",
  process.allowedNodeEnvironmentFlags.has("--permission") ? "--permission" : "--experimental-permission",
  "--allow-fs-read=*",
  "--allow-worker",
];

function start(): ChildProcess {
  const isSource = import.meta.url.endsWith(".ts");
  const entry = fileURLToPath(new URL(isSource ? "./child.ts" : "./child.js", import.meta.url));
  // Run from source (tests), the process needs a compiler, which starts a program.
  const execArgv = isSource
    ? [...readerFlags.slice(0, 2), "--import", createRequire(import.meta.url).resolve("tsx")]
    : [...readerFlags];
  return fork(entry, { execArgv, env: {}, serialization: "advanced", stdio: ["ignore", "ignore", "ignore", "ipc"] });
}

function readApart(order: ChildOrder, withinMs: number): Promise<ExtractedText> {
  const child = start();
  return new Promise((resolve, reject) => {
    let isLate = false;
    const timer = setTimeout(() => {
      isLate = true;
      child.kill("SIGKILL");
    }, withinMs);
    child.once("message", (answer: ChildAnswer) => {
      if (answer.type === "text") resolve(answer.text);
      else reject(new TextError(answer.message));
    });
    child.once("error", reject);
    // After a message, this changes nothing.
    child.once("close", (code, signal) => {
      clearTimeout(timer);
      const reason = isLate
        ? `took longer than ${String(withinMs / 1_000)} seconds to read`
        : signal === "SIGKILL" || signal === "SIGABRT"
          ? `needs more than ${String(order.memoryBytes / megabyte)} MB of memory to read`
          : `cannot be read (the reading process ended with ${signal ?? `code ${String(code)}`})`;
      reject(
        new TextError(`"${order.name}" ${reason}, as damaged and malicious files do. Copy its text and paste it.`),
      );
    });
    child.send(order, () => undefined);
  });
}
