import { suggestions } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import { AddressError, type Found, type Meant, type PageRequest } from "./page.js";
import { nameFound } from "./subjects.js";
import { opening } from "./words.js";

/** Says that the record holds nothing of a name, and what may have been meant. */
export async function showMissing({ what, words, again }: Extract<Found, { readonly kind: "missing" }>, { ask, addresses }: PageRequest): Promise<{ readonly title: string; readonly main: Html }> {
  const query = words.replace(/[^\p{L}\p{N}]+/gu, " ").trim().slice(0, 100);
  const found = query === "" ? [] : (await ask(suggestions, { query, knownAt: addresses.knownAt })).search.nodes.map(({ match }) => nameFound(match, addresses));
  return {
    title: `The record holds no such ${what}`,
    main: html`<p class="sum">Nothing in the record is called <q>${opening(words, 100)}</q>${addresses.knownAt !== undefined && html` as of ${addresses.knownAt}`}.</p>
${again}${listMeant(found)}
${waysOn(addresses)}`,
  };
}

/** What parameters are called where they are asked for once more; any other by its name. */
const LABELS: Readonly<Record<string, string>> = {
  on: "On the day",
  from: "From the day",
  to: "To the day",
  party: "Parties (names or codes)",
  one: "One",
  other: "The other",
  rule: "What counts",
  kind: "Kind",
  status: "Became",
  format: "How",
  q: "Words",
  knownAt: "As it was known at",
};
/** Where lists go on: nobody has typed them. */
const CURSORS: ReadonlySet<string> = new Set(["after", "before", "memberships", "seats", "statements", "commitments", "sidelines", "visits", "forums", "pairs"]);
/** How many characters of what was typed are kept. */
const KEPT = 200;

/** Says why an address cannot be used, and asks once more with what was typed. */
export function showRefused(error: Error, url: string, addresses: Addresses): Html {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const typed = [...searchParams].filter(([name, value]) => !CURSORS.has(name) && value !== "");
  const fields = typed.map(([name, value]) => html`<label>${LABELS[name] ?? name} <input name="${name}" value="${value.slice(0, KEPT)}" maxlength="${KEPT}"></label>`);
  const again = html`<form class="ask" action="${pathname}">${fields}<button>Ask again</button></form>
<p>Change what is wrong and ask again, or <a href="${pathname}">start anew</a>.</p>`;
  return html`<p class="sum" role="alert">${error.message}</p>
${listMeant(error instanceof AddressError ? error.meant : [])}${fields.length > 0 ? again : searchParams.size > 0 && html`<p><a href="${pathname}">Start from the beginning of the list</a></p>`}
${waysOn(addresses)}`;
}

/** Says that no page has an address. */
export function showNowhere(path: string, addresses: Addresses): { readonly title: string; readonly main: Html } {
  return { title: "There is no such page", main: html`<p class="sum">Nothing is at <code>${opening(path, 100)}</code>.</p>${waysOn(addresses)}` };
}

function listMeant(meant: readonly Meant[]): Html | null {
  return meant.length === 0 ? null : html`<h2>Perhaps you meant</h2><ul class="rows">${meant.map(({ kind, label, address }) => html`<li><span class="kind">${kind}</span> <a href="${address}">${label}</a></li>`)}</ul>`;
}

function waysOn(addresses: Addresses): Html {
  const to = (path: string): string => addresses.to(path);
  return html`<p class="note">Search for it above, or look through the <a href="${to("/meetings")}">meetings</a>, <a href="${to("/persons")}">persons</a>, <a href="${to("/states")}">states</a>, <a href="${to("/forums")}">forums</a> and <a href="${to("/documents")}">sources</a>. That the record does not hold something does not mean that it does not exist.</p>`;
}
