import { isPartialDate } from "./partial-dates.js";

/** What a cursor can hold: the values a list is ordered by at one of its entries. */
export type CursorValue = string | number | boolean | null;

/**
 * A cursor: opaque to clients, the place of an entry in a list of that order.
 * @param order names the order, so that a cursor of one list is not taken for one of another.
 */
export function encodeCursor(order: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([order, ...values]), "utf8").toString("base64url");
}

/** What a value of a cursor has to be to be compared with what its list is ordered by. */
export type CursorType = "text" | "date" | "int" | "bigint";

/**
 * Reads a cursor that `encodeCursor` wrote.
 * @param types what the values of the order are.
 * @returns undefined for anything that is not a cursor of this order.
 */
export function decodeCursor(order: string, types: readonly CursorType[], cursor: string): readonly CursorValue[] | undefined {
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
  return text.length === 10 && isPartialDate(text);
}
