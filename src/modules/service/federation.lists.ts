import { sql } from "kysely";
import { inputError } from "../../lib/errors.js";
import { mapLeaf, type Leaf } from "../../reading/inputs.js";
import { literal, parameter, type Sql } from "../../reading/sql.js";
import type { RecordKind } from "../../writing/records.js";
import { survivingKey, survivor, type RecordTable } from "../history/history.lists.js";
import { kindOfType, prefixOf, recordKinds } from "../kinds.js";

/** Kinds with a name that people write, beside the id that programs pass around. */
const namedKinds = recordKinds.filter(({ keyColumn }) => keyColumn !== "key");

/** The fields by which another service may refer to records of a type; none where it is no type of records. */
export function keysOf(type: string): readonly string[] {
  const kind = kindOfType(type);
  if (kind === undefined) return [];
  return namedKinds.includes(kind) ? [kind.keyColumn, "id"] : ["id"];
}

function isRecordType(type: unknown): type is string {
  return typeof type === "string" && kindOfType(type) !== undefined;
}

/** A representation: an id, or a natural key of a type. */
interface Reference {
  readonly id: string | null;
  readonly type: string | null;
  readonly key: string | null;
}

/**
 * The ids of what representations refer to, as a list in their order: null where there is no such record. Records that
 * were merged are what they were merged into.
 */
export function referredIds(representations: Leaf<readonly unknown[]>): Sql {
  const references = mapLeaf(representations, (given) => given.map(readRepresentation));
  const column = (name: keyof Reference): Sql =>
    parameter(
      references.map((all) => all.map((one) => one[name])),
      "text[]",
    );
  const branches = namedKinds.map((kind) => sql`when ${literal(kind.type)} then ${idOfKey(kind)}`);
  const columns = sql.join((["id", "type", "key"] as const).map(column));
  return sql`(select array_agg(case i."type" ${sql.join(branches, sql` `)} else ${survivor} end order by i."place")
    from unnest(${columns}) with ordinality as i("id", "type", "key", "place"))`;
}

/** The id of the row of a key, if it is of the type: states and organizations share their codes. */
function idOfKey({ keyColumn, table, prefix }: RecordKind): Sql {
  return sql`(select r."id" from ${sql.table(table)} as r where r.${sql.ref(keyColumn)} = ${survivingKey(table as RecordTable, sql.ref("i.key"))} and split_part(r."id", '_', 1) = ${literal(prefix)})`;
}

function readRepresentation(given: unknown, index: number): Reference {
  const refuse = (problem: string): Error => inputError({ argument: `representations.${String(index)}`, problem });
  const { __typename: type, ...fields } = (typeof given === "object" && given !== null ? given : {}) as Readonly<
    Record<string, unknown>
  >;
  if (!isRecordType(type))
    throw refuse(`has to name a type of records as __typename, but names ${JSON.stringify(type ?? null)}.`);
  const name = keysOf(type).find((field) => fields[field] !== undefined);
  const key = name === undefined ? undefined : fields[name];
  if (typeof key !== "string" || key.includes("\0"))
    throw refuse(`has to hold ${keysOf(type).join(" or ")} of the ${type}, as text.`);
  if (name !== "id") return { id: null, type, key };
  // An id with the prefix of another type matches nothing.
  return { id: key.startsWith(`${prefixOf(type)}_`) ? key : null, type: null, key: null };
}
