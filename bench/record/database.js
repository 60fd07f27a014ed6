// A loaded, checked database of a size, made once and kept for the next run.
import { createHash } from "node:crypto";
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { fileURLToPath, pathToFileURL } from "node:url";
import pg from "pg";
import { createDatabase, databasesLike, dropDatabase, hasDatabase, renameDatabase } from "../postgres.js";
import { checkRecord, countRows } from "./check.js";
import { loadRecord } from "./load.js";
import { tables } from "./tables.js";

const folder = dirname(fileURLToPath(import.meta.url));

/** A name that changes with everything that makes the record what it is. */
function databaseName({ seed, meetings, product }) {
  const hash = createHash("sha256").update(seed);
  for (const file of readdirSync(folder).sort()) hash.update(readFileSync(join(folder, file)));
  const migrations = join(product, "prisma/migrations");
  for (const step of readdirSync(migrations).sort()) {
    if (/^\d/.test(step)) hash.update(step).update(readFileSync(join(migrations, step, "migration.sql")));
  }
  const repeatables = join(product, "prisma/sql");
  for (const file of readdirSync(repeatables, { recursive: true }).sort()) {
    if (file.endsWith(".sql")) hash.update(readFileSync(join(repeatables, file)));
  }
  return `record_${meetings}_${hash.digest("hex").slice(0, 10)}`;
}

/**
 * @returns {Promise<{ url: string, counts: Record<string, number>, client: import("pg").Client }>} `client` is connected;
 *   whoever asked ends it.
 */
export async function openRecord({ server, seed, meetings, product, isFresh, say, progress }) {
  const name = databaseName({ seed, meetings, product });
  if (isFresh || !(await hasDatabase(server, name))) {
    // Under another name until it is whole, so that a run that is cut short leaves nothing to be taken for a record.
    const draft = `${name}_draft`;
    // Records of this size that were made by older migrations or another maker are of no more use.
    for (const old of await databasesLike(server, `record_${meetings}_`)) await dropDatabase(server, old);
    await createDatabase(server, draft);
    await makeDatabase({ url: server.url(draft), seed, meetings, product, say, progress });
    await renameDatabase(server, draft, name);
  }
  const client = new pg.Client({ connectionString: server.url(name) });
  await client.connect();
  // Every contestant starts with the record in memory.
  for (const table of Object.keys(tables)) await client.query(`SELECT count(*) FROM "${table}" t WHERE t::text = ''`);
  return { url: server.url(name), client, counts: await countRows(client, Object.keys(tables)) };
}

async function makeDatabase({ url, seed, meetings, product, say, progress }) {
  say(`Making a record of ${meetings.toLocaleString("en")} meetings`);
  const built = (file) => import(pathToFileURL(join(product, "dist", file)).href);
  const { migrate } = await built("database/migrate.js");
  const { declaredRecords } = await built("packs/registry.js");
  await migrate(url, declaredRecords);
  await loadRecord({ url, seed, meetings, say, progress });
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    progress("  checking");
    await checkRecord(client);
  } finally {
    await client.end();
  }
  say("  checked: references, passages, statuses and days are right");
}
