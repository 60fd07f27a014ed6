import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { codePointText, countCodePoints, nearestPassage } from "../../src/lib/code-points.js";
import { measureProcessorTime } from "../support/time.js";

// Many short texts of few characters, some outside of the basic plane, so that passages repeat and pairs are met.
const text = fc.string({ unit: fc.constantFrom("a", "b", "é", "👍", "𝒳", "\n"), maxLength: 1_200 });

describe("a text in code points", () => {
  it("finds every occurrence, overlapping ones too", () => {
    expect(codePointText("👍aaa").find("aa")).toEqual([1, 2]);
    expect(codePointText("👍aaa").find("aa", 1)).toEqual([1]);
    expect(codePointText("abc").find("")).toEqual([]);
  });

  it("counts and cuts as a list of code points does", () => {
    fc.assert(
      fc.property(text, fc.nat(1_300), fc.nat(1_300), (whole, one, other) => {
        const points = [...whole];
        const [start, end] = one < other ? [one, other] : [other, one];
        const subject = codePointText(whole);
        expect(subject.length).toBe(points.length);
        expect(countCodePoints(whole)).toBe(points.length);
        expect(subject.slice(start, end)).toBe(points.slice(start, end).join(""));
      }),
      { numRuns: 300 },
    );
  });

  it("finds a passage where it stands", () => {
    fc.assert(
      fc.property(text, fc.nat(1_200), fc.integer({ min: 1, max: 20 }), (whole, start, length) => {
        const passage = [...whole].slice(start, start + length).join("");
        fc.pre(passage !== "");
        const subject = codePointText(whole);
        const places = subject.find(passage, Infinity);
        expect(places).toContain(start);
        for (const place of places) expect(subject.slice(place, place + countCodePoints(passage))).toBe(passage);
      }),
      { numRuns: 300 },
    );
  });
});

describe("the nearest passage", () => {
  const report = codePointText(
    "🤝 On Monday the two ministers met in Vientiane. “We need to focus on coöperation,” the minister said. Nothing else.",
  );

  it.each([
    ["we need to focus on cooperation", "We need to focus on coöperation"],
    ['"We need to focus on coöperation," the minister said', "We need to focus on coöperation,” the minister said"],
    ["On Monday, the two ministers met in Hanoi", "On Monday the two ministers met in Vientiane"],
    ["On Monday the ministers met in Vientiane", "On Monday the two ministers met in Vientiane"],
    ["On Monday ministers met in Vientiane", "On Monday the two ministers met in Vientiane"],
  ])("of %j", (quote, passage) => {
    const near = nearestPassage(report, quote);
    expect(near?.passage).toBe(passage);
    expect(report.slice(near?.start ?? 0, (near?.start ?? 0) + [...passage].length)).toBe(passage);
  });

  it("is none where nothing is near", () => {
    expect(nearestPassage(report, "completely different words stand here")).toBeUndefined();
    expect(nearestPassage(report, "…")).toBeUndefined();
    expect(nearestPassage(codePointText(""), "word")).toBeUndefined();
  });

  it("takes time in proportion to the text", () => {
    const long = codePointText("ministers met again ".repeat(60_000));
    const elapsed = measureProcessorTime();
    nearestPassage(long, "the ministers met again and again and again ".repeat(300));
    expect(elapsed()).toBeLessThan(3_000);
  });
});
