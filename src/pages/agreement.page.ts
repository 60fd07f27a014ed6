import { agreementPage, type AgreementPageQuery } from "../generated/pages.js";
import { activitiesOf } from "./activities.js";
import { listAgreements, statusOf } from "./agreements.js";
import { html, type Html } from "./html.js";
import { facts, partyLink, partyLinks, section, table } from "./lists.js";
import type { PageRequest, PageResult } from "./page.js";
import { cursorIn, listPager } from "./paging.js";
import { topicLinks, type TopicName } from "./topics.js";
import { agreementStatusWords, capital, periodOf, plainWords, timeOf, whenOf } from "./words.js";

type Agreement = NonNullable<AgreementPageQuery["agreement"]>;

/** An agreement: parties, signatories, status reports and the agreements made under it. */
export async function answerAgreement(request: PageRequest): Promise<PageResult> {
  const { name: key, ask, addresses, today } = request;
  const { agreement, topics } = await ask(agreementPage, {
    key,
    today,
    signatories: cursorIn(request, "signatories"),
    agreements: cursorIn(request, "agreements"),
    knownAt: addresses.knownAt,
  });
  if (!agreement) return { kind: "missing", what: "agreement", words: key };
  if (agreement.key !== key) return { kind: "moved", to: addresses.agreement(agreement.key), isPermanent: true };
  const title = agreement.title;
  return {
    kind: "page",
    record: agreement.id,
    title,
    description: `${title}: ${agreementStatusWords(agreement.statusToday)}. Parties, signatories and status reports, with sources.`,
    canonical: pathOf(agreement),
    section: "/agreements",
    main: showAgreement(agreement, topics, request),
  };
}

function pathOf({ key }: Agreement): string {
  return `/agreements/${encodeURIComponent(key)}`;
}

function showAgreement(agreement: Agreement, topics: readonly TopicName[], request: PageRequest): Html {
  const { children } = agreement;
  const path = pathOf(agreement);
  return html`<p class="kind">${agreement.kind === "OTHER" ? "Agreement" : capital(plainWords(agreement.kind))}</p>
<h1>${agreement.title}</h1>
<p class="sum">${statusOf(agreement.statusToday)}${agreement.signedOn !== null && html` · signed ${timeOf(agreement.signedOn)}`}${request.sources.cite(agreement.citations.nodes)}</p>
${aboutAgreement(agreement, topics, request)}
${section("signatories", "Signatories and witnesses", listSignatories(agreement, request))}
${section("reports", "Status reports", listReports(agreement, request))}
${section("agreements", "Agreements under this one", children.totalCount === 0 ? null : html`${listAgreements(children.nodes, request)}${listPager("agreements", children, path, request)}`)}
${section("activities", "Activities under this agreement", activitiesOf(agreement.activities, { agreement: agreement.key }, request))}`;
}

function aboutAgreement(agreement: Agreement, names: readonly TopicName[], request: PageRequest): Html {
  const { addresses } = request;
  const { parties, meeting, parent, topics, note, since, until, hasEnded, attestedOn, attestedUntil } = agreement;
  const hasPeriod = [since, until, hasEnded, attestedOn].some((value) => value !== null);
  return facts([
    ["Parties", parties.length > 0 && partyLinks(parties, addresses)],
    ["Signed", whenOf(agreement.signedOn)],
    ["Signed at", meeting && html`<a href="${addresses.meeting(meeting.slug)}">${meeting.title}</a>`],
    ["In force", hasPeriod && periodOf({ since, until, hasEnded, attestedOn, attestedUntil })],
    ["Made under", parent && html`<a href="${addresses.agreement(parent.key)}">${parent.title}</a>`],
    ["Topics", topicLinks(topics, names, "/agreements", request)],
    ["Note", note],
  ]);
}

function listSignatories(agreement: Agreement, request: PageRequest): Html | null {
  const { addresses, sources } = request;
  const { signatories } = agreement;
  if (signatories.totalCount === 0) return null;
  const rows = signatories.nodes.map(
    ({ id, role, party, person, office, citations }) =>
      html`<tr id="${id}"><th scope="row">${partyLink(party, addresses)}</th><td>${person ? html`<a href="${addresses.person(person.slug)}">${person.name}</a>` : html`<span class="unknown">not named</span>`}${sources.cite(citations.nodes)}</td><td>${office?.title}</td><td>${role === "SIGNED" ? "signed" : "witnessed"}</td></tr>`,
  );
  return html`${table({ caption: "Those who signed or were present", head: ["Party", "Person", "Office on the day", "Role"], rows, isStacked: true })}${listPager("signatories", signatories, pathOf(agreement), request)}`;
}

function listReports({ reports }: Agreement, { sources }: PageRequest): Html | null {
  if (reports.length === 0) return null;
  const rows = reports.map(
    ({ id, status, on, reportedOn, citation }) =>
      html`<tr id="${id}"><td>${on === null ? html`<span class="unknown">day unknown</span>` : timeOf(on)}</td><td>${statusOf(status)}</td><td>${citation?.document.publisher}${reportedOn !== null && html`, ${timeOf(reportedOn)}`}${citation && sources.cite([citation])}</td></tr>`,
  );
  return table({ caption: "Reports, earliest first", head: ["Since", "Status", "Source"], rows });
}
