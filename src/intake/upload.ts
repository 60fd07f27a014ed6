import { withoutByteOrderMark } from "../lib/characters.js";

/** A file that an editor uploads. */
export interface Upload {
  readonly name: string;
  /** Media type, without parameters. */
  readonly type: string;
  readonly bytes: Uint8Array;
}

/** An upload without a text that can be read. The message says what to do instead. */
export class UploadError extends Error {
  override readonly name = "UploadError";
}

/** The most bytes of an upload. */
export const largestUpload = 1_000_000;

/**
 * The text of an upload.
 * @throws UploadError for a type that is not read, too many bytes, or bytes that are not UTF-8.
 */
export async function textOf({ name, type, bytes }: Upload): Promise<string> {
  if (bytes.length > largestUpload)
    throw new UploadError(`"${name}" has ${String(bytes.length)} bytes; at most ${String(largestUpload)} are read.`);
  if (type !== "text/plain" && !/\.txt$/i.test(name))
    throw new UploadError(`"${name}" is no plain text. Copy its text and paste it.`);
  try {
    return plainText(new TextDecoder("utf-8", { fatal: true }).decode(bytes));
  } catch {
    throw new UploadError(`"${name}" is not UTF-8 text. Save it as plain text in UTF-8.`);
  }
}

/** A text with one kind of line end. */
export function plainText(text: string): string {
  return withoutByteOrderMark(text).replace(/\r\n?/g, "\n");
}
