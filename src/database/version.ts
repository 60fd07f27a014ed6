import { setTimeout as wait } from "node:timers/promises";
import pg from "pg";
import type { Logger } from "../lib/log.js";

/** What is known of the record's version at this moment. */
export interface VersionWatch {
  /**
   * The version after the last committed write that this process has heard of; undefined while it hears nothing, that
   * is while the connection on which Postgres tells is down.
   */
  current(): number | undefined;
  /** Calls back whenever the version moves or is lost; returns a function that ends this. */
  onMove(listener: (version: number | undefined) => void): () => void;
  close(): Promise<void>;
}

/** The channel that the triggers of the record notify, with the version as payload. */
const channel = "record";
const firstPauseMs = 100;
const longestPauseMs = 10_000;

/**
 * Listens for committed writes, whichever process they come from. Postgres tells in the order of commits. The
 * connection is made anew as often as it is lost; the version is unknown meanwhile.
 * @param url the database's address.
 */
export async function watchVersion(url: string, log: Logger): Promise<VersionWatch> {
  const listeners = new Set<(version: number | undefined) => void>();
  const stop = new AbortController();
  let version: number | undefined;
  let client: pg.Client | undefined;

  function move(next: number | undefined): void {
    if (next === version) return;
    version = next;
    for (const listener of listeners) listener(next);
  }

  async function connect(): Promise<void> {
    const fresh = new pg.Client({ connectionString: url, application_name: "sidelines version", keepAlive: true });
    fresh.on("notification", ({ payload }) => {
      const told = Number(payload);
      move(Number.isSafeInteger(told) ? Math.max(told, version ?? 0) : undefined);
    });
    const lost = (error?: Error): void => {
      if (client !== fresh) return;
      client = undefined;
      move(undefined);
      if (stop.signal.aborted) return;
      log.warn({ err: error }, "no longer told of writes; answers are not kept until the connection is back");
      void reconnect();
    };
    fresh.on("error", lost);
    fresh.on("end", () => lost());
    await fresh.connect();
    // First listen, then read: a write in between is told, and the larger number counts.
    await fresh.query(`LISTEN ${channel}`);
    const { rows } = await fresh.query<{ version: string }>('SELECT coalesce(max("version"), 0)::text AS "version" FROM "RecordVersion"');
    client = fresh;
    move(Math.max(Number(rows[0]?.version ?? 0), version ?? 0));
  }

  async function reconnect(): Promise<void> {
    for (let pause = firstPauseMs; !stop.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        await wait(pause, undefined, { signal: stop.signal });
        await connect();
        log.info({ version }, "told of writes again");
        return;
      } catch {
        // The next round tries again; the log has said that the connection is down.
      }
    }
  }

  await connect();
  return {
    current: () => version,
    onMove(listener) {
      listeners.add(listener);
      return () => listeners.delete(listener);
    },
    async close() {
      stop.abort();
      const last = client;
      client = undefined;
      await last?.end();
    },
  };
}
