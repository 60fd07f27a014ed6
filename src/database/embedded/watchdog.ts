import { Worker } from "node:worker_threads";

/** A thread's own watchdog, which ends the process when the thread gives no sign of life for too long. */
export interface Watchdog {
  /** The thread may now be silent for so many milliseconds; for as long as it likes with 0. */
  allow(milliseconds: number): void;
}

const [beats, allowed] = [0, 1];
const beatEveryMs = 1_000;
/** What an Int32Array holds at most. */
const longestMs = 2 ** 31 - 1;

// The other thread: a text, because a thread that is started from source has no help with TypeScript. It waits a little longer than whoever
// started the process would, and than the next sign of life is due; the time in which it did not get to run itself (a laptop asleep, a
// machine with too much to do) does not count.
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
 * Has the process end if this thread comes to no end with what it does. It is the last to do so: whoever started the process sees
 * the same, says so in his log and ends it first. But he may be gone, by himself or by force, while others use the process or
 * want to.
 * @param afterMs how long the thread may be silent; for as long as it likes with 0.
 */
export function startWatchdog(afterMs: number): Watchdog {
  const shared = new Int32Array(new SharedArrayBuffer(2 * Int32Array.BYTES_PER_ELEMENT));
  const allow = (milliseconds: number): void => void Atomics.store(shared, allowed, Math.min(milliseconds, longestMs));
  allow(afterMs);
  const resourceLimits = { maxOldGenerationSizeMb: 16, maxYoungGenerationSizeMb: 2, stackSizeMb: 1 };
  const worker = new Worker(otherThread, { eval: true, workerData: { shared, everyMs: beatEveryMs }, execArgv: [], resourceLimits });
  // Without it there is still whoever started the process.
  worker.on("error", () => undefined);
  worker.unref();
  setInterval(() => Atomics.add(shared, beats, 1), beatEveryMs).unref();
  return { allow };
}
