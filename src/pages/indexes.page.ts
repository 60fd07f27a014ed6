import { claimsPage, conflictsPage, documentsPage, forumsPage, milestonesPage, personsPage, statesPage, type ConflictsPageQuery, type ConflictSubjectKind, type DocumentKind } from "../generated/pages.js";
import { fieldWords, listClaims, showConflict } from "./disputes.js";
import { html, inLanguage, joined, type Content, type Html } from "./html.js";
import { partyLink, partyLinks } from "./lists.js";
import { choiceIn, choose } from "./choices.js";
import type { Found, PageRequest } from "./page.js";
import { pagesOf, pageIn, type Connected } from "./paging.js";
import { byCodes, partyWords } from "./parties.js";
import { capital, counted, languageWords, plainWords, roleWords, timeOf, whenOf } from "./words.js";

/** What an index is called, and what it says about itself. */
interface Index {
  readonly path: string;
  readonly title: string;
  readonly lede: string;
  readonly noun: readonly [one: string, several: string];
}

/** A page of an index: how many there are, the entries, and the way to the pages before and after. */
function indexPage<T>({ path, title, lede, noun }: Index, { totalCount, nodes, pageInfo }: Connected<T>, request: PageRequest, show: (entry: T) => Html, above: Content = null, kept: Readonly<Record<string, string | readonly string[] | undefined>> = {}): Found {
  return {
    kind: "page",
    title,
    description: `${lede} ${capital(counted(totalCount, ...noun))} in the record.`,
    canonical: path,
    shelf: path,
    main: html`<h1>${title}</h1><p class="lede">${lede}</p>${above}
<p class="note">${counted(totalCount, ...noun)}.</p>
<ul class="rows">${nodes.map(show)}</ul>${pagesOf(path, pageInfo, request, kept)}`,
  };
}

/** The persons of the record, by name. */
export async function answerPersons(request: PageRequest): Promise<Found> {
  const { persons } = await request.ask(personsPage, pageIn(request));
  const index = { path: "/persons", title: "Persons", lede: "Who sat at the table, with offices, journeys and words.", noun: ["person", "persons"] } as const;
  return indexPage(index, persons, request, ({ slug, name, state, tenures }) => {
    const office = tenures.find(({ hasEnded }) => hasEnded !== true) ?? tenures[0];
    const about = [state?.name, office && `${office.hasEnded === true ? "formerly " : ""}${office.office.title}`];
    return html`<li><p><a href="${request.addresses.person(slug)}">${name}</a></p><p class="aside">${joined(about, ", ")}</p></li>`;
  });
}

/** The states of the record, by name. */
export async function answerStates(request: PageRequest): Promise<Found> {
  const { states } = await request.ask(statesPage, pageIn(request));
  const index = { path: "/states", title: "States", lede: "With their roles in forums, their offices and who held them, and their meetings.", noun: ["state", "states"] } as const;
  return indexPage(index, states, request, (state) => html`<li><p>${partyLink(state, request.addresses)} <span class="aside">${state.code}${state.officialName !== null && state.officialName !== state.name && ` · ${state.officialName}`}</span></p></li>`);
}

/** The forums of the record, by name, with the organizations that some of them are. */
export async function answerForums(request: PageRequest): Promise<Found> {
  const { addresses, query } = request;
  // From the first page, which asks for a forum and a day.
  const [forum, on] = [query.get("forum"), query.get("on") || undefined];
  if (forum) return { kind: "moved", to: `${addresses.to(`/forums/${encodeURIComponent(forum)}`, { on })}#on-the-day` };
  const { forums } = await request.ask(forumsPage, pageIn(request));
  const index = { path: "/forums", title: "Forums", lede: "Who belonged to what as what on which day, and what was held on the sidelines.", noun: ["forum", "forums"] } as const;
  return indexPage(index, forums, request, ({ slug, name, acronym, kind, foundedOn, organization }) => {
    const about = [acronym !== name && acronym, kind && plainWords(kind), foundedOn !== null && html`since ${timeOf(foundedOn)}`, organization && html`as an organization: ${partyLink(organization, addresses)}`];
    return html`<li><p><a href="${addresses.forum(slug)}">${name}</a></p><p class="aside">${joined(about, " · ")}</p></li>`;
  });
}

const DOCUMENT_KINDS: readonly DocumentKind[] = ["NEWS_REPORT", "READOUT", "JOINT_STATEMENT", "OFFICIAL_PAGE", "REFERENCE"];

/** The sources of the record, latest first; by kind and publisher, if that is asked for. */
export async function answerDocuments(request: PageRequest): Promise<Found> {
  const { query, addresses } = request;
  const kept = { kind: query.get("kind") || undefined, publisher: query.get("publisher") || undefined };
  const kind = choiceIn(query, "kind", DOCUMENT_KINDS);
  const { documents } = await request.ask(documentsPage, { ...pageIn(request), filter: { kind: kind ?? null, publisher: kept.publisher ?? null } });
  const index = { path: "/documents", title: "Sources", lede: "Every document, and what the record takes from it.", noun: ["source", "sources"] } as const;
  const form = html`<form class="ask" action="/documents">${choose("kind", "Kind", DOCUMENT_KINDS, kind, plainWords)}<label>Publisher <input name="publisher" value="${kept.publisher}" maxlength="200"></label>${hiddenMoment(request)}<button>Show</button></form>`;
  const show = ({ id, title, titleIsOurs, language, publisher, agency, publishedOn, kind: of, sha256 }: (typeof documents.nodes)[number]): Html => {
    const about = [publisher, agency, plainWords(of), !/^en/i.test(language) && languageWords(language), sha256 !== null && html`<span class="tag">with its text</span>`];
    return html`<li><span class="when">${publishedOn === null ? html`<span class="unknown">undated</span>` : timeOf(publishedOn)}</span><div><p><a href="${addresses.document(id)}"${inLanguage(titleIsOurs ? null : language)}>${title}</a></p><p class="aside">${joined(about, " · ")}</p></div></li>`;
  };
  return indexPage(index, documents, request, show, form, kept);
}

/** A field of a form that keeps the moment as of which the record is read. */
export function hiddenMoment({ addresses: { knownAt } }: PageRequest): Html | null {
  return knownAt === undefined ? null : html`<input type="hidden" name="knownAt" value="${knownAt}">`;
}

/** Where sources contradict each other, both sides, and which one the record follows. */
export async function answerConflicts(request: PageRequest): Promise<Found> {
  const asked = conflictFilterIn(request.query);
  const filter = { subject: asked.subject ?? null, isOpen: asked.open === undefined ? null : asked.open === "yes", field: asked.field ?? null, about: asked.about ?? null };
  const { conflicts } = await request.ask(conflictsPage, { ...pageIn(request, 30), filter });
  const index = { path: "/conflicts", title: "Conflicts", lede: "Where sources contradict each other: what each says, which one the record follows, and why.", noun: ["contradiction", "contradictions"] } as const;
  return indexPage(index, conflicts, request, (conflict) => html`<li><h2>${conflictSubject(conflict.subject, request)}</h2>${showConflict(conflict, request)}</li>`, askForConflicts(asked, request), asked);
}

/** What narrows the list of contradictions, as an address says it. */
interface ConflictsAsked extends Readonly<Record<string, string | undefined>> {
  readonly subject: ConflictSubjectKind | undefined;
  readonly open: "yes" | "no" | undefined;
  readonly field: string | undefined;
  readonly about: string | undefined;
}

const CONFLICT_SUBJECTS: readonly ConflictSubjectKind[] = ["MEETING", "MEMBERSHIP", "FORUM"];
/** What sources contradict each other about most; `field` takes any other as well. */
const CONFLICT_FIELDS = ["on", "place", "status", "since", "until", "role"];

/** @throws AddressError for a kind of record or an answer that there is not. */
function conflictFilterIn(query: URLSearchParams): ConflictsAsked {
  const [subject, open] = [choiceIn(query, "subject", CONFLICT_SUBJECTS), choiceIn(query, "open", ["yes", "no"] as const)];
  return { subject, open, field: query.get("field") || undefined, about: query.get("about") || undefined };
}

function askForConflicts({ subject, open, field, about }: ConflictsAsked, request: PageRequest): Html {
  const fields = field === undefined || CONFLICT_FIELDS.includes(field) ? CONFLICT_FIELDS : [...CONFLICT_FIELDS, field];
  return html`<form class="ask" action="/conflicts">${choose("subject", "Of", CONFLICT_SUBJECTS, subject, (one) => (`${plainWords(one)}s`))}${choose("field", "About", fields, field, fieldWords)}${choose("open", "State", ["yes", "no"] as const, open, (one) => (one === "yes" ? "still open" : "the record follows one side"))}
${about !== undefined && html`<input type="hidden" name="about" value="${about}">`}${hiddenMoment(request)}<button>Show</button></form>
${about !== undefined && html`<p class="note">Only those about <a href="${request.addresses.record(about)}">one record</a>. <a href="${request.addresses.to("/conflicts")}">All contradictions</a></p>`}`;
}

type ConflictSubject = ConflictsPageQuery["conflicts"]["nodes"][number]["subject"];

function conflictSubject(subject: ConflictSubject, { addresses }: PageRequest): Html {
  if (subject.__typename === "Meeting") return html`<a href="${addresses.meeting(subject.slug)}">${subject.title}</a>`;
  if (subject.__typename === "Forum") return html`<a href="${addresses.forum(subject.slug)}">${subject.name}</a>`;
  return html`<a href="${addresses.forum(subject.forum.slug, subject.id)}">${subject.party.name}, ${roleWords(subject.membershipRole).toLowerCase()} of ${subject.forum.name}</a>`;
}

/** What sources claim to be the first meeting since something, beside what the record computes. */
export async function answerClaims(request: PageRequest): Promise<Found> {
  const party = partyWords(request.query.getAll("party"));
  const { firstSinceClaims } = await request.ask(claimsPage, { ...pageIn(request, 30), parties: party.length > 0 ? party : null });
  const elsewhere = party.length > 0 && firstSinceClaims.totalCount === 0 ? await byCodes(party, request) : undefined;
  if (elsewhere) return elsewhere;
  const index = { path: "/claims", title: "“The first meeting since …”", lede: "What sources claim, beside what the record computes at the time of asking.", noun: ["claim", "claims"] } as const;
  const form = html`<form class="ask" action="/claims"><label>About meetings of <input name="party" value="${party.join(", ")}" size="14" maxlength="200" placeholder="IND, CHN"></label>${hiddenMoment(request)}<button>Show</button></form>`;
  return indexPage(index, firstSinceClaims, request, (claim) => html`<li>${listClaims([claim], request)}</li>`, form, { party });
}

/** Dated happenings that meetings are measured against, latest first. */
export async function answerMilestones(request: PageRequest): Promise<Found> {
  const { addresses, sources } = request;
  const { milestones } = await request.ask(milestonesPage, pageIn(request));
  const index = { path: "/milestones", title: "Milestones", lede: "Dated happenings that meetings are measured against.", noun: ["milestone", "milestones"] } as const;
  return indexPage(
    index,
    milestones,
    request,
    ({ id, label, on, note, parties, citations }) =>
      html`<li id="${id}"><span class="when">${whenOf(on)}</span><div><p>${label}${sources.cite(citations.nodes)}</p><p class="aside">${joined([parties.length > 0 && partyLinks(parties, addresses), note], " · ")}</p></div></li>`,
  );
}
