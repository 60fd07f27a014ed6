import type { DeclaredRecord, DeclaredSearch, DeclaredTopics } from "../database/registry.js";
import { type Detail, type RecordKind, type ReferenceField, type SearchedKind, wholeOf } from "../writing/records.js";
import { recordKinds } from "../modules/kinds.js";
import { partKinds } from "./sections.js";

/** The declarations of all records, as far as the database follows from them. */
export const declaredRecords: readonly DeclaredRecord[] = [...new Set(recordKinds.map(({ table }) => table))].map(
  declaredRecord,
);

// States and organizations share a table.
function declaredRecord(table: string): DeclaredRecord {
  const kinds = recordKinds.filter((kind) => kind.table === table);
  const [first] = kinds;
  if (first === undefined) throw new Error(`no record is kept in ${table}`);
  const details = new Map(
    kinds.flatMap(({ details: all = [] }) => all.map((detail) => [detail.table, detail] as const)),
  );
  return {
    table,
    prefixes: kinds.map(({ prefix }) => prefix),
    key: first.keyColumn,
    title: first.title ?? first.keyColumn,
    details: [...details.values()].map(({ table: name, owner, section }) => ({ table: name, owner, section })),
    partOf: partColumns(first),
    follows: first.follows ?? {},
    cited:
      first.citation === undefined
        ? null
        : { column: first.citation.column, isRequired: first.citation.isName !== true },
    search: kinds.flatMap((kind) =>
      kind.search === undefined ? [] : [searchOf(kind, kind.search, [...details.values()])],
    ),
    topics: topicsOf(first, [...details.values()]),
  };
}

function searchOf(kind: RecordKind, search: SearchedKind, details: readonly Detail[]): DeclaredSearch {
  const { names, title, day, last, ordinal, texts = [], borrows, needs, sameBy = [] } = search;
  const lent = borrows === undefined ? undefined : kind.fields[borrows.by];
  if (borrows !== undefined && lent?.type !== "reference")
    throw new Error(`${kind.table} borrows by ${borrows.by}, which is no reference`);
  return {
    kind: search.kind,
    place: search.place,
    prefix: kind.prefix,
    names:
      names === undefined
        ? null
        : {
            columns: names,
            rows: details.flatMap(({ table, owner, called }) =>
              called === undefined ? [] : [{ table, by: owner, column: called }],
            ),
          },
    title: title ?? null,
    day: day === undefined ? null : `${day}Earliest`,
    last: [last, day].flatMap((name) => (name === undefined ? [] : [`${name}Latest`])),
    ordinal: ordinal ?? null,
    texts: texts.map((name) => ({ column: name, isList: kind.fields[name]?.type === "words" })),
    about: [
      ...Object.values(kind.fields).flatMap((field) => (field.type === "reference" ? [field.column] : [])),
      ...Object.entries(kind.fields).flatMap(([name, { type }]) => (type === "owner" ? [name] : [])),
    ],
    rows: [
      ...details.flatMap(({ table, owner, identity, to }) =>
        to === undefined ? [] : [{ table, by: owner, ids: [identity] }],
      ),
      ...recordKinds.flatMap((part) => rowsOfPart(part, kind)),
    ],
    borrows:
      borrows === undefined || lent?.type !== "reference"
        ? null
        : {
            by: lent.column,
            table: lent.to,
            title: borrows.title ?? null,
            day: borrows.day === undefined ? null : `${borrows.day}Earliest`,
            last: borrows.day === undefined ? [] : [`${borrows.day}Latest`],
          },
    needs: needs ?? null,
    sameBy,
  };
}

function partColumns(kind: RecordKind): string[] {
  const field = wholeOf(kind);
  return field === undefined || !partKinds.includes(kind) ? [] : [field.column];
}

function topicsOf(kind: RecordKind, details: readonly Detail[]): DeclaredTopics {
  const references = Object.values(kind.fields).filter((field) => field.type === "reference");
  const told = (how: "it" | "around") => references.filter((field) => toldBy(field) === how);
  return {
    isTopic: kind.isTopic === true,
    ids: told("it").map(({ column }) => column),
    around: [...told("around").map(({ column, to }) => ({ column, table: to })), ...subjectsOf(kind)],
    rows: [
      ...details.flatMap(({ table, owner, identity, to }) =>
        to !== undefined && isTopic(to) ? [{ table, by: owner, ids: [identity] }] : [],
      ),
      ...recordKinds.flatMap((part) => rowsOfPart(part, kind)),
    ],
  };
}

function toldBy({ to, tells }: ReferenceField): "it" | "around" | "none" {
  return tells ?? (isTopic(to) ? "it" : "around");
}

function isTopic(table: string): boolean {
  return recordKinds.some((kind) => kind.table === table && kind.isTopic === true);
}

// A citation has the topics of its subject.
function subjectsOf(kind: RecordKind): DeclaredTopics["around"] {
  const owners = Object.entries(kind.fields).flatMap(([name, { type }]) => (type === "owner" ? [name] : []));
  return owners.flatMap((column) => {
    const subject = recordKinds.find(({ citation }) => citation?.column === column);
    return subject === undefined ? [] : [{ column, table: subject.table }];
  });
}

function rowsOfPart(kind: RecordKind, whole: RecordKind): DeclaredTopics["rows"] {
  const { table, fields, tellsOfWhole = [] } = kind;
  const field = wholeOf(kind);
  if (tellsOfWhole.length === 0 || field?.to !== whole.table) return [];
  const ids = tellsOfWhole.flatMap((name) => {
    const told = fields[name];
    return told?.type === "reference" ? [told.column] : [];
  });
  return [{ table, by: field.column, ids }];
}
