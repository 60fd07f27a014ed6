import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { parse } from "csv-parse/sync";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { createContextFactory } from "../../src/context.js";
import type { Cells } from "../../src/exports/ask.js";
import { tableText } from "../../src/exports/tables/formats.js";
import { leftOut, recordTables } from "../../src/exports/tables/records.js";
import type { Column, Table } from "../../src/exports/tables/table.js";
import { tablesOf } from "../../src/exports/tables/tables.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { safeCell } from "../../src/packs/participations.js";
import { limits } from "../support/ask.js";
import { editorOf } from "../support/editors.js";
import { openSeeded, type Seeded } from "../support/seeded.js";
import { openService, schema, type ExportService } from "./service.js";
import { tableReaders } from "./table.readers.js";

const tables = tablesOf(schema).records;
const tableOf = (name: string): Table => {
  const found = tables.find((table) => table.name === name);
  if (found === undefined) throw new Error(`no table ${name}`);
  return found;
};

let folder: string;
let seeded: Seeded;
let service: ExportService;
/** The CSV files of all tables, by name. */
const files = new Map<string, string>();
beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), "sidelines-tables-"));
  seeded = await openSeeded(["report", "facts"]);
  service = await openService(seeded.database);
  for (const { name } of tables) {
    const { statusCode, body } = await service.app.inject(`/${name}.csv`);
    expect([name, statusCode]).toEqual([name, 200]);
    files.set(name, join(folder, `${name}.csv`));
    await writeFile(files.get(name) ?? "", body);
  }
}, 120_000);
afterAll(async () => {
  await service.close();
  await seeded.close();
  await rm(folder, { recursive: true, force: true });
});

async function count(query: string): Promise<number> {
  const { rows } = await seeded.database.pool.query<{ count: string }>(`SELECT (${query}) AS "count"`);
  return Number(rows[0]?.count);
}

/** The number of rows that each table has to have, asked of the database in words of its own. */
async function countsInRecord(): Promise<Map<string, number>> {
  const counts = new Map<string, number>();
  for (const { name, kinds, kind } of recordTables) {
    counts.set(name, await count(`SELECT count(*) FROM "${kind.table}"`));
    for (const detail of kinds.flatMap(({ details = [] }) => details))
      counts.set(nameOfList(kind.table, detail.section), await count(`SELECT count(*) FROM "${detail.table}"`));
    for (const [field, { type }] of Object.entries(kind.fields)) {
      const entries = `SELECT coalesce(sum(cardinality("${field}")), 0) FROM "${kind.table}"`;
      if (type === "words") counts.set(nameOfList(kind.table, field), await count(entries));
    }
  }
  return counts;
}

const dashed = (name: string): string => name.replace(/([a-z])([A-Z])/g, "$1-$2").toLowerCase();
const nameOfList = (table: string, list: string): string => `${dashed(table)}-${dashed(list)}`;

async function rowsOf(url: string): Promise<Record<string, string>[]> {
  return parse((await service.app.inject(url)).body, { columns: true });
}

describe("the tables", () => {
  it("are one for every kind of record and every list of one, and no other", async () => {
    const inRecord = await countsInRecord();
    expect(tables.map(({ name }) => name).sort()).toEqual([...inRecord.keys()].sort());
    expect(new Set(recordTables.flatMap(({ kinds }) => kinds))).toEqual(new Set(recordKinds));
    expect(tables.map(({ name }) => name)).toEqual(
      expect.arrayContaining([
        ...["meeting-list", "participants", "memberships", "tenures", "persons", "parties", "forums", "documents"],
        ...["citations", "statements", "commitments", "agreements", "activities", "visits", "claims", "conflicts"],
      ]),
    );
  });

  it("have every column of the model, or a reason why not", async () => {
    const models = [...(await readFile("prisma/schema.prisma", "utf8")).matchAll(/^model (\w+) \{\n([^]*?)^\}/gm)];
    const names = new Set(models.map(([, name = ""]) => name));
    const missing: string[] = [];
    for (const { name, kind } of recordTables) {
      const [, , body = ""] = models.find(([, model]) => model === kind.table) ?? [];
      const columns = new Set(tableOf(name).columns.map((column) => column.name));
      const isReference = (column: string) =>
        Object.entries(kind.fields).some(
          ([field, one]) => one.type === "reference" && one.column === column && columns.has(`${field}Id`),
        );
      const isOwner = (column: string) => kind.fields[column]?.type === "owner" && columns.has("subjectId");
      for (const [, column = "", type = "", list = ""] of body.matchAll(/^ {2}(\w+)\s+(\w+)(\[\])?/gm)) {
        if (names.has(type) || columns.has(column) || isReference(column) || isOwner(column)) continue;
        if (list !== "" && tables.some((table) => table.name === nameOfList(kind.table, column))) continue;
        missing.push(`${kind.table}.${column}`);
      }
    }
    expect(missing.sort()).toEqual(Object.keys(leftOut).sort());
  });

  it("are all listed in docs/exports.md, and no other", async () => {
    const [, section = ""] = (await readFile("docs/exports.md", "utf8")).split("## Tables of the record\n");
    const rows = (section.split("\n## ")[0] ?? "").match(/^\| `.*$/gm) ?? [];
    const listed = rows.flatMap((row) => [...row.matchAll(/`([a-z-]+)`/g)].map(([, name]) => name));
    expect(listed.sort()).toEqual(tables.map(({ name }) => name).sort());
  });

  it("have titles and kinds in plain English", () => {
    const titleOf = (name: string): string => tableOf(name).title;
    expect(["parties", "agreement-reports", "visit-claims", "conflict-claims", "status-reports"].map(titleOf)).toEqual([
      "States and organizations",
      "Reports on an agreement",
      "Claims about a visit",
      "Claims in a conflict",
      "Status reports",
    ]);
    const kinds = tableOf("citations").columns.find(({ name }) => name === "subjectType")?.values ?? [];
    expect(kinds).toContainEqual({ name: "Activity", description: "An activity." });
    expect(kinds).toContainEqual({ name: "Meeting", description: "A meeting." });
  });

  it("describe each column, once, and name only tables that there are", () => {
    for (const { name, title, description, columns, key } of tables) {
      const names = columns.map((column) => column.name);
      expect([name, new Set(names).size]).toEqual([name, names.length]);
      expect(names).toEqual(expect.arrayContaining([...key]));
      for (const text of [title, description, ...columns.map((column) => column.description)])
        expect([name, text]).toEqual([name, expect.stringMatching(/^\S.*\S$/)]);
      for (const { refersTo } of columns)
        if (refersTo !== undefined) expect(tableOf(refersTo).columns[0]?.name).toBe("id");
    }
  });

  it.each(tableReaders)("are read by $name with all rows and columns of the record", async ({ name, isHere, read }) => {
    if (!isHere) {
      console.warn(`${name} is not on this machine: the tables were not read by it.`);
      return;
    }
    const inRecord = await countsInRecord();
    const found = await read([...files.values()]);
    [...files.keys()].forEach((table, index) => {
      const [header, ...rows] = found[index] ?? [];
      expect([table, header]).toEqual([table, tableOf(table).columns.map((column) => column.name)]);
      expect([table, rows.length]).toEqual([table, inRecord.get(table)]);
      expect(new Set([header, ...rows].map((row) => row?.length))).toEqual(new Set([header?.length]));
    });
  });

  it("have the same rows as JSON Lines, with the types of their columns", async () => {
    for (const { name, columns } of tables) {
      const { body, headers } = await service.app.inject(`/${name}.jsonl`);
      expect(headers["content-type"]).toBe("application/x-ndjson; charset=utf-8");
      const lines = body === "" ? [] : body.trimEnd().split("\n");
      const cells = await rowsOf(`/${name}.csv`);
      expect([name, lines.length]).toEqual([name, cells.length]);
      lines.forEach((line, index) => {
        const row = JSON.parse(line) as Record<string, unknown>;
        expect(Object.keys(row)).toEqual(columns.map((column) => column.name));
        for (const column of columns) {
          const value = row[column.name];
          expect([name, column.name, value]).toEqual([name, column.name, expect.toSatisfy(isOf(column))]);
          const text = typeof value === "string" ? safeCell(value) : value === null ? "" : JSON.stringify(value);
          expect([name, column.name, cells[index]?.[column.name]]).toEqual([name, column.name, text]);
        }
      });
    }
  });

  it("say of a statement, a membership and a citation what the record says", async () => {
    const [statement] = (await rowsOf("/statements.csv")).filter(({ person }) => person === "rajnath-singh");
    expect(statement).toMatchObject({ isVerbatim: expect.stringMatching(/^(true|false)$/) as unknown });
    const { ask } = seeded;
    const { node } = await ask<{ node: object }>(`{ node(id: "${statement?.["id"] ?? ""}") { ... on Statement {
      key text on speaker { id slug } meeting { id slug } } } }`);
    expect(node).toEqual({
      key: statement?.["key"],
      text: statement?.["text"],
      on: statement?.["on"] === "" ? null : statement?.["on"],
      speaker: { id: statement?.["personId"], slug: "rajnath-singh" },
      meeting: statement?.["meeting"] === "" ? null : { id: statement?.["meetingId"], slug: statement?.["meeting"] },
    });
    const memberships = await rowsOf("/memberships.csv");
    expect(memberships.find(({ forum, party }) => forum === "admm-plus" && party === "IND")).toMatchObject({
      role: "DIALOGUE_PARTNER",
      partyCow: "750",
      partyWikidata: "Q668",
    });
    const citations = await rowsOf("/citations.csv");
    const subjects = new Map<string, Set<string | undefined>>();
    for (const { subjectTable = "" } of citations)
      if (!subjects.has(subjectTable))
        subjects.set(subjectTable, new Set((await rowsOf(`/${subjectTable}.csv`)).map(({ id }) => id)));
    for (const { subjectTable = "", subjectId } of citations)
      expect([subjectTable, subjects.get(subjectTable)?.has(subjectId)]).toEqual([subjectTable, true]);
  });

  it("have the days that a partial date can mean beside it", async () => {
    const meetings = await rowsOf("/meeting-list.csv");
    const ofMonth = meetings.find(({ on = "" }) => /^\d{4}-\d\d$/.test(on));
    const [year = "", month = ""] = (ofMonth?.["on"] ?? "").split("-");
    expect(ofMonth).toMatchObject({
      onEarliest: `${year}-${month}-01`,
      onLatest: new Date(Date.UTC(Number(year), Number(month), 0)).toISOString().slice(0, 10),
    });
  });

  it("are in the order of their ids, and read page by page", async () => {
    const statements: string[] = [];
    const small = { ...limits, maxEventLoopDelayMs: 0, maxAnswerBytes: 65_536 };
    const paged = await openService(seeded.database, {
      config: { limits: small },
      createContext: createContextFactory({ database: seeded.database, limits: small, version: "0" }),
      exportsFrom: (context) => ({
        ...context,
        rows: (statement, knownAt) => {
          statements.push(statement.text);
          return context.rows(statement, knownAt);
        },
      }),
    });
    try {
      const { body } = await paged.app.inject("/citations.csv");
      expect(body).toBe(await readFile(files.get("citations") ?? "", "utf8"));
      expect(statements.length).toBeGreaterThan(5);
      const ids = parse<{ id: string }>(body, { columns: true }).map(({ id }) => id);
      expect(ids).toEqual([...ids].sort());
    } finally {
      await paged.close();
    }
  });
});

/** Whether a value has the type of its column. */
function isOf({ type, isRequired, values }: Column): (value: unknown) => boolean {
  return (value) => {
    if (value === null) return isRequired !== true;
    if (values !== undefined) return values.some(({ name }) => name === value);
    if (type === "integer") return Number.isInteger(value);
    if (type === "boolean") return typeof value === "boolean";
    return typeof value === "string" && (type !== "date" || /^\d{4}-\d\d-\d\d$/.test(value));
  };
}

describe("a table by GET", () => {
  it("has a tag, and is not sent again while the record stands", async () => {
    const first = await service.app.inject("/persons.csv");
    expect(first.headers).toMatchObject({
      "content-type": "text/csv; charset=utf-8; header=present",
      "content-disposition": 'attachment; filename="persons.csv"',
      "access-control-allow-origin": "*",
    });
    const etag = String(first.headers["etag"]);
    const again = await service.app.inject({ url: "/persons.csv", headers: { "if-none-match": etag } });
    expect(again.statusCode).toBe(304);
  });

  it("is of the moment that is asked for", async () => {
    const before = (await service.app.inject("/persons.csv")).body;
    const { rows } = await seeded.database.pool.query<{ now: Date }>("SELECT clock_timestamp() AS now");
    await seeded.database.pool.query(`UPDATE "Person" SET "name" = 'Rajnath "R" Singh' WHERE "slug" = 'rajnath-singh'`);
    expect((await rowsOf("/persons.csv")).map(({ name }) => name)).toContain('Rajnath "R" Singh');
    const moment = rows[0]?.now.toISOString() ?? "";
    expect((await service.app.inject(`/persons.csv?knownAt=${moment}`)).body).toBe(before);
    expect(await rowsOf("/persons.csv?knownAt=1999-01-01T00:00:00Z")).toEqual([]);
  });

  it("has drafts for editors alone, whose responses are not stored", async () => {
    const editor = editorOf(seeded.database);
    const cite = [{ document: "devdiscourse-2024-11-20-china-declines-austin" }];
    const input = { slug: "drafted", title: "Drafted", kind: "BILATERAL", on: "2024-11-23", draft: true, cite };
    expect((await editor.act("recordMeeting", input)).userErrors).toEqual([]);
    const editing = await openService(seeded.database, { authenticate: async () => editor.principal });
    try {
      const headers = { authorization: "Bearer x" };
      const answer = await editing.app.inject({ url: "/meeting-list.csv", headers });
      expect(answer.body).toContain("Drafted");
      expect([answer.headers["cache-control"], answer.headers["etag"]]).toEqual(["private, no-store", undefined]);
      expect((await editing.app.inject("/meeting-list.csv")).body).not.toContain("Drafted");
    } finally {
      await editing.close();
    }
  });

  it.each([
    ["/persons.csv?party=IND", '"party" is no parameter here; known are knownAt'],
    ["/persons.jsonl?knownAt=yesterday", "knownAt has to be a moment such as 2024-11-20T09:30:00Z"],
    ["/persons.csv?knownAt=2999-01-01T00:00:00Z", "lies in the future"],
  ])("refuses %s", async (url, message) => {
    const { statusCode, body } = await service.app.inject(url);
    expect([statusCode, body]).toEqual([400, expect.stringContaining(JSON.stringify(message).slice(1, -1))]);
  });
});

/** Cells with everything that a table can stumble over. */
const hostile = [
  ...["one\ntwo", "one\rtwo", "one\r\ntwo", "\nfirst", "last\n", "a,b", 'a "b" c', '"', '""', '","', " blank "],
  ...["a;b\tc", "=1+1\n", "'", "#", "\\", "\\N", "NULL", "é𝔸ש", "a\u2028b", "a\u0085b", '\r\n"\n,\r'],
  ...["وزير الدفاع، «السيد»", "שר הביטחון\nאמר", "\u202Eabc\u202C", "null", "true", "007", "1e5"],
];

describe.each(tableReaders)("a table in $name", ({ name, isHere, read }) => {
  it.skipIf(!isHere)("keeps every character of a cell: line breaks, quotes, right-to-left text", async () => {
    const pages = async function* (): AsyncGenerator<readonly Cells[]> {
      yield hostile.slice(0, 5).map((cell, index) => [index, cell, cell]);
      yield hostile.slice(5).map((cell, index) => [index + 5, cell, cell]);
    };
    const column = (called: string): Column => ({ name: called, type: "string", description: called });
    const table: Table = {
      ...{ name: "hostile", title: "Hostile", description: "Hostile cells.", key: ["number"], parameters: new Map() },
      columns: [column("number"), column("one"), column("other")],
      pages,
    };
    let text = "";
    for await (const piece of tableText(table, "csv", { rows: () => Promise.reject(new Error()), parameters: {} }))
      text += piece;
    const file = join(folder, `hostile-${name.replace(/\W/g, "")}.csv`);
    await writeFile(file, text);
    const [[, ...rows] = []] = await read([file]);
    expect(rows).toEqual(hostile.map((cell, index) => [String(index), safeCell(cell), safeCell(cell)]));
  });
});
