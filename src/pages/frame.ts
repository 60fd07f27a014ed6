import { html, Html } from "./html.js";

/** Two who meet aside of the table: the mark of the service, drawn in the colour of the text around it. */
const MARK = new Html(
  `<svg class="mark" viewBox="0 0 32 32" width="28" height="28" aria-hidden="true"><path d="M4 9.5h24" stroke="currentColor" stroke-width="2.6" stroke-linecap="round"/><circle cx="11" cy="20" r="4.4" fill="currentColor"/><circle cx="21.5" cy="20" r="4.4" fill="none" stroke="currentColor" stroke-width="2.6"/></svg>`,
);

const ICON = `data:image/svg+xml,${encodeURIComponent(
  `<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="7" fill="#0e5a57"/><path d="M7 10.5h18" stroke="#fff" stroke-width="2.6" stroke-linecap="round"/><circle cx="12" cy="20" r="3.8" fill="#fff"/><circle cx="20.6" cy="20" r="3.8" fill="none" stroke="#fff" stroke-width="2.4"/></svg>`,
)}`;

/** A page of the service, as others point to it. */
export interface Way {
  readonly path: string;
  readonly name: string;
  readonly about: string;
}

const BUILT_PAGES: readonly Way[] = [
  { path: "/playground", name: "Playground", about: "Ready-made questions in tabs, the documentation beside them. Works without the internet." },
  { path: "/map", name: "Map", about: "Every type of the schema and what leads where, drawn." },
];
const CORRECTIONS: Way = { path: "/corrections", name: "Corrections", about: "What the record said before, what it says since, and why: nothing is overwritten in silence." };
const TABLE: Way = { path: "/meetings.csv", name: "Table", about: "Every seat at every meeting as CSV, for spreadsheets. The same is there as a calendar and as linked data." };
const SCHEMA: Way = { path: "/schema.graphql", name: "Schema", about: "The contract as one file, for code generators and editors." };

/** Where one can go besides the pages about the record. */
export function waysOf(hasPlayground: boolean): readonly Way[] {
  return hasPlayground ? [...BUILT_PAGES, CORRECTIONS, TABLE, SCHEMA] : [CORRECTIONS, TABLE, SCHEMA];
}

/** The pages about the record that every page leads to. */
export const shelves: readonly Way[] = [
  { path: "/meetings", name: "Meetings", about: "Who met whom, planned and held, latest first." },
  { path: "/persons", name: "Persons", about: "Offices, journeys, meetings and words." },
  { path: "/states", name: "States", about: "Roles in forums, offices and who held them, meetings." },
  { path: "/forums", name: "Forums", about: "Who belonged to what as what on which day, drawn." },
  { path: "/offices", name: "Offices", about: "Who held which on a day, and where nobody is known to have." },
  { path: "/pairs", name: "Pairs", about: "Two parties: when they last met, and whether it was the first time since." },
  { path: "/matrix", name: "Matrix", about: "Which parties share how many forums on a day." },
  { path: "/claims", name: "Claims", about: "“The first meeting since …”, beside what the record computes." },
  { path: "/conflicts", name: "Conflicts", about: "Where sources contradict each other, both sides." },
  { path: "/statistics", name: "Numbers", about: "How many meetings by year, pair, forum, status and format." },
  { path: "/documents", name: "Sources", about: "Every document, and what the record takes from it." },
];

/** What a page puts into the frame. */
export interface FramedPage {
  readonly title: string;
  /** For search engines. */
  readonly description: string;
  readonly style: string;
  readonly hasPlayground: boolean;
  /** The one address of the page, with its host; none for what nobody should keep. */
  readonly address?: string;
  /** What else stands in the head. */
  readonly head?: Html;
  /** The path of the shelf that the page stands on. */
  readonly shelf?: string;
  /** The moment as of which the record is shown; leads on to pages as of the same moment. */
  readonly knownAt?: string | undefined;
  /** What was looked for. */
  readonly query?: string | undefined;
  readonly main: Html;
  readonly footer: Html;
}

/** A page, whole without a script. */
export function renderFrame({ title, description, style, hasPlayground, address, head, shelf, knownAt, query, main, footer }: FramedPage): string {
  const moment = knownAt === undefined ? "" : `?${new URLSearchParams({ knownAt }).toString()}`;
  return html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${title}</title>
<meta name="description" content="${description}">
${address !== undefined && html`<link rel="canonical" href="${address}">
<meta property="og:site_name" content="Sidelines">
<meta property="og:type" content="website">
<meta property="og:title" content="${title.replace(/ · Sidelines$/, "")}">
<meta property="og:description" content="${description}">
<meta property="og:url" content="${address}">
`}${head}<link rel="icon" href="${ICON}">
<style>${new Html(style)}</style>
</head>
<body>
<a class="skip" href="#main">Skip to the content</a>
<div class="page">
<header class="top">
<div class="masthead">
<a class="brand" href="/">${MARK}Sidelines</a>
<form class="find" action="/search" role="search"><input type="search" name="q" aria-label="Search the record" placeholder="Search the record" value="${query}" maxlength="200">${knownAt !== undefined && html`<input type="hidden" name="knownAt" value="${knownAt}">`}<button>Search</button></form>
</div>
<nav aria-label="The record">${shelves.map(({ path, name }) => html`<a href="${path}${moment}"${path === shelf && html` aria-current="true"`}>${name}</a>`)}</nav>
</header>
<main id="main" tabindex="-1">
${main}
</main>
<footer><nav aria-label="The service">${waysOf(hasPlayground).map(({ path, name }) => html`<a href="${path}">${name}</a>`)}</nav><p>${footer}</p></footer>
</div>
</body>
</html>
`.text;
}
