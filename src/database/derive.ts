import { createHash } from "node:crypto";
import type pg from "pg";
import { derivedScripts, tableScripts, type DerivedScript } from "./derived.scripts.js";
import { tablesOf, type DeclaredRecord } from "./registry.js";
import { readRepeatables } from "./migrations.js";

// The database holds much that follows from its tables and from the declarations of the records: history tables, read
// views, triggers, and functions that treat every kind of record. None of it is written table by table: `derive` makes
// it, and `differences` compares it. Both work from the catalogue, from the declarations and from prisma/sql.

/** A part of what is derived. */
interface Part {
  readonly name: string;
  /** The digest of everything that it is made from. */
  readonly digest: string;
}

interface TableState extends Part {
  readonly table: string;
}

const md5 = (text: string): string => createHash("md5").update(text).digest("hex");

/**
 * Makes what follows from the tables and the declarations, as far as it is missing or out of date. Called within the
 * transaction and the lock of a migration.
 * @param isWhole false for tables of an older version, which only get the tables of their history: other functions of
 *   this version may name columns that they lack.
 * @returns the parts that were made.
 */
export async function derive(
  client: pg.ClientBase,
  records: readonly DeclaredRecord[],
  isWhole: boolean,
): Promise<string[]> {
  if (records.length === 0 || !(await canDerive(client))) return [];
  if (!isWhole) return makeHistoryTables(client, records);
  const stored = await readDigests(client);
  const repeatables = await makeParts(client, await repeatableParts(), stored);
  return [
    ...repeatables,
    ...(await makeParts(client, partsOf(tableScripts(records)), stored)),
    ...(await deriveHistory(client, records, stored, repeatables.length > 0)),
    ...(await makeParts(client, await repeatableParts("sql/history"), stored)),
    ...(await makeParts(client, partsOf(derivedScripts(records)), stored)),
  ];
}

const historyFile = "prisma/sql/history.sql";

// No digest is stored, so that a later run makes everything again.
async function makeHistoryTables(client: pg.ClientBase, records: readonly DeclaredRecord[]): Promise<string[]> {
  const history = (await readRepeatables()).filter(({ name }) => name === historyFile);
  for (const { script } of history) await applyScript(client, script);
  const tables = new Set(await existingTables(client, records));
  const wanted = keepingOf(records).filter(({ table }) => tables.has(table));
  for (const one of wanted) await keepHistory(client, one);
  return wanted.map(({ table }) => `history of ${table}`);
}

/** Compares what is derived: a sentence for each part that is missing or out of date. Changes nothing. */
export async function differences(client: pg.ClientBase, records: readonly DeclaredRecord[]): Promise<string[]> {
  if (!(await canDerive(client))) return ["Nothing is derived yet."];
  const tables = new Set(await existingTables(client, records));
  const absent = tablesOf(records).filter((table) => !tables.has(table));
  if (absent.length > 0)
    return absent.map(
      (table) => `The table "${table}" is declared as a record and does not exist: write its migration.`,
    );
  const stored = await readDigests(client);
  const missing = [...(await missingHistory(client, records)), ...(await missingColumns(client))];
  const named = new Set(missing.map(({ table }) => table));
  const sentences = missing.map(({ sentence }) => sentence);
  for (const { name, table, digest } of await tableStates(client)) {
    if (stored.get(name) !== digest && !named.has(table))
      sentences.push(`The history of "${table}" was made for other columns, indexes or checks.`);
  }
  for (const { name, digest } of [
    ...(await repeatableParts()),
    ...(await repeatableParts("sql/history")),
    ...partsOf([...tableScripts(records), ...derivedScripts(records)]),
  ]) {
    if (stored.get(name) !== digest) sentences.push(`Out of date: ${name}.`);
  }
  return sentences;
}

interface ScriptPart extends Part {
  readonly script: string;
}

async function repeatableParts(folder?: "sql/history"): Promise<ScriptPart[]> {
  return (await readRepeatables(folder)).map(({ name, script }) => ({ name, script, digest: md5(script) }));
}

function partsOf(scripts: readonly DerivedScript[]): ScriptPart[] {
  return scripts.map(({ part, script }) => ({ name: part, script, digest: md5(script) }));
}

/** Runs the scripts whose digest differs from the stored one. Returns their names. */
async function makeParts(
  client: pg.ClientBase,
  parts: readonly ScriptPart[],
  stored: ReadonlyMap<string, string>,
): Promise<string[]> {
  const stale = parts.filter(({ name, digest }) => stored.get(name) !== digest);
  for (const part of stale) {
    await applyScript(client, part.script);
    await storeDigest(client, part);
  }
  return stale.map(({ name }) => name);
}

async function canDerive(client: pg.ClientBase): Promise<boolean> {
  const { rows } = await client.query<{ is: boolean }>(`SELECT to_regclass('past."Derived"') IS NOT NULL AS "is"`);
  return rows[0]?.is === true;
}

async function readDigests(client: pg.ClientBase): Promise<Map<string, string>> {
  const { rows } = await client.query<{ part: string; digest: string }>(`SELECT "part", "digest" FROM past."Derived"`);
  return new Map(rows.map(({ part, digest }) => [part, digest]));
}

async function storeDigest(client: pg.ClientBase, { name, digest }: Part): Promise<void> {
  await client.query(
    `INSERT INTO past."Derived" ("part", "digest") VALUES ($1, $2) ON CONFLICT ("part") DO UPDATE SET "digest" = excluded."digest"`,
    [name, digest],
  );
}

// A script may widen the search path for itself.
async function applyScript(client: pg.ClientBase, script: string): Promise<void> {
  const { rows } = await client.query<{ path: string }>(`SELECT current_setting('search_path') AS "path"`);
  await client.query(script);
  await client.query(`SELECT set_config('search_path', $1, true)`, [rows[0]?.path]);
}

async function existingTables(client: pg.ClientBase, records: readonly DeclaredRecord[]): Promise<string[]> {
  const names = [...tablesOf(records), mergedRecords];
  const { rows } = await client.query<{ table: string }>(
    `SELECT t.name AS "table" FROM unnest($1::text[]) WITH ORDINALITY AS t(name, number) WHERE to_regclass(quote_ident(t.name)) IS NOT NULL ORDER BY t.number`,
    [names],
  );
  return rows.map(({ table }) => table);
}

// Has a history like records, of which no change is listed: the record that was merged lists it.
const mergedRecords = "MergedRecord";

/** The arguments of "keepHistory" for one table. */
interface Keeping {
  readonly table: string;
  readonly owner: string | null;
  readonly section: string | null;
  readonly partOf: readonly string[];
  readonly follows: DeclaredRecord["follows"];
}

function keepingOf(records: readonly DeclaredRecord[]): Keeping[] {
  const kept = records.flatMap(({ table, partOf, follows, details }) => [
    { table, owner: null, section: null, partOf, follows },
    ...details.map((detail) => ({
      table: detail.table,
      owner: table,
      section: detail.section,
      partOf: [],
      follows: {},
    })),
  ]);
  return [...kept, { table: mergedRecords, owner: null, section: null, partOf: [], follows: {} }];
}

async function deriveHistory(
  client: pg.ClientBase,
  records: readonly DeclaredRecord[],
  stored: ReadonlyMap<string, string>,
  isForAll: boolean,
): Promise<string[]> {
  const tables = new Set(await existingTables(client, records));
  const wanted = keepingOf(records).filter(({ table }) => tables.has(table));
  const kept = new Map((await keptTables(client)).map((row) => [row.table, row]));
  const stale = new Set(
    (await tableStates(client))
      .filter(({ name, digest }) => isForAll || stored.get(name) !== digest)
      .map(({ table }) => table),
  );
  for (const { table } of await missingColumns(client)) stale.add(table);
  for (const one of wanted) if (!sameKeeping(one, kept.get(one.table))) stale.add(one.table);
  if (stale.size === 0) return [];
  await watchNew(client, [...tables]);
  const others = [...stale].filter((table) => !wanted.some((one) => one.table === table));
  for (const one of wanted.filter(({ table }) => stale.has(table))) await keepHistory(client, one);
  for (const table of others)
    await client.query(`SELECT "keepHistory"(quote_ident($1)::regclass, is_last => false)`, [table]);
  await client.query(`SELECT "makeStandpoints"()`);
  await keepRows(client, [...stale]);
  const states = (await tableStates(client)).filter(({ table }) => stale.has(table));
  for (const state of states) await storeDigest(client, state);
  return states.map(({ name }) => name);
}

async function keepHistory(client: pg.ClientBase, { table, owner, section, partOf, follows }: Keeping): Promise<void> {
  await client.query(
    `SELECT "keepHistory"(quote_ident($1)::regclass, quote_ident($2)::regclass, $3, is_told => $6, part_of => $4, follows => $5, is_last => false)`,
    [table, owner, section, partOf, follows, table !== mergedRecords],
  );
}

async function keptTables(client: pg.ClientBase): Promise<Keeping[]> {
  const { rows } = await client.query<Keeping>(
    `SELECT "table", "owner", "section", "partOf", "follows" FROM past."Kept" ORDER BY "number"`,
  );
  return rows;
}

function sameKeeping(one: Keeping, other: Keeping | undefined): boolean {
  const form = ({ owner, section, partOf, follows }: Keeping): string =>
    JSON.stringify([owner, section, partOf, sorted(follows)]);
  return other !== undefined && form(one) === form(other);
}

function sorted(follows: Keeping["follows"]): unknown {
  return Object.entries(follows)
    .map(([column, { published, drafted, known }]) => [column, published, drafted, known])
    .sort();
}

// Writes to a table move the version of the record by three triggers.
async function watchNew(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  const { rows } = await client.query<{ table: string }>(
    `SELECT t.name AS "table" FROM unnest($1::text[]) AS t(name) WHERE NOT EXISTS (
       SELECT FROM pg_trigger g WHERE g.tgrelid = quote_ident(t.name)::regclass AND g.tgname = 'moves_record_version')`,
    [tables],
  );
  for (const { table } of rows) await client.query(`SELECT "watchRecord"(quote_ident($1)::regclass)`, [table]);
}

// Rows that are there begin their history, or go on with the columns that are new, by an act of kind migration.
async function keepRows(client: pg.ClientBase, tables: readonly string[]): Promise<void> {
  await client.query(
    `SELECT set_config('sidelines.act', 'migration', true), set_config('sidelines.actor', 'migration', true)`,
  );
  const { rows } = await client.query<{ owner: string }>(
    `SELECT DISTINCT coalesce("owner", "table") AS "owner" FROM past."Kept" WHERE "table" = ANY ($1) ORDER BY 1`,
    [tables],
  );
  for (const { owner } of rows) {
    const { rows: found } = await client.query<{ statement: string }>(
      `SELECT format('SELECT past.%I(ARRAY(SELECT "id" FROM %I)) WHERE EXISTS (SELECT FROM %2$I)', 'keep' || $1::text, $1::text) AS "statement"`,
      [owner],
    );
    await client.query(found[0]?.statement ?? "");
  }
}

// Everything in the catalogue that a table's history, drafts and views are made from.
const statesOfTables = `
  SELECT k."table", md5(jsonb_build_array(
    (SELECT jsonb_agg(jsonb_build_array(a.attname, format_type(a.atttypid, a.atttypmod), a.attcollation::regcollation::text, pg_get_expr(d.adbin, d.adrelid)) ORDER BY a.attnum)
      FROM pg_attribute a LEFT JOIN pg_attrdef d ON d.adrelid = a.attrelid AND d.adnum = a.attnum
      WHERE a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped),
    (SELECT jsonb_agg(pg_get_indexdef(i.indexrelid) ORDER BY pg_get_indexdef(i.indexrelid)) FROM pg_index i WHERE i.indrelid = c.oid),
    (SELECT jsonb_agg(jsonb_build_array(o.conname, pg_get_constraintdef(o.oid)) ORDER BY o.conname) FROM pg_constraint o WHERE o.conrelid = c.oid AND o.contype = 'c'),
    to_jsonb(k) - 'number',
    (SELECT jsonb_agg(jsonb_build_array(e."table", past."columns"(quote_ident(e."table")::regclass)) ORDER BY e."table") FROM past."Kept" e WHERE e."owner" = k."table")
  )::text) AS "digest"
  FROM past."Kept" k JOIN pg_class c ON c.oid = to_regclass(quote_ident(k."table")) ORDER BY k."number"`;

async function tableStates(client: pg.ClientBase): Promise<TableState[]> {
  const { rows } = await client.query<{ table: string; digest: string }>(statesOfTables);
  return rows.map(({ table, digest }) => ({ table, name: `history of ${table}`, digest }));
}

interface Missing {
  readonly table: string;
  readonly sentence: string;
}

async function missingColumns(client: pg.ClientBase): Promise<Missing[]> {
  const { rows } = await client.query<{ table: string; column: string; schemas: string[] }>(`
    SELECT k."table", a.attname::text AS "column", array_agg(s.name ORDER BY s.number) AS "schemas"
    FROM past."Kept" k
    JOIN pg_attribute a ON a.attrelid = to_regclass(quote_ident(k."table")) AND a.attnum > 0 AND NOT a.attisdropped
    CROSS JOIN unnest(ARRAY['past', 'drafts', 'known', 'editing']) WITH ORDINALITY AS s(name, number)
    WHERE NOT EXISTS (
      SELECT FROM pg_attribute h WHERE h.attrelid = to_regclass(format('%I.%I', s.name, k."table")) AND h.attname = a.attname AND NOT h.attisdropped)
    GROUP BY k."number", k."table", a.attnum, a.attname ORDER BY k."number", a.attnum`);
  return rows.map(({ table, column, schemas }) => ({
    table,
    sentence: `The column "${table}"."${column}" is missing in ${schemas.join(", ")}.`,
  }));
}

async function missingHistory(client: pg.ClientBase, records: readonly DeclaredRecord[]): Promise<Missing[]> {
  const kept = new Map((await keptTables(client)).map((row) => [row.table, row]));
  return keepingOf(records).flatMap((one) => {
    const row = kept.get(one.table);
    const { table } = one;
    if (row === undefined) return [{ table, sentence: `The table "${table}" has no history.` }];
    return sameKeeping(one, row)
      ? []
      : [{ table, sentence: `The history of "${table}" was made for another declaration.` }];
  });
}
