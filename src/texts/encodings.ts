import { TextError } from "./errors.js";

/** Bytes at the start of a page in which it declares its encoding. */
const declaredWithin = 4_096;

/** The encoding of a byte order mark. */
function markedEncoding(bytes: Uint8Array): string | undefined {
  const [first, second, third] = bytes;
  if (first === 0xef && second === 0xbb && third === 0xbf) return "utf-8";
  if (first === 0xff && second === 0xfe) return "utf-16le";
  if (first === 0xfe && second === 0xff) return "utf-16be";
  return undefined;
}

/** The encoding that a page declares in `meta` or its XML declaration. */
function declaredEncoding(bytes: Uint8Array): string | undefined {
  const head = Buffer.from(bytes.subarray(0, declaredWithin)).toString("latin1");
  const meta = /<meta\b[^>]*?\bcharset\s*=\s*["']?\s*([\w:.-]+)/i.exec(head)?.[1];
  return meta ?? /^\s*<\?xml\b[^>]*?\bencoding\s*=\s*["']([\w:.-]+)/i.exec(head)?.[1];
}

/**
 * The text of a page, by its byte order mark, its declaration, or as UTF-8.
 * @throws TextError for an unknown encoding, and for a page that declares none and is not UTF-8.
 */
export function decodePage(bytes: Uint8Array, name: string): string {
  const encoding = markedEncoding(bytes) ?? declaredEncoding(bytes);
  if (encoding === undefined) return decodePlain(bytes, name);
  // By the HTML standard, a declaration that can be read as ASCII is no UTF-16.
  const label = /^utf-?16/i.test(encoding) && markedEncoding(bytes) === undefined ? "utf-8" : encoding;
  try {
    return new TextDecoder(label).decode(bytes);
  } catch {
    throw new TextError(`"${name}" declares the encoding "${encoding}", which is not known. Save it in UTF-8.`);
  }
}

/**
 * A plain text in UTF-8, or in UTF-16 with a byte order mark.
 * @throws TextError for other encodings.
 */
export function decodePlain(bytes: Uint8Array, name: string): string {
  try {
    return new TextDecoder(markedEncoding(bytes) ?? "utf-8", { fatal: true }).decode(bytes);
  } catch {
    throw new TextError(`"${name}" is not UTF-8 text. Save it as plain text in UTF-8.`);
  }
}
