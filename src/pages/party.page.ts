import { partyPage, type PartyPageQuery } from "../generated/pages.js";
import { activitiesOf } from "./activities.js";
import { agreementsOf } from "./agreements.js";
import { listChairs } from "./chairs.js";
import { readGaps, showGaps, type Coverage } from "./gaps.js";
import { html, joined, type Html } from "./html.js";
import { listIdentifiers } from "./identifiers.js";
import { showLedger } from "./ledgers.js";
import { facts, listMeetings, moreOf, section, table } from "./lists.js";
import type { PageResult, PageRequest } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { exportsOf } from "./person.page.js";
import { capital, counted, periodOf, plainWords, roleWords, timeOf } from "./words.js";

type Party = NonNullable<PartyPageQuery["party"]>;
type Office = Party["offices"][number];

/** A state or organization: names, memberships, offices with their holders, and meetings. */
export async function answerParty(request: PageRequest): Promise<PageResult> {
  const { name: code, ask, addresses } = request;
  const { party } = await ask(partyPage, {
    code,
    memberships: cursorIn(request, "memberships"),
    knownAt: addresses.knownAt,
  });
  if (!party) return { kind: "missing", what: "state or organization", words: code };
  return {
    kind: "page",
    record: party.id,
    title: party.name,
    description: `${party.name} in the record of defence diplomacy: ${counted(party.memberships.totalCount, "role")} in forums, ${counted(party.meetings.totalCount, "meeting")}, offices and their holders.`,
    canonical: pathOf(party),
    section: "/states",
    exports: exportsOf(folderOf(party), "party", party.code, request),
    main: showParty(party, await readGaps(request, party.id), request),
  };
}

function folderOf({ __typename }: Party): "states" | "organizations" {
  return __typename === "State" ? "states" : "organizations";
}

function pathOf(party: Party): string {
  return `/${folderOf(party)}/${encodeURIComponent(party.code)}`;
}

/** The page under the address of one kind. Parties of the other kind and merged ones redirect. */
export function answerPartyOf(kind: "State" | "Organization"): (request: PageRequest) => Promise<PageResult> {
  return async (request) => {
    // Codes of states are upper case; lower case is accepted as well.
    if (kind === "State" && /^[A-Za-z]{3}$/.test(request.name) && /[a-z]/.test(request.name))
      return {
        kind: "moved",
        to: request.addresses.party({ __typename: kind, code: request.name.toUpperCase(), name: "" }),
      };
    const found = await answerParty(request);
    const own = `/${kind === "State" ? "states" : "organizations"}/${encodeURIComponent(request.name)}`;
    return found.kind === "page" && found.canonical !== own
      ? { kind: "moved", to: request.addresses.to(found.canonical), isPermanent: true }
      : found;
  };
}

function showParty(party: Party, gaps: Coverage, request: PageRequest): Html {
  const { addresses, sources } = request;
  const { code, meetings } = party;
  return html`<p class="kind">${party.__typename}</p>
<h1>${party.name}${sources.cite(party.citations.nodes)}</h1>
${aboutParty(party)}
${section("memberships", "Roles in forums", listMemberships(party, request))}
${section("chairs", "Chairs of forums", listChairs(party.chairs, "forum", request))}
${section("offices", "Offices and their holders", party.offices.length === 0 ? null : html`${party.offices.map((office) => showOffice(office, request))}<p><a href="${addresses.to("/offices")}">All office holders on a day</a></p>`)}
${section("meetings", "Meetings", meetings.totalCount === 0 ? html`<p class="note">The record holds no meetings. There may be some that it does not know.</p>` : html`${listMeetings(meetings.nodes, request)}${moreOf(meetings.nodes.length, meetings.totalCount, html`<a href="${addresses.to("/meetings", { party: code })}">All meetings</a>`)}`)}
${section("agreements", "Agreements", agreementsOf(party.agreements, { party: code }, request))}
${section("activities", "Activities", activitiesOf(party.activities, { party: code }, request))}
${section("happened", "Timeline", html`<p><a href="${addresses.to("/timeline", { of: party.id })}">Terms of office, memberships and meetings on one timeline</a></p>`)}
${section("ledger", "Announcements and outcomes", showLedger(party.ledger, { of: party.id }, request))}
${section("gaps", "Gaps in the record", showGaps(gaps, request))}
<section aria-labelledby="with"><h2 id="with">Meetings with another party</h2><form class="ask" action="/pairs"><input type="hidden" name="one" value="${code}"><label>Other party <input name="other" required maxlength="100" placeholder="China"></label><button>When did they meet?</button></form></section>`;
}

/** The names of schemes that are not ordinary words. */
function aboutParty(party: Party): Html {
  const { code, officialName, names, identifiers } = party;
  const others = names.filter(({ text }) => text !== party.name && text !== officialName);
  const iso = "alpha2" in party && party.alpha2 !== null ? [`ISO 3166-1 ${party.alpha2}`] : [];
  return facts([
    ["Official name", officialName],
    ["Code", html`<code>${code}</code>`],
    ["Other codes", listIdentifiers(identifiers, ...iso)],
    ["Also called", listNames(others.filter(isEnglish))],
    ["In other languages", listNames(others.filter((name) => !isEnglish(name)))],
  ]);
}

function isEnglish({ language }: Party["names"][number]): boolean {
  return language === null || language === "en";
}

function listNames(names: Party["names"]): Html {
  return joined(
    names.map(
      ({ text, kind, language }) =>
        html`<bdi${language !== null && html` lang="${language}"`}>${text}</bdi>${kind === "DEMONYM" && " (adjective)"}`,
    ),
    "; ",
  );
}

function listMemberships(party: Party, request: PageRequest): Html {
  const { addresses, sources } = request;
  const { memberships } = party;
  if (memberships.totalCount === 0) return html`<p class="note">The record holds no memberships.</p>`;
  const rows = memberships.nodes.map(
    ({ id, role, isDisputed, note, forum, conflicts, citations, ...period }) =>
      html`<tr><th scope="row"><a href="${addresses.forum(forum.slug, id)}">${forum.acronym ?? forum.name}</a></th><td>${roleWords(role)}${isDisputed && html` <span class="tag">disputed</span>`}</td><td>${periodOf(period)}${sources.cite(citations.nodes)}${conflicts.length > 0 && html` <a class="aside" href="${addresses.forum(forum.slug, conflicts[0]?.id)}">sources disagree</a>`}${note !== null && html`<br><span class="aside">${note}</span>`}</td></tr>`,
  );
  return html`${table({ caption: "Memberships and other roles", head: ["Forum", "Role", "When"], rows, isStacked: true })}${listPager("memberships", memberships, pathOf(party), request)}`;
}

function showOffice({ id, title, kind, tenures, vacancies }: Office, { addresses, sources }: PageRequest): Html {
  const rows = tenures.map(
    ({ id: tenure, person, note, citations, ...period }) =>
      html`<tr id="${tenure}"><th scope="row"><a href="${addresses.person(person.slug)}">${person.name}</a></th><td>${periodOf(period)}${sources.cite(citations.nodes)}${note !== null && html`<br><span class="aside">${note}</span>`}</td></tr>`,
  );
  return html`<div id="${id}"><h3>${title}</h3>${plainWords(kind) !== title.toLowerCase() && html`<p class="aside">${capital(plainWords(kind))}</p>`}
${rows.length === 0 ? html`<p class="note">No known holders.</p>` : table({ caption: `Holders of the office of ${title}, latest first; a gap is a vacancy or unknown`, head: ["Person", "When"], rows })}${vacancies.length > 0 && html`<p class="note">No known holder ${joined(vacancies.map(vacancyOf), "; ")}: the office was vacant, or the record lacks the holder.</p>`}</div>`;
}

function vacancyOf({ from, to, isCertain }: Office["vacancies"][number]): Html {
  return html`from ${timeOf(from)}${to === null ? " onwards" : html` until ${timeOf(to)}`}${!isCertain && " (the dates are not exact enough to be certain)"}`;
}
