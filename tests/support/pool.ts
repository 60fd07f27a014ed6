import type { ContextOptions } from "../../src/context.js";
import type { ReadingStatement } from "../../src/reading/reading.statement.js";

/**
 * A pool without a database that executes reading statements.
 * @param read The result of a statement, by its text; it fails with what this throws.
 * @param held Delays all results until it settles; no delay by default.
 */
export function readingPool(
  read: (text: string) => string | null,
  held: Promise<void> = Promise.resolve(),
): ContextOptions["database"]["pool"] {
  const query = ({ text }: ReadingStatement, done: NonNullable<ReadingStatement["callback"]>): void => {
    // Like a database, it responds asynchronously.
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
