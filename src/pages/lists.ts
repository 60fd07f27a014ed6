import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, joined, type Content, type Html } from "./html.js";
import { fateMark, formatWords, kindWords, listed, placeWords, whenOf } from "./words.js";

/** Meetings, each with its day, what became of it, and where. */
export function listMeetings(meetings: readonly GQL.EncounterFragment[], { addresses, today }: { readonly addresses: Addresses; readonly today: string }): Html {
  return html`<ul class="rows by-day">${meetings.map((meeting) => rowOf(meeting, addresses, today))}</ul>`;
}

function rowOf(meeting: GQL.EncounterFragment, addresses: Addresses, today: string): Html {
  const { slug, title, kind, format, on, endsOn, place, sidelinesOf } = meeting;
  const aside = joined(
    [
      fateMark(meeting, today),
      kindWords(kind).toLowerCase(),
      format !== null && format !== "IN_PERSON" && formatWords(format),
      placeWords(place),
      sidelinesOf && html`on the sidelines of <a href="${addresses.meeting(sidelinesOf.slug)}">${sidelinesOf.title}</a>`,
    ],
    " · ",
  );
  return html`<li><span class="when">${whenOf(on, endsOn)}</span><div><p><a href="${addresses.meeting(slug)}">${title}</a></p><p class="aside">${aside}</p></div></li>`;
}

/** A meeting named in a sentence. */
export function meetingLink({ slug, title, on, endsOn }: { readonly slug: string; readonly title: string; readonly on: string | null; readonly endsOn: string | null }, addresses: Addresses): Html {
  return html`<a href="${addresses.meeting(slug)}">${title}</a> (${whenOf(on, endsOn)})`;
}

/** Parties named in a sentence. */
export function partyLinks(parties: readonly GQL.TableFragment[], addresses: Addresses): Html {
  return listed(parties.map((party) => partyLink(party, addresses)));
}

/** A party by its name. */
export function partyLink(party: GQL.TableFragment, addresses: Addresses): Html {
  return html`<a href="${addresses.party(party)}">${party.name}</a>`;
}

/** What is known about something, one line each; what is nothing is left out. */
export function facts(entries: readonly (readonly [string, Content])[]): Html {
  const told = entries.filter(([, value]) => html`${value}`.text !== "");
  return html`<dl class="facts">${told.map(([name, value]) => html`<dt>${name}</dt><dd>${value}</dd>`)}</dl>`;
}

/** A section with a heading that can be linked to; nothing where it would be empty. */
export function section(id: string, heading: string, content: Html | null): Html | null {
  return content && html`<section aria-labelledby="${id}"><h2 id="${id}">${heading}</h2>${content}</section>`;
}

/** The heads of columns of numbers, which stand to the right as their numbers do. */
export function numbers(...names: readonly string[]): { readonly number: string }[] {
  return names.map((number) => ({ number }));
}

/** A table as it is given. */
interface Table {
  readonly caption: string;
  readonly head: readonly (string | { readonly number: string })[];
  readonly rows: readonly Html[];
  /** Whether its cells stand below each other where the window is as narrow as a phone's: those of words that say by themselves what they are. */
  readonly isTold?: true;
}

/** A table that scrolls by itself where the window is too narrow for it. */
export function table({ caption, head, rows, isTold }: Table): Html {
  return html`<div class="wide" tabindex="0" role="region" aria-label="${caption}"><table${isTold && html` class="told"`}><caption>${caption}</caption><thead><tr>${head.map((name) => (typeof name === "string" ? html`<th scope="col">${name}</th>` : html`<th class="n" scope="col">${name.number}</th>`))}</tr></thead><tbody>${rows}</tbody></table></div>`;
}

/** Says that only a part of a list is shown, and where the whole is. */
export function moreOf(shown: number, total: number, whole: Content): Html | null {
  return total > shown ? html`<p class="note">The first ${shown} of ${total.toLocaleString("en")}. ${whole}</p>` : null;
}
