import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { decodeCursor, encodeCursor, type CursorType } from "../../src/lib/cursors.js";

const day = fc
  .date({ min: new Date("0001-01-01"), max: new Date("9999-12-31"), noInvalidDate: true })
  .map((date) => date.toISOString().slice(0, 10));
const text = fc.string({ unit: "binary" }).filter((value) => !value.includes("\0"));
const values: Record<CursorType, fc.Arbitrary<string | number>> = {
  text,
  date: fc.oneof(day, fc.constantFrom("infinity", "-infinity")),
  int: fc.integer(),
  bigint: fc.maxSafeInteger(),
};
const types = Object.keys(values) as CursorType[];

describe("cursors", () => {
  it("come back as they went, in their own order only", () => {
    const place = fc
      .array(fc.constantFrom(...types), { minLength: 1, maxLength: 4 })
      .chain((given) => fc.tuple(fc.constant(given), fc.tuple(...given.map((type) => values[type]))));
    fc.assert(
      fc.property(fc.string(), place, (order, [given, place]) => {
        const cursor = encodeCursor(order, place);
        expect(cursor).toMatch(/^[\w-]+$/);
        expect(decodeCursor(order, given, cursor)).toEqual(place);
        expect(decodeCursor(`${order}!`, given, cursor)).toBeUndefined();
        expect(decodeCursor(order, [...given, "text"], cursor)).toBeUndefined();
        expect(decodeCursor(order, given.slice(1), cursor)).toBeUndefined();
      }),
    );
  });

  it("are nothing else, whatever a client sends", () => {
    fc.assert(
      fc.property(
        fc.string({ unit: "binary" }),
        (cursor) => decodeCursor("date", ["date", "text"], cursor) === undefined,
      ),
    );
    fc.assert(
      fc.property(
        fc.json(),
        (json) => decodeCursor("date", ["date", "text"], Buffer.from(json).toString("base64url")) === undefined,
      ),
    );
  });

  it.each<[CursorType, unknown[]]>([
    ["text", [1, true, null, {}, [], "a\0"]],
    ["date", [1, null, "2024", "2024-02-30", "2024-11-20 ", "infinite", ""]],
    ["int", ["1", 0.5, null, 2 ** 31, -(2 ** 31) - 1, true]],
    ["bigint", ["1", 0.5, null, 2 ** 53]],
  ])("do not take for %s what is none: %j", (type, wrong) => {
    for (const value of wrong)
      expect(decodeCursor("o", [type], encodeCursor("o", [value as string])), JSON.stringify(value)).toBeUndefined();
  });
});
