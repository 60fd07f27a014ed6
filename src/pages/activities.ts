import type * as GQL from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { moreOf, partyLinks } from "./lists.js";
import type { PageRequest } from "./page.js";
import { activityStatusWords, placeWords, plainWords, timeOf, whenOf } from "./words.js";

/** Activities with their days, status, parties and place. */
export function listActivities(activities: readonly GQL.ManoeuvreFragment[], { addresses }: PageRequest): Html {
  const rows = activities.map((activity) => {
    const { key, kind, status, parties, place } = activity;
    const aside = joined(
      [
        activityStatus(status),
        plainWords(kind),
        parties.length > 0 && partyLinks(parties, addresses),
        placeWords(place),
      ],
      " · ",
    );
    return html`<li><span class="when">${daysOf(activity)}</span><div><p><a href="${addresses.activity(key)}">${activity.title}</a></p><p class="aside">${aside}</p></div></li>`;
  });
  return html`<ul class="rows by-day">${rows}</ul>`;
}

/** The days of an activity, of which only the last may be known. */
export function daysOf({ from, to }: { readonly from: string | null; readonly to: string | null }): Html {
  return from === null && to !== null ? html`until ${timeOf(to)}` : whenOf(from, to);
}

/** The status of an activity, with its sign. */
export function activityStatus(status: GQL.ActivityStatus): Html {
  return html`<span class="status status-${status.toLowerCase()}">${activityStatusWords(status)}</span>`;
}

/** The first activities of a page's record, with a link to all of them; null if there are none. */
export function activitiesOf(
  { nodes, totalCount }: { readonly nodes: readonly GQL.ManoeuvreFragment[]; readonly totalCount: number },
  parameters: Readonly<Record<string, string | readonly string[]>>,
  request: PageRequest,
): Html | null {
  if (nodes.length === 0) return null;
  const all = html`<a href="${request.addresses.to("/activities", parameters)}">All activities</a>`;
  return html`${listActivities(nodes, request)}${moreOf(nodes.length, totalCount, all)}`;
}
