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
  const later = [];
  const once = (open) => {
    let opened;
    return () => (opened ??= open());
  };

  const postgres = await startPostgres();
  closers.push(() => postgres.stop());
  // Filled once: a database in use cannot be copied, so the shared one is a copy, too.
  sidelines({ DATABASE_URL: await postgres.createDatabase("pattern") }, "import", join(root, "seeds/report"), join(root, "seeds/facts"));
  const copy = async (name) => {
    await postgres.statement("postgres", `CREATE DATABASE "${name}" TEMPLATE "pattern"`);
    return postgres.url(name);
  };
  const seededUrl = await copy("seeded");
  const key = (scope, env = { DATABASE_URL: seededUrl }) => JSON.parse(sidelines(env, "key", "create", "--name", `${scope} of the bench`, "--scope", scope, "--json")).key;
  const keys = { edit: key("EDIT"), other: key("EDIT"), read: key("READ") };
  const service = await startService({ ...settings, DATABASE_URL: seededUrl });
  closers.push(() => service.stop());

  let databases = 0;
  const bench = {
    isShort,
    patience,
    root,
    postgres,
    service,
    seededUrl,
    keys: { edit: `Bearer ${keys.edit}`, other: `Bearer ${keys.other}`, read: `Bearer ${keys.read}` },
    schema: buildSchema(readFileSync(join(root, "schema.graphql"), "utf8")),
    random: (label) => randomStream(`${seed}/${label}`),
    /** A number, smaller where time is short. */
    many: (long, short) => (isShort ? short : long),
    key,

    /** A service with settings of its own, which ends with the case. */
    async serve(env = {}) {
      const started = await startService({ ...settings, DATABASE_URL: seededUrl, ...env });
      later.push(() => (started.isAlive() ? started.kill() : undefined));
      return started;
    },
    /** A copy of the seeded database, or an empty one, that the case may ruin. */
    async database({ empty = false } = {}) {
      const name = `case_${++databases}`;
      if (empty) return { name, url: await postgres.createDatabase(name) };
      return { name, url: await copy(name) };
    },
    /** A temporary folder, which goes with the case. */
    folder() {
      const made = mkdtempSync(join(tmpdir(), "sidelines-torture-"));
      later.push(() => rmSync(made, { recursive: true, force: true }));
      return made;
    },
    /** Undone when the case ends, however it ends. */
    afterwards: (act) => void later.push(act),

    /** A request to the shared service that has to be refused well, or answered. */
    async attack(query, { variables, statuses, codes, service: at = service, ...rest } = {}) {
      const answer = await ask(at, query, variables, rest);
      assertRefusedWell(answer, { statuses, codes, withinMs: 1_000 * patience });
      return answer;
    },
    assertWell: (answer, expected = {}) => assertRefusedWell(answer, { withinMs: 1_000 * patience, ...expected }),
    assertAlive: () => assertAlive(service, 5_000 * patience),
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
    async close() {
      await bench.cleanUp();
      for (const close of closers.reverse()) await close();
    },
  };

  /** Ids of what the record holds, for questions drawn by chance. */
  bench.ids = once(async () => {
    const { json } = await ask(service, "{ meetings(first: 8) { nodes { id } } persons(first: 8) { nodes { id } } states(first: 8) { nodes { id } } forums(first: 5) { nodes { id } } documents(first: 5) { nodes { id } } }");
    return Object.values(json.data).flatMap(({ nodes }) => nodes.map(({ id }) => id));
  });
  /** A Postgres of its own that cases may kill and freeze, with the database `record` in it; they leave it running. */
  bench.victim = once(async () => {
    const victim = await startPostgres();
    closers.push(() => victim.stop());
    sidelines({ DATABASE_URL: await victim.createDatabase("record") }, "import", join(root, "seeds/report"));
    return victim;
  });
  return bench;
}
