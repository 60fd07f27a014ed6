import { nearNames } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import { AddressError, type PageResult, type Suggestion, type PageRequest } from "./page.js";
import { nameFound } from "./subjects.js";
import { opening } from "./words.js";

/** The page for a name that the record does not hold, with suggestions. */
export async function showMissing(
  { what, words, again }: Extract<PageResult, { readonly kind: "missing" }>,
  { ask, addresses }: PageRequest,
): Promise<{ readonly title: string; readonly main: Html }> {
  const query = words
    .replace(/[^\p{L}\p{N}]+/gu, " ")
    .trim()
    .slice(0, 100);
  const found =
    query === ""
      ? []
      : (await ask(nearNames, { query, knownAt: addresses.knownAt })).search.nodes.map(({ match }) =>
          nameFound(match, addresses),
        );
  return {
    title: `No such ${what} in the record`,
    main: html`<p class="sum">The record holds no ${what} called <q>${opening(words, 100)}</q>${addresses.knownAt !== undefined && html` as of ${addresses.knownAt}`}.</p>
${again}${listSuggestions(found)}
${otherPages(addresses)}`,
  };
}

/** Labels of parameters in the form that repeats a request. Others are labelled by name. */
const LABELS: Readonly<Record<string, string>> = {
  on: "Date",
  from: "From",
  to: "To",
  party: "Parties (names or codes)",
  one: "First party",
  other: "Second party",
  rule: "Memberships",
  kind: "Kind",
  status: "Status",
  format: "Format",
  q: "Search terms",
  knownAt: "As of",
};
/** Cursors of lists. The form leaves them out. */
const CURSORS: ReadonlySet<string> = new Set([
  "after",
  "before",
  "memberships",
  "seats",
  "statements",
  "commitments",
  "sidelines",
  "visits",
  "agreements",
  "activities",
  "signatories",
  "forums",
  "pairs",
]);
/** Maximum length of a value in the form, in characters. */
const LONGEST = 200;

/** Explains what is wrong with an address, and repeats its values in a form. */
export function showRefused(error: Error, url: string, addresses: Addresses): Html {
  const { pathname, searchParams } = new URL(url, "http://localhost");
  const typed = [...searchParams].filter(([name, value]) => !CURSORS.has(name) && value !== "");
  const fields = typed.map(
    ([name, value]) =>
      html`<label>${LABELS[name] ?? name} <input name="${name}" value="${value.slice(0, LONGEST)}" maxlength="${LONGEST}"></label>`,
  );
  const again = html`<form class="ask" action="${pathname}">${fields}<button>Try again</button></form>
<p>Correct the value and try again, or <a href="${pathname}">start over</a>.</p>`;
  return html`<p class="sum" role="alert">${error.message}</p>
${listSuggestions(error instanceof AddressError ? error.suggestions : [])}${fields.length > 0 ? again : searchParams.size > 0 && html`<p><a href="${pathname}">Go to the first page</a></p>`}
${otherPages(addresses)}`;
}

/** The page for an address without a page. */
export function showNowhere(path: string, addresses: Addresses): { readonly title: string; readonly main: Html } {
  return {
    title: "Page not found",
    main: html`<p class="sum">There is no page at <code>${opening(path, 100)}</code>.</p>${otherPages(addresses)}`,
  };
}

function listSuggestions(suggestions: readonly Suggestion[]): Html | null {
  return suggestions.length === 0
    ? null
    : html`<h2>Did you mean</h2><ul class="rows">${suggestions.map(({ kind, label, address }) => html`<li><span class="kind">${kind}</span> <a href="${address}">${label}</a></li>`)}</ul>`;
}

function otherPages(addresses: Addresses): Html {
  const to = (path: string): string => addresses.to(path);
  return html`<p class="note">Search above, or browse <a href="${to("/meetings")}">meetings</a>, <a href="${to("/persons")}">persons</a>, <a href="${to("/states")}">states</a>, <a href="${to("/forums")}">forums</a> and <a href="${to("/documents")}">sources</a>. The record is incomplete.</p>`;
}
