import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { moreOf, partyLinks } from "./lists.js";
import type { PageRequest } from "./page.js";
import { agreementStatusWords, plainWords, timeOf, whenOf } from "./words.js";

/** Agreements with their day of signing, status and parties. */
export function listAgreements(agreements: readonly GQL.PaperFragment[], { addresses }: PageRequest): Html {
  const rows = agreements.map((agreement) => {
    const { key, kind, status, signedOn, until, parties, meeting } = agreement;
    const aside = joined(
      [
        statusOf(status),
        plainWords(kind),
        parties.length > 0 && partyLinks(parties, addresses),
        meeting && html`signed at <a href="${addresses.meeting(meeting.slug)}">${meeting.title}</a>`,
        until !== null && html`until ${timeOf(until)}`,
      ],
      " · ",
    );
    return html`<li><span class="when">${whenOf(signedOn)}</span><div><p><a href="${addresses.agreement(key)}">${agreement.title}</a></p><p class="aside">${aside}</p></div></li>`;
  });
  return html`<ul class="rows by-day">${rows}</ul>`;
}

/** The status of an agreement, with its sign. */
export function statusOf(status: GQL.AgreementStatus): Html {
  return html`<span class="status status-${status.toLowerCase()}">${agreementStatusWords(status)}</span>`;
}

/** The first agreements of a page's record, with a link to all of them; null if there are none. */
export function agreementsOf(
  { nodes, totalCount }: { readonly nodes: readonly GQL.PaperFragment[]; readonly totalCount: number },
  parameters: Readonly<Record<string, string | readonly string[]>>,
  request: PageRequest,
): Html | null {
  if (nodes.length === 0) return null;
  const all = html`<a href="${request.addresses.to("/agreements", parameters)}">All agreements</a>`;
  return html`${listAgreements(nodes, request)}${moreOf(nodes.length, totalCount, all)}`;
}
