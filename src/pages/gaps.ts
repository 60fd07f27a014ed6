import { pageGaps, type GapKind, type PageGapsQuery } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import type { PageRequest } from "./page.js";

/** Labels of the kinds of gaps, in the order in which they are listed. */
const WORDS: Readonly<Record<GapKind, string>> = {
  OUTCOME_UNREPORTED: "Planned meetings whose day has passed without a report",
  MEETING_WITHOUT_STATUS: "Meetings without a report on whether they were held",
  MEETING_WITHOUT_DATE: "Meetings without a date",
  MEETING_DATE_INEXACT: "Meetings dated only to the month or year",
  MEETING_WITHOUT_PLACE: "Meetings without a place",
  SESSION_WITHOUT_SEATS: "Sessions without named participants",
  ORDINAL_MISSING: "Numbered sessions that the record lacks",
  SEAT_UNNAMED: "Participants without a name",
  ACCOUNT_MISSING: "Meetings reported by only one side",
  MEMBERSHIP_WITHOUT_START: "Memberships without a start date",
  MEMBERSHIP_WITHOUT_END: "Memberships with an unknown end",
  TENURE_WITHOUT_START: "Terms of office without a start date",
  TENURE_WITHOUT_END: "Terms of office with an unknown end",
  NO_SEAT_RECORDED: "Members that attended no recorded session",
  NO_MEETING_RECORDED: "States without a recorded meeting",
};

/** The kinds of gaps, in the order in which they are listed. */
export const GAP_KINDS = Object.keys(WORDS) as readonly GapKind[];

/** The label of a kind of gap. */
export function gapWords(kind: GapKind): string {
  return WORDS[kind];
}

/** Numbers of gaps about one record or about two together. */
export interface Coverage {
  readonly of: string;
  readonly with?: string;
  readonly coverage: PageGapsQuery["coverage"];
}

/** Reads the numbers of gaps about one record, or about two together. */
export async function readGaps({ ask, today, addresses }: PageRequest, of: string, other?: string): Promise<Coverage> {
  const { coverage } = await ask(pageGaps, { of, with: other, asOf: today, knownAt: addresses.knownAt });
  return { of, ...(other !== undefined && { with: other }), coverage };
}

/** Numbers of gaps by kind, each with a link to its list. */
export function showGaps({ of, with: other, coverage }: Coverage, { addresses }: PageRequest): Html | null {
  if (coverage.length === 0) return null;
  const found = coverage.filter(({ count }) => count > 0);
  if (found.length === 0)
    return html`<p class="note">No gaps of the kinds that are checked. That does not make the record complete.</p>`;
  const counts = found.map(
    ({ kind, count }) =>
      html`<li><a href="${addresses.to("/gaps", { of, with: other, kind })}">${gapWords(kind)}</a>: ${count.toLocaleString("en")}</li>`,
  );
  return html`<p class="note">The record is incomplete: an event that it lacks may still have happened.</p><ul>${counts}</ul>`;
}
