import type * as GQL from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import { partyLinks } from "./lists.js";
import type { PageRequest } from "./page.js";
import { capital, plainWords, timeOf } from "./words.js";

/** A commitment. Its meeting is left out on the page of the meeting. */
interface Undertaken {
  readonly id: string;
  readonly summary: string;
  readonly kind: GQL.CommitmentKind;
  readonly status: GQL.CommitmentStatus;
  readonly dueOn: string | null;
  readonly parties: Parameters<typeof partyLinks>[0];
  readonly meeting?: { readonly slug: string; readonly title: string } | null;
  readonly citations: { readonly nodes: readonly GQL.SourceFragment[] };
}

/** Commitments, each with its status, due day and parties. */
export function listCommitments(commitments: readonly Undertaken[], request: PageRequest): Html {
  const { addresses, sources } = request;
  const rows = commitments.map(
    ({ id, summary, kind, status, dueOn, parties, meeting, citations }) =>
      html`<li id="${id}"><p>${summary}${sources.cite(citations.nodes)}</p><p class="aside">${capital(plainWords(kind))}, ${plainWords(status)}${dueOn !== null && html`, due ${timeOf(dueOn)}`}${parties.length > 0 && html`: ${partyLinks(parties, addresses)}`}${meeting && madeAt(meeting, addresses)}</p></li>`,
  );
  return html`<ul class="rows">${rows}</ul>`;
}

function madeAt({ slug, title }: { readonly slug: string; readonly title: string }, addresses: Addresses): Html {
  return html`. Made at <a href="${addresses.meeting(slug)}">${title}</a>`;
}
