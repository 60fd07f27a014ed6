import type pg from "pg";
import type { EmbeddedLog } from "./embedded/open.js";
import { hangUp } from "./hang-up.js";
import { Connection, newConnection } from "../lib/connections.js";
import { whereOf } from "../lib/postgres.urls.js";

/** The one of several servers that takes writes. */
export interface Primary {
  /** Its URL, as far as is known. */
  url(): string;
  /** Looks at all of them at once; true if one of them takes writes. */
  look(): Promise<boolean>;
  /** Has been found to speak against it: looks again, and again until a primary is found. */
  doubt(): void;
  /** Calls back with the new URL when another server has become the primary. */
  onMove(listener: (url: string) => void): void;
  close(): void;
}

/** Interval of checks while the primary is available, in milliseconds. */
const watchMs = 2_000;
/** The same while there is none. */
const searchMs = 200;
/** Timeout of a check, in milliseconds. */
const patienceMs = 2_000;

/**
 * Follows the primary among several servers after failovers. If two accept writes, the one on the later timeline
 * counts, so that a failed primary that returns is not used again.
 * @param urls of all servers; a single one is not looked at, since there is no other.
 */
export function followPrimary(urls: readonly string[], log: EmbeddedLog): Primary {
  const listeners = new Set<(url: string) => void>();
  let current = urls[0] as string;
  let looking: Promise<boolean> | undefined;
  let timer: NodeJS.Timeout | undefined;
  let isClosed = false;

  async function lookAtAll(): Promise<boolean> {
    const found = (await Promise.all(urls.map(timelineOf))).flatMap((timeline, at) =>
      timeline === undefined ? [] : [{ url: urls[at] as string, timeline }],
    );
    // On a tie the current primary stays.
    const latest = found.reduce<(typeof found)[number] | undefined>(
      (best, one) =>
        !best || one.timeline > best.timeline || (one.timeline === best.timeline && one.url === current) ? one : best,
      undefined,
    );
    if (latest && latest.url !== current && !isClosed) {
      current = latest.url;
      log.warn(`${whereOf(current)} is the primary now`);
      for (const listener of listeners) listener(current);
    }
    return latest !== undefined;
  }

  function look(): Promise<boolean> {
    return (looking ??= (urls.length === 1 ? Promise.resolve(true) : lookAtAll()).finally(() => (looking = undefined)));
  }

  function lookIn(milliseconds: number): void {
    clearTimeout(timer);
    if (isClosed || urls.length === 1) return;
    timer = setTimeout(() => void look().then((isFound) => lookIn(isFound ? watchMs : searchMs)), milliseconds);
    timer.unref();
  }

  lookIn(watchMs);
  return {
    url: () => current,
    look,
    doubt: () => lookIn(0),
    onMove: (listener) => void listeners.add(listener),
    close() {
      isClosed = true;
      clearTimeout(timer);
    },
  };
}

/** The timeline that a server writes on; undefined where it takes no writes or does not answer. */
async function timelineOf(url: string): Promise<number | undefined> {
  const client = newConnection({
    connectionString: url,
    connectionTimeoutMillis: patienceMs,
    query_timeout: patienceMs,
    application_name: "sidelines primary",
  });
  try {
    await client.connect();
    const { rows } = await client.query<{ timeline: string | null }>(
      "SELECT CASE WHEN NOT pg_is_in_recovery() THEN substr(pg_walfile_name(pg_current_wal_lsn()), 1, 8) END AS timeline",
    );
    const timeline = rows[0]?.timeline;
    return typeof timeline === "string" ? Number.parseInt(timeline, 16) : undefined;
  } catch {
    return undefined;
  } finally {
    hangUp(client);
  }
}

/**
 * Clients of a pool that connect to the primary, wherever it is by then. When it moves, those of the old one end at once,
 * whatever they wait for.
 */
export function clientsOf(primary: Primary): typeof Connection {
  const clients = new Map<pg.Client, string>();
  primary.onMove((url) => {
    for (const [client, to] of clients) if (to !== url) client.connection.stream.destroy();
  });
  return class extends Connection {
    constructor(options?: pg.ClientConfig) {
      const to = primary.url();
      super({ ...options, connectionString: to });
      clients.set(this, to);
      this.on("error", () => primary.doubt());
      this.on("end", () => void clients.delete(this));
    }
  };
}
