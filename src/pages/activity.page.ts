import { activityPage, type ActivityPageQuery } from "../generated/pages.js";
import { activityStatus, daysOf } from "./activities.js";
import { html, type Html } from "./html.js";
import { facts, partyLinks, section, table } from "./lists.js";
import type { PageRequest, PageResult } from "./page.js";
import { topicLinks, type TopicName } from "./topics.js";
import { activityStatusWords, capital, placeWords, plainWords, timeOf } from "./words.js";

type Activity = NonNullable<ActivityPageQuery["activity"]>;

/** An activity: parties, days, place, units and status reports. */
export async function answerActivity(request: PageRequest): Promise<PageResult> {
  const { name: key, ask, addresses } = request;
  const { activity, topics } = await ask(activityPage, { key, knownAt: addresses.knownAt });
  if (!activity) return { kind: "missing", what: "activity", words: key };
  if (activity.key !== key) return { kind: "moved", to: addresses.activity(activity.key), isPermanent: true };
  const title = activity.title;
  return {
    kind: "page",
    record: activity.id,
    title,
    description: `${title}: ${activityStatusWords(activity.status)}. Parties, days, units and status reports, with sources.`,
    canonical: `/activities/${encodeURIComponent(activity.key)}`,
    section: "/activities",
    main: html`<p class="kind">${activity.kind === "OTHER" ? "Activity" : capital(plainWords(activity.kind))}</p>
<h1>${title}</h1>
<p class="sum">${activityStatus(activity.status)} · ${daysOf(activity)}${request.sources.cite(activity.citations.nodes)}</p>
${aboutActivity(activity, topics, request)}
${section("reports", "Status reports", listReports(activity, request))}`,
  };
}

function aboutActivity(activity: Activity, names: readonly TopicName[], request: PageRequest): Html {
  const { addresses } = request;
  const { parties, series, forum, ordinal, edition, place, units, agreement, topics, note } = activity;
  const whole = forum ? html`<a href="${addresses.forum(forum.slug)}">${forum.name}</a>` : series;
  return facts([
    ["Parties", parties.length > 0 && partyLinks(parties, addresses)],
    ["Date", daysOf(activity)],
    ["Place", placeWords(place)],
    ["Series", whole !== null && html`${whole}${ordinal !== null && `, number ${ordinal}`}`],
    ["Edition", edition],
    ["Units", units],
    ["Under", agreement && html`<a href="${addresses.agreement(agreement.key)}">${agreement.title}</a>`],
    ["Topics", topicLinks(topics, names, "/activities", request)],
    ["Note", note],
  ]);
}

function listReports({ reports }: Activity, { sources }: PageRequest): Html | null {
  if (reports.length === 0) return null;
  const rows = reports.map(
    ({ id, status, reportedOn, citation }) =>
      html`<tr id="${id}"><td>${reportedOn === null ? html`<span class="unknown">day unknown</span>` : timeOf(reportedOn)}</td><td>${activityStatus(status)}</td><td>${citation?.document.publisher}${citation && sources.cite([citation])}</td></tr>`,
  );
  return table({ caption: "Reports, earliest first", head: ["Date", "Status", "Source"], rows });
}
