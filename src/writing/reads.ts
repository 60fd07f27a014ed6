import { DatabaseError } from "../database/open.js";
import type { Reads, Statements } from "./store.js";

/** The values that were looked for, by table and column; null for all rows. */
type Noted = Map<string, Map<string, Set<string>> | null>;

/**
 * Notes the reads of an act.
 * @param since the number of the last act that was committed when it began.
 */
export function newReads(statements: Statements, since: string): Reads {
  const noted: Noted = new Map();
  let isSettled = false;
  return {
    note(table, column, values = []) {
      if (column === undefined) {
        noted.set(table, null);
        return;
      }
      const columns = noted.get(table);
      if (columns === null) return;
      const known = columns ?? new Map<string, Set<string>>();
      noted.set(table, known);
      const all = known.get(column) ?? new Set<string>();
      known.set(column, all);
      for (const value of values) all.add(value);
    },
    async settle() {
      if (isSettled) return;
      isSettled = true;
      const [found] = await statements.$queryRawUnsafe<{ changed: boolean }[]>(
        `SELECT past."settleReads"($1::bigint, $2::jsonb) AS "changed"`,
        since,
        JSON.stringify(entriesOf(noted)),
      );
      if (found?.changed !== true) return;
      const message = "another act has changed what this one has read";
      throw new DatabaseError(message, { cause: Object.assign(new Error(message), { code: "40001" }) });
    },
  };
}

function entriesOf(noted: Noted): object[] {
  return [...noted].flatMap(([table, columns]) =>
    columns === null ? [{ table }] : [...columns].map(([column, values]) => ({ table, column, values: [...values] })),
  );
}
