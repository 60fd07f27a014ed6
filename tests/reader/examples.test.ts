import { describe, expect, it } from "vitest";
import { frames, nominalFrames } from "../../src/reader/frames.js";
import { linesOf, readExamples } from "./examples.js";

const examples = readExamples();
const sections = [...new Set(examples.map(({ section }) => section))];

describe("the constructions of the reader", () => {
  it("have at least 380 examples", () => {
    expect(examples.length).toBeGreaterThanOrEqual(380);
  });

  it("give every frame a positive and a negative example", () => {
    const lacking = [...frames.map(({ id }) => id), ...nominalFrames].filter((id) => {
      const own = examples.filter(({ section }) => section === id);
      return !own.some(({ isPositive }) => isPositive) || !own.some(({ isPositive }) => !isPositive);
    });
    expect(lacking).toEqual([]);
  });

  it.each(sections)("%s: every example is read as its lines say", (section) => {
    const own = examples.filter((example) => example.section === section);
    const read = own.map((example) => ({ text: example.text, facts: linesOf(example).sort() }));
    expect(read).toEqual(own.map(({ text, expected }) => ({ text, facts: [...expected].sort() })));
  });
});
