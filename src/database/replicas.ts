import type pg from "pg";
import type { EmbeddedLog } from "./embedded/open.js";
import { hangUp } from "./hang-up.js";
import { readRecordVersion } from "./version.js";
import { newConnection } from "../lib/connections.js";
import { kindOf, limitRepeats } from "../lib/repeats.js";
import { isUnreachable } from "../lib/unreachable.js";
import { whereOf } from "../lib/postgres.urls.js";

/** Servers that hold what the primary holds, a moment later. */
export interface Replicas {
  /**
   * Runs a read on a replica that has the version. If all are behind, it waits briefly and then uses the primary. A
   * failure of the replica itself is retried elsewhere, so the work must be read-only.
   */
  read<T>(version: number, work: (pool: pg.Pool) => Promise<T>): Promise<T>;
  close(): Promise<void>;
}

export interface ReplicaOptions {
  readonly urls: readonly string[];
  /** Time that a read waits for a replica that is behind, in milliseconds. */
  readonly waitMs: number;
  readonly primary: pg.Pool;
  readonly makePool: (url: string) => pg.Pool;
  readonly log: EmbeddedLog;
}

/** Polling interval of a replica without waiting reads, in milliseconds. */
const watchMs = 1_000;
/** Polling intervals while reads wait, and while it is too far behind for reads to wait, in milliseconds. */
const hurryMs = 5;
const behindMs = 100;
/** Retry interval for an unreachable replica, in milliseconds. */
const searchMs = 250;
/** Timeout of a poll, in milliseconds. */
const patienceMs = 2_000;

/** Opens replicas. They need not be there: each is read from as soon as it answers, and no longer than it does. */
export function openReplicas({ urls, waitMs, primary, makePool, log }: ReplicaOptions): Replicas {
  const waiting = new Set<Waiting>();
  const tell = (): void => {
    for (const one of waiting) {
      const replica = freshest(one.version);
      if (replica) one.settle(replica);
    }
  };
  const replicas = urls.map((url) => openReplica(url, makePool(url), { waitMs, tell, log }));
  const repeats = limitRepeats();
  let turn = 0;

  /** A replica that has the version, in round-robin order. */
  function freshest(version: number): Replica | undefined {
    for (let step = 0; step < replicas.length; step += 1) {
      const replica = replicas[(turn + step) % replicas.length] as Replica;
      if (!replica.holds(version)) continue;
      turn = (turn + step + 1) % replicas.length;
      return replica;
    }
    return undefined;
  }

  function holding(version: number): Replica | undefined | Promise<Replica | undefined> {
    const replica = freshest(version);
    if (replica) return replica;
    // All replicas learn the wanted version, including those that are too far behind.
    const hopeful = replicas.filter((one) => one.pursue(version));
    return waitMs === 0 || hopeful.length === 0 ? undefined : waitFor(version);
  }

  function waitFor(version: number): Promise<Replica | undefined> {
    return new Promise((resolve) => {
      const one: Waiting = {
        version,
        settle(replica) {
          clearTimeout(timer);
          waiting.delete(one);
          resolve(replica);
        },
      };
      const timer = setTimeout(() => one.settle(undefined), waitMs);
      waiting.add(one);
    });
  }

  return {
    async read(version, work) {
      for (let tries = 0; tries < replicas.length; tries += 1) {
        const replica = await holding(version);
        if (!replica) break;
        try {
          return await work(replica.pool);
        } catch (error) {
          if (!isOfReplica(error)) throw error;
          repeats(kindOf(error), "", ({ notLogged }) => {
            const others = notLogged === undefined ? "" : ` (and ${String(notLogged)} more)`;
            log.warn(
              `a replica failed at a read, which is done elsewhere: ${error instanceof Error ? error.message : String(error)}${others}`,
            );
          });
          replica.doubt();
        }
      }
      return work(primary);
    },
    async close() {
      for (const one of waiting) one.settle(undefined);
      await Promise.all(replicas.map((replica) => replica.close()));
    },
  };
}

interface Waiting {
  readonly version: number;
  settle(replica: Replica | undefined): void;
}

interface Replica {
  readonly pool: pg.Pool;
  holds(version: number): boolean;
  /**
   * Sets the wanted version. Returns false if waiting is useless, because the replica is unreachable or too far behind.
   */
  pursue(version: number): boolean;
  /** Has failed: it is not read from until it has said again how far it is. */
  doubt(): void;
  close(): Promise<void>;
}

interface ReplicaWatch {
  readonly waitMs: number;
  /** Called when it has got further. */
  readonly tell: () => void;
  readonly log: EmbeddedLog;
}

function openReplica(url: string, pool: pg.Pool, { waitMs, tell, log }: ReplicaWatch): Replica {
  /** The replayed version; undefined if unknown. It never decreases. */
  let held: number | undefined;
  let wanted = 0;
  let behindSince: number | undefined;
  let isLost = false;
  let client: pg.Client | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isLooking = false;
  let isClosed = false;

  const isBehind = (): boolean => held !== undefined && held < wanted;
  const isLate = (): boolean => behindSince !== undefined && performance.now() - behindSince > waitMs;

  function lookIn(milliseconds: number): void {
    clearTimeout(timer);
    if (isClosed) return;
    timer = setTimeout(() => void look(), milliseconds);
    timer.unref();
  }

  async function look(): Promise<void> {
    // A running poll already uses the latest wanted version.
    if (isLooking) return;
    isLooking = true;
    try {
      client ??= await connect();
      const version = await readRecordVersion(client);
      if (isLost) log.info(`${whereOf(url)} is read from again`);
      isLost = false;
      held = version;
      behindSince = isBehind() ? (behindSince ?? performance.now()) : undefined;
      tell();
      lookIn(isBehind() ? (isLate() ? behindMs : hurryMs) : watchMs);
    } catch (error) {
      if (!isLost && !isClosed)
        log.warn(`${whereOf(url)} is not read from: ${error instanceof Error ? error.message : String(error)}`);
      isLost = true;
      forget();
      lookIn(searchMs);
    } finally {
      isLooking = false;
    }
  }

  async function connect(): Promise<pg.Client> {
    const fresh = newConnection({
      connectionString: url,
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
      application_name: "sidelines replica",
    });
    fresh.on("error", () => {
      if (client !== fresh) return;
      forget();
      lookIn(0);
    });
    try {
      await fresh.connect();
      const { rows } = await fresh.query<{ follows: boolean }>("SELECT pg_is_in_recovery() AS follows");
      // One that is promoted later on is read from as before; one that wrote before may hold what the primary never did.
      if (rows[0]?.follows !== true) throw new Error("it is no replica, it takes writes itself");
    } catch (error) {
      hangUp(fresh);
      throw error;
    }
    return fresh;
  }

  /** The server that comes back at this address may be another one with older data. */
  function forget(): void {
    held = undefined;
    behindSince = undefined;
    if (client) hangUp(client);
    client = undefined;
  }

  lookIn(0);
  return {
    pool,
    holds: (version) => held !== undefined && held >= version,
    pursue(version) {
      if (held === undefined) return false;
      wanted = Math.max(wanted, version);
      if (behindSince === undefined) {
        behindSince = performance.now();
        lookIn(0);
      }
      return !isLate();
    },
    doubt() {
      forget();
      lookIn(0);
    },
    async close() {
      isClosed = true;
      clearTimeout(timer);
      forget();
      await pool.end();
    },
  };
}

/**
 * Failures of a replica that another server may not have: broken or refused connections, restarts, timeouts, and reads
 * cancelled because of replay conflicts (40001).
 */
function isOfReplica(error: unknown): boolean {
  return isUnreachable(error) || (error as { code?: unknown } | undefined)?.code === "40001";
}
