/** A sentence that the check lets pass. */
export interface Allowed {
  /** The file, relative to the project. */
  readonly file: string;
  readonly rule: string;
  /** Words that occur in the sentence, after code is replaced by `X`. */
  readonly words: string;
  readonly reason: string;
}

/** Published sentences with a finding, each with the reason why it stays. */
export const allowed: readonly Allowed[] = [];
