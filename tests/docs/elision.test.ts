import { describe, expect, it } from "vitest";
import { differences } from "./elision.js";

describe("elisions in an answer on a page", () => {
  it.each([
    [{ a: 1 }, { a: 1 }],
    [["…", 2], [0, 1, 2]],
    [[1, "…"], [1, 2, 3]],
    [["…", 2, "…"], [1, 2, 3]],
    [[{ a: ["…", 1] }, "…"], [{ a: [0, 1] }, {}]],
    ["from … on", "from the beginning on"],
    ["an … in the source", "an … in the source"],
  ])("%j stands for %j", (shown, real) => {
    expect(differences(shown, real)).toEqual([]);
  });

  it.each([
    [{ a: 1 }, { a: 2 }],
    [{ a: 1 }, { a: 1, b: 2 }],
    [{ a: 1, b: null }, { a: 1 }],
    [[1], [1, 2]],
    [["…", 2], [2]],
    [["…", 2], [2, 3]],
    [[2, "…", 1], [1, 2, 3]],
    ["…", "anything"],
    ["from …", "to the end"],
    [1, "1"],
    [[], {}],
  ])("%j does not stand for %j", (shown, real) => {
    expect(differences(shown, real)).not.toEqual([]);
  });
});
