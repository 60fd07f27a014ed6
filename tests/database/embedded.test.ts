import { fork } from "node:child_process";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import {
  appendFile,
  cp,
  mkdir,
  mkdtemp,
  open as openFile,
  rename,
  rm,
  stat,
  truncate,
  writeFile,
} from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { EmbeddedError, openEmbedded, type Embedded, type EmbeddedOptions } from "../../src/database/embedded/open.js";
import { CopiedFolderError, ownerOf, takeFolder, type Lock, type Owner } from "../../src/database/embedded/lock.js";
import { quiet } from "../support/database.js";
import { copyEmbedded } from "../support/templates.js";

let folder: string;
let opened: Embedded[] = [];

beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-embedded-"));
});
afterEach(async () => {
  await Promise.all(opened.map((embedded) => embedded.close()));
  opened = [];
  await expect.poll(() => lockFiles(), { timeout: 10_000 }).toEqual([]);
  await rm(folder, { recursive: true, force: true });
});

async function open(options: Partial<EmbeddedOptions> = {}): Promise<Embedded> {
  if (readdirSync(folder).length === 0) await copyEmbedded(folder);
  const embedded = await openEmbedded({ dataDir: folder, log: quiet, ...options });
  opened.push(embedded);
  return embedded;
}

function lockFiles(): string[] {
  return readdirSync(folder).filter((name) => name.startsWith("owner."));
}

function ownerPid(): number {
  return (JSON.parse(readFileSync(join(folder, lockFiles()[0] ?? ""), "utf8")) as Owner).pid;
}

/** Overwrites some bytes of a file, and leaves its length as it is. */
async function overwrite(path: string, at: number): Promise<void> {
  const file = await openFile(path, "r+");
  await file.write(Buffer.alloc(16, 0xff), 0, 16, at);
  await file.close();
}

async function ask(url: string, sql: string): Promise<unknown[]> {
  const client = new pg.Client({ connectionString: url });
  client.on("error", () => undefined);
  await client.connect();
  try {
    return (await client.query<Record<string, unknown>>(sql)).rows;
  } finally {
    await client.end();
  }
}

describe("the embedded database", () => {
  it.skipIf(process.platform !== "linux")("forgets what it has answered", async () => {
    const { url } = await open();
    const pid = ownerPid();
    const megabytes = (): number =>
      Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1]) / 1024;
    const client = new pg.Client({ connectionString: url });
    await client.connect();
    const answer = 50_000;
    const ask = async (times: number): Promise<void> => {
      for (let time = 0; time < times; time += 1) await client.query("SELECT repeat('x', $1) AS value", [answer]);
    };
    try {
      await ask(500);
      const before = megabytes();
      await ask(2_000);
      // Kept, they would take 100.
      expect(megabytes() - before).toBeLessThan(50);
    } finally {
      await client.end();
    }
  });

  it("keeps its data from one start to the next", async () => {
    const first = await open();
    await ask(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.close();
    const second = await open();
    expect(second.joined).toBe(false);
    expect(await ask(second.url, "SELECT answer FROM kept")).toEqual([{ answer: 42 }]);
  });

  it("has one owner for each folder, whom others join", async () => {
    await copyEmbedded(folder);
    const all = await Promise.all([open(), open(), open()]);
    expect(all.filter(({ joined }) => !joined)).toHaveLength(1);
    expect(new Set(all.map(({ url }) => url)).size).toBe(1);
    expect(lockFiles()).toHaveLength(1);
  });

  it("outlives the process that started it while others use it", async () => {
    const first = await open();
    const second = await open();
    await first.close();
    expect(await ask(second.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
    await second.close();
    await expect.poll(() => lockFiles()).toEqual([]);
  });

  it("is taken over from a dead owner, and keeps what was committed", async () => {
    const first = await open();
    await ask(first.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    process.kill(ownerPid(), "SIGKILL");
    await expect
      .poll(() => ask(first.url, "SELECT answer FROM kept").catch(() => []), { timeout: 20_000 })
      .toEqual([{ answer: 42 }]);
  });

  it("is started again at the same address when it hangs", async () => {
    const said: string[] = [];
    const embedded = await open({ hungAfterMs: 1_500, log: { ...quiet, error: (message) => said.push(message) } });
    const endless = "DO $$ BEGIN LOOP NULL; END LOOP; END $$";
    await expect(ask(embedded.url, endless)).rejects.toThrow();
    await expect
      .poll(() => ask(embedded.url, "SELECT 1 AS one").catch(() => []), { timeout: 20_000 })
      .toEqual([{ one: 1 }]);
    expect(said.join("\n")).toMatch(/has not answered for 1500 ms/);
  });

  it("ends itself when it hangs after its parent has left, and its next client restarts it", async () => {
    const first = await open({ hungAfterMs: 1_000 });
    const said: string[] = [];
    const second = await open({ log: { ...quiet, error: (message) => said.push(message) } });
    expect(second.joined).toBe(true);
    await ask(second.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.close();
    const pid = ownerPid();
    // A statement with its own timeout may take that long, whichever process watches it.
    await ask(
      second.url,
      "BEGIN; SET LOCAL statement_timeout = 60000; DO $$ DECLARE until timestamptz := clock_timestamp() + interval '6 seconds'; BEGIN WHILE clock_timestamp() < until LOOP NULL; END LOOP; END $$; COMMIT",
    );
    expect(ownerPid()).toBe(pid);
    await expect(ask(second.url, "DO $$ BEGIN LOOP NULL; END LOOP; END $$")).rejects.toThrow();
    await expect
      .poll(() => ask(second.url, "SELECT answer FROM kept").catch(() => []), { timeout: 20_000 })
      .toEqual([{ answer: 42 }]);
    expect(said.join("\n")).toMatch(/^the embedded database ended \(/);
  });

  it("ends with its parent, however that ends", async () => {
    await copyEmbedded(folder);
    const entry = fileURLToPath(new URL("./embedded.holder.ts", import.meta.url));
    const holder = fork(entry, [folder], { execArgv: ["--import", createRequire(import.meta.url).resolve("tsx")] });
    await new Promise((resolve) => holder.once("message", resolve));
    const pid = ownerPid();
    holder.kill("SIGKILL");
    await expect.poll(() => isAlive(pid), { timeout: 10_000 }).toBe(false);
    expect(lockFiles()).toEqual([]);
  });

  it.skipIf(process.platform === "win32")(
    "makes a folder that only its owner can read, and so is the file with the password",
    async () => {
      const made = join(folder, "made");
      opened.push(await openEmbedded({ dataDir: made, log: quiet }));
      const [name = ""] = readdirSync(made).filter((file) => file.startsWith("owner."));
      expect([(await stat(made)).mode & 0o777, (await stat(join(made, name))).mode & 0o777]).toEqual([0o700, 0o600]);
    },
  );

  it("asks for its password", async () => {
    const { url } = await open();
    const wrong = new URL(url);
    wrong.password = "guess";
    await expect(ask(wrong.href, "SELECT 1")).rejects.toThrow(/wrong password/);
    const [lock] = lockFiles();
    expect(readFileSync(join(folder, lock ?? ""), "utf8")).toContain(new URL(url).password);
  });

  it("keeps nothing in memory once closed", async () => {
    const embedded = await openEmbedded({ dataDir: undefined, log: quiet });
    expect(await ask(embedded.url, "SELECT current_setting('server_encoding') AS encoding")).toEqual([
      { encoding: "UTF8" },
    ]);
    await embedded.close();
    await expect(ask(embedded.url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  });

  it("does not open data of another version of Postgres", async () => {
    await mkdir(join(folder, "postgres"));
    await writeFile(join(folder, "postgres", "PG_VERSION"), "16\n");
    await expect(open()).rejects.toThrow(/are of Postgres 16, but the embedded database is Postgres 18/);
  });

  describe("on a folder that was copied while its original was in use", () => {
    let copy: string;
    beforeEach(() => void (copy = `${folder}-copy`));
    afterEach(() => rm(copy, { recursive: true, force: true }));
    const refusal =
      /the data folder .*-copy was copied from one that a service was using.*`sidelines backup`.*owner\.\d+\.json/;

    it("refuses to open it, and leaves the original alone", async () => {
      const original = await open();
      await ask(original.url, "CREATE TABLE kept AS SELECT 1 AS answer");
      await cp(folder, copy, { recursive: true, preserveTimestamps: true });
      await expect(openEmbedded({ dataDir: copy, log: quiet })).rejects.toThrow(refusal);
      expect(await ask(original.url, "SELECT answer FROM kept")).toEqual([{ answer: 1 }]);
      // The original can still be joined, and after it has ended the copy is still a copy.
      expect((await open()).joined).toBe(true);
      await Promise.all(opened.splice(0).map((embedded) => embedded.close()));
      await expect.poll(() => lockFiles(), { timeout: 10_000 }).toEqual([]);
      await expect(openEmbedded({ dataDir: copy, log: quiet })).rejects.toThrow(refusal);
    });

    it("opens a copy that was made while nothing used the original, apart from it", async () => {
      const first = await open();
      await ask(first.url, "CREATE TABLE kept AS SELECT 1 AS answer");
      await first.close();
      await expect.poll(() => lockFiles(), { timeout: 10_000 }).toEqual([]);
      await cp(folder, copy, { recursive: true });
      const [original, copied] = [await open(), await openEmbedded({ dataDir: copy, log: quiet })];
      opened.push(copied);
      await ask(copied.url, "UPDATE kept SET answer = 2");
      expect(await ask(original.url, "SELECT answer FROM kept")).toEqual([{ answer: 1 }]);
    });

    it("still joins a folder that was moved while in use", async () => {
      const original = await open();
      await rename(folder, copy);
      try {
        const moved = await openEmbedded({ dataDir: copy, log: quiet });
        expect([moved.joined, moved.url]).toEqual([true, original.url]);
        await moved.close();
      } finally {
        await rename(copy, folder);
      }
    });
  });

  describe("on a damaged folder", () => {
    const path = (name: string): string => join(folder, "postgres", name);
    /** The file of a table with rows, written after the tables were counted last. */
    const relation = async (): Promise<string> => {
      const embedded = await open();
      await ask(
        embedded.url,
        "CREATE TABLE filled AS SELECT n, repeat('x', 500) AS text FROM generate_series(1, 1000) AS n",
      );
      await ask(embedded.url, "CREATE INDEX ON filled (n)");
      const rows = await ask(embedded.url, "SELECT pg_relation_filepath('filled') AS path");
      await embedded.close();
      await expect.poll(() => lockFiles(), { timeout: 10_000 }).toEqual([]);
      return (rows[0] as { path: string }).path;
    };

    it.each([
      ["its version is missing", () => rm(path("PG_VERSION")), /the file PG_VERSION is missing/],
      ["its version is empty", () => writeFile(path("PG_VERSION"), ""), /the file PG_VERSION does not hold a version/],
      ["its control file is missing", () => rm(path("global/pg_control")), /the file global\/pg_control is missing/],
      [
        "its control file is zeroed",
        () => writeFile(path("global/pg_control"), Buffer.alloc(8_192)),
        /holds nothing but zeros/,
      ],
      ["its control file is cut off", () => truncate(path("global/pg_control"), 100), /global\/pg_control is cut off/],
      [
        "its control file is something else",
        () => writeFile(path("global/pg_control"), Buffer.alloc(8_192, 7)),
        /not a control file/,
      ],
      [
        "a part of its control file is overwritten",
        () => overwrite(path("global/pg_control"), 40),
        /Postgres does not start on it/,
      ],
      ["its write-ahead log is missing", () => rm(path("pg_wal"), { recursive: true }), /the folder pg_wal is missing/],
      [
        "the write-ahead log is empty",
        async () => {
          for (const name of readdirSync(path("pg_wal")))
            if (/^[0-9A-F]{24}$/.test(name)) await rm(path(`pg_wal/${name}`));
        },
        /Postgres does not start on it/,
      ],
      ["its tables are missing", () => rm(path("base/5"), { recursive: true }), /the folder base\/5 is missing/],
      ["a table is missing", async () => rm(path(await relation())), /the file base\/5\/\d+ \(filled\) is missing/],
      [
        "a table is empty",
        async () => truncate(path(await relation()), 0),
        /the file base\/5\/\d+ \(filled\) is cut off/,
      ],
      [
        "a table ends within a page",
        async () => truncate(path(await relation()), 10_000),
        /the file base\/5\/\d+ \(filled\) is cut off/,
      ],
    ])("says that it is damaged and how to restore it: %s", async (_what, damage, found) => {
      await copyEmbedded(folder);
      await damage();
      const error = await open().catch((refused: unknown) => refused);
      expect(error).toBeInstanceOf(EmbeddedError);
      const { message } = error as EmbeddedError;
      expect(message).toMatch(found);
      expect(message).toContain(`the data folder ${folder} is damaged: `);
      expect(message).toContain(`sidelines restore --data-dir ${folder} <backup>`);
    });
  });

  it("opens a folder with files that are shorter or longer than counted, as a crash may leave them", async () => {
    const first = await open();
    await ask(first.url, "CREATE TABLE emptied AS SELECT n FROM generate_series(1, 10000) AS n");
    await ask(first.url, "CREATE INDEX ON emptied (n)");
    await ask(first.url, "ANALYZE emptied");
    await ask(first.url, "DELETE FROM emptied");
    await ask(first.url, "VACUUM emptied");
    // The count is written after the file was cut.
    await ask(first.url, "UPDATE pg_class SET relpages = 45 WHERE relname = 'emptied'");
    const [{ path }] = (await ask(first.url, "SELECT pg_relation_filepath('emptied') AS path")) as [{ path: string }];
    await first.close();
    await expect.poll(() => lockFiles(), { timeout: 30_000 }).toEqual([]);
    await appendFile(join(folder, "postgres", path), "a part of a page");
    const again = await open();
    expect(await ask(again.url, "SELECT count(*)::int AS rows FROM emptied")).toEqual([{ rows: 0 }]);
  });

  it("starts afresh after a first start that was cut off", async () => {
    await mkdir(join(folder, "postgres.new"));
    await writeFile(join(folder, "postgres.new", "PG_VERSION"), "18\n");
    const embedded = await open();
    expect(await ask(embedded.url, "SELECT 1 AS one")).toEqual([{ one: 1 }]);
  });

  it("says what is wrong with a folder", async () => {
    await writeFile(join(folder, "file"), "");
    await expect(openEmbedded({ dataDir: join(folder, "file"), log: quiet })).rejects.toThrow(
      /cannot use the data folder .*file: it is a file; set SIDELINES_DATA_DIR to another/,
    );
    await expect(openEmbedded({ dataDir: join(folder, "file", "below"), log: quiet })).rejects.toThrow(
      /a part of its path is a file/,
    );
  });

  // Making folders there in Node's own recursive way never comes back.
  it.skipIf(process.platform !== "linux")(
    "says that nothing can be made in a folder, instead of trying for ever",
    async () => {
      const refusal = (path: string): RegExp =>
        new RegExp(
          `^cannot use the data folder ${path}: nothing can be made there; set SIDELINES_DATA_DIR to another$`,
        );
      await expect(openEmbedded({ dataDir: "/proc/sidelines/data", log: quiet })).rejects.toThrow(
        refusal("/proc/sidelines/data"),
      );
      // Its owner may seem to have the right.
      if (process.getuid?.() === 0)
        await expect(openEmbedded({ dataDir: "/proc", log: quiet })).rejects.toThrow(refusal("/proc"));
    },
  );

  // Root may write anywhere.
  it.skipIf(process.getuid?.() === 0)("says that a folder is read-only", async () => {
    chmodSync(folder, 0o500);
    await expect(open()).rejects.toThrow(/this user may not write there/);
    chmodSync(folder, 0o700);
  });
});

function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch {
    return false;
  }
}

describe("the lock of a data folder", () => {
  const isLock = (result: Lock | Owner): result is Lock => "release" in result;

  it("goes to one of many that ask at once", async () => {
    const results = await Promise.all(Array.from({ length: 20 }, () => takeFolder(folder, "p")));
    expect(results.filter(isLock)).toHaveLength(1);
    await results.find(isLock)?.release();
    expect(await ownerOf(folder)).toBeUndefined();
  });

  const owner = { pid: process.pid, host: "elsewhere", startedAt: null, port: 1, password: "p" };
  const write = async (values: Partial<Owner>): Promise<Owner> => {
    const { ino, dev } = await stat(folder, { bigint: true });
    const written = { ...owner, folder: { inode: String(ino), device: String(dev) }, ...values };
    await writeFile(join(folder, "owner.7.json"), JSON.stringify(written));
    return written;
  };

  it("is taken from a process that is gone, or whose number another has now", async () => {
    const { hostname } = await import("node:os");
    await write({ host: hostname(), pid: 2 ** 22 + 1 });
    expect(await ownerOf(folder)).toBeUndefined();
    await write({ host: hostname(), startedAt: "another boot/1" });
    expect(await ownerOf(folder)).toBeUndefined();
    const lock = await takeFolder(folder, "p");
    expect(isLock(lock)).toBe(true);
    expect(lockFiles()).toEqual(["owner.8.json"]);
    if (isLock(lock)) await lock.release();
  });

  it("is respected of another machine that numbers the same disk in its own way, and not in a copy", async () => {
    const { folder: here } = await write({});
    expect((await ownerOf(folder))?.host).toBe("elsewhere");
    await write({ folder: { ...here, device: "1" } });
    expect((await ownerOf(folder))?.host).toBe("elsewhere");
    await write({ folder: { ...here, inode: "1" } });
    await expect(ownerOf(folder)).rejects.toThrow(CopiedFolderError);
    await expect(takeFolder(folder, "p")).rejects.toThrow(CopiedFolderError);
    await rm(join(folder, "owner.7.json"));
  });

  it("is respected of another machine while that says it is alive", async () => {
    const written = await write({});
    expect(await takeFolder(folder, "p")).toEqual(written);
    const { utimes } = await import("node:fs/promises");
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(join(folder, "owner.7.json"), longAgo, longAgo);
    expect(await ownerOf(folder)).toBeUndefined();
    await rm(join(folder, "owner.7.json"));
  });
});
