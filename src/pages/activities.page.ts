import { activitiesPage, type ActivityKind, type ActivityStatus } from "../generated/pages.js";
import { listActivities } from "./activities.js";
import { choiceIn, choose, linkedFilters } from "./choices.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { dayIn, type PageRequest, type PageResult } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { partyWords, redirectToCodes } from "./parties.js";
import { chooseTopic, topicsIn, type TopicName } from "./topics.js";
import { activityStatusWords, counted, plainWords } from "./words.js";

const KINDS = [
  "EXERCISE",
  "PORT_CALL",
  "PATROL",
  "TRAINING",
  "STAFF_TALKS",
  "OTHER",
] as const satisfies readonly ActivityKind[];

const STATUSES = [
  "PLANNED",
  "UNDER_WAY",
  "HELD",
  "POSTPONED",
  "CANCELLED",
  "UNKNOWN",
] as const satisfies readonly ActivityStatus[];

/** All activities, latest first, optionally filtered. */
export async function answerActivities(request: PageRequest): Promise<PageResult> {
  const { ask, query } = request;
  const party = partyWords(query.getAll("party"));
  const kind = choiceIn(query, "kind", KINDS);
  const status = choiceIn(query, "status", STATUSES);
  const [from, to] = ["from", "to"].map((name) => dayIn(query, name, "") || undefined);
  const topic = topicsIn(query);
  const [series, agreement] = ["series", "agreement"].map((name) => query.get(name) || undefined);
  const { activities, topics } = await ask(activitiesPage, {
    ...pageIn(request),
    filter: {
      parties: party.length > 0 ? party : null,
      kind: kind ?? null,
      status: status ?? null,
      during: from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null },
      series: series ?? null,
      topics: topic.length > 0 ? topic : null,
      agreement: agreement ?? null,
    },
  });
  const elsewhere = await redirectToCodes(party, activities.totalCount === 0, request);
  if (elsewhere) return elsewhere;
  const parameters = { party, kind, status, from, to, series, topic, agreement };
  const total = counted(activities.totalCount, "activity", "activities");
  return {
    kind: "page",
    title: "Activities",
    description: `Exercises, port calls, patrols, training and staff talks, latest first: ${total}.`,
    canonical: "/activities",
    section: "/activities",
    main: html`<h1>Activities</h1><p class="lede">Exercises, port calls, patrols, training and staff talks, latest first.</p>
${askFor(parameters, topics, request)}
<p class="note">${total}.${activities.totalCount === 0 && " There may be some that the record does not know."}</p>
${listActivities(activities.nodes, request)}${pager("/activities", activities.pageInfo, request, parameters)}`,
  };
}

interface Asked {
  readonly party: readonly string[];
  readonly kind: (typeof KINDS)[number] | undefined;
  readonly status: (typeof STATUSES)[number] | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly series: string | undefined;
  readonly topic: readonly string[];
  readonly agreement: string | undefined;
}

function askFor(
  { party, kind, status, from, to, topic, ...others }: Asked,
  topics: readonly TopicName[],
  request: PageRequest,
): Html {
  const linked = linkedFilters({ ...others, topic: topic.slice(1) }, "/activities", "All activities", request);
  return html`<form class="ask" action="/activities"><label>Parties <input name="party" value="${party.join(", ")}" placeholder="India, Japan" size="14" maxlength="200"></label>${choose("kind", "Kind", KINDS, kind, plainWords)}${choose("status", "Status", STATUSES, status, activityStatusWords)}<label>From <input type="date" name="from" value="${from}"></label><label>To <input type="date" name="to" value="${to}"></label>${chooseTopic(topics, topic)}${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
