import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, inLanguage, joined, webAddress, type Html } from "./html.js";
import { opening, timeOf } from "./words.js";

/** The sources of a page, numbered in the order of their citation and listed at its end. */
export interface Sources {
  /** Footnote marks, to be placed after the cited fact. */
  cite(citations: readonly GQL.SourceFragment[]): Html;
  /** The list of footnotes; null if the page cites nothing. */
  list(): Html | null;
}

interface Note {
  readonly number: number;
  readonly source: GQL.SourceFragment;
}

/** Maximum length of a passage in the list, in characters. The document's page has the whole. */
const SHOWN = 400;

/** Numbers sources. Citations of the same passage share a number. */
export function createSources(addresses: Addresses): Sources {
  const notes = new Map<string, Note>();
  const noteOf = (source: GQL.SourceFragment): Note => {
    const key = keyOf(source);
    const known = notes.get(key);
    if (known) return known;
    const note = { number: notes.size + 1, source };
    notes.set(key, note);
    return note;
  };
  return {
    cite(citations) {
      const marks = [...new Set(citations.map(noteOf))].map(({ number, source }) => {
        const disputes = source.stance === "DISPUTES";
        return html`<a href="#source-${number}" aria-label="Source ${number}${disputes && ", which says otherwise"}">${number}${disputes && "\u00a0says otherwise"}</a>`;
      });
      return marks.length === 0 ? html`` : html`<sup class="cite">${joined(marks, ", ")}</sup>`;
    },
    list() {
      if (notes.size === 0) return null;
      const entries = [...notes.values()].map(
        ({ number, source }) => html`<li id="source-${number}">${sourceOf(source, addresses)}</li>`,
      );
      return html`<section aria-labelledby="sources"><h2 id="sources">Sources</h2><ol class="sources">${entries}</ol></section>`;
    },
  };
}

function keyOf({ document, passage, locator, stance, attributedTo }: GQL.SourceFragment): string {
  return JSON.stringify([document.id, passage ? [passage.start, passage.end] : locator, stance, attributedTo]);
}

function sourceOf({ id, document, passage, locator, attributedTo }: GQL.SourceFragment, addresses: Addresses): Html {
  const day = document.publishedOn === null ? html`undated` : timeOf(document.publishedOn);
  const page = webAddress(document.url);
  const parts = [
    passage && html`<q${inLanguage(document.language)}>${opening(passage.quote, SHOWN)}</q>`,
    attributedTo !== null && html`citing ${attributedTo}`,
    html`<a href="${addresses.record(id)}"${inLanguage(document.titleIsOurs ? null : document.language)}>${document.title}</a>`,
    html`${document.publisher}, ${day}`,
    !passage && locator !== null && locatorOf(locator),
    page !== null && html`<a class="away" href="${page}" rel="noopener noreferrer nofollow external">original</a>`,
  ];
  return joined(parts, html`<span class="dot"> · </span>`);
}

/** A location in a document. It is a link if it is an HTTP address. */
export function locatorOf(locator: string): Html {
  const address = webAddress(locator);
  return address === null
    ? html`${locator}`
    : html`<a class="away" href="${address}" rel="noopener noreferrer nofollow external">${opening(address.replace(/^https?:\/\/(www\.)?/, ""), 60)}</a>`;
}
