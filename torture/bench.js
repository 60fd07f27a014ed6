// What the cases share: a Postgres with the seeds, a service over it, and keys.
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { buildSchema } from "graphql";
import { randomStream } from "../bench/record/random.js";
import { startPostgres } from "./postgres.js";
import { assertAlive, assertRefusedWell } from "./run.js";
import { ask, havePatience, sidelines, startService } from "./service.js";

const root = dirname(dirname(fileURLToPath(import.meta.url)));

/**
 * Answers are not kept, so that every request is read. A busy machine is late for everything, for which requests would be
 * turned away: only the case that tries this has it.
 */
const settingsFor = (patience) => ({
  LOG_LEVEL: "info",
  SIDELINES_CACHE_MB: "0",
  SIDELINES_MAX_EVENT_LOOP_DELAY_MS: "0",
  SIDELINES_STATEMENT_TIMEOUT_MS: String(8_000 * patience),
  SIDELINES_QUERY_TIMEOUT_MS: String(10_000 * patience),
  SIDELINES_MUTATION_TIMEOUT_MS: String(30_000 * patience),
});

/** Opens what the cases share; things are started when they are first asked for. */
export async function openBench({ isShort, seed, patience }) {
  havePatience(patience);
  const settings = settingsFor(patience);
  const closers = [];
  const postgres = await startPostgres();
  closers.push(() => postgres.stop());
  const databases = await openDatabases(postgres);
  const seededUrl = await databases.copy("seeded");
  const service = await startService({ ...settings, DATABASE_URL: seededUrl });
  closers.push(() => service.stop());
  const bench = {
    isShort,
    patience,
    root,
    postgres,
    service,
    seededUrl,
    keys: keysFor(seededUrl),
    key: (scope, env = { DATABASE_URL: seededUrl }) => createKey(scope, env),
    schema: buildSchema(readFileSync(join(root, "schema.graphql"), "utf8")),
    random: (label) => randomStream(`${seed}/${label}`),
    /** A number, smaller where time is short. */
    many: (long, short) => (isShort ? short : long),
    /** A copy of the seeded database, or an empty one, that the case may ruin. */
    database: databases.forCase,
    ids: once(() => idsOf(service)),
    victim: once(() => startVictim(closers)),
    ...requestsTo(service, patience),
    ...openCase({ ...settings, DATABASE_URL: seededUrl }),
    async close() {
      await bench.cleanUp();
      for (const close of closers.reverse()) await close();
    },
  };
  return bench;
}

function once(open) {
  let opened;
  return () => (opened ??= open());
}

/** Databases with the seeds. They are imported once: a database in use cannot be copied, so the shared one is a copy too. */
async function openDatabases(postgres) {
  const pattern = await postgres.createDatabase("pattern");
  sidelines({ DATABASE_URL: pattern }, "import", join(root, "seeds/report"), join(root, "seeds/facts"));
  let count = 0;
  const copy = async (name) => {
    await postgres.statement("postgres", `CREATE DATABASE "${name}" TEMPLATE "pattern"`);
    return postgres.url(name);
  };
  const forCase = async ({ empty = false } = {}) => {
    const name = `case_${++count}`;
    return { name, url: empty ? await postgres.createDatabase(name) : await copy(name) };
  };
  return { copy, forCase };
}

function createKey(scope, env) {
  return JSON.parse(sidelines(env, "key", "create", "--name", `${scope} of the bench`, "--scope", scope, "--json")).key;
}

function keysFor(url) {
  const bearer = (scope) => `Bearer ${createKey(scope, { DATABASE_URL: url })}`;
  return { edit: bearer("EDIT"), other: bearer("EDIT"), read: bearer("READ") };
}

/** Requests to the shared service, and the checks of its responses. */
function requestsTo(service, patience) {
  const withinMs = 1_000 * patience;
  return {
    /** A request to the shared service that has to be refused well, or answered. */
    async attack(query, { variables, statuses, codes, service: at = service, ...rest } = {}) {
      const answer = await ask(at, query, variables, rest);
      assertRefusedWell(answer, { statuses, codes, withinMs });
      return answer;
    },
    assertWell: (answer, expected = {}) => assertRefusedWell(answer, { withinMs, ...expected }),
    assertAlive: () => assertAlive(service, 5_000 * patience),
  };
}

/** Services and folders that end with the case which asked for them. */
function openCase(env) {
  const later = [];
  return {
    /** A service with settings of its own, which ends with the case. */
    async serve(settings = {}) {
      const started = await startService({ ...env, ...settings });
      later.push(() => (started.isAlive() ? started.kill() : undefined));
      return started;
    },
    /** A temporary folder, which goes with the case. */
    folder() {
      const made = mkdtempSync(join(tmpdir(), "sidelines-torture-"));
      later.push(() => rmSync(made, { recursive: true, force: true }));
      return made;
    },
    /** Undone when the case ends, however it ends. */
    afterwards: (act) => void later.push(act),
    async cleanUp() {
      // One that cannot be undone must not keep the others from it.
      for (const act of later.splice(0).reverse()) {
        try {
          await act();
        } catch (error) {
          console.error(`could not be undone: ${error.message}`);
        }
      }
    },
  };
}

/** Ids of what the record holds, for questions drawn by chance. */
async function idsOf(service) {
  const lists = [
    ["meetings", 8],
    ["persons", 8],
    ["states", 8],
    ["forums", 5],
    ["documents", 5],
  ];
  const { json } = await ask(
    service,
    `{ ${lists.map(([name, first]) => `${name}(first: ${first}) { nodes { id } }`).join(" ")} }`,
  );
  return Object.values(json.data).flatMap(({ nodes }) => nodes.map(({ id }) => id));
}

/** A Postgres of its own that cases may kill and freeze, with the database `record` in it; they leave it running. */
async function startVictim(closers) {
  const victim = await startPostgres();
  closers.push(() => victim.stop());
  sidelines({ DATABASE_URL: await victim.createDatabase("record") }, "import", join(root, "seeds/report"));
  return victim;
}
