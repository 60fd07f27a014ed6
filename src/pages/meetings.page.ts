import type { GraphQLSchema } from "graphql";
import { FilterError, filterParameters, readParameters, type FilterParameter } from "../exports/filters.js";
import { meetingsPage, type MeetingFilter } from "../generated/pages.js";
import { html, type Html } from "./html.js";
import { hiddenMoment } from "./indexes.page.js";
import { listMeetings } from "./lists.js";
import { AddressError, type Export, type Found, type PageRequest } from "./page.js";
import { pageIn, pagesOf } from "./paging.js";
import { byCodes, partyWords } from "./parties.js";
import { counted, formatWords, kindWords, statusWords } from "./words.js";

type Narrowing = Readonly<Partial<Record<string, readonly string[]>>>;

const KINDS = ["SESSION", "MULTILATERAL", "TRILATERAL", "BILATERAL"] as const;
const FORMATS = ["IN_PERSON", "VIDEO", "CALL", "PULL_ASIDE"] as const;
const STATUSES = ["EXPECTED", "HELD", "POSTPONED", "CANCELLED", "DECLINED", "UNKNOWN"] as const;

/** Makes the page of meetings, narrowed by the same parameters as the exports. */
export function answerMeetings(schema: GraphQLSchema): (request: PageRequest) => Promise<Found> {
  return async (request) => {
    const { ask, query, addresses } = request;
    const given = narrowingOf(query);
    const { meetings } = await ask(meetingsPage, { ...pageIn(request), filter: filterOf(schema, given) });
    const elsewhere = meetings.totalCount === 0 && given["party"] !== undefined ? await byCodes(given["party"], request) : undefined;
    if (elsewhere) return elsewhere;
    const narrowed = Object.keys(given).length > 0;
    return {
      kind: "page",
      title: narrowed ? "Meetings, narrowed" : "Meetings",
      description: `Who met whom, planned and held, latest first: ${counted(meetings.totalCount, "meeting")}.`,
      canonical: new URL(addresses.to("/meetings", given), "http://localhost").search === "" ? "/meetings" : `/meetings?${new URLSearchParams(pairsOf(given)).toString()}`,
      shelf: "/meetings",
      exports: exportsOf(given, request),
      main: html`<h1>Meetings</h1><p class="lede">Who met whom, planned and held, latest first. What has no day comes last.</p>
${askFor(given, request)}
<p class="note">${counted(meetings.totalCount, "meeting")}.${meetings.totalCount === 0 && " That does not mean that there was none."}</p>
${listMeetings(meetings.nodes, request)}${pagesOf("/meetings", meetings.pageInfo, request, given)}`,
    };
  };
}

/** What narrows the list, by the names of parameters; empty fields of the form do not. */
function narrowingOf(query: URLSearchParams): Narrowing {
  const names = [...new Set(query.keys())].filter((name) => !["after", "before", "knownAt"].includes(name));
  const entries = names.map((name) => [name, name === "party" ? partyWords(query.getAll(name)) : query.getAll(name).filter((value) => value.trim() !== "")] as const);
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

function filterOf(schema: GraphQLSchema, given: Narrowing): MeetingFilter {
  const offered = (Object.keys(filterParameters) as FilterParameter[]).filter((name) => name !== "knownAt");
  try {
    return readParameters(schema, given, offered).filter;
  } catch (error) {
    if (error instanceof FilterError) throw new AddressError(error.message);
    throw error;
  }
}

function pairsOf(given: Narrowing): [string, string][] {
  return Object.entries(given).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
}

function exportsOf(given: Narrowing, { addresses }: PageRequest): Export[] {
  return [
    { label: "These as a table (CSV)", type: "text/csv", address: addresses.to("/meetings.csv", given) },
    { label: "Calendar (iCalendar)", type: "text/calendar", address: addresses.to("/meetings.ics", given) },
    { label: "Linked data (JSON-LD)", type: "application/ld+json", address: addresses.to("/meetings.jsonld", given) },
  ];
}

function askFor(given: Narrowing, request: PageRequest): Html {
  const value = (name: string): string => (given[name] ?? []).join(", ");
  const choice = <T extends string>(name: string, label: string, values: readonly T[], words: (value: T) => string): Html =>
    html`<label>${label} <select name="${name}"><option value="">any</option>${values.map((one) => html`<option value="${one}"${given[name]?.includes(one) && html` selected`}>${words(one)}</option>`)}</select></label>`;
  const text = (name: string, label: string, placeholder: string): Html => html`<label>${label} <input name="${name}" value="${value(name)}" placeholder="${placeholder}" size="12" maxlength="200"></label>`;
  const kept = ["person", "forum", "onSidelinesOf", "country"].flatMap((name) => (given[name] ?? []).map((one) => html`<input type="hidden" name="${name}" value="${one}">`));
  return html`<form class="ask" action="/meetings">${text("party", "With", "India, China")}
<label>From <input type="date" name="from" value="${value("from")}"></label><label>To <input type="date" name="to" value="${value("to")}"></label>
${choice("kind", "Kind", KINDS, kindWords)}${choice("status", "Became", STATUSES, statusWords)}${choice("format", "How", FORMATS, formatWords)}
${kept}${hiddenMoment(request)}<button>Show</button></form>
${kept.length > 0 && html`<p class="note">Narrowed to ${Object.entries(given).filter(([name]) => ["person", "forum", "onSidelinesOf", "country"].includes(name)).map(([name, values = []]) => `${name} ${values.join(", ")}`).join("; ")}. <a href="${request.addresses.to("/meetings")}">All meetings</a></p>`}`;
}
