import type pg from "pg";

const schemas = `('public', 'past', 'drafts', 'known', 'editing', 'search', 'derived')`;
const own = (oid: string): string => `NOT EXISTS (SELECT FROM pg_depend e WHERE e.objid = ${oid} AND e.deptype = 'e')`;

/** Each kind of object: its name, and its definition. */
const queries: Readonly<Record<string, string>> = {
  schema: `SELECT nspname AS "name", '' AS "definition" FROM pg_namespace WHERE nspname IN ${schemas}`,
  extension: `SELECT extname AS "name", '' AS "definition" FROM pg_extension`,
  enum: `SELECT t.oid::regtype::text AS "name", string_agg(e.enumlabel, ', ' ORDER BY e.enumsortorder) AS "definition"
    FROM pg_type t JOIN pg_enum e ON e.enumtypid = t.oid GROUP BY t.oid`,
  relation: `SELECT c.oid::regclass::text AS "name", concat_ws(' ', c.relkind, c.relpersistence, c.reloptions) AS "definition"
    FROM pg_class c WHERE c.relnamespace::regnamespace::text IN ${schemas} AND c.relkind IN ('r', 'v', 'c', 'S', 'm') AND ${own("c.oid")}`,
  column: `SELECT c.oid::regclass || '.' || quote_ident(a.attname) AS "name",
      concat_ws(' ', format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation, CASE WHEN a.attnotnull THEN 'not null' END,
        nullif(a.attidentity, ''), pg_get_expr(d.adbin, d.adrelid)) AS "definition"
    FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped
    LEFT JOIN pg_attrdef d ON d.adrelid = c.oid AND d.adnum = a.attnum
    WHERE c.relnamespace::regnamespace::text IN ${schemas} AND c.relkind IN ('r', 'v', 'c') AND ${own("c.oid")}`,
  constraint: `SELECT o.conrelid::regclass || '.' || o.conname AS "name", pg_get_constraintdef(o.oid) AS "definition"
    FROM pg_constraint o JOIN pg_class c ON c.oid = o.conrelid WHERE c.relnamespace::regnamespace::text IN ${schemas}`,
  index: `SELECT i.indexrelid::regclass::text AS "name", pg_get_indexdef(i.indexrelid) AS "definition"
    FROM pg_index i JOIN pg_class c ON c.oid = i.indrelid WHERE c.relnamespace::regnamespace::text IN ${schemas}`,
  trigger: `SELECT t.tgrelid::regclass || '.' || t.tgname AS "name", pg_get_triggerdef(t.oid) AS "definition"
    FROM pg_trigger t WHERE NOT t.tgisinternal`,
  function: `SELECT p.oid::regprocedure::text AS "name", pg_get_functiondef(p.oid) AS "definition"
    FROM pg_proc p WHERE p.pronamespace::regnamespace::text IN ${schemas} AND p.prokind = 'f' AND ${own("p.oid")}`,
  view: `SELECT c.oid::regclass::text AS "name", pg_get_viewdef(c.oid) AS "definition"
    FROM pg_class c WHERE c.relnamespace::regnamespace::text IN ${schemas} AND c.relkind = 'v' AND ${own("c.oid")}`,
};

/**
 * Everything that a database consists of, rows aside: one line for each schema, extension, enum, table, column,
 * constraint, index, trigger, function and view. Columns of a table are in no order, because new columns of an upgraded
 * table are its last ones. For the same reason the words of a definition that is made from the catalog are sorted.
 */
export async function catalogOf(client: pg.ClientBase): Promise<string[]> {
  const lines: string[] = [];
  for (const [kind, query] of Object.entries(queries)) {
    const { rows } = await client.query<{ name: string; definition: string }>(query);
    for (const { name, definition } of rows) lines.push(`${kind} ${name}: ${inNoOrder(kind, name, definition)}`);
  }
  return lines.sort();
}

// Views and functions of history, drafts and read views list the columns of a table.
const listing = /^(past\."?(keep|takeOver|afterWriting)|editing\."?draft|(known|editing)\.)/;

function inNoOrder(kind: string, name: string, definition: string): string {
  const isList = listing.test(name) || (kind === "trigger" && definition.includes(" UPDATE OF "));
  if (!isList) return definition;
  return definition
    .split(/[\s,()]+/)
    .sort()
    .join(" ");
}
