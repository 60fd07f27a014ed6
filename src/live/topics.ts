import type { Pool } from "pg";
import type { DeclaredRecord } from "../database/registry.js";
import { inputError } from "../lib/errors.js";
import type { RecordedAct } from "./feed.js";

/**
 * Optional filters of a subscription: names or ids, by the kind of record that can be followed (`party`, `meeting`). An
 * event must match all that are given.
 */
export type TopicArguments = Readonly<Record<string, string | null | undefined>>;

/** A kind of record that can be followed. */
export type FollowedRecord = Pick<DeclaredRecord, "table" | "key" | "topics">;

/** Selects the mutations that affect a subscription. It learns of merges along the way. */
export interface Topics {
  /**
   * The numbers of a mutation's changes that match all filters.
   * @returns null without filters, for all changes.
   */
  choose(act: RecordedAct): readonly number[] | null;
}

/** The argument of a subscription that names records of a table. */
function argumentOf({ table }: FollowedRecord): string {
  return table.charAt(0).toLowerCase() + table.slice(1);
}

/**
 * The records that a name or an id stands for: the published one or the target of its merge, and all that were merged
 * into it. With `$2`, it includes formerly published ones, because a resumed stream must report their withdrawal.
 */
function idsQueryOf({ table, key }: FollowedRecord): string {
  return `WITH called AS (
    SELECT ARRAY[$1, k."key"] AS "keys", ARRAY[$1, i."id"] AS "ids" FROM "currentKey"('${table}', $1) AS k, "currentId"($1) AS i
  ), named AS (
    SELECT r."id" FROM "${table}" r, called c WHERE r."${key}" = ANY (c."keys") OR r."id" = ANY (c."ids")
    UNION SELECT r."id" FROM past."${table}" r, called c WHERE $2::boolean AND (r."${key}" = ANY (c."keys") OR r."id" = ANY (c."ids"))
  )
  SELECT "former" AS "id" FROM "formerIds"(ARRAY(SELECT "id" FROM named))`;
}

/**
 * Resolves the filters of a subscription.
 * @param records All declared records.
 * @param isResumed Whether it continues after an earlier event.
 * @throws GraphQLError with the code BAD_USER_INPUT for a name that no published record has.
 */
export async function findTopics(
  pool: Pick<Pool, "query">,
  records: readonly FollowedRecord[],
  args: TopicArguments,
  isResumed: boolean,
): Promise<Topics> {
  const asked: Set<string>[] = [];
  for (const record of records.filter(({ topics }) => topics.isTopic)) {
    const argument = argumentOf(record);
    const name = args[argument];
    if (name === null || name === undefined) continue;
    const { rows } = await pool.query<{ id: string }>({ text: idsQueryOf(record), values: [name, isResumed] });
    if (rows.length === 0) {
      const problem = `the record has no ${argument} with the ${record.key} or id ${JSON.stringify(name)}.`;
      throw inputError({ argument, problem });
    }
    asked.push(new Set(rows.map(({ id }) => id)));
  }
  return topicsOf(asked);
}

function topicsOf(asked: readonly Set<string>[]): Topics {
  if (asked.length === 0) return { choose: () => null };
  return {
    choose({ changes }) {
      const chosen = changes.filter(({ affected }) => asked.every((ids) => [...ids].some((id) => affected.has(id))));
      for (const { merger } of changes) {
        if (merger) for (const ids of asked) if (ids.has(merger.id)) ids.add(merger.into);
      }
      return chosen.map(({ number }) => number);
    },
  };
}
