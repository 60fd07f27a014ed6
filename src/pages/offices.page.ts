import { officesPage, type Occupancy, type OfficeKind, type OfficesPageQuery } from "../generated/pages.js";
import { html, joined, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { partyLink, table } from "./lists.js";
import { AddressError, dayIn, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { counted, dateWords, periodOf, plainWords } from "./words.js";

type Holding = OfficesPageQuery["officeHolders"]["nodes"][number];

const KINDS: readonly OfficeKind[] = ["HEAD_OF_STATE", "HEAD_OF_GOVERNMENT", "DEFENCE_MINISTER", "SECOND_DEFENCE_MINISTER", "DEPUTY_DEFENCE_MINISTER", "DEFENCE_INDUSTRY_MINISTER", "OTHER"];

const OCCUPANCIES: Readonly<Record<Occupancy, string>> = {
  HELD: "",
  VACANT: "nobody, as far as the record goes",
  UNKNOWN: "cannot be told",
};

/** Who held which office on a day; of one kind, if that is asked for. */
export async function answerOffices(request: PageRequest): Promise<Found> {
  const { ask, query, today } = request;
  const asOf = dayIn(query, "on", today);
  const wanted = query.get("kind") || undefined;
  const kind = KINDS.find((one) => one === wanted);
  if (wanted !== undefined && !kind) throw new AddressError(`“kind” has to be one of ${KINDS.join(", ")}, but is “${wanted.slice(0, 40)}”.`);
  const { officeHolders } = await ask(officesPage, { ...pageIn(request, 40), asOf, kind });
  const { totalCount, nodes, pageInfo } = officeHolders;
  const day = dateWords(asOf);
  return {
    kind: "page",
    title: `Offices on ${day}`,
    description: `Who held which office on ${day}, as far as the record goes: ${counted(totalCount, "office")}.`,
    canonical: `/offices?on=${asOf}${kind === undefined ? "" : `&kind=${kind}`}`,
    shelf: "/offices",
    main: html`<h1>Who held which office on ${day}</h1>
<form class="ask" action="/offices"><label>On the day <input type="date" name="on" value="${asOf}" required></label><label>Kind <select name="kind"><option value="">any</option>${KINDS.map((one) => html`<option value="${one}"${one === kind && html` selected`}>${plainWords(one)}</option>`)}</select></label>${hiddenMoment(request)}<button>Show</button></form>
<p class="note">${counted(totalCount, "office")}.</p>
${nodes.length > 0 && table({ caption: `Offices on ${day}`, head: ["Office", "Of", "Held by"], rows: nodes.map((holding) => showHolding(holding, request)), isTold: true })}${pagesOf("/offices", pageInfo, request, { on: asOf, kind })}`,
  };
}

function showHolding({ office, occupancy, holders, possibleHolders }: Holding, { addresses }: PageRequest): Html {
  const named = ({ id, person, ...period }: Holding["holders"][number]): Html => html`<a href="${addresses.person(person.slug, id)}">${person.name}</a> <span class="aside">${periodOf(period)}</span>`;
  const told = [...holders.map(named), ...possibleHolders.map((tenure) => html`perhaps ${named(tenure)}`)];
  return html`<tr><th scope="row"><a href="${addresses.party(office.party, office.id)}">${office.title}</a></th><td>${partyLink(office.party, addresses)}</td><td>${told.length > 0 ? joined(told, html`<br>`) : html`<span class="unknown">${OCCUPANCIES[occupancy]}</span>`}</td></tr>`;
}
