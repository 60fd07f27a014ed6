import type { Pool } from "pg";
import { inputError } from "../lib/errors.js";
import type { RecordedAct } from "./feed.js";

/** Optional filters of a subscription, each by name or id. An event must match all that are given. */
export interface TopicArguments {
  readonly party?: string | null | undefined;
  readonly person?: string | null | undefined;
  readonly forum?: string | null | undefined;
  readonly meeting?: string | null | undefined;
}

/** Selects the mutations that affect a subscription. It learns of merges along the way. */
export interface Topics {
  /**
   * The numbers of a mutation's changes that match all filters.
   * @returns null without filters, for all changes.
   */
  choose(act: RecordedAct): readonly number[] | null;
}

const kinds = {
  party: { table: "Party", key: "code", called: "party with the code or id" },
  person: { table: "Person", key: "slug", called: "person with the slug or id" },
  forum: { table: "Forum", key: "slug", called: "forum with the slug or id" },
  meeting: { table: "Meeting", key: "slug", called: "meeting with the slug or id" },
} as const satisfies Readonly<Record<keyof TopicArguments, object>>;

type Kind = keyof typeof kinds;

/**
 * The records that a name or an id stands for: the published one or the target of its merge, and all that were merged
 * into it. With `$2`, it includes formerly published ones, because a resumed stream must report their withdrawal.
 */
function idsQueryOf({ table, key }: (typeof kinds)[Kind]): string {
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
 * @param isResumed Whether it continues after an earlier event.
 * @throws GraphQLError with the code BAD_USER_INPUT for a name that no published record has.
 */
export async function findTopics(pool: Pick<Pool, "query">, args: TopicArguments, isResumed: boolean): Promise<Topics> {
  const asked: Set<string>[] = [];
  for (const argument of Object.keys(kinds) as Kind[]) {
    const name = args[argument];
    if (name === null || name === undefined) continue;
    const { rows } = await pool.query<{ id: string }>({ text: idsQueryOf(kinds[argument]), values: [name, isResumed] });
    if (rows.length === 0)
      throw inputError({ argument, problem: `the record has no ${kinds[argument].called} ${JSON.stringify(name)}.` });
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
