import { expect } from "vitest";

/** The time that a test allows for something that takes milliseconds, on a machine that runs much else. */
export const SOON = { timeout: 15_000 };

/**
 * The duration of `work` in milliseconds: the shortest of three measurements, because other programs on the machine delay
 * some of them. A measurement below `enough` ends it. For work of other processes, such as statements of a database.
 */
export async function shortestDuration(enough: number, work: () => unknown): Promise<number> {
  let shortest = Infinity;
  for (let turn = 0; turn < 3 && shortest >= enough; turn += 1) {
    const began = performance.now();
    await work();
    shortest = Math.min(shortest, performance.now() - began);
  }
  return shortest;
}

/**
 * Starts a measurement of the processor time of this process; other programs on the machine do not add to it.
 * @returns gives the milliseconds since then.
 */
export function measureProcessorTime(): () => number {
  const before = process.cpuUsage();
  return () => {
    const { user, system } = process.cpuUsage(before);
    return (user + system) / 1_000;
  };
}

/** Waits until a count is the same for `milliseconds`, and answers with it. Fails if the count still grows after 15 seconds. */
export async function settledCount(count: () => number, milliseconds = 300): Promise<number> {
  const settled = async (): Promise<boolean> => {
    const before = count();
    await new Promise((resolve) => setTimeout(resolve, milliseconds));
    return count() === before;
  };
  await expect.poll(settled, { ...SOON, interval: 1 }).toBe(true);
  return count();
}
