import { Worker } from "node:worker_threads";

/** A thread's own watchdog, which ends the process when the thread gives no sign of life for too long. */
export interface Watchdog {
  /** The thread may now be silent for so many milliseconds; for as long as it likes with 0. */
  allow(milliseconds: number): void;
}

const [beats, allowed] = [0, 1];
const beatEveryMs = 1_000;
/** The largest value of an Int32Array. */
const longestMs = 2 ** 31 - 1;

// Source of the watchdog thread, as a text because a thread started from source has no TypeScript support. It waits a
// little longer than the parent process, and than the next heartbeat is due. Time in which the thread did not run (a
// sleeping laptop, an overloaded machine) does not count.
const otherThread = `
const { workerData: { shared, everyMs } } = require("node:worker_threads");
let heard = Atomics.load(shared, ${String(beats)});
let heardAt = Date.now();
let lookedAt = heardAt;
setInterval(() => {
  const now = Date.now();
  const late = now - lookedAt - everyMs;
  if (late > everyMs) heardAt = Math.min(now, heardAt + late);
  lookedAt = now;
  const count = Atomics.load(shared, ${String(beats)});
  if (count !== heard) [heard, heardAt] = [count, now];
  const afterMs = Atomics.load(shared, ${String(allowed)});
  if (afterMs !== 0 && now - heardAt > afterMs + 3 * everyMs) process.kill(process.pid, "SIGKILL");
}, everyMs);
`;

/**
 * Ends the process if this thread hangs. It is the last resort: the parent process notices first, logs it and ends the
 * process. However, the parent may be gone while others use the process.
 * @param afterMs Time without a heartbeat, in milliseconds; 0 for no limit.
 */
export function startWatchdog(afterMs: number): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const allow = (milliseconds: number): void => void Atomics.store(shared, allowed, Math.min(milliseconds, longestMs));
  allow(afterMs);
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  const worker = new Worker(otherThread, {
    eval: true,
    workerData: { shared, everyMs: beatEveryMs },
    execArgv: [],
    resourceLimits,
  });
  // Without the watchdog, the parent process still notices.
  worker.on("error", () => undefined);
  worker.unref();
  setInterval(() => Atomics.add(shared, beats, 1), beatEveryMs).unref();
  return { allow };
}
