import { groupedBy } from "../lib/grouped.js";
import { columnsOfTable, publicColumnsOf, type Row } from "../writing/records.js";
import { allRows, type Statements } from "../writing/store.js";
import type { PackDatabase } from "./import.js";
import { recordKinds } from "../modules/kinds.js";
import { subjectColumns } from "../modules/citations.js";

/** The record as rows: of each table by id, and what hangs on them. */
export interface WholeRecord {
  readonly tables: ReadonlyMap<string, ReadonlyMap<string, Row>>;
  /** Rows of details by table and owner. */
  readonly details: ReadonlyMap<string, ReadonlyMap<string, readonly Row[]>>;
  /** Citations by the id of what they speak for. */
  readonly citations: ReadonlyMap<string, readonly Row[]>;
}

/**
 * Reads the whole record, as it stands at one moment.
 * @param withPrivateTexts whether private texts are read as well.
 */
export async function readRecord({ prisma }: PackDatabase, withPrivateTexts: boolean): Promise<WholeRecord> {
  const columnsIn = withPrivateTexts ? columnsOfTable : publicColumnsOf;
  // One snapshot, so that nothing refers to what was read before it came.
  return prisma.$transaction(
    async (transaction) => {
      const tables = new Map<string, ReadonlyMap<string, Row>>();
      for (const name of new Set(recordKinds.map(({ table }) => table))) {
        const rows = await allRows(transaction, name, columnsIn(recordKinds, name));
        tables.set(name, new Map(rows.map((row) => [String(row["id"]), row])));
      }
      return {
        tables,
        details: await readDetails(transaction),
        citations: groupedBy([...(tables.get("Citation")?.values() ?? [])], subjectOf),
      };
    },
    { isolationLevel: "RepeatableRead", timeout: 10 * 60_000, maxWait: 30_000 },
  );
}

async function readDetails(statements: Statements): Promise<WholeRecord["details"]> {
  const details = new Map<string, Map<string, Row[]>>();
  for (const detail of recordKinds.flatMap((kind) => kind.details ?? [])) {
    if (details.has(detail.table)) continue;
    const rows = await allRows(statements, detail.table, [detail.owner, detail.identity, ...detail.columns]);
    details.set(
      detail.table,
      groupedBy(rows, (row) => String(row[detail.owner])),
    );
  }
  return details;
}

/** The id of what a citation speaks for. */
export function subjectOf(citation: Row): string {
  return String(subjectColumns.map((column) => citation[column] ?? null).find((id) => id !== null));
}
