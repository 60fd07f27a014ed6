import { readFileSync } from "node:fs";
import { stat, statfs } from "node:fs/promises";
import { join } from "node:path";
import { listKeys } from "../access/keys.js";
import { ConfigError, readConfig, type Config, type DatabaseOverrides } from "../config.js";
import { audit } from "../database/audit.js";
import { diagnose } from "../database/diagnose.js";
import { openDatabase, type Database } from "../database/open.js";
import { damageMessage, tellsOfDamage } from "../database/embedded/damage.js";
import type { EmbeddedLog } from "../database/embedded/open.js";
import { packageRoot } from "../lib/root.js";
import { declaredRecords } from "../packs/registry.js";
import { rejectedSeats, storedFaults } from "../packs/stored.js";

/** The result of one check. A warning can wait; a fault needs repair. */
export interface Finding {
  readonly about: string;
  readonly state: "ok" | "warning" | "fault";
  readonly says: string;
}

/** The database to examine, and a callback for progress. */
export interface Examination {
  readonly environment: NodeJS.ProcessEnv | undefined;
  readonly overrides: DatabaseOverrides;
  /** Receives the log of the embedded database while it starts. */
  readonly log: EmbeddedLog;
  readonly progress?: (step: string) => void;
}

const ok = (about: string, says: string): Finding => ({ about, state: "ok", says });
const warning = (about: string, says: string): Finding => ({ about, state: "warning", says });
const fault = (about: string, says: string): Finding => ({ about, state: "fault", says });

/**
 * Checks everything that a service needs, read-only: Node, settings, data folder, database server, tables, rules of the
 * record and keys. Checks that depend on a failed one are skipped.
 */
export async function examine(examination: Examination): Promise<Finding[]> {
  const findings = [node()];
  const config = settings(examination, findings);
  if (!config) return findings;
  if (config.database.mode === "embedded" && config.database.dataDir !== undefined)
    findings.push(...(await folder(config.database.dataDir)));
  if (findings.some(({ about, state }) => about === "data folder" && state === "fault")) return findings;
  const database = await openDatabase(config.database, examination.log).catch((error: unknown) => {
    findings.push(fault("database", messageOf(error)));
  });
  if (!database) return findings;
  try {
    findings.push(...(await insideOf(database, examination)));
  } catch (error) {
    const { dataDir } = config.database.mode === "embedded" ? config.database : {};
    if (!tellsOfDamage(error)) throw error;
    findings.push(
      fault(
        "database",
        dataDir === undefined ? `its files are damaged: ${messageOf(error)}` : damageMessage(dataDir, messageOf(error)),
      ),
    );
  } finally {
    await database.close();
  }
  return findings;
}

function node(): Finding {
  const { engines } = JSON.parse(readFileSync(join(packageRoot(), "package.json"), "utf8")) as {
    engines: { node: string };
  };
  const least = numbersOf(engines.node);
  const found = numbersOf(process.versions.node);
  const isOld = found.major < least.major || (found.major === least.major && found.minor < least.minor);
  return isOld
    ? fault("node", `this is Node ${process.versions.node}; Sidelines needs ${engines.node}`)
    : ok("node", `Node ${process.versions.node}`);
}

function numbersOf(version: string): { readonly major: number; readonly minor: number } {
  const [, major, minor] = /(\d+)\.(\d+)/.exec(version) ?? [];
  return { major: Number(major), minor: Number(minor) };
}

function settings({ environment, overrides }: Examination, findings: Finding[]): Config | undefined {
  try {
    const config = readConfig(environment, overrides);
    findings.push(ok("settings", "all valid"));
    return config;
  } catch (error) {
    if (!(error instanceof ConfigError)) throw error;
    findings.push(...error.faults.map((said) => fault("settings", said)));
    return undefined;
  }
}

const leastFree = 1024 ** 3;
const leastFreeAtAll = 64 * 1024 ** 2;
const forOthers = 0o077;

async function folder(dataDir: string): Promise<Finding[]> {
  const about = "data folder";
  const facts = await stat(dataDir).catch(() => undefined);
  if (!facts) return [fault(about, `${dataDir} does not exist; no service has used it yet`)];
  if (!facts.isDirectory()) return [fault(about, `${dataDir} is not a folder`)];
  const { bavail, bsize } = await statfs(dataDir);
  const free = bavail * bsize;
  const space = `${(free / 1024 ** 3).toFixed(1)} GB of its disk are free`;
  const findings = [
    free < leastFreeAtAll
      ? fault(about, space)
      : free < leastFree
        ? warning(about, space)
        : ok(about, `${dataDir}; ${space}`),
  ];
  if ((facts.mode & forOthers) !== 0)
    findings.push(
      warning(
        about,
        `other users of this machine can read ${dataDir}, which contains drafts and hashes of keys; run chmod 700`,
      ),
    );
  return findings;
}

async function insideOf(database: Database, { progress = () => undefined }: Examination): Promise<Finding[]> {
  progress("Checking the database server");
  const findings = [...(await server(database))];
  progress("Comparing the tables with the schema");
  const tables = await tablesOf(database);
  findings.push(...tables);
  if (tables.some(({ state }) => state === "fault")) return findings;
  findings.push(
    ...(await recordOf(database, progress)),
    ...(await rejectedOf(database, progress)),
    ...(await doubtsOf(database, progress)),
    await keysOf(database),
  );
  return findings;
}

interface ServerFacts {
  readonly version: string;
  readonly number: number;
  readonly encoding: string;
  readonly fsync: string;
  readonly pages: string;
  readonly commit: string;
  readonly isReplica: boolean;
  readonly now: Date;
}

const oldestServer = 150_000;
const farApartMs = 5_000;

async function server({ mode, pool }: Database): Promise<Finding[]> {
  const { rows } = await pool.query<ServerFacts>(
    `SELECT current_setting('server_version') AS version, current_setting('server_version_num')::int AS number, current_setting('server_encoding') AS encoding,
       current_setting('fsync') AS fsync, current_setting('full_page_writes') AS pages, current_setting('synchronous_commit') AS commit,
       pg_is_in_recovery() AS "isReplica", clock_timestamp() AS now`,
  );
  const [facts] = rows;
  if (!facts) return [fault("database", "it does not report its version")];
  const apart = Math.abs(facts.now.getTime() - Date.now());
  return [
    facts.number < oldestServer
      ? fault("database", `Postgres ${facts.version} is older than 15`)
      : ok("database", `${mode === "embedded" ? "embedded " : ""}Postgres ${facts.version}`),
    ...(facts.encoding === "UTF8" ? [] : [fault("database", `its encoding is ${facts.encoding}, but must be UTF8`)]),
    ...(facts.isReplica ? [fault("database", "it is a read-only replica: DATABASE_URL must name the primary")] : []),
    // The embedded database runs in a process that outlives the service; only a server's settings matter for power failures.
    ...(mode === "postgres" && facts.fsync === "off"
      ? [warning("database", "fsync is off: a power failure may corrupt it")]
      : []),
    ...(mode === "postgres" && facts.pages === "off"
      ? [warning("database", "full_page_writes is off: a power failure may corrupt it")]
      : []),
    ...(mode === "postgres" && facts.commit === "off"
      ? [warning("database", "synchronous_commit is off: the latest acknowledged writes may be lost")]
      : []),
    ...(apart > farApartMs
      ? [
          warning(
            "database",
            `its clock differs by ${String(Math.round(apart / 1000))} s from that of this machine; the history uses the clock of the database`,
          ),
        ]
      : []),
  ];
}

async function tablesOf({ url }: Database): Promise<Finding[]> {
  const about = "tables";
  const { applied, pending, unknown, edited, failed, drift, underived } = await diagnose(url, declaredRecords);
  const findings = [
    ...(pending.length > 0
      ? [
          fault(
            about,
            `${pending.join(", ")} ${pending.length === 1 ? "is" : "are"} to be applied: run \`sidelines migrate\` or start the service`,
          ),
        ]
      : []),
    ...(unknown.length > 0
      ? [fault(about, `a newer version of Sidelines migrated it (${unknown.join(", ")}): use that version`)]
      : []),
    ...(failed.length > 0
      ? [
          fault(
            about,
            `${failed.join(", ")} was started by another tool and not finished: see \`prisma migrate resolve\``,
          ),
        ]
      : []),
    ...(edited.length > 0 ? [warning(about, `${edited.join(", ")} was changed after it had been applied here`)] : []),
    ...(drift === null
      ? []
      : [
          fault(
            about,
            `they differ from the schema; see \`sidelines migrate --check\`: ${drift.trim().split("\n")[0] ?? ""}`,
          ),
        ]),
    ...underived.map((sentence) =>
      fault(about, `${sentence} \`sidelines migrate\`, or a start of the service, derives it`),
    ),
  ];
  return findings.length > 0 ? findings : [ok(about, `${String(applied.length)} migrations, as in this version`)];
}

async function recordOf({ url, pool }: Database, progress: (step: string) => void): Promise<Finding[]> {
  const faults = await audit(url, (rule) => {
    progress(`Checking that ${rule}`);
  });
  if (faults.length > 0)
    return faults.map(({ rule, count, examples }) =>
      fault(
        "record",
        `rule broken: ${rule}: ${String(count)} times, in ${examples.join(", ")}${count > examples.length ? " …" : ""}`,
      ),
    );
  const ahead = await dateAhead(pool);
  const { rows } = await pool.query<{ documents: number; meetings: number }>(
    `SELECT (SELECT count(*) FROM "Document") AS documents, (SELECT count(*) FROM "Meeting") AS meetings`,
  );
  const { documents = 0, meetings = 0 } = rows[0] ?? {};
  return [
    ok(
      "record",
      `all rules hold: ${documents.toLocaleString("en")} documents, ${meetings.toLocaleString("en")} meetings`,
    ),
    ...ahead,
  ];
}

const mostListed = 20;

// Mutations and imports reject these records; an earlier version or SQL let them in.
async function rejectedOf(database: Database, progress: (step: string) => void): Promise<Finding[]> {
  const faults = await storedFaults(database, (label) => {
    progress(`Applying the rules to ${label}`);
  });
  const more = faults.length - mostListed;
  return [
    ...faults.slice(0, mostListed).map(({ message }) => fault("record", message)),
    ...(more > 0 ? [fault("record", `${String(more)} more faults of this kind`)] : []),
  ];
}

// Mutations and imports reject such seats unless they are acknowledged; earlier versions accepted them.
async function doubtsOf(database: Database, progress: (step: string) => void): Promise<Finding[]> {
  progress("Checking the offices of participants");
  const seats = await rejectedSeats(database);
  if (seats.length === 0) return [];
  const listed = seats.slice(0, mostListed).join(", ");
  const more = seats.length > mostListed ? ` and ${String(seats.length - mostListed)} more` : "";
  const advice = "correct the seat or the tenures, or set isOfficeDoubtful";
  return [
    warning(
      "record",
      `seats name a person in an office that the record says was not held on that day: ${listed}${more}; ${advice}`,
    ),
  ];
}

/** Whether the last change is dated later than now, because the clock of the database ran ahead. */
async function dateAhead(pool: Database["pool"]): Promise<Finding[]> {
  const { rows } = await pool.query<{ at: Date; seconds: number }>(
    `SELECT "at", extract(epoch FROM "at" - clock_timestamp())::float8 AS seconds FROM (SELECT "at" FROM "Act" ORDER BY "number" DESC LIMIT 1) AS last WHERE "at" > clock_timestamp() + interval '1 second'`,
  );
  const [last] = rows;
  if (!last) return [];
  const advice =
    "set the clock of the database right, then run `sidelines clock --redate` (docs/operations.md, Clocks)";
  return [
    warning(
      "record",
      `the last change is dated ${last.at.toISOString()}, ${String(Math.ceil(last.seconds))} s ahead of the database's clock: ${advice}`,
    ),
  ];
}

async function keysOf({ prisma }: Database): Promise<Finding> {
  const now = Date.now();
  const inForce = (await listKeys(prisma)).filter(
    ({ revokedAt, expiresAt }) => revokedAt === null && (expiresAt === null || expiresAt.getTime() > now),
  );
  const lasting = inForce.filter(({ expiresAt, scope }) => expiresAt === null && scope !== "READ");
  const count = `${String(inForce.length)} active`;
  return lasting.length === 0
    ? ok("keys", count)
    : warning(
        "keys",
        `${count}; ${String(lasting.length)} of them can write without an expiry date: create keys with --expires`,
      );
}

function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
