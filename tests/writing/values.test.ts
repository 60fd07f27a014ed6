import { describe, expect, it } from "vitest";
import { z } from "zod";
import { readShape } from "../../src/writing/sections.js";
import {
  day,
  given,
  language,
  line,
  listOf,
  oneOf,
  prose,
  slug,
  timeZone,
  unspeakable,
  webAddress,
  whole,
} from "../../src/writing/values.js";

const place = { file: null, path: ["input"] };

function messages(shape: z.ZodType, value: unknown): string[] {
  const read = readShape(shape, value, place);
  return "faults" in read ? read.faults.map(({ place: { path }, message }) => `${path.join(".")}: ${message}`) : [];
}

describe("single values", () => {
  it.each<[string, z.ZodType, unknown[], unknown[]]>([
    [
      "an address",
      webAddress(),
      ["https://example.org/a?b#c", "http://x"],
      ["example.org", "ftp://x", "javascript:alert(1)", "https://u:p@x", "https://x y", "//x", ""],
    ],
    ["a language", language(), ["en", "zh-Hant-TW", "ja-Latn"], ["EN", "e", "english language", "en_GB", "-"]],
    [
      "a time zone",
      timeZone(),
      ["Asia/Vientiane", "UTC", "America/Argentina/Buenos_Aires"],
      ["Vientiane", "Asia/Nowhere", "+07:00", "../etc"],
    ],
    [
      "a slug",
      slug(),
      ["a", "admm-plus-11", "2024-11-20-ind-chn"],
      ["A", "a--b", "-a", "a_b", "a/b", "a".repeat(121), "é"],
    ],
    ["a day", day(), ["2024", "2024-10", "2024-11-20"], ["2024-02-30", "20 November", 2024]],
    ["a number", whole(1, 10), ["1", 10], ["0", 11, "1.5", 1.5, "x", "", true, "1e1", "9".repeat(30)]],
    ["a line", line(5), ["a", " ab "], ["", "  ", "a\nb", "abcdef", 1, true, "a\u2028b"]],
    ["prose", prose(5), ["a\nb", "a\tb"], ["\n", "a\0b", "\ud800", "a\u007fb"]],
    ["an enum", oneOf({ A: "A", B: "B" }), ["A"], ["a", "", 1, "toString"]],
  ])("%s", (_, shape, good, bad) => {
    for (const value of good) expect(messages(shape, value)).toEqual([]);
    for (const value of bad) expect(messages(shape, value), JSON.stringify(value)).not.toEqual([]);
  });

  it("that are null or left out say nothing", () => {
    const shape = z.strictObject({ a: given(line()), b: given(listOf(line())) });
    expect(readShape(shape, { a: null }, place)).toEqual({ value: {} });
  });

  it("names what cannot be stored", () => {
    expect(unspeakable("a\n\tb 👍")).toBeUndefined();
    expect(unspeakable("\u0001")).toBe("holds the control character U+0001");
    expect(unspeakable("x\udc00")).toContain("surrogate");
  });
});

describe("a shape", () => {
  const shape = z.strictObject({
    name: line(),
    people: given(listOf(z.strictObject({ slug: slug(), age: given(whole(0, 150)) }), 2)),
  });

  it("says what is wrong and where, all of it", () => {
    expect(
      messages(shape, {
        nmae: "x",
        people: [
          { slug: "A", age: "old" },
          { slug: "b", agee: 1 },
        ],
      }),
    ).toEqual([
      "input.name: is missing: text is wanted",
      'input.people.0.slug: "A" is no slug: lower-case letters and digits, joined by hyphens',
      'input.people.0.age: a number is wanted, and this is "old"',
      'input.people.1.agee: "agee" is not known here; did you mean "age"?',
      'input.nmae: "nmae" is not known here; did you mean "name"?',
    ]);
  });

  it("says what it found instead", () => {
    expect(messages(shape, { name: true, people: {} })).toEqual([
      "input.name: text is wanted, and this is true; put it in quotes if it is a word",
      "input.people: a list is wanted, and this is a map",
    ]);
    expect(messages(shape, "x")).toEqual(['input: a map is wanted, and this is "x"']);
    expect(messages(shape, { name: "x", people: [{ slug: "a" }, { slug: "b" }, { slug: "c" }] })).toEqual([
      "input.people: has more than 2 entries",
    ]);
  });
});
