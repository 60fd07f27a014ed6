import { afterEach, beforeEach, describe, expect, it, vi } from "vitest";
import { kindOf, limitRepeats } from "../../src/lib/repeats.js";

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

describe("repeated failures", () => {
  it("are written once a second, with a count of those left out", () => {
    const lines: unknown[] = [];
    const repeats = limitRepeats();
    const fail = (id: string) => repeats("down", id, (repeated) => lines.push({ id, ...repeated }));
    expect([fail("one"), fail("two"), fail("three"), fail("four")]).toEqual(["one", "one", "one", "one"]);
    expect(lines).toEqual([{ id: "one" }]);
    vi.advanceTimersByTime(1_000);
    expect(lines).toEqual([{ id: "one" }, { id: "four", notLogged: 2 }]);
    // The line that was written late stands for a second as well.
    fail("five");
    expect(lines).toHaveLength(2);
    vi.advanceTimersByTime(1_000);
    expect(lines.slice(2)).toEqual([{ id: "five" }]);
    vi.advanceTimersByTime(5_000);
    expect(lines).toHaveLength(3);
    expect(fail("six")).toBe("six");
  });

  it("of another kind are written at once", () => {
    const lines: string[] = [];
    const repeats = limitRepeats();
    for (const text of ["a", "b", "a"]) repeats(kindOf(new Error(text)), text, () => lines.push(text));
    expect(lines).toEqual(["a", "b"]);
    expect(kindOf(new Error("a", { cause: new Error("b") }))).not.toBe(kindOf(new Error("a")));
  });

  it("share one kind where there are very many", () => {
    let written = 0;
    const repeats = limitRepeats();
    for (let kind = 0; kind < 3_000; kind += 1) repeats(String(kind), "", () => (written += 1));
    expect(written).toBeLessThanOrEqual(1_001);
  });
});
