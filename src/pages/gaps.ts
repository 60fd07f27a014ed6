import { pageGaps, type GapKind, type PageGapsQuery } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import { moreOf } from "./lists.js";
import type { PageRequest } from "./page.js";
import { nameSubject } from "./subjects.js";
import { plainWords } from "./words.js";

/** Asks what the record does not hold of something, or of two together. */
export async function readGaps({ ask, today, addresses }: PageRequest, of: string, other?: string): Promise<PageGapsQuery> {
  return ask(pageGaps, { of, with: other, asOf: today, knownAt: addresses.knownAt });
}

/** What is missing, one by one, so that nobody takes it for something that did not happen. */
export function showGaps({ coverage, gaps }: PageGapsQuery, { addresses }: PageRequest): Html | null {
  if (coverage.length === 0) return null;
  if (gaps.totalCount === 0) return html`<p class="note">Of what is looked for nothing is lacking. That does not make the record complete.</p>`;
  const counts = coverage.filter(({ count }) => count > 0).map(({ kind, count }) => html`<li>${kindWords(kind)}: ${count}</li>`);
  const entries = gaps.nodes.map(({ sentence, subject }) => {
    const { label, address } = nameSubject(subject, addresses);
    return html`<li><p>${sentence}</p><p class="aside"><a href="${address}">${label}</a></p></li>`;
  });
  return html`<p class="note">What is missing here may well have happened.</p><ul>${counts}</ul><details><summary>One by one</summary><ul class="rows">${entries}</ul>${moreOf(entries.length, gaps.totalCount, "The rest is in the answer to the operation below.")}</details>`;
}

function kindWords(kind: GapKind): string {
  const words = plainWords(kind);
  return words.charAt(0).toUpperCase() + words.slice(1);
}
