import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { piecesOf, type Span } from "../../src/pages/passages.js";

/** Pieces in short: the text, and which passages run through, begin and end. */
function cut(text: string, passages: readonly (Span & { readonly name: string })[]) {
  const names = (some: readonly { readonly name: string }[]) => some.map(({ name }) => name).join("");
  return piecesOf(text, passages).map(({ text: piece, within, begins, ends }) => [
    piece,
    names(within),
    names(begins),
    names(ends),
  ]);
}

describe("passages in a text", () => {
  it("cut it where one begins or ends, also where they overlap", () => {
    expect(
      cut("0123456789", [
        { name: "a", start: 1, end: 6 },
        { name: "b", start: 4, end: 8 },
      ]),
    ).toEqual([
      ["0", "", "", ""],
      ["123", "a", "a", ""],
      ["45", "ab", "b", "a"],
      ["67", "b", "", "b"],
      ["89", "", "", ""],
    ]);
  });

  it("stand longest first, so that the last one is the innermost", () => {
    expect(
      cut("abcdef", [
        { name: "i", start: 2, end: 3 },
        { name: "o", start: 0, end: 6 },
        { name: "m", start: 1, end: 5 },
      ]),
    ).toEqual([
      ["a", "o", "o", ""],
      ["b", "om", "m", ""],
      ["c", "omi", "i", "i"],
      ["de", "om", "", "m"],
      ["f", "o", "", "o"],
    ]);
  });

  it("are counted in code points, not in half characters", () => {
    expect(cut("a😀b", [{ name: "x", start: 1, end: 2 }])).toEqual([
      ["a", "", "", ""],
      ["😀", "x", "x", "x"],
      ["b", "", "", ""],
    ]);
  });

  it("are left out where they are empty or outside, and an empty text has no pieces", () => {
    expect(
      cut("abc", [
        { name: "x", start: 2, end: 2 },
        { name: "y", start: 2, end: 9 },
        { name: "z", start: -1, end: 2 },
      ]),
    ).toEqual([["abc", "", "", ""]]);
    expect(cut("", [])).toEqual([]);
  });

  it("lose no letter and say none twice, and each runs through exactly its letters", () => {
    const span = fc.tuple(fc.nat(30), fc.nat(30)).map(([start, end]) => ({ start, end }));
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 30 }), fc.array(span, { maxLength: 12 }), (text, passages) => {
        const points = [...text];
        const pieces = piecesOf(text, passages);
        expect(pieces.map((piece) => piece.text).join("")).toBe(text);
        for (const passage of passages.filter(({ start, end }) => start < end && end <= points.length)) {
          const own = pieces.filter(({ within }) => within.includes(passage));
          expect(own.map((piece) => piece.text).join("")).toBe(points.slice(passage.start, passage.end).join(""));
          expect(own.filter(({ begins }) => begins.includes(passage))).toEqual(own.slice(0, 1));
          expect(own.filter(({ ends }) => ends.includes(passage))).toEqual(own.slice(-1));
        }
      }),
    );
  });
});
