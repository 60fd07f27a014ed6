import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink, moreOf, numbers, table } from "./lists.js";
import type { PageRequest } from "./page.js";
import { counted, dateWords, fateMark, timeOf } from "./words.js";

/** A ledger with some of its entries. */
type Account = GQL.SumsFragment & { readonly entries: { readonly totalCount: number; readonly nodes: readonly GQL.ReckonedFragment[] } };

/**
 * What was announced and what became of it: in numbers, meeting by meeting, and year by year. Where there are more meetings
 * than are shown, `whose`, the parameters of the page of the whole ledger, leads to all of them.
 */
export function showLedger(ledger: Account, whose: Readonly<Record<string, string | readonly string[]>>, request: PageRequest): Html | null {
  const { entries, addressesExpected, addressesGiven } = ledger;
  if (entries.totalCount + addressesExpected + addressesGiven === 0) return null;
  return html`${showAccount(ledger, request)}${moreOf(entries.nodes.length, entries.totalCount, html`<a href="${request.addresses.to("/ledger", whose)}">The whole ledger</a>`)}`;
}

/** A ledger: its sums, the entries that are given, and how much of what was announced was held. */
export function showAccount(ledger: Account, request: PageRequest): Html {
  const rows = ledger.entries.nodes.map((entry) => showEntry(entry, request));
  return html`<p>${ledgerWords(ledger)}</p>${rows.length > 0 && table({ caption: "Meetings, latest first, each with who announced and who confirmed it", head: ["Meeting", "What became of it", "Announced by", "Reported by"], rows, isTold: true })}${showFulfilment(ledger)}`;
}

/** A ledger in numbers. */
export function ledgerWords({ announced, held, expected, declined, cancelled, postponed, unknown, addressesExpected, addressesGiven }: GQL.SumsFragment): string {
  const fates: readonly (readonly [number, string])[] = [
    [held, "held"],
    [expected, "still expected"],
    [postponed, "put off"],
    [declined, "declined"],
    [cancelled, "called off"],
    [unknown, "without any report"],
  ];
  const meetings = fates.filter(([count]) => count > 0).map(([count, words]) => `${String(count)} ${words}`);
  const addresses = [...(addressesGiven > 0 ? [counted(addressesGiven, "address given", "addresses given")] : []), ...(addressesExpected > 0 ? [counted(addressesExpected, "address expected", "addresses expected")] : [])];
  const parts = [...(meetings.length > 0 ? [`Meetings: ${meetings.join(", ")}`] : []), ...(announced > 0 ? [`${counted(announced, "of them was", "of them were")} announced beforehand`] : []), ...addresses];
  return parts.length === 0 ? "No meetings of it are known." : `${parts.join("; ")}.`;
}

function showEntry({ meeting, status, announcedBy, confirmedBy }: GQL.ReckonedFragment, request: PageRequest): Html {
  const by = (reports: readonly GQL.ReportFragment[]): Html =>
    reports.length === 0
      ? html`<span class="unknown">no source in the record</span>`
      : joined(reports.map(({ reportedOn, citation }) => html`${citation.document.publisher}${reportedOn !== null && html` <span class="aside">${timeOf(reportedOn)}</span>`}${request.sources.cite([citation])}`), html`<br>`);
  return html`<tr><th scope="row">${meetingLink(meeting, request.addresses)}</th><td>${fateMark({ ...meeting, status }, request.today)}</td><td><span class="of">Announced by </span>${by(announcedBy)}</td><td><span class="of">Reported by </span>${by(confirmedBy)}</td></tr>`;
}

function showFulfilment({ fulfilment }: GQL.SumsFragment): Html | null {
  const told = fulfilment.filter(({ announced }) => announced > 0);
  if (told.length < 2) return null;
  const rows = told.map(({ period, announced, held, declined, cancelled, open }) => html`<tr><th scope="row">${period === null ? "day unknown" : dateWords(period)}</th>${[announced, held, declined, cancelled, open].map((count) => html`<td class="n">${count}</td>`)}</tr>`);
  return table({ caption: "Of what was announced, how much was held, year by year", head: ["Year", ...numbers("Announced", "Held", "Declined", "Called off", "Still open")], rows });
}
