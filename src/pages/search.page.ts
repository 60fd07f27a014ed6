import { searchPage } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import type { Found, PageRequest } from "./page.js";
import { nameFound } from "./subjects.js";
import { counted } from "./words.js";

/** How many characters are looked for at most. */
const LONGEST = 200;

/** One box to find anything, and what it finds. */
export async function answerSearch({ query, ask, addresses }: PageRequest): Promise<Found> {
  const words = (query.get("q") ?? "").trim().slice(0, LONGEST);
  const page = { kind: "page", description: "Persons, parties, forums, meetings, sources and statements by their words.", canonical: words === "" ? "/search" : `/search?${new URLSearchParams({ q: words }).toString()}`, shelf: "/search" } as const;
  if (words === "") return { ...page, title: "Search", main: html`<h1>Search</h1><p class="lede">Persons, parties, forums, meetings, sources and statements by their words. Case, accents and the order of names do not matter.</p>` };
  const { search } = await ask(searchPage, { query: words, after: query.get("after"), knownAt: addresses.knownAt });
  const { nodes, pageInfo, totalCount } = search;
  const next = pageInfo.hasNextPage && pageInfo.endCursor !== null && html`<nav class="pages" aria-label="Further pages"><a rel="next" href="${addresses.to("/search", { q: words, after: pageInfo.endCursor })}">Further results</a></nav>`;
  return {
    ...page,
    title: `Search: ${words}`,
    searched: words,
    main: html`<h1>Search</h1>
<p class="sum" role="status">${totalCount === 0 ? html`Nothing was found for <q>${words}</q>.` : html`${counted(totalCount, "result")} for <q>${words}</q>, best first.`}</p>
${totalCount === 0 && html`<p class="note">The record looks for words in names, titles, statements and passages. What is missing here may well have happened. <a href="${addresses.to("/meetings")}">Look through the meetings</a> instead.</p>`}
<ul class="rows">${nodes.map(({ snippet, match }) => showResult(snippet, nameFound(match, addresses)))}</ul>${next}`,
  };
}

function showResult(snippet: string, { kind, label, address }: ReturnType<typeof nameFound>): Html {
  return html`<li><p><span class="kind">${kind}</span> <a href="${address}">${label}</a></p>${snippet !== label && html`<p class="aside">${snippet}</p>`}</li>`;
}
