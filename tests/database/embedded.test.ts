import { fork } from "node:child_process";
import { chmodSync, readdirSync, readFileSync } from "node:fs";
import { mkdir, mkdtemp, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import pg from "pg";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { openEmbedded, type Embedded, type EmbeddedOptions } from "../../src/database/embedded/open.js";
import { ownerOf, takeFolder, type Lock, type Owner } from "../../src/database/embedded/lock.js";
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
    const megabytes = (): number => Number(/VmRSS:\s+(\d+)/.exec(readFileSync(`/proc/${String(pid)}/status`, "utf8"))?.[1]) / 1024;
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
    await expect.poll(() => ask(first.url, "SELECT answer FROM kept").catch(() => []), { timeout: 20_000 }).toEqual([{ answer: 42 }]);
  });

  it("is started again at the same address when it hangs", async () => {
    const said: string[] = [];
    const embedded = await open({ hungAfterMs: 1_500, log: { ...quiet, error: (message) => said.push(message) } });
    const endless = "DO $$ BEGIN LOOP NULL; END LOOP; END $$";
    await expect(ask(embedded.url, endless)).rejects.toThrow();
    await expect.poll(() => ask(embedded.url, "SELECT 1 AS one").catch(() => []), { timeout: 20_000 }).toEqual([{ one: 1 }]);
    expect(said.join("\n")).toMatch(/has not answered for 1500 ms/);
  });

  it("ends by itself when it hangs after whoever started it has left, and is started again by whoever uses it", async () => {
    const first = await open({ hungAfterMs: 1_000 });
    const said: string[] = [];
    const second = await open({ log: { ...quiet, error: (message) => said.push(message) } });
    expect(second.joined).toBe(true);
    await ask(second.url, "CREATE TABLE kept AS SELECT 42 AS answer");
    await first.close();
    const pid = ownerPid();
    // Statements with a time of their own have it, whoever is left to look.
    await ask(second.url, "BEGIN; SET LOCAL statement_timeout = 60000; DO $$ DECLARE until timestamptz := clock_timestamp() + interval '6 seconds'; BEGIN WHILE clock_timestamp() < until LOOP NULL; END LOOP; END $$; COMMIT");
    expect(ownerPid()).toBe(pid);
    await expect(ask(second.url, "DO $$ BEGIN LOOP NULL; END LOOP; END $$")).rejects.toThrow();
    await expect.poll(() => ask(second.url, "SELECT answer FROM kept").catch(() => []), { timeout: 20_000 }).toEqual([{ answer: 42 }]);
    expect(said.join("\n")).toMatch(/^the embedded database ended \(/);
  }, 60_000);

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
    expect(await ask(embedded.url, "SELECT current_setting('server_encoding') AS encoding")).toEqual([{ encoding: "UTF8" }]);
    await embedded.close();
    await expect(ask(embedded.url, "SELECT 1")).rejects.toThrow(/ECONNREFUSED/);
  });

  it("does not open data of another version of Postgres", async () => {
    await mkdir(join(folder, "postgres"));
    await writeFile(join(folder, "postgres", "PG_VERSION"), "16\n");
    await expect(open()).rejects.toThrow(/are of Postgres 16, but the embedded database is Postgres 18/);
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
    await expect(openEmbedded({ dataDir: join(folder, "file", "below"), log: quiet })).rejects.toThrow(/a part of its path is a file/);
  });

  // Making folders there in Node's own recursive way never comes back.
  it.skipIf(process.platform !== "linux")("says that nothing can be made in a folder, instead of trying for ever", async () => {
    const refusal = (path: string): RegExp => new RegExp(`^cannot use the data folder ${path}: nothing can be made there; set SIDELINES_DATA_DIR to another$`);
    await expect(openEmbedded({ dataDir: "/proc/sidelines/data", log: quiet })).rejects.toThrow(refusal("/proc/sidelines/data"));
    // Its owner may seem to have the right.
    if (process.getuid?.() === 0) await expect(openEmbedded({ dataDir: "/proc", log: quiet })).rejects.toThrow(refusal("/proc"));
  });

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
  const write = (values: Partial<Owner>): Promise<void> =>
    writeFile(join(folder, "owner.7.json"), JSON.stringify({ ...owner, ...values }));

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

  it("is respected of another machine while that says it is alive", async () => {
    await write({});
    expect(await takeFolder(folder, "p")).toEqual(owner);
    const { utimes } = await import("node:fs/promises");
    const longAgo = new Date(Date.now() - 120_000);
    await utimes(join(folder, "owner.7.json"), longAgo, longAgo);
    expect(await ownerOf(folder)).toBeUndefined();
    await rm(join(folder, "owner.7.json"));
  });
});
