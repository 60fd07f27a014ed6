import type { ExtractedText } from "../texts/extracted.js";
import type { SourceFile } from "../texts/kinds.js";
import { readText } from "../texts/read.js";

/** The most characters of a report. */
export const longestReport = 200_000;

/**
 * The text of an upload, with what the file says about itself.
 * @throws TextError for a file without a text that can be read. The message says what to do instead.
 */
export function textOf(upload: SourceFile): Promise<ExtractedText> {
  return readText(upload, { characters: longestReport });
}
