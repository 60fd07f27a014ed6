import type { Pool } from "pg";
import { readRecordVersion, type VersionWatch } from "./version.js";

/**
 * The version of the record as a position for read-your-writes. Every committed write increments it; the row is the
 * last one that a write locks, and replicas replay it with the write. A server at a version therefore has all earlier
 * writes.
 */
export interface Positions {
  /** The latest version that this process knows. */
  latest(): number;
  /** Asks the primary how far the record is, and answers when this process goes by that. */
  ask(): Promise<number>;
  /**
   * Makes this process catch up with a version that another process has seen.
   * @returns The version that a read must see: the requested one, or the latest if the record never reached it, for
   * example after a restore.
   */
  reach(version: number): Promise<number>;
}

/** @param primary where the record is written. */
export function createPositions(
  primary: Pick<Pool, "query">,
  versions: Pick<VersionWatch, "latest" | "heard">,
): Positions {
  let asking: Promise<number> | undefined;
  let next: Promise<number> | undefined;

  async function askNow(): Promise<number> {
    const version = await readRecordVersion(primary);
    versions.heard(version);
    return version;
  }

  /** Callers that arrive during a refresh wait for the next one, because the current one may be stale. */
  function ask(): Promise<number> {
    if (!asking) return (asking = askNow().finally(() => (asking = undefined)));
    return (next ??= asking
      .catch(() => undefined)
      .then(() => {
        next = undefined;
        return ask();
      }));
  }

  return {
    latest: versions.latest,
    ask,
    async reach(version) {
      if (version <= versions.latest()) return version;
      // If the primary does not respond, a replica may still have that version.
      const found = await ask().catch(() => version);
      return Math.min(version, found);
    },
  };
}
