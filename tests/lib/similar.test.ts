import fc from "fast-check";
import { expect, it } from "vitest";
import { editDistance, similarTo } from "../../src/lib/similar.js";

it.each([
  ["naem", ["title", "name", "names"], "name"],
  ["vientinae", ["vienna", "vientiane"], "vientiane"],
  ["IND", ["CHN", "AUS"], undefined],
  ["ind", ["IND"], "IND"],
  ["x", [], undefined],
  ["y".repeat(500), ["y".repeat(499)], undefined],
])("the nearest to %s", (name, candidates, near) => {
  expect(similarTo(name, candidates)).toBe(near);
});

it("counts insertions, deletions, replacements and exchanges", () => {
  expect(editDistance("kitten", "sitting")).toBe(3);
  expect(editDistance("name", "naem")).toBe(1);
  expect(editDistance("", "abc")).toBe(3);
});

it("gives the same whether or not it may stop early", () => {
  const word = fc.string({ unit: fc.constantFrom("a", "b", "c"), maxLength: 12 });
  fc.assert(
    fc.property(word, word, fc.nat(12), (one, other, within) => {
      const distance = editDistance(one, other);
      const bounded = editDistance(one, other, within);
      expect(editDistance(other, one)).toBe(distance);
      if (distance <= within) expect(bounded).toBe(distance);
      else expect(bounded).toBeGreaterThan(within);
    }),
  );
});
