import { afterAll, beforeAll, beforeEach, describe, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { importPacks } from "../../src/packs/import.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { partKinds } from "../../src/packs/sections.js";
import { kindOf, linksBetween } from "../../src/writing/links.js";
import { inOneWrite } from "../../src/writing/transaction.js";
import { planWithdrawal, writeWithdrawal } from "../../src/writing/withdrawal.js";
import { emptyRecord, removeFolders, soundPack, writePack } from "../support/packs.js";
import { anyDatabase } from "../support/database.js";

const more = `milestones:
  - {key: clash, label: Clash, on: 2020, parties: [AAA, BBB], cite: [page]}
meetings:
  - slug: 2024-11-18-aaa-bbb
    commitments:
      - {key: talk, summary: They will talk., kind: DIALOGUE, status: AGREED, parties: [AAA, BBB], cite: [page]}
    firstSinceClaims:
      - {key: first, level: OFFICES, since: {milestone: clash}, cite: [page]}
visits:
  - {key: ada-in-alpha, person: ada-able, place: AAA/alpha-city, meetings: [the-forum-1], cite: [page]}
`;

const links = linksBetween(recordKinds, partKinds);

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
beforeEach(async () => {
  await emptyRecord(database);
  await importPacks(database, [await writePack(soundPack), await writePack({ "more.yaml": more })]);
});
afterAll(async () => {
  await removeFolders();
  await database.close();
});

/** Withdraws the record with this key; gives the faults as lines, none if it is gone. */
async function withdraw(table: string, key: string): Promise<string[]> {
  return inOneWrite(database, async (statements) => {
    const column = recordKinds.find((kind) => kind.table === table)?.keyColumn ?? "key";
    const [row] = await statements.$queryRawUnsafe<{ id: string; kind: string }[]>(
      `SELECT * FROM "${table}" WHERE "${column}" = $1`,
      key,
    );
    if (row === undefined) throw new Error(`there is no ${table} ${key}`);
    const record = { kind: kindOf(recordKinds, table, row), id: row.id, key };
    const { gone, faults } = await planWithdrawal(statements, recordKinds, links, record, {
      file: null,
      path: ["input", "id"],
    });
    if (faults.length === 0) await writeWithdrawal(statements, recordKinds, gone);
    return faults.map(({ code, message }) => `${code}: ${message}`);
  });
}

async function count(table: string): Promise<number> {
  const { rows } = await database.pool.query<{ n: number }>(`SELECT count(*)::int AS n FROM "${table}"`);
  return rows[0]?.n ?? -1;
}

describe("a withdrawal", () => {
  it("takes along what belongs to the record, to the last citation, and nothing else", async () => {
    expect(await withdraw("Meeting", "2024-11-18-aaa-bbb")).toEqual([]);
    const parts = ["Participant", "StatusReport", "Statement", "Commitment", "CommitmentParty", "FirstSinceClaim"];
    expect(await Promise.all(parts.map(count))).toEqual(parts.map(() => 0));
    expect([await count("Meeting"), await count("Milestone"), await count("Person")]).toEqual([1, 1, 2]);
    const { rows } = await database.pool.query(
      `SELECT DISTINCT "kind", "table" FROM "Change" WHERE "kind" <> 'CREATED' AND "actNumber" = (SELECT max("number") FROM "Act") ORDER BY 2`,
    );
    expect(rows).toEqual(
      ["Citation", "Commitment", "FirstSinceClaim", "Meeting", "Participant", "Statement", "StatusReport"].map(
        (table) => ({ kind: "WITHDRAWN", table }),
      ),
    );
  });

  it("settles what followed from the record", async () => {
    const { rows } = await database.pool.query<{ key: string }>(`SELECT "key" FROM "StatusReport"`);
    expect(await withdraw("StatusReport", rows[0]?.key ?? "")).toEqual([]);
    expect(
      (await database.pool.query(`SELECT "status" FROM "Meeting" WHERE "slug" = '2024-11-18-aaa-bbb'`)).rows,
    ).toEqual([{ status: "UNKNOWN" }]);
  });

  it("is refused while other records refer to it, and names each", async () => {
    const before = await count("Change");
    expect(await withdraw("Meeting", "the-forum-1")).toEqual([
      'REFERRED_TO: the meeting "2024-11-18-aaa-bbb" refers to "the-forum-1" in sidelinesOf; withdraw or correct it first',
      'REFERRED_TO: the visit "ada-in-alpha" refers to "the-forum-1" in meetings; withdraw or correct it first',
    ]);
    expect(await withdraw("Person", "ada-able")).toEqual([
      'REFERRED_TO: the seat "2024-11-18-aaa-bbb/AAA" refers to "ada-able" in person; withdraw or correct it first',
      'REFERRED_TO: the statement "2024-11-18-aaa-bbb/statements/agree" refers to "ada-able" in speaker; withdraw or correct it first',
      'REFERRED_TO: the tenure "AAA/defence-minister/ada-able" refers to "ada-able" in person; withdraw or correct it first',
      'REFERRED_TO: the visit "ada-in-alpha" refers to "ada-able" in person; withdraw or correct it first',
    ]);
    expect(await withdraw("Milestone", "clash")).toEqual([
      'REFERRED_TO: the claim "2024-11-18-aaa-bbb/first-since/first" refers to "clash" in since.milestone; withdraw or correct it first',
    ]);
    const faults = await withdraw("Document", "page");
    expect(faults).toHaveLength(15);
    expect(await withdraw("Party", "BBB")).toContain(
      'REFERRED_TO: the milestone "clash" refers to "BBB" in parties; withdraw or correct it first',
    );
    expect(await count("Change")).toBe(before);
  });

  it("names no more than one can take in, and counts the rest", async () => {
    const places = Array.from({ length: 30 }, (_, index) => `  - {key: x/${String(index)}, state: BBB}`).join("\n");
    await importPacks(database, [await writePack({ "p.yaml": `places:\n${places}` })]);
    const faults = await withdraw("Party", "BBB");
    expect(faults).toHaveLength(21);
    expect(faults.at(-1)).toMatch(/^REFERRED_TO: \d+ more records refer to "BBB"$/);
  });

  it("leaves no fact without a source", async () => {
    const { rows } = await database.pool.query<{ key: string; label: string }>(
      `SELECT "key" FROM "Citation" WHERE "tenureId" IS NOT NULL`,
    );
    const key = rows[0]?.key ?? "";
    expect(await withdraw("Citation", key)).toEqual([
      `UNCITED: ${JSON.stringify(key)} is the only source of the tenure "AAA/defence-minister/ada-able"; cite another one first, or withdraw the tenure`,
    ]);
    const another =
      "tenures: [{person: ada-able, office: AAA/defence-minister, cite: [{document: page, locator: p. 2}]}]";
    await importPacks(database, [await writePack({ "t.yaml": another })]);
    expect(await withdraw("Citation", key)).toEqual([]);
  });

  it("lets a record come again under its old id, its versions going on", async () => {
    const version = async (): Promise<unknown> =>
      (
        await database.pool.query(
          `SELECT p."id", "versionOf"('Place', p."id") AS "version" FROM "Place" p WHERE "key" = 'x'`,
        )
      ).rows[0];
    const pack = await writePack({ "p.yaml": "places: [{key: x, city: X}]" });
    await importPacks(database, [pack]);
    const first = (await version()) as { id: string; version: number };
    expect(await withdraw("Place", "x")).toEqual([]);
    await importPacks(database, [pack]);
    expect(await version()).toEqual({ id: first.id, version: first.version + 1 });
  });
});
