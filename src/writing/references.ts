import { z } from "zod";
import { at, shown, type Fault, type Place, type Step, withArticle } from "../lib/faults.js";
import { survivingIds } from "./names.js";
import type { RecordKind } from "./records.js";
import { keyColumnOf } from "./records.js";
import { bare } from "./sections.js";
import { rowsWhere, type Statements } from "./store.js";

// Packs speak of records by their keys, and so do drafts; people who read ids in an answer want to give them back.
// Shapes say which of their values refer to which table, so that ids can be put into keys before anything is drafted.

const tables = z.registry<{ readonly to: string }>();

/** Marks a value of a shape as the key of a record of a table: an act takes the record's id in its place as well. */
export function refersTo<S extends z.ZodType>(to: string, schema: S): S {
  tables.add(schema, { to });
  return schema;
}

/** A place in an input where the id of a record stands instead of its key. */
interface GivenId {
  readonly path: readonly Step[];
  readonly to: string;
  readonly id: string;
}

/** An input in which keys stand for ids, and what is wrong with those that stand for nothing. */
export interface Keyed {
  readonly value: unknown;
  readonly faults: readonly Fault[];
}

const idPattern = /^[a-z]{3}_[a-z2-7]{16}$/;

/**
 * Puts keys in the places of ids where a shape refers to records; one statement for each table that ids are given of.
 * @param kinds all kinds of records.
 */
export async function keysForIds(
  database: Statements,
  kinds: readonly RecordKind[],
  shape: z.ZodType,
  value: unknown,
  place: Place,
): Promise<Keyed> {
  const given = [...idsIn(shape, value, [])];
  if (given.length === 0) return { value, faults: [] };
  const keys = new Map<string, string>();
  for (const to of new Set(given.map((one) => one.to))) {
    const keyColumn = keyColumnOf(kinds, to);
    const ids = new Set(given.filter((one) => one.to === to).map(({ id }) => id));
    const survivors = await survivingIds(database, ids);
    const rows = await rowsWhere(database, to, ["id", keyColumn], "id", new Set([...ids, ...survivors.values()]));
    const held = new Map(rows.map((row) => [String(row["id"]), String(row[keyColumn])]));
    // The id of a record that was merged leads to the survivor, as in every read.
    for (const id of ids) {
      const key = held.get(id) ?? held.get(survivors.get(id) ?? "");
      if (key !== undefined) keys.set(id, key);
    }
  }
  const faults = given.flatMap(({ path, to, id }): Fault[] =>
    keys.has(id) ? [] : [unknownId(kinds, to, id, at(place, ...path))],
  );
  const known = given.flatMap(({ path, id }) => (keys.has(id) ? [[path, keys.get(id)] as const] : []));
  return { value: known.reduce((whole, [path, key]) => put(whole, path, key), value), faults };
}

function unknownId(kinds: readonly RecordKind[], to: string, id: string, place: Place): Fault {
  const label = labelOf(kinds.filter(({ table }) => table === to));
  const prefix = id.slice(0, id.indexOf("_"));
  const others = kinds.filter((kind) => kind.prefix === prefix);
  if (others.length > 0 && others.every(({ table }) => table !== to)) {
    return {
      code: "INVALID",
      place,
      message: `${shown(id)} is the id of ${withArticle(labelOf(others))}, and ${withArticle(label)} is wanted here`,
    };
  }
  return { code: "NOT_FOUND", place, message: `there is no ${label} with the id ${shown(id)}` };
}

function labelOf(kinds: readonly RecordKind[]): string {
  return kinds.map(({ label }) => label).join(" or ");
}

function* idsIn(shape: z.core.$ZodType | undefined, value: unknown, path: readonly Step[]): Generator<GivenId> {
  if (typeof value === "string") {
    const to = idPattern.test(value) ? tableOf(shape) : undefined;
    if (to !== undefined) yield { path, to, id: value };
    return;
  }
  const definition = bare(shape)?._zod.def;
  if (definition?.type === "array" && Array.isArray(value)) {
    for (const [index, entry] of value.entries())
      yield* idsIn((definition as z.core.$ZodArrayDef).element, entry, [...path, index]);
  } else if (definition?.type === "object" && typeof value === "object" && value !== null) {
    const { shape: properties } = definition as z.core.$ZodObjectDef;
    for (const [name, entry] of Object.entries(value)) {
      if (Object.hasOwn(properties, name)) yield* idsIn(properties[name], entry, [...path, name]);
    }
  }
}

function tableOf(shape: z.core.$ZodType | undefined): string | undefined {
  const schema = bare(shape);
  return schema === undefined ? undefined : tables.get(schema)?.to;
}

function put(value: unknown, [step, ...further]: readonly Step[], key: unknown): unknown {
  if (step === undefined) return key;
  if (Array.isArray(value))
    return value.map((entry: unknown, index) => (index === step ? put(entry, further, key) : entry));
  return { ...(value as object), [step]: put((value as Record<Step, unknown>)[step], further, key) };
}
