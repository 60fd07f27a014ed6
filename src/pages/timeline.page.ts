import { timelinePage, type HappeningFragment } from "../generated/pages.js";
import type { Addresses } from "./addresses.js";
import { html, type Html } from "./html.js";
import type { PageResult, PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { nameSubject } from "./subjects.js";
import { nameTogether, whoseIn } from "./whose.js";
import { counted, whenOf } from "./words.js";

/** The timeline of the records with the ids in `of` and `with`. */
export async function answerTimeline(request: PageRequest): Promise<PageResult> {
  const { ask, addresses } = request;
  const whose = whoseIn(request, "A timeline", "a party, person, forum or source");
  const { nodes, timeline } = await ask(timelinePage, { ...whose, ...pageIn(request) });
  const together = nameTogether(nodes, addresses);
  if (!together) return { kind: "missing", what: "party, person, forum or source", words: whose.whose.join(" ") };
  const entries = counted(timeline.totalCount, "entry", "entries");
  return {
    kind: "page",
    title: `Timeline of ${together.name}`,
    description: `Timeline of ${together.name}, earliest first: ${entries}.`,
    canonical: addressOfTimeline(whose.of, whose.with),
    section: "/timeline",
    main: html`<p class="kind">Timeline</p>
<h1>Events in order</h1>
<p class="sum">${together.links} · ${entries}</p>
${timeline.totalCount === 0 ? html`<p class="note">No entries. There may be events that the record does not know.</p>` : listHappenings(timeline.nodes, addresses)}${pager("/timeline", timeline.pageInfo, request, { of: whose.of, with: whose.with })}`,
  };
}

function addressOfTimeline(of: string, other: string | undefined): string {
  return `/timeline?${new URLSearchParams({ of, ...(other !== undefined && { with: other }) }).toString()}`;
}

/** Entries of a timeline with links, below a note on imprecise dates. */
export function listHappenings(happenings: readonly HappeningFragment[], addresses: Addresses): Html {
  const rows = happenings.map(({ on, endsOn, summary, entry }) => {
    const address =
      entry.__typename === "Document" ? addresses.document(entry.id) : nameSubject(entry, addresses).address;
    return html`<li><span class="when">${whenOf(on, endsOn)}</span><p><a href="${address}">${summary}</a></p></li>`;
  });
  return html`<p class="note">Earliest first, including planned events. An event that is dated only to the month or year is at its earliest possible day; events without a date come last.</p><ul class="rows by-day">${rows}</ul>`;
}
