import { randomBytes } from "node:crypto";
import type { Pool } from "pg";
import { encodeBase32 } from "../lib/ids.js";

/** Open reports above which no more are stored. */
const mostOpen = 1_000;

/** Stores mistakes that readers report, as text. */
export function createMistakes(pool: Pick<Pool, "query">, perHour: number) {
  return {
    perHour,
    /** @returns false if too many reports are open. */
    async store({
      path,
      text,
      contact,
    }: {
      path: string;
      text: string;
      contact: string | undefined;
    }): Promise<boolean> {
      const { rowCount } = await pool.query(
        `INSERT INTO "public"."MistakeReport" ("id", "path", "text", "contact") SELECT $1, $2, $3, $4
        WHERE (SELECT count(*) FROM "public"."MistakeReport" WHERE "closedAt" IS NULL) < ${String(mostOpen)}`,
        [`mis_${encodeBase32(randomBytes(10))}`, path, text, contact ?? null],
      );
      return rowCount === 1;
    },
  };
}
