import { forumPage, type ForumPageQuery } from "../generated/pages.js";
import { groupedBy } from "../lib/grouped.js";
import { chairOf, listChairs } from "./chairs.js";
import { listConflicts } from "./disputes.js";
import { readGaps, showGaps, type Coverage } from "./gaps.js";
import { html, joined, type Html } from "./html.js";
import { listIdentifiers } from "./identifiers.js";
import { hiddenMoment } from "./indexes.page.js";
import { showLedger } from "./ledgers.js";
import { facts, listMeetings, moreOf, numbers, partyLink, section, table } from "./lists.js";
import { drawMemberships, ROLES } from "./membership.chart.js";
import { dayIn, type PageResult, type PageRequest } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { capital, counted, dateWords, periodOf, plainWords, roleWords, timeOf, whenOf } from "./words.js";

type Forum = NonNullable<ForumPageQuery["forum"]>;
type Member = Forum["memberships"]["nodes"][number];

/** Maximum number of pages of memberships, of sixty each, that are shown at once. */
const MOST_PAGES = 5;

/** A forum: memberships over time, sessions, and its place among other forums. */
export async function answerForum(request: PageRequest): Promise<PageResult> {
  const { name: slug, addresses, query, today } = request;
  const asOf = dayIn(query, "on", today);
  const forum = await readForum(request, asOf);
  if (!forum) return { kind: "missing", what: "forum", words: slug };
  if (forum.slug !== slug) return { kind: "moved", to: addresses.forum(forum.slug), isPermanent: true };
  const { name, acronym, memberships, sessions, foundedOn } = forum;
  return {
    kind: "page",
    record: forum.id,
    title: acronym === null || acronym === name ? name : `${name} (${acronym})`,
    description: `${name}${foundedOn === null ? "" : `, since ${dateWords(foundedOn)}`}: ${counted(memberships.totalCount, "membership")} over time and ${counted(sessions.totalCount, "session")}, with sources.`,
    canonical: `/forums/${encodeURIComponent(slug)}`,
    section: "/forums",
    exports: [
      {
        label: "Calendar (iCalendar)",
        type: "text/calendar",
        address: addresses.to(`/forums/${encodeURIComponent(slug)}.ics`),
      },
      {
        label: "Table of its sessions (CSV)",
        type: "text/csv",
        address: addresses.to("/meetings.csv", { forum: slug }),
      },
      {
        label: "Its sessions as linked data (JSON-LD)",
        type: "application/ld+json",
        address: addresses.to("/meetings.jsonld", { forum: slug }),
      },
    ],
    main: showForum(forum, asOf, await readGaps(request, forum.id), request),
  };
}

/** Reads the forum with at most `MOST_PAGES` pages of memberships. */
async function readForum(request: PageRequest, asOf: string): Promise<Forum | null> {
  const {
    name: slug,
    ask,
    addresses: { knownAt },
  } = request;
  const { forum } = await ask(forumPage, { slug, asOf, after: cursorIn(request, "memberships"), knownAt });
  if (!forum) return null;
  const nodes = [...forum.memberships.nodes];
  let { pageInfo } = forum.memberships;
  for (let page = 1; pageInfo.hasNextPage && page < MOST_PAGES; page += 1) {
    const next = (await ask(forumPage, { slug, asOf, after: pageInfo.endCursor, knownAt })).forum?.memberships;
    if (!next) break;
    nodes.push(...next.nodes);
    pageInfo = next.pageInfo;
  }
  return { ...forum, memberships: { ...forum.memberships, nodes, pageInfo } };
}

function showForum(forum: Forum, asOf: string, gaps: Coverage, request: PageRequest): Html {
  const { addresses, sources, today } = request;
  const { slug, name, memberships, sessions } = forum;
  // Conferences have sittings, not members.
  const hasMembers = memberships.totalCount > 0 || forum.chairs.length > 0;
  return html`<p class="kind">${forum.kind === null ? "Forum" : `Forum · ${plainWords(forum.kind)}`}</p>
<h1>${name}${sources.cite(forum.citations.nodes)}</h1>
${forum.description !== null && html`<p class="sum">${forum.description}</p>`}
${aboutForum(forum, request)}
${hasMembers && section("on-the-day", `Membership on ${dateWords(asOf)}`, listOnTheDay(forum, asOf, request))}
${hasMembers && section("memberships", "Membership over time", html`${drawMemberships(forum.acronym ?? name, memberships.nodes, today)}${memberships.nodes.length < memberships.totalCount && html`<p class="note">The chart shows ${memberships.nodes.length} of ${memberships.totalCount.toLocaleString("en")} memberships, those in the table below.</p>`}${listMembers(forum, request)}`)}
${section("chairs", "Chairs", listChairs(forum.chairs, "chair", request))}
${section("conflicts", "Conflicting sources", listConflicts([...forum.conflicts, ...memberships.nodes.flatMap(({ conflicts }) => conflicts)], request))}
${section("sessions", "Sessions", sessions.totalCount === 0 ? html`<p class="note">The record holds no sessions. There may be some that it does not know.</p>` : html`${listMeetings(sessions.nodes, request)}${showRepresentation(forum, request)}${moreOf(sessions.nodes.length, sessions.totalCount, html`<a href="${addresses.to("/meetings", { forum: slug })}">All sessions</a>`)}`)}
${!hasMembers && section("memberships", "Memberships", html`<p class="note">The record holds no memberships. There may be some that it does not know.</p>`)}
${section("sidelines", "On the sidelines", html`<p><a href="${addresses.to("/meetings", { onSidelinesOf: slug })}">Meetings on the sidelines of its sessions</a></p>${showLedger(forum.ledger, { of: forum.id }, request)}`)}
${section("happened", "Timeline", html`<p><a href="${addresses.to("/timeline", { of: forum.id })}">Memberships and sessions on one timeline</a></p>`)}
${section("shared", "Shared memberships", html`<p><a href="${addresses.to("/matrix")}">The matrix of all pairs of parties and the forums they share</a></p>`)}
${section("gaps", "Gaps in the record", showGaps(gaps, request))}`;
}

/** Parties that belong to the forum on a day, closest roles first, and those that may, with a form for another day. */
function listOnTheDay({ onTheDay, certain, chair, chairs }: Forum, asOf: string, request: PageRequest): Html {
  const { addresses } = request;
  const isCertain = new Set(certain.nodes.map(({ id }) => id));
  const byRole = groupedBy(onTheDay.nodes, ({ role }) => role);
  const chairing = [
    ...chair.holders.map((term) => chairOf(term, addresses)),
    ...chair.possibleHolders.map((term) => html`perhaps ${chairOf(term, addresses)}`),
  ];
  const chairWords = chairing.length > 0 ? joined(chairing, ", ") : chairs.length > 0 && "not known";
  const entries = ROLES.flatMap((role) => {
    const members = byRole.get(role) ?? [];
    const links = members.map(
      ({ id, party, isDisputed }) =>
        html`${!isCertain.has(id) && "perhaps "}${partyLink(party, addresses)}${isDisputed && html` <span class="tag">disputed</span>`}`,
    );
    return members.length === 0
      ? []
      : [[`${roleWords(role)} (${String(members.length)})`, joined(links, ", ")] as const];
  });
  return html`<form class="ask" action="#on-the-day"><label>Date <input type="date" name="on" value="${asOf}" required></label>${hiddenMoment(request)}<button>Show</button></form>
${entries.length === 0 ? html`<p class="note">No known members on that day. Memberships that the record does not hold may have been in force.</p>` : facts(entries)}${chairWords && facts([["Chair", chairWords]])}${moreOf(onTheDay.nodes.length, onTheDay.totalCount, html`<a href="#memberships">All memberships over time</a>`)}`;
}

function aboutForum(
  { acronym, aliases, identifiers, foundedOn, parent, children, organization }: Forum,
  { addresses }: PageRequest,
): Html {
  const link = ({ slug, name }: { readonly slug: string; readonly name: string }): Html =>
    html`<a href="${addresses.forum(slug)}">${name}</a>`;
  return facts([
    ["Acronym", acronym],
    ["Also called", aliases.join("; ")],
    [
      "Founded or first met",
      foundedOn === null ? html`<span class="unknown">no source says</span>` : timeOf(foundedOn),
    ],
    ["Part of", parent && link(parent)],
    ["Includes", children.length > 0 && joined(children.map(link), "; ")],
    ["Organization", organization && partyLink(organization, addresses)],
    ["Identifiers", listIdentifiers(identifiers)],
  ]);
}

/** Ranks of the participants at its sessions; null if no session has participants. */
function showRepresentation({ sessions }: Forum, { addresses }: PageRequest): Html | null {
  const rows = sessions.nodes.flatMap(
    ({ slug, title, on, endsOn, representation: { heads, ministers, deputies, others, unknown, expected } }) => {
      const counts = [heads, ministers, deputies, others, unknown, expected];
      return counts.every((count) => count === 0)
        ? []
        : [
            html`<tr><th scope="row"><a href="${addresses.meeting(slug)}">${title}</a><br><span class="aside">${whenOf(on, endsOn)}</span></th>${counts.map((count) => html`<td class="n">${count}</td>`)}</tr>`,
          ];
    },
  );
  const head = [
    "Session",
    ...numbers("Heads", "Ministers", "Deputies", "Others", "Office not recorded", "Announced only"),
  ];
  return rows.length === 0
    ? null
    : html`<h3>Level of representation</h3>${table({ caption: "Known seats by the participant’s office", head, rows })}`;
}

function listMembers({ slug, memberships }: Forum, request: PageRequest): Html {
  return html`${table({ caption: "The chart as a table", head: ["Party", "Role", "When"], rows: memberships.nodes.map((member) => showMember(member, request)), isStacked: true })}${listPager("memberships", memberships, `/forums/${encodeURIComponent(slug)}`, request)}`;
}

function showMember(
  { id, party, role, isDisputed, note, conflicts, citations, ...period }: Member,
  { addresses, sources }: PageRequest,
): Html {
  return html`<tr id="${id}"><th scope="row">${partyLink(party, addresses)}</th><td>${capital(roleWords(role))}${isDisputed && html` <span class="tag">disputed</span>`}</td><td>${periodOf(period)}${sources.cite(citations.nodes)}${conflicts.map((conflict) => html` <a class="aside" href="#${conflict.id}">sources disagree</a>`)}${note !== null && html`<br><span class="aside">${note}</span>`}</td></tr>`;
}
