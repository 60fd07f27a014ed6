import { createHash, randomUUID } from "node:crypto";
import { readFileSync, statSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { gunzipSync, gzipSync } from "node:zlib";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createKey } from "../../src/access/keys.js";
import { backUp } from "../../src/backup/backup.js";
import { checkBackup, restore } from "../../src/backup/restore.js";
import { diagnose } from "../../src/database/diagnose.js";
import { openDatabase, type Database } from "../../src/database/open.js";
import { declaredRecords } from "../../src/packs/registry.js";
import { startPostgres, quiet, testDatabase, type TestPostgres } from "../support/database.js";
import { editorOf } from "../support/editors.js";
import { removeFolders, temporaryFolder } from "../support/packs.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { createAsker } from "../support/ask.js";

const software = "1.2.3";
const document = "menafn-ians-2024-11-20-rajnath-dong-vientiane";
let folder: string;
let seeded: Seeded;
let original: string;
beforeAll(async () => {
  folder = await temporaryFolder();
  seeded = await openSeeded(["report"], "embedded");
  const { database } = seeded;
  await createKey(database.prisma, { name: "Desk", scope: "EDIT", expiresAt: null });
  const editor = editorOf(database, "desk");
  const drafted = await editor.act("recordMilestone", {
    key: "drafted",
    label: "Only drafted",
    note: "One line\u2028another\nand a third",
    on: "2024-11",
    cite: [{ document, quote: "prevent the recurrence of such events" }],
    draft: true,
  });
  expect(drafted.userErrors).toEqual([]);
  original = join(folder, "original.backup");
  await backUp(database.url, original, { software });
});
afterAll(async () => {
  await removeFolders();
  await seeded.close();
});

/** The lines of a backup but for the first, which has its moment, and the last, whose digest covers that. */
function linesOf(file: string): string[] {
  return gunzipSync(readFileSync(file)).toString("utf8").trimEnd().split("\n").slice(1, -1).sort();
}

/** The original, changed in what it says, and packed again. */
function changed(change: (text: string) => string): string {
  const file = join(folder, `${randomUUID()}.backup`);
  writeFileSync(file, gzipSync(change(gunzipSync(readFileSync(original)).toString("utf8"))));
  return file;
}

describe("a backup", () => {
  it("says what it holds, and is its owner's only", async () => {
    const report = await checkBackup(original);
    expect(report).toMatchObject({
      software,
      rows: { 'public."Document"': 1, 'public."ApiKey"': 1, 'drafts."Milestone"': 1 },
    });
    expect(statSync(original).mode & 0o077).toBe(0);
  });

  describe("that is signed", () => {
    const key = "a secret of at least thirty-two characters";
    let signed: string;
    beforeAll(async () => {
      signed = join(folder, "signed.backup");
      expect(await backUp(seeded.database.url, signed, { software, key })).toMatchObject({ isSigned: true });
    });

    type End = ["end", number, string, string?];
    /** The signed backup, changed by an attacker who can compute the digest but does not have the key. */
    function forged(
      change: (text: string) => string,
      signature: (given: string) => string | undefined = (given) => given,
    ): string {
      const lines = change(gunzipSync(readFileSync(signed)).toString("utf8"))
        .trimEnd()
        .split("\n");
      const [, rows, , given = ""] = JSON.parse(lines.pop() ?? "") as End;
      const digest = createHash("sha256")
        .update(lines.map((line) => `${line}\n`).join(""))
        .digest("hex");
      const end = ["end", rows, digest, signature(given)].filter((part) => part !== undefined);
      const file = join(folder, `${randomUUID()}.backup`);
      writeFileSync(file, gzipSync(`${[...lines, JSON.stringify(end)].join("\n")}\n`));
      return file;
    }
    const tamper = (text: string): string => text.replaceAll("Only drafted", "Drafted only");

    it("is known by its signature, and says where that was not checked", async () => {
      expect(await checkBackup(signed, { key })).toMatchObject({ signature: "verified" });
      expect(await checkBackup(signed)).toMatchObject({ signature: "unchecked" });
      expect(await checkBackup(original)).toMatchObject({ signature: "none" });
      // Without a key a forgery passes, as one that was not checked.
      expect(await checkBackup(forged(tamper))).toMatchObject({ signature: "unchecked" });
      expect(await checkBackup(forged(tamper, () => undefined))).toMatchObject({ signature: "none" });
    });

    it.each<[string, () => string, string | undefined]>([
      ["was changed", () => forged(tamper), key],
      [
        "has another signature",
        () => forged(String, (given) => given.replace(/^./, (digit) => (digit === "0" ? "1" : "0"))),
        key,
      ],
      ["has a shorter signature", () => forged(String, (given) => given.slice(0, -1)), key],
      ["was signed with another key", () => signed, `${key}!`],
    ])("is refused if it %s", async (_what, file, by) => {
      await expect(checkBackup(file(), { key: by })).rejects.toThrow("the signature does not fit");
      await expect(checkBackup(file(), { key: by, allowUnsigned: true })).rejects.toThrow("the signature does not fit");
    });

    it("is refused without its signature, unless that is allowed", async () => {
      const stripped = forged(tamper, () => undefined);
      await expect(checkBackup(stripped, { key })).rejects.toThrow(
        "the backup has no signature, and SIDELINES_BACKUP_KEY is set",
      );
      await expect(checkBackup(original, { key })).rejects.toThrow("--allow-unsigned");
      expect(await checkBackup(original, { key, allowUnsigned: true })).toMatchObject({ signature: "none" });
    });

    it("is not restored if it was changed, and is if it was not", async () => {
      const database = await testDatabase();
      try {
        await expect(restore(database.url, forged(tamper), declaredRecords, { key })).rejects.toThrow(
          "the signature does not fit",
        );
        const { rows } = await database.pool.query(`SELECT count(*)::int AS documents FROM "Document"`);
        expect(rows).toEqual([{ documents: 0 }]);
        expect(await restore(database.url, signed, declaredRecords, { key })).toMatchObject({ signature: "verified" });
      } finally {
        await database.close();
      }
    });
  });

  it("is not written over a file that is there", async () => {
    await expect(backUp(seeded.database.url, original, { software })).rejects.toThrow("is there already");
    await expect(backUp(seeded.database.url, join(folder, "nowhere", "x.backup"), { software })).rejects.toThrow(
      "there is no folder",
    );
  });

  it.each<[what: string, file: () => string, problem: RegExp]>([
    [
      "cut short",
      () => changed((text) => text.slice(0, text.lastIndexOf("\n", text.length - 2) + 1)),
      /cut short: its end is missing/,
    ],
    [
      "packed only half",
      () => {
        const file = join(folder, "half.backup");
        writeFileSync(file, readFileSync(original).subarray(0, 20_000));
        return file;
      },
      /cut short|damaged/,
    ],
    [
      "changed",
      () => changed((text) => text.replace("Rajnath Singh", "Somebody Else")),
      /changed after it was written/,
    ],
    [
      "robbed of a row",
      () => changed((text) => text.replace(/^\{"id" ?: ?"par_.*\n/m, "")),
      /changed after it was written/,
    ],
    [
      "of a later form",
      () => changed((text) => text.replace('"formatVersion":1', '"formatVersion":2')),
      /in a form that this version does not know/,
    ],
    [
      "of a newer version",
      () => changed((text) => text.replace(/2026\d+_baseline/, "20991123000000_baseline")),
      /made by Sidelines 1\.2\.3, whose tables this version does not know \(20991123000000_baseline\)/,
    ],
    ["something else that is packed", () => changed(() => "hello\n"), /is no backup of Sidelines/],
    ["nothing", () => changed(() => ""), /is empty|no backup/],
    ["not packed", () => new URL("../../package.json", import.meta.url).pathname, /no backup, or is damaged/],
    ["not there", () => join(folder, "absent.backup"), /there is no such file/],
    ["a folder", () => folder, /it is a folder/],
  ])("that is %s is refused", async (_what, file, problem) => {
    await expect(checkBackup(file())).rejects.toThrow(problem);
  });
});

describe.each(["embedded", "postgres"] as const)("restored into a database of the kind %s", (kind) => {
  let postgres: TestPostgres | undefined;
  let target: Database | undefined;
  beforeAll(async () => {
    if (kind === "embedded") target = await testDatabase();
    else {
      postgres = await startPostgres();
      if (postgres)
        target = await openDatabase(
          {
            mode: "postgres",
            url: await postgres.createDatabase({ empty: true }),
            poolSize: 4,
            statementTimeoutMs: 8_000,
          },
          quiet,
        );
    }
  });
  afterAll(async () => {
    await target?.close();
    await postgres?.stop();
  });

  it("leaves nothing behind when the backup turns out to be damaged, and can be tried again", async ({ skip }) => {
    if (!target) return skip("this machine has no Postgres server");
    const damaged = changed((text) => text.replace("Rajnath Singh", "Somebody Else"));
    await expect(restore(target.url, damaged, declaredRecords)).rejects.toThrow("changed after it was written");
    const { rows } = await target.pool.query<{ n: number }>(
      `SELECT (SELECT count(*) FROM "Document") + (SELECT count(*) FROM past."Document") + (SELECT count(*) FROM "Act") AS n`,
    );
    expect(Number(rows[0]?.n)).toBe(0);
  });

  it("is the same record to the letter, with its history, drafts and keys", async ({ skip }) => {
    if (!target) return skip("this machine has no Postgres server");
    const report = await restore(target.url, original, declaredRecords);
    expect(report).toMatchObject({ software, migrated: [] });
    const again = join(folder, `${kind}.backup`);
    await backUp(target.url, again, { software });
    expect(linesOf(again)).toEqual(linesOf(original));
    expect(await diagnose(target.url, declaredRecords)).toMatchObject({
      pending: [],
      unknown: [],
      edited: [],
      drift: null,
      underived: [],
    });
    const question = `{ nodes(ids: ["${(await seeded.ask<{ person: { id: string } }>(`{ person(slug: "rajnath-singh") { id } }`)).person.id}"]) { id ... on Person { name version meetings { nodes { title status } } history { nodes { kind act { id at } } } } } milestones { totalCount } }`;
    expect(await createAsker(target).ask(question)).toEqual(await seeded.ask(question));
    expect(await editorOf(target).ask("{ milestones { totalCount } }")).toEqual(
      await editorOf(seeded.database).ask("{ milestones { totalCount } }"),
    );
  });

  it("goes on being kept: rules hold, history is written, numbers go on", async ({ skip }) => {
    if (!target) return skip("this machine has no Postgres server");
    const before = await target.pool.query<{ number: number }>(`SELECT max("number")::int AS "number" FROM "Act"`);
    const editor = editorOf(target);
    const faulty = await editor.act("recordMilestone", { key: "no-source", label: "Without a source", cite: [] });
    expect(faulty.userErrors).not.toEqual([]);
    const sound = await editor.act<{ milestone: { history: { totalCount: number } } }>(
      "recordMilestone",
      { key: "later", label: "Recorded later", on: "2024-12", cite: [{ document, quote: "border clashes of 2020" }] },
      "milestone { history { totalCount } }",
    );
    expect(sound).toMatchObject({ userErrors: [], milestone: { history: { totalCount: 1 } } });
    const after = await target.pool.query<{ number: number }>(`SELECT max("number")::int AS "number" FROM "Act"`);
    expect(after.rows[0]?.number).toBeGreaterThan(before.rows[0]?.number ?? Infinity);
    await expect(
      target.pool.query(`UPDATE "Citation" SET "quote" = 'never said', "end" = "start" + 10 WHERE "quote" IS NOT NULL`),
    ).rejects.toThrow();
    await expect(target.pool.query(`DELETE FROM past."Person"`)).rejects.toThrow(/kept as it was written/);
  });

  it("is not restored over a record", async ({ skip }) => {
    if (!target) return skip("this machine has no Postgres server");
    await expect(restore(target.url, original, declaredRecords)).rejects.toThrow(
      "the database holds something already",
    );
  });
});
