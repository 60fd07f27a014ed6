import { visitsPage, type VisitsPageQuery, type VisitStatus } from "../generated/pages.js";
import { choiceIn, choose, linkedFilters } from "./choices.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { dayIn, type PageRequest, type PageResult } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { partyWords, redirectToCodes } from "./parties.js";
import { visitDays, visitMark } from "./visits.js";
import { counted, placeWords, plainWords } from "./words.js";

type Visit = VisitsPageQuery["visits"]["nodes"][number];

const STATUSES = [
  "PLANNED",
  "MADE",
  "POSTPONED",
  "CANCELLED",
  "CALLED_OFF",
  "UNKNOWN",
] as const satisfies readonly VisitStatus[];

/** All visits, the latest first, optionally filtered. */
export async function answerVisits(request: PageRequest): Promise<PageResult> {
  const { ask, query } = request;
  const [party, country] = ["party", "country"].map((name) => partyWords(query.getAll(name)).slice(0, 1));
  const status = choiceIn(query, "status", STATUSES);
  const [from, to] = ["from", "to"].map((name) => dayIn(query, name, "") || undefined);
  const person = query.get("person") || undefined;
  const { visits } = await ask(visitsPage, {
    ...pageIn(request),
    filter: {
      party: party?.[0] ?? null,
      country: country?.[0] ?? null,
      person: person ?? null,
      status: status ?? null,
      during: from === undefined && to === undefined ? null : { from: from ?? null, to: to ?? null },
    },
  });
  const isEmpty = visits.totalCount === 0;
  const elsewhere =
    (await redirectToCodes(party ?? [], isEmpty, request)) ??
    (await redirectToCodes(country ?? [], isEmpty, request, "country"));
  if (elsewhere) return elsewhere;
  const parameters = { party, country, status, from, to, person };
  const total = counted(visits.totalCount, "visit");
  return {
    kind: "page",
    title: "Visits",
    description: `Journeys of ministers and officials, latest first, made, planned and cancelled: ${total}.`,
    canonical: "/visits",
    section: "/persons",
    main: html`<h1>Visits</h1><p class="lede">Journeys of ministers and officials, latest first: made, planned and cancelled.</p>
${askFor(parameters, request)}
<p class="note">${total}.${isEmpty && " There may be some that the record does not know."}</p>
<ul class="rows">${visits.nodes.map((visit) => showVisit(visit, request))}</ul>${pager("/visits", visits.pageInfo, request, parameters)}`,
  };
}

function showVisit(visit: Visit, { addresses, sources }: PageRequest): Html {
  const { id, person, place, status, purpose, citations } = visit;
  return html`<li id="${id}"><p><a href="${addresses.person(person.slug)}#${id}">${person.name}: ${placeWords(place) ?? "place unknown"}</a>${visitMark(status)}${sources.cite(citations.nodes)}</p><p class="aside">${visitDays(visit) ?? "days unknown"}${purpose !== null && html`. ${purpose}`}</p></li>`;
}

interface Asked {
  readonly party: readonly string[] | undefined;
  readonly country: readonly string[] | undefined;
  readonly status: (typeof STATUSES)[number] | undefined;
  readonly from: string | undefined;
  readonly to: string | undefined;
  readonly person: string | undefined;
}

function askFor({ party = [], country = [], status, from, to, person }: Asked, request: PageRequest): Html {
  const linked = linkedFilters({ person }, "/visits", "All visits", request);
  return html`<form class="ask" action="/visits"><label>Of <input name="party" value="${party.join(", ")}" placeholder="United States" size="14" maxlength="200"></label><label>To <input name="country" value="${country.join(", ")}" placeholder="Viet Nam" size="14" maxlength="200"></label>${choose("status", "Status", STATUSES, status, plainWords)}<label>From day <input type="date" name="from" value="${from}"></label><label>Until day <input type="date" name="to" value="${to}"></label>${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
