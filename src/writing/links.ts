import type { Detail, RecordKind, ReferenceField, Row } from "./records.js";
import { hasCells } from "./store.js";

/** A column in which records refer to others. */
export interface Link {
  /** The table of those that refer. */
  readonly table: string;
  readonly keyColumn: string;
  readonly column: string;
  /** The field as inputs name it, for people. */
  readonly name: string;
  /** The table of those that are referred to. */
  readonly to: string;
  /** Whether what refers belongs to what it refers to, and goes with it. */
  readonly isPart: boolean;
}

/** Rows of a detail that refer to other records. */
export interface Listing {
  readonly kind: RecordKind;
  readonly detail: Detail;
  readonly to: string;
}

/** All ways in which records refer to each other. */
export interface Links {
  readonly columns: readonly Link[];
  readonly listings: readonly Listing[];
}

/**
 * The references between records of these kinds.
 * @param parts Kinds whose records belong to the one that contains them. Citations always belong to their subject.
 */
export function linksBetween(kinds: readonly RecordKind[], parts: readonly RecordKind[]): Links {
  const columns = new Map<string, Link>();
  const listings = new Map<string, Listing>();
  const put = (link: Link): void => void columns.set(`${link.table}.${link.column}`, link);
  const citing = kinds.find(({ fields }) => Object.values(fields).some(({ type }) => type === "owner"));
  for (const kind of kinds) {
    const { table, keyColumn } = kind;
    for (const [name, field] of Object.entries(kind.fields)) {
      if (field.type !== "reference") continue;
      put({
        table,
        keyColumn,
        column: field.column,
        name: spoken(name, field),
        to: field.to,
        isPart: kind.within === name && parts.includes(kind),
      });
    }
    if (citing !== undefined && kind.citation !== undefined) {
      put({
        table: citing.table,
        keyColumn: citing.keyColumn,
        column: kind.citation.column,
        name: "cite",
        to: table,
        isPart: true,
      });
    }
    for (const detail of kind.details ?? []) {
      if (detail.to !== undefined) listings.set(detail.table, { kind, detail, to: detail.to });
    }
  }
  return { columns: [...columns.values()], listings: [...listings.values()] };
}

function spoken(name: string, { input }: ReferenceField): string {
  return input?.join(".") ?? name;
}

/** The kind of a row of a table. */
export function kindOf(kinds: readonly RecordKind[], table: string, row: Row): RecordKind {
  const here = kinds.filter((kind) => kind.table === table);
  const kind = here.find(({ fixed }) => hasCells(row, fixed));
  if (kind === undefined) throw new Error(`${table} holds no kind of record like ${String(row["id"])}`);
  return kind;
}
