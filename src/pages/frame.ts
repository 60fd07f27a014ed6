import { html, Html } from "./html.js";
import { SEARCH_BOX_ADDRESS } from "./search.box.js";

/** The logo, two people beside a table. It takes the colour of the surrounding text. */
const MARK = new Html(
  `<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M4 9.5h24" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="11" cy="20" r="4.4" fill="currentColor"/><circle cx="21.5" cy="20" r="4.4" fill="none" stroke="currentColor" stroke-width="2.6"/></svg>`,
);

const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0e5a57"/><path d="M7 10.5h18" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="12" cy="20" r="3.8" fill="#fff"/><circle cx="20.6" cy="20" r="3.8" fill="none" stroke="#fff" stroke-width="2.4"/></svg>`,
)}`;

/** A link to a page of the service, with a description. */
export interface PageLink {
  readonly path: string;
  readonly name: string;
  readonly about: string;
}

const BUILT_PAGES: readonly PageLink[] = [
  {
    path: "/playground",
    name: "Playground",
    about: "A GraphQL editor with example queries and documentation. Works offline.",
  },
  { path: "/map", name: "Map", about: "A diagram of all types of the schema and the links between them." },
];
const DOCS: PageLink = {
  path: "/docs",
  name: "Documentation",
  about: "Questions with their answers, the API, exports, the client, and how to run the service.",
};
const CORRECTIONS: PageLink = {
  path: "/corrections",
  name: "Corrections",
  about: "Every change to the record, with the text before and after, and the reason.",
};
const TABLE: PageLink = {
  path: "/meetings.csv",
  name: "Table",
  about: "Every seat at every meeting as CSV, for spreadsheets. Every other list of the record is a table as well.",
};
const CODEBOOK: PageLink = {
  path: "/codebook",
  name: "Codebook",
  about: "Every table of the record for research, with the meaning of each column.",
};
const SCHEMA: PageLink = {
  path: "/schema.graphql",
  name: "Schema",
  about: "The GraphQL schema as one file, for code generators and editors.",
};

/** Links to the service's pages besides those about the record. */
export function serviceLinks(hasPlayground: boolean): readonly PageLink[] {
  return [DOCS, ...(hasPlayground ? BUILT_PAGES : []), CORRECTIONS, TABLE, CODEBOOK, SCHEMA];
}

/** The sections of the record, linked from every page. */
export const sections: readonly PageLink[] = [
  { path: "/meetings", name: "Meetings", about: "Planned and held, with participants. Latest first." },
  { path: "/statements", name: "Statements", about: "Words of persons and states by topic. Latest first." },
  { path: "/agreements", name: "Agreements", about: "Treaties, arrangements and memoranda, with their status." },
  { path: "/activities", name: "Activities", about: "Exercises, port calls, patrols, training and staff talks." },
  { path: "/persons", name: "Persons", about: "Offices, visits, meetings and statements." },
  { path: "/states", name: "States", about: "Memberships, offices and their holders, meetings." },
  { path: "/forums", name: "Forums", about: "Membership over time, as a chart." },
  { path: "/offices", name: "Offices", about: "Office holders on any day, and vacancies." },
  { path: "/pairs", name: "Pairs", about: "Two parties: when they last met, and claims of first meetings." },
  { path: "/matrix", name: "Matrix", about: "The forums that each pair of parties shares on a day." },
  { path: "/claims", name: "Claims", about: "“The first meeting since …”, checked against the record." },
  { path: "/conflicts", name: "Conflicts", about: "Sources that contradict each other, with both sides." },
  { path: "/statistics", name: "Statistics", about: "Meetings by year, pair, forum, status and format." },
  { path: "/documents", name: "Sources", about: "Every document, and the facts taken from it." },
];

/** Further lists, linked from the first page. */
export const furtherLists: readonly PageLink[] = [
  { path: "/commitments", name: "Commitments", about: "Undertakings of states, with their due days." },
  { path: "/visits", name: "Visits", about: "Journeys of ministers: made, planned and cancelled." },
  { path: "/milestones", name: "Milestones", about: "Events that meetings are measured against." },
];

/** Content of a page, and its metadata. */
export interface FramedPage {
  readonly title: string;
  /** For search engines. */
  readonly description: string;
  readonly style: string;
  readonly hasPlayground: boolean;
  /** The canonical URL of the page; undefined for pages that should not be indexed. */
  readonly address?: string;
  /** More elements of the page's head. */
  readonly head?: Html;
  /** The path of the section that the page belongs to. */
  readonly section?: string;
  /** The moment as of which the record is shown. Links keep it. */
  readonly knownAt?: string | undefined;
  /** The search terms. */
  readonly query?: string | undefined;
  readonly main: Html;
  readonly footer: Html;
}

/** Renders a page, which works without its script. */
export function renderFrame({
  title,
  description,
  style,
  hasPlayground,
  address,
  head,
  section,
  knownAt,
  query,
  main,
  footer,
}: FramedPage): string {
  const moment = knownAt === undefined ? "" : `?${new URLSearchParams({ knownAt }).toString()}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
${
  address !== undefined &&
  html`<link rel="canonical" href="${address}">
<meta property="og:site_name" content="Sidelines">
<meta property="og:type" content="website">
<meta property="og:title" content="${title.replace(/ · Sidelines$/, "")}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${address}">
`
}${head}<link rel="search" type="application/opensearchdescription+xml" title="Sidelines" href="/opensearch.xml">
<link rel="icon" href="${ICON}">
<style>${new Html(style)}</style>
<script src="${SEARCH_BOX_ADDRESS}" defer></script>
</head>
<body>
<a class="skip" href="#main">Skip to content</a>
<div class="page">
<header class="top">
<div class="masthead">
<a class="brand" href="/">${MARK}Sidelines</a>
<form class="find" action="/search" role="search"><input type="search" name="q" aria-label="Search the record" placeholder="Search the record" value="${query}" maxlength="200">${knownAt !== undefined && html`<input type="hidden" name="knownAt" value="${knownAt}">`}<button>Search</button></form>
</div>
<nav aria-label="The record">${sections.map(({ path, name }) => html`<a href="${path}${moment}"${path === section && html` aria-current="true"`}>${name}</a>`)}</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><nav aria-label="The service">${serviceLinks(hasPlayground).map(({ path, name }) => html`<a href="${path}">${name}</a>`)}<a href="/desk" rel="nofollow">For editors</a></nav><p>${footer}</p></footer>
</div>
</body>
</html>
`.text;
}
