import { escapeHtml } from "../lib/escape.js";
import { operation, type Ask } from "./ask.js";
import { pageSizeOf, type ExportLimits, type ExportSubject } from "./exports.js";
import { placeText, readMeetings, type MeetingFacts, type MeetingQuery } from "./meetings.js";

// Feeds in the format Atom (RFC 4287), for people who follow a subject.

/** Entries of a feed. */
export const FEED_ENTRIES = 50;

/** The address of a feed. */
export interface FeedPlace {
  /** The base URL of the service. */
  readonly origin: string;
  /** The path and parameters of the feed. */
  readonly path: string;
}

interface Entry {
  readonly id: string;
  readonly title: string;
  readonly updated: string;
  readonly path: string;
  readonly summary: string;
}

/** The moment of a feed without entries. */
const NEVER = "1970-01-01T00:00:00.000Z";

/** The latest meetings of a subject, those first that were recorded or changed last. */
export async function meetingFeed(
  ask: Ask,
  { title, filters, knownAt }: ExportSubject,
  place: FeedPlace,
  limits: ExportLimits = {},
): Promise<string> {
  const meetings = new Map<string, MeetingFacts>();
  for (const filter of filters) {
    const query = { filter, knownAt, withVersion: true, pageSize: pageSizeOf(limits, FEED_ENTRIES) };
    for (const meeting of await firstMeetings(ask, query, FEED_ENTRIES)) meetings.set(meeting.id, meeting);
  }
  const entries = [...meetings.values()].map((meeting) => ({
    id: meeting.id,
    title: `${meeting.title} (${words(meeting.status)})`,
    updated: meeting.changedAt ?? NEVER,
    path: `/meetings/${encodeURIComponent(meeting.slug)}`,
    summary: summaryOf(meeting),
  }));
  return feedText({ title: `${title} · Sidelines`, entries: latest(entries) }, place);
}

/** The first meetings of a list, in as many pages as their size requires. */
async function firstMeetings(ask: Ask, query: MeetingQuery, count: number): Promise<readonly MeetingFacts[]> {
  const found: MeetingFacts[] = [];
  for await (const page of readMeetings(ask, query)) {
    found.push(...page);
    if (found.length >= count) break;
  }
  return found.slice(0, count);
}

function latest(entries: readonly Entry[]): readonly Entry[] {
  return entries
    .toSorted((one, other) => other.updated.localeCompare(one.updated) || one.id.localeCompare(other.id))
    .slice(0, FEED_ENTRIES);
}

/** An enum's value in words. */
function words(value: string): string {
  return value.toLowerCase().replaceAll("_", " ");
}

function summaryOf(meeting: MeetingFacts): string {
  const { on, endsOn, sidelinesOf, participants } = meeting;
  const when = on === null ? "Day unknown" : endsOn === null ? on : `${on} to ${endsOn}`;
  const seats = participants.map(({ party, person }) => (person ? `${person.name} (${party.name})` : party.name));
  return [
    [when, placeText(meeting)].filter((part) => part !== "").join(", "),
    ...(sidelinesOf ? [`on the sidelines of ${sidelinesOf.title}`] : []),
    ...(seats.length > 0 ? [[...new Set(seats)].join("; ")] : []),
  ].join(". ");
}

const correctionsOperation = operation(`query FeedOfCorrections($first: Int!, $of: ID) {
  corrections(first: $first, of: $of) {
    nodes { id actor at reason changes(first: 3) { totalCount nodes { kind recordId recordType title } } }
  }
}`);

interface Corrected {
  readonly id: string;
  readonly actor: string;
  readonly at: string;
  readonly reason: string | null;
  readonly changes: {
    readonly totalCount: number;
    readonly nodes: readonly {
      readonly kind: string;
      readonly recordId: string;
      readonly recordType: string;
      readonly title: string;
    }[];
  };
}

/** The latest corrections, merges and withdrawals: of the whole record, or of one record by its id. */
export async function correctionsFeed(
  ask: Ask,
  of: string | undefined,
  place: FeedPlace,
  limits: ExportLimits = {},
): Promise<string> {
  const { corrections } = (await ask(correctionsOperation, { first: pageSizeOf(limits, FEED_ENTRIES), of })) as {
    readonly corrections: { readonly nodes: readonly Corrected[] };
  };
  const entries = corrections.nodes.map(({ id, actor, at, reason, changes: { nodes, totalCount } }): Entry => {
    const [first] = nodes;
    const more = totalCount > 1 ? ` and ${String(totalCount - 1)} more` : "";
    return {
      id,
      title: first === undefined ? "Correction" : `${first.title}: ${words(first.kind)}${more}`,
      updated: at,
      path: `/corrections${first === undefined ? "" : `?of=${first.recordId}`}`,
      summary: [...(reason === null ? [] : [reason]), `By ${actor}`].join(" "),
    };
  });
  return feedText({ title: "Corrections · Sidelines", entries }, place);
}

function feedText(
  { title, entries }: { readonly title: string; readonly entries: readonly Entry[] },
  { origin, path }: FeedPlace,
): string {
  const self = escapeHtml(`${origin}${path}`);
  const shown = entries.map(
    ({ id, title: heading, updated, path: page, summary }) => `<entry>
<id>urn:sidelines:${escapeHtml(id)}</id>
<title>${textOf(heading)}</title>
<updated>${updated}</updated>
<link rel="alternate" type="text/html" href="${escapeHtml(`${origin}${page}`)}"/>
<summary>${textOf(summary)}</summary>
</entry>
`,
  );
  return `<?xml version="1.0" encoding="UTF-8"?>
<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="en">
<id>${self}</id>
<title>${textOf(title)}</title>
<updated>${entries[0]?.updated ?? NEVER}</updated>
<author><name>Sidelines</name></author>
<link rel="self" type="application/atom+xml" href="${self}"/>
<link rel="alternate" type="text/html" href="${escapeHtml(origin)}/"/>
${shown.join("")}</feed>
`;
}

/** Text without the characters that XML 1.0 cannot hold. */
function textOf(text: string): string {
  return escapeHtml(text.replace(/[^\t\n\r\u0020-\uD7FF\uE000-\uFFFD\u{10000}-\u{10FFFF}]/gu, " "));
}
