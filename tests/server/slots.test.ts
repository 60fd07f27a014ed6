import { describe, expect, it } from "vitest";
import { createSlots } from "../../src/http/limit/slots.js";

describe("slots", () => {
  const limits = (all?: number, perClient?: number) => ({
    all: { limit: "maxExports", allowed: all },
    perClient: { limit: "maxExportsPerClient", allowed: perClient },
  });

  it("are counted for the process and for each client, and released once", () => {
    const slots = createSlots(limits(3, 2));
    const [first, second] = [slots.take("a"), slots.take("a")] as (() => void)[];
    expect(slots.take("a")).toEqual({ limit: "maxExportsPerClient", allowed: 2, isPerClient: true });
    expect(slots.take("b")).toBeTypeOf("function");
    expect(slots.take("c")).toEqual({ limit: "maxExports", allowed: 3, isPerClient: false });
    first?.();
    first?.();
    expect(slots.taken()).toBe(2);
    expect(slots.take("a")).toBeTypeOf("function");
    second?.();
    expect(slots.taken()).toBe(2);
  });

  it("are any number where no limit is given", () => {
    const slots = createSlots(limits());
    for (let taken = 0; taken < 1_000; taken += 1) expect(slots.take("a")).toBeTypeOf("function");
  });
});
