import { suggestions } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import type { PageRequest } from "./page.js";
import { nameFound } from "./subjects.js";
import { opening } from "./words.js";

/** Says that the record holds nothing of a name, and what may have been meant. */
export async function showMissing(what: string, words: string, { ask, addresses }: PageRequest): Promise<{ readonly title: string; readonly main: Html }> {
  const query = words.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 100);
  const found = query === "" ? [] : (await ask(suggestions, { query, knownAt: addresses.knownAt })).search.nodes.map(({ match }) => nameFound(match, addresses));
  return {
    title: `The record holds no such ${what}`,
    main: html`<p class="sum">Nothing in the record is called <q>${opening(words, 100)}</q>${addresses.knownAt !== undefined && html` as of ${addresses.knownAt}`}.</p>
${found.length > 0 && html`<h2>Perhaps you meant</h2><ul class="rows">${found.map(({ kind, label, address }) => html`<li><span class="kind">${kind}</span> <a href="${address}">${label}</a></li>`)}</ul>`}
<p class="note">Search for it above, or look through the <a href="${addresses.to("/meetings")}">meetings</a>, <a href="${addresses.to("/persons")}">persons</a>, <a href="${addresses.to("/states")}">states</a> and <a href="${addresses.to("/forums")}">forums</a>. That the record does not hold something does not mean that it does not exist.</p>`,
  };
}
