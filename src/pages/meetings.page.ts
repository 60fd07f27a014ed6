import type { GraphQLSchema } from "graphql";
import { FilterError, filterParametersIn, readParameters } from "../exports/filters.js";
import {
  meetingsPage,
  type MeetingFilter,
  type MeetingsPageQuery,
  type MeetingsPageQueryVariables,
} from "../generated/pages.js";
import { html, type Html } from "./html.js";
import { linkedFilters } from "./choices.js";
import { hiddenMoment } from "./indexes.page.js";
import { listMeetings } from "./lists.js";
import { AddressError, type Export, type PageResult, type PageRequest } from "./page.js";
import { pageIn, pager } from "./paging.js";
import { redirectToCodes, partyWords } from "./parties.js";
import { chooseTopic, type TopicName } from "./topics.js";
import { counted, dateWords, formatWords, inSentence, kindWords, plainWords, statusWords } from "./words.js";

type Filters = Readonly<Partial<Record<string, readonly string[]>>>;

const KINDS = ["SESSION", "MULTILATERAL", "TRILATERAL", "BILATERAL"] as const;
const FORMATS = ["IN_PERSON", "VIDEO", "CALL", "PULL_ASIDE"] as const;
const RANKS = ["LEADER", "MINISTER", "DEPUTY_MINISTER", "CHIEF_OF_DEFENCE", "SENIOR_OFFICIAL", "OFFICIAL"] as const;
/** Filters with a control of their own. Others that an address has are kept, and named below the form. */
const CONTROLS: readonly string[] = ["party", "from", "to", "kind", "rank", "status", "format", "topic"];
const STATUSES = ["EXPECTED", "HELD", "POSTPONED", "CANCELLED", "DECLINED", "CALLED_OFF", "UNKNOWN"] as const;

/** Makes the page of meetings. Its filters are the parameters of the exports. */
export function answerMeetings(schema: GraphQLSchema): (request: PageRequest) => Promise<PageResult> {
  return async (request) => {
    const { ask, query, addresses } = request;
    const given = filtersIn(query);
    const found = await ask(meetingsPage, { ...pageIn(request), ...namedIn(given), filter: filterOf(schema, given) });
    const { meetings, topics } = found;
    const elsewhere = await redirectToCodes(given["party"] ?? [], meetings.totalCount === 0, request);
    if (elsewhere) return elsewhere;
    const title = titleOf(given, found);
    return {
      kind: "page",
      title,
      description: `${title}, planned and held, latest first: ${counted(meetings.totalCount, "meeting")}.`,
      canonical:
        new URL(addresses.to("/meetings", given), "http://localhost").search === ""
          ? "/meetings"
          : `/meetings?${new URLSearchParams(pairsOf(given)).toString()}`,
      section: "/meetings",
      exports: exportsOf(given, request),
      main: html`<h1>${title}</h1><p class="lede">Planned and held, latest first. Those without a date come last. <a href="${addresses.to("/meetings", { status: "EXPECTED", from: request.today })}">Upcoming meetings</a></p>
${askFor(given, topics, request)}
<p class="note">${counted(meetings.totalCount, "meeting")}.${meetings.totalCount === 0 && " There may be some that the record does not know."}</p>
${listMeetings(meetings.nodes, request)}${pager("/meetings", meetings.pageInfo, request, given)}`,
    };
  };
}

/** The filters in the address. Empty fields of the form are left out. */
function filtersIn(query: URLSearchParams): Filters {
  const names = [...new Set(query.keys())].filter((name) => !["after", "before", "knownAt"].includes(name));
  const entries = names.map(
    (name) =>
      [
        name,
        name === "party" ? partyWords(query.getAll(name)) : query.getAll(name).filter((value) => value.trim() !== ""),
      ] as const,
  );
  return Object.fromEntries(entries.filter(([, values]) => values.length > 0));
}

type Found = Pick<MeetingsPageQuery, "party" | "otherParty" | "person" | "forum">;

/** The records that the title names, as variables of the operation. */
function namedIn(given: Filters): MeetingsPageQueryVariables {
  const [party = "", otherParty = ""] = given["party"] ?? [];
  const [person = ""] = given["person"] ?? [];
  const [forum = ""] = given["forum"] ?? given["onSidelinesOf"] ?? [];
  return {
    ...{ party, hasParty: party !== "", otherParty, hasOtherParty: otherParty !== "" },
    ...{ person, hasPerson: person !== "", forum, hasForum: forum !== "" },
  };
}

/** The title of the list: "Meetings of India and China (held, from 1 January 2020)". */
function titleOf(given: Filters, { party, otherParty, person, forum }: Found): string {
  const named = [party, otherParty, person].flatMap((one) => one?.name ?? []);
  const more = (given["party"] ?? []).length + (given["person"] ?? []).length - named.length;
  const whose = more > 0 ? [...named, `${String(more)} more`] : named;
  const about =
    given["forum"] && forum
      ? `Sessions of ${forum.name}`
      : given["onSidelinesOf"] && forum
        ? `Meetings on the sidelines of ${forum.name}`
        : "Meetings";
  const chosen = <T extends string>(name: string, values: readonly T[], words: (value: T) => string): string[] =>
    values.filter((value) => given[name]?.includes(value)).map(words);
  const day = (name: string): string[] => (given[name] ?? []).map((value) => `${name} ${dateWords(value)}`);
  const others = [
    ...chosen("status", STATUSES, statusWords),
    ...chosen("kind", KINDS, (kind) => kindWords(kind).toLowerCase()),
    ...chosen("format", FORMATS, formatWords),
    ...chosen("rank", RANKS, plainWords),
    ...(given["topic"] ?? []).map(plainWords),
    ...[[...day("from"), ...day("to")].join(" ")].filter((words) => words !== ""),
  ];
  return `${about}${whose.length > 0 ? ` of ${inSentence(whose)}` : ""}${others.length > 0 ? ` (${others.join(", ")})` : ""}`;
}

function filterOf(schema: GraphQLSchema, given: Filters): MeetingFilter {
  const offered = new Map([...filterParametersIn(schema)].filter(([name]) => name !== "knownAt"));
  try {
    return readParameters(schema, given, offered).filter;
  } catch (error) {
    if (error instanceof FilterError) throw new AddressError(error.message);
    throw error;
  }
}

function pairsOf(given: Filters): [string, string][] {
  return Object.entries(given).flatMap(([name, values = []]) => values.map((value): [string, string] => [name, value]));
}

function exportsOf(given: Filters, { addresses }: PageRequest): Export[] {
  return [
    { label: "Table (CSV)", type: "text/csv", address: addresses.to("/meetings.csv", given) },
    { label: "Calendar (iCalendar)", type: "text/calendar", address: addresses.to("/meetings.ics", given) },
    { label: "Linked data (JSON-LD)", type: "application/ld+json", address: addresses.to("/meetings.jsonld", given) },
    { label: "All meetings, a row each (CSV)", type: "text/csv", address: addresses.to("/meeting-list.csv") },
    {
      label: "All meetings (JSON Lines)",
      type: "application/x-ndjson",
      address: addresses.to("/meeting-list.jsonl"),
    },
  ];
}

function askFor(given: Filters, topics: readonly TopicName[], request: PageRequest): Html {
  const value = (name: string): string => (given[name] ?? []).join(", ");
  const choice = <T extends string>(
    name: string,
    label: string,
    values: readonly T[],
    words: (value: T) => string,
  ): Html =>
    html`<label>${label} <select name="${name}"><option value="">any</option>${values.map((one) => html`<option value="${one}"${given[name]?.includes(one) && html` selected`}>${words(one)}</option>`)}</select></label>`;
  const text = (name: string, label: string, placeholder: string): Html =>
    html`<label>${label} <input name="${name}" value="${value(name)}" placeholder="${placeholder}" size="12" maxlength="200"></label>`;
  const others = Object.fromEntries(Object.entries(given).filter(([name]) => !CONTROLS.includes(name)));
  const furtherTopics = (given["topic"] ?? []).slice(1);
  const linked = linkedFilters(
    furtherTopics.length > 0 ? { ...others, topic: furtherTopics } : others,
    "/meetings",
    "All meetings",
    request,
  );
  return html`<form class="ask" action="/meetings">${text("party", "Participants", "India, China")}
<label>From <input type="date" name="from" value="${value("from")}"></label><label>To <input type="date" name="to" value="${value("to")}"></label>
${choice("kind", "Kind", KINDS, kindWords)}${choice("rank", "Rank", RANKS, plainWords)}${choice("status", "Status", STATUSES, statusWords)}${choice("format", "Format", FORMATS, formatWords)}${chooseTopic(topics, given["topic"] ?? [])}
${linked.fields}${hiddenMoment(request)}<button>Show</button></form>
${linked.note}`;
}
