import { searchPage, type HitFragment, type SearchKind, type SearchPageQuery } from "../generated/pages.js";
import { choiceIn, choose } from "./choices.js";
import { bare, html, inOneRun, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import type { Found, PageRequest } from "./page.js";
import { piecesOf, type Span } from "./passages.js";
import { nameFound, nameSubject } from "./subjects.js";
import { counted, timeOf, whenOf } from "./words.js";

/** How many characters are looked for at most. */
const LONGEST = 200;

const KINDS: Readonly<Record<SearchKind, string>> = {
  PERSON: "persons",
  STATE: "states",
  ORGANIZATION: "organizations",
  FORUM: "forums",
  MEETING: "meetings",
  STATEMENT: "statements",
  DOCUMENT: "sources",
  PASSAGE: "passages",
};

/** One box to find anything, of all kinds or of one, and what it finds with the words marked. */
export async function answerSearch(request: PageRequest): Promise<Found> {
  const { query, ask, addresses } = request;
  const words = (query.get("q") ?? "").trim().slice(0, LONGEST);
  const kind = choiceIn(query, "kind", kinds());
  const asked = { ...(words !== "" && { q: words }), ...(kind && { kind }) };
  const page = { kind: "page", description: "Persons, parties, forums, meetings, sources and statements by their words.", canonical: words === "" ? "/search" : `/search?${new URLSearchParams(asked).toString()}`, shelf: "/search" } as const;
  if (words === "") return { ...page, title: "Search", main: html`<h1>Search</h1><p class="lede">Persons, parties, forums, meetings, sources and statements by their words. Case, accents and the order of names do not matter.</p>` };
  const after = query.get("after");
  const { search } = await ask(searchPage, { query: words, kinds: kind && [kind], after, knownAt: addresses.knownAt });
  const { nodes, pageInfo } = search;
  const next = pageInfo.hasNextPage && pageInfo.endCursor !== null && html`<nav class="pages" aria-label="Further pages"><a rel="next" href="${addresses.to("/search", { ...asked, after: pageInfo.endCursor })}">Further results</a></nav>`;
  return {
    ...page,
    title: `Search: ${words}`,
    searched: words,
    main: html`<h1>Search</h1>
${askFor(words, kind, request)}
<p class="sum" role="status">${summaryOf(search, words, kind, after === null)}</p>
${nodes.length === 0 && html`<p class="note">The record looks for words in names, titles, statements and passages. What is missing here may well have happened. <a href="${addresses.to("/meetings")}">Look through the meetings</a> instead.</p>`}
${listHits(nodes, request)}${next}`,
  };
}

function kinds(): SearchKind[] {
  return Object.keys(KINDS) as SearchKind[];
}

function askFor(words: string, kind: SearchKind | undefined, request: PageRequest): Html {
  return html`<form class="ask" action="/search"><input type="hidden" name="q" value="${words}">${choose("kind", "Only", kinds(), kind, (one) => KINDS[one], "everything")}${hiddenMoment(request)}<button>Show</button></form>`;
}

/** How much was found; that nothing has the words themselves where all that was found is only like them. */
function summaryOf({ totalCount, nodes }: SearchPageQuery["search"], words: string, kind: SearchKind | undefined, isFirst: boolean): Html {
  const among = kind && ` among the ${KINDS[kind]}`;
  if (totalCount === 0) return html`Nothing was found for <q>${words}</q>${among}.`;
  if (isFirst && nodes.every(isLike)) return html`Nothing has the words <q>${words}</q>${among}.`;
  return html`${counted(totalCount, "result")} for <q>${words}</q>${among}, best first.`;
}

/** What has the words, and after it what has only words like them. */
function listHits(hits: readonly HitFragment[], { addresses }: PageRequest): Html {
  const list = (some: readonly HitFragment[]): Html | null => (some.length === 0 ? null : html`<ul class="rows">${some.map((hit) => showHit(hit, addresses))}</ul>`);
  const like = list(hits.filter(isLike));
  return html`${list(hits.filter((hit) => !isLike(hit)))}${like && html`<section aria-labelledby="like"><h2 id="like">Did you mean</h2>${like}</section>`}`;
}

function isLike({ quality }: HitFragment): boolean {
  return quality === "RESEMBLANCE";
}

function showHit({ snippet, highlights, match }: HitFragment, addresses: PageRequest["addresses"]): Html {
  const { kind, label, address } = nameFound(match, addresses);
  const found = marked(snippet, highlights);
  const isNamed = snippet === label;
  return html`<li><p><span class="kind">${kind}</span> <a href="${address}">${isNamed ? found : label}</a></p>${!isNamed && html`<p class="aside">${match.__typename === "Citation" ? html`<q>${found}</q>` : found}</p>`}${match.__typename === "Citation" && showSubject(match, addresses)}${match.__typename === "Meeting" && html`<p class="aside">${whenOf(match.on, match.endsOn)}</p>`}${match.__typename === "Document" && html`<p class="aside">${match.publisher}, ${match.publishedOn === null ? "undated" : timeOf(match.publishedOn)}</p>`}</li>`;
}

/** What a passage speaks for, or against. */
function showSubject({ stance, subject }: Extract<HitFragment["match"], { readonly __typename: "Citation" }>, addresses: PageRequest["addresses"]): Html {
  const { kind, label, address } = nameSubject(subject, addresses);
  return html`<p class="aside">${stance === "DISPUTES" ? "Says otherwise than" : "In support of"} <span class="kind">${kind}</span> <a href="${address}">${label}</a></p>`;
}

/** A text with what was found in it marked. Spans count code points. */
function marked(text: string, found: readonly Span[]): Html {
  const pieces = piecesOf(text, found).map((piece) => (piece.within.length > 0 ? html`<mark>${bare(piece.text)}</mark>` : bare(piece.text)));
  return inOneRun(text, joined(pieces, ""));
}
