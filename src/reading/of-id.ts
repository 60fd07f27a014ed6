import type { FieldNode } from "graphql";
import { sql } from "kysely";
import type { AnyField, Compiled } from "./declarations.js";
import type { Sql } from "./sql.js";

interface Kept {
  readonly key: string;
  readonly nodes: readonly FieldNode[];
  readonly field: AnyField;
  readonly compiled: Compiled;
}

/**
 * Fields that need only a row's id, of an object with several possible types. If they are selected alike, they are read
 * once for all types. Otherwise, a statement would contain them once per type, and exponentially often for nested
 * objects.
 */
export class FieldsOfId {
  readonly #kept: Kept[] = [];

  /** @param alias of the query that yields the id under "id" and these fields under their numbers. */
  constructor(readonly alias: string) {}

  /** A field under a response key of one of the types; compiled once for all types that ask the same of it. */
  take(key: string, nodes: readonly FieldNode[], field: AnyField, compile: () => Compiled): Compiled {
    let index = this.#kept.findIndex(
      (kept) => kept.key === key && kept.field === field && isSameList(kept.nodes, nodes),
    );
    if (index < 0) index = this.#kept.push({ key, nodes, field, compiled: compile() }) - 1;
    const { compiled } = this.#kept[index] as Kept;
    return { ...compiled, sql: sql.ref(`${this.alias}.${String(index)}`) };
  }

  /** The query. `offset 0` keeps Postgres from writing its columns out wherever they are used. */
  from(holder: string, id: Sql): Sql {
    const holding = sql`(select ${id} as "id") as ${sql.ref(holder)}`;
    if (this.#kept.length === 0) return holding;
    const columns = this.#kept.map(({ compiled }, index) => sql`${compiled.sql} as ${sql.ref(String(index))}`);
    return sql`(select ${sql.ref(holder)}."id", ${sql.join(columns)} from ${holding} offset 0) as ${sql.ref(this.alias)}`;
  }

  /** The id as the query yields it. */
  id(holder: string): Sql {
    return sql.ref(`${this.#kept.length === 0 ? holder : this.alias}.id`);
  }
}

function isSameList(one: readonly FieldNode[], other: readonly FieldNode[]): boolean {
  return one.length === other.length && one.every((node, index) => node === other[index]);
}
