import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { partyLink } from "./lists.js";
import type { PageRequest } from "./page.js";
import { periodOf, timeOf } from "./words.js";

/** Chair terms, each named by its forum or by who chairs it; null if there are none. */
export function listChairs(
  terms: readonly GQL.ChairingFragment[],
  by: "forum" | "chair",
  { addresses, sources }: PageRequest,
): Html | null {
  if (terms.length === 0) return null;
  const rows = terms.map((term) => {
    const { id, forum, note, isExpected, citations } = term;
    const who =
      by === "forum"
        ? html`<a href="${addresses.forum(forum.slug, id)}">${forum.acronym ?? forum.name}</a>`
        : chairOf(term, addresses);
    const when = joined([term.term !== null && html`term of ${timeOf(term.term)}`, daysOf(term)], ", ");
    return html`<li id="${id}"><p>${who}${isExpected && html` <span class="tag">announced</span>`}${sources.cite(citations.nodes)}</p><p class="aside">${when}${note !== null && `. ${note}`}</p></li>`;
  });
  return html`<ul class="rows">${rows}</ul>`;
}

/** The party or person that chairs in a term. */
export function chairOf(
  { party, person }: Pick<GQL.ChairingFragment, "party" | "person">,
  addresses: PageRequest["addresses"],
): Html {
  return joined(
    [
      person && html`<a href="${addresses.person(person.slug)}">${person.name}</a>`,
      party && partyLink(party, addresses),
    ],
    ", ",
  );
}

function daysOf({ term, ...period }: GQL.ChairingFragment): Html | false {
  const { since, until, hasEnded, attestedOn } = period;
  const isKnown = [since, until, hasEnded, attestedOn].some((value) => value !== null);
  return (term === null || isKnown) && html`${periodOf(period)}`;
}
