import type { Database } from "../../src/database/open.js";

interface Column {
  readonly table_name: string;
  readonly column_name: string;
}

/** Columns beside the ids that have to differ from row to row, and how a copy gets one of its own. `g` counts copies. */
const ownValues: Readonly<Record<string, string>> = {
  id: `"id" || '-' || g`,
  key: `"key" || '~' || g`,
  slug: `"slug" || '-' || g`,
  code: `"code" || '~' || g`,
  alpha2: "null",
  ordinal: `"ordinal" + g * 1000`,
};

/**
 * Makes so many of every record, each copy related to the copies of what its original is related to. Triggers and
 * foreign keys are off meanwhile: what is copied was checked before.
 */
export async function multiplyRecord(database: Database, times: number): Promise<void> {
  const client = await database.pool.connect();
  try {
    await client.query("begin");
    await client.query("set local session_replication_role = replica");
    // Codes of states are three letters; there are not enough of them.
    await client.query(`alter table "Party" drop constraint "Party_code_form"`);
    const { rows } = await client.query<Column>(
      `select table_name, column_name from information_schema.columns
       where table_schema = 'public' and is_generated = 'NEVER' and table_name <> 'MergedRecord'
       and table_name in (select "table" from past."Kept") order by ordinal_position`,
    );
    for (const table of new Set(rows.map(({ table_name }) => table_name))) {
      const names = rows.filter(({ table_name }) => table_name === table).map(({ column_name }) => column_name);
      const values = names.map((name) => valueOfCopy(table, name));
      await client.query(
        `insert into "${table}" (${names.map((name) => `"${name}"`).join()}) select ${values.join()} from "${table}", generate_series(1, ${String(times - 1)}) as g`,
      );
    }
    await client.query("commit");
    await client.query("analyze");
  } catch (error) {
    await client.query("rollback");
    throw error;
  } finally {
    client.release();
  }
}

function valueOfCopy(table: string, column: string): string {
  if (table === "PartyIdentifier" && column === "value") return `"value" || '~' || g`;
  return ownValues[column] ?? (column.endsWith("Id") ? `"${column}" || '-' || g` : `"${column}"`);
}
