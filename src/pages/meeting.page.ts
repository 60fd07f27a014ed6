import { isExactDay } from "../lib/partial-dates.js";
import { meetingPage, type MeetingPageQuery, type OfficeCheckVerdict } from "../generated/pages.js";
import { agreementsOf } from "./agreements.js";
import type { Addresses } from "./addresses.js";
import { listCommitments } from "./commitments.js";
import { listClaims, listConflicts } from "./disputes.js";
import { citingOf } from "./citing.js";
import { html, joined, type Html } from "./html.js";
import { showLedger } from "./ledgers.js";
import { facts, listMeetings, meetingLink, partyLink, section, table } from "./lists.js";
import type { PageResult, PageRequest } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { listStatements } from "./statements.js";
import { topicLinks, type TopicName } from "./topics.js";
import {
  capital,
  counted,
  statusMark,
  meetingStatusWords,
  formatWords,
  kindWords,
  placeWords,
  plainWords,
  statusWords,
  timeOf,
  whenOf,
  whenWords,
} from "./words.js";

type Meeting = NonNullable<MeetingPageQuery["meeting"]>;
type Seat = Meeting["participants"]["nodes"][number];

/** A meeting: participants, status reports, statements, commitments and claims. */
export async function answerMeeting(request: PageRequest): Promise<PageResult> {
  const { name, ask, addresses } = request;
  const [seats, statements, commitments, sidelines] = ["seats", "statements", "commitments", "sidelines"].map((list) =>
    cursorIn(request, list),
  );
  const { meeting, topics } = await ask(meetingPage, {
    slug: name,
    seats,
    statements,
    commitments,
    sidelines,
    knownAt: addresses.knownAt,
  });
  if (!meeting) return { kind: "missing", what: "meeting", words: name };
  const { slug, title } = meeting;
  if (slug !== name) return { kind: "moved", to: addresses.meeting(slug), isPermanent: true };
  const linked = addresses.to(`${pathOf(meeting)}.jsonld`);
  return {
    kind: "page",
    record: meeting.id,
    title,
    description: `${title}: ${whenText(meeting)}${placeWords(meeting.place) ? `, ${placeWords(meeting.place)}` : ""}; ${meetingStatusWords(meeting, request.today)}. Participants, statements and commitments, with sources.`,
    canonical: pathOf(meeting),
    section: "/meetings",
    exports: [
      { label: "This meeting as linked data (JSON-LD)", type: "application/ld+json", address: linked },
      ...citingOf(pathOf(meeting), "this meeting", addresses),
    ],
    main: showMeeting(meeting, topics, request),
  };
}

function pathOf({ slug }: Meeting): string {
  return `/meetings/${encodeURIComponent(slug)}`;
}

function whenText({ on, endsOn }: Meeting): string {
  if (on === null) return "day unknown";
  return endsOn === null || endsOn === on ? whenWords(on) : `from ${on} to ${endsOn}`;
}

function showMeeting(meeting: Meeting, topics: readonly TopicName[], request: PageRequest): Html {
  const { sources, today } = request;
  const { sidelineMeetings } = meeting;
  const path = pathOf(meeting);
  return html`<p class="kind">${kindWords(meeting.kind)}</p>
<h1>${meeting.title}</h1>
<p class="sum">${statusMark(meeting, today)} · ${whenOf(meeting.on, meeting.endsOn)}${sources.cite(meeting.citations.nodes)}</p>
${aboutMeeting(meeting, topics, request)}
${section("seats", "Participants", listSeats(meeting, request))}
${section("reports", "Status reports", listReports(meeting, request))}
${section("statements", "Statements", meeting.statements.totalCount === 0 ? null : html`${listStatements(meeting.statements.nodes, topics, request)}${listPager("statements", meeting.statements, path, request)}`)}
${section("commitments", "Commitments", meeting.commitments.totalCount === 0 ? null : html`${listCommitments(meeting.commitments.nodes, request)}${listPager("commitments", meeting.commitments, path, request)}`)}
${section("agreements", "Agreements", agreementsOf(meeting.agreements, { meeting: meeting.slug }, request))}
${section("claims", "“The first meeting since …”", listClaims(meeting.firstSinceClaims, request))}
${section("conflicts", "Conflicting sources", listConflicts(meeting.conflicts, request))}
${section("sidelines", "On the sidelines", sidelineMeetings.totalCount === 0 ? null : html`${listMeetings(sidelineMeetings.nodes, request)}${listPager("sidelines", sidelineMeetings, path, request)}`)}
${section("ledger", "Announcements and outcomes on the sidelines", showLedger(meeting.ledger, { of: meeting.id }, request))}
${section("pairs", "Pairs of these parties", listPairs(meeting, request))}`;
}

function aboutMeeting(meeting: Meeting, topics: readonly TopicName[], request: PageRequest): Html {
  const { addresses } = request;
  const { kind, on, place, forum, ordinal, sidelinesOf, format, startTime, durationMinutes, venue, purpose, note } =
    meeting;
  const country = place?.country;
  return facts([
    [
      "Date",
      on === null
        ? html`<span class="unknown">no source gives it</span>`
        : html`${whenOf(on, meeting.endsOn)}${!isExactDay(on) && html` <span class="aside">(no source gives the exact day)</span>`}${place?.timeZone != null && html` <span class="aside">in local time (${place.timeZone})</span>`}`,
    ],
    [
      "Place",
      place &&
        joined(
          [
            place.city,
            country && html`<a href="${addresses.party({ __typename: "State", ...country })}">${country.name}</a>`,
          ],
          ", ",
        ),
    ],
    ["Start", startTime === null ? null : /^\d/.test(startTime) ? `${startTime}, local time` : plainWords(startTime)],
    ["Duration", durationMinutes === null ? null : durationWords(durationMinutes)],
    ["Venue", venue],
    ["Format", format === null ? html`<span class="unknown">no source says</span>` : formatWords(format)],
    [
      kind === "SESSION" ? "Session of" : "Sitting of",
      forum &&
        html`<a href="${addresses.forum(forum.slug)}">${forum.name}</a>${ordinal !== null && `, number ${ordinal}`}`,
    ],
    [
      "On the sidelines of",
      sidelinesOf && html`<a href="${addresses.meeting(sidelinesOf.slug)}">${sidelinesOf.title}</a>`,
    ],
    ["Related meetings", listRelations(meeting, addresses)],
    ["Topics", topicLinks(meeting.topics, topics, "/meetings", request)],
    ["Purpose", purpose],
    ["Note", note],
  ]);
}

function listRelations({ relations, relatedFrom }: Meeting, addresses: Addresses): Html | null {
  const named = [
    ...relations.map(
      ({ kind, other }) =>
        html`${kind === "PREPARATORY" ? "prepared" : "followed up"} ${meetingLink(other, addresses)}`,
    ),
    ...relatedFrom.map(
      ({ kind, meeting }) =>
        html`${kind === "PREPARATORY" ? "prepared by" : "followed up by"} ${meetingLink(meeting, addresses)}`,
    ),
  ];
  return named.length === 0 ? null : joined(named, "; ");
}

function durationWords(minutes: number): string {
  if (minutes < 60) return counted(minutes, "minute");
  const rest = minutes % 60;
  return `${counted(Math.floor(minutes / 60), "hour")}${rest === 0 ? "" : ` and ${counted(rest, "minute")}`}`;
}

/** Labels of whether a participant held the named office, according to the tenures in the record. */
const IN_OFFICE: Readonly<Record<OfficeCheckVerdict, string>> = {
  IN_OFFICE: "in office on that day, according to the record",
  NOT_IN_OFFICE: "not in office on that day, according to the record",
  UNKNOWN: "unknown whether in office on that day",
};

function listSeats(meeting: Meeting, request: PageRequest): Html {
  const { participants } = meeting;
  if (participants.totalCount === 0) return html`<p class="note">No source names participants.</p>`;
  return html`${table({ caption: "Seats at the meeting", head: ["Party", "Person", "Office on the day", "Role"], rows: participants.nodes.map((seat) => showSeat(seat, meeting.status, request)), isStacked: true })}${listPager("seats", participants, pathOf(meeting), request)}`;
}

/** Labels of seats at a meeting that did not take place, including seats that a source confirms. */
const NOT_TAKEN: Partial<Readonly<Record<Meeting["status"], string>>> = {
  EXPECTED: "expected",
  POSTPONED: "postponed",
  CANCELLED: "cancelled",
  DECLINED: "declined",
  CALLED_OFF: "called off",
};

function showSeat(seat: Seat, status: Meeting["status"], { addresses, sources }: PageRequest): Html {
  const { id, party, role, isExpected, attendance, seatPlace, inOffice, note, citations } = seat;
  const mark = attendance ? plainWords(attendance) : (NOT_TAKEN[status] ?? (isExpected ? "expected" : null));
  return html`<tr id="${id}"><th scope="row">${partyLink(party, addresses)}${seatPlace && html`<br><span class="aside">in ${placeWords(seatPlace)}</span>`}</th>
<td>${sitterWords(seat, addresses)}${sources.cite(citations.nodes)}</td>
<td>${officeWords(seat)}${inOffice && html`<br><span class="aside">${IN_OFFICE[inOffice.verdict]}</span>`}</td>
<td>${capital(plainWords(role))}${mark !== null && html` <span class="tag">${mark}</span>`}${note !== null && html`<br><span class="aside">${note}</span>`}</td></tr>`;
}

/** The person with the title of the day, or the group, and the person or office stood in for. */
function sitterWords(seat: Seat, addresses: Addresses): Html {
  const { person, honorific, group, groupSize, representedPerson, representedOffice } = seat;
  const sitter = person
    ? html`${honorific !== null && `${honorific} `}<a href="${addresses.person(person.slug)}">${person.name}</a>`
    : group === null
      ? html`<span class="unknown">not named</span>`
      : html`${group}${groupSize !== null && html` <span class="aside">(${groupSize})</span>`}`;
  const stoodInFor = [
    ...(representedPerson
      ? [html`<a href="${addresses.person(representedPerson.slug)}">${representedPerson.name}</a>`]
      : []),
    ...(representedOffice ? [html`${representedOffice.title}`] : []),
  ];
  return stoodInFor.length === 0
    ? sitter
    : html`${sitter}<br><span class="aside">for ${joined(stoodInFor, ", ")}</span>`;
}

function officeWords({ office, otherOffices, acting }: Seat): Html {
  const titles = [...(office ? [office] : []), ...otherOffices].map(({ title }) => title);
  if (titles.length === 0) return html`<span class="unknown">not known</span>`;
  return html`${titles.join(", ")}${acting && html` <span class="tag">acting</span>`}`;
}

function listReports({ statusReports }: Meeting, { sources }: PageRequest): Html {
  if (statusReports.length === 0) return html`<p class="note">No source in the record says whether it took place.</p>`;
  const rows = statusReports.map(
    ({ id, status, reportedOn, citation }) =>
      html`<tr id="${id}"><td>${reportedOn === null ? html`<span class="unknown">day unknown</span>` : timeOf(reportedOn)}</td><td><span class="status status-${status.toLowerCase()}">${statusWords(status)}</span></td><td>${citation.document.publisher}${citation.attributedTo !== null && `, citing ${citation.attributedTo}`}${sources.cite([citation])}</td></tr>`,
  );
  return table({ caption: "Reports, earliest first", head: ["Date", "Status", "Source"], rows });
}

/** Maximum number of parties for which all pairs are linked. */
const MOST_PARTIES = 4;

function listPairs({ participants }: Meeting, { addresses }: PageRequest): Html | null {
  const parties = [...new Map(participants.nodes.map(({ party }) => [party.code, party])).values()];
  if (parties.length < 2 || parties.length > MOST_PARTIES) return null;
  const pairs = parties.flatMap((one, index) =>
    parties
      .slice(index + 1)
      .map(
        (other) =>
          html`<li><a href="${addresses.pair(one.code, other.code)}">${one.name} and ${other.name}: all meetings and claims</a></li>`,
      ),
  );
  return html`<ul class="rows">${pairs}</ul>`;
}
