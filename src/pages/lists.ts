import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Content, type Html } from "./html.js";
import { statusMark, formatWords, kindWords, listed, placeWords, whenOf } from "./words.js";

/** Meetings with their day, status and place. */
export function listMeetings(
  meetings: readonly GQL.EncounterFragment[],
  { addresses, today }: { readonly addresses: Addresses; readonly today: string },
): Html {
  return html`<ul class="rows by-day">${meetings.map((meeting) => rowOf(meeting, addresses, today))}</ul>`;
}

function rowOf(meeting: GQL.EncounterFragment, addresses: Addresses, today: string): Html {
  const { slug, title, kind, format, on, endsOn, place, sidelinesOf } = meeting;
  const aside = joined(
    [
      statusMark(meeting, today),
      kindWords(kind).toLowerCase(),
      format !== null && format !== "IN_PERSON" && formatWords(format),
      placeWords(place),
      sidelinesOf &&
        html`on the sidelines of <a href="${addresses.meeting(sidelinesOf.slug)}">${sidelinesOf.title}</a>`,
    ],
    " · ",
  );
  return html`<li><span class="when">${whenOf(on, endsOn)}</span><div><p><a href="${addresses.meeting(slug)}">${title}</a></p><p class="aside">${aside}</p></div></li>`;
}

/** A meeting with its day, for use in a sentence. */
export function meetingLink(
  {
    slug,
    title,
    on,
    endsOn,
  }: { readonly slug: string; readonly title: string; readonly on: string | null; readonly endsOn: string | null },
  addresses: Addresses,
): Html {
  return html`<a href="${addresses.meeting(slug)}">${title}</a> (${whenOf(on, endsOn)})`;
}

/** Parties as a list in a sentence. */
export function partyLinks(parties: readonly GQL.TableFragment[], addresses: Addresses): Html {
  return listed(parties.map((party) => partyLink(party, addresses)));
}

export function partyLink(party: GQL.TableFragment, addresses: Addresses): Html {
  return html`<a href="${addresses.party(party)}">${party.name}</a>`;
}

/** Name and value pairs. Empty values are left out. */
export function facts(entries: readonly (readonly [string, Content])[]): Html {
  const present = entries.filter(([, value]) => html`${value}`.text !== "");
  return html`<dl class="facts">${present.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A section whose heading can be linked to; null if it has no content. */
export function section(id: string, heading: string, content: Html | null): Html | null {
  return content && html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${content}</section>`;
}

/** Heads of columns of numbers, which are aligned to the right. */
export function numbers(...names: readonly string[]): { readonly number: string }[] {
  return names.map((number) => ({ number }));
}

interface Table {
  readonly caption: string;
  readonly head: readonly (string | { readonly number: string })[];
  readonly rows: readonly Html[];
  /** Whether cells are stacked on narrow screens. Use it for tables whose cells are clear without their heads. */
  readonly isStacked?: true;
}

/** A table that scrolls sideways in narrow windows. */
export function table({ caption, head, rows, isStacked }: Table): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table${isStacked && html` class="stacked"`}><caption>${caption}</caption><thead><tr>${head.map((name) => (typeof name === "string" ? html`<th scope="col">${name}</th>` : html`<th class="n" scope="col">${name.number}</th>`))}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** A note that only part of a list is shown, with a link to the whole. */
export function moreOf(shown: number, total: number, whole: Content): Html | null {
  return total > shown ? html`<p class="note">The first ${shown} of ${total.toLocaleString("en")}. ${whole}</p>` : null;
}
