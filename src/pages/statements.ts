import type * as GQL from "../generated/pages.js";
import { bare, html, inOwnDirection, joined, type Html } from "./html.js";
import type { PageRequest } from "./page.js";
import { topicLinks, type TopicName } from "./topics.js";
import { whenOf } from "./words.js";

/** A statement. Speaker and meeting are left out on their own pages. */
interface Said {
  readonly id: string;
  readonly text: string;
  readonly isVerbatim: boolean;
  readonly topics: readonly string[];
  readonly on: string | null;
  readonly speaker?: { readonly slug: string; readonly name: string } | null;
  readonly otherSpeakers?: readonly { readonly slug: string; readonly name: string }[];
  readonly otherParties?: readonly { readonly name: string }[];
  readonly institution?: string | null;
  readonly office?: { readonly title: string } | null;
  readonly party?: { readonly name: string } | null;
  readonly meeting?: { readonly slug: string; readonly title: string } | null;
  readonly citations: { readonly nodes: readonly GQL.SourceFragment[] };
}

/** Statements: verbatim ones as quotations, others as paraphrases. */
export function listStatements(
  statements: readonly Said[],
  names: readonly TopicName[],
  request: PageRequest,
): Html | null {
  const { addresses, sources } = request;
  if (statements.length === 0) return null;
  return html`${statements.map((statement) => {
    const { id, text, isVerbatim, topics, on, speaker, office, party, meeting, citations } = statement;
    const { otherSpeakers = [], otherParties = [], institution = null } = statement;
    const who = speaker
      ? html`<a href="${addresses.person(speaker.slug)}">${speaker.name}</a>`
      : party && html`for ${party.name}`;
    const about = joined(
      [
        institution,
        who,
        office?.title,
        speaker && party?.name,
        ...otherSpeakers.map((other) => html`<a href="${addresses.person(other.slug)}">${other.name}</a>`),
        ...otherParties.map(({ name }) => name),
        on !== null && whenOf(on),
        meeting && html`at <a href="${addresses.meeting(meeting.slug)}">${meeting.title}</a>`,
        isVerbatim ? "verbatim" : "paraphrased",
        topics.length > 0 && html`on ${topicLinks(topics, names, "/statements", request)}`,
      ],
      ", ",
    );
    const direction = inOwnDirection(text);
    const said = isVerbatim
      ? html`<blockquote${direction}><p>${bare(text)}</p></blockquote>`
      : html`<p class="para"${direction}>${bare(text)}</p>`;
    return html`<div class="said" id="${id}">${said}<p class="aside">${about}${sources.cite(citations.nodes)}</p></div>`;
  })}`;
}
