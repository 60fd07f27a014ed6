import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, inLanguage, joined, webAddress, type Html } from "./html.js";
import { opening, timeOf } from "./words.js";

/** The sources of a page: numbered as they come up in its text, listed at its end. */
export interface Sources {
  /** Marks of sources, to stand right after what they speak for. */
  cite(citations: readonly GQL.SourceFragment[]): Html;
  /** The list that the marks lead to; nothing where the page has cited nothing. */
  list(): Html | null;
}

interface Note {
  readonly number: number;
  readonly source: GQL.SourceFragment;
}

/** How many characters of a passage are shown in the list; the whole is in its document. */
const SHOWN = 400;

/** Numbers sources; the same passage of the same document has the same number, whatever it speaks for. */
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
      const entries = [...notes.values()].map(({ number, source }) => html`<li id="source-${number}">${sourceOf(source, addresses)}</li>`);
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

/** Where in a document to look; an address only where it leads onto the web. */
export function locatorOf(locator: string): Html {
  const address = webAddress(locator);
  return address === null ? html`${locator}` : html`<a class="away" href="${address}" rel="noopener noreferrer nofollow external">${opening(address.replace(/^https?:\/\/(www\.)?/, ""), 60)}</a>`;
}
