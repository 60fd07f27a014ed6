import type { Pool } from "pg";
import { readRecordVersion, type VersionWatch } from "./version.js";

/**
 * How far the record has got, as a version of it. Every committed write moves the version, the row that holds it is the
 * last one that a write locks, and a replica replays it with the write: whoever holds a version holds all before it.
 */
export interface Positions {
  /** The latest version that this process has heard of. */
  latest(): number;
  /** Asks the primary how far the record is, and answers when this process goes by that. */
  ask(): Promise<number>;
  /**
   * Lets this process catch up with a version that somebody else has seen.
   * @returns the version that a read has to hold: the one asked for, or the latest there is where the record never got so
   * far, as after it was restored.
   */
  reach(version: number): Promise<number>;
}

/** @param primary where the record is written. */
export function createPositions(primary: Pick<Pool, "query">, versions: Pick<VersionWatch, "latest" | "heard">): Positions {
  let asking: Promise<number> | undefined;
  let next: Promise<number> | undefined;

  async function askNow(): Promise<number> {
    const version = await readRecordVersion(primary);
    versions.heard(version);
    return version;
  }

  /** Who asks while another question is under way shares the next one: the answer to this one may be too old for him. */
  function ask(): Promise<number> {
    if (!asking) return (asking = askNow().finally(() => (asking = undefined)));
    return (next ??= asking.catch(() => undefined).then(() => {
      next = undefined;
      return ask();
    }));
  }

  return {
    latest: versions.latest,
    ask,
    async reach(version) {
      if (version <= versions.latest()) return version;
      // Where the primary does not answer, a replica may hold it all the same.
      const found = await ask().catch(() => version);
      return Math.min(version, found);
    },
  };
}
