/** The text of a file, with what the file says about itself. */
export interface ExtractedText {
  readonly text: string;
  readonly title?: string | undefined;
  readonly publisher?: string | undefined;
  /** Day of publication, as `2024-11-21`. */
  readonly publishedOn?: string | undefined;
  readonly url?: string | undefined;
  /** Language tag, as `en` or `pt-BR`. */
  readonly language?: string | undefined;
}

/** Limits of what is read from one file. */
export interface TextLimits {
  /** Pages of a PDF. */
  readonly pages: number;
  /** Bytes of an unpacked part of a DOCX. */
  readonly unpackedBytes: number;
  /** Characters of the text, in units of UTF-16. */
  readonly characters: number;
}

/** Paragraphs as a text: white space within lines is collapsed, empty ones are left out. */
export function joinParagraphs(paragraphs: readonly string[]): string {
  const cleaned = paragraphs
    .map((paragraph) =>
      paragraph
        .split("\n")
        .map((line) => line.replace(/[^\S\n]+/g, " ").trim())
        .filter((line) => line !== "")
        .join("\n"),
    )
    .filter((paragraph) => paragraph !== "");
  return cleaned.length === 0 ? "" : `${cleaned.join("\n\n")}\n`;
}
