import { timelinePage, type HappeningFragment } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import type { Found, PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { nameSubject } from "./subjects.js";
import { nameTogether, whoseIn } from "./whose.js";
import { counted, whenOf } from "./words.js";

/** What happened around whom the ids in `of` and, for two, in `with` stand for. */
export async function answerTimeline(request: PageRequest): Promise<Found> {
  const { ask, addresses } = request;
  const whose = whoseIn(request, "A timeline is", "a party, a person, a forum or a source");
  const { nodes, timeline } = await ask(timelinePage, { ...whose, ...pageIn(request) });
  const together = nameTogether(nodes, addresses);
  if (!together) return { kind: "missing", what: "party, person, forum or source", words: whose.whose.join(" ") };
  const entries = counted(timeline.totalCount, "entry", "entries");
  return {
    kind: "page",
    title: `Timeline of ${together.name}`,
    description: `What happened around ${together.name}, earliest first: ${entries}.`,
    canonical: addressOfTimeline(whose.of, whose.with),
    shelf: "/timeline",
    main: html`<p class="kind">Timeline</p>
<h1>What happened, in order</h1>
<p class="sum">${together.links} · ${entries}</p>
${timeline.totalCount === 0 ? html`<p class="note">The record holds nothing of it. That does not mean that nothing happened.</p>` : listHappenings(timeline.nodes, addresses)}${pagesOf("/timeline", timeline.pageInfo, request, { of: whose.of, with: whose.with })}`,
  };
}

function addressOfTimeline(of: string, other: string | undefined): string {
  return `/timeline?${new URLSearchParams({ of, ...(other !== undefined && { with: other }) }).toString()}`;
}

/** Entries of a timeline, each leading to what it tells of; says how partial dates are placed. */
export function listHappenings(happenings: readonly HappeningFragment[], addresses: Addresses): Html {
  const rows = happenings.map(({ on, endsOn, summary, entry }) => {
    const address = entry.__typename === "Document" ? addresses.document(entry.id) : nameSubject(entry, addresses).address;
    return html`<li><span class="when">${whenOf(on, endsOn)}</span><p><a href="${address}">${summary}</a></p></li>`;
  });
  return html`<p class="note">Earliest first, with what was planned. What is known to the month or the year only stands at the first day that it can mean; what has no day comes last.</p><ul class="rows by-day">${rows}</ul>`;
}
