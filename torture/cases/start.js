// Starts that cannot go well, and must say so.
import { execFileSync } from "node:child_process";
import { createServer } from "node:net";
import { chmodSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { setTimeout as sleep } from "node:timers/promises";
import { startPostgres } from "../postgres.js";
import { Skip } from "../run.js";
import { ask, spawnService } from "../service.js";

/** Starts the service, which has to end by itself with one of these codes and say all of this. */
async function endsWith(bench, env, codes, ...said) {
  const program = spawnService(env);
  bench.afterwards(() => (program.isAlive() ? program.kill() : undefined));
  const { code } = await program.ended;
  const log = program.log();
  if (!codes.includes(code)) throw new Error(`ends with ${code}: ${log.slice(-300)}`);
  for (const pattern of said) if (!pattern.test(log)) throw new Error(`does not say ${pattern}: ${log.slice(-400)}`);
  if (/hidden/.test(log)) throw new Error("tells the password");
  if (/\n {4}at /.test(log)) throw new Error(`shows a stack: ${log.slice(-300)}`);
  return log.trim().split("\n")[0].slice(0, 100);
}

/** Whoever may do everything may write everywhere but where a file system is read-only. */
function mountReadOnly(bench, folder) {
  try {
    execFileSync("mount", ["-t", "tmpfs", "-o", "ro,size=1m", "tmpfs", folder], { stdio: "ignore" });
  } catch {
    throw new Skip("a read-only disk cannot be mounted here without more rights");
  }
  bench.afterwards(() => execFileSync("umount", ["-l", folder]));
}

export const cases = [
  {
    name: "settings that are wrong are listed at once",
    isLong: true,
    run: (bench) =>
      endsWith(
        bench,
        {
          SIDELINES_DATA_DIR: "memory://",
          PORT: "70000",
          LOG_LEVEL: "loud",
          SIDELINES_MAX_DEPTH: "many",
          SIDELINES_MAX_DEPHT: "1",
        },
        [2],
        /PORT/,
        /LOG_LEVEL/,
        /SIDELINES_MAX_DEPTH/,
        /SIDELINES_MAX_DEPHT/,
      ),
  },
  {
    name: "a port that is taken",
    isLong: true,
    run: async (bench) => {
      const other = createServer().listen(0, "127.0.0.1");
      await new Promise((resolve) => other.once("listening", resolve));
      bench.afterwards(() => other.close());
      return endsWith(bench, { DATABASE_URL: bench.seededUrl, PORT: String(other.address().port) }, [2], /taken/);
    },
  },
  {
    name: "a data folder that cannot be written",
    run: (bench) => {
      const folder = bench.folder();
      if (process.getuid() === 0) mountReadOnly(bench, folder);
      else chmodSync(folder, 0o555);
      return endsWith(bench, { SIDELINES_DATA_DIR: folder }, [2, 3], /may not write there|read-only/);
    },
  },
  {
    name: "a data folder that is a file",
    isLong: true,
    run: (bench) => {
      const file = join(bench.folder(), "file");
      writeFileSync(file, "x");
      return endsWith(bench, { SIDELINES_DATA_DIR: file }, [2, 3]);
    },
  },
  {
    name: "half of a Postgres configuration starts no empty database",
    run: async (bench) => {
      const folder = bench.folder();
      const said = await endsWith(bench, { PGHOST: "127.0.0.1", SIDELINES_DATA_DIR: folder }, [2], /PGDATABASE/);
      if (readdirSync(folder).length > 0) throw new Error("a database was begun all the same");
      return said;
    },
  },
  {
    name: "a DATABASE_URL that is empty",
    isLong: true,
    run: (bench) => endsWith(bench, { DATABASE_URL: "", SIDELINES_DATA_DIR: "memory://" }, [2], /DATABASE_URL/),
  },
  {
    name: "no database there: gives up and never tells the password",
    isLong: true,
    run: (bench) =>
      endsWith(bench, { DATABASE_URL: "postgres://somebody:hidden@127.0.0.1:1/none" }, [3], /127\.0\.0\.1:1/),
  },
  {
    name: "a database that comes while the service waits for it",
    run: async (bench) => {
      const postgres = await startPostgres();
      bench.afterwards(() => postgres.stop());
      const url = await postgres.createDatabase("late");
      await postgres.kill();
      const starting = bench.serve({ DATABASE_URL: url, SIDELINES_SEED: "false" });
      await Promise.race([starting.catch(() => undefined), sleep(1_500)]);
      await postgres.start();
      bench.assertWell(await ask(await starting, "{ meetings { totalCount } }"));
    },
  },
  {
    name: "two services migrate an empty database at once",
    isLong: true,
    seconds: 120,
    run: async (bench) => {
      const { url } = await bench.database({ empty: true });
      const services = await Promise.all([1, 2].map(() => bench.serve({ DATABASE_URL: url, SIDELINES_SEED: "false" })));
      for (const service of services) bench.assertWell(await ask(service, "{ meetings { totalCount } }"));
    },
  },
  {
    name: "a migration that fails half-way leaves nothing, and goes on once it is mended",
    run: async (bench) => {
      const { name, url } = await bench.database({ empty: true });
      await bench.postgres.statement(name, 'CREATE TABLE "Participant" ("id" int)');
      await endsWith(bench, { DATABASE_URL: url, SIDELINES_SEED: "false" }, [1, 3, 4, 5, 6], /Participant|migration/i);
      const [{ count }] = await bench.postgres.statement(
        name,
        `SELECT count(*)::int FROM pg_tables WHERE schemaname = 'public' AND tablename IN ('Meeting', 'Document')`,
      );
      if (count > 0) throw new Error("half of the migration is there");
      await bench.postgres.statement(name, 'DROP TABLE "Participant"');
      const service = await bench.serve({ DATABASE_URL: url, SIDELINES_SEED: "false" });
      bench.assertWell(await ask(service, "{ meetings { totalCount } }"));
    },
  },
  {
    name: "two services over one embedded data folder",
    isLong: true,
    seconds: 120,
    run: async (bench) => {
      const folder = join(bench.folder(), "data");
      mkdirSync(folder);
      const env = { DATABASE_URL: undefined, SIDELINES_DATA_DIR: folder, SIDELINES_SEED: "false" };
      const first = await bench.serve(env);
      const second = await bench.serve(env);
      for (const service of [first, second]) bench.assertWell(await ask(service, "{ meetings { totalCount } }"));
    },
  },
];
