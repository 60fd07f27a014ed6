import { expect } from "vitest";
import type { Database } from "../../src/database/open.js";
import { everyFactIsCited } from "../../src/modules/documents/documents.commands.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { partKinds } from "../../src/packs/sections.js";
import { kindOf, linksBetween } from "../../src/writing/links.js";
import { planMerging, writeMerging } from "../../src/writing/merging.js";
import type { Statements } from "../../src/writing/store.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { planWithdrawal, writeWithdrawal } from "../../src/writing/withdrawal.js";

/** A writer. Each call is one mutation by "Desk". */
export interface Keeper {
  /** Carries out statements as one correction. */
  correct(reason: string, ...statements: readonly string[]): Promise<void>;
  /** Merges a record into another one, both by their keys; where they contradict each other, the first one yields. */
  merge(reason: string, table: string, gone: string, stays: string): Promise<void>;
  /** Withdraws a record with its parts. */
  withdraw(reason: string, table: string, key: string): Promise<void>;
  /** The moment of the last act, and the one just before it; ISO 8601, to the microsecond. */
  moments(): Promise<{ readonly then: string; readonly before: string }>;
}

const links = linksBetween(recordKinds, partKinds);

/** A writer that uses the same functions as mutations. */
export function keeperOf({ database }: { readonly database: Database }): Keeper {
  const act = <T>(kind: string, reason: string, work: (statements: Statements) => Promise<T>): Promise<T> =>
    inOneWrite(database, work, { act: { kind, actor: "key:1", actorName: "Desk", reason } });

  async function find(statements: Statements, table: string, key: string) {
    const column = recordKinds.find((kind) => kind.table === table)?.keyColumn ?? "key";
    const [row] = await statements.$queryRawUnsafe<{ id: string; kind: string }[]>(
      `SELECT * FROM "${table}" WHERE "${column}" = $1`,
      key,
    );
    if (row === undefined) throw new Error(`there is no ${table} ${key}`);
    return { row, kind: kindOf(recordKinds, table, row) };
  }

  return {
    correct: (reason, ...statements) =>
      act("correctRecord", reason, async (database) => {
        for (const statement of statements) await database.$executeRawUnsafe(statement);
      }),
    merge: (reason, table, gone, stays) =>
      act("mergeRecords", reason, async (statements) => {
        const { row, kind } = await find(statements, table, gone);
        const survivor = await find(statements, table, stays);
        const records = { kind, source: row.id, target: survivor.row.id, yields: true };
        const merging = await planMerging(statements, recordKinds, links, records, { file: null, path: ["input"] }, [
          everyFactIsCited,
        ]);
        expect(merging.faults).toEqual([]);
        await writeMerging(statements, merging);
      }),
    withdraw: (reason, table, key) =>
      act("withdrawRecord", reason, async (statements) => {
        const { row, kind } = await find(statements, table, key);
        const { gone, faults } = await planWithdrawal(
          statements,
          recordKinds,
          links,
          { kind, id: row.id, key },
          { file: null, path: ["input"] },
        );
        expect(faults).toEqual([]);
        await writeWithdrawal(statements, recordKinds, gone);
      }),
    async moments() {
      const text = (moment: string) => `to_char((${moment}) AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')`;
      const { rows } = await database.pool.query<{ then: string; before: string }>(
        `SELECT ${text('"at"')} AS "then", ${text(`"at" - interval '1 microsecond'`)} AS "before" FROM "Act" ORDER BY "number" DESC LIMIT 1`,
      );
      return rows[0] as { then: string; before: string };
    },
  };
}
