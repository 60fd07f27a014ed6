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
    details: [...details.values()].map(({ table: name, owner, section, words = [] }) => ({
      table: name,
      owner,
      section,
      words,
    })),
    partOf: partColumns(first),
    follows: first.follows ?? {},
    cited:
      first.citation === undefined
        ? null
        : { column: first.citation.column, isRequired: first.citation.isName !== true },
    words: first.words ?? [],
    search: kinds.flatMap(({ search }) => (search === undefined ? [] : [searchOf(search)])),
    topics: topicsOf(first, [...details.values()]),
  };
}

function searchOf({ kind, place, title, day, texts = [] }: SearchedKind): DeclaredSearch {
  return {
    kind,
    place,
    title: title ?? null,
    day: day === undefined ? null : `${day}Earliest`,
    texts: texts.length === 0 ? [] : [...new Set([...(title === undefined ? [] : [title]), ...texts])],
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
