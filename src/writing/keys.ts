import { columnsOf, type Cell, type RecordKind, type Row } from "./records.js";

/** The key of a record by its table and id. */
export type KeyOf = (table: string, id: Cell) => string;

/** A key in two: what it shares with all that are known by the same, and what tells them apart. */
export interface KeyParts {
  readonly start: string;
  readonly rest: string;
}

/**
 * The key that a record gets once what it is known by has changed, as its kind says.
 * @param keyOfNow the keys of what it refers to afterwards, where they have changed as well.
 * @returns undefined if the kind does not say, or the key begins otherwise.
 */
export function keyPartsAfter(
  kind: RecordKind,
  key: string,
  before: Row,
  after: Row,
  keyOf: KeyOf,
  keyOfNow = keyOf,
): KeyParts | undefined {
  let start = "";
  let next = "";
  for (const name of kind.keyedBy ?? []) {
    const word = name === null ? ownWord(key, start) : wordOf(kind, name, before, keyOf);
    start = joined(start, word);
    next = joined(next, name === null ? word : wordOf(kind, name, after, keyOfNow));
  }
  if (start === "" || (key !== start && !key.startsWith(`${start}/`))) return undefined;
  return { start: next, rest: key.slice(start.length) };
}

/** The whole key that a record gets; the one it has where nothing follows from its kind. */
export function keyAfter(kind: RecordKind, key: string, before: Row, after: Row, keyOf: KeyOf): string {
  const parts = keyPartsAfter(kind, key, before, after, keyOf);
  return parts === undefined ? key : parts.start + parts.rest;
}

function wordOf({ fields }: RecordKind, name: string, row: Row, keyOf: KeyOf): string {
  const field = fields[name];
  if (field === undefined) throw new Error(`a key cannot begin with ${name}, which is no field`);
  const cell = row[columnsOf(name, field)[0]] ?? null;
  return field.type === "reference" ? keyOf(field.to, cell) : String(cell);
}

function joined(start: string, word: string): string {
  return start === "" ? word : `${start}/${word}`;
}

function ownWord(key: string, start: string): string {
  const rest = key.slice(start === "" ? 0 : start.length + 1);
  const end = rest.indexOf("/");
  return end < 0 ? rest : rest.slice(0, end);
}
