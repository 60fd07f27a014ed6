import { sql } from "kysely";
import type { Sql } from "../../reading/sql.js";
import type { ReadRows } from "../ask.js";
import type { Column, Table } from "./table.js";
import { tableTypes } from "./formats.js";

// The tables as a Frictionless Data Package, and the state of the record that a snapshot is named by.

/** The licence of the statements of the record; texts of documents and their passages belong to their publishers. */
export const dataLicence = {
  name: "CC-BY-4.0",
  title: "Creative Commons Attribution 4.0 International",
  path: "https://creativecommons.org/licenses/by/4.0/",
} as const;

/** A state of the record, which can be read again at any time. */
export interface RecordState {
  /** The version of the record; undefined for a moment before its last change. */
  readonly version: string | undefined;
  /** The moment as of which the record is read. */
  readonly knownAt: string;
}

/**
 * Finds the state of the record at a moment, or the current one. The moment of the current state is that of the last
 * change: earlier changes are all committed then, so that the record as of that moment stays the same.
 */
export async function readState(rows: ReadRows, knownAt?: string): Promise<RecordState> {
  const [[version, at, now] = []] = await rows(
    sql`select json_build_array((select r."version"::text from "public"."RecordVersion" r),
      ${moment(sql`(select a."at" from "public"."Act" a order by a."number" desc limit 1)`)}, ${moment(sql`clock_timestamp()`)})`,
    knownAt,
  );
  const last = typeof at === "string" ? at : String(now);
  const isCurrent = knownAt === undefined || Date.parse(knownAt) >= Date.parse(last);
  return { version: isCurrent ? String(version) : undefined, knownAt: isCurrent ? last : knownAt };
}

const moment = (at: Sql): Sql => sql`to_char(${at} at time zone 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"')`;

/** The name of a snapshot of a state. */
export function snapshotName({ version, knownAt }: RecordState): string {
  const day = knownAt
    .replace(/\.\d+Z$/, "Z")
    .replace(/[-:]/g, "")
    .toLowerCase();
  return version === undefined ? `sidelines-${day}` : `sidelines-${version}-${day}`;
}

/** A file of a data package with a table. */
export interface PackagedFile {
  readonly path: string;
  readonly bytes?: number;
  /** SHA-256 of its bytes, in hexadecimal. */
  readonly sha256?: string;
}

/**
 * The descriptor of the tables as a data package.
 * @param fileOf The CSV file of a table.
 */
export function dataPackage(
  tables: readonly Table[],
  state: RecordState,
  fileOf: (table: Table) => PackagedFile,
): object {
  const { version, knownAt } = state;
  const names = new Set(tables.map(({ name }) => name));
  return {
    $schema: "https://datapackage.org/profiles/2.0/datapackage.json",
    name: "sidelines",
    id: snapshotName(state),
    title: "The record of Sidelines",
    description:
      "An open, source-cited record of defence diplomacy. It is incomplete: an event that it lacks may still have happened. " +
      "Passages of documents belong to their publishers.",
    ...(version !== undefined && { version }),
    created: knownAt,
    licenses: [dataLicence],
    resources: tables.map((table) => resource(table, fileOf(table), names)),
  };
}

function resource(table: Table, { path, bytes, sha256 }: PackagedFile, names: ReadonlySet<string>): object {
  const { name, title, description, columns, key } = table;
  return {
    name,
    type: "table",
    path,
    title,
    description,
    format: "csv",
    mediatype: tableTypes.csv.replace(/;.*/, ""),
    encoding: "utf-8",
    ...(bytes !== undefined && { bytes }),
    ...(sha256 !== undefined && { hash: `sha256:${sha256}` }),
    dialect: { delimiter: ",", lineTerminator: "\r\n", quoteChar: '"', doubleQuote: true, header: true },
    schema: {
      fields: columns.map(field),
      primaryKey: key,
      foreignKeys: columns.flatMap(({ name: column, refersTo }) =>
        refersTo === undefined || !names.has(refersTo)
          ? []
          : [{ fields: [column], reference: { resource: refersTo === name ? "" : refersTo, fields: ["id"] } }],
      ),
      missingValues: [""],
    },
  };
}

function field({ name, type, description, values, isRequired }: Column): object {
  const constraints = {
    ...(isRequired && { required: true }),
    ...(values && { enum: values.map((value) => value.name) }),
  };
  return { name, type, description, ...(Object.keys(constraints).length > 0 && { constraints }) };
}
