import type { MeetingFilter } from "../generated/schema.types.js";
import { operation, type Ask } from "./ask.js";
import { calendarEnd, calendarEvents, calendarHead, hasDay } from "./calendar.js";
import type { ExportQuery } from "./filters.js";
import { graphEnd, graphEntries, graphHead, linkedMeeting } from "./linked.js";
import { readDays, readIds, readMeeting, readMeetings, type MeetingQuery } from "./meetings.js";
import { tableHead, tableRows } from "./table.js";

/** The forms in which meetings are given out. */
export type ExportFormat = "csv" | "ics" | "jsonld";

/** The media types of the formats. */
export const mediaTypes: Readonly<Record<ExportFormat, string>> = {
  csv: "text/csv; charset=utf-8; header=present",
  ics: "text/calendar; charset=utf-8",
  jsonld: "application/ld+json; charset=utf-8",
};

/** Number of meetings per page. */
const pageSize = 100;

/** Limits of an export. */
export interface ExportLimits {
  /** The largest page that the reader accepts. */
  readonly maxPageSize?: number;
}

/** The subject of an export. It may need several filters, which are exported one after the other. */
export interface ExportSubject {
  /** The display name. */
  readonly title: string;
  readonly filters: readonly MeetingFilter[];
  /** The moment as of which the record is read; undefined for the current record. */
  readonly knownAt?: string | undefined;
}

/** An export as a stream of text. Each piece is made on demand, so that it takes the memory of one page. */
export async function* exportText(
  ask: Ask,
  format: ExportFormat,
  { title, filters, knownAt }: ExportSubject,
  limits: ExportLimits = {},
): AsyncGenerator<string> {
  const queries = filters.map((filter): MeetingQuery => ({
    filter,
    knownAt,
    pageSize: pageSizeOf(limits),
    withVersion: format === "ics",
  }));
  let isFirst = true;
  yield format === "csv"
    ? tableHead()
    : format === "jsonld"
      ? graphHead()
      : calendarHead({ name: title, withoutDay: await countWithoutDay(ask, queries) });
  for (const query of queries) {
    for await (const meetings of readMeetings(ask, query)) {
      yield format === "csv"
        ? tableRows(meetings)
        : format === "jsonld"
          ? graphEntries(meetings, isFirst)
          : calendarEvents(meetings);
      isFirst = false;
    }
  }
  if (format !== "csv") yield format === "jsonld" ? graphEnd() : calendarEnd();
}

/**
 * One meeting as linked data.
 * @param name its slug or id.
 * @returns undefined if there is none.
 */
export async function exportMeeting(
  ask: Ask,
  name: string,
  knownAt: string | undefined,
  limits: ExportLimits = {},
): Promise<string | undefined> {
  const meeting = await readMeeting(ask, name, { knownAt, pageSize: pageSizeOf(limits) });
  return meeting && linkedMeeting(meeting);
}

/** The ids of the meetings that a filter chooses. */
export async function chosenMeetings(ask: Ask, filter: MeetingFilter, limits: ExportLimits = {}): Promise<string[]> {
  const ids: string[] = [];
  for await (const page of readIds(ask, { filter, pageSize: pageSizeOf(limits) })) ids.push(...page);
  return ids;
}

// A calendar says it in its head, before its meetings are read.
async function countWithoutDay(ask: Ask, queries: readonly MeetingQuery[]): Promise<number> {
  let count = 0;
  for (const query of queries) {
    for await (const days of readDays(ask, query)) count += days.filter((on) => !hasDay(on)).length;
  }
  return count;
}

/** The number of entries to read at once, as far as the reader accepts it. @param wanted 100 when left out. */
export function pageSizeOf({ maxPageSize = pageSize }: ExportLimits, wanted: number = pageSize): number {
  return Math.min(wanted, maxPageSize);
}

/** Kinds of records that have calendars, by the first part of their paths. */
export const calendarOwners = {
  forums: {
    query: operation(
      "query ExportForum($name: String!, $knownAt: DateTime) { found: forum(slug: $name, knownAt: $knownAt) { name } }",
    ),
    filters: (name: string, filter: MeetingFilter): MeetingFilter[] => [
      { ...filter, forum: name },
      { ...filter, onSidelinesOf: name },
    ],
  },
  states: {
    query: operation(
      "query ExportState($name: String!, $knownAt: DateTime) { found: state(code: $name, knownAt: $knownAt) { name } }",
    ),
    filters: (name: string, filter: MeetingFilter): MeetingFilter[] => [
      { ...filter, parties: [name, ...(filter.parties ?? [])] },
    ],
  },
  organizations: {
    query: operation(
      "query ExportOrganization($name: String!, $knownAt: DateTime) { found: organization(code: $name, knownAt: $knownAt) { name } }",
    ),
    filters: (name: string, filter: MeetingFilter): MeetingFilter[] => [
      { ...filter, parties: [name, ...(filter.parties ?? [])] },
    ],
  },
  persons: {
    query: operation(
      "query ExportPerson($name: String!, $knownAt: DateTime) { found: person(slug: $name, knownAt: $knownAt) { name } }",
    ),
    filters: (name: string, filter: MeetingFilter): MeetingFilter[] => [
      { ...filter, persons: [name, ...(filter.persons ?? [])] },
    ],
  },
} as const;

/** The kind of record that a calendar belongs to. */
export type CalendarOwner = keyof typeof calendarOwners;

/**
 * The meetings in a calendar: for a forum its sessions and their sidelines, otherwise the meetings with the party or
 * person.
 * @returns undefined for an unknown record.
 */
export async function calendarOf(
  ask: Ask,
  owner: CalendarOwner,
  name: string,
  { filter, knownAt }: ExportQuery,
): Promise<ExportSubject | undefined> {
  const { query, filters } = calendarOwners[owner];
  const { found } = (await ask(query, { name, knownAt })) as { readonly found: { readonly name: string } | null };
  return found ? { title: found.name, filters: filters(name, filter), knownAt } : undefined;
}
