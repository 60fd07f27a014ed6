import {
  claimsPage,
  conflictsPage,
  documentsPage,
  forumsPage,
  milestonesPage,
  personsPage,
  statesPage,
  type ConflictsPageQuery,
  type ConflictSubjectKind,
  type DocumentKind,
} from "../generated/pages.js";
import { nameConflicted } from "./subjects.js";
import { fieldWords, listClaims, showConflict } from "./disputes.js";
import { html, inLanguage, joined, type Content, type Html } from "./html.js";
import { partyLink, partyLinks } from "./lists.js";
import { choiceIn, choose } from "./choices.js";
import type { PageResult, PageRequest } from "./page.js";
import { pager, pageIn, type Connected } from "./paging.js";
import { redirectToCodes, partyWords } from "./parties.js";
import { capital, counted, languageWords, plainWords, roleWords, timeOf, whenOf } from "./words.js";

/** Texts of an index. */
interface Index {
  readonly path: string;
  readonly title: string;
  readonly lede: string;
  readonly noun: readonly [one: string, several: string];
}

/** A page of an index, with the total and links to the previous and next pages. */
function indexPage<T>(
  { path, title, lede, noun }: Index,
  { totalCount, nodes, pageInfo }: Connected<T>,
  request: PageRequest,
  show: (entry: T) => Html,
  above: Content = null,
  parameters: Readonly<Record<string, string | readonly string[] | undefined>> = {},
): PageResult {
  return {
    kind: "page",
    title,
    description: `${lede} ${capital(counted(totalCount, ...noun))} in the record.`,
    canonical: path,
    section: path,
    main: html`<h1>${title}</h1><p class="lede">${lede}</p>${above}
<p class="note">${counted(totalCount, ...noun)}.</p>
<ul class="rows">${nodes.map(show)}</ul>${pager(path, pageInfo, request, parameters)}`,
  };
}

/** All persons, by name. */
export async function answerPersons(request: PageRequest): Promise<PageResult> {
  const { persons } = await request.ask(personsPage, pageIn(request));
  const index = {
    path: "/persons",
    title: "Persons",
    lede: "Participants in meetings, with their offices, visits and statements.",
    noun: ["person", "persons"],
  } as const;
  return indexPage(index, persons, request, ({ slug, name, state, tenures }) => {
    const office = tenures.find(({ hasEnded }) => hasEnded !== true) ?? tenures[0];
    const about = [state?.name, office && `${office.hasEnded === true ? "formerly " : ""}${office.office.title}`];
    return html`<li><p><a href="${request.addresses.person(slug)}">${name}</a></p><p class="aside">${joined(about, ", ")}</p></li>`;
  });
}

/** All states, by name. */
export async function answerStates(request: PageRequest): Promise<PageResult> {
  const { states } = await request.ask(statesPage, pageIn(request));
  const index = {
    path: "/states",
    title: "States",
    lede: "States with their memberships, offices and meetings.",
    noun: ["state", "states"],
  } as const;
  return indexPage(
    index,
    states,
    request,
    (state) =>
      html`<li><p>${partyLink(state, request.addresses)} <span class="aside">${state.code}${state.officialName !== null && state.officialName !== state.name && ` · ${state.officialName}`}</span></p></li>`,
  );
}

/** All forums, by name. Some are organizations as well. */
export async function answerForums(request: PageRequest): Promise<PageResult> {
  const { addresses, query } = request;
  // The form on the first page sends a forum and a day.
  const [forum, on] = [query.get("forum"), query.get("on") || undefined];
  if (forum) return { kind: "moved", to: `${addresses.to(`/forums/${encodeURIComponent(forum)}`, { on })}#on-the-day` };
  const { forums } = await request.ask(forumsPage, pageIn(request));
  const index = {
    path: "/forums",
    title: "Forums",
    lede: "Forums with their memberships over time, sessions and sideline meetings.",
    noun: ["forum", "forums"],
  } as const;
  return indexPage(index, forums, request, ({ slug, name, acronym, kind, foundedOn, organization }) => {
    const about = [
      acronym !== name && acronym,
      kind && plainWords(kind),
      foundedOn !== null && html`since ${timeOf(foundedOn)}`,
      organization && html`organization: ${partyLink(organization, addresses)}`,
    ];
    return html`<li><p><a href="${addresses.forum(slug)}">${name}</a></p><p class="aside">${joined(about, " · ")}</p></li>`;
  });
}

const DOCUMENT_KINDS: readonly DocumentKind[] = [
  "NEWS_REPORT",
  "READOUT",
  "JOINT_STATEMENT",
  "OFFICIAL_PAGE",
  "REFERENCE",
  "DATASET",
];

/** All sources, latest first, optionally filtered by kind and publisher. */
export async function answerDocuments(request: PageRequest): Promise<PageResult> {
  const { query, addresses } = request;
  const parameters = { kind: query.get("kind") || undefined, publisher: query.get("publisher") || undefined };
  const kind = choiceIn(query, "kind", DOCUMENT_KINDS);
  const { documents } = await request.ask(documentsPage, {
    ...pageIn(request),
    filter: { kind: kind ?? null, publisher: parameters.publisher ?? null },
  });
  const index = {
    path: "/documents",
    title: "Sources",
    lede: "Every document, and the facts taken from it.",
    noun: ["source", "sources"],
  } as const;
  const form = html`<form class="ask" action="/documents">${choose("kind", "Kind", DOCUMENT_KINDS, kind, plainWords)}<label>Publisher <input name="publisher" value="${parameters.publisher}" maxlength="200"></label>${hiddenMoment(request)}<button>Show</button></form>`;
  const show = ({
    id,
    title,
    titleIsOurs,
    language,
    publisher,
    agency,
    publishedOn,
    kind: of,
    sha256,
  }: (typeof documents.nodes)[number]): Html => {
    const about = [
      publisher,
      agency,
      plainWords(of),
      !/^en/i.test(language) && languageWords(language),
      sha256 !== null && html`<span class="tag">with text</span>`,
    ];
    return html`<li><span class="when">${publishedOn === null ? html`<span class="unknown">undated</span>` : timeOf(publishedOn)}</span><div><p><a href="${addresses.document(id)}"${inLanguage(titleIsOurs ? null : language)}>${title}</a></p><p class="aside">${joined(about, " · ")}</p></div></li>`;
  };
  return indexPage(index, documents, request, show, form, parameters);
}

/** A hidden field that keeps the moment as of which the record is read. */
export function hiddenMoment({ addresses: { knownAt } }: PageRequest): Html | null {
  return knownAt === undefined ? null : html`<input type="hidden" name="knownAt" value="${knownAt}">`;
}

/** Contradictions between sources, with both sides and the one that the record follows. */
export async function answerConflicts(request: PageRequest): Promise<PageResult> {
  const asked = conflictFilterIn(request.query);
  const filter = {
    subject: asked.subject ?? null,
    isOpen: asked.open === undefined ? null : asked.open === "yes",
    field: asked.field ?? null,
    about: asked.about ?? null,
  };
  const { conflicts } = await request.ask(conflictsPage, { ...pageIn(request, 30), filter });
  const index = {
    path: "/conflicts",
    title: "Conflicts",
    lede: "Sources that contradict each other: both sides, the one that the record follows, and why.",
    noun: ["conflict", "conflicts"],
  } as const;
  return indexPage(
    index,
    conflicts,
    request,
    (conflict) =>
      html`<li><h2>${conflictSubject(conflict.subject, request)}</h2>${showConflict(conflict, request)}</li>`,
    askForConflicts(asked, request),
    asked,
  );
}

/** Filters of the list of conflicts, from the address. */
interface ConflictsAsked extends Readonly<Record<string, string | undefined>> {
  readonly subject: ConflictSubjectKind | undefined;
  readonly open: "yes" | "no" | undefined;
  readonly field: string | undefined;
  readonly about: string | undefined;
}

const CONFLICT_SUBJECTS: readonly ConflictSubjectKind[] = [
  "MEETING",
  "MEMBERSHIP",
  "FORUM",
  "TENURE",
  "AGREEMENT",
  "ACTIVITY",
  "VISIT",
];
/** The fields that sources contradict each other about most often. The address may name any other. */
const CONFLICT_FIELDS = ["on", "place", "status", "since", "until", "role"];

/** @throws AddressError for an unknown kind of record or value of `open`. */
function conflictFilterIn(query: URLSearchParams): ConflictsAsked {
  const [subject, open] = [
    choiceIn(query, "subject", CONFLICT_SUBJECTS),
    choiceIn(query, "open", ["yes", "no"] as const),
  ];
  return { subject, open, field: query.get("field") || undefined, about: query.get("about") || undefined };
}

function askForConflicts({ subject, open, field, about }: ConflictsAsked, request: PageRequest): Html {
  const fields = field === undefined || CONFLICT_FIELDS.includes(field) ? CONFLICT_FIELDS : [...CONFLICT_FIELDS, field];
  return html`<form class="ask" action="/conflicts">${choose("subject", "Record", CONFLICT_SUBJECTS, subject, (one) => `${plainWords(one)}s`)}${choose("field", "Field", fields, field, fieldWords)}${choose("open", "Status", ["yes", "no"] as const, open, (one) => (one === "yes" ? "open" : "resolved"))}
${about !== undefined && html`<input type="hidden" name="about" value="${about}">`}${hiddenMoment(request)}<button>Show</button></form>
${about !== undefined && html`<p class="note">Filtered by <a href="${request.addresses.record(about)}">one record</a>. <a href="${request.addresses.to("/conflicts")}">All conflicts</a></p>`}`;
}

type ConflictSubject = ConflictsPageQuery["conflicts"]["nodes"][number]["subject"];

function conflictSubject(subject: ConflictSubject, { addresses }: PageRequest): Html {
  if (subject.__typename === "Meeting") return html`<a href="${addresses.meeting(subject.slug)}">${subject.title}</a>`;
  if (subject.__typename === "Forum") return html`<a href="${addresses.forum(subject.slug)}">${subject.name}</a>`;
  if (subject.__typename === "ForumMembership")
    return html`<a href="${addresses.forum(subject.forum.slug, subject.id)}">${subject.party.name}, ${roleWords(subject.membershipRole).toLowerCase()} of ${subject.forum.name}</a>`;
  const { label, address } = nameConflicted(subject, addresses);
  return html`<a href="${address}">${label}</a>`;
}

/** Claims that a meeting was the first since an event, with the verdict of the record. */
export async function answerClaims(request: PageRequest): Promise<PageResult> {
  const party = partyWords(request.query.getAll("party"));
  const { firstSinceClaims } = await request.ask(claimsPage, {
    ...pageIn(request, 30),
    parties: party.length > 0 ? party : null,
  });
  const elsewhere = await redirectToCodes(party, firstSinceClaims.totalCount === 0, request);
  if (elsewhere) return elsewhere;
  const index = {
    path: "/claims",
    title: "“The first meeting since …”",
    lede: "Claims by sources, checked against the current record.",
    noun: ["claim", "claims"],
  } as const;
  const form = html`<form class="ask" action="/claims"><label>Participants <input name="party" value="${party.join(", ")}" size="14" maxlength="200" placeholder="IND, CHN"></label>${hiddenMoment(request)}<button>Show</button></form>`;
  return indexPage(index, firstSinceClaims, request, (claim) => html`<li>${listClaims([claim], request)}</li>`, form, {
    party,
  });
}

/** Dated events that first meetings are counted from, latest first. */
export async function answerMilestones(request: PageRequest): Promise<PageResult> {
  const { addresses, sources } = request;
  const { milestones } = await request.ask(milestonesPage, pageIn(request));
  const index = {
    path: "/milestones",
    title: "Milestones",
    lede: "Dated events that first meetings are counted from.",
    noun: ["milestone", "milestones"],
  } as const;
  return indexPage(
    index,
    milestones,
    request,
    ({ id, label, on, note, parties, citations }) =>
      html`<li id="${id}"><span class="when">${whenOf(on)}</span><div><p>${label}${sources.cite(citations.nodes)}</p><p class="aside">${joined([parties.length > 0 && partyLinks(parties, addresses), note], " · ")}</p></div></li>`,
  );
}
