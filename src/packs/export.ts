import { mkdir, writeFile } from "node:fs/promises";
import path from "node:path";
import { isScalar, Document as YamlDocument, visit } from "yaml";
import { withArticle, type Step } from "../lib/faults.js";
import { groupedBy } from "../lib/grouped.js";
import {
  type Cell,
  columnsOf,
  type Field,
  inputPath,
  keyColumnOf,
  type RecordKind,
  type Row,
  wholeOf,
} from "../writing/records.js";
import type { PackPart, PackSection } from "../writing/sections.js";
import { hasCells } from "../writing/store.js";
import { byUnits } from "./files.js";
import { checkEmpty, writeWhole } from "./folders.js";
import type { PackDatabase } from "./import.js";
import { partOf } from "./part.js";
import { readRecord, type WholeRecord } from "./record.js";
import { recordKinds } from "../modules/kinds.js";
import { packSections } from "./sections.js";

/** The result of exporting a pack. */
export interface ExportReport {
  /** The files, relative to the folder, in the order in which they are read. */
  readonly files: readonly string[];
  /** The number of records in each collection. */
  readonly records: Readonly<Record<string, number>>;
  /** The rows that these are kept in, with those of their parts and citations, by table. */
  readonly rows: Readonly<Record<string, number>>;
}

/** The content of a pack, and a callback for progress. */
export interface ExportOptions {
  /** The ids of the meetings that are written, with what they need; the whole record when left out. */
  readonly meetings?: Iterable<string> | undefined;
  /** Whether private texts are written. Without them, a digest stands for each, and its citations keep their positions. */
  readonly withPrivateTexts?: boolean | undefined;
  readonly progress?: (step: string) => void;
}

/**
 * Writes the record, or a part of it, as a pack: one file per collection, texts beside. The same record gives the same bytes;
 * loaded into an empty database they give the same record. A part holds what its records need, so that it can be loaded into an empty database as well.
 * The folder is there whole or not at all.
 * @param folder does not exist yet, or is empty.
 * @throws ExportError if it is not empty or cannot be written.
 */
export async function exportPack(
  database: PackDatabase,
  folder: string,
  { meetings, withPrivateTexts = false, progress = () => undefined }: ExportOptions = {},
): Promise<ExportReport> {
  await checkEmpty(folder, "export into a new folder");
  progress("Reading the record");
  const files = new Map<string, string>();
  const whole = await readRecord(database, withPrivateTexts);
  const record = meetings === undefined ? whole : partOf(whole, meetings);
  const pack =
    meetings === undefined
      ? { name: "record", title: "The record of Sidelines" }
      : { name: "record-part", title: "A part of the record of Sidelines" };
  const records: Record<string, number> = {};
  files.set("pack.yaml", yamlText({ pack }));
  for (const section of packSections) {
    const entries = entriesOf(section, record, files);
    records[section.collection] = entries.length;
    if (entries.length > 0) files.set(`${section.collection}.yaml`, yamlText({ [section.collection]: entries }));
  }
  progress(`Writing ${String(files.size)} files`);
  await writeWhole(folder, async (draft) => {
    for (const [name, text] of files) {
      const file = path.join(draft, ...name.split("/"));
      await mkdir(path.dirname(file), { recursive: true });
      await writeFile(file, text, "utf8");
    }
  });
  const rows = Object.fromEntries(
    [...record.tables].map(([table, { size }]) => [table, size] as const).filter(([, size]) => size > 0),
  );
  return { files: [...files.keys()].sort(byUnits), records, rows };
}

function entriesOf(section: PackSection, record: WholeRecord, files: Map<string, string>): object[] {
  const { kind, shape, parts = [] } = section;
  const rowsOfPart = parts.map((part) =>
    groupedBy(rowsOf(part.kind, record), (row) => String(row[parentColumn(part)])),
  );
  return rowsOf(kind, record, section.rank)
    .filter((row) => section.holds?.(row) ?? true)
    .map((row) => {
      const key = String(row[kind.keyColumn]);
      const entry = { ...section.names(key), ...describe(kind, row, record) };
      parts.forEach((part, index) => {
        const rows = rowsOfPart[index]?.get(String(row["id"])) ?? [];
        const within = rows.map((one) => {
          const names = part.names?.(String(one[part.kind.keyColumn]), key);
          return inShape({ ...names, ...describe(part.kind, one, record) }, part.shape.shape);
        });
        Object.assign(entry, listed(part.collection, within));
      });
      return inShape(section.collection === "documents" ? withTextFile(entry, row, files) : entry, shape.shape);
    });
}

function parentColumn({ kind }: PackPart): string {
  const field = wholeOf(kind);
  if (field === undefined) throw new Error(`${withArticle(kind.label)} is a part of nothing`);
  return field.column;
}

// In the order of their keys, parts in the order in which they were given: read again, they get the same keys.
function rowsOf(kind: RecordKind, { tables }: WholeRecord, rank?: PackSection["rank"]): Row[] {
  const rankOf = (row: Row): string => rank?.(String(row[kind.keyColumn]), row) ?? String(row[kind.keyColumn]);
  return [...(tables.get(kind.table)?.values() ?? [])]
    .filter((row) => hasCells(row, kind.fixed))
    .sort(
      (one, other) =>
        Number(one["position"] ?? 0) - Number(other["position"] ?? 0) ||
        byParts(rankOf(one), rankOf(other)) ||
        byParts(String(one[kind.keyColumn]), String(other[kind.keyColumn])),
    );
}

// A record as input. Fields without a value are left out.
function describe(kind: RecordKind, row: Row, record: WholeRecord): Record<string, unknown> {
  const said: Record<string, unknown> = {};
  for (const [name, field] of Object.entries(kind.fields)) {
    const value = valueOf(field, row[columnsOf(name, field)[0]], record);
    if (value !== undefined) put(said, inputPath(name, field), value);
  }
  for (const detail of kind.details ?? []) {
    const rows = record.details.get(detail.table)?.get(String(row["id"])) ?? [];
    const named = rows.map((one) =>
      detail.to === undefined ? one : { ...one, [detail.identity]: keyOf(detail.to, one[detail.identity], record) },
    );
    const sorted = named.sort((one, other) => byUnits(String(one[detail.identity]), String(other[detail.identity])));
    const kept = sorted.map((one) => spoken(one, [detail.identity, ...detail.columns]));
    if (kept.length > 0) Object.assign(said, detail.write(kept, row));
  }
  return { ...said, ...listed("cite", citesOf(row, record)) };
}

function valueOf(field: Field, cell: Cell | undefined, record: WholeRecord): unknown {
  if (cell === null || cell === undefined || field.type === "owner") return undefined;
  if (field.type === "flag" || field.type === "text") return cell === field.initial ? undefined : cell;
  if (field.type === "words") return Array.isArray(cell) && cell.length > 0 ? cell : undefined;
  if (field.type !== "reference") return cell;
  const key = keyOf(field.to, cell, record);
  return field.spelling === undefined ? key : field.spelling.fromKey(key);
}

function citesOf(row: Row, record: WholeRecord): unknown[] {
  const cites: (Record<string, Cell | undefined> & { document: string })[] = (
    record.citations.get(String(row["id"])) ?? []
  ).map((citation) => ({
    document: keyOf("Document", citation["documentId"], record),
    ...spoken(citation, ["quote", "start", "locator", "attributedTo"]),
    ...(citation["stance"] === "SUPPORTS" ? {} : { stance: citation["stance"] }),
  }));
  return cites
    .map((cite) => ({
      cite,
      rank: [cite.document, String(cite["start"] ?? "").padStart(10, "0"), JSON.stringify(cite)].join("\n"),
    }))
    .sort((one, other) => byUnits(one.rank, other.rank))
    .map(({ cite }) => (Object.keys(cite).length === 1 ? cite.document : cite));
}

function keyOf(table: string, id: Cell | undefined, { tables }: WholeRecord): string {
  return String(tables.get(table)?.get(String(id))?.[keyColumnOf(recordKinds, table)]);
}

function spoken(row: Row, columns: readonly string[]): Record<string, Cell> {
  return Object.fromEntries(columns.flatMap((column) => (row[column] == null ? [] : [[column, row[column]]])));
}

function listed(name: string, entries: readonly unknown[]): Record<string, unknown> {
  return entries.length === 0 ? {} : { [name]: entries };
}

function put(target: Record<string, unknown>, [first, ...rest]: readonly [Step, ...Step[]], value: unknown): void {
  const [second, ...further] = rest;
  if (second === undefined) {
    target[first] = value;
    return;
  }
  const inside = (target[first] ??= {}) as Record<string, unknown>;
  put(inside, [second, ...further], value);
}

// The properties that a shape knows, in its order.
function inShape(
  entry: Readonly<Record<string, unknown>>,
  shape: Readonly<Record<string, unknown>>,
): Record<string, unknown> {
  const names = Object.keys(shape).flatMap((name) => (name === "text" && "textFile" in entry ? ["textFile"] : [name]));
  return Object.fromEntries(names.flatMap((name) => (isSaid(entry[name]) ? [[name, entry[name]]] : [])));
}

function isSaid(value: unknown): boolean {
  return value !== undefined && !(Array.isArray(value) && value.length === 0);
}

function withTextFile(
  entry: Readonly<Record<string, unknown>>,
  row: Row,
  files: Map<string, string>,
): Record<string, unknown> {
  const { text, sha256, ...rest } = entry;
  if (typeof text !== "string") return { ...rest, sha256 };
  const key = String(row["key"]);
  const name = /^[A-Za-z0-9][A-Za-z0-9._-]*$/.test(key) ? key : String(row["id"]);
  files.set(`texts/${name}.txt`, text);
  return { ...rest, textFile: `texts/${name}.txt` };
}

// `x/IND` before `x/IND/2` before `x/IND/10`.
function byParts(one: string, other: string): number {
  const [first, second] = [one.split("/"), other.split("/")];
  for (let at = 0; at < Math.min(first.length, second.length); at += 1) {
    const [left = "", right = ""] = [first[at], second[at]];
    const areNumbers = /^\d{1,15}$/.test(left) && /^\d{1,15}$/.test(right);
    const order = (areNumbers ? Number(left) - Number(right) : 0) || byUnits(left, right);
    if (order !== 0) return order;
  }
  return first.length - second.length;
}

/** A value as YAML that reads back as the same value, whatever its texts hold. */
export function yamlText(value: unknown): string {
  const document = new YamlDocument(value, { aliasDuplicateObjects: false });
  visit(document, {
    Scalar(_, node) {
      if (isScalar(node) && typeof node.value === "string" && !isPlainEnough(node.value)) node.type = "QUOTE_DOUBLE";
    },
  });
  return document.toString({ lineWidth: 0, minContentWidth: 0, flowCollectionPadding: false });
}

// Characters that other YAML readers may treat as line breaks or indentation are escaped.
function isPlainEnough(text: string): boolean {
  return !/[\t\f\r\u0085\u2028\u2029\uFEFF]|^\s|\s$|[ ]\n/u.test(text);
}
