import { pageGaps, type GapKind, type PageGapsQuery } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import type { PageRequest } from "./page.js";

/** What may be missing, in words, in the order in which gaps are listed. */
const WORDS: Readonly<Record<GapKind, string>> = {
  OUTCOME_UNREPORTED: "Planned, the day has passed, and no report since",
  MEETING_WITHOUT_STATUS: "Meetings of which no source says whether they were held",
  MEETING_WITHOUT_DATE: "Meetings without a day",
  MEETING_DATE_INEXACT: "Meetings known to the month or the year only",
  MEETING_WITHOUT_PLACE: "Meetings without a place",
  SESSION_WITHOUT_SEATS: "Sessions at which nobody is named",
  ORDINAL_MISSING: "Numbered sessions that are not held",
  SEAT_UNNAMED: "Seats without a name",
  ACCOUNT_MISSING: "Meetings without an account by one side",
  MEMBERSHIP_WITHOUT_START: "Memberships without a start",
  MEMBERSHIP_WITHOUT_END: "Memberships of which it is not known whether or when they ended",
  TENURE_WITHOUT_START: "Times in office without a start",
  TENURE_WITHOUT_END: "Times in office of which it is not known whether or when they ended",
  NO_SEAT_RECORDED: "Members without a seat at any session",
  NO_MEETING_RECORDED: "States with which no meeting is recorded",
};

/** The kinds of gaps in the order in which they are listed. */
export const GAP_KINDS = Object.keys(WORDS) as readonly GapKind[];

/** A kind of gap in words. */
export function gapWords(kind: GapKind): string {
  return WORDS[kind];
}

/** How much the record does not hold, and of whom. */
export interface Lacking {
  readonly of: string;
  readonly with?: string;
  readonly coverage: PageGapsQuery["coverage"];
}

/** Asks how much the record does not hold of something, or of two together. */
export async function readGaps({ ask, today, addresses }: PageRequest, of: string, other?: string): Promise<Lacking> {
  const { coverage } = await ask(pageGaps, { of, with: other, asOf: today, knownAt: addresses.knownAt });
  return { of, ...(other !== undefined && { with: other }), coverage };
}

/** How much is missing of what kind, each kind leading to its gaps, so that nobody takes it for something that did not happen. */
export function showGaps({ of, with: other, coverage }: Lacking, { addresses }: PageRequest): Html | null {
  if (coverage.length === 0) return null;
  const lacking = coverage.filter(({ count }) => count > 0);
  if (lacking.length === 0) return html`<p class="note">Of what is looked for nothing is lacking. That does not make the record complete.</p>`;
  const counts = lacking.map(({ kind, count }) => html`<li><a href="${addresses.to("/gaps", { of, with: other, kind })}">${gapWords(kind)}</a>: ${count.toLocaleString("en")}</li>`);
  return html`<p class="note">What is missing here may well have happened.</p><ul>${counts}</ul>`;
}
