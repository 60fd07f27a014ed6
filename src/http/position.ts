/** The header in which an answer says how far the record had got, and a request how far it has to have got. */
export const POSITION_HEADER = "sidelines-position";

/** How far the record has got, as far as the HTTP side has to know. Positions are versions of the record. */
export interface Positions {
  /** The latest that this process has heard of: what is read from now on holds it. */
  latest(): number;
  /**
   * Lets this process catch up with a position that somebody else has seen.
   * @returns the position that a read has to hold, which is less where the record never got so far.
   */
  reach(position: number): Promise<number>;
}

/** What is wrong with a header that names no position. */
export const NO_POSITION = `The header ${POSITION_HEADER} has to be a position that an answer had in the same header: a whole number.`;

const form = /^\d{1,15}$/;

/**
 * The position that a request has to see.
 * @returns undefined where it names none, and "unreadable" where what it names is none.
 */
export function positionIn(header: string | readonly string[] | undefined): number | "unreadable" | undefined {
  if (header === undefined) return undefined;
  return typeof header === "string" && form.test(header) ? Number(header) : "unreadable";
}
