import { readFile } from "node:fs/promises";
import path from "node:path";
import { parse as parseCsv } from "csv-parse/sync";
import { stringify as stringifyCsv } from "csv-stringify/sync";
import { parse, stringify } from "yaml";
import { afterAll, afterEach, beforeAll, describe, expect, it } from "vitest";
import { exportToFile } from "../../src/commands/export.files.js";
import type { Database } from "../../src/database/open.js";
import { packageRoot } from "../../src/lib/root.js";
import { exportPack } from "../../src/packs/export.js";
import { importPack, importPacks } from "../../src/packs/import.js";
import { limits } from "../support/ask.js";
import { anyDatabase } from "../support/database.js";
import {
  emptyRecord,
  faultsOf,
  packFaults,
  removeFolders,
  soundPack,
  temporaryFolder,
  writePack,
} from "../support/packs.js";
import { wholeRecord } from "../support/record.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterEach(() => emptyRecord(database));
afterAll(async () => {
  await removeFolders();
  await database.close();
});

async function exportedTable(): Promise<string> {
  const file = path.join(await temporaryFolder(), "table.csv");
  await exportToFile(file, "csv", { database, limits, parameters: {}, progress: () => undefined }, () => undefined);
  return file;
}

async function tableFile(text: string): Promise<string> {
  return path.join(await writePack({ "table.csv": text }), "table.csv");
}

const { "meetings.yaml": meetingsOfSound = "", ...withoutMeetings } = soundPack;

describe("a participation table", () => {
  it("of everything we ship gives the same seats when it is loaded where they lack", async () => {
    await importPacks(
      database,
      ["report", "facts"].map((name) => path.join(packageRoot(), "seeds", name)),
    );
    const record = await wholeRecord(database);
    const table = await exportedTable();
    const folder = path.join(await temporaryFolder(), "pack");
    await exportPack(database, folder);
    // Everything but the seats.
    const { meetings } = parse(await readFile(path.join(folder, "meetings.yaml"), "utf8"), { schema: "failsafe" }) as {
      meetings: Record<string, unknown>[];
    };
    const texts = await readFile(
      path.join(folder, "texts", "menafn-ians-2024-11-20-rajnath-dong-vientiane.txt"),
      "utf8",
    );
    const names = [
      "documents",
      "states",
      "organizations",
      "persons",
      "offices",
      "tenures",
      "forums",
      "memberships",
      "places",
      "milestones",
      "agreements",
      "visits",
      "conflicts",
    ];
    const files = Object.fromEntries(
      await Promise.all(
        names.map(async (name) => [`${name}.yaml`, await readFile(path.join(folder, `${name}.yaml`), "utf8")] as const),
      ),
    );
    const rest = await writePack({
      ...files,
      "texts/menafn-ians-2024-11-20-rajnath-dong-vientiane.txt": texts,
      "meetings.yaml": stringify(
        {
          meetings: meetings.map((meeting) => {
            const { participants: _seats, ...others } = meeting;
            return others;
          }),
        },
        { defaultStringType: "QUOTE_DOUBLE", schema: "failsafe" },
      ).replace(/"(true|false)"/g, "$1"),
    });
    await emptyRecord(database);
    await importPack(database, rest);
    expect((await wholeRecord(database))["Participant"]).toEqual([]);
    const report = await importPack(database, table);
    expect(report.records).toEqual({ participants: record["Participant"]?.length });
    expect(await wholeRecord(database)).toEqual(record);
    expect(await readFile(await exportedTable(), "utf8")).toBe(await readFile(table, "utf8"));
  });

  it("loaded on top of its own record changes nothing", async () => {
    await importPack(database, await writePack(soundPack));
    expect(await importPack(database, await exportedTable())).toMatchObject({ created: 0, updated: 0 });
  });

  it("makes meetings that are new of what its rows say of them", async () => {
    await importPack(database, await writePack(soundPack));
    const record = await wholeRecord(database);
    const table = await exportedTable();
    await emptyRecord(database);
    const session = meetingsOfSound.slice(0, meetingsOfSound.indexOf("  - slug: 2024-11-18"));
    await importPack(database, await writePack({ ...withoutMeetings, "session.yaml": session }));
    await importPack(database, table);
    const loaded = await wholeRecord(database);
    expect(loaded["Participant"]).toEqual(record["Participant"]);
    // Tables have no status; it is in reports.
    const unreported = (rows: unknown[] = []) => rows.map((row) => ({ ...(row as object), status: "UNKNOWN" }));
    expect(loaded["Meeting"]).toEqual(unreported(record["Meeting"]));
  });

  it("reads what spreadsheets make of it: a byte order mark, semicolons, TRUE, columns in another order and missing ones", async () => {
    await importPack(database, await writePack(soundPack));
    const file = await tableFile(
      '\uFEFFsources; party ;meeting;isExpected;role;note\r\n"page, report";BBB;2024-11-18-aaa-bbb;FALSE;;\r\n\r\npage;AAA;the-forum-1;TRUE;CHAIR;\'=1+1\r\n'.replace(
        "page, report",
        "page",
      ),
    );
    expect(await importPack(database, file)).toMatchObject({ rows: { Participant: { created: 1, updated: 1 } } });
    const { rows } = await database.pool.query(
      'SELECT "note", "isExpected" FROM "Participant" WHERE "role" = \'CHAIR\'',
    );
    expect(rows).toEqual([{ note: "=1+1", isExpected: true }]);
  });

  describe("that an editor or a spreadsheet has saved again", () => {
    const asCrlf = (text: string): string => text.replace(/\r?\n/g, "\r\n");
    const asLf = (text: string): string => text.replaceAll("\r\n", "\n");
    const asSemicolons = (text: string): string =>
      stringifyCsv(parseCsv(text), { delimiter: ";", quoted_match: /[\r\n]/ });
    const withEmptyColumns = (text: string): string =>
      stringifyCsv(
        parseCsv(text).map((row, index) => [...row, "", "", ...(index % 2 ? [""] : [])]),
        { quoted_match: /[\r\n]/ },
      );

    it.each<[string, (text: string) => string]>([
      ["line ends as CRLF everywhere", asCrlf],
      ["line ends as LF everywhere", asLf],
      ["line ends as CR everywhere", (text) => asLf(text).replaceAll("\n", "\r")],
      ["a byte order mark", (text) => `\uFEFF${text}`],
      ["semicolons and the line that names them", (text) => `sep=;\r\n${asSemicolons(text)}`],
      ["a byte order mark, that line in quotes, and CRLF", (text) => `\uFEFF"sep=;"\r\n${asCrlf(asSemicolons(text))}`],
      ["tabs", (text) => `sep=\t\n${asSemicolons(text).replaceAll(";", "\t")}`],
      ["empty columns at the end", withEmptyColumns],
      ["every cell in quotes", (text) => stringifyCsv(parseCsv(text), { quoted: true, record_delimiter: "\r\n" })],
    ])("says the same: %s", async (_how, save) => {
      await importPack(database, await writePack(soundPack));
      const seat = { party: "BBB", role: "HOST", note: 'One\nTwo, three\n\n"four"', cite: ["page"] };
      await importPack(
        database,
        await writePack({ "long.yaml": stringify({ meetings: [{ slug: "the-forum-1", participants: [seat] }] }) }),
      );
      const text = await readFile(await exportedTable(), "utf8");
      expect(text).toContain('One\nTwo, three\n\n""four""');
      expect(await importPack(database, await tableFile(save(text)))).toMatchObject({ created: 0, updated: 0 });
    });
  });

  it("takes 11.0 for the ordinal 11, and 1.5 for none", async () => {
    await importPack(database, await writePack(soundPack));
    const ordinal = (cell: string) =>
      tableFile(`meeting;party;role;ordinal;sources\nthe-forum-1;BBB;HOST;${cell};page\n`);
    for (const cell of ["1", "1.0", "1,0", "1.00"])
      expect((await importPack(database, await ordinal(cell))).recordVersion, cell).toBeGreaterThan(0);
    expect((await faultsOf(importPack(database, await ordinal("1.5")))).join()).toContain("table.csv:2:4: ");
  });

  it("names the columns that say something and are not loaded", async () => {
    await importPack(database, await writePack(soundPack));
    const columns = "meeting,party,role,sources,status,city,country";
    const report = await importPack(database, await tableFile(`${columns}\nthe-forum-1,BBB,HOST,page,HELD,,\n`), {
      dryRun: true,
    });
    expect(report.unusedColumns).toEqual({ table: ["status"] });
    expect(
      (await importPack(database, await tableFile("meeting,party,role,sources\nthe-forum-1,BBB,HOST,page\n")))
        .unusedColumns,
    ).toEqual({});
  });

  it("finds persons by their names where no slug is given", async () => {
    await importPack(database, await writePack(soundPack));
    const seat = (name: string) =>
      tableFile(`meeting,party,role,sources,personName\nthe-forum-1,BBB,HOST,page,${name}\n`);
    expect(await faultsOf(importPack(database, await seat("Nobody Known")))).toEqual([
      expect.stringMatching(/^table\.csv:2:5: .*there is no person "Nobody Known"/) as string,
    ]);
    const report = await importPack(database, await seat("bo BAKER"));
    expect(report).toMatchObject({ rows: { Participant: { created: 1 } }, unusedColumns: {} });
    expect(report.notes).toMatchObject([
      { kind: "OTHER_NAME", message: '"bo BAKER" means the person "bo-baker" (Bo Baker)' },
    ]);
    await importPack(
      database,
      await writePack({ "p.yaml": "persons: [{slug: bo-baker-2, name: Bo Baker, cite: [page]}]" }),
      { acknowledge: ["LIKELY_DUPLICATE"] },
    );
    expect((await faultsOf(importPack(database, await seat("Bo Baker")))).join()).toContain(
      'can mean "bo-baker" (Bo Baker) or "bo-baker-2" (Bo Baker); write the slug of the one that is meant',
    );
  });

  it("says what is wrong with its header, and what was meant", async () => {
    const file = await tableFile("meeting,partty,role,role,wingspan\nx,y,z,z,1\n");
    expect(await faultsOf(importPack(database, file))).toEqual([
      "table.csv:1:1: header: a participation table needs the column party",
      "table.csv:1:1: header: a participation table needs the column sources",
      'table.csv:1:2: header[1]: "partty" is no column of a participation table; did you mean "party"?',
      "table.csv:1:4: header[3]: the column role stands there twice (first at " + file + ":1:3)",
      expect.stringMatching(
        /^table\.csv:1:5: header\[4\]: "wingspan" is no column of a participation table; known are meeting, title, /,
      ) as string,
    ]);
  });

  it("says of every fault in which row and column it stands", async () => {
    await importPack(database, await writePack(soundPack));
    const rows = [
      "meeting,title,on,party,person,role,isExpected,sources,meetingSources",
      "the-forum-1,,,AAA,ada-abel,CHAIR,,page,",
      "the-forum-1,,,BBB,,CHIAR,maybe,page,",
      ",,,BBB,,HOST,,page,",
      'the-forum-1,,,BBB,,HOST,,"{""document"":""report"",""quote"":""no such words""}",',
      'the-forum-1,,,BBB,,HOST,,"{document",',
      "new,New,2024-13,AAA,,HOST,,,page",
      "new,Newer,,BBB,,HOST,,page,",
      "the-forum-1,2nd Forum,,AAA,,HOST,,page,",
      "too,few",
    ];
    const faults = await packFaults(importPack(database, await tableFile(rows.join("\n"))));
    expect(faults.map(({ code, line, column }) => `${code} ${String(line)}:${String(column)}`)).toEqual([
      "NOT_FOUND 2:5",
      "INVALID 3:6",
      "INVALID 3:7",
      "MISSING 4:1",
      "MISQUOTED 5:8",
      "INVALID 6:8",
      "MISSING 7:1",
      "INVALID 7:3",
      "UNCITED 7:4",
      "CONFLICT 8:2",
      "CONFLICT 9:2",
      "INVALID 10:4",
    ]);
  });

  it.each([
    ['meeting,party,sources\na,b,"c\n', /table\.csv:2:1: participants\[0\]: the row is no CSV/],
    ["", /table\.csv:1:1: header: a participation table needs the column meeting/],
    ["meeting,party,sources\na\u0000,b,c\n", /table\.csv:\d+:1: the file holds the control character U\+0000/],
  ])("refuses %j", async (text, message) => {
    expect((await faultsOf(importPack(database, await tableFile(text)))).join("\n")).toMatch(message);
  });

  it("is missed where it is not there", async () => {
    expect((await faultsOf(importPack(database, path.join(await temporaryFolder(), "none.csv")))).join("\n")).toContain(
      "there is no such file",
    );
  });
});
