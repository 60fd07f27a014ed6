import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointText, nearestPassage } from "../../src/lib/code-points.js";
import { lookAlike } from "../../src/lib/look-alikes.js";
import { positionOf } from "../../src/lib/substring.js";
import { measureProcessorTime } from "../support/time.js";

/** A text of so many units that repeats a pattern. */
const repeated = (pattern: string, units: number): string =>
  pattern.repeat(Math.ceil(units / pattern.length)).slice(0, units);

describe("a passage that looks like a quote", () => {
  it.each([
    ["a mark on the last letter of a word", "in Cha\u0302teau", "Ch\u00e2teau", 3, "Cha\u0302teau"],
    ["a mark after a space", "one \u0301two", "one\u00a0\u0301two", 0, "one \u0301two"],
    [
      "letters outside the basic plane",
      "say \u{1d4b3}\u00ad\u{1f44d} now",
      "X\u{1f44d}",
      4,
      "\u{1d4b3}\u00ad\u{1f44d}",
    ],
    ["several spaces for one", "the  \n ministers met", "the ministers", 0, "the  \n ministers"],
    ["Korean, composed and decomposed", "오늘 국방장관이", "국방장관".normalize("NFD"), 3, "국방장관"],
  ])("is found: %s", (_what, text, quote, start, passage) => {
    expect(lookAlike(codePointText(text), quote)).toMatchObject({ start, passage });
  });

  it("is none where the text has other letters, or the quote has none", () => {
    const text = codePointText("The ministers met in Vientiane.");
    expect(lookAlike(text, "The ministers sat")).toBeUndefined();
    expect(lookAlike(text, " \u00ad ")).toBeUndefined();
    expect(lookAlike(codePointText(""), "met")).toBeUndefined();
  });

  it("may repeat itself for long", () => {
    const text = codePointText(`b${"a".repeat(300)}\u00ad${"a".repeat(300)}b`);
    const found = lookAlike(text, `${"a".repeat(600)}b`);
    expect(found).toMatchObject({ start: 1, differences: [{ at: 301, text: "\u00ad", quote: "" }] });
  });
});

describe("the search for a quote in a long text", () => {
  const many = "\u0301\u0316".repeat(100_000);
  it.each([
    ["of letters without a plain form", repeated("习近平在喀山会见了印度总理莫迪。", 1_500_000), "总理\u00ad会见"],
    ["of one word with many marks out of order", `e${many}`, "x\u0301\u0316y"],
    ["of ligatures that all stand for phrases", "\ufdfa".repeat(500_000), "\ufdfa\u00ad\ufdfb"],
    [
      "of one repeated letter, for a quote that repeats it too",
      "a".repeat(1_000_000),
      `${"a".repeat(20_000)}b${"a".repeat(20_000)}`,
    ],
  ])("takes time in proportion to it: %s", (_what, text, quote) => {
    const subject = codePointText(text);
    const elapsed = measureProcessorTime();
    expect(subject.find(quote)).toEqual([]);
    expect(lookAlike(subject, quote)).toBeUndefined();
    nearestPassage(subject, quote);
    expect(elapsed()).toBeLessThan(4_000);
  });
});

describe("the position of a passage", () => {
  it("is the one that the engine finds, for passages of any length", () => {
    const letters = (minLength: number, maxLength: number) =>
      fc.string({ unit: fc.constantFrom("a", "a", "b"), minLength, maxLength });
    fc.assert(
      fc.property(letters(0, 400), letters(0, 12), fc.nat(30), fc.nat(10), (text, pattern, times, from) => {
        const passage = pattern.repeat(times);
        expect(positionOf(text + passage + text, passage, from)).toBe((text + passage + text).indexOf(passage, from));
        expect(positionOf(text, passage)).toBe(text.indexOf(passage));
      }),
      { numRuns: 500 },
    );
  });
});
