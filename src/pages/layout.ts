import type { Addresses } from "./addresses.js";
import { alone } from "../lib/directions.js";
import { renderFrame } from "./frame.js";
import { html, Html, joined } from "./html.js";
import { mistakeForm } from "./mistakes.js";
import type { Export, Page } from "./page.js";
import type { Sources } from "./sources.js";
import { PAGE_STYLE } from "./style.js";
import { dateWords } from "./words.js";

/** An operation that a page has sent. Readers can run it in the playground. */
export interface PageQuery {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Settings of the service and the request that affect the layout. */
export interface Surroundings {
  /** The service's base URL: `http://localhost:4000`. */
  readonly origin: string;
  readonly hasPlayground: boolean;
  readonly addresses: Addresses;
  /** The current day in UTC. */
  readonly today: string;
  /** Whether readers can report mistakes. */
  readonly takesMistakes?: boolean;
}

/** Renders a page with its sources, downloads and operations. */
export function renderPage(
  page: Page,
  sources: Sources,
  queries: readonly PageQuery[],
  { origin, hasPlayground, addresses, today, takesMistakes = false }: Surroundings,
): string {
  const { title, description, canonical, section, searched, main } = page;
  const exports = withFeeds(page.exports ?? tablesOf(canonical, addresses));
  return renderFrame({
    title: `${alone(title)} · Sidelines`,
    description,
    style: PAGE_STYLE,
    hasPlayground,
    section,
    knownAt: addresses.knownAt,
    query: searched,
    address: `${origin}${canonical}`,
    head: html`${exports.map(({ label, type, address }) => html`<link rel="alternate" type="${type}" title="${label}" href="${address}">\n`)}`,
    main: html`${knownNote(addresses, canonical)}${withContents(main)}
${sources.list()}
${exports.length > 0 && html`<section class="download" aria-labelledby="download"><h2 id="download">Download</h2><ul>${exports.map(({ label, type, address }) => html`<li><a href="${address}">${label}</a>${type === CALENDAR && html` (<a href="${subscription(origin, address)}">subscribe</a>)`}</li>`)}</ul></section>`}
${takesMistakes && addresses.knownAt === undefined && mistakeForm(canonical, page.record)}
${queries.length > 0 && renderQueries(queries, hasPlayground)}
<p class="printed">${origin}${canonical} · Sidelines, ${addresses.knownAt === undefined ? `the record on ${dateWords(today)}` : `the record as of ${addresses.knownAt}`}. The record is incomplete: an event that it lacks may still have happened.</p>`,
    footer: html`<span>An open record of defence diplomacy. The record is incomplete: an event that it lacks may still have happened.</span>`,
  });
}

/** The tables with the records that a page lists, by its path. */
const TABLES: Readonly<Record<string, string>> = {
  "/activities": "activities",
  "/agreements": "agreements",
  "/claims": "claims",
  "/commitments": "commitments",
  "/conflicts": "conflicts",
  "/documents": "documents",
  "/forums": "forums",
  "/milestones": "milestones",
  "/offices": "offices",
  "/organizations": "parties",
  "/persons": "persons",
  "/states": "parties",
  "/statements": "statements",
  "/visits": "visits",
};

/** Downloads of a list as a table of the whole record. */
function tablesOf(canonical: string, addresses: Addresses): readonly Export[] {
  const name = TABLES[canonical.replace(/\?.*$/, "")];
  if (name === undefined) return [];
  return [
    { label: `All ${name} (CSV)`, type: "text/csv", address: addresses.to(`/${name}.csv`) },
    { label: `All ${name} (JSON Lines)`, type: "application/x-ndjson", address: addresses.to(`/${name}.jsonl`) },
  ];
}

/** Renders a page that explains why there is no content. */
export function renderNotice(
  { title, section, main }: { readonly title: string; readonly section?: string; readonly main: Html },
  { hasPlayground, addresses }: Pick<Surroundings, "hasPlayground" | "addresses">,
): string {
  return renderFrame({
    title: `${alone(title)} · Sidelines`,
    description: title,
    style: PAGE_STYLE,
    hasPlayground,
    ...(section === undefined ? {} : { section }),
    knownAt: addresses.knownAt,
    head: html`<meta name="robots" content="noindex">\n`,
    main: html`<h1>${title}</h1>${main}`,
    footer: html`<span>An open record of defence diplomacy.</span>`,
  });
}

/** Whatever has a calendar has a feed under the same name. */
function withFeeds(exports: readonly Export[]): readonly Export[] {
  return exports.flatMap((one) => {
    if (one.type !== CALENDAR) return [one];
    const address = one.address.replace(/\.ics(?=$|\?)/, ".atom");
    return [one, { label: "Feed (Atom)", type: "application/atom+xml", address }];
  });
}

const CALENDAR = "text/calendar";

/** The address by which a calendar program subscribes to a calendar. */
function subscription(origin: string, address: string): string {
  return `${origin.replace(/^https?:/, "webcal:")}${address}`;
}

/** Pages with at least so many sections begin with a list of them. */
const LEAST_SECTIONS = 4;

/** Puts a list of the sections before the first one of a long page. */
function withContents(main: Html): Html {
  const sections = [...main.text.matchAll(/<section aria-labelledby="([^"]+)"><h2 [^>]*>([^]*?)<\/h2>/g)];
  if (sections.length < LEAST_SECTIONS) return main;
  const links = sections.map(([, id = "", heading = ""]) => html`<li><a href="#${id}">${new Html(heading)}</a></li>`);
  const start = main.text.indexOf("<section ");
  return html`${new Html(main.text.slice(0, start))}<nav class="on-page" aria-label="On this page"><ul>${links}</ul></nav>${new Html(main.text.slice(start))}`;
}

function knownNote({ knownAt }: Addresses, canonical: string): Html | null {
  if (knownAt === undefined) return null;
  return html`<p class="known" role="note">This page shows the record as of <time datetime="${knownAt}">${knownAt}</time>. <a href="${canonical}">See the current version</a>.</p>`;
}

function renderQueries(queries: readonly PageQuery[], hasPlayground: boolean): Html {
  const each = queries.map(({ name, text, variables }) => {
    const json = JSON.stringify(variables, null, 2);
    const address = `/playground?${new URLSearchParams({ query: text, variables: json }).toString()}`;
    return html`<h3>${name}</h3>
${hasPlayground && html`<p><a href="${address}">Open in the playground</a></p>`}
<pre tabindex="0" role="region" aria-label="Operation ${name}">${text}</pre>
<pre tabindex="0" role="region" aria-label="Variables of ${name}">${json}</pre>`;
  });
  return html`<section class="query" aria-labelledby="query"><h2 id="query">The query behind this page</h2>
<p class="note">Everything above comes from ${queries.length === 1 ? "one GraphQL operation" : "these GraphQL operations"}, which you can send to <code>/graphql</code> yourself.</p>
<details><summary>${joined(
    queries.map(({ name }) => name),
    " and ",
  )}: operation and variables</summary>${each}</details></section>`;
}
