/** What a cursor can hold: the values a list is ordered by at one of its entries. */
export type CursorValue = string | number | boolean | null;

/**
 * A cursor: opaque to clients, the place of an entry in a list of that order.
 * @param order names the order, so that a cursor of one list is not taken for one of another.
 */
export function encodeCursor(order: string, values: readonly CursorValue[]): string {
  return Buffer.from(JSON.stringify([order, ...values]), "utf8").toString("base64url");
}

/**
 * Reads a cursor that `encodeCursor` wrote.
 * @param count how many values the order has.
 * @returns undefined for anything that is not a cursor of this order.
 */
export function decodeCursor(order: string, count: number, cursor: string): readonly CursorValue[] | undefined {
  let parsed: unknown;
  try {
    parsed = JSON.parse(Buffer.from(cursor, "base64url").toString("utf8"));
  } catch {
    return undefined;
  }
  if (!Array.isArray(parsed) || parsed.length !== count + 1 || parsed[0] !== order) return undefined;
  const values = parsed.slice(1) as unknown[];
  const sound = values.every((value) => value === null || ["string", "number", "boolean"].includes(typeof value));
  return sound && !values.some((value) => typeof value === "string" && value.includes("\0"))
    ? (values as CursorValue[])
    : undefined;
}
