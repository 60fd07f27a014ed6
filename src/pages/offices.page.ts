import { officesPage, type Occupancy, type OfficesPageQuery } from "../generated/pages.js";
import { choiceIn, choose } from "./choices.js";
import { officeKinds } from "../lib/office.kinds.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { partyLink, table } from "./lists.js";
import { dayIn, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { counted, dateWords, periodOf, plainWords } from "./words.js";

type Holding = OfficesPageQuery["officeHolders"]["nodes"][number];

const OCCUPANCIES: Readonly<Record<Occupancy, string>> = {
  HELD: "",
  VACANT: "vacant, according to the record",
  UNKNOWN: "unknown",
};

/** Holders of offices on a day, optionally of one kind of office. */
export async function answerOffices(request: PageRequest): Promise<PageResult> {
  const { ask, query, today } = request;
  const asOf = dayIn(query, "on", today);
  const kind = choiceIn(query, "kind", officeKinds);
  const { officeHolders } = await ask(officesPage, { ...pageIn(request, 40), asOf, kind });
  const { totalCount, nodes, pageInfo } = officeHolders;
  const day = dateWords(asOf);
  return {
    kind: "page",
    title: `Offices on ${day}`,
    description: `Office holders on ${day}, according to the record: ${counted(totalCount, "office")}.`,
    canonical: `/offices?on=${asOf}${kind === undefined ? "" : `&kind=${kind}`}`,
    section: "/offices",
    main: html`<h1>Office holders on ${day}</h1>
<form class="ask" action="/offices"><label>Date <input type="date" name="on" value="${asOf}" required></label>${choose("kind", "Kind", officeKinds, kind, plainWords)}${hiddenMoment(request)}<button>Show</button></form>
<p class="note">${counted(totalCount, "office")}.</p>
${nodes.length > 0 && table({ caption: `Offices on ${day}`, head: ["Office", "Party", "Holder"], rows: nodes.map((holding) => showHolding(holding, request)), isStacked: true })}${pager("/offices", pageInfo, request, { on: asOf, kind })}`,
  };
}

function showHolding({ office, occupancy, holders, possibleHolders }: Holding, { addresses }: PageRequest): Html {
  const link = ({ id, person, ...period }: Holding["holders"][number]): Html =>
    html`<a href="${addresses.person(person.slug, id)}">${person.name}</a> <span class="aside">${periodOf(period)}</span>`;
  const named = [...holders.map(link), ...possibleHolders.map((tenure) => html`perhaps ${link(tenure)}`)];
  return html`<tr><th scope="row"><a href="${addresses.party(office.party, office.id)}">${office.title}</a></th><td>${partyLink(office.party, addresses)}</td><td>${named.length > 0 ? joined(named, html`<br>`) : html`<span class="unknown">${OCCUPANCIES[occupancy]}</span>`}</td></tr>`;
}
