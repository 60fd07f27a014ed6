import type { CitationFacts, IdentifierFacts, MeetingFacts, PartyFacts, SeatFacts } from "./meetings.js";

// Meetings as linked data. A meeting is a schema.org Event, and a seat is a Role between the event and the attendee.
// Persons, their memberships and posts use Popolo. Other facts use the record's own terms. The context is part of the
// document, so clients need not fetch it.

const own = "urn:sidelines:term:";

/** The JSON-LD context. */
export const linkedContext: Readonly<Record<string, unknown>> = {
  "@vocab": "https://schema.org/",
  org: "http://www.w3.org/ns/org#",
  opengov: "http://www.w3.org/ns/opengov#",
  person: "http://www.w3.org/ns/person#",
  skos: "http://www.w3.org/2004/02/skos/core#",
  eventStatus: { "@type": "@vocab" },
  eventAttendanceMode: { "@type": "@vocab" },
  startDate: { "@type": "Date" },
  endDate: { "@type": "Date" },
  datePublished: { "@type": "Date" },
  url: { "@type": "@id" },
  sameAs: { "@type": "@id" },
  status: `${own}status`,
  meetingKind: `${own}kind`,
  format: `${own}format`,
  ordinal: `${own}ordinal`,
  sidelinesOf: `${own}sidelinesOf`,
  isExpected: `${own}isExpected`,
  attendance: `${own}attendance`,
  stance: `${own}stance`,
  attributedTo: `${own}attributedTo`,
  start: `${own}start`,
};

/** A part of a linked data document. Unknown values are left out. */
export type Linked = Readonly<Record<string, unknown>>;

/** One meeting as a document of its own. */
export function linkedMeeting(meeting: MeetingFacts): string {
  return `${JSON.stringify({ "@context": linkedContext, ...eventOf(meeting) }, null, 2)}\n`;
}

/** The beginning of a document that holds many meetings. */
export function graphHead(): string {
  return `{"@context":${JSON.stringify(linkedContext)},"@graph":[`;
}

/**
 * Some meetings of such a document.
 * @param isFirst whether none stand before them.
 */
export function graphEntries(meetings: readonly MeetingFacts[], isFirst: boolean): string {
  return meetings
    .map((meeting, index) => `${isFirst && index === 0 ? "" : ","}\n${JSON.stringify(eventOf(meeting))}`)
    .join("");
}

/** The end of such a document. */
export function graphEnd(): string {
  return "\n]}\n";
}

function named(id: string): string {
  return `urn:sidelines:${id}`;
}

const scheduled: Readonly<Record<string, string>> = {
  EXPECTED: "EventScheduled",
  HELD: "EventScheduled",
  POSTPONED: "EventPostponed",
  CANCELLED: "EventCancelled",
  DECLINED: "EventCancelled",
  CALLED_OFF: "EventCancelled",
};

const attendance: Readonly<Record<string, string>> = {
  IN_PERSON: "OfflineEventAttendanceMode",
  PULL_ASIDE: "OfflineEventAttendanceMode",
  VIDEO: "OnlineEventAttendanceMode",
  CALL: "OnlineEventAttendanceMode",
};

/** A date as ISO 8601 has it; null for intervals and marked dates, which it does not know. */
function isoDate(date: string | null): string | null {
  return date !== null && /^[\d-]+$/.test(date) ? date : null;
}

function eventOf(meeting: MeetingFacts): Linked {
  const { id, slug, title, kind, format, status, on, endsOn, place, forum, ordinal, sidelinesOf, topics, purpose } =
    meeting;
  return withoutNulls({
    "@type": "Event",
    "@id": named(id),
    identifier: slug,
    sameAs: sameAs(meeting),
    name: title,
    description: purpose,
    keywords: topics,
    startDate: isoDate(on),
    endDate: isoDate(endsOn),
    eventStatus: scheduled[status],
    eventAttendanceMode: format === null ? null : attendance[format],
    status,
    meetingKind: kind,
    format,
    location:
      place &&
      withoutNulls({
        "@type": "Place",
        identifier: place.key,
        name: place.city ?? place.country?.name,
        address: withoutNulls({
          "@type": "PostalAddress",
          addressLocality: place.city,
          addressCountry: place.country?.alpha2 ?? place.country?.code,
        }),
      }),
    superEvent:
      forum &&
      withoutNulls({
        "@type": "EventSeries",
        "@id": named(forum.id),
        identifier: forum.slug,
        sameAs: sameAs(forum),
        name: forum.name,
        alternateName: forum.acronym,
      }),
    ordinal,
    sidelinesOf: sidelinesOf && {
      "@type": "Event",
      "@id": named(sidelinesOf.id),
      identifier: sidelinesOf.slug,
      name: sidelinesOf.title,
    },
    attendee: meeting.participants.map(seatOf),
    citation: meeting.citations.map(sourceOf),
  });
}

function seatOf({
  id,
  role,
  isExpected,
  attendance: reported,
  note,
  party,
  person,
  office,
  citations,
}: SeatFacts): Linked {
  const side = partyOf(party);
  return withoutNulls({
    "@type": "OrganizationRole",
    "@id": named(id),
    roleName: role,
    namedPosition: office?.title,
    isExpected,
    attendance: reported,
    description: note,
    attendee: person
      ? withoutNulls({
          "@type": ["Person", "person:Person"],
          "@id": named(person.id),
          identifier: person.slug,
          sameAs: sameAs(person),
          name: person.name,
          "org:hasMembership": withoutNulls({
            "@type": "org:Membership",
            "org:member": { "@id": named(person.id) },
            "org:organization": side,
            "opengov:onBehalfOf": { "@id": named(party.id) },
            "opengov:post": office && {
              "@type": "org:Post",
              "@id": named(office.id),
              identifier: office.key,
              "skos:prefLabel": office.title,
              "org:role": office.kind,
              "org:postIn": partyOf(office.party),
            },
          }),
        })
      : side,
    citation: citations.map(sourceOf),
  });
}

function partyOf({ __typename, id, code, name, identifiers }: PartyFacts): Linked {
  return withoutNulls({
    "@type": [__typename === "State" ? "Country" : "Organization", "org:Organization"],
    "@id": named(id),
    identifier: code,
    sameAs: sameAs({ identifiers }),
    name,
  });
}

/** The addresses of the same thing in other schemes; null if there are none. */
function sameAs({ identifiers }: { readonly identifiers: readonly IdentifierFacts[] }): readonly string[] | null {
  const addresses = identifiers.flatMap(({ url }) => url ?? []);
  return addresses.length === 0 ? null : addresses;
}

// With a passage the source is a quotation of its words, which is a part of the document; without one the document itself.
function sourceOf({ stance, attributedTo, locator, passage, document }: CitationFacts): Linked {
  const work = withoutNulls({
    "@type": "CreativeWork",
    "@id": named(document.id),
    identifier: document.key,
    name: document.title,
    publisher: { "@type": "Organization", name: document.publisher },
    inLanguage: document.language,
    datePublished: document.publishedOn,
    url: document.url,
  });
  const words = passage
    ? { "@type": "Quotation", text: passage.quote, start: passage.start }
    : { "@type": "CreativeWork" };
  return withoutNulls({
    ...words,
    isPartOf: work,
    stance: stance === "SUPPORTS" ? null : stance,
    attributedTo,
    description: locator,
  });
}

function withoutNulls(properties: Linked): Linked {
  return Object.fromEntries(
    Object.entries(properties).filter(
      ([, value]) => value !== null && value !== undefined && !(Array.isArray(value) && value.length === 0),
    ),
  );
}
