import { sql } from "kysely";
import { IdentifierScheme } from "../../generated/prisma/enums.js";
import { withArticle } from "../../lib/faults.js";
import { identifierSchemes, type SchemeName } from "../../modules/identifiers.js";
import { recordKinds } from "../../modules/kinds.js";
import type { Sql } from "../../reading/sql.js";
import { keyColumnOf, type Field, type RecordKind, type ReferenceField } from "../../writing/records.js";
import { namesOfField, type DescribedField, type Descriptions } from "./contract.js";
import { constant, jsonRow, pagesByKey } from "./pages.js";
import { capitalized, hyphenated, plural, type Column, type ColumnType, type Table } from "./table.js";

/** Columns of records that no table has, with the reason. */
export const leftOut: Readonly<Record<string, string>> = {
  "Document.text": "Texts belong to their publishers. Citations have the passages that state facts.",
  "Document.privateText": "It is not public.",
  "Participant.meetingEarliest": "It is a day of the meeting, which the table of meetings has.",
  "Participant.meetingLatest": "It is a day of the meeting, which the table of meetings has.",
};

/** A column with its value in SQL, over the row `t`. */
export interface ReadColumn extends Column {
  readonly sql: Sql;
}

/** Columns, and the joins that they need. */
export interface ReadColumns {
  readonly columns: readonly ReadColumn[];
  readonly joins: readonly Sql[];
}

/** The kinds of records that one table of the database holds, and the table that exports have of them. */
export interface RecordTable {
  readonly name: string;
  readonly kinds: readonly RecordKind[];
  readonly kind: RecordKind;
}

/** One for each table of the database that holds records. */
export const recordTables: readonly RecordTable[] = [...new Set(recordKinds.map(({ table }) => table))].map((table) => {
  const kinds = recordKinds.filter((kind) => kind.table === table);
  const [kind] = kinds as [RecordKind];
  return { name: kind.exportName ?? plural(hyphenated(table)), kinds, kind };
});

/** The name of the export of a table of the database. */
export function exportNameOf(table: string): string {
  const found = recordTables.find(({ kind }) => kind.table === table);
  if (found === undefined) throw new Error(`${table} holds no records`);
  return found.name;
}

/** A table with one row for each record of some kinds. */
export function tableOfRecords(recordTable: RecordTable, descriptions: Descriptions): Table {
  const { name, kinds, kind } = recordTable;
  const { columns, joins } = columnsOfRecords(recordTable, descriptions);
  const description = kinds.map(({ type }) => descriptions.ofType(type)).join(" ");
  const of = kinds.map(({ label }) => pluralOf(label)).join(" and ");
  const cells = jsonRow(columns.map((column) => column.sql));
  return {
    name,
    title: capitalOf(of),
    description: `${description} One row for each.`,
    columns: columns.map(asColumn),
    key: ["id"],
    parameters: new Map(),
    pages: (query) =>
      pagesByKey(
        query,
        (isAfter, limit) =>
          sql`${withCodes(joins)} select ${cells} from ${sql.id(kind.table)} t ${sql.join(joins, sql` `)} where ${isAfter([sql`t."id"`])} order by t."id" limit ${limit}`,
        1,
      ),
  };
}

/** The plural of a label: "status reports", "claims about a visit". */
function pluralOf(label: string): string {
  return label.replace(/^.+?(?= (?:about|in|of|on) |$)/, plural);
}

function capitalOf(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

/** A column without its SQL. */
export function asColumn({ sql: _sql, ...column }: ReadColumn): Column {
  return column;
}

function columnsOfRecords({ kinds, kind }: RecordTable, descriptions: Descriptions): ReadColumns {
  const columns: ReadColumn[] = [
    { name: "id", type: "string", description: "Permanent, opaque id.", isRequired: true, sql: sql`t."id"` },
    keyColumn(kind, descriptions),
  ];
  const joins: Sql[] = [];
  for (const name of Object.keys(kind.fixed ?? {}))
    columns.push(plainColumn(name, "string", fixedField(kinds), sql`t.${sql.id(name)}`, true));
  const fields = new Map(
    kinds.flatMap((one) => Object.entries(one.fields).map(([name, field]) => [name, { one, field }])),
  );
  for (const [name, { one, field }] of fields) {
    if (leftOut[`${kind.table}.${name}`] !== undefined || field.type === "owner") continue;
    const found = columnsOfField(name, field, descriptions.ofField(one.type, namesOfField(one, name)));
    columns.push(...found.columns);
    joins.push(...found.joins);
  }
  if (kinds.some(({ fields: all }) => Object.values(all).some(({ type }) => type === "owner")))
    columns.push(...subjectColumns(kind));
  for (const name of kind.computed ?? []) {
    if (leftOut[`${kind.table}.${name}`] !== undefined) continue;
    columns.push(plainColumn(name, "string", descriptions.ofField(kind.type, [name]), sql`t.${sql.id(name)}`, true));
  }
  if (kind.positioned)
    columns.push({
      name: "position",
      type: "integer",
      description: "Place in the order in which the source or the record lists it, from 0.",
      isRequired: true,
      sql: sql`t."position"`,
    });
  if (kind.table === "Party") {
    columns.push(...identifiersOf(sql`i`, ""));
    joins.push(joinCodes("i", sql`t."id"`));
  }
  return { columns, joins };
}

function keyColumn({ keyColumn: name, type }: RecordKind, descriptions: Descriptions): ReadColumn {
  return plainColumn(name, "string", descriptions.ofField(type, [name]), sql`t.${sql.id(name)}`, true);
}

/** The column that tells the kinds of a table apart. */
function fixedField(kinds: readonly RecordKind[]): DescribedField {
  const values = kinds.flatMap(({ fixed = {}, label }) =>
    Object.values(fixed).map((value) => ({ name: String(value), description: `${capitalOf(withArticle(label))}.` })),
  );
  return { description: `Kind: ${kinds.map(({ label }) => label).join(" or ")}.`, values };
}

function plainColumn(
  name: string,
  type: ColumnType,
  { description, values }: DescribedField,
  value: Sql,
  isRequired: boolean,
): ReadColumn {
  return { name, type, description, ...(values && { values }), ...(isRequired && { isRequired }), sql: value };
}

/** The columns of a field of the row `t`; lists have tables of their own. */
function columnsOfField(name: string, field: Field, described: DescribedField): ReadColumns {
  const isRequired = field.required === true || ("initial" in field && field.initial !== undefined);
  const own = (type: ColumnType): ReadColumns => ({
    columns: [plainColumn(name, type, described, sql`t.${sql.id(name)}`, isRequired)],
    joins: [],
  });
  switch (field.type) {
    case "reference":
      return referenceColumns(name, field, described.description, sql`t.${sql.id(field.column)}`);
    case "date":
      return { columns: dateColumns(name, described.description, isRequired), joins: [] };
    case "number":
      return own("integer");
    case "flag":
      return own("boolean");
    case "text":
      return own("string");
    case "words":
      return { columns: (field.schemes ?? []).map(schemeColumn), joins: [] };
    case "owner":
      return { columns: [], joins: [] };
  }
}

function dateColumns(name: string, description: string, isRequired: boolean): ReadColumn[] {
  const day = (which: "Earliest" | "Latest"): ReadColumn => ({
    name: `${name}${which}`,
    type: "date",
    description: `${which} possible day of \`${name}\`.`,
    ...(isRequired && { isRequired }),
    sql: sql`t.${sql.id(`${name}${which}`)}`,
  });
  const partial = `${description} As precise as the source: 2024, 2024-11 or 2024-11-20.`;
  return [
    plainColumn(name, "string", { description: partial }, sql`t.${sql.id(name)}`, isRequired),
    day("Earliest"),
    day("Latest"),
  ];
}

/** The columns of a reference: the key of the record, its id, and for a party its codes in other schemes. */
export function referenceColumns(
  name: string,
  field: Pick<ReferenceField, "to" | "required">,
  description: string,
  id: Sql,
): ReadColumns {
  const { to, required: isRequired } = field;
  const key = keyColumnOf(recordKinds, to);
  const alias = `${name}Of`;
  const [head, joins] =
    to === "Party"
      ? [sql`${sql.ref(`${alias}.code`)}`, [joinCodes(alias, id)]]
      : [
          sql`${sql.ref(`${alias}.${key}`)}`,
          [sql`left join ${sql.id(to)} ${sql.id(alias)} on ${sql.ref(`${alias}.id`)} = ${id}`],
        ];
  return {
    columns: [
      plainColumn(name, "string", { description: `${description} Its ${key}.` }, head, isRequired === true),
      {
        name: `${name}Id`,
        type: "string",
        description: `Id of \`${name}\`.`,
        ...(isRequired && { isRequired }),
        refersTo: exportNameOf(to),
        sql: id,
      },
      ...(to === "Party" ? identifiersOf(sql.id(alias), name, referenceSchemes) : []),
    ],
    joins,
  };
}

const schemes = Object.values(IdentifierScheme);
/** The schemes whose identifiers of a party stand beside each reference to it. */
const referenceSchemes: readonly IdentifierScheme[] = [
  IdentifierScheme.COW,
  IdentifierScheme.GLEDITSCH_WARD,
  IdentifierScheme.WIKIDATA,
];

/** Identifiers of a party, from its row of codes. */
function identifiersOf(codes: Sql, party: string, of: readonly IdentifierScheme[] = schemes): ReadColumn[] {
  return of.map((scheme) => ({ ...identifierColumn(scheme, party), sql: sql`${codes}.${sql.id(scheme)}` }));
}

/** The column of the identifiers of one scheme in a list of them: the first, since a cell holds one value. */
function schemeColumn(scheme: string): ReadColumn {
  return {
    ...identifierColumn(scheme as SchemeName, ""),
    sql: sql`(select min(substr(n, ${sql.lit(scheme.length + 2)})) from unnest(t."identifiers") n where starts_with(n, ${constant(`${scheme}:`)}))`,
  };
}

/** The column of an identifier of a party, or of the party itself if it has no name. */
export function identifierColumn(scheme: SchemeName, party: string): Column {
  const word = capitalized(scheme);
  return {
    name: party === "" ? word.charAt(0).toLowerCase() + word.slice(1) : `${party}${word}`,
    type: "string",
    description: `${capitalOf(identifierSchemes[scheme].label)}${party === "" ? "" : ` of \`${party}\``}, if the record has it.`,
  };
}

const codesOfParties = sql`with "codes" as materialized (select y."id", y."code", ${sql.join(
  schemes.map((scheme) => sql`max(n."value") filter (where n."scheme" = ${constant(scheme)}) as ${sql.id(scheme)}`),
)} from "Party" y left join "PartyIdentifier" n on n."partyId" = y."id" group by y."id", y."code")`;

const codeJoins = new WeakSet<Sql>();

function joinCodes(alias: string, id: Sql): Sql {
  const join = sql`left join "codes" ${sql.id(alias)} on ${sql.ref(`${alias}.id`)} = ${id}`;
  codeJoins.add(join);
  return join;
}

/** The clause with the codes of all parties, if a join needs them. */
export function withCodes(joins: readonly Sql[]): Sql {
  return joins.some((join) => codeJoins.has(join)) ? codesOfParties : sql``;
}

// The first letters of an id say the kind of its record.
function subjectColumns({ fields }: RecordKind): ReadColumn[] {
  const owners = Object.keys(fields).filter((name) => fields[name]?.type === "owner");
  const id = sql`coalesce(${sql.join(owners.map((name) => sql`t.${sql.id(name)}`))})`;
  const cited = recordKinds.filter(({ citation }) => citation !== undefined);
  const types = cited.map(({ prefix, type }) => sql`when ${constant(prefix)} then ${constant(type)}`);
  const tables = cited.map(({ prefix, table }) => sql`when ${constant(prefix)} then ${constant(exportNameOf(table))}`);
  const prefix = sql`split_part(${id}, '_', 1)`;
  return [
    {
      name: "subjectType",
      type: "string",
      description: "Kind of the record that cites the document.",
      values: cited.map(({ type, label }) => ({ name: type, description: `${capitalOf(withArticle(label))}.` })),
      isRequired: true,
      sql: sql`case ${prefix} ${sql.join(types, sql` `)} end`,
    },
    {
      name: "subjectTable",
      type: "string",
      description: "Table with the record that cites the document.",
      isRequired: true,
      sql: sql`case ${prefix} ${sql.join(tables, sql` `)} end`,
    },
    {
      name: "subjectId",
      type: "string",
      description: "Id of the record that cites the document, in `subjectTable`.",
      isRequired: true,
      sql: id,
    },
  ];
}
