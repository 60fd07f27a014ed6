import { GraphQLError } from "graphql";
import type { MeetingFilter } from "../generated/schema.types.js";
import { operation, type Ask } from "./ask.js";

/** A source behind a fact, as exports show it. */
export interface CitationFacts {
  readonly stance: string;
  readonly attributedTo: string | null;
  readonly locator: string | null;
  readonly passage: { readonly quote: string; readonly start: number } | null;
  readonly document: {
    readonly id: string;
    readonly key: string;
    readonly title: string;
    readonly publisher: string;
    readonly language: string;
    readonly publishedOn: string | null;
    readonly url: string | null;
  };
}

/** A state or an organization, as exports show it. */
export interface PartyFacts {
  readonly __typename: "State" | "Organization";
  readonly id: string;
  readonly code: string;
  readonly name: string;
  readonly identifiers: readonly IdentifierFacts[];
}

/** An identifier in another scheme. */
export interface IdentifierFacts {
  readonly url: string | null;
}

/** A seat, as exports show it. */
export interface SeatFacts {
  readonly id: string;
  readonly role: string;
  readonly isExpected: boolean;
  /** INVITED or ABSENT of a party that took no part; null for others. */
  readonly attendance: string | null;
  readonly note: string | null;
  readonly party: PartyFacts;
  readonly person: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly identifiers: readonly IdentifierFacts[];
  } | null;
  readonly office: {
    readonly id: string;
    readonly key: string;
    readonly title: string;
    readonly kind: string;
    readonly party: PartyFacts;
  } | null;
  readonly citations: readonly CitationFacts[];
}

/** A meeting with all its seats and sources. */
export interface MeetingFacts {
  readonly id: string;
  readonly slug: string;
  readonly title: string;
  readonly kind: string;
  readonly format: string | null;
  readonly status: string;
  readonly on: string | null;
  readonly endsOn: string | null;
  readonly place: {
    readonly key: string;
    readonly city: string | null;
    readonly country: { readonly code: string; readonly alpha2: string | null; readonly name: string } | null;
  } | null;
  readonly forum: {
    readonly id: string;
    readonly slug: string;
    readonly name: string;
    readonly acronym: string | null;
    readonly identifiers: readonly IdentifierFacts[];
  } | null;
  readonly identifiers: readonly IdentifierFacts[];
  readonly ordinal: number | null;
  readonly sidelinesOf: { readonly id: string; readonly slug: string; readonly title: string } | null;
  readonly topics: readonly string[];
  readonly purpose: string | null;
  /** The number of its version, and when it was made; only where it was asked for. */
  readonly version?: number;
  readonly changedAt?: string | undefined;
  readonly participants: readonly SeatFacts[];
  readonly citations: readonly CitationFacts[];
}

/** A place in words: `Vientiane, Laos`, and `Singapore` once; empty if it is unknown. */
export function placeText({ place }: Located): string {
  const parts = [place?.city, place?.country?.name].filter((part) => typeof part === "string");
  return [...new Set(parts)].join(", ");
}

interface Located {
  readonly place: {
    readonly city: string | null;
    readonly country: { readonly name: string } | null;
  } | null;
}

/** Which meetings an export is of. */
export interface MeetingQuery {
  readonly filter: MeetingFilter;
  /** The moment as of which the record is read; undefined for the current record. */
  readonly knownAt?: string | undefined;
  /** Whether to say which version of a meeting it is. */
  readonly withVersion?: boolean;
  /** Meetings per page, within the reader's limit. */
  readonly pageSize: number;
}

/** A page of a list, with its cursor. */
interface Listed<T> {
  readonly pageInfo: { readonly hasNextPage: boolean; readonly endCursor: string | null };
  readonly nodes: readonly T[];
}

type Seat = Omit<SeatFacts, "citations"> & { readonly citations: Listed<CitationFacts> };
type Meeting = Omit<MeetingFacts, "participants" | "citations" | "changedAt"> & {
  readonly history?: { readonly nodes: readonly { readonly act: { readonly at: string } }[] };
  readonly participants: Listed<Seat>;
  readonly citations: Listed<CitationFacts>;
};

const fragments = `
fragment Party on Party { __typename id code name ... on State { identifiers { url } } ... on Organization { identifiers { url } } }
fragment Cited on CitationConnection {
  pageInfo { hasNextPage endCursor }
  nodes { stance attributedTo locator passage { quote start } document { id key title publisher language publishedOn url } }
}
fragment Seats on ParticipantConnection {
  pageInfo { hasNextPage endCursor }
  nodes {
    id role isExpected attendance note
    party { ...Party }
    person { id slug name identifiers { url } }
    office { id key title kind party { ...Party } }
    citations(first: $first) { ...Cited }
  }
}
fragment Whole on Meeting {
  id slug title kind format status on endsOn ordinal topics purpose
  version @include(if: $withVersion)
  history(first: 1) @include(if: $withVersion) { nodes { act { at } } }
  place { key city country { code alpha2 name } }
  identifiers { url }
  forum { id slug name acronym identifiers { url } }
  sidelinesOf { id slug title }
  participants(first: $first) { ...Seats }
  citations(first: $first) { ...Cited }
}`;

const pageOfMeetings =
  operation(`query ExportMeetings($first: Int!, $after: String, $filter: MeetingFilter, $knownAt: DateTime, $withVersion: Boolean!) {
  meetings(first: $first, after: $after, filter: $filter, knownAt: $knownAt) { pageInfo { hasNextPage endCursor } nodes { ...Whole } }
}${fragments}`);
const meetingBySlug = operation(
  `query ExportMeeting($first: Int!, $name: String!, $knownAt: DateTime, $withVersion: Boolean!) { found: meeting(slug: $name, knownAt: $knownAt) { ...Whole } }${fragments}`,
);
const meetingById = operation(
  `query ExportMeetingById($first: Int!, $name: ID!, $knownAt: DateTime, $withVersion: Boolean!) { found: nodeAsKnown(id: $name, knownAt: $knownAt) { __typename ...Whole } }${fragments}`,
);
const moreSeats = operation(`query ExportSeats($first: Int!, $after: String, $of: ID!, $knownAt: DateTime) {
  node: nodeAsKnown(id: $of, knownAt: $knownAt) { ... on Meeting { list: participants(first: $first, after: $after) { ...Seats } } }
}${fragments.replace(/fragment Whole[^]*/, "")}`);
const moreCitations = operation(`query ExportCitations($first: Int!, $after: String, $of: ID!, $knownAt: DateTime) {
  node: nodeAsKnown(id: $of, knownAt: $knownAt) {
    ... on Meeting { list: citations(first: $first, after: $after) { ...Cited } }
    ... on Participant { list: citations(first: $first, after: $after) { ...Cited } }
  }
}${fragments.replace(/fragment Seats[^]*/, "").replace(/fragment Party.*/, "")}`);
const daysOfMeetings =
  operation(`query ExportDays($first: Int!, $after: String, $filter: MeetingFilter, $knownAt: DateTime) {
  meetings(first: $first, after: $after, filter: $filter, knownAt: $knownAt) { pageInfo { hasNextPage endCursor } nodes { id on } }
}`);

/** Bound on the number of pages, far above any record's. */
const mostPages = 1_000_000;

/**
 * The meetings of an export, latest first, in pages that are read on demand. Later pages may include concurrent
 * changes, unless a moment is given.
 */
export async function* readMeetings(ask: Ask, query: MeetingQuery): AsyncGenerator<readonly MeetingFacts[]> {
  const { filter, knownAt, withVersion = false } = query;
  for await (const page of pages<Meeting>(ask, pageOfMeetings, { filter, knownAt, withVersion }, query.pageSize)) {
    const whole: MeetingFacts[] = [];
    for (const meeting of page) whole.push(await completed(ask, meeting, query));
    yield whole;
  }
}

/** The days of the meetings of an export, page by page, as sources give them. */
export async function* readDays(
  ask: Ask,
  { filter, knownAt, pageSize }: MeetingQuery,
): AsyncGenerator<readonly (string | null)[]> {
  for await (const page of pages<{ readonly on: string | null }>(ask, daysOfMeetings, { filter, knownAt }, pageSize))
    yield page.map(({ on }) => on);
}

/** The ids of the meetings of an export, page by page. */
export async function* readIds(
  ask: Ask,
  { filter, pageSize }: Pick<MeetingQuery, "filter" | "pageSize">,
): AsyncGenerator<readonly string[]> {
  for await (const page of pages<{ readonly id: string }>(ask, daysOfMeetings, { filter }, pageSize))
    yield page.map(({ id }) => id);
}

/**
 * One meeting by its slug or its id.
 * @returns undefined if there is none.
 */
export async function readMeeting(
  ask: Ask,
  name: string,
  query: Pick<MeetingQuery, "knownAt" | "pageSize">,
): Promise<MeetingFacts | undefined> {
  for (const document of [meetingBySlug, meetingById]) {
    const { found } = await ask(document, { first: query.pageSize, name, knownAt: query.knownAt, withVersion: false });
    if (isWhole(found)) return completed(ask, found, query);
  }
  return undefined;
}

function isWhole(found: unknown): found is Meeting {
  return typeof found === "object" && found !== null && "participants" in found;
}

async function* pages<T>(
  ask: Ask,
  document: Parameters<Ask>[0],
  variables: object,
  pageSize: number,
): AsyncGenerator<readonly T[]> {
  let after: string | null = null;
  let first = pageSize;
  for (let read = 0; read < mostPages; read += 1) {
    let page: Readonly<Record<string, unknown>>;
    try {
      page = await ask(document, { ...variables, first, after });
    } catch (error) {
      // If a page is too large, it is read in smaller ones.
      if (!isTooLong(error) || first === 1) throw error;
      first = Math.ceil(first / 2);
      continue;
    }
    const { meetings } = page as { readonly meetings: Listed<T> };
    if (meetings.nodes.length > 0) yield meetings.nodes;
    if (!meetings.pageInfo.hasNextPage) return;
    after = meetings.pageInfo.endCursor;
  }
}

function isTooLong(error: unknown): boolean {
  return error instanceof GraphQLError && error.extensions["limit"] === "maxAnswerBytes";
}

type Completion = Pick<MeetingQuery, "knownAt" | "pageSize">;

async function completed(ask: Ask, { history, ...meeting }: Meeting, query: Completion): Promise<MeetingFacts> {
  const seats = await wholeList(ask, moreSeats, meeting.id, meeting.participants, query);
  const participants: SeatFacts[] = [];
  for (const seat of seats)
    participants.push({ ...seat, citations: await wholeList(ask, moreCitations, seat.id, seat.citations, query) });
  const citations = await wholeList(ask, moreCitations, meeting.id, meeting.citations, query);
  return { ...meeting, changedAt: history?.nodes[0]?.act.at, participants, citations };
}

async function wholeList<T>(
  ask: Ask,
  document: Parameters<Ask>[0],
  of: string,
  begun: Listed<T>,
  { knownAt, pageSize }: Completion,
): Promise<readonly T[]> {
  if (!begun.pageInfo.hasNextPage) return begun.nodes;
  const nodes = [...begun.nodes];
  let { pageInfo } = begun;
  while (pageInfo.hasNextPage) {
    const { node } = (await ask(document, { of, knownAt, first: pageSize, after: pageInfo.endCursor })) as {
      readonly node: { readonly list: Listed<T> } | null;
    };
    // Gone since the page was read.
    if (!node) break;
    nodes.push(...node.list.nodes);
    ({ pageInfo } = node.list);
  }
  return nodes;
}
