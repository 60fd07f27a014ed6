import { isEnumType, type GraphQLSchema } from "graphql";
import { searchPage, type HitFragment, type SearchKind, type SearchPageQuery } from "../generated/pages.js";
import { choiceIn, choose } from "./choices.js";
import { bare, html, inOneRun, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import type { PageResult, PageRequest } from "./page.js";
import { piecesOf, type Span } from "./passages.js";
import { nameFound, nameSubject } from "./subjects.js";
import { counted, plainWords, timeOf, whenOf } from "./words.js";

/** Maximum length of a query, in characters. */
const LONGEST = 200;

const KINDS: Readonly<Partial<Record<SearchKind, string>>> = {
  PERSON: "persons",
  STATE: "states",
  ORGANIZATION: "organizations",
  FORUM: "forums",
  MEETING: "meetings",
  STATEMENT: "statements",
  DOCUMENT: "sources",
  PASSAGE: "passages",
  AGREEMENT: "agreements",
  ACTIVITY: "activities",
  OFFICE: "offices",
  PLACE: "places",
  VISIT: "visits",
  MILESTONE: "milestones",
  COMMITMENT: "commitments",
  CLAIM: "claims of first meetings",
  VISIT_CLAIM: "claims about visits",
};

const kindWords = (kind: SearchKind): string => KINDS[kind] ?? plainWords(kind);

/** Makes the page of search results, with the matching words highlighted, optionally of one kind. */
export function answerSearch(schema: GraphQLSchema): (request: PageRequest) => Promise<PageResult> {
  const type = schema.getType("SearchKind");
  const kinds = isEnumType(type) ? type.getValues().map(({ name }) => name as SearchKind) : [];
  return (request) => showResults(request, kinds);
}

async function showResults(request: PageRequest, kinds: readonly SearchKind[]): Promise<PageResult> {
  const { query, ask, addresses } = request;
  const words = (query.get("q") ?? "").trim().slice(0, LONGEST);
  const kind = choiceIn(query, "kind", kinds);
  const asked = { ...(words !== "" && { q: words }), ...(kind && { kind }) };
  const page = {
    kind: "page",
    description: "Search everything in the record: names, meetings and their participants, days, sources and texts.",
    canonical: words === "" ? "/search" : `/search?${new URLSearchParams(asked).toString()}`,
    section: "/search",
  } as const;
  if (words === "")
    return {
      ...page,
      title: "Search",
      main: html`<h1>Search</h1><p class="lede">Search names, participants, places, days, sessions, topics and texts, such as <q>India China Moscow 2020</q> or <q>16th BRICS summit</q>. Case, accents and the order of names do not matter.</p>`,
    };
  const after = query.get("after");
  const { search } = await ask(searchPage, { query: words, kinds: kind && [kind], after, knownAt: addresses.knownAt });
  const { nodes, pageInfo } = search;
  const next =
    pageInfo.hasNextPage &&
    pageInfo.endCursor !== null &&
    html`<nav class="pages" aria-label="Pages"><a rel="next" href="${addresses.to("/search", { ...asked, after: pageInfo.endCursor })}">Next</a></nav>`;
  return {
    ...page,
    title: `Search: ${words}`,
    searched: words,
    main: html`<h1>Search</h1>
${askFor(words, kind, kinds, request)}
<p class="sum" role="status">${summaryOf(search, words, kind, after === null)}</p>
${nodes.length === 0 && html`<p class="note">The search covers names, titles, participants, days and texts. You can also <a href="${addresses.to("/meetings")}">browse the meetings</a>.</p>`}
${listHits(nodes, request)}${next}`,
  };
}

function askFor(words: string, kind: SearchKind | undefined, kinds: readonly SearchKind[], request: PageRequest): Html {
  return html`<form class="ask" action="/search"><input type="hidden" name="q" value="${words}">${choose("kind", "Kind", kinds, kind, kindWords, "all")}${hiddenMoment(request)}<button>Show</button></form>`;
}

/** The number of results, or a note that no result contains the words themselves. */
function summaryOf(
  { totalCount, nodes }: SearchPageQuery["search"],
  words: string,
  kind: SearchKind | undefined,
  isFirst: boolean,
): Html {
  const among = kind && ` among the ${kindWords(kind)}`;
  if (totalCount === 0) return html`No results for <q>${words}</q>${among}.`;
  if (isFirst && nodes.every(isLike)) return html`No results with the exact words <q>${words}</q>${among}.`;
  if (nodes.every(({ quality }) => quality === "PART"))
    return html`Nothing has all of <q>${words}</q>${among}. ${counted(totalCount, "result")} with most of the words:`;
  return html`${counted(totalCount, "result")} for <q>${words}</q>${among}, best matches first.`;
}

/** Exact results, followed by similar ones as suggestions. */
function listHits(hits: readonly HitFragment[], { addresses }: PageRequest): Html {
  const list = (some: readonly HitFragment[]): Html | null =>
    some.length === 0 ? null : html`<ul class="rows">${some.map((hit) => showHit(hit, addresses))}</ul>`;
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

/** The record that a passage supports or disputes. */
function showSubject(
  { stance, subject }: Extract<HitFragment["match"], { readonly __typename: "Citation" }>,
  addresses: PageRequest["addresses"],
): Html {
  const { kind, label, address } = nameSubject(subject, addresses);
  return html`<p class="aside">${stance === "DISPUTES" ? "Disputes" : "Supports"} <span class="kind">${kind}</span> <a href="${address}">${label}</a></p>`;
}

/** A text with highlighted spans, which count code points. */
function marked(text: string, found: readonly Span[]): Html {
  const pieces = piecesOf(text, found).map((piece) =>
    piece.within.length > 0 ? html`<mark>${bare(piece.text)}</mark>` : bare(piece.text),
  );
  return inOneRun(text, joined(pieces, ""));
}
