/** A file without a text that can be read. The message says what to do instead. */
export class TextError extends Error {
  override readonly name = "TextError";
}
