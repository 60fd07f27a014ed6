import { TextError } from "./errors.js";

/** Kinds of files whose text can be read. */
export type FileKind = "plain" | "html" | "pdf" | "docx" | "mail";

/** A file with its name and, if known, its media type. */
export interface SourceFile {
  readonly name: string;
  /** Media type, without parameters. */
  readonly type?: string | undefined;
  readonly bytes: Uint8Array;
}

/** The files that can be read, for error messages. */
export const readableKinds = "plain text, HTML, PDF, DOCX or EML";

const endings: Readonly<Record<string, FileKind>> = {
  txt: "plain",
  text: "plain",
  md: "plain",
  htm: "html",
  html: "html",
  xhtml: "html",
  pdf: "pdf",
  docx: "docx",
  docm: "docx",
  eml: "mail",
  mht: "mail",
  mhtml: "mail",
};

const types: Readonly<Record<string, FileKind>> = {
  "text/plain": "plain",
  "text/markdown": "plain",
  "text/html": "html",
  "application/xhtml+xml": "html",
  "application/pdf": "pdf",
  "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "docx",
  "application/vnd.ms-word.document.macroenabled.12": "docx",
  "message/rfc822": "mail",
  "multipart/related": "mail",
};

/** Formats without a text that can be read, by their first bytes. */
const unreadable: readonly (readonly [begins: string, message: string])[] = [
  ["\xd0\xcf\x11\xe0", "is an old Word file or one with a password. Save it as .docx without a password, or as PDF."],
  ["{\\rtf", "is RTF, which is not read. Save it as .docx or as plain text."],
  ["\x89PNG", "is a picture, which has no text. Recognize its text with another program, and paste the text."],
  ["\xff\xd8\xff", "is a picture, which has no text. Recognize its text with another program, and paste the text."],
  ["GIF8", "is a picture, which has no text. Recognize its text with another program, and paste the text."],
  ["II*\0", "is a picture, which has no text. Recognize its text with another program, and paste the text."],
  ["MM\0*", "is a picture, which has no text. Recognize its text with another program, and paste the text."],
  ["\x1f\x8b", "is compressed with gzip. Unpack it first."],
  ["7z\xbc\xaf", "is a 7z archive. Unpack it first."],
  ["Rar!", "is a RAR archive. Unpack it first."],
];

/** Bytes at the start of a file in which its format is looked for. */
const firstBytes = 1_024;

/** The ending of a file name, in lower case. */
export function endingOf(name: string): string {
  return /\.([^./\\]+)$/.exec(name)?.[1]?.toLowerCase() ?? "";
}

/** True for the ending of a file whose text stands in a format of its own. */
export function hasFormattedEnding(name: string): boolean {
  return (endings[endingOf(name)] ?? "plain") !== "plain";
}

/** True for the ending of a file whose text can be read. */
export function hasReadableEnding(name: string): boolean {
  return endingOf(name) in endings;
}

/**
 * The kind of a file: by its first bytes, then by its media type and ending.
 * @throws TextError for a format that is not read. The message says what to do instead.
 */
export function kindOf({ name, type = "", bytes }: SourceFile): FileKind {
  const head = Buffer.from(bytes.subarray(0, firstBytes)).toString("latin1");
  const given = types[type.toLowerCase()] ?? endings[endingOf(name)];
  if (head.includes("%PDF-") && (given === "pdf" || head.trimStart().startsWith("%PDF-"))) return "pdf";
  if (head.startsWith("PK\x03\x04")) return "docx";
  const found = unreadable.find(([begins]) => head.startsWith(begins));
  if (found) throw new TextError(`"${name}" ${found[1]}`);
  if (given === "pdf") throw new TextError(`"${name}" is not a PDF, although its name or type says so.`);
  if (given === "docx") throw new TextError(`"${name}" is not a Word file, although its name or type says so.`);
  if (given === "mail") return given;
  if (looksLikeHtml(head)) return "html";
  if (given !== undefined) return given;
  throw new TextError(`"${name}" is not ${readableKinds}. Copy its text and paste it, or save it in one of these.`);
}

function looksLikeHtml(head: string): boolean {
  // A byte order mark of UTF-8 or UTF-16, spaces, an XML declaration and comments may come first; every other byte of
  // UTF-16 is a zero.
  const text = head.replaceAll("\0", "").replace(/^(?:\xef\xbb\xbf|\xff\xfe|\xfe\xff)/, "");
  return /^\s*(?:<\?xml[^>]*>\s*)?(?:<!--[^]*?-->\s*)*<(?:!doctype\s+html|html|head|body)\b/i.test(text);
}
