import { execFile, spawn } from "node:child_process";
import { readdirSync, readFileSync } from "node:fs";
import { readdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { runCommand } from "../src/cli.js";
import { ownerOf } from "../src/database/embedded/lock.js";
import { openDatabase, type Database } from "../src/database/open.js";
import { exitCodes } from "../src/lib/exit-codes.js";
import { packageRoot } from "../src/lib/root.js";
import type { ExportReport } from "../src/packs/export.js";
import type { ImportReport } from "../src/packs/import.js";
import { quiet, anyDatabase } from "./support/database.js";
import { copyEmbedded } from "./support/templates.js";
import { emptyRecord, removeFolders, soundPack, temporaryFolder, writePack } from "./support/packs.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

interface Run {
  readonly code: number;
  readonly out: string;
  readonly err: string;
}

async function run(
  args: readonly string[],
  { isWatched = false, environment = {} }: { isWatched?: boolean; environment?: NodeJS.ProcessEnv } = {},
): Promise<Run> {
  let out = "";
  let err = "";
  const code = await runCommand(args, {
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isWatched,
    environment,
  });
  return { code, out, err };
}

/** With the test's database. */
function here(...args: string[]): Promise<Run> {
  return run([...args, "--database-url", database.url]);
}

describe("sidelines", () => {
  it.each([
    [["--help"], ["serve", "migrate", "import", "export", "Exit codes"]],
    [
      ["help", "import"],
      ["--dry-run", "--json", "--database-url", "--data-dir", "Examples:", "$ sidelines import"],
    ],
    [
      ["import", "--help"],
      ["<path...>", "Exit codes"],
    ],
    [
      ["export", "--help"],
      ["<target>", "--format <format>", "--on-sidelines-of <value>", "--known-at <value>", "$ sidelines export"],
    ],
    [["serve", "--help"], ["$ sidelines serve"]],
    [
      ["migrate", "--help"],
      ["--check", "--create <name>", "$ sidelines migrate"],
    ],
  ])("explains %j", async (args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, err }).toEqual({ code: exitCodes.done, err: "" });
    for (const word of words) expect(out).toContain(word);
  });

  it("tells its version", async () => {
    expect(await run(["--version"])).toMatchObject({
      code: 0,
      out: expect.stringMatching(/^\d+\.\d+\.\d+\n$/) as string,
    });
  });

  it.each([
    [["imprt"], "unknown command 'imprt'"],
    [["import"], "missing required argument 'path'"],
    [["import", "x", "--dry"], "unknown option '--dry'"],
    [["export", "a", "b"], "too many arguments"],
    [
      ["import", "x", "--data-dir", "d", "--database-url", "postgres://localhost/x"],
      "cannot be used with option '--data-dir",
    ],
    [["import", "x", "--database-url", "mysql://localhost/x"], "must begin with postgres://"],
  ])("says what is wrong with %j", async (args, words) => {
    const { code, out, err } = await run(args);
    expect({ code, out }).toEqual({ code: exitCodes.usage, out: "" });
    expect(err).toContain(words);
    expect(err).not.toMatch(/\n\s+at /);
  });

  it("takes the options of the command before the environment, half a configuration of Postgres included", async () => {
    const environment = { DATABASE_URL: "postgres://nobody@127.0.0.1:1/none", PGHOST: "127.0.0.1" };
    const { code, out } = await run(["migrate", "--json", "--database-url", database.url], { environment });
    expect({ code, out: JSON.parse(out) as unknown }).toEqual({ code: exitCodes.done, out: { applied: [] } });
  });

  it("says that there is no database, without the password", async () => {
    const { code, err } = await run(["migrate", "--database-url", "postgres://somebody:hidden@127.0.0.1:1/none"]);
    expect(code).toBe(exitCodes.database);
    expect(err).toContain("127.0.0.1:1");
    expect(err).not.toContain("hidden");
    expect(err).not.toMatch(/\n\s+at /);
  });
});

describe("sidelines migrate", () => {
  it("checks that a database agrees with this version", async () => {
    const { code, out, err } = await here("migrate", "--check");
    expect({ code, err }).toEqual({ code: exitCodes.done, err: "" });
    expect(out).toMatch(/^applied\n {2}\d{14}_baseline\n[^]*The database agrees with this version\.\n$/);
    expect(JSON.parse((await here("migrate", "--check", "--json")).out)).toMatchObject({
      agrees: true,
      pending: [],
      unknown: [],
      edited: [],
      failed: [],
      drift: null,
    });
  });

  it("ends with 3 where the tables or the history differ, and says where", async () => {
    await database.pool.query(`ALTER TABLE "Place" ADD COLUMN "mayor" text`);
    await database.pool.query(
      `INSERT INTO "_prisma_migrations" ("id", "checksum", "migration_name", "finished_at") VALUES ('x', 'x', '20991231000000_later', now())`,
    );
    try {
      const { code, out } = await here("migrate", "--check");
      expect(code).toBe(exitCodes.database);
      expect(out).toMatch(
        /unknown: .*\n {2}20991231000000_later\nunderived: [^]*"Place"\."mayor" is missing in past[^]*\ndrift: [^]*Place[^]*mayor[^]*The database does not agree with this version\.\n$/,
      );
      expect(JSON.parse((await here("migrate", "--check", "--json")).out)).toMatchObject({
        agrees: false,
        unknown: ["20991231000000_later"],
        drift: expect.stringContaining("mayor") as string,
      });
    } finally {
      await database.pool.query(`ALTER TABLE "Place" DROP COLUMN "mayor"`);
      await database.pool.query(`DELETE FROM "_prisma_migrations" WHERE "id" = 'x'`);
    }
  });

  it("writes no migration where none is needed, or where it cannot be named", async () => {
    const { code, out } = await run(["migrate", "--create", "nothing new", "--json"]);
    expect({ code, out: JSON.parse(out) as unknown }).toEqual({ code: exitCodes.done, out: { created: null } });
    const unnamed = await run(["migrate", "--create", "…"]);
    expect(unnamed).toMatchObject({
      code: exitCodes.usage,
      err: expect.stringContaining("a migration needs a name") as string,
    });
    expect(await run(["migrate", "--create", "x", "--check"])).toMatchObject({ code: exitCodes.usage });
  });
});

describe("sidelines import", () => {
  it("loads packs and tells what it did", async () => {
    const { code, out, err } = await here("import", await writePack(soundPack));
    expect({ code, err }).toEqual({ code: exitCodes.done, err: "" });
    expect(out).toMatch(
      /^Loaded .*: 14 records \(33 rows: 33 new, 0 changed, 0 as they were\)\.\n {2}Document +2 new\n/,
    );
    expect(out).toMatch(/The record is at version \d+\.\n$/);
  });

  it("reports as JSON", async () => {
    const { code, out } = await here("import", "--json", await writePack(soundPack));
    expect(code).toBe(exitCodes.done);
    expect(JSON.parse(out)).toMatchObject({
      isDryRun: false,
      updated: 0,
      records: { documents: 2, meetings: 2 },
      rows: { Document: { created: 2 } },
    });
  });

  it("writes nothing when it is a rehearsal", async () => {
    const { code, out } = await here("import", "--dry-run", await writePack(soundPack));
    expect(code).toBe(exitCodes.done);
    expect(out).toMatch(/can be loaded: .*Nothing was written\.\n$/s);
    expect(await database.prisma.document.count()).toBe(0);
  });

  it("gives a new embedded database its tables for a rehearsal, and refuses one that is out of date", async () => {
    const dataDir = path.join(await temporaryFolder(), "data");
    const there = (...args: string[]): Promise<Run> => run([...args, "--data-dir", dataDir]);
    const pack = await writePack(soundPack);
    expect(await there("import", "--dry-run", pack)).toMatchObject({ code: exitCodes.done, err: "" });
    const held = await openDatabase({ mode: "embedded", dataDir, poolSize: 2, statementTimeoutMs: 8_000 }, quiet);
    try {
      expect(await held.prisma.document.count()).toBe(0);
      // Another history than this version's: not the new database that a rehearsal may touch.
      await held.pool.query(`UPDATE "_prisma_migrations" SET "migration_name" = '20200101000000_earlier'`);
      expect(await there("import", "--dry-run", pack)).toMatchObject({
        code: exitCodes.database,
        err: expect.stringContaining("not up to date") as string,
      });
    } finally {
      await held.close();
    }
  });

  it("loses its embedded database in the middle: says so, ends, and has written nothing", async () => {
    const dataDir = await temporaryFolder();
    await copyEmbedded(dataDir);
    const pack = await writePack(soundPack);
    let err = "";
    let killed = 0;
    const killItsDatabase = (): void => {
      const [name] = readdirSync(dataDir).filter((file) => /^owner\.\d+\.json$/.test(file));
      killed = (JSON.parse(readFileSync(path.join(dataDir, name ?? ""), "utf8")) as { pid: number }).pid;
      process.kill(killed, "SIGKILL");
    };
    const code = await runCommand(["import", "--data-dir", dataDir, pack], {
      out: () => undefined,
      // Said while the transaction is open, before the first row is written.
      err: (text) => {
        err += text;
        if (killed === 0 && text.includes("Writing")) killItsDatabase();
      },
      isWatched: true,
      environment: {},
    });
    expect(killed).toBeGreaterThan(0);
    expect({ code, said: err.split("\n").filter((text) => text.includes("sidelines:")) }).toEqual({
      code: exitCodes.database,
      said: [
        expect.stringMatching(/sidelines: the database failed: .*(terminated|ended|closed|reset|P1017)/i) as string,
      ],
    });
    expect(err).not.toMatch(/\n\s+at /);
    // The process has left, so no process holds the folder, which keeps its data.
    await expect.poll(() => ownerOf(dataDir), { timeout: 30_000 }).toBeUndefined();
    const after = await openDatabase({ mode: "embedded", dataDir, poolSize: 2, statementTimeoutMs: 8_000 }, quiet);
    try {
      expect(await after.prisma.document.count()).toBe(0);
    } finally {
      await after.close();
    }
    expect((await run(["import", "--data-dir", dataDir, pack])).code).toBe(exitCodes.done);
  });

  it("counts what two packs say of one record once, and as an export counts", async () => {
    const more = await writePack({
      "x.yaml": "states: [{code: AAA, officialName: Republic of Alpha}]\nplaces: [{key: x, city: X}]\n",
    });
    const { out } = await here("import", "--json", await writePack(soundPack), more);
    const report = JSON.parse(out) as ImportReport;
    expect(report).toMatchObject({
      created: 34,
      updated: 0,
      unchanged: 0,
      records: { states: 2, places: 2 },
      rows: { Party: { created: 2, updated: 0 } },
    });
    const exported = JSON.parse(
      (await here("export", "--json", path.join(await temporaryFolder(), "copy"))).out,
    ) as ExportReport;
    const counted = Object.fromEntries(Object.entries(exported.records).filter(([, amount]) => amount > 0));
    expect(report.records).toEqual(counted);
    expect(exported.rows).toEqual(
      Object.fromEntries(Object.entries(report.rows).map(([table, { created }]) => [table, created])),
    );
  });

  it("lists every fault on a line of its own", async () => {
    const folder = await writePack({ "a.yaml": "places:\n  - {key: x, state: ABC}\n  - {kye: y}\n" });
    const { code, out, err } = await here("import", folder);
    expect({ code, out }).toEqual({ code: exitCodes.faults, out: "" });
    expect(err.split("\n").map((text) => text.replace(folder, "pack"))).toEqual([
      'pack/a.yaml:2:14: places[0].state: there is no state "ABC", neither given here nor in the record',
      "pack/a.yaml:3:5: places[1].key: is missing: text is wanted",
      'pack/a.yaml:3:6: places[1].kye: "kye" is not known here; did you mean "key"?',
      "",
      "3 faults; nothing was written.",
      "",
    ]);
  });

  it("lists faults as JSON", async () => {
    const folder = await writePack({ "a.yaml": "places: [{key: x, state: ABC}]\n" });
    const { code, out, err } = await here("import", folder, "--json");
    expect({ code, err }).toEqual({ code: exitCodes.faults, err: "" });
    expect(JSON.parse(out)).toEqual({
      total: 1,
      hints: [],
      faults: [
        {
          code: "NOT_FOUND",
          file: path.join(folder, "a.yaml"),
          line: 1,
          column: 19,
          path: "places[0].state",
          message: 'there is no state "ABC", neither given here nor in the record',
        },
      ],
    });
  });

  it("shows its progress to people only", async () => {
    const folder = await writePack(soundPack);
    const args = ["import", folder, "--database-url", database.url];
    expect((await run(args, { isWatched: true })).err).toContain("Writing ");
    expect((await run(args)).err).toBe("");
  });
});

describe("sidelines export", () => {
  it("writes a pack that can be imported", async () => {
    await here("import", await writePack(soundPack));
    const folder = path.join(await temporaryFolder(), "copy");
    const { code, out } = await here("export", folder);
    expect(code).toBe(exitCodes.done);
    expect(out).toMatch(/^Wrote 14 records \(33 rows\) in \d+ files to /);
    expect(await readdir(folder)).toContain("meetings.yaml");
    expect(JSON.parse((await here("import", "--json", folder)).out)).toMatchObject({ created: 0, updated: 0 });
  });

  it("writes a part as a pack that can be imported by itself", async () => {
    await here("import", await writePack(soundPack));
    const folder = path.join(await temporaryFolder(), "part");
    const { code, out } = await here("export", "--party", "AAA", "--party", "BBB", "--from", "2024-11-18", folder);
    expect({ code, out }).toEqual({ code: exitCodes.done, out: expect.stringMatching(/^Wrote \d+ records/) as string });
    await emptyRecord(database);
    expect(JSON.parse((await here("import", "--json", folder)).out)).toMatchObject({
      records: { meetings: 2 },
      rows: { Participant: { created: 2 } },
    });
    expect((await here("import", "--json", folder)).code).toBe(exitCodes.done);
  });

  it("writes tables, calendars and linked data, into a file or to the standard output", async () => {
    await here("import", await writePack(soundPack));
    const file = path.join(await temporaryFolder(), "meetings.csv");
    expect(JSON.parse((await here("export", "--format", "csv", "--json", file)).out)).toEqual({
      file,
      format: "csv",
      bytes: Buffer.byteLength(readFileSync(file)),
    });
    expect((await here("export", "--format", "csv", "-")).out).toBe(readFileSync(file, "utf8"));
    expect(readFileSync(file, "utf8")).toContain("2024-11-18-aaa-bbb,Alpha and Beta meet,BILATERAL");
    expect(await here("import", "--dry-run", file)).toMatchObject({ code: exitCodes.done });
    expect((await here("export", "--format", "ics", "-")).out).toMatch(
      /^BEGIN:VCALENDAR\r\n[^]*SUMMARY:Alpha and Beta meet\r\n[^]*END:VCALENDAR\r\n$/,
    );
    expect(
      (
        JSON.parse((await here("export", "--format", "jsonld", "--on-sidelines-of", "the-forum", "-")).out) as {
          "@graph": object[];
        }
      )["@graph"],
    ).toHaveLength(1);
    expect(
      (await here("export", "--format", "csv", "--known-at", "1999-01-01T00:00:00Z", "-")).out.split("\r\n"),
    ).toHaveLength(2);
  });

  it("writes a table of the record in the format that the file is named after", async () => {
    await here("import", await writePack(soundPack));
    const folder = await temporaryFolder();
    const file = path.join(folder, "parties.jsonl");
    expect((await here("export", "--table", "parties", file)).code).toBe(exitCodes.done);
    const parties = readFileSync(file, "utf8").trimEnd().split("\n");
    expect(parties.map((line) => (JSON.parse(line) as { code: string }).code).sort()).toEqual(["AAA", "BBB"]);
    const table = (await here("export", "--table", "parties", "-")).out;
    expect(table).toMatch(/^id,code,kind,[^]*\r\n$/);
    const csv = path.join(folder, "parties.csv");
    await here("export", "--table", "parties", csv);
    expect(readFileSync(csv, "utf8")).toBe(table);
    const before = (await here("export", "--table", "parties", "--known-at", "1999-01-01T00:00:00Z", "-")).out;
    expect(before.split("\r\n")).toHaveLength(2);
  });

  it.each([
    [["--table", "party", "x.csv"], '"party" is no table'],
    [["--table", "parties", "x.txt"], "A table is written as csv or jsonl."],
    [["--format", "jsonl", "x"], "Name one with --table"],
    [["--table", "parties", "--party", "AAA", "x.csv"], '"party" is no parameter here; known are knownAt'],
    [["--kind", "BILATRAL", "x"], "kind has to be one of SESSION"],
    [
      ["--known-at", "2024-01-01T00:00:00Z", "x"],
      "Packs contain the current record only. Remove knownAt, or choose another format.",
    ],
    [["--format", "xml", "x"], "Allowed choices are pack, ics, jsonld, csv, jsonl"],
    [["--format", "csv", "--known-at", "2999-01-01T00:00:00Z", "-"], "lies in the future"],
    [["--format", "csv", path.join("none", "x.csv")], "x.csv cannot be written: ENOENT"],
  ])("says what is wrong with %j", async (args, words) => {
    const { code, err } = await here("export", ...args);
    expect({ code, err }).toEqual({ code: exitCodes.usage, err: expect.stringContaining(words) as string });
  });

  it("does not write into a folder that holds something", async () => {
    const { code, err } = await here("export", await writePack({ "a.txt": "a" }));
    expect(code).toBe(exitCodes.usage);
    expect(err).toContain("is not empty; export into a new folder");
  });
});

describe("the program", () => {
  it("is built where it is stale before npm runs it, as the service is", () => {
    const { scripts } = JSON.parse(readFileSync(path.join(packageRoot(), "package.json"), "utf8")) as {
      scripts: Record<string, string>;
    };
    expect(scripts["presidelines"]).toBe(scripts["prestart"]);
  });

  it("ends with the code of its command, and keeps an embedded database in the given folder", async () => {
    const folder = await temporaryFolder();
    const tsx = path.join(packageRoot(), "node_modules", "tsx", "dist", "cli.mjs");
    const start = (...args: string[]) =>
      promisify(execFile)(process.execPath, [
        tsx,
        path.join(packageRoot(), "src", "cli.ts"),
        ...args,
        "--data-dir",
        path.join(folder, "data"),
      ]);
    const pack = await writePack(soundPack);
    const { stdout, stderr } = await start("import", "--json", pack);
    expect({ stderr, report: JSON.parse(stdout) as unknown }).toMatchObject({
      stderr: "",
      report: { updated: 0, unchanged: 0 },
    });
    await expect(start("import", path.join(folder, "none"))).rejects.toMatchObject({ code: exitCodes.faults });
    expect(await readdir(path.join(folder, "data"))).not.toEqual([]);
  });

  it("ends without a word when its reader has closed the pipe", async () => {
    const tsx = path.join(packageRoot(), "node_modules", "tsx", "dist", "cli.mjs");
    const child = spawn(process.execPath, [tsx, path.join(packageRoot(), "src", "cli.ts"), "--help"]);
    child.stdout.destroy();
    let errors = "";
    child.stderr.on("data", (chunk: Buffer) => (errors += chunk.toString()));
    const code = await new Promise((resolve) => child.once("close", resolve));
    expect([code, errors]).toEqual([exitCodes.done, ""]);
  });
});
