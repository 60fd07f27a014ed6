import type { ContextOptions } from "../../src/context.js";
import type { ReadingStatement } from "../../src/reading/reading.statement.js";

/**
 * A pool without a database, which answers statements that read.
 * @param read what a statement reads, by its text; what it throws is what the statement fails with.
 * @param held answers nothing before it is settled; nothing is held when left out.
 */
export function readingPool(read: (text: string) => string | null, held: Promise<void> = Promise.resolve()): ContextOptions["database"]["pool"] {
  const query = ({ text }: ReadingStatement, done: NonNullable<ReadingStatement["callback"]>): void => {
    // As a database does, not before whoever asks has gone on.
    void held.then(() => {
      let value: string | null;
      try {
        value = read(text);
      } catch (error) {
        return done(error as Error);
      }
      done(null, value);
    });
  };
  return { query } as unknown as ContextOptions["database"]["pool"];
}
