import type { Addresses } from "./addresses.js";
import { alone } from "../lib/directions.js";
import { renderFrame } from "./frame.js";
import { html, joined, type Html } from "./html.js";
import type { Page } from "./page.js";
import type { Sources } from "./sources.js";
import { PAGE_STYLE } from "./style.js";
import { dateWords } from "./words.js";

/** A question that a page has asked, as its readers can ask it. */
export interface Question {
  readonly name: string;
  readonly text: string;
  readonly variables: Readonly<Record<string, unknown>>;
}

/** Where a page is shown. */
export interface Surroundings {
  /** Where the service is reached: `http://localhost:4000`. */
  readonly origin: string;
  readonly hasPlayground: boolean;
  readonly addresses: Addresses;
  /** The day of whoever answers, in UTC. */
  readonly today: string;
}

/** A page with all that every page has: its head, its sources, its exports, and the questions that it is made from. */
export function renderPage(page: Page, sources: Sources, questions: readonly Question[], { origin, hasPlayground, addresses, today }: Surroundings): string {
  const { title, description, canonical, shelf, exports = [], searched, main } = page;
  return renderFrame({
    title: `${alone(title)} · Sidelines`,
    description,
    style: PAGE_STYLE,
    hasPlayground,
    shelf,
    knownAt: addresses.knownAt,
    query: searched,
    address: `${origin}${canonical}`,
    head: html`${exports.map(({ label, type, address }) => html`<link rel="alternate" type="${type}" title="${label}" href="${address}">\n`)}`,
    main: html`${knownNote(addresses, canonical)}${main}
${sources.list()}
${exports.length > 0 && html`<section class="takeaway" aria-labelledby="takeaway"><h2 id="takeaway">Take it with you</h2><ul>${exports.map(({ label, address }) => html`<li><a href="${address}">${label}</a></li>`)}</ul></section>`}
${questions.length > 0 && renderQuestions(questions, hasPlayground)}
<p class="printed">${origin}${canonical} · Sidelines, ${addresses.knownAt === undefined ? `the record as it stood on ${dateWords(today)}` : `the record as it was known at ${addresses.knownAt}`}. What is missing here may well have happened.</p>`,
    footer: html`<span>An open record of defence diplomacy. What is missing here may well have happened.</span>`,
  });
}

/** A page that says why there is nothing else. */
export function renderNotice({ title, shelf, main }: { readonly title: string; readonly shelf?: string; readonly main: Html }, { hasPlayground, addresses }: Pick<Surroundings, "hasPlayground" | "addresses">): string {
  return renderFrame({
    title: `${alone(title)} · Sidelines`,
    description: title,
    style: PAGE_STYLE,
    hasPlayground,
    ...(shelf === undefined ? {} : { shelf }),
    knownAt: addresses.knownAt,
    head: html`<meta name="robots" content="noindex">\n`,
    main: html`<h1>${title}</h1>${main}`,
    footer: html`<span>An open record of defence diplomacy.</span>`,
  });
}

function knownNote({ knownAt }: Addresses, canonical: string): Html | null {
  if (knownAt === undefined) return null;
  return html`<p class="known" role="note">This page shows the record as it was known at <time datetime="${knownAt}">${knownAt}</time>, not as it stands. <a href="${canonical}">See it as it stands</a>.</p>`;
}

function renderQuestions(questions: readonly Question[], hasPlayground: boolean): Html {
  const each = questions.map(({ name, text, variables }) => {
    const given = JSON.stringify(variables, null, 2);
    const address = `/playground?${new URLSearchParams({ query: text, variables: given }).toString()}`;
    return html`<h3>${name}</h3>
${hasPlayground && html`<p><a href="${address}">Ask it in the playground</a></p>`}
<pre tabindex="0" role="region" aria-label="Operation ${name}">${text}</pre>
<pre tabindex="0" role="region" aria-label="Variables of ${name}">${given}</pre>`;
  });
  return html`<section class="question" aria-labelledby="question"><h2 id="question">The question behind this page</h2>
<p class="note">Everything above is the answer to ${questions.length === 1 ? "one GraphQL operation" : "these GraphQL operations"}, which anybody may send to <code>/graphql</code>.</p>
<details><summary>${joined(questions.map(({ name }) => name), " and ")}: operation and variables</summary>${each}</details></section>`;
}
