import { setTimeout as wait } from "node:timers/promises";
import type pg from "pg";
import { newConnection } from "../lib/connections.js";
import type { Logger } from "../lib/log.js";
import { hangUp } from "./hang-up.js";

/** The current version of the record. */
export interface VersionWatch {
  /**
   * The version after the last committed write that this process knows; undefined while the connection for
   * notifications is down.
   */
  current(): number | undefined;
  /** The latest version that this process knows, even while the connection is down; 0 at first. */
  latest(): number;
  /** Records a version that the primary reported before its notification arrived. */
  heard(version: number): void;
  /** Calls back whenever the version moves or is lost; returns a function that ends this. */
  onMove(listener: (version: number | undefined) => void): () => void;
  close(): Promise<void>;
}

/** The channel that the triggers of the record notify, with the version as payload. */
const channel = "record";
/** Interval of connection checks, and their timeout, in milliseconds. */
const watchMs = 2_000;
const patienceMs = 5_000;
const firstPauseMs = 100;
const longestPauseMs = 2_000;

/** The version of the record that a server holds; 0 before anything was written. */
export async function readRecordVersion(server: Pick<pg.ClientBase, "query">): Promise<number> {
  const { rows } = await server.query<{ version: string }>(
    'SELECT coalesce(max("version"), 0)::text AS "version" FROM "public"."RecordVersion"',
  );
  return Number(rows[0]?.version ?? 0);
}

/**
 * Listens for committed writes of all processes. Notifications arrive in the order of commits. A lost connection is
 * reopened; the version is unknown in the meantime.
 * @param address The database's address, or a function that returns the current one.
 */
export async function watchVersion(address: string | (() => string), log: Logger): Promise<VersionWatch> {
  const urlNow = typeof address === "string" ? () => address : address;
  const listeners = new Set<(version: number | undefined) => void>();
  const stop = new AbortController();
  let version: number | undefined;
  let latest = 0;
  let client: pg.Client | undefined;

  function move(next: number | undefined): void {
    if (next === version) return;
    version = next;
    // Also where it is less than before: another server may have become the primary, and what it holds is the record.
    if (next !== undefined) latest = next;
    for (const listener of listeners) listener(next);
  }

  async function connect(): Promise<void> {
    const url = urlNow();
    const fresh = newConnection({
      connectionString: url,
      application_name: "sidelines version",
      connectionTimeoutMillis: patienceMs,
      query_timeout: patienceMs,
    });
    fresh.on("notification", ({ payload }) => {
      const told = Number(payload);
      move(Number.isSafeInteger(told) ? Math.max(told, version ?? 0) : undefined);
    });
    const lost = (error?: Error): void => {
      if (client !== fresh) return;
      client = undefined;
      move(undefined);
      if (stop.signal.aborted) return;
      log.warn(
        { err: error },
        "write notifications are interrupted; responses are not cached until the connection is back",
      );
      void reconnect();
    };
    fresh.on("error", lost);
    fresh.on("end", () => lost());
    try {
      await fresh.connect();
      // It listens before it reads, so that no write is missed. The larger number counts.
      await fresh.query(`LISTEN ${channel}`);
      const read = await readRecordVersion(fresh);
      if (read < latest) {
        const message =
          "the record went back to an earlier version: the database was restored, or a server that lacked writes became the primary";
        log.warn({ from: latest, to: read }, message);
      }
      client = fresh;
      move(Math.max(read, version ?? 0));
    } catch (error) {
      hangUp(fresh);
      throw error;
    }
    void listenOn(fresh, url);
  }

  /** Without a timeout, a server that vanished or was demoted would block this forever. */
  async function listenOn(listening: pg.Client, url: string): Promise<void> {
    while (client === listening) {
      await wait(watchMs, undefined, { signal: stop.signal, ref: false }).catch(() => undefined);
      if (client !== listening) return;
      const isThere =
        urlNow() === url &&
        (await listening.query("SELECT 1").then(
          () => true,
          () => false,
        ));
      if (!isThere) hangUp(listening);
    }
  }

  async function reconnect(): Promise<void> {
    for (let pause = firstPauseMs; !stop.signal.aborted; pause = Math.min(pause * 2, longestPauseMs)) {
      try {
        await wait(pause, undefined, { signal: stop.signal });
        await connect();
        log.info({ version }, "write notifications are back");
        return;
      } catch {
        // The next round tries again; the log has said that the connection is down.
      }
    }
  }

  await connect();
  return {
    current: () => version,
    latest: () => latest,
    heard(found) {
      if (found <= latest) return;
      latest = found;
      if (version !== undefined) move(found);
    },
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
