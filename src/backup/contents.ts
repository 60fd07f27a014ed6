import type pg from "pg";

/** A table whose rows a backup holds. */
export interface KeptTable {
  /** With its schema and quoted as SQL needs it: `public."Meeting"`. */
  readonly name: string;
  /** Its columns in their order, but for those that Postgres works out. */
  readonly columns: readonly string[];
}

// Migrations write these tables, also when a backup is restored.
const writtenByMigrations = ['public."_prisma_migrations"', 'past."Kept"', 'past."Derived"'];

/** Columns that only editors see, in whatever table. A public backup has them empty. */
export const privateColumns: ReadonlySet<string> = new Set(["privateText"]);

// Search words of private texts and drafts are not marked as such; a restore collects the words of its records.
const privateTables = [
  'public."ApiKey"',
  'public."DeskSession"',
  'public."DeskSignIn"',
  'public."IdempotentAct"',
  'public."MistakeReport"',
  'public."Proposal"',
  'public."Submission"',
  'past."Touched"',
  'search."Word"',
  'search."Pending"',
  'search."Due"',
];

/** The condition for the rows of a table that everybody may see, as SQL; empty for all of them. */
export function publicRows({ name }: Pick<KeptTable, "name">): string {
  return ['search."Entry"', 'search."Name"'].includes(name) ? ` WHERE "view" <> 'editing'` : "";
}

/** Whether everybody may see rows of a table. */
export function isPublicTable({ name }: Pick<KeptTable, "name">): boolean {
  return !name.startsWith("drafts.") && !privateTables.includes(name);
}

/** Whether a schema belongs to Sidelines: records, their history, drafts, and derived tables. */
const isOurs = (schema: string): string => `${schema} <> 'information_schema' AND ${schema} NOT LIKE 'pg\\_%'`;

interface ColumnRow {
  readonly table: string;
  readonly column: string;
}

/** All tables with their own rows. Referenced tables come first, so that they can be filled in this order. */
export async function readTables(client: pg.ClientBase): Promise<KeptTable[]> {
  const { rows } = await client.query<ColumnRow>(
    `SELECT format('%s."%s"', n.nspname, c.relname) AS "table", a.attname AS "column"
     FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
     JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
     WHERE c.relkind = 'r' AND ${isOurs("n.nspname")}
     ORDER BY n.nspname COLLATE "C", c.relname COLLATE "C", a.attnum`,
  );
  const columns = new Map<string, string[]>();
  for (const { table, column } of rows) {
    if (!writtenByMigrations.includes(table)) columns.set(table, [...(columns.get(table) ?? []), column]);
  }
  const order = inOrder([...columns.keys()], await readReferences(client));
  return order.map((name) => ({ name, columns: columns.get(name) ?? [] }));
}

interface Reference {
  readonly from: string;
  readonly to: string;
}

async function readReferences(client: pg.ClientBase): Promise<Reference[]> {
  const { rows } = await client.query<Reference>(
    `SELECT DISTINCT format('%s."%s"', fn.nspname, f.relname) AS "from", format('%s."%s"', tn.nspname, t.relname) AS "to"
     FROM pg_constraint c JOIN pg_class f ON f.oid = c.conrelid JOIN pg_namespace fn ON fn.oid = f.relnamespace
     JOIN pg_class t ON t.oid = c.confrelid JOIN pg_namespace tn ON tn.oid = t.relnamespace
     WHERE c.contype = 'f' AND f.oid <> t.oid AND ${isOurs("fn.nspname")}`,
  );
  return rows;
}

/** @throws Error where tables refer to each other in a circle, which no migration of ours makes. */
function inOrder(tables: readonly string[], references: readonly Reference[]): string[] {
  const order: string[] = [];
  const left = new Set(tables);
  while (left.size > 0) {
    const free = [...left].filter((table) => !references.some(({ from, to }) => from === table && left.has(to)));
    if (free.length === 0) throw new Error(`Tables refer to each other in a circle: ${[...left].join(", ")}`);
    for (const table of free) {
      order.push(table);
      left.delete(table);
    }
  }
  return order;
}

/** The columns of a table as SQL. */
export function columnList({ columns }: KeptTable): string {
  return columns.map((column) => `"${column.replaceAll('"', '""')}"`).join(", ");
}

/** The state of a sequence: its SQL name and the last value. */
export type SequenceState = readonly [name: string, last: string];

/** The states of all sequences that have been used. */
export async function readSequences(client: pg.ClientBase): Promise<SequenceState[]> {
  const { rows } = await client.query<{ name: string; last: string }>(
    `SELECT format('%s."%s"', schemaname, sequencename) AS name, last_value::text AS last FROM pg_sequences
     WHERE ${isOurs("schemaname")} AND last_value IS NOT NULL AND (schemaname, sequencename) NOT IN (
       SELECT n.nspname, s.relname FROM pg_depend d JOIN pg_class s ON s.oid = d.objid AND s.relkind = 'S'
       JOIN pg_namespace n ON n.oid = s.relnamespace JOIN pg_class t ON t.oid = d.refobjid
       JOIN pg_namespace tn ON tn.oid = t.relnamespace WHERE format('%s."%s"', tn.nspname, t.relname) = ANY ($1))
     ORDER BY 1`,
    [writtenByMigrations],
  );
  return rows.map(({ name, last }) => [name, last]);
}
