import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { meetingLink, moreOf, table } from "./lists.js";
import type { PageRequest } from "./page.js";
import { counted, dateWords, fateMark, timeOf } from "./words.js";

type Entry = GQL.ReckoningFragment["entries"]["nodes"][number];

/** What was announced and what became of it: in numbers, meeting by meeting, and year by year. */
export function showLedger(ledger: GQL.ReckoningFragment, request: PageRequest): Html | null {
  const { entries } = ledger;
  const summary = html`<p>${ledgerWords(ledger)}</p>`;
  if (entries.totalCount === 0) return ledger.addressesExpected + ledger.addressesGiven === 0 ? null : summary;
  const rows = entries.nodes.map((entry) => showEntry(entry, request));
  return html`${summary}${table({ caption: "Meetings, latest first, each with who announced and who confirmed it", head: ["Meeting", "What became of it", "Announced by", "Reported by"], rows })}${moreOf(entries.nodes.length, entries.totalCount, "The rest is in the answer to the operation below.")}${showFulfilment(ledger)}`;
}

/** A ledger in numbers. */
export function ledgerWords({ announced, held, expected, declined, cancelled, postponed, unknown, addressesExpected, addressesGiven }: GQL.ReckoningFragment): string {
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
  const parts = [...(meetings.length > 0 ? [`Meetings: ${meetings.join(", ")}`] : []), ...(announced > 0 ? [`${counted(announced, "of them was", "of them were")} announced before or instead of being held`] : []), ...addresses];
  return parts.length === 0 ? "No meetings of it are known." : `${parts.join("; ")}.`;
}

function showEntry({ meeting, status, announcedBy, confirmedBy }: Entry, request: PageRequest): Html {
  const by = (reports: readonly GQL.ReportFragment[]): Html =>
    reports.length === 0
      ? html`<span class="unknown">no source in the record</span>`
      : joined(reports.map(({ reportedOn, citation }) => html`${citation.document.publisher}${reportedOn !== null && html` <span class="aside">${timeOf(reportedOn)}</span>`}${request.sources.cite([citation])}`), html`<br>`);
  return html`<tr><th scope="row">${meetingLink(meeting, request.addresses)}</th><td>${fateMark({ ...meeting, status }, request.today)}</td><td>${by(announcedBy)}</td><td>${by(confirmedBy)}</td></tr>`;
}

function showFulfilment({ fulfilment }: GQL.ReckoningFragment): Html | null {
  const told = fulfilment.filter(({ announced }) => announced > 0);
  if (told.length < 2) return null;
  const rows = told.map(({ period, announced, held, declined, cancelled, open }) => html`<tr><th scope="row">${period === null ? "day unknown" : dateWords(period)}</th>${[announced, held, declined, cancelled, open].map((count) => html`<td class="n">${count}</td>`)}</tr>`);
  return table({ caption: "Of what was announced, how much was held, year by year", head: ["Year", "Announced", "Held", "Declined", "Called off", "Still open"], rows });
}
