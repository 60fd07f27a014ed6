// Streams a record into Postgres.
import { once } from "node:events";
import pg from "pg";
import { from as copyFrom } from "pg-copy-streams";
import { makeRecord } from "./make.js";
import { tables } from "./tables.js";

const flushAt = 256 * 1024;

/**
 * Fills an empty, migrated database. Triggers and foreign keys sleep meanwhile, which is why derived columns are made
 * along, the history is taken over at the end, and `checkRecord` looks afterwards; CHECK constraints and unique indexes hold throughout.
 * @param {{ url: string, seed: string, meetings: number, say: (line: string) => void, progress: (line: string) => void }} options
 */
export async function loadRecord({ url, seed, meetings, say, progress }) {
  const started = performance.now();
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    const indexes = await dropIndexes(client);
    await fill({ url, seed, meetings, progress });
    progress("  history");
    await keepHistory(client);
    progress(`  ${indexes.length} indexes`);
    await client.query("SET maintenance_work_mem = '512MB'");
    for (const [number, definition] of indexes.entries()) {
      await client.query(definition);
      progress(`  index ${number + 1} of ${indexes.length}`);
    }
    progress("  pairs");
    await client.query('SELECT derived."settlePairs"(ARRAY(SELECT "id" FROM "Meeting"))');
    progress("  tallies");
    await client.query('SELECT derived."countAllAnew"()');
    progress("  reports");
    await client.query('SELECT derived."settleAllReported"()');
    progress("  entries of search");
    await client.query('SELECT search."refreshAll"()');
    await client.query('UPDATE "RecordVersion" SET "version" = 1');
    progress("  statistics");
    await client.query("VACUUM (ANALYZE)");
    await client.query("CHECKPOINT");
  } finally {
    await client.end();
  }
  say(`  loaded in ${((performance.now() - started) / 1000).toFixed(1)} s`);
}

/** Indexes are built faster, and denser, over rows that are already there. */
async function dropIndexes(client) {
  const { rows } = await client.query(
    `
    SELECT c.oid::regclass::text AS name, pg_get_indexdef(i.indexrelid) AS definition
    FROM pg_index i JOIN pg_class c ON c.oid = i.indexrelid JOIN pg_class t ON t.oid = i.indrelid
    WHERE t.relnamespace IN ('public'::regnamespace, 'past'::regnamespace) AND t.relname = ANY ($1) AND NOT i.indisprimary
      AND NOT EXISTS (SELECT 1 FROM pg_constraint k WHERE k.conindid = i.indexrelid)`,
    [Object.keys(tables)],
  );
  for (const { name } of rows) await client.query(`DROP INDEX ${name}`);
  return rows.map(({ definition }) => definition);
}

/** Makes the record known at every moment, as the history takes over what was loaded without triggers. */
async function keepHistory(client) {
  const { rows } = await client.query('SELECT "table" FROM past."Kept" WHERE "owner" IS NULL ORDER BY "number"');
  for (const { table } of rows)
    await client.query(`SELECT past."takeOver${table}"(ARRAY(SELECT "id" FROM "${table}"))`);
}

async function fill({ url, seed, meetings, progress }) {
  const copies = new Map();
  try {
    await makeRecord({
      seed,
      meetings,
      write: (table, row) => {
        const copy = copies.get(table);
        if (copy) return copy.write(row);
        return openCopy(url, table).then((opened) => {
          copies.set(table, opened);
          return opened.write(row);
        });
      },
      onProgress: (done, total) => progress(`  ${done.toLocaleString("en")} of ${total.toLocaleString("en")} meetings`),
    });
    await Promise.all([...copies.values()].map((copy) => copy.finish()));
  } finally {
    await Promise.all([...copies.values()].map((copy) => copy.close()));
  }
}

/** One table's COPY on a connection of its own. */
async function openCopy(url, table) {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  await client.query("SET session_replication_role = replica");
  const columns = tables[table];
  const stream = client.query(
    copyFrom(`COPY "${table}" (${columns.map((name) => `"${name}"`).join(", ")}) FROM STDIN`),
  );
  let failure;
  stream.on("error", (error) => {
    failure = new Error(`COPY "${table}": ${error.message}${error.where ? ` (${error.where.slice(0, 300)})` : ""}`);
  });
  let buffer = "";
  const flush = async () => {
    if (failure) throw failure;
    const text = buffer;
    buffer = "";
    // What goes wrong meanwhile is kept as the failure, which says more.
    if (!stream.write(text)) await once(stream, "drain").catch(() => undefined);
    if (failure) throw failure;
  };
  return {
    write(row) {
      if (row.length !== columns.length)
        throw new Error(`A row of ${table} has ${row.length} values for ${columns.length} columns`);
      buffer += `${row.map(encode).join("\t")}\n`;
      return buffer.length < flushAt ? undefined : flush();
    },
    async finish() {
      await flush();
      stream.end();
      if (!failure) await once(stream, "finish").catch(() => undefined);
      if (failure) throw failure;
    },
    close: () => client.end().catch(() => undefined),
  };
}

const escapes = { "\\": "\\\\", "\n": "\\n", "\r": "\\r", "\t": "\\t" };

function encode(value) {
  if (value === null || value === undefined) return "\\N";
  if (typeof value === "string")
    return /[\\\n\r\t]/.test(value) ? value.replace(/[\\\n\r\t]/g, (character) => escapes[character]) : value;
  return typeof value === "boolean" ? (value ? "t" : "f") : String(value);
}
