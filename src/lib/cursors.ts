import { isExactDay, isPartialDate } from "./partial-dates.js";

/** A value in a cursor: one of the values that a list is sorted by. */
export type CursorValue = string | number | boolean | null;

/**
 * An opaque cursor for the position of an entry in a sorted list.
 * @param order The name of the order, which prevents use with another list.
 */
export function encodeCursor(order: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([order, ...values]), "utf8").toString("base64url");
}

/** The type of a value in a cursor, for comparisons with the sort key. */
export type CursorType = "text" | "date" | "int" | "bigint";

/**
 * Decodes a cursor of `encodeCursor`.
 * @param types The types of the order's values.
 * @returns undefined for anything that is not a cursor of this order.
 */
export function decodeCursor(
  order: string,
  types: readonly CursorType[],
  cursor: string,
): readonly CursorValue[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.length !== types.length + 1 || parsed[0] !== order) return undefined;
  const values = parsed.slice(1) as unknown[];
  return values.every((value, index) => isOfType(value, types[index])) ? (values as CursorValue[]) : undefined;
}

function isOfType(value: unknown, type: CursorType | undefined): boolean {
  switch (type) {
    case "text":
      return typeof value === "string" && !value.includes("\0");
    case "date":
      return typeof value === "string" && (/^-?infinity$/.test(value) || isDay(value));
    case "int":
      return typeof value === "number" && value === (value | 0);
    default:
      return type === "bigint" && Number.isSafeInteger(value);
  }
}

function isDay(text: string): boolean {
  return isExactDay(text) && isPartialDate(text);
}
