import { LRUCache } from "lru-cache";
import type { Pool } from "pg";
import type { VersionWatch } from "../database/version.js";

/** A position in the order of mutations. */
export interface FeedPosition {
  /** Mutations are committed in the order of their numbers; 0 is before the first. */
  readonly number: number;
  /** The mutation's id; undefined before the first. */
  readonly id: string | undefined;
}

/** One change of a mutation, with what is needed to decide which streams it affects. */
export interface RecordedChange {
  readonly number: number;
  /** The ids of the parties, persons, forums and meetings that it affects. */
  readonly affected: ReadonlySet<string>;
  /** For a merge: the source and the target. */
  readonly merger: { readonly id: string; readonly into: string } | undefined;
}

/** A mutation that changed published records. */
export interface RecordedAct {
  readonly number: number;
  readonly id: string;
  /** Its moment, for reading the record as of then. */
  readonly at: string;
  readonly changes: readonly RecordedChange[];
}

/** All mutations in the order of their commits, shared by the streams of a process. */
export interface RecordFeed {
  /** The position of the last committed mutation. */
  latest(): Promise<FeedPosition>;
  /** The position of a mutation; undefined for an unknown id. */
  placeOf(actId: string): Promise<FeedPosition | undefined>;
  /** Some of the mutations after a number, in order; at least the next one, if there is any. */
  after(number: number): Promise<readonly RecordedAct[]>;
  /** A counter of the writes that this process has noticed. */
  writes(): number;
  /** Resolves when the counter exceeds `since`, or on abort. */
  written(since: number, signal: AbortSignal): Promise<void>;
  /** Wakes all waiting streams for the last time. */
  close(): void;
}

export interface FeedOptions {
  /** Number of changes per statement. */
  readonly pageSize?: number;
  /** Number of changes cached for all streams. */
  readonly remembered?: number;
}

interface ChangeRow {
  readonly act: number;
  readonly id: string;
  readonly at: string;
  readonly number: number;
  readonly recordId: string;
  readonly survivorId: string | null;
  readonly affected: string[];
}

/** The changes with the records they affect; for a merge, those of source and target. */
const changesAfter = `
SELECT a."number" AS "act", a."id", to_char(a."at" AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.MS"Z"') AS "at",
  c."number", c."recordId", g."survivorId",
  ARRAY(SELECT DISTINCT n."id" FROM (
    SELECT past."concerned"(c."table", c."recordId", a."at") UNION ALL SELECT past."concerned"(c."table", g."survivorId", a."at")
  ) AS n("id") WHERE n."id" IS NOT NULL) AS "affected"
FROM "Change" c
JOIN "Act" a ON a."number" = c."actNumber"
LEFT JOIN past."MergedRecord" g ON c."kind" = 'MERGED' AND g."id" = c."recordId" AND g."recordedFrom" = a."at"
WHERE (c."actNumber", c."number") > ($1::bigint, $2::bigint)
ORDER BY c."actNumber", c."number" LIMIT $3`;

/**
 * Reads mutations from the history of the record, the only source for the order of commits. Notifications merely trigger
 * a read, so that lost ones cause no gap and repeated ones no duplicates.
 */
export function createFeed(
  pool: Pick<Pool, "query">,
  versions: Pick<VersionWatch, "onMove">,
  options: FeedOptions = {},
): RecordFeed {
  const { pageSize = 500, remembered = 20_000 } = options;
  const cache = new LRUCache<number, readonly RecordedAct[]>({
    maxSize: remembered,
    sizeCalculation: (acts) => acts.reduce((sum, { changes }) => sum + changes.length, 0),
  });
  const pending = new Map<number, Promise<readonly RecordedAct[]>>();
  const waiting = new Set<() => void>();
  let writes = 0;
  let isOpen = true;
  const wake = (): void => {
    for (const resume of [...waiting]) resume();
  };
  const unsubscribe = versions.onMove((version) => {
    if (version === undefined) return;
    writes += 1;
    wake();
  });

  const page = async (act: number, change: number): Promise<ChangeRow[]> =>
    (await pool.query<ChangeRow>({ text: changesAfter, values: [act, change, pageSize] })).rows;

  async function read(after: number): Promise<readonly RecordedAct[]> {
    let rows = await page(after, Number.MAX_SAFE_INTEGER);
    let isWhole = rows.length < pageSize;
    const acts = gather(rows);
    // A mutation that exceeds a page is read to its end if it is the first one, and otherwise left for the next read.
    while (!isWhole && acts.length === 1) {
      const last = rows.at(-1) as ChangeRow;
      rows = await page(last.act, last.number);
      const [more, next] = [rows.filter(({ act }) => act === last.act), rows.some(({ act }) => act !== last.act)];
      acts[0] = { ...(acts[0] as RecordedAct), changes: [...(acts[0] as RecordedAct).changes, ...more.map(changeOf)] };
      isWhole = next || rows.length < pageSize;
    }
    return isWhole || acts.length === 1 ? acts : acts.slice(0, -1);
  }

  return {
    async latest() {
      const { rows } = await pool.query<{ number: number; id: string }>(
        'SELECT "number", "id" FROM "Act" ORDER BY "number" DESC LIMIT 1',
      );
      return rows[0] ?? { number: 0, id: undefined };
    },
    async placeOf(actId) {
      const { rows } = await pool.query<{ number: number; id: string }>({
        text: 'SELECT "number", "id" FROM "Act" WHERE "id" = $1',
        values: [actId],
      });
      return rows[0];
    },
    after(number) {
      const cached = cache.get(number);
      if (cached) return Promise.resolve(cached);
      let reading = pending.get(number);
      if (!reading) {
        reading = read(number)
          .then((acts) => {
            if (acts.length > 0) cache.set(number, acts);
            return acts;
          })
          .finally(() => pending.delete(number));
        pending.set(number, reading);
      }
      return reading;
    },
    writes: () => writes,
    written(since, signal) {
      if (writes !== since || signal.aborted || !isOpen) return Promise.resolve();
      return new Promise((resolve) => {
        const resume = (): void => {
          waiting.delete(resume);
          signal.removeEventListener("abort", resume);
          resolve();
        };
        waiting.add(resume);
        signal.addEventListener("abort", resume, { once: true });
      });
    },
    close() {
      isOpen = false;
      unsubscribe();
      wake();
    },
  };
}

function gather(rows: readonly ChangeRow[]): RecordedAct[] {
  const acts: (RecordedAct & { readonly changes: RecordedChange[] })[] = [];
  for (const row of rows) {
    const last = acts.at(-1);
    if (last?.number === row.act) last.changes.push(changeOf(row));
    else acts.push({ number: row.act, id: row.id, at: row.at, changes: [changeOf(row)] });
  }
  return acts;
}

function changeOf({ number, recordId, survivorId, affected }: ChangeRow): RecordedChange {
  return {
    number,
    affected: new Set(affected),
    merger: survivorId === null ? undefined : { id: recordId, into: survivorId },
  };
}
