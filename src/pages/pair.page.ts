import {
  pairOfPersons,
  pairPage,
  pairTimeline,
  statisticsOfPairs,
  type LastFragment,
  type PairPageQuery,
  type PairTimelineQuery,
  type SideFragment,
} from "../generated/pages.js";
import { activitiesOf } from "./activities.js";
import { agreementsOf } from "./agreements.js";
import { listClaims } from "./disputes.js";
import { readGaps, showGaps } from "./gaps.js";
import { html, joined, type Html } from "./html.js";
import type { Addresses } from "./addresses.js";
import { hiddenMoment } from "./indexes.page.js";
import { showLedger } from "./ledgers.js";
import { listMeetings, meetingLink, moreOf, partyLink, section, table } from "./lists.js";
import { AddressError, dayIn, type PageResult, type PageRequest } from "./page.js";
import { codesOf } from "./parties.js";
import { drawTimeline } from "./timeline.chart.js";
import { listHappenings } from "./timeline.page.js";
import { counted, placeWords, roleWords, timeOf } from "./words.js";

/** Two parties: their meetings, planned and held, claims about them, and shared forums. */
export async function answerPair(request: PageRequest): Promise<PageResult> {
  const { name, ask, addresses, query, today } = request;
  const both = codesIn(name);
  if (!both)
    return { kind: "missing", what: "pair of parties", words: name, again: askForPair(name, undefined, request) };
  if (/^[a-z]{3}-[a-z]{3}$/.test(name))
    return { kind: "moved", to: addresses.pair(both[0].toUpperCase(), both[1].toUpperCase()) };
  const [one, other] = both;
  const asOf = dayIn(query, "on", today);
  const { knownAt } = addresses;
  const pair = await ask(pairPage, { one, other, both, asOf, knownAt });
  const unknown = [...(pair.one ? [] : [one]), ...(pair.other ? [] : [other])];
  if (!pair.one || !pair.other)
    return {
      kind: "missing",
      what: "state or organization",
      words: unknown.join(" "),
      again: askForPair(one, other, request),
    };
  if (pair.one.code === pair.other.code) return { kind: "moved", to: addresses.party(pair.one) };
  if (pair.one.code !== one || pair.other.code !== other)
    return { kind: "moved", to: addresses.pair(pair.one.code, pair.other.code), isPermanent: true };
  const timeline = await ask(pairTimeline, { of: pair.one.id, with: pair.other.id, knownAt });
  const title = `${pair.one.name} and ${pair.other.name}`;
  return {
    kind: "page",
    title,
    description: `Meetings of ${title}, planned and held: ${counted(pair.meetings.totalCount, "meeting")}, the last one at each level, and claims of first meetings.`,
    canonical: `/pairs/${[one, other].sort().map(encodeURIComponent).join("-")}`,
    section: "/pairs",
    exports: [
      {
        label: "Table of their meetings (CSV)",
        type: "text/csv",
        address: addresses.to("/meetings.csv", { party: both }),
      },
      { label: "Calendar (iCalendar)", type: "text/calendar", address: addresses.to("/meetings.ics", { party: both }) },
      {
        label: "Linked data (JSON-LD)",
        type: "application/ld+json",
        address: addresses.to("/meetings.jsonld", { party: both }),
      },
    ],
    main: html`${showPair({ title, pair, timeline, one: pair.one, other: pair.other, persons: await lastOfPersons(pair.one, pair.other, request), asOf }, request)}
${section("gaps", "Gaps in the record", showGaps(await readGaps(request, pair.one.id, pair.other.id), request))}`,
  };
}

/** Splits two codes at the first dash. */
function codesIn(name: string): [string, string] | undefined {
  const [, one, other] = /^([^-]+)-(.+)$/.exec(name) ?? [];
  return one === undefined || other === undefined ? undefined : [one, other];
}

/** The current holders of the compared office, and their last meeting. */
interface Persons {
  readonly one: string;
  readonly other: string;
  readonly last: LastFragment;
}

async function lastOfPersons(
  one: SideFragment,
  other: SideFragment,
  { ask, addresses }: PageRequest,
): Promise<Persons | null> {
  const [left, right] = [one, other].map(({ offices }) => offices.flatMap(({ tenures }) => tenures).at(0)?.person);
  if (!left || !right || left.slug === right.slug) return null;
  const { lastMet } = await ask(pairOfPersons, { between: [left.slug, right.slug], knownAt: addresses.knownAt });
  return { one: left.name, other: right.name, last: lastMet };
}

/** Maximum number of meetings in the list. The chart shows all of them. */
const MOST_LISTED = 30;

/** Data of the page. */
interface Pair {
  readonly title: string;
  readonly pair: PairPageQuery;
  readonly timeline: PairTimelineQuery;
  readonly one: SideFragment;
  readonly other: SideFragment;
  readonly persons: Persons | null;
  readonly asOf: string;
}

function showPair({ title, pair, timeline, one, other, persons, asOf }: Pair, request: PageRequest): Html {
  const { addresses, today } = request;
  const { meetings } = pair;
  const milestones = timeline.milestones.nodes.flatMap(({ entry }) =>
    entry.__typename === "Milestone" ? [entry] : [],
  );
  const listed = meetings.nodes.slice(0, MOST_LISTED);
  const all = moreOf(
    listed.length,
    meetings.totalCount,
    html`<a href="${addresses.to("/meetings", { party: [one.code, other.code] })}">All meetings</a>`,
  );
  return html`<p class="kind">Pair</p>
<h1>${title}</h1>
<p class="sum">${joined([partyLink(one, addresses), partyLink(other, addresses)], " · ")}</p>
<p class="sum">${lastMetSentence(pair, addresses)}</p>
${section("timeline", "Timeline", html`${drawTimeline({ title: `Timeline of ${title}`, meetings: meetings.nodes, milestones, today, addresses })}${meetings.totalCount === 0 && html`<p class="note">The record holds no meeting of the two. There may be some that it does not know.</p>`}`)}
${section("last-met", "Last meetings", listLastMet(pair, persons, request))}
${section("claims", "“The first meeting since …”", listPairClaims(pair, one, other, request))}
${section("meetings", "Meetings that both attended", meetings.totalCount === 0 ? null : html`${listMeetings(listed, request)}${all}`)}
${section("agreements", "Agreements of both", agreementsOf(pair.agreements, { party: [one.code, other.code] }, request))}
${section("activities", "Activities of both", activitiesOf(pair.activities, { party: [one.code, other.code] }, request))}
${section("happened", "Events in order", listHappened(timeline, one.id, other.id, request))}
${section("ledger", "Announcements and outcomes", showLedger(pair.ledger, { party: [one.code, other.code] }, request))}
${section("shared", "Shared forums", listShared(pair, one.code, other.code, asOf, request))}`;
}

function listHappened(
  { happened: { nodes, totalCount } }: PairTimelineQuery,
  one: string,
  other: string,
  { addresses }: PageRequest,
): Html | null {
  if (nodes.length === 0) return null;
  return html`${listHappenings(nodes, addresses)}${moreOf(nodes.length, totalCount, html`<a href="${addresses.to("/timeline", { of: one, with: other })}">The whole timeline</a>`)}`;
}

function listPairClaims(
  { firstSinceClaims: { nodes, totalCount } }: PairPageQuery,
  one: SideFragment,
  other: SideFragment,
  request: PageRequest,
): Html {
  const all = moreOf(
    nodes.length,
    totalCount,
    html`<a href="${request.addresses.to("/claims", { party: [one.code, other.code] })}">All claims about the two</a>`,
  );
  return html`${listClaims(nodes, request) ?? html`<p class="note">No source in the record makes such a claim.</p>`}${all}`;
}

/** The last meeting, as a sentence. */
function lastMetSentence({ byParties }: PairPageQuery, addresses: Addresses): Html {
  const { meeting, isCertain, coveredThrough } = byParties;
  const covered =
    coveredThrough !== null && html` The record holds meetings of each of the two until ${timeOf(coveredThrough)}.`;
  if (!meeting)
    return html`The record holds no meeting of the two that was held, excluding sessions of forums. There may be some that it does not know.${covered}`;
  return html`${isCertain ? "Last met" : "Last met, as far as dates are known"}: ${meetingLink(meeting, addresses)}.${covered}`;
}

function listLastMet(pair: PairPageQuery, persons: Persons | null, { addresses }: PageRequest): Html {
  const levels: readonly (readonly [level: string, who: string, last: LastFragment])[] = [
    ["The same parties", "any participants", pair.byParties],
    ["The same rank", "leaders: heads of state and of government", pair.byLeaders],
    ["The same offices", "defence ministers", pair.byDefenceMinisters],
    ["The same offices", "foreign ministers", pair.byForeignMinisters],
    ["The same offices", "chiefs of defence", pair.byChiefsOfDefence],
    ...(persons
      ? [
          [
            "The same persons",
            `${persons.one} and ${persons.other}, the last known defence ministers`,
            persons.last,
          ] as const,
        ]
      : []),
  ];
  const rows = levels.map(
    ([level, who, last]) =>
      html`<tr><th scope="row">${level}</th><td>${who}</td><td>${showLast(last, addresses)}</td></tr>`,
  );
  return table({
    caption: "Meetings held, excluding sessions of forums",
    head: ["Level", "Participants", "Last met"],
    rows,
    isStacked: true,
  });
}

function showLast({ meeting, isCertain, explanation, contenders }: LastFragment, addresses: Addresses): Html {
  const place = placeWords(meeting?.place ?? null);
  const found = meeting
    ? html`${meetingLink(meeting, addresses)}${place !== null && ` in ${place}`}`
    : html`<span class="unknown">no recorded meeting</span>`;
  if (isCertain || (!meeting && contenders.length === 0)) return found;
  return html`${found}<br><span class="aside"><span class="tag">not certain</span> ${explanation}${
    contenders.length > 0 &&
    html` Perhaps later: ${joined(
      contenders.map((one) => meetingLink(one, addresses)),
      "; ",
    )}.`
  }</span>`;
}

function listShared(
  { jointMemberships }: PairPageQuery,
  one: string,
  other: string,
  asOf: string,
  { query, addresses }: PageRequest,
): Html {
  const rows = jointMemberships.map(
    ({ forum, memberships }) =>
      html`<li><p><a href="${addresses.forum(forum.slug)}">${forum.name}</a></p><p class="aside">${joined(
        memberships.map(({ party, role }) => `${party.name}: ${roleWords(role).toLowerCase()}`),
        "; ",
      )}</p></li>`,
  );
  return html`<form class="ask"><label>Date <input type="date" name="on" value="${asOf}"></label>${query.get("knownAt") !== null && html`<input type="hidden" name="knownAt" value="${query.get("knownAt")}">`}<button>Show</button></form>
${rows.length === 0 ? html`<p class="note">No known shared forums on ${timeOf(asOf)}.</p>` : html`<p>On ${timeOf(asOf)}, in any role:</p><ul class="rows">${rows}</ul>`}
<p><a href="${addresses.to("/matrix/changes", { party: [one, other], to: asOf })}">Changes in shared forums</a></p>`;
}

/** A form for two parties, by code or name, which redirects to the page of the pair. Lists the pairs that met most. */
export async function answerPairs(request: PageRequest): Promise<PageResult> {
  const { query, addresses, ask } = request;
  const [one, other] = [query.get("one")?.trim(), query.get("other")?.trim()];
  if (one && other) {
    const [[left = one], [right = other]] = [
      await codesOf([one], "one", request),
      await codesOf([other], "other", request),
    ];
    if (left === right) throw new AddressError(`A pair needs two different parties, but both are ${left}.`);
    return { kind: "moved", to: addresses.pair(left, right) };
  }
  const { byPair } = await ask(statisticsOfPairs, { knownAt: addresses.knownAt });
  const rows = byPair.nodes.map(
    ({ count, parties: [first, second] }) =>
      html`<li><a href="${addresses.pair(first?.code ?? "", second?.code ?? "")}">${first?.name} and ${second?.name}</a> <span class="aside">${counted(count, "meeting")}</span></li>`,
  );
  return {
    kind: "page",
    title: "Pairs",
    description: "Two parties: their last meetings at each level, planned meetings, and claims of first meetings.",
    canonical: "/pairs",
    section: "/pairs",
    main: html`<h1>When did two parties last meet?</h1>
<p class="lede">Enter two states or organizations, by name or code: <code>India</code> or <code>IND</code>, <code>ASEAN</code>.</p>
${askForPair(one, other, request)}
${section("most", "Pairs that met most", rows.length === 0 ? null : html`<ul class="columns">${rows}</ul><p><a href="${addresses.to("/statistics")}">All pairs, and more statistics</a></p>`)}`,
  };
}

function askForPair(one: string | undefined, other: string | undefined, request: PageRequest): Html {
  return html`<form class="ask" action="/pairs"><label>First party <input name="one" required maxlength="100" value="${one}" placeholder="India"></label><label>Second party <input name="other" required maxlength="100" value="${other}" placeholder="China"></label>${hiddenMoment(request)}<button>Show</button></form>`;
}
