import { sql } from "kysely";
import type { Detail, RecordKind } from "../../writing/records.js";
import type { Descriptions } from "./contract.js";
import { jsonRow, pagesByKey } from "./pages.js";
import { asColumn, exportNameOf, referenceColumns, withCodes, type ReadColumn, type RecordTable } from "./records.js";
import { hyphenated, type Table } from "./table.js";

// Records have lists: names, parties, topics. A cell has one value, so each list has a table of its own, with one row for
// each of its entries.

/** The tables of the lists of some records. */
export function tablesOfLists(recordTable: RecordTable, descriptions: Descriptions): Table[] {
  const { kinds, kind } = recordTable;
  const details = new Map(kinds.flatMap((one) => (one.details ?? []).map((detail) => [detail.table, detail] as const)));
  const words = Object.entries(kind.fields).flatMap(([name, { type }]) => (type === "words" ? [name] : []));
  return [
    ...[...details.values()].map((detail) => tableOfDetail(kind, detail, descriptions)),
    ...words.map((name) => tableOfWords(kind, name, descriptions)),
  ];
}

function titled(kind: RecordKind, list: string): { readonly name: string; readonly title: string } {
  const name = `${hyphenated(kind.table)}-${hyphenated(list)}`;
  const words = name.replaceAll("-", " ");
  return { name, title: `${words.charAt(0).toUpperCase()}${words.slice(1)}` };
}

/** The record that has the list: its id and its key. */
function ownerColumns({ table, label, keyColumn }: RecordKind): ReadColumn[] {
  const owner = hyphenated(table).replace(/-(.)/g, (_dash, letter: string) => letter.toUpperCase());
  return [
    {
      name: `${owner}Id`,
      type: "string",
      description: `Id of the ${label}.`,
      isRequired: true,
      refersTo: exportNameOf(table),
      sql: sql`o."id"`,
    },
    {
      name: owner,
      type: "string",
      description: `${keyColumn} of the ${label}.`,
      isRequired: true,
      sql: sql.ref(`o.${keyColumn}`),
    },
  ];
}

function tableOfDetail(kind: RecordKind, detail: Detail, descriptions: Descriptions): Table {
  const { table, owner, identity, to, columns: others, section } = detail;
  const described = descriptions.ofField(kind.type, [section]);
  const own = ownerColumns(kind);
  const columns: ReadColumn[] = [...own];
  const joins = [sql`join ${sql.id(kind.table)} o on o."id" = ${sql.ref(`t.${owner}`)}`];
  if (to === undefined) columns.push(cell(kind, section, identity, descriptions, true));
  else {
    const name = identity.replace(/Id$/, "");
    const found = referenceColumns(name, { to, required: true }, described.description, sql.ref(`t.${identity}`));
    columns.push(...found.columns);
    joins.push(...found.joins);
  }
  columns.push(...others.map((name) => cell(kind, section, name, descriptions, false)));
  const key = [sql`t.${sql.id(owner)}`, sql`t.${sql.id(identity)}::text collate "C"`];
  const cells = jsonRow([...key, ...columns.map((column) => column.sql)]);
  return {
    ...titled(kind, section),
    description: `${described.description} One row for each ${kind.label} and entry of the list.`,
    columns: columns.map(asColumn),
    key: [own[0]?.name ?? "", to === undefined ? identity : `${identity.replace(/Id$/, "")}Id`],
    parameters: new Map(),
    pages: (query) =>
      withoutKey(
        pagesByKey(
          query,
          (isAfter, limit) =>
            sql`${withCodes(joins)} select ${cells} from ${sql.id(table)} t ${sql.join(joins, sql` `)} where ${isAfter(key)} order by ${sql.join(key)} limit ${limit}`,
          key.length,
        ),
        key.length,
      ),
  };
}

function cell(
  kind: RecordKind,
  section: string,
  name: string,
  descriptions: Descriptions,
  isRequired: boolean,
): ReadColumn {
  const { description, values } = descriptions.ofEntry(kind.type, section, name);
  return {
    name,
    type: "string",
    description,
    ...(values && { values }),
    ...(isRequired && { isRequired }),
    sql: sql.ref(`t.${name}`),
  };
}

/** The columns of an identifier, which records keep as `WIKIDATA:Q668`. */
const identifierColumns: readonly ReadColumn[] = [
  {
    name: "scheme",
    type: "string",
    description: "Scheme of the identifier.",
    isRequired: true,
    sql: sql`split_part(w."value", ':', 1)`,
  },
  {
    name: "value",
    type: "string",
    description: "The identifier within the scheme.",
    isRequired: true,
    sql: sql`substr(w."value", strpos(w."value", ':') + 1)`,
  },
];

function tableOfWords(kind: RecordKind, name: string, descriptions: Descriptions): Table {
  const described = descriptions.ofField(kind.type, [name]);
  const own = ownerColumns(kind);
  const value = /s$/.test(name) ? name.slice(0, -1) : name;
  const field = kind.fields[name];
  const isIdentifier = field?.type === "words" && field.schemes !== undefined;
  // The key of a place stands in the column `place`.
  const place = own.some((column) => column.name === "place") ? "position" : "place";
  const columns: ReadColumn[] = [
    ...own,
    {
      name: place,
      type: "integer",
      description: "Place in the list, from 1.",
      isRequired: true,
      sql: sql`w."place"`,
    },
    ...(isIdentifier
      ? identifierColumns
      : [
          {
            name: value,
            type: "string" as const,
            description: described.description,
            isRequired: true as const,
            sql: sql`w."value"`,
          },
        ]),
  ];
  const key = [sql`o."id"`, sql`w."place"`];
  const cells = jsonRow([...key, ...columns.map((column) => column.sql)]);
  return {
    ...titled(kind, name),
    description: `${described.description} One row for each ${kind.label} and entry of the list.`,
    columns: columns.map(asColumn),
    key: [own[0]?.name ?? "", place],
    parameters: new Map(),
    pages: (query) =>
      withoutKey(
        pagesByKey(
          query,
          (isAfter, limit) =>
            sql`select ${cells} from ${sql.id(kind.table)} o cross join lateral (select u."value", u."at"::int as "place" from unnest(${sql.ref(`o.${name}`)}) with ordinality as u("value", "at")) as w where ${isAfter(key)} order by ${sql.join(key)} limit ${limit}`,
          key.length,
        ),
        key.length,
      ),
  };
}

async function* withoutKey<C>(
  pages: AsyncIterable<readonly (readonly C[])[]>,
  size: number,
): AsyncGenerator<(readonly C[])[]> {
  for await (const page of pages) yield page.map((row) => row.slice(size));
}
