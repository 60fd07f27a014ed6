import { afterAll, beforeAll, expect, it } from "vitest";
import type { Database } from "../../src/database/open.js";
import { recordKinds } from "../../src/modules/kinds.js";
import { refusalText } from "../../src/writing/refusals.js";
import { columnsOf } from "../../src/writing/records.js";
import { anyDatabase } from "../support/database.js";

let database: Database;
beforeAll(async () => {
  database = await anyDatabase();
});
afterAll(() => database.close());

interface Constraint {
  readonly name: string;
  readonly table: string;
  readonly columns: readonly string[];
}

// The tables that hold what editors and packs write; others are the service's own.
const written = new Set([
  ...recordKinds.map(({ table }) => table),
  ...recordKinds.flatMap(({ details = [] }) => details.map(({ table }) => table)),
]);

async function constraints(type: "u" | "c"): Promise<readonly Constraint[]> {
  const unique = `SELECT c.relname AS "table", i.relname AS "name", ARRAY(SELECT a.attname::text FROM pg_attribute a WHERE a.attrelid = x.indrelid AND a.attnum = ANY (x.indkey)) AS "columns"
    FROM pg_index x JOIN pg_class i ON i.oid = x.indexrelid JOIN pg_class c ON c.oid = x.indrelid WHERE x.indisunique AND c.relnamespace = 'public'::regnamespace`;
  const others = `SELECT c.relname AS "table", k.conname AS "name", '{}'::text[] AS "columns" FROM pg_constraint k JOIN pg_class c ON c.oid = k.conrelid
    WHERE k.contype <> 'p' AND c.relnamespace = 'public'::regnamespace`;
  const { rows } = await database.pool.query<Constraint>(type === "u" ? unique : others);
  return rows.filter(({ table }) => written.has(table));
}

it("every unique index of the record is held by a rule that names the other record and the place", async () => {
  const known = recordKinds.flatMap((kind) => [
    [kind.table, "id"],
    [kind.table, kind.keyColumn],
    ...(kind.unique ?? []).map(({ columns }) => [kind.table, ...columns]),
    ...(kind.details ?? []).flatMap(({ table, owner, identity, unique }) => [
      [table, owner, identity],
      ...(unique ? [[table, ...unique.columns]] : []),
    ]),
    // A record with exactly one source has one citation, and a second one replaces it.
    ...(kind.citation?.count === "one" ? [["Citation", kind.citation.column]] : []),
  ]);
  const names = new Set(known.map(([table, ...columns]) => [table, ...columns.sort()].join(" ")));
  const found = await constraints("u");
  expect(found.length).toBeGreaterThan(40);
  expect(found.filter(({ table, columns }) => !names.has([table, ...[...columns].sort()].join(" ")))).toEqual([]);
});

it("no message shows the name of a constraint or a column of the database", async () => {
  const columns = recordKinds.flatMap(({ fields }) =>
    Object.entries(fields).flatMap(([name, field]) => columnsOf(name, field).filter((column) => column.endsWith("Id"))),
  );
  for (const { name, table } of [...(await constraints("u")), ...(await constraints("c"))]) {
    const said = [
      refusalText("23505", `duplicate key value violates unique constraint "${name}"`),
      refusalText("23514", `new row for relation "${table}" violates check constraint "${name}"`),
      refusalText("23503", `insert or update on table "${table}" violates foreign key constraint "${name}"`),
    ];
    for (const text of said) {
      expect(text).not.toContain(name);
      expect(text).not.toMatch(/_|constraint/);
      for (const column of columns) expect(text).not.toContain(column);
    }
  }
  expect(refusalText("23502", 'null value in column "name" of relation "Party" violates not-null constraint')).toBe(
    "a record of the kind “party” lacks a value that it needs",
  );
  expect(
    refusalText("23505", 'duplicate key value violates unique constraint "PartyIdentifier_scheme_value_key"'),
  ).toBe(
    "another one of the kind “party identifier” has the same scheme and value already; load or send it again to see which",
  );
});
