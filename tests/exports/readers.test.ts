import { execFileSync } from "node:child_process";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { csvParseRows } from "d3-dsv";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { exportToFile } from "../../src/commands/export.files.js";
import { tableHead, tableRows } from "../../src/exports/table.js";
import type { MeetingFacts } from "../../src/exports/meetings.js";
import { participationColumns, safeCell } from "../../src/packs/participations.js";
import { limits } from "../support/ask.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { openService, type ExportService } from "./service.js";

/** Reads a CSV file without knowing anything of it: its rows, the header first. */
type Reader = (file: string) => Promise<string[][]>;

const script =
  "import csv, json, sys; print(json.dumps(list(csv.reader(open(sys.argv[1], newline='', encoding='utf-8'), strict=True))))";
const python: Reader = async (file) =>
  JSON.parse(
    execFileSync("python3", ["-c", script, file], { encoding: "utf8", maxBuffer: 64 * 1024 ** 2 }),
  ) as string[][];

const duckdb: Reader = async (file) => {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  try {
    // All defaults: the dialect is what DuckDB finds out by itself.
    const result = await connection.runAndReadAll(`SELECT * FROM read_csv('${file}', all_varchar = true)`);
    return [
      result.columnNames(),
      ...result.getRows().map((row) => row.map((cell) => (cell === null ? "" : String(cell)))),
    ];
  } finally {
    connection.closeSync();
    instance.closeSync();
  }
};

const d3: Reader = async (file) => csvParseRows(await readFile(file, "utf8"));

function hasPython(): boolean {
  try {
    execFileSync("python3", ["-c", "import csv"], { stdio: "ignore" });
    return true;
  } catch {
    return false;
  }
}

let folder: string;
let seeded: Seeded;
let service: ExportService;
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-readers-"));
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
});
afterAll(async () => {
  await service.close();
  await seeded.close();
  await rm(folder, { recursive: true, force: true });
});

const readers: [string, Reader, boolean][] = [
  ["Python's csv", python, hasPython()],
  ["DuckDB", duckdb, true],
  ["d3-dsv", d3, true],
];

/** Cells with everything that a table can stumble over. */
const hostileCells = [
  "one\ntwo",
  "one\rtwo",
  "one\r\ntwo",
  "\nfirst",
  "last\n",
  "a,b",
  'a "b" c',
  '"',
  '""',
  '","',
  " blank ",
  "a;b\tc",
  "=1+1\n",
  "'",
  "#",
  "\\",
  "\\N",
  "NULL",
  "é𝔸ש",
  "a\u2028b",
  "a\u0085b",
  '\r\n"\n,\r',
];

function meetingWith(note: string): MeetingFacts {
  const party = { __typename: "State", id: "sta", code: "AAA", name: note, identifiers: [] } as const;
  const seat = {
    id: "par",
    role: "HOST",
    isExpected: false,
    attendance: null,
    note,
    person: null,
    office: null,
    party,
    citations: [],
  };
  return {
    id: "mtg",
    identifiers: [],
    slug: "m",
    title: note,
    kind: "BILATERAL",
    format: null,
    status: "HELD",
    on: "2024-01-01",
    endsOn: null,
    place: null,
    forum: null,
    ordinal: null,
    sidelinesOf: null,
    topics: [],
    purpose: null,
    participants: [seat],
    citations: [],
  };
}

describe.each(readers)("the participation table in %s", (_name, read, isHere) => {
  it.skipIf(!isHere)("has as many rows as seats, each with all columns, by GET and from the command line", async () => {
    const { participants } = (
      await seeded.ask<{ service: { counts: { participants: number } } }>("{ service { counts { participants } } }")
    ).service.counts;
    const got = join(folder, "got.csv");
    await writeFile(got, (await service.app.inject("/meetings.csv")).body);
    const exported = join(folder, `exported-${_name.replace(/\W/g, "")}.csv`);
    await exportToFile(
      exported,
      "csv",
      { database: seeded.database, limits, parameters: {}, progress: () => undefined },
      () => undefined,
    );
    for (const file of [got, exported]) {
      const [header = [], ...rows] = await read(file);
      expect(header).toEqual([...participationColumns]);
      expect(rows).toHaveLength(participants);
      expect(new Set(rows.map((row) => row.length))).toEqual(new Set([participationColumns.length]));
      // Several sources of a seat stand on lines of their own, in one cell.
      expect(rows.some((row) => row.at(-2)?.includes("\n"))).toBe(true);
    }
    expect(await readFile(exported, "utf8")).toBe(await readFile(got, "utf8"));
  });

  it.skipIf(!isHere)("keeps every character of a cell: line breaks, quotes, delimiters", async () => {
    const file = join(folder, `hostile-${_name.replace(/\W/g, "")}.csv`);
    await writeFile(file, tableHead() + tableRows(hostileCells.map(meetingWith)));
    const [, ...rows] = await read(file);
    for (const column of ["title", "partyName", "note"] as const) {
      expect(rows.map((row) => row[participationColumns.indexOf(column)])).toEqual(hostileCells.map(safeCell));
    }
  });
});

describe("the participation table", () => {
  it("ends every row with CRLF, as RFC 4180 has it, and nothing but rows", () => {
    const text = tableHead() + tableRows(hostileCells.map(meetingWith));
    const outside = text.replace(/"(?:[^"]|"")*"/g, "");
    expect(outside.replaceAll("\r\n", "")).not.toMatch(/[\r\n]/);
    expect(outside.split("\r\n")).toHaveLength(hostileCells.length + 2);
    expect(text.endsWith("\r\n")).toBe(true);
  });
});
