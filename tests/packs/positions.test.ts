import { describe, expect, it } from "vitest";
import { readPositioned } from "../../src/packs/positions.js";
import { measureProcessorTime } from "../support/time.js";

function plain(text: string): unknown {
  const { value, faults } = readPositioned(text);
  expect(faults).toEqual([]);
  return JSON.parse(JSON.stringify(value));
}

describe("reading YAML with positions", () => {
  it("keeps numbers and dates as they are written", () => {
    expect(plain("a: 2024-10\nb: 2024\nc: 007\nd: 1e3\ne: 0x1F\nf: .5\ng: 2024-10-23T00:00:00Z")).toEqual({
      a: "2024-10",
      b: "2024",
      c: "007",
      d: "1e3",
      e: "0x1F",
      f: ".5",
      g: "2024-10-23T00:00:00Z",
    });
  });

  it("knows true, false and null, but not in quotes, and takes no other word for them", () => {
    expect(plain("a: true\nb: False\nc: ~\nd:\ne: null\nf: 'null'\ng: \"true\"\nh: no\non: yes")).toEqual({
      a: true,
      b: false,
      c: null,
      d: null,
      e: null,
      f: "null",
      g: "true",
      h: "no",
      on: "yes",
    });
  });

  it("knows where values stand, and of what is missing where it would", () => {
    const { positionOf } = readPositioned("a:\n  - x: 1\n    y: [p, q]\n  - {z: 2}\n");
    expect(positionOf(["a", 0, "y", 1])).toEqual({ line: 3, column: 12 });
    expect(positionOf(["a", 1, "z"])).toEqual({ line: 4, column: 6 });
    expect(positionOf(["a", 1, "missing", 3])).toEqual({ line: 4, column: 5 });
    expect(positionOf([])).toEqual({ line: 1, column: 1 });
  });

  it.each([
    ["anchors", "a: &x [1]\nb: *x", /anchor/],
    ["tags", "a: !ruby/object x", /tag/],
    ["a name given twice", "a: 1\na: 2", /unique/],
    ["two documents", "a: 1\n---\nb: 2", /document/],
    ["a list as a name", "? [a]\n: b", /name has to be text/],
    ["an unclosed list", "a: [1", /./],
  ])("refuses %s", (_, text, message) => {
    const { faults, value } = readPositioned(text);
    expect(faults[0]?.message).toMatch(message);
    expect(faults[0]?.position.line).toBeGreaterThan(0);
    expect(value === undefined || typeof value === "object").toBe(true);
  });

  it("takes a name like __proto__ for what it is", () => {
    const { value } = readPositioned("__proto__: {polluted: true}\nconstructor: x");
    expect(Object.keys(value as object)).toEqual(["__proto__", "constructor"]);
    expect(({} as Record<string, unknown>)["polluted"]).toBeUndefined();
  });

  it.each([
    ["brackets", "[".repeat(100_000)],
    ["closed brackets", `${"[".repeat(400)}${"]".repeat(400)}`],
    ["braces", '{"a":'.repeat(50_000)],
    ["dashes", "- ".repeat(50_000)],
    ["dashes on lines", Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}-`).join("\n")],
    ["names on lines", Array.from({ length: 3_000 }, (_, depth) => `${" ".repeat(depth)}a:`).join("\n")],
    [
      "aliases",
      `a: &a [x]\n${Array.from({ length: 50 }, (_, at) => `b${String(at)}: &b${String(at)} [*a, *a]`).join("\n")}`,
    ],
  ])("ends soon at ever deeper %s", (_, text) => {
    const elapsed = measureProcessorTime();
    expect(readPositioned(text).faults.length).toBeGreaterThan(0);
    expect(elapsed()).toBeLessThan(2_000);
  });
});
