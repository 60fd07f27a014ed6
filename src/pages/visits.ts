import type { VisitStatus } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { counted, plainWords, timeOf } from "./words.js";

/** The mark of a visit that was not, or not yet, made. */
export function visitMark(status: VisitStatus): Html | false {
  return status !== "MADE" && status !== "UNKNOWN" && html` <span class="tag">${plainWords(status)}</span>`;
}

interface Days {
  readonly from: string | null;
  readonly to: string | null;
  readonly days: number | null;
}

/** The days of a visit; null if none is known. */
export function visitDays({ from, to, days }: Days): Html | null {
  const isOneDay = from !== null && from === to;
  const when = joined(
    [
      from !== null && html`${isOneDay ? "on" : "from"} ${timeOf(from)}`,
      to !== null && !isOneDay && html`until ${timeOf(to)}`,
      days !== null && counted(days, "day"),
    ],
    ", ",
  );
  return when.text === "" ? null : when;
}
