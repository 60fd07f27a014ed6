import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink, moreOf, numbers, table } from "./lists.js";
import type { PageRequest } from "./page.js";
import { counted, dateWords, statusMark, timeOf } from "./words.js";

/** A ledger with a page of its entries. */
type Account = GQL.SumsFragment & {
  readonly entries: { readonly totalCount: number; readonly nodes: readonly GQL.ReckonedFragment[] };
};

/**
 * Announced meetings and their outcomes: totals, meetings, and numbers by year. If there are more meetings than shown,
 * links to the page of the whole ledger, whose parameters are `query`.
 */
export function showLedger(
  ledger: Account,
  query: Readonly<Record<string, string | readonly string[]>>,
  request: PageRequest,
): Html | null {
  const { entries, addressesExpected, addressesGiven } = ledger;
  if (entries.totalCount + addressesExpected + addressesGiven === 0) return null;
  return html`${showAccount(ledger, request)}${moreOf(entries.nodes.length, entries.totalCount, html`<a href="${request.addresses.to("/ledger", query)}">The whole ledger</a>`)}`;
}

/** A ledger's totals, its given entries, and the share of announced meetings that were held. */
export function showAccount(ledger: Account, request: PageRequest): Html {
  const rows = ledger.entries.nodes.map((entry) => showEntry(entry, request));
  return html`<p>${ledgerWords(ledger)}</p>${rows.length > 0 && table({ caption: "Meetings, latest first, with the sources that announced and reported them", head: ["Meeting", "Status", "Announced by", "Reported by"], rows, isStacked: true })}${showFulfilment(ledger)}`;
}

/** The totals of a ledger as a sentence. */
export function ledgerWords({
  announced,
  held,
  expected,
  declined,
  calledOff,
  cancelled,
  postponed,
  unknown,
  addressesExpected,
  addressesGiven,
}: GQL.SumsFragment): string {
  const outcomes: readonly (readonly [number, string])[] = [
    [held, "held"],
    [expected, "still expected"],
    [postponed, "postponed"],
    [declined, "declined"],
    [cancelled, "cancelled"],
    [calledOff, "called off"],
    [unknown, "without any report"],
  ];
  const meetings = outcomes.filter(([count]) => count > 0).map(([count, words]) => `${String(count)} ${words}`);
  const addresses = [
    ...(addressesGiven > 0 ? [counted(addressesGiven, "address given", "addresses given")] : []),
    ...(addressesExpected > 0 ? [counted(addressesExpected, "address expected", "addresses expected")] : []),
  ];
  const parts = [
    ...(meetings.length > 0 ? [`Meetings: ${meetings.join(", ")}`] : []),
    ...(announced > 0 ? [`${counted(announced, "of them was", "of them were")} announced beforehand`] : []),
    ...addresses,
  ];
  return parts.length === 0 ? "No known meetings." : `${parts.join("; ")}.`;
}

function showEntry({ meeting, status, announcedBy, confirmedBy }: GQL.ReckonedFragment, request: PageRequest): Html {
  const by = (reports: readonly GQL.ReportFragment[]): Html =>
    reports.length === 0
      ? html`<span class="unknown">no source in the record</span>`
      : joined(
          reports.map(
            ({ reportedOn, citation }) =>
              html`${citation.document.publisher}${reportedOn !== null && html` <span class="aside">${timeOf(reportedOn)}</span>`}${request.sources.cite([citation])}`,
          ),
          html`<br>`,
        );
  return html`<tr><th scope="row">${meetingLink(meeting, request.addresses)}</th><td>${statusMark({ ...meeting, status }, request.today)}</td><td><span class="of">Announced by </span>${by(announcedBy)}</td><td><span class="of">Reported by </span>${by(confirmedBy)}</td></tr>`;
}

function showFulfilment({ fulfilment }: GQL.SumsFragment): Html | null {
  const years = fulfilment.filter(({ announced }) => announced > 0);
  if (years.length < 2) return null;
  const rows = years.map(
    ({ period, announced, held, declined, cancelled, calledOff, open }) =>
      html`<tr><th scope="row">${period === null ? "day unknown" : dateWords(period)}</th>${[announced, held, declined, cancelled, calledOff, open].map((count) => html`<td class="n">${count}</td>`)}</tr>`,
  );
  return table({
    caption: "Announced meetings and their outcomes by year",
    head: ["Year", ...numbers("Announced", "Held", "Declined", "Cancelled", "Called off", "Open")],
    rows,
  });
}
