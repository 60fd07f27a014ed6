import { personPage, type PersonPageQuery } from "../generated/pages.js";
import { agreementsOf } from "./agreements.js";
import { listChairs } from "./chairs.js";
import { readGaps, showGaps, type Coverage } from "./gaps.js";
import { html, joined, type Html } from "./html.js";
import { listIdentifiers } from "./identifiers.js";
import { ledgerWords, showLedger } from "./ledgers.js";
import { facts, listMeetings, moreOf, partyLink, section } from "./lists.js";
import type { Export, PageResult, PageRequest } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { listStatements } from "./statements.js";
import type { TopicName } from "./topics.js";
import { visitDays, visitMark } from "./visits.js";
import { capital, counted, periodOf, placeWords, plainWords, timeOf } from "./words.js";

type Person = NonNullable<PersonPageQuery["person"]>;
type Visit = Person["visits"]["nodes"][number];

/** A person: offices, visits with their ledgers, meetings and statements. */
export async function answerPerson(request: PageRequest): Promise<PageResult> {
  const { name: slug, ask, addresses } = request;
  const { person, topics } = await ask(personPage, {
    slug,
    visits: cursorIn(request, "visits"),
    statements: cursorIn(request, "statements"),
    knownAt: addresses.knownAt,
  });
  if (!person) return { kind: "missing", what: "person", words: slug };
  if (person.slug !== slug) return { kind: "moved", to: addresses.person(person.slug), isPermanent: true };
  const { name, tenures, meetings } = person;
  const offices = [...new Set(tenures.map(({ office }) => `${office.title} of ${office.party.name}`))];
  return {
    kind: "page",
    record: person.id,
    title: name,
    description: `${name}${offices.length > 0 ? `, ${offices.slice(0, 2).join(", ")}` : ""}: ${counted(meetings.totalCount, "meeting")} in the record of defence diplomacy, with visits, statements and sources.`,
    canonical: `/persons/${encodeURIComponent(slug)}`,
    section: "/persons",
    exports: exportsOf("persons", "person", slug, request),
    main: showPerson(person, topics, await readGaps(request, person.id), request),
  };
}

/** The downloads for the meetings of a person or party. */
export function exportsOf(
  folder: "persons" | "states" | "organizations",
  parameter: string,
  name: string,
  { addresses }: PageRequest,
): Export[] {
  return [
    {
      label: "Calendar (iCalendar)",
      type: "text/calendar",
      address: addresses.to(`/${folder}/${encodeURIComponent(name)}.ics`),
    },
    { label: "Table (CSV)", type: "text/csv", address: addresses.to("/meetings.csv", { [parameter]: name }) },
    {
      label: "Linked data (JSON-LD)",
      type: "application/ld+json",
      address: addresses.to("/meetings.jsonld", { [parameter]: name }),
    },
  ];
}

function showPerson(person: Person, topics: readonly TopicName[], gaps: Coverage, request: PageRequest): Html {
  const { addresses, sources } = request;
  const { id, slug, meetings, visits, statements } = person;
  const path = `/persons/${encodeURIComponent(slug)}`;
  return html`<p class="kind">Person</p>
<h1>${person.name}${sources.cite(person.citations.nodes)}</h1>
${aboutPerson(person, request)}
${section("offices", "Offices", listTenures(person, request))}
${section("chairs", "Chairs of forums", listChairs(person.chairs, "forum", request))}
${section("visits", "Visits", visits.totalCount === 0 ? null : html`${visits.nodes.map((visit) => showVisit(visit, request))}${listPager("visits", visits, path, request)}`)}
${section("meetings", "Meetings", meetings.totalCount === 0 ? html`<p class="note">The record holds no meetings. There may be some that it does not know.</p>` : html`${listMeetings(meetings.nodes, request)}${moreOf(meetings.nodes.length, meetings.totalCount, html`<a href="${addresses.to("/meetings", { person: slug })}">All meetings</a>`)}`)}
${section("agreements", "Agreements signed or witnessed", agreementsOf(person.agreements, { person: slug }, request))}
${section("happened", "Timeline", html`<p><a href="${addresses.to("/timeline", { of: id })}">Terms of office, visits and meetings on one timeline</a></p>`)}
${section("statements", "Statements", statements.totalCount === 0 ? null : html`${listStatements(statements.nodes, topics, request)}${listPager("statements", statements, path, request)}`)}
${section("gaps", "Gaps in the record", showGaps(gaps, request))}`;
}

function aboutPerson({ name, names, nameOrder, state, identifiers }: Person, { addresses }: PageRequest): Html {
  const others = names.filter(({ text }) => text !== name);
  return facts([
    ["Represents", state && partyLink(state, addresses)],
    ["Name order", nameOrder === null ? null : nameOrder === "FAMILY_FIRST" ? "family name first" : "given name first"],
    [
      "Other spellings",
      others.length > 0 &&
        joined(
          others.map(
            ({ text, language }) => html`<span${language !== null && html` lang="${language}"`}>${text}</span>`,
          ),
          "; ",
        ),
    ],
    ["Identifiers", listIdentifiers(identifiers)],
  ]);
}

function listTenures({ tenures }: Person, { addresses, sources }: PageRequest): Html {
  if (tenures.length === 0) return html`<p class="note">The record holds no offices.</p>`;
  const rows = tenures.map(
    ({ id, office, note, citations, ...period }) =>
      html`<li id="${id}"><p><a href="${addresses.party(office.party, office.id)}">${office.title}</a>, ${office.party.name}${sources.cite(citations.nodes)}</p><p class="aside">${periodOf(period)}${note !== null && `. ${note}`}</p></li>`,
  );
  return html`<ul class="rows">${rows}</ul>`;
}

function showVisit(visit: Visit, request: PageRequest): Html {
  const { id, place, purpose, status, claims, reports, ledger, citations } = visit;
  return html`<div id="${id}"><h3>${placeWords(place) ?? "Place unknown"}${visitMark(status)}</h3>
<p>${visitDays(visit) ?? html`<span class="unknown">days unknown</span>`}${purpose !== null && html`. ${purpose}`}${request.sources.cite(citations.nodes)}</p>
${listVisitReports(reports, request)}${listVisitClaims(claims, request)}
${showLedger(ledger, { of: id }, request) ?? html`<p class="aside">${ledgerWords(ledger)}</p>`}</div>`;
}

function listVisitClaims(claims: Visit["claims"], { sources }: PageRequest): Html | null {
  if (claims.length === 0) return null;
  const rows = claims.map(({ id, since, words, citation }) => {
    const start = since === null ? html` ever` : html` since ${timeOf(since)}`;
    return html`<li id="${id}">Said to be the first visit${words === null ? start : html` ${words}`}: ${citation.document.publisher}${sources.cite([citation])}</li>`;
  });
  return html`<ul class="aside">${rows}</ul>`;
}

function listVisitReports(reports: Visit["reports"], { sources }: PageRequest): Html | null {
  if (reports.length === 0) return null;
  const rows = reports.map(
    ({ id, status, reportedOn, citation }) =>
      html`<li id="${id}">${capital(plainWords(status))}${reportedOn !== null && html`, reported on ${timeOf(reportedOn)}`}: ${citation.document.publisher}${sources.cite([citation])}</li>`,
  );
  return html`<ul class="aside">${rows}</ul>`;
}
