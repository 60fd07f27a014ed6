import fc from "fast-check";
import { describe, expect, it } from "vitest";
import {
  comparePartialDates,
  isCertainlyBefore,
  isExactDay,
  isPartialDate,
  parsePartialDate,
  PartialDateError,
} from "../../src/lib/partial-dates.js";

describe("an exact day", () => {
  it.each(["2024-11-20"])("is %s", (text) => {
    expect(isExactDay(text)).toBe(true);
  });
  it.each(["2024", "2024-11", "2024-11-20~", "2024/2025?", "2024-05-12/2024-05-14"])("is not %s", (text) => {
    expect(isExactDay(text)).toBe(false);
  });
});

describe("a partial date", () => {
  it.each([
    ["2024", "2024-01-01", "2024-12-31"],
    ["2024-10", "2024-10-01", "2024-10-31"],
    ["2024-02", "2024-02-01", "2024-02-29"],
    ["2023-02", "2023-02-01", "2023-02-28"],
    ["1900-02", "1900-02-01", "1900-02-28"],
    ["2000-02", "2000-02-01", "2000-02-29"],
    ["2024-02-29", "2024-02-29", "2024-02-29"],
    ["0001", "0001-01-01", "0001-12-31"],
    ["2024~", "2024-01-01", "2024-12-31"],
    ["2024-10?", "2024-10-01", "2024-10-31"],
    ["2024-11-20%", "2024-11-20", "2024-11-20"],
    ["2024-05-12/2024-05-14", "2024-05-12", "2024-05-14"],
    ["2024-02/2024-03", "2024-02-01", "2024-03-31"],
    ["2023?/2024-05-14~", "2023-01-01", "2024-05-14"],
  ])("%s lies between %s and %s", (text, earliest, latest) => {
    expect(parsePartialDate(text)).toEqual({ text, earliest, latest });
  });

  it.each([
    "",
    "24",
    "2024-1",
    "2024-13",
    "2024-00",
    "2024-02-30",
    "2023-02-29",
    "2024-04-31",
    "2024-11-00",
    "0000",
    "2024-11-20T00:00",
    " 2024",
    "2024\n",
    "-2024",
    "２０２４",
    "2024-10-23-1",
    "~2024",
    "2024~~",
    "2024~-10",
    "2024/",
    "/2024",
    "2024-05-14/2024-05-12",
    "2024-05-14/2024-05-14",
    "2024-05-14/2024",
    "2022/2023/2024",
    "2024-05-12/14",
    "2024/..",
    "x".repeat(100_000),
  ])("is not %j", (text) => {
    expect(() => parsePartialDate(text)).toThrow(PartialDateError);
    expect(isPartialDate(text)).toBe(false);
  });

  it("exists if and only if the calendar has the day", () => {
    const two = (number: number): string => String(number).padStart(2, "0");
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 9999 }),
        fc.integer({ min: 0, max: 14 }),
        fc.integer({ min: 0, max: 33 }),
        (year, month, day) => {
          const text = `${String(year).padStart(4, "0")}-${two(month)}-${two(day)}`;
          const date = new Date(`${text}T00:00:00Z`);
          expect(isPartialDate(text)).toBe(!Number.isNaN(date.getTime()) && date.toISOString().startsWith(text));
        },
      ),
    );
  });

  it("is ordered by its days", () => {
    const sorted = ["2025", "2024", "2024-01", "2024-01-01", "2024-02", "2024-01-02"]
      .map(parsePartialDate)
      .sort(comparePartialDates);
    expect(sorted.map(({ text }) => text)).toEqual(["2024-01-01", "2024-01", "2024", "2024-01-02", "2024-02", "2025"]);
    expect(isCertainlyBefore(parsePartialDate("2023"), parsePartialDate("2024-01"))).toBe(true);
    expect(isCertainlyBefore(parsePartialDate("2024"), parsePartialDate("2024-12-31"))).toBe(false);
  });
});
