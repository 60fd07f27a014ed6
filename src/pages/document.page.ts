import { documentPage, type DocumentPageQuery } from "../generated/pages.js";
import { alone } from "../lib/directions.js";
import { encodeCursor } from "../lib/cursors.js";
import { groupedBy } from "../lib/grouped.js";
import type { Addresses } from "./addresses.js";
import { citingOf } from "./citing.js";
import { bare, html, inLanguage, inOwnDirection, joined, webAddress, type Html } from "./html.js";
import { facts, moreOf, section } from "./lists.js";
import type { PageResult, PageRequest } from "./page.js";
import { piecesOf, type Piece, type Span } from "./passages.js";
import { locatorOf } from "./sources.js";
import { nameSubject } from "./subjects.js";
import { listHappenings } from "./timeline.page.js";
import { capital, counted, languageWords, opening, plainWords, timeOf } from "./words.js";

type Document = NonNullable<DocumentPageQuery["document"]>;
type Citation = Document["citations"]["nodes"][number];

/** A passage with its citations, numbered in the order of the text. */
interface Cited extends Span {
  readonly number: number;
  readonly quote: string;
  readonly citations: readonly Citation[];
}

/** Maximum number of pages of citations, of `AT_ONCE` each, that are shown at once. */
const MOST_PAGES = 5;
/** Number of citations per request. */
const AT_ONCE = 100;
/** Maximum length of a passage in the list beside the text, in characters. */
const SHOWN = 90;

/** Sort position of citations without a passage: after all passages. */
const LAST_PLACE = 2147483647;

/**
 * The address of a citation: on the page of its source or, if that has too many citations for one page, on a page whose
 * first citation it is.
 */
export function addressOfCitation(
  {
    id,
    passage,
    document,
  }: {
    readonly id: string;
    readonly passage: { readonly start: number } | null;
    readonly document: { readonly id: string; readonly citations: { readonly totalCount: number } };
  },
  addresses: Addresses,
): string {
  if (document.citations.totalCount <= MOST_PAGES * AT_ONCE) return addresses.document(document.id, id);
  const after = encodeCursor("text", [passage?.start ?? LAST_PLACE, id.slice(0, -1)]);
  return `${addresses.to(`/documents/${document.id}`, { after })}#${id}`;
}

/** A source: its text with links from the cited passages to the records they support, or its locators. */
export async function answerDocument({ name, ask, query, addresses }: PageRequest): Promise<PageResult> {
  const { document, timeline } = await readDocument(ask, name, query.get("after") ?? undefined, addresses.knownAt);
  if (!document) return { kind: "missing", what: "source", words: name };
  if (document.id !== name) return { kind: "moved", to: addresses.document(document.id), isPermanent: true };
  const { title, publisher, publishedOn, citations } = document;
  return {
    kind: "page",
    record: document.id,
    title,
    description: `Facts that the record of defence diplomacy takes from “${alone(opening(title, 120))}” (${alone(publisher)}${publishedOn === null ? "" : `, ${publishedOn}`}): ${counted(citations.totalCount, "citation")}.`,
    canonical: `/documents/${document.id}`,
    section: "/documents",
    exports: citingOf(`/documents/${document.id}`, "this source", addresses),
    main: html`<p class="kind">${capital(plainWords(document.kind))}</p>
<h1${inLanguage(document.titleIsOurs ? null : document.language)}>${title}</h1>
${document.titleIsOurs && html`<p class="note">The title is the record’s own, not the source’s.</p>`}
${aboutDocument(document)}
${showCited(document, query.has("after"), addresses)}
${section("happened", "Events it reports, in order", timeline ? listTimeline(document.id, timeline, addresses) : null)}`,
  };
}

/** Reads the document with at most `MOST_PAGES` pages of citations. */
async function readDocument(
  ask: PageRequest["ask"],
  id: string,
  after: string | undefined,
  knownAt: string | undefined,
): Promise<DocumentPageQuery> {
  const { document, timeline } = await ask(documentPage, { id, after, isLater: after !== undefined, knownAt });
  if (!document) return { document };
  let { pageInfo } = document.citations;
  const nodes = [...document.citations.nodes];
  for (let page = 1; pageInfo.hasNextPage && page < MOST_PAGES; page += 1) {
    const next = (await ask(documentPage, { id, after: pageInfo.endCursor, isLater: true, knownAt })).document
      ?.citations;
    if (!next) break;
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  return {
    document: { ...document, citations: { ...document.citations, nodes, pageInfo } },
    ...(timeline && { timeline }),
  };
}

function listTimeline(
  of: string,
  { nodes, totalCount }: NonNullable<DocumentPageQuery["timeline"]>,
  addresses: Addresses,
): Html | null {
  if (nodes.length === 0) return null;
  return html`${listHappenings(nodes, addresses)}${moreOf(nodes.length, totalCount, html`<a href="${addresses.to("/timeline", { of })}">The whole timeline</a>`)}`;
}

function aboutDocument(document: Document): Html {
  const { publisher, agency, dateline, language, publishedOn, url, edition, licence, doi, sha256, key } = document;
  const page = webAddress(url);
  return facts([
    ["Published by", publisher],
    ["Agency", agency],
    [
      "Published",
      publishedOn === null ? html`<span class="unknown">the page prints no date</span>` : timeOf(publishedOn),
    ],
    ["Dateline", dateline],
    ["Language", languageWords(language)],
    [
      "Original",
      page !== null &&
        html`<a class="away" href="${page}" rel="noopener noreferrer nofollow external">${opening(page, 80)}</a>`,
    ],
    ["Version", edition],
    ["Licence", licence],
    [
      "DOI",
      doi !== null &&
        html`<a class="away" href="https://doi.org/${encodeURI(doi)}" rel="noopener noreferrer nofollow external">${doi}</a>`,
    ],
    ["Text", ACCESS[document.access]],
    ["Key in packs", html`<code>${key}</code>`],
    ["SHA-256 of the text", sha256 !== null && html`<code>${sha256}</code>`],
  ]);
}

/** Words for the access to a text; null where everybody sees the whole. */
const ACCESS: Readonly<Record<Document["access"], string | null>> = {
  PUBLIC: null,
  EXCERPT: "Excerpts; […] marks each gap",
  PRIVATE: "Not public; this page shows the cited passages",
};

function showCited(document: Document, isLater: boolean, addresses: Addresses): Html {
  const { text, citations } = document;
  const passages = text === null ? [] : passagesOf(citations.nodes);
  const others = text === null ? citations.nodes : citations.nodes.filter(({ passage }) => passage === null);
  return html`${text !== null && showText(document, text, passages, addresses)}
${section("elsewhere", text === null ? "Facts taken from it" : "Cited without a passage", listLocators(others, document, addresses))}
${(isLater || citations.pageInfo.hasNextPage) && html`<nav class="pages" aria-label="More of the citations"><span class="note">${citations.nodes.length.toLocaleString("en")} of ${citations.totalCount.toLocaleString("en")} citations</span>${isLater && html`<a href="${addresses.document(document.id)}">First page</a>`}${citations.pageInfo.hasNextPage && html`<a rel="next" href="${addresses.to(`/documents/${document.id}`, { after: citations.pageInfo.endCursor ?? undefined })}">Next</a>`}</nav>`}`;
}

function passagesOf(citations: readonly Citation[]): Cited[] {
  const groups = groupedBy(
    citations.filter(({ passage }) => passage !== null),
    ({ passage }) => `${passage?.start}-${passage?.end}`,
  );
  return [...groups.values()].flatMap((group, index) => {
    const passage = group[0]?.passage;
    return passage
      ? [{ number: index + 1, start: passage.start, end: passage.end, quote: passage.quote, citations: group }]
      : [];
  });
}

function showText(
  { language, citations }: Document,
  text: string,
  passages: readonly Cited[],
  addresses: Addresses,
): Html {
  return html`<section aria-labelledby="text"><h2 id="text">Text and citations</h2>
<p class="note">${citations.nodes.length < citations.totalCount ? `This page marks ${counted(passages.length, "passage")} with ${citations.nodes.length.toLocaleString("en")} of ${counted(citations.totalCount, "citation")}; see the end of the page for more.` : `${counted(citations.totalCount, "citation")} of ${counted(passages.length, "passage")}.`} Each marked passage links to its entry in the list, and the entry to the records it supports. Darker marks are where passages overlap.</p>
<div class="reading"><div class="text"${inLanguage(language) ?? inOwnDirection(text)}>${piecesOf(text, passages).map(showPiece)}</div>
<div class="beside" tabindex="0" role="region" aria-label="Passages"><ol class="passages">${passages.map((passage) => showPassage(passage, language, addresses))}</ol></div></div></section>`;
}

function showPiece({ text, within, begins, ends }: Piece<Cited>): Html {
  const innermost = within.at(-1);
  if (!innermost) return bare(text);
  const anchors = begins.flatMap(({ citations }) => citations.map(({ id }) => html`<i id="${id}"></i>`));
  const depth = Math.min(within.length, 3);
  const marks = ends.map(({ number }) => html`<a href="#p${number}" aria-label="Passage ${number}">${number}</a>`);
  const className = depth > 1 ? `m m${depth}` : "m";
  // A link of a space or punctuation mark between two passages would have no accessible name.
  const marked = /[\p{L}\p{N}]/u.test(text)
    ? html`<a class="${className}" href="#p${innermost.number}">${anchors}${bare(text)}</a>`
    : html`<span class="${className}">${anchors}${bare(text)}</span>`;
  return html`${marked}${marks.length > 0 && html`<sup>${joined(marks, " ")}</sup>`}`;
}

function showPassage({ number, quote, citations }: Cited, language: string, addresses: Addresses): Html {
  return html`<li id="p${number}"><a href="#${citations[0]?.id}" aria-label="Passage ${number} in the text">${number}</a> <q${inLanguage(language)}>${opening(quote, SHOWN)}</q><ul>${citations.map((citation) => html`<li>${showSubject(citation, addresses)}</li>`)}</ul></li>`;
}

function showSubject({ subject, stance, attributedTo }: Citation, addresses: Addresses): Html {
  const { kind, label, address } = nameSubject(subject, addresses);
  return html`<span class="kind">${kind}</span><a href="${address}">${label}</a>${stance === "DISPUTES" && html` <span class="tag">says otherwise</span>`}${attributedTo !== null && html` <span class="aside">citing ${attributedTo}</span>`}`;
}

function listLocators(
  citations: readonly Citation[],
  { text, access, language }: Document,
  addresses: Addresses,
): Html | null {
  const isWhole = text === null;
  if (citations.length === 0) return isWhole ? html`<p class="note">No citations yet.</p>` : null;
  const note =
    access === "PRIVATE"
      ? "The text of this source is not public. Each citation gives the words that it rests on."
      : "The record does not hold this source’s text. Each citation gives a location in the source instead.";
  return html`${isWhole && html`<p class="note">${note}</p>`}
<ul class="rows passages">${citations.map((citation) => html`<li id="${citation.id}">${showSubject(citation, addresses)}${citation.passage !== null && html`<br><q${inLanguage(language)}>${citation.passage.quote}</q>`}${citation.locator !== null && html`<br><span class="aside">Location: ${locatorOf(citation.locator)}</span>`}</li>`)}</ul>`;
}
