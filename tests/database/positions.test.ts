import type { Pool } from "pg";
import { describe, expect, it } from "vitest";
import { createPositions } from "../../src/database/positions.js";

/** A primary that answers when it is let, with what it holds by then; and a process that has heard of nothing. */
function primaryAt(first: number) {
  let version = first;
  let latest = 0;
  let asked = 0;
  const held: (() => void)[] = [];
  const query = (): Promise<unknown> => {
    asked += 1;
    const found = version;
    return new Promise((resolve) => held.push(() => resolve({ rows: [{ version: String(found) }] })));
  };
  const settle = async (): Promise<void> => {
    for (const answer of held.splice(0)) answer();
    await new Promise((resolve) => setImmediate(resolve));
  };
  const positions = createPositions({ query } as unknown as Pool, {
    latest: () => latest,
    heard: (found) => (latest = Math.max(latest, found)),
  });
  return { positions, settle, move: (to: number) => (version = to), asked: () => asked };
}

describe("positions", () => {
  it("that the process has heard of cost no question", async () => {
    const { positions, settle, asked } = primaryAt(5);
    const answer = positions.ask();
    await settle();
    expect([await answer, positions.latest()]).toEqual([5, 5]);
    expect(await positions.reach(4)).toBe(4);
    expect(asked()).toBe(1);
  });

  it("are read after the callers arrive, once for many callers", async () => {
    const { positions, settle, move, asked } = primaryAt(5);
    const early = positions.ask();
    move(6);
    const late = [positions.reach(6), positions.ask(), positions.ask()];
    await settle();
    await settle();
    expect([await early, ...(await Promise.all(late))]).toEqual([5, 6, 6, 6]);
    expect(asked()).toBe(2);
  });

  it("that the record has not got to are the latest there is", async () => {
    const { positions, settle } = primaryAt(5);
    const answer = positions.reach(900);
    await settle();
    expect(await answer).toBe(5);
  });

  it("stay what they are where the primary does not answer", async () => {
    const positions = createPositions(
      { query: () => Promise.reject(new Error("gone")) },
      { latest: () => 5, heard: () => undefined },
    );
    expect(await positions.reach(6)).toBe(6);
    await expect(positions.ask()).rejects.toThrow("gone");
  });
});
