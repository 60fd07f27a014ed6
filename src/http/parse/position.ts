import type { IncomingHttpHeaders } from "node:http";
import { Refusal } from "../refusal.js";

/**
 * The header with a position of the record: in a response the position that it holds, in a request the position that
 * its response has to hold.
 */
export const POSITION_HEADER = "sidelines-position";

/** The positions of the record, as far as the HTTP side has to know. Positions are versions of the record. */
export interface Positions {
  /** The latest position that this process knows; later reads hold it. */
  latest(): number;
  /**
   * Lets this process catch up with a position that another process has reached.
   * @returns the position that a read has to hold, which is less if the record never got so far.
   */
  reach(position: number): Promise<number>;
}

const UNREADABLE = new Refusal(
  400,
  "BAD_REQUEST",
  `The header ${POSITION_HEADER} has to be a position that an answer had in the same header: a whole number.`,
);

const form = /^\d{1,15}$/;

/** The position that a request names, if it names one. */
export function namedPosition(headers: IncomingHttpHeaders): number | Refusal | undefined {
  const header = headers[POSITION_HEADER];
  if (header === undefined) return undefined;
  return typeof header === "string" && form.test(header) ? Number(header) : UNREADABLE;
}
